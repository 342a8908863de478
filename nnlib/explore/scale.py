"""Where a slider's stops stand on its track: where their values are, on the scale that tells them apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

#: A linear scale is taken where its closest stops are at least this part of an even gap apart.
CLOSE = 0.4


def positions(values: Sequence[float]) -> list[float]:
    """The places of a slider's values on its track, from 0 (the first) to 1 (the last).

    Stops stand at their values on a linear scale, unless some would lie on top of each other: then on the one
    of a logarithmic scale, one that is linear around 0, and one for probabilities that keeps them farthest
    apart. Values in no order stand at even distances.
    """
    even = [place / (len(values) - 1) for place in range(len(values))]
    if len(values) < 3 or list(values) not in (sorted(values), sorted(values, reverse=True)):
        return even
    linear, *others = (_on(scale, values) for scale in _scales(values))
    if _closest(linear) >= CLOSE * even[1]:
        return linear
    return max([linear, *others], key=_closest)


def _scales(values: Sequence[float]) -> Iterator[Callable[[float], float]]:
    yield float
    if min(values) > 0:
        yield math.log
        if min(values) < 0.5 < max(values) < 1:
            yield lambda value: math.log(value / (1 - value))
    elif smallest := min((abs(value) for value in values if value), default=0.0):
        # The smallest size is one step from 0, and each factor of e another.
        yield lambda value: math.copysign(1 + math.log(abs(value) / smallest), value) if value else 0.0


def _on(scale: Callable[[float], float], values: Sequence[float]) -> list[float]:
    at = [scale(value) for value in values]
    return [(each - at[0]) / (at[-1] - at[0]) for each in at]


def _closest(places: Sequence[float]) -> float:
    return min(abs(after - before) for before, after in pairwise(places))
