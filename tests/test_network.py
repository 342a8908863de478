"""The network: its gradient by every combination and other ways, worked numbers, parameters, refusals."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pytest
from scipy import special
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

import nnlib
from nnlib import ACTIVATIONS, COSTS, Activation, Cost, GradientDescent, Network, gradient_check
from nnlib.activations import PReLU, prelu
from nnlib.network import Gradients

Array = npt.NDArray[np.floating]

HIDDEN = [name for name, f in ACTIVATIONS.items() if f.elementwise]
REAL_COSTS = [name for name, cost in COSTS.items() if cost.targets == "numbers"]
ENTROPIES = [name for name in COSTS if name not in REAL_COSTS]
ENDS = [*product(ACTIVATIONS, REAL_COSTS), *product(["sigmoid", "softmax"], ENTROPIES)]


def example(
    hidden: str | Activation,
    output: str | Activation,
    cost: str | Cost,
    l2: float = 0.0,
    sizes: tuple[int, ...] = (3, 5, 4, 2),
) -> tuple[Network, Array, Array]:
    """A network with random biases too, inputs and targets: no weighted input or error close to a kink."""
    for seed in range(1000):
        rng = np.random.default_rng(seed)
        net = Network(sizes, hidden, output=output, cost=cost, l2=l2, rng=rng)
        for b in net.b:
            b[...] = rng.normal(size=b.shape)
        X, Y = rng.normal(size=(6, sizes[0])), special.softmax(rng.normal(size=(6, sizes[-1])), axis=1)
        p = net.forward(X)
        if min(np.abs(Z).min() for Z in p.Z[1:]) > 5e-3 and np.abs(p.A[-1] - Y).min() > 1e-3:
            return net, X, Y
    raise AssertionError("every seed led to a kink")


def gradients(net: Network, X: Array, Y: Array) -> Gradients:
    return net.backward(net.forward(X), Y)


class TestGradientAgainstCentralDifferences:
    @pytest.mark.parametrize(("output", "cost"), ENDS)
    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_every_combination(self, hidden: str, output: str, cost: str) -> None:
        for l2 in (0.0, 0.1):
            net, X, Y = example(hidden, output, cost, l2)
            assert gradient_check(net, X, Y) <= 1e-8

    @pytest.mark.parametrize(("output", "cost"), ENDS)
    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_in_32_bits_it_is_the_64_bit_gradient_rounded(self, hidden: str, output: str, cost: str) -> None:
        net, X, Y = example(hidden, output, cost, l2=0.1)
        expected = gradients(net, X, Y).flat
        small = net.copy(dtype=np.float32)
        p = small.forward(X)
        g = small.backward(p, Y)
        assert {array.dtype for array in [*p.Z, *p.A, *g.delta, *g.W, *g.b, g.flat]} == {np.dtype(np.float32)}
        np.testing.assert_allclose(g.flat, expected, rtol=2e-4, atol=2e-5 * np.abs(expected).max())
        assert gradient_check(small, X, Y) <= 1e-8  # it works in 64 bits whatever the network does

    @pytest.mark.parametrize("sizes", [(3, 2), (1, 1), (2, 1, 1, 1, 2), (5, 3, 7)])
    def test_other_shapes(self, sizes: tuple[int, ...]) -> None:
        net, X, Y = example("tanh", "sigmoid", "quadratic", 0.3, sizes)
        assert gradient_check(net, X, Y) <= 1e-8

    def test_an_activation_and_a_cost_of_the_readers_own(self) -> None:
        steep = Activation("steep", lambda z: np.tanh(3 * z), lambda z, a: 3 * (1 - a * a))
        cubic = Cost(
            "cubic", lambda A, Y: (np.abs(A - Y) ** 3).sum(axis=1), lambda A, Y: 3 * (A - Y) * np.abs(A - Y)
        )
        assert gradient_check(*example(steep, "linear", cubic)) <= 1e-8

    def test_the_network_is_left_as_it_was(self) -> None:
        net, X, Y = example("relu", "softmax", "categorical_cross_entropy", 0.1)
        before = net.parameters.copy()
        gradient_check(net, X, Y)
        np.testing.assert_array_equal(net.parameters, before)

    @pytest.mark.parametrize("epsilon", [0, -1e-5, np.nan])
    def test_bad_epsilon(self, epsilon: float) -> None:
        with pytest.raises(ValueError, match=f"^epsilon is {epsilon}; a number above 0 is expected$"):
            gradient_check(*example("tanh", "linear", "quadratic"), epsilon=epsilon)


class TestGradientCheckFindsMistakes:
    """A check that could not fail would prove nothing."""

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [
            ("sigmoid", lambda z, a: a),
            ("sigmoid", lambda z, a: a * (1 - z)),
            ("tanh", lambda z, a: 1 - a),
            ("tanh", lambda z, a: 1 - z * z),
            ("relu", lambda z, a: np.ones_like(z)),
            ("relu", lambda z, a: (z > 0.5) * 1.0),
            ("leaky_relu", lambda z, a: (z > 0) * 1.0),
            ("swish", lambda z, a: special.expit(z)),
            ("linear", lambda z, a: -np.ones_like(z)),
            ("linear", lambda z, a: 1.001 * np.ones_like(z)),
        ],
    )
    @pytest.mark.parametrize("layer", ["hidden", "output"])
    def test_a_wrong_slope(self, name: str, wrong: object, layer: str) -> None:
        broken = replace(ACTIVATIONS[name], prime=wrong)  # type: ignore[arg-type]
        hidden, output = (broken, "linear") if layer == "hidden" else ("tanh", broken)
        assert gradient_check(*example(hidden, output, "mse")) > 1e-4

    @pytest.mark.parametrize(
        ("name", "output", "wrong"),
        [
            ("mse", "linear", lambda A, Y: 2 * (A - Y)),
            ("mae", "linear", lambda A, Y: np.sign(A - Y)),
            ("quadratic", "sigmoid", lambda A, Y: Y - A),
            ("binary_cross_entropy", "softmax", lambda A, Y: A - Y),
            ("categorical_cross_entropy", "sigmoid", lambda A, Y: -Y),
        ],
    )
    def test_a_wrong_cost_gradient(self, name: str, output: str, wrong: object) -> None:
        broken = replace(COSTS[name], prime=wrong)  # type: ignore[arg-type]
        assert gradient_check(*example("tanh", output, broken)) > 1e-4

    def test_an_activation_that_only_has_a_canonical_name_keeps_its_own_slope(self) -> None:
        steep = Activation(
            "sigmoid", lambda z: special.expit(3 * z), lambda z, a: 3 * a * (1 - a), range=(0, 1)
        )
        net, X, Y = example("tanh", steep, "binary_cross_entropy")
        assert not net.canonical
        assert gradient_check(net, X, Y) <= 1e-8


def theirs(
    kind: str, activation: str, net: Network, X: Array, Y: Array, l2: float
) -> tuple[list[Array], list[Array], float]:
    """scikit-learn's gradient and loss at the network's parameters, read off one plain step of rate 1.

    Its L2 term is alpha / 2N times the squares where ours is l2 / 2 times them: so alpha = l2 N.
    """
    make = MLPRegressor if kind == "regressor" else MLPClassifier
    targets = Y[:, 0] if kind == "regressor" else Y.argmax(axis=1) if kind == "classes" else Y.astype(int)
    plain_step = {"solver": "sgd", "momentum": 0, "learning_rate_init": 1.0, "batch_size": len(X)}
    shape = {"hidden_layer_sizes": net.sizes[1:-1], "activation": activation, "alpha": l2 * len(X)}
    mlp = make(**shape, **plain_step)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        mlp.partial_fit(X, targets, **({} if kind == "regressor" else {"classes": range(Y.shape[1])}))
        mlp.coefs_ = [w.T.copy() for w in net.W]
        mlp.intercepts_ = [b.copy() for b in net.b]
        mlp.partial_fit(X, targets)
    return (
        [w - after.T for w, after in zip(net.W, mlp.coefs_, strict=True)],
        [b - after for b, after in zip(net.b, mlp.intercepts_, strict=True)],
        mlp.loss_,
    )


class TestGradientAgainstScikitLearn:
    @pytest.mark.parametrize("l2", [0.0, 0.05])
    @pytest.mark.parametrize(("ours", "name"), [("sigmoid", "logistic"), ("tanh", "tanh"), ("relu", "relu")])
    @pytest.mark.parametrize(
        ("kind", "output", "cost", "outputs"),
        [
            ("classes", "softmax", "categorical_cross_entropy", 3),
            ("labels", "sigmoid", "binary_cross_entropy", 3),
            ("regressor", "linear", "quadratic", 1),
        ],
    )
    def test_loss_and_gradient(
        self, kind: str, output: str, cost: str, outputs: int, ours: str, name: str, l2: float
    ) -> None:
        net, X, Y = example(ours, output, cost, l2, (4, 6, 5, outputs))
        rng = np.random.default_rng(0)
        if kind == "classes":
            Y = nnlib.one_hot(rng.permutation([0, 0, 1, 1, 2, 2]), 3)
        elif kind == "labels":
            Y = rng.integers(0, 2, Y.shape).astype(float)
        W, b, loss = theirs(kind, name, net, X, Y, l2)
        g = gradients(net, X, Y)
        assert net.cost(X, Y) == pytest.approx(loss, rel=1e-12)
        for l in range(1, net.L + 1):
            np.testing.assert_allclose(g.W[l], W[l - 1], rtol=1e-8, atol=1e-13)
            np.testing.assert_allclose(g.b[l], b[l - 1], rtol=1e-8, atol=1e-13)


class TestGradientAgainstTheEquationsAnExampleAtATime:
    """Nielsen's form, in columns and sums over examples; nothing of nnlib but the parameters."""

    FUNCTIONS: ClassVar[dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]]] = {
        "sigmoid": (special.expit, lambda z: special.expit(z) * (1 - special.expit(z))),
        "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
        "relu": (lambda z: z * (z > 0), lambda z: 1.0 * (z > 0)),
        "linear": (lambda z: z, np.ones_like),
    }

    @pytest.mark.parametrize("l2", [0.0, 0.2])
    @pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
    @pytest.mark.parametrize(
        ("output", "cost", "slope"),
        [
            ("sigmoid", "quadratic", lambda a, y: a - y),
            ("tanh", "mse", lambda a, y: (a - y) * 2 / len(y)),
            ("linear", "mae", lambda a, y: np.sign(a - y) / len(y)),
            ("sigmoid", "binary_cross_entropy", lambda a, y: -y / a + (1 - y) / (1 - a)),
            ("linear", "quadratic", lambda a, y: a - y),
        ],
    )
    def test_every_delta_and_every_gradient(
        self, hidden: str, output: str, cost: str, slope: Callable[[Array, Array], Array], l2: float
    ) -> None:
        net, X, Y = example(hidden, output, cost, l2)
        g = gradients(net, X, Y)
        L, N = net.L, len(X)
        grad_w = [np.zeros_like(w) for w in net.W]
        grad_b = [np.zeros((len(b), 1)) for b in net.b]
        for n in range(N):
            a, z = [X[n][:, None]], [np.empty((0, 1))]
            for l in range(1, L + 1):
                f = self.FUNCTIONS[output if l == L else hidden][0]
                z.append(net.W[l] @ a[l - 1] + net.b[l][:, None])
                a.append(f(z[l]))
            delta = slope(a[L], Y[n][:, None]) * self.FUNCTIONS[output][1](z[L])
            for l in range(L, 0, -1):
                np.testing.assert_allclose(g.delta[l][n], delta[:, 0], rtol=1e-10, atol=1e-14)
                grad_w[l - 1] += delta @ a[l - 1].T
                grad_b[l - 1] += delta
                if l > 1:
                    delta = (net.W[l].T @ delta) * self.FUNCTIONS[hidden][1](z[l - 1])
        for l in range(1, L + 1):
            np.testing.assert_allclose(g.W[l], grad_w[l - 1] / N + l2 * net.W[l], rtol=1e-10, atol=1e-14)
            np.testing.assert_allclose(g.b[l], grad_b[l - 1][:, 0] / N, rtol=1e-10, atol=1e-14)


