"""Figures of the chapter on cost functions: how wrong a prediction is, in one number."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from nnlib import checks
from nnlib.activations import ACTIVATIONS
from nnlib.checks import Array
from nnlib.costs import COSTS
from nnlib.figures import marks, style
from nnlib.figures.marks import dropped, guide, spot
from nnlib.figures.seen import across, course, lengths, seen, spot_in, trail
from nnlib.figures.style import DASHED, GRADIENT, INK, MUTED, POSITIVE, PREDICTION, Frame, canvas, styled
from nnlib.figures.words import cost_named, fixed, named, sentence
from nnlib.network import Network

#: Five examples of one input each; no neuron gets all five right, so its best weights are finite.
EXAMPLES_X = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
EXAMPLES_Y = np.array([0.0, 0.0, 1.0, 0.0, 1.0])

#: From sure that it is 0 to sure that it is 1.
PREDICTIONS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)

#: Minutes to work on four days; the fifth is the reader's.
MINUTES = (31.0, 33.0, 34.0, 36.0)

_KEYS = {"cross_entropy": "binary_cross_entropy"}

#: Two panels side by side stand below each other on a phone.
_BELOW: dict[str, Any] = {"rows": 2, "cols": 1, "height": 4.9, "top": 0.34, "hspace": 0.92}


# A prediction and its cost ------------------------------------------------------------------------------


@styled
def prediction_cost(target: float, prediction: float) -> Frame:
    """One output and a target of 0 or 1: what two costs make of it, and how steep each is there."""
    checks.one_of("target", target, (0, 1))
    if not 0 < prediction < 1:
        raise ValueError(f"prediction is {prediction!r}; a number between 0 and 1 is expected")
    figure, axes = canvas(height=3.4, top=0.2)
    a = np.linspace(0.002, 0.998, 200)
    said = []
    looks: dict[str, dict[str, Any]] = {
        "quadratic cost": {"color": INK, "linestyle": DASHED},
        "cross-entropy": {"color": INK},
    }
    for name, look in zip(("quadratic", "binary_cross_entropy"), looks.values(), strict=True):
        value, slope = (float(number) for number in _cost_and_slope(name, prediction, target))
        axes.plot(a, _cost_and_slope(name, a, target)[0], **look)
        _tangent(axes, prediction, value, slope, 1 / axes.bbox.width, 5.2 / axes.bbox.height)
        spot(axes, prediction, value, PREDICTION, clip_on=False)
        marks.handle(axes, prediction, value, "prediction")
        said.append(f"{fixed(value, 2)}, with slope {fixed(slope, 2)}")
    spot(axes, target, 0, size=11, hollow=True, clip_on=False, zorder=3)
    axes.set(xlim=(0, 1), ylim=(0, 5.2), xlabel="prediction a (hollow: the target)", ylabel="cost")
    axes.set(xticks=(0, 0.5, 1))
    marks.legend(axes, looks, (0.5, 1), loc="upper center", ncols=1)
    dashed, solid = (course(axes.lines[at]) for at in (0, 3))
    seen(
        axes,
        f"The dashed curve {dashed}; the solid one {solid}. A dot with a short tangent is on each, "
        f"{across(axes, prediction)}; a hollow circle is on the axis, {across(axes, target)}.",
    )
    return figure, (
        f"Target {target:g}, prediction {prediction:g}: the quadratic cost is {said[0]}; "
        f"cross-entropy is {said[1]}."
    )


def _cost_and_slope(name: str, a: float | Array, y: float) -> tuple[Array, Array]:
    """C and ∂C/∂a of one output, for a number or a vector of predictions."""
    A = np.atleast_1d(np.asarray(a, dtype=float))[:, None]
    Y = np.full_like(A, y)
    value, slope = COSTS[name](A, Y), COSTS[name].prime(A, Y)[:, 0]
    return (value, slope) if np.ndim(a) else (value[0], slope[0])


# One number, an average, a function of the parameters ---------------------------------------------------


@styled
def cost_of_parameters(weight: float, bias: float) -> Frame:
    """One neuron on five fixed examples: their five costs, and their mean as a function of the weight."""
    figure, (left, right) = canvas(1, 2, height=3.1, left=0.6, wspace=0.72, top=0.44, narrow=_BELOW)
    x = np.linspace(-2.6, 2.6, 120)
    a = _sigmoid(weight * EXAMPLES_X + bias)
    left.plot(x, _sigmoid(weight * x + bias), color=PREDICTION)
    left.vlines(EXAMPLES_X, a, EXAMPLES_Y, color=GRADIENT, linewidth=2.2)
    spot(left, EXAMPLES_X, a, PREDICTION, 5)
    spot(left, EXAMPLES_X, EXAMPLES_Y, hollow=True, zorder=3)
    left.set(xlim=(-2.6, 2.6), ylim=(-0.12, 1.12), xlabel="input x", ylabel="output", yticks=(0, 0.5, 1))
    left.set_title("the five examples, fixed")

    w = np.linspace(-6.4, 6.4, 120)
    right.plot(w, [_mean_quadratic(v, bias) for v in w], color=INK)
    here = _mean_quadratic(weight, bias)
    dropped(right, weight, here)
    spot(right, weight, here)
    marks.handle(right, weight, here, "weight")
    right.set(xlim=(-6.6, 6.6), ylim=(0, 0.4), xlabel="weight w", ylabel="cost C")
    right.set_title(f"C, a function of w (b = {fixed(bias, 0)})")
    seen(
        left,
        f"A curve {course(left.lines[0])}. Upright strokes join it to five hollow circles, which stand at "
        "the bottom, the bottom, the top, the bottom and the top.",
    )
    seen(right, f"A curve {course(right.lines[0])}; a dot is on it, {across(right, weight)}.")
    costs = ", ".join(f"{c:.3f}" for c in 0.5 * (a - EXAMPLES_Y) ** 2)
    return figure, (
        f"w = {fixed(weight, 0)}, b = {fixed(bias, 0)}: the five examples cost {costs}; "
        f"their average is C = {here:.3f}."
    )


def _mean_quadratic(w: float, b: float) -> float:
    return float(0.5 * np.mean((_sigmoid(w * EXAMPLES_X + b) - EXAMPLES_Y) ** 2))


# Squares, absolute values and outliers ------------------------------------------------------------------


@styled
def outlier(fifth_day: float) -> Frame:
    """Five days' minutes, one prediction for all: which of them squares and absolute values like best."""
    days = np.array([*MINUTES, fifth_day])
    mean, median = float(days.mean()), float(np.median(days))
    c = np.linspace(20, 120, 201)
    errors = c[:, None] - days
    curves = (0.5 * (errors**2).mean(axis=1), np.abs(errors).mean(axis=1))
    figure, panels = canvas(2, height=4.3, left=0.78, hspace=0.55, top=0.3, sharex=True)
    titles = ("quadratic cost", "absolute error")
    for axes, curve, best, top, title in zip(panels, curves, (mean, median), (1000, 80), titles, strict=True):
        lowest = float(np.interp(best, c, curve))
        axes.plot(c, curve, color=INK)
        dropped(axes, best, lowest, -0.2 * top, PREDICTION)
        spot(axes, best, lowest, PREDICTION)
        spot(axes, days[:4], np.full(4, -0.1 * top), size=6, hollow=True, zorder=5)
        spot(axes, fifth_day, -0.1 * top, size=6, marker="D", zorder=5)
        marks.handle(axes, fifth_day, -0.1 * top, "fifth_day")
        axes.set(xlim=(20, 120), ylim=(-0.2 * top, top), ylabel="average cost")
        axes.set(xticks=(20, 60, 100), yticks=(0, top / 2, top))
        axes.set_title(title)
        seen(
            axes,
            f"A curve {course(axes.lines[0])}; a dot is at its lowest point, {across(axes, best)}. Under "
            f"it, four hollow circles {across(axes, 33)} and a diamond {across(axes, fifth_day)}.",
        )
    all_days = "all" if style.is_narrow() else "all five days"
    panels[1].set(xlabel=f"one prediction for {all_days}, minutes")
    return figure, (
        f"Four days around 34 minutes and one of {fifth_day:g} (the diamond). The average quadratic cost is "
        f"lowest at {mean:.1f} minutes, the average absolute error at {median:.1f}."
    )


