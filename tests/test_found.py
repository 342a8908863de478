"""What search engines, shared links and lost readers find of the book."""

from __future__ import annotations

import importlib
import json
import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
import yaml
from PIL import Image
from small_book import ROOT, build, configure, make
from sphinx.errors import ConfigError

address = importlib.import_module("nnbook.found.address")
found_page = importlib.import_module("nnbook.found.page")
picture = importlib.import_module("nnbook.found.picture")

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
BASE = "https://a-teacher.github.io/Their-Book/"
ALT = 'It "arrives" & stays < 1.'
NOTEBOOKS = [ROOT / "intro.ipynb", *sorted((ROOT / "chapters").glob("*.ipynb"))]


@pytest.mark.parametrize(
    ("published", "repository", "base"),
    [
        ("", "", ""),
        ("", "A-Teacher/Their-Book", BASE),
        ("", "A-Teacher/a-teacher.github.io", "https://a-teacher.github.io/"),
        ("https://books.example.org/nets", "A-Teacher/Their-Book", "https://books.example.org/nets/"),
        ("books.example.org", "", None),
        ("https://books.example.org/?book=nets", "", None),
    ],
)
def test_the_address_is_the_one_that_is_set_or_the_repository_s(
    published: str, repository: str, base: str | None
) -> None:
    if base is None:
        with pytest.raises(ConfigError, match=re.escape(f"{published!r}; it should be the address")):
            address.base(published, repository)
    else:
        assert address.base(published, repository) == base


def test_every_page_has_a_description_of_its_own() -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    pages = {toc["root"], *(entry["file"] for part in toc["parts"] for entry in part["chapters"])}
    descriptions = CONFIG["sphinx"]["config"]["nnbook_descriptions"]
    assert descriptions.keys() == pages
    assert len(set(descriptions.values())) == len(pages)
    # Search engines show about 160 characters.
    assert {page: len(text) for page, text in descriptions.items() if not 50 <= len(text) <= 165} == {}


def test_a_title_says_each_thing_once() -> None:
    assert found_page.title("Perceptrons", "The Book") == "Perceptrons · The Book"
    assert found_page.title("The Book", "The Book") == "The Book: an interactive textbook"


def test_no_text_ends_the_data_block() -> None:
    block = found_page.data_block({"name": "</script><script>alert(1)</script>"})
    assert block.count("</script>") == 1
    assert json.loads(re.sub("</?script[^>]*>", "", block))["name"].startswith("</script>")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_picture_is_the_notebook_s_first_figure(notebook: Path) -> None:
    stored, words = picture.first_figure(notebook)
    assert len(words) > 20
    figure = Image.open(BytesIO(stored)).convert("RGBA")
    drawn = picture.drawn(figure, "A title that is rather long for a picture of this width", "The Book")
    card = Image.open(BytesIO(drawn)).convert("RGB")
    assert card.size == (1200, 630)
    assert len(drawn) < 150_000
    # The figure is in it, whole: without it, what lies between the title and the book's name is white.
    middle = card.crop((0, 120, 1200, 560))
    inked = middle.convert("L").point(lambda grey: 255 * (grey < 250)).getbbox()
    assert inked
    assert inked[3] - inked[1] > 250
    assert 0 < inked[0] < inked[2] < 1200


