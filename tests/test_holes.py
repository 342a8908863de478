"""Where a wrong line could once hide: ends of ranges, defaults, odd numbers of rows, a lone infinity."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import nnlib
from nnlib import SGD, Adam, Network, Perceptron, checks, schedules, training

NONE: dict[str, None] = dict.fromkeys(["optimizer", "validation", "rng", "patience", "each_epoch"])
ANY = {"range": (-np.inf, np.inf)}
#: Every default of the core's public functions: readers, chapters and exercises count on them.
DEFAULTS: dict[str, dict[str, Any]] = {
    "activations.Activation": ANY,
    "activations.Softmax": ANY,
    "activations.PReLU": ANY,
    "activations.leaky_relu": {"leak": 0.01},
    "activations.prelu": {"alpha": 0.25},
    "costs.Cost": {"canonical": None, "from_logits": None, "targets": "numbers"} | ANY,
    "data.split_rows": {"held_out": 0.2, "stratify": None, "rng": None},
    "data.moons": {"n": 200, "noise": 0.1, "rng": None},
    "data.spirals": {"n": 200, "noise": 0.05, "turns": 1.0, "rng": None},
    "data.blobs": {"n": 200, "classes": 2, "noise": 0.3, "rng": None},
    "initializers.constant": {"value": 0.0},
    "initializers.uniform": {"low": -1.0, "high": 1.0},
    "initializers.normal": {"sd": 1.0},
    "network.Network": {"hidden": "sigmoid", "output": "sigmoid", "cost": "quadratic", "init": "xavier"}
    | {"l2": 0.0, "rng": None, "dtype": float},
    "network.Network.copy": {"dtype": None},
    "optimizers.GradientDescent": {"learning_rate": 0.1, "momentum": 0.0},
    "optimizers.Adam": {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
    "perceptron.Perceptron": {"learning_rate": 1.0},
    "perceptron.Perceptron.fit": {"max_epochs": 100},
    "schedules.step_decay": {"factor": 0.5, "every": 10},
    "schedules.inverse_time_decay": {"decay": 0.1},
    "training.fit": {"epochs": 20, "batch_size": 32} | NONE,
    "training.gradient_check": {"epsilon": 1e-5},
}


def with_defaults() -> dict[str, dict[str, Any]]:
    """The defaults of each public function, class and method of the core that has any."""
    found: dict[str, dict[str, Any]] = {}
    for module in {name.split(".")[0] for name in DEFAULTS}:
        for name, value in vars(importlib.import_module(f"nnlib.{module}")).items():
            if "__mutmut" in name:  # a mutant beside the function that it is one of
                continue
            if name.startswith("_") or getattr(value, "__module__", None) != f"nnlib.{module}":
                continue
            callables = {f"{module}.{value.__name__}": value} if callable(value) else {}
            if inspect.isclass(value):
                own = inspect.getmembers(value, inspect.isfunction)
                callables |= {
                    f"{module}.{name}.{each}": f
                    for each, f in own
                    if each[0] != "_" and "__mutmut" not in each
                }
            for path, function in callables.items():
                given = inspect.signature(function).parameters.values()
                found[path] = {each.name: each.default for each in given if each.default is not each.empty}
    del found["training.History"]  # empty lists, which test_training reads
    return {path: defaults for path, defaults in found.items() if defaults}


def test_every_default() -> None:
    assert with_defaults() == DEFAULTS


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_lone_number_that_is_not_finite_is_found(value: float, place: int) -> None:
    array = np.array([[-1.0, 0.0, 1.0]])
    array[0, place] = value
    with pytest.raises(ValueError, match=rf"^X has {value} at index \(0, {place}\); finite numbers are"):
        checks.finite("X", array)
    checks.finite("X", np.array([-1.7e308, 1.7e308]))
    checks.finite("X", np.empty(0))


ENDS: dict[str, tuple[Callable[[float], object], list[float], list[float]]] = {
    "momentum": (lambda x: SGD(momentum=x), [0, 1], [-1e-9, 1 + 1e-9]),
    "learning_rate": (SGD, [5e-324, 1e300], [0, -1e-9]),
    "beta1": (lambda x: Adam(beta1=x), [0, 1 - 1e-9], [1, -1e-9]),
    "beta2": (lambda x: Adam(beta2=x), [0, 1 - 1e-9], [1, -1e-9]),
    "epsilon": (lambda x: Adam(epsilon=x), [0, 1e300], [-1e-9]),
    "factor": (lambda x: schedules.step_decay(0.1, x), [5e-324, 1], [0, 1 + 1e-9]),
    "every": (lambda x: schedules.step_decay(0.1, every=x), [1], [0]),  # type: ignore[arg-type]
    "decay": (lambda x: schedules.inverse_time_decay(0.1, x), [0], [-1e-9]),
    "start": (schedules.constant, [5e-324], [0]),
    "l2": (lambda x: Network([2, 1], l2=x), [0], [-1e-9]),
    "leak": (nnlib.activations.leaky_relu, [0, 1, 7], [-1e-9]),
    "sd": (nnlib.initializers.normal, [0], [-1e-9]),
    "high": (lambda x: nnlib.initializers.uniform(1, x), [1], [1 - 1e-9]),
    "noise": (lambda x: nnlib.moons(noise=x), [0], [-1e-9]),
    "turns": (lambda x: nnlib.spirals(turns=x), [0], [-1e-9]),
    "held_out": (lambda x: nnlib.split_rows(4, x), [0.25, 0.75], [-1e-9, 1 + 1e-9, 0, 1]),
    "n": (nnlib.moons, [2, 3], [1, 10_000_001]),  # type: ignore[dict-item]
    "n_classes": (lambda x: nnlib.one_hot([0], x), [1, 10_000_000], [0, 10_000_001]),  # type: ignore[arg-type]
    "rng": (lambda x: nnlib.moons(rng=x), [0, 2**70], [-1]),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", ENDS)
def test_the_ends_of_a_range(name: str) -> None:
    call, inside, outside = ENDS[name]
    for value in inside:
        call(value)
    for value in outside:
        with pytest.raises(ValueError, match=rf"^{name} is "):
            call(value)


@pytest.mark.parametrize("size", [1, 7, 32])
@pytest.mark.parametrize("n", [1, 2, 6, 8, 31, 32, 33, 63, 65])
def test_the_measured_cost_and_accuracy_of_any_number_of_rows(
    n: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MEASURED", 16)
    compare(n, size)


@pytest.mark.parametrize("n", [4095, 4096, 4097, 8500])
def test_the_measured_cost_and_accuracy_of_more_rows_than_are_measured_together(n: int) -> None:
    compare(n, 1000)


def compare(n: int, size: int) -> None:
    """An epoch's cost and accuracy are those of its batches, each taken with the network before its step."""
    X, labels = nnlib.moons(max(n, 2), noise=0.3, rng=3)
    X, Y = X[:n], nnlib.one_hot(labels[:n], 2)
    kinds: dict[str, Any] = {"output": "softmax", "cost": "categorical_cross_entropy", "l2": 0.01}
    net, twin = Network([2, 3, 2], "tanh", rng=0, **kinds), Network([2, 3, 2], "tanh", rng=0, **kinds)
    history = nnlib.fit(net, X, Y, epochs=1, batch_size=size, optimizer=SGD(0.5), rng=4)
    cost, right = 0.0, 0
    order = np.random.default_rng(4).permutation(n)
    for rows in np.split(order, range(size, n, size)):
        cost += twin.cost(X[rows], Y[rows]) * len(rows) / n
        right += int((twin.classify(X[rows]) == labels[:n][rows]).sum())
        SGD(0.5).step(twin.parameters, twin.backward(twin.forward(X[rows]), Y[rows]).flat)
    np.testing.assert_allclose(history.cost, [cost], rtol=1e-11)
    assert history.accuracy == [pytest.approx(right / n, rel=1e-12)]
    np.testing.assert_allclose(net.parameters, twin.parameters, rtol=1e-9, atol=1e-12)