# The logarithm: likelihood ------------------------------------------------------------------------------


@styled
def honest_prediction(share_of_ones: float, prediction: float, cost: str) -> Frame:
    """One prediction for ten examples of which a share is 1: their likelihood, and the average cost."""
    checks.one_of("cost", cost, ("quadratic", "mae", "cross_entropy"))
    ones = round(10 * share_of_ones)
    a = np.linspace(0.002, 0.998, 250)
    likelihood = a**ones * (1 - a) ** (10 - ones)
    key = _KEYS.get(cost, cost)
    how: dict[str, Any] = {"left": 0.78, "hspace": 0.5, "top": 0.32, "narrow": {"top": 0.52}}
    figure, (top, bottom) = canvas(2, height=4.2, sharex=True, **how)
    top.plot(a, likelihood / likelihood.max(), color=INK)
    here = prediction**ones * (1 - prediction) ** (10 - ones) / likelihood.max()
    spot(top, prediction, here, PREDICTION)
    marks.handle(top, prediction, here, "prediction")
    top.set(ylim=(0, 1.12), ylabel="likelihood\n(highest = 1)", yticks=(0, 0.5, 1))
    gap = "\n" if style.is_narrow() else " "
    top.set_title(f"likelihood of {ones} ones and {10 - ones} zeros,{gap}each 1 with probability a")
    bottom.plot(a, _average_cost(key, a, share_of_ones), color=INK)
    average = float(_average_cost(key, prediction, share_of_ones))
    spot(bottom, prediction, average, PREDICTION, clip_on=False)
    marks.handle(bottom, prediction, average, "prediction")
    bottom.set(xlim=(0, 1), ylim=(0, 2.4), xlabel="prediction a, the same for all ten", ylabel="average cost")
    bottom.set_title(named(cost) if style.is_narrow() else f"{named(cost)}: average over the ten")
    for axes in (top, bottom):
        seen(axes, f"A curve {course(axes.lines[0])}; a dot is on it, {across(axes, prediction)}.")
    return figure, (
        f"Ones: {ones} of 10. With the prediction {prediction:g} for all of them "
        f"the average {cost_named(cost)} is {average:.3f}."
    )


