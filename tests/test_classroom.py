"""What a class gets has every exercise and no solution, and each hint as feedback."""

from __future__ import annotations

import os
import re
import zipfile
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import nbformat
import pytest
from nnbook import solutions

from nnlib.exercises import CHAPTERS, all_exercises, find
from nnlib.exercises.kinds import Choice, Explain, Numbers
from tools import classroom, moodle, qti, questions


@pytest.fixture(scope="module")
def asked() -> list[questions.Question]:
    return [*questions.questions(classroom.statements())]


@pytest.fixture(scope="module")
def quiz(asked: list[questions.Question]) -> ET.Element:
    return ET.fromstring(ET.tostring(moodle.quiz(asked)))


def text(element: ET.Element, path: str) -> str:
    return element.findtext(path) or ""


class TestMoodle:
    def test_every_exercise_has_its_text(self) -> None:
        said = classroom.statements()
        assert set(said) == set(all_exercises())
        assert not [label for label, words in said.items() if len(words) < 20 or "{solution" in words]

    def test_has_what_its_importer_asks_for(self, quiz: ET.Element) -> None:
        names = [text(question, "name/text") for question in quiz if question.get("type") != "category"]
        assert len(names) == len(set(names)) > 500
        for question in quiz:
            if question.get("type") == "category":
                assert text(question, "category/text").startswith("$course$/")
                continue
            assert text(question, "questiontext/text")
            answers = question.findall("answer")
            if question.get("type") == "essay":
                assert answers == []
                continue
            assert [answer.get("fraction") for answer in answers].count("100") == 1
            assert all(text(answer, "text") and text(answer, "feedback/text") for answer in answers)
            if question.get("type") == "numerical":
                assert text(answers[-1], "text") == "*"
                assert all(float(text(answer, "tolerance")) >= 0 for answer in answers)
            else:
                assert text(question, "single") == "true"

    def test_nearly_every_hint_is_there(self, quiz: ET.Element) -> None:
        """Of choices all; of numbers where the mistake has the right shape and changes an entry by itself."""
        said = {answer.findtext("feedback/text") for answer in quiz.iter("answer")}
        asked = [part for parts in all_exercises().values() for part in parts.values()]
        hints = [hint for part in asked if isinstance(part, Choice | Numbers) for hint in part.wrong]
        found = sum(escape(hint, quote=False) in said for hint in hints)
        assert found >= 0.9 * len(hints)

    def test_a_mistake_is_judged_as_it_is_in_the_book(self, quiz: ET.Element) -> None:
        found = {text(question, "name/text"): question for question in quiz}
        question = found["ex-gd-three-steps.largest"]
        given = {float(text(a, "text")): text(a, "feedback/text") for a in question.findall("answer")[:-1]}
        part = all_exercises()["ex-gd-three-steps"]["largest"]
        assert {value: part.judge(value).text for value in given} == given

    def test_words_are_for_people(self, quiz: ET.Element) -> None:
        essays = [question for question in quiz if question.get("type") == "essay"]
        asked = [part for parts in all_exercises().values() for part in parts.values()]
        assert len(essays) == sum(isinstance(part, Explain) for part in asked)

    def test_numbers_that_are_drawn_come_in_several_sets(self, quiz: ET.Element) -> None:
        found = {text(q, "name/text"): text(q, "questiontext/text") for q in quiz}
        for seed in questions.SEEDS:
            drawn = find("ex-gd-again-steps").with_seed(seed)
            name = f"ex-gd-again-steps.{seed}.limit"
            assert questions.html(drawn.given) in found[name]
            (right,) = [
                text(answer, "text")
                for q in quiz
                if text(q, "name/text") == name
                for answer in q.findall("answer")
                if answer.get("fraction") == "100"
            ]
            assert float(right) == pytest.approx(drawn["limit"].right)


NAMES = {"q": qti.QTI}


class Platform:
    """What a learning platform does with an item: it reads the rules in the file, and knows nothing else."""

    def __init__(self, file: bytes) -> None:
        self.item = ET.fromstring(file)

    def mark(self, response: str) -> tuple[float, str]:
        """The score and the feedback."""
        found = {"SCORE": "0", "FEEDBACK": ""}
        (condition,) = self.item.findall("q:responseProcessing/q:responseCondition", NAMES)
        branch = next(branch for branch in condition if self.fits(branch, response))
        for rule in branch.findall("q:setOutcomeValue", NAMES):
            found[rule.get("identifier")] = rule.findtext("q:baseValue", "", NAMES)
        shown = {said.get("identifier"): said.text for said in self.item.findall("q:modalFeedback", NAMES)}
        return float(found["SCORE"]), shown[found["FEEDBACK"]]

    def fits(self, branch: ET.Element, response: str) -> bool:
        if branch.tag.endswith("responseElse"):
            return True
        value = branch.find(".//q:baseValue", NAMES)
        if (equal := branch.find("q:equal", NAMES)) is None:
            return response == value.text
        below, above = map(float, equal.get("tolerance").split())
        return float(value.text) - below <= float(response) <= float(value.text) + above


