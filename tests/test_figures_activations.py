"""The figures of the chapter activations: what they say is right, and their axes keep still."""

import re
from itertools import pairwise

import numpy as np
import pytest
from scipy import special, stats

import nnlib
from nnlib.explore.svg import to_svg
from nnlib.figures import activations as figures
from nnlib.figures.style import PAGE, style

SMOOTH = {"sigmoid": 0.25, "tanh": 1.0}


def numbers(caption):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", caption.replace("−", "-").replace(",", ""))]


def caption(draw, **values):
    return draw(**values)[1]


# One function and its slope ----------------------------------------------------------------------------


@pytest.mark.parametrize("weight", [-1, 0.5, 3])
@pytest.mark.parametrize("bias", [-2, 0, 1])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky_relu", "linear", "step"])
def test_the_share_on_the_flat_parts_is_that_of_the_normal_distribution(activation, weight, bias):
    below = {"relu": 0.0, "step": np.inf, "leaky_relu": -np.inf, "linear": -np.inf}
    if activation in SMOOTH:
        # a (1 - a) = 0.01 and 1 - a² = 0.01 solved for z
        far = {"sigmoid": special.logit((1 + np.sqrt(0.96)) / 2), "tanh": np.arctanh(np.sqrt(0.99))}[
            activation
        ]
        z = stats.norm(bias, abs(weight))
        expected = z.cdf(-far) + z.sf(far)
    else:
        expected = stats.norm(bias, abs(weight)).cdf(below[activation])
    assert figures.flat_share(activation, weight, bias) == pytest.approx(expected, abs=2e-4)
    said = caption(figures.function_and_slope, activation=activation, weight=weight, bias=bias)
    assert f"{100 * figures.flat_share(activation, weight, bias):.0f} % of standard normal inputs" in said


@pytest.mark.parametrize("activation", list(figures.NAMES))
def test_the_slope_named_in_the_caption_is_the_largest(activation):
    f = nnlib.ACTIVATIONS[activation]
    z = np.linspace(-8, 8, 16_001)
    largest = f.prime(z, f(z)).max()
    said = re.search(
        r"slope at most ([\d.]+)\.",
        caption(figures.function_and_slope, activation=activation, weight=1, bias=0),
    )
    assert said is not None
    assert float(said[1]) == pytest.approx(largest, abs=0.005)


def test_the_flat_stretches_of_swish_are_its_tail_and_its_lowest_point():
    (left, tail), (a, b) = figures.almost_flat("swish")
    assert left == pytest.approx(-8.3)
    assert tail == pytest.approx(-6.2, abs=0.1)
    assert a < -1.28 < b
    assert figures.almost_flat("relu") == ((pytest.approx(-8.3), pytest.approx(0, abs=1e-9)),)
    assert figures.almost_flat("linear") == ()


def test_the_inputs_that_are_marked_are_five():
    top = figures.function_and_slope("tanh", 2, 1)[0].axes[0]
    marked = [line for line in top.lines if line.get_marker() == "o"]
    np.testing.assert_allclose(marked[-1].get_xdata(), [-3, -1, 1, 3, 5])
    np.testing.assert_allclose(marked[-1].get_ydata(), np.tanh([-3, -1, 1, 3, 5]))


def test_at_zero_the_filled_end_of_relu_s_slope_is_0():
    middle = figures.function_and_slope("relu", 1, 0)[0].axes[1]
    ends = {
        (line.get_xdata()[0], line.get_ydata()[0]): line
        for line in middle.lines
        if len(line.get_xdata()) == 1
    }
    assert set(ends) == {(0, 0.0), (0, 1.0)}
    assert ends[(0, 1.0)].get_markerfacecolor() == PAGE
    assert ends[(0, 0.0)].get_markerfacecolor() != PAGE


