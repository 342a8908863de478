"""The figures of the chapter on gradient descent.

A path, here, is an array of points: one row (or one number) a step, the starting point first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnlib import checks, schedules
from nnlib.checks import Array
from nnlib.data import gate, load_digits
from nnlib.figures import marks, runs, style
from nnlib.figures.marks import guide, note, spot
from nnlib.figures.seen import across, course, seen, spot_in, toward, trail
from nnlib.figures.style import DASHED, GRADIENT, INK, NEGATIVE, POSITIVE, SERIES, Frame, canvas, styled
from nnlib.figures.words import fixed, joined, lowered, named, number, power, sentence
from nnlib.network import Network
from nnlib.optimizers import Adam, GradientDescent, Optimizer
from nnlib.training import fit

TOO_FAR = 1e6  # a run that is farther from 0 than this has diverged, and is stopped


# One dimension ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Curve:
    """A cost of one weight, its slope, its minima, and how high its picture reaches."""

    formula: str
    cost: Callable[[Any], Any]
    slope: Callable[[float], float]
    minima: tuple[float, ...]
    top: float


_VALLEYS = sorted(float(w) for w in np.roots([1, 0, -2, 0.3]).real)

#: Costs of one weight to walk on. Written in products, not powers, so that every machine rounds alike.
CURVES: dict[str, Curve] = {
    "bowl": Curve("w²", lambda w: w * w, lambda w: 2 * w, (0.0,), 6.8),
    "two valleys": Curve(
        "¼w⁴ − w² + 0.3w + 1.5",
        lambda w: 0.25 * w * w * w * w - w * w + 0.3 * w + 1.5,
        lambda w: w * w * w - 2 * w + 0.3,
        (_VALLEYS[0], _VALLEYS[2]),
        3.6,
    ),
    "flat spot": Curve(
        "(3w⁴ − 4w³ − 6w² + 12w + 12)/24",
        lambda w: w * w * w * w / 8 - w * w * w / 6 - w * w / 4 + w / 2 + 0.5,
        lambda w: 0.5 * (w - 1) * (w - 1) * (w + 1),
        (-1.0,),
        3.2,
    ),
    "pit in a plain": Curve(
        "2w²/(1 + w²)",
        lambda w: 2 * w * w / (1 + w * w),
        lambda w: 4 * w / ((1 + w * w) * (1 + w * w)),
        (0.0,),
        2.1,
    ),
    "letter V": Curve("|w|", np.abs, lambda w: float(np.sign(w)), (0.0,), 2.7),
}

_STEPS = 24
_EDGE = 2.6  # the picture reaches from −2.6 to 2.6


def walk(slope: Callable[[float], float], start: float, learning_rate: float, steps: int) -> Array:
    r"""Gradient descent in one dimension, $w \leftarrow w - \eta\, C'(w)$: every $w$, the start first.

    Stops early once $|w|$ passes ``TOO_FAR``.
    """
    path = [float(start)]
    while len(path) <= steps and abs(path[-1]) <= TOO_FAR:
        path.append(path[-1] - learning_rate * slope(path[-1]))
    return np.array(path)


@styled
def descent(function: str, start: float, learning_rate: float) -> Frame:
    """Steps of gradient descent on a curve: above where they land, below when."""
    curve = CURVES[checks.one_of("function", function, CURVES)]
    path = walk(curve.slope, start, learning_rate, _STEPS)

    figure, (above, below) = canvas(2, 1, height=3.7, sharex=True, hspace=0.22, height_ratios=[3, 2])
    _curve(above, curve.cost)
    inside = path[np.abs(path) <= 2 * _EDGE]  # far enough outside for the line to leave the picture
    marks.path(above, inside, curve.cost(inside), end=abs(path[-1]) <= _EDGE)
    marks.handle(above, start, curve.cost(start), "start")
    title = f"C = {curve.formula.replace(' ', '')}" if style.is_narrow() else f"C(w) = {curve.formula}"
    above.set(ylim=(-0.06 * curve.top, curve.top), ylabel="cost C(w)", title=title)
    _fall(below, path, curve.minima)
    seen(
        above,
        f"The curve {course(above.lines[0])}.",
        trail(above, path, curve.cost(path), "On it, a path of dots"),
    )
    return figure, f"η = {learning_rate:g} from w = {number(start)}: {_fate(function, curve, path)}"


def _curve(axes: Axes, cost: Callable[[Array], Array], **look: Any) -> None:
    w = np.linspace(-_EDGE, _EDGE, 131)
    axes.plot(w, cost(w), **{"color": INK} | look)
    axes.set(xlim=(-_EDGE, _EDGE))


def _fall(axes: Axes, path: Array, minima: Sequence[float]) -> None:
    """The same steps in time: w across, as in the picture above, step by step downwards."""
    for minimum in minima:
        guide(axes, x=minimum, linestyle=DASHED)
    near = np.clip(path, -2 * _EDGE, 2 * _EDGE)
    marks.path(axes, near, np.arange(len(path)), start=False, end=abs(path[-1]) <= _EDGE)
    axes.set(xlim=(-_EDGE, _EDGE), ylim=(_STEPS + 0.6, -1), xlabel="weight w", ylabel="step")
    axes.set_yticks(range(0, _STEPS + 1, 8))
    valleys = "A dashed upright line" if len(minima) == 1 else "Dashed upright lines"
    how = trail(axes, near, np.arange(len(path)), "A path of dots, one a step, the first at the top,")
    seen(axes, how, f"{valleys} {joined([across(axes, minimum) for minimum in minima])}.")


def _fate(function: str, curve: Curve, path: Array) -> str:
    """What became of a walk, in words."""
    last, slope = float(path[-1]), curve.slope(float(path[-1]))
    distance = np.min(np.abs(path[:, None] - np.array(curve.minima)), axis=1)
    if abs(last) > TOO_FAR:
        outside = int(np.argmax(np.abs(path) > _EDGE))
        end = len(path) - 1
        return f"it diverges: outside the picture from step {outside}, beyond a million by step {end}."
    if abs(last) > _EDGE:
        return f"it diverges: after {len(path) - 1} steps w = {number(last)}, farther off at every step."
    if path[1] == path[0]:
        return f"it never moves. The slope at w = {number(last)} is exactly 0, and yet this is no minimum."
    if distance[-1] < 0.01 and abs(slope) < 0.05:
        first = len(path) - int(np.argmax(distance[::-1] >= 0.01))
        return f"it arrives. From step {first} on it stays within 0.01 of {_minimum(function, last)}."
    moves = np.diff(path[-6:])
    if (moves[1:] * moves[:-1] < 0).all():
        return f"after {_STEPS} steps it still jumps from side to side, between {_between(path)}."
    if abs(slope) < 0.02:
        flat = f"w = {number(last)}, slope {number(slope)}"
        return f"it stalls. After {_STEPS} steps {flat}: nearly flat, but no minimum."
    return f"after {_STEPS} steps it is still on its way: w = {number(last)}, slope {number(slope)}."


def _minimum(function: str, w: float) -> str:
    if function != "two valleys":
        return f"the minimum, w = {number(CURVES[function].minima[0])}"
    deep, shallow = CURVES[function].minima
    if w < 0:
        return f"the deep valley's minimum, w = {number(deep)}"
    return f"the shallow valley's minimum, w = {number(shallow)}: a local one"


def _between(path: Array) -> str:
    low, high = sorted((float(path[-2]), float(path[-1])))
    return f"w = {number(low)} and {number(high)}"


# The largest learning rate ----------------------------------------------------------------------------------

#: The slider of ``largest_rate``; the rule in the figure covers the same range.
RATES = (0.02, 0.05, 0.09, 0.1, 0.11, 0.15, 0.19, 0.2, 0.22, 0.45, 0.5, 0.55, 1.0, 1.9, 2.0, 2.1)
_RUN = 30


@styled
def largest_rate(curvature_ratio: float, learning_rate: float) -> Frame:
    r"""Descent on $\frac12(w_1^2 + \kappa w_2^2)$: a factor $1 - \eta c$ for each direction."""
    if curvature_ratio < 1:
        raise ValueError(f"curvature_ratio is {curvature_ratio}; a number of at least 1 is expected")
    curvatures = np.array([1.0, curvature_ratio])
    factors = 1 - learning_rate * curvatures
    path = np.array([-2.0, 1.0]) * factors ** np.arange(_RUN + 1)[:, None]

    below = {"rows": 2, "cols": 1, "height": 5.6, "hspace": 0.8, "height_ratios": (1.3, 1)}
    figure, (plane, decay) = canvas(1, 2, height=3.95, left=0.72, bottom=1.72, wspace=0.72, narrow=below)
    w1, w2 = np.linspace(-_EDGE, _EDGE, 41), np.linspace(-_EDGE, _EDGE, 105)
    height = 0.5 * (w1 * w1 + curvature_ratio * (w2 * w2)[:, None])
    marks.surface(plane, w1, w2, height, (0.08, 0.3, 0.7, 1.3, 2.1, 3.2, 5.0))
    near = _clipped(path, 6)
    marks.path(plane, near[:, 0], near[:, 1], end=bool(np.abs(path[-1]).max() <= _EDGE))
    marks.plane(plane, (-_EDGE, _EDGE), (-2, 0, 2), "weight w₁", "weight w₂", "The path")

    ovals = "Circles" if curvature_ratio == 1 else "Ovals, wider than high,"
    seen(plane, f"{ovals} around a white middle.", trail(plane, *path.T))
    _decay(decay, path, curvature_ratio)
    _rule(figure, learning_rate, curvature_ratio)
    return figure, _largest_caption(curvature_ratio, learning_rate, factors)


def _decay(axes: Axes, path: Array, ratio: float) -> None:
    steps = np.arange(len(path))
    for i, name in enumerate((" c = 1", f" c = {ratio:g}")):
        size = np.abs(path[:, i])
        size = np.ma.masked_less(size, 1e-12)  # exactly there: nothing left to draw on a log scale
        look: dict[str, Any] = SERIES[i] | {
            "linestyle": "-",
            "linewidth": 1,
            "markersize": 3.6,
            "markevery": 3,
        }
        axes.plot(steps, size, **look)
        words = f"{'●■'[i]} |w{'₁₂'[i]}|, {name}"
        down = (0.18 if style.is_narrow() else 0.11) * i
        note(axes, 0.98, 0.94 - down, words, look["color"], inside=True, ha="right", fontsize=11)
    marks.decades(axes.yaxis, (-4, 0, 4))
    axes.set(xlim=(-1, _RUN + 1), ylim=(1e-4, 3e4), xlabel="step", title="Distance from 0")
    dots, squares = (course(line) for line in axes.lines[:2])
    seen(axes, f"The line with dots {dots}; the one with squares {squares}.")


def _rule(figure: Figure, rate: float, ratio: float) -> None:
    """A rule for the learning rate, like its slider's track, with the largest one marked."""
    axes = style.inset(figure, 0.72, 0.62, style.width() - 0.9, 0.26)
    limit = 2 / ratio
    marks.decades(axes.xaxis, ())
    axes.axvspan(0.015, limit, color=style.PREDICTION_AREA, linewidth=0)
    axes.axvspan(limit, 3, facecolor=style.NEGATIVE_AREA, edgecolor=NEGATIVE, hatch="////", linewidth=0)
    axes.plot([limit, limit], [0, 1.45], color=NEGATIVE, linewidth=2, clip_on=False)
    side = "right" if limit > (0.15 if style.is_narrow() else 0.9) else "left"
    words = f"largest: 2/cₘₐₓ = {limit:.3g}"
    note(axes, limit, 1.6, words, NEGATIVE, ha=side, va="bottom", fontsize=11)
    spot(axes, [rate], [0.5], size=10, clip_on=False)
    marks.handle(axes, rate, 0.5, "learning_rate")
    axes.set(xlim=(0.015, 3), ylim=(0, 1), yticks=[], xlabel="learning rate η")
    marks.ticks(axes.xaxis, [0.02, 0.1, 0.5, 2])
    axes.spines[:].set_visible(False)
    seen(
        axes,
        f"A level bar, green up to an upright stroke {across(axes, limit)} and striped beyond it; a dot is "
        f"{across(axes, rate)}.",
    )


