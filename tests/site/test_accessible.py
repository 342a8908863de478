"""That the accessibility check of the pages measures fewer things and finds as much."""

from __future__ import annotations

import pytest
from accessible import violations
from playwright.sync_api import Page

CODE = '<pre tabindex="0" style="color: black; background: {paper}; overflow: auto">{words}</pre>'
WORD = "<span>word</span> "
SHADOW = "linear-gradient(to right, white 40%, transparent), white"


def code(words: str, paper: str = "white") -> str:
    return CODE.format(words=words, paper=paper)


def shown(page: Page, body: str) -> list[str]:
    """What axe finds faint: the words' texts, after a page with twenty words that are not."""
    usual = code(20 * WORD)
    page.set_content(
        f'<!doctype html><html lang="en"><title>Test</title><main><h1>Test</h1>{usual}{body}</main>'
    )
    found = violations(page)
    assert {rule["id"] for rule in found} <= {"color-contrast"}
    return [page.locator(node["target"][0]).text_content() or "" for rule in found for node in rule["nodes"]]


FAINT = {
    "by its colour": code(9 * WORD + '<span style="color: #aaa">faint</span> ' + 9 * WORD),
    "on a colour": code(9 * WORD + '<span style="background: #333">faint</span> ' + 9 * WORD),
    "in what has a colour": code(9 * WORD + '<b style="background: #333"><span>faint</span></b> ' + 9 * WORD),
    "by its opacity": code(9 * WORD + '<span style="opacity: 0.3">faint</span> ' + 9 * WORD),
    "on a dark block": code("<span>faint</span> ", "#444"),
    "on a block with a shadow": code('<span style="color: #aaa">faint</span> ', SHADOW),
    "in something faint": f'<div style="opacity: 0.3">{code("<span>faint</span>")}</div>',
    "in a formula": '<math><mi>a</mi><mo>+</mo><mi style="color: #aaa">faint</mi><mo>+</mo><mi>a</mi></math>',
}


@pytest.mark.parametrize("how", FAINT)
def test_a_faint_word_is_found_among_others(page: Page, how: str) -> None:
    assert shown(page, FAINT[how]) == ["faint"]


def test_of_many_faint_words_some_are_named(page: Page) -> None:
    faint = code(20 * '<span style="color: #aaa">faint</span> ')
    assert shown(page, faint + faint) == ["faint", "faint"]


def test_nothing_is_found_where_all_is_well(page: Page) -> None:
    assert shown(page, code(9 * WORD, SHADOW) + "<math><mi>a</mi><mo>+</mo><mi>b</mi></math>") == []
