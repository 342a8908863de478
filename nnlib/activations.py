r"""Activation functions $a = f(z)$ and their slopes $f'(z)$.

The slope is written with whichever of $z$ and $a$ is cheaper, so it takes both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from functools import partial
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from nnlib import checks
from nnlib.checks import Array, Checked, number
from nnlib.settings import function, interval, shown


@dataclass(frozen=True)
class Activation:
    r"""An elementwise activation $a = f(z)$ with its slope $f'(z)$; arrays of any shape.

    ``f(z)`` is the function and ``prime(z, a)`` its derivative, ``a`` being ``f(z)``; both are given float
    arrays, and give such of the same dtype. ``range`` is where ``f`` has its values: a cost that takes
    logarithms expects (0, 1), and the middle of a bounded range parts yes from no. Calling the object calls
    ``f`` on any numbers; it, ``prime`` and ``vjp`` raise a ``ValueError`` for what are none, for infinite
    ones, and where the answer is beyond the dtype. NaN stays NaN.

    >>> import nnlib
    >>> nnlib.ACTIVATIONS["relu"]([-1, 2])
    array([0., 2.])
    """

    name: str
    f: Callable[[Array], Array]
    prime: Callable[[Array, Array], Array]
    _: KW_ONLY
    range: tuple[float, float] = (-np.inf, np.inf)

    elementwise: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise ValueError(f"name is {shown(self.name)}; a text is expected")
        function("f", self.f, "an array z")
        object.__setattr__(self, "range", interval("range", self.range))
        if not isinstance(self.prime, Checked):
            raw = function("prime", self.prime, "arrays z and a")
            object.__setattr__(self, "prime", Checked(raw, "z", "a"))

    @property
    def bounded(self) -> bool:
        """Whether the range has two ends, as a class's score has, and an amount has not."""
        return bool(np.isfinite(self.range).all())

    def __call__(self, z: npt.ArrayLike) -> Array:
        (array,) = checks.floats("z", z)
        self._fits(array)
        return checks.held(self.f, "z", array)

    def vjp(self, g: npt.ArrayLike, z: npt.ArrayLike, a: npt.ArrayLike) -> Array:
        r"""From $g = \partial C/\partial a$ to $\partial C/\partial z = g \odot f'(z)$.

        All of shape $(N, n)$. It is $g$ times the Jacobian, which has the slopes on its diagonal: a
        vector-Jacobian product.
        """
        arrays = checks.floats("gza", g, z, a)
        self._fits(arrays[1])
        return checks.held(self._vjp, "gza", *arrays)

    def _fits(self, z: Array) -> None:
        """Refuse a shape that the activation has no answer to; most have one to any."""

    # Without checks, for the equations of a network: -----------------------------------------------------

    def _vjp(self, g: Array, z: Array, a: Array) -> Array:
        return g * self.prime.raw(z, a)  # type: ignore[attr-defined]

    def _learn(self, g: Array, z: Array, into: Array) -> None:
        """Put the gradient of a parameter that the activation has of its own ``into``; most have none."""


@dataclass(frozen=True, eq=False)
class Softmax(Activation):
    r"""$a_j = e^{z_j} / \sum_k e^{z_k}$, row by row.

    Every $a_j$ depends on every $z_k$: there is a Jacobian and no elementwise slope, so ``prime`` raises a
    ``ValueError``. ``vjp`` gives $\partial C/\partial z_j = a_j (g_j - \sum_k g_k a_k)$, which is $g$ times
    the Jacobian $\partial a_j/\partial z_k = a_j (1_{j=k} - a_k)$. Source: Bridle 1990.
    """

    elementwise: ClassVar[bool] = False

    def _fits(self, z: Array) -> None:
        if not z.ndim or not z.shape[-1]:
            raise ValueError(f"z has shape {z.shape}; softmax expects rows of numbers")

    def _vjp(self, g: Array, z: Array, a: Array) -> Array:
        return a * (g - (g * a).sum(axis=-1, keepdims=True))


@dataclass(frozen=True, eq=False)
class PReLU(Activation):
    r"""A leaky ReLU whose leak $\alpha$ is a parameter of the network, one a layer, learned like a weight.

    ``alpha`` holds it, shape (1,). Source: He et al. 2015, who start at $\alpha = 0.25$.
    """

    alpha: Array = field(kw_only=True)

    def prime_alpha(self, z: npt.ArrayLike) -> Array:
        r"""$\partial a/\partial\alpha = \min(0, z)$, an element an element of ``z``."""
        return checks.held(_below, "z", *checks.floats("z", z))

    def _learn(self, g: Array, z: Array, into: Array) -> None:
        # 1/N sum g min(0, z), over examples and neurons.
        into[...] = (g * _below(z)).sum() / len(g)


# Each function, and below it its slope. Named functions, not lambdas: a network that holds them can be saved.


def _step(z: Array) -> Array:
    return (z >= 0).astype(z.dtype)


