r"""Activation functions $a = f(z)$ and their slopes $f'(z)$.

The slope is written with whichever of $z$ and $a$ is cheaper, so it takes both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlib.checks import Array, number


@dataclass(frozen=True, eq=False)
class Activation:
    r"""An elementwise activation $a = f(z)$ with its slope $f'(z)$; arrays of any shape.

    ``f(z)`` is the function and ``prime(z, a)`` its derivative, ``a`` being ``f(z)``. Calling the object calls ``f``.

    >>> ACTIVATIONS["relu"](np.array([-1.0, 2.0]))
    array([0., 2.])
    """

    name: str
    f: Callable[[Array], Array]
    prime: Callable[[Array, Array], Array]

    def __call__(self, z: Array) -> Array:
        return self.f(np.asarray(z))

    def vjp(self, g: Array, z: Array, a: Array) -> Array:
        r"""From $g = \partial C/\partial a$ to $\partial C/\partial z = g \odot f'(z)$ (a vector-Jacobian product)."""
        return g * self.prime(z, a)


@dataclass(frozen=True, eq=False)
class Softmax(Activation):
    r"""$a_j = e^{z_j} / \sum_k e^{z_k}$, row by row; every $a_j$ depends on every $z_k$, so there is no elementwise slope."""

    def vjp(self, g: Array, z: Array, a: Array) -> Array:
        r"""$\partial C/\partial z_j = a_j (g_j - \sum_k g_k a_k)$: $g$ times the Jacobian $a_j(\mathbb 1_{jk} - a_k)$."""
        return a * (g - (g * a).sum(axis=-1, keepdims=True))


@dataclass(frozen=True, eq=False)
class PReLU(Activation):
    r"""A leaky ReLU whose leak $\alpha$ is a parameter of the network, one a layer, learned like a weight.

    $\partial a/\partial\alpha = \min(0, z)$. Source: He et al. 2015, who start at $\alpha = 0.25$.
    """

    alpha: Array

    def prime_alpha(self, z: Array) -> Array:
        r"""$\partial a/\partial\alpha = \min(0, z)$."""
        return np.minimum(z, 0)


def _sigmoid(z: Array) -> Array:
    # Equal to 1 / (1 + e^-z), several times faster, and no overflow; below z = -37 it is exactly 0.
    return 0.5 * np.tanh(0.5 * z) + 0.5


def _swish_prime(z: Array, a: Array) -> Array:
    s = _sigmoid(z)
    return s + a * (1 - s)


def _softmax(z: Array) -> Array:
    e = np.exp(z - z.max(axis=-1, keepdims=True))  # the largest exponent is 0: no overflow, the same quotient
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_prime(z: Array, a: Array) -> Array:
    raise ValueError("softmax has a Jacobian, not an elementwise slope: use vjp(g, z, a)")


def leaky_relu(leak: float = 0.01) -> Activation:
    r"""$f(z) = z$ for $z > 0$, else $\text{leak} \cdot z$; its slope at 0 is the leak. Source: Maas et al. 2013."""
    leak = number("leak", leak, 0)
    return Activation("leaky_relu", lambda z: np.where(z > 0, z, leak * z), lambda z, a: np.where(z > 0, 1, z.dtype.type(leak)))


def prelu(alpha: float | Array = 0.25) -> PReLU:
    r"""A :class:`PReLU` that starts at leak ``alpha``; an array of one element is used as it is, not copied."""
    leak = alpha if isinstance(alpha, np.ndarray) else np.array([number("alpha", alpha, -np.inf)])
    return PReLU(
        "prelu",
        lambda z: np.where(z > 0, z, leak.astype(z.dtype, copy=False) * z),
        lambda z, a: np.where(z > 0, z.dtype.type(1), leak.astype(z.dtype, copy=False)),
        leak,
    )


#: Every activation by its name.
ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation("step", lambda z: (z >= 0).astype(z.dtype), lambda z, a: np.zeros_like(z)),
        Activation("linear", lambda z: z.copy(), lambda z, a: np.ones_like(z)),
        Activation("sigmoid", _sigmoid, lambda z, a: a * (1 - a)),
        Activation("tanh", np.tanh, lambda z, a: 1 - a * a),
        Activation("relu", lambda z: np.maximum(z, 0), lambda z, a: (a > 0).astype(z.dtype)),
        leaky_relu(),
        prelu(),
        Activation("swish", lambda z: z * _sigmoid(z), _swish_prime),
        Softmax("softmax", _softmax, _softmax_prime),
    )
}
