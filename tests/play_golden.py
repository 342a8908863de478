"""What nnlib computes, written down for the page's engine to replay: see play_parity.js."""

from __future__ import annotations

import itertools
import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import playwright

import nnlib
from nnlib.play.data import NOISE, points

STATIC = Path(nnlib.__file__).parent / "play" / "static"
ENGINE = ("random", "network", "data")
HERE = Path(__file__).parent
NODE = next((Path(playwright.__file__).parent / "driver").glob("node*"), None)

Config = dict[str, Any]

OUTPUTS = [
    *[("linear", cost) for cost in ("quadratic", "mse", "mae")],
    *[("sigmoid", cost) for cost in ("quadratic", "mse", "mae", "binary_cross_entropy")],
    *[
        ("softmax", cost)
        for cost in ("quadratic", "mae", "categorical_cross_entropy", "binary_cross_entropy")
    ],
    *[("tanh", "mse"), ("swish", "mse"), ("relu", "quadratic"), ("prelu", "mse"), ("leaky_relu", "mae")],
    ("sigmoid", "categorical_cross_entropy"),
]
HOWS = [
    dict(optimizer="sgd", learning_rate=0.1),
    dict(optimizer="sgd", learning_rate=0.05, momentum=0.9),
    dict(optimizer="adam", learning_rate=0.01),
]
BLOBS = dict(data="blobs", n=57, noise=0.3, seed=5)
HIDDEN = [name for name, f in nnlib.ACTIVATIONS.items() if f.elementwise]


def config(sizes: list[int], hidden: str, output: str, cost: str, **more: Any) -> Config:
    network = dict(sizes=sizes, hidden=hidden, output=output, cost=cost, init="xavier", l2=0.0)
    network |= {name: more.pop(name) for name in ("init", "l2") if name in more}
    data = dict(BLOBS, outputs=sizes[-1], classes=max(2, sizes[-1]), both=output == "tanh") | more.pop(
        "data", {}
    )
    how = dict(optimizer="sgd", learning_rate=0.1, batch_size=10) | more.pop("how", {})
    return dict(network=network, data=data, how=how, seed=3, order=4, epochs=3) | more


def small() -> Iterator[Config]:
    """Short runs: every activation with every output, cost and optimizer, and what could be forgotten."""
    for hidden, (output, cost), how in itertools.product(HIDDEN, OUTPUTS, HOWS):
        outputs = 3 if "softmax" in output or "categorical" in cost else 1
        l2 = 0.01 if how["optimizer"] == "adam" else 0.0
        init = "he" if "relu" in hidden else "xavier"
        yield config([2, 5, 4, outputs], hidden, output, cost, how=how, l2=l2, init=init)
    answer = ("sigmoid", "binary_cross_entropy")
    for init in ("zeros", "equal", "uniform", "normal", "xavier", "he"):
        yield config([2, 4, 1], "tanh", *answer, init=init, data=dict(data="moons", n=60, noise=0.1))
    three = dict(init="zeros", data=dict(data="gate"), how=dict(batch_size=3))
    for hidden in HIDDEN:  # every z is 0 at first, and one of the four inputs stays there
        yield config([2, 3, 1], hidden, *answer, **three)
    for output in ("step", "relu", "leaky_relu", "prelu", "swish"):  # likewise at the output
        yield config([2, 3, 1], "relu", output, "quadratic", **three)
    for how in HOWS:
        yield config([2, 1], "linear", *answer, how=how | dict(batch_size=1))  # one neuron, a row a step
        yield config([2, 1, 1], "prelu", *answer, how=how | dict(batch_size=10**7), l2=0.1)  # all rows a step
        yield config([2, 4, 3], "tanh", "softmax", "categorical_cross_entropy", how=how | dict(batch_size=56))
    for data in NOISE:
        yield config([2, 4, 1], "tanh", *answer, data=dict(data=data, n=41, noise=NOISE[data]))


