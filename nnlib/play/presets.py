"""The settings of a figure of ``play``: what each may be, and what it is unless something else is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from nnlib import checks
from nnlib.activations import ACTIVATIONS
from nnlib.initializers import INITIALIZERS
from nnlib.play.data import NOISE

Preset = dict[str, Any]  # plain lists, numbers and words: the page reads it as JSON

MOST_LAYERS, MOST_NEURONS, MOST_POINTS, MOST_CLASSES = 6, 8, 1000, 4
REACH = 100.0  # of own points
SPEEDS = (0, 1, 3, 10, 30, 100, -1)
SETS = (*NOISE, "own")
DIGITS = "digits"
HIDDEN = tuple(name for name, f in ACTIVATIONS.items() if f.elementwise)
COSTS = ("cross_entropy", "quadratic", "mse", "mae")
OPTIMIZERS = ("adam", "sgd", "momentum")
RULES = ("gradient", "perceptron")
INITS = (*INITIALIZERS, "equal")
CONTROLS = (
    *("data", "classes", "points", "noise", "layers", "activation", "cost", "init"),
    *("optimizer", "learning_rate", "batch_size", "l2", "speed"),
)
PANELS = ("cost", "gradients")
GOALS = ("right", "neurons", "epochs")

Check = Callable[[str, Any], Any]


def one_of(names: Sequence[Any]) -> Check:
    def check(name: str, value: Any) -> Any:
        if value not in names or isinstance(value, bool):
            raise ValueError(f"{name} is {value!r}; one of {', '.join(map(str, names))} is expected")
        return value

    return check


def some_of(names: Sequence[str]) -> Check:
    def check(name: str, values: Any) -> list[str]:
        return [one_of(names)(f"one of the {name}", value) for value in _listed(name, values)]

    return check


def whole(low: int, high: int) -> Check:
    def check(name: str, value: Any) -> int:
        value = checks.whole(name, value, low)
        if value > high:
            raise ValueError(f"{name} is {value}; at most {high:,} is expected")
        return int(value)

    return check


def number(low: float, high: float, ends: str = "[]") -> Check:
    return lambda name, value: checks.number(name, value, low, high, ends)


def layers(name: str, values: Any) -> list[int]:
    sizes = [whole(1, MOST_NEURONS)("a hidden layer's size", size) for size in _listed(name, values)]
    if len(sizes) > MOST_LAYERS:
        raise ValueError(f"layers has {len(sizes)} hidden layers; at most {MOST_LAYERS} are expected")
    return sizes


def own(name: str, values: Any) -> list[list[float]]:
    rows = [list(row) if np.iterable(row) else [row] for row in _listed(name, values)]
    if len(rows) > MOST_POINTS:
        raise ValueError(f"own has {len(rows):,} points; at most {MOST_POINTS:,} are expected")
    for row in rows:
        if len(row) != 3:
            raise ValueError(f"own has the point {row}; [x1, x2, class] is expected")
        row[:2] = [checks.number("a point's place", x, -REACH, REACH) for x in row[:2]]
        row[2] = whole(0, MOST_CLASSES - 1)("a point's class", row[2])
    return rows


def goal(name: str, value: Any) -> dict[str, float] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or "right" not in value or set(value) - set(GOALS):
        raise ValueError(f"goal is {value!r}; a dict as {{'right': 0.95, 'neurons': 8}} is expected")
    limits = {key: whole(1, 10**6)(f"the goal's {key}", value[key]) for key in GOALS[1:] if key in value}
    return {"right": checks.number("the goal's right", value["right"], 0, 1, "(]")} | limits


def against(name: str, value: Any) -> dict[str, str] | None:
    if value is None:
        return None
    checks_of = {"cost": COSTS, "optimizer": OPTIMIZERS}
    if not isinstance(value, Mapping) or len(value) != 1 or not set(value) <= set(checks_of):
        raise ValueError(f"against is {value!r}; a dict as {{'cost': 'quadratic'}} is expected")
    return {key: one_of(checks_of[key])(f"against's {key}", other) for key, other in value.items()}


#: Each setting, what it is unless something else is said, and what it may be.
SETTINGS: Mapping[str, tuple[Any, Check]] = {
    "data": ("spiral", one_of((*SETS, DIGITS))),
    "classes": (2, whole(2, MOST_CLASSES)),
    "points": (160, whole(4, MOST_POINTS)),
    "noise": (None, number(0, 2)),
    "own": ([], own),
    "layers": ([8, 8], layers),
    "activation": ("tanh", one_of(HIDDEN)),
    "cost": ("cross_entropy", one_of(COSTS)),
    "init": ("xavier", one_of(INITS)),
    "optimizer": ("adam", one_of(OPTIMIZERS)),
    "learning_rate": (0.03, number(0, 1000, "(]")),
    "batch_size": (20, whole(1, 10**7)),
    "l2": (0.0, number(0, 10)),
    "rule": ("gradient", one_of(RULES)),
    "seed": (1, whole(0, 2**53 - 1)),
    "epochs": (0, whole(0, 10_000)),
    "speed": (30, one_of(SPEEDS)),
    "controls": (["data", "layers", "activation", "learning_rate"], some_of(CONTROLS)),
    "panels": (["cost", "gradients"], some_of(PANELS)),
    "goal": (None, goal),
    "against": (None, against),
}


#: Those of the network that reads digits, 64-30-10, whose data and shape are what they are.
DIGITS_SETTINGS: Mapping[str, tuple[Any, Check]] = {
    "data": (DIGITS, one_of((DIGITS,))),
    "learning_rate": (0.003, SETTINGS["learning_rate"][1]),
    "batch_size": (32, SETTINGS["batch_size"][1]),
    "l2": (0.001, SETTINGS["l2"][1]),
    "seed": SETTINGS["seed"],
    "epochs": SETTINGS["epochs"],
    "speed": (-1, SETTINGS["speed"][1]),
}


def read_preset(given: Mapping[str, Any]) -> Preset:
    """All settings: those given, checked, and the others as they are by themselves.

    Raises a ``ValueError`` for a name that is none and a value out of its range.
    """
    digits = given.get("data") == DIGITS
    settings, whose = (DIGITS_SETTINGS, "play with digits") if digits else (SETTINGS, "play")
    for name in given:
        if name not in settings:
            raise ValueError(f"{whose} has no setting {name!r}; the settings are {', '.join(settings)}")
    if digits:
        return {name: check(name, given.get(name, default)) for name, (default, check) in settings.items()}
    preset = {
        name: check(name, given[name]) if name in given else default
        for name, (default, check) in SETTINGS.items()
        if name != "noise"
    }
    if preset["rule"] == "perceptron":
        preset |= _perceptron(given, preset)
    if preset["against"] and (preset["rule"] == "perceptron" or preset["data"] in ("own", "gate")):
        raise ValueError("against needs new points to compare by; data that is drawn is expected")
    noise = given.get("noise")
    preset["noise"] = (
        NOISE.get(preset["data"], 0.0) if noise is None else SETTINGS["noise"][1]("noise", noise)
    )
    if preset["data"] == "own" and preset["epochs"] and not preset["own"]:
        raise ValueError(
            f"epochs is {preset['epochs']}; points to learn from are expected, as own=[[0, 1, 0]]"
        )
    return {name: preset[name] for name in SETTINGS}


def _perceptron(given: Mapping[str, Any], preset: Preset) -> Preset:
    """What Rosenblatt's rule needs: points of two kinds of the reader's own, and one neuron."""
    needed: Preset = {"data": "own", "layers": []}
    for name, value in needed.items():
        if name in given and preset[name] != value:
            raise ValueError(f"{name} is {preset[name]!r}; rule='perceptron' has {name}={value!r}")
    if any(label > 1 for *_, label in preset["own"]):
        raise ValueError("own has more than two classes; a perceptron says 0 or 1")
    return needed | ({} if "controls" in given else {"controls": []}) | {"panels": ["cost"]}


def _listed(name: str, values: Any) -> list[Any]:
    if isinstance(values, str | bytes | Mapping) or not np.iterable(values):
        raise ValueError(f"{name} is {values!r}; a list is expected")
    return [value.item() if isinstance(value, np.generic) else value for value in values]
