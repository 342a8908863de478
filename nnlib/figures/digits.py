"""The figures of the digits chapter: real images, what a network makes of them, and how far to believe it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import Colormap, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import nnlib
from nnlib import checks
from nnlib.checks import Array
from nnlib.data import Labels
from nnlib.figures import digits_runs as runs
from nnlib.figures import marks, style
from nnlib.figures.marks import HELD_BACK, LEARNED, guide, note, spot
from nnlib.figures.seen import across, course, high_up, lengths, seen
from nnlib.figures.style import (
    INK,
    MUTED,
    NEGATIVE,
    PAPER,
    PREDICTION,
    Frame,
    canvas,
    inset,
    is_narrow,
    styled,
    width,
)
from nnlib.figures.words import count, fixed, named, percent, short

INK_LEVELS = 16  # a pixel is 0 (paper) to 16 (ink)
ONE_OF_EACH = 10  # the first images to choose from: one of each digit, read right; the rest go wrong
IMAGES = 16
NEURONS = 30
MOST_WRONG = 12  # wrong images shown beside a confusion matrix
SHOWN = 4  # images that excite a neuron most, and least
WEIGHT_LIMIT = 0.5  # colour scale of a hidden neuron's weights
OUTPUT_LIMIT = 1.0  # scale of its weights to the outputs


@styled
def reading(image: int, epoch: int) -> Frame:
    """A validation image beside the ten outputs of a 64-30-10 network after some epochs."""
    row, net = _chosen(image), _network(epoch)
    digit = int(runs.images().labels[runs.parts().validation[row]])
    outputs = net.predict(runs.inputs()[1][[row]])[0]
    says = int(outputs.argmax())

    figure = Figure(figsize=(width(), 3.15))
    low, edge, left, wide = (1.04, 1.15, 1.66, 1.5) if is_narrow() else (0.62, 1.98, 2.72, 2.45)
    picture, bars = inset(figure, 0.22, low, edge, edge), inset(figure, left, 0.52, wide, 2.28)
    _draw_digit(picture, runs.images().X[runs.parts().validation[row]])
    picture.set_title(f"image {image}: {_a(digit)}")
    bars.barh(range(10), outputs, height=0.66, color=PREDICTION)
    look = {"fill": False, "edgecolor": style.TARGET, "linestyle": style.DASHED}
    bars.add_patch(Rectangle((0, digit - 0.43), 1, 0.86, **look))
    for k, value in enumerate(outputs):
        if value >= 0.1:
            shift, color, side = (-0.02, style.PAGE, "right") if value > 0.7 else (0.02, INK, "left")
            note(bars, value + shift, k, _probability(value), color, ha=side, va="center_baseline")
    bars.set(xlim=(0, 1.02), ylim=(9.6, -0.6), yticks=range(10), xticks=[0, 0.5, 1])
    bars.set_xlabel("output $a^{(2)}_k$")
    bars.tick_params(axis="y", length=0)
    bars.set_title("dashed: target" if is_narrow() else "outputs (dashed: target)")
    order = outputs.argsort()[::-1]
    seen(picture, "Eight by eight squares, the darker the more ink.")
    longest = f"{', '.join(map(str, order[:3]))} ({lengths(outputs[order[:3]], 1)})"
    told = f"A bar for each digit; the longest three: {longest}."
    seen(bars, told, f"A dashed frame as long as the axis is around {digit}.")

    when = "Before training" if epoch == 0 else f"After {count(epoch, 'epoch')}"
    says_so = f"image {image}, {_a(digit)}, is read as {says} with an output of {_probability(outputs[says])}"
    verdict = "right" if says == digit else f"wrong, {digit} gets {_probability(outputs[digit])}"
    return figure, f"{when}, {says_so}: {verdict}."


@styled
def gallery() -> Frame:
    """The first twelve images of each digit."""
    X, labels = runs.images()
    rows = [np.flatnonzero(labels == digit)[:12] for digit in range(10)]
    margins: dict[str, Any] = {"left": 0.42, "right": 0.1, "bottom": 0.1, "top": 0.12}
    figure, axes = canvas(height=4.35, narrow={"height": 2.55}, **margins)
    _draw_sheet(axes, X[np.concatenate(rows)], 12)
    axes.set(xticks=[], yticks=[9 * digit + 3.5 for digit in range(10)], yticklabels=range(10))
    axes.tick_params(axis="y", length=0)
    seen(axes, "Ten rows of twelve small grey images, a row for each digit from 0 to 9; no two are alike.")
    fewest, most = np.bincount(labels).min(), np.bincount(labels).max()
    return figure, (
        f"The first 12 images of each digit, of {len(X):,} in all; "
        f"every digit has between {fewest} and {most}."
    )


@styled
def pixels(standardised: bool) -> Frame:
    """The first image as 64 numbers: its ink, or its ink standardised over all rows."""
    X = runs.images().X
    values = nnlib.Standardizer().fit_transform(X)[0] if standardised else X[0]
    low, high, colours = (-2.0, 2.0, style.WEIGHTS) if standardised else (0.0, INK_LEVELS, PAPER)
    narrow = {"height": 3.58, "left": 0.1, "right": 0.1}
    figure, axes = canvas(height=4.0, left=0.3, right=0.3, bottom=0.12, top=0.36, narrow=narrow)
    decimals = (1 if is_narrow() else 2) if standardised else 0
    _draw_pixels(axes, values, colours, low, high, aspect="auto")
    for pixel, value in enumerate(values):
        dark = abs(value) > 0.62 * high
        _write(axes, pixel, fixed(value, decimals), style.PAGE if dark else INK)
    shape = (
        "In the grid of eight by eight squares, dark ones form an upright ring that is open in the middle."
    )
    if standardised:
        shape = "A grid of eight by eight squares from orange over white to blue, a number in each."
    seen(axes, shape)
    row = ", ".join(short(value.round(3)) for value in values[:8])
    if standardised:
        word = "" if is_narrow() else "standardised: "
        axes.set_title(f"{word}above (+) or below (−) that pixel's mean")
        return figure, f"The same image standardised, each pixel by its own mean and spread; first row {row}."
    axes.set_title("ink, from 0 (paper) to 16")
    return figure, f"The first image, a 0, as 64 numbers from 0 (paper) to 16 (ink); first row {row}."


@styled
def folds() -> Frame:
    """Which fold plays which part in each of the five splits."""
    sizes = np.bincount(runs.deal(runs.images().labels))
    margins: dict[str, Any] = {"left": 0.85, "right": 0.15, "bottom": 0.12, "top": 0.42}
    figure, axes = canvas(height=2.55, narrow={"left": 0.62, "right": 0.06}, **margins)
    short_words = {"validation": "val.", "training": "train"} if is_narrow() else {}
    looks: dict[str, dict[str, Any]] = {
        "test": {"facecolor": style.PAGE, "edgecolor": INK, "linestyle": style.DASHED},
        "validation": {"facecolor": style.NEGATIVE_AREA, "edgecolor": style.VALIDATION},
        "training": {"facecolor": style.POSITIVE_AREA, "edgecolor": style.TRAINING},
    }
    for split in range(runs.FOLDS):
        for fold in range(runs.FOLDS):
            part = {split: "test", (split + 1) % runs.FOLDS: "validation"}.get(fold, "training")
            axes.add_patch(Rectangle((fold + 0.04, split + 0.1), 0.92, 0.8, linewidth=1.1, **looks[part]))
            note(axes, fold + 0.5, split + 0.52, short_words.get(part, part))
    axes.set(xlim=(0, 5), ylim=(5, 0))
    for axis, word in ((axes.xaxis, "fold"), (axes.yaxis, "split")):
        marks.ticks(axis, np.arange(5) + 0.5, [f"{word} {place}" for place in range(5)])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    seen(
        axes,
        "Five rows, split 0 to 4, of five boxes, fold 0 to 4. The box for testing moves one to the right "
        "from row to row; the one for validation is to its right, in the last row at the left end.",
    )
    return figure, (
        f"Five folds of {sizes.min()} to {sizes.max()} images. In each split one fold is for testing, "
        "the next for validation, three for training; every image is tested on exactly once."
    )


@styled
def training(learning_rate: float, activation: str, l2: float) -> Frame:
    """Cost and accuracy on 300 training images and on the validation rows, epoch by epoch."""
    curves = runs.small_run(learning_rate, activation, l2)
    how: dict[str, Any] = {"hspace": 0.3, "sharex": True, "height_ratios": [1.7, 1], "narrow": {"top": 0.62}}
    figure, (cost, accuracy) = canvas(2, height=4.5, top=0.42, **how)
    _draw_curves(cost, curves.cost, curves.val_cost)
    _draw_curves(accuracy, 100 * curves.accuracy, 100 * curves.val_accuracy)
    best = curves.best
    for axes in (cost, accuracy):
        guide(axes, x=best + 1, linestyle=style.DOTTED)
    spot(cost, best + 1, curves.val_cost[best], style.VALIDATION, hollow=True)
    cost.set(ylim=(0, 1.6), ylabel="cost (cross-entropy)")
    accuracy.set(ylim=(50, 102), ylabel="accuracy in %", xlabel="epoch", xlim=(0, runs.CURVE_EPOCHS + 1))
    _legend(figure, "lowest validation cost", marks.BEST)

    for axes in (cost, accuracy):
        seen(axes, f"{_two_curves(axes)}. A dotted upright line is {across(axes, best + 1)}.")
    last = curves.val_cost[-1]
    if best + 1 == runs.CURVE_EPOCHS:
        turn = f"validation cost still falls at epoch {best + 1}, to {curves.val_cost[best]:.2f}"
    else:
        turn = (
            f"validation cost is lowest after epoch {best + 1}, {curves.val_cost[best]:.2f}, "
            f"and {last:.2f} after epoch {runs.CURVE_EPOCHS}"
        )
    return figure, (
        f"η = {learning_rate:g}, {named(activation)}, λ = {l2:g}: {turn}; accuracy at the end "
        f"{percent(curves.accuracy[-1], 1)} in training, {percent(curves.val_accuracy[-1], 1)} in validation."
    )


@styled
def memorising(percent_wrong: int, l2: float) -> Frame:
    """Accuracy on 400 training images, some of their labels made wrong, and on the validation rows."""
    if not 0 <= percent_wrong <= 100:
        raise ValueError(f"percent_wrong is {percent_wrong}; 0 to 100 is expected, per cent")
    curves = runs.spoiled_run(percent_wrong, l2)
    figure, axes = canvas(height=3.3, top=0.42, narrow={"top": 0.62})
    guide(axes, y=100 - percent_wrong, **_RIGHT)
    _draw_curves(axes, 100 * curves.accuracy, 100 * curves.val_accuracy)
    axes.set(xlim=(0, runs.CURVE_EPOCHS + 1), ylim=(0, 104), xlabel="epoch", ylabel="accuracy in %")
    words = "labels that are right" if is_narrow() else "training labels that are right"
    _legend(figure, words, _RIGHT)
    seen(axes, f"{_two_curves(axes, 1)}. A dotted level line is {high_up(axes, 100 - percent_wrong)}.")
    best = int(curves.val_accuracy.argmax())
    return figure, (
        f"{percent_wrong} % wrong labels, λ = {l2:g}: after {runs.CURVE_EPOCHS} epochs accuracy is "
        f"{percent(curves.accuracy[-1], 1)} on the training labels and "
        f"{percent(curves.val_accuracy[-1], 1)} on validation, whose best was "
        f"{percent(curves.val_accuracy[best], 1)} after epoch {best + 1}."
    )


@styled
def splits(scores: Mapping[str, Sequence[float]]) -> Frame:
    """A dot for each split's held-out accuracy (in per cent), a bar for their mean, a row for each name."""
    figure, axes = canvas(height=0.95 + 0.62 * len(scores), left=1.5, top=0.12)
    told = []
    for row, (name, values) in enumerate(scores.items()):
        mean, spread = float(np.mean(values)), float(np.std(values, ddof=1))
        axes.plot([mean, mean], [row - 0.32, row + 0.32], color=PREDICTION, linewidth=3)
        marks.ring(axes, values, [row] * len(values), PREDICTION, 8, 1)
        told.append(f"{name}: mean {mean:.1f} %, spread {spread:.1f}")
    low = min(min(values) for values in scores.values())
    axes.set(xlim=(np.floor(low - 0.5), 100.2), ylim=(len(scores) - 0.5, -0.5))
    marks.ticks(axes.yaxis, range(len(scores)), list(scores))
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("held-out accuracy in %")
    rows = [f"{name}, stroke {across(axes, np.mean(values))}" for name, values in scores.items()]
    seen(axes, f"A row each, of circles with an upright stroke among them: {'; '.join(rows)}.")
    return figure, f"Five splits each. {'; '.join(told)}."


