"""Milliseconds an epoch: nnlib, two floors, and what a reader would use instead.

    python benchmarks/training_speed.py [--threads 1] [--rounds 9] [--store]

On one thread, then on two: three networks, three batch sizes, SGD and Adam, float32. The contenders take
turns, each in a process of its own, so that a busy moment hits all of them; the median counts. Scikit-learn
comes with the book's test tools. PyTorch and Keras do not: install them into an environment of your own,
beside nnlib, and run this file there; where they are missing, a line says so. On one thread it is the
processor's own time that is measured; on two it is real time, so leave the machine alone. ``--store`` keeps
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
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import lru_cache
from importlib import metadata
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

SHAPES = {"A": (64, 16, 16, 10), "B": (784, 16, 16, 10), "C": (784, 128, 64, 10)}
BATCHES, OPTIMIZERS, ROWS = (10, 32, 256), ("sgd", "adam"), 60_000
MOST_BATCHES = {10: 400, 32: 400, 256: 120}  # of an epoch of 60,000 rows: timed, and scaled to all
STORED = Path(__file__).resolve().parent.parent / "nnlib" / "datasets" / "training_speed.json"
NEEDS = {"scikit-learn": "sklearn", "PyTorch": "torch", "PyTorch, fused": "torch", "Keras": "keras"}
ROUNDS = {1: 5, 2: 7}  # by threads: real time is noisier than the processor's
ROUND = 0.1  # seconds that a contender's turn takes at least, or 20 epochs
PAUSE = 0.2  # seconds between turns: a library's threads wait busily for a while before they sleep
ONE_THREAD_ONLY = ("Keras", "one example at a time")


def present(contender: str) -> bool:
    return contender not in NEEDS or importlib.util.find_spec(NEEDS[contender]) is not None


@lru_cache(1)
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


def n_rows(n_inputs: int) -> int:
    """The digits, or the synthetic rows."""
    return 1797 if n_inputs == 64 else ROWS


def measure(rounds: int, threads: int) -> dict[str, dict[str, float]]:
    """Milliseconds an epoch: for every setting, of every contender that is there, the median."""
    from contenders import CONTENDERS, Setting

    found: dict[str, dict[str, float]] = {}
    names = [name for name in CONTENDERS if present(name) and (threads == 1 or name not in ONE_THREAD_ONLY)]
    with ExitStack() as stack:
        # A process each: two libraries' threads in one would take turns badly.
        own = {name: stack.enter_context(process()) for name in names}
        for (shape, sizes), batch, optimizer in product(SHAPES.items(), BATCHES, OPTIMIZERS):
            rows = n_rows(sizes[0])
            timed = min(rows, MOST_BATCHES[batch] * batch)
            setting = Setting(f"{shape}-{batch}-{optimizer}", sizes, timed, batch, optimizer)

            def seconds(name: str, epochs: int, setting: Setting = setting) -> float:
                time.sleep(PAUSE)
                return own[name].submit(turn, name, setting, epochs).result()

            # Not counted: first steps load code and fill caches; the second say how long an epoch takes.
            epochs = {n: min(20, round(ROUND / min(seconds(n, 1), seconds(n, 1)))) or 1 for n in names}
            times: dict[str, list[float]] = {name: [] for name in names}
            for begin in range(rounds):
                for name in names[begin % len(names) :] + names[: begin % len(names)]:
                    times[name].append(seconds(name, epochs[name]))
            medians = {name: 1000 * rows / timed * statistics.median(runs) for name, runs in times.items()}
            found[setting.name] = medians
            print(row(setting.name, medians), flush=True)
    return found


def process() -> ProcessPoolExecutor:
    """One fresh process."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def turn(contender: str, setting: Any, epochs: int) -> float:
    """A contender trains, in its process: the seconds of an epoch."""
    return ready(contender, setting)(epochs)


@lru_cache(1)
def ready(contender: str, setting: Any) -> Any:
    import contenders

    if contender.startswith("PyTorch"):
        import torch

        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    whole = make_data(setting.sizes[0])
    data = contenders.Data(*(values[: setting.rows] for values in (whole.X, whole.Y, whole.labels)))
    return contenders.CONTENDERS[contender](setting, data)


def memory(contender: str, shape: str) -> float:
    """The most megabytes that an epoch takes beyond the data and the loaded library; in a fresh process."""
    from contenders import Setting

    sizes = SHAPES[shape]
    run = ready(contender, Setting(shape, sizes, n_rows(sizes[0]), 256, "adam"))
    # What the process holds now becomes its highest mark; Linux alone can do this.
    Path("/proc/self/clear_refs").write_text("5")
    before = _kilobytes("VmRSS")
    run(1)
    return (_kilobytes("VmHWM") - before) / 1000


def _kilobytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def report_memory() -> None:
    if not Path("/proc/self/clear_refs").exists():
        print("memory is measured on Linux only")
        return
    for name in ("nnlib", *NEEDS):
        if present(name):
            parts = [f"{shape} {in_fresh_process(memory, name, shape):.1f} MB" for shape in SHAPES]
            print(f"memory beyond the data, batches of 256, Adam: {name} {', '.join(parts)}", flush=True)


def in_fresh_process(function: Callable[..., float], *arguments: str) -> float:
    with process() as own:
        return own.submit(function, *arguments).result()


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


def with_threads(threads: int) -> dict[str, str]:
    """The environment of a program that may use so many threads: libraries read it when they are loaded."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")
    quiet = {"TF_NUM_INTEROP_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return os.environ | dict.fromkeys(names, str(threads)) | quiet


def restart_with(threads: int) -> None:
    """Make sure of the number of threads: start again where the environment says another."""
    wanted = with_threads(threads)
    if wanted != dict(os.environ):
        sys.exit(subprocess.run([sys.executable, *sys.argv], env=wanted).returncode)


def store(found: dict[str, dict[str, float]], threads: int, rounds: int) -> None:
    """Keep the times in milliseconds, in the place of earlier ones on as many threads."""
    versions = {name: version(name) for name in ("numpy", "scikit-learn", "torch", "keras")}
    kept = json.loads(STORED.read_text(encoding="utf-8"))
    times = {s: {n: float(f"{ms:.3g}") for n, ms in by_name.items()} for s, by_name in found.items()}
    content = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "versions": {name: number for name, number in versions.items() if number},
        "rounds": kept["rounds"] | {str(threads): rounds},
        "threads": kept["threads"] | {str(threads): times},
    }
    STORED.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, choices=ROUNDS, help="default: one, then two")
    parser.add_argument("--rounds", type=int, help="default: five on one thread, seven on two")
    parser.add_argument("--store", action="store_true")
    arguments = parser.parse_args()
    if arguments.threads is None:
        for threads in ROUNDS:
            command = [sys.executable, *sys.argv, "--threads", str(threads)]
            subprocess.run(command, env=with_threads(threads), check=True)
        return
    restart_with(arguments.threads)

    for name in NEEDS:
        if not present(name):
            print(f"{name} is not installed here and is left out.")
    rounds = arguments.rounds or ROUNDS[arguments.threads]
    print(f"milliseconds an epoch, {arguments.threads} thread(s), median of {rounds} rounds")
    found = measure(rounds, arguments.threads)
    report(found)
    if arguments.threads == 1:
        report_memory()
        print(f"import nnlib: {import_seconds():.3f} s above numpy's")
    if arguments.store:
        store(found, arguments.threads, rounds)


if __name__ == "__main__":
    main()
