"""Costs: values and gradients against scikit-learn, central differences, and the canonical pairs the long
way.
"""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numerics import Array, central_gradient
from scipy import special
from sklearn import metrics
from sklearn._loss import loss as sklearn_loss

from nnlib.activations import ACTIVATIONS
from nnlib.costs import COSTS
from nnlib.data import one_hot

RNG = np.random.default_rng(0)
N, OUTPUTS = 30, 4
REAL = RNG.normal(size=(N, OUTPUTS)), RNG.normal(size=(N, OUTPUTS))
YES_NO = RNG.uniform(0.01, 0.99, (N, OUTPUTS)), RNG.integers(0, 2, (N, OUTPUTS)).astype(float)
SHARES = YES_NO[0], RNG.uniform(size=(N, OUTPUTS))  # targets need not be 0 and 1
LABELS = RNG.integers(0, OUTPUTS, N)
CLASSES = special.softmax(REAL[0], axis=1), one_hot(LABELS, OUTPUTS)

#: Where each cost is looked at: activations and targets.
PLACES = [
    ("quadratic", REAL),
    ("mse", REAL),
    ("mae", REAL),
    ("binary_cross_entropy", YES_NO),
    ("binary_cross_entropy", SHARES),
    ("categorical_cross_entropy", CLASSES),
]


def of_one_example(name: str, a: Array, y: Array) -> float:
    """The cost as other packages compute it."""
    if name == "quadratic":
        return float(0.5 * metrics.mean_squared_error(y, a) * len(a))
    if name == "mse":
        return float(metrics.mean_squared_error(y, a))
    if name == "mae":
        return float(metrics.mean_absolute_error(y, a))
    if name == "binary_cross_entropy":
        # The Kullback-Leibler divergence of a from y, to which y's own entropy is added.
        shares, theirs = np.array([y, 1 - y]), np.array([a, 1 - a])
        return float((special.rel_entr(shares, theirs) + special.entr(shares)).sum())
    return float(metrics.log_loss(y[None], a[None]))


class TestValues:
    @pytest.mark.parametrize(("name", "place"), PLACES)
    def test_against_another_implementation(self, name: str, place: tuple[Array, Array]) -> None:
        A, Y = place
        expected = [of_one_example(name, a, y) for a, y in zip(A, Y, strict=True)]
        np.testing.assert_allclose(COSTS[name](A, Y), expected, rtol=1e-12)

    def test_binary_cross_entropy_adds_up_over_the_outputs(self) -> None:
        A, Y = YES_NO
        columns = [metrics.log_loss(Y[:, j], A[:, j], normalize=False) for j in range(OUTPUTS)]
        assert COSTS["binary_cross_entropy"](A, Y).sum() == pytest.approx(sum(columns), rel=1e-12)

    def test_categorical_cross_entropy_is_the_log_likelihood_of_the_right_class(self) -> None:
        A, Y = CLASSES
        expected = -np.log(A[np.arange(N), LABELS])
        np.testing.assert_allclose(COSTS["categorical_cross_entropy"](A, Y), expected, rtol=1e-14)

    def test_quadratic_is_half_the_sum_and_mse_the_mean_of_the_same_squares(self) -> None:
        A, Y = REAL
        np.testing.assert_allclose(COSTS["mse"](A, Y) * OUTPUTS / 2, COSTS["quadratic"](A, Y), rtol=1e-14)

    @pytest.mark.parametrize("name", ["quadratic", "mse", "mae"])
    def test_none_where_the_prediction_is_right(self, name: str) -> None:
        A = REAL[0]
        np.testing.assert_array_equal(COSTS[name](A, A), 0)
        np.testing.assert_array_equal(COSTS[name].prime(A, A), 0)

    def test_an_example_by_hand(self) -> None:
        A, Y = [[0.5, 0.25]], [[1, 0]]
        assert COSTS["quadratic"](A, Y) == pytest.approx(0.5 * (0.25 + 0.0625))
        assert COSTS["mse"](A, Y) == pytest.approx((0.25 + 0.0625) / 2)
        assert COSTS["mae"](A, Y) == pytest.approx((0.5 + 0.25) / 2)
        assert COSTS["binary_cross_entropy"](A, Y) == pytest.approx(-np.log(0.5) - np.log(0.75))
        assert COSTS["categorical_cross_entropy"](A, Y) == pytest.approx(-np.log(0.5))


