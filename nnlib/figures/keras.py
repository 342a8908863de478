"""The figures of the chapter on Keras. None of them needs Keras: its results come in as numbers.

Drawn here are the same training by two programs, a regression on real patients, trained by nnlib, and two
ways to keep Adam from dividing by 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from nnlib import checks
from nnlib.checks import Array
from nnlib.data import Standardizer, load_diabetes, load_digits, one_hot, split_rows
from nnlib.figures import marks, runs, style
from nnlib.figures.marks import HELD_BACK, LEARNED, guide, spot
from nnlib.figures.seen import across, course, seen, spot_in
from nnlib.figures.style import INK, MUTED, PREDICTION, SERIES, TRAINING, VALIDATION, Frame, canvas, styled
from nnlib.figures.words import count, power, sentence
from nnlib.network import Network
from nnlib.optimizers import SGD, Adam
from nnlib.training import fit

EPOCHS = (0, 1, 2, 5, 10, 20, 50, 100, 200)
RATE = 0.003
SETTINGS = tuple(product((2, 8, 32), (0.0, 0.1)))  # hidden neurons and λ of the chapter's explorer

_LINEAR: dict[str, Any] = {"color": INK, "linewidth": 1.1, "linestyle": style.DOTTED}
_HERE: dict[str, Any] = {"alpha": 0.3, "linewidth": 3}  # where the slider stands


# Two programs -----------------------------------------------------------------------------------------------

#: The digits' cost in each of ten epochs, as Keras 3.15 found it: from nnlib's first weights and batches, and
#: from its own, with the seeds 0 and 1. A cell of the chapter's checks finds it again.
# fmt: off
KERAS_COSTS = {
    "the same weights": (1.2536, 0.3534, 0.2007, 0.1465, 0.1159, 0.0960, 0.0815, 0.0702, 0.0617, 0.0547),
    "its own weights": (1.2509, 0.4208, 0.2534, 0.1834, 0.1446, 0.1195, 0.1017, 0.0881, 0.0774, 0.0686),
    "its own weights, again":
        (1.3424, 0.4161, 0.2348, 0.1637, 0.1261, 0.1025, 0.0859, 0.0736, 0.0638, 0.0561),
}
# fmt: on
STARTS = tuple(KERAS_COSTS)
SEEDS = {"the same weights": 0, "its own weights": 0, "its own weights, again": 3}


@cache
def costs_here(seed: int) -> tuple[float, ...]:
    """nnlib's cost in each of ten epochs of the 64-30-10 network on the digits."""
    X, labels = load_digits()
    rows, _ = split_rows(len(X), 0.2, stratify=labels, rng=0)
    A, Y = Standardizer().fit(X[rows]).transform(X[rows]), one_hot(labels, 10)[rows]
    net = runs.classifier([64, 30, 10], "relu", rng=seed)
    return tuple(fit(net, A, Y, epochs=10, batch_size=32, optimizer=SGD(0.1), rng=seed).cost)


@styled
def two_curves(start: str, names: bool) -> Frame:
    """The cost of ten epochs in nnlib and in Keras, as A and B, until somebody wants to know."""
    checks.one_of("start", start, STARTS)
    costs = {"nnlib": costs_here(SEEDS[start]), "Keras": KERAS_COSTS[start]}
    # So that nobody goes by the letter: nnlib is A from the same weights alone.
    order = list(costs) if start == STARTS[0] else list(costs)[::-1]
    figure, axes = canvas(height=3.0, left=0.78, top=0.42)
    epochs = np.arange(1, 11)
    looks = (marks.LINE, marks.CIRCLES)
    for name, look in zip(order, looks, strict=True):
        axes.plot(epochs, costs[name], **look)
    marks.decades(axes.yaxis, (-1, 0))
    axes.set(xlabel="epoch", ylabel="cost", xticks=epochs, ylim=(0.04, 1.6))
    said = [f"{letter}: {name}" if names else letter for letter, name in zip("AB", order, strict=True)]
    line, circles = (course(each) for each in axes.lines)
    seen(axes, f"The line {line}, steeply at first; the row of circles {circles}, {_beside(costs, order)}.")
    marks.legend(figure, dict(zip(said, looks, strict=True)))
    first, second = (costs[name][-1] for name in order)
    who = f" A is {order[0]}, B is {order[1]}." if names else ""
    whose = "both" if start == STARTS[0] else "each"
    return figure, (
        f"The cost of ten epochs on the digits, {whose} from {start}. "
        f"In the tenth it is {first:.3f} for A, the line, and {second:.3f} for B, the circles.{who}"
    )