def long() -> Iterator[tuple[str, Config]]:
    """Runs of 200 epochs, as readers make them; the last two are chaotic."""

    def run(sizes: list[int], hidden: str, data: str, rate: float, **more: Any) -> Config:
        cost = more.pop("cost", "binary_cross_entropy")
        how = dict(learning_rate=rate) | more.pop("how", dict(optimizer="adam", batch_size=20))
        drawn = dict(data=data, n=more.pop("n", 160), noise=NOISE[data], seed=0)
        return config(
            sizes, hidden, "sigmoid", cost, data=drawn, how=how, seed=1, order=0, epochs=200, **more
        )

    sgd = dict(optimizer="sgd", batch_size=10)
    yield "spiral, tanh, Adam", run([2, 8, 8, 1], "tanh", "spiral", 0.03)
    yield "spiral, ReLU, Adam", run([2, 8, 8, 1], "relu", "spiral", 0.03, init="he")
    yield "spiral of 400, SGD", run([2, 8, 8, 1], "tanh", "spiral", 0.1, how=sgd, n=400)
    yield "circles, quadratic", run([2, 4, 1], "sigmoid", "circles", 3.0, how=sgd, cost="quadratic")
    yield "six layers", run([2, 6, 6, 6, 6, 6, 6, 1], "sigmoid", "circles", 0.5, how=sgd)
    yield "moons, swish, L2", run([2, 8, 8, 1], "swish", "moons", 0.1, how=sgd | dict(momentum=0.9), l2=0.001)
    yield "equal weights", run([2, 4, 1], "tanh", "xor", 0.5, how=sgd, init="equal")
    yield "rate too high", run([2, 8, 8, 1], "relu", "spiral", 1.0, how=sgd, init="he")
    yield "wild", run([2, 8, 8, 1], "tanh", "spiral", 1.5, how=sgd | dict(momentum=0.9))


def optimizer(how: Config) -> nnlib.Optimizer:
    rate = how["learning_rate"]
    return nnlib.Adam(rate) if how["optimizer"] == "adam" else nnlib.SGD(rate, how.get("momentum", 0.0))


@cache
def _points(data: str, n: int, noise: float, classes: int, seed: int) -> nnlib.data.Examples:
    return points(data, n, noise=noise, classes=classes, rng=seed)


def rows(data: Config) -> tuple[Any, Any]:
    X, labels = _points(*(data[name] for name in ("data", "n", "noise", "classes", "seed")))
    Y = labels[:, None].astype(float) if data["outputs"] == 1 else nnlib.one_hot(labels, data["outputs"])
    return X, 2 * Y - 1 if data["both"] else Y


def network(config: Config) -> nnlib.Network:
    given = dict(config["network"])
    if given["init"] == "equal":
        given["init"] = nnlib.initializers.constant(0.5)
    return nnlib.Network(given.pop("sizes"), given.pop("hidden"), **given, rng=config["seed"])


def trained(config: Config, net: nnlib.Network | None = None, **more: Any) -> tuple[Any, list[Any]]:
    """nnlib's history and the parameters after each epoch."""
    net, kept = net or network(config), []
    how = dict(epochs=config["epochs"], batch_size=config["how"]["batch_size"], rng=config["order"]) | more
    look = {"each_epoch": lambda _, net: kept.append(net.parameters.copy())}
    history = nnlib.fit(net, *rows(config["data"]), optimizer=optimizer(config["how"]), **how, **look)
    return history, kept


def shaken(config: Config) -> list[Any]:
    """The same run, each parameter off by one last digit at first."""
    net = network(config)
    net.parameters *= 1 + np.finfo(float).eps * np.random.default_rng(99).choice(
        [-1, 1], net.parameters.shape
    )
    return trained(config, net)[1]


def reordered(config: Config) -> list[Any]:
    """The same run, the rows within each batch in another order: other roundings of the same sums."""
    net, generator, kept = network(config), np.random.default_rng(config["order"]), []
    (X, Y), steps, size = rows(config["data"]), optimizer(config["how"]), config["how"]["batch_size"]
    for _ in range(config["epochs"]):
        order = generator.permutation(len(X))
        for at in range(0, len(X), size):
            batch = np.sort(order[at : at + size])
            steps.step(net.parameters, net.backward(net.forward(X[batch]), Y[batch]).flat)
        kept.append(net.parameters.copy())
    return kept


def apart(one: Any, other: Any) -> float:
    return float(np.abs(one - other).max() / np.abs(other).max())


LOOKED = (1, 2, 5, 10, 20, 50, 100, 150, 200)