def _average_cost(key: str, a: float | Array, share: float) -> Array:
    """The mean cost of one prediction, for a number or a vector of them."""
    return share * _cost_and_slope(key, a, 1)[0] + (1 - share) * _cost_and_slope(key, a, 0)[0]


# The slow neuron ----------------------------------------------------------------------------------------

#: Weight and bias at the start of Nielsen's experiment; the last start is ours.
STARTS = {"a little wrong": (0.6, 0.9), "badly wrong": (2.0, 2.0), "hopelessly wrong": (3.5, 3.5)}
EPOCHS, SLOW_RATE = 300, 0.15

_PANELS: dict[str, Any] = {"hspace": 0.78, "wspace": 0.92, "top": 0.32, "height_ratios": (1.15, 1)}
_PANELS["mosaic"] = [["place", "factors"], ["below", "below"]]
_PANELS["narrow"] = {"mosaic": [["place"], ["factors"], ["below"]], "height_ratios": (1.5, 0.75, 1)}
_PANELS["narrow"] |= {"height": 5.6, "hspace": 0.8}


class Walk(NamedTuple):
    """A neuron's weights, biases and outputs in each epoch."""

    w: Array
    b: Array
    a: Array


@lru_cache(maxsize=64)
def walk(start: str, learning_rate: float, cost: str) -> Walk:
    """One sigmoid neuron that should say 0 for the input 1: plain gradient descent, an entry an epoch."""
    checks.one_of("start", start, STARTS)
    checks.one_of("cost", cost, ("quadratic", "cross_entropy"))
    net = Network([1, 1], cost=_KEYS.get(cost, cost), init="zeros")
    net.parameters[...] = STARTS[start]
    x, y = np.array([[1.0]]), np.array([[0.0]])
    history = np.empty((EPOCHS + 1, 3))
    for epoch in range(EPOCHS + 1):
        p = net.forward(x)
        history[epoch] = *net.parameters, p.A[1][0, 0]
        net.parameters -= learning_rate * net.backward(p, y).flat
    return Walk(*history.T)


