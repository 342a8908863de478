"""The figures of the chapter on Keras. None of them needs Keras: its results come in as numbers.

Drawn here are a regression on real patients, trained by nnlib, and two ways to keep Adam from dividing by 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from nnlib.checks import Array
from nnlib.data import Labels, Standardizer, load_diabetes
from nnlib.figures.style import (
    INK,
    MUTED,
    PREDICTION,
    SERIES,
    TRAINING,
    VALIDATION,
    Frame,
    canvas,
    styled,
)
from nnlib.figures.words import count, power, raised
from nnlib.network import Network
from nnlib.optimizers import Adam
from nnlib.training import fit

EPOCHS = (0, 1, 2, 5, 10, 20, 50, 100, 200)
RATE = 0.003
SETTINGS = tuple(product((2, 8, 32), (0.0, 0.1)))  # hidden neurons and λ of the chapter's explorer

_TRAINING: dict[str, Any] = {"color": TRAINING, "linestyle": "-"}
_VALIDATION: dict[str, Any] = {"color": VALIDATION, "linestyle": (0, (5, 2))}
_LINEAR: dict[str, Any] = {"color": INK, "linewidth": 1.1, "linestyle": (0, (1, 2))}


# A regression -----------------------------------------------------------------------------------------------


class Rows(NamedTuple):
    """Row numbers of the patients to learn from, to choose by, and to judge by."""

    training: Labels
    validation: Labels
    test: Labels


@cache
def parts() -> Rows:
    """The chapter's split of the 442 patients: three fifths, one fifth, one fifth, shuffled."""
    rows = np.random.default_rng(0).permutation(442)
    return Rows(rows[:265], rows[265:353], rows[353:])


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
    net = Network([10, hidden_neurons, 1], "relu", "linear", "quadratic", "he", l2=l2, rng=seed)
    seen = [net.predict(X) * sd + mean]

    def look(epoch: int, net: Network) -> None:
        seen.append(net.predict(X) * sd + mean)

    fit(net, X[rows], Y[rows], EPOCHS[-1], optimizer=Adam(RATE), rng=seed, each_epoch=look)
    predictions = np.array(seen)
    errors = predictions - scores
    return Run(predictions, *(_off(errors[:, part], axis=(1, 2)) for part in (rows, held_back)))


def _off(errors: Array, axis: tuple[int, ...] | None = None) -> Any:
    """How far off: the root of the mean square."""
    return np.sqrt((errors**2).mean(axis=axis))


@cache
def _rivals() -> tuple[float, float]:
    """How far off on the validation patients: the training patients' mean, and a linear neuron's best fit."""
    X, _, scores = _patients()
    rows, held_back, _ = parts()
    with_bias = np.column_stack([X, np.ones(len(X))])
    weights, *_ = np.linalg.lstsq(with_bias[rows], scores[rows], rcond=None)
    linear = with_bias[held_back] @ weights - scores[held_back]
    return float(_off(scores[rows].mean() - scores[held_back])), float(_off(linear))


