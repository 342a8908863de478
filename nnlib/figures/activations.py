"""The figures of the chapter *activations*."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from nnlib import checks, initializers
from nnlib.activations import ACTIVATIONS, PReLU
from nnlib.checks import Array
from nnlib.data import gate
from nnlib.figures import marks, runs, style
from nnlib.figures.marks import SAID, WANTED, beside, guide, note, spot
from nnlib.figures.networks import draw_network
from nnlib.figures.seen import across, course, heap, seen, slant
from nnlib.figures.style import (
    GRADIENT,
    MUTED,
    NEGATIVE,
    POSITIVE,
    POSITIVE_AREA,
    Frame,
    canvas,
    is_narrow,
    styled,
)
from nnlib.figures.words import count, fixed, joined, listed, named, percent, rounded, short
from nnlib.network import Network
from nnlib.optimizers import Adam

#: The activations that have an elementwise slope.
NAMES = ("step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "prelu", "swish")

Flags = npt.NDArray[np.bool_]

ALMOST_FLAT = 0.01  # a slope below this hardly lets a weight learn

# What each activation gives, in words, and the limits of its axis.
_OUTPUTS = {
    "step": ("only 0 or 1", (-0.15, 1.15)),
    "linear": ("any number", (-9.5, 9.5)),
    "sigmoid": ("between 0 and 1", (-0.15, 1.15)),
    "tanh": ("between −1 and 1", (-1.25, 1.25)),
    "relu": ("0 or more", (-1.5, 9)),
    "leaky_relu": ("any number", (-1.5, 9)),
    "prelu": ("any number", (-3, 9)),
    "swish": ("−0.28 or more", (-1.5, 9)),
}
_REACH = 8.3  # the z axis
_KINKED = ("step", "relu", "leaky_relu", "prelu")


# One function and its slope ------------------------------------------------------------------------------


@styled
def function_and_slope(activation: str, weight: float, bias: float) -> Frame:
    r"""An activation and its slope over z, and where z = wx + b falls for standard normal inputs x."""
    name = _known(activation)
    weight, bias = _not_zero("weight", weight), checks.number("bias", bias, -4, 4)
    figure, (top, middle, bottom) = canvas(3, height=3.7, hspace=0.42, height_ratios=[1.5, 1.1, 0.6])
    flat = almost_flat(name)
    for axes in (top, middle, bottom):
        axes.set(xlim=(-_REACH, _REACH), xticks=[-8, -4, 0, 4, 8])
        for left, right in flat:
            axes.axvspan(left, right, color=MUTED, alpha=0.22, linewidth=0, zorder=0)
    for axes in (top, middle):
        guide(axes, y=0)
        axes.tick_params(labelbottom=False)
    _curve(top, name, slope=False)
    _curve(middle, name, slope=True)
    x = np.arange(-2.0, 3.0)
    z = weight * x + bias
    f = ACTIVATIONS[name]
    spot(top, z, f(z), style.PREDICTION, 6, hollow=True)
    spot(middle, z, f.prime(z, f(z)), GRADIENT, 6, hollow=True)
    top.set(ylim=_OUTPUTS[name][1], title="activation  a = f(z)")
    middle.set(ylim=(-0.2, 1.2), yticks=[0, 0.5, 1], title="slope  f′(z)")
    _crowd(bottom, weight, bias, flat)
    for at, last in zip(z, x == 2, strict=True):  # the full one tells w from −w
        if abs(at) <= _REACH:
            spot(bottom, at, 0, size=6, hollow=not last, clip_on=False)
    marks.handle(bottom, bias, 0, "bias")  # x = 0 lands there,
    marks.handle(bottom, 2 * weight + bias, 0, "weight")  # and x = 2 here
    title = "where the inputs land  (circles: x = −2 … 2, filled: 2)"
    title = "where x = −2 … 2 land  (filled: 2)" if is_narrow() else title
    bottom.set(xlabel="weighted input z", title=title)
    grey = f"{'One stretch' if len(flat) == 1 else 'Two stretches'} of the axis shaded grey."
    for axes, what in ((top, "a"), (middle, "its slope")):
        curve = [
            line for line in axes.lines[1:] if len(line.get_xdata()) > 1 and line.get_linestyle() != "None"
        ]
        seen(axes, f"The curve of {what} {course(*curve)}; hollow circles lie on it.", grey * bool(flat))
    seen(bottom, f"A hump with its peak {across(bottom, bias)}; circles in a row on the axis under it.")
    steepest = 0.0 if name == "step" else 1.0 if name != "sigmoid" else 0.25
    at_most = "1.10" if name == "swish" else short(steepest)
    share = flat_share(name, weight, bias)
    return figure, (
        f"{named(name)}: outputs {_OUTPUTS[name][0]}, slope at most {at_most}. With w = {short(weight)} and "
        f"b = {short(bias)}, {percent(share)} of standard normal inputs land where the slope is "
        f"below {ALMOST_FLAT} (shaded)."
    )


@lru_cache
def almost_flat(activation: str) -> tuple[tuple[float, float], ...]:
    """The stretches of the z axis on which an activation's slope is below 0.01 in size."""
    z = np.linspace(-_REACH, _REACH, 3321)
    f = ACTIVATIONS[_known(activation)]
    flat = np.abs(f.prime(z, f(z))) < ALMOST_FLAT
    ends = np.flatnonzero(np.diff(np.r_[False, flat, False].astype(int)))
    return tuple((float(z[a]), float(z[b - 1])) for a, b in zip(ends[::2], ends[1::2], strict=True))


