"""Figure of the landing page: a network, what each of its neurons sees, and where it draws the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.image import AxesImage
from matplotlib.path import Path

import nnlib
from nnlib.checks import Array
from nnlib.costs import COSTS
from nnlib.data import Examples
from nnlib.figures import marks, runs, style
from nnlib.figures.marks import HELD_BACK, LEARNED, note, spot
from nnlib.figures.style import FIELD, INK, MUTED, NEGATIVE, POSITIVE, WIDTH, Frame, canvas, inset, styled
from nnlib.figures.words import named, percent, sentence, short

EPOCHS = (0, 5, 10, 20, 40, 80, 160, 320)
HIDDEN_LAYERS: Mapping[str, tuple[int, ...]] = {"none": (), "4 neurons": (4,), "8 + 8 neurons": (8, 8)}
POINTS, NEW_POINTS = 160, 400  # learned from, and held back
REACH = 3.3  # the plane is drawn from -REACH to REACH

# Lengths in inches: the neurons' pictures and the map stand on one stage.
NEURON, PITCH, MAP, STAGE = 0.25, 0.31, 2.36, 2.78
MAP_LEFT, MIDDLE = WIDTH - MAP - 0.06, 0.06 + MAP / 2
COLUMNS = {0: (1.0,), 1: (0.4, 1.65), 2: (0.4, 1.28, 2.2)}  # the inputs' and the hidden layers'
PIXELS = 6  # a neuron's picture, across

LEVELS = 18  # of colour; few, so that the frames pack small


def _xor(rng: np.random.Generator, n: int) -> Examples:
    labels = np.arange(n) % 2
    X = rng.uniform(0.25, 2.9, (n, 2)) * rng.choice([-1, 1], (n, 2))
    X[:, 0] *= np.where((X[:, 0] * X[:, 1] > 0) == (labels == 0), 1, -1)
    return Examples(X, labels)


def _circles(rng: np.random.Generator, n: int) -> Examples:
    labels, angle = np.arange(n) % 2, rng.uniform(0, 2 * np.pi, n)
    radius = np.where(labels == 1, rng.uniform(0, 1.3, n), rng.uniform(1.9, 3, n))
    return Examples(radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), labels)


def _spiral(rng: np.random.Generator, n: int) -> Examples:
    X, labels = nnlib.spirals(n, noise=0.02, turns=1.25, rng=rng)
    return Examples(3 * X, labels)


DATA: Mapping[str, Callable[[np.random.Generator, int], Examples]] = {
    "xor": _xor,
    "circles": _circles,
    "spiral": _spiral,
}


Column = list[tuple[float, float]]  # where the neurons of a layer stand


class Run(NamedTuple):
    """One training run: the network after each of ``EPOCHS``, its costs and accuracy after every epoch."""

    networks: Mapping[int, nnlib.Network]
    cost: Array
    new_cost: Array
    new_accuracy: Array


@lru_cache
def examples(data: str, n: int, rng: int) -> Examples:
    """Points of the plane and their classes; do not change them."""
    return DATA[data](np.random.default_rng(rng), n)


@lru_cache(maxsize=64)
def run(data: str, hidden_layers: str, activation: str, learning_rate: float, seed: int = 1) -> Run:
    """Train on ``POINTS`` points by Adam, in batches of 20; done once for all epochs of the slider."""
    hidden = HIDDEN_LAYERS[hidden_layers]
    activation = activation if hidden else "tanh"  # the same network then, whatever is chosen
    how: dict[str, Any] = {"output": "sigmoid", "cost": "binary_cross_entropy", "rng": seed}
    net = nnlib.Network([2, *hidden, 1], activation, init=runs.fitting(activation), **how)
    X, labels = examples(data, POINTS, 0)
    new_X, new_labels = examples(data, NEW_POINTS, 1)
    both, Y = np.vstack([X, new_X]), np.r_[labels, new_labels][:, None].astype(float)
    how = {"batch_size": 20, "optimizer": nnlib.Adam(learning_rate=learning_rate)}
    seen = runs.watched(net, X, Y[:POINTS], nnlib.Network.copy, EPOCHS[-1], **how)
    A = np.array([each.predict(both) for each in seen])
    costs = COSTS["binary_cross_entropy"](A.reshape(-1, 1), np.tile(Y, (len(A), 1))).reshape(len(A), -1)
    right = (A >= 0.5)[:, POINTS:, 0] == new_labels
    networks = {epoch: seen[epoch] for epoch in EPOCHS}
    return Run(networks, costs[:, :POINTS].mean(axis=1), costs[:, POINTS:].mean(axis=1), right.mean(axis=1))


class _Field(AxesImage):  # type: ignore[misc]  # matplotlib's images have no types
    """An image of few pixels, left to the reader's browser to smooth."""

    def __init__(self, axes: Axes, values: Array, extent: tuple[float, ...]) -> None:
        super().__init__(axes, cmap=FIELD.resampled(LEVELS), extent=extent, interpolation="bilinear")
        self.set_data(values)
        self.set_clim(-1, 1)
        axes.add_image(self)

    def draw(self, renderer: Any) -> None:
        svg = getattr(renderer, "_renderer", renderer)  # matplotlib wraps it
        if not hasattr(svg, "image_dpi"):  # pixels are drawn: smoothed here
            return super().draw(renderer)
        left, right, bottom, top = self.get_extent()
        (x, y), (end, _) = self.axes.transData.transform([(left, bottom), (right, top)])
        pixels = self.to_rgba(self.get_array()[::-1], bytes=True)[:, :, :3]
        graphics = renderer.new_gc()
        self._set_gc_clip(graphics)
        before, svg.image_dpi = svg.image_dpi, 72 * pixels.shape[1] / (end - x)
        svg.draw_image(graphics, x, y, pixels)
        svg.image_dpi = before
        graphics.restore()


