r"""Learning rate schedules: a function from the epoch, counted from 0, to the learning rate $\eta$."""

from __future__ import annotations

from collections.abc import Callable

from nnlib import checks

Schedule = Callable[[int], float]


def constant(start: float) -> Schedule:
    r"""$\eta_t = \eta_0$."""
    start = _rate(start)
    return lambda epoch: start


def step_decay(start: float, factor: float = 0.5, every: int = 10) -> Schedule:
    r"""$\eta_t = \eta_0\, \text{factor}^{\lfloor t / \text{every} \rfloor}$: multiplied by ``factor`` every few epochs."""
    start, factor, every = _rate(start), checks.number("factor", factor, 0, 1, open_low=True), checks.whole("every", every)
    return lambda epoch: start * factor ** (epoch // every)


def exponential_decay(start: float, factor: float = 0.95) -> Schedule:
    r"""$\eta_t = \eta_0\, \text{factor}^t$."""
    return step_decay(start, factor, every=1)


def inverse_time_decay(start: float, decay: float = 0.1) -> Schedule:
    r"""$\eta_t = \eta_0 / (1 + \text{decay} \cdot t)$. Steps that shrink like this meet Robbins and Monro's conditions (1951)."""
    start, decay = _rate(start), checks.number("decay", decay, 0)
    return lambda epoch: start / (1 + decay * epoch)


def _rate(start: float) -> float:
    return checks.number("start", start, 0, open_low=True)
