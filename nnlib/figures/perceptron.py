"""The figures of the chapter on the perceptron: one neuron, the rule it learns by, and layers as matrices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

from nnlib import checks, data
from nnlib.checks import Array
from nnlib.figures import marks, style
from nnlib.figures.marks import SMALL, arrow, note, spot
from nnlib.figures.networks import draw_network, network
from nnlib.figures.seen import across, course, seen, slant, spot_in, toward
from nnlib.figures.style import (
    DASHED,
    GRADIENT,
    INK,
    MUTED,
    NEGATIVE,
    POSITIVE,
    Frame,
    canvas,
    is_narrow,
    styled,
    width,
)
from nnlib.figures.words import fixed, lowered, raised, short, vector
from nnlib.perceptron import Perceptron

#: Ten points in two clouds that a line can part.
_ONES = [[0.6, 1.7], [0.8, 0.8], [1.2, 1.5], [-0.9, 1.5], [-0.4, 1.7]]
_NOUGHTS = [[0.2, -0.7], [1.6, -0.2], [0.7, -0.2], [-0.3, 0.3], [0.7, -0.7]]
_ORDER = [0, 1, 5, 2, 6, 7, 3, 4, 8, 9]
CLOUDS = data.Examples(np.array(_ONES + _NOUGHTS)[_ORDER], np.array([1] * 5 + [0] * 5, dtype=np.intp)[_ORDER])

CORNERS = (-0.5, 1.5)  # the limits of a plane with the four corners of a gate
_ROWS = (0.72, 0.54, 0.36, 0.18)  # of the table beside it, or below it
_OVER_TABLE = {"height": 5.0, "right": 0.3, "bottom": 2.28}

STARTS = {"zero": ((0.0, 0.0), 0.0), "elsewhere": ((-1.0, 2.0), 0.0)}

W6 = (np.array([[1.0, 2], [3, 4], [5, 6]]), np.array([[7.0, 8, 9]]))


# --- One neuron ---------------------------------------------------------------------------------------------


@styled
def neuron(gate: str, angle: float, bias: float) -> Frame:
    """A neuron with a step and weights of length 1 on a gate's four points: its line, and each point's z."""
    X, labels = data.gate(gate)
    w = np.round([np.cos(np.radians(angle)), np.sin(np.radians(angle))], 12)  # so that ties are ties
    z = np.round(X @ w + bias, 12)
    output = (z >= 0).astype(np.intp)
    wrong, right = X[output != labels], int((output == labels).sum())

    figure, axes = canvas(height=3.25, right=2.42, narrow=_OVER_TABLE)
    border = marks.regions(axes, _z(w, bias), CORNERS)
    foot = _foot(w, bias)
    tip, side = foot + 0.42 * w, foot  # where the line is out of sight
    if border is not None and np.ptp(border, axis=0).max() > 1e-6:
        tip, side = _normal(axes, border.mean(axis=0), w, X), 0.75 * border[0] + 0.25 * border[-1]
    marks.handle(axes, *tip, "angle", free=True)
    marks.handle(axes, *side, "bias", free=True)
    marks.classes(axes, X, labels)
    marks.ring(axes, wrong[:, 0], wrong[:, 1], width=1.5)
    marks.plane(axes, CORNERS, [0, 1], "input $x_1$", "input $x_2$", f"{gate}: {right} of 4 right")
    rows = [[*_said(x, fixed(z[n]), output[n]), f"{labels[n]}"] for n, x in enumerate(X)]
    beside = _table(figure, (0.13, 0.44, 0.66, 0.9), ("inputs", "z", "says", "truth"), rows)
    for height, good in zip(_ROWS, output == labels, strict=True):
        note(beside, 0.78, height, "=" if good else "≠", fontsize=10.5)
        if not good:
            box = Rectangle((0, height - 0.085), 1, 0.17, facecolor="none", edgecolor=INK, linewidth=1.1)
            beside.add_patch(box)

    shown = border is not None
    seen(
        axes,
        "Four points in a square, hollow squares for 0 and dots for 1.",
        f"A line, {slant(w)}, parts the shaded plane, and an arrow w points from it {toward(*w)}." * shown,
        "No line is in sight." * (not shown),
        "Wrong points have a ring." * bool(len(wrong)),
    )
    told = [f"{x}: z = {z}, says {says}, truth {truth}" for x, z, says, truth in rows]
    seen(beside, f"A table: {'; '.join(told)}.", "Wrong rows have a frame." * bool(len(wrong)))
    says = f"{gate} with w = ({fixed(w[0])}, {fixed(w[1])}) and b = {short(bias)}: {right} of 4 right"
    if right < 4:
        named = " and ".join(f"({x[0]:.0f}, {x[1]:.0f})" for x in wrong)
        says += f"; wrong at {named}" if right >= 2 else ""
    return figure, says + "."


def _z(w: Array, b: float) -> Callable[[Array], Array]:
    """The neuron's weighted input, as a function of points."""
    return lambda points: points @ w + b


