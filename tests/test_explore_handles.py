"""Handles: from a figure's values to the pixels at which a reader can drag them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from nnlib.explore.drawing import draw_frame
from nnlib.explore.handles import handles_line
from nnlib.figures import activations, cost_functions, gradient_descent, marks, perceptron
from nnlib.figures.style import canvas, style

# A draw function, its values, and of each handle its controls and what is drawn there: a mark, or nothing.
DRAWN: list[tuple[Any, dict[str, Any], list[str]]] = [
    (activations.function_and_slope, {"activation": "tanh", "weight": 2, "bias": -1}, ["bias", "weight"]),
    (activations.layers, {"activation": "tanh", "depth": 4, "weight_scale": 1}, ["depth"]),
    (activations.prelu_learns, {"function": "ReLU", "epoch": 100}, ["epoch"]),
    (cost_functions.prediction_cost, {"target": 0, "prediction": 0.9}, ["prediction"] * 2),
    (cost_functions.cost_of_parameters, {"weight": -2, "bias": 1}, ["weight"]),
    (cost_functions.outlier, {"fifth_day": 80}, ["fifth_day"] * 2),
    (
        cost_functions.honest_prediction,
        {"share_of_ones": 0.7, "prediction": 0.3, "cost": "quadratic"},
        ["prediction"] * 2,
    ),
    (cost_functions.slow_neuron, {"start": "badly wrong", "epoch": 100}, ["epoch"]),
    (cost_functions.surface, {"pair": "linear + quadratic", "start": "far"}, ["start*"]),
    (cost_functions.sure_and_wrong, {"precision": "float64", "weighted_input": 20}, ["weighted_input"]),
    (gradient_descent.descent, {"function": "bowl", "start": 1.0, "learning_rate": 0.1}, ["start"]),
    (gradient_descent.slopes, {"w1": 2, "w2": -1.0}, ["w1,w2*", "w1", "w2"]),
    (gradient_descent.largest_rate, {"curvature_ratio": 4, "learning_rate": 0.2}, ["learning_rate"]),
]


def handles_in(svg: str) -> list[tuple[str, int, int]]:
    found = re.search(r"<metadata>(.*)</metadata>\n</svg>", svg)
    assert found
    assert svg.count("<metadata>") == 1
    words = [re.fullmatch(r"(\S+):(-?\d+),(-?\d+)", word) for word in found[1].split(" ")]
    return [(word[1], int(word[2]), int(word[3])) for word in words if word]


def marks_in(svg: str) -> np.ndarray[Any, Any]:
    """The places of all marks, in CSS pixels."""
    return np.array(re.findall(r'<use xlink:href="[^"]+" x="([^"]+)" y="([^"]+)"', svg), dtype=float) * 4 / 3


@pytest.mark.parametrize(
    ("draw", "values", "expected"), DRAWN, ids=lambda part: getattr(part, "__name__", "")
)
def test_a_handle_lies_on_a_mark(draw: Any, values: dict[str, Any], expected: list[str]) -> None:
    svg = draw_frame(draw, values).svg
    found = handles_in(svg)
    assert [names for names, _, _ in found] == expected
    drawn = marks_in(svg)
    for names, x, y in found:
        assert np.abs(drawn - (x, y)).max(axis=1).min() <= 1, names


def test_values_become_pixels() -> None:
    """Counted by hand: the margins of the canvas in inches, 96 pixels each."""
    (_, x, y), _ = handles_in(draw_frame(cost_functions.outlier, {"fifth_day": 80}).svg)
    high = (4.3 - 0.52 - 0.3 - 0.55) / 2  # of each of the two axes
    assert x == round(96 * (0.78 + (5.4 - 0.78 - 0.18) * (80 - 20) / 100))
    assert y == round(96 * (0.3 + high * 1100 / 1200))

    ((_, x, y),) = handles_in(
        draw_frame(gradient_descent.largest_rate, {"curvature_ratio": 4, "learning_rate": 0.2}).svg
    )
    assert x == round(96 * (0.72 + (5.4 - 0.9) * np.log(0.2 / 0.015) / np.log(3 / 0.015)))
    assert y == round(96 * (3.95 - 0.62 - 0.13))


@pytest.mark.parametrize("angle", [0, 30, 90, 180, 315])
@pytest.mark.parametrize("bias", [-1.5, -0.5, 0.0])
def test_a_neurons_handles_are_on_its_line_and_at_its_arrow(angle: float, bias: float) -> None:
    with style():
        figure, _ = perceptron.neuron("AND", angle, bias)
    arrow, line = marks.handles(figure)
    w = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    assert (line.controls, arrow.controls) == (("bias",), ("angle",))
    assert line.free
    assert arrow.free
    assert w @ (line.x, line.y) + bias == pytest.approx(0, abs=1e-9)
    assert 0 <= w @ (arrow.x, arrow.y) + bias + 1e-9 <= 0.42 + 2e-9


@pytest.mark.parametrize(("weights", "bias"), [(1, -0.5), (1, -15), (10, -15)])
def test_a_line_out_of_sight_has_its_handle_where_it_is(weights: float, bias: float) -> None:
    with style():
        figure, _ = perceptron.same_line(weights, bias)
    (line,) = marks.handles(figure)
    assert weights * (line.x + line.y) + bias == pytest.approx(0, abs=1e-9)


def test_a_figure_without_handles_has_no_such_line() -> None:
    with style():
        figure, axes = canvas()
        assert handles_line(figure) == ""
        marks.handle(axes, 0.5, 0.5, "a", "b", free=True)
        marks.handle(axes, 0.5, 0.5, "c")
        first, second = handles_line(figure).removeprefix("<metadata>").split(" ")
    assert first.startswith("a,b*:")
    assert second.startswith("c:")
    assert (
        "<metadata>"
        not in draw_frame(gradient_descent.weight_decay, {"l2": 1, "decay_in_the_update": True}).svg
    )
