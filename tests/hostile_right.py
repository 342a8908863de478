"""The right answers, in long double, from the equations and by none of nnlib's functions."""

from __future__ import annotations

from typing import Any

import numpy as np

L = np.longdouble


def f(name: str, z: Any) -> Any:
    z = np.asarray(z, L)
    s = 1 / (1 + np.exp(-np.clip(z, -11000, 11000)))
    return {
        "step": lambda: (z >= 0).astype(L),
        "linear": lambda: z,
        "sigmoid": lambda: s,
        "tanh": lambda: np.tanh(z),
        "relu": lambda: np.where(z > 0, z, np.where(np.isnan(z), z, 0)),
        "leaky_relu": lambda: np.where(z > 0, z, L(0.01) * z),
        "prelu": lambda: np.where(z > 0, z, L(0.25) * z),
        "swish": lambda: z * s,
        "softmax": lambda: softmax(z),
    }[name]()


def softmax(z: Any) -> Any:
    e = np.exp(np.maximum(z - z.max(axis=-1, keepdims=True), -11000))
    return e / e.sum(axis=-1, keepdims=True)


def prime(name: str, z: Any, a: Any) -> Any:
    """The slope, from z and a as nnlib documents it."""
    z, a = np.asarray(z, L), np.asarray(a, L)
    s = 1 / (1 + np.exp(-np.clip(z, -11000, 11000)))
    return {
        "step": lambda: np.zeros_like(z),
        "linear": lambda: np.ones_like(z),
        "sigmoid": lambda: a * (1 - a),
        "tanh": lambda: 1 - a * a,
        "relu": lambda: np.sign(a),
        "leaky_relu": lambda: np.where(z > 0, L(1), L(0.01)),
        "prelu": lambda: np.where(z > 0, L(1), L(0.25)),
        "swish": lambda: s + a * (1 - s),
    }[name]()


def vjp(name: str, g: Any, z: Any, a: Any) -> Any:
    g, a = np.asarray(g, L), np.asarray(a, L)
    if name == "softmax":
        return a * (g - (g * a).sum(axis=-1, keepdims=True))
    return g * prime(name, z, a)


def inside(A: Any, dtype: Any) -> Any:
    eps = L(np.finfo(dtype).eps)
    return np.clip(A, eps, 1 - eps)


def cost(name: str, A: Any, Y: Any, dtype: Any = float) -> Any:
    A, Y = np.asarray(A, L), np.asarray(Y, L)
    I = inside(A, dtype)
    return {
        "quadratic": lambda: ((A - Y) ** 2).sum(axis=1) / 2,
        "mse": lambda: ((A - Y) ** 2).mean(axis=1),
        "mae": lambda: np.abs(A - Y).mean(axis=1),
        "binary_cross_entropy": lambda: -(Y * np.log(I) + (1 - Y) * np.log1p(-I)).sum(axis=1),
        "categorical_cross_entropy": lambda: -(Y * np.log(I)).sum(axis=1),
    }[name]()


def cost_prime(name: str, A: Any, Y: Any, dtype: Any = float) -> Any:
    A, Y = np.asarray(A, L), np.asarray(Y, L)
    I = inside(A, dtype)
    return {
        "quadratic": lambda: A - Y,
        "mse": lambda: 2 * (A - Y) / A.shape[1],
        "mae": lambda: np.sign(A - Y) / A.shape[1],
        "binary_cross_entropy": lambda: (I - Y) / (I * (1 - I)),
        "categorical_cross_entropy": lambda: -Y / I,
    }[name]()


def forward(net: Any, X: Any) -> tuple[list[Any], list[Any]]:
    Z, A = [], [np.asarray(np.asarray(X, net.dtype), L)]
    for l in range(1, net.L + 1):
        Z.append(A[-1] @ net.W[l].astype(L).T + net.b[l])
        A.append(f(net.f[l].name, Z[-1]))
    return Z, A


def entropy(net: Any, Z: Any, A: Any, Y: Any) -> Any:
    """A network's cost, row by row: the entropies of canonical pairs without a clip."""
    Y = np.asarray(np.asarray(Y, net.dtype), L)
    name = net._cost.name
    if net.canonical and name == "binary_cross_entropy":
        return (Y * np.logaddexp(L(0), -Z) + (1 - Y) * np.logaddexp(L(0), Z)).sum(axis=1)
    if net.canonical and name == "categorical_cross_entropy":
        shifted = Z - Z.max(axis=1, keepdims=True)
        return np.log(np.exp(shifted).sum(axis=1)) * Y.sum(axis=1) - (Y * shifted).sum(axis=1)
    return cost(name, A, Y, net.dtype)


def network_cost(net: Any, X: Any, Y: Any) -> Any:
    Z, A = forward(net, X)
    return entropy(net, Z[-1], A[-1], Y).mean() + L(net.l2) / 2 * sum((w.astype(L) ** 2).sum() for w in net.W)


def network_gradient(net: Any, X: Any, Y: Any) -> Any:
    (Z, A), Y = forward(net, X), np.asarray(np.asarray(Y, net.dtype), L)
    delta, parts = None, []
    for l in range(net.L, 0, -1):
        if l == net.L and net.canonical:
            delta = A[l] - Y
        else:
            g = (
                cost_prime(net._cost.name, A[l], Y, net.dtype)
                if l == net.L
                else delta @ net.W[l + 1].astype(L)
            )
            delta = vjp(net.f[l].name, g, Z[l - 1], A[l])
        parts[:0] = [(delta.T @ A[l - 1] / len(Y) + L(net.l2) * net.W[l]).ravel(), delta.mean(axis=0)]
    return np.concatenate(parts)


def standardized(X: Any) -> Any:
    X = np.asarray(X, L)
    unit = np.abs(X).max(axis=0)
    u = X / np.where(unit > 0, unit, 1)
    varies = np.ptp(u, axis=0) > 64 * np.finfo(float).eps
    return np.where(varies, (u - u.mean(axis=0)) / np.where(varies, u.std(axis=0), 1), 0)
