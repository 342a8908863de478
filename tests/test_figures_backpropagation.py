"""The figures of the chapter on backpropagation: what they say and draw, computed a second way."""

from __future__ import annotations

import re
from math import prod

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from numpy.testing import assert_allclose
from scipy.special import expit

from nnlib.figures import backpropagation as figures
from nnlib.figures.style import GRADIENT

NUMBER = re.compile(r"−?\d+(?:\.\d+)?")


def numbers(text: str) -> list[float]:
    """The numbers that a text states; those of powers such as 10⁻² are not among them."""
    return [float(number.replace("−", "-")) for number in NUMBER.findall(text)]


def after(words: str, caption: str) -> float:
    """The first number of a caption that follows these words."""
    assert words in caption, caption
    return numbers(caption.split(words, 1)[1])[0]


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts if text.get_text()]


# Gates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "point"),
    [
        ("add", (2.0, -3.0)),
        ("multiply", (2.0, -3.0)),
        ("max", (2.0, -3.0)),
        ("max", (-2.0, 3.0)),
        ("sigmoid", (0.7,)),
    ],
)
def test_a_gates_slopes_are_its_values_derivatives(kind, point):
    gate, h = figures.KINDS[kind], 1e-6
    for i, slope in enumerate(gate.slopes(*point)):
        up, down = ([v + sign * h * (j == i) for j, v in enumerate(point)] for sign in (1, -1))
        assert slope == pytest.approx((gate.value(*up) - gate.value(*down)) / (2 * h), abs=1e-8)


FUNCTIONS = {
    "(x + y) · z": lambda x, y, z: (x + y) * z,
    "x · y": lambda x, y: x * y,
    "(a + a) · c": lambda a, c: (a + a) * c,
    "max(x, y) · z": lambda x, y, z: max(x, y) * z,
    "σ(w · x + b)": lambda w, x, b: expit(w * x + b),
}


@pytest.mark.parametrize("name", figures.EXPRESSIONS)
def test_what_comes_back_to_the_inputs_is_the_gradient(name):
    one, function, h = figures.EXPRESSIONS[name], FUNCTIONS[name], 1e-5
    assert one.forward()["r"] == pytest.approx(function(**one.inputs))
    for moved in one.inputs:
        ends = [function(**one.inputs | {moved: one.inputs[moved] + sign * h}) for sign in (1, -1)]
        back = sum(edge.back for edge in one.edges() if edge.source == moved)
        assert back == pytest.approx((ends[0] - ends[1]) / (2 * h), abs=1e-8)


@pytest.mark.parametrize("name", figures.EXPRESSIONS)
def test_the_steps_back_take_every_wire_once_and_no_gate_before_its_slope_is_known(name):
    one = figures.EXPRESSIONS[name]
    steps = one.steps_back()
    assert len(steps) == 3
    taken = [edge for step in steps for edge in step]
    assert sorted(taken) == sorted(one.edges())
    assert len(taken) == sum(len(gate.inputs) for gate in one.gates.values())
    for place, step in enumerate(steps):
        later = {edge.source for others in steps[place + 1 :] for edge in others}
        assert not later & {edge.gate for edge in step}


def test_w7_in_the_captions():
    def say(step):
        return figures.gates("(x + y) · z", step)[1]

    assert say(1) == "Forward, from the inputs to the end: q = x + y = 3 and r = q · z = −12."
    assert "∂r/∂q = (−4) · 1 = −4 and ∂r/∂z = 3 · 1 = 3" in say(4)
    assert "∂r/∂x = 1 · (−4) = −4 and ∂r/∂y = 1 · (−4) = −4" in say(5)
    assert "x by −0.0400, y by −0.0400 and z by 0.0300" in say(6)
    product = figures.gates("x · y", 6)[1]
    assert "x by −0.0300 and y by 0.0400" in product


