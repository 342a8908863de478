"""nnlib: neural networks in numpy, written to be read beside the book's equations."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from nnlib import initializers, schedules
from nnlib.activations import ACTIVATIONS, Activation
from nnlib.costs import COSTS, Cost
from nnlib.data import (
    Standardizer,
    blobs,
    gate,
    load_diabetes,
    load_digits,
    moons,
    one_hot,
    spirals,
    split_rows,
)
from nnlib.initializers import INITIALIZERS
from nnlib.network import Gradients, Network, Pass
from nnlib.optimizers import SGD, Adam, GradientDescent, Optimizer
from nnlib.perceptron import Perceptron
from nnlib.training import History, fit, gradient_check

if TYPE_CHECKING:
    from nnlib.explore import explore, show
    from nnlib.play import play

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS",
    "COSTS",
    "INITIALIZERS",
    "SGD",
    "Activation",
    "Adam",
    "Cost",
    "GradientDescent",
    "Gradients",
    "History",
    "Network",
    "Optimizer",
    "Pass",
    "Perceptron",
    "Standardizer",
    "blobs",
    "explore",
    "fit",
    "gate",
    "gradient_check",
    "initializers",
    "load_diabetes",
    "load_digits",
    "moons",
    "one_hot",
    "play",
    "schedules",
    "show",
    "spirals",
    "split_rows",
]


def __getattr__(name: str) -> Any:
    # The figures' libraries load only when a figure is asked for.
    if name in ("explore", "show"):
        package = import_module("nnlib.explore")
        return package if name == "explore" else package.show  # it can be called, whoever imported it first
    if name == "play":
        return import_module("nnlib.play")
    raise AttributeError(f"module 'nnlib' has no attribute {name!r}")