def _foot(w: Array, b: float) -> Array:
    """The point of the line w·x + b = 0 that is nearest to the middle of the corners."""
    middle = np.full(2, sum(CORNERS) / 2)
    return np.asarray(middle - (w @ middle + b) / (w @ w) * w)


def _normal(axes: Axes, middle: Array, w: Array, points: Array) -> Array:
    """The arrow w on a line, or up to it where it would leave the axes, and its name clear of the points.

    Returns the arrow's tip.
    """

    def inside(spot: Array) -> bool:
        return bool(np.all((CORNERS[0] < spot) & (spot < CORNERS[1])))

    tip = middle + 0.42 * w if inside(middle + 0.56 * w) else middle
    arrow(axes, tip - 0.42 * w, tip)
    shaft, across = tip - 0.21 * w, 0.16 * np.array([-w[1], w[0]])
    spots = [spot for spot in (tip + 0.14 * w, shaft + across, shaft - across) if inside(spot)]
    chosen = next(spot for spot in spots if np.linalg.norm(points - spot, axis=1).min() > 0.16)
    note(axes, chosen[0], chosen[1], "$w$", halo=True, fontsize=11)
    return np.asarray(tip)


def _said(x: Array, z: str, output: int) -> list[str]:
    return [f"{x[0]:.0f}, {x[1]:.0f}", z, f"{output:d}"]


def _table(figure: Figure, columns: Sequence[float], heads: Sequence[str], rows: list[list[str]]) -> Axes:
    """A table beside a plane, or below it, a row for each of the four corners."""
    axes = _empty(figure, *((0.62, 0.0, 2.36, 1.75) if is_narrow() else (3.14, 0.5, 2.16, 2.45)))
    axes.plot([0, 1], [0.84, 0.84], color=MUTED, linewidth=0.6)
    for place, head in zip(columns, heads, strict=True):
        note(axes, place, 0.92, head, MUTED)
    for height, cells in zip(_ROWS, rows, strict=True):
        for place, cell in zip(columns, cells, strict=True):
            note(axes, place, height, cell, fontsize=10.5)
    return axes


@styled
def same_line(weights: float, bias: float) -> Frame:
    """A step neuron with two equal weights on the four corners: its line, each corner's z, and its gate."""
    X = data.gate("AND").X
    w = np.array([float(weights), float(weights)])
    z = X @ w + bias
    output = (z >= 0).astype(np.intp)
    names = {(0, 0, 0, 1): "this is AND", (0, 1, 1, 1): "this is OR", (0, 0, 0, 0): "always 0"}
    name = names.get(tuple(output.tolist()), "always 1")

    figure, axes = canvas(height=3.25, right=2.42, narrow=_OVER_TABLE)
    border = marks.regions(axes, _z(w, bias), CORNERS)
    marks.handle(axes, *(_foot(w, bias) if border is None else border.mean(axis=0)), "bias", free=True)
    spot(axes, *X.T)
    marks.plane(axes, CORNERS, [0, 1], "input $x_1$", "input $x_2$", name)
    shown = "no line is in sight" if border is None else f"a line, {slant(w)}, parts the shaded plane"
    seen(axes, f"Four dots in a square; {shown}.")
    rows = [_said(x, short(z[n]), output[n]) for n, x in enumerate(X)]
    table = _table(figure, (0.16, 0.56, 0.9), ("inputs", "z", "says"), rows)
    seen(table, f"A table: {'; '.join(f'{x}: z = {z}, says {says}' for x, z, says in rows)}.")
    away = abs(bias) / float(np.linalg.norm(w))
    return figure, (
        f"w = ({short(weights)}, {short(weights)}) and b = {short(bias)}: {name}. "
        f"The line lies {fixed(away)} from the origin."
    )


@styled
def threshold(weight: float, bias: float) -> Frame:
    """One input: z = wx + b beside wx alone, and the step that it switches."""
    below = {"rows": 2, "cols": 1, "height": 4.7, "hspace": 0.82}
    figure, (left, right) = canvas(1, 2, height=2.75, top=0.36, wspace=0.72, narrow=below)
    x = np.array([0.0, 20.0])
    at = -bias / weight
    marks.guide(left, y=0)
    left.plot(x, weight * x, color=MUTED, linestyle=DASHED, linewidth=1.5)
    left.plot(x, weight * x + bias, color=POSITIVE)
    note(left, 0.02, 0.95, "– –  $wx$", MUTED, inside=True, ha="left")
    note(left, 0.02, 0.82, "—  $wx + b$", POSITIVE, inside=True, ha="left")
    for axes, height in ((left, 0), (right, 1)):
        spot(axes, at, height, clip_on=False)
    left.set(xlim=(0, 20), ylim=(-12, 42), xlabel="input $x$", title="weighted input $z$")
    left.set(xticks=[0, 5, 10, 15, 20], yticks=[-10, 0, 10, 20, 30, 40])
    right.plot([0, at, at, 20], [0, 0, 1, 1], color=POSITIVE, clip_on=False)
    right.set(xlim=(0, 20), ylim=(-0.1, 1.1), xlabel="input $x$", title="output: step of $z$")
    right.set(xticks=[0, 5, 10, 15, 20], yticks=[0, 1])
    dashed = "lies on it" if not bias else f"runs beside it, {'higher' if bias < 0 else 'lower'}"
    seen(left, f"The solid straight line {course(left.lines[2])}; the dashed one {dashed}.")
    seen(right, f"The line {course(right.lines[1])}; a dot is at the jump, {across(right, at)}.")
    z = weight * 20 + bias
    return figure, (
        f"w = {short(weight)}, b = {short(bias)}: the output turns on at x = −b/w = {short(at)}. "
        + (
            f"At x = 20, wx = {short(weight * 20)} but z = {short(z)}: the bias is still in it."
            if bias
            else f"With no bias, z is wx everywhere: {short(z)} at x = 20."
        )
    )