def flat_share(activation: str, weight: float, bias: float) -> float:
    """The share of standard normal inputs x whose z = wx + b meets a slope below 0.01 in size."""
    x = _normal_quantiles()
    z = weight * x + bias
    f = ACTIVATIONS[_known(activation)]
    return float((np.abs(f.prime(z, f(z))) < ALMOST_FLAT).mean())


@lru_cache
def _normal_quantiles() -> Array:
    normal = NormalDist()
    return np.array([normal.inv_cdf((i + 0.5) / 10_000) for i in range(10_000)])


def _curve(axes: Axes, name: str, slope: bool, dash: Any = "-") -> None:
    f = ACTIVATIONS[name]
    look = {"color": GRADIENT, "linestyle": dash} if slope else SAID
    halves = [np.linspace(-_REACH, _REACH, 121)]
    if name in _KINKED or name == "linear":
        halves = [np.array([-_REACH, -1e-9]), np.array([1e-9, _REACH])]
    for z in halves:
        a = f(z)
        axes.plot(z, f.prime(z, a) if slope else a, **look)
    if name in _KINKED and slope != (name == "step"):
        # A jump at 0: the filled end belongs to the function.
        zero = np.zeros(1)
        here = (f.prime(zero, f(zero)) if slope else f(zero)).item()
        there = 1.0 - here if name == "step" else 1.0
        spot(axes, 0, there, look["color"], 5, hollow=True)
        spot(axes, 0, here, look["color"], 5)


def _crowd(axes: Axes, weight: float, bias: float, flat: Sequence[tuple[float, float]]) -> None:
    z = np.linspace(-_REACH, _REACH, 167)
    density = np.exp(-0.5 * ((z - bias) / weight) ** 2)  # its height says nothing: the hump always peaks at 1
    axes.fill_between(z, density, color=POSITIVE_AREA, linewidth=0, zorder=1)
    for left, right in flat:
        part = np.clip(z, left, right)
        height = np.exp(-0.5 * ((part - bias) / weight) ** 2)
        look = {"facecolor": style.NEGATIVE_AREA, "edgecolor": NEGATIVE, "linewidth": 0, "hatch": "////"}
        axes.fill_between(part, height, zorder=1, **look)
    axes.plot(z, density, color=MUTED, linewidth=1)
    axes.set(ylim=(0, 1.15), yticks=[])
    axes.spines["left"].set_visible(False)


# All of them side by side --------------------------------------------------------------------------------


@styled
def all_of_them() -> Frame:
    """The eight activations with a slope, each with its slope, over the same z."""
    lower = {"height": 6.8, "right": 0.2}
    figure, grid = canvas(
        4, 2, height=7.4, left=0.42, right=0.12, bottom=0.5, hspace=0.66, wspace=0.5, narrow=lower
    )
    limits = {"tanh": (-1.4, 1.4), "sigmoid": (-0.4, 1.4), "step": (-0.4, 1.4)}
    for axes, name in zip(grid.flat, NAMES, strict=True):
        guide(axes, x=0, y=0)
        _curve(axes, name, slope=False)
        _curve(axes, name, slope=True, dash=style.DASHED)
        axes.set(xlim=(-4, 4), ylim=limits.get(name, (-1.4, 4)), xticks=[-4, -2, 0, 2, 4], title=named(name))
        curves = [
            [line for line in axes.lines[2:] if line.get_color() == c] for c in (style.PREDICTION, GRADIENT)
        ]
        solid, dashed = (
            course(*(each for each in some if len(each.get_xdata()) > 1), ends=False) for some in curves
        )
        seen(axes, f"Solid, it {solid}; dashed, it {dashed}.")
    for axes in grid[-1]:
        axes.set_xlabel("weighted input z")
    return figure, (
        "Eight activations a = f(z) (solid, green) and their slopes f′(z) (dashed, purple). Step, sigmoid "
        "and tanh stay within bounds on both sides; ReLU and swish have a floor but no ceiling."
    )


