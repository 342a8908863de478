"""From the search field to the word: results, and the place on the page that a result leads to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visiting import Visit

Open = Callable[..., Visit]

CHAPTER = "#search-results a[href^='chapters/']"


@pytest.mark.parametrize("word", ["wallpaper", "validation"])
def test_a_result_leads_to_the_word(visit: Open, word: str) -> None:
    seen = visit("search.html")
    page = seen.page
    page.locator("#search-input, input[type=search]:visible").first.fill(word)
    page.keyboard.press("Enter")
    results = page.locator(CHAPTER)
    expect(results.first).to_be_visible()
    results.first.click()
    page.wait_for_url("**/chapters/*")
    mark = page.locator(".bd-article .highlighted:visible").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(word, ignore_case=True)
    assert seen.errors == []


def test_the_search_index_is_loaded_where_it_is_needed(visit: Open) -> None:
    loads = {name: visit(name).requests for name in ("chapters/digits.html", "search.html")}
    assert not any("searchindex" in url for url in loads["chapters/digits.html"])
    assert any("searchindex" in url for url in loads["search.html"])
