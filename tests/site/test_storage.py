"""Where the browser keeps nothing, or nothing more, the page works all the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from visiting import REFUSED, Visit, visited

FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.fixture(params=[REFUSED, FULL], ids=["refused", "full"])
def seen(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="light")
    context.add_init_script(request.param)
    visit = visited(context, f"{address}/chapters/perceptron.html")
    yield visit
    assert visit.errors == []
    context.close()


def theme(page: Page) -> str:
    found: str = page.evaluate("document.documentElement.dataset.theme")
    return found


def test_the_page_is_light_or_dark_as_its_reader_says(seen: Visit) -> None:
    seen.page.set_viewport_size({"width": 1280, "height": 900})
    assert theme(seen.page) == "light"
    seen.page.locator(".theme-switch-button:visible").first.click()
    assert theme(seen.page) == "dark"


def test_the_contents_and_the_search_open(seen: Visit) -> None:
    seen.page.locator(".primary-toggle:visible").first.click()
    expect(seen.page.get_by_role("link", name="Activation functions").first).to_be_visible()
    seen.page.keyboard.press("Escape")
    seen.page.keyboard.press("Control+k")
    expect(seen.page.get_by_role("searchbox").first).to_be_visible()