class TestCanonicalPairs:
    @pytest.mark.parametrize("cost", COSTS)
    @pytest.mark.parametrize("output", ["linear", "sigmoid", "softmax", "tanh"])
    def test_delta_is_a_minus_y_for_these_and_no_others(self, output: str, cost: str) -> None:
        if (output, cost) not in ENDS:
            with pytest.raises(ValueError, match="expects outputs between"):
                Network([3, 3], output=output, cost=cost)
            return
        net, X, Y = example("tanh", output, cost, sizes=(3, 5, 3))
        p = net.forward(X)
        same = np.allclose(net.backward(p, Y).delta[net.L], p.A[-1] - Y)
        assert same == net.canonical == (COSTS[cost].canonical == output)

    @pytest.mark.parametrize(("output", "cost"), [("sigmoid", ENTROPIES[0]), ("softmax", ENTROPIES[1])])
    def test_the_cost_is_exact_where_the_outputs_are_0_and_1(self, output: str, cost: str) -> None:
        net = Network([1, 2], output=output, cost=cost, init="zeros")
        net.W[1] = [[1], [-1]]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert net.cost([[1e3]], [[0, 1]]) == 2e3
            assert net.cost([[1e3]], [[1, 0]]) == 0
            g = gradients(net, np.array([[1e3]]), np.array([[0, 1]]))
        np.testing.assert_array_equal(g.delta[1], [[1, -1]])

    @pytest.mark.parametrize("dtype", [np.float64, np.float32])
    @pytest.mark.parametrize(("output", "cost"), ENDS)
    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_far_out_nothing_warns_and_all_is_finite(
        self, hidden: str, output: str, cost: str, dtype: type[np.floating]
    ) -> None:
        net = Network([1, 1, 2], hidden, output=output, cost=cost, init="zeros", dtype=dtype)
        net.W[1], net.W[2] = [[1]], [[1], [-1]]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for x, y in product((-1e3, 1e3), ([0, 1], [1, 0])):
                assert np.isfinite(net.cost([[x]], [y]))
                assert np.isfinite(gradients(net, np.array([[x]]), np.array([y])).flat).all()