def _largest_caption(ratio: float, rate: float, factors: Array) -> str:
    limit = 2 / ratio
    tiny = 1e-9
    if rate > limit + tiny:
        fate = "above the limit, it diverges"
    elif rate > limit - tiny:
        fate = "exactly at the limit, it jumps for ever"
    elif rate > 1 / ratio + tiny:
        fate = "below the limit, it zigzags in"
    else:
        fate = "below the limit, it walks in"
    return (
        f"Curvatures 1 and {ratio:g}, η = {rate:g}: every step multiplies w₁ by {number(factors[0])} and "
        f"w₂ by {number(factors[1])}; {fate}."
    )


# Two dimensions: partial derivatives ------------------------------------------------------------------------


def tilted(w1: Any, w2: Any) -> Any:
    r"""$C = w_1^2 + w_1 w_2 + 2 w_2^2$, the chapter's cost of two weights."""
    return w1 * w1 + w1 * w2 + 2 * w2 * w2


def tilted_gradient(w1: float, w2: float) -> tuple[float, float]:
    r"""Its partial derivatives: $2w_1 + w_2$ and $w_1 + 4w_2$."""
    return 2 * w1 + w2, w1 + 4 * w2


@styled
def slopes(w1: float, w2: float) -> Frame:
    """A cost of two weights from above, and cut along each weight: two partial derivatives, one gradient."""
    g1, g2 = tilted_gradient(w1, w2)
    figure, panels = canvas(
        mosaic=[["plane", "first"], ["plane", "second"]],
        height=4.0,
        hspace=0.95,
        wspace=0.7,
        width_ratios=[1.35, 1],
        narrow={
            "mosaic": [["plane", "plane"], ["first", "second"]],
            "height": 5.2,
            "wspace": 0.55,
            "height_ratios": [2, 1],
        },
    )
    plane = panels["plane"]

    grid = np.linspace(-3, 3, 49)
    marks.surface(plane, grid, grid, tilted(grid[None, :], grid[:, None]), [0.5, 2, 5, 9, 14, 20])
    guide(plane, y=w2, color=POSITIVE, linewidth=1.2)
    guide(plane, x=w1, color=NEGATIVE, linewidth=1.2, linestyle=DASHED)
    if g1 or g2:
        plane.plot([w1, 0], [w2, 0], color=INK, linewidth=1.4, linestyle=style.DOTTED)
        marks.arrow(plane, (w1, w2), (w1 - 0.22 * g1, w2 - 0.22 * g2), GRADIENT)
    marks.cross(plane, [0], [0])
    spot(plane, [w1], [w2], GRADIENT)
    marks.handle(plane, w1, w2, "w1", "w2", free=True)
    marks.plane(plane, (-3, 3), (-2, 0, 2), "weight w₁", "weight w₂", "From above")
    plane.set_aspect("equal", adjustable="box")

    lead = f"An arrow leads from it {toward(-g1, -g2)}, dots straight to the cross." if g1 or g2 else ""
    seen(
        plane,
        "Slanting ovals around a cross in the middle. A solid level line and a dashed upright one meet in a "
        f"dot {spot_in(plane, w1, w2)}.",
        lead,
    )
    cuts = (
        (panels["first"], w1, g1, tilted(grid, w2), "weight w₁", POSITIVE, "-"),
        (panels["second"], w2, g2, tilted(w1, grid), "weight w₂", NEGATIVE, DASHED),
    )
    for index, (axes, w, slope, cost, name, colour, dash) in enumerate(cuts, 1):
        axes.plot(grid, cost, color=colour, linestyle=dash)
        reach = np.array([-0.8, 0.8]) / max(1.0, abs(slope) / 4)
        axes.plot(w + reach, tilted(w1, w2) + slope * reach, color=GRADIENT, linewidth=2.4)
        spot(axes, [w], [tilted(w1, w2)], GRADIENT)
        marks.handle(axes, w, tilted(w1, w2), f"w{index}")
        title = f"∂C/∂w{lowered(index)} = {number(slope)}"
        axes.set(xlim=(-3, 3), ylim=(-2, 20), xticks=[-2, 0, 2], xlabel=name, ylabel="C", title=title)
        tangent = "rising" if slope > 0 else "falling" if slope < 0 else "level"
        seen(
            axes,
            f"A curve {course(axes.lines[0])}; a dot is on it, {across(axes, w)}, with a {tangent} tangent.",
        )
    return figure, _slopes_caption(w1, w2, g1, g2)


