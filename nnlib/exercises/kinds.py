"""What an exercise can ask for besides numbers: a choice, a formula, numbers that keep rules, words.

Each kind judges an answer, and says in ``data`` what the page's script needs to judge it in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnlib.exercises.code import Code
from nnlib.exercises.expressions import Unreadable, evaluate, holds, plain
from nnlib.exercises.numbers import Numbers, missing
from nnlib.exercises.readings import readings
from nnlib.exercises.words import Said, say

Expression = str | Callable[..., Any]

__all__ = ["Choice", "Code", "Explain", "Formula", "Numbers", "Part", "Rules"]


@dataclass(frozen=True)
class Choice:
    """One of several. They are shown in the order of their text, so that the order says nothing."""

    asks: str
    right: str
    wrong: Mapping[str, str]  # what to say: the option

    def options(self) -> list[str]:
        return sorted([self.right, *self.wrong.values()])

    def judge(self, answer: Any) -> Said:
        """By an option's text, or as much of its beginning as no other option shares."""
        options = {option: Said("hint", text) for text, option in self.wrong.items()} | {
            self.right: say("right")
        }
        if not missing(answer):
            meant = [option for option in options if begins(option, answer)]
            meant = [option for option in meant if option == answer] or meant
            if len(meant) == 1:
                return options[meant[0]]
        kind = "empty" if missing(answer) else "unreadable"
        return say(kind, "options", options="; ".join(self.options()))

    def data(self) -> dict[str, Any]:
        return {"k": "c", "a": self.right, "w": [list(each) for each in self.wrong.items()]}


@dataclass(frozen=True)
class Formula:
    """A formula in letters, judged by its values at some places: ``at`` has a list of values for each letter."""

    asks: str
    right: Expression
    at: Mapping[str, Sequence[float]]
    wrong: Mapping[str, Expression] = field(default_factory=dict)

    def places(self) -> list[dict[str, float]]:
        return [dict(zip(self.at, values, strict=True)) for values in zip(*self.at.values(), strict=True)]

    def values(self, formula: Expression) -> np.ndarray[Any, np.dtype[np.float64]]:
        """At each place. What a reader types may name ``z₁`` as ``z1`` and begin with ``f(z) =``."""
        if callable(formula):
            return np.array([float(formula(*place.values())) for place in self.places()])
        text = re.sub(r"([A-Za-zσ√]) +(?=[0-9.(√])", r"\1", plain(formula.rpartition("=")[2]))
        for letter in self.at:
            text = (
                re.sub(f"{letter[0]}_?{plain_index(letter)}(?![0-9])", letter, text)
                if len(letter) > 1
                else text
            )
        return np.array([evaluate(text, place) for place in self.places()])

    def judge(self, answer: Any) -> Said:
        if missing(answer):
            return say("empty")
        try:
            if callable(answer) and missing(answer(*self.places()[0].values())):
                return say("empty")
            x = self.values(answer)
        except (Unreadable, ArithmeticError, TypeError, ValueError):
            letters = list(self.at)
            return say("unreadable", "formula", letters=" and ".join(letters), letter=letters[0])
        right = self.values(self.right)
        if alike(x, right):
            return say("right")
        for text, formula in self.wrong.items():
            if alike(x, self.values(formula)):
                return Said("hint", text)
        for kind, factor in {"sign": -1, "twice": 2, "half": 0.5}.items():
            if alike(x, factor * right):
                return say("hint", kind)
        place = next(place for place, *both in zip(self.places(), x, right, strict=True) if not alike(*both))
        return say("no", "elsewhere", place=", ".join(f"{name} = {value:g}" for name, value in place.items()))

    def data(self) -> dict[str, Any]:
        def values(formula: Expression) -> list[float]:
            return [float(f"{value:.10g}") for value in self.values(formula)]

        wrong = [[text, values(formula)] for text, formula in self.wrong.items()]
        at = {letter: list(values) for letter, values in self.at.items()}
        return {"k": "f", "a": values(self.right), "at": at, "w": wrong}


@dataclass(frozen=True)
class Rules:
    """Numbers of which many are right: those that keep every rule.

    ``wrong`` maps what to say to the rule that is broken, an inequality in ``letters``, and to an example of that.
    """

    asks: str
    right: Sequence[float]  # an example
    letters: str  # a letter for each number, with blanks between
    wrong: Mapping[str, tuple[str, Sequence[float]]]

    def judge(self, answer: Any) -> Said:
        if missing(answer):
            return say("empty")
        if isinstance(answer, str):
            verdicts = [self.verdict(value) for value in readings(answer, 1)]
            fitting = [said for said in verdicts if said.kind != "shape"]
            right = [said for said in fitting if said.kind == "right"]
            return [*right, *fitting, *verdicts, say("unreadable", "numbers")][0]
        try:
            return self.verdict(np.ravel(np.asarray(answer, dtype=float)).tolist())
        except (TypeError, ValueError):
            return say("unreadable", "numbers")

    def verdict(self, values: Sequence[float]) -> Said:
        letters = self.letters.split()
        if len(values) != len(letters):
            came = "one" if len(values) == 1 else len(values)
            return say("shape", "one" if len(letters) == 1 else "several", count=len(letters), came=came)
        given = dict(zip(letters, values, strict=True))
        for text, (rule, _) in self.wrong.items():
            try:
                kept = holds(rule, given)
            except Unreadable:
                kept = False
            if not kept:
                return Said("hint", text)
        return say("right")

    def data(self) -> dict[str, Any]:
        return {"k": "r", "n": self.letters, "w": [[text, rule] for text, (rule, _) in self.wrong.items()]}


@dataclass(frozen=True)
class Explain:
    """In words. No program judges them: readers compare theirs with the solution, point by point."""

    points: Sequence[str]
    asks: str = "in your own words"
    wrong: Mapping[str, Any] = field(default_factory=dict)

    def judge(self, answer: Any) -> Said:
        if missing(answer):
            return say("empty")
        points = " ".join(f"({number}) {point}" for number, point in enumerate(self.points, 1))
        return Said("points", f"{say('points').text} {points}")

    def data(self) -> dict[str, Any]:
        return {"k": "e", "p": list(self.points)}


Part = Numbers | Choice | Formula | Rules | Code | Explain


def begins(option: str, answer: Any) -> bool:
    return option.casefold().startswith(str(answer).strip().casefold())


def alike(x: Any, y: Any) -> bool:
    return bool((np.abs(x - y) <= 1e-9 + 1e-6 * np.abs(y)).all())


def plain_index(letter: str) -> str:
    return letter[1:].translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
