r"""Starting weights: from a generator and a shape $(n_l, n_{l-1})$ to a matrix. Biases start at 0."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnlib import checks
from nnlib.checks import Array, number
from nnlib.settings import MOST, shown

Initializer = Callable[[np.random.Generator, int, int], Array]


def constant(value: float = 0.0) -> Initializer:
    """Every weight ``value``: the hidden neurons of a layer then stay identical for ever."""
    value = number("value", value)
    return lambda rng, n_out, n_in: np.full(_shape(rng, n_out, n_in), value)


def uniform(low: float = -1.0, high: float = 1.0) -> Initializer:
    """Uniform on [low, high)."""
    low, high = number("low", low), number("high", high, low)
    number("high - low", high - low)

    def start(rng: np.random.Generator, n_out: int, n_in: int) -> Array:
        shape = _shape(rng, n_out, n_in)
        return rng.uniform(low, high, shape)

    return start


def normal(sd: float = 1.0) -> Initializer:
    """Normal, mean 0 and standard deviation ``sd``, whatever the layer's size."""
    sd = number("sd", sd, 0)

    def start(rng: np.random.Generator, n_out: int, n_in: int) -> Array:
        shape = _shape(rng, n_out, n_in)
        return checks.held(lambda z: sd * z, ["sd"], rng.standard_normal(shape))

    return start


def xavier(rng: np.random.Generator, n_out: int, n_in: int) -> Array:
    r"""Normal, variance $2/(n_{in} + n_{out})$. Source: Glorot and Bengio 2010."""
    shape = _shape(rng, n_out, n_in)
    return rng.normal(0, (2 / (n_in + n_out)) ** 0.5, shape)


def he(rng: np.random.Generator, n_out: int, n_in: int) -> Array:
    r"""Normal, variance $2/n_{in}$: ReLU halves a symmetric $z$'s mean square. Source: He et al. 2015."""
    shape = _shape(rng, n_out, n_in)
    return rng.normal(0, (2 / n_in) ** 0.5, shape)


def _shape(rng: np.random.Generator, n_out: int, n_in: int) -> tuple[int, int]:
    """The shape of the weights that an initialiser is asked for."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng is {shown(rng)}; a numpy Generator is expected, as np.random.default_rng(0)")
    shape = checks.whole("n_out", n_out), checks.whole("n_in", n_in)
    if shape[0] * shape[1] > MOST:
        raise ValueError(f"n_out times n_in is {shape[0] * shape[1]:,}; at most {MOST:,} are expected")
    return shape


#: Every initialiser by its name.
INITIALIZERS: dict[str, Initializer] = {
    "zeros": constant(),
    "uniform": uniform(),
    "normal": normal(),
    "xavier": xavier,
    "he": he,
}