# Through the layers --------------------------------------------------------------------------------------

_NEURONS, _EXAMPLES, _DEEPEST = 100, 200, 12
_BOUNDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}


class LayerStatistics(NamedTuple):
    """What a layer's activations look like over a batch."""

    shares: tuple[float, ...]  # of the activations in each bar of the histogram
    size: float  # the root of their mean square
    differs: float  # their standard deviation from example to example
    flat: float  # the share whose slope is below 0.01
    silent: int  # neurons that give 0 for every example


@styled
def layers(activation: str, depth: int, weight_scale: float) -> Frame:
    r"""The activations of layer ``depth`` of a real network whose weights have the spread s/√n."""
    depth = checks.whole("depth", depth)
    if depth > _DEEPEST:
        raise ValueError(f"depth is {depth}; 1 to {_DEEPEST} is expected")
    name = _known(activation)
    run = layer_statistics(name, checks.number("weight_scale", weight_scale, 0, ends="(]"))
    here = run[depth - 1]
    below = {"rows": 2, "cols": 1, "height": 5.2, "hspace": 0.85}
    figure, (left, right) = canvas(1, 2, height=3.1, wspace=0.85, width_ratios=[1.35, 1], narrow=below)
    low, high = _BOUNDS.get(name, (-3.0, 3.0))
    edges = np.linspace(low, high, len(here.shares) + 1)
    left.stairs(here.shares, edges, fill=True, facecolor=POSITIVE_AREA, edgecolor=POSITIVE, linewidth=1)
    for share, a, b in zip(here.shares, edges, edges[1:], strict=False):
        if share > 0.6:  # it leaves the axes: its number stands beside it
            at, across = (b, 4) if b < (low + high) / 2 + 0.2 * (high - low) else (a, -4)
            beside(left, (at, 0.59), percent(share), across, -0.1)
    left.set(xlim=(low, high), ylim=(0, 0.6), yticks=[0, 0.2, 0.4, 0.6], yticklabels=["0", "20", "40", "60"])
    left.set(xlabel="activation a", ylabel="% of activations", title=f"activations of layer {depth}")
    if name not in _BOUNDS:
        left.set_xticks([-3, -2, -1, 0, 1, 2, 3], ["≤−3", "−2", "−1", "0", "1", "2", "≥3"])
    at = np.arange(1, _DEEPEST + 1)
    spread = np.array([max(layer.differs, 1e-12) for layer in run])
    guide(right, y=1, linestyle=style.DOTTED)
    right.plot(at, spread, color=MUTED, alpha=0.35, linewidth=2)
    right.plot(at[:depth], spread[:depth], color=POSITIVE)
    spot(right, at[:depth], spread[:depth], POSITIVE, 4)
    spot(right, depth, spread[depth - 1], POSITIVE, 9, hollow=True)
    marks.handle(right, depth, spread[depth - 1], "depth")
    right.set(xlim=(0.4, 12.6), xticks=[1, 4, 8, 12], xlabel="layer")
    marks.decades(right.yaxis, range(-10, 11, 5), 1e-12, 1e13)
    right.set_title("spread over examples", loc="left" if is_narrow() else "right", fontsize=10.5)
    seen(left, f"Bars, {heap(here.shares)}.")
    here_on = f"As far as layer {depth} it has dots, the last of them in a ring; the rest is pale."
    seen(right, f"A line {course(right.lines[1])}. {here_on}")
    silent = f"; {here.silent} of {_NEURONS} neurons are 0 for every example" if here.silent else ""
    return figure, (
        f"{named(name)}, weights spread {short(weight_scale)}/√n. In layer {depth} an activation's standard "
        f"deviation over the examples is {rounded(here.differs)}; {percent(here.flat)} of the slopes are "
        f"below {ALMOST_FLAT}{silent}."
    )


@lru_cache
def layer_statistics(activation: str, weight_scale: float, seed: int = 1) -> tuple[LayerStatistics, ...]:
    """Layer by layer, what 200 standard normal examples become in a network of 100 neurons a layer."""
    name = _known(activation)
    spread = initializers.normal(weight_scale / _NEURONS**0.5)
    net = Network([_NEURONS] * (_DEEPEST + 1), hidden=name, output=name, init=spread, rng=seed)
    p = net.forward(np.random.default_rng(0).normal(size=(_EXAMPLES, _NEURONS)))
    low, high = _BOUNDS.get(name, (-3.0, 3.0))
    edges = np.linspace(low, high, 31)
    found = []
    for z, a in zip(p.Z[1:], p.A[1:], strict=True):
        counts, _ = np.histogram(np.clip(a, low, high), edges)
        flat = np.abs(net.f[1].prime(z, a)) < ALMOST_FLAT
        silent = int((a == 0).all(axis=0).sum())
        size, differs = float(np.sqrt((a**2).mean())), float(np.sqrt(a.var(axis=0).mean()))
        found.append(LayerStatistics(tuple(counts / a.size), size, differs, float(flat.mean()), silent))
    return tuple(found)


