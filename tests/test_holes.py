"""Where a wrong line could once hide: ends of ranges, defaults, odd numbers of rows, a lone infinity."""

from __future__ import annotations

import importlib
import inspect
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import nnlib
from nnlib import (
    ACTIVATIONS,
    COSTS,
    SGD,
    Activation,
    Adam,
    Cost,
    Network,
    Perceptron,
    checks,
    outputs,
    passes,
    schedules,
    settings,
    training,
)

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


@pytest.fixture
def quiet() -> Iterator[None]:
    """Any warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def chain(*weights: float, **kinds: Any) -> Network:
    """Single neurons, one after another, with these weights."""
    net = Network([1] * (len(weights) + 1), **({"output": "linear", "cost": "mse"} | kinds))
    net.W = [[[w]] for w in weights]
    return net


class TestGradientCheck:
    def test_its_value_where_the_slope_is_three_times_what_it_should_be(self) -> None:
        steep = Activation("steep", np.copy, lambda z, a: np.full_like(z, 3))
        assert nnlib.gradient_check(chain(1.0, output=steep), [[1.0]], [[0.0]]) == pytest.approx(0.5)

    def test_an_epsilon_of_1_will_do(self) -> None:
        assert nnlib.gradient_check(chain(1.0), [[1.0]], [[0.0]], epsilon=1) < 1e-15

    def test_where_both_are_zero(self) -> None:
        assert str(nnlib.gradient_check(chain(0.0), [[1.0]], [[0.0]])) == "0.0"


class TestRuns:
    def test_the_validation_cost_of_a_cost_of_activations(self) -> None:
        X, labels = nnlib.moons(20, rng=0)
        net = Network([2, 3, 1], rng=0)
        history = nnlib.fit(net, X, labels[:, None], epochs=1, validation=(X[:9], labels[:9, None]), rng=0)
        assert history.val_cost == [pytest.approx(net.cost(X[:9], labels[:9, None]), rel=1e-12)]

    def test_patience_counts_from_the_best_epoch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        costs = iter([5.0, 4, 3, 3.5, 2, 3, 4, 1, 2, 2, 2, 0])
        monkeypatch.setattr(training, "_score", lambda *_: (next(costs), None))
        history = nnlib.fit(chain(1.0), [[1.0]], [[1.0]], validation=([[1.0]], [[1.0]]), patience=3)
        assert history.val_cost == [5, 4, 3, 3.5, 2, 3, 4, 1, 2, 2, 2]

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (
                lambda epoch: None,
                "each_epoch was called with epoch 0 and the network: .* takes 1 positional argument but 2 "
                "were given; a function of both is expected",
            ),
            (lambda epoch, net: [][epoch], "list index out of range"),
        ],
    )
    def test_after_a_first_call_that_fails_the_network_is_as_it_was(
        self, wrong: Callable[..., None], words: str
    ) -> None:
        net = chain(1.0)
        with pytest.raises((ValueError, IndexError), match=f"^{words}$"):
            nnlib.fit(net, [[1.0]], [[2.0]], each_epoch=wrong)
        assert net.parameters.tolist() == [1, 0]

    def test_a_run_that_diverges_says_so_and_gives_its_history(self) -> None:
        X = np.arange(-3.0, 3)[:, None]
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            kinds: dict[str, Any] = {"batch_size": 1, "optimizer": SGD(9), "rng": 0}  # 0: it ends in NaN
            history = nnlib.fit(chain(1.0, 1.0, hidden="linear"), X, X**2, **kinds)
        (only,) = said
        cost = history.cost[-1]
        assert only.category is RuntimeWarning
        assert str(only.message) == (
            f"training diverged: after epoch {len(history.cost) - 1} the cost is {cost}; "
            "try a smaller learning rate than 9"
        )


class TestOptimizers:
    @pytest.mark.parametrize("make", [lambda: SGD(1e30), lambda: SGD(1e30, 0.5)])
    def test_after_a_step_too_far_all_is_as_it_was(self, make: Callable[[], SGD], quiet: None) -> None:
        optimizer, w = make(), np.ones(2)
        for _ in range(2):
            optimizer.step(w, np.array([1e-30, 0]))
        before = w.copy(), [array.copy() for array in optimizer._state]
        with pytest.raises(ValueError, match=r"^a step with"):
            optimizer.step(w, np.array([1e300, 0]))
        assert optimizer.steps == 2
        np.testing.assert_array_equal(w, before[0])
        np.testing.assert_array_equal(optimizer._state, before[1])


class TestNumbersThatDoNotEnd:
    """What comes of large inputs is refused; of large parameters, as after a run that diverged, given."""

    def test_the_largest_number_that_may_come(self) -> None:
        most = float(np.finfo(float).max) ** 0.25
        passes.within("X leads to", given=[np.array([most])], found=[np.array([np.inf])])
        with pytest.raises(ValueError, match=r"^X leads to numbers that are not finite: float64"):
            passes.within("X leads to", given=[-np.nextafter(most, np.inf)], found=[np.array([np.nan])])

    def test_of_large_parameters(self, quiet: None) -> None:
        net = chain(1.0, 1e200, 1e200, hidden="linear")
        X, Y = [[1.0], [-1.0]], [[0.0], [1.0]]
        p = net.forward(X)
        assert np.isinf(p.A[-1]).all()
        assert not np.isfinite(net.backward(p, Y).flat).all()
        assert not np.isfinite(net.cost(X, Y))
        assert net.penalty() == 0
        assert np.isnan(chain(1e200, -1e200, hidden="linear", output="swish").predict(X[:1])).all()

    @pytest.mark.parametrize(
        "value",
        [
            lambda A, Y: 1 / (A[:, 0] * 0),
            lambda A, Y: 0 / (A[:, 0] * 0),
            lambda A, Y: 1e308 * 9 * A[:, 0] ** 2,
        ],
    )
    def test_of_a_cost_of_ones_own(self, value: Callable[..., Any], quiet: None) -> None:
        net = chain(1.0, cost=Cost("mine", value, lambda A, Y: A * 0))
        assert not np.isfinite(net.cost([[1.0]], [[1.0]]))


def test_a_pass_that_is_a_hair_off_is_refused_however_small_its_numbers() -> None:
    net = chain(1.0)
    p = net.forward([[1e-3]])
    net.b[1] += 1e-9
    with pytest.raises(ValueError, match=r"^the pass is not of this network as it is now"):
        net.backward(p, [[0.0]])


class TestDtypes:
    def test_whole_numbers_get_that_of_the_floats_beside_them(self) -> None:
        half, single = np.array([0.3]), np.array([0.3], np.float32)
        vjp = ACTIVATIONS["tanh"].vjp
        assert vjp([1], single, single).dtype == np.float32
        assert vjp(single, half, half).dtype == float
        assert vjp(single, half, half)[0] == np.float64(single[0]) * (1 - 0.09)

    def test_classes_are_whole_numbers(self) -> None:
        assert outputs.classify(np.ones((1, 1)), ACTIVATIONS["sigmoid"], COSTS["mse"]).dtype == np.intp
        assert nnlib.load_digits().labels.dtype == np.intp


class TestClasses:
    def test_an_infinite_amount_is_the_largest(self) -> None:
        assert outputs.classify(np.array([[1, np.inf]]), ACTIVATIONS["linear"], COSTS["mse"]).tolist() == [1]

    def test_a_target_in_the_middle_is_a_yes(self) -> None:
        found = outputs.labels(np.array([[0.25, 0.5]]), ACTIVATIONS["sigmoid"], COSTS["mse"])
        assert found is not None
        assert found.tolist() == [1]


def test_a_cost_of_ones_own_is_tried_with_shares(quiet: None) -> None:
    def value(A: Any, Y: Any) -> Any:
        if A.max() > 1 or Y.sum(axis=1).max() > 1:
            raise ArithmeticError
        return A / np.zeros_like(A)

    assert Network([2, 2], cost=Cost("mine", lambda A, Y: value(A, Y).sum(axis=1), value)).is_classifier


@pytest.mark.parametrize("l", [True, 1.0, "1", np.timedelta64(1)])
def test_what_numbers_no_layer(l: Any) -> None:
    with pytest.raises(IndexError, match=r"^there is no W\["):
        Network([1, 1, 1]).W[l]


def test_checked_functions_are_equal_where_their_functions_are() -> None:
    assert checks.Checked(np.tanh) != checks.Checked(np.sin)
    assert checks.Checked(np.tanh) != np.tanh
    assert checks.Checked(np.tanh) != SGD  # has no raw


def test_a_leaky_relus_name() -> None:
    assert nnlib.activations.leaky_relu(0.2).name == "leaky_relu"


class TestStandardizer:
    @pytest.mark.parametrize(
        ("column", "z", "sd"),
        [
            ([1.7e308, -1.7e308], [1, -1], 1.7e308),
            ([0, 2 * np.finfo(float).tiny], [-1, 1], np.finfo(float).tiny),
            ([5e-324, 5e-324], [0, 0], 1),
            ([1, 1 + 16 * 2.0**-52], [0, 0], 1),  # rounding
            ([1, 1 + 17 * 2.0**-52], [-1, 1], 8.5 * 2.0**-52),
        ],
    )
    def test_at_the_ends_of_a_column(self, column: list[float], z: list[float], sd: float) -> None:
        s = nnlib.Standardizer()
        both = np.column_stack([column, [1e200, -1e200]])
        made = s.fit_transform(both)
        assert made.tolist() == pytest.approx(np.column_stack([z, [1, -1]]), rel=0.1)
        assert s.sd[0] == pytest.approx(sd, rel=0.1)


PINNED: list[tuple[Callable[..., Any], list[list[float]]]] = [
    (
        nnlib.moons,
        [[-0.353081059894, 0.919339906798], [0.284618727578, -0.213508278163]],
    ),
    (
        nnlib.spirals,
        [[0.269562674264, -0.756683929981], [0.48876859568, 0.0812682225857]],
    ),
    (
        nnlib.blobs,
        [[1.03771906633, -0.0396314589874], [-0.807873204867, 0.0314700351459]],
    ),
]
SPLIT = [0, 6, 9, 13, 16, 20, 23, 34]
PLAIN = [2, 3, 4, 11, 23, 24, 27, 34]


class TestDrawnRows:
    """The same seed draws the same on every machine."""

    def test_sets_of_points(self) -> None:
        for make, points in PINNED:
            np.testing.assert_allclose(make(2, rng=0).X, points, rtol=1e-10)

    def test_all_points_differ(self) -> None:
        for make in (nnlib.moons, nnlib.spirals):
            assert len(np.unique(make(100, 0, rng=0).X, axis=0)) == 100

    def test_splits(self) -> None:
        labels = np.arange(40) % 3
        assert sorted(nnlib.split_rows(40, stratify=labels, rng=0).held_out) == SPLIT
        assert sorted(nnlib.split_rows(40, rng=0).held_out) == PLAIN

    def test_of_classes_that_lose_as_much_the_first_give_a_row_more(self) -> None:
        labels = np.repeat(np.arange(100), [2, 4] * 50)
        back = nnlib.split_rows(300, 0.25, stratify=labels, rng=0).held_out
        assert np.bincount(labels[back]).tolist() == [1, 1] * 25 + [0, 1] * 25


def test_what_names_a_dtype() -> None:
    for name in ("float", "float64", "float32"):
        assert settings.precision(name) == np.dtype(name)


class TestTheLargestSizes:
    def test_ten_million_weights(self) -> None:
        rng = np.random.default_rng(0)
        assert nnlib.initializers.constant()(rng, 1, 10**7).shape == (1, 10**7)
        assert settings.sizes_of([10**7 - 1, 1]) == [10**7 - 1, 1]
        assert len(settings.sizes_of([1] * 1000)) == 1000

    def test_of_a_list(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(checks, "MOST", 3)
        assert checks.read("x", [1, 2, 3], "numbers").tolist() == [1, 2, 3]
        with pytest.raises(ValueError, match=r"^x cannot be read as numbers: it has over 3 entries$"):
            checks.read("x", [1, 2, 3, 4], "numbers")


def test_layers_have_no_layer_0() -> None:
    net = Network([2, 3, 1])
    assert net.W.arrays[0].size == net.b.arrays[0].size == 0
    assert [leak.size for leak in net._parameters.leaks] == [0, 0, 0]
    assert [leak.size for leak in Network([2, 3, 1], "prelu")._parameters.leaks] == [0, 1, 0]
