"""Every public call of the core: functions and data, then networks and what trains them."""

from __future__ import annotations

import numpy as np
from hostile_functions import FUNCTIONS
from hostile_good import (
    Call,
    dtype_of,
    epochs_of,
    fixed,
    keep,
    network,
    one_step,
    own_weights,
    perceptron,
    set_all,
    set_layer,
    train,
    with_network,
    with_pass,
)
from hostile_right import forward, network_cost, network_gradient

import nnlib
from nnlib import initializers, schedules

NET = {"hidden": "name", "output": "name", "cost": "name", "init": "init", "l2": "number", "rng": "seed"}
MADE = {
    "sizes": [2, 3, 1],
    "hidden": "tanh",
    "output": "sigmoid",
    "cost": "quadratic",
    "init": "he",
    "l2": 0.1,
}
RUN = {
    "epochs": "whole",
    "batch_size": "whole",
    "optimizer": "never or None",
    "validation": "never or None",
    "rng": "seed",
    "patience": "whole or None",
    "each_epoch": "function or None",
}
START = {"rng": np.random.default_rng(0), "n_out": 2, "n_in": 3}
BEGIN = {"rng": "generator", "n_out": "size", "n_in": "size"}
SCORES = {"output": nnlib.ACTIVATIONS["sigmoid"], "cost": nnlib.COSTS["mse"]}
PASS = nnlib.Network([2, 3, 1], rng=0).forward([[0.0, 1.0]])
FOUR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

