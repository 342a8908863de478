"""The cells of a page, run where they stand: they print what the book prints, and no failure lasts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from inplace_page import run_all, shown_text, start, stored_cells, stored_text
from nnbook import inplace, lite
from nnbook.lite import pyodide
from playwright.sync_api import Page
from visiting import CHAPTERS, Visit, served

# A minute each: one of them with every change, all of them by make test-lite.
RUN = (
    [*CHAPTERS, "appendix/errata.html"] if os.environ.get("NNLIB_TEST_LITE") else ["chapters/perceptron.html"]
)
TIMED = {"times ReLU"}  # what a cell measures is another number each time

Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def own_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages with a Pyodide of their own: what ``nnbook_pyodide: own`` builds."""
    folder = tmp_path_factory.mktemp("own") / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns(lite.NAME, "reports"))
    try:
        inplace.serve_pyodide(folder / inplace.NAME, "own")
    except pyodide.Unavailable as sentence:
        pytest.fail(str(sentence), pytrace=False)
    return folder


@pytest.fixture(scope="session")
def own_address(own_site: Path) -> Iterator[str]:
    with served(own_site) as address:
        yield address


@pytest.fixture
def open_own(visit: Open, own_address: str) -> Callable[..., Page]:
    def open_page(name: str, **context: Any) -> Page:
        return visit(name, base=own_address, **context).page

    return open_page


@pytest.mark.slow
@pytest.mark.parametrize("name", RUN)
def test_every_cell_prints_in_the_page_what_the_notebook_stores(
    open_own: Callable[..., Page], name: str
) -> None:
    page = open_own(name)
    start(page)
    run_all(page)
    cells = stored_cells(name)
    wrong = {}
    for one in cells:
        wanted, came = stored_text(one), shown_text(page, one.id)
        if wanted != came and not any(word in wanted for word in TIMED):
            wrong[one.id] = (wanted, came)
    assert wrong == {}
    states = page.eval_on_selector_all(
        "div.cell[data-state]", "cells => cells.map(cell => cell.dataset.state)"
    )
    assert states.count("ran") == len(cells)
