"""Digits as somebody might draw them: strokes of points from 0 to 1, y downwards; and what may be odd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Point = tuple[float, float]
Drawing = list[list[Point]]


def arc(x: float, y: float, across: float, down: float, start: float, end: float) -> list[Point]:
    """A part of an ellipse, clockwise for the eye, in turns from three o'clock."""
    turns = 2 * np.pi * np.linspace(start, end, 14)
    return [(x + across * float(np.cos(t)), y + down * float(np.sin(t))) for t in turns]


#: Each digit in two hands.
HANDS: dict[int, Sequence[Drawing]] = {
    0: [[arc(0.5, 0.5, 0.22, 0.38, -0.25, 0.75)], [arc(0.5, 0.5, 0.17, 0.4, -0.2, 0.85)]],
    1: [[[(0.5, 0.1), (0.5, 0.9)]], [[(0.38, 0.3), (0.52, 0.1), (0.52, 0.9)]]],
    2: [
        [[*arc(0.5, 0.3, 0.2, 0.2, -0.5, 0.1), (0.3, 0.88), (0.72, 0.88)]],
        [[*arc(0.48, 0.32, 0.22, 0.22, -0.45, 0.15), (0.28, 0.9), (0.5, 0.84), (0.76, 0.9)]],
    ],
    3: [
        [[*arc(0.48, 0.3, 0.2, 0.19, -0.4, 0.25), *arc(0.48, 0.69, 0.22, 0.2, -0.25, 0.42)]],
        [[(0.3, 0.12), (0.7, 0.12), (0.47, 0.42), *arc(0.47, 0.66, 0.23, 0.24, -0.25, 0.42)]],
    ],
    4: [
        [[(0.42, 0.1), (0.27, 0.58), (0.75, 0.58)], [(0.6, 0.35), (0.58, 0.9)]],
        [[(0.33, 0.12), (0.31, 0.5), (0.7, 0.5)], [(0.68, 0.12), (0.66, 0.9)]],
    ],
    5: [
        [[(0.7, 0.12), (0.35, 0.12), (0.33, 0.46), *arc(0.47, 0.65, 0.22, 0.23, -0.3, 0.42)]],
        [[(0.36, 0.12), (0.34, 0.45), *arc(0.48, 0.65, 0.2, 0.23, -0.35, 0.4)], [(0.36, 0.12), (0.7, 0.12)]],
    ],
    6: [
        [[(0.62, 0.1), (0.42, 0.32), *arc(0.5, 0.68, 0.19, 0.2, -0.48, 0.55)]],
        [[(0.55, 0.1), (0.36, 0.45), (0.33, 0.7), *arc(0.5, 0.7, 0.17, 0.18, 0.5, -0.5)]],
    ],
    7: [
        [[(0.27, 0.13), (0.72, 0.13), (0.45, 0.9)]],
        [[(0.28, 0.13), (0.72, 0.13), (0.46, 0.9)], [(0.4, 0.5), (0.72, 0.5)]],
    ],
    8: [
        [[*arc(0.5, 0.3, 0.17, 0.19, 0.25, 1.25), *arc(0.5, 0.7, 0.2, 0.2, -0.25, 0.75)]],
        [[*arc(0.5, 0.3, 0.16, 0.18, -0.1, -0.75), *arc(0.5, 0.7, 0.19, 0.21, -0.25, 0.75), (0.55, 0.45)]],
    ],
    9: [
        [[*arc(0.5, 0.32, 0.19, 0.2, 0, -1), (0.69, 0.32), (0.66, 0.9)]],
        [[*arc(0.5, 0.32, 0.18, 0.2, -0.05, -1), (0.68, 0.32), *arc(0.48, 0.66, 0.2, 0.24, 0, 0.4)]],
    ],
}

#: What may be odd about a drawing: how it is changed.
ODD: dict[str, dict[str, Any]] = {
    "as the data are": {},
    "in a corner": {"scale": 0.6, "shift": (-0.18, -0.18)},
    "small": {"scale": 0.4},
    "wide": {"across": 1.5},
    "leaning": {"lean": 0.4},
    "turned by 20 degrees": {"turn": 20},
}


def changed(
    drawing: Drawing,
    rng: np.random.Generator,
    *,
    scale: float = 1,
    shift: Point = (0, 0),
    across: float = 1,
    lean: float = 0,
    turn: float = 0,
) -> Drawing:
    """A drawing, changed as the name says, by a hand that is never quite the same."""
    angle = np.deg2rad(turn + rng.normal(0, 3))
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = matrix @ np.array([[across * rng.uniform(0.85, 1.15), -lean + rng.normal(0, 0.08)], [0, 1]])
    found = []
    for stroke in drawing:
        points = (np.array(stroke) - 0.5 + rng.normal(0, 0.012, (len(stroke), 2))) @ (scale * matrix.T)
        found.append([tuple(point) for point in np.clip(points + 0.5 + shift, 0, 1).tolist()])
    return found


def drawings(odd: str, each: int = 5) -> list[tuple[int, Drawing]]:
    """Some of each digit and hand, with their labels."""
    rng = np.random.default_rng(0)
    return [
        (digit, changed(hand, rng, **ODD[odd]))
        for digit, hands in HANDS.items()
        for hand in hands
        for _ in range(each)
    ]
