"""The figures of ``nnlib.play`` in the chapters: each shows what its chapter says, from several starts."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import play_golden
import pytest

import nnlib
from nnlib.figures.perceptron import best_margin, examples
from nnlib.play.digits import DigitsRun
from nnlib.play.perceptron import PerceptronRun, margin
from nnlib.play.runs import Run

pytestmark = pytest.mark.slow

ROOT = Path(nnlib.__file__).parents[1]
SEEDS = (1, 2, 3, 4, 5, 6)

#: As the chapters' cells have them; what a reader changes is named in the tests.
PRESETS: dict[str, dict[str, Any]] = {
    "activations": dict(
        data="circles",
        activation="relu",
        init="he",
        learning_rate=0.3,
        controls=["activation", "learning_rate", "layers"],
        panels=["cost"],
    ),
    "cost_functions": dict(
        data="circles",
        init="normal",
        optimizer="sgd",
        learning_rate=0.1,
        against={"cost": "quadratic"},
        controls=["learning_rate"],
        panels=["cost"],
    ),
    "gradient_descent": dict(
        data="moons",
        optimizer="sgd",
        learning_rate=0.1,
        controls=["optimizer", "learning_rate"],
        panels=["cost"],
    ),
    "backpropagation": dict(
        data="xor",
        layers=[4],
        init="equal",
        controls=["init", "layers"],
    ),
    "vanishing_gradients": dict(
        data="circles",
        layers=[8, 8, 8, 8, 8, 8],
        activation="sigmoid",
        optimizer="sgd",
        learning_rate=0.3,
        controls=["activation", "init", "layers"],
    ),
    "perceptron": dict(
        rule="perceptron",
        own=[
            *([-1.6, 0.4, 0], [-0.9, -1.5, 0], [0.2, -1.9, 0], [1.4, -2.2, 0], [-2.4, -0.6, 0]),
            *([-0.6, 1.7, 1], [0.4, 0.9, 1], [1.3, 0.2, 1], [2.2, -0.3, 1], [1.5, 1.8, 1]),
        ],
        speed=3,
    ),
    "digits": dict(data="digits"),
}


@pytest.fixture(scope="module", autouse=True)
def _divergence_is_meant() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="training diverged")
        yield


def runs(chapter: str, **changed: Any) -> list[Run]:
    """nnlib's, from every seed."""
    found = [nnlib.play(**PRESETS[chapter] | changed, seed=seed).run for seed in SEEDS]
    assert all(isinstance(each, Run) for each in found)
    return found  # type: ignore[return-value]


def in_the_page(chapter: str, **changed: Any) -> list[dict[str, Any]]:
    """The page's engine, from every seed: cost, share that is right, gradients and dead neurons."""
    presets = [nnlib.play(**PRESETS[chapter] | changed, seed=seed).preset for seed in SEEDS]
    return play_golden.models(presets)


def right(found: list[Run]) -> list[float]:
    return [each.right(each.new) for each in found if each.new]


def sizes(run: Run) -> list[float]:
    """Of the gradient, layer by layer."""
    g = run.net.backward(run.net.forward(run.learned.X), run.targets(run.learned.labels))
    return [float(np.sqrt((W**2).mean())) for W in g.W]


def test_relus_die_at_a_high_rate() -> None:
    high, low = (
        [each.dead for each in runs("activations", epochs=30, learning_rate=rate)] for rate in (0.3, 0.01)
    )
    assert all(more >= fewer + 2 for more, fewer in zip(high, low, strict=True)), (high, low)
    assert all(each["dead"] >= 2 for each in in_the_page("activations", epochs=30))
    # A leak leaves none at 0 for good: what does not hear its gradient is no neuron of these.
    for made in runs("activations", epochs=30, activation="leaky_relu"):
        g = made.net.backward(made.net.forward(made.learned.X), made.targets(made.learned.labels))
        assert all(np.any(W != 0, axis=1).all() for W in g.W)


@pytest.mark.parametrize("engine", ["nnlib", "page"])
def test_momentum_is_ahead_and_too_high_a_rate_is_worse_than_none(engine: str) -> None:
    def costs(**changed: Any) -> list[float]:
        if engine == "page":
            return [each["cost"] for each in in_the_page("gradient_descent", **changed)]
        return [each.cost for each in runs("gradient_descent", **changed)]

    plain, fast = costs(epochs=60), costs(epochs=60, optimizer="momentum")
    assert all(there < 0.5 * here for here, there in zip(plain, fast, strict=True)), (plain, fast)
    assert all(cost < 0.1 for cost in costs(epochs=60, learning_rate=1))
    assert all(cost > np.log(2) for cost in costs(epochs=30, learning_rate=10)), "worse than to say 0.5"


