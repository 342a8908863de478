r"""What a formula says, in numbers: a displayed formula's TeX, evaluated where its letters have values.

Parsers that know TeX as mathematics in general (sympy's, latex2sympy2) read $w^{(l)}$ as a power, a column
times a row as a product of numbers, $\hat m$ as a function. The book's notation is small and strict, so its
grammar is here: a superscript in brackets is a layer, a bare one a power, T a transpose; letters side by side
are a product, of matrices where both are; an index that has a value picks an element. Else: ``NotRead``.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from latex_tokens import APART, OPEN, sides, split, statements

World = dict[str, Any]


class NotRead(Exception):
    """A formula, or a part of one, outside the grammar."""


class Reader:
    """One expression, evaluated from left to right."""

    def __init__(self, parts: list[str], world: World) -> None:
        self.parts, self.world, self.at = parts, world, 0

    def value(self) -> Any:
        made = self.sum()
        if self.at < len(self.parts):
            raise NotRead(f"{' '.join(self.parts[self.at :])} is left over")
        return made

    @property
    def next(self) -> str:
        return self.parts[self.at] if self.at < len(self.parts) else ""

    def take(self, wanted: str = "") -> str:
        token = self.next
        if not token or (wanted and token != wanted):
            raise NotRead(f"{wanted or 'more'} is expected, not {token or 'the end'}")
        self.at += 1
        return token

    def group(self) -> list[str]:
        """The tokens of what follows: of a group in braces, or one token."""
        if self.next != "{":
            return [self.take()]
        start, depth = self.at + 1, 0
        while True:
            depth += {"{": 1, "}": -1}.get(self.take(), 0)
            if not depth:
                return self.parts[start : self.at - 1]

    def read(self, parts: list[str], **more: Any) -> Any:
        return Reader(parts, self.world | more).value()

    def sum(self) -> Any:
        sign = self.take() if self.next in ("-", "+") else "+"
        made = self.product()
        made = -made if sign == "-" else made
        while self.next in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            made = made + sign * self.product()
        return made

    def product(self) -> Any:
        made = self.factor()
        while self.next and self.next not in {"+", "-", ")", "]", ",", "&", r"\\", r"\rvert", r"\rVert", "}"}:
            how = self.take() if self.next in (r"\cdot", r"\odot", "/") else ""
            made = times(made, self.factor(), how)
        return made

    def factor(self) -> Any:
        made = self.atom()
        while self.next == "^":
            self.take()
            power = self.group()
            made = made.T if power == ["T"] else made ** self.read(power)
        return made

    def atom(self) -> Any:
        token = self.take()
        if token == "1" and self.next == "_":  # an indicator
            self.take()
            return float(holds(self.group(), self.world))
        if token[0].isdigit():
            return float(token)
        if token in OPEN:
            made = self.sum()
            if self.next == ",":
                made = [made]
                while self.next == ",":
                    self.take()
                    made.append(self.sum())
                made = np.array(made)
            self.take(OPEN[token])
            return (
                np.abs(made) if token == r"\lvert" else np.linalg.norm(made) if token == r"\lVert" else made
            )
        if token == "{":
            self.at -= 1
            return self.read(self.group())
        if token in (r"\frac", r"\tfrac"):
            return self.fraction(self.group(), self.group())
        if token == r"\partial":
            rest = [r"\partial", *self.until("/")]
            self.take("/")
            return self.fraction(rest, self.until("="))
        if token == r"\sqrt":
            return self.read(self.group()) ** 0.5
        if token == r"\sum":
            return self.total()
        if token == r"\underbrace":
            return self.braced()
        if token == r"\begin":
            return self.environment()
        if token == r"\hat":
            token = f"hat {self.take()}"
        if token == r"\nabla":
            if self.next == "_":  # by what it is taken
                self.take()
                token += "_" + "".join(self.group())
            token += self.take()
        return self.named(token.lstrip("\\"))

    def until(self, end: str) -> list[str]:
        start = self.at
        while self.next and self.next != end:
            self.take()
        return self.parts[start : self.at]

    def fraction(self, above: list[str], below: list[str]) -> Any:
        if r"\partial" not in below[:1]:
            return self.read(above) / self.read(below)
        top, bottom = above[1:], below[1:]
        if not top:  # an operator: what it is applied to follows
            raise NotRead("an operator has no value")
        what = f"d{''.join(top[: 3 if '_' in top[:2] else 1])}/d{bottom[0]}".replace("\\", "")
        if what not in self.world:
            raise NotRead(f"{what} has no value")
        made = self.world[what]
        made = made[self.world["n"]] if isinstance(made, list) else made  # an example's
        return Reader(bottom[1:], self.world).postfix(made, what)

    def total(self) -> Any:
        index = ""
        if self.next == "_":
            self.take()
            index = self.group()[0]
        if self.next == "^":
            self.take()
            self.group()
        start, made = self.at, None
        for i in range(self.world["range"][index]) if index else [0]:
            self.at = start
            inner = Reader(self.parts[start:], self.world | ({index: i} if index else {}))
            each = inner.product()
            made = each if made is None else made + each
            self.at = start + inner.at
        return made if index else np.sum(np.asarray(made))

    def braced(self) -> Any:
        """What stands over a brace; what stands under it says the same, where it is no word."""
        over = self.read(self.group())
        if self.next == "_":
            self.take()
            under = self.group()
            if under and r"\text" not in under:
                made = self.read(under)
                if isinstance(
                    made, dict
                ):  # the name that the reader gives it, and of something else elsewhere
                    return over
                if not np.allclose(over, made, rtol=1e-5, atol=1e-8):
                    raise AssertionError(f"{over} stands over {''.join(under)} = {made}")
        return over

    def environment(self) -> Any:
        kind = "".join(self.group())
        start = self.at
        while self.next != r"\end":
            self.take()
        inner = self.parts[start : self.at]
        self.take(r"\end")
        self.group()
        lines = [split(line, "&") for line in split(inner, r"\\")]
        if kind == "cases":
            for value, condition in lines:
                if holds([token for token in condition if token not in APART], self.world):
                    return self.read([token for token in value if token not in APART])
            raise NotRead("no case applies")
        return np.array([[self.read(cell) for cell in line] for line in lines], float)

    def named(self, name: str) -> Any:
        while self.next == "'":
            name += self.take()
        if self.next == "_":
            longer = Reader(self.parts, self.world)
            longer.at = self.at + 1
            full = f"{name}_{''.join(longer.group())}".replace("\\", "")
            if full in self.world:
                made, index = self.world[full], full.rpartition("_")[2]
                self.at, name = longer.at, full
                if isinstance(made, np.ndarray) and index in self.world:
                    return made[self.world[index]]
        if name not in self.world:
            raise NotRead(f"{name} has no value")
        made = self.postfix(self.world[name], name)
        if callable(made):
            if self.next != "(":
                return made(self.factor())
            self.take()
            arguments = [self.sum()]
            while self.next == ",":
                self.take()
                arguments.append(self.sum())
            self.take(")")
            made = made(*arguments)
        return made

    def postfix(self, made: Any, name: str) -> Any:
        """A letter's layer and index, in either order."""
        while self.next in ("^", "_"):
            mark, start = self.take(), self.at
            inner = self.group()
            if mark == "^" and inner[0] == "(" and inner[-1] == ")":
                made = made[int(self.read(inner[1:-1]))]
            elif mark == "_" and isinstance(made, np.ndarray):
                where = tuple(int(self.read([each])) - each.isdigit() for each in inner)
                made = made[where if len(where) == made.ndim or made.shape[-1] != 1 else (*where, 0)]
            elif mark == "^":
                self.at = start - 1
                return made
            else:
                raise NotRead(f"{name} has no index {''.join(inner)}")
        return made


