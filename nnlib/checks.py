"""What came in, checked once at the public boundary: arrays, shapes, names.

Every refusal is a ``ValueError`` that says what came and what was expected.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    try:
        array = np.asarray(values, dtype=dtype)
    except (TypeError, ValueError) as problem:
        raise ValueError(
            f"{name} cannot be read as a matrix of numbers, an example a row: {problem}"
        ) from None
    if array.ndim == 1:
        hint = f"for one example use {name}[None, :], for one column {name}[:, None]"
        raise ValueError(f"{name} has shape {array.shape}; a matrix is expected, an example a row: {hint}")
    if array.ndim != 2:
        raise ValueError(f"{name} has {array.ndim} dimensions; 2 are expected, (examples, {unit})")
    if not len(array):
        raise ValueError(f"{name} has no rows; at least one example is expected")
    if columns is not None and array.shape[1] != columns:
        raise ValueError(f"{name} has {array.shape[1]} {unit}; this network expects {columns}")
    finite(name, array)
    return array


def finite(name: str, array: Array) -> None:
    """Refuse NaN and infinity, and say where the first one is."""
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} has {array[where]} at index {where}; finite numbers are expected")


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


def named(kind: str, value: str | T, table: Mapping[str, T], expected: type[Any]) -> T:
    """The object that ``value`` names in ``table``, or ``value`` itself where it is one already."""
    if isinstance(value, str):
        if value not in table:
            raise ValueError(f"there is no {kind} {value!r}; the names are {', '.join(sorted(table))}")
        return table[value]
    if not isinstance(value, expected):
        raise ValueError(f"{kind} is {value!r}; a name or {expected.__name__} is expected")
    return value