def _slopes_caption(w1: float, w2: float, g1: float, g2: float) -> str:
    here = f"At w = ({number(w1)}, {number(w2)}) the cost is {number(tilted(w1, w2))}"
    if not (g1 or g2):
        return (
            f"{here}, and both partial derivatives are 0: the gradient is (0, 0), and here it is the minimum."
        )
    return (
        f"{here}. The gradient is ({number(g1)}, {number(g2)}); the arrow points against it. The dots lead "
        "straight to the minimum, at the cross."
    )


# Many starting points ---------------------------------------------------------------------------------------

_SEEDS = 20
_XOR_EPOCHS = 250


@cache
def xor_runs(activation: str, hidden_neurons: int) -> Array:
    """The cost, epoch by epoch, of 20 networks 2-h-1 learning XOR from the seeds 0 to 19, shape (20, 250)."""
    X, labels = gate("XOR")
    how: dict[str, Any] = {
        "epochs": _XOR_EPOCHS,
        "batch_size": 4,
        "optimizer": GradientDescent(1.0),
        "rng": 0,
    }
    nets = [runs.decider([2, hidden_neurons, 1], activation, "normal", rng=seed) for seed in range(_SEEDS)]
    return np.array([fit(net, X, labels[:, None], **how).cost for net in nets])