@styled
def slow_neuron(start: str, epoch: int) -> Frame:
    """The neuron under the quadratic cost, η = 0.15: its place on the sigmoid, δ as a product, its output."""
    path, a, slope = _at(start, SLOW_RATE, "quadratic", epoch)
    figure, panels = canvas(height=5.0, **_PANELS)
    curve = panels["place"]
    z, at = np.linspace(-8, 8, 161), float(path.w[epoch] + path.b[epoch])
    curve.plot(z, _sigmoid(z), color=INK)
    curve.set(xlim=(-8, 8), ylim=(-0.06, 1.06), xticks=(-8, 0, 8), yticks=(0, 0.5, 1))
    curve.set(xlabel="weighted input z", ylabel="output a")
    _tangent(curve, at, a, slope, 16 / curve.bbox.width, 1.12 / curve.bbox.height)
    spot(curve, at, a, PREDICTION, clip_on=False)
    curve.set_title("where it stands")
    seen(curve, f"A curve {course(curve.lines[0])}; a dot with a tangent is on it, {spot_in(curve, at, a)}.")
    _factors(panels["factors"], a, slope, a * slope, "quadratic")
    _outputs(panels["below"], path, epoch)
    panels["below"].set_title("output, epoch by epoch")
    return figure, (
        f"Epoch {epoch}: error times slope, δ = (a − y) · σ′(z) = {a:.3f} · {slope:.4f} = {a * slope:.4f}. "
        f"The output began at {path.a[0]:.3f} and is {a:.3f}; it should be 0."
    )


@styled
def two_costs(start: str, learning_rate: float, cost: str, epoch: int) -> Frame:
    """The neuron under one of two costs: the surface it walks on, δ, and its output beside the other's."""
    path, a, slope = _at(start, learning_rate, cost, epoch)
    rival = "quadratic" if cost == "cross_entropy" else "cross_entropy"
    other = walk(start, learning_rate, rival)
    delta = a * slope if cost == "quadratic" else a
    figure, panels = canvas(height=5.5, **_PANELS)
    _walk_on_surface(panels["place"], path, epoch, cost)
    _factors(panels["factors"], a, slope, delta, cost)
    below = panels["below"]
    below.plot(np.arange(epoch + 1), other.a[: epoch + 1], color=MUTED, linewidth=1.1, linestyle=DASHED)
    _outputs(below, path, epoch)
    if epoch:
        solid, dashed = course(below.lines[1]), course(below.lines[0])
        seen(below, f"The solid line {solid}, with a dot at its end; the dashed one {dashed}.")
    which, rate = f"{named(cost)} (dashed: {named(rival)})", f"η = {learning_rate:g}"
    if style.is_narrow():
        below.set(title=which, xlabel=f"epoch, {rate}")
    else:
        below.set_title(f"{rate}, {which}")
    product = (
        f"δ = (a − y) · σ′(z) = {a:.3f} · {slope:.4f} = {delta:.4f}"
        if cost == "quadratic"
        else f"δ = a − y = {delta:.3f}, σ′(z) = {slope:.4f} has cancelled"
    )
    return figure, (
        f"{sentence(cost_named(cost))}, η = {learning_rate:g}, epoch {epoch}: {product}. "
        f"The output is {a:.3f}, with the other cost {other.a[epoch]:.3f}; it should be 0."
    )


def _at(start: str, learning_rate: float, cost: str, epoch: int) -> tuple[Walk, float, float]:
    """A walk, and its output and the sigmoid's slope in an epoch."""
    if not 0 <= epoch <= EPOCHS:
        raise ValueError(f"epoch is {epoch!r}; 0 to {EPOCHS} is expected")
    path = walk(start, learning_rate, cost)
    a = float(path.a[epoch])
    return path, a, a * (1 - a)


def _outputs(axes: Axes, path: Walk, epoch: int) -> None:
    """The outputs up to an epoch: what comes later is the reader's bet."""
    axes.plot(np.arange(epoch + 1), path.a[: epoch + 1], color=PREDICTION)
    spot(axes, epoch, path.a[epoch], PREDICTION, clip_on=False)
    marks.handle(axes, epoch, path.a[epoch], "epoch")
    guide(axes, y=0, color=INK, linestyle=DASHED, linewidth=1.2)
    guide(axes, y=0.5, color=style.FAINT, linewidth=1)
    axes.set(xlim=(0, EPOCHS), ylim=(-0.04, 1.04), yticks=(0, 0.5, 1), xlabel="epoch", ylabel="output a")
    line = next(line for line in axes.lines if line.get_color() == PREDICTION)
    seen(
        axes,
        f"The line {course(line)}"
        + ", with a dot at its end" * bool(epoch)
        + ". A dashed level line is at 0.",
    )


