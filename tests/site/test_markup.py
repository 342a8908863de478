"""The pages' HTML: it is parsed without an error, and headings go down one step at a time."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest


class Headings(HTMLParser):
    """The levels of the headings of a page's article, in order, and their words."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self.inside += 1
        elif self.inside and re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "article"


def errors(text: str) -> list[str]:
    """What html5lib's parser, which is that of the standard, finds wrong."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return [f"line {place[0]}: {kind} {values}" for place, kind, values in parser.errors]


def leaps(text: str) -> list[tuple[int, int]]:
    """Headings that are more than one level below the one before."""
    page = Headings()
    page.feed(text)
    assert page.levels[:1] == [1], "a page's article begins with its title"
    return [(a, b) for a, b in zip(page.levels, page.levels[1:], strict=False) if b > a + 1]


def test_the_markup_is_valid(site: Path, page_name: str) -> None:
    assert errors((site / page_name).read_text(encoding="utf-8")) == []


def test_headings_go_down_one_step_at_a_time(site: Path, page_name: str) -> None:
    if page_name == "search.html":
        pytest.skip("it has a form and no text")
    text = (site / page_name).read_text(encoding="utf-8")
    assert leaps(text) == []


def test_what_is_wrong_is_found() -> None:
    assert errors("<!doctype html><title>a</title><p>a</i>") != []
    assert errors("<!doctype html><title>a</title><table><p>a</table>") != []
    assert errors("<!doctype html><title>a</title><p>a</p>") == []
    assert leaps("<article><h1>a</h1><h3>b</h3></article>") == [(1, 3)]
    assert leaps("<article><h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2></article>") == []
