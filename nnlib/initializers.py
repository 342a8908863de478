r"""Starting weights: from a generator and a shape $(n_l, n_{l-1})$ to a matrix. Biases start at 0."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnlib.checks import Array, number

Initializer = Callable[[np.random.Generator, int, int], Array]


def constant(value: float = 0.0) -> Initializer:
    """Every weight ``value``: the hidden neurons of a layer then stay identical for ever."""
    value = number("value", value)
    return lambda rng, n_out, n_in: np.full((n_out, n_in), value)


def uniform(low: float = -1.0, high: float = 1.0) -> Initializer:
    """Uniform on [low, high)."""
    low, high = number("low", low), number("high", high, low)
    return lambda rng, n_out, n_in: rng.uniform(low, high, (n_out, n_in))


def normal(sd: float = 1.0) -> Initializer:
    """Normal, mean 0 and standard deviation ``sd``, whatever the layer's size."""
    sd = number("sd", sd, 0)
    return lambda rng, n_out, n_in: rng.normal(0, sd, (n_out, n_in))


def xavier(rng: np.random.Generator, n_out: int, n_in: int) -> Array:
    r"""Normal, variance $2/(n_{in} + n_{out})$. Source: Glorot and Bengio 2010."""
    return rng.normal(0, (2 / (n_in + n_out)) ** 0.5, (n_out, n_in))


def he(rng: np.random.Generator, n_out: int, n_in: int) -> Array:
    r"""Normal, variance $2/n_{in}$: ReLU halves a symmetric $z$'s mean square. Source: He et al. 2015."""
    return rng.normal(0, (2 / n_in) ** 0.5, (n_out, n_in))


#: Every initialiser by its name.
INITIALIZERS: dict[str, Initializer] = {
    "zeros": constant(),
    "uniform": uniform(),
    "normal": normal(),
    "xavier": xavier,
    "he": he,
}
