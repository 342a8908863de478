"""Exercises whose numbers are drawn from a seed, anew at each visit.

A page has no Python, so the calculation is written as lines of formulas, which ``expressions`` evaluates here and
``static/drawn.js`` in the page. A usual mistake is the same calculation with a line replaced. The tests compare
what the lines give with ``nnlib``, and try every seed: none may mistake one answer for another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nnlib.exercises.expressions import evaluate
from nnlib.exercises.kinds import Part
from nnlib.exercises.numbers import Numbers, number

SEEDS = 100
PRIME, FACTOR = 2**31 - 1, 48271  # the minimal standard generator (Park, Miller and Stockmeyer 1993)

Mistake = str | Mapping[str, str]
Values = dict[str, float]


@dataclass(frozen=True)
class Asked:
    """``what`` is one formula or several with semicolons between, in the names of the lines. ``wrong`` maps what to
    say to the lines that the mistake replaces, or to what is answered in place of ``what``."""

    asks: str
    what: str
    wrong: Mapping[str, Mistake] = field(default_factory=dict)
    digits: int | None = 3


class Drawn(dict[str, Part]):
    """The parts of an exercise with the numbers of one seed; ``with_seed`` has them with another's.

    ``numbers`` maps a name to the values it is drawn from, ``lines`` a name to its formula, in their order. In the
    sentences ``given`` and ``worked``, the exercise's numbers and their way to the answer, a ``{formula}`` is its
    value.
    """

    def __init__(
        self,
        numbers: Mapping[str, Sequence[float]],
        given: str,
        lines: Mapping[str, str],
        worked: str,
        seed: int = 0,
        **asked: Asked,
    ) -> None:
        self.numbers, self.lines, self.sentences, self.asked = numbers, lines, (given, worked), asked
        self.seed = accepted(seed)
        values = self.calculated()
        self.judged = {name: self.part(each, values) for name, each in asked.items()}
        super().__init__(self.judged)
        self.given, self.worked = (filled(sentence, values) for sentence in self.sentences)

    def with_seed(self, seed: int) -> Drawn:
        given, worked = self.sentences
        return Drawn(self.numbers, given, self.lines, worked, seed, **self.asked)

    def calculated(self, replaced: Mapping[str, str] | None = None) -> Values:
        """What is drawn, and what the lines make of it."""
        state = (self.seed + 1) * FACTOR % PRIME
        found: Values = {}
        for name, those in self.numbers.items():
            state = state * FACTOR % PRIME
            found[name] = those[state * len(those) // PRIME]
        for name, line in (dict(self.lines) | dict(replaced or {})).items():
            found[name] = evaluate(line, found)
        return found

    def part(self, asked: Asked, values: Values) -> Numbers:
        wrong = {
            hint: answer(mistake, values)
            if isinstance(mistake, str)
            else answer(asked.what, self.calculated(mistake))
            for hint, mistake in asked.wrong.items()
        }
        return Numbers(asked.asks, answer(asked.what, values), wrong, asked.digits)

    def data(self) -> dict[str, Any]:
        """For the page: how to draw and to calculate, and each part in place of its numbers with its formulas."""
        parts = {
            name: {"k": "n", "a": asked.what, "w": [list(each) for each in asked.wrong.items()]}
            | self.judged[name].how()
            for name, asked in self.asked.items()
        }
        how = {"n": dict(self.numbers), "l": dict(self.lines), "t": list(self.sentences)}
        return parts | {"": how}


def accepted(seed: Any) -> int:
    if isinstance(seed, int) and not isinstance(seed, bool) and 0 <= seed < SEEDS:
        return seed
    raise ValueError(f"the seed is {seed!r}; a whole number from 0 to {SEEDS - 1} is expected")


def answer(what: str, values: Values) -> float | list[float]:
    found = [evaluate(each, values) for each in what.split(";")]
    return found if len(found) > 1 else found[0]


def filled(sentence: str, values: Values) -> str:
    return re.sub(r"\{([^}]*)\}", lambda formula: number(evaluate(formula[1], values)), sentence)