@styled
def playground(data: str, hidden_layers: str, activation: str, learning_rate: float, epoch: int) -> Frame:
    """The network after some epochs: its neurons' pictures, its weights, its map of the plane, its cost."""
    history = run(data, hidden_layers, activation, learning_rate)
    net, sizes = history.networks[epoch], (2, *HIDDEN_LAYERS[hidden_layers])
    figure, below = canvas(height=STAGE + 1.45, left=0.5, right=0.1, bottom=0.46, top=STAGE + 0.13)
    stage = inset(figure, 0, 1.45, WIDTH, STAGE)
    stage.set(xlim=(0, WIDTH), ylim=(0, STAGE))
    stage.axis("off")

    columns = [
        [(x, MIDDLE + PITCH * ((size - 1) / 2 - place)) for place in range(size)]
        for x, size in zip(COLUMNS[len(sizes) - 1], sizes, strict=True)
    ]
    _weights(stage, [*columns, [(MAP_LEFT + NEURON / 2, MIDDLE)]], net)
    seen = net.forward(_pixels(3 * PIXELS)).A
    for column, values in zip(columns, seen[:-1], strict=True):
        _neurons(stage, column, values)
    _titles(stage, columns, activation)
    _map(stage, net, examples(data, POINTS, 0))
    _costs(below, history, epoch)
    return figure, _caption(data, hidden_layers, activation, learning_rate, epoch, history)


def _plane(points: int, reach: float = REACH) -> Array:
    """A grid over the plane, row by row from the top, shape (points², 2)."""
    side = np.linspace(-reach, reach, points)
    x1, x2 = np.meshgrid(side, side[::-1])
    return np.column_stack([x1.ravel(), x2.ravel()])


def _pixels(across: int) -> Array:
    """The middles of the pixels of a picture of the plane."""
    return _plane(across, REACH * (1 - 1 / across))


def _weights(axes: Axes, columns: list[Column], net: nnlib.Network) -> None:
    """A line a weight: blue and solid above zero, vermilion and dashed below, in six widths."""
    lines, widths, colors, dashes = [], [], [], []
    for W, sources, targets in zip(net.W, columns, columns[1:], strict=False):
        steps = np.ceil(6 * np.abs(W) / np.abs(W).max()).clip(1, 6)  # rounding may make the widest a 7
        for j, i in sorted(np.ndindex(W.shape), key=lambda at: (W[at] <= 0, steps[at])):
            (x, y), (end, height) = sources[i], targets[j]
            lines.append([(x + NEURON / 2, y), (end - NEURON / 2, height)])
            widths.append(0.15 + 0.3 * steps[j, i])
            colors.append(POSITIVE if W[j, i] > 0 else NEGATIVE)
            dashes.append("-" if W[j, i] > 0 else style.DASHED)
    look: dict[str, Any] = {"linewidths": widths, "colors": colors, "linestyles": dashes}
    axes.add_collection(LineCollection(lines, zorder=1, **look), autolim=False)


