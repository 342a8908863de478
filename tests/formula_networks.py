"""Values for the letters of networks' formulas: of one example as columns, of a batch as rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from formula_worlds import FUNCTIONS, Rng, slope_of
from latex_values import World
from numerics import central_gradient

import nnlib
from nnlib import ACTIVATIONS, COSTS, Network


def differences(net: Network, X: Any, Y: Any) -> Any:
    """The gradient by central differences, which nnlib's own agrees with."""

    def at(flat: Any) -> float:
        twin = net.copy()
        twin.parameters = flat
        return twin.cost(X, Y)

    estimate = central_gradient(at, net.parameters)
    np.testing.assert_allclose(net.backward(net.forward(X), Y).flat, estimate, atol=1e-7)
    return estimate


def neuron(cost: str) -> Callable[[Rng], World]:
    """One sigmoid neuron with one input, its cost and the cost's slopes."""

    def world(rng: Rng) -> World:
        net = Network([1, 1], cost=cost, init="normal", rng=rng)
        net.b[1] = rng.normal(size=1)
        x, y = float(rng.normal()), float(rng.random())
        p = net.forward([[x]])
        by_hand = differences(net, np.array([[x]]), np.array([[y]]))
        a = p.A[1].item()
        C = COSTS[cost]
        by_a = central_gradient(lambda a: float(C(a[None], [[y]])[0]), np.array([a]))[0]
        np.testing.assert_allclose(C.prime([[a]], [[y]]).item(), by_a, rtol=1e-6)
        return FUNCTIONS | {
            "a": a,
            "z": p.Z[1].item(),
            "x": x,
            "y": y,
            "delta": float(by_hand[1]),
            "C_n": net.cost([[x]], [[y]]),
            "dC/dw": float(by_hand[0]),
            "dC/db": float(by_hand[1]),
            "dC/da": by_a,
            "dC_n/da": by_a,
            "da/dz": a * (1 - a),
            "dz/dw": x,
            "partly": True,
        }

    return world


def layered(net: Network, rows: int, rng: Rng) -> tuple[World, Any, Any]:
    X, Y = rng.normal(size=(rows, net.sizes[0])), rng.random((rows, net.sizes[-1]))
    if net._cost.targets == "shares":
        Y = np.eye(net.sizes[-1])[rng.integers(0, net.sizes[-1], rows)]
    for l in range(1, net.L + 1):
        net.b[l] = rng.normal(size=net.sizes[l])
    flat = differences(net, X, Y)
    by = nnlib.passes.Gradients(flat, net.sizes, [])
    name = net.f[1].name
    f: World = {"f": ACTIVATIONS[name], "f'": slope_of(name)} if name != "softmax" else {}
    return (
        FUNCTIONS | f | {"L": net.L, "l": 1, "N": rows, "range": {}, "partly": True, "by": by, "net": net},
        X,
        Y,
    )


def columns(sizes: list[int]) -> Callable[[Rng], World]:
    """One example, as columns: a sigmoid network with the quadratic cost."""

    def world(rng: Rng) -> World:
        net = Network(sizes, "sigmoid", init="normal", rng=rng)
        made, X, Y = layered(net, 1, rng)
        p, by = net.forward(X), made["by"]
        g = net.backward(p, Y)
        last = net.L
        W = {l: by.W[l] for l in range(1, last + 1)}
        b = {l: by.b[l][:, None] for l in range(1, last + 1)}
        x = {
            "w": dict(enumerate(net.W, 1)),
            "b": {l: net.b[l][:, None] for l in b},
            "z": {l: p.Z[l].T for l in b},
            "a": {l: A.T for l, A in enumerate(p.A)},
            "y": Y.T,
            "x": X.T,
            "delta": b,
            "dC_n/dw": W,
            "dC_n/db": b,
            "dC/dw": W,
            "dC/db": b,
            "dC_n/dz": b,
            "nabla_aC": p.A[last].T - Y.T,
            "nabla_z^{(l)}C_n": b[1],
            "j": 1,
            "i": 0,
            "eta": 0.3,
            "range": {"k": net.sizes[2] if last > 1 else 1, "n": 1},
            "C": net.cost(X, Y),
            "1": 0,
        }
        for l in b:
            np.testing.assert_allclose(g.delta[l].T, b[l], atol=1e-7)
        if set(sizes) == {1}:
            deep = {"w": {l: w.item() for l, w in x["w"].items()}, "y": Y.item()}
            deep |= {k: {l: v.item() for l, v in x[k].items()} for k in ("b", "z", "a", "dC/dw", "dC/db")}
            a = deep["a"]
            deep |= {"dz/dw": {last: a[last - 1]}, "dC/da": {last: a[last] - Y.item()}}
            x |= deep | {"da/dz": {last: made["f'"](deep["z"][last]).item()}}
        return made | x | {"new": {"w": {1: net.W[1] - 0.3 * W[1]}}}

    return world


