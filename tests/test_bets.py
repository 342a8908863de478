"""What a chapter asks its reader to bet on: the figure says the same, and each wrong bet has its own word."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest

from nnlib.exercises import BETS, CHAPTERS, check, find
from nnlib.exercises.kinds import Part
from nnlib.figures import (
    activations,
    backpropagation,
    cost_functions,
    digits,
    gradient_descent,
    keras,
    perceptron,
    vanishing_gradients,
)

PARTS = {f"{label}.{name}": part for label, parts in BETS.items() for name, part in parts.items()}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_right_is_right_and_each_other_bet_gets_its_own_word(part: Part) -> None:
    assert part.judge(part.right).kind == "right"
    assert len(part.wrong) >= 3
    for hint, value in part.wrong.items():
        assert part.judge(value).text == hint
        assert re.fullmatch(r"(?![a-z]{2}).*[.?]", hint)


@pytest.mark.parametrize("word", CHAPTERS)
def test_each_bet_ends_the_text_below_its_figure_and_each_chapter_has_one(root: Path, word: str) -> None:
    cells = nbformat.read(root / "chapters" / f"{CHAPTERS[word]}.ipynb", 4).cells
    asking = [
        (label, above, below)
        for above, below in pairwise(cells)
        for label in re.findall(r"^\((bet-[\w-]+)\)=$", below.source, re.M)
    ]
    assert [label for label, _, _ in asking] == [label for label in BETS if label.split("-")[1] == word] != []
    for label, above, below in asking:
        assert "explore(" in above.source
        assert "\n\n" not in below.source.partition(f"({label})=")[2]  # its answer is another cell's


def test_python_takes_bets(capsys: pytest.CaptureFixture[str]) -> None:
    assert "bet_gd_rates" in dir(check)
    assert find("bet-gd-rates") is BETS["bet-gd-rates"]
    check.bet_gd_rates(once=0.5, twins="0.9, 1")
    once, never, twins = capsys.readouterr().out.splitlines()
    assert once.endswith("Right.")
    assert never.startswith("○")
    assert twins.endswith("never arrives.")


def right(label: str, name: str) -> object:
    return BETS[label][name].right


def caption(draw: object, **values: object) -> str:
    figure, words = draw(**values)
    plt.close(figure)
    return words


class TestTheFigureSaysSo:
    def test_gates(self) -> None:
        """No line does XOR; the slider's lines do the other two."""
        does = {
            gate
            for gate in ("AND", "OR", "XOR")
            for bias in (-1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0, 1.0)
            for angle in (0, 30, 45, 60, 90, 135, 180, 225, 270, 315)
            if "4 of 4" in perceptron.neuron(gate=gate, angle=angle, bias=bias)[1]
        }
        plt.close("all")
        assert right("bet-perceptron-gates", "gates") == " and ".join(sorted(does))

    def test_place(self) -> None:
        row, column = right("bet-perceptron-place", "place")
        assert f"row {row}, column {column}" in caption(perceptron.place, weight=6)

    def test_layers(self) -> None:
        def kept(activation: str) -> float:
            said = caption(activations.layers, activation=activation, depth=12, weight_scale=1.4)
            return float(re.search(r"examples is (?:less than )?([\d.]+\d)", said)[1])

        order = sorted(("sigmoid", "tanh", "relu"), key=kept)
        assert right("bet-activations-layers", "order") == f"{order[-1]} most, {order[0]} least"

    def test_starts(self) -> None:
        found = sum(
            "4 of 4" in caption(activations.hidden_space, hidden_neurons=2, seed=seed, view="input space")
            for seed in range(10)
        )
        assert found in (4, 5, 6)
        assert right("bet-activations-xor", "starts") == "about half"

    def test_epochs(self) -> None:
        def output(cost: str, epoch: int) -> float:
            how = dict(start="badly wrong", learning_rate=0.15, cost=cost, epoch=epoch)
            return float(re.search(r"output is ([\d.]+\d)", caption(cost_functions.two_costs, **how))[1])

        assert output("cross_entropy", 17) < 0.5 < output("quadratic", 170)
        assert right("bet-costs-epochs", "longer") == "over ten times as long"

    def test_rates(self) -> None:
        rates = [0.01, 0.1, 0.3, 0.5, 0.9, 1.0, 1.1]
        said = [caption(gradient_descent.descent, function="bowl", start=2.0, learning_rate=r) for r in rates]
        step = [re.search(r"arrives. From step (\d+)", words) for words in said]
        arrive = {rate: int(found[1]) for rate, found in zip(rates, step, strict=True) if found}
        assert arrive[right("bet-gd-rates", "once")] == 1
        late = right("bet-gd-rates", "twins")
        assert arrive[late[0]] == arrive[late[1]]
        above = [rate for rate in rates if rate not in arrive and rate > 0.01]
        assert right("bet-gd-rates", "never") == min(above)

    def test_gates_of_an_expression(self) -> None:
        expression = backpropagation.EXPRESSIONS["(x + y) · z"]
        values, moved = dict(expression.inputs), {}
        for name in values:
            for word, by in (("raise", 0.01), ("lower", -0.01)):
                x, y, z = (value + by * (other == name) for other, value in values.items())
                moved[f"{word} {name}"] = (x + y) * z
        best = [move for move, r in moved.items() if np.isclose(r, max(moved.values()))]
        assert best == ["lower x", "lower y"]
        assert right("bet-bp-gates", "move") == "lower x or y"

    def test_depth(self) -> None:
        how = dict(hidden_layers=4, activation="sigmoid", init="xavier", epoch=0)
        said = caption(vanishing_gradients.gradient_by_layer, **how)
        smaller = float(re.search(r"([\d,.]+) times smaller", said)[1].replace(",", ""))
        assert right("bet-vanishing-depth", "four") == f"about {round(smaller, -2):.0f}"

    def test_five(self) -> None:
        read = [": right." in caption(digits.reading, image=14, epoch=epoch) for epoch in (0, 1, 10, 40)]
        assert read == [False, True, True, False]
        assert right("bet-digits-five", "read") == "after 1, and not for good"

    def test_together(self) -> None:
        said = caption(keras.two_curves, start=keras.STARTS[0], names=True)
        a, b = map(float, re.findall(r"(\d\.\d+) for", said))
        assert a == pytest.approx(b, abs=0.002)
        assert right("bet-keras-together", "together") == "they stay together"
