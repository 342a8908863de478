"""The exercises: right is right in every notation, and each usual mistake gets its own hint."""

from __future__ import annotations

import math
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib.exercises import CHAPTERS, all_exercises, check, exercises_of, find
from nnlib.exercises.expressions import Unreadable, evaluate, holds, plain
from nnlib.exercises.kinds import Choice, Code, Explain, Formula, Numbers, Part, Rules
from nnlib.exercises.readings import readings

PARTS = [
    (f"{label}.{name}", part) for label, parts in all_exercises().items() for name, part in parts.items()
]
LABEL = re.compile(r"\{exercise(?:-start)?\}[^\n]*\n:label: (\S+)")


def kind(*kinds: type) -> pytest.MarkDecorator:
    """A test for each part of these kinds."""
    found = [pytest.param(part, id=name) for name, part in PARTS if isinstance(part, kinds)]
    return pytest.mark.parametrize("part", found)


def joined(notebook: Path) -> str:
    """The text and code of a notebook."""
    return "\n".join(cell.source for cell in nbformat.read(notebook, 4).cells)


def only_words(parts: dict[str, Part]) -> bool:
    return all(isinstance(part, Explain) for part in parts.values())


class TestEveryExercise:
    @pytest.mark.parametrize("chapter", CHAPTERS.values())
    def test_has_an_entry_and_every_entry_an_exercise(self, root: Path, chapter: str) -> None:
        labels = LABEL.findall(joined(root / "chapters" / f"{chapter}.ipynb"))
        assert set(exercises_of(chapter)) == set(labels)
        assert all(find(label) is exercises_of(chapter)[label] for label in labels)
        (word,) = (word for word, name in CHAPTERS.items() if name == chapter)
        assert all(re.fullmatch(rf"ex-{word}-[a-z0-9-]+", label) for label in labels)

    def test_of_every_chapter(self, root: Path) -> None:
        books = {path.stem for path in (root / "chapters").glob("*.ipynb") if LABEL.search(joined(path))}
        assert set(CHAPTERS.values()) == books
        checked = [parts for parts in all_exercises().values() if not only_words(parts)]
        assert len(checked) >= 85
        assert sum(len(part.wrong) for _, part in PARTS) >= 600

    @kind(Numbers, Choice, Formula, Code, Rules)
    def test_right_is_right_and_each_mistake_gets_its_own_hint(self, part: Part) -> None:
        assert part.judge(part.right).kind == "right"
        assert part.judge(...).kind == part.judge(None).kind == "empty"
        assert len(part.wrong) >= 3, "at least three usual mistakes"
        for hint, value in part.wrong.items():
            said = part.judge(value[1] if isinstance(part, Rules) else value)
            assert (said.kind, said.text) == ("hint", hint), f"{value} gets {said}"

    @kind(Numbers)
    def test_rounding_and_cutting_off_are_no_mistakes(self, part: Numbers) -> None:
        if part.digits is None:
            return
        a = np.asarray(part.right, dtype=float)
        unit = 10.0 ** (np.floor(np.log10(np.where(a == 0, 1, abs(a)))) - part.digits + 1)
        for how in (np.round, np.trunc):
            assert part.judge(how(a / unit) * unit).kind == "right"

    @kind(Numbers)
    def test_no_hint_gives_the_answer_away(self, part: Numbers) -> None:
        answers = {f"{abs(v):.10g}" for v in np.ravel(part.right) if len(f"{abs(v):.10g}".strip("0.")) > 1}
        for hint in part.wrong:
            assert not answers & set(re.findall(r"\d+(?:\.\d+)?", hint.replace(",", ""))), hint

    @kind(Choice)
    def test_options_differ_and_each_is_answered(self, part: Choice) -> None:
        assert len(set(part.options())) == len(part.wrong) + 1

    @kind(Explain)
    def test_words_are_compared_point_by_point(self, part: Explain) -> None:
        assert len(part.points) >= 2
        assert all(point.endswith("?") for point in part.points)
        said = part.judge("because")
        assert said.kind == "points"
        assert all(point in said.text for point in part.points)

    def test_hints_are_sentences(self) -> None:
        for name, part in PARTS:
            for hint in part.wrong:
                assert re.fullmatch(r"(?![a-z]{2}).*[.?]", hint), f"{name}: {hint}"
                assert len(hint) <= 160, f"{name}: {hint}"