@pytest.fixture(scope="module")
def files(asked: list[questions.Question], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is in the package."""
    path = tmp_path_factory.mktemp("qti") / "qti.zip"
    qti.package(asked, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


class TestQti:
    def test_its_manifest_names_every_item(
        self, asked: list[questions.Question], files: dict[str, bytes]
    ) -> None:
        manifest = ET.fromstring(files["imsmanifest.xml"])
        packed = {"p": qti.PACKAGING}
        resources = manifest.findall("p:resources/p:resource", packed)
        assert len({resource.get("identifier") for resource in resources}) == len(resources) == len(asked)
        assert {resource.get("href") for resource in resources} == set(files) - {"imsmanifest.xml"}
        assert all(resource.find("p:file", packed).get("href") in files for resource in resources)

    def test_a_platform_gives_each_answer_its_mark_and_its_hint(
        self, asked: list[questions.Question], files: dict[str, bytes]
    ) -> None:
        seen = 0
        for question in asked:
            platform = Platform(files[f"{question.chapter}/{question.name}.xml"])
            for number, answer in enumerate(question.answers):
                marked = platform.mark(qti.value(answer, number))
                assert marked == (1.0 if answer.right else 0.0, answer.said), question.name
                seen += 1
            if question.kind == "numerical":
                assert platform.mark("-123456.7") == (0.0, qti.OTHER.said)
        assert seen > 2500

    def test_two_packages_are_the_same(self, asked: list[questions.Question], tmp_path: Path) -> None:
        for name in ("one.zip", "two.zip"):
            qti.package(asked[:50], tmp_path / name)
        assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()

    @pytest.mark.skipif(not os.environ.get("NNLIB_QTI_SCHEMA"), reason="a folder with 1EdTech's schemas")
    def test_every_file_is_valid(self, files: dict[str, bytes]) -> None:
        """1EdTech's schemas are not in this repository: NNLIB_QTI_SCHEMA is the folder in which they lie."""
        etree = pytest.importorskip("lxml.etree")

        def schema(name: str) -> Any:
            (path,) = Path(os.environ["NNLIB_QTI_SCHEMA"]).rglob(name)
            return etree.XMLSchema(etree.parse(path))

        packaging, items = schema("imscp_v1p1.xsd"), schema("imsqti_v2p1.xsd")
        for name, file in files.items():
            valid = packaging if name == "imsmanifest.xml" else items
            assert valid.validate(etree.fromstring(file)), (name, valid.error_log)


class TestBook:
    def test_its_sources_have_every_exercise_and_no_solution(self, tmp_path: Path) -> None:
        classroom.book(tmp_path / "book")
        for chapter in CHAPTERS.values():
            source = (tmp_path / "book" / "chapters" / f"{chapter}.ipynb").read_text(encoding="utf-8")
            assert "{solution" not in source
        assert (tmp_path / "book" / "_config.yml").exists()
        assert not (tmp_path / "book" / "_build").exists()


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("NNLIB_TEST_CLASS"), reason="after make class")
class TestSite:
    """Of what ``make class`` has written."""

    folder = Path(__file__).parents[1] / "_build" / "class"

    def test_nowhere_is_a_solution(self, root: Path) -> None:
        secret = phrases(root)
        assert len(secret) > 300
        files = [
            path for path in self.folder.rglob("*") if path.suffix in (".html", ".ipynb", ".js", ".json")
        ]
        files = [
            path for path in files if "jupyterlite" not in path.name and "/build/" not in path.as_posix()
        ]
        assert any(path.name == "search-index.js" for path in files)
        for path in files:
            said = words_of(path.read_text(encoding="utf-8"))
            assert [phrase for phrase in secret if phrase in said] == [], path

    def test_pages_have_their_exercises_and_forms(self, root: Path) -> None:
        for chapter in CHAPTERS.values():
            page = (self.folder / "html" / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
            assert 'class="solution' not in page
            assert page.count('<form class="nn-check"') > 10


def words_of(text: str) -> str:
    """The words of a file alone, without what is HTML, JSON or TeX."""
    text = re.sub(r"\\n|\\u003c|<[^>]*>|\\[a-z]+|&\w+;", " ", text)
    return " ".join(re.findall(r"[^\W_]+", text))


def phrases(root: Path) -> set[str]:
    """Ten words in a row of each paragraph of a solution, where they stand nowhere else in the book."""
    inside: set[str] = set()
    outside = ""
    for path in [root / "intro.ipynb", *root.glob("chapters/*.ipynb"), *root.glob("appendix/*")]:
        if path.suffix == ".md":
            outside += words_of(path.read_text(encoding="utf-8"))
        if path.suffix == ".ipynb":
            for cell, solves in solutions.pieces(nbformat.read(path, 4)):
                words = words_of(cell.source).split()
                if solves and cell.cell_type == "markdown":
                    inside |= {" ".join(words[at : at + 10]) for at in range(8, len(words) - 10, 25)}
                elif not solves:
                    outside += " ".join(words) + " "
    return {phrase for phrase in inside if phrase not in outside}
