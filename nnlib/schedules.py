r"""Learning rate schedules: a function from the epoch, counted from 0, to the learning rate $\eta$."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from nnlib import checks

Schedule = Callable[[int], float]


def constant(start: float) -> Schedule:
    r"""$\eta_t = \eta_0$. Here as below a rate, factor or interval out of range is a ``ValueError``."""
    return partial(_constant, start=_rate(start))


def step_decay(start: float, factor: float = 0.5, *, every: int = 10) -> Schedule:
    r"""$\eta_t = \eta_0\, \text{factor}^{\lfloor t / \text{every} \rfloor}$, a factor above 0 and at most 1.

    >>> import nnlib
    >>> [nnlib.schedules.step_decay(0.8, factor=0.5, every=2)(epoch) for epoch in range(5)]
    [0.8, 0.8, 0.4, 0.4, 0.2]
    """
    start, factor = _rate(start), checks.number("factor", factor, 0, 1, ends="(]")
    return partial(_step_decay, start=start, factor=factor, every=checks.whole("every", every))


def inverse_time_decay(start: float, decay: float = 0.1) -> Schedule:
    r"""$\eta_t = \eta_0 / (1 + \text{decay} \cdot t)$, a decay of at least 0.

    Above 0, steps shrink as Robbins and Monro (1951) ask for: their sum is infinite, their squares' is not.
    """
    start, decay = _rate(start), checks.number("decay", decay, 0)
    return partial(_inverse_time_decay, start=start, decay=decay)


# Named functions, not lambdas: an optimizer that holds them can be saved.


def _constant(epoch: int, start: float) -> float:
    checks.whole("epoch", epoch, 0)
    return start


def _step_decay(epoch: int, start: float, factor: float, every: int) -> float:
    return start * factor ** (checks.whole("epoch", epoch, 0) // every)


def _inverse_time_decay(epoch: int, start: float, decay: float) -> float:
    return start / (1 + decay * checks.whole("epoch", epoch, 0))


def _rate(start: float) -> float:
    return checks.number("start", start, 0, ends="(]")
