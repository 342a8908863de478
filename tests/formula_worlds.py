"""Values for the letters of the chapters' formulas: from nnlib, from differences, and at random points.

Slopes and gradients in them are central differences of nnlib's values, and nnlib's own agree with them, or
the world cannot be made: so a formula that holds here agrees with both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from latex_values import World
from numerics import central_gradient, central_slope

import nnlib
from nnlib import ACTIVATIONS, COSTS

Rng = np.random.Generator


def slope_of(name: str) -> Callable[[Any], Any]:
    f = ACTIVATIONS[name]

    def slope(z: Any) -> Any:
        z = np.asarray(z, float)
        np.testing.assert_allclose(f.prime(z, f(z)), central_slope(f.f, z), atol=1e-8)
        return f.prime(z, f(z))

    return slope


FUNCTIONS: World = {"e": np.e, "ln": np.log, "max": np.maximum, "sin": np.sin, "pi": np.pi}
FUNCTIONS |= {
    "sinh": np.sinh,
    "cosh": np.cosh,
    "sigma": ACTIVATIONS["sigmoid"],
    "sigma'": slope_of("sigmoid"),
}
FUNCTIONS |= {"tanh": ACTIVATIONS["tanh"], "tanh'": slope_of("tanh")}


def activation(name: str) -> Callable[[Rng], World]:
    def world(rng: Rng) -> World:
        z = rng.uniform(-3, 3)
        u = 1 + np.exp(-z)
        named = {"ReLU": "relu", "LReLU": "leaky_relu", "swish": "swish"}
        own = {k: ACTIVATIONS[n] for k, n in named.items()} | {f"{k}'": slope_of(n) for k, n in named.items()}
        own |= {"a": float(ACTIVATIONS[name](z)), "s": float(ACTIVATIONS["sigmoid"](z)), "alpha": 0.01}
        return FUNCTIONS | own | {"z": z, "u": u, "u'": -np.exp(-z), "x": z}

    return world


def softmax(rng: Rng) -> World:
    z, right = rng.normal(size=4), int(rng.integers(4))
    f, cost = ACTIVATIONS["softmax"], COSTS["categorical_cross_entropy"]
    y, g = np.eye(4)[right], rng.normal(size=4)
    a = f(z)
    by_z = central_gradient(lambda z: float(cost(f(z)[None], y[None])[0]), z)
    by_g = central_gradient(lambda z: float((g * f(z)).sum()), z)
    np.testing.assert_allclose(f.vjp(g, z, a), by_g, atol=1e-8)
    np.testing.assert_allclose(f.vjp(cost.prime([a], [y])[0], z, a), by_z, atol=1e-7)
    by_a = central_gradient(lambda a: float(cost(a[None], y[None])[0]), a)
    same = {f"1_{k}{j}": float(k == j) for k in range(4) for j in range(4)}
    return (
        FUNCTIONS
        | same
        | {
            "z": z,
            "a": a,
            "y": y,
            "j": int(rng.integers(4)),
            "range": {"j": 4, "k": 4},
            "m": z.max(),
            "g": g,
            "a_right": a[right],
            "z_right": z[right],
            "C_n": float(cost(a[None], y[None])[0]),
            "partly": True,
            "dC_n/dz": by_z,
            "dC_n/da": by_a,
            "delta": by_z,
        }
    )


def backward_of_softmax(rng: Rng) -> World:
    made = softmax(rng)
    return made | {
        "delta": np.asarray(
            [made["delta"]] * 2 + [ACTIVATIONS["softmax"].vjp(made["g"], made["z"], made["a"])]
        ),
        "L": 2,
    }


def quadratic(rng: Rng) -> World:
    a, y = rng.normal(size=3), rng.normal(size=3)
    cost = COSTS["quadratic"]
    by_a = central_gradient(lambda a: float(cost(a[None], y[None])[0]), a)
    np.testing.assert_allclose(cost.prime([a], [y])[0], by_a, atol=1e-8)
    return {
        "a": a,
        "y": y,
        "C_n": float(cost([a], [y])[0]),
        "dC_n/da": by_a,
        "j": 1,
        "range": {"j": 3},
        "partly": True,
    }


def bowl(rng: Rng) -> World:
    w = rng.normal(size=2)

    def C(w1: float, w2: float) -> float:
        return w1**2 + w1 * w2 + 2 * w2**2

    by = central_gradient(lambda w: float(C(*w)), w)
    return {"C": C, "w_1": w[0], "w_2": w[1], "nablaC": by, "dC/dw": by}


def plain(rng: Rng) -> World:
    """Numbers alone: of matrices that are written out."""
    return {"partly": True}


def stepped(kind: str) -> Callable[[Rng], World]:
    """The second step of an optimizer on a quadratic cost: what it had before, and what it has after."""

    def world(rng: Rng) -> World:
        theta, curvature, eta = rng.normal(size=3), rng.uniform(0.5, 2, 3), 0.07
        optimizer = {"descent": nnlib.SGD(eta), "momentum": nnlib.SGD(eta, 0.8), "adam": nnlib.Adam(eta)}[
            kind
        ]
        first = theta.copy()
        m = v = u = np.zeros(3)
        for _ in (1, 2):
            g = curvature * theta
            before, moments = theta.copy(), (m, v, u)
            optimizer.step(theta, g)
            m, v, u = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2, 0.8 * u - eta * g
        hats = {"hat m": m / (1 - 0.9**2), "hat v": v / (1 - 0.999**2)}

        def slope(at: Any) -> Any:
            return central_gradient(lambda p: float((curvature * p**2).sum() / 2), np.asarray(at))

        assert not np.allclose(first, theta)
        return (
            FUNCTIONS
            | hats
            | {
                "theta": before,
                "w": before,
                "eta": eta,
                "beta": 0.8,
                "u": moments[2],
                "nablaC": slope,
                "C'": slope,
                "m": moments[0],
                "v": moments[1],
                "g": g,
                "beta_1": 0.9,
                "beta_2": 0.999,
                "t": 2,
                "varepsilon": 1e-8,
                "new": {"theta": theta, "w": theta, "u": u, "m": m, "v": v},
            }
            | ({"m": m, "v": v} if kind == "corrected" else {})
        )

    return world


def corrected(rng: Rng) -> World:
    """Adam's averages before and after a step; the hats are of those after."""
    made = stepped("adam")(rng)
    return made | {
        "partly": True,
        "hat m": made["new"]["m"] / (1 - 0.9**2),
        "hat v": made["new"]["v"] / (1 - 0.999**2),
    }