class TestWorkedNumbers:
    """The slides' examples, as coverage by the book's chapters needs them."""

    @staticmethod
    def net(sizes: list[int], W: list[npt.ArrayLike], b: list[npt.ArrayLike], **kinds: str) -> Network:
        net = Network(sizes, init="zeros", **kinds)  # type: ignore[arg-type]
        for l in range(1, net.L + 1):
            net.W[l], net.b[l] = W[l - 1], b[l - 1]
        return net

    def test_w4_a_layer_and_the_bias_trick(self) -> None:
        W, b = np.array([[-0.2, 0.4], [0.3, 0.1], [-0.5, -0.3]]), np.array([-0.3, 0.1, 0])
        layer = self.net([2, 3], [W], [b], output="relu")
        p = layer.forward([[-1, 1]])
        np.testing.assert_allclose(p.Z[1], [[0.3, -0.1, 0.2]], atol=1e-15)
        np.testing.assert_allclose(p.A[1], [[0.3, 0, 0.2]], atol=1e-15)
        folded = self.net([3, 3], [np.column_stack([W, b])], [np.zeros(3)], output="relu")
        np.testing.assert_allclose(folded.forward([[-1, 1, 1]]).Z[1], p.Z[1], atol=1e-15)

    def test_w8(self) -> None:
        net = self.net([2, 1, 1], [[[0.4, -0.2]], [[0.1]]], [[0], [0]])
        X, Y = np.array([[0.1, 0.3]]), np.array([[1.0]])
        p = net.forward(X)
        assert p.Z[1][0, 0] == pytest.approx(-0.02)
        assert p.A[1][0, 0] == pytest.approx(0.495, abs=5e-4)
        assert p.A[2][0, 0] == pytest.approx(0.5124, abs=5e-5)
        g = net.backward(p, Y)
        assert g.delta[2][0, 0] == pytest.approx(-0.1218, abs=5e-5)
        assert g.delta[1][0, 0] == pytest.approx(-0.00305, abs=5e-6)
        assert g.W[2][0, 0] == pytest.approx(-0.0603, abs=5e-5)
        np.testing.assert_allclose(g.W[1], [[-0.000305, -0.000914]], atol=5e-7)
        GradientDescent(0.01).step(net.parameters, g.flat)
        assert net.W[2][0, 0] == pytest.approx(0.1006, abs=5e-5)
        np.testing.assert_allclose(net.W[1], [[0.400003, -0.199991]], atol=5e-7)

    def test_w9_with_the_sign_the_slide_lost(self) -> None:
        net = self.net([2, 2, 1], [[[1, 0.5], [0.1, 0]], [[0.2, 0.8]]], [[0, 0], [0.75]], cost="mse")
        X, Y = np.array([[0.0, 1.0]]), np.array([[1.0]])
        assert net.predict(X)[0, 0] == pytest.approx(0.7815, abs=5e-5)
        assert net.cost(X, Y) == pytest.approx(0.0477, abs=5e-5)
        g = gradients(net, X, Y)
        assert g.delta[2][0, 0] == pytest.approx(-0.0746, abs=5e-5)
        np.testing.assert_allclose(g.delta[1], [[-0.0035, -0.0149]], atol=5e-5)
        GradientDescent(0.4).step(net.parameters, g.flat)
        assert net.b[2][0] == pytest.approx(0.7798, abs=5e-5)
        np.testing.assert_allclose(net.W[2], [[0.2186, 0.8149]], atol=5e-5)
        np.testing.assert_allclose(net.W[1], [[1, 0.5014], [0.1, 0.0060]], atol=5e-5)
        assert net.cost(X, Y) == pytest.approx(0.0440, abs=5e-5)
        net.b[1] = [0, 0]  # frozen, as on the slide
        assert net.cost(X, Y) == pytest.approx(0.0441, abs=5e-5)

    def test_w11_an_input_of_zero_teaches_its_weight_nothing(self) -> None:
        net = self.net([1, 1, 1], [[[0.5]], [[0.5]]], [[0], [0]])
        g = gradients(net, np.array([[0.0]]), np.array([[1.0]]))
        np.testing.assert_allclose([g.delta[2][0, 0], g.delta[1][0, 0]], [-0.1078, -0.0135], atol=5e-5)
        assert g.W[1][0, 0] == 0
        assert g.b[1][0] == pytest.approx(-0.0135, abs=5e-5)

    def test_w13_784_16_16_10(self) -> None:
        net = Network([784, 16, 16, 10])
        assert [w.size + b.size for w, b in zip(net.W, net.b, strict=True)] == [12_560, 272, 170]
        assert net.n_parameters == 13_002
        assert "13,002 parameters" in repr(net)

    def test_w14_one_neuron(self) -> None:
        net = self.net([3, 1], [[[2, 3, -1]]], [[0.5]])
        p = net.forward([[0.9, 0.2, 0.3]])
        assert p.Z[1][0, 0] == pytest.approx(2.6)
        assert p.A[1][0, 0] == pytest.approx(0.931, abs=5e-4)

    @pytest.mark.parametrize("n", [1, 5])
    def test_w15_shapes_of_a_3_4_4_3(self, n: int) -> None:
        net, X, Y = Network([3, 4, 4, 3], rng=0), np.ones((n, 3)), np.ones((n, 3))
        p = net.forward(X)
        g = net.backward(p, Y)
        assert [w.shape for w in net.W] == [w.shape for w in g.W] == [(4, 3), (4, 4), (3, 4)]
        assert [b.shape for b in net.b] == [b.shape for b in g.b] == [(4,), (4,), (3,)]
        assert [z.shape for z in p.Z[1:]] == [d.shape for d in g.delta[1:]] == [(n, 4), (n, 4), (n, 3)]
        assert [a.shape for a in p.A] == [(n, 3), (n, 4), (n, 4), (n, 3)]
        assert p.A[0] is X
        assert p.Z[0].size == g.delta[0].size == 0

    def test_w16(self) -> None:
        net = self.net([1, 2, 1], [[[0.3], [0.4]], [[1, -3]]], [[0.1, 0.2], [0.2]])
        p = net.forward([[1]])
        np.testing.assert_allclose(p.A[1], [[0.599, 0.646]], atol=5e-4)
        assert p.A[2][0, 0] == pytest.approx(0.2426, abs=5e-5)
        g = net.backward(p, [[1]])
        assert g.delta[2][0, 0] == pytest.approx(-0.1392, abs=5e-5)
        np.testing.assert_allclose(g.delta[1], [[-0.0334, 0.0955]], atol=5e-5)
        np.testing.assert_allclose(g.W[2], [[-0.0833, -0.0899]], atol=5e-5)
        np.testing.assert_allclose(g.W[1], [[-0.0334], [0.0955]], atol=5e-5)


