"""The figures of the perceptron chapter: numbers against independent computations, bad values refused."""

from __future__ import annotations

import itertools
import re
from functools import cache

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

import nnlib
from nnlib.figures import perceptron as figures

DATA = ("AND", "OR", "XOR", "clouds")
ANGLES = (0, 30, 45, 60, 90, 135, 180, 225, 270, 315)
BIASES = (-1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0, 1.0)


def numbers(text):
    """All numbers of a caption, minus signs and thousands separators understood."""
    return [
        float(n.replace("−", "-").replace(",", "")) for n in re.findall(r"−?\d+(?:,\d{3})*(?:\.\d+)?", text)
    ]


@cache
def neuron_caption(gate, angle, bias):
    return figures.neuron(gate, angle, bias)[1]


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


# --- One neuron


@pytest.mark.parametrize("gate", ["AND", "OR", "XOR"])
def test_neuron_counts_what_it_has_right(gate):
    truth = {"AND": lambda p, q: p and q, "OR": lambda p, q: p or q, "XOR": lambda p, q: p != q}[gate]
    for angle, bias in itertools.product(ANGLES, BIASES):
        right = 0
        for p, q in itertools.product((0, 1), repeat=2):
            z = p * np.cos(np.radians(angle)) + q * np.sin(np.radians(angle)) + bias
            right += int(z >= -1e-9) == int(truth(p, q))
        assert f": {right} of 4 right" in neuron_caption(gate, angle, bias)


def test_and_and_or_can_be_solved_on_the_explorers_grid_and_xor_cannot():
    best = {
        gate: max(int(neuron_caption(gate, a, b).split(" of 4")[0][-1]) for a in ANGLES for b in BIASES)
        for gate in ("AND", "OR", "XOR")
    }
    assert best == {"AND": 4, "OR": 4, "XOR": 3}


@pytest.mark.parametrize(
    ("gate", "solutions"), [("AND", [-1.25, -1.0, -0.75]), ("OR", [-0.5, -0.25]), ("XOR", [])]
)
def test_the_biases_that_the_text_names_are_those_that_solve_a_gate_at_45_degrees(gate, solutions):
    assert [b for b in BIASES if ": 4 of 4" in neuron_caption(gate, 45, b)] == solutions


def test_three_of_four_is_the_most_that_any_line_gets_on_xor():
    # A line can part the four corners in 14 of the 16 ways; the other two are XOR and its opposite.
    X = nnlib.gate("XOR").X
    rng = np.random.default_rng(0)
    w, b = rng.normal(size=(200_000, 2)), rng.normal(size=(200_000, 1))
    parted = {tuple(row) for row in (w @ X.T + b >= 0).astype(int)}
    assert len(parted) == 14
    assert {(0, 1, 1, 0), (1, 0, 0, 1)}.isdisjoint(parted)


def test_a_tie_counts_as_one():
    assert "wrong at (0, 0)" in figures.neuron("OR", 0, 0.0)[1]


def test_the_same_line_says_which_gate_it_is():
    for weights, bias in itertools.product((1, 2, 10), (-15, -5, -3, -1.5, -0.5, 0.5)):
        says = [int(weights * (p + q) + bias >= 0) for p, q in itertools.product((0, 1), repeat=2)]
        name = {1: "this is AND", 3: "this is OR", 0: "always 0", 4: "always 1"}[sum(says)]
        figure, caption = figures.same_line(weights, bias)
        assert f": {name}. " in caption
        assert figure.axes[0].get_title("left") == name
        assert_allclose(numbers(caption)[-1], abs(bias) / (weights * 2**0.5), atol=0.005)
        table = [text.get_text() for text in figure.axes[1].texts]
        assert [int(said) for said in table[5::3]] == says
    for weights in (1, 10):  # ten times the weights and the bias: the same line, the same answers
        assert figures.same_line(weights, -1.5 * weights)[1].endswith(
            "this is AND. The line lies 1.06 from the origin."
        )


def test_threshold_is_where_the_output_turns_on():
    _, caption = figures.threshold(2.0, -5)
    assert caption.startswith("w = 2, b = −5: the output turns on at x = −b/w = 2.5.")
    assert "wx = 40 but z = 35" in caption
    assert figures.threshold(2.0, 0)[1].endswith(
        "x = −b/w = 0. With no bias, z is wx everywhere: 40 at x = 20."
    )


# --- The learning rule


