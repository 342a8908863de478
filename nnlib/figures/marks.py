"""The figures' vocabulary: whatever more than one chapter draws is drawn here, in one look.

A chapter's module keeps its mathematics, its composition and its captions. Where a thing stands it says
``spot``, which points belong to which class ``classes``, how the weights walked ``path``, and so on.
``tests/test_vocabulary.py`` finds what a chapter draws past it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import NullLocator

from nnlib.checks import Array
from nnlib.data import Labels
from nnlib.figures import style
from nnlib.figures.style import DASHED, INK, MUTED, NEGATIVE, PAGE, POSITIVE, PREDICTION, TRAINING, VALIDATION
from nnlib.figures.words import short, ten

SMALL = 10  # points: the least that is legible on a phone

#: Lines that mean the same in every chapter.
LEARNED: dict[str, Any] = {"color": TRAINING, "linestyle": "-"}
HELD_BACK: dict[str, Any] = {"color": VALIDATION, "linestyle": DASHED}
SAID: dict[str, Any] = {"color": PREDICTION, "linewidth": 2.2}
WANTED: dict[str, Any] = {"color": style.TARGET, "linewidth": 1.5, "linestyle": DASHED}
BEST: dict[str, Any] = {"color": VALIDATION, "linestyle": "none", "marker": "o", "markerfacecolor": PAGE}

#: A dot or a square at each value of a line that joins a few.
DOTS: dict[str, Any] = {"marker": "o", "markersize": 5}
SQUARES: dict[str, Any] = {"marker": "s", "markersize": 4.5}

#: Two kinds that lie on each other: a line, and circles around its values.
LINE: dict[str, Any] = {"color": POSITIVE}
CIRCLES: dict[str, Any] = {"color": NEGATIVE, "linestyle": "none", "marker": "o", "markersize": 9}
CIRCLES |= {"markerfacecolor": "none"}

#: Class 0 and class 1.
CLASSES: tuple[dict[str, Any], ...] = (
    {"marker": "s", "linestyle": "none", "color": NEGATIVE, "markerfacecolor": PAGE},
    {"marker": "o", "linestyle": "none", "color": POSITIVE, "markeredgewidth": 0},
)
_HALO = [withStroke(linewidth=3, foreground=PAGE)]
_TINY = 1e-12  # a tie belongs to class 1, as in the step function


# Planes -----------------------------------------------------------------------------------------------------


def plane(
    axes: Axes, limits: tuple[float, float], at: Sequence[float] | Array, x: str, y: str, title: str = ""
) -> None:
    """A square plane: the same limits and the same ticks both ways, and the names of its axes."""
    axes.set(xlim=limits, ylim=limits, xticks=at, yticks=at, xlabel=x, title=title)
    axes.set_ylabel(y, labelpad=1)


def points_of(limits: tuple[float, float], side: int) -> Array:
    """A grid of points over a square plane, row by row from below, shape (side², 2)."""
    at = np.linspace(*limits, side)
    return np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)


def regions(
    axes: Axes, says: Callable[[Array], Array], limits: tuple[float, float], side: int = 2
) -> Array | None:
    """Colour a square plane by class, 1 where ``says`` of its points is 0 or more, and draw the border.

    Nothing is coloured where it says the same everywhere. For a straight border two points a ``side`` are
    enough. Returns the border, or its first piece, as points.
    """
    at = np.linspace(*limits, side)
    heights = says(points_of(limits, side)).reshape(side, side) + _TINY
    if not np.ptp(heights):
        return None
    reach = 2 * float(np.abs(heights).max())
    colors = [style.NEGATIVE_AREA, style.POSITIVE_AREA]
    axes.contourf(at, at, heights, [-reach, 0, reach], colors=colors, zorder=0)
    return border(axes, at, at, heights) if heights.min() < 0 < heights.max() else None


def border(axes: Axes, x: Array, y: Array, heights: Array, **look: Any) -> Array:
    """The line on which the heights are 0; returns its first piece as points."""
    look = {"colors": [INK], "linewidths": 1.8, "zorder": 1} | look
    pieces = axes.contour(x, y, heights, [0], **look).allsegs[0]
    return np.asarray(pieces[0]) if pieces else np.empty((0, 2))


def straight(axes: Axes, w: Array, b: float, color: str = INK, dash: Any = "-") -> None:
    """The line w·x + b = 0, as far as the axes go."""
    foot = -b * w / (w @ w)
    along = np.array([-w[1], w[0]]) / np.sqrt(w @ w)
    axes.axline(foot, foot + along, color=color, linestyle=dash, zorder=1)


def surface(axes: Axes, x: Array, y: Array, height: Array, levels: Sequence[float]) -> None:
    """A cost from above: the greyer the higher, and below the first level the page."""
    shades = style.HEIGHTS(np.linspace(0.4, 1, len(levels)))  # darker than a page, lighter than a dark one
    axes.contourf(x, y, height, levels, colors=shades, extend="max", zorder=0)
    axes.contour(x, y, height, levels, colors=[MUTED], linewidths=0.5, zorder=0)


# What stands on them ----------------------------------------------------------------------------------------


def classes(axes: Axes, X: Array, labels: Labels, size: float = 9, **look: Any) -> None:
    """The points of two classes: class 1 a blue dot, class 0 a hollow vermilion square."""
    look = {"markersize": size, "markeredgewidth": size / 4.5, "zorder": 3} | look
    for label in (1, 0):
        axes.plot(*X[labels == label].T, **look | CLASSES[label])


def spot(
    axes: Axes, x: Any, y: Any, color: str = INK, size: float = 8, *, hollow: bool = False, **look: Any
) -> None:
    """Where something stands, or several things: full or hollow circles, or another ``marker``."""
    style = {"marker": "o", "markerfacecolor": PAGE if hollow else color, "zorder": 4} | look
    axes.plot(x, y, color=color, linestyle="none", markersize=size, **style)


def ring(axes: Axes, x: Any, y: Any, color: str = INK, size: float = 18, width: float = 2) -> None:
    """A ring around what is spoken of."""
    look = {"marker": "o", "markersize": size, "markeredgewidth": width, "markerfacecolor": "none"}
    axes.plot(x, y, color=color, linestyle="none", zorder=5, clip_on=False, **look)


def cross(axes: Axes, x: Any, y: Any, color: str = INK, size: float = 11, width: float = 1.6) -> None:
    """The place to reach: an upright cross."""
    axes.plot(x, y, "+", color=color, markersize=size, markeredgewidth=width, zorder=4)


def path(axes: Axes, x: Any, y: Any, *, dots: float = 3.4, start: bool = True, end: bool = True) -> None:
    """A walk downhill: purple, a dot a step, from a hollow circle to a green one."""
    axes.plot(x, y, color=style.GRADIENT, linewidth=1.1, marker="o" if dots else None, markersize=dots)
    if start:
        spot(axes, x[:1], y[:1], hollow=True, zorder=5, clip_on=False)
    if end:
        spot(axes, x[-1:], y[-1:], PREDICTION, zorder=6, clip_on=False)


def arrow(
    axes: Axes,
    tail: Sequence[float] | Array,
    head: Sequence[float] | Array,
    color: str = INK,
    width: float = 2,
    *,
    dash: Any = "-",
    bend: float = 0,
    gap: float = 0,
) -> None:
    """An arrow from tail to head, ``gap`` points short of both; none where they are one point."""
    if np.allclose(tail, head):
        return
    look = {"arrowstyle": "-|>", "mutation_scale": 13, "color": color, "linewidth": width, "linestyle": dash}
    look |= {"shrinkA": gap, "shrinkB": gap, "connectionstyle": f"arc3,rad={bend}"}
    axes.annotate("", head, tail, arrowprops=look, annotation_clip=False, zorder=2.5)


def guide(axes: Axes, *, x: float | None = None, y: float | None = None, **look: Any) -> None:
    """A thin line through all of the axes, at an x or a y."""
    look = {"color": MUTED, "linewidth": 1.2 if "linestyle" in look else 0.8, "zorder": 0.5} | look
    if x is not None:
        axes.axvline(x, **look)
    if y is not None:
        axes.axhline(y, **look)


def dropped(axes: Axes, x: float, y: float, foot: float = 0, color: str = MUTED) -> None:
    """A dotted line from a point down to the axis."""
    axes.plot([x, x], [foot, y], color=color, linestyle=style.DOTTED, linewidth=1.3)


# Where a reader can take hold -------------------------------------------------------------------------------

_HANDLES = "nnlib_handles"


class Handle(NamedTuple):
    """A point of a figure at which a reader can move some of its parameters."""

    axes: Axes
    x: float
    y: float
    controls: tuple[str, ...]
    free: bool


def handle(axes: Axes, x: Any, y: Any, *controls: str, free: bool = False) -> None:
    """Let a reader drag what stands at a point: on the page, that moves the parameters with these names.

    Dragging goes by x alone, as along a curve, or with ``free`` by both coordinates. Nothing is drawn here.
    Every frame of a figure has the same handles in the same order, each where its own values put it, be that
    out of sight.
    """
    kept = vars(axes.figure).setdefault(_HANDLES, [])
    kept.append(Handle(axes, float(x), float(y), controls, free))


def handles(figure: Figure) -> list[Handle]:
    """The handles of a figure, in the order in which they were declared."""
    return list(vars(figure).get(_HANDLES, ()))


# Scales and words -------------------------------------------------------------------------------------------


def ticks(axis: Axis, values: Sequence[float] | Array, names: Sequence[str] | None = None) -> None:
    """Ticks at these values and nowhere between, named in plain text."""
    axis.set_ticks(values, names or [short(float(value)) for value in values])
    axis.set_minor_locator(NullLocator())


def decades(axis: Axis, exponents: Iterable[int], *limits: float, zero: bool = False) -> None:
    """A logarithmic axis with ticks at powers of ten, in plain text: formulas, matplotlib's way, are slow.

    They are ordinary numbers where all of them can be, from 0.001 to 1000, else 1 and powers. With a ``zero``
    the axis begins there, and is even up to 1; ``limits`` are where it begins and ends.
    """
    how: dict[str, Any] = {"value": "symlog", "linthresh": 1, "linscale": 0.5} if zero else {"value": "log"}
    getattr(axis.axes, f"set_{axis.axis_name}scale")(**how)
    chosen = list(exponents)
    plain = all(abs(k) <= 3 for k in chosen)
    at, names = [10.0**k for k in chosen], [ten(k, plain) for k in chosen]
    ticks(axis, [0.0] * zero + at, ["0"] * zero + names)
    if limits:
        axis.axes.set(**{f"{axis.axis_name}lim": limits})


def note(
    axes: Axes, x: float, y: float, text: str, color: str = INK, *,
    halo: bool = False, paper: bool | str = False, inside: bool = False, **look: Any,
) -> None:  # fmt: skip
    """A few words at a point, centred on it where ``ha`` and ``va`` do not say otherwise.

    With a ``halo`` they can be read on lines, on ``paper`` they cover them (in a frame of that colour);
    ``inside`` the axes x and y go from 0 to 1.
    """
    look = {"ha": "center", "va": "center", "fontsize": SMALL} | look
    if halo:
        look["path_effects"] = _HALO
    if paper:
        frame, pad = (paper, 0.25) if isinstance(paper, str) else ("none", 0.08)
        look["bbox"] = {"boxstyle": f"square,pad={pad}", "facecolor": PAGE, "edgecolor": frame}
    if inside:
        look["transform"] = axes.transAxes
    axes.text(x, y, text, color=color, **look)


def beside(axes: Axes, at: Sequence[float] | Array, text: str, across: float, up: float, **look: Any) -> None:
    """A few words so many points to the right of a point and above it, which it does not touch."""
    sides = {-1: ("right", "top"), 0: ("center", "center"), 1: ("left", "bottom")}
    look = {"ha": sides[int(np.sign(across))][0], "va": sides[int(np.sign(up))][1], "fontsize": SMALL} | look
    axes.annotate(text, at, (across, up), textcoords="offset points", path_effects=_HALO, zorder=6, **look)


def legend(
    where: Figure | Axes,
    looks: Mapping[str, Mapping[str, Any]],
    corner: tuple[float, float] = (0.1, 1),
    **how: Any,
) -> None:
    """The names of lines and marks in a row, above the axes: nothing lies on the data."""
    handles = [Line2D([], [], label=name, **look) for name, look in looks.items()]
    how = {"loc": "upper left", "ncols": len(handles), "columnspacing": 1.2, "handletextpad": 0.5} | how
    where.legend(handles=handles, bbox_to_anchor=corner, **how)
