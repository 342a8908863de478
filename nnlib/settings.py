"""One setting at a time, checked: a number, a whole number, a name, a seed, a function.

Every refusal is a ``ValueError`` that says what came and what was expected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Seed = int | np.random.Generator | None
T = TypeVar("T")
#: Rows of a set, parameters of a network, epochs of a run: more of them is a slip of the pen.
MOST = 10_000_000


def shown(value: object) -> str:
    """A value in a sentence: short and on one line, whatever it is."""
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype}, shape {value.shape}"
    if isinstance(value, int) and abs(value) >= 10**20:
        return f"a whole number of some {round(value.bit_length() * 0.30103)} digits"
    try:
        text = " ".join(repr(value).split())
    except Exception:  # an object's own words, which may be anything
        text = f"a {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:57]}..."


def brief(problem: Exception) -> str:
    """What an error says, short and on one line."""
    text = " ".join(str(problem).split()) or type(problem).__name__
    return text if len(text) <= 200 else f"{text[:197]}..."


def is_real(value: object) -> bool:
    """Whether ``value`` is one real number: no yes or no, no length of time, no text."""
    no = (bool, np.timedelta64)  # which Python and numpy count among the whole numbers
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, no)


def number(name: str, value: float, low: float = -np.inf, high: float = np.inf, ends: str = "[]") -> float:
    """``value`` as a finite float from ``low`` to ``high``; ``ends`` "[)" would leave ``high`` out."""
    try:
        x = float(value) if is_real(value) else np.nan
    except OverflowError:
        x = np.nan
    good = np.isfinite(x) and low <= x <= high
    if not good or (ends[0] == "(" and x == low) or (ends[1] == ")" and x == high):
        bounds = [f"{'above' if ends[0] == '(' else 'at least'} {low:g}"] if low > -np.inf else []
        bounds += [f"{'below' if ends[1] == ')' else 'at most'} {high:g}"] if high < np.inf else []
        kind = f"a number {' and '.join(bounds)}" if bounds else "a finite number"
        raise ValueError(f"{name} is {shown(value)}; {kind} is expected")
    return x


def whole(name: str, value: int, low: int = 1, high: int = MOST) -> int:
    """``value`` as a whole number from ``low`` to ``high``."""
    if not is_real(value) or not isinstance(value, (int, np.integer)) or value < low:
        raise ValueError(f"{name} is {shown(value)}; a whole number of at least {low} is expected")
    if value > high:
        raise ValueError(f"{name} is {shown(value)}; a whole number of at most {high:,} is expected")
    return int(value)


def one_of(name: str, value: T, choices: Iterable[T]) -> T:
    """``value``, which must be one of the ``choices``."""
    known = list(choices)
    if isinstance(value, np.ndarray) or value not in known:
        raise ValueError(f"{name} is {shown(value)}; one of {', '.join(map(repr, known))} is expected")
    return value


def generator(rng: Seed) -> np.random.Generator:
    """A numpy Generator from a seed, or ``rng`` itself where it is one already."""
    seeds = is_real(rng) and isinstance(rng, (int, np.integer)) and rng >= 0
    if not (rng is None or seeds or isinstance(rng, np.random.Generator)):
        kind = "a whole number of at least 0 or a numpy Generator"
        raise ValueError(f"rng is {shown(rng)}; {kind} is expected")
    return np.random.default_rng(rng)


def named(kind: str, value: str | T, table: Mapping[str, T], expected: type[Any]) -> T:
    """The object that ``value`` names in ``table``, or ``value`` itself where it is one already."""
    if isinstance(value, str):
        if value not in table:
            raise ValueError(f"there is no {kind} {shown(value)}; the names are {', '.join(sorted(table))}")
        return table[value]
    if not isinstance(value, expected):
        raise ValueError(f"{kind} is {shown(value)}; a name or {expected.__name__} is expected")
    return value


def precision(dtype: npt.DTypeLike) -> np.dtype[Any]:
    """The dtype of a network's numbers: 64 bits or 32."""
    known = isinstance(dtype, (str, type, np.dtype)) and dtype in (float, np.float64, np.float32)
    if not known and not (isinstance(dtype, str) and dtype in ("float", "float64", "float32")):
        raise ValueError(f"dtype is {shown(dtype)}; float (64 bits) or numpy.float32 is expected")
    return np.dtype(dtype)


def function(name: str, value: Callable[..., T], of: str) -> Callable[..., T]:
    """``value``, which must be something to call; ``of`` as in 'a function of the epoch is expected'."""
    if not callable(value):
        raise ValueError(f"{name} is {shown(value)}; a function of {of} is expected")
    return value


def interval(name: str, ends: tuple[float, float]) -> tuple[float, float]:
    """The two ends of a range, the lower one first; either may be infinite."""
    pair = ends if isinstance(ends, (tuple, list)) and len(ends) == 2 and all(map(is_real, ends)) else (1, 0)
    if not pair[0] < pair[1]:
        raise ValueError(f"{name} is {shown(ends)}; two numbers are expected, the lower one first")
    return pair[0], pair[1]


def sizes_of(sizes: Iterable[int]) -> list[int]:
    """The neurons of each layer, two layers or more, as a list."""
    # Not what has no order, nor bytes, which Python would read as whole numbers.
    orderless = isinstance(sizes, (str, bytes, bytearray, memoryview, set, frozenset, Mapping))
    layers = (
        [] if orderless or not np.iterable(sizes) else [n for n, _ in zip(sizes, range(1001), strict=False)]
    )
    if not 2 <= len(layers) <= 1000:
        wanted = "at least two layers are expected" if len(layers) < 2 else "at most 1000 layers are expected"
        raise ValueError(f"sizes is {shown(sizes)}; {wanted}, as in [2, 3, 1]")
    layers = [whole("a layer's size", n) for n in layers]
    if count(layers) > MOST:
        raise ValueError(f"sizes make {count(layers):,} parameters; at most {MOST:,} are expected")
    return layers


def count(sizes: Sequence[int]) -> int:
    """How many weights and biases layers of these sizes have."""
    return sum(n * (m + 1) for n, m in zip(sizes[1:], sizes[:-1], strict=True))
