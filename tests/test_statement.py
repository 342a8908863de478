"""The accessibility statement: every criterion, once, and no claim without a test or a look."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from nnbook import access

ROOT = Path(__file__).parents[1]
CRITERIA = access.criteria()
#: WCAG 2.2: of each guideline, its criteria of the levels A and AA.
WCAG = {
    **{"1.1": [1], "1.2": [1, 2, 3, 4, 5], "1.3": [1, 2, 3, 4, 5], "1.4": [1, 2, 3, 4, 5, 10, 11, 12, 13]},
    **{"2.1": [1, 2, 4], "2.2": [1, 2], "2.3": [1], "2.4": [1, 2, 3, 4, 5, 6, 7, 11]},
    **{"2.5": [1, 2, 3, 4, 7, 8], "3.1": [1, 2], "3.2": [1, 2, 3, 4, 6], "3.3": [1, 2, 3, 4, 7, 8]},
    **{"4.1": [2, 3]},
}


def test_every_criterion_stands_there_once_and_in_its_order() -> None:
    wanted = [f"{guideline}.{number}" for guideline, numbers in WCAG.items() for number in numbers]
    assert [each["number"] for each in CRITERIA] == wanted
    levels = [each["level"] for each in CRITERIA]
    assert (levels.count("A"), levels.count("AA")) == (31, 24)


@pytest.mark.parametrize("each", CRITERIA, ids=lambda each: each["number"])
def test_a_claim_has_a_test_that_exists_or_says_how_it_was_looked_at(each: dict[str, str]) -> None:
    assert set(each) == {"number", "name", "level", "result", "remark", "tests"}
    assert each["result"] in access.RESULTS
    assert each["remark"].endswith(".")
    for test in each["tests"]:
        file, _, name = test.partition("::")
        code = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        names = {node.name for node in ast.walk(code) if isinstance(node, ast.FunctionDef)}
        assert not name or name in names, f"{file} has no {name}"
    if each["result"] == "supports" and not each["tests"]:
        assert any(word in each["remark"] for word in ("was read", "150 steps")), "how was it looked at?"
