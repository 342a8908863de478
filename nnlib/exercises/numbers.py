"""A number, a vector or a matrix: what is right, what is a known mistake, and what is said to any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context
from typing import Any

import numpy as np

from nnlib.exercises.readings import readings
from nnlib.exercises.words import Said, say

Array = np.ndarray[Any, np.dtype[np.float64]]

CLOSE = 0.02  # relative: what looks like rounding on the way


@dataclass(frozen=True)
class Numbers:
    """``wrong`` maps what to say to what that mistake gives. Right is what differs by one unit, at most, in the
    last of ``digits`` significant digits: rounding and cutting off are both right. None: exact."""

    asks: str
    right: Any
    wrong: Mapping[str, Any] = field(default_factory=dict)
    digits: int | None = 3
    unit: str = ""

    def judge(self, answer: Any) -> Said:
        if isinstance(answer, str):
            return self.judge_typed(answer)
        if missing(answer):
            return say("empty")
        try:
            return self.verdict(np.asarray(answer, dtype=float))
        except (TypeError, ValueError):
            return say("unreadable", "numbers")

    def judge_typed(self, text: str) -> Said:
        """A second reading counts where it is right or a known mistake, or fits better."""
        if not text.strip():
            return say("empty")
        found = [np.array(value) for value in readings(text, np.ndim(self.right), self.unit, self.is_whole())]
        verdicts = [self.verdict(value) for value in found]
        for kinds in (["right"], ["hint"], ["near", "part", "no"], ["shape"]):
            for value, said in zip(found, verdicts, strict=True):
                if said.kind in kinds:
                    seen = len(found) > 1 and said.kind != "right"
                    read = " " + say("read", numbers=shown(value)).text if seen else ""
                    return Said(said.kind, said.text + read)
        return say("unreadable", "numbers")

    def is_whole(self) -> bool:
        """Whether counts are asked for, or sizes, or labels."""
        return self.digits is None and bool((self.rounded(self.right) % 1 == 0).all())

    def verdict(self, x: Array) -> Said:
        """The author's mistakes come first, then the general ones, the surest before the vaguest."""
        a = self.rounded(self.right)
        x = self.like(a, x)
        if not np.isfinite(x).all():
            return say("unreadable", "numbers")
        if self.agrees(x, a):
            return say("right")
        for text, value in self.wrong.items():
            if self.agrees(x, self.like(a, self.rounded(value))):
                return Said("hint", text)
        if a.any() and self.agrees(x, -a):
            return say("hint", "sign")
        if a.ndim == 2 and self.agrees(x.T, a):
            return say("hint", "transposed")
        return self.general(x, a) if x.shape == a.shape else wrong_shape(x, a)

    def general(self, x: Array, a: Array) -> Said:
        for word, factor in {"twice": 2.0, "half": 0.5}.items():
            if a.any() and self.agrees(x, factor * a):
                return say("hint", word)
        if a.size > 1 and self.agrees(np.sort(x, axis=None), np.sort(a, axis=None)):
            return say("hint", "order")
        if a.any() and self.agrees(x, (a / 100 if self.unit == "%" else 100 * a)):
            return say("hint", "share" if self.unit == "%" else "percent" if (abs(a) <= 1).all() else "ten")
        if a.any() and (self.agrees(x, 10 * a) or self.agrees(x, a / 10)):
            return say("hint", "ten")
        off, unit = abs(x - a), self.units(a)
        if self.digits and (off <= CLOSE * abs(a) + unit).all():
            return say("near", digits=f"{self.digits} digit{'s' * (self.digits > 1)}")
        good = (off <= unit).ravel()
        if good.any():
            return say("part", good=good.sum(), count=good.size, first=good.argmin() + 1)
        return say("no")

    def like(self, a: Array, x: Array) -> Array:
        """One number in brackets is that number; a row or a column of numbers is that vector."""
        if (a.ndim == 0 and x.size == 1) or (a.ndim == 1 and x.ndim == 2 and 1 in x.shape):
            return x.reshape(() if a.ndim == 0 else -1)
        return x

    def agrees(self, x: Array, target: Array) -> bool:
        return x.shape == target.shape and bool((abs(x - target) <= self.units(target)).all())

    def rounded(self, value: Any) -> Array:
        """Two digits more than are asked for, ties away from 0: as in the page, where they take less room."""
        exact = Context(prec=(self.digits or 5) + 2, rounding=ROUND_HALF_UP).create_decimal_from_float
        return np.vectorize(lambda v: float(exact(float(v))), otypes=[float])(np.asarray(value, dtype=float))

    def units(self, target: Array) -> Array:
        """One unit of each number's last digit. A zero is as exact as its largest neighbour."""
        largest = abs(target).max(initial=0.0) or 1.0
        return np.vectorize(lambda v: self.unit_of(abs(v) or largest, v), otypes=[float])(target)

    def unit_of(self, size: float, value: float) -> float:
        if self.digits is None and value == round(value):
            return 1e-9
        return 10.0 ** (int(f"{size:.6e}".partition("e")[2]) - (self.digits or 3) + 1) * (1 + 1e-6)

    def data(self) -> dict[str, Any]:
        """What the page's script needs."""
        wrong = [[text, brief(self.rounded(value).tolist())] for text, value in self.wrong.items()]
        return {"k": "n", "a": brief(self.rounded(self.right).tolist()), "w": wrong} | self.how()

    def how(self) -> dict[str, Any]:
        """What differs from the usual: a number without a unit, to three digits."""
        return ({} if self.digits == 3 else {"d": self.digits}) | ({"u": self.unit} if self.unit else {})


def brief(value: Any) -> Any:
    """Without the point that a whole number does not need."""
    if isinstance(value, list):
        return [brief(each) for each in value]
    return int(value) if value == int(value) else value


def missing(answer: Any) -> bool:
    if isinstance(answer, list | tuple):
        return any(map(missing, answer))
    return answer is None or answer is ... or (isinstance(answer, str) and not answer.strip())


def wrong_shape(x: Array, a: Array) -> Said:
    came = " × ".join(map(str, x.shape)) if x.ndim > 1 else "one" if x.size == 1 else f"{x.size}"
    if a.ndim > 1:
        return say("shape", shape=" × ".join(map(str, a.shape)), came=came)
    return say("shape", "one" if a.ndim == 0 else "several", count=a.size, came=came)


def shown(value: Array) -> str:
    rows = np.atleast_2d(value)
    return "; ".join(", ".join(map(number, row)) for row in rows)


def number(value: float) -> str:
    """Four digits, as a reader would write them."""
    digits = format(Context(prec=4, rounding=ROUND_HALF_UP).create_decimal_from_float(float(value)), "e")
    mantissa, _, power = digits.partition("e")
    if -5 < int(power) < 6:
        text = format(float(digits), "f" if abs(float(digits)) >= 1 else ".8f")
        text = text.rstrip("0").rstrip(".")
    else:
        text = f"{float(mantissa):g}e{int(power)}"
    return text.replace("-", "−") if value else "0"
