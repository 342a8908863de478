"""What the objects of a reader's own are refused with, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import nnlib
from nnlib import settings
from nnlib.checks import Checked


def activation(**changed: Any) -> nnlib.Activation:
    return nnlib.Activation(**({"name": "mine", "f": np.tanh, "prime": lambda z, a: 1 - a * a} | changed))


def cost(**changed: Any) -> nnlib.Cost:
    good = {"name": "mine", "value": lambda A, Y: (A - Y).sum(axis=1), "prime": lambda A, Y: np.ones_like(A)}
    return nnlib.Cost(**(good | changed))


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: activation(name=3), "name is 3; a text is expected"),
    (lambda: activation(f="x"), "f is 'x'; a function of an array z is expected"),
    (lambda: activation(prime=None), "prime is None; a function of arrays z and a is expected"),
    (lambda: activation(range=3), "range is 3; two numbers are expected, the lower one first"),
    (lambda: activation(range=(1, 1)), "range is (1, 1); two numbers are expected, the lower one first"),
    (lambda: activation(range=(0, "1")), "range is (0, '1'); two numbers are expected, the lower one first"),
    (lambda: cost(name=None), "name is None; a text is expected"),
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
    assert cost(canonical="sigmoid", from_logits=max, range=(0, 1)).range == (0, 1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.zeros((2, 3)), "an array of float64, shape (2, 3)"),
        (10**400, "a whole number of some 400 digits"),
        (10**19, "10000000000000000000"),
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
