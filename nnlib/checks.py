"""What came in, checked once at the public boundary: arrays and their shapes; settings are in ``settings``.

Every refusal is a ``ValueError`` that says what came and what was expected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from nnlib.settings import MOST, Seed, brief, generator, is_real, named, number, one_of, shown, whole

__all__ = ["Array", "Seed", "generator", "named", "number", "one_of", "whole"]  # and the functions below

Array = npt.NDArray[np.floating[Any]]


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
    if not array.shape[1]:
        raise ValueError(f"{name} has no columns; at least one of {unit} is expected")
    finite(name, array)
    return array


def numbers(
    name: str, values: npt.ArrayLike, dtype: npt.DTypeLike = float, expected: str = "numbers"
) -> Array:
    """``values`` as real numbers of the ``dtype``; what numpy would hide, drop or cut is refused."""
    array = read(name, values, expected)
    if array.dtype.kind not in "fiub":  # complex, dates, text, fields
        raise ValueError(f"{name} cannot be read as {expected}: it holds {array.dtype}")
    with np.errstate(over="ignore"):
        made = array.astype(dtype, copy=False)
    if made.dtype.itemsize < array.dtype.itemsize and (np.isinf(made) & np.isfinite(array)).any():
        where = _first(np.isinf(made) & np.isfinite(array))
        raise ValueError(
            f"{name} has {array[where]} at index {where}; {made.dtype} holds {_most(made)} at most"
        )
    return made


def floats(names: Sequence[str], *values: npt.ArrayLike, infinite: bool = False) -> list[Array]:
    """Arrays of one shape; floats keep their dtype, whole numbers get that of the floats beside them."""
    arrays = [read(name, value, "numbers") for name, value in zip(names, values, strict=True)]
    kinds = [array.dtype for array in arrays if array.dtype.kind == "f"] or [np.dtype(float)]
    pairs = zip(names, arrays, strict=True)
    made = [numbers(n, a, a.dtype if a.dtype.kind == "f" else kinds[0]) for n, a in pairs]
    if len({array.shape for array in made}) > 1:
        shapes = " and ".join(f"{n} has shape {a.shape}" for n, a in zip(names, made, strict=True))
        raise ValueError(f"{shapes}; one shape is expected")
    for name, array in zip(names, made, strict=True):
        if not infinite and np.isinf(array).any():
            where = _first(np.isinf(array))
            raise ValueError(f"{name} has {array[where]} at index {where}; numbers that end are expected")
    return made


class Checked:
    """A function of arrays as readers call it: what comes and what it gives is checked, but in ``raw``."""

    def __init__(self, raw: Callable[..., Array], *names: str) -> None:
        self.raw, self.names = raw, names

    def __call__(self, *values: npt.ArrayLike) -> Array:
        self._counted(values)
        return held(self.raw, self.names, *floats(self.names, *values))

    def _counted(self, values: Sequence[npt.ArrayLike]) -> None:
        if len(values) != len(self.names):
            raise ValueError(f"{len(values)} arrays came; {' and '.join(self.names)} are expected")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Checked) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)


def held(function: Callable[..., Array], names: Sequence[str], *arrays: Array) -> Array:
    """What a function makes of arrays, which its dtype must be able to hold; NaN comes only of NaN."""
    with np.errstate(all="ignore"):
        made = function(*arrays)
    whole = np.isinf(made).any() or (np.isnan(made).any() and not any(np.isnan(a).any() for a in arrays))
    if whole:
        what = f"of {' and '.join(names)} come numbers that {np.asarray(made).dtype} cannot hold"
        raise ValueError(f"{what} ({_most(made)} at most); smaller ones are expected")
    return made


def read(name: str, values: npt.ArrayLike, expected: str) -> npt.NDArray[Any]:
    """``values`` as an array of whatever kind; no mask is dropped, no text or date becomes a number."""
    try:
        hidden = _masked(values)
        if isinstance(values, (bytes, bytearray, memoryview)):
            raise TypeError(f"it is {shown(values)}")
        if not isinstance(values, np.ndarray) and isinstance(values, Sequence) and len(values) > MOST:
            raise TypeError(f"it has over {MOST:,} entries")
        array = np.zeros(0) if hidden else np.asarray(values)
        if array.dtype.kind == "O":
            for i, each in np.ndenumerate(array):
                if not is_real(each):
                    raise TypeError(f"it holds {shown(each)} at index {i}")
            array = array.astype(float)
    except Exception as problem:  # an object that numpy asks for its array may raise anything
        why = "its rows differ in length" if "inhomogeneous" in str(problem) else brief(problem)
        raise ValueError(f"{name} cannot be read as {expected}: {why}") from None
    if hidden:
        advice = f"leave such rows out, or put numbers there with {name}.filled(...)"
        where = f" at index {_first(np.ma.getmaskarray(values))}" if isinstance(values, np.ndarray) else ""
        raise ValueError(f"{name} is masked{where}; {advice}")
    return array


def _masked(values: Any) -> bool:
    """Whether a mask hides anything, also in an array within a list."""
    if isinstance(values, np.ma.MaskedArray):
        return bool(np.ma.getmaskarray(values).any())
    return isinstance(values, (list, tuple)) and any(map(_masked, values))


def _first(where: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(where)[0])


def _most(array: npt.ArrayLike) -> str:
    return f"{float(np.finfo(np.asarray(array).dtype).max):.2g}"


def shaped(name: str, values: npt.ArrayLike, shape: tuple[int, ...], dtype: npt.DTypeLike = float) -> Array:
    """``values`` as finite numbers of one ``shape``."""
    array = numbers(name, values, dtype)
    if array.shape != shape:
        raise ValueError(f"{name} was given shape {array.shape}; {shape} is expected")
    finite(name, array)
    return array


def finite(name: str, array: Array) -> None:
    """Refuse NaN and infinity, and say where the first one is."""
    # The smallest or the largest number shows them, without an array of answers as large as the data.
    if array.size and not (np.isfinite(array.min()) and np.isfinite(array.max())):
        where = _first(~np.isfinite(array))
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
    Y = numbers(name, values, dtype, "a matrix of numbers, an example a row")
    if outputs > 1 and Y.shape == (rows,):
        advice = f"this network has {outputs} outputs: use nnlib.one_hot(labels, {outputs})"
        raise ValueError(f"{name} has shape ({rows},); {advice}")
    Y = matrix(name, Y, outputs, "outputs", dtype)
    if len(Y) != rows:
        raise ValueError(f"{name} has {len(Y)} rows and its inputs {rows}; a target an example is expected")
    if kind != "numbers" and (Y.min() < 0 or Y.max() > 1):
        reach = f"{name} reaches from {Y.min():g} to {Y.max():g}"
        raise ValueError(f"{reach}; {cost} expects targets from 0 to 1")
    if kind == "shares" and np.abs(Y.sum(axis=1) - 1).max() > 1e-5:
        sums = Y.sum(axis=1)
        row = int(np.abs(sums - 1).argmax())
        raise ValueError(f"row {row} of {name} sums to {sums[row]:g}; {cost} expects rows that sum to 1")
    return Y


def labels(name: str, values: npt.ArrayLike, n_classes: int | None = None) -> npt.NDArray[np.intp]:
    """``values`` as a vector of class indices 0, 1, ... below ``n_classes``."""
    array = read(name, values, "class indices")
    if array.ndim != 1:
        raise ValueError(f"{name} has shape {array.shape}; a vector is expected, a label an example")
    with np.errstate(invalid="ignore"):
        indices = array.astype(np.intp) if array.dtype.kind in "iufb" and np.isfinite(array).all() else None
    if indices is None or (indices != array).any():
        came = shown(array[:5].tolist())
        raise ValueError(f"{name} holds {came} ...; class indices 0, 1, 2, ... are expected")
    if len(indices) and (indices.min() < 0 or (n_classes is not None and indices.max() >= n_classes)):
        wrong = indices.min() if indices.min() < 0 else indices.max()
        expected = "0 or more" if n_classes is None else f"0 to {n_classes - 1}"
        raise ValueError(f"{name} has the label {wrong}; {expected} is expected")
    return indices
