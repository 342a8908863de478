"""The landing page's network: what it learns, and whether its picture shows that."""

import base64
import io
import re

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from PIL import Image

import nnlib
from nnlib.explore.drawing import draw_frame, draw_png
from nnlib.figures import playground as figures

SPIRAL = {
    "data": "spiral",
    "hidden_layers": "8 + 8 neurons",
    "activation": "tanh",
    "learning_rate": 0.03,
    "epoch": 80,
}


@pytest.fixture(scope="module")
def frame():
    return draw_frame(figures.playground, SPIRAL)


def accuracy(data, hidden_layers, epoch=320, learning_rate=0.03):
    return figures.run(data, hidden_layers, "tanh", learning_rate).new_accuracy[epoch]


@pytest.mark.parametrize("data", figures.DATA)
def test_the_points_are_half_and_half_and_within_the_picture(data):
    X, labels = figures.examples(data, 400, 1)
    assert labels.mean() == 0.5
    assert np.abs(X).max() < figures.REACH


def test_the_classes_are_what_their_names_say():
    X, labels = figures.examples("xor", 400, 1)
    assert np.array_equal(X[:, 0] * X[:, 1] < 0, labels == 1)
    X, labels = figures.examples("circles", 400, 1)
    assert np.array_equal(np.hypot(*X.T) < 1.6, labels == 1)


@pytest.mark.parametrize("data", figures.DATA)
def test_a_single_neuron_learns_none_of_them(data):
    assert 0.35 < accuracy(data, "none") < 0.7


@pytest.mark.parametrize("data", ["xor", "circles"])
def test_four_hidden_neurons_are_enough_for_the_simple_ones(data):
    assert accuracy(data, "4 neurons", 80) > 0.95


def test_the_spiral_needs_more_neurons_and_a_small_rate_more_epochs():
    assert accuracy("spiral", "8 + 8 neurons", 80) > 0.98
    assert accuracy("spiral", "4 neurons", 80) < 0.9
    assert accuracy("spiral", "8 + 8 neurons", 80, 0.003) < 0.85
    assert accuracy("spiral", "8 + 8 neurons", 320, 0.003) > 0.9
    for seed in range(1, 6):
        small, large, slow = (
            figures.run("spiral", layers, "tanh", rate, seed).new_accuracy
            for layers, rate in (("4 neurons", 0.03), ("8 + 8 neurons", 0.03), ("8 + 8 neurons", 0.003))
        )
        assert small[80] < large[80] - 0.05
        assert large[320] > 0.99 > small[320] > small[80]
        assert slow[320] > 0.94


def test_the_caption_says_what_was_measured(frame):
    net = figures.run(*list(SPIRAL.values())[:4]).networks[80]
    X, labels = figures.examples("spiral", figures.NEW_POINTS, 1)
    right = (net.classify(X) == labels).mean()
    assert f"after 80 epochs the cost is {net.cost(*learned()):.2f}" in frame.caption
    assert f"of 400 new points, {100 * right:.0f} % are on the right side" in frame.caption
    assert draw_frame(figures.playground, SPIRAL | {"epoch": 0}).caption.startswith(
        "Spiral, 8 + 8 neurons (tanh), learning rate 0.03: before training the cost is 0.7"
    )


def learned():
    X, labels = figures.examples("spiral", figures.POINTS, 0)
    return X, labels[:, None].astype(float)


def test_without_hidden_neurons_their_activation_changes_nothing():
    none = SPIRAL | {"hidden_layers": "none"}
    assert draw_frame(figures.playground, none) == draw_frame(
        figures.playground, none | {"activation": "relu"}
    )


def test_another_machines_rounding_would_not_show(monkeypatch):
    class Shaken(nnlib.Network):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.parameters *= 1 + 1e-11 * np.random.default_rng(5).normal(size=self.parameters.shape)

    chosen = list(SPIRAL.values())[:4]
    steady = figures.run(*chosen)
    monkeypatch.setattr(nnlib, "Network", Shaken)
    shaken = figures.run.__wrapped__(*chosen)
    assert 0 < np.abs(shaken.cost - steady.cost).max() < 1e-8
    assert np.array_equal(shaken.new_accuracy, steady.new_accuracy)


def test_there_is_a_line_for_every_weight_dashed_where_it_is_negative():
    net = figures.run(*list(SPIRAL.values())[:4]).networks[80]
    figure, _ = figures.playground(**SPIRAL)
    stage = figure.axes[1]
    lines = [one for one in stage.collections if type(one) is LineCollection]
    weights = np.concatenate([net.W[l].ravel() for l in (1, 2, 3)])
    assert sum(len(one.get_segments()) for one in lines) == weights.size == 2 * 8 + 8 * 8 + 8
    dashes = [dash for one in lines for _, dash in one.get_linestyle()]
    assert len(dashes) == weights.size
    assert sum(dash is not None for dash in dashes) == (weights < 0).sum()


def test_the_picture_of_a_neuron_is_its_activation():
    net = figures.run(*list(SPIRAL.values())[:4]).networks[80]
    figure, _ = figures.playground(**SPIRAL)
    inputs, first, _, answer = (image.get_array() for image in figure.axes[1].images)
    assert inputs.shape == (2 * 8, 8)
    assert first.shape == (8 * 8, 8)
    assert np.all(np.diff(inputs[1, 1:7]) > 0)  # x₁ grows to the right
    assert np.all(np.diff(inputs[9:15, 1]) < 0)  # x₂ grows upwards, and row 0 is the top
    corner = 2 * net.predict([[-3.25, 3.25]])[0, 0] - 1
    assert answer[0, 0] == pytest.approx(corner, abs=0.05)


def test_in_svg_the_fields_have_few_pixels_and_are_left_to_the_browser_to_smooth(frame):
    assert "pixelated" not in frame.svg
    pictures = re.findall(r"data:image/png;base64,\s*([A-Za-z0-9+/=\s]+)", frame.svg)
    sizes = [Image.open(io.BytesIO(base64.b64decode(picture))).size for picture in pictures]
    assert len(sizes) == 4
    assert all(width <= 40 for width, _ in sizes)


def test_as_png_they_are_smooth_already():
    png = draw_png(figures.playground, SPIRAL)
    pixels = np.asarray(Image.open(io.BytesIO(png.data)).convert("RGB"))
    assert pixels.shape[1] > 1000
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 100