class TestGradients:
    @pytest.mark.parametrize(("name", "place"), PLACES)
    def test_against_central_differences(self, name: str, place: tuple[Array, Array]) -> None:
        A, Y = place
        expected = central_gradient(lambda A: float(COSTS[name](A, Y).sum()), A, h=1e-6)
        np.testing.assert_allclose(COSTS[name].prime(A, Y), expected, rtol=2e-7, atol=1e-7)

    @pytest.mark.parametrize(
        ("name", "place", "theirs"),
        [
            ("quadratic", REAL, sklearn_loss.HalfSquaredError()),
            ("mae", REAL, sklearn_loss.AbsoluteError()),
            ("binary_cross_entropy", YES_NO, sklearn_loss.HalfBinomialLoss()),
            ("binary_cross_entropy", SHARES, sklearn_loss.HalfBinomialLoss()),
        ],
    )
    def test_by_the_weighted_input_against_scikit_learn(
        self, name: str, place: tuple[Array, Array], theirs: sklearn_loss.BaseLoss
    ) -> None:
        # Their losses take one output by its weighted input: here every entry is one, before a sigmoid or
        # nothing.
        Z, Y = REAL[0].reshape(-1, 1), place[1].reshape(-1, 1)
        f = ACTIVATIONS["sigmoid" if name == "binary_cross_entropy" else "linear"]
        A = f(Z)
        value, gradient = theirs.loss_gradient(Y[:, 0].copy(), Z[:, 0].copy())
        np.testing.assert_allclose(COSTS[name](A, Y), value, rtol=1e-10)
        np.testing.assert_allclose(
            f.vjp(COSTS[name].prime(A, Y), Z, A)[:, 0], gradient, rtol=1e-10, atol=1e-14
        )

    def test_of_softmax_and_categorical_cross_entropy_against_scikit_learn(self) -> None:
        Z, (A, Y) = REAL[0], CLASSES
        theirs = sklearn_loss.HalfMultinomialLoss(n_classes=OUTPUTS)
        value, gradient = theirs.loss_gradient(LABELS.astype(float), Z)
        cost = COSTS["categorical_cross_entropy"]
        np.testing.assert_allclose(cost(A, Y), value, rtol=1e-12)
        np.testing.assert_allclose(ACTIVATIONS["softmax"].vjp(cost.prime(A, Y), Z, A), gradient, atol=1e-14)

    @pytest.mark.parametrize(("name", "place"), PLACES)
    def test_shapes(self, name: str, place: tuple[Array, Array]) -> None:
        A, Y = place
        assert COSTS[name](A, Y).shape == (N,)
        assert COSTS[name].prime(A, Y).shape == (N, OUTPUTS)


class TestCanonicalPairs:
    def test_there_are_three(self) -> None:
        pairs = {(cost.canonical, name) for name, cost in COSTS.items() if cost.canonical}
        assert pairs == {
            ("linear", "quadratic"),
            ("sigmoid", "binary_cross_entropy"),
            ("softmax", "categorical_cross_entropy"),
        }

    @pytest.mark.parametrize(
        ("name", "Y"),
        [
            ("quadratic", REAL[1]),
            ("binary_cross_entropy", YES_NO[1]),
            ("binary_cross_entropy", SHARES[1]),
            ("categorical_cross_entropy", CLASSES[1]),
            ("categorical_cross_entropy", special.softmax(REAL[1], axis=1)),
        ],
    )
    def test_delta_is_a_minus_y_by_the_long_way_round_too(self, name: str, Y: Array) -> None:
        cost, Z = COSTS[name], REAL[0]
        f = ACTIVATIONS[cost.canonical or ""]
        A = f(Z)
        np.testing.assert_allclose(f.vjp(cost.prime(A, Y), Z, A), A - Y, rtol=1e-12, atol=1e-14)

    def test_softmax_needs_target_rows_that_sum_to_one(self) -> None:
        f, Z, Y = ACTIVATIONS["softmax"], REAL[0], YES_NO[1]
        A = f(Z)
        delta = f.vjp(COSTS["categorical_cross_entropy"].prime(A, Y), Z, A)
        np.testing.assert_allclose(delta, Y.sum(axis=1, keepdims=True) * A - Y, atol=1e-13)

    def test_w12_the_same_neuron_under_two_costs(self) -> None:
        # x = 1, y = 0: with the quadratic cost the slope by w is a f'(z), with cross-entropy a.
        sigmoid, Y = ACTIVATIONS["sigmoid"], np.zeros((3, 1))
        Z = np.array([[0.5], [2.0], [6.0]])
        A = sigmoid(Z)
        np.testing.assert_allclose(sigmoid.vjp(COSTS["quadratic"].prime(A, Y), Z, A), A * A * (1 - A))
        np.testing.assert_allclose(sigmoid.vjp(COSTS["binary_cross_entropy"].prime(A, Y), Z, A), A)


def binary(Z: Array, Y: Array) -> Array:
    """Binary cross-entropy from weighted inputs."""
    from_logits = COSTS["binary_cross_entropy"].from_logits
    assert from_logits is not None
    return from_logits(Z, Y)


def categorical(Z: Array, Y: Array) -> Array:
    """Categorical cross-entropy from weighted inputs."""
    from_logits = COSTS["categorical_cross_entropy"].from_logits
    assert from_logits is not None
    return from_logits(Z, Y)


