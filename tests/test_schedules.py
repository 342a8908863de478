"""Learning rate schedules: the formulas, epoch by epoch, and bad input."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from nnlib import schedules
from nnlib.schedules import Schedule

EPOCHS = np.arange(40)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (schedules.constant(0.3), np.full(40, 0.3)),
        (schedules.step_decay(0.8, factor=0.5, every=10), np.repeat([0.8, 0.4, 0.2, 0.1], 10)),
        (schedules.step_decay(0.8), np.repeat([0.8, 0.4, 0.2, 0.1], 10)),
        (schedules.step_decay(0.8, factor=0.1, every=20), np.repeat([0.8, 0.08], 20)),
        (schedules.step_decay(0.5, 0.9, every=1), 0.5 * np.exp(EPOCHS * np.log(0.9))),
        (schedules.inverse_time_decay(0.5, 0.2), 1 / (2 + 0.4 * EPOCHS)),
        (schedules.inverse_time_decay(0.5), 1 / (2 + 0.2 * EPOCHS)),
        (schedules.inverse_time_decay(0.5, 0), np.full(40, 0.5)),
    ],
)
def test_epoch_by_epoch(schedule: Schedule, expected: np.ndarray) -> None:
    np.testing.assert_allclose([schedule(int(t)) for t in EPOCHS], expected, rtol=1e-13)


@pytest.mark.parametrize(
    "make",
    [
        schedules.constant,
        schedules.step_decay,
        schedules.inverse_time_decay,
    ],
)
def test_every_schedule_starts_at_its_start_and_never_rises(make: Callable[[float], Schedule]) -> None:
    rates = [make(0.25)(int(t)) for t in EPOCHS]
    assert rates[0] == 0.25
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] > 0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: schedules.constant(0), "start is 0; a number above 0 is expected"),
        (lambda: schedules.step_decay(-1), "start is -1; a number above 0 is expected"),
        (lambda: schedules.inverse_time_decay(np.inf), "start is inf; a number above 0 is expected"),
        (
            lambda: schedules.step_decay(1, factor=0),
            "factor is 0; a number above 0 and at most 1 is expected",
        ),
        (
            lambda: schedules.step_decay(1, factor=1.5),
            "factor is 1.5; a number above 0 and at most 1 is expected",
        ),
        (lambda: schedules.step_decay(1, every=0), "every is 0; a whole number of at least 1 is expected"),
        (
            lambda: schedules.step_decay(1, every=-3),
            "every is -3; a whole number of at least 1 is expected",
        ),
        (lambda: schedules.inverse_time_decay(1, -0.1), "decay is -0.1; a number at least 0 is expected"),
    ],
)
def test_bad_input(make: Callable[[], Schedule], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        make()
