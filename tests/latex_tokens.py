"""A displayed formula's TeX, taken apart: into tokens, statements, and the sides of their relations."""

from __future__ import annotations

import re

TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|[a-zA-Z]|\S")
SKIPPED = {r"\,", r"\;", r"\!", r"\small", r"\textstyle", r"\displaystyle", r"\left", r"\right", r"\ "}
SKIPPED |= {rf"\{size}{side}" for size in ("big", "Big", "bigg") for side in ("", "l", "r")}
RELATIONS = {"=", r"\le", r"\leftarrow", r"\approx", "<", r"\ge", ">"}
OPEN = {"(": ")", "[": "]", r"\lvert": r"\rvert", r"\lVert": r"\rVert"}
APART = {r"\qquad", r"\quad", ",", ".", ";"}


def tokens(tex: str) -> list[str]:
    tex = re.sub(r"\\(?:begin|end)\{(?:aligned|gathered)\}|\{\}", "", tex)
    tex = re.sub(r"\\\\\[\d+pt\]", r"\\\\", tex)
    tex = re.sub(r"_\{\\text\{(\w+)\}\}", r"_{\1}", tex)
    tex = re.sub(r"\\text\{[^}]*\}(?:\s*\\quad)?", "", tex)
    tex = re.sub(r"\\operatorname\{(\w+)\}", r"\\\1", tex)
    tex = re.sub(r"\\(t?)frac(\d)(\d)", r"\\\1frac{\2}{\3}", tex)
    return [token for token in TOKEN.findall(tex) if token not in SKIPPED]


def statements(tex: str) -> list[list[str]]:
    """The formula's statements: lines, and what commas set apart; one that begins on a relation goes on."""
    parts: list[list[str]] = [[]]
    apart, depth = {0}, 0  # the statements that begin one, whatever they begin with
    all_tokens = tokens(tex)
    if all_tokens[:1] == ["{"] and all_tokens[-1] == "}":  # a group around the whole
        all_tokens = all_tokens[1:-1]
    for token in all_tokens:
        depth += (token in OPEN or token in ("{", r"\begin")) - (
            token in OPEN.values() or token in ("}", r"\end")
        )
        if depth == 0 and (token in APART or token == r"\\"):
            if parts[-1]:
                parts.append([])
                apart |= {len(parts) - 1} if token != r"\\" else set()
        elif not (depth == 0 and token == "&"):
            parts[-1].append(token)
    joined: list[list[str]] = []
    for place, part in enumerate(parts):
        if part and joined and place not in apart and part[0] in {*RELATIONS, "+", "-", r"\cdot"}:
            joined[-1] += part
        elif part:
            joined.append(part)
    return joined


def sides(statement: list[str]) -> tuple[list[list[str]], list[str]]:
    """What a statement's relations stand between, and the relations."""
    found: list[list[str]] = [[]]
    relations, depth = [], 0
    for token in statement:
        depth += (token in ("{", r"\begin")) - (token in ("}", r"\end"))
        if depth == 0 and token in RELATIONS:
            relations.append(token)
            found.append([])
        else:
            found[-1].append(token)
    return found, relations


def split(parts: list[str], mark: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for token in parts:
        if token == mark:
            found.append([])
        else:
            found[-1].append(token)
    return found