def _neurons(axes: Axes, column: Column, values: Array) -> None:
    """Each neuron's activation over the plane, the largest in full colour."""
    values = values / np.maximum(np.abs(values).max(axis=0), 1e-12)
    pictures = values.T.reshape(-1, PIXELS, 3, PIXELS, 3).mean(axis=(2, 4))  # 3 × 3 points a pixel
    tile = np.pad(pictures, ((0, 0), (1, 1), (1, 1)), mode="edge").reshape(-1, PIXELS + 2)
    (x, top), (_, bottom) = column[0], column[-1]
    extent = (x - PITCH / 2, x + PITCH / 2, bottom - PITCH / 2, top + PITCH / 2)
    image = _Field(axes, tile, extent)
    boxes = [_box(x - NEURON / 2, y - NEURON / 2, NEURON) for x, y in column]
    image.set_clip_path(Path.make_compound_path(*boxes), axes.transData)
    image.set_zorder(2)
    borders = PathCollection(boxes, facecolors="none", edgecolors=INK, linewidths=0.8, zorder=3)
    axes.add_collection(borders, autolim=False)


def _box(x: float, y: float, side: float) -> Path:
    return Path([(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)], closed=True)


def _titles(axes: Axes, columns: list[Column], activation: str) -> None:
    top = MIDDLE + MAP / 2 + 0.1
    words = ["inputs", *[f"{len(column)} × {named(activation)}" for column in columns[1:]]]
    for column, word in zip(columns, words, strict=True):
        note(axes, column[0][0], top, word, MUTED, va="bottom")
    for (x, y), name in zip(columns[0], ("x₁", "x₂"), strict=True):
        note(axes, x - NEURON / 2 - 0.05, y, name, ha="right")
    note(axes, MAP_LEFT + MAP / 2, top, "what the network says", MUTED, va="bottom")


def _map(axes: Axes, net: nnlib.Network, points: Examples) -> None:
    """What the network says everywhere, the line where it is undecided, and the points it learns from."""
    left, bottom, pixels, fine = MAP_LEFT, MIDDLE - MAP / 2, 32, 60
    says = net.predict(_pixels(pixels)).reshape(pixels, pixels)
    _Field(axes, 2 * says - 1, (left, left + MAP, bottom, bottom + MAP))
    says = net.predict(_plane(fine)).reshape(fine, fine)
    at = np.linspace(0, MAP, fine)
    marks.border(axes, left + at, bottom + at[::-1], says - 0.5, linewidths=1.1, zorder=4)
    axes.plot(*_box(left, bottom, MAP).vertices.T, color=INK, linewidth=0.8, zorder=6)
    places = (points.X / REACH + 1) * MAP / 2 + (left, bottom)
    marks.classes(axes, places, points.labels, 4, zorder=5)


def _costs(axes: Axes, history: Run, epoch: int) -> None:
    """Cost after every epoch; the axis gives the first epochs room."""
    epochs = np.arange(len(history.cost))
    kept = np.unique(np.round(np.geomspace(1, len(epochs), 60)).astype(int)) - 1
    place = np.log1p(epochs / 3)
    looks = {"points learned from": LEARNED, "new points": HELD_BACK}
    for costs, look, marker in zip((history.cost, history.new_cost), looks.values(), "os", strict=True):
        axes.plot(place[kept], costs[kept], linewidth=1.6, **look)
        spot(axes, place[epoch], costs[epoch], look["color"], 6, marker=marker, clip_on=False)
    marks.guide(axes, x=place[epoch], ymax=0.68)
    axes.set(xlim=(-0.08, place[-1] + 0.08), xlabel="epoch")
    axes.set(ylim=(0, 1.25), yticks=(0, 0.5, 1), ylabel="cost")
    marks.ticks(axes.xaxis, place[list(EPOCHS)], [str(each) for each in EPOCHS])
    marks.legend(axes, looks, (1, 1), loc="upper right", borderaxespad=0.1)


def _caption(
    data: str, hidden_layers: str, activation: str, learning_rate: float, epoch: int, history: Run
) -> str:
    hidden = "no hidden layer" if hidden_layers == "none" else f"{hidden_layers} ({named(activation)})"
    when = "before training" if epoch == 0 else f"after {epoch} epochs"
    return (
        f"{sentence(named(data))}, {hidden}, learning rate {short(learning_rate)}: {when} the cost is "
        f"{history.cost[epoch]:.2f}; of {NEW_POINTS} new points, "
        f"{percent(history.new_accuracy[epoch])} are on the right side of the line."
    )
