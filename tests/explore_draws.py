"""Draw functions for the tests of nnlib.explore, importable so that other processes find them too."""

import os
import time
import warnings

import numpy as np
from matplotlib.figure import Figure

from nnlib.figures.style import canvas, styled


@styled
def descent(learning_rate, start=2.0):
    """Twelve steps of gradient descent on w²/2."""
    w = start * (1 - learning_rate) ** np.arange(13)
    figure, axes = canvas()
    axes.plot(w, w**2 / 2, "o-")
    axes.set(xlim=(-3, 3), ylim=(0, 5), xlabel="weight $w$", ylabel="cost $C$", title=f"η = {learning_rate}")
    return figure, f"η = {learning_rate}: after 12 steps w = {w[-1]:.4f}."


@styled
def curve(epoch, activation, bias=0.0, noise=False):
    """One control of each kind; the captions differ in length and hold characters that HTML must escape."""
    z = np.linspace(-3, 3, 60)
    f = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh}[activation]
    a = f(z + bias) * (1 + epoch)
    if noise:
        a = a + 0.2 * np.sin(9 * z)
    figure, axes = canvas()
    axes.plot(z, a)
    axes.set(xlim=(-3, 3), ylim=(-4, 12))
    more = " The wave on top is there to be seen, and this sentence to need a second line." * noise
    return figure, f'{activation} "f" after {epoch} epochs, bias {bias}: 0 < {a[-1]:.3f} & rising.{more}'


@styled
def twins(side):
    """Two values, one picture."""
    figure, axes = canvas(height=1.5)
    axes.plot([0, 1], [0, 1])
    return figure, f"The {side} twin."


def where(frame):
    """Tells which process drew it: not pure, on purpose."""
    return Figure(figsize=(2, 1)), f"frame {frame} by process {os.getpid()}"


def slow(frame):
    time.sleep(0.06)
    return Figure(figsize=(2, 1)), f"frame {frame}"


def fails(frame):
    if frame == 3:
        raise RuntimeError("no frame <3>")
    return Figure(figsize=(2, 1)), f"frame {frame}"


def warns(frame):
    if frame == 5:
        warnings.warn("frame 5 is not to be trusted", stacklevel=1)
    return Figure(figsize=(2, 1)), f"frame {frame}"