# What the hidden layer does ------------------------------------------------------------------------------

_NETWORK_ABOVE = {
    "rows": 2,
    "cols": 1,
    "height": 5.1,
    "left": 0.62,
    "top": 0.05,
    "hspace": 0.4,
    "height_ratios": [1.1, 1.4],
}
XOR_EPOCHS = 150


@styled
def xor_by_hand() -> Frame:
    """A 2-2-1 network of steps that computes XOR, and the four corners in hidden space."""
    net = xor_network()
    figure, (left, right) = canvas(
        1, 2, height=3.0, left=0.1, wspace=0.75, width_ratios=[1.5, 1], narrow=_NETWORK_ABOVE
    )
    names = [["x₁", "x₂"], ["OR", "AND"], ["XOR"]]
    draw_network(left, list(net.W), names=names, write_weights=True)
    X, labels = gate("XOR")
    hidden = net.forward(X).A[1]
    marks.regions(right, lambda a: a @ net.W[2][0] + net.b[2], (-0.4, 1.4))
    marks.classes(right, hidden, labels)
    marks.plane(right, (-0.4, 1.4), [0, 1], "OR neuron a₁", "AND neuron a₂", "hidden space")
    for words, point, up in (("00", (0, 0), 9), ("11", (1, 1), -9), ("01, 10", (1, 0), -9)):
        beside(right, point, words, 0, up)
    seen(
        right,
        "Hollow squares at the lower left and the upper right, a dot at the lower right. A line rises to "
        "the right between the dot and the squares.",
    )
    return figure, (
        "XOR by hand: one hidden neuron is OR, the other AND, and the output is OR and not AND. In hidden "
        "space 01 and 10 fall on the same point, and one line parts it from 00 and 11."
    )


def xor_network() -> Network:
    """XOR of step neurons, its weights set by hand: OR and not AND."""
    net = Network([2, 2, 1], hidden="step", output="step", init="zeros")
    net.W[1], net.b[1] = [[1, 1], [1, 1]], [-0.5, -1.5]
    net.W[2], net.b[2] = [[1, -1]], [-0.5]
    return net


@styled
def hidden_space(hidden_neurons: int, seed: int, view: str) -> Frame:
    """A network trained on XOR: what it answers over its inputs, or where its hidden layer puts them."""
    checks.one_of("view", view, ("input space", "hidden space"))
    net = trained_xor(checks.whole("hidden_neurons", hidden_neurons), checks.whole("seed", seed, 0))
    X, labels = gate("XOR")
    figure, axes = canvas(
        height=4.0, left=1.05, right=0.95, narrow={"height": 3.35, "left": 0.62, "right": 0.18}
    )
    (_draw_inputs if view == "input space" else _draw_hidden)(axes, net)
    right = is_right(net)
    points = X if view == "input space" else _in_view(net, net.forward(X).A[1])
    marks.classes(axes, points, labels, clip_on=False)
    wrong = points[~right]
    spot(axes, wrong[:, 0], wrong[:, 1], size=17, marker="x", clip_on=False)
    _name_corners(axes, points)
    ground = _INPUTS_SEEN if view == "input space" else f"{_HIDDEN_SEEN}, {slant(_border(net))}."
    seen(axes, ground, "Crosses are on some of the points." * bool(len(wrong)))
    cost = net.cost(X, labels[:, None])
    if view == "input space":
        told = "Over the inputs this takes more than one straight line"
        if not right.all():
            told = "Over the inputs its border runs through corners of both classes"
    elif right.all():
        told = "In hidden space a straight line parts the two classes"
    else:
        told = "In hidden space corners of both classes lie on the line"
    if not right.all():
        told += "; crosses mark the answers near 0.5"
    return figure, (
        f"{hidden_neurons} hidden tanh neurons, seed {seed}: after {XOR_EPOCHS} epochs {right.sum()} of 4 "
        f"corners are right and the cost is {rounded(cost)}. {told}."
    )


def is_right(net: Network) -> Flags:
    """For each corner of XOR whether the network's answer is clearly the right one: off by less than 0.4."""
    X, labels = gate("XOR")
    return np.abs(net.predict(X)[:, 0] - labels) < 0.4