class TestPReLU:
    def test_its_leak_is_a_parameter_one_a_layer(self) -> None:
        net = Network([3, 4, 4, 2], hidden="prelu", rng=0)
        assert net.n_parameters == (12 + 4) + (16 + 4) + (8 + 2) + 2
        np.testing.assert_array_equal(net.parameters[-2:], 0.25)
        for l in (1, 2):
            f = net.f[l]
            assert isinstance(f, PReLU)
            assert np.shares_memory(f.alpha, net.parameters)

    def test_its_gradient_by_hand(self) -> None:
        # One neuron, z = -2 and 3: a = -2 alpha and 3, of which only the first depends on alpha.
        net = Network([1, 1], output="prelu", cost="quadratic", init="zeros")
        net.W[1] = [[1]]
        g = gradients(net, np.array([[-2.0], [3.0]]), np.array([[1.0], [1.0]]))
        assert g.flat[-1] == pytest.approx((-0.5 - 1) * -2 / 2)

    def test_l2_leaves_the_leak_alone(self) -> None:
        net, X, Y = example("prelu", "linear", "mse")
        other = Network(net.sizes, "prelu", output="linear", cost="mse", l2=0.5)
        other.parameters[...] = net.parameters
        np.testing.assert_array_equal(gradients(other, X, Y).flat[-2:], gradients(net, X, Y).flat[-2:])
        assert gradient_check(other, X, Y) <= 1e-8

    def test_it_learns_the_leak_of_the_data(self) -> None:
        x = np.linspace(-2, 2, 81)[:, None]
        net = Network([1, 1], output="prelu", cost="mse", init="zeros")
        net.W[1] = [[1]]
        nnlib.fit(net, x, np.where(x > 0, x, 0.6 * x), epochs=200, optimizer=nnlib.Adam(0.01), rng=0)
        assert net.parameters[-1] == pytest.approx(0.6, abs=0.01)

    def test_it_may_start_elsewhere(self) -> None:
        net = Network([2, 3, 2], hidden=prelu(0.1), output=prelu(-0.4))
        np.testing.assert_array_equal(net.parameters[-2:], [0.1, -0.4])

    def test_networks_do_not_share_it(self) -> None:
        first, second = Network([2, 2, 1], hidden="prelu"), Network([2, 2, 1], hidden="prelu")
        first.parameters[-1] = 0.9
        assert second.parameters[-1] == 0.25
        f = ACTIVATIONS["prelu"]
        assert isinstance(f, PReLU)
        assert f.alpha[0] == 0.25

    def test_a_copy_keeps_what_was_learned(self) -> None:
        net, X, _ = example("prelu", "linear", "mse")
        net.parameters[-2:] = 0.7, -0.1
        twin = net.copy()
        np.testing.assert_array_equal(twin.predict(X), net.predict(X))
        net.parameters[-2:] = 0
        np.testing.assert_array_equal(twin.parameters[-2:], [0.7, -0.1])


