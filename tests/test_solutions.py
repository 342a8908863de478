"""Notebooks with their solutions folded or left out: nothing else is lost, and nothing of them lies open."""

from __future__ import annotations

import ast
import re
import symtable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nnbook import folding, needs, solutions

from nnlib.exercises import BETS, CHAPTERS, exercises_of, name_of


def markdown(*texts: str) -> NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in texts])


def read(root: Path, chapter: str) -> NotebookNode:
    return nbformat.read(root / "chapters" / f"{chapter}.ipynb", 4)


def text_of(notebook: NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells)


FOLDS = r"# @title Solution\n|</?details>|<summary>.*?</summary>|<!--|-->"


def squeezed(text: str) -> str:
    """Without blanks, the marks of a solution's ends, and what folds it."""
    return re.sub(rf"\s+|[:`]{{3,}}(\{{solution.*)?|:class: dropdown|{FOLDS}", "", text)


each_chapter = pytest.mark.parametrize("chapter", CHAPTERS.values())


def test_a_cell_is_split_where_a_solution_begins_and_ends() -> None:
    text = "Before.\n\n:::{solution} ex-gd-l2\nInside.\n:::\n\nAfter.\n\n"
    text += "```{solution-start} ex-gd-count\n```\nA."
    found = list(solutions.pieces(markdown(text, "B.", "C.\n```{solution-end}\n```\nEnd.")))
    assert [piece.solves for piece in found] == ["", "ex-gd-l2", "", *["ex-gd-count"] * 3, ""]
    assert found[-1].cell.source == "End."
    assert len({piece.cell.id for piece in found}) == len(found)


@each_chapter
def test_folding_loses_nothing(root: Path, chapter: str) -> None:
    stored = read(root, chapter)
    made = solutions.folded(stored)
    nbformat.validate(made)
    asked = [cell for cell in made.cells if cell.id.startswith("check-")]
    assert len(asked) == len(exercises_of(chapter))
    asked += [cell for cell in made.cells if cell.id.startswith("bet-")]
    made.cells = [cell for cell in made.cells if cell not in asked]
    said, before = (squeezed(text_of(notebook)) for notebook in (made, stored))
    assert said == before
    assert [c.outputs for c in made.cells if c.cell_type == "code"] == [
        c.outputs for c in stored.cells if c.cell_type == "code"
    ]


@each_chapter
def test_a_solution_is_folded_and_an_exercise_open(root: Path, chapter: str) -> None:
    folded = 0
    for cell in solutions.folded(read(root, chapter)).cells:
        assert "{solution" not in cell.source
        if cell.source.startswith((folding.FIRST, folding.TITLE)):
            assert "{exercise" not in cell.source
            assert cell.cell_type == "markdown" or cell.metadata.jupyter.source_hidden
            folded += 1
    assert folded >= len(exercises_of(chapter))


@each_chapter
def test_for_a_class_no_solution_is_left_and_every_exercise(root: Path, chapter: str) -> None:
    stored = read(root, chapter)
    made = solutions.left_out(stored)
    nbformat.validate(made)
    left = text_of(made)
    assert "{solution" not in left
    for label in exercises_of(chapter):
        assert f":label: {label}\n" in f"{left}\n"
        assert f"check.{name_of(label)}(" in left
    kept = {re.sub(r"\s+", " ", cell.source) for cell, solves in solutions.pieces(stored) if not solves}
    for cell, solves in solutions.pieces(stored):
        if solves and len(cell.source) > 60 and re.sub(r"\s+", " ", cell.source) not in kept:
            assert cell.source not in left


@each_chapter
def test_a_classs_own_book_asks_once(root: Path, chapter: str) -> None:
    made = solutions.left_out(read(root, chapter))
    again = solutions.folded(made)
    assert text_of(again) == text_of(made)
    assert len({cell.id for cell in again.cells}) == len(again.cells)


@each_chapter
def test_for_a_class_every_name_is_defined_before_it_is_used(root: Path, chapter: str) -> None:
    made = solutions.left_out(read(root, chapter))
    inside = solutions.code_of_solutions(read(root, chapter))
    known: set[str] = set()
    for cell in made.cells:
        if cell.cell_type == "code":
            assert needs.missing(cell.source, known, inside) == []
            known |= needs.names(ast.parse(needs.without_magic(cell.source)))[0]


def test_what_a_later_cell_needs_is_kept_and_no_more() -> None:
    cells = [
        nbformat.v4.new_markdown_cell(":::{solution-start} ex-gd-l2\n:::"),
        nbformat.v4.new_code_cell("a = 2\nb = a + 1\nprint(b)\ndef f(x):\n    c = x\n    return c * b"),
        nbformat.v4.new_markdown_cell(":::{solution-end}\n:::"),
        nbformat.v4.new_code_cell("f(3)"),
    ]
    made = solutions.left_out(nbformat.v4.new_notebook(cells=cells))
    assert [cell.source for cell in made.cells[-2:]] == [
        "a = 2\nb = a + 1\ndef f(x):\n    c = x\n    return c * b",
        "f(3)",
    ]


def sets(cell: NotebookNode, name: str) -> bool:
    """Whether the notebook's own variable of this name is another after the cell."""
    table = symtable.symtable(needs.without_magic(cell.source), cell.id, "exec")
    found = [symbol for symbol in table.get_symbols() if symbol.get_name() == name]
    return any(symbol.is_assigned() or symbol.is_imported() for symbol in found)


@each_chapter
def test_no_cell_takes_the_name_of_what_asks(root: Path, chapter: str) -> None:
    """In *Checks*, after the last exercise, it would harm nobody."""
    cells = [cell for cell in solutions.folded(read(root, chapter)).cells if cell.cell_type == "code"]
    last = max(place for place, cell in enumerate(cells) if "check.ex_" in cell.source)
    asking = 0
    for cell in cells[: last + 1]:
        if sets(cell, "check"):
            assert "from nnlib.exercises import check\n" in cell.source
            asking += 1
    assert asking == 1


@each_chapter
def test_the_cells_that_ask_run_as_they_are(
    root: Path, chapter: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given: dict[str, object] = {}
    asked = [c for c in solutions.folded(read(root, chapter)).cells if c.id.startswith(("check-", "bet-"))]
    bets = [BETS[cell.id] for cell in asked if cell.id in BETS]
    for cell in asked:
        exec(cell.source, given)
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("Numbers 0: ")]
    assert len(lines) == sum(map(len, [*bets, *exercises_of(chapter).values()]))
    assert all(line.startswith("○") for line in lines)
    assert bets
