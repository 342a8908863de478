"""Drawing a network from its matrices: the same picture in every chapter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from nnlib.checks import Array
from nnlib.figures.marks import note, spot
from nnlib.figures.seen import seen
from nnlib.figures.style import (
    DASHED,
    FAINT,
    GRADIENT,
    MUTED,
    NEGATIVE,
    POSITIVE,
    Frame,
    canvas,
    is_narrow,
    styled,
)
from nnlib.figures.words import joined, short


class Neuron(NamedTuple):
    """Where a neuron is drawn, and which of its layer's it is (0 for the first)."""

    x: float
    y: float
    index: int  # type: ignore[assignment]  # hides a tuple's index(), which nobody needs here


def layout(sizes: Sequence[int], most: int = 6) -> list[list[Neuron]]:
    """The neurons to draw, layer by layer: layers 1 apart in x, neurons 1 apart in y, centred on 0.

    Of a layer with more than ``most`` neurons the first and last few are drawn, with a gap for dots between.
    """
    layers = []
    for x, size in enumerate(sizes):
        shown = list(range(size))
        if size > most:
            shown = [*range((most + 1) // 2), *range(size - most // 2, size)]
        slots = len(shown) + (size > most)
        ys = [
            (slots - 1) / 2 - slot - (size > most and slot >= (most + 1) // 2) for slot in range(len(shown))
        ]
        layers.append([Neuron(float(x), y, index) for y, index in zip(ys, shown, strict=True)])
    return layers


def draw_network(
    axes: Axes,
    W: Sequence[Array],
    b: Sequence[Array] | None = None,
    *,
    values: Sequence[Array | None] | None = None,
    names: Sequence[Sequence[str] | None] | None = None,
    layer_names: Sequence[str] | None = None,
    write_weights: bool = False,
    gradients: Sequence[Array | None] | None = None,
    notes: Sequence[Sequence[str] | None] | None = None,
    decimals: int = 2,
    most: int = 6,
) -> list[list[Neuron]]:
    r"""Draw the network with weight matrices ``W``, shapes $(n_l, n_{l-1})$; returns where its neurons are.

    A line from neuron i to neuron j stands for $w_{ji}$: blue and solid above zero, vermilion and dashed
    below, wider where it is larger, a faint hairline at zero.

    b : bias vectors, written under the neurons they belong to
    values : a vector a layer (or None), the input layer first, written in the neurons
    names : like ``values``, with what to write in place of numbers
    layer_names : written above the layers
    write_weights : write each weight on its line
    gradients : shaped like ``W`` (or None for a layer), written beside the weights, which must be written
    notes : a text for each neuron of a layer (or None), written above it in the colour of gradients
    """
    W = [np.asarray(w, dtype=float) for w in W]
    _check(W)
    layers = layout([W[0].shape[1], *(len(w) for w in W)], most)
    largest = max(float(np.abs(w).max()) for w in W) or 1.0
    aspect = max(len(layer) for layer in layers)
    radius = 0.34 if aspect <= 4 else 0.36
    labels = [
        [_label(l, neuron.index, values, names, decimals) for neuron in layer]
        for l, layer in enumerate(layers)
    ]
    diameter = 34 if any(len(label) > 3 for layer in labels for label in layer) else 29  # points; −0.76 fits

    wide = gradients is not None or decimals > 2
    for l, w in enumerate(W, 1):
        for target in layers[l]:
            for place, source in enumerate(layers[l - 1]):
                _edge(axes, source, target, float(w[target.index, source.index]), largest)
                slopes = gradients[l - 1] if gradients is not None else None
                at = _on_line(source, target, place, wide=wide, crossed=min(w.shape) > 1)
                if write_weights:
                    _weight(axes, *at, float(w[target.index, source.index]), decimals)
                if slopes is not None:
                    _gradient(axes, source, target, *at, float(slopes[target.index, source.index]))
    sizes = [W[0].shape[1], *(len(w) for w in W)]
    for l, layer in enumerate(layers):
        if len(layer) < sizes[l]:
            gap = (layer[(most + 1) // 2 - 1].y + layer[(most + 1) // 2].y) / 2
            note(axes, l, gap, "⋮", MUTED, fontsize=15)
        for neuron, label in zip(layer, labels[l], strict=True):
            x, y, index = neuron
            spot(axes, x, y, size=diameter, hollow=True, zorder=3)
            note(axes, x, y, label, zorder=4)
            said = notes[l] if notes is not None else None
            if said is not None:
                note(axes, x, y + radius, said[index], GRADIENT, halo=True, zorder=4)
            if b is not None and l > 0:
                bias = f"b = {_number(b[l - 1][index], decimals)}"
                note(axes, x, y - radius, bias, MUTED, halo=True, va="top", zorder=4)
    top = max(layer[0].y for layer in layers)
    for l, name in enumerate(layer_names or []):
        note(axes, l, top + 0.62, name, MUTED, va="bottom")
    axes.set(
        xlim=(-0.35, len(W) + 0.35),
        ylim=(-top - (0.75 if b is not None else 0.55), top + (1.0 if layer_names else 0.55)),
    )
    axes.axis("off")
    seen(axes, _seen(layers, W))
    return layers


@styled
def network(
    W: Sequence[npt.ArrayLike],
    b: Sequence[npt.ArrayLike] | None = None,
    *,
    values: Sequence[npt.ArrayLike | None] | None = None,
    names: Sequence[Sequence[str] | None] | None = None,
    layer_names: Sequence[str] | None = None,
    write_weights: bool = True,
    decimals: int = 2,
    caption: str | None = None,
) -> Frame:
    """A figure of its own with the network of :func:`draw_network`, whose parameters it takes.

    Without a ``caption`` it is the layers' sizes and the count of weights and biases.
    """
    weights = [np.asarray(w, dtype=float) for w in W]
    _check(weights)
    biases = None if b is None else [np.asarray(each, dtype=float) for each in b]
    shown = None if values is None else [None if v is None else np.asarray(v, dtype=float) for v in values]
    sizes = [weights[0].shape[1], *(len(w) for w in weights)]
    height = 0.62 * min(max(sizes), 7) + (0.5 if layer_names else 0.1) + (0.25 if b is not None else 0.1)
    figure, axes = canvas(height=max(height, 1.6), left=0.05, right=0.05, bottom=0.05, top=0.05)
    draw_network(
        axes,
        weights,
        biases,
        values=shown,
        names=names,
        layer_names=layer_names,
        write_weights=write_weights,
        decimals=decimals,
    )
    count = f"{sum(w.size for w in weights):,} weights"
    if biases is not None:
        count += f" and {sum(each.size for each in biases):,} biases"
    return figure, caption or f"A {'-'.join(map(str, sizes))} network with {count}."


def _check(W: Sequence[Array]) -> None:
    for l, w in enumerate(W, 1):
        if w.ndim != 2 or (l > 1 and w.shape[1] != len(W[l - 2])):
            fits = f"(neurons, {len(W[l - 2])})" if l > 1 else "(neurons, inputs)"
            raise ValueError(f"W[{l}] has shape {w.shape}; {fits} is expected")
    if not W:
        raise ValueError("W is empty; at least one weight matrix is expected")


def _seen(layers: Sequence[Sequence[Neuron]], W: Sequence[Array]) -> str:
    """The circles and the lines that are drawn, in words."""
    drawn = [
        float(w[target.index, source.index])
        for w, sources, targets in zip(W, layers, layers[1:], strict=False)
        for target in targets
        for source in sources
    ]
    kinds = {
        "solid (a positive weight)": sum(w > 0 for w in drawn),
        "dashed (a negative one)": sum(w < 0 for w in drawn),
        "faint (0)": sum(w == 0 for w in drawn),
    }
    lines = joined([f"{n} {kind}" for kind, n in kinds.items() if n])
    columns = joined([str(len(layer)) for layer in layers])
    drawn_all = len(drawn) == sum(w.size for w in W)
    same = "" if len(set(map(abs, drawn))) == 1 else "; the larger, the thicker"
    rest = "" if drawn_all else " Dots in a column stand for the circles that are left out."
    return f"Columns of {columns} circles, joined by lines: {lines}{same}.{rest}"


def _edge(axes: Axes, source: Neuron, target: Neuron, w: float, largest: float) -> None:
    color, dash = (POSITIVE, "-") if w > 0 else (NEGATIVE, DASHED)
    width = 0.5 + 2.6 * abs(w) / largest
    if w == 0:
        color, dash, width = FAINT, "-", 0.8
    look = {"color": color, "linestyle": dash, "linewidth": width, "solid_capstyle": "butt"}
    axes.plot([source.x, target.x], [source.y, target.y], zorder=1, **look)


def _weight(axes: Axes, x: float, y: float, w: float, decimals: int) -> None:
    color = POSITIVE if w > 0 else NEGATIVE if w < 0 else MUTED
    note(axes, x, y, _number(w, decimals), color, paper=True, zorder=2)


def _gradient(axes: Axes, source: Neuron, target: Neuron, x: float, y: float, slope: float) -> None:
    rise = target.y - source.y or source.y  # above a line that rises, below one that falls: lines meet less
    up, va = (0.09, "bottom") if rise > 0 else (-0.09, "top")
    gap = "" if is_narrow() else " "
    note(axes, x, y + up, f"∂{gap}{_number(slope, 4)}", GRADIENT, paper=True, va=va, zorder=2)


def _on_line(source: Neuron, target: Neuron, place: int, *, wide: bool, crossed: bool) -> tuple[float, float]:
    near, far = (0.27, 0.67) if wide else (0.36, 0.62)
    if wide and is_narrow():
        far = near  # beside the targets there is only room for their biases
    at = near if place % 2 == 0 else far  # neighbours' numbers stand apart where lines cross
    if not crossed or (wide and source.y == target.y):
        at = 0.52 if wide and is_narrow() else 0.5
    return source.x + at * (target.x - source.x), source.y + at * (target.y - source.y)


def _label(
    l: int,
    index: int,
    values: Sequence[Array | None] | None,
    names: Sequence[Sequence[str] | None] | None,
    decimals: int,
) -> str:
    if names is not None and names[l] is not None:
        return names[l][index]  # type: ignore[index]
    if values is not None and values[l] is not None:
        return _number(float(values[l][index]), decimals)  # type: ignore[index]
    return ""


def _number(value: float, decimals: int) -> str:
    return short(round(float(value), decimals))