@pytest.mark.parametrize("learning_rate", [0.25, 1, 4])
@pytest.mark.parametrize("start", ["zero", "elsewhere"])
@pytest.mark.parametrize("data", ["AND", "XOR", "clouds"])
def test_learning_follows_the_rule(data, learning_rate, start):
    X, labels = figures.examples(data)
    (w, b), made = figures.STARTS[start], 0
    w = np.array(w)
    for n in itertools.cycle(range(len(X))):
        y = 1 if labels[n] == 1 else -1
        if y * (w @ X[n] + b) <= 0:
            w, b, made = w + learning_rate * y * X[n], b + learning_rate * y, made + 1
            _, caption = figures.learning(data, learning_rate, start, made)
            assert f"Mistake {made}: " in caption
            after = numbers(caption.split(" makes w = ")[1])[:3]
            assert_allclose(after, [*w, b], atol=1e-6)
        done = ((X @ w + b) * np.where(labels == 1, 1, -1) > 0).all()
        if done or made == 18:
            break
    assert ("Done" in caption) == (done and made <= 18)
    if done:
        assert figures.learning(data, learning_rate, start, 18)[1] == caption


def test_from_zero_the_learning_rate_changes_nothing_but_the_scale():
    for data in DATA:
        runs = [figures.run(data, rate, "zero", 40) for rate in (0.25, 1, 4)]
        assert len({tuple(m.row for m in run) for run in runs}) == 1
        for quarter, one, four in zip(*runs, strict=True):
            assert_allclose(quarter.after[0] * 4, one.after[0])
            assert_allclose(four.after[0] / 4, one.after[0])
    assert len(figures.run("AND", 1, "zero", 40)) == 18
    others = {len(figures.run("AND", rate, "elsewhere", 40)) for rate in (0.25, 1, 4)}
    assert others == {17, 18, 6}


def test_xor_comes_back_after_four_mistakes_and_never_ends():
    run = figures.run("XOR", 1, "zero", 400)
    assert len(run) == 400
    states = [(*m.after[0], m.after[1]) for m in run]
    assert states[3] == (0, 0, 0)
    assert states[4:8] == states[:4]
    caption = figures.learning("XOR", 1, "zero", 4)[1]
    assert caption.endswith("That is where it was 4 mistakes ago: it goes round for ever.")
    assert "Done" not in caption


