"""The assignments in nbgrader's own hands: it hands them out, and gives each submission the right mark.

    NNLIB_TEST_NBGRADER=gradient_descent .venv/bin/pytest tests/test_nbgrader.py

A real run on this machine, at the versions of ``nbgrader.lock``: about three minutes for a chapter.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from environments import environment, interpreter, run

from nnlib.exercises.drawn import Drawn
from nnlib.exercises.kinds import Code, Explain, Rules
from tools import assignments, classroom

CHAPTER = os.environ.get("NNLIB_TEST_NBGRADER", "")
SEED = 3
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHAPTER, reason="NNLIB_TEST_NBGRADER=gradient_descent runs it"),
]

MARKS = """
import json
from nbgrader.api import Gradebook

with Gradebook("sqlite:///gradebook.db") as book:
    submissions = book.assignment_submissions(CHAPTER)
    given = {s.student.id: {g.name: g.auto_score for g in s.notebooks[0].grades} for s in submissions}
print(json.dumps(given))
"""


class Course:
    """A teacher's folder, and nbgrader's commands in it."""

    def __init__(self, folder: Path, python: Path, root: Path) -> None:
        self.folder, self.python = folder, python
        path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
        self.how = {"cwd": folder, "env": os.environ | {"PATH": path, "PYTHONPATH": str(root)}}

    def nbgrader(self, *command: str) -> None:
        run(self.python.with_name("nbgrader"), *command, **self.how)

    def hand_in(self, student: str, answers: dict[str, str]) -> None:
        """The assignment with a student's answers in place of the three dots."""
        notebook = nbformat.read(self.folder / "release" / CHAPTER / f"{CHAPTER}.ipynb", 4)
        for cell in notebook.cells:
            for name, answer in answers.items():
                cell.source = cell.source.replace(f"\n{name} = ...", f"\n{name} = {answer}")
        place = self.folder / "submitted" / student / CHAPTER
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{CHAPTER}.ipynb")

    def marks(self) -> dict[str, dict[str, float]]:
        text = run(self.python, "-c", MARKS.replace("CHAPTER", repr(CHAPTER)), **self.how)
        return json.loads(text)


@pytest.fixture(scope="module")
def course(root: Path, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Course:
    kept = Path(pytestconfig.cache.mkdir("nbgrader"))
    python = environment(kept, interpreter("3.11", "3.12"), "-r", root / "tests" / "nbgrader.lock")
    folder = tmp_path_factory.mktemp("course")
    assignments.course(folder, classroom.statements(), SEED)
    made = Course(folder, python, root)
    made.nbgrader("generate_assignment", CHAPTER)
    return made


def parts() -> dict[tuple[str, str], Any]:
    """The parts of the chapter's exercises that a program marks, by label and name."""
    found = {}
    for label, exercise in assignments.exercises_of(CHAPTER).items():
        with_seed = exercise.with_seed(SEED) if isinstance(exercise, Drawn) else exercise
        found |= {(label, name): p for name, p in with_seed.items() if not isinstance(p, Explain)}
    return found


def typed(value: Any) -> str:
    return repr(value if isinstance(value, str) else np.asarray(value, dtype=float).tolist())


def right(label: str, name: str, part: Any) -> str:
    """As a student writes it; a function is taken from the book."""
    if isinstance(part, Code) or callable(part.right):
        return f'__import__("nnlib.exercises").exercises.right("{label}", "{name}")'
    return typed(part.right)


def wrong(part: Any) -> str:
    """The first of the usual mistakes."""
    if isinstance(part, Code) or callable(part.right):
        return "lambda *given: 12345.0"
    mistake = next(iter(part.wrong.values()))
    return typed(mistake[1] if isinstance(part, Rules) else mistake)


def variables(answers: dict[tuple[str, str], str]) -> dict[str, str]:
    return {assignments.variable(*place): answer for place, answer in answers.items()}


def test_what_students_get_has_no_solution(course: Course) -> None:
    text = (course.folder / "release" / CHAPTER / f"{CHAPTER}.ipynb").read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    assert "right(" not in text
    assert text.count("mark(") == len(parts())


def test_each_submission_gets_its_mark_and_each_mistake_its_hint(course: Course) -> None:
    asked = parts()
    all_right = {place: right(*place, part) for place, part in asked.items()}
    all_wrong = {place: wrong(part) for place, part in asked.items()}
    half = {place: (all_right if n % 2 else all_wrong)[place] for n, place in enumerate(asked)}
    course.hand_in("right", variables(all_right))
    course.hand_in("wrong", variables(all_wrong))
    course.hand_in("half", variables(half))
    course.hand_in("nothing", {})
    course.nbgrader("autograde", CHAPTER)
    marks = course.marks()
    names = {f"{label}_{name}": n for n, (label, name) in enumerate(asked)}
    given = {
        student: [marks[student][name] for name in names] for student in ("right", "wrong", "half", "nothing")
    }
    assert given["right"] == [1.0] * len(asked)
    assert given["wrong"] == given["nothing"] == [0.0] * len(asked)
    assert given["half"] == [float(n % 2) for n in range(len(asked))]
    course.nbgrader("generate_feedback", CHAPTER)
    page = (course.folder / "feedback" / "wrong" / CHAPTER / f"{CHAPTER}.html").read_text(encoding="utf-8")
    hints = [next(iter(p.wrong)) for p in asked.values() if not isinstance(p, Code) and not callable(p.right)]
    said = " ".join(re.sub(r"<[^>]*>", "", page).replace("&#39;", "'").replace("&quot;", '"').split())
    assert [hint for hint in hints if hint not in said] == []
