"""Answers as readers may type them: right ones, known mistakes, and what lies between, in many notations."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnlib.exercises import Exercise
from nnlib.exercises.kinds import Choice, Code, Explain, Formula, Numbers, Part, Rules

#: In a page: what its script says to all answers of all parts.
JUDGE = "(words, asked) => asked.map(([part, answers]) => answers.map(each => nnJudge(part, each, words)))"


def values(part: Numbers) -> Iterator[np.ndarray]:
    """Numbers near and far from what is right."""
    a = np.asarray(part.right, dtype=float)
    yield from (np.asarray(value, dtype=float) for value in (a, *part.wrong.values()))
    yield from (-a, 2 * a, a / 2, 10 * a, a / 100, 100 * a, a * 1.011, a * 1.2, a + 7.3)
    if a.ndim:
        yield from (a[::-1], a[:-1], np.append(a.ravel()[:-1], 99.0).reshape(a.shape))
    if a.ndim == 2:
        yield a.T


def one(value: float, *, comma: bool = False, minus: str = "-", digits: int = 10) -> str:
    text = f"{value:.{digits}g}".replace("-", minus)
    return text.replace(".", ",") if comma else text


def rows(value: np.ndarray, between: str, below: str, **how: Any) -> str:
    if value.ndim == 2:
        return below.join(between.join(one(v, **how) for v in row) for row in value)
    return between.join(one(v, **how) for v in np.atleast_1d(value))


def notations(value: np.ndarray) -> Iterator[str]:
    """The same numbers, written in a dozen ways."""
    yield rows(value, ", ", "\n")
    yield rows(value, " ", "; ", minus="−")
    yield rows(value, "; " if value.ndim < 2 else " ", "\n", comma=True)
    yield rows(value, ", ", "\n", digits=3)
    yield rows(value, ", ", "\n", digits=4, comma=True)
    yield f"({rows(value, ',', ';', digits=5)})"
    yield str(value)
    yield repr(value)
    yield "z = " + rows(value, ", ", "\n", digits=6) + "."
    if value.ndim == 0:
        yield from (f"{one(float(value), digits=6)} steps", f"{float(value):,.2f}", f"{float(value):.3e}")
        yield from (
            f"{100 * float(value):.6g} %",
            f"1/{one(float(value), digits=6)}",
            f"√{one(float(value))}",
        )


FORMULAS = (
    *("1/(1 + exp(-{0}))", "2{0}", "{0}²", "f({0}) = {0}(1 − {0})", "-{0}/2"),
    *("e^{0}", "ln {0}", "sin({0})", "½{0}", ""),
)
RUBBISH = (
    *(
        "",
        "  ",
        "?",
        "1/0",
        "1..2",
        "(1",
        "ten",
        "√−1",
        "10^400",
        "1e999",
        "[[1, 2], [3]]",
        "nan",
        "inf",
        "%",
        ",",
    ),
    *(
        "=",
        "2**0.5",
        "1 - 2",
        "1 -2",
        "- 3",
        "ln 3",
        "4 × 3",
        "64-30-10",
        "0,1",
        "13,002",
        "13.002",
        "1 000",
        "½",
    ),
    *("1½", "max(1, 2)", "max(1)", "abs(1, 2)", ")", "()", "[]", "0.5 0.5.", "7 and 9", "30 by 64", "1;2\n3"),
)


def rubbish(seed: int, count: int) -> Iterator[str]:
    """Keys struck by a cat."""
    signs = "0123456789" * 3 + ".,;  \n()[]+-−*/^√½²%=eπlnx'"
    chance = random.Random(seed)
    for _ in range(count):
        yield "".join(chance.choices(signs, k=chance.randint(1, 12)))


def typed(part: Part, seed: int = 0) -> Iterator[str]:
    if isinstance(part, Numbers):
        for value in values(part):
            yield from notations(value)
        yield from RUBBISH
        yield from rubbish(seed, 20)
    elif isinstance(part, Choice):
        yield from part.options()
    elif isinstance(part, Formula):
        yield from (each for each in (part.right, *part.wrong.values()) if isinstance(each, str))
        for letter in part.at:
            yield from (form.format(letter) for form in FORMULAS)
        yield from rubbish(seed, 50)
    elif isinstance(part, Rules):
        for value in (part.right, *(example for _, example in part.wrong.values())):
            yield from notations(np.asarray(value, dtype=float))
        yield from RUBBISH
    elif isinstance(part, Explain):
        yield "because"


def in_python(exercises: dict[str, Exercise]) -> tuple[list[Any], list[Any]]:
    """Each part as a page has it with many answers, and what Python says to them."""
    asked, said = [], []
    for seed, parts in enumerate(exercises.values()):
        for part in parts.values():
            if not isinstance(part, Code):
                answers = list(typed(part, seed))
                asked.append([part.data(), answers])
                said.append([[verdict.kind, verdict.text] for verdict in map(part.judge, answers)])
    return asked, said


def apart(asked: list[Any], page: list[Any], python: list[Any]) -> list[tuple[str, Any, Any]]:
    """The answers to which the two say different things."""
    each = zip(asked, page, python, strict=True)
    three = (one for (_, answers), *two in each for one in zip(answers, *two, strict=True))
    return [(answer, here, there) for answer, here, there in three if here != there]
