"""The first picture of a figure of ``play``: a network, what each of its neurons sees, and what it says."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import LinearSegmentedColormap, ListedColormap
from matplotlib.image import AxesImage
from matplotlib.path import Path

from nnlib.checks import Array
from nnlib.figures.seen import seen
from nnlib.figures.style import (
    GRADIENT,
    INK,
    MUTED,
    NEGATIVE,
    PAGE,
    POSITIVE,
    PREDICTION,
    WIDTH,
    Frame,
    canvas,
    styled,
)
from nnlib.figures.words import joined, lowered, named
from nnlib.play.runs import Run

# Lengths in inches: the neurons' pictures and the map stand on one stage.
NEURON, PITCH, MAP, STAGE = 0.25, 0.31, 2.36, 2.86
MAP_LEFT, MIDDLE = WIDTH - MAP - 0.06, 0.1 + MAP / 2
PIXELS = 6  # a neuron's picture, across

#: What a neuron says: vermilion below zero, white at zero, blue above; the map likewise around one half.
FIELD = LinearSegmentedColormap.from_list("field", ["#f0ac80", "#f9dcc8", "#ffffff", "#c6e0f2", "#85bfe4"])
AREAS = ("#f5c6a6", "#b5d8ee", "#b3dccf", "#dfbcd2")  # where the largest output is a class's
CLASSES = ((NEGATIVE, "s"), (POSITIVE, "o"), (PREDICTION, "^"), (GRADIENT, "D"))

#: The middle of each map, and how far it reaches from there; as in static/data.js.
VIEWS = {"moons": (0.5, 0.25, 1.9), "blobs": (0.0, 0.0, 2.0), "gate": (0.5, 0.5, 1.1)}

Column = list[tuple[float, float]]  # where the neurons of a layer stand


@styled
def picture(run: Run) -> Frame:
    """The network as it is: its neurons' pictures, its weights, its map of the plane."""
    figure, stage = canvas(height=STAGE, left=0, right=0, bottom=0, top=0)
    stage.set(xlim=(0, WIDTH), ylim=(0, STAGE))
    stage.axis("off")
    sizes, L = run.net.sizes, run.net.L
    columns = [
        [(0.4 + (MAP_LEFT - 0.7) * l / L, MIDDLE + PITCH * ((size - 1) / 2 - place)) for place in range(size)]
        for l, size in enumerate(sizes)
    ]
    _weights(stage, columns, run)
    for column, values in zip(columns, run.net.forward(_plane(run, 3 * PIXELS)).A, strict=True):
        _neurons(stage, column, 2 * values - 1 if column is columns[-1] else values)
    _titles(stage, columns, run)
    _map(stage, run)
    columns_of = joined([str(size) for size in sizes])
    seen(
        stage,
        f"From left to right, columns of {columns_of} small squares, joined by lines, in each square the "
        "shades of what it says of the plane. Then a large square in the same shades, with the points of "
        "the data in it.",
    )
    return figure, run.caption


def _plane(run: Run, across: int) -> Array:
    """The middles of the pixels of a picture of the plane, row by row from the top, shape (across², 2)."""
    x, y, reach = VIEWS.get(run.preset["data"], (0.0, 0.0, 3.3))
    side = reach * np.linspace(-1, 1, across) * (1 - 1 / across)
    x1, x2 = np.meshgrid(x + side, y + side[::-1])
    return np.column_stack([x1.ravel(), x2.ravel()])


def _weights(axes: Axes, columns: list[Column], run: Run) -> None:
    """A line a weight: blue and solid above zero, vermilion and dashed below, in six widths."""
    lines, widths, colors, dashes = [], [], [], []
    for W, sources, targets in zip(run.net.W, columns, columns[1:], strict=False):
        steps = np.ceil(6 * np.abs(W) / max(np.abs(W).max(), 1e-12)).clip(1, 6)
        for j, i in sorted(np.ndindex(W.shape), key=lambda at: (W[at] <= 0, steps[at])):
            (x, y), (end, height) = sources[i], targets[j]
            lines.append([(x + NEURON / 2, y), (end - NEURON / 2, height)])
            widths.append(0.15 + 0.3 * steps[j, i])
            colors.append(POSITIVE if W[j, i] > 0 else NEGATIVE)
            dashes.append("-" if W[j, i] > 0 else (0, (3, 1.2)))
    look: dict[str, Any] = {"linewidths": widths, "colors": colors, "linestyles": dashes}
    axes.add_collection(LineCollection(lines, zorder=1, **look), autolim=False)


