r"""Cost functions: $C_n(a, y)$ of one example, and its gradient $\partial C_n/\partial a$.

A network's cost is their mean, $C = \frac1N \sum_n C_n$, plus its L2 term.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from nnlib import checks
from nnlib.checks import Array, Checked
from nnlib.settings import function, interval, shown


@dataclass(frozen=True)
class Cost:
    r"""A cost, from activations ``A`` and targets ``Y``, both of shape $(N, n_L)$, an example a row.

    ``value(A, Y)`` has shape $(N,)$, an example an entry; ``prime(A, Y)`` $= \partial C_n/\partial a$ has
    shape $(N, n_L)$. Both are given float arrays. Calling the object calls ``value`` on any numbers; it and
    ``prime`` raise a ``ValueError`` where the shapes differ, for what are no numbers or infinite ones, and
    where the answer is beyond the dtype.

    ``canonical`` names the output activation with which $\delta^{(L)} = a - y$. ``from_logits(Z, Y)``,
    where there is one, is the value under that activation, taken from the weighted inputs: exact where
    ``value`` would meet $\ln 0$. ``targets`` says what they are: any ``"numbers"``, ``"probabilities"`` from
    0 to 1, or ``"shares"``, which sum to 1 in each row. ``range`` is where activations may lie.

    >>> import nnlib
    >>> nnlib.COSTS["quadratic"](np.array([[0.5, 1.0]]), np.array([[0.0, 1.0]]))
    array([0.125])
    """

    name: str
    value: Callable[[Array, Array], Array]
    prime: Callable[[Array, Array], Array]
    _: KW_ONLY
    canonical: str | None = None
    from_logits: Callable[[Array, Array], Array] | None = None
    targets: Literal["numbers", "probabilities", "shares"] = "numbers"
    range: tuple[float, float] = (-np.inf, np.inf)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise ValueError(f"name is {shown(self.name)}; a text is expected")
        function("value", self.value, "arrays A and Y")
        if self.from_logits is not None:
            function("from_logits", self.from_logits, "arrays Z and Y")
        if self.canonical is not None and not isinstance(self.canonical, str):
            raise ValueError(f"canonical is {shown(self.canonical)}; an activation's name is expected")
        checks.one_of("targets", self.targets, ("numbers", "probabilities", "shares"))
        object.__setattr__(self, "range", interval("range", self.range))
        if not isinstance(self.prime, _Pairs):
            object.__setattr__(
                self, "prime", _Pairs(function("prime", self.prime, "arrays A and Y"), "A", "Y")
            )

    def __call__(self, A: npt.ArrayLike, Y: npt.ArrayLike) -> Array:
        return _Pairs(self.value, "A", "Y")(A, Y)


class _Pairs(Checked):
    """A checked function of activations and targets: two matrices of one shape."""

    def __call__(self, *values: npt.ArrayLike) -> Array:
        self._counted(values)
        arrays = [checks.read(n, v, "numbers") for n, v in zip(self.names, values, strict=True)]
        if arrays[0].shape != arrays[1].shape or arrays[0].ndim != 2 or not arrays[0].size:
            shapes = f"A has shape {arrays[0].shape} and Y {arrays[1].shape}"
            raise ValueError(f"{shapes}; two matrices of one shape (examples, outputs) are expected")
        return super().__call__(*arrays)


# Each value, and below it its gradient. Named functions, not lambdas: a network that holds them can be saved.


def _quadratic(A: Array, Y: Array) -> Array:
    return 0.5 * ((A - Y) ** 2).sum(axis=1)


def _quadratic_prime(A: Array, Y: Array) -> Array:
    return A - Y


def _mse(A: Array, Y: Array) -> Array:
    return ((A - Y) ** 2).mean(axis=1)


def _mse_prime(A: Array, Y: Array) -> Array:
    return 2 * (A - Y) / A.shape[1]


def _mae(A: Array, Y: Array) -> Array:
    return np.abs(A - Y).mean(axis=1)


def _mae_prime(A: Array, Y: Array) -> Array:
    return np.sign(A - Y) / A.shape[1]


def _inside(A: Array) -> Array:
    """Activations kept eps away from 0 and 1, for a finite logarithm; logits need no such thing."""
    step = np.finfo(A.dtype).eps
    return np.clip(A, step, 1 - step)


def _binary(A: Array, Y: Array) -> Array:
    A = _inside(A)
    return -(Y * np.log(A) + (1 - Y) * np.log1p(-A)).sum(axis=1)


def _binary_prime(A: Array, Y: Array) -> Array:
    A = _inside(A)
    return (A - Y) / (A * (1 - A))


def _binary_from_logits(Z: Array, Y: Array) -> Array:
    # -ln a = ln(1 + e^-z) and -ln(1 - a) = ln(1 + e^z): the definition, without a logarithm of 0.
    return (Y * np.logaddexp(0, -Z) + (1 - Y) * np.logaddexp(0, Z)).sum(axis=1)


def _categorical(A: Array, Y: Array) -> Array:
    return -(Y * np.log(_inside(A))).sum(axis=1)


def _categorical_prime(A: Array, Y: Array) -> Array:
    return -Y / _inside(A)


def _categorical_from_logits(Z: Array, Y: Array) -> Array:
    Z = Z - Z.max(axis=1, keepdims=True)  # the same softmax, and no overflow
    return np.log(np.exp(Z).sum(axis=1)) - (Y * Z).sum(axis=1)


#: Every cost by its name. With $n_L$ outputs, of one example:
#:
#: * ``quadratic`` $\frac12 \sum_j (a_j - y_j)^2$,
#: * ``mse`` $\frac1{n_L} \sum_j (a_j - y_j)^2$,
#: * ``mae`` $\frac1{n_L} \sum_j |a_j - y_j|$, whose slope where $a_j = y_j$ is taken as 0,
#: * ``binary_cross_entropy`` $-\sum_j [y_j \ln a_j + (1 - y_j) \ln(1 - a_j)]$, a yes or no for every output,
#: * ``categorical_cross_entropy`` $-\sum_j y_j \ln a_j$; for one-hot targets the log-likelihood cost
#:   $-\ln a_y$.
#:
#: Before the logarithm, the entropies keep activations away from 0 and 1 by the dtype's eps, 2.2e-16 in
#: float64.
COSTS: dict[str, Cost] = {
    cost.name: cost
    for cost in (
        Cost("quadratic", _quadratic, _quadratic_prime, canonical="linear"),
        Cost("mse", _mse, _mse_prime),
        Cost("mae", _mae, _mae_prime),
        Cost(
            "binary_cross_entropy",
            _binary,
            _binary_prime,
            canonical="sigmoid",
            from_logits=_binary_from_logits,
            targets="probabilities",
            range=(0, 1),
        ),
        Cost(
            "categorical_cross_entropy",
            _categorical,
            _categorical_prime,
            canonical="softmax",
            from_logits=_categorical_from_logits,
            targets="shares",
            range=(0, 1),
        ),
    )
}