@styled
def biological() -> Frame:
    """A nerve cell, much simplified, above the neuron that keeps four of its parts."""
    figure, axes = canvas(height=4.5, left=0.05, right=0.05, bottom=0.05, top=0.05, narrow={"height": 3.25})
    axes.set(xlim=(0, 10.6), ylim=(0, 9.0))
    axes.axis("off")
    _nerve_cell(axes)
    _unit(axes)
    for x in (1.35, 4.05, 8.9):
        arrow(axes, (x, 4.72), (x, 4.05), MUTED, 1)
    seen(
        axes,
        "Above, a cell lying on its side: three branches come from the left, touched by dots at their tips, "
        "and meet in a round body; one long fibre leaves it to the right and splits in three. Arrows point "
        "down from its parts to three circles, three lines into a larger circle, and a box with a step in "
        "it.",
    )
    return figure, (
        "What the perceptron keeps of a nerve cell: signals arriving (inputs x), each through a synapse of "
        "its own strength (weights w), gathered in the cell body (sum and bias, z), and one signal out (a)."
    )


def _nerve_cell(axes: Axes) -> None:
    branches = [
        [(4.0, 6.9), (3.2, 7.2), (2.4, 7.5), (1.0, 8.3)],
        [(4.0, 6.8), (3.0, 6.8), (2.2, 6.8), (0.8, 6.7)],
        [(4.0, 6.7), (3.2, 6.3), (2.5, 5.9), (1.0, 5.4)],
        [(2.6, 7.42), (2.1, 7.3), (1.7, 7.3), (1.3, 7.45)],
        [(2.3, 6.8), (1.9, 6.5), (1.6, 6.2), (1.2, 6.15)],
        [(4.4, 6.8), (5.6, 7.0), (7.0, 6.6), (8.4, 6.8)],
        [(8.3, 6.8), (8.8, 6.9), (9.2, 7.2), (9.7, 7.6)],
        [(8.3, 6.8), (8.9, 6.8), (9.3, 6.8), (9.9, 6.7)],
        [(8.3, 6.8), (8.7, 6.6), (9.1, 6.3), (9.6, 5.9)],
    ]
    widths = (4.2, 4.2, 4.2, 2.4, 2.4, 5.2, 2.8, 2.8, 2.8)
    code = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    for curve, thick in zip(branches, widths, strict=True):
        look = {"fill": False, "edgecolor": INK, "linewidth": thick, "capstyle": "round"}
        axes.add_patch(PathPatch(Path(curve, code), **look))
    body = [(4.75, 6.85), (4.55, 7.35), (4.1, 7.55), (3.75, 7.1), (3.45, 6.75), (3.7, 6.1), (4.15, 6.1)]
    body += [(4.6, 6.1), (4.85, 6.45), (4.75, 6.85)]
    codes = [Path.MOVETO] + [Path.CURVE4] * 9
    look = {"facecolor": style.POSITIVE_AREA, "edgecolor": INK, "linewidth": 1.6, "zorder": 3}
    axes.add_patch(PathPatch(Path(body, codes), **look))
    axes.add_patch(Circle((4.15, 6.8), 0.2, facecolor=INK, zorder=4))
    for x, y in ((1.0, 8.3), (0.8, 6.7), (1.0, 5.4)):  # endings of other cells
        axes.plot([x - 0.62, x - 0.14], [y + 0.1, y + 0.02], color=GRADIENT, linewidth=2.2)
        spot(axes, x - 0.1, y, GRADIENT, 7)
    spot(axes, [9.7, 9.9, 9.6], [7.6, 6.7, 5.9], size=7)
    words = {"dendrites": (2.35, 8.35), "synapses": (0.75, 4.9), "cell body": (4.15, 5.7), "axon": (6.9, 7.1)}
    words |= {"dendrites": (2.95, 8.45), "synapses": (2.35, 5.1)} if is_narrow() else {}
    for word, at in words.items():
        note(axes, *at, word, GRADIENT if word == "synapses" else INK, fontsize=11)


