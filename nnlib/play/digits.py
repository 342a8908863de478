"""What the figure shows in which a network learns to read digits, computed by nnlib."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from nnlib.data import Labels, load_digits, one_hot
from nnlib.figures.words import count, percent
from nnlib.network import Network
from nnlib.optimizers import Adam
from nnlib.play.presets import Preset
from nnlib.training import fit

SIZES = (64, 30, 10)
HELD_BACK = 360
INK_LEVELS = 16  # a pixel is 0 (paper) to 16 (ink); the network gets a sixteenth of it
ROWS_SEED, ORDER_SEED = 0, 0


class DigitsRun:
    """64-30-10 as a preset describes it, trained for its ``epochs`` on all digits but those held back."""

    kind = "digits"

    def __init__(self, preset: Preset) -> None:
        self.preset = p = preset
        self.X, self.labels = load_digits()
        order: Labels = np.random.default_rng(ROWS_SEED).permutation(len(self.X))
        self.held_back, self.learned = order[:HELD_BACK], order[HELD_BACK:]
        self.net = self._network()
        if p["epochs"]:
            rows, Y = self.learned, one_hot(self.labels[self.learned], 10)
            how: dict[str, Any] = dict(batch_size=p["batch_size"], optimizer=Adam(p["learning_rate"]))
            fit(self.net, self.X[rows] / INK_LEVELS, Y, epochs=p["epochs"], rng=ORDER_SEED, **how)

    def _network(self) -> Network:
        how = dict(output="softmax", cost="categorical_cross_entropy", init="he")
        return Network(list(SIZES), "relu", **how, l2=self.preset["l2"], rng=self.preset["seed"])

    @cached_property
    def right(self) -> float:
        """The share of the digits held back that it reads."""
        says = self.net.classify(self.X[self.held_back] / INK_LEVELS)
        return float((says == self.labels[self.held_back]).mean())

    @property
    def page(self) -> dict[str, Any]:
        """The preset, and what the page shows before it has the digits: the first of those held back."""
        row = self.held_back[0]
        before = self._network().classify(self.X[self.held_back] / INK_LEVELS)
        right = float((before == self.labels[self.held_back]).mean())
        example = {"pixels": written(self.X[row]), "label": int(self.labels[row]), "right": right}
        return self.preset | {"example": example | {"seed": self.preset["seed"]}}

    @cached_property
    def caption(self) -> str:
        """The picture in a sentence, with the numbers that matter; the page says the same."""
        epochs, row = self.preset["epochs"], self.held_back[0]
        (outputs,) = self.net.predict(self.X[[row]] / INK_LEVELS)
        when = f"after {count(epochs, 'epoch')}" if epochs else "before training"
        return (
            f"A network 64-30-10, {when}, reads {percent(self.right)} of {HELD_BACK} digits held back. "
            f"This {self.labels[row]}, held back, it reads as {outputs.argmax()}, "
            f"and is {percent(float(outputs.max()))} sure."
        )


def written(pixels: Any) -> str:
    """Pixels as text, a character each: 0 to 9, and a to g."""
    return "".join("0123456789abcdefg"[int(ink)] for ink in np.ravel(pixels))
