"""An explorer for those who want less motion, and for those who hear it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import explore_draws
import pytest
from explorer_pages import Open, visitor, write_pages
from playwright.sync_api import Browser, expect

from nnlib.explore import explore

EPOCHS = list(range(31))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("access")
    write_pages(folder, [explore(explore_draws.curve, epoch=EPOCHS, activation=["relu", "tanh"])])
    return folder


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    with visitor(browser, folder) as visit:
        yield visit


@pytest.mark.parametrize(("motion", "places"), [("reduce", [3, 6, 9]), ("no-preference", [1, 2, 3])])
def test_with_reduced_motion_an_explorer_steps(visit: Open, motion: str, places: list[int]) -> None:
    page = visit(reduced_motion=motion)
    page.evaluate(
        """() => { window.seen = []; document.querySelector("figure").addEventListener("nn-moved", () =>
            seen.push([document.querySelector("input[type=range]").value, performance.now()])); }"""
    )
    page.get_by_role("button", name="play epoch").click()
    page.wait_for_function("seen.length >= 3")
    seen = page.evaluate("seen")[:3]
    assert [int(place) for place, _ in seen] == places
    if motion == "reduce":
        assert seen[2][1] - seen[1][1] > 400
    page.get_by_role("button", name="pause epoch").click()


def test_with_reduced_motion_it_ends_on_the_last_picture(visit: Open) -> None:
    page = visit(reduced_motion="reduce")
    page.get_by_label("epoch", exact=True).press("End")
    page.get_by_role("button", name="previous epoch").click()
    page.get_by_role("button", name="play epoch").click()
    expect(page.get_by_label("epoch", exact=True)).to_have_value("30")
    expect(page.locator("figcaption")).to_have_attribute("aria-live", "polite")