class TestParameters:
    def test_assigning_copies_into_the_flat_vector(self) -> None:
        net, given = Network([2, 3, 1], rng=0), np.arange(6.0).reshape(3, 2)
        view = net.W[1]
        net.W[1], net.b[2] = given, [7]
        np.testing.assert_array_equal(net.parameters[:6], np.arange(6))
        assert net.parameters[-1] == 7
        given[:] = -1
        np.testing.assert_array_equal(net.W[1], np.arange(6).reshape(3, 2))
        assert net.W[1] is view

    def test_w_and_b_are_views_of_it_and_fill_it(self) -> None:
        net = Network([2, 3, 4, 1], rng=0)
        net.parameters[...] = np.arange(net.n_parameters)
        parts = [part.ravel() for pair in zip(net.W, net.b, strict=True) for part in pair]
        np.testing.assert_array_equal(np.concatenate(parts), np.arange(net.n_parameters))
        net.parameters += 1
        assert net.W[1][0, 0] == 1

    def test_changing_in_place(self) -> None:
        net = Network([2, 2], init="zeros")
        net.W[1] += 1
        net.W[1][0, 1] = 5
        np.testing.assert_array_equal(net.parameters, [1, 5, 1, 1, 0, 0])

    def test_biases_start_at_zero(self) -> None:
        assert not any(b.any() for b in Network([2, 3, 1], rng=0).b)

    @pytest.mark.parametrize("seed", [0, 5])
    def test_a_seed_and_its_generator_give_the_same_weights(self, seed: int) -> None:
        first, again = Network([2, 3, 1], rng=seed), Network([2, 3, 1], rng=np.random.default_rng(seed))
        np.testing.assert_array_equal(first.parameters, again.parameters)
        assert (first.parameters != Network([2, 3, 1], rng=seed + 1).parameters).any()

    def test_the_last_is_also_minus_1(self) -> None:
        net = Network([2, 3, 1], rng=0)
        assert net.W[-1] is net.W[2]
        net.b[-2] = [1, 2, 3]
        np.testing.assert_array_equal(net.b[1], [1, 2, 3])

    @pytest.mark.parametrize("l", [0, 3, -3, 10])
    def test_layers_are_numbered_from_1_to_the_last(self, l: int) -> None:
        net = Network([2, 3, 1])
        with pytest.raises(IndexError, match=rf"^there is no W\[{l}\]; layers are numbered 1 to 2$"):
            net.W[l]
        with pytest.raises(IndexError, match=rf"^there is no b\[{l}\]; layers are numbered 1 to 2$"):
            net.b[l] = 0

    def test_a_wrong_shape_is_refused_also_where_it_would_broadcast(self) -> None:
        net = Network([2, 3, 1])
        with pytest.raises(ValueError, match=r"^W\[1\] was given shape \(2, 3\); \(3, 2\) is expected$"):
            net.W[1] = np.zeros((2, 3))
        with pytest.raises(ValueError, match=r"^W\[1\] was given shape \(\); \(3, 2\) is expected$"):
            net.W[1] = 0
        with pytest.raises(ValueError, match=r"^b\[1\] was given shape \(3, 1\); \(3,\) is expected$"):
            net.b[1] = np.zeros((3, 1))
        with pytest.raises(
            ValueError, match=r"^b\[2\] has nan at index \(0,\); finite numbers are expected$"
        ):
            net.b[2] = [np.nan]

    def test_their_reprs(self) -> None:
        net = Network([2, 3, 1], hidden="tanh")
        assert repr(net.W) == "W: [1] (3, 2), [2] (1, 3)"
        assert repr(net.b) == "b: [1] (3,), [2] (1,)"
        assert len(net.W) == 2
        assert repr(net) == "Network 2-3-1: tanh hidden, sigmoid output, quadratic, 13 parameters"
        assert repr(Network([2, 1])) == "Network 2-1: sigmoid output, quadratic, 3 parameters"

    @pytest.mark.parametrize("dtype", [None, np.float32])
    def test_a_copy_is_independent(self, dtype: type[np.floating] | None) -> None:
        net, X, Y = example("relu", "softmax", "categorical_cross_entropy", 0.1)
        twin = net.copy(dtype)
        assert repr(twin) == repr(net)
        assert twin.parameters.dtype == (dtype or np.float64)
        assert twin.cost(X, Y) == pytest.approx(net.cost(X, Y), rel=1e-6)
        twin.parameters[...] = 0
        assert net.parameters.any()

    def test_a_copy_of_a_single_layer(self) -> None:
        net = Network([2, 3], output="softmax", cost="categorical_cross_entropy", rng=0)
        np.testing.assert_array_equal(net.copy().parameters, net.parameters)


