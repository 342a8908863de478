"""How long an epoch takes: nnlib beside what a reader would use instead, and how it grows, as measured."""

from __future__ import annotations

from functools import cache
from math import ceil, log
from statistics import geometric_mean, linear_regression
from textwrap import fill
from typing import Any

from nnlib.figures import marks, runs
from nnlib.figures.seen import course, seen
from nnlib.figures.style import DOTTED, INK, MUTED, SERIES, Frame, canvas, is_narrow, styled
from nnlib.figures.words import fixed

PEERS = ("scikit-learn", "PyTorch", "Keras", "one example at a time")
BOTH = ("scikit-learn", "PyTorch")  # of these, measured on two threads too
SHAPES = {"A": "64-16-16-10", "B": "784-16-16-10", "C": "784-128-64-10"}
BY_HAND = "unrolled by hand"
NAMES = {
    "rows": "rows",
    "batch": "rows in a batch",
    "width": "neurons in a hidden layer",
    "depth": "hidden layers",
}
EXPECTED = {"rows": ("∝ rows", 1), "width": ("∝ width²", 2), "depth": ("∝ depth", 1)}  # once steps are large

Times = dict[str, dict[str, float]]


@cache
def measured(threads: int = 1) -> Times:
    """What ``benchmarks/training_speed.py --store`` kept: milliseconds by setting and contender."""
    times: Times = runs.stored("training_speed")["threads"][str(threads)]
    for ms in times.values():  # PyTorch at its best: its default or its fused steps
        ms["PyTorch"] = min(ms["PyTorch"], ms.pop("PyTorch, fused"))
    return times


@cache
def grown() -> dict[str, dict[str, list[float]]]:
    """What ``benchmarks/growth.py --store`` kept: ``values`` and ``milliseconds`` of rows, batch, ..."""
    times: dict[str, dict[str, list[float]]] = runs.stored("training_growth")["times"]
    return times


def ratios(contender: str, threads: int = 1) -> dict[str, float]:
    """How many times as long as nnlib a contender takes, setting by setting."""
    return {setting: ms[contender] / ms["nnlib"] for setting, ms in measured(threads).items()}


def mean_ratio(contender: str, threads: int = 1) -> float:
    """The geometric mean of :func:`ratios`: twice and half cancel."""
    return geometric_mean(ratios(contender, threads).values())


