"""What deep networks get right when they are given time: ``python benchmarks/deep_runs.py [--store]``.

Five starts of six sigmoid layers for 1,500 epochs, and eight layers of four kinds for 120: minutes, where a
chapter has seconds. ``--store`` keeps, epoch by epoch, how many held-back digits were right where the chapter
on vanishing gradients finds them.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files

from tqdm import tqdm

import nnlib
from nnlib.figures import runs
from nnlib.figures import vanishing_gradients as figures

RUNS = {(6, "sigmoid", "xavier", seed): 1500 for seed in range(5)} | {
    (8, activation, init, 0): figures.LONG for activation in ("sigmoid", "relu") for init in ("small", "he")
}


def right(hidden_layers: int, activation: str, init: str, seed: int, epochs: int) -> list[int]:
    """How many of the held-back digits are right, before training and after each epoch."""
    rows, net = figures.digits(), figures.deep_network(hidden_layers, activation, init, seed)

    def count(net: nnlib.Network) -> int:
        return int((net.classify(rows.V) == rows.labels).sum())

    step = nnlib.GradientDescent(figures.RATE)
    return runs.watched(net, rows.X, rows.Y, count, epochs, optimizer=step, rng=seed)


def main() -> None:
    kept = {}
    for kind, epochs in tqdm(RUNS.items(), unit="run"):
        name = " ".join(map(str, kind))
        kept[name] = right(*kind, epochs)
        half = next((e for e, n in enumerate(kept[name]) if 2 * n > len(figures.digits().labels)), None)
        tqdm.write(f"{name:18} half right after epoch {half}, {kept[name][-1]} at the end")
    if "--store" in sys.argv:
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(counts)}" for name, counts in kept.items())
        path = files("nnlib") / "datasets" / "deep_runs.json"
        path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
