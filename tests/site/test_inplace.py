"""The cells of a page, run where they stand: they print what the book prints, and no failure lasts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from inplace_page import run_all, shown_text, start, stored_cells, stored_text
from playwright.sync_api import Page
from visiting import CHAPTERS

TIMED = {"times ReLU"}  # what a cell measures is another number each time


@pytest.mark.slow
@pytest.mark.parametrize("name", [*CHAPTERS, "appendix/errata.html"])
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