def test_a_value_used_twice_gets_both_products_added():
    figure, caption = figures.gates("(a + a) · c", 5)
    assert caption.endswith("so their products add: ∂r/∂a = 1 · 2 + 1 · 2 = 4.")
    assert "2 + 2 = 4" in texts(figure)


@pytest.mark.parametrize("name", figures.EXPRESSIONS)
@pytest.mark.parametrize("step", range(7))
def test_the_wires_drawn_backward_are_those_that_have_been_taken(name, step):
    one = figures.EXPRESSIONS[name]
    figure, _ = figures.gates(name, step)
    wires = [text for text in figure.axes[0].texts if isinstance(text, Annotation)]
    backward = [wire for wire in wires if to_hex(wire.arrow_patch.get_edgecolor()) == GRADIENT]
    assert len(wires) == len(one.edges())
    assert len(backward) == sum(len(some) for some in one.steps_back()[: max(0, step - 2)])
    if step >= 1:
        assert all(f"{round(v, 3):g}".replace("-", "−") in texts(figure) for v in one.forward().values())


def test_gates_refuses_what_it_does_not_know():
    with pytest.raises(ValueError, match="expression is 'x / y'; one of"):
        figures.gates("x / y", 0)
    with pytest.raises(ValueError, match="step is 7; one of 0, 1, 2"):
        figures.gates("x · y", 7)


# One network, every number ----------------------------------------------------------------------------------

SLOPES = {
    "sigmoid": (expit, lambda z: expit(z) * (1 - expit(z))),
    "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
}


def by_hand(activation: str) -> dict[str, np.ndarray]:
    """The network's numbers from the equations for column vectors, as on paper."""
    f, f_prime = SLOPES[activation]
    w1, b1 = np.array([[0.6, -0.4], [-0.8, 0.2]]), np.array([0.1, -0.3])
    w2, b2, x, y = np.array([[0.7, -0.6]]), np.array([0.2]), np.array([1.0, 0.5]), np.array([1.0])
    z1 = w1 @ x + b1
    a1 = f(z1)
    a2 = expit(w2 @ a1 + b2)
    d2 = (a2 - y) * a2 * (1 - a2)
    d1 = w2.T @ d2 * f_prime(z1)
    return {"a1": a1, "a2": a2, "d2": d2, "d1": d1, "w2": np.outer(d2, a1), "w1": np.outer(d1, x)}


@pytest.mark.parametrize("activation", SLOPES)
def test_the_captions_state_the_numbers_of_the_equations(activation):
    def say(step):
        return figures.every_number(step, activation, 1)[1]

    hand = by_hand(activation)
    error = hand["a2"][0] - 1
    assert_allclose(numbers(say(1).split("a =")[1])[:2], hand["a1"], atol=6e-5)
    assert after("a =", say(2)) == pytest.approx(hand["a2"][0], abs=6e-5)
    assert numbers(say(3))[:2] == pytest.approx([error**2 / 2, error], abs=6e-5)
    assert after("output is", say(4)) == pytest.approx(error, abs=6e-5)
    assert numbers(say(4).split(". One step")[0])[-1] == pytest.approx(hand["d2"][0], abs=6e-5)
    assert_allclose(numbers(say(5).split("errors,")[1])[:2], hand["d1"], atol=6e-5)
    assert_allclose(numbers(say(6))[1:4], [*hand["d1"], *hand["d2"]], atol=6e-5)
    layer2, layer1 = say(7).split("slopes", 1)[1].split("those of layer 1")
    assert_allclose(numbers(layer2), hand["w2"].ravel(), atol=6e-5)
    assert_allclose(numbers(layer1)[:4], hand["w1"].ravel(), atol=6e-5)


@pytest.mark.parametrize("activation", SLOPES)
def test_an_error_measured_is_the_error_computed(activation):
    net, hand = figures.example(activation), by_hand(activation)
    assert figures.measured(net, 2, 0) == pytest.approx(hand["d2"][0], abs=1e-9)
    assert_allclose([figures.measured(net, 1, j) for j in (0, 1)], hand["d1"], atol=1e-9)