def _unit(axes: Axes) -> None:
    for i, y in enumerate((3.4, 2.2, 1.0), 1):
        axes.plot([1.35, 4.05], [y, 2.2], color=GRADIENT, linewidth=2.2, zorder=1)
        spot(axes, 1.35, y, size=25, hollow=True, zorder=2)
        note(axes, 1.35, y, f"$x_{i}$", fontsize=11)
        note(axes, 2.55, 2.2 + (y - 2.2) * 0.556 + 0.02, f"$w_{i}$", GRADIENT, halo=True, fontsize=11)
    axes.add_patch(Circle((4.05, 2.2), 0.62, facecolor=style.POSITIVE_AREA, edgecolor=INK, zorder=2))
    inner, size = ("$\\Sigma{+}b$", SMALL) if is_narrow() else ("$\\Sigma + b$", 11)
    note(axes, 4.05, 2.2, inner, fontsize=size)
    arrow(axes, (4.75, 2.2), (6.1, 2.2), width=1.6)
    note(axes, 5.38, 2.5, "$z$", fontsize=11)
    axes.add_patch(Rectangle((6.1, 1.62), 1.25, 1.16, facecolor=style.PAGE, edgecolor=INK, linewidth=1.5))
    axes.plot([6.25, 6.72, 6.72, 7.2], [1.85, 1.85, 2.55, 2.55], color=POSITIVE)
    note(axes, 6.72, 1.27, "step $f$", fontsize=11)
    arrow(axes, (7.35, 2.2), (8.75, 2.2), width=1.6)
    note(axes, 9.0, 2.2, "$a$", fontsize=11)
    words = {"inputs": (1.35, 0.2), "weights": (2.75, 0.2), "sum and bias": (4.7, 0.2), "output": (8.9, 0.2)}
    words |= {"weights": (3.1, 3.6)} if is_narrow() else {}
    for word, at in words.items():
        note(axes, *at, word, GRADIENT if word == "weights" else INK, fontsize=11)


# --- The learning rule --------------------------------------------------------------------------------------


class Mistake(NamedTuple):
    """One update of a run: the row it stumbled over, and the weights and bias before and after."""

    row: int
    before: tuple[Array, float]
    after: tuple[Array, float]


def examples(name: str) -> data.Examples:
    """The chapter's data sets: the gates, and ``clouds``."""
    return CLOUDS if name == "clouds" else data.gate(name)


@lru_cache(maxsize=64)
def run(name: str, learning_rate: float, start: str, most: int = 18) -> list[Mistake]:
    """The first ``most`` mistakes of the perceptron on a data set, from one of ``STARTS``."""
    checks.one_of("start", start, STARTS)
    X, labels = examples(name)
    perceptron = Perceptron(2, learning_rate)
    perceptron.w, perceptron.b = np.array(STARTS[start][0]), STARTS[start][1]
    before = (perceptron.w, perceptron.b)
    mistakes = []
    for update in perceptron.fit(X, labels, max_epochs=most).updates[:most]:
        after = (update.w, float(update.b))
        mistakes.append(Mistake(update.row, before, after))
        before = after
    return mistakes


@lru_cache(maxsize=16)
def best_margin(name: str) -> tuple[float, Array] | None:
    r"""The best margin of a data set, bias folded in, and the unit vector that has it; None if there is none.

    $\gamma = \max_{\|u\| = 1} \min_n y_n\, u \cdot (x_n, 1)$ is the distance from the origin to the convex
    hull of the points $y_n (x_n, 1)$. In three dimensions its nearest point lies on a corner, an edge or a
    triangle of the hull, so that trying them all finds it exactly.
    """
    X, labels = examples(name)
    points = np.where(labels == 1, 1.0, -1.0)[:, None] * np.column_stack([X, np.ones(len(X))])
    for size in (1, 2, 3):
        for chosen in combinations(range(len(points)), size):
            corner = points[list(chosen)]
            system = np.block(
                [[corner @ corner.T, np.ones((size, 1))], [np.ones((1, size)), np.zeros((1, 1))]]
            )
            if abs(np.linalg.det(system)) < 1e-9:
                continue
            shares = np.linalg.solve(system, np.eye(size + 1)[-1])[:size]
            nearest = shares @ corner
            square = float(nearest @ nearest)
            if (shares >= -1e-9).all() and square > 1e-9 and (points @ nearest >= square - 1e-9).all():
                return float(np.sqrt(square)), nearest / np.sqrt(square)
    return None


def novikoff_bound(name: str) -> float | None:
    r"""$R^2/\gamma^2$: at most so many mistakes from $w = 0$, in any order; None without a margin."""
    margin = best_margin(name)
    if margin is None:
        return None
    X, _ = examples(name)
    return float((1 + (X**2).sum(axis=1)).max() / margin[0] ** 2)