@styled
def starting_points(activation: str, hidden_neurons: int) -> Frame:
    """The same task from 20 random starts: some runs end low, some stay on a shelf."""
    costs = xor_runs(activation, hidden_neurons)
    solved = costs[:, -1] < 0.1
    shown = np.unique(np.geomspace(1, _XOR_EPOCHS, 40).astype(int)) - 1
    figure, axes = canvas(height=3.3)
    for run, good in zip(costs, solved, strict=True):
        look = {"color": style.PREDICTION} if good else {"color": NEGATIVE, "linestyle": DASHED}
        axes.plot(shown + 1, run[shown], linewidth=1.1, **look)
    words: dict[str, Any] = {"inside": True, "fontsize": 11}
    x, y, side = (0.98, 0.88, "right") if style.is_narrow() else (0.02, 0.09, "left")
    note(axes, x, y, f"solved: {solved.sum()} of {_SEEDS}", style.PREDICTION, ha=side, **words)
    note(axes, 0.98, 0.96, f"not solved: {(~solved).sum()}", NEGATIVE, ha="right", **words)
    marks.decades(axes.xaxis, range(3))
    axes.set(xlim=(1, _XOR_EPOCHS), ylim=(0, 1.7), xlabel="epoch (log scale)", ylabel="cost C")
    good, bad = "solid lines fall to the bottom, some early and some late", "dashed ones stay on a shelf"
    kinds = ((good, solved.any()), (bad, (~solved).any()))
    lines = "; ".join(words for words, some in kinds if some)
    seen(axes, f"Twenty lines start close together, high or half-way up: {lines}.")
    rest = costs[~solved, -1]
    ends = sorted({f"{cost:.2f}" for cost in rest})
    tail = f" The others end at {joined(ends)}." if len(rest) else ""
    return figure, (
        f"XOR with {hidden_neurons} hidden {named(activation)} neurons, η = 1, 20 random starts: after 250 "
        f"epochs {solved.sum()} of 20 have a cost below 0.1.{tail}"
    )