def _beside(costs: Mapping[str, Sequence[float]], order: Sequence[str]) -> str:
    """Where the circles stand beside the line."""
    above = np.sign(np.log(np.array(costs[order[1]]) / np.array(costs[order[0]])).round(2))
    if not above.any():
        return "all of them on it"
    return "above it" if above.min() >= 0 else "below it" if above.max() <= 0 else "now above it, now below"


# A regression -----------------------------------------------------------------------------------------------


@cache
def parts() -> runs.Rows:
    """The chapter's split of the 442 patients: three fifths, one fifth, one fifth, shuffled."""
    rows = np.random.default_rng(0).permutation(442)
    return runs.Rows(rows[:265], rows[265:353], rows[353:])


@cache
def _patients() -> tuple[Array, Array, Array]:
    """All patients' measurements and scores, standardised by the training rows; the scores as they are."""
    X, Y, _ = load_diabetes()
    rows = parts().training
    return (
        Standardizer().fit(X[rows]).transform(X),
        Standardizer().fit(Y[rows]).transform(Y),
        Y,
    )


class Run(NamedTuple):
    """Predictions of all patients after each epoch, from before the first, and how far off they are."""

    predictions: Array
    training: Array
    validation: Array


@cache
def run(hidden_neurons: int, l2: float, seed: int = 0) -> Run:
    """A network of one hidden layer, trained for 200 epochs."""
    X, Y, scores = _patients()
    rows, held_back, _ = parts()
    mean, sd = scores[rows].mean(), scores[rows].std()
    net = Network(
        [10, hidden_neurons, 1], "relu", output="linear", cost="quadratic", init="he", l2=l2, rng=seed
    )
    how: dict[str, Any] = {"optimizer": Adam(RATE), "rng": seed}
    seen = runs.watched(net, X[rows], Y[rows], lambda net: net.predict(X), EPOCHS[-1], **how)
    predictions = np.array(seen) * sd + mean
    errors = predictions - scores
    return Run(predictions, *(_off(errors[:, part], axis=(1, 2)) for part in (rows, held_back)))


def _off(errors: Array, axis: tuple[int, ...] | None = None) -> Any:
    """How far off: the root of the mean square."""
    return np.sqrt((errors**2).mean(axis=axis))


@cache
def _straight_fit() -> float:
    """How far off a linear neuron's best fit is on the validation patients."""
    X, _, scores = _patients()
    rows, held_back, _ = parts()
    with_bias = np.column_stack([X, np.ones(len(X))])
    weights, *_ = np.linalg.lstsq(with_bias[rows], scores[rows], rcond=None)
    return float(_off(with_bias[held_back] @ weights - scores[held_back]))


@styled
def regression(hidden_neurons: int, l2: float, epoch: int) -> Frame:
    """What a network predicts for patients it has not seen, and how far off it has been, up to this epoch."""
    checks.one_of("epoch", epoch, EPOCHS)
    for setting in SETTINGS:
        run(*setting)  # half a second, before the first picture: no later one waits for its network
    predictions, training, validation = run(hidden_neurons, l2)
    scores, held_back = _patients()[2][:, 0], parts().validation
    linear = _straight_fit()

    below = {"rows": 2, "cols": 1, "height": 5.5, "hspace": 0.75, "height_ratios": [1.5, 1]}
    figure, (dots, curves) = canvas(1, 2, height=3.35, top=0.62, wspace=0.72, narrow=below)
    dots.plot([0, 360], [0, 360], color=MUTED, linewidth=1, linestyle=style.DASHED)
    predicted = np.clip(predictions[epoch, held_back, 0], 0, 360)
    spot(dots, scores[held_back], predicted, PREDICTION, 3.4, alpha=0.75)
    marks.plane(dots, (0, 360), [0, 150, 300], "measured score", "predicted score")
    _error_curves(curves, training, validation, epoch, linear)
    cloud = "a row of dots" if np.ptp(predicted) < 20 else "a cloud of dots"
    middle = spot_in(dots, scores[held_back].mean(), predicted.mean())
    seen(dots, f"A dashed line rises from corner to corner; {cloud} lies {middle}, on both sides of it.")
    solid, dashed = (course(line) for line in curves.lines[1:3])
    seen(curves, f"The solid line {solid}; the dashed one {dashed}. A dotted level line crosses the plot.")
    rows = {"training": LEARNED, "validation": HELD_BACK}
    columns: dict[str, Any] = {"corner": (0.02, 1), "ncols": 2} if style.is_narrow() else {}
    marks.legend(figure, rows | {"a straight fit, validation": _LINEAR}, **columns)

    when = "before training" if epoch == 0 else f"after {count(epoch, 'epoch')}"
    best = int(validation[: epoch + 1].argmin())
    lowest = f" The best so far on validation: {validation[best]:.1f}, after {count(best, 'epoch')}."
    return figure, (
        f"{hidden_neurons} hidden neurons, λ = {l2:g}, {when}: off by {validation[epoch]:.1f} on the "
        f"validation patients and by {training[epoch]:.1f} on the training patients."
        f"{lowest if best < epoch else ''} A straight fit is off by {linear:.1f} on validation."
    )