@pytest.mark.parametrize("activation", SLOPES)
@pytest.mark.parametrize("rate", [0.1, 1, 10])
def test_the_step_and_what_it_promised(activation, rate):
    hand = by_hand(activation)
    size = sum(float((hand[name] ** 2).sum()) for name in ("w1", "w2", "d1", "d2"))
    net = figures.example(activation)
    for l in (1, 2):
        net.W[l] = net.W[l] - rate * hand[f"w{l}"]
        net.b[l] = net.b[l] - rate * hand[f"d{l}"]
    before, now = figures.example(activation).cost(figures.X, figures.Y), net.cost(figures.X, figures.Y)
    caption = figures.every_number(8, activation, rate)[1]
    assert after("|∇C|² =", caption) == pytest.approx(rate * size, abs=6e-5)
    assert after("the cost fell by", caption) == pytest.approx(before - now, abs=6e-5)
    assert numbers(caption.split("takes the cost")[1]) == pytest.approx([before, now], abs=6e-5)


def test_relu_leaves_its_second_neuron_without_a_gradient():
    hand = by_hand("relu")
    assert hand["a1"][1] == hand["d1"][1] == 0
    caption = figures.every_number(7, "relu", 1)[1]
    assert caption.count("(0.0000, 0.0000)") == 1


def test_gradients_are_written_on_the_lines_and_errors_at_the_neurons():
    written = texts(figures.every_number(7, "sigmoid", 1)[0])
    hand = by_hand("sigmoid")
    on_lines = sorted(numbers(text)[0] for text in written if text.startswith("∂ "))
    assert_allclose(on_lines, sorted([*hand["w1"].ravel(), *hand["w2"].ravel()]), atol=6e-5)
    at_neurons = [numbers(text)[0] for text in written if text.startswith("δ = ")]
    assert_allclose(at_neurons, [*hand["d1"], *hand["d2"]], atol=6e-5)
    assert not [
        text for text in texts(figures.every_number(3, "sigmoid", 1)[0]) if text.startswith(("∂ ", "δ ="))
    ]


def test_every_step_shows_its_learning_rate():
    for step in range(9):
        figure, _ = figures.every_number(step, "sigmoid", 0.1)
        assert figure.axes[0].get_title(loc="right") == "η = 0.1"


def test_a_step_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="step is 9; one of 0, 1, 2, 3, 4, 5, 6, 7, 8 is expected"):
        figures.every_number(9, "sigmoid", 1)


# Knobs ------------------------------------------------------------------------------------------------------

RATES = dict(
    zip(
        figures.KNOBS,
        [1, 0.9, 0.1, np.linalg.norm(figures.SEEN), np.linalg.norm(figures.WEIGHTS)],
        strict=True,
    )
)


@pytest.mark.parametrize("knob", figures.KNOBS)
@pytest.mark.parametrize("how_far", [0.1, 0.25, 0.5])
def test_a_knob_moves_z_at_its_rate_and_is_turned_by_the_same_length(knob, how_far):
    a, w, b = figures.turned(knob, how_far)
    moved = np.concatenate([a - figures.SEEN, w - figures.WEIGHTS, [b - figures.BIAS]])
    assert np.linalg.norm(moved) == pytest.approx(how_far)
    assert np.all((a > 0) & (a < 1))  # what a layer of sigmoids can say
    z = float(w @ a + b)
    assert expit(z - how_far * RATES[knob]) == pytest.approx(0.2)
    caption = figures.knobs(knob, how_far)[1]
    assert after("z moves", caption) == pytest.approx(RATES[knob], abs=6e-3)
    assert after("the neuron says", caption) == pytest.approx(expit(z), abs=6e-4)


def test_an_unknown_knob_is_refused():
    with pytest.raises(ValueError, match="there is no knob 'the input'"):
        figures.turned("the input", 1.0)


