"""Who trains: nnlib, what a reader would use instead, and two floors that no library can get below.

Each contender is a function ``(setting, data) -> run``; ``run(epochs)`` trains and returns the seconds of an
epoch. Checks of the data and the making of the network are left out of the time, for everybody.
All start from the same kind of network (ReLU, softmax, cross-entropy) with the same rows, in float32.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

import nnlib

Array = np.ndarray[Any, Any]
Run = Callable[[int], float]
RATE = {"sgd": 0.05, "adam": 0.001}
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Setting:
    """One of the runs that are compared."""

    name: str
    sizes: tuple[int, ...]
    rows: int
    batch: int
    optimizer: str


@dataclass(frozen=True)
class Data:
    """Inputs, one-hot targets and labels."""

    X: Array
    Y: Array
    labels: Array


class Clock:
    """Seconds of a run: on one thread the processor's own, which others hardly disturb; else real ones."""

    now = staticmethod(time.process_time if os.environ.get("OMP_NUM_THREADS") == "1" else time.perf_counter)

    def __init__(self) -> None:
        self.begin = self.end = 0.0

    @property
    def seconds(self) -> float:
        return self.end - self.begin


# What is measured -----------------------------------------------------------------------------------


def ours(setting: Setting, data: Data) -> Run:
    """``nnlib.fit``, the epoch's cost and accuracy included."""
    kinds = {"hidden": "relu", "output": "softmax", "cost": "categorical_cross_entropy", "init": "he"}
    net = nnlib.Network(setting.sizes, rng=0, dtype=np.float32, **kinds)
    kind = nnlib.SGD if setting.optimizer == "sgd" else nnlib.Adam

    def run(epochs: int) -> float:
        clock = Clock()

        def rate(epoch: int) -> float:  # asked for at the start of every epoch
            if epoch == 0:
                clock.begin = Clock.now()
            return RATE[setting.optimizer]

        def stop(epoch: int, net: nnlib.Network) -> None:
            clock.end = Clock.now()

        nnlib.fit(
            net,
            data.X,
            data.Y,
            epochs=epochs,
            batch_size=setting.batch,
            optimizer=kind(rate),
            rng=0,
            each_epoch=stop,
        )
        return clock.seconds / epochs

    return run


# The floors -----------------------------------------------------------------------------------------


def products(setting: Setting, data: Data) -> Run:
    """The matrix products of every batch, and nothing else."""
    N, L = setting.batch, len(setting.sizes) - 1
    rng = np.random.default_rng(0)
    W = [rng.normal(size=(n, m)).astype(np.float32) for m, n in pairwise(setting.sizes)]
    WT, grad = [w.T for w in W], [np.empty_like(w) for w in W]
    A = [data.X[:N].copy(), *(np.empty((N, n), np.float32) for n in setting.sizes[1:])]
    delta = [np.ones_like(a) for a in A]
    DT = [d.T for d in delta]

    def run(epochs: int) -> float:
        dot, begin = np.dot, Clock.now()
        for _ in range(epochs * round(setting.rows / N)):
            for l in range(L):
                dot(A[l], WT[l], A[l + 1])
            for l in range(L - 1, 0, -1):
                dot(delta[l + 1], W[l], delta[l])
            for l in range(L):
                dot(DT[l + 1], A[l], grad[l])
        return (Clock.now() - begin) / epochs

    return run


