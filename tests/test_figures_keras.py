"""The figures of the chapter on Keras: what their captions say, measured independently."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.metrics import root_mean_squared_error
from sklearn.preprocessing import StandardScaler

import nnlib
from nnlib.figures import keras as figures


def numbers(caption: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", caption)]


def test_the_parts_are_all_patients_each_once() -> None:
    parts = figures.parts()
    assert [len(part) for part in parts] == [265, 88, 89]
    np.testing.assert_array_equal(np.sort(np.concatenate(parts)), np.arange(442))


def test_regression_says_how_far_off_it_is() -> None:
    X, Y, _ = nnlib.load_diabetes()
    rows, held_back, _ = figures.parts()
    measured, scored = StandardScaler().fit(X[rows]), StandardScaler().fit(Y[rows])
    net = nnlib.Network([10, 8, 1], "relu", output="linear", cost="quadratic", init="he", l2=0.1, rng=0)
    inputs, targets = measured.transform(X[rows]), scored.transform(Y[rows])
    nnlib.fit(net, inputs, targets, epochs=20, optimizer=nnlib.Adam(0.003), rng=0)
    predicted = scored.inverse_transform(net.predict(measured.transform(X)))
    caption = figures.regression(8, 0.1, 20)[1]
    off_held_back, off_rows = numbers(caption)[3:5]
    assert off_held_back == pytest.approx(
        root_mean_squared_error(Y[held_back], predicted[held_back]), abs=0.06
    )
    assert off_rows == pytest.approx(root_mean_squared_error(Y[rows], predicted[rows]), abs=0.06)
    straight = LinearRegression().fit(X[rows], Y[rows]).predict(X[held_back])
    assert numbers(caption)[-1] == pytest.approx(root_mean_squared_error(Y[held_back], straight), abs=0.06)


def test_regression_does_not_show_what_is_still_to_come() -> None:
    figure, caption = figures.regression(32, 0.0, 5)
    curves = figure.axes[1].lines[1:3]
    assert all(curve.get_xdata().tolist() == list(range(6)) for curve in curves)
    assert "53.9" not in caption
    assert "best so far on validation: 53.9, after 19 epochs" in figures.regression(32, 0.0, 200)[1]
    assert "best so far" not in figures.regression(32, 0.0, 1)[1]


def test_the_two_curves_are_those_of_two_programs() -> None:
    for start in figures.STARTS:
        here, there = figures.costs_here(figures.SEEDS[start]), figures.KERAS_COSTS[start]
        assert len(here) == len(there) == 10
        figure, caption = figures.two_curves(start, True)
        order = re.findall(r"[AB] is (\w+)", caption)
        assert sorted(order) == ["Keras", "nnlib"]
        for name, line in zip(order, figure.axes[0].lines, strict=True):
            assert tuple(line.get_ydata()) == (here if name == "nnlib" else there)
        assert [line.get_marker() for line in figure.axes[0].lines] == ["None", "o"]
        assert re.search(r"for A, the line, and [\d.]+ for B, the circles", caption)
        hidden = figures.two_curves(start, False)
        legend = [text.get_text() for text in hidden[0].legends[0].get_texts()]
        assert legend == ["A", "B"]
        assert "nnlib" not in hidden[1]
        assert "Keras" not in hidden[1]
        assert f"{'both' if start == 'the same weights' else 'each'} from {start}." in hidden[1]
    same = np.subtract(figures.costs_here(0), figures.KERAS_COSTS["the same weights"])
    assert np.abs(same).max() < 1e-4
    low = [
        np.argmin([figures.costs_here(figures.SEEDS[start])[-1], figures.KERAS_COSTS[start][-1]])
        for start in figures.STARTS[1:]
    ]
    assert low == [0, 1]  # each of the two is ahead once


def test_what_the_chapter_says_of_the_explorer() -> None:
    large, small, held_down = (figures.run(*of) for of in ((32, 0.0), (2, 0.0), (32, 0.1)))
    assert 15 <= large.validation.argmin() <= 25
    assert large.training[-1] == pytest.approx(34, abs=1)
    assert large.validation[-1] == pytest.approx(61, abs=1)
    assert small.validation.min() < large.validation.min() - 1
    assert held_down.validation.min() == pytest.approx(small.validation.min(), abs=0.5)
    for seed in range(5):
        large, held_down = (figures.run(32, l2, seed).validation for l2 in (0.0, 0.1))
        assert large[-1] > figures.run(2, 0.0, seed).validation[-1] + 1
        assert large[-1] > large.min() + 5
        assert 51 < held_down.min() < held_down[-1] < 54
    for seed, best in enumerate((53.9, 54.0, 52.2, 51.5, 53.2)):
        assert figures.run(32, 0.0, seed).validation.min() == pytest.approx(best, abs=0.1)
    straight = numbers(figures.regression(2, 0.0, 0)[1])[-1]
    assert straight - 3 < small.validation.min() < straight


@pytest.mark.parametrize("step", [1, 3, 50])
@pytest.mark.parametrize("gradient", figures.GRADIENTS)
def test_a_step_of_adam_here_and_in_keras(gradient: float, step: int) -> None:
    w, optimizer = np.zeros(1), nnlib.Adam(learning_rate=1.0)
    m = v = there = 0.0
    for t in range(1, step + 1):
        before = w[0], there
        optimizer.step(w, np.array([gradient]))
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2  # as Keras writes it
        there -= np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (np.sqrt(v) + 1e-7)
    assert figures.adam_step(gradient, step, keras=False) == pytest.approx(before[0] - w[0], rel=1e-6)
    assert figures.adam_step(gradient, step, keras=True) == pytest.approx(before[1] - there, rel=1e-6)


def test_adam_epsilon_says_both_steps() -> None:
    assert figures.adam_epsilon(1e-6, 1)[1] == (
        "Step 1, a gradient of 1×10⁻⁶ in every step so far: "
        "nnlib's Adam moves by 0.990 η, Keras's Adam moves by 0.240 η."
    )


def test_results_of_keras_are_drawn_as_they_come() -> None:
    figure, caption = figures.scalars({"train": [3.0, 2, 1], "validation": [3.0, 1, 2]}, "cost")
    assert figure.axes[0].lines[2].get_xydata().tolist() == [[1, 1]]
    assert caption.startswith("Cost as read back from the event files")


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: figures.two_curves("no weights", True),
            "start is 'no weights'; one of 'the same weights', ",
        ),
        (lambda: figures.regression(2, 0.0, 3), "epoch is 3; one of 0, 1, 2, 5, 10, 20, 50, 100, 200 is"),
        (lambda: figures.regression(0, 0.0, 1), "a layer's size is 0"),
        (lambda: figures.regression(2, -1.0, 1), "l2 is -1"),
    ],
)
def test_bad_values_are_refused(draw: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        draw()
