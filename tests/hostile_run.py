"""Make a hostile call, and say to which class its end belongs."""

from __future__ import annotations

import ast
import linecache
import re
import signal
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
from hostile_calls import CALLS
from hostile_good import Args, Call
from hostile_right import L
from hostile_values import ALWAYS, NOTHING, meaning, number

import nnlib

PACKAGE = Path(nnlib.__file__).parent
SECONDS = 2.0
RIGHT, OURS, DOCUMENTED = "right answer", "our error", "a documented end"
GOOD = (RIGHT, OURS, DOCUMENTED)
VALUES = [(kind, make) for kind, makes in ALWAYS.items() for make in makes]


class TooLong(BaseException):
    """Raised by the clock."""


def ring(*_: object) -> None:
    raise TooLong


def calls(n: int, seed: int) -> Iterator[tuple[Call, Args, dict[str, str]]]:
    """``n`` calls with one hostile argument, or two; and the kind of each."""
    rng = np.random.default_rng(seed)
    for _ in range(n):
        call = CALLS[rng.integers(len(CALLS))]
        arguments, names = call.good(rng), list(call.kinds)
        chosen = rng.permutation(names)[: 1 + (rng.random() < 0.2)].tolist()
        kinds = {}
        for name in chosen:
            kinds[name], make = VALUES[rng.integers(len(VALUES))]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    arguments[name] = make(arguments.get(name, 1.0))
                except (TypeError, ValueError, OverflowError):  # that cannot be made of this
                    arguments[name] = None
        yield call, arguments, kinds


def plain(kind: str, value: Any) -> Any:
    """What an argument of this kind means; ``NOTHING`` where it means nothing, itself where it may pass."""
    kind, _, optional = kind.partition(" or ")
    if optional and value is None:
        return None
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.timedelta64))
    match kind:
        case "data" | "labels" | "nan":
            return meaning(value)
        case "array":
            return value if isinstance(value, np.ndarray) and value.dtype.kind == "f" else NOTHING
        case "alpha" if isinstance(value, np.ndarray):
            return value if value.shape == (1,) and value.dtype.kind == "f" else NOTHING
        case "rate" if callable(value):
            return value
        case "number" | "alpha" | "rate":
            return NOTHING if isinstance(value, (bool, np.bool_)) else number(value)
        case "whole" | "size" | "two" | "layer":
            return int(value) if whole else NOTHING
        case "sizes":
            good = isinstance(value, (list, tuple, range, np.ndarray)) or hasattr(value, "__next__")
            return value if good else NOTHING
        case "seed":
            good = value is None or isinstance(value, np.random.Generator) or (whole and value >= 0)
            return value if good else NOTHING
        case "generator":
            return value if isinstance(value, np.random.Generator) else NOTHING
        case "name":
            return NOTHING
        case "init" | "function":
            return value if callable(value) else NOTHING
        case "dtype":
            return value if isinstance(value, type) and value in (float, np.float64, np.float32) else NOTHING
        case "never":
            return NOTHING
    return value


def numbers_of(result: Any) -> Iterator[Any]:
    """Every array and number in a result."""
    if isinstance(result, (list, tuple)):
        for part in result:
            yield from numbers_of(part)
    elif is_dataclass(result) and not isinstance(result, type):
        for each in fields(result):
            yield from numbers_of(getattr(result, each.name))
    elif result is not None and not isinstance(result, str):
        yield result


def valid(result: Any, nan: bool) -> str:
    for part in numbers_of(result):
        kind = np.asarray(part).dtype.kind
        if kind not in "fiub":
            return "a complex or object answer" if kind in "cO" else f"an answer of kind {kind}"
        if not np.isfinite(part).all() and not (nan and np.isnan(part).any()):
            return "an answer that is not finite"
    return RIGHT


def same(result: Any, right: Any, relative: float) -> bool:
    ours, theirs = list(numbers_of(result)), list(numbers_of(right))
    if len(ours) != len(theirs):
        ours = [part for part in ours if np.size(part)]
    if len(ours) != len(theirs):
        return False
    for a, b in zip(ours, theirs, strict=True):
        a, b = np.asarray(a, L), np.asarray(b, L)
        if a.shape != b.shape:
            return False
        scale = np.nanmax(np.abs(b), initial=0, where=np.isfinite(b))
        if not np.allclose(a, b, rtol=relative, atol=float(scale * relative) + 1e-290, equal_nan=True):
            return False
    return True