class Head(HTMLParser):
    """A page's title and language, its meta elements and links by name, and its data."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.named: dict[str, str] = {}
        self.inside = ""
        self.title = self.data = self.lang = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        key = found.get("property") or found.get("name") or found.get("rel")
        if tag == "html":
            self.lang = found["lang"] or ""
        if tag in ("meta", "link") and key:
            self.named[key] = found.get("content") or found.get("href") or ""
        self.inside = found.get("type") or tag if tag == "script" else tag

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.title += data
        if self.inside == "application/ld+json":
            self.data += data

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def with_figure(book: Path) -> None:
    """A stored picture in the small book's chapter, in a cell that is not run."""
    path = book / "chapters" / "small.ipynb"
    notebook = nbformat.read(path, as_version=4)
    file = BytesIO()
    Image.new("RGB", (400, 300), "#d55e00").save(file, "PNG")
    data = {"image/png": picture.base64.b64encode(file.getvalue()).decode(), "text/plain": ALT}
    cell = nbformat.v4.new_code_cell("figure", metadata={"tags": ["skip-execution"]})
    cell.outputs = [nbformat.v4.new_output("display_data", data)]
    notebook.cells += [nbformat.v4.new_markdown_cell("Two words & more. " + "More. " * 40), cell]
    nbformat.write(notebook, path)


def test_with_an_address_pages_have_links_a_picture_a_sitemap_and_a_manifest(tmp_path: Path) -> None:
    book = make(tmp_path)
    with_figure(book)
    assert build(book).returncode == 0
    site = book / "_build" / "html"
    alone = Head(site / "chapters" / "small.html")
    assert alone.title == "A chapter · How Neural Networks Work"
    assert alone.named["description"].startswith("Two words & more. More.")
    assert alone.named["description"].endswith("More.")
    assert len(alone.named["description"]) <= 160
    assert json.loads(alone.data)["@type"] == "LearningResource"
    assert not alone.named.keys() & {"canonical", "og:url", "og:image", "manifest"}
    assert not (site / "sitemap.xml").exists()
    assert not (site / "book.webmanifest").exists()
    lost = (site / "404.html").read_text(encoding="utf-8")
    assert 'href="/chapters/small.html"' in lost
    door, landing = (Head(site / f"{name}.html") for name in ("index", "intro"))
    assert (door.title, door.lang) == (landing.title, "en") == (landing.title, landing.lang)
    assert door.named["description"] == landing.named["description"]
    assert "canonical" not in door.named

    configure(
        book, (book / "_config.yml").read_text(encoding="utf-8"), "https://github.com/A-Teacher/Their-Book"
    )
    assert build(book).returncode == 0
    # A second build writes one page again; the sitemap has all.
    intro = book / "intro.md"
    intro.write_text(intro.read_text() + "\nMore.\n")
    assert build(book).returncode == 0
    head = Head(site / "chapters" / "small.html")
    url = f"{BASE}chapters/small.html"
    assert head.named["canonical"] == head.named["og:url"] == json.loads(head.data)["url"] == url
    door, landing = (Head(site / f"{name}.html").named for name in ("index", "intro"))
    assert door["canonical"] == door["og:url"] == f"{BASE}intro.html"
    assert {key for key in landing if key.startswith("og:")} <= door.keys()
    image = head.named["og:image"]
    assert image == json.loads(head.data)["image"]
    assert head.named["og:image:alt"] == ALT
    card = Image.open(site / image.removeprefix(BASE)).convert("RGB")
    assert card.getpixel((600, 340)) == (0xD5, 0x5E, 0x00)
    places = [place.text for place in ElementTree.parse(site / "sitemap.xml").iter() if place.text.strip()]
    assert places == [url, f"{BASE}intro.html"]
    manifest = json.loads((site / "book.webmanifest").read_text(encoding="utf-8"))
    for name in (manifest["start_url"], *(icon["src"] for icon in manifest["icons"])):
        assert (site / name).is_file(), name
    assert (site / "chapters" / head.named["manifest"]).resolve() == site / "book.webmanifest"
    for page in ("404", "search"):
        named = Head(site / f"{page}.html").named
        assert named["robots"] == "noindex"
        assert "canonical" not in named
    lost = unescape((site / "404.html").read_text(encoding="utf-8"))
    relative = re.findall(r'\s(?:href|src|action)="(?!/Their-Book/|#|https:|data:)[^"]*"', lost)
    assert relative == []
    assert 'href="/Their-Book/chapters/small.html"' in lost
