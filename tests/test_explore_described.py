"""What the alternative text of a picture says: what there is to see, in the words that stand in it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure

from nnlib.explore.described import MOST, described, description_of
from nnlib.explore.svg import to_svg
from nnlib.figures import gradient_descent


def two_plots() -> tuple[Figure, Any, Any]:
    figure = Figure()
    return figure, *figure.subplots(1, 2)


def test_axes_titles_and_what_is_written() -> None:
    figure, left, right = two_plots()
    left.set(xlabel="weight $w_1$", ylabel=r"slope $\sigma'(z)$", title="From above.")
    left.plot([0, 1], label="the cost")
    left.legend()
    left.text(0, 0, "start")
    right.set(xlabel="epoch")
    for number in (1, 2.5, -3):
        right.text(0, 0, f"{number}")
    assert described(figure) == (
        "Plot of slope σ'(z) against weight w₁, titled From above; written in it: the cost; start. "
        "Plot along epoch; written in it: 3 numbers."
    )


def test_a_drawing_has_no_axes_and_a_picture_may_have_no_words() -> None:
    figure, left, right = two_plots()
    left.axis("off")
    left.text(0, 0, "input")
    right.imshow(np.eye(2))
    assert described(figure) == "Drawing; written in it: input. A picture without words."


def test_many_alike_are_counted_and_long_lists_end() -> None:
    figure = Figure()
    figure.subplots(2, 3)
    assert described(figure) == "6 pictures without words."
    axes = Figure().subplots()
    for letter in "abcdefghijklmn":
        axes.text(0, 0, letter)
    assert described(axes.figure).endswith("j; 4 more.")
    assert MOST == 10


def test_what_is_hidden_is_not_described() -> None:
    figure, left, right = two_plots()
    left.set(xlabel="z")
    left.text(0, 0, "later").set_visible(False)
    right.set_visible(False)
    assert described(figure) == "Plot along z."


@pytest.mark.parametrize("words", ["a < b & c > d", '“quoted” and "plain"'])
def test_it_stands_in_the_picture_and_comes_out_as_it_was(words: str) -> None:
    figure = Figure()
    figure.subplots().set(xlabel=words)
    svg = to_svg(figure)
    root = ElementTree.fromstring(svg)
    assert root[0].tag.endswith("desc")
    assert root[0].text == description_of(svg) == f"Plot along {words}."


def test_a_figure_of_the_book() -> None:
    figure, caption = gradient_descent.descent("bowl", start=-2.0, learning_rate=0.1)
    words = described(figure)
    assert "weight w" in words
    assert "cost" in words
    assert caption not in words