def shrinking(rng: Rng) -> World:
    c, eta, w_0, t = 1.3, 0.2, float(rng.normal()), 6
    w = np.array([w_0])
    descent = nnlib.SGD(eta)
    for _ in range(t):
        descent.step(w, c * w)
    return {"c": c, "eta": eta, "w": float(rng.normal()), "w_0": w_0, "t": t, "w_t": w[0]}


def perceptron(rng: Rng) -> World:
    """A neuron, a mistake put right, and the bound's letters after a whole run."""
    w, x, b, y, eta = rng.normal(size=3), rng.normal(size=3), float(rng.normal()), -1.0, 0.5
    y = -float(np.sign(w @ x + b))
    learner = nnlib.Perceptron(3, eta)
    learner.w, learner.b = w, b
    learner.fit([x], [int(y)], max_epochs=1)
    z_new = learner.w @ x + learner.b
    X = rng.normal(size=(30, 3))
    X = X[np.abs(X @ [1, -2, 0.5]) > 0.4]
    run = nnlib.Perceptron(3).fit(X, np.where(X @ [1, -2, 0.5] > 0, 1, -1), max_epochs=1000)
    u = np.array([1, -2, 0.5, 0]) / np.linalg.norm([1, -2, 0.5])
    rows = np.column_stack([X, np.ones(len(X))])
    k, v = sum(run.mistakes), np.append(run.w, run.b)
    p, q = rng.normal(size=4), rng.normal(size=4)
    assert run.converged
    return {
        "w": w,
        "x": x,
        "b": b,
        "y": y,
        "eta": eta,
        "z": float(w @ x + b),
        "z_old": float(w @ x + b),
        "z_new": z_new,
        "new": {"w": learner.w, "b": learner.b},
        "p": p,
        "q": q,
        "k": k,
        "v": v,
        "u": u,
        "partly": True,
        "R": np.linalg.norm(rows, axis=1).max(),
        "gamma": float(np.abs(rows @ u).min()),
    }


def standardizer(rng: Rng) -> World:
    X = rng.normal(3, 2, size=(20, 4))
    s = nnlib.Standardizer()
    return {"x'": s.fit_transform(X)[7], "x": X[7], "mu": X.mean(axis=0), "sigma": X.std(axis=0), "i": 2}


def check(rng: Rng) -> World:
    theta, eps = rng.normal(size=3), 1e-5

    def C(t: Any) -> Any:
        return np.sin(t) + t**2

    return {"C": C, "theta": theta, "varepsilon": eps, "i": 1, "hat g": central_slope(C, theta, eps)}


def variance(kind: str) -> Callable[[Rng], World]:
    def world(rng: Rng) -> World:
        drawn = nnlib.INITIALIZERS[kind](np.random.default_rng(3), 7, 5)
        ratio = drawn / np.random.default_rng(3).normal(size=(7, 5))
        return {"v": ratio[0, 0] ** 2, "n_in": 5, "n_out": 7}

    return world