#: At equal steps, so that lines far apart mean level ground.
_LEVELS = {
    "quadratic": (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45),
    "cross_entropy": (1, 2, 3, 4, 5, 6, 7),
}


def _walk_on_surface(axes: Axes, path: Walk, epoch: int, cost: str) -> None:
    side = np.linspace(-4, 4, 41)
    w, b = np.meshgrid(side, side)
    z = w + b
    height = 0.5 * _sigmoid(z) ** 2 if cost == "quadratic" else np.logaddexp(0, z)
    marks.surface(axes, w, b, height, _LEVELS[cost])
    marks.path(axes, path.w[: epoch + 1], path.b[: epoch + 1])
    marks.plane(axes, (-4, 4), (-4, 0, 4), "weight w", "bias b", "cost; greyer is higher")
    bands = "Straight bands run down to the right, from white at the lower left to grey at the upper right."
    seen(axes, bands, trail(axes, path.w[: epoch + 1], path.b[: epoch + 1]))


def _factors(axes: Axes, a: float, slope: float, delta: float, cost: str) -> None:
    cancelled = cost == "cross_entropy"
    rows = ((a, PREDICTION, "a − y"), (slope, MUTED, "σ′(z)"), (delta, GRADIENT, "δ"))
    for row, (value, color, _) in enumerate(rows):
        hollow = cancelled and row == 1
        look = {"color": "none", "linestyle": DASHED} if hollow else {"color": color}
        axes.barh(row, value, height=0.56, edgecolor=color, **look)
        text = f"{value:.3f}" + (" cancelled" if hollow else "")
        marks.note(axes, value + 0.03, row, text, MUTED if hollow else INK, ha="left")
    axes.set(xlim=(0, 1.32), ylim=(2.6, -0.6), yticks=range(3), yticklabels=[name for *_, name in rows])
    axes.set(xticks=(0, 0.5, 1), xlabel="size")
    axes.tick_params(axis="y", length=0, labelsize=12)
    axes.set_title("δ = a − y" if cancelled else "δ = (a − y) · σ′(z)", fontsize=11)
    bars = f"Three bars lie below each other: {lengths([a, slope, delta], 1)}."
    seen(axes, bars, "The second is a dashed frame only." * cancelled)


# The pairs ----------------------------------------------------------------------------------------------

OUTPUTS = ("linear", "sigmoid", "tanh", "relu", "softmax")
PAIR_COSTS = ("quadratic", "mae", "binary_cross_entropy", "categorical_cross_entropy")

_VERDICTS = {
    ("linear", "quadratic"): "δ = a − y: it pulls as hard as it is wrong. The pair for amounts.",
    ("linear", "mae"): "δ is 1 or −1: outliers pull no harder, and near the target it still pulls as hard.",
    ("sigmoid", "quadratic"): "Sure and wrong, the slope σ′(z) is nearly 0, so it hardly learns.",
    ("sigmoid", "mae"): "Sure and wrong, it hardly learns; and what it learns is 0 or 1, not a probability.",
    ("sigmoid", "binary_cross_entropy"): "δ = a − y. The pair for yes or no, one output or several.",
    ("softmax", "binary_cross_entropy"): "Both classes count, so δ = 2(a − y), twice the plain pair's.",
    ("softmax", "categorical_cross_entropy"): "δ = a − y. The pair for one class of several.",
}
_FLAT = {
    "tanh": "Its slope dies at both ends, as a sigmoid's does; its targets should be −1 and 1.",
    "relu": "Below zero its slope is 0: an output that should rise from there never does.",
    "softmax": "Sure and wrong, its slope is nearly 0, so it hardly learns.",
}
_REFUSED = "nnlib refuses the pair: a logarithm needs outputs between 0 and 1."