# Averages: batches, noise, schedules ------------------------------------------------------------------------


@cache
def four_or_nine() -> tuple[Array, Array]:
    """Real digits, 4 or 9? X: the ink in the upper half, standardised, (361, 1); Y: 1 for a 9, (361, 1)."""
    X, labels = load_digits()
    rows = np.isin(labels, (4, 9))
    ink = X[rows, :32].sum(axis=1, keepdims=True)
    return (ink - ink.mean()) / ink.std(), (labels[rows, None] == 9).astype(float)


def neuron(w: float = -1.0, b: float = 1.0) -> Network:
    """One sigmoid neuron with binary cross-entropy, at the given weight and bias."""
    net = runs.decider([1, 1], init="zeros")
    net.W[1], net.b[1] = np.array([[w]]), np.array([b])
    return net


@cache
def best_neuron() -> tuple[Array, float]:
    """Weight, bias and cost at the minimum, by plain gradient descent until nothing moves."""
    X, Y = four_or_nine()
    net = neuron()
    fit(net, X, Y, epochs=200, batch_size=len(X), optimizer=GradientDescent(10.0))
    return net.parameters.copy(), net.cost(X, Y)


def example_gradients(net: Network) -> Array:
    """Each example's own gradient (∂C_n/∂w, ∂C_n/∂b), shape (361, 2)."""
    X, Y = four_or_nine()
    delta = net.backward(net.forward(X), Y).delta[1]
    return np.hstack([delta * X, delta])


@styled
def gradient_noise(batch_size: int, at_the_minimum: bool) -> Frame:
    """The gradient as 100 random mini-batches see it, around the gradient of the whole set."""
    X, _ = four_or_nine()
    if not 1 <= batch_size <= len(X):
        raise ValueError(f"batch_size is {batch_size}; a whole number from 1 to {len(X)} is expected")
    net = neuron(*best_neuron()[0]) if at_the_minimum else neuron()
    each = example_gradients(net)
    rng = np.random.default_rng(0)
    found = np.array([each[rng.permutation(len(X))[:batch_size]].mean(axis=0) for _ in range(100)])
    full = each.mean(axis=0)
    spread = float(np.sqrt(((found - full) ** 2).sum(axis=1).mean()))

    figure, axes = canvas(height=3.7, left=0.75, narrow={"top": 0.62})
    guide(axes, x=0, y=0)
    marks.ring(axes, found[:, 0], found[:, 1], POSITIVE, 4, 0.9)
    spot(axes, full[0], full[1], GRADIENT, 9, marker="D", zorder=6)
    high = 1.15 if style.is_narrow() else 0.95  # above the axes, or left of the line in them
    note(axes, 0.02, high, "○ a mini-batch's gradient", POSITIVE, inside=True, ha="left", fontsize=11)
    note(axes, 0.02, high - 0.08, "◆ the whole set's gradient", GRADIENT, inside=True, ha="left", fontsize=11)
    axes.set(xlim=(-2.1, 1.5), ylim=(-1.15, 1.55), xlabel="∂C/∂w", ylabel="∂C/∂b")
    heap = "wide cloud" if spread > 0.4 else "cloud" if spread > 0.1 else "tight heap"
    seen(axes, f"A {heap} of small circles around a diamond {spot_in(axes, *full)}; lines cross at 0.")
    place = "at the minimum" if at_the_minimum else "at the start (w = −1, b = 1)"
    return figure, (
        f"100 mini-batches of {batch_size}, {place}: the whole set's gradient is ({fixed(full[0])}, "
        f"{fixed(full[1])}); the mini-batches' are {number(spread, 2)} away from it (root mean square)."
    )


_EPOCHS = 20
SCHEDULES: dict[str, Callable[[float], schedules.Schedule]] = {
    "constant": schedules.constant,
    "step_decay": lambda start: schedules.step_decay(start, factor=0.5, every=4),
    "inverse_time_decay": lambda start: schedules.inverse_time_decay(start, decay=1.0),
}


