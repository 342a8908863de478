"""Explorers of a page that runs Python: any value of a slider, drawn as here; numbers typed; the keys."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import nbformat
import pytest
from inplace_page import ROOT, cell, is_idle, run, start
from nnbook import needs
from nnbook.inplace.page import explorers, plan
from playwright.sync_api import Page, expect

from nnlib.explore import Explorer, collect
from nnlib.explore.drawing import draw_frame

#: Eleven explorers that have a slider with values between its stops.
CHAPTERS = {
    "chapters/perceptron.html": 3,
    "chapters/gradient_descent.html": 5,
    "chapters/cost_functions.html": 3,
}
NUMBER = re.compile(r"-?\d+\.?\d*")
GLYPH = re.compile(r"(DejaVu[\w-]*)-[0-9a-f]+\"")
HALF_A_POINT = 0.5  # a legend is as wide as its words

Open = Callable[..., Page]


def with_free_sliders(chapter: str) -> Iterator[tuple[str, Explorer]]:
    """A chapter's explorers that have a slider with values between its stops, by their cell's id."""
    notebook = nbformat.read(ROOT / chapter.replace(".html", ".ipynb"), as_version=4)
    cells = [one for one in notebook.cells if one.cell_type == "code"]
    codes = [needs.without_magic(one.source) for one in cells]
    for place, one in enumerate(cells):
        if "explore(" not in codes[place] or "hide-input" not in one.metadata.get("tags", []):
            continue
        names: dict[str, Any] = {}
        with collect() as made:
            for at in [*plan.needed(codes, place), place]:
                exec(codes[at], names)
        controls = [explorers.about(control) for control in made[-1].choices.controls]
        if any(control["free"] and not control["whole"] for control in controls):
            yield one.id, made[-1]


def shapes(svg: str) -> str:
    """A picture without the numbers of its words, which another matplotlib places a little otherwise."""
    return "\n".join(line for line in GLYPH.sub(r"\1", svg).splitlines() if "translate(" not in line)


def between(explorer: Explorer, chance: random.Random) -> dict[str, Any]:
    """Random values, those of free sliders between two of their stops."""
    values = {}
    for control in explorer.choices.controls:
        about = explorers.about(control)
        if about["free"] and not about["whole"]:
            at = chance.randrange(len(control.values) - 1)
            low, high = sorted(control.values[at : at + 2])
            values[control.name] = round(low + (high - low) * chance.uniform(0.2, 0.8), 4)
        else:
            values[control.name] = chance.choice(control.values)
    return values


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), CHAPTERS.items())
def test_between_its_stops_a_frame_is_what_python_draws_here(open_own: Open, name: str, count: int) -> None:
    page = open_own(name)
    start(page)
    chance, tried = random.Random(0), 0
    for one, explorer in with_free_sliders(name):
        run(page, one)
        ask = "([figure, values]) => figure.nnExplorer.free.frame(values)"
        figure = cell(page, one).locator("figure.nn-explorer").element_handle()
        values = between(explorer, chance)
        came = page.evaluate(ask, [figure, json.dumps(values)])
        here = draw_frame(explorer.draw, values)
        assert came["caption"] == here.caption, values
        there, drawn = (shapes(svg) for svg in (came["svg"], here.svg))
        assert NUMBER.sub("0", there) == NUMBER.sub("0", drawn), values
        theirs, ours = (list(map(float, NUMBER.findall(svg))) for svg in (there, drawn))
        assert max(abs(a - b) for a, b in zip(theirs, ours, strict=True)) <= HALF_A_POINT, values
        tried += 1
        if tried == count:
            break
    assert tried == count


def test_a_slider_takes_any_value_a_field_any_number_and_the_keys_go_by_stops(
    open_own: Open,
) -> None:
    page = open_own("chapters/perceptron.html")
    start(page)
    figure = page.locator("figure.nn-explorer").first
    before = figure.locator(".nn-caption").inner_text()
    # Whoever has started Python need only reach for the controls.
    figure.locator(".nn-controls").hover()
    expect(figure).to_have_class(re.compile("nn-free"))
    is_idle(page)
    assert figure.locator(".nn-caption").inner_text() == before
    slider, field = figure.locator("input[type=range]").last, figure.locator(".nn-any").last
    field.fill("-0.6")
    field.press("Enter")
    expect(figure.locator(".nn-caption")).to_contain_text("b = −0.6")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(field).to_have_value("-0.5")
    slider.evaluate("input => { input.value = '3.5'; input.dispatchEvent(new Event('input')); }")
    expect(field).to_have_value("-0.625")
    expect(slider).to_have_attribute("aria-valuetext", "−0.625")
    # Out of the function's range, its own sentence; the picture is still the one before.
    field.fill("1e400")
    field.press("Enter")
    expect(field).to_have_value("-0.625")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
