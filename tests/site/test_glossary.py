"""The appendix as it is built: links where there should be links, an anchor for every name and term."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from visiting import CHAPTERS, Visit

import nnlib

Open = Callable[..., Visit]
WITHOUT_LINK = "rows => rows.filter(row => !row.querySelector('a[href]')).map(row => row.innerText)"


def test_every_row_of_the_coverage_page_links_to_a_section(visit: Open) -> None:
    rows = visit("appendix/coverage.html").page.locator("section section tbody tr")
    assert rows.count() > 100
    assert rows.evaluate_all(WITHOUT_LINK) == []


def test_every_entry_of_the_glossary_links_to_a_section(visit: Open) -> None:
    entries = visit("appendix/glossary.html").page.locator("dl.glossary > dd")
    assert entries.count() > 80
    assert entries.evaluate_all(WITHOUT_LINK) == []


@pytest.mark.parametrize("name", [name for name in CHAPTERS if name.startswith("chapters/")])
def test_a_chapter_links_to_the_glossary(site: Path, name: str) -> None:
    links = re.findall(r'href="\.\./appendix/glossary\.html#(term-[\w-]+)"', (site / name).read_text("utf-8"))
    assert len(set(links)) >= 5


def test_the_api_page_has_a_place_for_every_public_name(site: Path) -> None:
    ids = set(re.findall(r'id="nnlib\.([\w.]+)"', (site / "appendix" / "api.html").read_text("utf-8")))
    last = {name.split(".")[-1] for name in ids}
    assert [name for name in nnlib.__all__ if name not in last | {"initializers", "schedules"}] == []