@lru_cache(maxsize=256)
def trained_xor(hidden_neurons: int, seed: int) -> Network:
    """A 2-n-1 network of tanh neurons after 150 epochs on XOR."""
    X, labels = gate("XOR")
    net = runs.decider([2, hidden_neurons, 1], rng=seed)
    how = {"batch_size": 4, "optimizer": Adam(0.1)}
    return runs.snapshots(net, X, labels[:, None], (XOR_EPOCHS,), **how)[XOR_EPOCHS]


_INPUTS_SEEN = (
    "A straight grid over a plane in two shades, with the four points at the corners of a square: hollow "
    "squares at two opposite ones, dots at the others. Lines part the shades."
)
_HIDDEN_SEEN = (
    "The grid, bent and squeezed together, with the four points on it, hollow squares and dots. The plane "
    "has two shades, parted by a straight line"
)


def _border(net: Network) -> Array:
    """The direction across the border that is drawn in hidden space."""
    return net.W[2][0] if net.sizes[1] == 2 else np.array([1.0, 0.0])


def _draw_inputs(axes: Axes, net: Network) -> None:
    marks.regions(axes, lambda points: net.predict(points) - 0.5, (-0.6, 1.6), 56)
    ends = [line[[0, -1]] for line in _mesh()]
    axes.add_collection(LineCollection(ends, colors=MUTED, linewidths=0.5, zorder=0.5))
    title = "what the network answers" if is_narrow() else "the inputs, and what the network answers"
    marks.plane(axes, (-0.6, 1.6), [0, 1], "input x₁", "input x₂", title)


def _draw_hidden(axes: Axes, net: Network) -> None:
    n = net.sizes[1]
    w, limit, at, names = net.W[2][0], 1.15, [-1, 0, 1], ("hidden neuron a₁", "hidden neuron a₂")
    if n > 2:  # the first direction of the view is the output's weight vector
        w, limit, at = np.array([np.linalg.norm(w), 0.0]), 1.15 * n**0.5, [-2, 0, 2]
        names = (f"of {n} axes: along the output's weights", "across them")
    marks.regions(axes, lambda a: a @ w + net.b[2], (-limit, limit))
    hidden = _in_view(net, net.forward(np.concatenate(_mesh())).A[1])
    bent = np.split(hidden, len(_mesh()))
    axes.add_collection(LineCollection(bent, colors=MUTED, linewidths=0.7, zorder=0.5))
    title = "the grid after the hidden layer" if is_narrow() else "the same grid, after the hidden layer"
    marks.plane(axes, (-limit, limit), at, *names, title)


def _in_view(net: Network, hidden: Array) -> Array:
    """Points of hidden space as they are drawn: two coordinates each."""
    if hidden.shape[1] == 2:
        return hidden
    along = net.W[2][0] / np.linalg.norm(net.W[2])
    corners = net.forward(gate("XOR").X).A[1]
    rest = corners - np.outer(corners @ along, along)
    across = np.linalg.svd(rest - rest.mean(axis=0))[2][0]
    across = across * np.sign(across[np.abs(across).argmax()])  # of the two signs, always the same
    return np.column_stack([hidden @ along, hidden @ across])


def _mesh() -> list[Array]:
    """Lines of a grid over the inputs, with enough points that they can bend."""
    fixed, running = np.linspace(-0.5, 1.5, 9), np.linspace(-0.5, 1.5, 25)
    lines = [np.column_stack([np.full(25, at), running]) for at in fixed]
    return lines + [line[:, ::-1] for line in lines]


def _name_corners(axes: Axes, points: Array) -> None:
    """Write its inputs beside each corner, once for corners that lie on the same spot."""
    limits = np.array([axes.get_xlim(), axes.get_ylim()])
    middle, size = limits.mean(axis=1), float(np.ptp(limits[0]))
    spots: list[tuple[Array, list[str]]] = []
    for point, words in zip(points, ("00", "01", "10", "11"), strict=True):
        for taken, names in spots:
            if np.abs(taken - point).max() < 0.06 * size:
                names.append(words)
                break
        else:
            spots.append((point, [words]))
    for (x, y), names in spots:
        across, up = (1 if x < middle[0] else -1), (1 if y < middle[1] else -1)  # toward the middle
        close = [other[1] for other, _ in spots if 0 < np.abs(other - (x, y)).max() < 0.2 * size]
        if close:
            up = 1 if y > close[0] else -1  # away from a neighbour's words
        beside(axes, (x, y), ", ".join(names), 9 * across, 9 * up)


# Universal approximation ---------------------------------------------------------------------------------


def target_curve(x: Array) -> Array:
    """The curve that the networks below are to follow, for x from -2 to 2."""
    u = (x + 2) / 4
    return 0.5 + 0.3 * np.sin(2 * np.pi * u) + 0.15 * np.sin(6 * np.pi * u + 1)


