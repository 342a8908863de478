"""The sliders of a network that trains: what scrolls the page, finger or wheel, changes no value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_pages import PHONE, Finger
from play_pages import Open, made, opened, unfold
from playwright.sync_api import Browser, Locator, Page, expect

VALUES = "() => [...document.querySelectorAll('input[type=range]')].map(e => e.value)"
ALL = {"classes of the blobs", "points", "noise", "learning rate η", "batch", "L2 strength λ"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("sliders"), {"blobs": {"data": "blobs", "layers": [4]}})


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    yield from opened(browser, folder, "blobs")


def unfolded(page: Page) -> Page:
    """With room around it, so that every slider can be scrolled up and down."""
    unfold(page)
    page.evaluate("document.body.style.paddingBlock = '60rem'")
    return page


@pytest.fixture
def page(visit: Open) -> Page:
    return unfolded(visit())


@pytest.fixture
def phone(visit: Open) -> Page:
    page = visit(width=390, has_touch=True, is_mobile=True)
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    return unfolded(page)


def spot(slider: Locator, at: float) -> tuple[float, float]:
    """The point of a slider at a part of its track."""
    slider.evaluate("e => e.scrollIntoView({block: 'center'})")
    box = slider.bounding_box()
    assert box is not None
    return box["x"] + 8 + at * (box["width"] - 16), box["y"] + box["height"] / 2


def test_swipes_that_begin_on_a_slider_scroll_and_change_nothing(phone: Page) -> None:
    finger = Finger(phone)
    before = phone.evaluate(VALUES)
    sliders = phone.locator("input[type=range]:visible")
    assert {slider.evaluate("e => e.labels[0].innerText") for slider in sliders.all()} == ALL
    for slider in sliders.all():
        for at in (0.05, 0.5, 0.95):
            x, y = spot(slider, at)
            top = phone.evaluate("scrollY")
            finger.swipe(x, y, across=6, down=-150 if at < 0.5 else 120)
            phone.wait_for_timeout(100)
            assert phone.evaluate(VALUES) == before, slider
            assert phone.evaluate("scrollY") != top, slider


def test_a_finger_that_taps_or_moves_sideways_moves_every_slider(phone: Page) -> None:
    finger = Finger(phone)
    for slider in phone.locator("input[type=range]:visible").all():
        last = slider.get_attribute("max")
        finger.swipe(*spot(slider, 0), across=0, down=0, steps=1)
        expect(slider).to_have_value("0")
        x, y = spot(slider, 0.1)
        finger.swipe(x, y, across=spot(slider, 1)[0] - x, down=3)
        expect(slider).to_have_value(last or "")
        expect(slider).to_be_focused()


def test_a_mouse_drags_and_what_is_trained_follows(page: Page) -> None:
    rate = page.get_by_label("learning rate η")
    page.mouse.move(*spot(rate, 0))
    page.mouse.down()
    expect(rate).to_have_value("0")
    page.mouse.move(*spot(rate, 0.5), steps=4)
    page.mouse.up()
    page.mouse.move(*spot(rate, 1))
    place = int(rate.input_value())
    assert 3 <= place <= 6
    shown = page.evaluate("() => document.querySelector('.nn-live').live.settings.learning_rate")
    assert page.locator("output[for$=learning_rate]").inner_text() == str(shown)
    rate.press("ArrowRight")
    expect(rate).to_have_value(str(place + 1))


@pytest.mark.parametrize("chosen", [False, True])
def test_the_wheel_scrolls_the_page_unless_the_slider_has_the_focus(page: Page, chosen: bool) -> None:
    for slider in page.locator("input[type=range]:visible").all():
        page.mouse.move(*spot(slider, 0.5))
        if chosen:
            slider.press("Home")
        before, top = slider.input_value(), page.evaluate("scrollY")
        page.mouse.wheel(0, -100)
        page.wait_for_timeout(100)
        assert (page.evaluate("scrollY") == top) is chosen
        expect(slider).to_have_value("1" if chosen else before)
