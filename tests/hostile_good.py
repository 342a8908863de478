"""Good arguments of every public call of the core, and the calls that take more than a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import nnlib
from nnlib import schedules

Args = dict[str, Any]
ELEMENTWISE = [name for name in nnlib.ACTIVATIONS if name != "softmax"]
PAIRS = [
    ("sigmoid", "quadratic"),
    ("linear", "quadratic"),
    ("tanh", "mse"),
    ("relu", "mae"),
    ("sigmoid", "binary_cross_entropy"),
    ("softmax", "categorical_cross_entropy"),
    ("swish", "mse"),
    ("prelu", "quadratic"),
]


@dataclass
class Call:
    """A public call: ``run(**arguments)``; ``kinds`` says what is hostile to which argument."""

    name: str
    good: Callable[[np.random.Generator], Args]
    run: Callable[..., Any]
    kinds: dict[str, str]
    right: Callable[..., Any] | None = None
    alias: dict[str, str] = field(default_factory=dict)  # what an error may call the argument


def dtype_of(rng: np.random.Generator) -> Any:
    return [float, np.float32][int(rng.random() < 0.25)]


def network(rng: np.random.Generator) -> nnlib.Network:
    output, name = PAIRS[rng.integers(len(PAIRS))]
    outputs = 2 if output == "softmax" else int(rng.integers(1, 3))
    hidden = ELEMENTWISE[rng.integers(1, len(ELEMENTWISE))]
    l2 = 0.0 if rng.random() < 0.5 else 0.1
    return nnlib.Network([2, 3, outputs], hidden, output=output, cost=name, l2=l2, rng=0, dtype=dtype_of(rng))


def rows(rng: np.random.Generator, net: nnlib.Network, n: int = 4) -> Args:
    X, label = rng.normal(size=(n, 2)), rng.integers(0, 2, n)
    Y = np.eye(2)[label] if net.sizes[-1] == 2 else label[:, None].astype(float)
    return {
        "X": X.astype(net.dtype),
        "Y": (2 * Y - 1 if net.f[net.L].name == "tanh" else Y).astype(net.dtype),
    }


def with_network(rng: np.random.Generator) -> Args:
    net = network(rng)
    return {"net": net} | rows(rng, net)


def with_pass(rng: np.random.Generator) -> Args:
    made = with_network(rng)
    return {"net": made["net"], "p": made["net"].forward(made["X"]), "Y": made["Y"]}


def for_activation(rng: np.random.Generator) -> Args:
    name = list(nnlib.ACTIVATIONS)[rng.integers(len(nnlib.ACTIVATIONS))]
    z = rng.normal(size=(3, 2)).astype(dtype_of(rng))
    return {
        "name": name,
        "z": z,
        "a": nnlib.ACTIVATIONS[name](z),
        "g": rng.normal(size=(3, 2)).astype(z.dtype),
    }


def for_cost(rng: np.random.Generator) -> Args:
    name = list(nnlib.COSTS)[rng.integers(len(nnlib.COSTS))]
    A = rng.uniform(0.1, 0.9, size=(3, 2)).astype(dtype_of(rng))
    return {"name": name, "A": A, "Y": np.eye(2)[rng.integers(0, 2, 3)].astype(A.dtype)}


def keep(
    *names: str,
) -> Callable[[Callable[[np.random.Generator], Args]], Callable[[np.random.Generator], Args]]:
    return lambda make: lambda rng: {name: value for name, value in make(rng).items() if name in names}


def fixed(**values: Any) -> Callable[[np.random.Generator], Args]:
    def copies(rng: np.random.Generator) -> Args:
        return {n: v.copy() if isinstance(v, np.ndarray) else v for n, v in values.items()}

    return copies


def train(net: Any, X: Any, Y: Any, **settings: Any) -> Any:
    return nnlib.fit(net, X, Y, **({"rng": 0, "epochs": 2} | settings)), net.parameters.copy()


def one_step(kind: str) -> Callable[..., Any]:
    def step(w: Any, gradient: Any, **settings: Any) -> Any:
        optimizer = getattr(nnlib, kind)(**settings)
        for _ in range(2):
            optimizer.step(w, gradient)
        return w

    return step


def epochs_of(make: str) -> Callable[..., Any]:
    return lambda epoch=3, **settings: getattr(schedules, make)(**settings)(epoch)


def set_layer(which: str) -> Callable[..., Any]:
    def act(net: Any, values: Any, l: Any = 1) -> Any:
        getattr(net, which)[l] = values
        return getattr(net, which)[l].copy()

    return act


def set_all(which: str) -> Callable[..., Any]:
    def act(net: Any, values: Any) -> Any:
        setattr(net, which, values)
        return net.parameters.copy()

    return act


def perceptron(X: Any, y: Any, **settings: Any) -> Any:
    made = nnlib.Perceptron(2, settings.pop("learning_rate", 1.0)).fit(X, y, **settings)
    return made.w, made.b, made.mistakes


def own_weights(w: Any = (1.0, 1.0), b: Any = 0.0, X: Any = ((0.0, 1.0),)) -> Any:
    made = nnlib.Perceptron(2)
    made.w, made.b = w, b
    return made.predict(X)


def own_activation(f: Any, prime: Any) -> Any:
    mine = nnlib.Activation("mine", f, prime)
    net = nnlib.Network([2, 3, 1], mine, rng=0)
    return net.backward(net.forward([[0.0, 1.0]]), [[1.0]]).flat


def own_cost(value: Any, prime: Any) -> Any:
    net = nnlib.Network([2, 3, 1], cost=nnlib.Cost("mine", value, prime), rng=0)
    return net.cost([[0.0, 1.0]], [[1.0]]), net.backward(net.forward([[0.0, 1.0]]), [[1.0]]).flat
