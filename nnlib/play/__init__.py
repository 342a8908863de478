"""``play``: a network that trains in front of its reader, in the page itself, with nnlib's numbers.

    nnlib.play(data="spiral", layers=[8, 8], learning_rate=0.03)

In the book and in a running kernel the figure is the same: ``static/`` holds the mathematics once more, in
JavaScript, equal to ``network.py`` to the last digits but one, and the same random numbers. Without
JavaScript, the figure's first picture stands there, and a caption that nnlib computed.

The package is named like the one thing it does, and can be called as that.
"""

from __future__ import annotations

import os
import sys
from functools import cached_property
from inspect import cleandoc
from types import ModuleType
from typing import TYPE_CHECKING, Any

from nnlib.play.data import points
from nnlib.play.presets import DIGITS, Preset, read_preset

if TYPE_CHECKING:
    from nnlib.play.digits import DigitsRun
    from nnlib.play.runs import Run

__all__ = ["Playground", "play", "points"]


def play(**preset: Any) -> Playground:
    """A figure in which a network trains: build it, train it, look into it.

    The preset says where it starts. The reader can change all of it, under the figure's settings.

    Args:
        data: "spiral", "circles", "xor", "moons", "blobs", "gate", or "own" for the reader's own points.
            With "digits" it is 64-30-10 that learns to read handwriting, and what the reader draws. This one
            takes learning_rate, batch_size, l2, seed, epochs and speed, and no other setting.
        classes: of "blobs", 2 to 4.
        points: how many it learns from; noise: their standard deviation (each set has its own).
        own: points for ``data="own"``, a list of [x1, x2, class].
        layers: the hidden layers' neurons, at most six layers of at most eight.
        activation, init: names as in ``nnlib.Network``; init may be "equal", every weight 0.5.
        cost: "cross_entropy", "quadratic", "mse" or "mae".
        optimizer: "adam", "sgd" or "momentum" (0.9); learning_rate, batch_size, l2.
        rule: "gradient", or "perceptron" for Rosenblatt's on own points: one neuron, its mistakes counted.
        seed: of the weights.
        epochs: how long it has been trained when the reader first sees it.
        speed: epochs a second: 1, 3, 10, 30, 100; 0 is a batch a second, -1 as many as it can.
        controls: the settings that stand above the figure; all others are folded below it.
        panels: what stands below the network: "cost", "gradients".
        against: the cost or the optimizer of a rival, as in ``{"cost": "quadratic"}``, which starts from the
            same weights and sees the same batches; how many points each has wrong is drawn for both.
        goal: what to reach, as in ``{"right": 0.95, "neurons": 8, "epochs": 1000}``.

    Raises a ``ValueError`` that says what came and what was expected.
    """
    return Playground(read_preset(preset))


class Playground:
    """What :func:`play` returns; a notebook shows it when it is the last value of a cell."""

    def __init__(self, preset: Preset) -> None:
        self.preset = preset

    @cached_property
    def run(self) -> Run | DigitsRun:
        """The network of the first picture, trained by nnlib."""
        if self.preset["data"] == DIGITS:
            from nnlib.play.digits import DigitsRun

            return DigitsRun(self.preset)
        if self.preset["rule"] == "perceptron":
            from nnlib.play.perceptron import PerceptronRun

            return PerceptronRun(self.preset)
        from nnlib.play.runs import Run

        return Run(self.preset)

    @cached_property
    def _static(self) -> str:
        from nnlib.play.carriers import figure_html

        return figure_html(self.run)

    @cached_property
    def _live(self) -> tuple[dict[str, Any], dict[str, Any]]:
        from nnlib.play.carriers import widget_bundle

        return widget_bundle(self.run)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        if os.environ.get("NNLIB_STATIC") == "1":
            return {"text/html": self._static, "text/plain": self.run.caption}, {}
        return self._live

    def __repr__(self) -> str:
        usual = read_preset({"data": self.preset["data"]}) | {"data": None}
        given = {name: value for name, value in self.preset.items() if value != usual[name]}
        return f"play({', '.join(f'{name}={value!r}' for name, value in given.items())})"


class _CallablePackage(ModuleType):
    # Python binds nnlib.play to this package as soon as any part of it is imported: see nnlib.explore.
    def __call__(self, **preset: Any) -> Playground:
        return play(**preset)


sys.modules[__name__].__class__ = _CallablePackage
__doc__ = f"{__doc__}\n{cleandoc(play.__doc__ or '')}\n"  # what help(nnlib.play) and the API page show