@styled
def output_pair(output: str, cost: str, target: float) -> Frame:
    """An output activation with a cost: the cost and δ of one output, against its weighted input.

    Softmax has two outputs here; the other's weighted input is held at 0.
    """
    checks.one_of("output", output, OUTPUTS)
    checks.one_of("cost", cost, PAIR_COSTS)
    checks.one_of("target", target, (0, 1))
    z = np.linspace(-5, 5, 201)
    a, value, delta = pair_curves(output, cost, target, z)
    figure, (left, right) = canvas(1, 2, height=3.1, left=0.55, wspace=0.72, top=0.44, narrow=_BELOW)
    missing = ~np.isfinite(value)
    wrong = 4.0 if target == 0 and not missing.any() else -4.0
    at = int(np.argmin(np.abs(z - wrong)))
    for axes, curve, color in ((left, value, INK), (right, delta, GRADIENT)):
        _shade(axes, z, missing)
        axes.plot(z, np.ma.masked_invalid(curve), color=color, zorder=2)
        if not missing[at]:
            spot(axes, wrong, curve[at], color)
        axes.set(xlim=(-5, 5), xlabel="weighted input z", xticks=(-4, 0, 4))
    right.plot(z, a - target, color=MUTED, linewidth=1, linestyle=DASHED, zorder=1.5)
    guide(right, y=0)
    left.set(ylim=(0, 5.2), ylabel="cost of the example")
    right.set(ylim=(-2.1, 2.1), ylabel="δ = ∂C/∂z", yticks=(-2, 0, 2))
    left.set_title(f"{sentence(named(output))}, target y = {target:g}")
    right.set_title("δ; dashed: a − y")
    dot = "" if missing[at] else f"; a dot is on it, {across(left, wrong)}"
    seen(left, f"A curve {course(left.lines[0])}{dot}.", "Half of the plane is shaded." * bool(missing.any()))
    seen(right, f"The curve of δ {course(right.lines[0])}; the dashed one {course(right.lines[-2])}.")
    if missing.any():
        middle = -2.5 if missing[0] else 2.5  # of the half that is shaded
        marks.note(left, middle, 4.9, "no logarithm", va="top")
        numbers = f"the output is {fixed(a[at], 2)}, out of a logarithm's reach"
    else:
        numbers = f"a = {fixed(a[at], 3)}, cost {value[at]:.3f}, δ = {fixed(delta[at], 3)}"
    return figure, (
        f"{sentence(named(output))} with {cost_named(cost)}, target {target:g}. "
        f"At z = {fixed(wrong, 0)}: {numbers}. {verdict(output, cost, target)}"
    )


def verdict(output: str, cost: str, target: float) -> str:
    """What to expect of a pair, in a sentence."""
    if cost.endswith("cross_entropy") and output not in ("sigmoid", "softmax"):
        return _REFUSED
    if (output, cost) == ("sigmoid", "categorical_cross_entropy"):
        if target == 0:
            return "A target of 0 costs nothing, whatever the output: nothing ever pushes it down."
        return "The right class is pulled up, but no other class is pushed down: all outputs can rise to 1."
    return _VERDICTS.get((output, cost)) or _FLAT[output]


def pair_curves(output: str, cost: str, target: float, z: Array) -> tuple[Array, Array, Array]:
    """Output, cost and δ of one output neuron, each a vector like ``z``; NaN where there is no logarithm."""
    f, C = ACTIVATIONS[output], COSTS[cost]
    Z, Y = z[:, None], np.full((len(z), 1), float(target))
    if output == "softmax":
        Z, Y = np.hstack([Z, np.zeros_like(Z)]), np.hstack([Y, 1 - Y])
    A = f(Z)
    inside = np.asarray(((A > 0) & (A < 1)).all(axis=1) | (not cost.endswith("cross_entropy")))
    safe = np.where(inside[:, None], A, 0.5)
    value = np.where(inside, C(safe, Y), np.nan)
    delta = np.where(inside, f.vjp(C.prime(safe, Y), Z, A)[:, 0], np.nan)
    return A[:, 0], value, delta


def _shade(axes: Axes, z: Array, missing: Array) -> None:
    edges = np.flatnonzero(np.diff(np.r_[0, missing.astype(int), 0]))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        axes.axvspan(z[first], z[last - 1], facecolor=style.NEGATIVE_AREA, edgecolor="none")


# Surfaces under each pair -------------------------------------------------------------------------------

PAIRS = {
    "sigmoid + quadratic": ("sigmoid", "quadratic"),
    "sigmoid + cross-entropy": ("sigmoid", "binary_cross_entropy"),
    "linear + quadratic": ("linear", "quadratic"),
    "softmax + log-likelihood": ("softmax", "categorical_cross_entropy"),
}
SURFACE_STARTS = {"near": (-1.0, -1.0), "far": (-5.0, 1.0), "very far": (-5.0, 5.0)}
STEPS, RATE = 100, 0.5