NETWORKS: list[Call] = [
    Call(
        "Network",
        fixed(**MADE, rng=0, dtype=float),
        lambda **a: nnlib.Network(**a).parameters,
        NET | {"sizes": "sizes", "dtype": "dtype"},
        alias={
            "sizes": "sizes|layer's size",
            "hidden": "activation",
            "output": "activation",
            "init": "initialiser",
        },
    ),
    Call(
        "forward",
        keep("net", "X")(with_network),
        lambda net, X: net.forward(X),
        {"X": "data"},
        lambda net, X: [part for both in forward(net, X) for part in both],
    ),
    Call(
        "predict",
        keep("net", "X")(with_network),
        lambda net, X: net.predict(X),
        {"X": "data"},
        lambda net, X: forward(net, X)[1][-1],
    ),
    Call("cost", with_network, lambda net, X, Y: net.cost(X, Y), {"X": "data", "Y": "data"}, network_cost),
    Call(
        "backward",
        with_network,
        lambda net, X, Y: net.backward(net.forward(X), Y).flat[: sum(w.size for w in [*net.W, *net.b])],
        {"X": "data", "Y": "data"},
        network_gradient,
    ),
    Call(
        "backward from a pass",
        with_pass,
        lambda net, p, Y: net.backward(p, Y).flat,
        {"p": "never", "Y": "data"},
    ),
    Call(
        "a pass made by hand",
        fixed(Z=PASS.Z, A=PASS.A),
        lambda Z, A: nnlib.Network([2, 3, 1], rng=0).backward(nnlib.Pass(Z, A), [[1.0]]).flat,
        {"Z": "never", "A": "never"},
        alias={"Z": "pass", "A": "pass"},
    ),
    Call(
        "copy",
        lambda rng: {"net": network(rng), "dtype": float},
        lambda net, dtype: net.copy(dtype).parameters,
        {"dtype": "dtype or None"},
    ),
    Call(
        "W[l]",
        lambda rng: {"net": network(rng), "values": np.ones((3, 2))},
        set_layer("W"),
        {"values": "data"},
        alias={"values": r"W\[1\]"},
    ),
    Call(
        "W[...]",
        lambda rng: {"net": network(rng), "l": 1, "values": np.ones((3, 2))},
        set_layer("W"),
        {"l": "layer"},
        alias={"l": "W"},
    ),
    Call(
        "W",
        lambda rng: {"net": nnlib.Network([2, 2, 2], rng=0), "values": np.ones((2, 2, 2))},
        set_all("W"),
        {"values": "data"},
        alias={"values": "W"},
    ),
    Call(
        "b",
        lambda rng: {"net": nnlib.Network([2, 2, 2], rng=0), "values": np.ones((2, 2))},
        set_all("b"),
        {"values": "data"},
        alias={"values": "b"},
    ),
    Call(
        "parameters",
        lambda rng: {"net": nnlib.Network([2, 1], rng=0, dtype=dtype_of(rng)), "values": np.ones(3)},
        set_all("parameters"),
        {"values": "data"},
        alias={"values": "parameters"},
    ),
    Call(
        "Perceptron",
        fixed(n_inputs=2, learning_rate=1.0),
        lambda **a: nnlib.Perceptron(**a).predict([[0.0, 1.0]]),
        {"n_inputs": "two", "learning_rate": "number"},
        alias={"n_inputs": "n_inputs|perceptron expects"},
    ),
    Call(
        "Perceptron.fit",
        fixed(X=FOUR, y=np.array([0, 0, 0, 1]), max_epochs=20),
        perceptron,
        {"X": "data", "y": "labels", "max_epochs": "whole", "learning_rate": "number"},
    ),
    Call(
        "a perceptron's own weights",
        fixed(w=np.ones(2), b=0.0, X=FOUR),
        own_weights,
        {"w": "data", "b": "number", "X": "data"},
    ),
    Call(
        "fit", with_network, train, {"net": "never", "X": "data", "Y": "data"}, alias={"Y": r"\bY\b|targets"}
    ),
    Call("fit's settings", with_network, train, RUN),
    Call(
        "fit's validation",
        lambda rng: with_network(rng),
        lambda net, X, Y, VX=None, VY=None: train(
            net, X, Y, validation=(X if VX is None else VX, Y if VY is None else VY)
        ),
        {"VX": "data or None", "VY": "data or None"},
        alias={"VX": "validation [XY]|targets", "VY": "validation [XY]|targets"},
    ),
    Call(
        "gradient_check",
        with_network,
        lambda **a: nnlib.gradient_check(**a),
        {"net": "never", "X": "data", "Y": "data", "epsilon": "number"},
    ),
    Call(
        "outputs.classify",
        lambda rng: {
            "A": rng.uniform(size=(3, 2)),
            "output": nnlib.ACTIVATIONS["sigmoid"],
            "cost": nnlib.COSTS["mse"],
        },
        nnlib.outputs.classify,
        {"A": "nan", "output": "never", "cost": "never"},
    ),
    Call(
        "outputs.labels",
        lambda rng: {"Y": np.eye(2)} | SCORES,
        nnlib.outputs.labels,
        {"Y": "nan", "output": "never", "cost": "never"},
    ),
    Call(
        "History.best_epoch",
        fixed(cost=[1.0], val_cost=[2.0, 1.0]),
        lambda **a: nnlib.History(**a).best_epoch,
        {"cost": "any", "val_cost": "any"},
    ),
    Call(
        "GradientDescent",
        fixed(w=np.ones(2), gradient=np.array([0.5, -1.0])),
        one_step("GradientDescent"),
        {"learning_rate": "rate", "momentum": "number"},
    ),
    Call(
        "its step",
        fixed(w=np.ones(2), gradient=np.array([0.5, -1.0])),
        one_step("GradientDescent"),
        {"w": "array", "gradient": "array"},
    ),
    Call(
        "Adam",
        fixed(w=np.ones(2), gradient=np.array([0.5, -1.0])),
        one_step("Adam"),
        {"learning_rate": "rate", "beta1": "number", "beta2": "number", "epsilon": "number"},
    ),
    Call(
        "Adam's step",
        fixed(w=np.ones(2), gradient=np.array([0.5, -1.0])),
        one_step("Adam"),
        {"w": "array", "gradient": "array"},
    ),
    Call(
        "start_epoch",
        fixed(epoch=3),
        lambda epoch: (o := nnlib.Adam(schedules.step_decay(0.1))).start_epoch(epoch) or o.learning_rate,
        {"epoch": "whole"},
    ),
    Call(
        "schedules.constant",
        fixed(start=0.1, epoch=3),
        epochs_of("constant"),
        {"start": "number", "epoch": "whole"},
    ),
    Call(
        "step_decay",
        fixed(start=0.1, factor=0.5, every=2, epoch=3),
        epochs_of("step_decay"),
        {"start": "number", "factor": "number", "every": "whole", "epoch": "whole"},
    ),
    Call(
        "inverse_time_decay",
        fixed(start=0.1, decay=0.5, epoch=3),
        epochs_of("inverse_time_decay"),
        {"start": "number", "decay": "number", "epoch": "whole"},
    ),
    *[
        Call(
            f"initializers.{kind}",
            fixed(**START, **own),
            lambda rng, n_out, n_in, kind=kind, **own: getattr(initializers, kind)(**own)(
                np.random.default_rng(0) if isinstance(rng, np.random.Generator) else rng, n_out, n_in
            ),
            BEGIN | dict.fromkeys(own, "number"),
            alias={"low": "low|high", "high": "low|high"},
        )
        for kind, own in {
            "constant": {"value": 1.0},
            "uniform": {"low": -1.0, "high": 1.0},
            "normal": {"sd": 1.0},
        }.items()
    ],
    *[
        Call(
            f"initializers.{kind}",
            fixed(**START),
            lambda rng, n_out, n_in, kind=kind: getattr(initializers, kind)(
                np.random.default_rng(0) if isinstance(rng, np.random.Generator) else rng, n_out, n_in
            ),
            BEGIN,
        )
        for kind in ("xavier", "he")
    ],
]

CALLS = FUNCTIONS + NETWORKS