def best_margin_by_optimisation(X, labels):
    """The margin of the hard-margin support vector machine with the bias folded in."""
    points = np.where(labels == 1, 1, -1)[:, None] * np.column_stack([X, np.ones(len(X))])
    found = minimize(
        lambda v: v @ v,
        np.array([1.0, 1, 0]),
        jac=lambda v: 2 * v,
        constraints=[{"type": "ineq", "fun": lambda v: points @ v - 1, "jac": lambda v: points}],
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert found.success
    return 1 / np.linalg.norm(found.x)


@pytest.mark.parametrize("data", ["AND", "OR", "clouds"])
def test_the_margin_is_the_best(data):
    X, labels = figures.examples(data)
    margin, u = figures.best_margin(data)
    assert_allclose(np.linalg.norm(u), 1)
    assert_allclose(
        (np.where(labels == 1, 1, -1) * (np.column_stack([X, np.ones(len(X))]) @ u)).min(), margin
    )
    assert_allclose(margin, best_margin_by_optimisation(X, labels), rtol=1e-6)


def test_novikoffs_bound():
    assert_allclose(figures.novikoff_bound("AND"), 51)
    assert_allclose(figures.novikoff_bound("OR"), 27)
    assert figures.novikoff_bound("XOR") is None
    for data in ("AND", "OR", "clouds"):
        assert len(figures.run(data, 1, "zero", 1000)) <= figures.novikoff_bound(data)


@pytest.mark.parametrize("data", ["AND", "OR", "clouds"])
def test_squeeze_draws_a_run_between_floor_and_ceiling(data):
    figure, caption = figures.squeeze(data)
    ceiling, floor, lengths, parts = figure.axes[0].lines[:4]
    k = lengths.get_xdata()
    assert (lengths.get_ydata() <= np.interp(k, ceiling.get_xdata(), ceiling.get_ydata()) + 0.06).all()
    assert (parts.get_ydata() >= np.interp(k, floor.get_xdata(), floor.get_ydata()) - 1e-9).all()
    assert (parts.get_ydata() <= lengths.get_ydata() + 1e-9).all()
    assert f"this run makes {sum(nnlib.Perceptron(2).fit(*figures.examples(data)).mistakes)}." in caption


# --- The sigmoid neuron


def test_the_chapters_neuron_is_scikit_learns_logistic_regression():
    X, labels = figures.fours_and_nines()
    X = nnlib.Standardizer().fit_transform(X)
    theirs = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(X, labels)
    net = nnlib.Network([2, 1], output="sigmoid", cost="binary_cross_entropy", init="zeros")
    descent = nnlib.GradientDescent(learning_rate=4.0)
    nnlib.fit(net, X, labels[:, None].astype(float), epochs=2000, batch_size=len(X), optimizer=descent, rng=0)
    assert_allclose(net.W[1], theirs.coef_, rtol=1e-5)
    assert_allclose(net.b[1], theirs.intercept_, rtol=1e-4)
    _, caption = figures.probability(*net.W[1][0], net.b[1][0])
    assert f"{round(theirs.score(X, labels) * len(X))} are right" in caption


def test_the_parallels_are_where_the_neuron_says_a_tenth_and_nine_tenths():
    w, b = np.array([-3.181, 3.479]), -0.174
    figure, _ = figures.probability(*w, b)
    lines = [line for line in figure.axes[0].lines if type(line).__name__ == "AxLine"]
    said = [1 / (1 + np.exp(-(w @ np.array(line.get_xy1()) + b))) for line in lines]
    assert_allclose(said, [0.1, 0.5, 0.9])


# --- Networks and their matrices


def test_every_weight_of_w6_is_shown_in_its_place():
    w1, w2 = [[1, 2], [3, 4], [5, 6]], [[7, 8, 9]]
    for weight in range(1, 10):
        caption = figures.place(weight)[1]
        l, matrix = (1, w1) if weight <= 6 else (2, w2)
        row, column, rows, columns = _places(caption)
        assert matrix[row - 1][column - 1] == weight
        assert (rows, columns) == (len(matrix), len(matrix[0]))
        assert f"{weight} leads from {'input' if l == 1 else 'hidden neuron'} {column} to " in caption


def _places(caption):
    row, column = re.search(r"row (\d), column (\d)", caption).groups()
    rows, columns = re.search(r"(\d)×(\d)", caption).groups()
    return int(row), int(column), int(rows), int(columns)


@pytest.mark.parametrize("sizes", list(itertools.product((2, 3), (0, 1, 2, 3), (2, 3, 4), (1, 2, 3))))
def test_shapes_count_what_nnlib_counts(sizes):
    inputs, layers, hidden, outputs = sizes
    figure, caption = figures.shapes(inputs, layers, hidden, outputs)
    net = nnlib.Network([inputs, *[hidden] * layers, outputs])
    assert caption.endswith(f"{net.parameters.size} parameters.")
    for l, (w, b) in enumerate(zip(net.W, net.b, strict=True), 1):
        assert f"$w^{{({l})}}$: {w.shape[0]}×{w.shape[1]}" in texts(figure)
        assert f"$b^{{({l})}}$: {b.size}" in texts(figure)


def test_two_networks_counted():
    assert figures.shapes(3, 2, 4, 3)[1] == (
        "3-4-4-3: 4×3 + 4×4 + 3×4 = 40 weights, 4 + 4 + 3 = 11 biases, 51 parameters."
    )
    assert "784-16-16-10" in figures.digit_network()[1]


def test_the_riddles_caption_has_the_weights_that_are_drawn():
    figure, caption = figures.to_read()
    drawn = sorted(float(t.replace("−", "-")) for t in texts(figure) if re.fullmatch(r"−?[\d.]+", t))
    assert drawn == [-3, -1, -1, 0.5, 1, 1, 1, 2, 2]
    assert numbers(caption.split("From the")[1])[:6] == [1, 0.5, -3, -1, 2, 1]


# --- Bad values, and what every figure has


def test_bad_values_are_refused():
    with pytest.raises(ValueError, match="there is no gate 'NAND'"):
        figures.neuron("NAND", 0, 0)
    with pytest.raises(ValueError, match="start is 'here'; one of 'zero', 'elsewhere' is expected"):
        figures.learning("AND", 1, "here", 1)
    with pytest.raises(ValueError, match="update"):
        figures.learning("AND", 1, "zero", -1)
    with pytest.raises(ValueError, match="no line separates XOR"):
        figures.squeeze("XOR")
    with pytest.raises(ValueError, match="weight is 10; one of 1, 2, 3, 4, 5, 6, 7, 8, 9 is expected"):
        figures.place(10)


@pytest.mark.parametrize(
    ("draw", "values"),
    [
        (figures.neuron, {"gate": "AND", "angle": 45, "bias": -1.0}),
        (figures.threshold, {"weight": 1.0, "bias": -10}),
        (figures.same_line, {"weights": 10, "bias": -15}),
        (figures.biological, {}),
        (figures.learning, {"data": "AND", "learning_rate": 1, "start": "zero", "update": 4}),
        (figures.squeeze, {"data": "AND"}),
        (figures.probability, {"w1": -3.2, "w2": 3.5, "b": -0.2}),
        (figures.place, {"weight": 3}),
        (figures.shapes, {"inputs": 3, "hidden_layers": 2, "hidden_neurons": 4, "outputs": 3}),
        (figures.digit_network, {}),
        (figures.to_read, {}),
    ],
)
def test_figures_are_legible_and_say_something(draw, values):
    figure, caption = draw(**values)
    assert isinstance(figure, Figure)
    assert len(caption) > 30
    assert not re.search(r"\bnan\b|\binf\b|−0\.00\b", caption)
    for axes in figure.axes:
        assert all(text.get_fontsize() >= figures.SMALL for text in axes.texts)
