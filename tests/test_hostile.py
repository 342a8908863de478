"""Whatever a reader passes: a right answer, our own sentence that names the argument, or a documented end.

``python benchmarks/hostile_input.py`` makes more of these calls, with other seeds, and counts their ends.
"""

from __future__ import annotations

import time
import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any

import hostile_run as hostile
import numpy as np
import pytest
from hostile_calls import CALLS
from hostile_good import Args, Call

import nnlib

CALLS_MADE = 24_000


def test_every_end_is_a_good_one() -> None:
    faults: list[str] = []
    made: Counter[str] = Counter()

    def tell(kind: str, call: Call, arguments: Args, kinds: dict[str, str], shown: Any) -> None:
        faults.append(f"{kind}: {call.name}: {kinds}: {shown!r:.200}")

    begin = time.process_time()
    ends = hostile.run(CALLS_MADE, 7, tell)
    assert faults == []
    assert ends[hostile.RIGHT] > CALLS_MADE / 12, "hostile values that mean something have to be answered too"
    assert ends[hostile.OURS] > CALLS_MADE / 2
    assert time.process_time() - begin < 60
    made.update(call.name for call, _, _ in hostile.calls(CALLS_MADE, 7))
    assert min(made[call.name] for call in CALLS) > 100


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_the_good_arguments_are_right(call: Call) -> None:
    rng = np.random.default_rng(0)
    for _ in range(10):
        kind, shown = hostile.outcome(call, call.good(rng), {})
        assert kind in (hostile.RIGHT, hostile.DOCUMENTED), shown


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.uint64, np.int32, bool])
@pytest.mark.parametrize("name", nnlib.COSTS)
def test_whole_targets_of_any_kind_cost_what_floats_do(name: str, dtype: type) -> None:
    cost, A = nnlib.COSTS[name], np.array([[0.25, 0.75], [0.5, 0.5]])
    Y = np.array([[1, 0], [0, 1]])
    np.testing.assert_array_equal(cost(A, Y.astype(dtype)), cost(A, Y.astype(float)))
    np.testing.assert_array_equal(cost.prime(A, Y.astype(dtype)), cost.prime(A, Y.astype(float)))


def broken(what: Callable[..., Any]) -> Call:
    return Call("moons", lambda rng: {"n": 3}, what, {"n": "size"})


def warn(n: int) -> None:
    warnings.warn("a word", stacklevel=1)


def refuse(n: int) -> None:
    raise ValueError("n is wrong, says not nnlib")


@pytest.mark.parametrize(
    ("run", "end"),
    [
        (lambda n: n + "1", "TypeError"),
        (lambda n: np.zeros(3).reshape(n - 1), "numpy's own words"),
        (refuse, "numpy's own words"),
        (lambda n: n * 1j, "a complex or object answer"),
        (lambda n: np.array([n, None]), "a complex or object answer"),
        (lambda n: np.float64("inf"), "an answer that is not finite"),
        (warn, "a warning"),
        (lambda n: nnlib.moons(-1), hostile.OURS),
        (lambda n: nnlib.moons(noise=-1), "an error that does not name the argument"),
    ],
)
def test_a_bad_end_is_found(run: Callable[..., Any], end: str) -> None:
    assert hostile.outcome(broken(run), {"n": 3}, {"n": "other numbers"})[0] == end


def test_an_answer_to_nothing_and_a_wrong_one_are_found() -> None:
    call = Call(
        "f", lambda rng: {"X": [1.0]}, lambda X: np.ones(1), {"X": "data"}, lambda X: np.asarray(X) * 2
    )
    assert hostile.outcome(call, {"X": ["1"]}, {"X": "text"})[0] == "an answer to what means nothing"
    assert hostile.outcome(call, {"X": [3.0]}, {"X": "other numbers"})[0] == "a wrong answer"
    assert hostile.outcome(call, {"X": [0.5]}, {"X": "other numbers"})[0] == hostile.RIGHT
