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
    net = nnlib.Network([10, 8, 1], "relu", "linear", "quadratic", "he", l2=0.1, rng=0)
    inputs, targets = measured.transform(X[rows]), scored.transform(Y[rows])
    nnlib.fit(net, inputs, targets, 20, optimizer=nnlib.Adam(0.003), rng=0)
    predicted = scored.inverse_transform(net.predict(measured.transform(X)))
    caption = figures.regression(8, 0.1, 20)[1]
    off_held_back, off_rows = numbers(caption)[3:5]
    assert off_held_back == pytest.approx(
        root_mean_squared_error(Y[held_back], predicted[held_back]), abs=0.06
    )
    assert off_rows == pytest.approx(root_mean_squared_error(Y[rows], predicted[rows]), abs=0.06)
    straight = LinearRegression().fit(X[rows], Y[rows]).predict(X[held_back])
    guess, linear = numbers(caption)[-2:]
    assert linear == pytest.approx(root_mean_squared_error(Y[held_back], straight), abs=0.06)
    assert guess == pytest.approx(np.sqrt(((Y[held_back] - Y[rows].mean()) ** 2).mean()), abs=0.06)


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
    figure, caption = figures.side_by_side([1.0, 0.5], [1.0, 0.4])
    line, circles = figure.axes[0].lines
    assert list(line.get_ydata()) == [1.0, 0.5]
    assert list(circles.get_ydata()) == [1.0, 0.4]
    assert "nnlib ends at 0.500, Keras at 0.400, at most 0.1 apart" in caption
    figure, caption = figures.scalars({"train": [3.0, 2, 1], "validation": [3.0, 1, 2]}, "cost")
    assert figure.axes[0].lines[2].get_xydata().tolist() == [[1, 1]]
    assert caption.startswith("Cost as read back from the event files")


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: figures.regression(2, 0.0, 3), "epoch is 3; one of 0, 1, 2, 5, 10, 20, 50, 100, 200 is"),
        (lambda: figures.regression(0, 0.0, 1), "a layer's size is 0"),
        (lambda: figures.regression(2, -1.0, 1), "l2 is -1"),
    ],
)
def test_bad_values_are_refused(draw: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        draw()