@styled
def speed() -> Frame:
    """Every setting a row, every contender a mark: how many times as long as nnlib it takes."""
    settings = list(measured())
    figure, axes = canvas(height=5.2, left=1.35, top=0.62, narrow={"height": 5.5, "left": 1.15, "top": 0.8})
    places = [place + 0.7 * (place // 6) for place in range(len(settings))]  # a gap after each network
    marks.guide(axes, x=1, color=INK, linewidth=1.2)
    only = {"linestyle": "none", "markersize": 4.5}
    looks = {peer: look | only for peer, look in zip(PEERS, SERIES, strict=False)}
    looks[BY_HAND] = SERIES[-1] | only | {"color": MUTED}
    for contender, look in looks.items():
        axes.plot(list(ratios(contender).values()), places, label=contender, **look)
    for i, shape in enumerate(SHAPES.values()):
        marks.note(axes, 1.15, places[6 * i] - 0.62, shape, ha="left")
    names = [f"{batch}, {'SGD' if kind == 'sgd' else 'Adam'}" for _, batch, kind in map(_parts, settings)]
    axes.set_yticks(places, names)
    marks.decades(axes.xaxis, range(3))
    marks.ticks(axes.xaxis, [1, 3, 10, 30, 100])
    unit = " (nnlib: 1)" if is_narrow() else ", nnlib's = 1"
    axes.set(xlim=(0.5, 400), xlabel=f"time of an epoch{unit}")
    axes.set(ylim=(places[-1] + 0.6, -1.1), ylabel="rows in a batch, optimizer")
    looks["the same steps by hand"] = looks.pop(BY_HAND)
    columns: dict[str, Any] = {"ncols": 2, "handlelength": 0.8} if is_narrow() else {"ncols": 3}
    marks.legend(figure, looks, (0.5, 1), loc="upper center", **columns)
    seen(
        axes,
        "Three groups of six rows, five marks in each. An upright line is at 1; the triangles that point "
        "down stand close to it, circles and squares to its right, upright triangles and diamonds farthest "
        "to the right.",
    )
    return figure, _caption()


def _caption() -> str:
    parts = []
    for peer in PEERS:
        found = ratios(peer).values()
        parts.append(
            f"{peer} {fixed(min(found), 1)} to {fixed(max(found), 1)} (mean {fixed(mean_ratio(peer), 1)})"
        )
    return f"How many times as long as nnlib an epoch takes: {'; '.join(parts)}."


@styled
def growth() -> Frame:
    """Time of an epoch against rows, batch, width and depth; all axes logarithmic, alike in scale."""
    figure, axes = canvas(
        2, 2, height=4.6, bottom=0.5, top=0.2, hspace=0.62, wspace=0.55, narrow={"bottom": 0.7}
    )
    x, y, side = (0.06, 0.95, "left") if is_narrow() else (0.97, 0.1, "right")
    for panel, (name, times) in zip(axes.flat, grown().items(), strict=True):
        values, ms = times["values"], times["milliseconds"]
        panel.plot(values, ms, **SERIES[0])
        if name in EXPECTED:
            word, power = EXPECTED[name]
            line = [ms[-1] * (value / values[-1]) ** power for value in values]
            panel.plot(values, line, color=MUTED, linestyle=DOTTED, linewidth=1.4, zorder=0)
            marks.note(panel, x, y, word, MUTED, inside=True, ha=side)
        marks.decades(panel.xaxis, ())
        marks.decades(panel.yaxis, range(3))
        panel.set(xlabel=fill(NAMES[name], 15) if is_narrow() else NAMES[name], ylim=(1, 300))
        shown = values[:: 4 if is_narrow() else 2]
        marks.ticks(panel.xaxis, shown, [f"{value:,}" for value in shown])
    for panel in axes.flat:
        dotted = f"; a dotted line {course(panel.lines[1])}" if len(panel.lines) > 1 else ""
        seen(panel, f"A line with dots {course(panel.lines[0])}{dotted}.")
    for panel in axes[:, 0]:
        panel.set_ylabel("ms an epoch")
    return figure, (
        "Milliseconds an epoch against rows, rows in a batch, width and depth, one changed at a time, "
        "as measured; all axes logarithmic."
    )


def start_of_fit(optimizer: str) -> float:
    """Milliseconds that every call of Keras's ``fit`` takes, whatever the batches.

    From the three measurements on the digits, by a line through (batches, milliseconds): 1,797 rows make 180,
    57 and 8 batches.
    """
    batches, ms = [], []
    for size in (10, 32, 256):
        batches.append(ceil(1797 / size))
        ms.append(measured()[f"A-{size}-{optimizer}"]["Keras"])
    return float(linear_regression(batches, ms).intercept)


def keras_with_one_start() -> dict[str, float]:
    """Keras's ratios with the fixed start counted once an epoch.

    At most 200 batches were timed, by a call of ``fit``, and the time multiplied up to all 60,000 rows, the
    start with it.
    """
    found = {}
    for setting, ms in measured().items():
        shape, size, optimizer = _parts(setting)
        most = {"10": 400, "32": 400, "256": 120}[size]  # batches that the benchmark gave to everybody
        timed = min(most, 200)
        times = 1.0 if shape == "A" else 60_000 / (timed * int(size))
        found[setting] = (ms["Keras"] - (times - 1) * start_of_fit(optimizer)) / ms["nnlib"]
    return found


def doubled(name: str) -> float:
    """By what the time is multiplied when rows, batch, width or depth double, between the last two values."""
    (a, b), (begin, end) = (grown()[name][key][-2:] for key in ("values", "milliseconds"))
    return 2 ** (log(end / begin) / log(b / a))


def _parts(setting: str) -> list[str]:
    return setting.split("-")