class TestFromLogits:
    def test_only_the_entropies_have_them(self) -> None:
        assert {name for name, cost in COSTS.items() if cost.from_logits} == {
            "binary_cross_entropy",
            "categorical_cross_entropy",
        }

    @pytest.mark.parametrize(
        ("name", "Y"),
        [
            ("binary_cross_entropy", YES_NO[1]),
            ("binary_cross_entropy", SHARES[1]),
            ("categorical_cross_entropy", CLASSES[1]),
        ],
    )
    def test_same_as_the_value_where_nothing_is_clipped(self, name: str, Y: Array) -> None:
        cost = COSTS[name]
        assert cost.from_logits is not None
        Z = 3 * REAL[0]
        np.testing.assert_allclose(
            cost.from_logits(Z, Y), cost(ACTIVATIONS[cost.canonical or ""](Z), Y), rtol=1e-11
        )

    @given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=5), st.integers(0, 4))
    def test_against_scipy_anywhere(self, z: list[float], label: int) -> None:
        Z, Y = np.array([z]), one_hot([label % len(z)], len(z))
        expected = -(Y * special.log_expit(Z) + (1 - Y) * special.log_expit(-Z)).sum()
        assert binary(Z, Y)[0] == pytest.approx(expected, rel=1e-14)
        assert categorical(Z, Y)[0] == pytest.approx(
            -(Y * special.log_softmax(Z, axis=1)).sum(), rel=1e-12, abs=1e-12
        )

    @pytest.mark.parametrize("dtype", [np.float64, np.float32])
    def test_exact_at_a_thousand(self, dtype: type[np.floating]) -> None:
        Z = np.array([[1e3], [1e3], [-1e3], [-1e3]], dtype)
        Y = np.array([[0], [1], [0], [1]], dtype)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            np.testing.assert_array_equal(binary(Z, Y), [1e3, 0, 0, 1e3])
            both = np.array([[1e3, -1e3, 0], [1e3, -1e3, 0], [1e3, -1e3, 0]], dtype)
            np.testing.assert_array_equal(categorical(both, np.eye(3, dtype=dtype)), [0, 2e3, 1e3])
            assert binary(Z, Y).dtype == dtype
            assert categorical(both, np.eye(3, dtype=dtype)).dtype == dtype

    def test_a_small_cost_keeps_its_digits(self) -> None:
        np.testing.assert_allclose(
            binary(np.array([[40.0], [-40.0]]), np.array([[1.0], [0.0]])), np.exp(-40.0), rtol=1e-14
        )


class TestExtremes:
    @pytest.mark.parametrize("dtype", [np.float64, np.float32])
    @pytest.mark.parametrize("name", COSTS)
    def test_certain_and_wrong_is_large_and_finite(self, name: str, dtype: type[np.floating]) -> None:
        A, Y = np.array([[0, 1], [1, 0]], dtype), np.array([[1, 0], [1, 0]], dtype)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            value, gradient = COSTS[name](A, Y), COSTS[name].prime(A, Y)
        assert value.dtype == gradient.dtype == dtype
        assert np.isfinite(gradient).all()
        assert value[0] > 0.4 > 1e-6 > value[1] >= 0

    @pytest.mark.parametrize(("dtype", "outputs"), [(np.float64, 36.0437), (np.float32, 15.9424)])
    def test_activations_are_clipped_by_the_dtypes_smallest_step(
        self, dtype: type[np.floating], outputs: float
    ) -> None:
        A, Y = np.array([[0, 1]], dtype), np.array([[1, 0]], dtype)
        assert -np.log(np.finfo(dtype).eps) == pytest.approx(outputs, abs=1e-4)
        assert COSTS["categorical_cross_entropy"](A, Y)[0] == pytest.approx(outputs, abs=1e-4)
        assert COSTS["binary_cross_entropy"](A, Y)[0] == pytest.approx(2 * outputs, abs=1e-3)

    @pytest.mark.parametrize("name", ["quadratic", "mse", "mae"])
    def test_a_thousand_away(self, name: str) -> None:
        A, Y = np.array([[1e3, -1e3]]), np.zeros((1, 2))
        assert COSTS[name](A, Y)[0] == {"quadratic": 1e6, "mse": 1e6, "mae": 1e3}[name]

    def test_the_slope_of_mae_is_one_over_the_outputs_whatever_the_distance(self) -> None:
        A, Y = np.array([[1e3, -1e-3, 2.0]]), np.array([[0.0, 0.0, 2.0]])
        np.testing.assert_allclose(COSTS["mae"].prime(A, Y), [[1 / 3, -1 / 3, 0]])


class TestBadInput:
    @pytest.mark.parametrize("name", COSTS)
    @pytest.mark.parametrize(
        ("A", "Y", "message"),
        [
            (np.zeros((3, 1)), np.zeros(3), r"A has shape \(3, 1\) and Y \(3,\)"),
            (np.zeros((3, 2)), np.zeros((3, 1)), r"A has shape \(3, 2\) and Y \(3, 1\)"),
            (np.zeros(3), np.zeros(3), r"A has shape \(3,\) and Y \(3,\)"),
            (0.5, 1, r"A has shape \(\) and Y \(\)"),
        ],
    )
    def test_shapes_that_would_broadcast_are_refused(
        self, name: str, A: Array, Y: Array, message: str
    ) -> None:
        expected = r"; two matrices of one shape \(examples, outputs\) are expected$"
        with pytest.raises(ValueError, match=f"^{message}{expected}"):
            COSTS[name](A, Y)

    def test_each_stands_under_its_own_name(self) -> None:
        assert all(name == cost.name for name, cost in COSTS.items())
