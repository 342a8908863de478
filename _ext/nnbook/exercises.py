"""The forms under the exercises, for what ``nnlib.exercises`` knows, and the script that judges them.

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
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from sphinx.application import Sphinx
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, solution_node

from nnlib.exercises import BETS, Exercise, find, name_of
from nnlib.exercises.drawn import SEEDS, Drawn
from nnlib.exercises.kinds import Choice, Code, Explain, Formula, Numbers, Rules
from nnlib.exercises.scripts import script
from nnlib.exercises.words import WORDS

from . import assets

MARK = 'class="nn-check"'


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", add_forms)
    app.connect("html-page-context", add_script)


def add_script(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """On the pages that have a form."""
    if MARK in context.get("body", ""):
        assets.add(app, {"exercises.js": script()})


def add_forms(app: Sphinx, doctree: nodes.document, page: str) -> None:
    if app.builder.format != "html":
        return
    answers: dict[str, Any] = {}
    for kind in (exercise_node, exercise_enumerable_node):
        for exercise in doctree.findall(kind):
            label = exercise.get("label", "")
            if parts := find(label):
                if isinstance(parts, Drawn):
                    mark(exercise, label, parts.given)
                exercise += html(form(label, parts, app.config.nnbook_inplace))
                answers |= {label: data} if (data := data_of(parts)) else {}
    add_worked(doctree)
    answers |= add_bets(doctree)
    if answers:
        doctree += html(
            f'<script type="application/json" class="nn-words">{compact(WORDS)}</script>\n'
            f'<script type="application/gzip" class="nn-answers">{pack(answers)}</script>'
        )


def add_bets(doctree: nodes.document) -> dict[str, Any]:
    """Each after the paragraph with its label, which asks for it."""
    answers = {}
    for asks in list(doctree.findall(nodes.paragraph)):
        for label in [each for each in BETS if each in asks["ids"]]:
            asks.parent.insert(asks.parent.index(asks) + 1, html(form(label, BETS[label])))
            answers[label] = data_of(BETS[label])
    return answers


def add_worked(doctree: nodes.document) -> None:
    """The page also works out the numbers that it has drawn."""
    for solution in doctree.findall(solution_node):
        label = solution.get("target_label", "")
        if isinstance(parts := find(label), Drawn):
            mark(solution, label, parts.worked)


def mark(place: nodes.Element, label: str, sentence: str) -> None:
    """Where the script puts a sentence with new numbers: in place of the last paragraph, which has these."""
    *_, last = place.findall(nodes.paragraph)
    last.replace_self(html(f'<p data-drawn="{label}">{escape(sentence)}</p>'))


def html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def on_page(parts: Exercise) -> dict[str, Any]:
    """The parts that are judged in the page: all but code."""
    return {name: part for name, part in parts.items() if not isinstance(part, Code)}


def data_of(parts: Exercise) -> dict[str, Any]:
    if isinstance(parts, Drawn):
        return parts.data()
    return {name: part.data() for name, part in on_page(parts).items()}


def pack(answers: dict[str, Any]) -> str:
    """The hints first, in their order, and then everything else: what is alike packs better side by side."""
    hints: list[str] = []
    rest: dict[str, Any] = {}
    for label, parts in answers.items():
        rest[label] = {}
        for name, part in parts.items():
            hints += [hint for hint, _ in part.get("w", [])]
            without = {"w": [value for _, value in part["w"]]} if "w" in part else {}
            rest[label][name] = part | without
    return b64encode(gzip.compress(compact([hints, rest]).encode(), compresslevel=9, mtime=0)).decode()


def compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def form(label: str, parts: Exercise, here: bool = False) -> str:
    """The fields that the page judges, and the code that Python does: in a cell below, or in a notebook."""
    fields = [FIELDS[type(part)](f"{label}.{name}", name, part) for name, part in on_page(parts).items()]
    code = {name: part for name, part in parts.items() if isinstance(part, Code)}
    written = [in_a_cell(label, code) if here else in_a_notebook(label, code)] if code else []
    if not fields:
        return "\n".join(written)
    drawn, bet = isinstance(parts, Drawn), label in BETS
    more = f' data-seeds="{SEEDS}"' if drawn else " data-bet" if bet else ""
    return "\n".join(
        [
            f'<form {MARK} data-exercise="{label}"{more} autocomplete="off" hidden>',
            *fields,
            f'<p class="nn-buttons"><button>{"Bet" if bet else "Check"}</button>',
            '<button type="reset">Clear</button>',
            '<button type="button" class="nn-new">New numbers</button> <a class="nn-link"></a></p>'
            if drawn
            else "</p>",
            *([by_python(code)] if code and here else []),
            "</form>",
            *written,
        ]
    )


def by_python(code: dict[str, Code]) -> str:
    """Said where the fields have been checked and the code has not."""
    names = " and ".join(split(part)[0] for part in code.values())
    return (
        f'<p class="nn-how nn-by-python" data-parts="{" ".join(code)}" hidden>'
        f"Still to be checked, by Python in the cell below: {escape(names)}.</p>"
    )


def in_a_cell(label: str, code: dict[str, Code]) -> str:
    """A cell that runs on the page (``inplace``): what is to be written, and the call that checks it."""
    begun = ["import numpy as np\nfrom nnlib.exercises import check"]
    for part in code.values():
        signature, about = split(part)
        head = f"def {signature}:" if "(" in signature else f"class {signature}:"
        begun.append(f"{head}{f'  # {about}' if about else ''}\n    ...")
    text = "\n\n\n".join([*begun, call(label, code)])
    shown = highlight(text, PythonLexer(), HtmlFormatter(nowrap=True))
    return (
        f'<div class="cell nn-try docutils container" id="cell-try-{label}">'
        '<div class="cell_input docutils container"><div class="highlight-ipython3 notranslate">'
        f'<div class="highlight"><pre><span></span>{shown}</pre></div></div></div></div>'
    )


def in_a_notebook(label: str, code: dict[str, Code]) -> str:
    written = " and ".join(f"<code>{escape(split(part)[0])}</code>" for part in code.values())
    return (
        f'<p class="nn-how">In a notebook: after <code>from nnlib.exercises import check</code>, '
        f"write {written}, and run <code>{escape(call(label, code))}</code>.</p>"
    )


def split(part: Code) -> tuple[str, str]:
    """A function's signature, or a class's name, and what is said of it besides."""
    if "(" in part.asks.partition(",")[0]:
        signature, _, about = part.asks.partition(")")
        return f"{signature})", about.strip(", ")
    name, _, about = part.asks.partition(",")
    return name, about.strip()


def call(label: str, code: dict[str, Code]) -> str:
    given = ", ".join(f"{name}={split(part)[0].partition('(')[0]}" for name, part in code.items())
    return f"check.{name_of(label)}({given})"


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
