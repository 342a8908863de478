"""The figures have a vocabulary: what many of them draw is drawn in one place, in one look."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import nnlib
from nnlib.explore.drawing import drawn
from nnlib.figures import (
    activations,
    cost_functions,
    gradient_descent,
    marks,
    perceptron,
    style,
    vanishing_gradients,
)

FOLDER = Path(style.__file__).parent
SHARED = ("style", "marks", "words", "runs")
CHAPTERS = sorted(path for path in FOLDER.glob("*.py") if path.stem not in (*SHARED, "__init__"))

#: What only the vocabulary calls, and what a chapter says instead.
CALLS = {
    "contour": "border or surface",
    "contourf": "regions or surface",
    "axline": "straight",
    "axhline": "guide",
    "axvline": "guide",
    "text": "note",
    "annotate": "beside or arrow",
    "FancyArrowPatch": "arrow",
    "legend": "legend",
    "minorticks_off": "ticks or decades",
    "set_xscale": "decades",
    "set_yscale": "decades",
    "loglog": "decades",
    "semilogx": "decades",
    "semilogy": "decades",
}
FACES = ("marker", "mfc", "mec", "mew", "markerfacecolor", "markeredgecolor", "markeredgewidth")


def strays(source: str) -> Iterator[str]:
    """What a chapter's module draws by itself: a mark, a scale, a colour or a dash of its own."""
    for node in ast.walk(ast.parse(source)):
        line = f"line {getattr(node, 'lineno', 0)}: "
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            owner = getattr(getattr(node.func, "value", None), "id", "")
            if owner != "marks" and name in CALLS:
                yield f"{line}{name}; the vocabulary has {CALLS[name]}"
            if not hasattr(marks, name):
                yield from (f"{line}{key.arg} of its own" for key in node.keywords if key.arg in FACES)
            if name == "plot" and any(isinstance(each, ast.Constant) for each in node.args[2:]):
                yield f"{line}a marker of its own; the vocabulary has spot"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.fullmatch(r"#[0-9a-fA-F]{6}", node.value):
                yield f"{line}the colour {node.value}; colours have names in style"
            if node.value in FACES:
                yield f"{line}{node.value} of its own"
        if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.Tuple):
            first = node.elts[0]
            if isinstance(first, ast.Constant) and first.value == 0 and type(first.value) is int:
                yield f"{line}a dash of its own; style has DASHED and DOTTED"


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_draws_with_the_vocabulary(path: Path) -> None:
    assert list(strays(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "axes.contourf(x, y, z)",
        "axes.plot(x, y, 'o')",
        "axes.plot(x, y, marker='s')",
        "axes.plot(x, y, **{'mfc': 'white'})",
        "axes.plot(x, y, color='#123456')",
        "axes.plot(x, y, linestyle=(0, (4, 2)))",
        "axes.set_yscale('log')",
        "axes.text(0, 0, 'here')",
        "axes.legend()",
    ],
)
def test_a_second_drawing_is_found(code: str) -> None:
    assert list(strays(code))


def test_what_the_vocabulary_draws_is_no_second_drawing() -> None:
    assert not list(
        strays("marks.legend(axes, x); marks.spot(axes, x, y, marker='s'); axes.plot(x, y, color=INK)")
    )


@pytest.mark.parametrize("name", SHARED)
def test_the_vocabulary_stays_small(name: str) -> None:
    assert len((FOLDER / f"{name}.py").read_text(encoding="utf-8").splitlines()) <= 300


# As it is drawn -----------------------------------------------------------------------------------------

