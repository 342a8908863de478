"""What the objects of a reader's own are refused with, word by word."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import nnlib
from nnlib import settings
from nnlib.checks import Checked
from nnlib.parameters import Parameters


def activation(**changed: Any) -> nnlib.Activation:
    return nnlib.Activation(**({"name": "mine", "f": np.tanh, "prime": lambda z, a: 1 - a * a} | changed))


def cost(**changed: Any) -> nnlib.Cost:
    good = {"name": "mine", "value": lambda A, Y: (A - Y).sum(axis=1), "prime": lambda A, Y: np.ones_like(A)}
    return nnlib.Cost(**(good | changed))


class Rude:
    """An object that does not say what it is."""

    def __repr__(self) -> str:
        raise RuntimeError


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: activation(name=3), "name is 3; a text is expected"),
    (lambda: activation(f="x"), "f is 'x'; a function of an array z is expected"),
    (lambda: activation(prime=None), "prime is None; a function of arrays z and a is expected"),
    (lambda: activation(range=3), "range is 3; two numbers are expected, the lower one first"),
    (lambda: activation(range=(1, 1)), "range is (1, 1); two numbers are expected, the lower one first"),
    (lambda: activation(range=(0, "1")), "range is (0, '1'); two numbers are expected, the lower one first"),
    (lambda: cost(name=3), "name is 3; a text is expected"),
    (lambda: cost(value=3), "value is 3; a function of arrays A and Y is expected"),
    (lambda: cost(prime=3), "prime is 3; a function of arrays A and Y is expected"),
    (lambda: cost(from_logits=3), "from_logits is 3; a function of arrays Z and Y is expected"),
    (lambda: cost(canonical=3), "canonical is 3; an activation's name is expected"),
    (
        lambda: cost(targets="all"),
        "targets is 'all'; one of 'numbers', 'probabilities', 'shares' is expected",
    ),
    (lambda: cost(range=(2, 1)), "range is (2, 1); two numbers are expected, the lower one first"),
    (
        lambda: cost()([[1.0, 2.0]], [[1.0]]),
        "A has shape (1, 2) and Y (1, 1); two matrices of one shape (examples, outputs) are expected",
    ),
    (
        lambda: nnlib.COSTS["quadratic"]([[1e200]], [[0.0]]),
        "of A and Y come numbers that float64 cannot hold (1.8e+308 at most); smaller ones are expected",
    ),
    (lambda: activation()(np.inf), "z has inf at index (); numbers that end are expected"),
    (
        lambda: settings.whole("n", 10**7 + 1),
        "n is 10000001; a whole number of at most 10,000,000 is expected",
    ),
    (
        lambda: settings.sizes_of([1] * 1001),
        "sizes is [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,..."
        "; at most 1000 layers are expected, as in [2, 3, 1]",
    ),
    (
        lambda: settings.sizes_of([4000, 4000]),
        "sizes make 16,004,000 parameters; at most 10,000,000 are expected",
    ),
    (
        lambda: nnlib.initializers.he(np.random.default_rng(0), 4000, 4000),
        "n_out times n_in is 16,000,000; at most 10,000,000 are expected",
    ),
    (
        lambda: nnlib.initializers.xavier(0, 1, 1),  # type: ignore[arg-type]
        "rng is 0; a numpy Generator is expected, as np.random.default_rng(0)",
    ),
]


@pytest.mark.parametrize(
    ("act", "words"), REFUSED, ids=lambda each: each[:40] if isinstance(each, str) else ""
)
def test_the_sentence(act: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        act()


def test_what_is_right_is_kept() -> None:
    mine = activation(range=[0, 1])
    assert mine.range == (0, 1)
    assert mine.f is np.tanh
    assert isinstance(mine.prime, Checked)
    raw = mine.prime.raw
    assert activation(prime=raw) == activation(prime=raw)
    assert activation(prime=raw).prime == Checked(raw, "z", "a")
    assert hash(Checked(raw)) == hash(Checked(raw))
    assert cost(canonical="sigmoid", from_logits=max, range=[0, 1]).range == (0, 1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.zeros((2, 3)), "an array of float64, shape (2, 3)"),
        (10**400, "a whole number of some 400 digits"),
        (10**19, "10000000000000000000"),
        (10**20, "a whole number of some 20 digits"),
        (Rude(), "a Rude"),
        ("x" * 58, f"'{'x' * 58}'"),
        ("x" * 59, f"'{'x' * 56}..."),
        ("a\nb", "'a\\nb'"),
    ],
)
def test_a_value_in_a_sentence(value: object, words: str) -> None:
    assert settings.shown(value) == words


@pytest.mark.parametrize("value", [True, np.True_, np.timedelta64(1, "D"), 1j, "1", None, np.array(1.0)])
def test_what_is_no_number(value: object) -> None:
    assert not settings.is_real(value)


@pytest.mark.parametrize("make", [nnlib.schedules.constant, nnlib.schedules.step_decay])
def test_an_epoch_that_is_none(make: Callable[[float], Callable[[Any], float]]) -> None:
    for schedule in (make(0.1), nnlib.schedules.inverse_time_decay(0.1)):
        for epoch in (-1, 1.5, None):
            with pytest.raises(
                ValueError, match=rf"^epoch is {epoch}; a whole number of at least 0 is expected$"
            ):
                schedule(epoch)


def test_an_initialiser_made_anew_draws_what_numpy_does() -> None:
    rng, twin = np.random.default_rng(5), np.random.default_rng(5)
    drawn = nnlib.initializers.uniform(-2, 3)(rng, 4, 2)
    np.testing.assert_array_equal(drawn, twin.uniform(-2, 3, (4, 2)))
    np.testing.assert_array_equal(nnlib.initializers.normal(2)(rng, 4, 2), twin.normal(0, 2, (4, 2)))
    np.testing.assert_array_equal(nnlib.initializers.constant(2)(rng, 4, 2), np.full((4, 2), 2))
    with pytest.raises(ValueError, match=r"^high - low is inf; a finite number is expected$"):
        nnlib.initializers.uniform(-1.5e308, 1.5e308)


@pytest.mark.parametrize(
    ("words", "brief"),
    [("x" * 200, "x" * 200), ("x" * 201, "x" * 197 + "..."), ("a\nb", "a b"), ("", "KeyError")],
)
def test_an_error_in_a_sentence(words: str, brief: str) -> None:
    assert settings.brief(KeyError() if not words else ValueError(words)) == brief


def net(*sizes: int, **kinds: Any) -> nnlib.Network:
    return nnlib.Network(sizes or (1, 1), **({"output": "linear", "cost": "mse", "rng": 0} | kinds))


def weighted(*weights: float, **kinds: Any) -> nnlib.Network:
    """A chain of single neurons with these weights."""
    made = net(*[1] * (len(weights) + 1), **kinds)
    made.W = [[[w]] for w in weights]
    return made


def backward(net: nnlib.Network, X: Any, Y: Any) -> nnlib.network.Gradients:
    return net.backward(net.forward(X), Y)


def changed_pass(change: Callable[[Any], None], X: float = 1.0) -> nnlib.network.Gradients:
    n = weighted(0.0, 1.0, hidden="sigmoid")
    p = n.forward([[X], [X]])
    change(p)
    return n.backward(p, [[0.0], [0.0]])


def put(place: list[Any], l: int, values: Any) -> None:
    place[l] = values


def raising(*_: object) -> Any:
    raise ArithmeticError("no")


def of_the_epoch(error: Exception) -> Callable[[int], float]:
    def schedule(epoch: int) -> float:
        raise error

    return schedule


f, costs = nnlib.ACTIVATIONS, nnlib.COSTS
SHAPES = (
    "the pass p has arrays of other shapes, or not of float64; a pass that net.forward(X) gives is expected"
)
NO_ARRAYS = (
    "the pass p has no arrays Z[l] and A[l], one a layer; a pass that net.forward(X) gives is expected"
)
BEYOND = "numbers that float64 cannot hold (1.8e+308 at most); smaller ones are expected"
LARGE = "numbers that are not finite: float64 holds 1.8e+308 at most, so scale what is large"
OWN = "is not finite; finite answers to finite numbers are expected"
NONE = "holds None at index (0, 0)"
PERCEPTRON = "sums of products are no numbers any more"

#: What a call is answered with; nothing is warned of on the way.
ANSWERED: list[tuple[Callable[[], object], str]] = [
    # Functions
    (lambda: cost().prime([[None]], [[1.0]]), f"A cannot be read as numbers: it {NONE}"),
    (lambda: cost().prime([[1.0]], [[None]]), f"Y cannot be read as numbers: it {NONE}"),
    (lambda: cost().prime([[1.0]]), "1 arrays came; A and Y are expected"),  # type: ignore[call-arg]
    (lambda: cost().prime(*[[[1.0]]] * 3), "3 arrays came; A and Y are expected"),  # type: ignore[call-arg, arg-type]
    (lambda: activation().prime([1.0]), "1 arrays came; z and a are expected"),
    (
        lambda: activation().prime([None], [1.0]),
        "z cannot be read as numbers: it holds None at index (0,)",
    ),
    (
        lambda: activation().prime([1.0], [None]),
        "a cannot be read as numbers: it holds None at index (0,)",
    ),
    (lambda: activation()([1j]), "z cannot be read as numbers: it holds complex128"),
    (lambda: activation(f=lambda z: 1e308 * z)([9.0]), f"of z come {BEYOND}"),
    (
        lambda: f["tanh"].vjp([1.0], [1.0, 2.0], [1.0]),
        "g has shape (1,) and z has shape (2,) and a has shape (1,); one shape is expected",
    ),
    (
        lambda: activation(prime=lambda z, a: np.full_like(z, 1e308)).vjp([9.0], [0.0], [0.0]),
        f"of g and z and a come {BEYOND}",
    ),
    (lambda: f["softmax"](1.0), "z has shape (); softmax expects rows of numbers"),
    (lambda: f["softmax"](np.zeros((2, 0))), "z has shape (2, 0); softmax expects rows of numbers"),
    (
        lambda: nnlib.activations.prelu().prime_alpha([None]),
        "z cannot be read as numbers: it holds None at index (0,)",
    ),
    (
        lambda: nnlib.activations.prelu(np.array([1])),
        "alpha is an array of int64, shape (1,); an array of floats is expected",
    ),
    (
        lambda: nnlib.activations.prelu(np.array([np.nan])),
        "alpha has nan at index (0,); finite numbers are expected",
    ),
    (lambda: nnlib.initializers.normal(1e308)(np.random.default_rng(0), 9, 9), f"of sd come {BEYOND}"),
    # Outputs
    (
        lambda: nnlib.outputs.classify(np.ones((1, 1)), "sigmoid", cost(name="m" * 60)),  # type: ignore[arg-type]
        f"output is 'sigmoid' and cost Cost(name='{'m' * 46}...; an Activation and a Cost are expected",
    ),
    (
        lambda: nnlib.outputs.classify(np.ones(1), f["sigmoid"], costs["mse"]),
        "A has shape (1,); a matrix is expected, an example a row",
    ),
    (
        lambda: nnlib.outputs.labels(np.ones(1), f["sigmoid"], costs["mse"]),
        "Y has shape (1,); a matrix is expected, an example a row",
    ),
    (
        lambda: net(output="tanh", cost="binary_cross_entropy"),
        "binary_cross_entropy expects outputs between 0 and 1, as of sigmoid or softmax; "
        "the output is tanh, its range -1 to 1 (an activation of your own says its range as "
        "Activation(name, f, prime, range=(0, 1)))",
    ),
    (
        lambda: net(output=activation(f=raising), cost=cost()),
        "f of mine was called with float arrays: no",
    ),
    (lambda: net(cost=cost(value=raising)), "value of mine was called with float arrays: no"),
    (
        lambda: net(1, 2, 3, cost=cost(value=lambda A, Y: A)),
        "value of mine gave an array of float64, shape (2, 3); an array of numbers, shape (2,), is expected",
    ),
    (
        lambda: net(1, 2, cost=cost(value=lambda A, Y: A.sum(axis=1) * 1j)),
        "value of mine gave an array of complex128, shape (2,); an array of numbers, shape (2,), is expected",
    ),
    (
        lambda: net(1, 2, cost=cost(prime=lambda A, Y: A[:, :0])),
        "prime of mine was called with float arrays: "
        "operands could not be broadcast together with shapes (2,2) (2,0)",
    ),
    # Parameters
    (
        lambda: Parameters(np.zeros(2, int), [1, 1], []),
        "flat is an array of int64, shape (2,); a float array of shape (2,) is expected",
    ),
    (lambda: Parameters([0.0], [1, 1], []), "flat is [0.0]; a float array of shape (2,) is expected"),  # type: ignore[arg-type]
    (lambda: Parameters(np.zeros(3), [1, 1], [2]), "leaky is [2]; layers from 1 to 1 are expected"),
    (lambda: Parameters(np.zeros(3), [1, 1], [1.0]), "leaky is [1.0]; layers from 1 to 1 are expected"),  # type: ignore[list-item]
    (
        lambda: nnlib.initializers.he(np.random.default_rng(0), 0, 1),
        "n_out is 0; a whole number of at least 1 is expected",
    ),
    (
        lambda: nnlib.initializers.he(np.random.default_rng(0), 1, 0),
        "n_in is 0; a whole number of at least 1 is expected",
    ),
    (
        lambda: nnlib.initializers.he(np.random.default_rng(0), 5_000_001, 2),
        "n_out times n_in is 10,000,002; at most 10,000,000 are expected",
    ),
    (lambda: setattr(net(), "W", 5), "W was given 5; 1 are expected"),
    (lambda: setattr(net(), "W", "a"), "W was given 'a'; 1 are expected"),
    (lambda: setattr(net(), "b", [1, 2, 3]), "b was given more than 1 arrays; 1 are expected"),
    (
        lambda: net(dtype=np.float32).W.__setitem__(1, [[1e300]]),
        "W[1] has 1e+300 at index (0, 0); float32 holds 3.4e+38 at most",
    ),
    (
        lambda: net(2, 1, dtype=np.float32).predict([[1.0, 1e300]]),
        "X has 1e+300 at index (0, 1); float32 holds 3.4e+38 at most",
    ),
    (
        lambda: setattr(net(dtype=np.float32), "W", [[[1e300]]]),
        "W[1] has 1e+300 at index (0, 0); float32 holds 3.4e+38 at most",
    ),
    (
        lambda: weighted(1e300).copy(dtype=np.float32),
        "a network whose dtype is to be less has 1e+300 at index (0,); float32 holds 3.4e+38 at most",
    ),
    # The network
    (lambda: weighted(10.0, 0.0, hidden="sigmoid").forward([[1e308]]), f"X leads, in layer 1, to {LARGE}"),
    (
        lambda: net(1, 1, 1, hidden=activation(f=lambda z: np.where(z == 0.5, z, np.nan))).forward([[1.0]]),
        f"in layer 1, f of 'mine' {OWN}",
    ),
    (lambda: backward(weighted(1e60), [[1e100]], [[1e300]]), f"the pass p, of X, and Y lead to {LARGE}"),
    (
        lambda: backward(weighted(0.0, 1e110, hidden="sigmoid"), [[1e100]], [[0.0]]),
        f"the pass p, of X, and Y lead to {LARGE}",
    ),
    (
        lambda: backward(net(cost=cost(prime=lambda A, Y: 1 / (Y - Y))), [[1.0]], [[2.0]]),
        f"prime of 'mine' {OWN}",
    ),
    (
        lambda: backward(
            net(1, 1, 1, hidden=activation(prime=lambda z, a: np.where((z > 0.5) & (a > -1), np.nan, 1 + a))),
            [[1e9]] if net(1, 1, 1).W[1][0, 0] > 0 else [[-1e9]],
            [[2.0]],
        ),
        f"in layer 1, prime of 'mine' {OWN}",
    ),
    (lambda: weighted(1.0).cost([[1.0]], [[1e200]]), f"X, Y or l2 leads to {LARGE}"),
    (
        lambda: weighted(0.0, 1e200, hidden="sigmoid").cost([[1e100]], [[0.0]]),
        f"X, Y or l2 leads to {LARGE}",
    ),
    (
        lambda: weighted(1.0, dtype=np.float32).cost([[1.0]], [[1e30]]),
        "X, Y or l2 leads to numbers that are not finite: "
        "float32 holds 3.4e+38 at most, so scale what is large",
    ),
    (lambda: changed_pass(lambda p: p.Z.append(p.Z[-1])), NO_ARRAYS),
    (lambda: changed_pass(lambda p: put(p.A, 0, p.A[0].astype(np.float32))), SHAPES),
    (lambda: changed_pass(lambda p: put(p.A, 1, p.A[1][:1])), SHAPES),
    (lambda: changed_pass(lambda p: p.__init__([z[:0] for z in p.Z], [a[:0] for a in p.A])), SHAPES),
    (
        lambda: changed_pass(lambda p: p.Z[1].__setitem__((1, 0), np.inf), 1e100),
        f"the pass holds {LARGE}",
    ),
    (
        lambda: backward(net(), [[1.0]], [[1j]]),
        "Y cannot be read as a matrix of numbers, an example a row: it holds complex128",
    ),
    (
        lambda: backward(
            net(1, 2, output="softmax", cost="categorical_cross_entropy"),
            [[1.0]] * 2,
            [[0.7, 0.7], [0.1, 0.1]],
        ),
        "row 1 of Y sums to 0.2; categorical_cross_entropy expects rows that sum to 1",
    ),
    (lambda: net(dtype="float16"), "dtype is 'float16'; float (64 bits) or numpy.float32 is expected"),
    # Training
    (
        lambda: nnlib.SGD(10**400),
        "learning_rate is a whole number of some 400 digits; a number above 0 is expected",
    ),
    (lambda: nnlib.fit(3, [[1.0]], [[1.0]]), "net is 3; a Network is expected"),  # type: ignore[arg-type]
    (lambda: nnlib.gradient_check(3, [[1.0]], [[1.0]]), "net is 3; a Network is expected"),  # type: ignore[arg-type]
    (
        lambda: nnlib.gradient_check(net(), [[1.0]], [[1.0]], epsilon=1.5),
        "epsilon is 1.5; a small step is expected, at most 1",
    ),
    (lambda: nnlib.SGD().start_epoch(-1), "epoch is -1; a whole number of at least 0 is expected"),
    (
        lambda: nnlib.SGD(of_the_epoch(KeyError("x"))),
        "the learning rate was asked for epoch 0: 'x'; "
        "a schedule is a function of the epoch, as lambda epoch: 0.1 / (1 + epoch)",
    ),
    (
        lambda: nnlib.SGD().step(np.array([np.nan]), np.ones(1)),
        "w has nan at index (0,); finite numbers are expected",
    ),
    (
        lambda: nnlib.SGD().step(np.ma.masked_invalid([np.nan]), np.ones(1)),
        "w is masked at index (0,); leave such rows out, or put numbers there with w.filled(...)",
    ),
    (
        lambda: nnlib.SGD().step(np.broadcast_to(1.0, (2,)), np.ones(2)),
        "w is read-only; an array that a step can change is expected, as w.copy()",
    ),
    (
        lambda: nnlib.SGD(1e30).step(np.ones(1, np.float32), np.full(1, 1e30, np.float32)),
        "a step with the learning_rate 1e+30 along this gradient is not finite: "
        "float32 holds 3.4e+38 at most",
    ),
    # The perceptron
    (
        lambda: nnlib.Perceptron(1).fit(np.zeros((1, 0)), [0]),
        "X has no columns; at least one of inputs is expected",
    ),
    (
        lambda: nnlib.Perceptron(1).fit([[1e200], [1e200]], [0, 0], 1),
        f"X reaches 1e+200, the learning_rate or weights 1: {PERCEPTRON}",
    ),
    (
        lambda: nnlib.Perceptron(1).fit([[-1e200], [1e200]], [1, 1], 1),
        f"X reaches 1e+200, the learning_rate or weights 1: {PERCEPTRON}",
    ),
    (
        lambda: nnlib.Perceptron(1).fit([[1e200], [1e200]], [1, 0], 1),
        f"X reaches 1e+200, the learning_rate or weights 1: {PERCEPTRON}",
    ),
    (
        lambda: nnlib.Perceptron(2).fit([[1e200, -1e200], [1e200, 1e200]], [1, 0], 1),
        f"X reaches 1e+200, the learning_rate or weights 1: {PERCEPTRON}",
    ),
    (
        lambda: nnlib.Perceptron(1, 10).fit([[1e308]], [0], 1),
        f"X reaches 1e+308, the learning_rate or weights 10: {PERCEPTRON}",
    ),
    (
        lambda: nnlib.Perceptron(2).fit([[1e200, -1e200]], [0], 1).predict([[1e300, 1e300]]),
        f"X reaches 1e+300, the learning_rate or weights 1e+200: {PERCEPTRON}",
    ),
    (
        lambda: nnlib.Perceptron(1).fit([[1.0]], np.array([1 + 0j])),
        "y holds ['complex128']; labels 0 and 1, or -1 and 1, are expected",
    ),
    (
        lambda: nnlib.Perceptron(1).fit(np.ones((7, 1)), [10, 9, 8, 7, 6, 5, 4]),
        "y holds [4, 5, 6, 7, 8]; labels 0 and 1, or -1 and 1, are expected",
    ),
    # Data
    (
        lambda: nnlib.one_hot(np.zeros(4000), 2501),
        "4000 labels of n_classes = 2501 make 10,004,000 numbers; at most 10,000,000 are expected",
    ),
    (
        lambda: nnlib.one_hot([None], 2),
        "labels cannot be read as class indices: it holds None at index (0,)",
    ),
    (
        lambda: nnlib.one_hot([1e300] * 7, 2),
        "labels holds [1e+300, 1e+300, 1e+300, 1e+300, 1e+300] ...; class indices 0, 1, 2, ... are expected",
    ),
    (lambda: nnlib.one_hot(["1"], 2), "labels holds ['1'] ...; class indices 0, 1, 2, ... are expected"),
    (
        lambda: nnlib.one_hot([1j * 0 + 1], 2),
        "labels holds [(1+0j)] ...; class indices 0, 1, 2, ... are expected",
    ),
    (
        lambda: nnlib.split_rows(2, stratify=[-1, 0]),
        "stratify has the label -1; 0 or more is expected",
    ),
    (
        lambda: nnlib.Standardizer().fit(np.zeros((2, 0))),
        "X has no columns; at least one of features is expected",
    ),
    (
        lambda: nnlib.Standardizer().fit([[1.0]]).transform(np.zeros((2, 0))),
        "X has no columns; at least one of features is expected",
    ),
    (
        lambda: nnlib.Standardizer().fit([[1.0, 0.0], [2.0, 1e-320]]),
        "column 1 of X varies by less than 1e-307; give it in a smaller unit",
    ),
    (lambda: nnlib.Standardizer().fit([[0.0], [1e-300]]).transform([[1e300]]), f"of X come {BEYOND}"),
    (lambda: nnlib.spirals(turns=1e308), "turns is 1e+308; fewer of them are expected"),
    (lambda: nnlib.moons(noise=1e308, rng=0), f"of noise come {BEYOND}"),
]


@pytest.mark.parametrize(
    ("act", "words"), ANSWERED, ids=lambda each: each[:40] if isinstance(each, str) else ""
)
def test_the_answer(act: Callable[[], object], words: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
            act()
