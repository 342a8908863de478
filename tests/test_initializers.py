"""Starting weights: their distribution, their shape, bad input."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import nnlib
from nnlib.initializers import INITIALIZERS, Initializer, constant, he, normal, uniform, xavier

N_OUT, N_IN = 40, 500  # unequal, so that taking one for the other shows


@pytest.mark.parametrize("name", INITIALIZERS)
def test_shape_and_seed(name: str) -> None:
    first, again, other = (INITIALIZERS[name](np.random.default_rng(seed), N_OUT, N_IN) for seed in (0, 0, 1))
    assert first.shape == (N_OUT, N_IN)
    np.testing.assert_array_equal(first, again)
    assert (first != other).any() == (name != "zeros")


@pytest.mark.parametrize(
    ("init", "distribution"),
    [
        (INITIALIZERS["uniform"], stats.uniform(-1, 2)),
        (INITIALIZERS["normal"], stats.norm(0, 1)),
        (uniform(-0.1, 0.3), stats.uniform(-0.1, 0.4)),
        (normal(0.2), stats.norm(0, 0.2)),
        (xavier, stats.norm(0, np.sqrt(2 / (N_IN + N_OUT)))),
        (he, stats.norm(0, np.sqrt(2 / N_IN))),
    ],
)
def test_distribution(init: Initializer, distribution: stats.distributions.rv_frozen) -> None:
    weights = init(np.random.default_rng(0), N_OUT, N_IN).ravel()  # 20,000: an sd 2 % off is found
    assert stats.kstest(weights, distribution.cdf).pvalue > 0.01
    assert weights.std() == pytest.approx(distribution.std(), rel=0.015)


def test_the_fan_in_is_the_layer_before() -> None:
    net = nnlib.Network([400, 100, 50], hidden="relu", init="he", rng=0)
    assert net.W[1].std() == pytest.approx(np.sqrt(2 / 400), rel=0.02)
    assert net.W[2].std() == pytest.approx(np.sqrt(2 / 100), rel=0.04)


def test_constants() -> None:
    rng = np.random.default_rng(0)
    np.testing.assert_array_equal(INITIALIZERS["zeros"](rng, 2, 3), np.zeros((2, 3)))
    np.testing.assert_array_equal(constant(0.5)(rng, 2, 3), np.full((2, 3), 0.5))


def test_he_keeps_the_second_moment_through_relu_layers_and_xavier_halves_it() -> None:
    X = np.random.default_rng(0).normal(size=(50, 300))
    for init, per_layer in (("he", 1.0), ("xavier", 0.5)):
        net = nnlib.Network([300] * 7, hidden="relu", output="relu", cost="mse", init=init, rng=1)
        moments = [float((a**2).mean()) for a in net.forward(X).A]
        # Six layers: the second moment of what a ReLU layer's neurons sum up.
        assert (moments[-1] / moments[1]) ** (1 / 5) == pytest.approx(per_layer, rel=0.08)


def test_equal_weights_keep_the_hidden_neurons_of_a_layer_equal_for_ever() -> None:
    X, labels = nnlib.moons(60, rng=0)
    for init, rows in ((constant(0.3), 1), (normal(0.3), 4)):
        net = nnlib.Network([2, 4, 1], hidden="tanh", cost="binary_cross_entropy", init=init, rng=0)
        nnlib.fit(net, X, labels[:, None], epochs=5, rng=0)
        assert len(np.unique(net.W[1].round(12), axis=0)) == rows


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: normal(-1), "sd is -1; a number at least 0 is expected"),
        (lambda: normal(np.inf), "sd is inf; a number at least 0 is expected"),
        (lambda: uniform(1, 0), "high is 0; a number at least 1 is expected"),
        (lambda: uniform(np.nan), "low is nan; a finite number is expected"),
        (lambda: constant(-np.inf), "value is -inf; a finite number is expected"),
    ],
)
def test_bad_input(make: object, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        make()  # type: ignore[operator]