@styled
def learning(data: str, learning_rate: float, start: str, update: int) -> Frame:
    """The perceptron after ``update`` mistakes: its line, and the last update drawn as a sum of vectors."""
    X, labels = examples(data)
    mistakes = run(data, learning_rate, start)
    made = min(checks.whole("update", update, 0), len(mistakes))
    mistake = mistakes[made - 1] if made else None
    (w, b) = mistake.after if mistake else (np.array(STARTS[start][0]), STARTS[start][1])

    below = {"rows": 2, "cols": 1, "height": 5.6, "bottom": 1.3, "hspace": 0.82, "left": 0.86, "right": 0.86}
    figure, (left, right) = canvas(1, 2, height=3.85, bottom=1.42, top=0.36, wspace=0.72, narrow=below)
    limits, ticks = ((-1.3, 2.3), [-1, 0, 1, 2]) if data == "clouds" else (CORNERS, [0, 1])
    marks.regions(left, _z(w, b), limits)
    if mistake and np.any(mistake.before[0]):
        marks.straight(left, *mistake.before, MUTED, DASHED)
    marks.classes(left, X, labels)
    if mistake:
        marks.ring(left, X[mistake.row, 0], X[mistake.row, 1], GRADIENT)
    if not np.any(w):
        note(left, 0.5, 0.5, "$w = 0$: no line", inside=True, halo=True, fontsize=11)
    marks.plane(left, limits, ticks, "input $x_1$", "input $x_2$", "the line")
    line = f"A solid line, {slant(w)}, parts the shaded plane." if np.any(w) else ""
    seen(
        left,
        "Points of two classes, dots and hollow squares.",
        line,
        "A dashed line shows where it was before." * bool(mistake and np.any(mistake.before[0])),
        "A ring is around the point of the last mistake." * bool(mistake),
    )
    _draw_sum(right, mistakes, mistake, (w, b))
    _mistake_strip(figure, data, start, made)
    return figure, _learning_caption(data, learning_rate, start, made, mistakes)


def _draw_sum(axes: Axes, mistakes: list[Mistake], mistake: Mistake | None, now: tuple[Array, float]) -> None:
    # The largest w of the whole run sets the scale, so that the update number never moves the axes.
    all_w = np.array([m.after[0] for m in mistakes] + [m.before[0] for m in mistakes])
    reach = 1.25 * float(np.abs(all_w).max())
    marks.guide(axes, x=0, y=0)
    title = f"$w$, and $b$: {short(now[1])}"
    if mistake:
        (old, old_b), (new, _) = mistake.before, mistake.after
        arrow(axes, (0, 0), old, MUTED, dash=DASHED)
        arrow(axes, old, new, GRADIENT, 2.6)
        title = f"$w$, and $b$: {short(old_b)} → {short(now[1])}"
    arrow(axes, (0, 0), now[0], POSITIVE)
    spot(axes, 0, 0, size=3.5)
    most = 2 if is_narrow() else 3  # ticks on each side of 0
    tick = float(10.0 ** np.floor(np.log10(reach)))
    step = next(tick * factor for factor in (0.5, 1, 2, 5) if reach / (tick * factor) <= most)
    ticks = step * np.arange(-np.floor(reach / step), np.floor(reach / step) + 1)
    marks.plane(axes, (-reach, reach), ticks, "weight $w_1$", "weight $w_2$", title)
    for axis in (axes.xaxis, axes.yaxis):
        marks.ticks(axis, ticks)
    arrows = "A dot at the origin."
    if np.any(now[0]):
        arrows = f"From the origin an arrow points {toward(*now[0])}."
    if mistake and np.any(mistake.before[0]):
        past, change = mistake.before[0], now[0] - mistake.before[0]
        tip = f", and from its tip the step leads {toward(*change)} to the tip of the first"
        arrows += f" Another, dashed, points {toward(*past)}{tip if np.any(change) else ''}."
    seen(axes, arrows)


def _mistake_strip(figure: Figure, name: str, start: str, made: int) -> None:
    left = 0.25 if is_narrow() else 0.62
    axes = _empty(figure, left, 0.12, width() - left - 0.18, 0.62, (60, 1))
    count = "mistakes" if is_narrow() else "mistakes so far"
    note(axes, 0, 0.92, f"{count}: {made}", ha="left")
    axes.plot([0, 60], [0.3, 0.3], color=MUTED, alpha=0.22, linewidth=9, solid_capstyle="butt", zorder=0)
    if made:
        axes.vlines(np.arange(made) + 0.5, 0.18, 0.42, color=GRADIENT, linewidth=2.2)
    bound = novikoff_bound(name)
    if bound is None:
        words = "no line, so no bound"
    elif start != "zero":
        words = "the bound needs w = 0" + ("" if is_narrow() else " at the start")
    else:
        whole = int(np.floor(bound + 1e-9))
        axes.plot([whole, whole], [0.02, 0.58], color=INK, linewidth=1.6)
        words = f"bound: {whole}"
    note(axes, 60, 0.92, words, MUTED, ha="right")
    seen(axes, "A level bar with an upright stroke for each mistake, from the left.")


