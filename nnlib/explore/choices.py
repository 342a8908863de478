"""The choices of an explorer: which values each parameter takes, its control, and the words a reader sees."""

from __future__ import annotations

import inspect
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from nnlib.figures.words import named, raised

Value = int | float | str | bool
Values = dict[str, Value]
Kind = Literal["slider", "menu", "checkbox"]

MAX_FRAMES = 2000

#: What a parameter is called in the field. Any other name is shown with its underscores as spaces.
LABELS = {
    "learning_rate": "learning rate η",
    "starting_rate": "starting rate η₀",
    "l2": "L2 strength λ",
    "momentum": "momentum β",
    "weight": "weight w",
    "w1": "weight w₁",
    "w2": "weight w₂",
    "bias": "bias b",
    "leak": "leak α",
    "steep": "hold f′ at its largest",
    "angle": "direction of w (°)",
    "weighted_input": "weighted input z",
    "logit": "weighted input z₁",
    "temperature": "temperature T",
    "target": "target y",
    "prediction": "prediction a",
    "epsilon": "nudge ε",
    "init": "initialisation",
    "seed": "random start",
    "start": "starting point",
    "data": "data set",
    "update": "update number",
}

#: Parameters that count: besides their slider they get buttons for a step back, a step on, and all of them.
COUNTED = frozenset({"epoch", "step", "update", "iteration"})


def label(name: str) -> str:
    """The field's word for a parameter: ``learning_rate`` is "learning rate η"."""
    return LABELS.get(name, name.replace("_", " "))


def text(value: Value) -> str:
    """A value as a reader sees it: a number exactly (0.05, 2.5×10⁻⁶), no trailing zeros; a menu's word."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str):
        return named(value)
    if isinstance(value, int) or value == 0 or 1e-3 <= abs(value) < 1e9:
        digits = np.format_float_positional(value, trim="-") if isinstance(value, float) else str(value)
    else:
        mantissa, exponent = np.format_float_scientific(value, trim="-").split("e")
        power = f"10{raised(int(exponent))}"
        digits = {"1": power, "-1": f"-{power}"}.get(mantissa, f"{mantissa}×{power}")
    return digits.replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True)
class Control:
    """One parameter of an explorer: its name, its values in order, and where it starts."""

    name: str
    kind: Kind
    values: tuple[Value, ...]
    start: int = 0

    @property
    def label(self) -> str:
        return label(self.name)

    @property
    def texts(self) -> list[str]:
        return [text(value) for value in self.values]

    @property
    def counted(self) -> bool:
        return self.kind == "slider" and self.name in COUNTED


@dataclass(frozen=True)
class Choices:
    """All controls of an explorer. Its frames are every combination of values, the last control fastest."""

    controls: tuple[Control, ...]

    def __len__(self) -> int:
        return math.prod(len(control.values) for control in self.controls)

    def __iter__(self) -> Iterator[Values]:
        names = [control.name for control in self.controls]
        for combination in itertools.product(*(control.values for control in self.controls)):
            yield dict(zip(names, combination, strict=True))

    @property
    def start(self) -> Values:
        """The values of the default frame."""
        return {control.name: control.values[control.start] for control in self.controls}

    def reachable(self, values: Values) -> list[Values]:
        """What one move of one control leads to, the nearest values first."""
        found: list[tuple[int, Values]] = []
        for control in self.controls:
            at = control.values.index(values[control.name])
            moves = [(abs(to - at), value) for to, value in enumerate(control.values) if to != at]
            found += [(distance, values | {control.name: value}) for distance, value in moves]
        return [moved for _, moved in sorted(found, key=lambda pair: pair[0])]

    @property
    def strides(self) -> list[int]:
        """How far one step of each control moves in the list of frames."""
        sizes = [len(control.values) for control in self.controls]
        return [math.prod(sizes[i + 1 :]) for i in range(len(sizes))]

    @property
    def start_index(self) -> int:
        """The default frame's place in the list of frames."""
        return sum(
            control.start * stride for control, stride in zip(self.controls, self.strides, strict=True)
        )


