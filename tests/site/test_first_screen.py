"""What a chapter shows before anything is scrolled, and where a figure's controls stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page
from visiting import PAGES, Visit

Open = Callable[..., Visit]
each_chapter = pytest.mark.parametrize("name", [page for page in PAGES if page.startswith("chapters/")])


def ends(place: Locator) -> tuple[float, float]:
    """The top and the bottom of what is seen."""
    box = place.bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]


@each_chapter
def test_a_laptop_shows_the_question_the_whole_picture_and_its_controls(visit: Open, name: str) -> None:
    page = visit(name).page
    page.set_viewport_size({"width": 1280, "height": 800})
    figure = page.locator("figure.nn-explorer").first
    _, asked = ends(page.locator("article p strong").first)
    first, last = ends(figure.locator(".nn-frame"))
    above, below = ends(figure.locator(".nn-controls"))
    assert asked < first < last <= above < below <= 800


@each_chapter
def test_a_phone_shows_where_the_picture_begins(visit: Open, name: str) -> None:
    first, _ = ends(visit(name, width=390).page.locator("figure.nn-explorer .nn-frame").first)
    assert first < 0.62 * 844


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_between_a_picture_and_its_controls(visit: Open, width: int) -> None:
    page = visit("chapters/gradient_descent.html", width=width).page
    for figure in page.locator("figure.nn-explorer:visible").all():
        figure.scroll_into_view_if_needed()
        page.evaluate("y => scrollBy(0, y)", ends(figure)[1] - page.viewport_size["height"] + 20)
        assert ends(figure.locator(".nn-controls"))[0] - ends(figure.locator(".nn-frame").first)[1] < 12


def reach(page: Page, y: float) -> bool:
    """Whether a finger at that height, in the middle, meets the controls of a figure."""
    middle = page.viewport_size["width"] / 2
    return page.evaluate("([x, y]) => !!document.elementFromPoint(x, y).closest('.nn-controls')", [middle, y])


def test_on_a_phone_the_controls_stay_in_reach_while_a_high_picture_is_read(visit: Open) -> None:
    page = visit("chapters/gradient_descent.html", width=390).page
    page.set_viewport_size({"width": 390, "height": 667})
    figure = page.locator("figure.nn-explorer").nth(2)
    to = "(figure, y) => scrollTo(0, figure.getBoundingClientRect().top + scrollY - y)"
    figure.evaluate(to, 120)
    assert ends(figure.locator(".nn-frame"))[1] > 667
    assert ends(figure.locator(".nn-controls"))[1] == pytest.approx(667, abs=1)
    assert reach(page, 660)
    figure.evaluate(to, 450)  # it has only begun
    assert not reach(page, 660)
    page.set_viewport_size({"width": 667, "height": 375})  # held sideways there is no room for that
    figure.evaluate(to, 120)
    assert not reach(page, 370)