class _Recorded(GradientDescent):
    """Gradient descent that remembers where it went."""

    def __init__(self, learning_rate: float | schedules.Schedule) -> None:
        self.path: list[Array] = []
        super().__init__(learning_rate)

    def _step(self, w: Array, g: Array) -> None:
        super()._step(w, g)
        self.path.append(w.copy())


@cache
def neuron_run(
    batch_size: int, schedule: str, starting_rate: float, seed: int = 0
) -> tuple[Array, Array, Array]:
    """The neuron trained for 20 epochs: its path by step; its cost above the minimum, and η, by epoch."""
    X, Y = four_or_nine()
    lowest = best_neuron()[1]
    rate, costs = SCHEDULES[schedule](starting_rate), []
    optimizer = _Recorded(rate)

    def look(epoch: int, net: Network) -> None:
        costs.append(net.cost(X, Y) - lowest)

    how: dict[str, Any] = {"batch_size": batch_size, "optimizer": optimizer, "rng": seed, "each_epoch": look}
    rates = fit(neuron(), X, Y, epochs=_EPOCHS, **how).learning_rate
    return np.array([neuron().parameters, *optimizer.path]), np.array(costs), np.array(rates)


@styled
def batches(batch_size: int, schedule: str, starting_rate: float) -> Frame:
    """One neuron learning 4 from 9: its path, and epoch by epoch its cost above the minimum and its η."""
    checks.one_of("schedule", schedule, SCHEDULES)
    X, _ = four_or_nine()
    path, costs, rates = neuron_run(batch_size, schedule, starting_rate)
    per_epoch = -(-len(X) // batch_size)

    mosaic, ratios = [["plane", "cost"], ["plane", "rate"]], [1.7, 1]
    # Below each other, with a gap for the plane's words.
    below: dict[str, Any] = {"mosaic": [["plane"], ["."], ["cost"], ["rate"]], "height": 5.5}
    below["height_ratios"] = [18, 2.2, 11, 7]
    how: dict[str, Any] = {"hspace": 0.3, "wspace": 0.78, "height_ratios": ratios, "narrow": below}
    figure, panels = canvas(mosaic=mosaic, height=4.0, **how)
    plane, cost, rate = panels["plane"], panels["cost"], panels["rate"]

    _neuron_plane(plane)
    kept = np.unique(np.linspace(0, len(path) - 1, 110).astype(int))  # more would only blacken the picture
    marks.path(plane, path[kept, 0], path[kept, 1], dots=2.6 if len(path) <= 60 else 0)

    epochs = np.arange(1, _EPOCHS + 1)
    cost.plot(epochs, np.maximum(costs, 1e-7), color=POSITIVE, linewidth=1.2)
    spot(cost, epochs, np.maximum(costs, 1e-7), POSITIVE, 3)
    rate.step(epochs, rates, where="mid", color=INK, linewidth=1.2)
    marks.decades(cost.yaxis, (-6, -3, 0))
    marks.decades(rate.yaxis, (-3, -1, 1))
    cost.set(ylim=(1e-6, 3), xlim=(0, _EPOCHS + 1), title="C above its minimum")
    rate.set(ylim=(7e-4, 20), xlim=(0, _EPOCHS + 1), xlabel="epoch", title="η")
    walked = trail(plane, path[:, 0], path[:, 1], "A path" if batch_size == len(X) else "A jagged path")
    seen(plane, f"Ovals around a cross {spot_in(plane, *best_neuron()[0])}.", walked)
    seen(cost, f"A line with dots {course(cost.lines[0])}.")
    seen(rate, f"A line {course(rate.lines[0])}.")
    cost.set_xticks([1, 10, 20], [])
    rate.set_xticks([1, 10, 20])
    return figure, (
        f"Batch size {batch_size}: {per_epoch} step{'s' * (per_epoch > 1)} an epoch. η₀ = {starting_rate:g}, "
        f"{named(schedule)}: the cost above its minimum is {power(costs[0])} after 1 epoch, "
        f"{power(costs[4])} after 5 and {power(costs[-1])} after 20."
    )


def _neuron_plane(axes: Axes) -> None:
    w, b, height = _neuron_heights()
    marks.surface(axes, w, b, height, [0.34, 0.36, 0.42, 0.55, 0.8, 1.1])
    best = best_neuron()[0]
    marks.cross(axes, best[0], best[1])
    axes.set(xlim=(-1.5, 6), ylim=(-3, 3), xlabel="weight w", ylabel="bias b", title="The path")


@cache
def _neuron_heights() -> tuple[Array, Array, Array]:
    X, Y = four_or_nine()
    w, b = np.linspace(-1.5, 6, 31), np.linspace(-3, 3, 31)
    return w, b, np.array([[neuron(wi, bi).cost(X, Y) for wi in w] for bi in b])


# Optimizers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Surface:
    """A cost of two weights, its gradient, a start, and the levels and limits of its picture."""

    cost: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    start: tuple[float, float]
    levels: tuple[float, ...]
    sides: float  # the picture's half height; its half width is _REACH
    lowest: float


_REACH = 2.6


def _bent(w: Array) -> Array:
    x, y = w[..., 0], w[..., 1]
    return 0.25 * x * x * x * x - x * x + 0.3 * x + 1.5 + y * y


RATIO = 100.0  #: how much more the ravines curve across than along
_RAVINE_LEVELS = (0.3, 2, 6, 14, 30)
_HALF = 0.5**0.5


def _along(w: Array) -> Array:
    """How far along the turned ravine, which runs from the lower left to the upper right."""
    return (w[..., 0] + w[..., 1]) * _HALF


def _across(w: Array) -> Array:
    return (w[..., 1] - w[..., 0]) * _HALF


#: Costs of two weights to race on.
SURFACES: dict[str, Surface] = {
    "ravine": Surface(
        lambda w: 0.5 * (w[..., 0] * w[..., 0] + RATIO * w[..., 1] * w[..., 1]),
        lambda w: w * np.array([1.0, RATIO]),
        (-2.0, 0.5),
        _RAVINE_LEVELS,
        2.0,
        0.0,
    ),
    "ravine turned by 45°": Surface(
        lambda w: 0.5 * (_along(w) * _along(w) + RATIO * _across(w) * _across(w)),
        lambda w: np.stack([_along(w) - RATIO * _across(w), _along(w) + RATIO * _across(w)], axis=-1) * _HALF,
        (-2.5 * _HALF, -1.5 * _HALF),
        _RAVINE_LEVELS,
        2.0,
        0.0,
    ),
    "saddle": Surface(
        lambda w: (
            0.5 * w[..., 0] * w[..., 0] + 0.25 * (w[..., 1] * w[..., 1] - 1) * (w[..., 1] * w[..., 1] - 1)
        ),
        lambda w: np.stack([w[..., 0], w[..., 1] * w[..., 1] * w[..., 1] - w[..., 1]], axis=-1),
        (-2.0, 0.01),
        (0.03, 0.12, 0.25, 0.5, 1, 1.8, 2.8),
        1.5,
        0.0,
    ),
    "two valleys": Surface(
        _bent,
        lambda w: np.stack([w[..., 0] * w[..., 0] * w[..., 0] - 2 * w[..., 0] + 0.3, 2 * w[..., 1]], axis=-1),
        (2.2, 1.0),
        (0.15, 0.4, 0.85, 1.1, 1.5, 2.2, 3.4),
        1.5,
        float(_bent(np.array([_VALLEYS[0], 0.0]))),
    ),
}

OPTIMIZERS: dict[str, Callable[[float], Optimizer]] = {
    "plain": GradientDescent,
    "momentum": lambda learning_rate: GradientDescent(learning_rate, momentum=0.9),
    "adam": Adam,
}
_RACE = 100


def race(surface: Surface, optimizer: Optimizer, steps: int = _RACE) -> Array:
    """The path of an optimizer on a surface, shape (steps + 1, 2); stops early beyond ``TOO_FAR``."""
    w = np.array(surface.start)
    path = [w.copy()]
    while len(path) <= steps and np.abs(w).max() <= TOO_FAR:
        optimizer.step(w, surface.gradient(w))
        path.append(w.copy())
    return np.array(path)


@styled
def optimizers(surface: str, learning_rate: float, step: int) -> Frame:
    """Plain gradient descent, momentum and Adam on one surface from one start, up to a step."""
    ground = SURFACES[checks.one_of("surface", surface, SURFACES)]
    paths = {name: race(ground, make(learning_rate)) for name, make in OPTIMIZERS.items()}

    how: dict[str, Any] = {"left": 0.75, "top": 0.62, "wspace": 0.72, "width_ratios": [1.6, 1]}
    how["narrow"] = {"rows": 2, "cols": 1, "height": 5.2, "top": 0.42, "hspace": 0.85}
    how["narrow"] |= {"height_ratios": [1.6, 1]}
    figure, (plane, cost) = canvas(1, 2, height=3.5, **how)
    x, y = np.linspace(-_REACH, _REACH, 53), np.linspace(-ground.sides, ground.sides, 37)
    marks.surface(plane, x, y, ground.cost(np.stack(np.meshgrid(x, y), axis=-1)), ground.levels)
    looks = dict(zip(map(named, OPTIMIZERS), SERIES, strict=False))
    for path, look in zip(paths.values(), looks.values(), strict=True):
        walked = path[: step + 1]
        plane.plot(*_clipped(walked, 2 * _REACH).T, **look | {"markersize": 3.4, "linewidth": 1.1})
        plane.plot(*walked[-1:].T, **look | {"markersize": 8})
        above = np.clip(ground.cost(walked) - ground.lowest, 1e-9, 1e6)
        cost.plot(np.arange(len(walked)), above, **look | {"markevery": [], "linewidth": 1.1})
        cost.plot(len(walked) - 1, above[-1], **look | {"markersize": 5})
    spot(plane, *ground.start, hollow=True)
    plane.set(xlim=(-_REACH, _REACH), ylim=(-ground.sides, ground.sides))
    plane.set(xlabel="weight w₁", ylabel="weight w₂")
    marks.decades(cost.yaxis, (-4, -2, 0, 2))
    cost.set(xlim=(-2, _RACE + 2), ylim=(1e-5, 1e3), xlabel="step", title="C above its lowest")
    grounds = {
        "ravine": "A long, level valley",
        "saddle": "Two hollows, one above the other, and a ridge between",
    }
    grounds |= {
        "two valleys": "Two hollows side by side",
        "ravine turned by 45°": "A long valley rising to the right",
    }
    told = []
    for (name, path), mark in zip(paths.items(), ("dots", "squares", "triangles"), strict=True):
        walk_x, walk_y = path[: step + 1].T
        told.append(trail(plane, walk_x, walk_y, f"{sentence(named(name))}, {mark},"))
    seen(plane, f"{grounds[surface]}, from above.", *told)
    curves = zip(looks, cost.lines[::2], strict=True)
    seen(cost, f"{sentence('; '.join(f'{name} {course(line)}' for name, line in curves))}.")
    marks.legend(figure, looks)
    return (
        figure,
        f"{surface.capitalize()}, η = {learning_rate:g}, step {step}. {_standings(ground, paths, step)}",
    )


def _standings(ground: Surface, paths: dict[str, Array], step: int) -> str:
    parts = []
    for name, path in paths.items():
        w = path[min(step, len(path) - 1)]
        if np.abs(w).max() > TOO_FAR:
            parts.append(f"{named(name)} has diverged")
        else:
            cost = number(float(ground.cost(w)), 2)
            parts.append(f"{named(name)} at ({fixed(w[0])}, {fixed(w[1])}), C = {cost}")
    return sentence("; ".join(parts)) + "."


# L2 ---------------------------------------------------------------------------------------------------------


@styled
def weight_decay(l2: float, decay_in_the_update: bool) -> Frame:
    """A cost, its L2 term and their sum; descent with the term in the update or, by mistake, without."""
    best, rate, steps = 2 / (1 + l2), 0.2, _STEPS
    path = walk(lambda w: (w - 2) + (l2 * w if decay_in_the_update else 0.0), -1.0, rate, steps)

    how: dict[str, Any] = {"sharex": True, "hspace": 0.22, "height_ratios": [3, 2], "narrow": {"top": 0.52}}
    figure, (above, below) = canvas(2, 1, height=4.5, **how)

    def total(w: Array) -> Array:
        return 0.5 * (w - 2) * (w - 2) + 0.5 * l2 * w * w

    _curve(above, lambda w: 0.5 * (w - 2) * (w - 2), color=POSITIVE, linestyle=DASHED, linewidth=1.3)
    _curve(above, lambda w: 0.5 * l2 * w * w, color=NEGATIVE, linestyle=style.DOTTED, linewidth=1.6)
    _curve(above, total)
    marks.path(above, path, total(path))
    above.set(ylim=(-0.4, 8.5), yticks=[0, 4, 8], ylabel="cost")
    gap = "\n" if style.is_narrow() else " "
    above.set_title(f"Solid: the sum. Dashed: data.{gap}Dotted: L2 term.")
    dashed, dotted, solid = (course(line) for line in above.lines[:3])
    seen(
        above,
        f"The solid curve {solid}; the dashed one {dashed}; the dotted one {dotted}.",
        trail(above, path, total(path), "On the solid one, a path of dots"),
    )
    _fall(below, path, [best])
    with_or_without = "With" if decay_in_the_update else "Without"
    verdict = "nearly there" if decay_in_the_update else "not there"
    if abs(path[-1] - best) < 0.02:
        verdict = "there it is"
    return figure, (
        f"λ = {l2:g}: the sum is lowest at w = 2/(1 + λ) = {best:.2f}. {with_or_without} λw in "
        f"the update, w = {path[-1]:.2f} after {steps} steps: {verdict}."
    )


# Small things -----------------------------------------------------------------------------------------------


def _clipped(path: Array, reach: float) -> Array:
    """The path up to its first point outside ``reach``, that point drawn in: no picture needs 10³⁰."""
    outside = np.abs(path).max(axis=1) > reach
    if not outside.any():
        return path
    end = int(np.argmax(outside))
    near = path[: end + 1].copy()
    near[end] *= min(1.0, 10 * reach / float(np.abs(near[end]).max()))
    return near
