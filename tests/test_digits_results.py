"""What the digits chapter claims: its held-out accuracies, and that they are level with scikit-learn's."""

import re
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest
from benchmarked import benchmark
from sklearn.model_selection import StratifiedKFold

ROOT = Path(__file__).resolve().parent.parent
LEVEL = 0.3  # points by which nnlib's mean may stay behind
ROUNDING = 0.35  # points by which a mean may differ on another machine: a handful of the 1,797 images


@cache
def measured(sizes: tuple[int, ...]) -> list[float]:
    return benchmark("digits_accuracy").chapter_accuracies(sizes)


def printed() -> dict[str, tuple[float, float]]:
    """Mean and standard deviation that the chapter's figure states for a shape."""
    text = ""
    for cell in nbformat.read(ROOT / "chapters" / "digits.ipynb", as_version=4).cells:
        for output in cell.get("outputs", []):
            text += output.get("data", {}).get("text/plain", "")
    found = re.findall(r"(\d+(?:-\d+)+): mean ([\d.]+) %, spread ([\d.]+)", text)
    return {shape: (float(mean), float(spread)) for shape, mean, spread in found}


@pytest.mark.slow
@pytest.mark.parametrize(
    "sizes", [(64, 30, 10), (64, 16, 10), (64, 16, 16, 10)], ids=lambda sizes: "-".join(map(str, sizes))
)
def test_level_with_scikit_learn(sizes: tuple[int, ...]) -> None:
    ours, theirs = np.mean(measured(sizes)), np.mean(benchmark("digits_accuracy").peer_accuracies(sizes))
    assert ours >= theirs - LEVEL, f"nnlib {ours:.2f} %, scikit-learn {theirs:.2f} %"


@pytest.mark.slow
def test_the_chapter_prints_what_it_finds() -> None:
    mean, spread = printed()["64-30-10"]
    found = measured((64, 30, 10))
    assert mean == pytest.approx(np.mean(found), abs=ROUNDING)
    assert spread == pytest.approx(np.std(found, ddof=1), abs=ROUNDING)


def test_folds_are_stratified_and_complete() -> None:
    chapter = benchmark("digits_accuracy").recipe()
    fold, labels = chapter["fold"], chapter["labels"]
    assert sorted(np.unique(fold)) == [0, 1, 2, 3, 4]
    counts = np.array([np.bincount(labels[fold == part], minlength=10) for part in range(5)])
    assert np.array_equal(counts.sum(axis=0), np.bincount(labels))
    assert np.ptp(counts, axis=0).max() <= 1
    theirs = StratifiedKFold(5, shuffle=True, random_state=0).split(np.zeros(len(labels)), labels)
    for _, test in theirs:  # no fold of theirs is more even than ours
        part = np.bincount(labels[test], minlength=10)
        assert np.abs(part - counts.mean(axis=0)).max() >= np.abs(counts - counts.mean(axis=0)).max() - 1


def test_test_rows_have_no_part_in_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is fitted in a split is the same, whatever its test images look like."""
    chapter = benchmark("digits_accuracy").recipe()
    nets: list[np.ndarray] = []
    accuracy = chapter["accuracy"]

    def keep(net: object, inputs: np.ndarray, labels: np.ndarray) -> float:
        nets.append(net.parameters.copy())  # type: ignore[attr-defined]
        return accuracy(net, inputs, labels)

    monkeypatch.setitem(chapter, "accuracy", keep)
    scores = []
    for ink in (None, 16.0):
        if ink is not None:
            chapter["X"][chapter["fold"] == 3] = ink
        scores.append(chapter["held_out"](3, [64, 4, 10]))
    assert np.array_equal(nets[0], nets[1])
    assert scores[1] < scores[0]  # and what is read at the end are those images