@styled
def regression(hidden_neurons: int, l2: float, epoch: int) -> Frame:
    """What a network predicts for patients it has not seen, and how far off it is, epoch by epoch."""
    if epoch not in EPOCHS:
        raise ValueError(f"epoch is {epoch}; one of {', '.join(map(str, EPOCHS))} is expected")
    for setting in SETTINGS:
        run(*setting)  # half a second, before the first picture: no later one waits for its network
    predictions, training, validation = run(hidden_neurons, l2)
    scores, held_back = _patients()[2][:, 0], parts().validation
    guess, linear = _rivals()

    figure, (dots, curves) = canvas(1, 2, height=3.35, left=0.66, top=0.62, wspace=0.72)
    dots.plot([0, 360], [0, 360], color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
    dots.plot(
        scores[held_back],
        np.clip(predictions[epoch, held_back, 0], 0, 360),
        "o",
        color=PREDICTION,
        markersize=3.4,
        alpha=0.75,
    )
    dots.set(xlim=(0, 360), ylim=(0, 360), xticks=[0, 150, 300], yticks=[0, 150, 300])
    dots.set(xlabel="measured score", ylabel="predicted score")
    _error_curves(curves, training, validation, epoch, linear)
    _legend(
        figure,
        [("training", _TRAINING), ("validation", _VALIDATION), ("a straight fit, validation", _LINEAR)],
    )

    when = "before training" if epoch == 0 else f"after {count(epoch, 'epoch')}"
    best = int(validation.argmin())
    lowest = f" The best on validation is {validation[best]:.1f}, after {count(best, 'epoch')}."
    return figure, (
        f"{hidden_neurons} hidden neurons, λ = {l2:g}, {when}: off by {validation[epoch]:.1f} on the "
        f"validation patients and by {training[epoch]:.1f} on the training patients."
        f"{lowest if epoch >= best else ''} Always guessing the mean is off by {guess:.1f}, "
        f"a straight fit by {linear:.1f}."
    )


_WORST = 120  # the error at which the axis ends


def _error_curves(axes: Axes, training: Array, validation: Array, epoch: int, linear: float) -> None:
    epochs = np.arange(len(training))
    axes.axhline(linear, **_LINEAR)
    axes.plot(epochs, training, **_TRAINING)
    axes.plot(epochs, validation, **_VALIDATION)
    axes.axvline(epoch, color=MUTED, alpha=0.3, linewidth=3, zorder=0)
    for errors, marker, color in ((training, "o", TRAINING), (validation, "s", VALIDATION)):
        beyond = bool(errors[epoch] > _WORST)  # it would lie on the legend
        axes.plot([epoch], [errors[epoch]], marker, color=color, markersize=6, clip_on=beyond)
    axes.set_xscale("symlog", linthresh=1, linscale=0.5)
    axes.set(xlim=(0, EPOCHS[-1]), ylim=(20, _WORST), xlabel="epoch", ylabel="off by (RMS)")
    axes.set_yticks([40, 80, 120])
    axes.set_xticks([0, 1, 10, 100], labels=["0", "1", "10", "100"])
    axes.minorticks_off()


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
    looks: list[dict[str, Any]] = [{**look} for look in SERIES[:2]]
    told = []
    for name, look in zip(EPSILON, looks, strict=True):
        line = {"color": look["color"], "linestyle": look["linestyle"]}
        moves = adam_step(sizes, step, keras=name == "Keras")
        here = float(adam_step(gradient, step, keras=name == "Keras"))
        axes.plot(sizes, moves, **line)
        axes.plot([gradient], [here], look["marker"], color=look["color"], markersize=8)
        told.append(f"{name}'s Adam moves by {here:.3f} η")
    axes.axvline(gradient, color=MUTED, alpha=0.3, linewidth=3, zorder=0)
    axes.set_xscale("log")
    powers = range(-10, -1, 2)
    axes.set_xticks([10.0**k for k in powers], [f"10{raised(k)}" for k in powers])
    axes.set(xlim=(1e-10, 1e-2), ylim=(-0.02, 1.06), xlabel="size of the gradient", ylabel="step, in η")
    axes.minorticks_off()
    _legend(figure, list(zip(EPSILON, looks, strict=True)))
    return figure, (
        f"Step {step:,}, a gradient of {power(gradient, 1)} in every step so far: {told[0]}, {told[1]}."
    )


# Results of Keras -------------------------------------------------------------------------------------------


@styled
def side_by_side(nnlib: Sequence[float], keras: Sequence[float]) -> Frame:
    """The cost of the same training, epoch by epoch, in nnlib and in Keras."""
    figure, axes = canvas(height=3.0, left=0.78, top=0.42)
    epochs = np.arange(1, len(nnlib) + 1)
    ours: dict[str, Any] = {"color": SERIES[0]["color"], "linestyle": "-"}
    theirs: dict[str, Any] = {
        "color": SERIES[1]["color"],
        "linestyle": "none",
        "marker": "o",
        "markersize": 9,
        "markerfacecolor": "none",
    }
    axes.plot(epochs, nnlib, **ours)
    axes.plot(epochs, keras, **theirs)
    axes.set_yscale("log")
    axes.set(xlabel="epoch", ylabel="cost", xticks=epochs)
    _legend(figure, [("nnlib", ours), ("Keras", theirs)])
    apart = max(1e-4, float(np.abs(np.subtract(nnlib, keras)).max()))  # rounding is no more than that
    return figure, (
        f"Cost of {len(nnlib)} epochs from the same weights, on the same batches: nnlib ends at "
        f"{nnlib[-1]:.3f}, Keras at {keras[-1]:.3f}, at most {apart:.1g} apart in any epoch."
    )


@styled
def scalars(runs: Mapping[str, Sequence[float]], quantity: str) -> Frame:
    """What TensorBoard's event files hold: a quantity after each epoch, a line for each run."""
    figure, axes = canvas(height=3.0, left=0.66, top=0.42)
    looks: list[dict[str, Any]] = [_TRAINING, _VALIDATION]
    for values, look in zip(runs.values(), looks, strict=True):
        axes.plot(np.arange(len(values)), values, **look)
    name, values = list(runs.items())[-1]
    best = int(np.argmin(values))
    axes.plot([best], [values[best]], "o", color=VALIDATION, markerfacecolor="white", markersize=8)
    axes.set(xlabel="epoch", ylabel=quantity, ylim=(0, None))
    axes.locator_params(axis="y", nbins=5)
    _legend(figure, list(zip(runs, looks, strict=True)))
    return figure, (
        f"{quantity.capitalize()} as read back from the event files, an epoch each: {' and '.join(runs)}; "
        f"the hollow circle marks the lowest {name} value."
    )


def _legend(figure: Figure, entries: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """The lines' names above the axes, so that nothing lies on the data."""
    handles = [Line2D([], [], label=name, **look) for name, look in entries]
    where: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (0.02, 1.0), "columnspacing": 1.2}
    figure.legend(handles=handles, ncols=len(handles), **where)
