"""What a reader should not pass, by kind, and what each of it means as a number, where it means one."""

from __future__ import annotations

import datetime
import decimal
import fractions
import itertools
import numbers
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

#: Where a value means nothing: an answer to it is wrong, whatever it is.
NOTHING = object()
Good = Any
Make = Callable[[Good], Any]


def array(good: Good) -> Any:
    return np.asarray(good) if isinstance(good, (list, tuple, np.ndarray)) else np.asarray([[1.0, 0.0]])


def with_one(good: Good, value: Any, kind: Any = float) -> Any:
    """A copy of the array with ``value`` for its first number."""
    changed = array(good).astype(kind)
    if changed.size:
        changed.flat[0] = value
    return changed


def nested(good: Good, value: Any) -> list[Any]:
    """The array as lists, with ``value`` for its first number."""
    return with_one(good, value, object).tolist()


def structured(good: Good, *names: str) -> Any:
    made = np.zeros(array(good).shape, [(name, float) for name in names])
    for name in names:
        made[name] = array(good)
    return made


def masked(good: Good) -> Any:
    made = np.ma.array(array(good), mask=False)
    if made.size:
        made.mask.flat[0] = True
    return made


def endless() -> Iterator[int]:
    return itertools.count(1)


class Odd:
    """An object whose every word is an error."""

    def __repr__(self) -> str:
        raise RuntimeError("no words")


ALWAYS: dict[str, list[Make]] = {
    "huge integers": [
        *[lambda _, n=n: n for n in (10**400, -(10**400), 2**63, 2**64 + 1, 10**5000, 10**18, -(2**70))],
        lambda g: nested(g, 10**400),
        lambda g: nested(g, 2**70),
        lambda g: [10**400, 2],
    ],
    "complex numbers": [
        lambda _: 1j,
        lambda _: np.complex128(0.5),
        lambda g: array(g).astype(complex),
        lambda g: nested(g, 1j),
    ],
    "object arrays": [
        lambda g: array(g).astype(object),
        lambda g: with_one(g, None, object),
        lambda g: with_one(g, "1", object),
        lambda g: with_one(g, b"1", object),
        lambda g: with_one(g, 1j, object),
        lambda g: with_one(g, np.timedelta64(1, "D"), object),
        lambda g: with_one(g, {}, object),
        lambda _: np.array(None, object),
    ],
    "masked arrays": [masked, lambda g: list(masked(g)), lambda _: np.ma.masked, lambda _: [np.ma.masked, 1]],
    "structured arrays": [lambda g: structured(g, "x"), lambda g: structured(g, "x", "y")],
    "ragged lists": [lambda _: [[1.0, 2.0], [3.0]], lambda _: [[1], 2], lambda _: [[[1]], [1]]],
    "dates": [
        lambda _: datetime.date(2020, 1, 1),
        lambda _: np.datetime64("2020-01-01"),
        lambda _: np.timedelta64(3, "D"),
        lambda _: datetime.timedelta(3),
        lambda g: array(g).astype("m8[s]"),
        lambda g: array(g).astype("M8[s]"),
        lambda g: nested(g, datetime.datetime(2020, 1, 1)),
    ],
    "digit strings": [
        lambda _: "1",
        lambda _: np.str_("0.5"),
        lambda g: array(g).astype(str),
        lambda g: array(g).astype(str).tolist(),
        lambda g: nested(g, "1"),
    ],
    "bytes": [
        lambda _: b"2",
        lambda _: b"\x02\x01",
        lambda _: bytearray(b"\x02\x03\x01"),
        lambda _: memoryview(b"\x02\x01"),
        lambda g: array(g).astype("S8"),
        lambda g: nested(g, b"1"),
    ],
    "None": [lambda _: None, lambda _: [None], lambda g: nested(g, None)],
    "yes and no": [lambda _: True, lambda _: False, lambda _: np.True_, lambda g: array(g).astype(bool)],
    "not finite": [
        *[lambda _, x=x: x for x in (np.nan, np.inf, -np.inf, np.float32("nan"), float("-inf"))],
        *[lambda g, x=x: with_one(g, x) for x in (np.nan, np.inf, -np.inf)],
    ],
    "ends of the number range": [
        *[
            lambda _, x=x: x
            for x in (1.7e308, -1.7e308, 5e-324, 1e-310, 1e39, 1e200, np.float32(3e38), 1e-60)
        ],
        *[lambda g, x=x: with_one(g, x) for x in (1.7e308, -1.7e308, 5e-324, 1e39, 1e200, 1e-200)],
        *[lambda g, x=x: array(g).astype(float) * x for x in (1e300, 1e-300, 1e-320, 1e150)],
        lambda _: np.longdouble("1e4000"),
        lambda g: array(g).astype(np.longdouble) * np.longdouble("1e4000"),
    ],
    "other numbers": [
        *[lambda _, x=x: x for x in (0, -1, 0.0, -0.0, 1.5, 1, 2, 3, 1000, np.int8(3), np.uint64(3))],
        lambda _: np.float16(0.5),
        lambda _: decimal.Decimal("0.5"),
        lambda _: fractions.Fraction(1, 2),
        lambda _: np.array(0.5),
        lambda _: np.array([2]),
    ],
    "other dtypes": [
        *[lambda g, t=t: array(g).astype(t) for t in ("f2", "f4", "g", ">f8")],
        lambda g: np.asfortranarray(array(g)),
        lambda g: array(g).tolist(),
        lambda g: tuple(array(g).tolist()),
    ],
    "whole targets": [*[lambda g, t=t: (array(g) > 0.5).astype(t) for t in ("u1", "i1", "u8", "i4", "?")]],
    "generators": [
        lambda _: (x for x in [1, 2]),
        lambda _: iter([2, 1]),
        lambda _: endless(),
        lambda _: map(int, "21"),
        lambda _: range(2, 0, -1),
        lambda _: range(10**12),
        lambda _: np.random.RandomState(0),
    ],
    "callables": [
        *[lambda _, f=f: f for f in (len, max, str, dict, type, np.sum, np.sqrt, np.zeros, np.array, float)],
        lambda _: lambda: None,
        lambda _: lambda x: None,
        lambda _: lambda *all: "no number",
        lambda _: lambda *all: 1j,
        lambda _: lambda *all: 10**400,
        lambda _: lambda *all: np.nan,
        lambda _: lambda a, b, c, d, e: 0,
    ],
    "containers": [lambda _: {}, lambda _: {2: 1, 1: 1}, lambda _: {2, 1}, lambda _: [], lambda _: ()],
    "shapes": [
        lambda g: array(g)[None],
        lambda g: array(g).ravel(),
        lambda g: array(g)[:0],
        lambda g: array(g)[..., :0],
        lambda g: array(g).T,
        lambda g: np.concatenate([array(g), array(g)], axis=-1),
        lambda g: np.broadcast_to(np.float64(1), (1,) * 40),
    ],
    "text and other things": [
        *[lambda _, x=x: x for x in ("nonsense", "", "é" * 1000, Ellipsis, slice(2), np, int, object())],
        lambda _: Odd(),
        lambda _: [Odd()],
    ],
}


