"""What a figure says of itself for those who do not see it: it goes by what has been drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from figure_texts import not_described
from matplotlib.figure import Figure

from nnlib.explore.described import described
from nnlib.figures import perceptron
from nnlib.figures.networks import draw_network
from nnlib.figures.seen import across, course, heap, high_up, lengths, seen, slant, spot_in, toward, trail


def axes(x: tuple[float, float] = (0, 10), y: tuple[float, float] = (0, 10), **scales: str) -> Any:
    plot = Figure().subplots()
    plot.set(xlim=x, ylim=y, **scales)
    return plot


X = np.linspace(0, 10, 101)


@pytest.mark.parametrize(
    ("y", "told"),
    [
        (np.full(101, 5), "stays level half-way up"),
        (X, "starts at the bottom, rises, and ends at the top"),
        (8 - 0.6 * X, "starts high, falls, and ends low"),
        (np.where(X < 5, 1, 9), "starts low, stays level, jumps up and stays level, and ends high"),
        ((X - 5) ** 2 / 2.5, "starts at the top, falls and rises, and ends at the top"),
        (10 * np.exp(-2 * X), "starts at the top, falls and stays level, and ends at the bottom"),
        (5 + 4 * np.sin(2 * X), "starts half-way up, goes up and down several times, and ends high"),
        (X**2, "starts at the bottom, rises, and leaves the picture at the top"),
        (15 - 2 * X, "comes in from above, falls, and leaves the picture at the bottom"),
        (X + 20, "is out of sight"),
        (np.where(X > 4, np.nan, X), "starts at the bottom, rises, and ends half-way up"),
    ],
)
def test_where_a_curve_goes(y: np.ndarray, told: str) -> None:
    (line,) = axes().plot(X, y)
    assert course(line) == told


def test_it_goes_by_the_axes_as_they_are() -> None:
    (line,) = axes(y=(1e-6, 1), yscale="log").plot(X, 10 ** (-0.6 * X))
    assert course(line) == "starts at the top, falls, and ends at the bottom"
    (line,) = axes(x=(10, 0)).plot(X, X)  # smaller to the right
    assert course(line) == "starts at the top, falls, and ends at the bottom"
    (line,) = axes(x=(4, 6)).plot([0, 10], [0, 10])  # both of its points are out of sight
    assert course(line) == "starts half-way up, rises, and ends half-way up"
    (line,) = axes().plot([1], [9])
    assert course(line) == "is a single point at the upper left"
    plot = Figure().subplots()  # with limits that nobody has set
    (line,) = plot.plot([0, 1000], [0, 1000])
    assert course(line) == "starts at the bottom, rises, and ends at the top"


def test_pieces_of_one_curve() -> None:
    plot = axes()
    pieces = [*plot.plot([0, 5], [2, 2]), *plot.plot([5, 10], [2, 8])]
    assert course(*pieces, ends=False) == "stays level and rises"


def test_places() -> None:
    plot = axes()
    assert [spot_in(plot, x, y) for x, y in ((1, 9), (9, 1), (5, 5), (5, 9), (1, 5))] == [
        *("at the upper left", "at the lower right", "in the middle", "at the top", "on the left")
    ]
    assert [high_up(plot, y) for y in (0, 1, 5, 8, 10)] == [
        *("at the bottom", "low", "half-way up", "high", "at the top")
    ]
    assert spot_in(plot, 12, 5) == across(plot, 12) == "out of sight"
    assert [across(plot, x) for x in (0, 3, 5, 7, 10)] == [
        *("at the left end", "left of the middle", "in the middle", "right of the middle", "at the right end")
    ]


@pytest.mark.parametrize(
    ("x", "y", "told"),
    [
        ([1], [1], "A path of dots: a single one at the lower left."),
        ([1, 9], [1, 9], "A path of dots begins at the lower left and leads to a place at the upper right."),
        ([1, 2], [1, 2], "A path of dots begins at the lower left and does not lead far from there."),
        ([1, 99], [1, 1], "A path of dots begins at the lower left and leaves the picture."),
        (
            [1, 3, 5, 7, 9],
            [4, 6, 4, 6, 5],
            "A path of dots begins on the left and leads, from side to side, to a place on the right.",
        ),
    ],
)
def test_where_a_walk_leads(x: list[float], y: list[float], told: str) -> None:
    assert trail(axes(), x, y) == told


def test_directions() -> None:
    assert [slant(w) for w in ([1, 0], [0, 1], [1, -1], [1, 1])] == [
        *("upright", "level", "rising to the right", "falling to the right")
    ]
    assert [toward(*w) for w in ([1, 0], [0, -1], [-1, 1], [1, 0.1], [0, 0])] == [
        *("to the right", "down", "up and to the left", "to the right", "nowhere")
    ]


def test_bars() -> None:
    assert lengths([0.9, 0.4, 0.1, 0.01], 1) == "long, half as long as the axis, short and hardly to be seen"
    assert heap([9, *[0] * 18, 9]) == "piled up at both ends"
    assert heap([*[0] * 9, 5, 5, *[0] * 9]) == "in one narrow heap in the middle"
    assert heap([*[1] * 5, 2, *[1] * 14]) == "spread out, highest left of the middle"


def test_a_network_says_what_is_drawn_of_it() -> None:
    plot = axes()
    draw_network(plot, [np.array([[1.0, -2.0], [0.0, 3.0]]), np.array([[1.0, 1.0]])])
    assert described(plot.figure) == (
        "Columns of 2, 2 and 1 circles, joined by lines: 4 solid (a positive weight), 1 dashed (a negative "
        "one) and 1 faint (0); the larger, the thicker."
    )
    plot = axes()
    draw_network(plot, [np.ones((2, 100))])
    assert described(plot.figure) == (
        "Drawing; written in it: a number. Columns of 6 and 2 circles, joined by lines: 12 solid (a positive "
        "weight). Dots in a column stand for the circles that are left out."
    )


def test_it_follows_the_controls() -> None:
    falling, upright = (described(perceptron.neuron("AND", angle, -0.5)[0]) for angle in (45, 0))
    assert "A line, falling to the right, parts the shaded plane, and an arrow w points from it up" in falling
    assert "A line, upright," in upright
    assert "1, 0: z = 0.50, says 1, truth 0" in upright


def test_a_text_that_will_not_do_is_found() -> None:
    figure, caption = perceptron.neuron("AND", 0, -0.5)
    words = described(figure)
    assert list(not_described(figure, caption, words)) == []
    for wrong, complaint in (
        ("A plot.", "has 7 characters"),
        (words.replace("input x₁", "input"), "does not name"),
        (f"{words} {caption}", "repeats the caption"),
        (f"{words} $w_1$", "in it"),
        (words * 3, "characters"),
    ):
        assert any(complaint in found for found in not_described(figure, caption, wrong)), wrong
    seen(figure.axes[0], "")
    assert any("what is drawn" in found for found in not_described(figure, caption, words))
