"""Exercises with numbers from a seed: nnlib says what is right, and no seed takes one answer for another."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nnbook import folding

import nnlib
from nnlib.exercises import CHAPTERS, check, find
from nnlib.exercises.drawn import SEEDS, Asked, Drawn

DRAWN = {
    label: exercise
    for chapter in CHAPTERS.values()
    for label, exercise in import_module(f"nnlib.exercises.again.{chapter}").AGAIN.items()
}
Parts = dict[str, object]

each_exercise = pytest.mark.parametrize("label", DRAWN)


def neuron(w1: float, w2: float, b: float, x1: float, x2: float) -> float:
    """z of a linear neuron."""
    net = nnlib.Network([2, 1], output="linear", cost="quadratic")
    net.W[1], net.b[1] = np.array([[w1, w2]]), np.array([b])
    return float(net.forward([[x1, x2]]).Z[1][0, 0])


def perceptron_neuron(n: dict[str, float]) -> Parts:
    w, x = (n["w₁"], n["w₂"]), (n["x₁"], n["x₂"])
    return dict(z=neuron(*w, n["b"], *x), border=-neuron(*w, 0, *x))


def perceptron_rule(n: dict[str, float]) -> Parts:
    X = np.array([[n["x₁"], n["x₂"]]])
    y = -np.sign(neuron(n["w₁"], n["w₂"], n["b"], *X[0]))
    learner = nnlib.Perceptron(2, learning_rate=n["η"])
    learner.w, learner.b = np.array([n["w₁"], n["w₂"]], dtype=float), float(n["b"])
    learner.fit(X, np.array([y]), max_epochs=1)
    return dict(after=[*learner.w, learner.b], z=neuron(*learner.w, learner.b, *X[0]))


def value_and_slope(name: str, z: float) -> list[float]:
    f = nnlib.ACTIVATIONS[name]
    a = f(np.array([z]))
    return [float(a[0]), float(f.prime(np.array([z]), a)[0])]


def activations_slopes(n: dict[str, float]) -> Parts:
    return dict(sigmoid=value_and_slope("sigmoid", n["z"]), tanh=value_and_slope("tanh", n["z"]))


def activations_softmax(n: dict[str, float]) -> Parts:
    a = nnlib.ACTIVATIONS["softmax"](np.array([[n["z₁"], n["z₂"], n["z₃"]]]))[0]
    return dict(a=a, ratio=a[0] / a[1])


def costs_neuron(n: dict[str, float]) -> Parts:
    found: dict[str, list[float]] = {"costs": [], "deltas": []}
    for cost in ("quadratic", "binary_cross_entropy"):
        net = nnlib.Network([1, 1], output="sigmoid", cost=cost)
        net.W[1], net.b[1] = np.array([[n["z"]]]), np.array([0.0])
        X, Y = [[1.0]], [[n["y"]]]
        found["costs"].append(net.cost(X, Y))
        found["deltas"].append(float(net.backward(net.forward(X), Y).delta[1][0, 0]))
    return dict(found)


def costs_batch(n: dict[str, float]) -> Parts:
    def mean(*shares: float) -> float:
        A = np.array([[share, 1 - share] for share in shares])
        return float(nnlib.COSTS["categorical_cross_entropy"](A, np.array([[1.0, 0.0]] * 3)).mean())

    return dict(mean=mean(n["p"], n["q"], n["r"]), better=mean(2 * n["p"], n["q"], n["r"]))


def walk(w: float, gradient: Callable[[float], float], steps: int, **how: float) -> list[float]:
    optimizer, at, path = nnlib.GradientDescent(**how), np.array([float(w)]), []
    for _ in range(steps):
        optimizer.step(at, np.array([gradient(at[0])]))
        path.append(float(at[0]))
    return path


def gd_steps(n: dict[str, float]) -> Parts:
    path = walk(n["w"], lambda w: n["c"] * (w - n["m"]), 3, learning_rate=n["η"])
    at_limit = walk(n["w"], lambda w: n["c"] * (w - n["m"]), 2, learning_rate=2 / n["c"])
    assert at_limit[1] == pytest.approx(n["w"])  # to and fro for ever
    return dict(w=path, limit=2 / n["c"])


def gd_momentum(n: dict[str, float]) -> Parts:
    how = dict(learning_rate=n["η"], momentum=n["β"])
    even = np.diff(walk(0, lambda w: 1.0, 500, **how))[-1] / -n["η"]
    return dict(w=walk(n["w"], lambda w: n["c"] * w, 2, **how), pace=even)


def bp_chain(n: dict[str, float]) -> Parts:
    net = nnlib.Network([1, 1, 1], hidden="sigmoid", output="sigmoid", cost="quadratic")
    net.W[1], net.W[2], net.b[1], net.b[2] = [[n["w"]]], [[n["v"]]], [0.0], [0.0]
    g = net.backward(net.forward([[n["x"]]]), [[n["y"]]])
    return dict(deltas=[g.delta[2][0, 0], g.delta[1][0, 0]], dw=g.W[1][0, 0])


def bp_two_ways(n: dict[str, float]) -> Parts:
    """Linear outputs under the quadratic cost, with targets that leave the given δ."""
    net = nnlib.Network([1, 1, 2], hidden="sigmoid", output="linear", cost="quadratic")
    net.W[1], net.b[1] = [[math.log(n["a"] / (1 - n["a"]))]], [0.0]
    net.W[2], net.b[2] = [[n["v"]], [n["w"]]], [0.0, 0.0]
    p = net.forward([[1.0]])
    return dict(delta=net.backward(p, p.A[2] - [[n["d"], n["e"]]]).delta[1][0, 0])


def vanishing_factor(n: dict[str, float]) -> Parts:
    """Linear neurons whose weights have the slopes in them."""

    def left(weight: float) -> float:
        net = nnlib.Network([1] * (n["k"] + 2), hidden="linear", output="linear", cost="quadratic")
        for layer in range(1, n["k"] + 2):
            net.W[layer], net.b[layer] = [[weight * n["s"]]], [0.0]
        p = net.forward([[1.0]])
        return float(net.backward(p, p.A[n["k"] + 1] - 1).delta[1][0, 0])

    assert left(1 / n["s"]) == pytest.approx(1)
    return dict(left=left(n["w"]), keeps=1 / n["s"])


def vanishing_start(n: dict[str, float]) -> Parts:
    def spread(init: str) -> float:
        return float(nnlib.Network([n["n"], n["m"], 2], init=init, output="softmax", rng=0).W[1].std())

    assert spread("he") == pytest.approx((2 / n["n"]) ** 0.5, rel=0.1)
    assert spread("xavier") == pytest.approx((2 / (n["n"] + n["m"])) ** 0.5, rel=0.1)
    return dict(he=(2 / n["n"]) ** 0.5, xavier=(2 / (n["n"] + n["m"])) ** 0.5)


def sizes(net: nnlib.Network) -> int:
    return sum(net.W[layer].size + net.b[layer].size for layer in range(1, len(net.sizes)))


def digits_counts(n: dict[str, float]) -> Parts:
    net = nnlib.Network([64, n["n"], n["m"], 10], output="softmax")
    rows = n["B"] * n["k"] + n["r"]
    steps = len(range(0, rows, n["B"]))
    return dict(parameters=sizes(net), steps=[steps, steps * n["E"]])


def digits_recall(n: dict[str, float]) -> Parts:
    is_seven = np.arange(n["N"]) < n["t"] + n["f"]
    said = (np.arange(n["N"]) < n["t"]) | (np.arange(n["N"]) >= n["N"] - n["g"])
    both = [is_seven[said].mean(), said[is_seven].mean()]
    return dict(both=both, accuracy=(said == is_seven).mean())


def keras_shapes(n: dict[str, float]) -> Parts:
    net = nnlib.Network([n["i"], n["n"], n["m"], n["o"]], output="softmax")
    out = net.forward(np.zeros((n["B"], n["i"]))).A[2].shape
    return dict(count=sizes(net), kernel=net.W[2].T.shape, batch=out)


def keras_rate(n: dict[str, float]) -> Parts:
    """Of one step in the book and one of a mean over the outputs, without a ½: the ratio of the gradients."""
    A, Y = np.full((1, n["n"]), 0.75), np.full((1, n["n"]), 0.5)
    mse = nnlib.COSTS["quadratic"].prime(A, Y) / nnlib.COSTS["mse"].prime(A, Y)
    A, Y = np.full((1, n["k"]), 0.75), np.full((1, n["k"]), 1.0)
    tags = nnlib.COSTS["binary_cross_entropy"].prime(A, Y)
    return dict(mse=n["η"] * mse[0, 0], tags=n["η"] * tags[0, 0] / (tags[0, 0] / n["k"]))


BY_NNLIB = {
    "ex-perceptron-again-neuron": perceptron_neuron,
    "ex-perceptron-again-rule": perceptron_rule,
    "ex-activations-again-slopes": activations_slopes,
    "ex-activations-again-softmax": activations_softmax,
    "ex-costs-again-neuron": costs_neuron,
    "ex-costs-again-batch": costs_batch,
    "ex-gd-again-steps": gd_steps,
    "ex-gd-again-momentum": gd_momentum,
    "ex-bp-again-chain": bp_chain,
    "ex-bp-again-two-ways": bp_two_ways,
    "ex-vanishing-again-factor": vanishing_factor,
    "ex-vanishing-again-start": vanishing_start,
    "ex-digits-again-counts": digits_counts,
    "ex-digits-again-recall": digits_recall,
    "ex-keras-again-shapes": keras_shapes,
    "ex-keras-again-rate": keras_rate,
}


def test_two_a_chapter() -> None:
    assert set(BY_NNLIB) == set(DRAWN)
    assert len(DRAWN) == 2 * len(CHAPTERS)


@each_exercise
def test_what_is_right_is_what_nnlib_computes(label: str) -> None:
    for seed in range(SEEDS):
        exercise = DRAWN[label].with_seed(seed)
        drawn = {name: exercise.calculated()[name] for name in exercise.numbers}
        right = {name: part.right for name, part in exercise.judged.items()}
        computed = BY_NNLIB[label](drawn)
        assert set(computed) == set(right)
        for name, value in computed.items():
            assert np.allclose(value, right[name], rtol=1e-9, atol=1e-12), (seed, drawn, name)


@each_exercise
def test_no_seed_mistakes_one_answer_for_another(label: str) -> None:
    seen = set()
    for seed in range(SEEDS):
        exercise = DRAWN[label].with_seed(seed)
        seen.add(exercise.given)
        for name, part in exercise.judged.items():
            assert len(part.wrong) >= 3
            assert part.judge(part.right).kind == "right"
            for hint, value in part.wrong.items():
                said = part.judge(value)
                assert (said.kind, said.text) == ("hint", hint), (seed, exercise.given, name, value)
    assert len(seen) >= 9, "numbers that come back too soon"


@each_exercise
def test_its_chapter_states_the_first_numbers_and_works_them_out(root: Path, label: str) -> None:
    chapter = CHAPTERS[label.split("-")[1]]
    notebook = nbformat.read(root / "chapters" / f"{chapter}.ipynb", 4)
    (text,) = (
        folding.unfolded(cell.source) for cell in notebook.cells if f":label: {label}\n" in cell.source
    )
    exercise = find(label)
    assert isinstance(exercise, Drawn)
    assert f"\n\n{exercise.given}\n:::\n" in text
    assert f"\n\n{exercise.worked}\n:::" in text


class TestCheck:
    def test_says_which_numbers_and_judges_by_them(self, capsys: pytest.CaptureFixture[str]) -> None:
        exercise = DRAWN["ex-gd-again-steps"].with_seed(7)
        check.ex_gd_again_steps(exercise["w"].right, 0, seed=7)
        first, second, third = capsys.readouterr().out.splitlines()
        assert first == f"Numbers 7: {exercise.given}"
        assert second.endswith(": Right.")
        assert third.startswith("✗")

    def test_works_them_out_when_asked(self, capsys: pytest.CaptureFixture[str]) -> None:
        check.ex_gd_again_steps(seed=7, worked=True)
        assert capsys.readouterr().out.splitlines()[-1] == DRAWN["ex-gd-again-steps"].with_seed(7).worked

    @pytest.mark.parametrize("seed", [-1, SEEDS, 0.5, "7", None, True])
    def test_refuses_what_is_no_seed(self, seed: object) -> None:
        with pytest.raises(ValueError, match=re.escape(f"the seed is {seed!r}; a whole number from 0 to 99")):
            check.ex_gd_again_steps(seed=seed)

    def test_of_other_exercises_there_is_one_set_of_numbers(self) -> None:
        with pytest.raises(TypeError, match="always the same"):
            check.ex_gd_three_steps(seed=7)


def test_a_mistake_is_the_same_calculation_with_a_line_replaced() -> None:
    made = Drawn(
        numbers={"x": [3]},
        given="x = {x}.",
        lines={"y": "2*x", "z": "y + 1"},
        worked="2 · {x} + 1 = {z}, half of it {z/2}",
        z=Asked("z", "z; y", {"The 2 is missing.": {"y": "x"}, "Exchanged.": "y; z"}),
    )
    assert made.given == "x = 3."
    assert made.worked == "2 · 3 + 1 = 7, half of it 3.5"
    part = made.judged["z"]
    assert part.right == [7, 6]
    assert part.wrong == {"The 2 is missing.": [4, 3], "Exchanged.": [6, 7]}
