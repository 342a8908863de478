"""The figure of ``nnlib.play`` in which Rosenblatt's rule goes through the reader's points, one at a time."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from nnlib.checks import Array
from nnlib.data import Labels
from nnlib.figures.words import count, percent
from nnlib.perceptron import Perceptron
from nnlib.play.presets import Preset
from nnlib.play.runs import Run

TURNS, CLOSE = 20_000, 1e-9


def margin(X: Array, labels: Labels) -> float:
    r"""$\gamma = \max_{\|u\| = 1} \min_n y_n\, u \cdot (x_n, 1)$, the best margin, bias folded in; 0 if none.

    It is the distance from the origin to the convex hull of the $y_n (x_n, 1)$, found by the algorithm of
    Mitchell, Demyanov and Malozemov (1974): move weight from the point that lies farthest along the nearest
    one so far to the one that lies least far.
    """
    points = np.where(labels == 1, 1.0, -1.0)[:, None] * np.column_stack([X, np.ones(len(X))])
    share = np.zeros(len(points))
    share[0], nearest = 1.0, points[0].copy()
    for _ in range(TURNS):
        along = points @ nearest
        least, most = int(along.argmin()), int(np.where(share > 0, along, -np.inf).argmax())
        square = float(nearest @ nearest)
        if square - along[least] <= CLOSE * square or square < CLOSE:
            break
        way = points[most] - points[least]
        part = min(share[most], (along[most] - along[least]) / float(way @ way))
        share[most] -= part
        share[least] += part
        nearest -= part * way
    length = float(np.sqrt(nearest @ nearest))
    return length if float((points @ nearest).min()) > 0.5 * length**2 else 0.0


class PerceptronRun(Run):
    """A perceptron on the preset's points, after its ``epochs``: all weights 0 before."""

    def __init__(self, preset: Preset) -> None:
        super().__init__({**preset, "epochs": 0})
        self.preset, epochs = preset, preset["epochs"]
        self.neuron = Perceptron(2)
        if epochs:
            self.neuron.fit(self.learned.X, self.learned.labels, max_epochs=epochs)
            self.net.parameters[:] = [*self.neuron.w, self.neuron.b]

    @cached_property
    def bound(self) -> int | None:
        r"""No more mistakes than $R^2/\gamma^2$ from $w = 0$; None where no line parts the kinds."""
        X, labels = self.learned
        gamma = margin(X, labels)
        return int(np.floor((1 + (X**2).sum(axis=1)).max() / gamma**2 + 1e-6)) if gamma else None

    @cached_property
    def caption(self) -> str:
        """The picture in a sentence, with the numbers that matter; the page says the same."""
        made, n = self.neuron.mistakes, len(self.learned.X)
        if not n:
            return super().caption
        at_most = "no line parts them" if self.bound is None else f"at most {count(self.bound, 'mistake')}"
        if not made:
            return f"A perceptron before its first step, every weight 0; {count(n, 'point')}, {at_most}."
        all_in_all = count(sum(made), "mistake")
        right = percent(self.right(self.learned))
        return (
            f"A perceptron after {count(len(made), 'epoch')}: {all_in_all} so far, {made[-1]} in the last "
            f"epoch; of the {count(n, 'point')}, {right} are on the right side; {at_most}."
        )
