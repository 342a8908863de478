"""Typed answers read as numbers: ``0,5``, ``13,002``, ``[0.3 -0.1]``, a matrix by its lines, a unit after the number.

A text may have several readings: ``0,5`` is a half in one country and two numbers in another. All are tried.
The page's script (``static/readings.js``) reads alike.
"""

from __future__ import annotations

import re
from typing import Any

from nnlib.exercises.expressions import Unreadable, evaluate, plain

BRACKETS = {"(": ")", "[": "]", "{": "}"}
ANY, ROWS = ",; \n", ";\n"  # what stands between numbers, and between rows

#: In this order: what goes, and what stands in its place.
TIDYING = [
    (r", *dtype=[^)]*", ""),  # numpy's own notation
    (r"(?:np\.|numpy\.)?(?:array|matrix) *(?=\()", ""),
    (r"[^,;\n=≈~]*[=≈~]", ""),  # z = 0.5·2 + 0.1 = 1.1: what comes last
    (r" and | by ", ","),
    (r"(?<=[0-9)\]}]) *(?:°|(?!pi\b)[A-Za-z]{2,}[A-Za-z ]*)\.?(?= *(?:[,;\n]|$))", ""),  # 24 degrees
    (r"\.(?= *$)", ""),
    (r"\s*([*/^])\s*", r"\1"),
    (r"(?<=[^\s,;([{]) ([-+]) (?=\S)", r"\1"),  # 1 - 2 is a difference, 1 -2 are two numbers
    (r"(^|[\s,;([{])([-+]) +(?=[0-9.(])", r"\1\2"),
    (r"([A-Za-zσ√]) +(?=[0-9.(√])", r"\1"),  # ln 3 is one number
]
SIZES = re.compile(r"[([]? *[0-9]+(?: *[x×-] *[0-9]+)+ *[)\]]?")  # 4 × 3, 64-30-10
GROUPED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:[,'. ][0-9]{3})+(?![0-9])")  # 13,002
DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")


def readings(text: str, dimensions: int, unit: str = "", whole: bool = False) -> list[Any]:
    """Every sensible reading as a number, a list, or a list of rows; the likeliest first.

    Where a ``whole`` number is asked for, 100,000 has no decimals.
    """
    text = text.replace("%", "" if unit == "%" else "/100")
    if dimensions == 1 and SIZES.fullmatch(text.strip()):
        text = re.sub("[x×-]", ",", text)
    text = plain(text)
    for pattern, instead in TIDYING:
        text = re.sub(pattern, instead, text)
    text = text.strip()
    commas = DECIMAL_COMMA.sub(".", text)
    groups = GROUPED.sub(lambda number: re.sub("[,'. ]", "", number[0]), text)
    points_first = dimensions and not (
        re.search("[0-9],[0-9]", text) and re.search("[; \n]", text) and ", " not in text
    )
    ways = [text, commas, groups] if points_first else [commas, text, groups]
    if whole and not dimensions and groups != text:
        ways = [groups]
    found = [numbers(way, dimensions) for way in ways]
    if not dimensions:
        scalars = [value for value in found if value is not None]
        found = scalars or [numbers(way, 1) for way in ways]  # more than one number came
    return [value for place, value in enumerate(found) if value is not None and value not in found[:place]]


def numbers(text: str, dimensions: int) -> Any:
    """One reading, where a comma stands between numbers; None if there is none."""
    try:
        if dimensions == 0:
            return evaluate(unwrapped(text))
        inner = unwrapped(text)
        if dimensions == 1:
            return [evaluate(unwrapped(part)) for part in split(inner, ANY)] or None
        rows = [[evaluate(part) for part in split(unwrapped(row.strip(" ,")), ANY)] for row in rows_of(inner)]
    except Unreadable:
        return None
    return rows if len({len(row) for row in rows}) == 1 and rows[0] else None


def rows_of(text: str) -> list[str]:
    if len(rows := split(text, ROWS)) > 1:
        return rows
    parts = split(text, ANY)
    return parts if all(map(bracketed, parts)) else [text]


def split(text: str, separators: str) -> list[str]:
    """The parts of a text between separators that stand in no bracket."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 and sign in separators:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def unwrapped(text: str) -> str:
    """The text without the brackets around all of it."""
    text = text.strip()
    if not bracketed(text):
        return text
    depth = 0
    for sign in text[:-1]:
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0:
            return text  # (1, 4), (9, 0): two brackets
    return unwrapped(text[1:-1])


def bracketed(text: str) -> bool:
    return len(text) > 1 and BRACKETS.get(text[0]) == text[-1]
