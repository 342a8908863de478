"""Activations: values and slopes against scipy, central differences, complex steps; extremes; bad input."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numerics import Array, central_gradient, central_slope, complex_slope
from scipy import special
from sklearn.neural_network._base import DERIVATIVES

from nnlib.activations import ACTIVATIONS, Activation, PReLU, leaky_relu, prelu

ELEMENTWISE = [name for name in ACTIVATIONS if name != "softmax"]
DTYPES = [np.float64, np.float32]

#: Value and slope, written in another way than in nnlib.
REFERENCE: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "step": (lambda z: np.heaviside(z, 1), np.zeros_like),
    "linear": (lambda z: z, np.ones_like),
    "sigmoid": (special.expit, lambda z: special.expit(z) * special.expit(-z)),
    "tanh": (lambda z: np.sinh(z) / np.cosh(z), lambda z: np.cosh(z) ** -2),
    "relu": (lambda z: (z + np.abs(z)) / 2, lambda z: np.heaviside(z, 0)),
    "leaky_relu": (lambda z: np.maximum(z, 0.01 * z), lambda z: 0.01 + 0.99 * np.heaviside(z, 0)),
    "prelu": (lambda z: np.maximum(z, 0.25 * z), lambda z: 0.25 + 0.75 * np.heaviside(z, 0)),
    "swish": (
        lambda z: z * special.expit(z),
        lambda z: special.expit(z) * (1 + z * special.expit(-z)),
    ),
}

RANGES = {
    "step": (0, 1),
    "sigmoid": (0, 1),
    "tanh": (-1, 1),
    "relu": (0, np.inf),
    "swish": (-0.278465, np.inf),  # -W(1/e), Lambert's W
}

#: No kink, none of them 0: 0.05 apart, and far enough from 0 for a central difference.
POINTS = np.linspace(-12, 12, 480)


def slope(name: str, z: Array) -> Array:
    f = ACTIVATIONS[name]
    return f.prime(z, f(z))


class TestValuesAndSlopes:
    @pytest.mark.parametrize("name", REFERENCE)
    def test_value_against_another_implementation(self, name: str) -> None:
        np.testing.assert_allclose(
            ACTIVATIONS[name](POINTS), REFERENCE[name][0](POINTS), rtol=1e-10, atol=1e-15
        )

    @pytest.mark.parametrize("name", REFERENCE)
    def test_slope_against_another_implementation(self, name: str) -> None:
        np.testing.assert_allclose(slope(name, POINTS), REFERENCE[name][1](POINTS), rtol=1e-9, atol=1e-15)

    @pytest.mark.parametrize("name", ["linear", "sigmoid", "tanh", "swish"])
    def test_slope_against_a_complex_step(self, name: str) -> None:
        np.testing.assert_allclose(
            slope(name, POINTS), complex_slope(ACTIVATIONS[name].f, POINTS), rtol=1e-9, atol=1e-15
        )

    @pytest.mark.parametrize(
        ("name", "theirs"),
        [("linear", "identity"), ("sigmoid", "logistic"), ("tanh", "tanh"), ("relu", "relu")],
    )
    def test_vjp_against_scikit_learn(self, name: str, theirs: str) -> None:
        f, g = ACTIVATIONS[name], np.random.default_rng(0).normal(size=POINTS.shape)
        a, expected = f(POINTS), g.copy()
        DERIVATIVES[theirs](a, expected)  # multiplies in place
        np.testing.assert_allclose(f.vjp(g, POINTS, a), expected, rtol=1e-14)

    @pytest.mark.parametrize(
        ("name", "value", "at_zero"),
        [
            ("step", 1, 0),
            ("sigmoid", 0.5, 0.25),
            ("tanh", 0, 1),
            ("relu", 0, 0),
            ("leaky_relu", 0, 0.01),
            ("prelu", 0, 0.25),
            ("swish", 0, 0.5),
        ],
    )
    def test_at_zero(self, name: str, value: float, at_zero: float) -> None:
        zero = np.zeros(1)
        assert ACTIVATIONS[name](zero) == value
        assert slope(name, zero) == at_zero

    def test_the_sigmoids_slope_is_largest_at_zero(self) -> None:
        z = np.linspace(-5, 5, 1001)
        assert slope("sigmoid", z).max() == 0.25
        assert z[slope("sigmoid", z).argmax()] == pytest.approx(0)

    def test_tanh_is_a_sigmoid_stretched(self) -> None:
        np.testing.assert_allclose(
            ACTIVATIONS["tanh"](POINTS), 2 * ACTIVATIONS["sigmoid"](2 * POINTS) - 1, atol=1e-15
        )


class TestShape:
    @pytest.mark.parametrize("name", ["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "prelu"])
    @given(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)))
    def test_never_falls(self, name: str, pair: tuple[float, float]) -> None:
        low, high = ACTIVATIONS[name](sorted(pair))
        assert low <= high

    @pytest.mark.parametrize("name", RANGES)
    @given(st.floats(-1e3, 1e3))
    def test_stays_in_its_range(self, name: str, z: float) -> None:
        low, high = RANGES[name]
        assert low <= ACTIVATIONS[name]([z])[0] <= high

    @pytest.mark.parametrize("name", ACTIVATIONS)
    def test_keeps_the_shape_and_its_input(self, name: str) -> None:
        z = np.random.default_rng(0).normal(size=(3, 4))
        before = z.copy()
        a = ACTIVATIONS[name](z)
        assert a.shape == (3, 4)
        assert not np.shares_memory(a, z)
        np.testing.assert_array_equal(z, before)

    @pytest.mark.parametrize("name", ACTIVATIONS)
    def test_whole_numbers_are_read_as_floats(self, name: str) -> None:
        np.testing.assert_array_equal(ACTIVATIONS[name]([[-2, 0, 3]]), ACTIVATIONS[name]([[-2.0, 0.0, 3.0]]))

    @pytest.mark.parametrize("name", ["leaky_relu", "prelu"])
    def test_a_slope_at_whole_numbers_is_not_cut_to_one(self, name: str) -> None:
        z = np.array([-2, 3])
        np.testing.assert_array_equal(
            ACTIVATIONS[name].prime(z, z), ACTIVATIONS[name].prime(z * 1.0, z * 1.0)
        )


class TestExtremes:
    @pytest.mark.parametrize("dtype", DTYPES)
    @pytest.mark.parametrize("name", ACTIVATIONS)
    def test_far_out_nothing_warns_and_all_is_finite(self, name: str, dtype: type[np.floating]) -> None:
        f, z = ACTIVATIONS[name], np.array([[-1e3, 1e3], [0, -1e3], [1e-30, 1e3]], dtype)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            a = f(z)
            delta = f.vjp(np.ones_like(a), z, a)
        assert np.isfinite(a).all()
        assert np.isfinite(delta).all()

    @pytest.mark.parametrize("dtype", DTYPES)
    @pytest.mark.parametrize("name", ACTIVATIONS)
    def test_the_dtype_is_kept(self, name: str, dtype: type[np.floating]) -> None:
        f, z = ACTIVATIONS[name], np.linspace(-2, 2, 6, dtype=dtype).reshape(2, 3)
        a = f(z)
        assert a.dtype == dtype
        assert f.vjp(np.ones_like(a), z, a).dtype == dtype

    @pytest.mark.parametrize(
        ("name", "far_left", "far_right"),
        [("step", 0, 1), ("sigmoid", 0, 1), ("tanh", -1, 1), ("relu", 0, 1e3), ("swish", 0, 1e3)],
    )
    def test_limits(self, name: str, far_left: float, far_right: float) -> None:
        np.testing.assert_array_equal(ACTIVATIONS[name]([-1e3, 1e3]), [far_left, far_right])

    @pytest.mark.parametrize("name", ["sigmoid", "tanh"])
    def test_far_out_they_have_no_slope_left(self, name: str) -> None:
        np.testing.assert_array_equal(slope(name, np.array([-1e3, 1e3])), 0)

    @pytest.mark.parametrize("name", [name for name in ELEMENTWISE if name != "step"])
    def test_nan_is_not_hidden(self, name: str) -> None:
        assert np.isnan(ACTIVATIONS[name]([np.nan])).all()


class TestSoftmax:
    f = ACTIVATIONS["softmax"]
    rng = np.random.default_rng(1)

    def test_w1_and_w5_on_the_slides(self) -> None:
        a = self.f([[2, 1, -1]])[0]
        np.testing.assert_allclose(a, [0.7054, 0.2595, 0.0351], atol=5e-5)
        np.testing.assert_allclose(a.round(2), [0.71, 0.26, 0.04])
        assert a.sum() == pytest.approx(1, abs=1e-15)

    @given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=6), st.floats(-1e3, 1e3))
    def test_against_scipy_and_blind_to_a_shift(self, z: list[float], shift: float) -> None:
        a = self.f([z])
        np.testing.assert_allclose(a, special.softmax([z], axis=1), rtol=1e-12, atol=1e-300)
        np.testing.assert_allclose(self.f([np.array(z) + shift]), a, atol=1e-12)
        assert a.sum() == pytest.approx(1, abs=1e-14)

    def test_two_outputs_are_a_sigmoid_of_their_difference(self) -> None:
        z = self.rng.normal(size=(20, 2))
        np.testing.assert_allclose(self.f(z)[:, 1], special.expit(z[:, 1] - z[:, 0]), rtol=1e-13)

    def test_vjp_against_the_jacobian_written_out(self) -> None:
        z, g = self.rng.normal(size=(7, 4)), self.rng.normal(size=(7, 4))
        a = self.f(z)
        for delta, row, gradient in zip(self.f.vjp(g, z, a), a, g, strict=True):
            jacobian = np.diag(row) - np.outer(row, row)
            np.testing.assert_allclose(delta, gradient @ jacobian, rtol=1e-12, atol=1e-15)

    def test_vjp_against_central_differences_and_a_complex_step(self) -> None:
        z, g = self.rng.normal(size=(1, 5)), self.rng.normal(size=(1, 5))
        delta = self.f.vjp(g, z, self.f(z))
        np.testing.assert_allclose(
            delta, central_gradient(lambda z: float((g * self.f(z)).sum()), z), atol=1e-10
        )
        by_step = [(g * self.f.f(z + 1e-30j * e)).sum().imag / 1e-30 for e in np.eye(5)]
        np.testing.assert_allclose(delta[0], by_step, rtol=1e-12, atol=1e-16)

    def test_no_output_gains_without_another_losing(self) -> None:
        z, g = self.rng.normal(size=(7, 4)), self.rng.normal(size=(7, 4))
        np.testing.assert_allclose(self.f.vjp(g, z, self.f(z)).sum(axis=1), 0, atol=1e-15)

    def test_it_has_no_elementwise_slope(self) -> None:
        z = np.zeros((1, 2))
        with pytest.raises(ValueError, match=r"^softmax has a Jacobian, not an elementwise slope: use vjp"):
            self.f.prime(z, z)


class TestLeaks:
    @pytest.mark.parametrize("leak", [0, 0.01, 0.2, 1])
    def test_the_leak_is_the_slope_on_the_left(self, leak: float) -> None:
        f, z = leaky_relu(leak), np.array([-3.0, 0.0, 2.0])
        np.testing.assert_allclose(f(z), [-3 * leak, 0, 2])
        np.testing.assert_array_equal(f.prime(z, f(z)), [leak, leak, 1])

    def test_prelu_follows_the_array_it_was_given(self) -> None:
        alpha = np.array([0.5])
        f, z = prelu(alpha), np.array([-4.0, 4.0])
        np.testing.assert_array_equal(f(z), [-2, 4])
        alpha[0] = 0.125
        np.testing.assert_array_equal(f(z), [-0.5, 4])
        np.testing.assert_array_equal(f.prime(z, f(z)), [0.125, 1])

    def test_the_slope_by_alpha(self) -> None:
        z = POINTS
        expected = (np.asarray(prelu(0.25 + 1e-6)(z)) - prelu(0.25 - 1e-6)(z)) / 2e-6
        np.testing.assert_allclose(prelu(0.25).prime_alpha(z), expected, atol=1e-8)
        np.testing.assert_array_equal(prelu().prime_alpha(np.array([-3.0, 0.0, 2.0])), [-3, 0, 0])

    def test_the_one_by_name_starts_at_a_quarter(self) -> None:
        f = ACTIVATIONS["prelu"]
        assert isinstance(f, PReLU)
        np.testing.assert_array_equal(f.alpha, [0.25])

    @pytest.mark.parametrize("leak", [-0.1, np.nan, np.inf, "0.1", None])
    def test_a_bad_leak_is_refused(self, leak: float) -> None:
        with pytest.raises(ValueError, match=rf"^leak is {leak!r}; a number at least 0 is expected$"):
            leaky_relu(leak)

    @pytest.mark.parametrize("alpha", [np.nan, np.inf, "a quarter"])
    def test_a_bad_alpha_is_refused(self, alpha: float) -> None:
        with pytest.raises(ValueError, match=rf"^alpha is {alpha!r}; a finite number is expected$"):
            prelu(alpha)

    def test_an_alpha_of_another_shape_is_refused(self) -> None:
        with pytest.raises(
            ValueError, match=r"^alpha has shape \(2,\); a number or an array of shape \(1,\)"
        ):
            prelu(np.array([0.1, 0.2]))


def test_each_stands_under_its_own_name() -> None:
    assert all(name == activation.name for name, activation in ACTIVATIONS.items())
    assert all(isinstance(activation, Activation) for activation in ACTIVATIONS.values())


def test_w20_a_square_elementwise() -> None:
    square = Activation("square", lambda z: z**2, lambda z, a: 2 * z)
    np.testing.assert_array_equal(square([1, 2]), [1, 4])
    np.testing.assert_allclose(square.prime(POINTS, POINTS**2), central_slope(square.f, POINTS), atol=1e-9)
