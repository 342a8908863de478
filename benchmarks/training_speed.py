"""Milliseconds an epoch: nnlib, two floors, and what a reader would use instead.

    python benchmarks/training_speed.py [--threads 2] [--rounds 3] [--store]

Three networks, three batch sizes, SGD and Adam, float32; the contenders take turns, round by round, so that
a busy moment hits all of them; the median counts. Scikit-learn comes with the book's test tools. PyTorch and
Keras do not: install them into an environment of your own, beside nnlib, and run this file there; where they
are missing, a line says so. On one thread it is the processor's own time that is measured. ``--store`` keeps
the results where the chapter on digits finds them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tracemalloc
from itertools import product
from pathlib import Path
from typing import Any

SHAPES = {"A": (64, 16, 16, 10), "B": (784, 16, 16, 10), "C": (784, 128, 64, 10)}
BATCHES, OPTIMIZERS, ROWS = (10, 32, 256), ("sgd", "adam"), 60_000
MOST_BATCHES = {10: 400, 32: 400, 256: 120}  # of an epoch of 60,000 rows: timed, and scaled to all
STORED = Path(__file__).resolve().parent.parent / "nnlib" / "datasets" / "training_speed.json"
NEEDS = {"scikit-learn": "sklearn", "PyTorch": "torch", "PyTorch, fused": "torch", "Keras": "keras"}
ONE_THREAD_ONLY = ("Keras", "one example at a time")


def present(contender: str) -> bool:
    return contender not in NEEDS or importlib.util.find_spec(NEEDS[contender]) is not None


def make_data(n_inputs: int) -> Any:
    """The digits, standardised, or synthetic rows: normal inputs, and labels that follow nothing."""
    import contenders
    import numpy as np

    import nnlib

    if n_inputs == 64:
        X, labels = nnlib.load_digits()
        X = nnlib.Standardizer().fit_transform(X).astype(np.float32)
    else:
        rng = np.random.default_rng(0)
        X, labels = rng.standard_normal((ROWS, n_inputs), np.float32), rng.integers(0, 10, ROWS)
    return contenders.Data(X, nnlib.one_hot(labels, 10).astype(np.float32), labels)


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds an epoch: for every setting, of every contender that is there, the median."""
    import contenders

    found: dict[str, dict[str, float]] = {}
    threads = int(os.environ["OMP_NUM_THREADS"])
    names = [name for name in contenders.CONTENDERS if present(name)]
    if threads > 1:
        names = [name for name in names if name not in ONE_THREAD_ONLY]
    if "PyTorch" in names:
        import torch

        torch.set_num_threads(threads)
    data = {sizes[0]: make_data(sizes[0]) for sizes in SHAPES.values()}
    for (shape, sizes), batch, optimizer in product(SHAPES.items(), BATCHES, OPTIMIZERS):
        whole = data[sizes[0]]
        timed = min(len(whole.X), MOST_BATCHES[batch] * batch)
        part = contenders.Data(whole.X[:timed], whole.Y[:timed], whole.labels[:timed])
        setting = contenders.Setting(f"{shape}-{batch}-{optimizer}", sizes, timed, batch, optimizer)
        runs = {name: contenders.CONTENDERS[name](setting, part) for name in names}
        for run in runs.values():
            run(1)  # not counted: first steps load code and fill caches
        times: dict[str, list[float]] = {name: [] for name in names}
        for turn in range(rounds):
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                times[name].append(runs[name](3 if shape == "A" else 1))
        scale = 1000 * len(whole.X) / timed
        found[setting.name] = {name: scale * statistics.median(seconds) for name, seconds in times.items()}
        print(row(setting.name, found[setting.name]), flush=True)
    return found


def memory() -> float:
    """The most megabytes that ``nnlib.fit`` needs beyond the data, the network's own parameters included."""
    import numpy as np

    import nnlib

    data, most = make_data(784), 0
    for shape, optimizer in product("BC", (nnlib.SGD, nnlib.Adam)):
        tracemalloc.start()
        kinds = {"hidden": "relu", "output": "softmax", "cost": "categorical_cross_entropy"}
        net = nnlib.Network(SHAPES[shape], dtype=np.float32, rng=0, **kinds)
        nnlib.fit(net, data.X, data.Y, epochs=1, batch_size=256, optimizer=optimizer(), rng=0)
        most = max(most, tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return most / 1e6


def import_seconds(rounds: int = 9) -> float:
    """Seconds of processor time that ``import nnlib`` takes where numpy is there already: the median."""
    program = "import time, numpy; t = time.process_time(); import nnlib; print(time.process_time() - t)"
    command = [sys.executable, "-c", program]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(rounds)]
    return statistics.median(float(done.stdout) for done in runs)


def ratios(found: dict[str, dict[str, float]], *names: str) -> dict[str, float]:
    """By how much nnlib is faster than the best of the named contenders, setting by setting."""
    there = {setting: [times[name] for name in names if name in times] for setting, times in found.items()}
    return {setting: min(best) / found[setting]["nnlib"] for setting, best in there.items() if best}


def row(setting: str, times: dict[str, float]) -> str:
    return f"{setting:12s}" + "".join(f"  {name} {ms:.1f}" for name, ms in times.items())


def report(found: dict[str, dict[str, float]]) -> None:
    for title, names in {
        "scikit-learn": ["scikit-learn"],
        "PyTorch, best of default and fused": ["PyTorch", "PyTorch, fused"],
        "Keras": ["Keras"],
        "one example at a time": ["one example at a time"],
    }.items():
        by = ratios(found, *names)
        if by:
            lowest = min(by, key=lambda setting: by[setting])
            mean = statistics.geometric_mean(by.values())
            print(f"{title}: nnlib is {mean:.2f} times as fast (geometric mean of {len(by)});", end=" ")
            print(f"at least {by[lowest]:.2f} times ({lowest})")
    over = {setting: 1 / ratio for setting, ratio in ratios(found, "unrolled by hand").items()}
    for shape in SHAPES:
        parts = [f"{setting} {ratio:.2f}" for setting, ratio in over.items() if setting.startswith(shape)]
        print("times the floor unrolled by hand:", ", ".join(parts))


def restart_with(threads: int) -> None:
    """Make sure of the number of threads: libraries read it once, when they are loaded, so start again."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")
    wanted = dict.fromkeys(names, str(threads))
    wanted |= {"TF_NUM_INTEROP_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    if any(os.environ.get(name) != value for name, value in wanted.items()):
        sys.exit(subprocess.run([sys.executable, *sys.argv], env=os.environ | wanted).returncode)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--store", action="store_true")
    arguments = parser.parse_args()
    restart_with(arguments.threads)

    for name in NEEDS:
        if not present(name):
            print(f"{name} is not installed here and is left out.")
    print(f"milliseconds an epoch, {arguments.threads} thread(s), median of {arguments.rounds} rounds")
    found = measure(arguments.rounds)
    report(found)
    megabytes, seconds = memory(), import_seconds()
    print(f"memory beyond the data: {megabytes:.1f} MB; import nnlib: {seconds:.3f} s above numpy's")
    if arguments.store:
        versions = {name: version(name) for name in ("numpy", "scikit-learn", "torch", "keras")}
        content = {
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
            "versions": {name: number for name, number in versions.items() if number},
            "rounds": arguments.rounds,
            "milliseconds": {s: {n: round(ms, 2) for n, ms in times.items()} for s, times in found.items()},
        }
        STORED.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def version(package: str) -> str | None:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