@styled
def one_bump() -> Frame:
    """Two sigmoid neurons, one stepping up and one stepping down, make a bump."""
    net = bump_network(1, 20.0, edges=np.array([-0.5, 0.5]), heights=np.array([0.8]))
    figure, (left, right) = canvas(
        1, 2, height=3.0, left=0.1, wspace=0.65, width_ratios=[1.15, 1], narrow=_NETWORK_ABOVE
    )
    draw_network(left, list(net.W), list(net.b), names=[["x"], ["up", "down"], ["ŷ"]], write_weights=True)
    x = np.linspace(-2, 2, 161)[:, None]
    p = net.forward(x)
    right.plot(x, 0.8 * p.A[1][:, 0], color=POSITIVE, linewidth=1.3, linestyle=style.DASHED)
    right.plot(x, -0.8 * p.A[1][:, 1], color=NEGATIVE, linewidth=1.3, linestyle=style.DOTTED)
    right.plot(x, p.A[2], **SAID)
    guide(right, y=0)
    note(right, 1.3, 0.91, "step up", POSITIVE)
    note(right, -1.9, -0.65, "step down", NEGATIVE, ha="left")
    note(right, 0, 0.4, "sum", style.PREDICTION)
    right.set(xlim=(-2, 2), ylim=(-1, 1.1), xticks=[-2, -1, 0, 1, 2], xlabel="input x", title="output ŷ")
    up, down, both = (course(line) for line in right.lines[:3])
    seen(right, f"The dashed curve {up}; the dotted one {down}; their sum, solid, {both}.")
    middle = float(net.predict([[0.0]]).item())
    return figure, (
        "A bump from two sigmoid neurons: one steps up by 0.8 at x = −0.5, the other down by 0.8 at x = 0.5. "
        f"Their sum is {rounded(middle)} at x = 0 and 0 far away."
    )


@styled
def bumps(bumps: int, steepness: float) -> Frame:
    """A curve built by hand from bumps: two hidden sigmoid neurons each, no training."""
    bumps, steepness = checks.whole("bumps", bumps), checks.number("steepness", steepness, 0, ends="(]")
    net = bump_network(bumps, steepness)
    x = np.linspace(-2, 2, 2001)[:, None]
    prediction = net.predict(x)
    worst = float(np.abs(prediction - target_curve(x)).max())
    figure, axes = canvas(height=3.0)
    drawn = np.linspace(-2, 2, 401)[:, None]
    up_down = net.forward(drawn).A[1] * net.W[2][0]
    for k in range(0, 2 * bumps, 2):
        axes.plot(drawn, up_down[:, k] + up_down[:, k + 1], color=MUTED, linewidth=0.7, zorder=1)
    _beside_target(
        axes, net, "sum of the bumps", f"Along the bottom {count(bumps, 'thin hump')} side by side."
    )
    return figure, (
        f"{count(bumps, 'bump')} from {2 * bumps} sigmoid neurons with weights {short(steepness)}, set by "
        f"hand: the sum is off by {rounded(worst)} at worst."
    )


def bump_network(
    bumps: int, steepness: float, edges: Array | None = None, heights: Array | None = None
) -> Network:
    """A 1-2n-1 network whose hidden neurons make n bumps between neighbouring edges, as high as ``heights``.

    Where none are given: n equal stretches of the target curve, each bump as high as the curve in its middle.
    """
    if edges is None or heights is None:
        edges = np.linspace(-2, 2, bumps + 1)
        heights = target_curve((edges[1:] + edges[:-1]) / 2)
        edges[[0, -1]] = -4, 4  # the outer bumps reach beyond the ends
    net = Network([1, 2 * bumps, 1], hidden="sigmoid", output="linear", init="zeros")
    steps = np.column_stack([edges[:-1], edges[1:]]).ravel()  # up at the left edge, down at the right
    net.W[1], net.b[1] = np.full((2 * bumps, 1), steepness), -steepness * steps
    net.W[2] = np.column_stack([heights, -heights]).reshape(1, -1)
    return net


CURVE_EPOCHS = (0, 30, 100, 300, 1000, 3000)


@styled
def learned_curve(hidden_neurons: int, activation: str, epoch: int) -> Frame:
    """A 1-n-1 network that learns the curve from 81 points of it."""
    neurons, name = checks.whole("hidden_neurons", hidden_neurons), _known(activation)
    place = CURVE_EPOCHS.index(checks.one_of("epoch", epoch, CURVE_EPOCHS))
    net = trained_curve(neurons, name)[place]
    x = _curve_inputs()
    off = float(np.sqrt(((net.predict(x) - target_curve(x)) ** 2).mean()))
    figure, axes = canvas(height=3.0)
    _beside_target(axes, net, "the network")
    return figure, (
        f"{count(neurons, 'hidden neuron')} ({named(name)}) after {epoch:,} epochs: "
        f"the typical error is {rounded(off)}."
    )


