"""Formulas as readers type them: ``1/3``, ``√2/2``, ``ln 3``, ``2a(1 − a)``, and their values.

The page's script (``static/expressions.js``) has the same grammar. Neither calls ``eval``: what is typed is no program.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

FRACTIONS = {
    **{"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5"},
    **{"⅙": "1/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"},
}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
SIGNS = str.maketrans(
    dict.fromkeys("−–‒—", "-") | dict.fromkeys("×·⋅∙", "*") | dict.fromkeys("÷∕⁄", "/") | {"’": "'"}
    | dict.fromkeys("\t\u00a0\u2007\u2009\u200a\u202f", " ")
)  # fmt: skip
TOKEN = re.compile(
    r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[A-Za-zΑ-Ωα-ω]+[₀-₉]*|[<>]=|\S",
)

FUNCTIONS: dict[str, Callable[..., float]] = {
    "√": math.sqrt,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "tanh": math.tanh,
    "abs": abs,
    "max": max,
    "min": min,
    "step": lambda z: float(z >= 0),
    "σ": lambda z: (1 + math.tanh(z / 2)) / 2,  # never overflows
}
FUNCTIONS["sigmoid"] = FUNCTIONS["σ"]
CONSTANTS = {"e": math.e, "π": math.pi, "pi": math.pi}


class Unreadable(ValueError):
    """What was typed is no formula, or has no value."""


def plain(text: str) -> str:
    """The same text with the signs of a keyboard: ``−`` is ``-``, ``²`` is ``^(2)``, ``1½`` is ``(1+1/2)``."""
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+", lambda power: f"^({power[0].translate(SUPERSCRIPTS)})", text)
    text = re.sub(
        f"([0-9]*) ?([{''.join(FRACTIONS)}])", lambda mixed: f"({mixed[1]}+{FRACTIONS[mixed[2]]})", text
    )
    return text.translate(SIGNS).replace("**", "^").strip()


def evaluate(text: str, letters: Mapping[str, float] | None = None) -> float:
    """The value of a formula in ``letters``. Raises Unreadable where it has none."""
    try:
        return _Formula(text, letters or {}).whole()
    except (ArithmeticError, ValueError, TypeError, IndexError) as problem:
        raise Unreadable(text) from problem


def holds(condition: str, letters: Mapping[str, float]) -> bool:
    """Whether an inequality such as ``u + b >= 0`` is true of these values."""
    left, sign, right = re.split("(<=|>=|<|>)", condition)
    a, b = evaluate(left, letters), evaluate(right, letters)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def finite(value: float) -> float:
    if not math.isfinite(value):
        raise Unreadable(f"{value}")
    return value


class _Formula:
    """A recursive reader: a sum of products of powers."""

    def __init__(self, text: str, letters: Mapping[str, float]) -> None:
        self.tokens = [*TOKEN.findall(text), ""]
        self.letters = letters
        self.at = 0

    def take(self, token: str) -> bool:
        found = self.tokens[self.at] == token
        self.at += found
        return found

    def whole(self) -> float:
        value = self.sum()
        if self.tokens[self.at]:
            raise Unreadable(self.tokens[self.at])
        return value

    def sum(self) -> float:
        value = self.product()
        while True:
            if self.take("+"):
                value += self.product()
            elif self.take("-"):
                value -= self.product()
            else:
                return finite(value)

    def product(self) -> float:
        value = self.signed()
        while True:
            if self.take("*"):
                value *= self.signed()
            elif self.take("/"):
                value /= self.signed()
            elif re.match(r"[A-Za-zΑ-Ωα-ω√(]", self.tokens[self.at]):  # 2a, 2(1 + a)
                value *= self.power()
            else:
                return finite(value)

    def signed(self) -> float:
        if self.take("-"):
            return -self.signed()
        return self.signed() if self.take("+") else self.power()

    def power(self) -> float:
        value = self.atom()
        return finite(math.pow(value, self.signed())) if self.take("^") else value

    def atom(self) -> float:
        token = self.tokens[self.at]
        self.at += 1
        if token == "(":
            value = self.sum()
            self.close()
            return value
        if re.match(r"[0-9.]", token):
            return finite(float(token))
        if token in self.letters:
            return self.letters[token]
        if token in FUNCTIONS:
            return finite(FUNCTIONS[token](*self.arguments()))
        if token in CONSTANTS:
            return CONSTANTS[token]
        if token and all(letter in self.letters for letter in token):  # ay is a times y
            return math.prod(self.letters[letter] for letter in token)
        raise Unreadable(token)

    def arguments(self) -> list[float]:
        if not self.take("("):
            return [self.power()]  # √2, ln 3
        values = [self.sum()]
        while self.take(","):
            values.append(self.sum())
        self.close()
        return values

    def close(self) -> None:
        if not self.take(")"):
            raise Unreadable("a bracket is not closed")
