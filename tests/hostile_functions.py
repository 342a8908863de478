"""Public calls of the core's functions and data: good arguments, their kinds, and the right answers."""

from __future__ import annotations

import numpy as np
from hostile_good import ELEMENTWISE, Call, fixed, for_activation, for_cost, keep, own_activation, own_cost
from hostile_right import L, cost, cost_prime, f, prime, standardized, vjp

import nnlib
from nnlib import activations

TOY = {"n": "size", "noise": "number", "rng": "seed"}

FUNCTIONS: list[Call] = [
    Call(
        "an activation",
        keep("name", "z")(for_activation),
        lambda name, z: nnlib.ACTIVATIONS[name](z),
        {"z": "nan"},
        f,
    ),
    Call(
        "its slope",
        lambda rng: (
            {k: v for k, v in for_activation(rng).items() if k != "g"}
            | {"name": ELEMENTWISE[rng.integers(8)]}
        ),
        lambda name, z, a: nnlib.ACTIVATIONS[name].prime(z, a),
        {"z": "nan", "a": "nan"},
        prime,
    ),
    Call(
        "its vjp",
        for_activation,
        lambda name, g, z, a: nnlib.ACTIVATIONS[name].vjp(g, z, a),
        {"g": "nan", "z": "nan", "a": "nan"},
        lambda name, g, z, a: vjp(name, g, z, a),
    ),
    Call(
        "leaky_relu",
        fixed(leak=0.1),
        lambda leak: activations.leaky_relu(leak)(np.ones(2) * -2),
        {"leak": "number"},
        alias={"leak": "leak|of z come"},
    ),
    Call(
        "prelu",
        fixed(alpha=0.1),
        lambda alpha: activations.prelu(alpha)(np.ones(2) * -2),
        {"alpha": "alpha"},
        alias={"alpha": "alpha|of z come"},
    ),
    Call(
        "prime_alpha",
        fixed(z=np.array([-1.0, 2.0])),
        lambda z: activations.prelu().prime_alpha(z),
        {"z": "nan"},
        lambda z: np.minimum(np.asarray(z, L), 0),
    ),
    Call(
        "an own activation",
        fixed(f=np.tanh, prime=lambda z, a: 1 - a * a),
        own_activation,
        {"f": "function", "prime": "function"},
        alias={"f": r"f of mine|\bf is|layer 1", "prime": "prime|pass p"},
    ),
    Call(
        "an own cost",
        fixed(value=lambda A, Y: (A - Y).sum(axis=1), prime=lambda A, Y: np.ones_like(A)),
        own_cost,
        {"value": "function", "prime": "function"},
        alias={"value": "value", "prime": "prime|pass p"},
    ),
    Call("a cost", for_cost, lambda name, A, Y: nnlib.COSTS[name](A, Y), {"A": "nan", "Y": "nan"}, cost),
    Call(
        "a cost's slope",
        for_cost,
        lambda name, A, Y: nnlib.COSTS[name].prime(A, Y),
        {"A": "nan", "Y": "nan"},
        cost_prime,
    ),
    Call(
        "one_hot",
        fixed(labels=np.array([0, 2, 1]), n_classes=3),
        nnlib.one_hot,
        {"labels": "labels", "n_classes": "size"},
        alias={"n_classes": "n_classes|labels"},
    ),
    Call(
        "Standardizer",
        fixed(X=np.array([[1.0, 3.0], [2.0, 5.0], [4.0, 4.0]])),
        lambda X: nnlib.Standardizer().fit_transform(X),
        {"X": "data"},
        standardized,
    ),
    Call(
        "Standardizer.transform",
        fixed(X=np.array([[1.0, 3.0], [2.0, 5.0]])),
        lambda X: nnlib.Standardizer().fit([[0.0, 1.0], [2.0, 5.0]]).transform(X),
        {"X": "data"},
        lambda X: (np.asarray(X, L) - np.array([1, 3])) / np.array([1, 2]),
    ),
    Call(
        "split_rows",
        fixed(n=6, held_out=0.5, stratify=np.array([0, 0, 1, 1, 1, 0]), rng=0),
        nnlib.split_rows,
        {"n": "size", "held_out": "number", "stratify": "labels or None", "rng": "seed"},
        alias={"n": "n|stratify"},
    ),
    Call("gate", fixed(name="AND"), nnlib.gate, {"name": "name"}, alias={"name": "gate"}),
    Call("moons", fixed(n=10, noise=0.1, rng=0), nnlib.moons, TOY),
    Call("spirals", fixed(n=10, noise=0.1, turns=1.0, rng=0), nnlib.spirals, TOY | {"turns": "number"}),
    Call("blobs", fixed(n=10, classes=3, noise=0.1, rng=0), nnlib.blobs, TOY | {"classes": "size"}),
]