def unrolled(setting: Setting, data: Data) -> Run:
    """Gather, products and steps, written out for these layers, all of it in place: no cost, no checks."""
    n0, n1, n2, n3 = setting.sizes
    w, rng = np.zeros(n0 * n1 + n1 + n1 * n2 + n2 + n2 * n3 + n3, np.float32), np.random.default_rng(0)
    g, m, v, s = np.zeros_like(w), np.zeros_like(w), np.zeros_like(w), np.zeros_like(w)
    (W1, b1, W2, b2, W3, b3), (G1, c1, G2, c2, G3, c3) = (_cut(flat, setting.sizes) for flat in (w, g))
    for matrix in (W1, W2, W3):
        matrix[...] = rng.normal(0, (2 / matrix.shape[1]) ** 0.5, matrix.shape)
    V1, V2, V3 = W1.T, W2.T, W3.T
    X, Y, size, step = data.X, data.Y, setting.batch, np.float32(RATE[setting.optimizer])
    adam = setting.optimizer == "adam"
    dot, add, subtract, multiply, divide = np.dot, np.add, np.subtract, np.multiply, np.divide
    maximum, greater, exp, sqrt = np.maximum, np.greater, np.exp, np.sqrt
    total, largest = np.add.reduce, np.maximum.reduce

    def room(N: int) -> tuple[Array, ...]:
        wide = [np.empty((N, n), np.float32) for n in (n0, n3, n1, n2, n3, n1, n2)]
        return (*wide, np.empty((N, 1), np.float32), np.empty((N, n1), bool), np.empty((N, n2), bool))

    rooms = {N: room(N) for N in (size, len(X) % size) if N}

    def run(epochs: int) -> float:
        rng, t = np.random.default_rng(0), 0
        begin = Clock.now()
        for _ in range(epochs):
            order = rng.permutation(len(X))
            for at in range(0, len(X), size):
                rows = order[at : at + size]
                N = len(rows)
                x, y, a1, a2, a3, d1, d2, top, on1, on2 = rooms[N]
                X.take(rows, 0, x, "clip")
                Y.take(rows, 0, y, "clip")
                dot(x, V1, a1)
                add(a1, b1, a1)
                maximum(a1, 0, a1)
                dot(a1, V2, a2)
                add(a2, b2, a2)
                maximum(a2, 0, a2)
                dot(a2, V3, a3)
                add(a3, b3, a3)
                largest(a3, 1, None, top, True)
                subtract(a3, top, a3)
                exp(a3, a3)
                total(a3, 1, None, top, True)
                divide(a3, top, a3)
                subtract(a3, y, a3)
                dot(a3.T, a2, G3)
                total(a3, 0, None, c3)
                dot(a3, W3, d2)
                greater(a2, 0, on2)
                multiply(d2, on2, d2)
                dot(d2.T, a1, G2)
                total(d2, 0, None, c2)
                dot(d2, W2, d1)
                greater(a1, 0, on1)
                multiply(d1, on1, d1)
                dot(d1.T, x, G1)
                total(d1, 0, None, c1)
                if adam:
                    t += 1
                    multiply(g, 1 / N, g)
                    subtract(g, m, s)
                    multiply(s, 1 - BETA1, s)
                    add(m, s, m)
                    multiply(g, g, g)
                    subtract(g, v, g)
                    multiply(g, 1 - BETA2, g)
                    add(v, g, v)
                    sqrt(v, s)
                    right = (1 - BETA2**t) ** 0.5
                    add(s, EPSILON * right, s)
                    divide(m, s, s)
                    multiply(s, RATE["adam"] * right / (1 - BETA1**t), s)
                    subtract(w, s, w)
                else:
                    multiply(g, step / N, g)
                    subtract(w, g, w)
        return (Clock.now() - begin) / epochs

    return run


def _cut(flat: Array, sizes: tuple[int, ...]) -> list[Array]:
    parts, at = [], 0
    for m, n in pairwise(sizes):
        parts += [flat[at : at + n * m].reshape(n, m), flat[at + n * m : at + n * m + n]]
        at += n * m + n
    return parts


# What readers would use instead ---------------------------------------------------------------------


