"""Stored notebooks show no solution before a click, and the book's pages know nothing of it."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
import small_book
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from nbformat import NotebookNode
from nnbook import folding, solutions

from nnlib.exercises import CHAPTERS, exercises_of

WHOLE = ":::{solution} ex-a\n:class: dropdown\nIt is *four*.\n\n- A list.\n:::"
START = ":::{solution-start} ex-b\n:class: dropdown\n:::"
END = ":::{solution-end}\n:::"
TICKS = "```{solution} ex-c\nWithout options.\n```"
TEXTS = [
    f"Before.\n\n{WHOLE}\n\nBetween.\n\n{TICKS}\n\n{START}\n\nWords before the code.",
    f"Words after the code.\n\n{END}\n\nBetween.\n\n{START}",
    f"{END}\n\nBetween.\n\n{START.replace(':::', '```')}\n\nMore words.",
    "In the middle.\n\n:::{note}\nA box of its own.\n:::",
    f"{END.replace(':::', '```')}\n\nAfter.",
]


def written(*, folded: bool) -> NotebookNode:
    cells = []
    for number, text in enumerate(TEXTS):
        cells += [nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell(f"print({number})")]
    made = nbformat.v4.new_notebook(cells=cells)
    if folded:
        folding.fold(made)
    return made


def seen(cell: NotebookNode) -> str:
    """What a Markdown cell shows before a click, as CommonMark has it."""
    page = BeautifulSoup(MarkdownIt().render(cell.source), "html.parser")
    for details in page.find_all("details"):
        assert not details.has_attr("open")
        details.decompose()
    return re.sub(r"\s+", " ", page.get_text())


def test_unfolding_gives_back_what_was_written() -> None:
    before, made = written(folded=False), written(folded=True)
    nbformat.validate(made)
    for old, new in zip(before.cells, made.cells, strict=True):
        if old.cell_type == "markdown":
            assert new.source != old.source
            assert folding.unfolded(new.source) == old.source == folding.unfolded(old.source)
        else:
            assert new.source.removeprefix(folding.TITLE) == old.source


def test_folding_twice_is_folding_once() -> None:
    made, again = written(folded=True), written(folded=True)
    folding.fold(again)
    assert [cell.source for cell in again.cells] == [cell.source for cell in made.cells]
    assert [cell.metadata for cell in again.cells] == [cell.metadata for cell in made.cells]


def test_nothing_but_the_text_around_is_seen() -> None:
    made = written(folded=True)
    said = " ".join(seen(cell) for cell in made.cells if cell.cell_type == "markdown").split()
    assert said == ["Before.", "Between.", "Between.", "Between.", "After."]
    hidden = ["cellView" in cell.metadata for cell in made.cells if cell.cell_type == "code"]
    assert hidden == [True, True, True, True, False]


def test_a_cell_that_somebody_folded_in_an_editor_is_open_again() -> None:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", metadata=folding.HIDDEN)])
    folding.fold(made)
    assert made.cells[0].metadata == {}


@pytest.mark.parametrize("chapter", CHAPTERS.values())
def test_no_solution_of_a_chapter_lies_open(root: Path, chapter: str) -> None:
    stored = nbformat.read(root / "chapters" / f"{chapter}.ipynb", 4)
    said = " ".join(seen(cell) for cell in stored.cells if cell.cell_type == "markdown")
    code = {cell.id: cell for cell in stored.cells if cell.cell_type == "code"}
    solved: set[str] = set()
    for cell, solves in solutions.pieces(stored):
        if not solves:
            continue
        solved.add(solves)
        if cell.cell_type == "code":
            assert code[cell.id].source.startswith(folding.TITLE)
            assert {**code[cell.id].metadata, **folding.HIDDEN} == code[cell.id].metadata
        else:
            words = MarkdownIt().render(solutions.bare(cell.source))
            text = re.sub(r"\s+", " ", BeautifulSoup(words, "html.parser").get_text()).strip()
            assert not text or text not in said
    assert solved == set(exercises_of(chapter))
    assert "{solution" not in said
    assert all(f":label: {label}" in said for label in solved)


@pytest.mark.slow
def test_a_page_is_the_same_with_solutions_folded_in_its_notebook(tmp_path: Path) -> None:
    pages = []
    for folded in (False, True):
        book = small_book.make(tmp_path / str(folded))
        path = book / "chapters" / "small.ipynb"
        cells = [nbformat.v4.new_markdown_cell("# A chapter")]
        for name in "abcd":
            cells.append(
                nbformat.v4.new_markdown_cell(f":::{{exercise}} Of {name}\n:label: ex-{name}\nSay.\n:::")
            )
        made = written(folded=folded)
        made.cells = [*cells, *made.cells]
        for place, cell in enumerate(made.cells):
            cell.id = f"cell{place}"
            cell.source = cell.source.replace("start} ex-b\n:class: dropdown\n```", "start} ex-d\n```")
        made.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(made, path)
        done = small_book.build(book)
        assert done.returncode == 0, done.stderr[-3000:]
        pages.append(BeautifulSoup(small_book.page(book), "html.parser").find("article").prettify())
    assert pages[0].count('class="solution') >= 3
    assert pages[0] == pages[1]
