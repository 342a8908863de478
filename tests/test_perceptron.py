"""The perceptron: what it learns, how many mistakes it may make, scikit-learn's beside it, bad input."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.linear_model import Perceptron as TheirPerceptron

import nnlib
from nnlib import Perceptron

Array = npt.NDArray[np.floating]


def separable(seed: int, n: int = 30, inputs: int = 3) -> tuple[Array, npt.NDArray[np.intp]]:
    """Points on the two sides of a random plane, none nearer to it than 0.2."""
    rng = np.random.default_rng(seed)
    X, w = rng.normal(size=(6 * n, inputs)), rng.normal(size=inputs)
    side = X @ w / np.linalg.norm(w) + 0.3
    far = np.abs(side) > 0.2
    return X[far][:n], (side[far][:n] > 0).astype(np.intp)


def novikoff(X: Array, labels: npt.NDArray[np.intp]) -> float:
    """(R / margin)^2 with the bias folded into the inputs, for the plane with the largest margin."""
    rows = np.column_stack([X, np.ones(len(X))])
    signs = np.where(labels == 1, 1, -1)[:, None]
    # The hard-margin support vector machine: the shortest w with y (w . x) >= 1; its margin is 1 / |w|.
    best = minimize(
        lambda w: w @ w / 2,
        np.zeros(rows.shape[1]),
        jac=lambda w: w,
        constraints={"type": "ineq", "fun": lambda w: (signs * rows) @ w - 1, "jac": lambda w: signs * rows},
        method="SLSQP",
        options={"maxiter": 500},
    )
    assert best.success
    return float((rows**2).sum(axis=1).max() * (best.x @ best.x))


class TestGates:
    @pytest.mark.parametrize("name", ["AND", "OR"])
    def test_and_and_or_are_learned(self, name: str) -> None:
        X, labels = nnlib.gate(name)
        p = Perceptron(2).fit(X, labels)
        assert p.converged
        assert p.mistakes[-1] == 0
        np.testing.assert_array_equal(p.predict(X), labels)

    def test_xor_never_is(self) -> None:
        X, labels = nnlib.gate("XOR")
        p = Perceptron(2).fit(X, labels, max_epochs=500)
        assert not p.converged
        assert len(p.mistakes) == 500
        assert min(p.mistakes) > 0

    def test_and_may_take_51_mistakes_and_takes_18(self) -> None:
        X, labels = nnlib.gate("AND")
        assert novikoff(X, labels) == pytest.approx(51, rel=1e-5)
        assert sum(Perceptron(2).fit(X, labels).mistakes) == 18

    def test_a_learning_rate_of_a_tenth_rounds_ties_away(self) -> None:
        X, labels = nnlib.gate("AND")
        assert sum(Perceptron(2, learning_rate=0.1).fit(X, labels).mistakes) == 8

    @pytest.mark.parametrize("rate", [2.0**k for k in (-20, -3, 1, 10)])
    def test_from_zero_the_learning_rate_only_scales_the_weights(self, rate: float) -> None:
        X, labels = separable(seed=4)
        one, other = Perceptron(3).fit(X, labels), Perceptron(3, rate).fit(X, labels)
        assert one.mistakes == other.mistakes
        np.testing.assert_array_equal(other.w, rate * one.w)
        assert other.b == rate * one.b

    def test_by_hand(self) -> None:
        # OR: the row 00 is a tie, and so a mistake; 01 and 10 put their ones in; then 00 is wrong once more.
        X, labels = nnlib.gate("OR")
        p = Perceptron(2).fit(X, labels, max_epochs=2)
        assert p.mistakes == [3, 1]
        assert [(u.epoch, u.row, u.w.tolist(), u.b) for u in p.updates] == [
            (0, 0, [0, 0], -1),
            (0, 1, [0, 1], 0),
            (0, 2, [1, 1], 1),
            (1, 0, [1, 1], 0),
        ]
        assert type(p.b) is float  # a notebook shows 0.0, not np.float64(0.0)


class TestTheBound:
    @pytest.mark.parametrize("seed", range(12))
    def test_no_more_mistakes_than_novikoff_allows(self, seed: int) -> None:
        X, labels = separable(seed)
        p = Perceptron(3).fit(X, labels, max_epochs=10_000)
        assert p.converged
        assert sum(p.mistakes) <= novikoff(X, labels)
        np.testing.assert_array_equal(p.predict(X), labels)


class TestAgainstScikitLearn:
    @pytest.mark.parametrize("rate", [1.0, 0.5])
    @pytest.mark.parametrize("seed", range(6))
    def test_the_same_weights_epoch_by_epoch(self, seed: int, rate: float) -> None:
        X, labels = separable(seed)
        epochs = len(Perceptron(3, rate).fit(X, labels).mistakes)
        for n in range(1, epochs + 1):
            ours = Perceptron(3, rate).fit(X, labels, max_epochs=n)
            theirs = TheirPerceptron(eta0=rate, shuffle=False, tol=None, max_iter=n).fit(X, labels)
            np.testing.assert_allclose(ours.w, theirs.coef_[0], rtol=1e-12, atol=1e-14)
            assert ours.b == pytest.approx(theirs.intercept_[0], abs=1e-14)

    def test_where_no_plane_separates(self) -> None:
        rng = np.random.default_rng(0)
        X, labels = rng.normal(size=(40, 2)), rng.integers(0, 2, 40)
        ours = Perceptron(2).fit(X, labels, max_epochs=25)
        theirs = TheirPerceptron(shuffle=False, tol=None, max_iter=25).fit(X, labels)
        np.testing.assert_allclose(ours.w, theirs.coef_[0], rtol=1e-11)
        np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


class TestLabels:
    def test_both_kinds_give_the_same_weights(self) -> None:
        X, labels = separable(seed=2)
        zeros, minus = Perceptron(3).fit(X, labels), Perceptron(3).fit(X, 2 * labels - 1)
        np.testing.assert_array_equal(zeros.w, minus.w)
        assert zeros.mistakes == minus.mistakes

    def test_predictions_are_of_the_kind_that_was_learned(self) -> None:
        X, labels = nnlib.gate("AND")
        assert set(Perceptron(2).fit(X, labels).predict(X).tolist()) == {0, 1}
        assert set(Perceptron(2).fit(X, 2 * labels - 1).predict(X).tolist()) == {-1, 1}

    def test_a_point_on_the_line_counts_as_1(self) -> None:
        p = Perceptron(2)
        p.w, p.b = np.array([1.0, -1.0]), 0.0
        np.testing.assert_array_equal(p.predict([[2, 2], [1, 2], [2, 1]]), [1, 0, 1])

    def test_but_is_a_mistake_while_learning(self) -> None:
        p = Perceptron(1).fit([[0.0]], [1], max_epochs=1)
        assert p.mistakes == [1]
        assert p.b == 1

    def test_fitting_again_goes_on_from_the_weights_and_counts_anew(self) -> None:
        X, labels = nnlib.gate("AND")
        p = Perceptron(2).fit(X, labels)
        p.fit(X, labels)
        assert p.mistakes == [0]
        assert p.updates == []


class TestUpdates:
    @settings(max_examples=30)
    @given(st.integers(0, 10_000))
    def test_each_is_the_rule_applied_to_a_row_that_was_wrong(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        X, labels = rng.integers(-3, 4, (8, 2)).astype(float), rng.integers(0, 2, 8)
        p = Perceptron(2).fit(X, labels, max_epochs=6)
        w, b = np.zeros(2), 0.0
        for update in p.updates:
            sign = 1 if labels[update.row] else -1
            assert sign * (w @ X[update.row] + b) <= 0
            w, b = w + sign * X[update.row], b + sign
            np.testing.assert_array_equal(update.w, w)
            assert update.b == b
        np.testing.assert_array_equal(p.w, w)
        assert [sum(u.epoch == epoch for u in p.updates) for epoch in range(len(p.mistakes))] == p.mistakes

    def test_its_inputs_stay_as_they_are(self) -> None:
        X, labels = separable(seed=1)
        before = X.copy(), labels.copy()
        Perceptron(3).fit(X, labels)
        np.testing.assert_array_equal(X, before[0])
        np.testing.assert_array_equal(labels, before[1])


class TestBadInput:
    X, y = np.zeros((3, 2)), np.array([0, 1, 1])

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"n_inputs": 0}, "n_inputs is 0; a whole number of at least 1 is expected"),
            ({"n_inputs": 2.0}, r"n_inputs is 2\.0; a whole number of at least 1 is expected"),
            ({"n_inputs": 2, "learning_rate": 0}, "learning_rate is 0; a number above 0 is expected"),
            ({"n_inputs": 2, "learning_rate": np.nan}, "learning_rate is nan; a number above 0 is expected"),
        ],
    )
    def test_construction(self, arguments: dict[str, float], message: str) -> None:
        with pytest.raises(ValueError, match=f"^{message}$"):
            Perceptron(**arguments)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("X", "y", "message"),
        [
            (np.zeros((3, 5)), y, "X has 5 inputs a row; this perceptron expects 2"),
            (np.zeros(3), y, r"X has shape \(3,\); a matrix is expected, an example a row"),
            (np.zeros((0, 2)), [], "X has no rows; at least one example is expected"),
            ([[0, 1], [np.nan, 2]], [0, 1], r"X has nan at index \(1, 0\); finite numbers are expected"),
            (X, [0, 1], r"y has shape \(2,\); \(3,\) is expected, a label a row of X"),
            (X, [[0], [1], [1]], r"y has shape \(3, 1\); \(3,\) is expected"),
            (X, [0, 1, 2], r"y holds \[0, 1, 2\]; labels 0 and 1, or -1 and 1, are expected"),
            (X, [-1, 0, 1], r"y holds \[-1, 0, 1\]; labels 0 and 1, or -1 and 1, are expected"),
            (X, ["a", "b", "a"], r"y holds \['a', 'b'\]; labels 0 and 1"),
            (X, [None, 1, 0], r"y cannot be read as labels: it holds None at index \(0,\)"),
        ],
    )
    def test_fitting(self, X: Array, y: Array, message: str) -> None:
        with pytest.raises(ValueError, match=f"^{message}"):
            Perceptron(2).fit(X, y)

    def test_epochs(self) -> None:
        with pytest.raises(ValueError, match=r"^max_epochs is 0; a whole number of at least 1 is expected$"):
            Perceptron(2).fit(self.X, self.y, max_epochs=0)

    def test_predicting(self) -> None:
        with pytest.raises(ValueError, match=r"^X has 3 inputs a row; this perceptron expects 2$"):
            Perceptron(2).predict(np.zeros((1, 3)))
