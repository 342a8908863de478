"""How an epoch's time grows with rows, batch, width and depth: ``python benchmarks/growth.py [--store]``.

Rows and depth must show as straight lines; a batch saves the fixed price of a step until arithmetic is all
that is left; the width's square is the number of weights. One thread, processor time, the median of rounds.
``--store`` keeps the times where the chapter on digits finds them.
"""

from __future__ import annotations

import json
import statistics
import sys

import contenders
import numpy as np
from training_speed import STORED, restart_with

import nnlib

ROUNDS = 5
BASE = {"rows": 4000, "batch": 32, "width": 64, "depth": 2}
STEPS = {
    "rows": (1000, 2000, 4000, 8000, 16000),
    "batch": (1, 8, 32, 128, 512),
    "width": (16, 32, 64, 128, 256, 512),
    "depth": (1, 2, 4, 8, 16),
}


def run_of(rows: int, batch: int, width: int, depth: int) -> contenders.Run:
    """A network of ``depth`` hidden layers of ``width`` neurons, ready to train on synthetic rows."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, rows)
    Y = nnlib.one_hot(labels, 10).astype(np.float32)
    data = contenders.Data(rng.standard_normal((rows, 64), np.float32), Y, labels)
    setting = contenders.Setting("", (64, *[width] * depth, 10), rows, batch, "sgd")
    return contenders.ours(setting, data)


def main() -> None:
    restart_with(1)
    kept = {}
    for name, values in STEPS.items():
        runs = [run_of(**BASE | {name: value}) for value in values]
        times: list[list[float]] = [[] for _ in values]
        for _ in range(ROUNDS):
            for run, found in zip(runs, times, strict=True):
                found.append(1000 * run(1))
        medians = [float(f"{statistics.median(found):.3g}") for found in times]
        kept[name] = {"values": values, "milliseconds": medians}
        print(f"{name:6s}", "  ".join(f"{v}: {ms:.1f} ms" for v, ms in zip(values, medians, strict=True)))
        slope = np.polyfit(np.log(values[-3:]), np.log(medians[-3:]), 1)[0]
        print(f"{'':6s} at its end, time grows as {name} to the power {slope:.2f}", flush=True)
    if "--store" in sys.argv:
        text = json.dumps({"base": BASE, "times": kept}, indent=1)
        STORED.with_name("training_growth.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