_WORST = 120  # the error at which the axis ends


def _error_curves(axes: Axes, training: Array, validation: Array, epoch: int, linear: float) -> None:
    epochs, so_far = np.arange(len(training)), slice(epoch + 1)
    guide(axes, y=linear, **_LINEAR)
    axes.plot(epochs[so_far], training[so_far], **LEARNED)
    axes.plot(epochs[so_far], validation[so_far], **HELD_BACK)
    guide(axes, x=epoch, **_HERE)
    for errors, color, marker in ((training, TRAINING, "o"), (validation, VALIDATION, "s")):
        beyond = bool(errors[epoch] > _WORST)  # it would lie on the legend
        spot(axes, epoch, errors[epoch], color, 6, marker=marker, clip_on=beyond)
    marks.decades(axes.xaxis, range(3), zero=True)
    axes.set(xlim=(0, EPOCHS[-1]), ylim=(20, _WORST), xlabel="epoch", ylabel="off by (RMS)")
    axes.set_yticks([40, 80, 120])


# Adam's ε ---------------------------------------------------------------------------------------------------

BETA2 = 0.999
EPSILON = {"nnlib": 1e-8, "Keras": 1e-7}
STEPS = (1, 10, 100, 1000, 10_000)
GRADIENTS = (1e-8, 1e-7, 1e-6, 1e-5, 1e-4)


def adam_step(gradient: Any, step: int, *, keras: bool) -> Any:
    r"""How many $\eta$ Adam moves in a step if the gradient has been the same in all of them.

    nnlib adds ε after the correction of the second moment, Keras its own, larger one before it.
    """
    if keras:
        return gradient / (gradient + EPSILON["Keras"] / np.sqrt(1 - BETA2**step))
    return gradient / (gradient + EPSILON["nnlib"])


@styled
def adam_epsilon(gradient: float, step: int) -> Frame:
    """The length of one step of Adam against the size of the gradient, in nnlib and in Keras."""
    sizes = np.logspace(-10, -2, 81)
    figure, axes = canvas(height=3.1, left=0.7, top=0.42)
    looks = dict(zip(EPSILON, SERIES, strict=False))
    told = []
    for name, look in looks.items():
        moves = adam_step(sizes, step, keras=name == "Keras")
        here = float(adam_step(gradient, step, keras=name == "Keras"))
        axes.plot(sizes, moves, **look | {"markevery": []})
        axes.plot([gradient], [here], **look | {"markersize": 8})
        told.append(f"{name}'s Adam moves by {here:.3f} η")
    guide(axes, x=gradient, **_HERE)
    marks.decades(axes.xaxis, range(-10, -1, 2))
    axes.set(xlim=(1e-10, 1e-2), ylim=(-0.02, 1.06), xlabel="size of the gradient", ylabel="step, in η")
    solid, dashed = (course(axes.lines[at]) for at in (0, 2))
    at = across(axes, gradient)
    seen(axes, f"The solid line {solid}; the dashed one {dashed}. A dot and a square are on them, {at}.")
    marks.legend(figure, looks)
    return figure, (
        f"Step {step:,}, a gradient of {power(gradient, 1)} in every step so far: {told[0]}, {told[1]}."
    )


# Results of Keras -------------------------------------------------------------------------------------------


@styled
def scalars(runs: Mapping[str, Sequence[float]], quantity: str) -> Frame:
    """What TensorBoard's event files hold: a quantity after each epoch, a line for each run."""
    figure, axes = canvas(height=3.0, top=0.42)
    looks = dict(zip(runs, (LEARNED, HELD_BACK), strict=True))
    for name, values in runs.items():
        axes.plot(np.arange(len(values)), values, **looks[name])
    name, values = list(runs.items())[-1]
    best = int(np.argmin(values))
    spot(axes, best, values[best], VALIDATION, hollow=True)
    axes.set(xlabel="epoch", ylabel=quantity, ylim=(0, None))
    axes.locator_params(axis="y", nbins=5)
    lines = "; ".join(f"{name} {course(line)}" for name, line in zip(runs, axes.lines, strict=False))
    seen(axes, f"{sentence(lines)}. A hollow circle is {spot_in(axes, best, values[best])}.")
    marks.legend(figure, looks)
    return figure, (
        f"{quantity.capitalize()} as read back from the event files, an epoch each: {' and '.join(runs)}; "
        f"the hollow circle marks the lowest {name} value."
    )