def _step_prime(z: Array, a: Array) -> Array:
    return np.zeros_like(z)


def _linear(z: Array) -> Array:
    return z.copy()


def _linear_prime(z: Array, a: Array) -> Array:
    return np.ones_like(z)


def _sigmoid(z: Array) -> Array:
    # Equal to 1 / (1 + e^-z), several times faster, and no overflow; below z = -37 it is exactly 0.
    return 0.5 * np.tanh(0.5 * z) + 0.5


def _sigmoid_prime(z: Array, a: Array) -> Array:
    return a * (1 - a)


def _tanh_prime(z: Array, a: Array) -> Array:
    return 1 - a * a


def _relu(z: Array) -> Array:
    return np.maximum(z, 0)


def _relu_prime(z: Array, a: Array) -> Array:
    return np.sign(a)


def _leaky(z: Array, leak: float) -> Array:
    return np.where(z > 0, z, leak * z)


def _leaky_prime(z: Array, a: Array, leak: float) -> Array:
    return np.where(z > 0, 1, leak * np.ones_like(z))


def _below(z: Array) -> Array:
    return np.minimum(z, 0)


def _prelu(z: Array, alpha: Array) -> Array:
    return _leaky(z, alpha.item())  # a Python number, which leaves the dtype of z as it is


def _prelu_prime(z: Array, a: Array, alpha: Array) -> Array:
    return _leaky_prime(z, a, alpha.item())


def _swish(z: Array) -> Array:
    return z * _sigmoid(z)


def _swish_prime(z: Array, a: Array) -> Array:
    s = _sigmoid(z)
    return s + a * (1 - s)


def _softmax(z: Array) -> Array:
    # The largest exponent is 0: no overflow, the same quotient. reduce is what max and sum call, sooner.
    if len(z) > z.shape[-1]:  # many short rows: over columns of memory, both take a third of the time
        z = np.asfortranarray(z)
    e = np.exp(z - np.maximum.reduce(z, axis=-1, keepdims=True))
    return e / np.add.reduce(e, axis=-1, keepdims=True)


def _softmax_prime(z: Array, a: Array) -> Array:
    raise ValueError("softmax has a Jacobian, not an elementwise slope: use vjp(g, z, a)")


def leaky_relu(leak: float = 0.01) -> Activation:
    r"""$f(z) = z$ for $z > 0$, else $\text{leak} \cdot z$; its slope at 0 is the leak.

    Raises a ``ValueError`` for a leak below 0. Source: Maas et al. 2013.
    """
    leak = number("leak", leak, 0)
    return Activation("leaky_relu", partial(_leaky, leak=leak), partial(_leaky_prime, leak=leak))


def prelu(alpha: float | Array = 0.25) -> PReLU:
    r"""A :class:`PReLU` that starts at leak ``alpha``; an array of shape (1,) is used as it is, not copied.

    Raises a ``ValueError`` for anything else than a number or such an array.
    """
    leak = alpha if isinstance(alpha, np.ndarray) else np.array([number("alpha", alpha)])
    if leak.shape != (1,):
        raise ValueError(f"alpha has shape {leak.shape}; a number or an array of shape (1,) is expected")
    if leak.dtype.kind != "f":
        raise ValueError(f"alpha is {shown(alpha)}; an array of floats is expected")
    checks.shaped("alpha", leak, (1,))
    return PReLU("prelu", partial(_prelu, alpha=leak), partial(_prelu_prime, alpha=leak), alpha=leak)


#: Every activation by its name.
#:
#:
#: ==========  =============================  =============================
#: name        a = f(z)                       f'(z)
#: ==========  =============================  =============================
#: step        1 for z >= 0, else 0           0 (at z = 0 there is none)
#: linear      z                              1
#: sigmoid     1 / (1 + e^-z)                 a (1 - a)
#: tanh        (e^z - e^-z) / (e^z + e^-z)    1 - a^2
#: relu        max(0, z)                      1 for z > 0, else 0
#: leaky_relu  z for z > 0, else 0.01 z       1 for z > 0, else 0.01
#: prelu       z for z > 0, else alpha z      1 for z > 0, else alpha
#: swish       z s, where s = sigmoid(z)      s + a (1 - s)
#: softmax     e^z_j / sum_k e^z_k            a Jacobian: see ``Softmax``
#: ==========  =============================  =============================
#:
#: Sources: ReLU, Nair and Hinton 2010; swish, Ramachandran et al. 2017.
ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation("step", _step, _step_prime, range=(0, 1)),
        Activation("linear", _linear, _linear_prime),
        Activation("sigmoid", _sigmoid, _sigmoid_prime, range=(0, 1)),
        Activation("tanh", np.tanh, _tanh_prime, range=(-1, 1)),
        Activation("relu", _relu, _relu_prime, range=(0, np.inf)),
        leaky_relu(),
        prelu(),
        Activation("swish", _swish, _swish_prime),
        Softmax("softmax", _softmax, _softmax_prime, range=(0, 1)),
    )
}