# Through the layers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("activation", "f"), [("tanh", np.tanh), ("relu", lambda z: z * (z > 0)), ("sigmoid", special.expit)]
)
@pytest.mark.parametrize("scale", [0.5, 1.4])
def test_layers_are_those_of_a_forward_pass_written_out(activation, f, scale):
    weights, a = np.random.default_rng(1), np.random.default_rng(0).normal(size=(200, 100))
    for layer in figures.layer_statistics(activation, scale):
        a = f(a @ weights.normal(0, scale / 10, (100, 100)).T)
        assert layer.differs == pytest.approx(np.sqrt(a.var(axis=0).mean()), rel=1e-6)
        assert layer.size == pytest.approx(np.sqrt((a**2).mean()), rel=1e-6)
        assert layer.silent == sum(not a[:, j].any() for j in range(100))
        assert sum(layer.shares) == pytest.approx(1)


def test_layers_tell_saturation_death_and_explosion_apart():
    tanh, relu, sigmoid = (figures.layer_statistics(name, 4) for name in ("tanh", "relu", "sigmoid"))
    assert tanh[-1].flat > 1 / 3
    assert relu[-1].differs > 1e4
    assert sigmoid[-1].differs < 0.01
    assert figures.layer_statistics("tanh", 0.5)[-1].differs < 0.001
    assert 0.1 < figures.layer_statistics("relu", 1.4)[-1].differs < 1


def test_layers_say_what_they_found():
    run = figures.layer_statistics("relu", 1.4)[11]
    said = caption(figures.layers, activation="relu", depth=12, weight_scale=1.4)
    assert "In layer 12" in said
    assert f"is {run.differs:.2f};" in said
    assert f"{run.silent} of 100 neurons are 0 for every example" in said


# XOR ---------------------------------------------------------------------------------------------------


def test_xor_by_hand_is_xor():
    X, labels = nnlib.gate("XOR")
    net = figures.xor_network()
    np.testing.assert_array_equal(net.classify(X), labels)
    np.testing.assert_array_equal(net.forward(X).A[1], [[0, 0], [1, 0], [1, 0], [1, 1]])


@pytest.mark.parametrize(("neurons", "seed"), [(2, 0), (2, 3), (3, 1), (4, 0)])
def test_hidden_space_says_what_the_network_does(neurons, seed):
    X, labels = nnlib.gate("XOR")
    net = figures.trained_xor(neurons, seed)
    hidden = np.tanh(X @ net.W[1].T + net.b[1])
    a = special.expit(hidden @ net.W[2][0] + net.b[2][0])
    right = (np.abs(a - labels) < 0.4).sum()
    cost = -np.log(np.where(labels == 1, a, 1 - a)).mean()
    for view in ("input space", "hidden space"):
        said = caption(figures.hidden_space, hidden_neurons=neurons, seed=seed, view=view)
        assert f"{right} of 4 corners are right" in said
        assert numbers(said)[-1 if "0.5" not in said else -2] == pytest.approx(cost, rel=0.05)


def test_undecided_corners_are_clearly_undecided():
    # A count of right corners must not depend on rounding: every answer is near its target or near 0.5.
    X, labels = nnlib.gate("XOR")
    for neurons in (2, 3, 4):
        for seed in range(10):
            off = np.abs(figures.trained_xor(neurons, seed).predict(X)[:, 0] - labels)
            assert ((off < 0.1) | (np.abs(off - 0.5) < 0.05)).all()


@pytest.mark.parametrize("neurons", [2, 3, 4])
def test_the_line_in_hidden_space_is_where_the_network_answers_a_half(neurons):
    net = figures.trained_xor(neurons, 0)
    figure, _ = figures.hidden_space(neurons, 0, "hidden space")
    points = np.random.default_rng(0).uniform(-0.5, 1.5, (200, 2))
    hidden = net.forward(points).A[1]
    seen = figures._in_view(net, hidden)
    if neurons == 2:
        answer = seen @ net.W[2][0] + net.b[2][0]
    else:
        answer = np.linalg.norm(net.W[2]) * seen[:, 0] + net.b[2][0]
    np.testing.assert_allclose(special.expit(answer), net.predict(points)[:, 0], atol=1e-12)
    low, high = figure.axes[0].get_xlim()
    assert (seen > low).all()
    assert (seen < high).all()