class TestCost:
    def test_the_mean_of_the_examples_plus_the_l2_term_without_biases(self) -> None:
        net, X, Y = example("tanh", "tanh", "quadratic", l2=0.3)
        errors = 0.5 * ((net.predict(X) - Y) ** 2).sum(axis=1)
        squares = sum((w**2).sum() for w in net.W)
        assert net.cost(X, Y) == pytest.approx(errors.mean() + 0.15 * squares, rel=1e-13)
        assert net.penalty() == pytest.approx(0.15 * squares, rel=1e-13)

    def test_it_is_a_plain_number(self) -> None:
        net, X, Y = example("tanh", "tanh", "quadratic", l2=0.3)
        assert type(net.cost(X, Y)) is float
        assert type(net.copy(np.float32).cost(X, Y)) is float

    def test_doubling_the_rows_changes_neither_cost_nor_gradient(self) -> None:
        net, X, Y = example("relu", "softmax", "categorical_cross_entropy", 0.1)
        twice = np.tile(X, (2, 1)), np.tile(Y, (2, 1))
        assert net.cost(*twice) == pytest.approx(net.cost(X, Y), rel=1e-14)
        np.testing.assert_allclose(
            gradients(net, *twice).flat, gradients(net, X, Y).flat, rtol=1e-12, atol=1e-15
        )

    def test_the_pass_and_the_targets_are_left_as_they_were(self) -> None:
        net, X, Y = example("relu", "tanh", "mse", 0.1)
        p = net.forward(X)
        before = [array.copy() for array in (*p.Z, *p.A, X, Y, net.parameters)]
        net.backward(p, Y)
        for array, copy in zip((*p.Z, *p.A, X, Y, net.parameters), before, strict=True):
            np.testing.assert_array_equal(array, copy)

    def test_two_gradients_do_not_share_memory(self) -> None:
        net, X, Y = example("relu", "tanh", "mse")
        first, second = gradients(net, X, Y), gradients(net, X, 0 * Y)
        assert not np.shares_memory(first.flat, second.flat)
        assert np.shares_memory(first.flat, first.W[1])