def _learning_caption(name: str, learning_rate: float, start: str, made: int, mistakes: list[Mistake]) -> str:
    w, b = STARTS[start]
    setting = f"{name}, η = {short(learning_rate)}, from w = {vector(w)}, b = {short(b)}"
    if made == 0:
        return f"{setting}: nothing learned yet."
    mistake = mistakes[made - 1]
    x, label = examples(name).X[mistake.row], examples(name).labels[mistake.row]
    new, new_b = mistake.after
    step = new - mistake.before[0]
    result = f"w = {vector(new)}, b = {short(new_b)}"
    text = (
        f"{setting}. Mistake {made}: {vector(x)} should give {label}; "
        f"adding η y x = {vector(step)} makes {result}."
    )
    earlier = [(np.array(w), b), *(m.after for m in mistakes[: made - 1])]
    back = [made - k for k, (u, c) in enumerate(earlier) if c == new_b and np.array_equal(u, new)]
    if made == len(mistakes) and novikoff_bound(name) is not None:
        text += f" Done: every point is right after {made} mistakes."
    elif novikoff_bound(name) is None and back:
        text += f" That is where it was {back[-1]} mistakes ago: it goes round for ever."
    return text


@styled
def squeeze(data: str) -> Frame:
    """Why the mistakes must end: the length of w is caught between kγ and √k R."""
    margin = best_margin(data)
    if margin is None:
        raise ValueError(f"no line separates {data}, so it has no margin; AND, OR or clouds is expected")
    gamma, u = margin
    X, _ = examples(data)
    radius = float(np.sqrt((1 + (X**2).sum(axis=1)).max()))
    bound = novikoff_bound(data) or 0.0
    mistakes = run(data, 1.0, "zero", 100)
    folded = np.array([[0.0, 0, 0]] + [[*m.after[0], m.after[1]] for m in mistakes])
    counts = np.arange(len(folded))

    figure, axes = canvas(height=4.0, top=1.12)
    k = np.linspace(0, 60, 121)
    axes.plot(k, np.sqrt(k) * radius, color=NEGATIVE, linestyle=DASHED)
    axes.plot(k, k * gamma, color=POSITIVE)
    spot(axes, counts, np.linalg.norm(folded, axis=1), size=5)
    spot(axes, counts, folded @ u, size=5, hollow=True, marker="^")
    marks.dropped(axes, bound, bound * gamma)
    spot(axes, bound, bound * gamma, MUTED, 6)
    note(axes, bound - 0.8, 0.8, f"bound {np.floor(bound + 1e-9):.0f}", MUTED, ha="right")
    words = {
        "– –  ceiling $\\sqrt{k}\\,R$: the length cannot be more": NEGATIVE,
        "●  length of $(w, b)$ in this run": INK,
        "△  its part along the best direction": INK,
        "—  floor $k\\gamma$: that part cannot be less": POSITIVE,
    }
    for line, (text, color) in enumerate(words.items()):
        note(axes, -0.22 if is_narrow() else 0.02, 1.36 - 0.093 * line, text, color, inside=True, ha="left")
    axes.set(xlim=(0, 60), ylim=(0, 18), xlabel="mistakes made, $k$", ylabel="length")
    axes.set_yticks([0, 5, 10, 15])
    ceiling, floor, length = axes.lines[:3]
    seen(
        axes,
        f"The dashed ceiling {course(ceiling)}, less and less steep; the solid floor {course(floor)}, in a "
        "straight line. Between them, a dot and a triangle for each mistake, a row that "
        f"{course(length, ends=False)}.",
        "A dotted line drops from where the two cross." * (bound <= 60),
    )
    return figure, (
        f"{data}: R = {radius:.3f}, best margin γ = {gamma:.4f}. Floor and ceiling meet at R²/γ² = "
        f"{bound:.1f} mistakes; this run makes {len(mistakes)}."
    )


# --- A sigmoid neuron ---------------------------------------------------------------------------------------


def fours_and_nines() -> data.Examples:
    """The real 4s and 9s, label 1 for a 9: mean ink in the two middle columns, and in the upper half."""
    digits = data.load_digits()
    chosen = np.isin(digits.labels, (4, 9))
    image = digits.X[chosen].reshape(-1, 8, 8)
    features = np.column_stack([image[:, :, 3:5].mean(axis=(1, 2)), image[:, :4].mean(axis=(1, 2))])
    return data.Examples(features, (digits.labels[chosen] == 9).astype(np.intp))


