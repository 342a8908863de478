"""Networks that train at once as they would one by one, and long runs that were trained once and kept."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from benchmarked import benchmark
from numpy.testing import assert_allclose

import nnlib
from nnlib.figures import runs

KEPT = runs.stored("long_runs")
#: By how much a kept number may differ from one that is trained again, elsewhere: this, or a tenth.
APART = 0.05
#: Of single starts: equal weights learn by what rounding makes of them.
MORE = {"digits: judged_once": 5, "digits: equal_weights": 15}
MORE |= {"vanishing_gradients: hits": 10, "vanishing_gradients: right_after": 10}


@pytest.mark.parametrize("optimizer", [nnlib.GradientDescent(0.1), nnlib.Adam(0.003)], ids=["plain", "adam"])
@pytest.mark.parametrize("kind", ["softmax", "sigmoid", "linear"])
def test_networks_that_train_at_once_take_the_steps_of_fit(optimizer: nnlib.Optimizer, kind: str) -> None:
    cost = {"softmax": "categorical_cross_entropy", "sigmoid": "binary_cross_entropy", "linear": "quadratic"}
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(50, 4)), rng.integers(0, 2, (50, 3)).astype(float)
    if kind == "softmax":
        Y = nnlib.one_hot(rng.integers(0, 3, 50), 3)
    how: dict[str, Any] = {"output": kind, "cost": cost[kind], "l2": 0.01}
    nets = [nnlib.Network([4, 6, 5, 3], "tanh", **how, rng=seed) for seed in range(3)]
    alone = [net.copy() for net in nets]
    for seed, net in enumerate(alone):
        nnlib.fit(net, X, Y, epochs=4, batch_size=8, optimizer=optimizer, rng=seed)
    assert runs.trained_together(nets, X, Y, 4, optimizer, range(3), batch_size=8) is nets
    for net, other in zip(nets, alone, strict=True):
        assert_allclose(net.parameters, other.parameters, atol=1e-11)


def test_what_was_not_kept_is_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    @runs.trained_once("book")
    def train(layers: list[int], rate: float = 0.1) -> list[float]:
        calls.append((layers, rate))
        return [rate]

    kept = {
        "book: train": {runs.call_key([[2, 1]], {}): [7.0], runs.call_key([[2, 1]], {"rate": 0.3}): [8.0]}
    }
    monkeypatch.setattr(runs, "_long_runs", lambda: kept)
    assert train([2, 1]) == [7.0]
    assert train((2, 1), rate=0.3) == [8.0]  # type: ignore[arg-type]
    assert not calls
    assert train([2, 1], 0.2) == [0.2]
    with runs.training_again() as found:
        assert train([2, 1]) == train([2, 1]) == [0.1]
    assert calls == [([2, 1], 0.2), ([2, 1], 0.1)]
    assert found == {"book: train": {runs.call_key([[2, 1]], {}): [0.1]}}
    assert train([2, 1]) == [7.0]


def test_every_function_that_keeps_its_runs_has_some() -> None:
    assert benchmark("long_runs").chapters() == sorted({name.split(":")[0] for name in KEPT})
    assert all(KEPT.values())


@cache
def names(chapter: str) -> dict[str, Any]:
    """Of the chapter's cells and of its figures: each function sees what was there at the end."""
    return vars(import_module(f"nnlib.figures.{chapter}")) | benchmark("long_runs").executed(chapter)


@pytest.mark.parametrize("name", KEPT)
def test_a_run_that_is_trained_again_finds_what_was_kept(name: str) -> None:
    chapter, function = name.split(": ")
    train = names(chapter)[function]
    arguments, named, kept = min(KEPT[name], key=lambda call: len(str(call)))
    with runs.training_again():
        found = train(*arguments, **named)
    if name == "digits: misread":  # row numbers: most of the same, and about as many
        assert len(set(found) & set(kept)) > 0.6 * max(len(found), len(kept))
    else:
        assert_allclose(flat(found), flat(kept), rtol=0.1, atol=MORE.get(name, APART))


def flat(result: Any) -> list[float]:
    if isinstance(result, (list, tuple)):
        return [number for one in result for number in flat(one)]
    return flat(list(result.values())) if isinstance(result, dict) else [float(result)]
