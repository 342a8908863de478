"""Explorers' frames in files: brought when the reader comes near; where they do not come, that is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from visiting import CHAPTERS, Visit

Open = Callable[..., Visit]
PAGE = "chapters/gradient_descent.html"
LAST = "weight_decay"  # far down on it
FRAMES = "**/_static/frames/*.js"


def frames(visit: Visit) -> list[str]:
    return [url for url in visit.requests if "/_static/frames/" in url]


def far(page: Page) -> str:
    """The address of the last explorer's frames."""
    return page.locator(f"#{LAST} script.nn-frames").first.evaluate(
        "e => new URL(e.dataset.src, document.baseURI).href"
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_only_what_is_near_is_brought(visit: Open, width: int) -> None:
    seen = visit(PAGE, width=width).unfold()
    page = seen.page
    page.wait_for_timeout(500)
    every = page.locator("script.nn-frames").count()
    here = [url for url in frames(seen) if url.endswith(".js")]
    assert len(here) < every / 4
    page.locator(f"#{LAST}").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert far(page) in frames(seen) if width > 480 else len(frames(seen)) > len(here)
    assert len(frames(seen)) == len(set(frames(seen))), "nothing is asked for twice"
    assert seen.errors == []


def test_a_key_is_enough_before_the_reader_is_near(visit: Open) -> None:
    seen = visit(PAGE).unfold()
    figure = seen.page.locator(f"#{LAST}")
    before = figure.locator("figcaption").inner_text()
    assert far(seen.page) not in frames(seen)
    figure.locator("input").first.evaluate(
        "e => { e.stepDown(); e.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(figure.locator("figcaption > span")).not_to_have_text(before)
    assert far(seen.page) in frames(seen)


def test_what_does_not_come_is_told_and_asked_for_again(visit: Open) -> None:
    page = visit(PAGE).unfold().page
    refused = lambda route: route.abort()  # noqa: E731
    page.route(FRAMES, refused)
    figure = page.locator(f"#{LAST}")
    slider = figure.locator("input[type=range]").first
    slider.press("ArrowLeft")
    expect(figure.locator("figcaption > span")).to_have_text(
        "The pictures of this figure could not be loaded: move a control to try again, or reload the page."
    )
    page.unroute(FRAMES, refused)
    slider.press("ArrowRight")
    expect(figure.locator("figcaption > span")).not_to_contain_text("could not be loaded")


def test_slow_frames_show_the_setting_that_is_there_when_they_come(visit: Open) -> None:
    page = visit(PAGE).unfold().page
    waiting: list[Route] = []
    page.route(FRAMES, lambda route: waiting.append(route))
    figure = page.locator(f"#{LAST}")
    slider = figure.locator("input[type=range]").first
    for key in ("Home", "ArrowRight"):
        slider.press(key)
    page.wait_for_timeout(200)
    caption = figure.locator("figcaption > span")
    before = caption.inner_text()
    for route in waiting:
        route.continue_()
    expect(caption).not_to_have_text(before)
    slow = caption.inner_text()
    for key in ("ArrowRight", "ArrowLeft"):
        slider.press(key)
        page.wait_for_timeout(200)
    assert caption.inner_text() == slow


def test_the_site_has_no_frames_that_no_page_shows(site: Path) -> None:
    there = {file.name for file in (site / "_static" / "frames").iterdir()}
    text = "".join((site / name).read_text(encoding="utf-8") for name in ["intro.html", *CHAPTERS])
    assert there
    assert {name for name in there if name not in text} == set()
    assert "application/gzip" in text
    assert 'class="nn-frames">H4s' not in text, "no frames are left in a page"


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_picture_has_one_for_a_phone(visit: Open, name: str) -> None:
    """In which 10 points, the least there are, are at least 12 pixels high."""
    page = visit(name, width=320).unfold().page
    drawn = page.evaluate(
        """() => Promise.all([...document.querySelectorAll("img.nn-frame:not(.nn-stored)")].map(async e => {
            e.loading = "eager";
            await e.decode();
            return [e.closest("figure").id, e.naturalWidth, e.clientWidth];
        }))"""
    )
    assert drawn
    shown = [one for one in drawn if one[2]]  # what is folded away has no width
    small = [
        (name, natural, pixels) for name, natural, pixels in shown if 10 / 72 * 96 * pixels / natural < 12
    ]
    assert small == [], json.dumps(small)
