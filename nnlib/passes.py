"""What a network computed: forward, its weighted inputs and activations; backward, its gradient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlib.checks import Array
from nnlib.parameters import Parameters


@dataclass
class Pass:
    r"""What a forward pass computed: ``Z[l]`` and ``A[l]``, both of shape $(N, n_l)$.

    ``A[0]`` is X, ``A[-1]`` the prediction; ``Z[0]`` is empty: the input layer has no weighted input.
    """

    Z: list[Array]
    A: list[Array]


class Gradients(Parameters):
    r"""What a backward pass computed.

    ``delta[l]`` $= \partial C_n/\partial z^{(l)}$ of each example, shape $(N, n_l)$ (``delta[0]`` is empty);
    ``W[l]`` and ``b[l]``, the gradient of the network's cost, L2 term included, shaped like the network's
    own; ``flat``, the same in one vector.
    """

    def __init__(self, flat: Array, sizes: Sequence[int], leaky: Sequence[int]) -> None:
        super().__init__(flat, sizes, leaky)
        self.delta = [flat[:0]] * len(sizes)


def fits(p: Pass, sizes: Sequence[int], dtype: np.dtype[Any]) -> None:
    """Refuse what is no pass of a network with layers of these ``sizes`` and numbers of this ``dtype``.

    Raises a ``ValueError``.
    """
    if not isinstance(p, Pass):
        raise ValueError(f"p is a {type(p).__name__}; a pass is expected, as p = net.forward(X) gives it")
    wanted = "a pass that net.forward(X) gives is expected"
    try:
        layers = [A.shape[1] for A in p.A]
        n, arrays = len(p.A[0]), [*zip(p.Z[1:], p.A[1:], layers[1:], strict=True)]
        whole = n > 0 and p.A[0].dtype == dtype and all(isinstance(A, np.ndarray) for A in p.A)
        whole &= all(Z.shape == A.shape == (n, m) and Z.dtype == A.dtype == dtype for Z, A, m in arrays)
    except (AttributeError, TypeError, LookupError, ValueError):
        raise ValueError(f"the pass p has no arrays Z[l] and A[l], one a layer; {wanted}") from None
    if layers != list(sizes):
        raise ValueError(f"the pass has layers of {layers} neurons; this network expects {list(sizes)}")
    if not whole:
        raise ValueError(f"the pass p has arrays of other shapes, or not of {dtype}; {wanted}")


def within(what: str, *, given: Sequence[Any], found: Sequence[Array]) -> None:
    """Refuse what is ``found`` beyond its dtype because of large numbers that were ``given``.

    A network whose training diverged has large parameters, and may have what it computes: inf and NaN.
    Raises a ``ValueError``.
    """
    limit = np.finfo(found[0].dtype).max
    if all(np.isfinite(array).all() for array in found):
        return
    if max(np.abs(np.asarray(values, dtype=float)).max(initial=0) for values in given) > limit**0.25:
        advice = f"{found[0].dtype} holds {limit:.2g} at most"
        raise ValueError(f"{what} numbers that are not finite: {advice}, so scale what is large")


def finite(what: str, given: Array, found: Array) -> None:
    """Refuse a function of one's own that makes NaN or infinity of finite numbers: a ``ValueError``."""
    if np.isfinite(given).all() and not np.isfinite(found).all():
        raise ValueError(f"{what} is not finite; finite answers to finite numbers are expected")