@styled
def mistakes(epoch: int) -> Frame:
    """The confusion matrix of the validation rows after some epochs, beside images it gets wrong."""
    labels = runs.images().labels[runs.parts().validation]
    says = _network(epoch).classify(runs.inputs()[1])
    counts = confusion(labels, says)
    wrong = np.flatnonzero(labels != says)

    figure = Figure(figsize=(width(), 5.25 if is_narrow() else 3.75))
    matrix = inset(figure, 0.5, 2.45, 2.7, 2.7) if is_narrow() else inset(figure, 0.5, 0.52, 2.92, 2.92)
    _draw_confusion(matrix, counts)
    shown = wrong[:MOST_WRONG]
    # The images stand below the matrix or to the right of it: where, how many a row, and how far apart.
    x, y, columns, across, up = (0.26, 1.05, 6, 0.5, 0.72) if is_narrow() else (3.62, 2.68, 3, 0.6, 0.76)
    places = [(x + across * (place % columns), y - up * (place // columns)) for place in range(len(shown))]
    side = across - 0.12
    sheet = _draw_digits(figure, runs.images().X[runs.parts().validation[shown]], places, side)
    look: dict[str, Any] = {"ha": "left", "va": "baseline"}
    note(sheet, x, y + side + 0.36, f"{len(wrong)} wrong", fontsize=11, **look)
    for row, (left, bottom) in zip(shown, places, strict=True):
        note(sheet, left + side / 2, bottom + side + 0.03, f"{labels[row]}→{says[row]}", va="baseline")
    if len(wrong) > MOST_WRONG:
        note(sheet, x, 0.12, f"and {len(wrong) - MOST_WRONG} more", **look)

    filled = int((counts > 0).sum() - (np.diag(counts) > 0).sum())
    seen(matrix, f"Ten by ten squares; {filled} off the diagonal have a count in them, darker if higher.")
    seen(sheet, "Small grey images of digits that are read wrong, each with what it is and what is said.")
    np.fill_diagonal(counts, 0)
    digit, said = (int(index) for index in np.unravel_index(counts.argmax(), counts.shape))
    when = "Before training" if epoch == 0 else f"After {count(epoch, 'epoch')}"
    return figure, (
        f"{when}, {len(wrong)} of {len(labels)} validation images are read wrong; "
        f"the commonest mistake is {_a(digit)} read as {said}, {count(counts.max(), 'time')}."
    )


@styled
def neuron(neuron: int, l2: float) -> Frame:
    """A hidden neuron: its weights as an image, what excites it most and least, its say in the outputs."""
    if not 1 <= neuron <= NEURONS:
        raise ValueError(f"neuron is {neuron}; 1 to {NEURONS} is expected")
    net = runs.snapshots(l2)[runs.EPOCHS[-1]]
    weights, out = net.W[1][neuron - 1], net.W[2][:, neuron - 1]
    z = net.forward(runs.inputs()[0]).Z[1][:, neuron - 1]
    order = z.argsort()
    labels = runs.images().labels[runs.parts().training]

    figure = Figure(figsize=(width(), 3.75 if is_narrow() else 4.35))
    left, edge, wide = (0.15, 1.4, 2.5) if is_narrow() else (0.2, 2.0, 4.6)
    image = inset(figure, left, 2.0, edge, edge)
    _draw_pixels(image, weights, style.WEIGHTS, -WEIGHT_LIMIT, WEIGHT_LIMIT)
    for pixel in np.flatnonzero(np.abs(weights) > WEIGHT_LIMIT / 2):
        _write(image, int(pixel), "+" if weights[pixel] > 0 else "−", style.PAGE)
    image.set_title("its weights $w^{(1)}$")
    chosen, places, titles = [], [], []
    x, high, apart, side = (1.74, 2.9, 0.38, 0.34) if is_narrow() else (2.52, 3.2, 0.7, 0.62)
    for rows, bottom, title in ((order[::-1], high, "excited most by"), (order, 2.0, "least by")):
        chosen += list(rows[:SHOWN])
        places += [(x + apart * place, bottom) for place in range(SHOWN)]
        titles.append((bottom + side + 0.12, title))
    sheet = _draw_digits(figure, runs.images().X[runs.parts().training[chosen]], places, side)
    for height, title in titles:
        note(sheet, x, height, title, ha="left", va="baseline", fontsize=11)
    bars = inset(figure, 0.62, 0.5, wide, 0.98)
    bars.bar(range(10), out, width=0.66, color=np.where(out > 0, style.POSITIVE, NEGATIVE))
    guide(bars, y=0)
    bars.set(xticks=range(10), ylim=(-OUTPUT_LIMIT, OUTPUT_LIMIT), yticks=[-1, 0, 1], xlabel="output")
    bars.set_title("its weight $w^{(2)}$ to each output", pad=4)
    strong = [int((sign * weights > WEIGHT_LIMIT / 2).sum()) for sign in (1, -1)]
    seen(image, f"Eight by eight squares from orange to blue, {strong[0]} marked + and {strong[1]} marked −.")
    seen(sheet, "Two rows of four small images of digits.")
    up = ", ".join(map(str, np.flatnonzero(out > 0))) or "none"
    seen(bars, f"Ten bars from a level line at 0; those that point up: {up}.")

    most = ", ".join(str(labels[row]) for row in order[::-1][:SHOWN])
    most_for, most_against = fixed(out.max(), sign="+"), fixed(out.min(), sign="+")
    return figure, (
        f"λ = {l2:g}, hidden neuron {neuron} speaks most for {out.argmax()} ({most_for}) and most "
        f"against {out.argmin()} ({most_against}). It is excited most by images of {most}."
    )


@styled
def completion(image: int) -> Frame:
    """A digit whose lower half is drawn by a network that saw the upper half only."""
    row = _chosen(image)
    pixels_of = runs.images().X[runs.parts().validation[row]]
    digit = int(runs.images().labels[runs.parts().validation[row]])
    drawn, mean = runs.completed()
    halves = {"the real digit": pixels_of[32:], "drawn by the network": drawn[row], "the average half": mean}

    figure = Figure(figsize=(width(), 1.6 if is_narrow() else 2.05))
    side, apart = (0.94, 1.06) if is_narrow() else (1.58, 1.78)
    for place, (name, lower) in enumerate(halves.items()):
        axes = inset(figure, 0.12 + apart * place, 0.12, side, side)
        _draw_digit(axes, np.concatenate([pixels_of[:32], np.clip(lower, 0, INK_LEVELS)]))
        guide(axes, y=3.5, color=NEGATIVE, linestyle=style.DASHED, zorder=2)
        axes.set_title(fill(name, 11) if is_narrow() else name, fontsize=10)
        looks = {
            "the real digit": "sharp",
            "drawn by the network": "paler than the upper",
            "the average half": "",
        }
        lower = f"The lower half is {looks[name] or 'a grey blur'}."
        seen(
            axes,
            "Eight by eight squares, the upper half as in the other images; a dashed line half-way.",
            lower,
        )
    errors = [float(np.sqrt(((lower - pixels_of[32:]) ** 2).mean())) for lower in (drawn[row], mean)]
    return figure, (
        f"Image {image}, {_a(digit)}: the lower half drawn by the network is off by {errors[0]:.1f} "
        f"ink levels a pixel (root mean square), the average lower half by {errors[1]:.1f}."
    )


def confusion(labels: npt.ArrayLike, says: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """Counts of shape (10, 10): how often the digit of the row was read as the digit of the column."""
    counts = np.zeros((10, 10), dtype=np.intp)
    np.add.at(counts, (np.asarray(labels), np.asarray(says)), 1)
    return counts


def rarely_inked() -> Labels:
    """The pixels that are blank in at least 99 % of the training images."""
    return np.flatnonzero((runs.images().X[runs.parts().training] == 0).mean(axis=0) >= 0.99)


def _chosen(image: int) -> int:
    """The place of an image among the validation rows: one of each digit read right, then wrong ones."""
    if not 1 <= image <= IMAGES:
        raise ValueError(f"image is {image}; 1 to {IMAGES} is expected")
    labels = runs.images().labels[runs.parts().validation]
    right = _network(runs.EPOCHS[-1]).classify(runs.inputs()[1]) == labels
    if image <= ONE_OF_EACH:
        return int(np.flatnonzero(right & (labels == image - 1))[0])
    return int(np.flatnonzero(~right)[image - ONE_OF_EACH - 1])


def _network(epoch: int) -> nnlib.Network:
    return runs.snapshots()[checks.one_of("epoch", epoch, runs.EPOCHS)]


# Drawing ------------------------------------------------------------------------------------------------

_ROWS = {"training": LEARNED, "validation": HELD_BACK}
_RIGHT: dict[str, Any] = {"color": INK, "linewidth": 1.2, "linestyle": style.DOTTED}


def _draw_pixels(
    axes: Axes, values: Array, colours: Colormap, low: float, high: float, aspect: str = "equal"
) -> None:
    # "none" keeps the 8x8 image itself in the SVG, and the reader's browser enlarges it with sharp edges.
    looks: dict[str, Any] = {"cmap": colours, "vmin": low, "vmax": high, "interpolation": "none"}
    axes.imshow(values.reshape(-1, 8), aspect=aspect, **looks)
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=MUTED, linewidth=0.6)


def _write(axes: Axes, pixel: int, text: str, color: str) -> None:
    """What stands in a pixel of an image."""
    note(axes, pixel % 8, pixel // 8, text, color, va="center_baseline")


def _draw_digit(axes: Axes, image: Array) -> None:
    _draw_pixels(axes, image, PAPER, 0, INK_LEVELS)


def _draw_digits(figure: Figure, images: Array, places: list[tuple[float, float]], side: float) -> Axes:
    """Images with their lower left corners at ``places``, in inches, on one sheet: axes are slow to draw."""
    wide, high = figure.get_size_inches()
    sheet = figure.add_axes((0, 0, 1, 1), xlim=(0, wide), ylim=(0, high))
    sheet.axis("off")
    look: dict[str, Any] = {"cmap": PAPER, "vmin": 0, "vmax": INK_LEVELS, "interpolation": "none"}
    for image, (left, bottom) in zip(images, places, strict=True):
        extent = (left, left + side, bottom, bottom + side)
        sheet.imshow(image.reshape(8, 8), extent=extent, aspect="auto", **look)
    frames = [Rectangle(place, side, side) for place in places]
    border: dict[str, Any] = {"facecolor": "none", "edgecolor": MUTED, "linewidth": 0.6}
    sheet.add_collection(PatchCollection(frames, zorder=2, **border), autolim=False)
    return sheet


def _draw_sheet(axes: Axes, images: Array, columns: int) -> None:
    """Images side by side with a transparent pixel between them, as one raster."""
    rows = len(images) // columns
    sheet = np.full((rows * 9 - 1, columns * 9 - 1), np.nan)
    for place, image in enumerate(images):
        top, left = 9 * (place // columns), 9 * (place % columns)
        sheet[top : top + 8, left : left + 8] = image.reshape(8, 8)
    axes.imshow(sheet, cmap=PAPER, vmin=0, vmax=INK_LEVELS, interpolation="none", aspect="equal")
    axes.spines[:].set_visible(False)


def _draw_confusion(axes: Axes, counts: npt.NDArray[np.intp]) -> None:
    largest = max(int((counts - np.diag(np.diag(counts))).max()), 4)
    squares, colours = [], []
    for (digit, said), images in np.ndenumerate(counts):
        if not images and digit != said:
            continue
        squares.append(Rectangle((said - 0.5, digit - 0.5), 1, 1))
        strength = 0.14 + 0.41 * images / largest
        colours.append(to_rgba(MUTED, 0.22) if digit == said else to_rgba(NEGATIVE, strength))
        note(axes, said, digit, str(images), va="center_baseline")
    axes.add_collection(PatchCollection(squares, facecolors=colours, linewidths=0), autolim=False)
    axes.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5), xticks=range(10), yticks=range(10), aspect="equal")
    axes.set(xlabel="the network says", ylabel="the digit is")
    axes.tick_params(length=0)
    axes.spines[:].set(visible=True, color=MUTED, linewidth=0.6)


def _legend(figure: Figure, name: str, look: Mapping[str, Any]) -> None:
    """The two curves of ``_draw_curves`` and one mark more: in a row, or on a phone in two columns."""
    columns: dict[str, Any] = {"corner": (0.02, 1), "ncols": 2} if is_narrow() else {}
    marks.legend(figure, _ROWS | {name: look}, **columns)


def _draw_curves(axes: Axes, training: Array, validation: Array) -> None:
    epochs = np.arange(1, len(training) + 1)
    axes.plot(epochs, training, **LEARNED)
    axes.plot(epochs, validation, **HELD_BACK)


def _two_curves(axes: Axes, first: int = 0) -> str:
    solid, dashed = (course(line) for line in axes.lines[first : first + 2])
    return f"The solid line {solid}; the dashed one {dashed}"


def _a(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"


def _probability(value: float) -> str:
    """Two decimals, and no certainty that rounding made."""
    return "> 0.99" if value > 0.995 else "< 0.01" if value < 0.005 else f"{value:.2f}"