def test_the_right_option_is_not_the_longest_more_often_than_chance() -> None:
    choices = [part for _, part in PARTS if isinstance(part, Choice)]
    longest = sum(max(part.options(), key=len) == part.right for part in choices)
    expected = sum(1 / len(part.options()) for part in choices)
    assert longest <= expected + 2 * math.sqrt(expected), f"{longest} of {len(choices)}"


class TestReading:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            *(("1/3", 1 / 3), ("½", 0.5), ("1½", 1.5), ("√2/2", math.sqrt(2) / 2), ("ln 3", math.log(3))),
            *(("−0.3", -0.3), ("- 0.3", -0.3), ("0,5", 0.5), ("2e-4", 2e-4), ("10⁻¹⁰", 1e-10)),
            *((" (2.5) ", 2.5), ("z = 0.5·2 + 0.1 = 1.1", 1.1), ("≈ 0.25", 0.25), ("2**3", 8), ("3×4", 12)),
            *(
                ("24°", 24),
                ("24 degrees", 24),
                ("2.625.", 2.625),
                ("2 √2", 2 * math.sqrt(2)),
                ("π/2", math.pi / 2),
            ),
            *(("σ(0)", 0.5), ("exp(−1)", 1 / math.e), ("√(2/200)", 0.1), ("-2^2", -4), ("22 %", 0.22)),
        ],
    )
    def test_a_number(self, text: str, value: float) -> None:
        assert readings(text, 0)[0] == pytest.approx(value)

    @pytest.mark.parametrize("text", ["13,002", "13 002", "13'002", "13.002", "13002", "13,002 parameters"])
    def test_thousands(self, text: str) -> None:
        assert 13002 in readings(text, 0)

    def test_a_whole_number_has_no_decimals(self) -> None:
        part = Numbers("", 100, {"That is how many there are.": 100_000}, digits=None)
        assert part.judge("100,000").text == "That is how many there are."
        assert Numbers("", 1.875).judge("1,875").kind == "right"

    @pytest.mark.parametrize(
        "text",
        [
            *("0.3, -0.1", "0.3; −0.1", "0,3; -0,1", "0,3 -0,1", "[0.3 -0.1]", "[ 0.3, -0.1]", "(0.3, −0.1)"),
            *(
                "0.3\n-0.1",
                "array([ 0.3, -0.1])",
                "np.array([0.3, -0.1])",
                "3/10 and -1/10",
                "w = 0.3, b = -0.1",
            ),
            *("0,3, -0,1", "array([0.3, -0.1], dtype=float32)", "[[0.3], [-0.1]]"),
        ],
    )
    def test_a_vector(self, text: str) -> None:
        assert Numbers("", [0.3, -0.1]).judge(text).kind == "right"

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "1 -1\n0.5 2",
                "1, -1; 0.5, 2",
                "[[1, -1], [0.5, 2]]",
                "[[ 1.  -1. ]\n [ 0.5  2. ]]",
                "1 −1; ½ 2",
            ),
            *(
                "(1, -1), (0.5, 2)",
                "array([[ 1. , -1. ],\n       [ 0.5,  2. ]])",
                "1 -1; 0,5 2",
                "[1, -1]\n[0.5, 2]",
            ),
        ],
    )
    def test_a_matrix(self, text: str) -> None:
        assert Numbers("", [[1, -1], [0.5, 2]]).judge(text).kind == "right"

    @pytest.mark.parametrize("text", ["4 × 3", "4x3", "(4, 3)", "4 by 3", "4, 3", "4-3"])
    def test_sizes(self, text: str) -> None:
        assert Numbers("", [4, 3], digits=None).judge(text).kind == "right"

    @pytest.mark.parametrize(
        "text", ["?", "ten", "1/0", "(1", "√−1", "10^400", "nan", "1..2", "import os", ")"]
    )
    def test_what_cannot_be_read_is_neither_right_nor_wrong(self, text: str) -> None:
        assert Numbers("", 1.0).judge(text).kind == "unreadable"

    def test_what_was_read_is_said_where_it_is_ambiguous(self) -> None:
        part = Numbers("", [0.5, 2.0])
        assert part.judge("0,3; 2").text.endswith("(Read as 0.3, 2.)")
        assert "Read as" not in part.judge("0.3; 2").text
        assert part.judge("0,5; 2").text == "Right."

    def test_formulas(self) -> None:
        assert evaluate(plain("2a(1 − a)"), {"a": 0.25}) == 0.375
        assert evaluate("ay", {"a": 2.0, "y": 3.0}) == 6
        assert holds("u + b >= 0", {"u": 1.0, "b": -1.0})
        with pytest.raises(Unreadable):
            evaluate("__import__")


