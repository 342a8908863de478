"""An address without a page, at any depth: the book's own page says so, and leads back."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from visiting import Visit

Open = Callable[..., Visit]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["nowhere.html", "chapters/deep/er/nowhere.html"])
def test_a_missing_page_leads_back(visit: Open, address: str, name: str, scheme: str) -> None:
    seen = visit(name, color_scheme=scheme)
    page = seen.page
    missing = [response.url for response in seen.responses if response.status != HTTPStatus.OK]
    assert missing == [f"{address}/{name}"]
    assert page.title() == "This page is not here · How Neural Networks Work"
    expect(page.locator("article h1")).to_have_text("This page is not here")
    assert Axe().run(page).response["violations"] == []
    page.locator(".bd-sidebar-primary").get_by_role("link", name="Backpropagation").click()
    expect(page.locator("article h1")).to_contain_text("Backpropagation")
    assert page.url == f"{address}/chapters/backpropagation.html"


def test_its_search_finds(visit: Open) -> None:
    page = visit("a/b/c.html").page
    page.locator("article").get_by_role("link", name="search").click()
    expect(page.locator("#search-results")).to_be_attached()


@pytest.mark.parametrize("width", [320, 768])
def test_it_fits_a_small_screen(visit: Open, width: int) -> None:
    page = visit("a/nowhere.html", width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