_SURFACE_LEVELS = {
    "sigmoid + quadratic": (0.09, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35),
    "sigmoid + cross-entropy": (0.6, 0.8, 1.2, 2, 3, 4.5, 6),
    "linear + quadratic": (0.2, 0.8, 3, 8, 16, 30, 50),
}
_SURFACE_LEVELS["softmax + log-likelihood"] = _SURFACE_LEVELS["sigmoid + cross-entropy"]


@styled
def surface(pair: str, start: str) -> Frame:
    """The cost of one neuron on the five examples, over (w, b), under a pair; and a hundred steps down it."""
    checks.one_of("pair", pair, PAIRS)
    checks.one_of("start", start, SURFACE_STARTS)
    path, costs = descent(pair, start)
    side = np.linspace(-6, 6, 41)
    w, b = np.meshgrid(side, side)
    below = _BELOW | {"height": 5.4, "height_ratios": (1.6, 1)}
    figure, (left, right) = canvas(1, 2, height=3.2, wspace=0.78, top=0.44, narrow=below)
    marks.surface(left, w, b, cost_over(pair, w, b), _SURFACE_LEVELS[pair])
    marks.path(left, path[:, 0], path[:, 1])
    marks.handle(left, *path[0], "start", free=True)
    marks.plane(left, (-6, 6), (-5, 0, 5), "weight w", "bias b", "cost; greyer is higher")

    slice_w = np.linspace(-6, 6, 121)
    heights = cost_over(pair, slice_w, np.zeros_like(slice_w))
    right.plot(slice_w, heights / heights[0], color=INK)
    right.set(xlim=(-6, 6), ylim=(0, 1.08), xlabel="weight w (b = 0)", xticks=(-5, 0, 5), yticks=(0, 0.5, 1))
    right.set_ylabel("cost (at w = −6: 1)")
    right.set_title("cut along b = 0")
    grounds = {"linear + quadratic": "Ovals lie around a white place"}
    grounds["sigmoid + quadratic"] = "Crooked bands run down to a white valley"
    ground = grounds.get(pair, "Wedges open from a white place in the middle")
    seen(left, f"{ground}.", trail(left, *path.T))
    seen(right, f"A curve {course(right.lines[0])}.")
    return figure, (
        f"{pair[0].upper()}{pair[1:]}, {STEPS} steps with η = {RATE:g} from w = {fixed(path[0, 0], 0)}, "
        f"b = {fixed(path[0, 1], 0)}: the cost goes from {costs[0]:.3f} to {costs[-1]:.3f}; "
        f"the lowest possible is {lowest(pair):.3f}."
    )


def cost_over(pair: str, w: Array, b: Array) -> Array:
    """The mean cost of the five examples at every weight and bias, shaped like ``w``."""
    z = w[..., None] * EXAMPLES_X + b[..., None]
    if pair.startswith("sigmoid + q"):
        each = 0.5 * (_sigmoid(z) - EXAMPLES_Y) ** 2
    elif pair.startswith("linear"):
        each = 0.5 * (z - EXAMPLES_Y) ** 2
    else:  # softmax over (0, z) is the sigmoid of z
        each = np.logaddexp(0, z) - EXAMPLES_Y * z
    return each.mean(axis=-1)


@lru_cache(maxsize=16)
def descent(pair: str, start: str) -> tuple[Array, Array]:
    """Plain gradient descent with nnlib: the (w, b) of each step, shape (STEPS + 1, 2), and the costs."""
    output, cost = PAIRS[pair]
    classes = 2 if output == "softmax" else 1
    net = Network([1, classes], output=output, cost=cost, init="zeros")
    net.W[1][-1, 0], net.b[1][-1] = SURFACE_STARTS[start]
    X, Y = EXAMPLES_X[:, None], EXAMPLES_Y[:, None]
    Y = np.hstack([1 - Y, Y]) if classes == 2 else Y
    path, costs = [], []
    for _ in range(STEPS + 1):
        # Of two softmax outputs only the difference counts: w and b are class 1's less class 0's.
        first = net.parameters[[0, 2]] if classes == 2 else 0.0
        path.append(net.parameters[[1, 3] if classes == 2 else [0, 1]] - first)
        costs.append(net.cost(X, Y))
        net.parameters -= RATE * net.backward(net.forward(X), Y).flat
    return np.array(path), np.array(costs)


