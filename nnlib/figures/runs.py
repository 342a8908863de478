"""Networks that are trained once, and looked at in any epoch: what stands behind the figures.

Who keeps a run puts ``functools.cache`` on the function that makes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from importlib.resources import files
from typing import Any, NamedTuple, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt

from nnlib.checks import Array
from nnlib.data import Labels
from nnlib.initializers import Initializer
from nnlib.network import Network
from nnlib.optimizers import Optimizer
from nnlib.training import fit

T = TypeVar("T")
P = ParamSpec("P")


class Rows(NamedTuple):
    """Row numbers of the examples to learn from, to choose by, and to judge by."""

    training: Labels
    validation: Labels
    test: Labels


def watched(
    net: Network, X: npt.ArrayLike, Y: npt.ArrayLike, look: Callable[[Network], T], epochs: int, **how: Any
) -> list[T]:
    """What ``look`` sees in the network before it is trained and after each epoch; ``how`` is fit's."""
    seen = [look(net)]
    fit(net, X, Y, epochs=epochs, each_epoch=lambda epoch, net: seen.append(look(net)), **{"rng": 0} | how)
    return seen


def snapshots(
    net: Network, X: npt.ArrayLike, Y: npt.ArrayLike, epochs: Sequence[int], **how: Any
) -> dict[int, Network]:
    """The network after each of some epochs, 0 for as it comes; ``how`` is fit's."""
    kept = {0: net.copy()}

    def keep(epoch: int, net: Network) -> None:
        if epoch + 1 in epochs:
            kept[epoch + 1] = net.copy()

    fit(net, X, Y, epochs=max(epochs), each_epoch=keep, **{"rng": 0} | how)
    return kept


def trained_together(
    nets: Sequence[Network],
    X: Array,
    Y: Array,
    epochs: int,
    optimizer: Optimizer,
    seeds: Sequence[int],
    batch_size: int = 32,
) -> Sequence[Network]:
    """Networks of one shape, each trained in place as ``fit`` would with its seed, but all in the same steps.

    Equal to ``fit`` to rounding. It pays where networks are small: numpy is called as often as for one.
    The cost has to suit the outputs (``net.canonical``), and no activation may have parameters.
    """
    net = nets[0]
    flat = np.array([each.parameters for each in nets])
    gradient, orders = np.empty_like(flat), [np.random.default_rng(seed) for seed in seeds]
    W, b = _layers(flat, net.sizes)
    grad_W, grad_b = _layers(gradient, net.sizes)
    optimizer.reset()
    for epoch in range(epochs):
        optimizer.start_epoch(epoch)
        order = np.array([rng.permutation(len(X)) for rng in orders])
        for at in range(0, len(X), batch_size):
            rows = order[:, at : at + batch_size]
            Z, A = [X[rows]], [X[rows]]
            for l in range(1, net.L + 1):
                Z.append(A[-1] @ W[l].transpose(0, 2, 1) + b[l][:, None])
                A.append(net.f[l].f(Z[l].reshape(-1, net.sizes[l])).reshape(Z[l].shape))
            delta = (A[-1] - Y[rows]) / rows.shape[1]
            for l in range(net.L, 0, -1):
                np.matmul(delta.transpose(0, 2, 1), A[l - 1], out=grad_W[l])
                grad_W[l] += net.l2 * W[l]
                np.sum(delta, axis=1, out=grad_b[l])
                if l > 1:
                    delta = net.f[l - 1]._vjp(delta @ W[l], Z[l - 1], A[l - 1])
            optimizer._advance(flat, gradient)
    for each, parameters in zip(nets, flat, strict=True):
        each.parameters = parameters
    return nets


def _layers(flat: Array, sizes: Sequence[int]) -> tuple[list[Array], list[Array]]:
    """As ``Parameters`` has them, for a row of ``flat`` each: weights and biases by layer, from 1."""
    W, b, at = [flat[:, :0]], [flat[:, :0]], 0
    for n, m in zip(sizes[1:], sizes[:-1], strict=True):
        W.append(flat[:, at : at + n * m].reshape(len(flat), n, m))
        b.append(flat[:, at + n * m : at + n * m + n])
        at += n * m + n
    return W, b


def fitting(activation: str) -> str:
    """The initialiser that suits an activation: He's for ReLU, else Xavier's."""
    return "he" if activation == "relu" else "xavier"


def classifier(sizes: Sequence[int], hidden: str, init: str | Initializer = "", **more: Any) -> Network:
    """A network with softmax outputs and their cost; its weights suit the activation if none are named."""
    start = init or fitting(hidden)
    return Network(sizes, hidden, output="softmax", cost="categorical_cross_entropy", init=start, **more)


def decider(
    sizes: Sequence[int], hidden: str = "tanh", init: str | Initializer = "xavier", **more: Any
) -> Network:
    """A network with one sigmoid output, for yes or no, and its cost."""
    return Network(sizes, hidden, output="sigmoid", cost="binary_cross_entropy", init=init, **more)


def stored(name: str) -> dict[str, Any]:
    """What took too long for a chapter, as the benchmark of that name kept it."""
    path = files("nnlib") / "datasets" / f"{name}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


# Runs that are kept -----------------------------------------------------------------------------------------

Kept = dict[str, dict[str, Any]]  # function by function, from a call's arguments as text to what it found
_again: list[Kept] = []  # not empty within training_again


@cache
def _long_runs() -> Kept:
    return {
        name: {call_key(arguments, named): found for arguments, named, found in calls}
        for name, calls in stored("long_runs").items()
    }


def call_key(arguments: Sequence[Any], named: Mapping[str, Any]) -> str:
    """A call's arguments as text; what JSON does not know, such as an optimizer, is like no other."""
    return json.dumps([arguments, named], default=repr)


def trained_once(chapter: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """For a function that trains for long: what ``benchmarks/long_runs.py`` kept of it, by its arguments.

    For arguments of which nothing is kept it trains, as it would without this line. What it returns is made
    of numbers, lists and texts.
    """

    def decorated(train: Callable[P, T]) -> Callable[P, T]:
        name = f"{chapter}: {train.__name__}"

        @wraps(train)
        def found(*arguments: P.args, **named: P.kwargs) -> T:
            key = call_key(arguments, named)
            kept = _again[-1].setdefault(name, {}) if _again else _long_runs().get(name, {})
            if key in kept:
                return kept[key]
            result = train(*arguments, **named)
            if _again:
                kept[key] = result
            return result

        return found

    return decorated


@contextmanager
def training_again() -> Iterator[Kept]:
    """Within it nothing is taken from the file; it gives what has been trained so far."""
    _again.append({})
    try:
        yield _again[-1]
    finally:
        _again.pop()
