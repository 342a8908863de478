"""Rosenblatt's perceptron: one neuron with a step, and a rule that learns from its mistakes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nnlib import checks
from nnlib.checks import Array
from nnlib.settings import shown


class Update(NamedTuple):
    """One mistake put right: in which epoch, on which row, and the weights and bias after it."""

    epoch: int
    row: int
    w: Array
    b: float


class Perceptron:
    r"""One neuron: 1 where $w \cdot x + b \ge 0$, else 0 (or -1, where the labels are).

    Starts at $w = 0$ of shape (n_inputs,) and $b = 0$; both can be assigned. Labels are 0 and 1, or -1 and 1.
    Source: Rosenblatt 1958; the bound on its mistakes, Novikoff 1962.

    From $w = 0$ the learning rate cannot change a prediction in exact arithmetic; use powers of two, since
    rounding breaks ties differently with, say, 0.1.

    >>> import nnlib
    >>> nnlib.Perceptron(2).fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]).mistakes[-1]
    0
    """

    def __init__(self, n_inputs: int, learning_rate: float = 1.0) -> None:
        self.learning_rate = checks.number("learning_rate", learning_rate, 0, ends="(]")
        self._w: Array = np.zeros(checks.whole("n_inputs", n_inputs))
        self._b = 0.0
        self.mistakes: list[int] = []  # in each epoch of the last fit
        self.updates: list[Update] = []  # each mistake of the last fit, in order
        self.negative = 0  # the label of the other class: 0 or -1

    @property
    def w(self) -> Array:
        """The weights, shape (n_inputs,); assigning copies."""
        return self._w

    @w.setter
    def w(self, values: npt.ArrayLike) -> None:
        """Copied; another shape, or numbers that are not finite, are a ``ValueError``."""
        self._w = checks.shaped("w", values, self._w.shape).copy()

    @property
    def b(self) -> float:
        """The bias, a number."""
        return self._b

    @b.setter
    def b(self, value: float) -> None:
        """A finite number; a ``ValueError`` otherwise."""
        self._b = checks.number("b", value)

    @property
    def converged(self) -> bool:
        """Whether the last epoch of the last fit made no mistake."""
        return bool(self.mistakes) and self.mistakes[-1] == 0

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike, max_epochs: int = 100) -> Perceptron:
        r"""Go through the rows until an epoch has no mistake, or ``max_epochs`` times; returns itself.

        A row is a mistake where $y (w \cdot x + b) \le 0$, with $y = \pm 1$ (a tie is one); then
        $w \leftarrow w + \eta\, y\, x$ and $b \leftarrow b + \eta\, y$.

        Args:
            X: shape (N, n_inputs), a row an example.
            y: their labels, shape (N,).
            max_epochs: stop then at the latest; without a line between the classes it would never end.

        Raises:
            ValueError: for wrong shapes, numbers that are not finite or too large, and other labels. Nothing
                has changed then.
        """
        X, epochs = self._inputs(X), checks.whole("max_epochs", max_epochs)
        signs, negative = self._signs(y, len(X))
        mistakes: list[int] = []
        updates: list[Update] = []
        w, b = self._w, self._b
        with np.errstate(over="ignore", invalid="ignore"):
            for epoch in range(epochs):
                mistakes.append(0)
                for row, (x, sign) in enumerate(zip(X, signs, strict=True)):
                    z = w @ x + b
                    if not -np.inf < z < np.inf:
                        raise ValueError(_too_large(np.abs(X).max(), self.learning_rate))
                    if sign * z <= 0:
                        w = w + self.learning_rate * sign * x
                        b += self.learning_rate * sign
                        mistakes[-1] += 1
                        updates.append(Update(epoch, row, w, b))
                if mistakes[-1] == 0:
                    break
        if not (np.isfinite(w).all() and np.isfinite(b)):
            raise ValueError(_too_large(np.abs(X).max(), self.learning_rate))
        self._w, self._b, self.negative, self.mistakes, self.updates = w, b, negative, mistakes, updates
        return self

    def predict(self, X: npt.ArrayLike) -> npt.NDArray[np.intp]:
        """The label of each row of ``X``, shape (N, n_inputs)."""
        with np.errstate(over="ignore", invalid="ignore"):
            z = self._inputs(X) @ self.w + self.b
        if not np.isfinite(z).all():
            raise ValueError(_too_large(np.abs(X).max(), np.abs(self.w).max()))
        return np.where(z >= 0, 1, self.negative)

    def _inputs(self, X: npt.ArrayLike) -> Array:
        X = checks.matrix("X", X, None, "inputs")
        if X.shape[1] != len(self.w):
            raise ValueError(f"X has {X.shape[1]} inputs a row; this perceptron expects {len(self.w)}")
        return X

    def _signs(self, y: npt.ArrayLike, n: int) -> tuple[list[float], int]:
        """The labels as signs, and the label of the other class."""
        y = checks.read("y", y, "labels")
        if y.shape != (n,):
            raise ValueError(f"y has shape {y.shape}; {(n,)} is expected, a label a row of X")
        values = set(y.tolist()) if y.dtype.kind in "fiubUS" else {str(y.dtype)}
        if not (values <= {0, 1} or values <= {-1, 1}):
            came = shown(sorted(values)[:5])
            raise ValueError(f"y holds {came}; labels 0 and 1, or -1 and 1, are expected")
        return [1.0 if label == 1 else -1.0 for label in y], -1 if -1 in values else 0


def _too_large(X: float, rate: float) -> str:
    """What to say where sums leave the numbers' range."""
    return f"X reaches {X:g}, the learning_rate or weights {rate:g}: sums of products are no numbers any more"