@styled
def probability(w1: float, w2: float, b: float) -> Frame:
    """A sigmoid neuron on the standardised 4s and 9s: the lines on which it says 0.1, 0.5 and 0.9."""
    X, labels = fours_and_nines()
    X = data.Standardizer().fit_transform(X)
    w = np.array([w1, w2])
    figure, axes = canvas(height=3.7, narrow={"height": 3.9, "bottom": 0.72})
    marks.regions(axes, _z(w, b), (-2.7, 3.7))
    for level, dash in ((0.1, style.DOTTED), (0.5, "-"), (0.9, DASHED)):
        z = np.log(level / (1 - level))
        marks.straight(axes, w, b - z, dash=dash)
        note(axes, 2.0, (z - b - w[0] * 2.0) / w[1], f"{level}", halo=True)
    marks.classes(axes, X, labels, 4)
    marks.legend(axes, {"9": marks.CLASSES[1], "4": marks.CLASSES[0]}, (0, 1))
    axes.set(xlim=(-2.7, 3.7), ylim=(-2.7, 3.1))
    gap = "\n" if is_narrow() else " "
    axes.set_xlabel(f"ink in the middle columns, $x_1${gap}(standardised)")
    axes.set_ylabel("ink in the upper half, $x_2$")
    nine, four = (X[labels == label].mean(axis=0) for label in (1, 0))
    seen(
        axes,
        f"A cloud of dots {spot_in(axes, *nine)} and one of hollow squares {spot_in(axes, *four)} touch. "
        f"Three parallel lines, {slant(w)}, dashed, solid and dotted, run between and through them.",
    )
    right = int(((X @ w + b >= 0) == labels).sum())
    return figure, (
        f"{len(X)} real digits, 4s (hollow squares) and 9s (dots). With w = ({w1:.2f}, {w2:.2f}) and "
        f"b = {b:.2f} the neuron says 0.5 on the solid line, 0.1 and 0.9 on the parallels; {right} are right."
    ).replace("-", "−")


# --- Networks and their matrices ----------------------------------------------------------------------------


@styled
def place(weight: int) -> Frame:
    """One weight of the 2-3-1 network with weights 1 to 9: on its line, and in its place of the matrix."""
    checks.one_of("weight", weight, range(1, 10))
    l, j, i = next((l, *np.argwhere(w == weight)[0]) for l, w in enumerate(W6, 1) if weight in w)
    above = {"height": 4.1, "right": 0.05, "bottom": 1.4}
    figure, axes = canvas(height=3.3, left=0.05, right=2.15, bottom=0.05, top=0.05, narrow=above)
    layers = draw_network(axes, W6, names=[["x₁", "x₂"], ["1", "2", "3"], ["ŷ"]], write_weights=True)
    source, target = layers[l - 1][i], layers[l][j]
    axes.plot([source.x, target.x], [source.y, target.y], color=GRADIENT, linewidth=7, alpha=0.45, zorder=1.5)
    for neuron in (source, target):
        marks.ring(axes, neuron.x, neuron.y, GRADIENT, 29, 2.6)

    start, wide, high = (0.05, 3.2, 1.35) if is_narrow() else (3.35, 2.0, 3.2)
    corners = ((0.47, 1.3), (1.87, 0.88)) if is_narrow() else ((0.62, 2.6), (0.62, 0.9))
    beside = _empty(figure, start, 0.05, wide, high, (wide, high))
    for number, (matrix, (left, top)) in enumerate(zip(W6, corners, strict=True), 1):
        _grid(beside, matrix, left, top, 0.42, (j, i) if number == l else None)
        note(beside, left - 0.12, top - 0.21 * len(matrix), f"$w^{{({number})}}$", ha="right", fontsize=11)
    seen(
        axes,
        "Columns of 2, 3 and 1 circles, a line with a number from each to each of the next. One line is "
        "shaded, and the circles at its ends have a ring.",
    )
    seen(
        beside,
        "Two grids of numbers. The first has the rows 1 2, 3 4 and 5 6, the other one row, 7 8 9.",
        "The cell of the same number is shaded.",
    )
    source_name = "input" if l == 1 else "hidden neuron"
    target_name = f"hidden neuron {j + 1}" if l == 1 else "the output"
    whole = f"w⁽{raised(l)}⁾"
    return figure, (
        f"{whole}{lowered(j + 1)}{lowered(i + 1)} = {weight} leads from {source_name} {i + 1} to "
        f"{target_name}: row {j + 1}, column {i + 1} of {whole}, which is "
        f"{len(W6[l - 1])}×{W6[l - 1].shape[1]}."
    )