def test_a_solved_xor_shows_each_corner_and_a_failed_one_its_crosses():
    solved, _ = figures.hidden_space(2, 3, "hidden space")
    failed, _ = figures.hidden_space(2, 0, "hidden space")

    def crosses(figure):
        return sum(len(line.get_xdata()) for line in figure.axes[0].lines if line.get_marker() == "x")

    assert (crosses(solved), crosses(failed)) == (0, 2)
    names = ", ".join(text.get_text() for text in failed.axes[0].texts)
    assert sorted(names.split(", ")) == ["00", "01", "10", "11"]


# Bumps and curves --------------------------------------------------------------------------------------


def test_a_bump_is_two_sigmoids():
    figure, said = figures.one_bump()
    assert "0.80 at x = 0" in said
    line = figure.axes[1].lines[2]
    x = np.ravel(line.get_xdata())
    expected = 0.8 * (special.expit(20 * x + 10) - special.expit(20 * x - 10))
    np.testing.assert_allclose(np.ravel(line.get_ydata()), expected, atol=1e-12)


@pytest.mark.parametrize(("n", "steepness"), [(1, 10), (5, 100), (40, 1000)])
def test_bumps_add_up_as_they_say(n, steepness):
    x = np.linspace(-2, 2, 2001)
    edges = np.linspace(-2, 2, n + 1)
    total = np.zeros_like(x)
    for left, right in pairwise(edges):
        up, down = (left if left > -2 else -4), (right if right < 2 else 4)
        height = figures.target_curve(np.array((left + right) / 2))
        total += height * (special.expit(steepness * (x - up)) - special.expit(steepness * (x - down)))
    np.testing.assert_allclose(figures.bump_network(n, steepness).predict(x[:, None])[:, 0], total, atol=1e-9)
    off = np.abs(total - figures.target_curve(x)).max()
    assert numbers(caption(figures.bumps, bumps=n, steepness=steepness))[-1] == pytest.approx(off, rel=0.05)


def test_twice_the_bumps_halve_the_error():
    x = np.linspace(-2, 2, 2001)[:, None]
    off = [
        np.abs(figures.bump_network(n, 25.0 * n).predict(x) - figures.target_curve(x)).max()
        for n in (20, 40, 80)
    ]
    assert off[0] / off[1] == pytest.approx(2, rel=0.1)
    assert off[1] / off[2] == pytest.approx(2, rel=0.1)


@pytest.mark.parametrize("neurons", [1, 50])
def test_linear_neurons_learn_the_best_straight_line(neurons):
    x = np.linspace(-2, 2, 81)
    y = figures.target_curve(x)
    best = np.sqrt(((np.polyval(np.polyfit(x, y, 1), x) - y) ** 2).mean())
    said = caption(figures.learned_curve, hidden_neurons=neurons, activation="linear", epoch=3000)
    assert numbers(said)[-1] == pytest.approx(best, rel=0.03)


def test_training_gets_nearer_and_neurons_help():
    x = np.linspace(-2, 2, 81)[:, None]

    def error(net):
        return float(np.sqrt(((net.predict(x) - figures.target_curve(x)) ** 2).mean()))

    for name in ("tanh", "relu"):
        nets = {n: figures.trained_curve(n, name) for n in (1, 20)}
        assert len(nets[1]) == len(figures.CURVE_EPOCHS)
        assert error(nets[20][-1]) < error(nets[20][3]) < error(nets[20][0])
        assert error(nets[20][-1]) < error(nets[1][-1]) / 2


# Several classes, PReLU ---------------------------------------------------------------------------------


@pytest.mark.parametrize("logit", [-4, 0, 6])
@pytest.mark.parametrize("temperature", [0.25, 1, 5])
def test_softmax_and_sigmoids_are_those_of_scipy(logit, temperature):
    z = np.array([logit, 1, -1]) / temperature
    said = numbers(caption(figures.softmax_or_sigmoids, logit=logit, temperature=temperature))
    soft, sigmoids = special.softmax(z), special.expit(z)
    np.testing.assert_allclose(
        said, [logit, 1, -1, temperature, *soft, 1, *sigmoids, sigmoids.sum()], atol=0.0051
    )