def judged(call: Call, arguments: Args, hostile: dict[str, str], result: Any) -> str:
    """Whether an answer is right: that to the plain numbers that the arguments mean."""
    kinds = {name: call.kinds[name] for name in hostile}
    meant = {name: plain(kind, arguments[name]) for name, kind in kinds.items()}
    if any(value is NOTHING for value in meant.values()):
        return "an answer to what means nothing"
    answer = valid(result, nan="nan" in kinds.values() or "any" in kinds.values())
    if (
        answer != RIGHT
        or not hostile
        or any(kind.split()[0] in ("function", "init", "any", "rate", "layer") for kind in kinds.values())
    ):
        return answer
    dtypes = [np.asarray(part).dtype for part in numbers_of(result)]
    dtypes += [value.dtype for value in arguments.values() if hasattr(value, "dtype")]
    relative = max(
        [1e-9, *(30 * float(np.finfo(kind).eps) for kind in map(np.dtype, dtypes) if kind.kind == "f")]
    )
    if any(kind in ("sizes", "seed", "generator", "array", "alpha") for kind in kinds.values()):
        return answer
    again = arguments | meant
    if call.right is None:
        for name in ("net", "w"):
            if name in again and name not in meant:
                return answer  # already changed by the first call
        return RIGHT if same(result, call.run(**again), relative) else "a wrong answer"
    if call.name.startswith("a cost"):
        A = np.asarray(arguments["A"])
        kinds_of = [x.dtype for x in (A, np.asarray(arguments["Y"])) if x.dtype.kind == "f"]
        again["dtype"] = kinds_of[0] if kinds_of else float
    return RIGHT if same(result, call.right(**again), relative) else "a wrong answer"


def raised_by_us(problem: BaseException) -> bool:
    """Whether a ``raise`` of nnlib's own ended the call, and not a line that went wrong."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    if not last.filename.startswith(str(PACKAGE)):
        return False
    text = "".join(linecache.getlines(last.filename))
    return any(
        isinstance(node, ast.Raise) and node.lineno <= (last.lineno or 0) <= (node.end_lineno or 0)
        for node in _raises(text)
    )


_KNOWN: dict[str, list[ast.AST]] = {}


def _raises(text: str) -> list[ast.AST]:
    if text not in _KNOWN:
        _KNOWN[text] = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Raise)]
    return _KNOWN[text]


def ended(call: Call, hostile: dict[str, str], problem: BaseException) -> str:
    if not raised_by_us(problem):
        own = "numpy's own words" if isinstance(problem, ValueError) else type(problem).__name__
        return f"{own}"
    if isinstance(problem, IndexError) and call.kinds.get(next(iter(hostile))) == "layer":
        return DOCUMENTED
    if not isinstance(problem, ValueError):
        return type(problem).__name__
    said = str(problem)
    names = [call.alias.get(name, name.replace("_", "[_ ]")) for name in hostile]
    if not any(
        re.search(rf"(?<![\w]){name}(?![\w])" if re.match(r"\w+$", name) else name, said) for name in names
    ):
        return "an error that does not name the argument"
    return OURS if len(said) < 500 and "\n" not in said else "an error too long to read"


def outcome(call: Call, arguments: Args, hostile: dict[str, str]) -> tuple[str, Any]:
    """The class of a call's end, and what shows it."""
    net = arguments.get("net") if "net" not in hostile else None
    before = net.parameters.copy() if isinstance(net, nnlib.Network) else None
    signal.signal(signal.SIGALRM, ring)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        begin = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, 10 * SECONDS)
        try:
            try:
                result, problem = call.run(**arguments), None
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        except TooLong:
            return "over 2 seconds", None
        except BaseException as caught:
            result, problem = None, caught
        seconds = time.process_time() - begin
        if seconds > SECONDS:
            return "over 2 seconds", seconds
    loud = [each for each in said if not str(each.message).startswith("training diverged")]
    if loud:
        return "a warning", str(loud[0].message)
    if problem is not None:
        if before is not None and not np.array_equal(net.parameters, before):
            return "an error after a change", problem
        return ended(call, hostile, problem), problem
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        if said:
            return DOCUMENTED, str(said[0].message)
        try:
            return judged(call, arguments, hostile, result), result
        except Exception as cause:
            return "an answer that cannot be repeated", cause


def run(n: int, seed: int, tell: Callable[[str, Call, Args, dict[str, str], Any], None]) -> Counter[str]:
    """The classes of ``n`` calls' ends; ``tell`` hears of each that is not good."""
    found: Counter[str] = Counter()
    for call, arguments, hostile in calls(n, seed):
        kind, shown = outcome(call, arguments, hostile)
        found[kind] += 1
        if kind not in GOOD:
            tell(kind, call, arguments, hostile, shown)
    return found