def rows(output: str, cost: str) -> Callable[[Rng], World]:
    """A batch, an example a row; the last hidden layer's activation is the others' too."""

    def world(rng: Rng) -> World:
        net = Network([3, 4, 2], "sigmoid", output=output, cost=cost, init="normal", rng=rng, l2=0.0)
        made, X, Y = layered(net, 5, rng)
        p, by = net.forward(X), made["by"]
        g = net.backward(p, Y)
        f = {"f": ACTIVATIONS["sigmoid"], "f'": slope_of("sigmoid")}
        one = {l: by.b[l][None] for l in (1, 2)}
        own = {
            "w": dict(enumerate(net.W, 1)),
            "b": {l: net.b[l][None] for l in (1, 2)},
            "Z": dict(enumerate(p.Z)),
            "A": dict(enumerate(p.A)),
            "Y": Y,
            "x": X,
            "delta": dict(enumerate(g.delta)),
            "range": {"n": 5, "k": 2},
            "dC/dw": {l: by.W[l] for l in (1, 2)},
            "dC/db": {l: by.b[l] for l in (1, 2)},
            "one": one,
        }
        return made | f | own

    return world


def example(output: str, cost: str, l2: float = 0.1) -> Callable[[Rng], World]:
    """The cost of a batch and of its first example."""

    def world(rng: Rng) -> World:
        net = Network([3, 2], output=output, cost=cost, init="normal", rng=rng, l2=l2)
        _, X, Y = layered(net, 4, rng)
        p = net.forward(X)
        costs = np.array([Network.cost(net, X[i : i + 1], Y[i : i + 1]) - net.penalty() for i in range(4)])
        each = [net.backward(net.forward(X[i : i + 1]), Y[i : i + 1]).W[1] - l2 * net.W[1] for i in range(4)]
        by = differences(net, X, Y)[:6].reshape(2, 3)
        return FUNCTIONS | {
            "C": net.cost(X, Y),
            "C_n": costs,
            "N": 4,
            "lambda": l2,
            "w": net.W[1],
            "y": Y[0],
            "L": 1,
            "eta": 0.2,
            "n": 0,
            "nablaC": by,
            "nablaC_n": np.array(each),
            "a": {1: p.A[1][0]},
            "z": {1: p.Z[1][0]},
            "range": {"n": 4, "k": 2},
            "dC_n/dw": each,
            "new": {"w": net.W[1] - 0.2 * by},
            "partly": True,
        }

    return world


def one_example(output: str, cost: str) -> Callable[[Rng], World]:
    def world(rng: Rng) -> World:
        made = example(output, cost, 0.0)(rng)
        return made | {
            "C_n": float(made["C_n"][0]),
            "A": {1: made["a"][1]},
            "Y": made["y"],
            "delta": {1: made["a"][1] - made["y"]},
        }

    return world


def deep_rows(rng: Rng) -> World:
    """Three layers, an example a row, from a sigmoid output with binary cross-entropy."""
    net = Network([3, 4, 3, 1], "sigmoid", cost="binary_cross_entropy", init="normal", rng=rng)
    made, X, Y = layered(net, 5, rng)
    p, by = net.forward(X), made["by"]
    g = net.backward(p, Y)
    return made | {
        "hat y": p.A[3],
        "y": Y,
        "w": dict(enumerate(net.W, 1)),
        "z": dict(enumerate(p.Z)),
        "x": X,
        "delta": dict(enumerate(g.delta)),
        "dC/dw": dict(enumerate(by.W, 1)),
    }
