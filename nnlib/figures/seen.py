"""What there is to see in a figure, in words: shapes, and where they lie and go.

A caption says what came out; these are for readers who do not see the picture. They are made from what has
been drawn, axes and limits included, so that they hold in every frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from nnlib.checks import Array
from nnlib.figures.words import joined

_SEEN = "nnlib_seen"
_LEVEL = 0.04  # of an axes' height: what is bent by less is straight, what rises by less is level
_MOST = 4  # stretches of a curve that are told apart


def seen(axes: Axes, *sentences: str) -> None:
    """Say what these axes show. Nothing is drawn; a later call says it instead of an earlier one."""
    vars(axes)[_SEEN] = " ".join(filter(None, sentences))


def seen_in(axes: Axes) -> str:
    """What was said of these axes; "" if nothing was."""
    said: str = vars(axes).get(_SEEN, "")
    return said


# Curves -----------------------------------------------------------------------------------------------------


def course(*lines: Line2D, ends: bool = True) -> str:
    """Where a curve of one or more pieces goes from left to right: ``starts low, rises and ends high``."""
    xy = _shown(*lines)
    if not len(xy) or xy[:, 1].min() > 1.001 or xy[:, 1].max() < -0.001:
        return "is out of sight"
    if np.ptp(xy, axis=0).max() < _LEVEL:
        return f"is a single point {spot_in(lines[0].axes, *_last(*lines))}"
    phases = _phases(xy)
    if phases == ["stays level"]:
        return f"stays level {_height(xy[0, 1])}"
    start, end = f"starts {_height(xy[0, 1])}", f"ends {_height(xy[-1, 1])}"
    if side := _outside(xy[0, 1]):
        start, phases = f"comes in from {side}", phases[phases[0] in ("stays level", _out_of(side)) :]
    if side := _outside(xy[-1, 1]):
        end = f"leaves the picture {'at the top' if side == 'above' else 'at the bottom'}"
        phases = phases[: len(phases) - (phases[-1] in ("stays level", _out_of(side)))] or phases
    told = joined(phases) if len(phases) <= _MOST else "goes up and down several times"
    return f"{start}, {told}, and {end}" if ends else told


def _outside(height: float) -> str:
    return "above" if height > 1.001 else "below" if height < -0.001 else ""


def _out_of(side: str) -> str:
    return f"runs {side} the picture"


def _shown(*lines: Line2D) -> Array:
    """A curve's points as shares of its axes' width and height, from the left edge to the right one."""
    axes = lines[0].axes
    axes.viewLim  # noqa: B018  # asked for, limits that nobody has set are found
    pieces: list[Array] = []
    for line in lines:
        xy: Array = np.ma.filled(np.ma.asarray(line.get_xydata(), float), np.nan)
        xy = _shares(axes, xy[np.isfinite(xy).all(axis=1)])
        xy = xy[np.isfinite(xy).all(axis=1)]
        xy = xy[np.argsort(xy[:, 0], kind="stable")]
        ends = [edge for edge in (0.0, 1.0) if len(xy) and xy[0, 0] < edge < xy[-1, 0]]
        cuts = np.array([[edge, np.interp(edge, xy[:, 0], xy[:, 1])] for edge in ends]).reshape(-1, 2)
        inside = xy[(xy[:, 0] >= -0.001) & (xy[:, 0] <= 1.001)]
        pieces.append(np.concatenate([cuts[cuts[:, 0] == 0], inside, cuts[cuts[:, 0] == 1]]))
    return np.concatenate(pieces)


def _shares(axes: Axes, xy: Any) -> Array:
    """Points, as shares of their axes' width and height."""
    shares: Array = axes.transAxes.inverted().transform(axes.transData.transform(xy))
    return shares


def _last(*lines: Line2D) -> tuple[float, float]:
    x, y = np.asarray(lines[-1].get_xydata(), float)[-1]
    return float(x), float(y)


def _phases(xy: Array) -> list[str]:
    corners = xy[_corners(xy.clip(-0.001, 1.001))]
    phases: list[str] = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        rise = min(max(y1, 0), 1) - min(max(y0, 0), 1)
        if abs(rise) < max(_LEVEL, 0.08 * (x1 - x0)):
            side = _outside(y0) if _outside(y0) == _outside(y1) else ""
            phase = _out_of(side) if side else "stays level"
        elif x1 - x0 < 0.01:
            phase = "jumps up" if rise > 0 else "drops"
        else:
            phase = "rises" if rise > 0 else "falls"
        if not phases or phases[-1] != phase:
            phases.append(phase)
    return phases


