"""The exercises as questions for a learning platform, in no platform's format yet.

Platforms judge one number at a time. So a vector or a matrix becomes a question for each entry. A hint stands
with the entries that its mistake changes, where no other mistake gives the same number. Exercises whose
numbers are drawn become as many questions as there are seeds in SEEDS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

import numpy as np

from nnlib.exercises import CHAPTERS, Exercise, exercises_of
from nnlib.exercises.drawn import Drawn
from nnlib.exercises.kinds import Choice, Explain, Numbers
from nnlib.exercises.numbers import Array
from nnlib.exercises.words import WORDS

SEEDS = range(5)


@dataclass(frozen=True)
class Answer:
    """A number, right within ``tolerance``, or an option; and what is said to it."""

    value: float | str
    said: str
    right: bool = False
    tolerance: float = 0.0

    def fits(self, number: float) -> bool:
        return abs(number - float(self.value)) <= self.tolerance


@dataclass(frozen=True)
class Question:
    """``kind`` is numerical, choice or essay; of an essay the ``points`` are what to look for."""

    name: str
    chapter: str
    kind: str
    text: str  # HTML
    answers: list[Answer] = field(default_factory=list)
    points: list[str] = field(default_factory=list)


def questions(statements: dict[str, str]) -> Iterator[Question]:
    """All questions; ``statements`` has an exercise's text by its label, in Markdown with TeX."""
    for chapter in CHAPTERS.values():
        for label, parts in exercises_of(chapter).items():
            if not isinstance(parts, Drawn):
                yield from of_parts(label, chapter, parts, html(statements[label]))
                continue
            for seed in SEEDS:
                drawn = parts.with_seed(seed)
                text = statements[label].replace(parts.given, drawn.given)
                yield from of_parts(f"{label}.{seed}", chapter, drawn, html(text))


def of_parts(label: str, chapter: str, parts: Exercise, said: str) -> Iterator[Question]:
    for name, part in parts.items():
        about = f"{said}<p><strong>{escape(part.asks)}</strong></p>"
        if isinstance(part, Choice):
            wrong = [Answer(option, hint) for hint, option in part.wrong.items()]
            right = Answer(part.right, WORDS["right"], right=True)
            yield Question(f"{label}.{name}", chapter, "choice", about, [right, *wrong])
        elif isinstance(part, Numbers):
            yield from numbers(f"{label}.{name}", chapter, about, part)
        elif isinstance(part, Explain):
            yield Question(f"{label}.{name}", chapter, "essay", about, points=list(part.points))


def numbers(name: str, chapter: str, text: str, part: Numbers) -> Iterator[Question]:
    a = np.asarray(part.right, dtype=float)
    for place in np.ndindex(a.shape):
        indexes = [str(index + 1) for index in place]
        where = f"<p>Entry {', '.join(indexes)}.</p>" if indexes else ""
        yield Question(
            ".".join([name, *indexes]), chapter, "numerical", text + where, list(entry(part, a, place))
        )


def entry(part: Numbers, a: Array, place: tuple[int, ...]) -> Iterator[Answer]:
    """What is right at one place, and the mistakes that can be told apart there."""
    taken = [Answer(float(a[place]), WORDS["right"], right=True, tolerance=float(part.units(a)[place]))]
    for hint, value in part.wrong.items():
        b = np.asarray(value, dtype=float)
        if b.shape != a.shape or any(one.fits(b[place]) for one in taken):
            continue
        taken.append(Answer(float(b[place]), hint, tolerance=float(part.units(b)[place])))
    yield from taken


def html(markdown: str) -> str:
    """Paragraphs, and formulas as platforms' filters for TeX read them."""
    text = re.sub(r"\$\$(.+?)\$\$", r"\\[\1\\]", escape(markdown, quote=False), flags=re.S)
    text = re.sub(r"\$(.+?)\$", r"\\(\1\\)", text, flags=re.S)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", re.sub(r"\{\w+(?::\w+)?\}(?=`)", "", text))
    text = re.sub(r"\*(\w[^*\n]*?)\*", r"<em>\1</em>", text)
    return "".join(f"<p>{paragraph}</p>" for paragraph in text.strip().split("\n\n"))
