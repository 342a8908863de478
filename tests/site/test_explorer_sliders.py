"""Sliders under a finger, a mouse and a wheel: what scrolls changes no value; stops stand at their values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import explore_draws
import pytest
from explorer_pages import PHONE, Finger, Open, visitor, write_pages
from playwright.sync_api import Browser, Locator, Page, expect

from nnlib.explore import explore

RATES = [0.01, 0.1, 1.0, 1.1]
VALUES = """() => [...document.querySelectorAll('[data-stride]')]
    .map(e => e.type === 'checkbox' ? e.checked : e.value)"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("sliders")
    made = [
        explore(
            explore_draws.descent, learning_rate=RATES, start=[-1.0, 2.0], default={"learning_rate": 1.0}
        ),
        explore(explore_draws.curve, epoch=[0, 3, 10], activation=["relu", "tanh"], bias=[0.0, 0.5, 3.0]),
    ]
    write_pages(folder, made)
    return folder


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    with visitor(browser, folder) as visit:
        yield visit


@pytest.fixture
def page(visit: Open) -> Page:
    return visit()


@pytest.fixture
def phone(visit: Open) -> Page:
    return visit(**PHONE)


def spot(slider: Locator, at: float) -> tuple[float, float]:
    """The point of a slider where its thumb would stand at a part of its track."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    thumb = slider.evaluate("e => parseFloat(getComputedStyle(e.parentElement, '::after').width)")
    return box["x"] + thumb / 2 + at * (box["width"] - thumb), box["y"] + box["height"] / 2


def test_29_of_29_swipes_that_begin_on_a_slider_scroll_and_change_nothing(phone: Page) -> None:
    finger = Finger(phone)
    before = phone.evaluate(VALUES)
    phone.evaluate("() => { window.heard = 0; addEventListener('nn-moved', () => window.heard++, true); }")
    sliders = phone.locator("input[type=range]").all()
    scrolled = 0
    for number in range(29):
        slider = sliders[number % len(sliders)]
        slider.evaluate("e => e.scrollIntoView({block: 'center'})")
        top = phone.evaluate("scrollY")
        x, y = spot(slider, (number * 7 % 29) / 28)
        finger.swipe(x, y, across=number % 5 * 4 - 8, down=120 if number % 2 and top > 120 else -150)
        phone.wait_for_timeout(100)
        assert phone.evaluate(VALUES) == before, f"swipe {number} at {x:.0f}, {y:.0f}"
        scrolled += phone.evaluate("scrollY") != top
    assert phone.evaluate("heard") == 0
    assert scrolled == 29


def test_a_finger_that_taps_or_moves_sideways_moves_the_slider(phone: Page) -> None:
    finger = Finger(phone)
    slider = phone.get_by_label("epoch", exact=True)
    finger.swipe(*spot(slider, 0.28), across=0, down=0, steps=1)
    expect(slider).to_have_value("1")
    x, y = spot(slider, 0.3)
    finger.swipe(x, y, across=spot(slider, 1)[0] - x, down=3)
    expect(slider).to_have_value("2")
    expect(slider).to_be_focused()
    expect(phone.locator("#curve figcaption")).to_contain_text("after 10 epochs")


def test_stops_stand_where_their_values_are(page: Page) -> None:
    epoch = page.get_by_label("epoch", exact=True)
    assert epoch.get_attribute("data-at") == "0 0.3 1"
    for at, place in ((0.14, "0"), (0.17, "1"), (0.6, "1"), (0.7, "2"), (1, "2"), (0.4, "1")):
        page.mouse.click(*spot(epoch, at))
        expect(epoch).to_have_value(place)
    expect(epoch).to_be_focused()
    assert epoch.evaluate("e => e.parentElement.style.getPropertyValue('--x')") == "0.3"
    epoch.press("ArrowRight")
    expect(epoch).to_have_value("2")
    assert (
        epoch.evaluate("e => getComputedStyle(e.parentElement).backgroundImage.split('gradient').length - 1")
        == 3
    )


def test_a_mouse_drags_from_stop_to_stop(page: Page) -> None:
    rate = page.get_by_label("learning rate η")
    page.mouse.move(*spot(rate, 1))
    page.mouse.down()
    expect(rate).to_have_value("3")
    seen = []
    for part in (0.9, 0.7, 0.5, 0.3, -0.5):
        page.mouse.move(*spot(rate, part))
        seen.append(rate.input_value())
    page.mouse.up()
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] == "0"
    page.mouse.move(*spot(rate, 1))
    expect(rate).to_have_value("0")


def test_a_slider_with_two_stops_is_a_switch(page: Page) -> None:
    start = page.get_by_role("switch", name="starting point 2 instead of −1")
    expect(start).not_to_be_checked()
    start.focus()
    page.keyboard.press("Space")
    expect(start).to_be_checked()
    expect(page.locator("#descent figcaption")).to_contain_text("0.0000")
    page.keyboard.press("ArrowLeft")
    expect(start).not_to_be_checked()
    start.click()
    expect(start).to_be_checked()
    weights = page.locator("#descent .nn-ends span").evaluate_all(
        "all => all.map(e => getComputedStyle(e).fontWeight)"
    )
    assert weights == ["400", "600"]
    page.emulate_media(media="print")
    assert page.locator("#descent .nn-ends").inner_text().strip() == "2"


def test_a_link_sets_a_switch(visit: Open) -> None:
    page = visit(at="#descent?start=1.7&learning_rate=0.1")
    expect(page.get_by_role("switch")).to_be_checked()
    expect(page.locator("#descent .nn-note")).to_have_text(
        "The link asks for starting point 1.7, which is not drawn: this is the nearest, 2."
    )


@pytest.mark.parametrize("chosen", [False, True])
def test_the_wheel_scrolls_the_page_unless_the_slider_has_the_focus(page: Page, chosen: bool) -> None:
    rate = page.get_by_label("learning rate η")
    if chosen:
        rate.focus()
    page.mouse.move(*spot(rate, 0.5))
    for _ in range(10):
        page.mouse.wheel(0, 100)
        page.wait_for_timeout(30)
    page.wait_for_timeout(200)
    assert rate.input_value() == ("0" if chosen else "2")
    assert (page.evaluate("scrollY") > 300) is not chosen