def times(left: Any, right: Any, how: str) -> Any:
    if how == "/":
        return left / right
    if how == r"\odot" or np.ndim(left) == 0 or np.ndim(right) == 0:
        return left * right
    return np.asarray(left) @ right


def holds(statement: list[str], world: World) -> bool:
    """Whether a statement is true: every relation, to rounding; an arrow leads to the new value."""
    parts, relations = sides(statement)
    if not relations:
        raise NotRead("it states nothing")
    compare: dict[str, Callable[[Any, Any], bool]] = {
        r"\le": lambda a, b: bool(np.all(a <= b + 1e-12)),
        r"\ge": lambda a, b: bool(np.all(a >= b - 1e-12)),
        "<": lambda a, b: bool(np.all(a < b)),
        ">": lambda a, b: bool(np.all(a > b)),
        r"\approx": lambda a, b: bool(np.allclose(a, b, rtol=world.get("about", 1e-3))),
    }
    values = []
    for part, relation in zip(parts, [*relations, ""], strict=True):
        try:
            values.append(Reader(part, world | (world["new"] if relation == r"\leftarrow" else {})).value())
        except NotRead:
            if not world.get("partly"):
                raise
            values.append(None)
    known = [
        (value, relation)
        for value, relation in zip(values, ["", *relations], strict=True)
        if value is not None
    ]
    if len(known) < 2:
        raise NotRead("fewer than two sides have a value")
    for (left, _), (right, relation) in pairwise(known):
        fits = np.shape(left) == np.shape(right) or np.size(left) == np.size(right) == 1
        same = fits and np.allclose(left, right, rtol=1e-5, atol=1e-8)
        if not (compare[relation](left, right) if relation in compare else same):
            return False
    return True


def false_statements(tex: str, world: World) -> list[str]:
    """The statements of a formula that are not true where its letters have these values."""
    found, read = [], 0
    for each in statements(tex):
        if sides(each)[1]:
            try:
                found += [] if holds(each, world) else [" ".join(each)]
                read += 1
                changed = each[0].lstrip("\\")
                if each[1] == r"\leftarrow" and changed in world.get("new", {}):
                    world = world | {changed: world["new"][changed]}  # what follows is after the arrow
            except NotRead:
                if not world.get("partly"):
                    raise
    if not read:
        raise NotRead(f"nothing of {tex} can be read")
    return found
