"""Whoever adds an activation, a cost, a schedule or an optimizer finds it checked here.

Nothing is listed by hand: what is checked stands in ``ACTIVATIONS``, ``COSTS``, ``nnlib.schedules`` and
below ``Optimizer``. A slope is compared with differences, and a value with Keras, which knows most of the
field's functions by the same names. What Keras does not know needs an implementation of its own in
``ELSEWHERE``.
"""

from __future__ import annotations

import contextlib
import inspect
import re
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numerics import Array, central_gradient, central_slope

import nnlib
from nnlib import ACTIVATIONS, COSTS, Network, Optimizer, gradient_check, schedules

API = (Path(__file__).parent.parent / "appendix" / "api.md").read_text(encoding="utf-8")
POINTS = np.linspace(-6, 6, 240)  # 0.05 apart; not 0, where most kinks are
ELEMENTWISE = [name for name, f in ACTIVATIONS.items() if f.elementwise]
RNG = np.random.default_rng(0)

#: What Keras does not know by the same name, or with another default: in other words than nnlib's.
ELSEWHERE: dict[str, Callable[..., Array]] = {
    "step": lambda z: np.heaviside(z, 1),
    "leaky_relu": lambda z: np.maximum(z, 0.01 * z),
    "prelu": lambda z: np.maximum(z, 0.25 * z),
    "quadratic": lambda A, Y: 0.5 * np.linalg.norm(A - Y, axis=1) ** 2,
}


def needs_keras(test: Callable[..., None]) -> Callable[..., None]:
    """It takes some seconds to come."""
    missing = pytest.mark.skipif(find_spec("keras") is None, reason="Keras is not installed")
    return pytest.mark.slow(missing(test))


def letters(name: str) -> str:
    """As names are compared: binary_cross_entropy is binary_crossentropy, and GradientDescent has two."""
    return name.lower().replace("_", "")


def keras_named(module: str, name: str) -> Any:
    import keras

    place = getattr(keras, module)
    found = next((getattr(place, found) for found in dir(place) if letters(found) == letters(name)), None)
    if found is None:
        with contextlib.suppress(ValueError):  # short names, such as mse, are known to get alone
            found = place.get(name)
    return found


def optimizers(base: type[Optimizer] = Optimizer) -> Iterator[type[Optimizer]]:
    for each in base.__subclasses__():
        if each.__module__ == "nnlib.optimizers":
            yield each
            yield from optimizers(each)


def every_schedule() -> list[str]:
    """The functions of nnlib.schedules that make one."""
    found = inspect.getmembers(schedules, inspect.isfunction)
    return [name for name, f in found if f.__annotations__.get("return") == "Schedule"]


def documented(source: str, table: str) -> str:
    """The comment that documents a table in a module's source."""
    text = (Path(nnlib.__file__).parent / source).read_text(encoding="utf-8")
    return text.split(f"\n{table}: ")[0].rsplit("\n\n", 1)[1]


class TestActivations:
    @pytest.mark.parametrize("name", ELEMENTWISE)
    @pytest.mark.parametrize("dtype", [np.float64, np.float32])
    def test_the_slope_is_that_of_the_value(self, name: str, dtype: type) -> None:
        f, z = ACTIVATIONS[name], POINTS.astype(dtype)
        a = f(z)
        assert a.dtype == f.prime(z, a).dtype == dtype
        tolerance = 1e-8 if dtype is np.float64 else 1e-5
        np.testing.assert_allclose(f.prime(z, a), central_slope(f.f, POINTS), atol=tolerance)

    @pytest.mark.parametrize("name", ACTIVATIONS)
    def test_extremes_stay_numbers(self, name: str) -> None:
        z = np.array([[-1e300, -800.0, -40.0, 0.0, 40.0, 800.0, 1e300]])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert np.isfinite(ACTIVATIONS[name](z)).all()
            assert np.isfinite(ACTIVATIONS[name].vjp(np.ones_like(z), z, ACTIVATIONS[name](z))).all()

    @needs_keras
    @pytest.mark.parametrize("name", ACTIVATIONS)
    def test_the_value_is_that_of_another_implementation(self, name: str) -> None:
        z = POINTS.reshape(-1, 8)
        if name in ELSEWHERE:
            theirs = ELSEWHERE[name](z)
        else:
            function = keras_named("activations", name)
            assert function, f"Keras knows no activation {name}: put another implementation into ELSEWHERE"
            exactly = (
                {"approximate": False} if "approximate" in inspect.signature(function).parameters else {}
            )
            theirs = np.asarray(function(z, **exactly))
        np.testing.assert_allclose(ACTIVATIONS[name](z), theirs, rtol=1e-5, atol=1e-6)

    @pytest.mark.parametrize("name", ACTIVATIONS)
    def test_its_formula_is_documented(self, name: str) -> None:
        row = rf"^#: {name} {{2,}}\S.* {{2,}}\S"
        assert re.search(row, documented("activations.py", "ACTIVATIONS"), re.M), f"{name} has no row"


