"""The exercises as a package of QTI 2.1, which many platforms import: each mistake has its hint as feedback.

A package is an archive with a manifest and an item for each question. An item carries its own rules: the
first answer that fits sets the score and the feedback. (1EdTech: Question and Test Interoperability 2.1.)
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from nnlib.exercises.words import WORDS
from tools.questions import Answer, Question

Element = ET.Element

XSI = "http://www.w3.org/2001/XMLSchema-instance"
QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
QTI_SCHEMA = f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
OTHER = Answer("", WORDS["no"])  # what no author foresaw


def package(questions: Iterable[Question], path: Path) -> None:
    """Dates are left out, so that the same questions are the same file."""
    manifest = ET.Element("manifest", {"xmlns": PACKAGING, "identifier": "nnlib-book"})
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for question in questions:
            file = f"{question.chapter}/{question.name}.xml"
            about = {"identifier": identifier(question.name), "type": "imsqti_item_xmlv2p1", "href": file}
            ET.SubElement(ET.SubElement(resources, "resource", about), "file", href=file)
            write(archive, file, item(question))
        write(archive, "imsmanifest.xml", manifest)


def write(archive: zipfile.ZipFile, name: str, element: Element) -> None:
    ET.indent(element)
    text = ET.tostring(element, encoding="utf-8", xml_declaration=True)
    archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)


def identifier(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "-", name)


def item(question: Question) -> Element:
    element = ET.Element(
        "assessmentItem",
        {
            "xmlns": QTI,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": QTI_SCHEMA,
            "identifier": identifier(question.name),
            "title": question.name,
            "adaptive": "false",
            "timeDependent": "false",
        },
    )
    kind = {"choice": "identifier", "numerical": "float", "essay": "string"}[question.kind]
    declared = {"identifier": "RESPONSE", "cardinality": "single", "baseType": kind}
    response = ET.SubElement(element, "responseDeclaration", declared)
    for number, answer in enumerate(question.answers):
        if answer.right:
            correct = ET.SubElement(response, "correctResponse")
            ET.SubElement(correct, "value").text = value(answer, number)
    outcome(element, "SCORE", "float", "0")
    if question.kind == "essay":
        outcome(element, "MAXSCORE", "float", "0")  # no program judges it
    else:
        outcome(element, "MAXSCORE", "float", "1")
        outcome(element, "FEEDBACK", "identifier")
    body(element, question)
    if question.answers:
        processing(element, question)
        for number, answer in enumerate([*question.answers, OTHER]):
            about = {"identifier": said(number), "outcomeIdentifier": "FEEDBACK", "showHide": "show"}
            ET.SubElement(element, "modalFeedback", about).text = answer.said
    return element


def said(number: int) -> str:
    return f"said{number}"


def value(answer: Answer, number: int) -> str:
    return f"option{number}" if isinstance(answer.value, str) else f"{answer.value:.10g}"


def outcome(to: Element, name: str, kind: str, default: str = "") -> None:
    about = {"identifier": name, "cardinality": "single", "baseType": kind}
    declared = ET.SubElement(to, "outcomeDeclaration", about)
    if default:
        ET.SubElement(ET.SubElement(declared, "defaultValue"), "value").text = default


def body(to: Element, question: Question) -> None:
    itself = ET.SubElement(to, "itemBody")
    itself.extend(ET.fromstring(f"<div>{question.text}</div>"))
    if question.kind == "choice":
        about = {"responseIdentifier": "RESPONSE", "shuffle": "true", "maxChoices": "1"}
        interaction = ET.SubElement(itself, "choiceInteraction", about)
        for number, answer in enumerate(question.answers):
            option = ET.SubElement(interaction, "simpleChoice", identifier=value(answer, number))
            option.text = str(answer.value)
    elif question.kind == "numerical":
        line = ET.SubElement(itself, "p")
        ET.SubElement(line, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="12")
    else:
        points = ET.SubElement(itself, "rubricBlock", view="scorer tutor")
        wanted = ET.SubElement(points, "ul")
        for point in question.points:
            ET.SubElement(wanted, "li").text = point
        ET.SubElement(itself, "extendedTextInteraction", responseIdentifier="RESPONSE")


def processing(to: Element, question: Question) -> None:
    """The first that fits: if, else if, and else."""
    condition = ET.SubElement(ET.SubElement(to, "responseProcessing"), "responseCondition")
    for number, answer in enumerate(question.answers):
        branch = ET.SubElement(condition, "responseElseIf" if number else "responseIf")
        if question.kind == "choice":
            test = ET.SubElement(branch, "match")
        else:
            allowed = f"{answer.tolerance:.6g}"
            about = {"toleranceMode": "absolute", "tolerance": f"{allowed} {allowed}"}
            test = ET.SubElement(branch, "equal", about)
        ET.SubElement(test, "variable", identifier="RESPONSE")
        base = "identifier" if question.kind == "choice" else "float"
        ET.SubElement(test, "baseValue", baseType=base).text = value(answer, number)
        if answer.right:
            sets(branch, "SCORE", "float", "1")
        sets(branch, "FEEDBACK", "identifier", said(number))
    sets(ET.SubElement(condition, "responseElse"), "FEEDBACK", "identifier", said(len(question.answers)))


def sets(to: Element, name: str, kind: str, to_value: str) -> None:
    rule = ET.SubElement(to, "setOutcomeValue", identifier=name)
    ET.SubElement(rule, "baseValue", baseType=kind).text = to_value
