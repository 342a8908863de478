"""The exercises as a question bank for Moodle: a known mistake is a wrong answer, with its hint as feedback.

Moodle judges one number at a time. So a vector or a matrix becomes a question for each entry. A hint stands
with the entries that its mistake changes, where no other mistake gives the same number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree as ET

import numpy as np

from nnlib.exercises import CHAPTERS, exercises_of
from nnlib.exercises.kinds import Choice, Explain, Numbers
from nnlib.exercises.words import WORDS

Element = ET.Element


def quiz(statements: dict[str, str]) -> Element:
    """All questions; ``statements`` has an exercise's text by its label, in Markdown with TeX."""
    root = ET.Element("quiz")
    for chapter in CHAPTERS.values():
        category = ET.SubElement(ET.SubElement(root, "question", type="category"), "category")
        ET.SubElement(category, "text").text = f"$course$/{chapter.replace('_', ' ').capitalize()}"
        for label, parts in exercises_of(chapter).items():
            said = html(statements[label])
            for name, part in parts.items():
                about = f"{said}<p><strong>{escape(part.asks)}</strong></p>"
                if isinstance(part, Choice):
                    root.append(choice(f"{label}.{name}", about, part))
                elif isinstance(part, Numbers):
                    root.extend(numbers(f"{label}.{name}", about, part))
                elif isinstance(part, Explain):
                    root.append(essay(f"{label}.{name}", about, part))
    ET.indent(root)
    return root


def html(markdown: str) -> str:
    """Paragraphs, and formulas as Moodle's filter for TeX reads them."""
    text = re.sub(r"\$\$(.+?)\$\$", r"\\[\1\\]", escape(markdown, quote=False), flags=re.S)
    text = re.sub(r"\$(.+?)\$", r"\\(\1\\)", text, flags=re.S)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", re.sub(r"\{\w+(?::\w+)?\}(?=`)", "", text))
    text = re.sub(r"\*(\w[^*\n]*?)\*", r"<em>\1</em>", text)
    return "".join(f"<p>{paragraph}</p>" for paragraph in text.strip().split("\n\n"))


def question(kind: str, name: str, text: str) -> Element:
    made = ET.Element("question", type=kind)
    ET.SubElement(ET.SubElement(made, "name"), "text").text = name
    ET.SubElement(ET.SubElement(made, "questiontext", format="html"), "text").text = text
    return made


def answer(to: Element, value: str, fraction: int, feedback: str, tolerance: float | None = None) -> None:
    made = ET.SubElement(
        to, "answer", fraction=str(fraction), format="html" if tolerance is None else "moodle_auto_format"
    )
    ET.SubElement(made, "text").text = value
    ET.SubElement(ET.SubElement(made, "feedback", format="html"), "text").text = escape(feedback, quote=False)
    if tolerance is not None:
        ET.SubElement(made, "tolerance").text = f"{tolerance:.3g}"


def choice(name: str, text: str, part: Choice) -> Element:
    made = question("multichoice", name, text)
    ET.SubElement(made, "single").text = "true"
    ET.SubElement(made, "shuffleanswers").text = "true"
    answer(made, escape(part.right), 100, WORDS["right"])
    for hint, option in part.wrong.items():
        answer(made, escape(option), 0, hint)
    return made


def numbers(name: str, text: str, part: Numbers) -> Iterator[Element]:
    a = np.asarray(part.right, dtype=float)
    for place in np.ndindex(a.shape):
        where = ", ".join(str(index + 1) for index in place)
        made = question(
            "numerical",
            f"{name}{where and '.'}{where.replace(', ', '.')}",
            f"{text}{where and f'<p>Entry {where}.</p>'}",
        )
        answer(made, f"{a[place]:.10g}", 100, WORDS["right"], float(part.units(a)[place]))
        taken = [(a[place], float(part.units(a)[place]))]
        for hint, value in part.wrong.items():
            b = np.asarray(value, dtype=float)
            if b.shape != a.shape or any(abs(b[place] - v) <= unit for v, unit in taken):
                continue
            taken.append((b[place], float(part.units(b)[place])))
            answer(made, f"{b[place]:.10g}", 0, hint, taken[-1][1])
        answer(made, "*", 0, WORDS["no"], 0)
        yield made


def essay(name: str, text: str, part: Explain) -> Element:
    made = question("essay", name, text)
    points = "".join(f"<li>{escape(point)}</li>" for point in part.points)
    ET.SubElement(ET.SubElement(made, "generalfeedback", format="html"), "text").text = f"<ul>{points}</ul>"
    ET.SubElement(made, "defaultgrade").text = "0"  # no program judges it
    return made