def golden(*, with_long: bool = True) -> dict[str, Any]:
    """All that play_parity.js replays; ``own`` is how far nnlib's runs are from themselves."""
    found: dict[str, Any] = {"random": draws(), "data": [], "small": [], "long": [], "one": [], "own": {}}
    for data, seed, n, noise, classes in itertools.product(NOISE, range(3), (2, 37), (0.0, 0.2), (2, 4)):
        if classes == 2 or data == "blobs":
            X, labels = _points(data, n, noise, classes, seed)
            described = dict(data=data, n=n, noise=noise, seed=seed, classes=classes)
            found["data"].append(described | dict(X=X.ravel().tolist(), labels=labels.tolist()))
    for each in small():
        start = network(each).parameters.tolist()
        history, kept = trained(each)
        found["small"].append(
            dict(config=each, start=start, kept=[p.tolist() for p in kept], cost=history.cost)
        )
    for name, each in long() if with_long else ():
        start = network(each).parameters.tolist()
        history, kept = trained(each)
        seen = {epoch: kept[epoch - 1].tolist() for epoch in LOOKED}
        found["long"].append(dict(name=name, config=each, start=start, kept=seen, cost=history.cost))
        others = [shaken(each), reordered(each)]
        found["own"][name] = {e: max(apart(other[e - 1], kept[e - 1]) for other in others) for e in LOOKED}
        for epoch in (0, *LOOKED):
            net = network(each)
            if epoch:
                net.parameters[...] = kept[epoch - 1]
            start = net.parameters.tolist()
            _, (after,) = trained(each, net, epochs=1, rng=epoch)
            found["one"].append(
                dict(name=name, config=each, order=epoch, **{"from": start, "to": after.tolist()})
            )
    return found


def draws(seeds: int = 10, n: int = 400) -> list[dict[str, Any]]:
    """What ``default_rng`` draws, kind after kind: some 40,000 numbers."""
    found = []
    for seed in [*range(seeds - 3), 2**31, 2**32 + 5, 2**53 - 1]:
        rng = np.random.default_rng(seed)
        drawn: list[tuple[str, Any]] = []
        for _ in range(2):
            drawn += [
                ("random", rng.random(n)),
                ("normal", rng.normal(1, 2, 3 * n)),
                ("uniform", rng.uniform(-2.5, 3, n)),
            ]
            drawn += [("permutation", rng.permutation(k)) for k in (1, 2, 57, n + 1)]
            drawn += [
                ("choice", rng.choice([0, 1, 2], 41)),
                ("random", rng.random(1)),
                ("permutation", rng.permutation(5)),
            ]
        found.append({"seed": seed, "draws": [(kind, values.tolist()) for kind, values in drawn]})
    return found


def sources(changed: Mapping[str, str] | None = None) -> list[str]:
    """The engine's files, some of them in another version."""
    return [
        (changed or {}).get(name) or (STATIC / f"{name}.js").read_text(encoding="utf-8") for name in ENGINE
    ]


def in_node(
    golden: Mapping[str, Any], variants: Mapping[str, list[str]], at_once: float | None = None
) -> Any:
    """What play_parity.js reports of each variant of the engine, in V8."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"golden": golden, "variants": variants, "atOnce": at_once}, file)
        file.flush()
        command = [str(NODE), str(HERE / "play_parity.js"), file.name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


MODEL = ("rosenblatt", "words", "settings", "model")
MODELS = """
const { Model } = globalThis.nnplay;
console.log(JSON.stringify(presets.map((preset) => {
  const model = new Model(preset);
  while (model.epoch < preset.epochs && !model.finished) model.batch();
  model.measure();
  const [, W] = model.net.W, m = model.net.sizes[0];
  return {
    cost: model.now.cost ?? 1e9, right: model.newRows.length ? model.now.newRight : model.now.right,
    gradients: model.gradients.slice(1), dead: model.dead.flat().filter(Boolean).length,
    equal: [...W].every((w, k) => w === W[k % m]),
    costs: model.costs, sentence: model.sentence,
    mistakes: model.training?.made ?? 0, weights: [...model.net.parameters.flat],
  };
})));
"""


def models(presets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the page's models are after the epochs of their presets."""
    code = [*sources(), *((STATIC / f"{name}.js").read_text(encoding="utf-8") for name in MODEL)]
    with tempfile.NamedTemporaryFile("w", suffix=".cjs", encoding="utf-8") as file:
        file.write("\n".join([*code, f"const presets = {json.dumps(presets)};", MODELS]))
        file.flush()
        done = subprocess.run([str(NODE), file.name], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