@lru_cache(maxsize=128)
def trained_curve(hidden_neurons: int, activation: str, seed: int = 0) -> tuple[Network, ...]:
    """The network at each of ``CURVE_EPOCHS``."""
    net, x = _curve_network(hidden_neurons, activation, seed), _curve_inputs()
    how = {"batch_size": len(x), "optimizer": Adam(0.02)}
    return tuple(runs.snapshots(net, x, target_curve(x), CURVE_EPOCHS, **how).values())


def trained_curves(hidden_neurons: int, activation: str, seeds: Sequence[int]) -> Sequence[Network]:
    """The networks of several starts at the last of ``CURVE_EPOCHS``, trained at once."""
    nets, x = [_curve_network(hidden_neurons, activation, seed) for seed in seeds], _curve_inputs()
    how = Adam(0.02), [0] * len(nets), len(x)
    return runs.trained_together(nets, x, target_curve(x), CURVE_EPOCHS[-1], *how)


def _curve_network(hidden_neurons: int, activation: str, seed: int) -> Network:
    net = Network([1, hidden_neurons, 1], hidden=activation, output="linear", init="normal", rng=seed)
    rng = np.random.default_rng(seed + 1)
    net.b[1] = rng.uniform(-2, 2, hidden_neurons)  # kinks all over the interval
    net.W[2] = rng.normal(0, 0.3 / hidden_neurons**0.5, (1, hidden_neurons))
    net.b[2] = [0.5]
    return net


def _curve_inputs() -> Array:
    return np.linspace(-2, 2, 81)[:, None]


def _beside_target(axes: Axes, net: Network, words: str, more: str = "") -> None:
    """What a network says, and the curve that it should follow."""
    x = np.linspace(-2, 2, 401)[:, None]
    axes.plot(x, net.predict(x), **SAID)
    axes.plot(x, target_curve(x), **WANTED)
    axes.set(xlim=(-2, 2), ylim=(-0.25, 1.25), xticks=[-2, -1, 0, 1, 2], yticks=[0, 0.5, 1])
    axes.set(xlabel="input x", ylabel="output ŷ")
    said, wanted = (course(line) for line in axes.lines[-2:])
    seen(axes, f"The solid line {said}; the dashed one {wanted}.", more)
    marks.legend(axes, {words: SAID, "the curve": WANTED}, (1, 1.12), loc="upper right")


# Several classes -----------------------------------------------------------------------------------------


@styled
def softmax_or_sigmoids(logit: float, temperature: float) -> Frame:
    r"""Three weighted inputs (z₁, 1, −1) through softmax and through three sigmoids."""
    z = np.array([checks.number("logit", logit), 1.0, -1.0])
    warm = z / checks.number("temperature", temperature, 0, ends="(]")
    exclusive, independent = ACTIVATIONS["softmax"](warm), ACTIVATIONS["sigmoid"](warm)
    below = {"rows": 2, "cols": 1, "height": 4.6}
    figure, (left, right) = canvas(
        1, 2, height=2.9, bottom=0.32, top=0.4, wspace=0.35, sharey=True, narrow=below
    )
    for axes, a, title in ((left, exclusive, "softmax"), (right, independent, "three sigmoids")):
        colors = [POSITIVE_AREA, style.PAGE, style.PAGE]
        axes.bar(range(3), a, width=0.62, color=colors, edgecolor=POSITIVE, hatch=["", "///", "..."])
        for at, value in enumerate(a):
            note(axes, at, value + 0.02, f"{value:.2f}", va="bottom")
        axes.set(ylim=(0, 1.12), yticks=[0, 0.5, 1], title=f"{title}: sum {a.sum():.2f}")
        axes.set_xticks([0, 1, 2], [f"z = {short(value)}" for value in z], fontsize=10)
        axes.tick_params(axis="x", length=0)
        order = joined([("first", "second", "third")[at] for at in a.argsort()[::-1]])
        seen(axes, f"Three bars, plain, striped and dotted; from the highest to the lowest: {order}.")
    for axes in (left, right)[: 1 + is_narrow()]:
        axes.set_ylabel("output a")
    return figure, (
        f"z = ({short(z[0])}, 1, −1) at temperature {short(temperature)}. Softmax gives "
        f"{listed(exclusive)}: their sum is 1. Three sigmoids give {listed(independent)}: "
        f"their sum is {independent.sum():.2f}."
    )