def _corners(xy: Array) -> list[int]:
    """Where a line has to bend so that it is nowhere off by more than ``_LEVEL`` (Douglas and Peucker)."""
    keep, todo = {0, len(xy) - 1}, [(0, len(xy) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        along = xy[last] - xy[first]
        apart = xy[first + 1 : last] - xy[first]
        length = float(np.hypot(*along))
        off = (
            np.abs(along[0] * apart[:, 1] - along[1] * apart[:, 0]) / length if length else np.hypot(*apart.T)
        )
        worst = int(off.argmax())
        if off[worst] > _LEVEL:
            middle = first + 1 + worst
            keep.add(middle)
            todo += [(first, middle), (middle, last)]
    return sorted(keep)


def _height(share: float) -> str:
    if share < 0.06:
        return "at the bottom"
    if share > 0.94:
        return "at the top"
    return "low" if share < 0.36 else "high" if share > 0.64 else "half-way up"


# Places -----------------------------------------------------------------------------------------------------


def spot_in(axes: Axes, x: Any, y: Any) -> str:
    """Where a point lies: ``at the upper left``, ``in the middle``, ``out of sight``."""
    across, up = _shares(axes, (float(x), float(y)))
    if not (-0.02 <= across <= 1.02 and -0.02 <= up <= 1.02):
        return "out of sight"
    side = "left" if across < 0.36 else "right" if across > 0.64 else ""
    level = "lower" if up < 0.36 else "upper" if up > 0.64 else ""
    if side and level:
        return f"at the {level} {side}"
    if side:
        return f"on the {side}"
    return {"upper": "at the top", "lower": "at the bottom", "": "in the middle"}[level]


def across(axes: Axes, x: Any) -> str:
    """How far along the x axis something stands: ``at the left end``, ``right of the middle``."""
    share = float(_shares(axes, (float(x), axes.get_ylim()[0]))[0])
    if not -0.02 <= share <= 1.02:
        return "out of sight"
    places = {0.06: "at the left end", 0.42: "left of the middle", 0.58: "in the middle"}
    places[0.94] = "right of the middle"
    return next((words for end, words in places.items() if share < end), "at the right end")


def high_up(axes: Axes, y: Any) -> str:
    """How high a level line is: ``at the bottom``, ``half-way up``."""
    return _height(float(_shares(axes, (axes.get_xlim()[0], float(y)))[1]))


def trail(axes: Axes, x: Any, y: Any, what: str = "A path of dots") -> str:
    """Where a walk leads: ``A path of dots begins at the upper left and leads to a place in the middle.``"""
    x, y = np.asarray(x, float), np.asarray(y, float)
    start, end = spot_in(axes, x[0], y[0]), spot_in(axes, x[-1], y[-1])
    if not np.ptp(x) and not np.ptp(y):
        return f"{what}: a single one {start}."
    if end == "out of sight":
        return f"{what} begins {start} and leaves the picture."
    if start == end:
        return f"{what} begins {start} and does not lead far from there."
    way = ", from side to side," if _zigzag(x) or _zigzag(y) else ""
    return f"{what} begins {start} and leads{way} to a place {end}."


def _zigzag(values: Array) -> bool:
    moves = np.diff(values)
    moves = moves[np.abs(moves) > 1e-3 * max(float(np.ptp(values)), 1e-12)]
    return len(moves) > 3 and float((moves[1:] * moves[:-1] < 0).mean()) > 0.6


def slant(w: Sequence[float] | Array) -> str:
    """How the line w·x + b = 0 lies: ``upright``, ``level``, ``rising to the right``."""
    w1, w2 = (float(each) for each in w)
    if abs(w2) < 1e-9:
        return "upright"
    if abs(w1) < 1e-9:
        return "level"
    return "rising to the right" if -w1 / w2 > 0 else "falling to the right"


def toward(dx: Any, dy: Any) -> str:
    """A direction: ``up and to the right``."""
    dx, dy = float(dx), float(dy)
    size = max(abs(dx), abs(dy)) or 1.0
    up = "" if abs(dy) < 0.2 * size else "up" if dy > 0 else "down"
    side = "" if abs(dx) < 0.2 * size else "to the right" if dx > 0 else "to the left"
    return " and ".join(filter(None, [up, side])) or "nowhere"


# Bars -------------------------------------------------------------------------------------------------------


def lengths(values: Sequence[float] | Array, longest: float) -> str:
    """How long bars are beside their axis: ``long, hardly to be seen and short``."""
    names = ((0.03, "hardly to be seen"), (0.25, "short"), (0.6, "half as long as the axis"))
    return joined([next((name for end, name in names if abs(v) / longest < end), "long") for v in values])


def heap(heights: Sequence[float] | Array) -> str:
    """Where the bars of a histogram stand: ``piled up at both ends``, ``highest in the middle``."""
    share = np.asarray(heights, float) / max(float(np.sum(heights)), 1e-12)
    end = max(1, round(0.1 * len(share)))
    left, right = share[:end].sum(), share[-end:].sum()
    if left > 0.25 and right > 0.25:
        return "piled up at both ends"
    top = int(share.argmax())
    at = (top + 0.5) / len(share)
    near = share[max(0, top - end) : top + end + 1].sum()
    where = "at the left end" if at < 0.1 else "at the right end" if at > 0.9 else "in the middle"
    if 0.1 <= at < 0.4 or 0.6 < at <= 0.9:
        where = "left of the middle" if at < 0.4 else "right of the middle"
    return f"in one narrow heap {where}" if near > 0.9 else f"spread out, highest {where}"
