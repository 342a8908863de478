"""What came in, checked once at the public boundary: arrays, shapes, names.

Every refusal is a ``ValueError`` that says what came and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]
Seed = int | np.random.Generator | None
T = TypeVar("T")


def matrix(
    name: str, values: npt.ArrayLike, columns: int | None, unit: str, dtype: npt.DTypeLike = float
) -> Array:
    """``values`` as a finite matrix, an example a row.

    ``columns`` and ``unit`` are as in 'this network expects 64 features'.
    """
    array = numbers(name, values, dtype, "a matrix of numbers, an example a row")
    if array.ndim == 1:
        hint = f"for one column use np.reshape({name}, (-1, 1)), for one example np.reshape({name}, (1, -1))"
        raise ValueError(f"{name} has shape {array.shape}; a matrix is expected, an example a row: {hint}")
    if array.ndim != 2:
        raise ValueError(f"{name} has {array.ndim} dimensions; 2 are expected, (examples, {unit})")
    if not len(array):
        raise ValueError(f"{name} has no rows; at least one example is expected")
    if columns is not None and array.shape[1] != columns:
        raise ValueError(f"{name} has {array.shape[1]} {unit}; this network expects {columns}")
    finite(name, array)
    return array


def numbers(
    name: str, values: npt.ArrayLike, dtype: npt.DTypeLike = float, expected: str = "numbers"
) -> Array:
    """``values`` as real numbers of the ``dtype``; what numpy would hide or drop on the way is refused."""
    if isinstance(values, np.ma.MaskedArray) and np.ma.getmaskarray(values).any():
        where = tuple(int(i) for i in np.argwhere(np.ma.getmaskarray(values))[0])
        advice = f"leave such rows out, or put numbers there with {name}.filled(...)"
        raise ValueError(f"{name} is masked at index {where}; {advice}")
    try:
        if np.asarray(values).dtype.kind in "cmMUS":  # complex, dates, text
            raise TypeError(f"it holds {np.asarray(values).dtype}")
        return np.asarray(values, dtype=dtype)
    except (TypeError, ValueError, OverflowError) as problem:
        raise ValueError(f"{name} cannot be read as {expected}: {problem}") from None


def shaped(name: str, values: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
    """``values`` as finite numbers of one ``shape``."""
    array = numbers(name, values)
    if array.shape != shape:
        raise ValueError(f"{name} was given shape {array.shape}; {shape} is expected")
    finite(name, array)
    return array


def finite(name: str, array: Array) -> None:
    """Refuse NaN and infinity, and say where the first one is."""
    # The smallest or the largest number shows them, without an array of answers as large as the data.
    if array.size and not (np.isfinite(array.min()) and np.isfinite(array.max())):
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} has {array[where]} at index {where}; finite numbers are expected")


def targets(
    name: str,
    values: npt.ArrayLike,
    rows: int,
    outputs: int,
    kind: str,
    cost: str,
    dtype: npt.DTypeLike,
) -> Array:
    """``values`` as a matrix of targets, a row an input; ``kind`` as in ``Cost.targets``."""
    if outputs > 1 and np.shape(values) == (rows,):
        advice = f"this network has {outputs} outputs: use nnlib.one_hot(labels, {outputs})"
        raise ValueError(f"{name} has shape ({rows},); {advice}")
    Y = matrix(name, values, outputs, "outputs", dtype)
    if len(Y) != rows:
        raise ValueError(f"{name} has {len(Y)} rows and its inputs {rows}; a target an example is expected")
    if kind != "numbers" and (Y.min() < 0 or Y.max() > 1):
        reach = f"{name} reaches from {Y.min():g} to {Y.max():g}"
        raise ValueError(f"{reach}; {cost} expects targets from 0 to 1")
    sums = Y.sum(axis=1)
    if kind == "shares" and np.abs(sums - 1).max() > 1e-5:
        row = int(np.abs(sums - 1).argmax())
        raise ValueError(f"row {row} of {name} sums to {sums[row]:g}; {cost} expects rows that sum to 1")
    return Y


def labels(name: str, values: npt.ArrayLike, n_classes: int | None = None) -> npt.NDArray[np.intp]:
    """``values`` as a vector of class indices 0, 1, ... below ``n_classes``."""
    array = np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"{name} has shape {array.shape}; a vector is expected, a label an example")
    indices = array.astype(np.intp) if array.dtype.kind in "iufb" and np.isfinite(array).all() else None
    if indices is None or (indices != array).any():
        raise ValueError(f"{name} holds {array[:5].tolist()} ...; class indices 0, 1, 2, ... are expected")
    if len(indices) and (indices.min() < 0 or (n_classes is not None and indices.max() >= n_classes)):
        wrong = indices.min() if indices.min() < 0 else indices.max()
        expected = "0 or more" if n_classes is None else f"0 to {n_classes - 1}"
        raise ValueError(f"{name} has the label {wrong}; {expected} is expected")
    return indices


def number(name: str, value: float, low: float = -np.inf, high: float = np.inf, ends: str = "[]") -> float:
    """``value`` as a finite float from ``low`` to ``high``; ``ends`` "[)" would leave ``high`` out."""
    good = isinstance(value, (int, float, np.number)) and np.isfinite(value) and low <= value <= high
    if not good or (ends[0] == "(" and value == low) or (ends[1] == ")" and value == high):
        bounds = [f"{'above' if ends[0] == '(' else 'at least'} {low:g}"] if low > -np.inf else []
        bounds += [f"{'below' if ends[1] == ')' else 'at most'} {high:g}"] if high < np.inf else []
        kind = f"a number {' and '.join(bounds)}" if bounds else "a finite number"
        raise ValueError(f"{name} is {value!r}; {kind} is expected")
    return float(value)


def whole(name: str, value: int, low: int = 1) -> int:
    """``value`` as a whole number of at least ``low``."""
    if not isinstance(value, (int, np.integer)) or isinstance(value, bool) or value < low:
        raise ValueError(f"{name} is {value!r}; a whole number of at least {low} is expected")
    return int(value)


def one_of(name: str, value: T, choices: Iterable[T]) -> T:
    """``value``, which must be one of the ``choices``."""
    known = list(choices)
    if value not in known:
        raise ValueError(f"{name} is {value!r}; one of {', '.join(map(repr, known))} is expected")
    return value


def generator(rng: Seed) -> np.random.Generator:
    """A numpy Generator from a seed, or ``rng`` itself where it is one already."""
    seeds = isinstance(rng, (int, np.integer)) and not isinstance(rng, bool) and rng >= 0
    if not (rng is None or seeds or isinstance(rng, np.random.Generator)):
        raise ValueError(f"rng is {rng!r}; a whole number of at least 0 or a numpy Generator is expected")
    return np.random.default_rng(rng)


def named(kind: str, value: str | T, table: Mapping[str, T], expected: type[Any]) -> T:
    """The object that ``value`` names in ``table``, or ``value`` itself where it is one already."""
    if isinstance(value, str):
        if value not in table:
            raise ValueError(f"there is no {kind} {value!r}; the names are {', '.join(sorted(table))}")
        return table[value]
    if not isinstance(value, expected):
        raise ValueError(f"{kind} is {value!r}; a name or {expected.__name__} is expected")
    return value