def test_a_perceptron_before_it_has_seen_anything() -> None:
    fresh = Perceptron(2)
    assert (fresh.mistakes, fresh.updates, fresh.converged, fresh.negative) == ([], [], False, 0)
    np.testing.assert_array_equal(fresh.w, [0, 0])
    assert fresh.b == 0
    fresh.b = -1
    np.testing.assert_array_equal(fresh.predict([[0.0, 0.0]]), [0])


def test_what_a_failed_fit_leaves_of_a_perceptron() -> None:
    learned = Perceptron(1).fit([[0.0], [2.0]], [-1, 1])
    before = (learned.w.tolist(), learned.b, learned.mistakes, learned.updates, learned.negative)
    with pytest.raises(ValueError, match=r"^X reaches 1.7e\+308"):
        learned.fit([[1.7e308], [1.0]], [0, 1])
    with pytest.raises(ValueError, match=r"^y has shape"):
        learned.fit([[1.0], [1.0]], [0])
    assert (learned.w.tolist(), learned.b, learned.mistakes, learned.updates, learned.negative) == before


def test_the_softmax_of_a_vector_is_that_of_one_row() -> None:
    f, z = nnlib.ACTIVATIONS["softmax"], [2.0, 1.0, -1.0]
    assert f(z).shape == (3,)
    np.testing.assert_array_equal(f(z), f([z])[0])
    g = np.array([1.0, 0.0, 3.0])
    np.testing.assert_allclose(f.vjp(g, z, f(z)), f.vjp([g], [z], f([z]))[0], rtol=1e-15)


def test_logits_far_from_another_rows() -> None:
    cost, softmax = nnlib.COSTS["categorical_cross_entropy"], nnlib.ACTIVATIONS["softmax"]
    assert cost.from_logits is not None
    Z, Y = np.array([[0.0, 1.0], [1000.0, 1002.0], [-1000.0, -1003.0]]), np.array([[1.0, 0], [0, 1], [0, 1]])
    alone = [cost.from_logits(z[None], y[None])[0] for z, y in zip(Z, Y, strict=True)]
    np.testing.assert_allclose(cost.from_logits(Z, Y), alone, rtol=1e-12)
    np.testing.assert_allclose(alone, np.log1p(np.exp([1.0, -2.0, 3.0])), rtol=1e-12)
    np.testing.assert_allclose(softmax(Z), [softmax([z])[0] for z in Z], rtol=1e-12)


def test_targets_that_are_all_yes_are_no_mistake_under_tanh() -> None:
    net = Network([2, 3, 1], output="tanh", rng=0)
    assert nnlib.fit(net, np.ones((3, 2)), np.ones((3, 1)), epochs=1).accuracy[0] is not None
