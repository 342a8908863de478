r"""Cost functions: $C_n(a, y)$ of one example, and its gradient $\partial C_n/\partial a$.

A network's cost is their mean, $C = \frac1N \sum_n C_n$, plus its L2 term.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlib.checks import Array


@dataclass(frozen=True, eq=False)
class Cost:
    r"""A cost: ``value(A, Y)`` of shape $(N,)$, an example an entry, and ``prime(A, Y)`` $= \partial C_n/\partial a$, $(N, n_L)$.

    ``canonical`` names the output activation with which $\delta^L = a - y$. ``from_logits(Z, Y)``, where there is one,
    is the value under that activation taken from the weighted inputs: exact where ``value`` would meet $\ln 0$.

    >>> COSTS["quadratic"](np.array([[0.5, 1.0]]), np.array([[0.0, 1.0]]))
    array([0.125])
    """

    name: str
    value: Callable[[Array, Array], Array]
    prime: Callable[[Array, Array], Array]
    canonical: str | None = None
    from_logits: Callable[[Array, Array], Array] | None = None

    def __call__(self, A: Array, Y: Array) -> Array:
        return self.value(*_pair(A, Y))


def _pair(A: Array, Y: Array) -> tuple[Array, Array]:
    A, Y = np.asarray(A), np.asarray(Y)
    if A.shape != Y.shape or A.ndim != 2:
        raise ValueError(f"A has shape {A.shape} and Y {Y.shape}; two matrices of one shape (examples, outputs) are expected")
    if A.dtype.kind != "f":
        A = A.astype(float)
    return A, Y


def _inside(A: Array) -> Array:
    """Activations kept one smallest step inside (0, 1), so that the logarithm is finite; taking logits avoids this."""
    step = np.finfo(A.dtype).eps
    return np.clip(A, step, 1 - step)


def _binary(A: Array, Y: Array) -> Array:
    A = _inside(A)
    return -(Y * np.log(A) + (1 - Y) * np.log1p(-A)).sum(axis=1)


def _binary_prime(A: Array, Y: Array) -> Array:
    A = _inside(A)
    return (A - Y) / (A * (1 - A))


def _binary_from_logits(Z: Array, Y: Array) -> Array:
    return (np.logaddexp(0, Z) - Y * Z).sum(axis=1)  # -ln s(z) = ln(1 + e^-z), and ln(1 + e^-z) = ln(1 + e^z) - z


def _categorical_from_logits(Z: Array, Y: Array) -> Array:
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.log(np.exp(Z).sum(axis=1)) - (Y * Z).sum(axis=1)


#: Every cost by its name. With $n_L$ outputs, of one example:
#:
#: * ``quadratic`` $\frac12 \sum_j (a_j - y_j)^2$; ``mse`` $\frac1{n_L} \sum_j (a_j - y_j)^2$; ``mae`` $\frac1{n_L} \sum_j |a_j - y_j|$;
#: * ``binary_cross_entropy`` $-\sum_j [y_j \ln a_j + (1 - y_j) \ln(1 - a_j)]$, a yes or no for every output;
#: * ``categorical_cross_entropy`` $-\sum_j y_j \ln a_j$, the log-likelihood cost $-\ln a_y$ for one-hot targets.
#:
#: The entropies clip activations by the dtype's smallest step before the logarithm.
COSTS: dict[str, Cost] = {
    cost.name: cost
    for cost in (
        Cost("quadratic", lambda A, Y: 0.5 * ((A - Y) ** 2).sum(axis=1), lambda A, Y: A - Y, canonical="linear"),
        Cost("mse", lambda A, Y: ((A - Y) ** 2).mean(axis=1), lambda A, Y: 2 * (A - Y) / A.shape[1]),
        Cost("mae", lambda A, Y: np.abs(A - Y).mean(axis=1), lambda A, Y: np.sign(A - Y) / A.shape[1]),
        Cost("binary_cross_entropy", _binary, _binary_prime, "sigmoid", _binary_from_logits),
        Cost(
            "categorical_cross_entropy",
            lambda A, Y: -(Y * np.log(_inside(A))).sum(axis=1),
            lambda A, Y: -Y / _inside(A),
            "softmax",
            _categorical_from_logits,
        ),
    )
}
