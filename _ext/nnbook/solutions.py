"""Notebooks in which the solutions do not lie open: folded where a reader runs them, left out for a class.

Both have a cell that asks for the answer, under each exercise and before a figure to bet on, made from what
``nnlib.exercises`` knows of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from nnlib.exercises import BETS, find, name_of

from . import folding, needs


class Piece(NamedTuple):
    """A cell, or a part of a Markdown cell. ``solves`` is the exercise of the solution that it belongs to."""

    cell: NotebookNode
    solves: str


def pieces(notebook: NotebookNode) -> Iterator[Piece]:
    solves = ""
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            source = cell.source.removeprefix(folding.TITLE) if solves else cell.source
            yield Piece(nbformat.from_dict(cell | {"source": source}), solves)
            continue
        found = 0
        for part, label, still in folding.parts(folding.unfolded(cell.source), solves):
            solves = still
            if part.strip():
                found += 1
                piece = nbformat.from_dict(cell | {"source": part.strip("\n")})
                piece.id = cell.id if found == 1 else f"{cell.id}-{found}"
                yield Piece(piece, label)


def folded(notebook: NotebookNode) -> NotebookNode:
    """For a reader: each solution is one click away, and above it stands the cell that asks."""
    return made_of(notebook, kept=True)


def left_out(notebook: NotebookNode) -> NotebookNode:
    """For a class: without the solutions, and it runs all the same."""
    made, inside = made_of(notebook, kept=False), code_of_solutions(notebook)
    cells: list[NotebookNode] = []
    known: set[str] = set()
    for cell in made.cells:
        if cell.cell_type == "code":
            if needed := needs.missing(cell.source, known, inside):
                helper = nbformat.v4.new_code_cell("\n".join(statement.source for statement in needed))
                helper.id = f"needed-{len(cells)}"
                cells.append(helper)
            for code in [cell, *cells[-1:]] if needed else [cell]:
                known |= needs.names(ast.parse(needs.without_magic(code.source)))[0]
        cells.append(cell)
    return nbformat.from_dict(made | {"cells": cells})


def code_of_solutions(notebook: NotebookNode) -> list[needs.Statement]:
    cells = [cell for cell, solves in pieces(notebook) if solves and cell.cell_type == "code"]
    return [statement for cell in cells for statement in needs.statements(cell.source)]


def made_of(notebook: NotebookNode, kept: bool) -> NotebookNode:
    cells: list[NotebookNode] = []
    asked: list[str] = []
    last = ""
    there = {cell.id for cell in notebook.cells}  # in a class's own book they ask already

    def ask(label: str) -> None:
        cells.append(question(label, first=not asked))
        asked.append(label)

    for cell, solves in pieces(notebook):
        bets = [label for label in BETS if f"({label})=" in cell.source and label not in there]
        if solves != last and find(solves):
            ask(solves)
        last = solves
        if not solves:
            cells.append(cell)
        elif kept and (source := bare(cell.source)):
            cells.append(hidden(cell, source))
        for label in bets:
            ask(label)
    return nbformat.from_dict(notebook | {"cells": cells})


def bare(source: str) -> str:
    """A solution without the marks of its ends, which mean nothing to Jupyter."""
    if head := folding.HEAD.match(source):
        source = source[head.end() :].rpartition("\n")[0]
    return folding.END.sub("", folding.GATE.sub("", source)).strip("\n")


def hidden(cell: NotebookNode, source: str) -> NotebookNode:
    """A cell that is opened with a click. Of hidden code, Jupyter shows the first line."""
    if cell.cell_type == "code":
        look = cell.metadata | nbformat.from_dict(folding.HIDDEN)
        return nbformat.from_dict(cell | {"source": folding.TITLE + source, "metadata": look})
    return nbformat.from_dict(cell | {"source": f"{folding.FIRST}\n\n{source}\n\n</details>"})


def question(label: str, first: bool) -> NotebookNode:
    """A cell that runs as it is, and says for each part that nothing has been entered yet."""
    name, parts = name_of(label), find(label) or {}
    lines = ["from nnlib.exercises import check\n"] if first else []
    asked = [f"    {key}=...,  # {part.asks}" for key, part in parts.items()]
    cell = nbformat.v4.new_code_cell("\n".join([*lines, f"check.{name}(", *asked, ")"]))
    cell.id = label if label in BETS else f"check-{label}"[:64]
    cell.metadata["tags"] = ["remove-cell"]
    return cell