def _neurons(axes: Axes, column: Column, values: Array) -> None:
    """Each neuron's activation over the plane, the largest in full colour."""
    values = values / np.maximum(np.abs(values).max(axis=0), 1e-12)
    pictures = values.T.reshape(-1, PIXELS, 3, PIXELS, 3).mean(axis=(2, 4))  # 3 × 3 points a pixel
    tile = np.pad(pictures, ((0, 0), (1, 1), (1, 1)), mode="edge").reshape(-1, PIXELS + 2)
    (x, top), (_, bottom) = column[0], column[-1]
    extent = (x - PITCH / 2, x + PITCH / 2, bottom - PITCH / 2, top + PITCH / 2)
    image = Field(axes, tile, extent, FIELD.resampled(18))
    boxes = [_box(x - NEURON / 2, y - NEURON / 2, NEURON) for x, y in column]
    image.set_clip_path(Path.make_compound_path(*boxes), axes.transData)
    image.set_zorder(2)
    borders = PathCollection(boxes, facecolors="none", edgecolors=INK, linewidths=0.8, zorder=3)
    axes.add_collection(borders, autolim=False)


def _box(x: float, y: float, side: float) -> Path:
    return Path([(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)], closed=True)


def _titles(axes: Axes, columns: list[Column], run: Run) -> None:
    top, look = MIDDLE + MAP / 2 + 0.1, dict(ha="center", va="bottom", fontsize=10, color=MUTED)
    between = (columns[1][0][0] + columns[-2][0][0]) / 2
    axes.text(columns[0][0][0], top, "inputs", **look)
    if run.net.L > 1:
        axes.text(between, top, f"{named(run.preset['activation'])} neurons", **look)
    axes.text(MAP_LEFT + MAP / 2, top, "what the network says", **look)
    for i, (x, y) in enumerate(columns[0], 1):
        axes.text(x - NEURON / 2 - 0.05, y, f"x{lowered(i)}", ha="right", va="center", fontsize=10)


def _map(axes: Axes, run: Run) -> None:
    """What the network says everywhere, the line where it is undecided, and the points it learns from."""
    left, bottom, pixels, fine = MAP_LEFT, MIDDLE - MAP / 2, 32, 60
    extent = (left, left + MAP, bottom, bottom + MAP)
    says, finely = (run.net.predict(_plane(run, n)).reshape(n, n, -1) for n in (pixels, fine))
    x, y = (start + MAP * (np.arange(fine) + 0.5) / fine for start in (left, bottom))
    look = {"colors": INK, "linewidths": 1.1, "zorder": 4}
    if run.outputs == 1:
        Field(axes, 2 * says[:, :, 0] - 1, extent, FIELD.resampled(18))
        if finely.min() < 0.5 < finely.max():
            axes.contour(x, y[::-1], finely[:, :, 0], [0.5], **look)
    else:
        areas = ListedColormap(AREAS[: run.outputs])
        Field(axes, 2 * says.argmax(axis=2) / (run.outputs - 1) - 1, extent, areas)
    axes.plot(*_box(left, bottom, MAP).vertices.T, color=INK, linewidth=0.8, zorder=6)
    middle = VIEWS.get(run.preset["data"], (0.0, 0.0, 3.3))
    places = ((run.learned.X - middle[:2]) / middle[2] + 1) * MAP / 2 + (left, bottom)
    for label, (color, marker) in enumerate(CLASSES):
        chosen = places[run.learned.labels == label]
        look = dict(mfc=color, mec=PAGE, mew=0.6) if label else dict(mfc=PAGE, mec=color, mew=1.3)
        axes.plot(*chosen.T, marker, markersize=4.2, zorder=5, **look)


class Field(AxesImage):  # type: ignore[misc]  # matplotlib's images have no types
    """An image of few pixels, left to the reader's browser to smooth."""

    def __init__(
        self,
        axes: Axes,
        values: Array,
        extent: tuple[float, ...],
        colors: Any,
        interpolation: str = "bilinear",
    ) -> None:
        super().__init__(axes, cmap=colors, extent=extent, interpolation=interpolation)
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
