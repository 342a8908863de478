"""The exercises as assignments for nbgrader: a course's folder ``source``, a notebook a chapter.

From here on nbgrader's own tool works: ``nbgrader generate_assignment CHAPTER`` takes the solutions out, and
``nbgrader autograde CHAPTER`` marks what has been handed in, part by part. A failed mark says the hint. Of
exercises whose numbers are drawn, a course has those of one seed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from nnlib.exercises import CHAPTERS, Exercise, exercises_of, name_of
from nnlib.exercises.drawn import Drawn
from nnlib.exercises.kinds import Explain

SCHEMA = 3
CONFIG = """c = get_config()
c.CourseDirectory.course_id = "nnlib-book"
c.ExecutePreprocessor.timeout = 120
c.ClearSolutions.code_stub = {"python": ""}  # what is asked for stands above it
"""
SETUP = "from nnlib.exercises import mark"


def course(folder: Path, statements: dict[str, str], seed: int) -> None:
    for chapter in CHAPTERS.values():
        place = folder / "source" / chapter
        place.mkdir(parents=True, exist_ok=True)
        notebook = assignment(chapter, statements, seed)
        (place / f"{chapter}.ipynb").write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")


def assignment(chapter: str, statements: dict[str, str], seed: int) -> NotebookNode:
    cells = [code("setup", SETUP, locked=True)]
    for label, parts in exercises_of(chapter).items():
        text = statements[label]
        if isinstance(parts, Drawn):
            text = text.replace(parts.given, parts.with_seed(seed).given)
        cells.append(marked(nbformat.v4.new_markdown_cell(text), label, locked=True))
        cells.extend(asked(label, parts, seed))
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return notebook


def asked(label: str, parts: Exercise, seed: int) -> list[NotebookNode]:
    """A cell for the answers, and a cell that marks each of them; words are marked by a person."""
    cells = []
    drawn = f", seed={seed}" if isinstance(parts, Drawn) else ""
    judged = {name: part for name, part in parts.items() if not isinstance(part, Explain)}
    lines = [
        line
        for name, part in judged.items()
        for line in (
            f"# {part.asks}",
            f"{variable(label, name)} = ...",
            "### BEGIN SOLUTION",
            "from nnlib.exercises import right",
            f'{variable(label, name)} = right("{label}", "{name}"{drawn})',
            "### END SOLUTION",
        )
    ]
    if judged:
        cells.append(code(f"{label}_all", "\n".join(lines), solution=True))
    for name in judged:
        test = f'mark("{label}", "{name}", {variable(label, name)}{drawn})'
        cells.append(code(f"{label}_{name}", test, locked=True, points=1))
    for name in set(parts) - set(judged):
        cell = nbformat.v4.new_markdown_cell("YOUR ANSWER HERE")
        cells.append(marked(cell, f"{label}_{name}", solution=True, points=1))
    return cells


def variable(label: str, name: str) -> str:
    return f"{name_of(label)}_{name}"


def code(name: str, source: str, **marks: Any) -> NotebookNode:
    return marked(nbformat.v4.new_code_cell(source), name, **marks)


def marked(
    cell: NotebookNode, name: str, *, solution: bool = False, locked: bool = False, points: int = 0
) -> NotebookNode:
    """With nbgrader's metadata: what a cell is for, and what it is worth."""
    cell.id = name[:64]
    about = {"schema_version": SCHEMA, "grade_id": name, "task": False}
    about |= {"grade": points > 0, "solution": solution, "locked": locked}
    cell.metadata["nbgrader"] = about | ({"points": points} if points else {})
    return cell