class TestGeneralHints:
    """In their order, where no author's mistake fits."""

    part = Numbers("", [1.0, -2.0, 4.0])

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            *(
                ("-1, 2, -4", "sign"),
                ("2, -4, 8", "½ missing"),
                ("½, −1, 2", "½ too many"),
                ("4, 1, -2", "order"),
            ),
            *(
                ("10, -20, 40", "point"),
                ("1.015, -2, 4", "Close"),
                ("1, -2, 7", "2 of 3"),
                ("7, 8, 9", "Not yet"),
            ),
            *(("1, -2", "3 numbers are asked for, and 2 came"), ("7", "and one came")),
        ],
    )
    def test_of_a_vector(self, typed: str, words: str) -> None:
        assert words in self.part.judge(typed).text

    def test_of_a_matrix(self) -> None:
        part = Numbers("", [[1, 2], [3, 4], [5, 6]])
        assert "rows and columns" in part.judge("1 3 5; 2 4 6").text
        assert "3 × 2" in part.judge("1 2; 3 4").text

    def test_of_percentages(self) -> None:
        assert "percentage" in Numbers("", 22.0, unit="%").judge("0.22").text
        assert Numbers("", 22.0, unit="%").judge("22 %").kind == "right"
        assert "percentage" in Numbers("", 0.22).judge("22").text
        assert Numbers("", 0.22).judge("22 %").kind == "right"


def double(x: np.ndarray) -> np.ndarray:
    return 2 * x


class TestCode:
    part = Code("double(x)", double, [(np.array([1.0, 2.0]),), (np.array([]),)])

    def said(self, function: object) -> str:
        return self.part.judge(function).text

    def test_right_on_all_inputs(self) -> None:
        assert self.said(lambda x: x + x) == "Right, on 2 inputs."

    def test_an_exception_is_the_readers_with_its_input(self) -> None:
        assert "IndexError" in self.said(lambda x: 2 * x[0])
        assert "Its input was [1. 2.]." in self.said(lambda x: x.nonsense)

    def test_a_missing_return_is_named(self) -> None:
        assert "return" in self.said(lambda x: None)

    def test_a_changed_argument_is_named(self) -> None:
        def careless(x: np.ndarray) -> np.ndarray:
            x *= 2
            return x

        assert "changes what it is given" in self.said(careless)

    def test_a_wrong_shape_is_named(self) -> None:
        assert "shape (); (2,) is expected" in self.said(lambda x: x.sum())

    def test_a_wrong_value_is_shown_with_its_input(self) -> None:
        assert self.said(lambda x: 3 * x) == "Not yet: for [1. 2.] it gives [3. 6.], and [2. 4.] is right."

    def test_a_result_in_place_of_the_function(self) -> None:
        assert "by its name alone" in self.said(np.array([2.0]))


class TestCheck:
    def test_says_a_line_for_each_part(self, capsys: pytest.CaptureFixture[str]) -> None:
        check.ex_gd_three_steps(w="1.5, 9/4, 2,625", largest=2)
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "✓ w after each of the three steps: Right."
        assert lines[1].startswith("✗ the largest learning rate: The limit is 2 divided by the curvature")
        assert lines[2].startswith("○")

    def test_an_unsolved_stub_is_no_error(self, capsys: pytest.CaptureFixture[str]) -> None:
        for name in dir(check):
            getattr(check, name)()
        assert set(capsys.readouterr().out) & set("✓✗") == set()

    def test_a_choice_by_its_beginning(self, capsys: pytest.CaptureFixture[str]) -> None:
        check.ex_gd_stuck(good="At a mini")
        assert "Right." in capsys.readouterr().out
        check.ex_gd_stuck(good="at a")
        check.ex_gd_stuck()
        said = capsys.readouterr().out
        assert said.count("One of these is meant: at a minimum; at a saddle") == 2

    def test_names_are_listed_and_others_refused(self) -> None:
        assert "ex_gd_three_steps" in dir(check)
        with pytest.raises(AttributeError, match="there is no exercise ex_gd_four_steps"):
            check.ex_gd_four_steps()
        with pytest.raises(TypeError, match="asks for w, largest, at_once"):
            check.ex_gd_three_steps(v=1)
