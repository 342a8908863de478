"""The same answers to the rules of four programs: which right ones are refused, and which mistakes are named?

    python benchmarks/answers.py

The answers are those of the book's exercises that ask for one number: what is right, in a dozen notations,
and each usual mistake, in the same. The other programs' rules are redone here: Runestone's ``fitb`` reads a
number by JavaScript's ``+given``; in Kaggle's learntools an answer is Python, and a float may be off by 1e-6;
jupyterquiz 2.9.6.4 has a field that drops every sign but digits, ``.``, ``/``, ``-`` and ``e``. Runestone and
jupyterquiz can be told of mistakes, and are told of all that our exercises know, with the same tolerance. The
notations are ours, so this says how many ways of writing are read, and not how often they are used.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import floor, log10

import numpy as np

from nnlib.exercises import all_exercises
from nnlib.exercises.numbers import Numbers

Judge = Callable[[Numbers, str], str]  # "right", the hint, or ""
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.I)
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def notations(value: float, digits: int | None, unit: str) -> Iterator[tuple[str, str]]:
    """The names of the notations, and the value in each."""
    text = f"{value:.10g}"
    yield "digits", text
    if digits and value:
        size = 10.0 ** (floor(log10(abs(value))) - digits + 1)
        yield "rounded", f"{round(value / size) * size:.10g}"
        yield "cut off", f"{int(value / size) * size:.10g}"
    if value < 0:
        yield "minus sign", text.replace("-", "−")
    if "." in text and "e" not in text:
        yield "decimal comma", text.replace(".", ",")
    fraction = Fraction(value).limit_denominator(100)
    if fraction.denominator > 1 and abs(fraction - value) < 1e-9:
        yield "fraction", str(fraction)
    if abs(value) >= 1000 and value == round(value):
        yield "thousands", f"{value:,.0f}"
    yield "power of ten", f"{value:.9e}".replace("e", "·10^")
    yield "brackets", f"({text})"
    yield "with its letter", f"w = {text}"
    yield "full stop", f"{text}."
    yield "unit", f"{text} %" if unit == "%" else f"{text} steps"


def ours(part: Numbers, typed: str) -> str:
    said = part.judge(typed)
    return "right" if said.kind == "right" else said.text.partition(" (Read as")[0]


def nearest(part: Numbers, x: float | None) -> str:
    """As an author would set it up elsewhere: a range around what is right, and one around each mistake."""
    if x is None:
        return ""
    for words, value in {"right": part.right, **part.wrong}.items():
        target = np.asarray(value, dtype=float)
        if target.ndim == 0 and abs(x - target) <= part.units(target):
            return words
    return ""


def runestone(part: Numbers, typed: str) -> str:
    text = typed.strip()
    return nearest(part, float(text) if NUMBER.fullmatch(text) else None)


def jupyterquiz(part: Numbers, typed: str) -> str:
    kept = "".join(sign for sign in typed if sign in "0123456789./-e")
    above, slash, below = kept.partition("/")
    try:
        return nearest(part, float(above) / float(below) if slash else float(above))
    except (ValueError, ZeroDivisionError):
        return ""


def learntools(part: Numbers, typed: str) -> str:
    try:
        x = value_of(ast.parse(typed, mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError):
        return ""
    right = float(part.right)
    return "right" if isinstance(x, int | float) and abs(x - right) < 1e-6 else ""


def value_of(node: ast.expr) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -value_of(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        return OPERATIONS[type(node.op)](value_of(node.left), value_of(node.right))
    raise ValueError(ast.dump(node))


PROGRAMS: dict[str, Judge] = {
    "this book": ours,
    "Runestone": runestone,
    "learntools": learntools,
    "jupyterquiz": jupyterquiz,
}


def main() -> None:
    asked = [
        part for parts in all_exercises().values() for part in parts.values() if isinstance(part, Numbers)
    ]
    asked = [part for part in asked if np.ndim(part.right) == 0]
    right = [(p, name, typed) for p in asked for name, typed in notations(float(p.right), p.digits, p.unit)]
    wrong = [
        (part, hint, typed)
        for part in asked
        for hint, value in part.wrong.items()
        if np.ndim(value) == 0
        for _, typed in notations(float(value), part.digits, part.unit)
    ]
    print(f"{len(asked)} questions, {len(right)} right answers, {len(wrong)} wrong ones")
    for program, judge in PROGRAMS.items():
        refused = [name for part, name, typed in right if judge(part, typed) != "right"]
        named = sum(judge(part, typed) == hint for part, hint, typed in wrong)
        praised = sum(judge(part, typed) == "right" for part, _, typed in wrong)
        print(f"{program:12} right refused {len(refused):4} ({len(refused) / len(right):4.0%})", end=", ")
        print(f"mistakes named {named:4} ({named / len(wrong):4.0%}), taken for right {praised}")
        if refused:
            kinds = sorted(set(refused), key=refused.count, reverse=True)
            print(" " * 13 + ", ".join(f"{kind} {refused.count(kind)}" for kind in kinds))


if __name__ == "__main__":
    main()
