"""What a reader gets wrong is answered by what came, what was expected, and what to type."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

import nnlib
from nnlib import Network, Standardizer

X, LABELS = nnlib.moons(40, rng=0)
Y = LABELS[:, None].astype(float)


def net() -> Network:
    return Network([2, 3, 1], rng=0)


class Series:
    """As pandas' own: numpy can read it, and it cannot be indexed with [:, None]."""

    def __init__(self, values: list[float]) -> None:
        self.values = values

    def __array__(self, dtype: npt.DTypeLike = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.values, dtype)

    def __getitem__(self, key: object) -> None:
        raise TypeError(f"{key} cannot be looked up")


class Silent:
    """An object that is no array, and does not say why."""

    def __array__(self, dtype: npt.DTypeLike = None, copy: bool | None = None) -> npt.NDArray[Any]:
        raise RuntimeError


def nested(depth: int) -> list[Any]:
    return [nested(depth - 1)] if depth else []


HIDDEN = {
    "a mask": (
        np.ma.masked_invalid([[1.0, np.nan], [3.0, 4.0]]),
        r"X is masked at index \(0, 1\); leave such rows",
    ),
    "complex numbers": ([[1 + 2j, 0], [1, 1]], "X cannot be read as .*complex128"),
    "dates": (np.array([["2020-01-01", "2021-01-01"]], dtype="M8[D]"), "X cannot be read as .*datetime64"),
    "a date": (
        [[1, datetime.date(2020, 1, 1)], [None, 1]],
        r"X cannot be read as .*: it holds datetime.date\(2020, 1, 1\) at index \(0, 1\)$",
    ),
    "text": ([["1", "2"]], "X cannot be read as .*<U1"),
    "rows of two lengths": ([[1.0], [1.0, 2.0]], "X cannot be read as .*: its rows differ in length$"),
    "lists within lists": (nested(70), "X cannot be read as .*: .* the maximum number of dimension"),
    "an object without words": (Silent(), "X cannot be read as .*: RuntimeError$"),
    "bytes": (b"12", "X cannot be read as .*: it is b'12'$"),
    "a mask beside a word": (
        np.ma.array([["a", 1.0]], mask=[[0, 1]], dtype=object),
        r"X is masked at index \(0, 1\)",
    ),
    "a mask in a list": (
        [np.ma.masked_invalid([1.0, np.nan])],
        r"X is masked; leave such rows out, or put numbers there with X.filled\(...\)$",
    ),
    "missing values": ([[None, 1.0]], "X "),
    "too large a number": ([[10**400, 1]], "X cannot be read as "),
    "a table with words": (np.array([[1.0, "x"]], dtype=object), "X cannot be read as "),
    "a table with gaps": (np.array([[1.0, np.nan]], dtype=object), r"X has nan at index \(0, 1\)"),
}


@pytest.mark.parametrize("what", HIDDEN)
def test_nothing_that_numpy_hides_or_drops_is_used_as_data(what: str) -> None:
    values, message = HIDDEN[what]
    for use in (net().predict, Standardizer().fit, lambda v: nnlib.fit(net(), v, Y[:2])):
        with pytest.raises(ValueError, match=f"^{message}"):
            use(values)