def places(name: str) -> tuple[Array, Array]:
    """Activations and targets of a cost, 12 examples of 4 outputs."""
    cost, shape = COSTS[name], (12, 4)
    low, high = np.clip(cost.range, -2, 2)
    A = RNG.uniform(low + 0.01 * (high - low), high - 0.01 * (high - low), shape)
    Y = RNG.normal(size=shape) if cost.targets == "numbers" else RNG.uniform(size=shape)
    if cost.targets == "shares":
        A, Y = (values / values.sum(axis=1, keepdims=True) for values in (A, Y))
    return A, Y


class TestCosts:
    @pytest.mark.parametrize("name", COSTS)
    def test_the_gradient_is_that_of_the_value(self, name: str) -> None:
        A, Y = places(name)
        theirs = central_gradient(lambda at: float(COSTS[name].value(at, Y).sum()), A, 1e-6)
        np.testing.assert_allclose(COSTS[name].prime(A, Y), theirs, rtol=1e-6, atol=1e-8)

    @pytest.mark.parametrize("name", COSTS)
    def test_nothing_costs_less_than_to_be_right(self, name: str) -> None:
        A, Y = places(name)
        at_best = Y if COSTS[name].targets == "numbers" else np.clip(Y, 1e-9, 1)
        assert (COSTS[name](at_best, Y) <= COSTS[name](A, Y)).all()

    @pytest.mark.parametrize("name", [name for name, cost in COSTS.items() if cost.canonical])
    def test_from_logits_and_the_short_delta(self, name: str) -> None:
        cost, (_, Y) = COSTS[name], places(name)
        Z, f = RNG.normal(size=Y.shape), ACTIVATIONS[str(cost.canonical)]
        np.testing.assert_allclose(f.vjp(cost.prime(f(Z), Y), Z, f(Z)), f(Z) - Y, atol=1e-12)
        if cost.from_logits:
            np.testing.assert_allclose(cost.from_logits(Z, Y), cost(f(Z), Y), rtol=1e-12)

    @needs_keras
    @pytest.mark.parametrize("name", COSTS)
    def test_the_value_is_that_of_another_implementation(self, name: str) -> None:
        A, Y = places(name)
        if name in ELSEWHERE:
            theirs = ELSEWHERE[name](A, Y)
        else:
            function = keras_named("losses", name)
            assert function, f"Keras knows no loss {name}: put another implementation into ELSEWHERE"
            function = function() if inspect.isclass(function) else function
            call = getattr(function, "call", function)  # of a class, before the mean over the examples
            theirs = np.asarray(call(Y, A))
        ratio = COSTS[name](A, Y) / theirs  # theirs may be the mean over the outputs, ours their sum
        assert np.abs(ratio / ratio.mean() - 1).max() < 1e-5
        assert min(abs(ratio.mean() - 1), abs(ratio.mean() - 4)) < 1e-5

    @pytest.mark.parametrize("name", COSTS)
    def test_its_formula_is_documented(self, name: str) -> None:
        assert re.search(rf"^#: \* ``{name}`` \$", documented("costs.py", "COSTS"), re.M), (
            f"{name} has no line"
        )


