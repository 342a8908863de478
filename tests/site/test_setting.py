"""Words of a chapter that set one of its figures."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Locator, Page, expect
from visiting import PAGES, Visit

Open = Callable[..., Visit]
SETTING = "figure => figure.nnExplorer.setting"


def settings(page: Page) -> Locator:
    return page.locator("article.bd-article a[href^='#'][href*='?']")


def same(stands: str, asked: str) -> bool:
    """Whether a control stands where a link wants it: 1 is 1.0."""
    try:
        return float(stands) == float(asked)
    except ValueError:
        return stands == asked


@pytest.mark.parametrize("name", [page for page in PAGES if page.startswith("chapters/")])
def test_each_shows_what_it_names_and_asks_for_nothing_that_is_not_drawn(visit: Open, name: str) -> None:
    page = visit(name).page
    for link in settings(page).all():
        figure_id, _, asked = str(link.get_attribute("href"))[1:].partition("?")
        link.evaluate("link => link.click()")  # some are in a solution that is folded
        figure = page.locator(f"figure[id='{figure_id}']")
        expect(figure.locator(".nn-controls")).to_be_in_viewport()
        stands = figure.evaluate(SETTING)
        assert all(same(stands[control], value) for control, value in parse_qsl(asked)), (asked, stands)
        expect(figure.locator(".nn-note")).to_have_text("")


@pytest.mark.parametrize("width", [1280, 390])
def test_and_the_way_back_leads_to_the_words(visit: Open, width: int) -> None:
    page = visit("chapters/gradient_descent.html", width=width).page
    figure = page.locator("figure#descent")
    link = settings(page).first
    link.click()
    expect(figure).to_be_in_viewport()
    assert figure.evaluate(SETTING)["function"] == "flat spot"
    page.go_back()
    expect(link).to_be_in_viewport()