@lru_cache(maxsize=8)
def lowest(pair: str) -> float:
    """The lowest cost of the pair on the five examples, by a fine search around the best of a coarse one."""
    w0 = b0 = 0.0
    width = 12.0
    for _ in range(12):
        w, b = np.meshgrid(w0 + width * np.linspace(-1, 1, 41), b0 + width * np.linspace(-1, 1, 41))
        height = cost_over(pair, w, b)
        best = np.unravel_index(height.argmin(), height.shape)
        w0, b0, width = float(w[best]), float(b[best]), width / 4
    return float(cost_over(pair, np.array(w0), np.array(b0)))


# Where log(0) waits -------------------------------------------------------------------------------------


@styled
def sure_and_wrong(precision: str, weighted_input: float) -> Frame:
    """The cross-entropy of a sigmoid output with target 0, computed in three ways."""
    checks.one_of("precision", precision, ("float64", "float32"))
    z = np.linspace(0, 60, 241).astype(precision)
    naive, clipped, logits = three_ways(z)
    figure, axes = canvas(height=3.5, top=0.2, narrow={"height": 3.8, "top": 0.75})
    seen_at = np.isfinite(naive)
    looks = {
        "from the logit z": marks.SAID,
        "from the output, clipped": {"color": POSITIVE, "linestyle": DASHED, "linewidth": 2},
        "from the output, infinite after ×": {"color": INK, "linestyle": style.DOTTED, "linewidth": 2.4},
    }
    for value, look in zip((logits, clipped, naive), looks.values(), strict=True):
        axes.plot(z[np.isfinite(value)], value[np.isfinite(value)], **look)
    spot(axes, z[seen_at][-1], naive[seen_at][-1], size=10, marker="x", markeredgewidth=2.2)
    marks.legend(axes, looks, (0, 1), loc="lower left" if style.is_narrow() else "upper left", ncols=1)
    at = np.array([weighted_input], dtype=precision)
    here = three_ways(at)
    dropped(axes, weighted_input, here[2][0])
    spot(axes, weighted_input, here[2][0], PREDICTION)
    marks.handle(axes, weighted_input, here[2][0], "weighted_input")
    axes.set(xlim=(0, 60), ylim=(0, 62), xlabel="weighted input z (target 0)", ylabel="cross-entropy")
    solid, dashed = (course(line) for line in axes.lines[:2])
    end = across(axes, z[seen_at][-1])
    seen(
        axes,
        f"The solid line {solid}; the dashed one {dashed}; the dotted one lies on the solid one and ends in "
        f"a cross, {end}. A dot is {spot_in(axes, weighted_input, here[2][0])}.",
    )
    # One decimal: near 1 the output has few digits left, and the last of them differ between machines.
    words = [f"{value[0]:.1f}" if np.isfinite(value[0]) else "infinite" for value in here]
    return figure, (
        f"{precision}, z = {weighted_input:g}: computed as −ln(1 − a) the cost is {words[0]}, "
        f"with a clipped {words[1]}, from the logit {words[2]}."
    )


def three_ways(z: Array) -> tuple[Array, Array, Array]:
    """Binary cross-entropy with target 0: as written, with the output clipped, from the logits ``z``."""
    cost, Z = COSTS["binary_cross_entropy"], z[:, None]
    A, Y = ACTIVATIONS["sigmoid"](Z), np.zeros_like(Z)
    with np.errstate(divide="ignore"):
        naive = -np.log(1 - A[:, 0])
    assert cost.from_logits is not None
    return naive, cost(A, Y), cost.from_logits(Z, Y)


# Small parts --------------------------------------------------------------------------------------------


def _sigmoid(z: float | Array) -> Array:
    return ACTIVATIONS["sigmoid"](z)


def _tangent(axes: Axes, x: float, y: float, slope: float, across: float, up: float) -> None:
    """A tangent of one length on paper, whatever its slope; a pixel is ``across`` wide and ``up`` high."""
    dx = 45 / np.hypot(1 / across, slope / up)
    axes.plot([x - dx, x + dx], [y - slope * dx, y + slope * dx], color=GRADIENT, linewidth=2.6, zorder=3)