def read_choices(
    draw: Callable[..., Any], choices: Mapping[str, Any], default: Mapping[str, Any] | None = None
) -> Choices:
    """The choices given to ``explore``, checked.

    Raises:
        ValueError: for a name ``draw`` does not take, one it needs and does not get, values that are none,
            one, repeated or of mixed kinds, a default that is not among them, and more than 2,000 frames.
    """
    if not choices:
        raise ValueError(
            "explore needs at least one parameter to choose; for one fixed frame there is nnlib.show"
        )
    check_names(draw, choices)
    if default is not None and not isinstance(default, Mapping):
        raise ValueError(
            f"default must be a dict of starting values such as {{'learning_rate': 0.1}}; got {default!r}"
        )
    starts = dict(default or {})
    for name in starts.keys() - choices.keys():
        raise ValueError(f"default names {name!r}, which is not one of the choices: {_listed(choices)}")
    checked = Choices(tuple(_control(name, given, starts) for name, given in choices.items()))
    if len(checked) > MAX_FRAMES:
        sizes = " × ".join(str(len(control.values)) for control in checked.controls)
        raise ValueError(
            f"{sizes} choices make {len(checked):,} frames; an explorer may have at most {MAX_FRAMES:,}"
        )
    return checked


def check_names(draw: Callable[..., Any], names: Iterable[str]) -> None:
    """Raise a ValueError unless ``draw`` can be called with exactly these names."""
    if not callable(draw):
        raise ValueError(f"draw must be a function that returns (Figure, caption); got {draw!r}")
    names = list(names)
    parameters = inspect.signature(draw).parameters
    kinds = inspect.Parameter
    named = {
        name: p
        for name, p in parameters.items()
        if p.kind in (kinds.POSITIONAL_OR_KEYWORD, kinds.KEYWORD_ONLY)
    }
    takes_any = any(p.kind is kinds.VAR_KEYWORD for p in parameters.values())
    for name in names:
        if name not in named and not takes_any:
            raise ValueError(
                f"{name_of(draw)} has no parameter {name!r}; its parameters are {_listed(named)}"
            )
    missing = [name for name, p in named.items() if p.default is kinds.empty and name not in names]
    if missing:
        raise ValueError(f"{name_of(draw)} also needs {_listed(missing)}, which has no default value")


def name_of(draw: Callable[..., Any]) -> str:
    """What to call a draw function in a message."""
    return getattr(draw, "__name__", None) or repr(draw)


def call_text(draw: Callable[..., Any], values: Mapping[str, Any]) -> str:
    """A call as one would write it: ``descent(learning_rate=0.1)``."""
    return f"{name_of(draw)}({', '.join(f'{name}={value!r}' for name, value in values.items())})"


def _control(name: str, given: Any, starts: Mapping[str, Any]) -> Control:
    values = _values(name, given)
    kind = _kind(name, values)
    for place, value in enumerate(values):
        if value in values[:place]:
            raise ValueError(f"{name} has the value {value!r} twice; every choice must be different")
    if len(values) == 1:
        raise ValueError(
            f"{name} has one value, {values[0]!r}; a control needs at least two (give draw a default instead)"
        )
    start = _plain(starts.get(name, values[0]))
    if kind == "checkbox":
        values = (False, True)  # off before on, whichever it starts with
    same = [place for place, value in enumerate(values) if value == start and _is_same_kind(value, start)]
    if not same:
        raise ValueError(f"default {name}={start!r} is not one of its choices: {_listed(values)}")
    return Control(name, kind, values, same[0])


def _values(name: str, given: Any) -> tuple[Value, ...]:
    if isinstance(given, str | bytes | Mapping) or not isinstance(given, Iterable):
        raise ValueError(f"{name} must be a list of values; got {given!r}")
    values = tuple(_plain(value) for value in given)
    if not values:
        raise ValueError(f"{name} has no values; a control needs at least two")
    return values


def _kind(name: str, values: tuple[Any, ...]) -> Kind:
    if all(isinstance(value, bool) for value in values):
        return "checkbox"
    if all(isinstance(value, str) for value in values):
        return "menu"
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        for value in values:
            if not math.isfinite(value):
                raise ValueError(f"{name} has the value {value!r}; the numbers of a slider must be finite")
        return "slider"
    raise ValueError(f"{name} must be all numbers, all strings or [False, True]; got {list(values)!r}")


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _is_same_kind(value: Any, other: Any) -> bool:
    return isinstance(value, bool) == isinstance(other, bool)


def _listed(names: Iterable[Any]) -> str:
    return ", ".join(name if isinstance(name, str) else repr(name) for name in names) or "none"