MESSAGES: dict[str, tuple[Callable[[], object], str]] = {
    "validation as a share": (
        lambda: nnlib.fit(net(), X, Y, validation=0.2),  # type: ignore[arg-type]
        r"validation is a float; rows to hold back are expected, as validation=\(X_held, Y_held\)",
    ),
    "validation without targets": (
        lambda: nnlib.fit(net(), X, Y, validation=(X,)),  # type: ignore[arg-type]
        "validation is a tuple; rows to hold back are expected",
    ),
    "a column as a Series": (
        lambda: net().predict(Series([1.0, 2.0])),
        r"X has shape \(2,\); a matrix is expected.*for one column use np.reshape\(X, \(-1, 1\)\)",
    ),
    "a column as a list": (lambda: net().predict([1.0, 2.0]), r"X has shape \(2,\); a matrix is expected"),
    "an initialiser that was not called": (
        lambda: Network([2, 1], init=nnlib.initializers.normal),  # type: ignore[arg-type]
        r"init was called with a generator, 1 and 2: .*; an initialiser such as nnlib.initializers.norm",
    ),
    "a seed that is no whole number": (
        lambda: Network([2, 1], rng=1.5),  # type: ignore[arg-type]
        "rng is 1.5; a whole number of at least 0 or a numpy Generator is expected$",
    ),
    "a negative seed": (lambda: nnlib.fit(net(), X, Y, rng=-1), "rng is -1; a whole number of at least 0"),
    "a yes for a seed": (lambda: nnlib.moons(rng=True), "rng is True; a whole number of at least 0"),
    "a step on whole numbers": (
        lambda: nnlib.GradientDescent().step(np.array([1, 2]), np.array([0.5, 0.5])),
        r"w is an array of int64; a float array is expected, as np.array\(w, dtype=float\)$",
    ),
    "a step with a list": (
        lambda: nnlib.Adam().step(np.ones(2), [0.5, 0.5]),  # type: ignore[arg-type]
        r"gradient is list; a float array is expected, as np.array\(gradient, dtype=float\)$",
    ),
    "a schedule that takes nothing": (
        lambda: nnlib.Adam(lambda: 0.1),  # type: ignore[misc, arg-type]
        "the learning rate was asked for epoch 0: .*; a schedule is a function of the epoch, as lambda epoch",
    ),
    "an optimizer by its name": (
        lambda: nnlib.fit(net(), X, Y, optimizer="adam"),  # type: ignore[arg-type]
        r"optimizer is 'adam'; an optimizer such as nnlib.Adam\(\) is expected$",
    ),
    "each_epoch with what it gave": (
        lambda: nnlib.fit(net(), X, Y, each_epoch=[].append(1) or "done"),  # type: ignore[arg-type, func-returns-value]
        "each_epoch is 'done'; a function of the epoch and the network is expected$",
    ),
}


@pytest.mark.parametrize("what", MESSAGES)
def test_messages(what: str) -> None:
    act, message = MESSAGES[what]
    with pytest.raises(ValueError, match=f"^{message}"):
        act()


def test_sizes_may_come_from_a_generator() -> None:
    assert Network(n for n in (2, 3, 1)).sizes == [2, 3, 1]  # type: ignore[arg-type]


class TestStandardizer:
    def test_what_it_makes_of_a_column_can_be_undone(self) -> None:
        rng = np.random.default_rng(0)
        for scale in (1e-300, 1e-170, 1e-8, 1.0, 1e8, 1e170, 1e300):
            columns = np.column_stack([rng.normal(3, 1, 50), np.full(50, 0.1), np.zeros(50)]) * scale
            s = Standardizer()
            z = s.fit_transform(columns)
            np.testing.assert_allclose(z.mean(axis=0), 0, atol=1e-12)
            np.testing.assert_allclose(z[:, 0].std(), 1)
            np.testing.assert_array_equal(z[:, 1:], 0)
            np.testing.assert_allclose(z * s.sd + s.mean, columns, rtol=1e-12)

    def test_rounding_is_no_variation(self) -> None:
        column = np.array([0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2])[:, None]
        assert np.ptp(column) > 0
        np.testing.assert_array_equal(Standardizer().fit_transform(column), 0)


@pytest.mark.parametrize("held_out", [0.1, 0.2, 0.25, 0.5])
@pytest.mark.parametrize("sizes", [[8] * 100, [1, 2, 3, 4, 5], [178, 182, 177], [3, 3, 3], [99, 1]])
def test_a_split_by_classes_holds_back_its_share(held_out: float, sizes: list[int]) -> None:
    labels = np.repeat(np.arange(len(sizes)), sizes)
    train, back = nnlib.split_rows(len(labels), held_out, stratify=labels, rng=0)
    assert len(back) == round(held_out * len(labels))
    assert sorted([*train, *back]) == list(range(len(labels)))
    shares = np.bincount(labels[back], minlength=len(sizes)) - held_out * np.array(sizes)
    assert np.abs(shares).max() < 1