def fitting(hidden: str, output: str, cost: str) -> Network | None:
    """A small network; ``None`` where nnlib refuses the three together."""
    try:
        return Network([3, 4, 3], hidden, output=output, cost=cost, rng=1, l2=0.1)
    except ValueError:
        return None


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("output", ACTIVATIONS)
def test_gradients_of_networks(output: str, cost: str) -> None:
    made = [net for hidden in ACTIVATIONS if (net := fitting(hidden, output, cost))]
    low, high = COSTS[cost].range
    ours = ACTIVATIONS[output].range
    assert bool(made) == (low <= ours[0] and ours[1] <= high)
    rng = np.random.default_rng(0)
    for net in made:
        net.b = [rng.normal(size=b.shape) for b in net.b]  # no neuron exactly at a kink or a jump
        X, Y = rng.normal(size=(6, 3)), places(cost)[1][:6, :3]
        Y = Y / Y.sum(axis=1, keepdims=True) if COSTS[cost].targets == "shares" else Y
        assert gradient_check(net, X, Y) < 1e-7


class TestSchedules:
    @pytest.mark.parametrize("name", every_schedule())
    def test_it_starts_at_its_start_and_never_rises_or_ends(self, name: str) -> None:
        rates = [getattr(schedules, name)(0.3)(epoch) for epoch in range(60)]
        assert rates[0] == 0.3
        assert all(0 < later <= earlier for earlier, later in pairwise(rates))

    @pytest.mark.parametrize("name", every_schedule())
    def test_its_formula_and_its_place_in_the_api(self, name: str) -> None:
        assert r"\eta_t = " in str(getattr(schedules, name).__doc__)
        assert re.search(rf"schedules\.{name}\b", API)

    @pytest.mark.parametrize("name", every_schedule())
    def test_out_of_range(self, name: str) -> None:
        for start in (0, -1, np.nan, np.inf, "0.1"):
            with pytest.raises(ValueError, match=r"^start is .* is expected$"):
                getattr(schedules, name)(start)


class TestOptimizers:
    @pytest.mark.parametrize("kind", [*optimizers()])
    def test_it_comes_down_in_a_bowl(self, kind: type[Optimizer]) -> None:
        w, optimizer = np.array([1.0, -2.0]), kind(0.02)
        for _ in range(2000):
            optimizer.step(w, np.array([1.0, 4.0]) * w)
        assert np.abs(w).max() < 0.05

    @pytest.mark.parametrize("kind", [*optimizers()])
    def test_it_forgets_and_begins_again(self, kind: type[Optimizer]) -> None:
        optimizer, ends = kind(0.1), []
        for _ in range(2):
            w = np.ones(3)
            for g in np.random.default_rng(1).normal(size=(5, 3)):
                optimizer.step(w, g)
            ends.append(w)
            optimizer.reset()
        np.testing.assert_array_equal(*ends)

    @pytest.mark.parametrize("kind", [*optimizers()])
    def test_its_formula_and_its_place_in_the_api(self, kind: type[Optimizer]) -> None:
        assert r"\leftarrow" in str(kind.__doc__)
        assert re.search(rf"\b{kind.__name__}\b", API)
        assert getattr(nnlib, kind.__name__) is kind

    @needs_keras
    @pytest.mark.parametrize("kind", [*optimizers()])
    def test_its_steps_are_those_of_another_implementation(self, kind: type[Optimizer]) -> None:
        import keras

        names = [name for name, value in vars(nnlib.optimizers).items() if value is kind]
        theirs = next((found for name in names if (found := keras_named("optimizers", name))), None)
        assert theirs, f"Keras knows no optimizer {kind.__name__}: add a comparison of its own"
        known = {letters(name): name for name in inspect.signature(theirs).parameters}
        own = inspect.signature(kind).parameters.values()
        options = [{}, {"momentum": 0.9}] if any(each.name == "momentum" for each in own) else [{}]
        for option, size in product(options, (1.0, 100.0)):
            settings = {each.name: each.default for each in own} | option | {"learning_rate": 0.01}
            rival = theirs(**{known[letters(name)]: value for name, value in settings.items()})
            w, optimizer = np.ones(4), kind(**settings)
            variable = keras.Variable(w, dtype="float64")
            rival.build([variable])
            for g in size * np.random.default_rng(2).normal(size=(12, 4)):
                optimizer.step(w, g)
                rival.apply([keras.ops.convert_to_tensor(g)])
                np.testing.assert_allclose(w - 1, np.asarray(variable) - 1, rtol=2e-4, atol=1e-9)