# Rows and columns -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", figures.QUESTIONS)
def test_forward_reads_a_row_and_backward_a_column(question):
    neuron = int(question[-1]) - 1
    forward = question.startswith("forward")
    sums = np.dot(figures.W_BETWEEN, [0.2, 0.8, 0.4]) if forward else np.dot(figures.W_BETWEEN.T, [0.2, -0.4])
    figure, caption = figures.transpose(question)
    terms, total = caption.split(": ")[1].split(" = ")
    assert numbers(total)[0] == pytest.approx(sums[neuron], abs=1e-9)
    products = [prod(numbers(term)) for term in terms.split(" + ")]
    assert sum(products) == pytest.approx(sums[neuron])
    bold = [text for text in figure.axes[1].texts if text.get_fontweight() == "bold"]
    assert len(bold) == len(products) == (3 if forward else 2)


def test_an_unknown_question_is_refused():
    with pytest.raises(ValueError, match="question is 'sideways'; one of"):
        figures.transpose("sideways")


# The gradient check -----------------------------------------------------------------------------------------


def test_a_right_gradients_error_falls_with_the_square_of_the_nudge_and_then_rises():
    central = [figures.check_error("right", eps, "central") for eps in (1e-1, 1e-2, 1e-3)]
    forward = [figures.check_error("right", eps, "forward") for eps in (1e-1, 1e-2, 1e-3)]
    assert np.divide(central[:-1], central[1:]) == pytest.approx([100, 100], rel=0.02)
    assert np.divide(forward[:-1], forward[1:]) == pytest.approx([10, 10], rel=0.05)
    for difference in figures.DIFFERENCES:
        best = min(figures.check_error("right", eps, difference) for eps in (1e-5, 1e-6, 1e-8))
        assert best < 1e-7
        assert figures.check_error("right", 1e-12, difference) > 100 * best


@pytest.mark.parametrize("gradient", figures.GRADIENTS[1:])
@pytest.mark.parametrize("epsilon", [1e-2, 1e-4, 1e-6])
def test_no_nudge_makes_a_wrong_gradient_pass(gradient, epsilon):
    assert figures.check_error(gradient, epsilon, "central") > 1e-3


def test_the_wrong_gradients_are_wrong_where_they_say():
    right, hand = figures.computed("right"), by_hand("sigmoid")
    assert_allclose(figures.computed("sign lost"), -right)
    too_late = (0.7 - hand["w2"][0, 0]) * hand["d2"][0] * expit(0.5) * (1 - expit(0.5))
    stale = figures.computed("layer 2 updated too early")
    assert stale[4] == pytest.approx(too_late)  # the first hidden bias
    no_slope = figures.computed("f′ left out of BP2")
    assert no_slope[4] == pytest.approx(0.7 * hand["d2"][0])
    for wrong in (stale, no_slope):
        assert_allclose(wrong[6:], right[6:])  # the last layer's own gradients are right
    with pytest.raises(ValueError, match="gradient is 'left'; one of"):
        figures.computed("left")
    with pytest.raises(ValueError, match="difference is 'backward'; one of"):
        figures.check(0.01, "backward", "right")


def test_the_captions_of_the_check_state_the_error_and_leave_the_verdict_to_the_reader():
    def say(*state):
        return figures.check(*state)[1]

    assert (
        say(0.01, "central", "right")
        == "Central differences with ε = 10⁻² (gradient: right): relative error 4.9×10⁻⁷."
    )
    assert say(1e-12, "central", "right").endswith("(gradient: right): relative error about 10⁻⁴.")
    assert say(0.01, "forward", "sign lost").endswith("(gradient: sign lost): relative error 1.0000.")


@pytest.mark.parametrize("epsilon", [0.1, 1e-4, 1e-12])
def test_the_curves_of_the_check_go_as_far_as_the_reader_has_gone(epsilon):
    axes = figures.check(epsilon, "central", "right")[0].axes[0]
    for line in axes.lines[:2]:
        assert line.get_xdata()[0] == pytest.approx(0.1)
        assert line.get_xdata()[-1] == pytest.approx(epsilon)
