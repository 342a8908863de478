"""The training runs behind the digits chapter's figures: the chapter's rows and recipe, each run done once.

Rows are dealt into five folds. The figures learn from folds 2 to 4 and look at fold 1, the validation rows;
fold 0, the test rows, is not looked at by any figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

import nnlib
from nnlib.checks import Array
from nnlib.data import Examples, Labels
from nnlib.figures import runs

FOLDS = 5
EPOCHS = (0, 1, 2, 3, 5, 10, 20, 40)  # 0: before the first step
RATE = 0.003  # Adam's learning rate, where it is not a control
SMALL = 300  # training images of the overfitting runs
CURVE_EPOCHS = 60
SPOILED = 400  # training images of the runs on wrong labels


class Curves(NamedTuple):
    """Cost without its L2 term, and accuracy, on both kinds of rows after each epoch, shape (epochs,)."""

    cost: Array
    accuracy: Array
    val_cost: Array
    val_accuracy: Array

    @property
    def best(self) -> int:
        """The epoch with the lowest validation cost, counted from 0."""
        return int(self.val_cost.argmin())


@lru_cache
def images() -> Examples:
    """The 1,797 digits, loaded once; do not change them."""
    return nnlib.load_digits()


def deal(labels: Labels, rng: int = 0) -> Labels:
    """A fold for each row: the rows of each digit are shuffled, then dealt to the folds in turn."""
    generator, fold = np.random.default_rng(rng), np.empty(len(labels), dtype=np.intp)
    for digit in range(10):
        rows = generator.permutation(np.flatnonzero(labels == digit))
        fold[rows] = np.arange(len(rows)) % FOLDS
    return fold


@lru_cache
def parts() -> runs.Rows:
    """Fold 0 for testing, fold 1 for validation, the other three to learn from."""
    fold = deal(images().labels)
    return runs.Rows(np.flatnonzero(fold > 1), np.flatnonzero(fold == 1), np.flatnonzero(fold == 0))


@lru_cache
def shuffled() -> Labels:
    """The training rows in a random order: they seem to come writer by writer, so the first few are alike."""
    return np.random.default_rng(0).permutation(parts().training)


@lru_cache
def inputs() -> tuple[Array, Array]:
    """Training and validation images, standardised by the training rows' means and standard deviations."""
    scaler = nnlib.Standardizer().fit(images().X[parts().training])
    return scaler.transform(images().X[parts().training]), scaler.transform(images().X[parts().validation])


@lru_cache
def snapshots(l2: float = 0.001) -> Mapping[int, nnlib.Network]:
    """The chapter's 64-30-10 network before training and after some epochs: from ``EPOCHS`` to a network."""
    targets = nnlib.one_hot(images().labels[parts().training], 10)
    net = runs.classifier([64, 30, 10], "relu", l2=l2, rng=0)
    return runs.snapshots(net, inputs()[0], targets, EPOCHS, optimizer=nnlib.Adam(RATE))


@lru_cache(maxsize=256)
def small_run(learning_rate: float, activation: str, l2: float, seed: int = 0) -> Curves:
    """A 64-60-60-10 network on ``SMALL`` of the training images."""
    rows = shuffled()[:SMALL]
    net = runs.classifier([64, 60, 60, 10], activation, l2=l2, rng=seed)
    return _curves(net, rows, images().labels[rows], learning_rate, seed)


@lru_cache(maxsize=64)
def spoiled_run(percent_wrong: int, l2: float, seed: int = 0) -> Curves:
    """A 64-100-10 network on ``SPOILED`` images, a share of their labels (per cent) made wrong on purpose."""
    rows = shuffled()[:SPOILED]
    labels, generator = images().labels[rows].copy(), np.random.default_rng(seed)
    wrong = generator.permutation(SPOILED)[: SPOILED * percent_wrong // 100]
    labels[wrong] = (labels[wrong] + generator.integers(1, 10, len(wrong))) % 10  # never right
    net = runs.classifier([64, 100, 10], "relu", l2=l2, rng=seed)
    return _curves(net, rows, labels, RATE, seed)


@lru_cache
def completed() -> tuple[Array, Array]:
    """Lower halves drawn from the validation rows' upper ones by a network, and the mean half; 0 to 16."""
    upper, lower = images().X[:, :32] / 16, images().X[:, 32:] / 16
    training, validation, _ = parts()
    net = nnlib.Network([32, 60, 32], "relu", output="linear", cost="quadratic", init="he", l2=1e-4, rng=0)
    nnlib.fit(net, upper[training], lower[training], epochs=100, optimizer=nnlib.Adam(RATE), rng=0)
    return net.predict(upper[validation]) * 16, lower[training].mean(axis=0) * 16


def _curves(net: nnlib.Network, rows: Labels, labels: Labels, learning_rate: float, seed: int = 0) -> Curves:
    scaler = nnlib.Standardizer().fit(images().X[rows])
    X, XV = scaler.transform(images().X[rows]), scaler.transform(images().X[parts().validation])
    both, right = np.vstack([X, XV]), np.r_[labels, images().labels[parts().validation]]
    Y = nnlib.one_hot(right, 10)
    how: dict[str, Any] = {"batch_size": 20, "optimizer": nnlib.Adam(learning_rate), "rng": seed}
    said = runs.watched(net, X, Y[: len(X)], lambda net: net.predict(both), CURVE_EPOCHS, **how)[1:]
    # Both costs at the same moment and without the L2 term, so that they can be compared with each other.
    cost = np.array([nnlib.COSTS["categorical_cross_entropy"](A, Y) for A in said])
    hit = np.array([A.argmax(axis=1) == right for A in said])
    parted = np.split(cost, [len(X)], axis=1) + np.split(hit, [len(X)], axis=1)
    train_cost, val_cost, accuracy, val_accuracy = (part.mean(axis=1) for part in parted)
    return Curves(train_cost, accuracy, val_cost, val_accuracy)