@styled
def one_output_per_class() -> Frame:
    """An output layer with a neuron for each class, and what a softmax layer might answer (W1)."""
    rng = np.random.default_rng(3)
    W = [rng.normal(size=(4, 3)), rng.normal(size=(3, 4))]
    figure, axes = canvas(height=3.3, left=0.1, right=0.1, bottom=0.05, top=0.1)
    names = [["x₁", "x₂", "x₃"], [""] * 4, None]
    values, above = [None, None, np.array([0.1, 0.6, 0.3])], ["input", "hidden", "output"]
    away = 0.3 if is_narrow() else 0.2
    places = draw_network(axes, W, values=values, names=names, layer_names=above)
    for neuron, words in zip(places[-1], ("red", "green", "blue"), strict=True):
        note(axes, neuron.x + away, neuron.y, words, ha="left", fontsize=11)
    axes.set_xlim(-0.35, 2.5 + away)
    return figure, (
        "A 3-4-3 network with one output neuron for each class. Here it answers red 0.1, green 0.6, blue "
        "0.3: they sum to 1, and the largest, green, is its choice."
    )


# PReLU learns its slope ----------------------------------------------------------------------------------

PRELU_EPOCHS = (0, 20, 50, 100, 200, 500)
PRELU_TARGETS = {
    "absolute value": (lambda x: np.abs(x), -1.0),
    "ReLU": (lambda x: np.maximum(x, 0), 0.0),
    "bent line": (lambda x: np.where(x > 0, x, 0.5 * x), 0.5),
    "straight line": (lambda x: x, 1.0),
}


@styled
def prelu_learns(function: str, epoch: int) -> Frame:
    """One PReLU neuron and a linear output learn a bent line: the leak α moves to what the data need."""
    nets, leaks = trained_prelu(checks.one_of("function", function, PRELU_TARGETS))
    net = nets[PRELU_EPOCHS.index(checks.one_of("epoch", epoch, PRELU_EPOCHS))]
    below = {"rows": 2, "cols": 1, "height": 4.8, "hspace": 0.8}
    figure, (left, right) = canvas(1, 2, height=3.0, left=0.55, right=0.28, wspace=0.8, narrow=below)
    x = np.linspace(-2, 2, 41)[:, None]
    left.plot(x, net.predict(x), **SAID)
    left.plot(x, PRELU_TARGETS[function][0](x), **WANTED)
    left.set(xlim=(-2, 2), ylim=(-2.3, 2.3), xticks=[-2, 0, 2], yticks=[-2, 0, 2], xlabel="input x")
    left.set_title("output ŷ, target dashed")
    epochs = np.arange(len(leaks))
    right.plot(epochs[: epoch + 1], leaks[: epoch + 1], color=GRADIENT)
    spot(right, epoch, leaks[epoch], GRADIENT, clip_on=False)
    marks.handle(right, epoch, leaks[epoch], "epoch")
    right.set(xlim=(0, 500), ylim=(-1.3, 1.3), xticks=[0, 250, 500], yticks=[-1, 0, 1], xlabel="epoch")
    right.set_title("leak α")
    said, wanted = (course(line) for line in left.lines[:2])
    seen(left, f"The solid line {said}; the dashed one {wanted}.")
    seen(right, f"A line up to this epoch that {course(right.lines[0])}, with a dot at its end.")
    return figure, (f"Target {function}: after {epoch} epochs the leak α is {fixed(leaks[epoch])}.")


@lru_cache
def trained_prelu(function: str) -> tuple[tuple[Network, ...], tuple[float, ...]]:
    """The 1-1-1 network at each of ``PRELU_EPOCHS``, and its leak before the first epoch and after each."""
    x = np.linspace(-2, 2, 41)[:, None]
    net = Network([1, 1, 1], hidden="prelu", output="linear", init=initializers.constant(0.8))
    how = {"batch_size": len(x), "optimizer": Adam(0.02)}
    nets = runs.watched(net, x, PRELU_TARGETS[function][0](x), Network.copy, PRELU_EPOCHS[-1], **how)
    return tuple(nets[epoch] for epoch in PRELU_EPOCHS), tuple(leak_of(each) for each in nets)


def leak_of(net: Network) -> float:
    """The leak α of a network's first layer, which must be a PReLU layer."""
    unit = net.f[1]
    if not isinstance(unit, PReLU):
        raise ValueError(f"the first layer's activation is {unit.name}; prelu is expected")
    return float(unit.alpha.item())


# Words and numbers ---------------------------------------------------------------------------------------


def _known(activation: str) -> str:
    """An activation with a slope."""
    return checks.one_of("activation", activation, NAMES)


def _not_zero(name: str, value: float) -> float:
    if checks.number(name, value, -4, 4) == 0:
        raise ValueError(f"{name} is 0; with it every input would land on the same z")
    return float(value)
