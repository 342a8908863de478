"""Parameters live in one place, whatever a reader does with a network: copies, files, assignments."""

from __future__ import annotations

import copy
import io
import pickle
from collections.abc import Callable

import joblib
import numpy as np
import pytest

import nnlib
from nnlib import Network
from nnlib.schedules import inverse_time_decay, step_decay

X, LABELS = nnlib.moons(60, rng=0)
Y = LABELS[:, None].astype(float)


def through_joblib(net: Network) -> Network:
    file = io.BytesIO()
    joblib.dump(net, file)
    file.seek(0)
    twin: Network = joblib.load(file)
    return twin


WAYS: dict[str, Callable[[Network], Network]] = {
    "copy()": Network.copy,
    "copy.copy": copy.copy,
    "copy.deepcopy": copy.deepcopy,
    "pickle": lambda net: pickle.loads(pickle.dumps(net)),
    "joblib": through_joblib,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("hidden", ["tanh", "relu", "leaky_relu", "prelu", "swish"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_copy_learns_as_the_first_does_and_apart_from_it(way: str, hidden: str, dtype: type) -> None:
    net = Network([2, 5, 1], hidden, cost="binary_cross_entropy", l2=0.01, rng=0, dtype=dtype)
    nnlib.fit(net, X, Y, epochs=2, rng=0)
    before, twin = net.parameters.copy(), WAYS[way](net)
    np.testing.assert_array_equal(twin.parameters, before)
    assert twin.canonical == net.canonical
    history = nnlib.fit(twin, X, Y, epochs=30, rng=0)
    assert history.cost[-1] < 0.95 * history.cost[0]
    np.testing.assert_array_equal(net.parameters, before)
    np.testing.assert_array_equal(nnlib.fit(net, X, Y, epochs=30, rng=0).cost, history.cost)
    np.testing.assert_array_equal(net.predict(X), twin.predict(X))
    for each in (net, twin):
        assert all(np.shares_memory(array, each.parameters) for array in (*each.W, *each.b))


@pytest.mark.parametrize(
    "optimizer",
    [
        nnlib.Adam(),
        nnlib.GradientDescent(0.1, 0.9),
        nnlib.Adam(step_decay(0.1)),
        nnlib.SGD(inverse_time_decay(1)),
    ],
)
def test_an_optimizer_is_saved_with_its_steps(optimizer: nnlib.optimizers.Optimizer) -> None:
    w, g = np.ones(3), np.array([1.0, -2.0, 0.5])
    optimizer.step(w, g)
    twin, v = pickle.loads(pickle.dumps(optimizer)), w.copy()
    optimizer.step(w, g)
    twin.step(v, g)
    np.testing.assert_array_equal(v, w)


class TestAssigning:
    def net(self, seed: int = 0) -> Network:
        return Network([2, 3, 1], "prelu", rng=seed)

    def test_parameters_by_a_step_written_out(self) -> None:
        net, by_optimizer = self.net(), self.net()
        for _ in range(3):
            g = net.backward(net.forward(X), Y)
            net.parameters = net.parameters - 0.5 * g.flat
            nnlib.GradientDescent(0.5).step(
                by_optimizer.parameters, by_optimizer.backward(by_optimizer.forward(X), Y).flat
            )
        np.testing.assert_array_equal(net.predict(X), by_optimizer.predict(X))

    def test_in_place(self) -> None:
        net = self.net()
        net.parameters -= 0.1
        net.W[1] -= 0.1
        np.testing.assert_allclose(net.W[1], self.net().W[1] - 0.2)
        assert np.shares_memory(net.W[1], net.parameters)

    def test_the_best_so_far_is_kept_and_put_back(self) -> None:
        net = self.net()
        best, predictions = net.parameters.copy(), net.predict(X)
        nnlib.fit(net, X, Y, epochs=3)
        net.parameters = best
        np.testing.assert_array_equal(net.predict(X), predictions)
        nnlib.fit(net, X, Y, epochs=3)
        assert (best != net.parameters).any()

    @pytest.mark.parametrize("name", ["W", "b"])
    def test_all_layers_of_another_network(self, name: str) -> None:
        a, b = self.net(0), self.net(1)
        setattr(a, name, getattr(b, name))
        for mine, theirs in zip(getattr(a, name), getattr(b, name), strict=True):
            np.testing.assert_array_equal(mine, theirs)
            assert not np.shares_memory(mine, theirs)
            assert np.shares_memory(mine, a.parameters)

    @pytest.mark.parametrize(
        ("assign", "message"),
        [
            (
                lambda n: setattr(n, "parameters", [1, 2]),
                r"parameters was given shape \(2,\); \(14,\) is expected$",
            ),
            (lambda n: setattr(n, "parameters", np.full(14, np.nan)), r"parameters has nan at index \(0,\)"),
            (lambda n: setattr(n, "W", [np.ones((3, 2))]), "W was given 1 arrays; 2 are expected$"),
            (
                lambda n: setattr(n, "W", [np.ones((3, 2)), [[1, 2]]]),
                r"W\[2\] was given shape \(1, 2\); \(1, 3\)",
            ),
            (lambda n: setattr(n, "b", [np.ones(3), "x"]), r"b\[2\] cannot be read as numbers: "),
            (lambda n: n.W.__setitem__(1, 1.0), r"W\[1\] was given shape \(\); \(3, 2\) is expected$"),
        ],
    )
    def test_what_does_not_fit_is_refused_and_nothing_changed(
        self, assign: Callable[[Network], None], message: str
    ) -> None:
        net = self.net()
        before = net.parameters.copy()
        with pytest.raises(ValueError, match=f"^{message}"):
            assign(net)
        np.testing.assert_array_equal(net.parameters, before)


class TestPasses:
    @pytest.mark.parametrize("hidden", ["sigmoid", "relu", "prelu"])
    def test_a_pass_of_another_network_of_the_same_sizes_is_refused(self, hidden: str) -> None:
        a, b = Network([2, 3, 1], hidden, rng=0), Network([2, 3, 1], hidden, rng=1)
        with pytest.raises(
            ValueError, match=r"^the pass is not of this network as it is now \(layer 1 differs\)"
        ):
            a.backward(b.forward(X), Y)

    def test_a_pass_from_before_a_step_is_refused(self) -> None:
        net = Network([2, 3, 1], rng=0)
        p = net.forward(X)
        net.W[2] = net.W[2] + 0.1
        with pytest.raises(ValueError, match=r"\(layer 2 differs\); run p = net.forward\(X\) again"):
            net.backward(p, Y)

    def test_what_is_no_pass(self) -> None:
        with pytest.raises(ValueError, match=r"^p is a ndarray; a pass is expected, as p = net.forward\(X\)"):
            Network([2, 1]).backward(X, Y)  # type: ignore[arg-type]
