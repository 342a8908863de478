"""Dragging what stands in a picture: to a place, which sets the values that stand there, in each explorer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from explorer_pages import Open, visitor, write_pages
from playwright.sync_api import Browser, Locator, Page, expect

from nnlib.explore import Explorer, explore
from nnlib.explore.drawing import drawn
from nnlib.figures import activations, cost_functions, gradient_descent, marks, perceptron
from nnlib.figures.style import narrow, style

# Fewer values than in the chapters, so that they are drawn soon; where a handle's values are, as there.
EXPLORERS: dict[str, dict[str, list[Any]]] = {
    "perceptron.neuron": {"gate": ["AND", "OR"], "angle": [0, 45, 90, 180], "bias": [-1.5, -0.5, 0.0, 1.0]},
    "perceptron.same_line": {"weights": [1, 2], "bias": [-15, -1.5, -0.5, 0.5]},
    "activations.function_and_slope": {
        "activation": ["tanh", "relu"],
        "weight": [-1, 1, 3],
        "bias": [-2, 0, 2],
    },
    "activations.layers": {"activation": ["tanh", "relu"], "depth": [1, 4, 12], "weight_scale": [0.5, 1]},
    "activations.prelu_learns": {"function": ["ReLU", "bent line"], "epoch": [0, 100, 500]},
    "cost_functions.prediction_cost": {"prediction": [0.01, 0.5, 0.9, 0.99], "target": [0, 1]},
    "cost_functions.cost_of_parameters": {"weight": [-6, -1, 0, 3, 6], "bias": [-2, 1]},
    "cost_functions.outlier": {"fifth_day": [36, 50, 95, 110]},
    "cost_functions.honest_prediction": {
        "prediction": [0.01, 0.3, 0.99],
        "share_of_ones": [0.3, 0.7],
        "cost": ["quadratic", "mae"],
    },
    "cost_functions.slow_neuron": {"start": ["a little wrong", "badly wrong"], "epoch": [0, 50, 300]},
    "cost_functions.surface": {
        "pair": ["linear + quadratic", "sigmoid + quadratic"],
        "start": ["near", "far", "very far"],
    },
    "cost_functions.sure_and_wrong": {"precision": ["float64", "float32"], "weighted_input": [0, 20, 50]},
    "gradient_descent.descent": {
        "function": ["bowl", "letter V"],
        "start": [-2.0, 0.2, 2.0],
        "learning_rate": [0.1, 1.1],
    },
    "gradient_descent.slopes": {"w1": [-2, 0, 2], "w2": [-1.0, 0.0, 1.0]},
    "gradient_descent.largest_rate": {"curvature_ratio": [4, 20], "learning_rate": [0.02, 0.1, 0.2, 2.1]},
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "perceptron.same_line": {"bias": -1.5}
}  # at first its line is in sight
MODULES = {"activations": activations, "cost_functions": cost_functions, "gradient_descent": gradient_descent}
MODULES |= {"perceptron": perceptron}


def explorers() -> list[Explorer]:
    made = []
    for name, choices in EXPLORERS.items():
        module, _, function = name.partition(".")
        made.append(explore(getattr(MODULES[module], function), default=DEFAULTS.get(name), **choices))
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("drag")
    write_pages(folder, explorers())
    return folder


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    with visitor(browser, folder) as visit:
        yield visit


def place_of(one: Explorer, values: dict[str, Any], number: int) -> tuple[float, float]:
    """Where a handle stands for these values, in parts of the figure from its upper left corner."""
    with style():
        figure, _ = drawn(one.draw, values)
        figure.draw_without_rendering()
        handle = marks.handles(figure)[number]
        x, y = handle.axes.transData.transform((handle.x, handle.y))
    width, height = figure.bbox.size
    return x / width, 1 - y / height


def on_screen(figure: Locator, at: tuple[float, float]) -> tuple[float, float]:
    """The same on the screen: the picture fills its image but for the padding at its sides."""
    image = figure.locator("> picture > img")
    box = image.bounding_box()
    assert box is not None
    pad = image.evaluate("e => parseFloat(getComputedStyle(e).paddingLeft)")
    return box["x"] + pad + at[0] * (box["width"] - 2 * pad), box["y"] + at[1] * box["height"]


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.wait_for_timeout(150)  # the frames are unpacked
    page.mouse.move(*end)
    page.mouse.up()


def stands(figure: Locator) -> dict[str, str]:
    found: dict[str, str] = figure.evaluate("e => nnexplore.explorers.find(one => one.figure === e).setting")
    return found


@pytest.mark.parametrize(
    ("name", "width"),
    [*((name, 1280) for name in EXPLORERS), ("perceptron.neuron", 390), ("gradient_descent.slopes", 390)],
)
def test_dragging_to_a_place_sets_the_values_that_stand_there(visit: Open, name: str, width: int) -> None:
    with narrow(width < 480):
        drag_to_each_place(visit, name, width)


def drag_to_each_place(visit: Open, name: str, width: int) -> None:
    one = explorers()[list(EXPLORERS).index(name)]
    function = name.partition(".")[2]
    page = visit(width=width, height=1000, at=f"#{function}?")
    figure = page.locator(f"#{function}")
    figure.evaluate("e => e.scrollIntoView({block: 'center'})")
    with style():
        handles = marks.handles(drawn(one.draw, one.choices.start)[0])
    assert handles
    for number, handle in enumerate(handles):
        dragged = 0
        values = dict(one.choices.start)
        for targets in product(*(EXPLORERS[name][control] for control in handle.controls)):
            page.get_by_role("button", name="Reset").nth(list(EXPLORERS).index(name)).click()
            wanted = values | dict(zip(handle.controls, targets, strict=True))
            start, end = place_of(one, values, number), place_of(one, wanted, number)
            if wanted == values:
                continue
            dragged += 1
            drag(page, on_screen(figure, start), on_screen(figure, end))
            assert stands(figure) == {key: str(value) for key, value in wanted.items()}
        assert dragged
        expect(figure.locator("figcaption > span")).to_have_text(drawn(one.draw, wanted)[1])
