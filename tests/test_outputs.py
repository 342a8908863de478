"""Which activations, costs and targets go together, and which class they name, as accuracy counts it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

import nnlib
from nnlib import ACTIVATIONS, COSTS, Activation, Network, outputs


def says(output: str, cost: str, sizes: list[int], *weights: float) -> Network:
    """A network of one layer without biases, whose weights are given."""
    net = Network(sizes, output=output, cost=cost, init="zeros")
    net.W[1] = np.reshape(weights, (sizes[1], sizes[0]))
    return net


def accuracy(net: Network, X: list[list[float]], Y: list[list[float]]) -> float | None:
    """What ``fit`` reports of a network that it does not move."""
    still = nnlib.GradientDescent(1e-300)
    return nnlib.fit(net, X, Y, epochs=1, optimizer=still, validation=(X, Y)).val_accuracy[0]


class TestSeveralYesOrNo:
    net = says("sigmoid", "binary_cross_entropy", [1, 2], 9, 9)

    def test_two_that_are_right_are_all_right(self) -> None:
        assert accuracy(self.net, [[1]], [[1, 1]]) == 1

    def test_each_row_of_the_four(self) -> None:
        net = says("sigmoid", "binary_cross_entropy", [2, 2], 9, -5, -5, 9)
        X = [[0, 0], [0, 1], [1, 0], [1, 1]]
        Y = np.array(X)
        Y[0] = 1  # σ(0) = ½ is at the middle, and so a yes
        np.testing.assert_array_equal(net.classify(X), Y)
        assert accuracy(net, X, Y.tolist()) == 1

    def test_it_counts_answers_and_not_rows(self) -> None:
        assert accuracy(self.net, [[1], [1]], [[1, 0], [1, 1]]) == 0.75

    def test_fit_and_classify_agree(self) -> None:
        rng = np.random.default_rng(0)
        X, Y = rng.normal(size=(40, 3)), rng.integers(0, 2, (40, 4)).astype(float)
        net = Network([3, 4], cost="binary_cross_entropy", rng=0)
        history = nnlib.fit(net, X, Y, epochs=3, validation=(X, Y), rng=0)
        assert history.val_accuracy[-1] == (net.classify(X) == Y).mean()


class TestOneOutput:
    @pytest.mark.parametrize("cost", ["quadratic", "mse", "mae"])
    def test_tanh_with_targets_0_and_1_is_refused_with_the_cure(self, cost: str) -> None:
        net = says("tanh", cost, [1, 1], 0.009)
        cure = "the targets are 0 and 1, and tanh reaches from -1 to 1; use targets -1 and 1, or a sigmoid"
        for Y in ([[0.0], [1.0]], [[0.0], [0.0]]):
            with pytest.raises(ValueError, match=f"^{cure}"):
                nnlib.fit(net, [[1.0], [1.0]], Y, epochs=1)

    def test_tanh_with_targets_of_both_signs(self) -> None:
        net = says("tanh", "quadratic", [1, 1], 0.009)
        assert accuracy(net, [[1.0], [-1.0]], [[1.0], [-1.0]]) == 1

    @pytest.mark.parametrize("output", [name for name, f in ACTIVATIONS.items() if not f.bounded])
    def test_an_amount_names_no_class(self, output: str) -> None:
        net = says(output, "quadratic", [1, 1], 0.009)
        with pytest.raises(
            ValueError, match=f"^a {output} output predicts an amount.* threshold of your own$"
        ):
            net.classify([[1.0]])
        assert accuracy(net, [[1.0]], [[0.0]]) is None

    def test_amounts_have_no_accuracy(self) -> None:
        assert accuracy(says("tanh", "quadratic", [1, 1], 1), [[1.0], [2.0]], [[0.3], [-1.0]]) is None
        assert accuracy(says("sigmoid", "quadratic", [1, 1], 1), [[1.0]], [[0.3]]) is None


class TestOneOfMany:
    @pytest.mark.parametrize("cost", ["quadratic", "mse"])
    def test_one_hot_rows(self, cost: str) -> None:
        net = says("sigmoid", cost, [2, 2], 1, 0, 0, 1)
        assert accuracy(net, [[2, 1], [1, 3]], [[1, 0], [1, 0]]) == 0.5

    def test_rows_with_two_classes_have_no_accuracy_where_one_is_asked_for(self) -> None:
        assert accuracy(says("sigmoid", "quadratic", [1, 2], 9, 9), [[1]], [[1, 1]]) is None

    def test_shares(self) -> None:
        net = says("softmax", "categorical_cross_entropy", [2, 2], 1, 0, 0, 1)
        assert accuracy(net, [[2, 1], [1, 3]], [[0.6, 0.4], [0.9, 0.1]]) == 0.5


class TestNamesDoNotMatter:
    def test_a_sigmoid_of_the_readers_own(self) -> None:
        mine = Activation("logistic", special.expit, lambda z, a: a * (1 - a), range=(0, 1))
        X, Y = [[0.0], [1.0]], [[0.0], [1.0]]
        for sizes in ([1, 1], [1, 3, 1]):
            nets = [Network(sizes, output=f, cost="binary_cross_entropy", rng=0) for f in ("sigmoid", mine)]
            histories = [nnlib.fit(net, X, Y, epochs=5, rng=0) for net in nets]
            np.testing.assert_allclose(histories[0].cost, histories[1].cost, rtol=1e-9)
            assert histories[0].accuracy == histories[1].accuracy
            assert not nets[1].canonical

    def test_an_identity_that_is_called_sigmoid(self) -> None:
        false = Activation("sigmoid", lambda z: z.copy(), lambda z, a: np.ones_like(z))
        with pytest.raises(ValueError, match="binary_cross_entropy expects outputs between 0 and 1"):
            Network([1, 1], output=false, cost="binary_cross_entropy")

    @pytest.mark.parametrize("name", ACTIVATIONS)
    def test_the_range_is_where_the_values_are(self, name: str) -> None:
        z = np.linspace(-30, 30, 2001)[:, None] * np.ones(2)
        low, high = ACTIVATIONS[name].range
        a = ACTIVATIONS[name](z)
        assert low <= a.min()
        assert a.max() <= high
        if ACTIVATIONS[name].elementwise:
            for end, reached in ((low, a.min()), (high, a.max())):
                assert abs(reached - end) < 1e-9 if np.isfinite(end) else True

    @pytest.mark.parametrize("name", COSTS)
    def test_a_cost_is_finite_and_sloping_in_its_range(self, name: str) -> None:
        cost = COSTS[name]
        low, high = np.clip(cost.range, -3, 3)
        A, Y = np.full((1, 2), (low + high) / 2), np.array([[0.0, 1.0]])
        assert np.isfinite(cost(A, Y)).all()
        assert np.isfinite(cost.prime(A, Y)).all()
        assert outputs.classify(Y, ACTIVATIONS["sigmoid"], cost).shape in ((1,), (1, 2))
