"""Derivatives by other means than the formulas that are tested."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]


def central_slope(f: Callable[[Array], Array], z: Array, h: float = 1e-5) -> Array:
    """The slope of an elementwise function: [f(z + h) - f(z - h)] / 2h."""
    return (f(z + h) - f(z - h)) / (2 * h)


def complex_slope(f: Callable[[Array], Array], z: Array, h: float = 1e-30) -> Array:
    """The slope of an analytic elementwise function, Im f(z + ih) / h: nothing is subtracted, or cancels."""
    return np.asarray(f(z + 1j * h)).imag / h  # type: ignore[arg-type]


def central_gradient(f: Callable[[Array], float], at: Array, h: float = 1e-5) -> Array:
    """The gradient of a number by every element of an array."""
    at, gradient = at.astype(float), np.empty(at.shape)
    for index in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[index] = h
        gradient[index] = (f(at + step) - f(at - step)) / (2 * h)
    return gradient