def per_example(setting: Setting, data: Data) -> Run:
    """One example after the other, column vectors, gradients added up: how chapter 5's pseudocode reads."""
    rng, adam, t = np.random.default_rng(0), setting.optimizer == "adam", 0
    W = [rng.normal(0, (2 / m) ** 0.5, (n, m)).astype(np.float32) for m, n in pairwise(setting.sizes)]
    b = [np.zeros((n, 1), np.float32) for n in setting.sizes[1:]]
    first, second = ([np.zeros_like(p) for p in [*W, *b]] for _ in range(2))
    timed = min(setting.rows, max(640 // setting.batch, 1) * setting.batch)  # it is slow: a part, and scaled

    def gradients(x: Array, y: Array) -> list[Array]:
        activations, a = [x], x
        for l, (w, bias) in enumerate(zip(W, b, strict=True)):
            z = np.dot(w, a) + bias
            a = np.exp(z - z.max()) if l == len(W) - 1 else np.maximum(z, 0)
            a = a / a.sum() if l == len(W) - 1 else a
            activations.append(a)
        delta, found_W, found_b = a - y, [], []
        for l in range(len(W) - 1, -1, -1):
            found_W.insert(0, np.dot(delta, activations[l].T))
            found_b.insert(0, delta)
            delta = np.dot(W[l].T, delta) * (activations[l] > 0)
        return [*found_W, *found_b]

    def run(epochs: int) -> float:
        nonlocal t
        order, begin = rng.permutation(setting.rows)[:timed], Clock.now()
        for at in range(0, timed, setting.batch):
            rows = order[at : at + setting.batch]
            total = [np.zeros_like(p) for p in [*W, *b]]
            for n in rows:
                found = gradients(data.X[n][:, None], data.Y[n][:, None])
                total = [old + new for old, new in zip(total, found, strict=True)]
            t += 1
            for i, (p, g) in enumerate(zip([*W, *b], total, strict=True)):
                g = g / len(rows)
                if adam:
                    first[i] = BETA1 * first[i] + (1 - BETA1) * g
                    second[i] = BETA2 * second[i] + (1 - BETA2) * g**2
                    g = first[i] / (1 - BETA1**t) / (np.sqrt(second[i] / (1 - BETA2**t)) + EPSILON)
                p -= RATE[setting.optimizer] * g
        return (Clock.now() - begin) * setting.rows / timed

    return run


def scikit_learn(setting: Setting, data: Data) -> Run:
    """``MLPClassifier``, without momentum, L2 or early stopping, as the others."""
    from sklearn.neural_network import MLPClassifier

    clock = Clock()

    class Timed(MLPClassifier):  # type: ignore[misc]
        def _fit_stochastic(self, *arguments: Any, **named: Any) -> None:
            clock.begin = Clock.now()  # after the checks of the data
            super()._fit_stochastic(*arguments, **named)
            clock.end = Clock.now()

    def run(epochs: int) -> float:
        peer = Timed(
            setting.sizes[1:-1],
            solver=setting.optimizer,
            alpha=0.0,
            batch_size=setting.batch,
            learning_rate_init=RATE[setting.optimizer],
            momentum=0.0,
            nesterovs_momentum=False,
            max_iter=epochs,
            tol=0.0,
            n_iter_no_change=10**6,
            random_state=0,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it has not converged: nobody has, after so few epochs
            peer.fit(data.X, data.labels)
        return clock.seconds / epochs

    return run


def torch_default(setting: Setting, data: Data) -> Run:
    """PyTorch on the processor, eager, as its tutorials write the loop; the epoch's cost is not added up."""
    return _torch(setting, data, {})


def torch_fused(setting: Setting, data: Data) -> Run:
    """The same with the optimizer's ``fused=True``."""
    return _torch(setting, data, {"fused": True})


def _torch(setting: Setting, data: Data, options: dict[str, bool]) -> Run:
    import torch
    from torch import nn

    torch.manual_seed(0)
    layers: list[nn.Module] = []
    for m, n in pairwise(setting.sizes):
        layers += [nn.Linear(m, n), nn.ReLU()]
    model, cost = nn.Sequential(*layers[:-1]), nn.CrossEntropyLoss()
    kind = torch.optim.SGD if setting.optimizer == "sgd" else torch.optim.Adam
    optimizer = kind(model.parameters(), lr=RATE[setting.optimizer], **options)
    X, y = torch.from_numpy(data.X), torch.from_numpy(data.labels)

    def run(epochs: int) -> float:
        begin = Clock.now()
        for _ in range(epochs):
            for rows in torch.randperm(len(X)).split(setting.batch):
                optimizer.zero_grad()
                cost(model(X.index_select(0, rows)), y.index_select(0, rows)).backward()
                optimizer.step()
        return (Clock.now() - begin) / epochs

    return run


def keras(setting: Setting, data: Data) -> Run:
    """Keras's ``fit``, on the backend that its own settings name (TensorFlow where nothing is said)."""
    import keras as library

    library.utils.set_random_seed(0)
    layers = [library.layers.Dense(n, "relu") for n in setting.sizes[1:-1]]
    model = library.Sequential([*layers, library.layers.Dense(setting.sizes[-1], "softmax")])
    kind = library.optimizers.SGD if setting.optimizer == "sgd" else library.optimizers.Adam
    model.compile(kind(RATE[setting.optimizer]), "sparse_categorical_crossentropy")
    timed = min(setting.rows, 200 * setting.batch)  # it is slow: a part of the rows, and scaled
    X, y = data.X[:timed], data.labels[:timed]
    model.fit(X[: setting.batch], y[: setting.batch], setting.batch, verbose=0)  # builds its graph

    def run(epochs: int) -> float:
        begin = Clock.now()
        model.fit(X, y, setting.batch, verbose=0)
        return (Clock.now() - begin) * setting.rows / timed

    return run


FLOORS = {"products alone": products, "unrolled by hand": unrolled}
PEERS = {
    "scikit-learn": scikit_learn,
    "PyTorch": torch_default,
    "PyTorch, fused": torch_fused,
    "Keras": keras,
    "one example at a time": per_example,
}
CONTENDERS = {"nnlib": ours} | FLOORS | PEERS