class TestClassify:
    @pytest.mark.parametrize(
        ("output", "classes"),
        [
            ("sigmoid", [0, 1, 1]),
            ("tanh", [0, 1, 1]),
            ("step", [0, 1, 1]),
        ],
    )
    def test_one_output_at_or_above_the_middle(self, output: str, classes: list[int]) -> None:
        net = Network([1, 1], output=output, init="zeros")
        net.W[1] = [[1]]
        np.testing.assert_array_equal(net.classify([[-0.6], [0.0], [0.6]]), classes)

    def test_several_the_largest_output(self) -> None:
        net = Network([3, 3], output="softmax", cost="categorical_cross_entropy", init="zeros")
        net.W[1] = np.eye(3)
        np.testing.assert_array_equal(net.classify([[0, 2, 1], [3, 2, 1], [1, 1, 1]]), [1, 0, 0])

    @pytest.mark.parametrize(
        ("output", "yes"),
        [
            ("sigmoid", True),
            ("softmax", True),
            ("tanh", True),
            ("step", True),
            ("linear", False),
            ("relu", False),
        ],
    )
    def test_which_outputs_are_class_scores(self, output: str, yes: bool) -> None:
        assert Network([2, 3], output=output).is_classifier == yes


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"sizes": [3]}, r"sizes is \[3\]; at least two layers are expected, as in \[2, 3, 1\]$"),
            ({"sizes": 3}, "sizes is 3; at least two layers are expected"),
            ({"sizes": None}, "sizes is None; at least two layers are expected"),
            ({"sizes": "231"}, "sizes is '231'; at least two layers are expected"),
            ({"sizes": [2, 0, 1]}, "a layer's size is 0; a whole number of at least 1 is expected$"),
            ({"sizes": [2, 2.5, 1]}, r"a layer's size is 2\.5; a whole number of at least 1 is expected$"),
            (
                {"hidden": "rellu"},
                f"there is no activation 'rellu'; the names are {', '.join(sorted(ACTIVATIONS))}$",
            ),
            ({"output": "soft"}, "there is no activation 'soft'; the names are "),
            ({"hidden": np.tanh}, "activation is <ufunc 'tanh'>; a name or Activation is expected$"),
            (
                {"cost": "l2"},
                f"there is no cost 'l2'; the names are {', '.join(sorted(COSTS))}$",
            ),
            ({"cost": None}, "cost is None; a name or Cost is expected$"),
            (
                {"init": "glorot"},
                "there is no initialiser 'glorot'; the names are zeros, uniform, normal, xavier, he$",
            ),
            ({"init": 3}, "there is no initialiser 3; the names are "),
            (
                {"init": lambda rng, n, m: np.zeros((m, n))},
                r"init was called with .*, 3 and 2: W\[1\] was given shape \(2, 3\); \(3, 2\) is exp",
            ),
            ({"l2": -0.1}, r"l2 is -0\.1; a number at least 0 is expected$"),
            ({"dtype": np.float16}, r"dtype is .*float16.*; float \(64 bits\) or numpy.float32 is expected$"),
            ({"dtype": int}, r"dtype is .*int.*; float \(64 bits\) or numpy.float32 is expected$"),
            (
                {"hidden": "softmax"},
                "softmax is an output activation; a hidden layer expects an elementwise one$",
            ),
            (
                {"output": "softmax"},
                "softmax with one output cannot tell two classes apart; use sigmoid and",
            ),
            (
                {"cost": "categorical_cross_entropy"},
                "categorical_cross_entropy with one output cannot tell two classes apart; use sigmoid",
            ),
            *(
                (
                    {"output": output, "cost": cost, "sizes": [2, 3, 2]},
                    f"{cost} expects outputs between 0 and 1, as of sigmoid or softmax; "
                    f"the output is {output}, its range .* to .*range=\\(0, 1\\)",
                )
                for output in (name for name, f in ACTIVATIONS.items() if f.range != (0, 1))
                for cost in ENTROPIES
            ),
        ],
    )
    def test_construction(self, arguments: dict[str, object], message: str) -> None:
        with pytest.raises(ValueError, match=f"^{message}"):
            Network(**({"sizes": [2, 3, 1]} | arguments))  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("X", "message"),
        [
            (np.zeros((4, 63)), "X has 63 features; this network expects 64$"),
            (
                np.zeros(64),
                r"X has shape \(64,\); a matrix is.*\(-1, 1\)\), for one example np.reshape\(X, \(1, -1\)\)$",
            ),
            (np.zeros((2, 8, 8)), r"X has 3 dimensions; 2 are expected, \(examples, features\)$"),
            (0.0, r"X has 0 dimensions; 2 are expected, \(examples, features\)$"),
            (np.zeros((0, 64)), "X has no rows; at least one example is expected$"),
            (np.full((2, 64), np.nan), r"X has nan at index \(0, 0\); finite numbers are expected$"),
            (
                [[0] * 64, [0] * 6 + [-np.inf] + [0] * 57],
                r"X has -inf at index \(1, 6\); finite numbers are exp",
            ),
            ([[1, 2], [3]], "X cannot be read as a matrix of numbers, an example a row: "),
            ([["a"] * 64], "X cannot be read as a matrix of numbers, an example a row: "),
            ([[None, {}]], "X cannot be read as a matrix of numbers, an example a row: "),
        ],
    )
    def test_inputs(self, X: npt.ArrayLike, message: str) -> None:
        net = Network([64, 2], rng=0)
        for use in (net.forward, net.predict, net.classify, lambda X: net.cost(X, np.zeros((1, 2)))):
            with pytest.raises(ValueError, match=f"^{message}"):
                use(X)

    @pytest.mark.parametrize(
        ("sizes", "cost", "Y", "message"),
        [
            (
                [2, 1],
                "quadratic",
                [0, 0, 0],
                r"Y has shape \(3,\); a matrix is expected, an example a row: for",
            ),
            (
                [2, 2],
                "quadratic",
                [0, 0, 0],
                r"Y has shape \(3,\); .* 2 outputs: use nnlib.one_hot\(labels, 2\)$",
            ),
            ([2, 2], "quadratic", [[0]] * 3, "Y has 1 outputs; this network expects 2$"),
            (
                [2, 1],
                "quadratic",
                [[0]] * 4,
                "Y has 4 rows and its inputs 3; a target an example is expected$",
            ),
            (
                [2, 1],
                "quadratic",
                [[0], [np.nan], [1]],
                r"Y has nan at index \(1, 0\); finite numbers are exp",
            ),
            (
                [2, 1],
                ENTROPIES[0],
                [[0], [1], [-1]],
                f"Y reaches from -1 to 1; {ENTROPIES[0]} expects .* 0 to 1$",
            ),
            (
                [2, 2],
                ENTROPIES[1],
                [[2, -1]] * 3,
                f"Y reaches from -1 to 2; {ENTROPIES[1]} expects .* 0 to 1$",
            ),
            (
                [2, 2],
                ENTROPIES[1],
                [[0, 1], [1, 1], [1, 0]],
                "row 1 of Y sums to 2; .* expects rows that sum to 1",
            ),
        ],
    )
    def test_targets(self, sizes: list[int], cost: str, Y: npt.ArrayLike, message: str) -> None:
        output = "softmax" if cost == "categorical_cross_entropy" else "sigmoid"
        net, X = Network(sizes, output=output, cost=cost, rng=0), np.zeros((3, 2))
        uses = (
            lambda: net.cost(X, Y),
            lambda: net.backward(net.forward(X), Y),
            lambda: nnlib.fit(net, X, Y, epochs=1),
            lambda: gradient_check(net, X, Y),
        )
        for use in uses:
            with pytest.raises(ValueError, match=f"^{message}"):
                use()

    def test_soft_targets_that_sum_to_one_are_welcome(self) -> None:
        net = Network([2, 3], output="softmax", cost="categorical_cross_entropy", rng=0, dtype=np.float32)
        assert np.isfinite(net.cost(np.ones((1, 2)), np.full((1, 3), 1 / 3)))

    def test_the_pass_of_another_network(self) -> None:
        p = Network([2, 3, 1]).forward(np.zeros((1, 2)))
        with pytest.raises(
            ValueError, match=r"^the pass has layers of \[2, 3, 1\] neurons; this network expects \["
        ):
            Network([2, 4, 1]).backward(p, [[0]])