@styled
def shapes(inputs: int, hidden_layers: int, hidden_neurons: int, outputs: int) -> Frame:
    """A fully connected network, its matrices to scale under the gaps they fill, its parameters counted."""
    sizes = [inputs, *[hidden_neurons] * hidden_layers, outputs]
    W = [_weights(l, n, m) for l, (m, n) in enumerate(pairwise(sizes), 1)]
    figure, axes = canvas(height=4.35, left=0.1, right=0.1, bottom=1.75, top=0.05)
    names = ["input", *["hidden"] * hidden_layers, "output"]
    draw_network(axes, W, layer_names=names)
    shift = (4 - len(W)) / 2
    axes.set(xlim=(-0.35 - shift, 4.35 - shift), ylim=(-2.1, 2.75))

    below = _empty(figure, 0.1, 0.02, width() - 0.2, 1.72, (width() - 0.2, 1.72))
    inches = (width() - 0.2) / 4.7  # a layer to the next
    cell = 0.14 if is_narrow() else 0.2
    for l, w in enumerate(W, 1):
        middle = inches * (0.35 + shift + l - 0.5)
        left, top = middle - cell * w.shape[1] / 2, 1.62 - cell * (4 - len(w)) / 2
        _grid(below, w, left, top, cell, None, numbers=False)
        size = f"{len(w)}×{w.shape[1]}"
        note(below, middle, 0.6, size if is_narrow() else f"$w^{{({l})}}$: {size}")
        if is_narrow():
            note(below, middle, 0.82, f"$w^{{({l})}}$:")
        note(below, middle, 0.36, f"$b^{{({l})}}$: {len(w)}")
    seen(
        below,
        "Under each gap between two columns a grid of shaded cells: as many rows as the column after it has "
        "circles, as many columns as the one before it. Negative cells have a minus.",
    )
    weights, biases = sum(w.size for w in W), sum(sizes[1:])
    count = f"{weights} weights + {biases} biases = {weights + biases} parameters"
    note(below, (width() - 0.2) / 2, 0.09, count, fontsize=11)
    products = " + ".join(f"{len(w)}×{w.shape[1]}" for w in W)
    sums = f"{' + '.join(map(str, sizes[1:]))} = {biases}" if hidden_layers else f"{biases}"
    return figure, (
        f"{'-'.join(map(str, sizes))}: {products} = {weights} weights, {sums} biases, "
        f"{weights + biases} parameters."
    )


@styled
def digit_network() -> Frame:
    """The 784-16-16-10 network, with some of its neurons drawn."""
    rng = np.random.default_rng(0)
    sizes = (784, 16, 16, 10)
    W = [rng.normal(size=(n, m)) for m, n in pairwise(sizes)]
    figure, axes = canvas(height=4.2, left=0.05, right=0.05, bottom=0.05, top=0.05)
    numbers = [[str(k + 1) for k in range(n)] for n in sizes[:-1]] + [[str(k) for k in range(10)]]
    names = [f"{n} {word}" for n, word in zip(sizes, ("pixels", "hidden", "hidden", "digits"), strict=True)]
    draw_network(axes, W, names=numbers, layer_names=names)
    if is_narrow():
        axes.set_xlim(-0.45, 3.45)  # room for the pixels' name
    return figure, (
        "784-16-16-10: 784 pixels, two hidden layers of 16 neurons, and 10 outputs, one for each digit. Six "
        "neurons of each layer are drawn."
    )


@styled
def to_read() -> Frame:
    """The exercise's network, whose matrices the reader writes down."""
    figure, _ = network(
        [np.array([[1, -1], [0.5, 2], [-3, 1]]), np.array([[2, -1, 1]])],
        [[0, -0.5, 1], [0.25]],
        layer_names=["input", "hidden", "output"],
    )
    return figure, (
        "A 2-3-1 network. From the first input lead the weights 1, 0.5 and −3, from the second −1, 2 and 1, "
        "to the hidden neurons from top to bottom, whose biases are 0, −0.5 and 1; from these lead 2, −1 and "
        "1 to the output, with the bias 0.25."
    )


# --- Parts of figures ---------------------------------------------------------------------------------------


def _empty(
    figure: Figure, left: float, bottom: float, width: float, height: float, to: tuple[float, float] = (1, 1)
) -> Axes:
    """Axes without a frame at a place in inches, their corner at (0, 0)."""
    axes = style.inset(figure, left, bottom, width, height)
    axes.set(xlim=(0, to[0]), ylim=(0, to[1]))
    axes.axis("off")
    return axes


def _weights(l: int, n: int, m: int) -> Array:
    """The weights of layer ``l`` of the drawn networks: a smaller one's are a corner of a larger one's."""
    return np.asarray(np.random.default_rng(l).normal(size=(4, 4))[:n, :m])


def _grid(
    axes: Axes, matrix: Array, left: float, top: float, cell: float, marked: tuple[int, int] | None,
    numbers: bool = True,
) -> None:  # fmt: skip
    """A matrix as a grid of cells: its numbers, or colours by sign and size with a − in the negative ones."""
    largest = float(np.abs(matrix).max()) or 1.0
    for (row, column), value in np.ndenumerate(matrix):
        x, y = left + cell * column, top - cell * (row + 1)
        color = style.PAGE if numbers else style.WEIGHTS(0.5 + 0.45 * value / largest)
        axes.add_patch(Rectangle((x, y), cell, cell, facecolor=color, edgecolor=MUTED, linewidth=0.8))
        words = short(float(value)) if numbers else "−" if value < 0 else ""
        if words:
            note(axes, x + cell / 2, y + cell / 2, words, fontsize=11 if numbers else SMALL)
        if (row, column) == marked:
            frame = {"facecolor": (*to_rgb(GRADIENT), 0.3), "edgecolor": GRADIENT, "linewidth": 2.6}
            axes.add_patch(Rectangle((x, y), cell, cell, zorder=3, **frame))
