"""The exercises for Moodle's question bank: a known mistake is a wrong answer, its hint the feedback."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from xml.etree import ElementTree as ET

from nnlib.exercises.words import WORDS
from tools.questions import Answer, Question

Element = ET.Element


def quiz(questions: Iterable[Question]) -> Element:
    root = ET.Element("quiz")
    for chapter, those in groupby(questions, lambda question: question.chapter):
        category = ET.SubElement(ET.SubElement(root, "question", type="category"), "category")
        ET.SubElement(category, "text").text = f"$course$/{chapter.replace('_', ' ').capitalize()}"
        root.extend(KINDS[question.kind](question) for question in those)
    ET.indent(root)
    return root


def made(kind: str, question: Question) -> Element:
    element = ET.Element("question", type=kind)
    ET.SubElement(ET.SubElement(element, "name"), "text").text = question.name
    ET.SubElement(ET.SubElement(element, "questiontext", format="html"), "text").text = question.text
    return element


def answer(to: Element, given: Answer, value: str, kind: str) -> Element:
    element = ET.SubElement(to, "answer", fraction="100" if given.right else "0", format=kind)
    ET.SubElement(element, "text").text = value
    said = escape(given.said, quote=False)
    ET.SubElement(ET.SubElement(element, "feedback", format="html"), "text").text = said
    return element


def choice(question: Question) -> Element:
    element = made("multichoice", question)
    ET.SubElement(element, "single").text = "true"
    ET.SubElement(element, "shuffleanswers").text = "true"
    for given in question.answers:
        answer(element, given, escape(str(given.value)), "html")
    return element


def numerical(question: Question) -> Element:
    element = made("numerical", question)
    for given in [*question.answers, Answer("*", WORDS["no"])]:
        value = given.value if isinstance(given.value, str) else f"{given.value:.10g}"
        tolerance = ET.SubElement(answer(element, given, value, "moodle_auto_format"), "tolerance")
        tolerance.text = f"{given.tolerance:.3g}"
    return element


def essay(question: Question) -> Element:
    element = made("essay", question)
    points = "".join(f"<li>{escape(point)}</li>" for point in question.points)
    ET.SubElement(
        ET.SubElement(element, "generalfeedback", format="html"), "text"
    ).text = f"<ul>{points}</ul>"
    ET.SubElement(element, "defaultgrade").text = "0"  # no program judges it
    return element


KINDS = {"choice": choice, "numerical": numerical, "essay": essay}
