"""The forms under the exercises, for what ``nnlib.exercises`` knows; ``_static/exercises.js`` judges them.

A page carries its answers packed, once, at its end, so that nobody reads them by accident and no search finds
them. They are no secret, as little as the solution on the same page.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections.abc import Callable
from html import escape
from typing import Any

import numpy as np
from docutils import nodes
from sphinx.application import Sphinx
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node

from nnlib.exercises import Exercise, find, name_of
from nnlib.exercises.kinds import Choice, Code, Explain, Formula, Numbers, Rules
from nnlib.exercises.words import WORDS


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", add_forms)


def add_forms(app: Sphinx, doctree: nodes.document, page: str) -> None:
    if app.builder.format != "html":
        return
    answers: dict[str, Any] = {}
    for kind in (exercise_node, exercise_enumerable_node):
        for exercise in doctree.findall(kind):
            label = exercise.get("label", "")
            if parts := find(label):
                exercise += html(form(label, parts))
                answers |= {label: data} if (data := data_of(parts)) else {}
    if answers:
        doctree += html(
            f'<script type="application/json" class="nn-words">{compact(WORDS)}</script>\n'
            f'<script type="application/gzip" class="nn-answers">{pack(answers)}</script>'
        )


def html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def on_page(parts: Exercise) -> dict[str, Any]:
    """The parts that are judged in the page: all but code."""
    return {name: part for name, part in parts.items() if not isinstance(part, Code)}


def data_of(parts: Exercise) -> dict[str, Any]:
    return {name: part.data() for name, part in on_page(parts).items()}


def pack(data: dict[str, Any]) -> str:
    return b64encode(gzip.compress(compact(data).encode(), compresslevel=9, mtime=0)).decode()


def compact(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def form(label: str, parts: Exercise) -> str:
    fields = [FIELDS[type(part)](f"{label}.{name}", name, part) for name, part in on_page(parts).items()]
    code = [in_a_notebook(label, name, part) for name, part in parts.items() if isinstance(part, Code)]
    if not fields:
        return "\n".join(code)
    return "\n".join(
        [
            f'<form class="nn-check" data-exercise="{label}" autocomplete="off" hidden>',
            *fields,
            '<p class="nn-buttons"><button>Check</button> <button type="reset">Clear</button></p>',
            *code,
            "</form>",
        ]
    )


def in_a_notebook(label: str, name: str, part: Code) -> str:
    signature, _, rest = part.asks.partition(")")
    call = f"check.{name_of(label)}({name}={signature.partition('(')[0]})"
    return (
        f'<p class="nn-how">In a notebook: after <code>from nnlib.exercises import check</code>, '
        f"write <code>{escape(signature)})</code>{escape(rest)}, and run <code>{escape(call)}</code>.</p>"
    )


def field(key: str, name: str, part: Any, how: str, lines: int = 1) -> str:
    about = f'aria-describedby="{key}.how {key}.said" autocapitalize="off" spellcheck="false"'
    attributes = f'id="{key}" name="{name}" {about}'
    box = (
        f'<textarea rows="{lines}" {attributes}></textarea>'
        if lines > 1
        else f'<input type="text" {attributes}>'
    )
    return (
        f'<div class="nn-part" data-part="{name}"><label for="{key}">{escape(part.asks)}</label>{box}'
        f'<span class="nn-how" id="{key}.how">{escape(how)}</span>{said(key)}</div>'
    )


def said(key: str) -> str:
    return f'<p class="nn-said" id="{key}.said"></p>'


def numbers(key: str, name: str, part: Numbers) -> str:
    return field(
        key, name, part, how_written(part), lines=min(6, len(part.right)) if np.ndim(part.right) == 2 else 1
    )


def how_written(part: Numbers) -> str:
    a = np.asarray(part.right, dtype=float)
    whole = "whole " if part.is_whole() else ""
    what = {
        0: f"a {whole}number",
        1: f"{a.size} {whole}numbers, with commas between",
        2: f"{whole}numbers, row by row",
    }
    unit = " in per cent" if part.unit == "%" else ""
    digits = f", {part.digits} digit{'s' * (part.digits > 1)}" if part.digits else ""
    return what[a.ndim] + unit + digits


def formula(key: str, name: str, part: Formula) -> str:
    return field(key, name, part, "a formula in " + " and ".join(part.at))


def rules(key: str, name: str, part: Rules) -> str:
    count = len(part.right)
    return field(key, name, part, "a number" if count == 1 else f"{count} numbers, with commas between")


def words(key: str, name: str, part: Explain) -> str:
    return field(key, name, part, "in a sentence or two, before you compare", lines=3)


def choice(key: str, name: str, part: Choice) -> str:
    options = "".join(
        f'<label><input type="radio" name="{key}" value="{escape(option)}"> {escape(option)}</label>'
        for option in part.options()
    )
    return (
        f'<fieldset class="nn-part" data-part="{name}" aria-describedby="{key}.said">'
        f"<legend>{escape(part.asks)}</legend>{options}{said(key)}</fieldset>"
    )


FIELDS: dict[type, Callable[[str, str, Any], str]] = {
    Numbers: numbers,
    Formula: formula,
    Rules: rules,
    Explain: words,
    Choice: choice,
}
