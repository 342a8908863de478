"""How long an epoch takes: nnlib beside what a reader would use instead, as ``benchmarks`` measured it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from statistics import geometric_mean
from typing import Any

from nnlib.figures.style import INK, MUTED, SERIES, Frame, canvas, styled
from nnlib.figures.words import fixed

PEERS = ("scikit-learn", "PyTorch", "Keras", "one example at a time")
SHAPES = {"A": "64-16-16-10", "B": "784-16-16-10", "C": "784-128-64-10"}
FLOOR = "unrolled by hand"


@cache
def measured() -> dict[str, Any]:
    """What ``benchmarks/training_speed.py --store`` kept: milliseconds by setting and contender, versions."""
    text = (files("nnlib") / "datasets" / "training_speed.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    for times in content["milliseconds"].values():  # PyTorch at its best: its default or its fused steps
        times["PyTorch"] = min(times["PyTorch"], times.pop("PyTorch, fused"))
    return content


def ratios(contender: str) -> dict[str, float]:
    """How many times as long as nnlib a contender takes, setting by setting."""
    return {
        setting: times[contender] / times["nnlib"] for setting, times in measured()["milliseconds"].items()
    }


def mean_ratio(contender: str) -> float:
    """The geometric mean of :func:`ratios`: twice and half cancel."""
    return geometric_mean(ratios(contender).values())


@styled
def speed() -> Frame:
    """Every setting a row, every contender a mark: how many times as long as nnlib it takes."""
    settings = list(measured()["milliseconds"])
    figure, axes = canvas(height=5.2, left=1.35, top=0.62)
    places = [place + 0.7 * (place // 6) for place in range(len(settings))]  # a gap after each network
    axes.axvline(1, color=INK, linewidth=1.2)
    for i, peer in enumerate(PEERS):
        look: dict[str, Any] = dict(SERIES[i]) | {"linestyle": "none", "markersize": 4.5}
        axes.plot(list(ratios(peer).values()), places, **look, label=peer)
    axes.plot(
        list(ratios(FLOOR).values()),
        places,
        "|",
        color=MUTED,
        markersize=8,
        label="by hand: a floor",
    )
    for i, shape in enumerate(SHAPES.values()):
        axes.text(1.15, places[6 * i] - 0.62, shape, fontsize=10, va="center", color=INK)
    names = [f"{batch}, {'SGD' if kind == 'sgd' else 'Adam'}" for _, batch, kind in map(_parts, settings)]
    axes.set_yticks(places, names)
    axes.set(xscale="log", xlim=(0.5, 400), ylim=(places[-1] + 0.6, -1.1))
    axes.set_xticks([1, 3, 10, 30, 100], ["1", "3", "10", "30", "100"])
    axes.set_xlabel("time of an epoch, nnlib's = 1")
    axes.set_ylabel("rows in a batch, optimizer")
    figure.legend(loc="upper center", ncols=3, fontsize=10, frameon=False, columnspacing=1, handletextpad=0.3)
    return figure, _caption()


def _caption() -> str:
    parts = []
    for peer in PEERS:
        found = ratios(peer).values()
        parts.append(
            f"{peer} {fixed(min(found), 1)} to {fixed(max(found), 1)} (mean {fixed(mean_ratio(peer), 1)})"
        )
    return f"How many times as long as nnlib an epoch takes: {'; '.join(parts)}."


def _parts(setting: str) -> list[str]:
    return setting.split("-")
