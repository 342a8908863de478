"""Networks that are trained once, and looked at in any epoch: what stands behind the figures.

Who keeps a run puts ``functools.cache`` on the function that makes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any, NamedTuple, TypeVar

import numpy.typing as npt

from nnlib.data import Labels
from nnlib.initializers import Initializer
from nnlib.network import Network
from nnlib.training import fit

T = TypeVar("T")


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