Draw = Callable[..., tuple[Figure, str]]
XOR = nnlib.gate("XOR").labels
#: Every figure that shows points of two classes, with the classes of its points.
WITH_CLASSES: list[tuple[Draw, dict[str, Any], Any]] = [
    (perceptron.neuron, {"gate": "XOR", "angle": 45, "bias": -1.0}, XOR),
    (
        perceptron.learning,
        {"data": "clouds", "learning_rate": 1, "start": "zero", "update": 3},
        perceptron.CLOUDS.labels,
    ),
    (perceptron.probability, {"w1": -3.2, "w2": 3.5, "b": -0.2}, perceptron.fours_and_nines().labels),
    (activations.xor_by_hand, {}, XOR),
    (activations.hidden_space, {"hidden_neurons": 2, "seed": 3, "view": "input space"}, XOR),
    (activations.hidden_space, {"hidden_neurons": 2, "seed": 3, "view": "hidden space"}, XOR),
    (vanishing_gradients.symmetry, {"init": "random", "epoch": 0}, vanishing_gradients.half_moons()[1]),
]


@pytest.mark.parametrize(("draw", "values", "labels"), WITH_CLASSES)
def test_a_class_has_one_look_in_every_figure(draw: Draw, values: dict[str, Any], labels: Any) -> None:
    figure, _ = drawn(draw, values)
    lines = [line for axes in figure.axes for line in axes.lines if line.get_linestyle() == "None"]
    for label, marker, color, face in ((0, "s", style.NEGATIVE, style.PAGE), (1, "o", style.POSITIVE, None)):
        mine = [
            line
            for line in lines
            if line.get_marker() == marker
            and to_hex(line.get_color()) == color
            and to_hex(line.get_markerfacecolor()) == (face or color)
        ]
        drawn_points = sum(len(line.get_xdata()) for line in mine)
        assert drawn_points >= (np.asarray(labels) == label).sum(), f"class {label} looks different"


#: Every figure in which weights walk, from a start to where they have come.
WITH_A_WALK: list[tuple[Draw, dict[str, Any]]] = [
    (gradient_descent.descent, {"function": "bowl", "start": -2.0, "learning_rate": 0.1}),
    (gradient_descent.largest_rate, {"curvature_ratio": 4, "learning_rate": 0.1}),
    (gradient_descent.batches, {"batch_size": 60, "schedule": "constant", "starting_rate": 1.0}),
    (gradient_descent.weight_decay, {"l2": 1.0, "decay_in_the_update": True}),
    (
        cost_functions.two_costs,
        {"start": "badly wrong", "learning_rate": 0.15, "cost": "quadratic", "epoch": 50},
    ),
    (cost_functions.surface, {"pair": "linear + quadratic", "start": "far"}),
]


@pytest.mark.parametrize(("draw", "values"), WITH_A_WALK)
def test_every_walk_is_purple_and_ends_green(draw: Draw, values: dict[str, Any]) -> None:
    figure, _ = drawn(draw, values)
    plane = figure.axes[0].lines
    (walk,) = [line for line in plane if line.get_color() == style.GRADIENT]
    begin, end = walk.get_xydata()[[0, -1]]
    spots = {
        (to_hex(line.get_color()), to_hex(line.get_markerfacecolor())): line.get_xydata()[0]
        for line in plane
        if len(line.get_xydata()) == 1 and line.get_marker() == "o"
    }
    np.testing.assert_allclose(spots[style.INK, style.PAGE], begin)
    np.testing.assert_allclose(spots[style.PREDICTION, style.PREDICTION], end)


def test_powers_of_ten_read_alike_on_every_axis() -> None:
    for figure in (
        gradient_descent.batches(10, "constant", 0.1)[0],
        vanishing_gradients.gradient_by_layer(2, "tanh", "xavier", 0)[0],
        activations.layers("tanh", 4, 1.0)[0],
    ):
        scales = [axes for axes in figure.axes if axes.get_yscale() == "log"]
        assert scales
        for axes in scales:
            powers = np.log10(axes.get_yticks()).round().astype(int)
            read = [label.get_text() for label in axes.get_yticklabels()]
            plain = all(abs(power) <= 3 for power in powers)
            assert read == [f"{10.0**k:g}" if plain or not k else f"10{raised(k)}" for k in powers]


def raised(exponent: int) -> str:
    return str(exponent).translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
