"""Held-out accuracy on the digits, five splits: the chapter's procedure and scikit-learn's MLPClassifier.

    python benchmarks/digits_accuracy.py

Both see the same rows, standardised by the same training rows. The chapter tunes its L2 strength and epochs
on validation rows and then trains on all rows that are not the test fold; scikit-learn trains on those at
once, with its own settings throughout (only ``max_iter`` is raised until it converges).
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

CHAPTER = Path(__file__).resolve().parent.parent / "chapters" / "digits.ipynb"
SHAPES = ((64, 30, 10), (64, 16, 16, 10))
SPLITS = 5


def recipe() -> dict[str, Any]:
    """What the chapter's cells tagged ``recipe`` define: the data, the folds, ``held_out(split, sizes)``."""
    namespace: dict[str, Any] = {}
    for cell in nbformat.read(CHAPTER, as_version=4).cells:
        if "recipe" in cell.metadata.get("tags", []):
            exec(cell.source, namespace)
    return namespace


def chapter_accuracies(sizes: Sequence[int]) -> list[float]:
    """Held-out accuracy of each split in per cent, by the chapter's procedure."""
    held_out = recipe()["held_out"]
    with redirect_stdout(StringIO()):
        return [float(held_out(split, list(sizes))) for split in range(SPLITS)]


def peer_accuracies(sizes: Sequence[int]) -> list[float]:
    """The same by scikit-learn's classifier of the same shape, on the same splits and with the same seeds."""
    chapter = recipe()
    X, labels, fold = chapter["X"], chapter["labels"], chapter["fold"]
    found = []
    for split in range(SPLITS):
        rest, test = fold != split, fold == split
        scaler = StandardScaler().fit(X[rest])
        peer = MLPClassifier(tuple(sizes[1:-1]), max_iter=1000, random_state=split)
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a run that has not converged would be no comparison
            peer.fit(scaler.transform(X[rest]), labels[rest])
        found.append(100 * float(peer.score(scaler.transform(X[test]), labels[test])))
    return found


def main() -> None:
    print("held-out accuracy in %, mean ± standard deviation over five splits, and seconds for all five")
    for sizes in SHAPES:
        name = "-".join(map(str, sizes))
        for who, measure in (("nnlib", chapter_accuracies), ("scikit-learn", peer_accuracies)):
            begin = time.perf_counter()
            found = measure(sizes)
            seconds = time.perf_counter() - begin
            print(
                f"{name:12s} {who:13s} {np.mean(found):5.2f} ± {np.std(found, ddof=1):.2f} {seconds:7.1f} s",
                end="  ",
            )
            print(np.round(found, 2), flush=True)


if __name__ == "__main__":
    main()