def test_under_the_quadratic_cost_it_starts_slowly() -> None:
    wrong = [
        [1 - each.right(each.learned) for each in runs("cost_functions", epochs=15, cost=cost)]
        for cost in ("cross_entropy", "quadratic")
    ]
    assert all(slow > 2 * fast + 0.05 for fast, slow in zip(*wrong, strict=True)), wrong
    found, here = in_the_page("cost_functions", epochs=15), runs("cost_functions", epochs=15)
    assert np.allclose([each["costs"][-1] for each in found], np.transpose(wrong), atol=1e-9)
    assert [each["sentence"] for each in found] == [each.caption for each in here]


def test_equal_neurons_stay_equal() -> None:
    for each in runs("backpropagation", epochs=60):
        (W, *_) = each.net.W
        assert np.array_equal(W, np.repeat(W[:1], 4, axis=0)), "four neurons are one"
        assert each.right(each.new) < 0.75
    assert min(right(runs("backpropagation", epochs=60, init="xavier"))) > 0.9
    assert all(each["right"] < 0.75 and each["equal"] for each in in_the_page("backpropagation", epochs=60))
    assert all(each["right"] > 0.9 for each in in_the_page("backpropagation", epochs=60, init="xavier"))


def test_the_first_of_six_layers_hears_nothing() -> None:
    for each in runs("vanishing_gradients"):
        first, *_, last = sizes(each)
        assert first < last / 1000
    assert max(right(runs("vanishing_gradients", epochs=40))) < 0.6
    for each in in_the_page("vanishing_gradients", epochs=40):
        assert each["gradients"][0] < each["gradients"][-1] / 100
        assert each["right"] < 0.6
    cured = in_the_page("vanishing_gradients", epochs=40, activation="tanh")
    assert all(each["gradients"][0] > each["gradients"][-1] / 100 and each["right"] > 0.95 for each in cured)


def test_the_perceptron_stops_within_its_bound() -> None:
    presets = [PRESETS["perceptron"] | {"epochs": 1000}]
    for seed in SEEDS:  # the reader puts other points there, with a line between the kinds
        rng = np.random.default_rng(seed)
        X, w = rng.uniform(-3, 3, (24, 2)), rng.normal(size=2)
        own = [[*row, int(row @ w > 0.4)] for row in X[np.abs(X @ w - 0.4) > 0.3].round(2)]
        presets.append({"rule": "perceptron", "own": own, "epochs": 1000})
    found = play_golden.models([nnlib.play(**preset).preset for preset in presets])
    for preset, page in zip(presets, found, strict=True):
        made = nnlib.play(**preset).run
        assert isinstance(made, PerceptronRun)
        assert made.bound is not None
        assert 1 <= sum(made.neuron.mistakes) <= made.bound
        assert made.neuron.converged
        assert page["mistakes"] == sum(made.neuron.mistakes)
        assert page["sentence"] == made.caption
        assert np.abs(made.net.parameters - page["weights"]).max() < 1e-12


def test_without_a_line_the_perceptron_is_never_done() -> None:
    own = [[-1, -1, 0], [1, 1, 0], [-1, 1, 1], [1, -1, 1]]
    preset = dict(rule="perceptron", own=own, epochs=50)
    made = nnlib.play(**preset).run
    assert isinstance(made, PerceptronRun)
    assert made.bound is None
    assert made.neuron.mistakes[-1] > 0
    (page,) = play_golden.models([nnlib.play(**preset).preset])
    assert page["sentence"] == made.caption
    assert "no line parts them" in made.caption


@pytest.mark.parametrize("name", ["AND", "OR", "clouds", "XOR"])
def test_the_margin_is_the_best(name: str) -> None:
    best = best_margin(name)
    assert margin(*examples(name)) == pytest.approx(best[0] if best else 0, rel=1e-6)


def test_the_digits_are_read() -> None:
    for seed in SEEDS:
        made = nnlib.play(**PRESETS["digits"], epochs=40, seed=seed).run
        assert isinstance(made, DigitsRun)
        assert made.right > 0.95


def test_the_chapters_have_these_presets() -> None:
    for chapter, preset in PRESETS.items():
        notebook = json.loads((ROOT / "chapters" / f"{chapter}.ipynb").read_text(encoding="utf-8"))
        cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
        (call,) = [
            node
            for source in cells
            if "nnlib.play(" in source
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "nnlib.play"
        ]
        assert {word.arg: ast.literal_eval(word.value) for word in call.keywords} == preset, chapter