def test_w1_is_drawn_and_sums_to_1():
    figure, said = figures.one_output_per_class()
    drawn = [text.get_text() for text in figure.axes[0].texts]
    assert {"0.1", "0.6", "0.3", "red", "green", "blue"} <= set(drawn)
    assert "green, is its choice" in said


@pytest.mark.parametrize("target", list(figures.PRELU_TARGETS))
def test_prelu_learns_the_leak_that_the_data_ask_for(target):
    nets, leaks = figures.trained_prelu(target)
    function, ideal = figures.PRELU_TARGETS[target]
    assert leaks[0] == 0.25
    assert leaks[-1] == pytest.approx(ideal, abs=0.01)
    x = np.linspace(-2, 2, 9)[:, None]
    np.testing.assert_allclose(nets[-1].predict(x), function(x), atol=0.03)
    assert f"is {ideal:.2f}.".replace("-", "−") in caption(figures.prelu_learns, function=target, epoch=500)


def test_leak_of_refuses_another_activation():
    with pytest.raises(ValueError, match="the first layer's activation is relu; prelu is expected"):
        figures.leak_of(nnlib.Network([1, 1, 1], hidden="relu"))


# All of them -------------------------------------------------------------------------------------------

EXPLORERS = {
    figures.function_and_slope: [("sigmoid", 1, 0), ("sigmoid", 3, -2), ("sigmoid", -1, 2)],
    figures.layers: [("relu", 1, 0.5), ("relu", 12, 4), ("relu", 4, 1.4)],
    figures.hidden_space: [(3, 0, "hidden space"), (3, 5, "hidden space")],
    figures.bumps: [(1, 10), (40, 1000)],
    figures.learned_curve: [(1, "tanh", 0), (20, "relu", 3000)],
    figures.softmax_or_sigmoids: [(-4, 5), (6, 0.25)],
    figures.prelu_learns: [("ReLU", 0), ("absolute value", 500)],
}


@pytest.mark.parametrize("draw", list(EXPLORERS), ids=lambda draw: draw.__name__)
def test_axes_keep_still_from_frame_to_frame(draw):
    frames = [draw(*values)[0] for values in EXPLORERS[draw]]
    limits = [
        [(*axes.get_xlim(), *axes.get_ylim(), *axes.get_position().bounds) for axes in f.axes] for f in frames
    ]
    for other in limits[1:]:
        np.testing.assert_allclose(other, limits[0])


@pytest.mark.parametrize("draw", list(EXPLORERS), ids=lambda draw: draw.__name__)
def test_the_same_values_give_the_same_frame(draw):
    values = EXPLORERS[draw][-1]
    with style():
        first, second = draw(*values), draw(*values)
        assert first[1] == second[1]
        assert to_svg(first[0]) == to_svg(second[0])


@pytest.mark.parametrize(
    ("draw", "values", "message"),
    [
        (figures.function_and_slope, ("softmax", 1, 0), "activation is 'softmax'; one of 'step', 'linear'"),
        (figures.function_and_slope, ("tanh", 0, 0), "weight is 0; with it every input"),
        (figures.function_and_slope, ("tanh", 9, 0), "weight is 9"),
        (figures.layers, ("gelu", 1, 1), "activation is 'gelu'; one of"),
        (figures.layers, ("tanh", 13, 1), "depth is 13; 1 to 12 is expected"),
        (figures.layers, ("tanh", 1, 0), "weight_scale is 0"),
        (figures.hidden_space, (2, 0, "from above"), "view is 'from above'"),
        (figures.hidden_space, (0, 0, "input space"), "hidden_neurons is 0"),
        (figures.bumps, (0, 10), "bumps is 0"),
        (figures.bumps, (2, -1), "steepness is -1"),
        (figures.learned_curve, (2, "tanh", 5), "epoch is 5; one of"),
        (figures.softmax_or_sigmoids, (1, 0), "temperature is 0"),
        (figures.prelu_learns, ("sine", 0), "function is 'sine'; one of 'absolute value', 'ReLU'"),
        (figures.prelu_learns, ("ReLU", 3), "epoch is 3; one of"),
    ],
)
def test_bad_values_are_refused(draw, values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        draw(*values)
