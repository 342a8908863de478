"""What a figure of ``play`` first shows, computed by nnlib: the network, what it says, and the caption."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from nnlib import initializers, outputs
from nnlib.checks import Array
from nnlib.data import Examples, Labels, one_hot
from nnlib.figures.words import count, fixed, named, percent, sentence, short
from nnlib.network import Network
from nnlib.optimizers import SGD, Adam, Optimizer
from nnlib.play.data import points
from nnlib.play.presets import Preset
from nnlib.training import History, fit

NEW_POINTS = 400
POINTS_SEED, NEW_SEED, ORDER_SEED = 0, 1, 0
MOMENTUM = 0.9


class Run:
    """A network as a preset describes it, trained for its ``epochs``; ``history`` is of all of them."""

    kind = ""

    def __init__(self, preset: Preset) -> None:
        self.preset = p = preset
        self.learned, self.new = self._examples(POINTS_SEED), None
        if p["data"] not in ("own", "gate"):
            self.new = self._examples(NEW_SEED)
        classes = max(2, 1 + max(self.learned.labels, default=0))
        self.outputs = 1 if classes == 2 else int(classes)
        self.net = self._network()
        self.history = History()
        if p["epochs"]:
            validation = self.new and (self.new.X, self.targets(self.new.labels))
            how = dict(epochs=p["epochs"], batch_size=p["batch_size"], rng=ORDER_SEED, validation=validation)
            targets = self.targets(self.learned.labels)
            self.history = fit(self.net, self.learned.X, targets, optimizer=self._optimizer(), **how)

    def _examples(self, seed: int) -> Examples:
        p = self.preset
        if p["data"] != "own":
            n = p["points"] if seed == POINTS_SEED else NEW_POINTS
            return points(p["data"], n, noise=p["noise"], classes=p["classes"], rng=seed)
        rows = np.reshape(np.array(p["own"], dtype=float), (-1, 3))
        return Examples(rows[:, :2], rows[:, 2].astype(np.intp))

    def _network(self) -> Network:
        p = self.preset
        output, cost = "sigmoid", p["cost"]
        if p["rule"] == "perceptron":
            return Network([2, 1], output="step", cost="quadratic", init="zeros")
        if cost == "cross_entropy":
            output, cost = (
                ("sigmoid", "binary_cross_entropy")
                if self.outputs == 1
                else ("softmax", "categorical_cross_entropy")
            )
        init = initializers.constant(0.5) if p["init"] == "equal" else p["init"]
        sizes = [2, *p["layers"], self.outputs]
        how = dict(output=output, cost=cost, init=init, l2=p["l2"], rng=p["seed"])
        return Network(sizes, p["activation"], **how)

    def _optimizer(self) -> Optimizer:
        p = self.preset
        if p["optimizer"] == "adam":
            return Adam(p["learning_rate"])
        return SGD(p["learning_rate"], MOMENTUM if p["optimizer"] == "momentum" else 0.0)

    def targets(self, labels: Labels) -> Array:
        """Classes as the network's outputs should say them."""
        return labels[:, None].astype(float) if self.outputs == 1 else one_hot(labels, self.outputs)

    def right(self, examples: Examples) -> float:
        """The share of examples whose class the network names."""
        A = self.net.predict(examples.X)
        # The largest of several outputs, whatever their cost.
        named = (
            outputs.classify(A, self.net.f[self.net.L], self.net._cost) if self.outputs == 1 else A.argmax(1)
        )
        return float((named == examples.labels).mean())

    @property
    def page(self) -> Preset:
        """What the page's script gets."""
        return self.preset

    @property
    def cost(self) -> float:
        """On the points that it learns from, L2 term included."""
        return self.net.cost(self.learned.X, self.targets(self.learned.labels))

    @property
    def dead(self) -> int:
        """How many ReLUs are 0 at every point that it learns from, so that nothing moves their weights."""
        if self.preset["activation"] != "relu" or not len(self.learned.X):
            return 0
        return sum(int((A <= 0).all(axis=0).sum()) for A in self.net.forward(self.learned.X).A[1:-1])

    @cached_property
    def title(self) -> str:
        """As a sentence would begin: data, layers, rate."""
        p = self.preset
        sizes = " + ".join(map(str, p["layers"]))
        hidden = f"{sizes} {'neuron' if p['layers'] == [1] else 'neurons'} ({named(p['activation'])})"
        words = {"own": "your own points", "gate": "the XOR gate"}
        data = words.get(p["data"]) or named(p["data"])
        return sentence(
            f"{data}, {hidden if sizes else 'no hidden layer'}, learning rate {short(p['learning_rate'])}"
        )

    @cached_property
    def caption(self) -> str:
        """The picture in a sentence, with the numbers that matter; the page says the same."""
        if not len(self.learned.X):
            return "Click on the map to put points of two kinds there. Then press Play."
        epochs, learned = self.preset["epochs"], self.learned
        when = f"after {count(epochs, 'epoch')}" if epochs else "before training"
        whose, n = (self.new, "new ") if self.new else (learned, "")
        total = f"of {'' if self.new else 'the '}{count(len(whose.X), n + 'point')}"
        side = "on the right side of the line" if self.outputs == 1 else "given the right class"
        share = percent(self.right(whose))
        said = f"{self.title}: {when} the cost is {fixed(self.cost)}; {total}, {share} are {side}."
        if p := self.preset["against"]:
            rival = Run(self.preset | p | {"against": None})
            share = percent(rival.right(rival.new)) if rival.new else ""
            said += f" A rival from the same weights, with {named(*p.values())}: {share}."
        if self.dead:
            be = "is" if self.dead == 1 else "are"
            said += f" {count(self.dead, 'neuron')} {be} dead, 0 at every point learned from."
        return said
