"""A fully connected feed-forward network: the equations, an example a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from nnlib import checks, outputs, passes, settings
from nnlib.activations import ACTIVATIONS, Activation, PReLU, prelu
from nnlib.checks import Array, Seed
from nnlib.costs import COSTS, Cost
from nnlib.initializers import INITIALIZERS, Initializer
from nnlib.parameters import Layers, Parameters
from nnlib.passes import Gradients, Pass

__all__ = ["Gradients", "Network", "Pass"]


class Network:
    r"""A fully connected network: $z^{(l)} = w^{(l)} a^{(l-1)} + b^{(l)}$, $a^{(l)} = f(z^{(l)})$.

    Its cost is $C = \frac1N \sum_n C_n + \frac\lambda2 \sum w^2$, with $\lambda$ = ``l2`` and biases left out
    of the second sum.

    ``W[l]`` and ``b[l]``, $l = 1 \dots L$, of shapes $(n_l, n_{l-1})$ and $(n_l,)$, can be read and assigned.
    They are views into the one vector ``parameters``, so that an optimizer's step is a few vector operations.
    Assigning copies. A copy (``copy.deepcopy``) and what ``pickle`` brings back is a network of its own.
    ``canonical`` says whether output activation and cost are a pair for which $\delta^{(L)} = a - y$.

    Args:
        sizes: the neurons of each layer, the input layer first; two layers or more.
        hidden: the hidden layers' activation, by name (``nnlib.ACTIVATIONS``) or as an object.
        output: the output layer's.
        cost: by name (``nnlib.COSTS``) or as an object.
        init: how the weights start, by name (``nnlib.INITIALIZERS``) or as a function; biases start at 0.
        l2: at least 0.
        rng: a seed or a numpy Generator.
        dtype: float (64 bits) or numpy.float32.

    Raises:
        ValueError: for an unknown name, a value out of its range, and a pair of output and cost that cannot
            be right: one output under softmax or categorical cross-entropy, a cross-entropy of outputs that
            do not lie between 0 and 1; for an activation, a cost or an initialiser of your own that gives
            no arrays of the right shape; and for more than ten million parameters.

    >>> import nnlib
    >>> net = nnlib.Network([2, 3, 1], hidden="tanh", rng=0)
    >>> net
    Network 2-3-1: tanh hidden, sigmoid output, quadratic, 13 parameters
    >>> net.predict([[0.0, 1.0], [1.0, 0.0]]).shape
    (2, 1)

    Source of the equations: Nielsen, Neural Networks and Deep Learning, 2015, chapter 2.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        hidden: str | Activation = "sigmoid",
        *,
        output: str | Activation = "sigmoid",
        cost: str | Cost = "quadratic",
        init: str | Initializer = "xavier",
        l2: float = 0.0,
        rng: Seed = None,
        dtype: npt.DTypeLike = float,
    ) -> None:
        self.sizes = settings.sizes_of(sizes)
        self.L = len(self.sizes) - 1
        self.dtype = settings.precision(dtype)
        self.l2 = checks.number("l2", l2, 0)
        self._cost = checks.named("cost", cost, COSTS, Cost)
        hidden = checks.named("activation", hidden, ACTIVATIONS, Activation)
        output = checks.named("activation", output, ACTIVATIONS, Activation)
        outputs.pair(hidden if self.L > 1 else None, output, self._cost, self.sizes[-1])
        outputs.tried(output, self._cost, self.sizes[-1])
        outputs.tried(hidden, None, 2)
        # By its functions: an activation of the reader's own keeps its own slope, whatever its name.
        self.canonical = output == ACTIVATIONS.get(self._cost.canonical or "")

        shapes = list(zip(self.sizes[1:], self.sizes[:-1], strict=True))
        # f[0] is never used: layers with an activation are numbered from 1.
        self.f = [ACTIVATIONS["linear"], *[hidden] * (self.L - 1), output]
        leaky = [l for l, f in enumerate(self.f) if isinstance(f, PReLU)]
        self._parameters = Parameters.zeros(self.sizes, leaky, self.dtype)
        self._own_leaks()

        start = INITIALIZERS.get(init) if isinstance(init, str) else init
        if not callable(start):
            known = ", ".join(INITIALIZERS)
            raise ValueError(f"there is no initialiser {settings.shown(init)}; the names are {known}")
        generator = checks.generator(rng)
        for l, (n_out, n_in) in enumerate(shapes, 1):
            try:
                self.W[l] = start(generator, n_out, n_in)
            except Exception as problem:  # a function that is no initialiser may raise anything
                called = f"init was called with a generator, {n_out} and {n_in}: {settings.brief(problem)}"
                raise ValueError(
                    f"{called}; an initialiser such as nnlib.initializers.normal() is expected"
                ) from problem

    @property
    def parameters(self) -> Array:
        """All that the network learns, in one vector: weights, biases, and PReLU's leaks."""
        return self._parameters.flat

    @parameters.setter
    def parameters(self, values: npt.ArrayLike) -> None:
        """Copied; another shape, or numbers that are not finite, are a ``ValueError``."""
        flat = self._parameters.flat
        if values is not flat:  # else it has just been changed in place, as by -=
            flat[...] = checks.shaped("parameters", values, flat.shape, flat.dtype)

    @property
    def W(self) -> Layers:
        """The weights, ``W[l]`` of shape $(n_l, n_{l-1})$."""
        return self._parameters.W

    @W.setter
    def W(self, values: Layers | Sequence[npt.ArrayLike]) -> None:
        """Copied, an array a layer; as :meth:`Layers.assign`."""
        self.W.assign(values)

    @property
    def b(self) -> Layers:
        """The biases, ``b[l]`` of shape $(n_l,)$."""
        return self._parameters.b

    @b.setter
    def b(self, values: Layers | Sequence[npt.ArrayLike]) -> None:
        """Copied, an array a layer; as :meth:`Layers.assign`."""
        self.b.assign(values)

    # The equations --------------------------------------------------------------------------------------

    def forward(self, X: npt.ArrayLike) -> Pass:
        """The forward pass of a batch ``X``, shape $(N, n_0)$, an example a row.

        Raises a ``ValueError`` for another shape, no rows, numbers that are not finite, and such that lead to
        weighted inputs beyond the dtype. (A network whose training diverged gives what it has: inf and NaN.)
        """
        with np.errstate(over="ignore", invalid="ignore"):
            p = self._forward(self._inputs(X))
        for l in range(1, self.L + 1):
            passes.within(f"X leads, in layer {l}, to", given=[p.A[0]], found=[p.Z[l], p.A[l]])
            passes.finite(f"in layer {l}, f of {self.f[l].name!r}", p.Z[l], p.A[l])
        return p

    def _forward(self, X: Array) -> Pass:
        # Of two matrices np.dot is the same as @, and begins sooner: on small batches that is a twentieth.
        W, b, f = self.W.arrays, self.b.arrays, self.f
        Z, A = [X[:0]], [X]
        for l in range(1, self.L + 1):
            Z.append(np.dot(A[l - 1], W[l].T))
            Z[l] += b[l]
            A.append(f[l].f(Z[l]))
        return Pass(Z, A)

    def backward(self, p: Pass, Y: npt.ArrayLike) -> Gradients:
        r"""Backpropagation: from a forward pass and targets ``Y``, shape $(N, n_L)$, to the cost's gradient.

        $\delta^{(L)} = \partial C_n/\partial a^{(L)} \odot f'(z^{(L)})$ (BP1; softmax: with its Jacobian),
        $\delta^{(l)} = (w^{(l+1)})^T \delta^{(l+1)} \odot f'(z^{(l)})$ (BP2) and, averaged over the examples,
        $\partial C/\partial b^{(l)} = \delta^{(l)}$ (BP3),
        $\partial C/\partial w^{(l)} = \delta^{(l)} (a^{(l-1)})^T + \lambda w^{(l)}$ (BP4).

        Raises a ``ValueError`` for targets of another shape, not finite, or out of the cost's range, and for
        a forward pass of another network, or of this one before its weights were changed.
        """
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            self._own(p)
            gradients = self._backward(p, self._targets(Y, len(p.A[0])), self._gradients())
        passes.within("the pass p, of X, and Y lead to", given=[p.A[0], Y], found=[gradients.flat])
        passes.finite(f"prime of {self._cost.name!r}", p.A[-1], gradients.delta[-1])
        if not np.isfinite(gradients.flat).all():
            for l in range(1, self.L):
                prime = self.f[l].prime.raw  # type: ignore[attr-defined]
                passes.finite(f"in layer {l}, prime of {self.f[l].name!r}", p.Z[l], prime(p.Z[l], p.A[l]))
        return gradients

    def _backward(self, p: Pass, Y: Array, into: Gradients) -> Gradients:
        Z, A, W, f, L, N = p.Z, p.A, self.W.arrays, self.f, self.L, len(Y)
        delta, grad_W, grad_b = into.delta, into.W.arrays, into.b.arrays
        ones, slope = np.ones(N, self.dtype), self._cost.prime.raw  # type: ignore[attr-defined]
        for l in range(L, 0, -1):
            if l == L and self.canonical:
                delta[l] = A[L] - Y  # BP1, for the pairs in which f' cancels
            else:
                g = slope(A[L], Y) if l == L else np.dot(delta[l + 1], W[l + 1])
                delta[l] = f[l]._vjp(g, Z[l], A[l])  # BP1, BP2
                f[l]._learn(g, Z[l], into.leaks[l])
            share = delta[l] / N  # each example's, of a mean
            np.dot(ones, share, out=grad_b[l])  # BP3: summed over the examples, quickest as a product
            np.dot(share.T, A[l - 1], out=grad_W[l])  # BP4
        if self.l2:
            for gradient, w in zip(grad_W[1:], W[1:], strict=True):
                gradient += self.l2 * w
        return into

    def cost(self, X: npt.ArrayLike, Y: npt.ArrayLike) -> float:
        r"""$C = \frac1N \sum_n C_n + \frac\lambda2 \sum w^2$, one number.

        ``X`` has shape $(N, n_0)$, ``Y`` $(N, n_L)$; errors as in :meth:`forward` and :meth:`backward`.
        """
        p = self.forward(X)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            cost = float(self._costs(p.Z[-1], p.A[-1], self._targets(Y, len(p.A[0]))).mean()) + self.penalty()
        passes.within("X, Y or l2 leads to", given=[p.A[0], Y, self.l2], found=[p.A[-1], np.array([cost])])
        return cost

    def penalty(self) -> float:
        r"""The L2 term, $\frac\lambda2 \sum w^2$ over all weights, biases left out."""
        return 0.5 * self.l2 * sum(float(np.vdot(w, w)) for w in self.W) if self.l2 else 0.0

    def predict(self, X: npt.ArrayLike) -> Array:
        """The prediction $a^{(L)}$ of each row of ``X``, shape $(N, n_L)$."""
        return self.forward(X).A[-1]

    def classify(self, X: npt.ArrayLike) -> npt.NDArray[np.intp]:
        """The class of each row, shape $(N,)$: the largest output; with one output, 1 at or above the middle.

        The middle is that of the output's range, 0.5 for a sigmoid and 0 for tanh. Under binary cross-entropy
        several outputs are a yes or no each, shape $(N, n_L)$. A single output without a range, such as a
        linear one, names no class: a ``ValueError``.
        """
        return outputs.classify(self.predict(X), self.f[self.L], self._cost)

    # What describes the network -------------------------------------------------------------------------

    @property
    def n_parameters(self) -> int:
        """How many numbers the network learns: weights and biases (and a leak a layer for PReLU)."""
        return int(self.parameters.size)

    @property
    def is_classifier(self) -> bool:
        """Whether the outputs are class scores: of a bounded range, as of sigmoid, softmax, tanh or step."""
        return self.f[self.L].bounded

    def copy(self, dtype: npt.DTypeLike | None = None) -> Network:
        """An independent network with the same parameters, in another ``dtype`` where one is given."""
        kind = self.dtype if dtype is None else settings.precision(dtype)
        twin = Network(
            self.sizes,
            self.f[1],
            output=self.f[self.L],
            cost=self._cost,
            init="zeros",
            l2=self.l2,
            dtype=kind,
        )
        values = checks.numbers("a network whose dtype is to be less", self.parameters, kind)
        twin.parameters[...] = values
        return twin

    def __copy__(self) -> Network:
        return self.copy()

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._own_leaks()

    def __repr__(self) -> str:
        middle = f"{self.f[1].name} hidden, " if self.L > 1 else ""
        ends = f"{self.f[self.L].name} output, {self._cost.name}, {self.n_parameters:,} parameters"
        return f"Network {'-'.join(map(str, self.sizes))}: {middle}{ends}"

    # Within the boundary: what fit and gradient_check share ----------------------------------------------

    def _own_leaks(self) -> None:
        """Make each PReLU's leak one of the parameters, at the value that it has."""
        for l, f in enumerate(self.f):
            if isinstance(f, PReLU):
                self._parameters.leaks[l][...] = f.alpha
                self.f[l] = prelu(self._parameters.leaks[l])

    def _gradients(self) -> Gradients:
        own = self._parameters
        return Gradients(np.empty_like(own.flat), own.sizes, own.leaky)

    def _costs(self, Z: Array, A: Array, Y: Array) -> Array:
        logits = self._cost.from_logits if self.canonical else None
        return logits(Z, Y) if logits else self._cost.value(A, Y)

    def _own(self, p: Pass) -> None:
        """Refuse a pass that this network, as it is now, would not make: its first row is tried again."""
        passes.fits(p, self.sizes, self.dtype)
        for l, z in enumerate(self._forward(p.A[0][:1]).Z[1:], 1):
            # Batches of another size round differently; what overflowed cannot be compared.
            if (np.abs(p.Z[l][:1] - z) > np.finfo(self.dtype).eps ** 0.5 * np.abs(z).max()).any():
                cure = "run p = net.forward(X) again before net.backward(p, Y)"
                raise ValueError(f"the pass is not of this network as it is now (layer {l} differs); {cure}")
        passes.within("the pass holds", given=[p.A[0]], found=[*p.Z[1:], *p.A])

    def _inputs(self, X: npt.ArrayLike, name: str = "X") -> Array:
        return checks.matrix(name, X, self.sizes[0], "features", self.dtype)

    def _targets(self, Y: npt.ArrayLike, n: int, name: str = "Y") -> Array:
        return checks.targets(name, Y, n, self.sizes[-1], self._cost.targets, self._cost.name, self.dtype)
