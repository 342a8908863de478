"""A function of the reader's: called on several inputs, each a copy, and never trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnlib.exercises.numbers import missing
from nnlib.exercises.words import Said, say


@dataclass(frozen=True)
class Code:
    """``wrong`` maps what to say to a function that makes the mistake: whose results are the same, made it too."""

    asks: str  # the function's signature
    right: Callable[..., Any]
    inputs: Sequence[tuple[Any, ...]]
    wrong: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    call: Callable[..., Any] = lambda function, *inputs: function(*inputs)  # and what becomes of the result

    def judge(self, answer: Any) -> Said:
        if missing(answer):
            return say("empty")
        if not callable(answer):
            return say("unreadable", "call")
        results = []
        for inputs in self.inputs:
            given = deepcopy(inputs)
            try:
                with np.errstate(
                    all="ignore"
                ):  # what overflows is wrong by its result, or refused by ``call``
                    results.append(self.call(answer, *given))
            except Exception as problem:  # the reader's own, whatever it is
                said = f"{type(problem).__name__}: {problem}".rstrip(": .") + "."
                return say("hint", "raised", problem=said, inputs=shown(inputs))
            if not same(given, inputs):
                return say("hint", "changed", inputs=shown(inputs))
        if all(result is None for result in results):
            return say("hint", "nothing")
        wanted = [self.call(self.right, *deepcopy(inputs)) for inputs in self.inputs]
        if all(map(same, results, wanted)):
            return say("right", "passed", count=len(wanted))
        for text, function in self.wrong.items():
            if all(map(same, results, (self.quietly(function, inputs) for inputs in self.inputs))):
                return Said("hint", text)
        inputs, came, right = next(
            each for each in zip(self.inputs, results, wanted, strict=True) if not same(*each[1:])
        )
        if np.shape(came) != np.shape(right):
            return say("shape", "result", inputs=shown(inputs), came=np.shape(came), shape=np.shape(right))
        return say("no", "failed", inputs=shown(inputs), came=brief(came), wanted=brief(right))

    def quietly(self, function: Callable[..., Any], inputs: tuple[Any, ...]) -> Any:
        """What a known mistake gives; it may well overflow."""
        with np.errstate(all="ignore"):
            try:
                return self.call(function, *deepcopy(inputs))
            except (ArithmeticError, ValueError, TypeError, IndexError):
                return None


def same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    try:
        a, b = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    except (TypeError, ValueError):
        return one is other or bool(one == other)
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True))


def brief(value: Any) -> str:
    if callable(value):
        return getattr(value, "__name__", "a function")
    with np.printoptions(precision=4, threshold=12, suppress=True):
        return " ".join(str(value).split())


def shown(inputs: tuple[Any, ...]) -> str:
    return ", ".join(map(brief, inputs))