def number(value: Any) -> Any:
    """The float that a value means, rounded once; ``NOTHING`` where it means none."""
    if isinstance(value, (bool, np.bool_)):
        return float(value)
    if isinstance(value, np.timedelta64) or not isinstance(
        value, (numbers.Real, np.floating, decimal.Decimal)
    ):
        return NOTHING
    try:
        return float(value)
    except (OverflowError, ValueError):
        return NOTHING


def meaning(value: Any) -> Any:
    """The array of floats that a value means, read number by number; ``NOTHING`` where it means none."""
    if value is np.ma.masked or (isinstance(value, np.ma.MaskedArray) and np.ma.getmaskarray(value).any()):
        return NOTHING
    if isinstance(value, np.ndarray):
        flat = (
            [number(each) for each in np.asarray(value).ravel().tolist()]
            if value.dtype.kind in "buifO"
            else [NOTHING]
        )
        if value.dtype.kind == "f":
            return np.asarray(value, np.longdouble)
        known = value.dtype.kind in "buiO"
        flat = [number(each) for each in value.ravel().tolist()] if known else [NOTHING]
        return NOTHING if any(x is NOTHING for x in flat) else np.reshape(np.array(flat, float), value.shape)
    if isinstance(value, (list, tuple, range)):
        if len(value) > 10_000:
            return NOTHING
        parts = [meaning(part) for part in value]
        if any(part is NOTHING for part in parts) or len({np.shape(part) for part in parts}) > 1:
            return NOTHING
        return np.array(parts, float)
    if isinstance(value, np.longdouble):
        return value
    made = number(value)
    return made if made is NOTHING else np.float64(made)
