"""The figures of the chapter on cost functions: their captions' numbers, computed again without nnlib."""

import itertools
import math
import re
import statistics

import numpy as np
import pytest
from scipy.optimize import minimize

import nnlib
from nnlib.figures import cost_functions as figures

MINUS = "\N{MINUS SIGN}"


def numbers(caption):
    """Every number of a caption, in order."""
    return [float(text.replace(MINUS, "-")) for text in re.findall(rf"{MINUS}?\d+(?:\.\d+)?", caption)]


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


ONE_OUTPUT = {
    "quadratic": (lambda a, y: (a - y) ** 2 / 2, lambda a, y: a - y),
    "mse": (lambda a, y: (a - y) ** 2, lambda a, y: 2 * (a - y)),
    "mae": (lambda a, y: abs(a - y), lambda a, y: math.copysign(1, a - y)),
    "binary_cross_entropy": (
        lambda a, y: -math.log(a if y else 1 - a),
        lambda a, y: -1 / a if y else 1 / (1 - a),
    ),
}


# A prediction and its cost ------------------------------------------------------------------------------


def test_prediction_cost_says_both_costs_and_their_slopes():
    for target, a in itertools.product((0, 1), figures.PREDICTIONS):
        said = numbers(figures.prediction_cost(target, a)[1])
        assert said[:2] == [target, a]
        expected = [
            part(a, target) for cost in ("quadratic", "binary_cross_entropy") for part in ONE_OUTPUT[cost]
        ]
        assert said[2:] == pytest.approx(expected, abs=0.006)


def test_the_tangents_have_the_slopes_of_the_costs():
    figure, _ = figures.prediction_cost(1, 0.3)
    for tangent, slope, height in zip(
        figure.axes[0].lines[1:5:3], (-0.7, -1 / 0.3), (0.245, -math.log(0.3)), strict=True
    ):
        (x0, x1), (y0, y1) = tangent.get_data()
        assert (y1 - y0) / (x1 - x0) == pytest.approx(slope)
        assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((0.3, height))


# One number, an average, a function of the parameters ---------------------------------------------------


@pytest.mark.parametrize(("w", "b"), [(-6, 2), (1, 0), (2, -1), (6, -2)])
def test_cost_of_parameters_says_five_costs_and_their_mean(w, b):
    costs = [
        (sigmoid(w * x + b) - y) ** 2 / 2 for x, y in zip((-2, -1, 0, 1, 2), (0, 0, 1, 0, 1), strict=True)
    ]
    said = numbers(figures.cost_of_parameters(w, b)[1])
    assert said[:2] == [w, b]
    assert said[2:7] == pytest.approx(costs, abs=6e-4)
    assert said[7] == pytest.approx(sum(costs) / 5, abs=6e-4)


def test_the_marker_stands_on_the_curve_of_the_cost():
    figure, _ = figures.cost_of_parameters(2, 1)
    curve, _, marker = figure.axes[1].lines
    at = np.interp(2, *curve.get_data())
    assert marker.get_ydata()[0] == pytest.approx(at, abs=1e-3)


# Outliers and likelihood --------------------------------------------------------------------------------


@pytest.mark.parametrize("fifth", [36, 50, 80, 110])
def test_outlier_finds_mean_and_median(fifth):
    days = [31, 33, 34, 36, fifth]
    said = numbers(figures.outlier(fifth)[1])
    assert said[1:] == pytest.approx([fifth, statistics.mean(days), statistics.median(days)], abs=0.051)
    for best, power in ((said[2], 2), (said[3], 1)):

        def cost(c, power=power):
            return sum(abs(c - day) ** power for day in days)

        assert cost(best) <= min(cost(best - 0.5), cost(best + 0.5))


@pytest.mark.parametrize("cost", ["cross_entropy", "quadratic", "mae"])
@pytest.mark.parametrize(("share", "prediction"), [(0.3, 0.01), (0.5, 0.5), (0.7, 0.9), (0.9, 0.99)])
def test_the_honest_prediction_says_its_average_cost(cost, share, prediction):
    value, _ = ONE_OUTPUT[{"cross_entropy": "binary_cross_entropy"}.get(cost, cost)]
    average = share * value(prediction, 1) + (1 - share) * value(prediction, 0)
    said = numbers(figures.honest_prediction(share, prediction, cost)[1])
    assert said[:3] == [round(10 * share), 10, prediction]
    assert said[3] == pytest.approx(average, abs=6e-4)


@pytest.mark.parametrize(("cost", "best"), [("cross_entropy", 0.7), ("quadratic", 0.7), ("mae", 0.998)])
def test_the_lowest_average_lies_where_the_text_says(cost, best):
    figure, _ = figures.honest_prediction(0.7, 0.5, cost)
    a, average = figure.axes[1].lines[0].get_data()
    assert a[np.argmin(average)] == pytest.approx(best, abs=0.003)


# The slow neuron ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cost", ["quadratic", "cross_entropy"])
@pytest.mark.parametrize("rate", [0.15, 0.6])
@pytest.mark.parametrize("start", figures.STARTS)
def test_the_walk_is_plain_gradient_descent(start, rate, cost):
    w, b = figures.STARTS[start]
    path = figures.walk(start, rate, cost)
    for epoch in range(figures.EPOCHS + 1):
        a = sigmoid(w + b)
        assert (path.w[epoch], path.b[epoch], path.a[epoch]) == pytest.approx((w, b, a), rel=1e-9)
        delta = a * a * (1 - a) if cost == "quadratic" else a
        w, b = w - rate * delta, b - rate * delta


@pytest.mark.parametrize(
    ("start", "first", "last"), [("a little wrong", 0.82, 0.09), ("badly wrong", 0.98, 0.20)]
)
def test_the_walk_ends_where_nielsen_s_does(start, first, last):
    a = figures.walk(start, 0.15, "quadratic").a
    assert (round(a[0], 2), round(a[300], 2)) == (first, last)


@pytest.mark.parametrize("epoch", [0, 100, 300])
def test_the_slow_neuron_says_the_product(epoch):
    a = figures.walk("badly wrong", 0.15, "quadratic").a[epoch]
    product = f"= {a:.3f} · {a * (1 - a):.4f} = {a * a * (1 - a):.4f}."
    caption = figures.slow_neuron("badly wrong", epoch)[1]
    assert product in caption
    assert f"began at 0.982 and is {a:.3f}" in caption
    other = figures.walk("badly wrong", 0.15, "cross_entropy").a[epoch]
    caption = figures.two_costs("badly wrong", 0.15, "quadratic", epoch)[1]
    assert product in caption
    assert f"is {a:.3f}, with the other cost {other:.3f}" in caption
    caption = figures.two_costs("badly wrong", 0.15, "cross_entropy", epoch)[1]
    assert f"δ = a − y = {other:.3f}, σ′(z) = {other * (1 - other):.4f} has cancelled" in caption


@pytest.mark.parametrize(
    ("draw", "values"),
    [(figures.slow_neuron, ()), (figures.two_costs, (0.15, "quadratic"))],
)
def test_the_bars_are_the_two_factors_and_delta(draw, values):
    a = figures.walk("badly wrong", 0.15, "quadratic").a[50]
    figure, _ = draw("badly wrong", *values, 50)
    widths = [bar.get_width() for bar in figure.axes[1].patches]
    assert widths == pytest.approx([a, a * (1 - a), a * a * (1 - a)])


def test_the_outputs_to_come_are_not_drawn():
    for figure, _ in (
        figures.slow_neuron("badly wrong", 20),
        figures.two_costs("badly wrong", 0.15, "quadratic", 20),
    ):
        ends = [line.get_xdata()[-1] for line in figure.axes[2].lines if len(line.get_xdata()) > 2]
        assert ends
        assert set(ends) == {20}


@pytest.mark.parametrize(
    ("start", "rate", "cost", "epochs"),
    [
        ("badly wrong", 0.15, "cross_entropy", 17),
        ("badly wrong", 0.15, "quadratic", 232),
        ("hopelessly wrong", 0.15, "cross_entropy", 27),
        ("badly wrong", 0.6, "quadratic", 59),
    ],
)
def test_the_epoch_in_which_the_output_falls_below_one_half(start, rate, cost, epochs):
    assert (figures.walk(start, rate, cost).a < 0.5).argmax() == epochs


# The pairs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", [0, 1])
@pytest.mark.parametrize("cost", figures.PAIR_COSTS)
@pytest.mark.parametrize("output", figures.OUTPUTS)
def test_delta_is_the_slope_of_the_cost(output, cost, target):
    z, h = np.linspace(-4.97, 4.96, 83), 1e-6  # no kink is hit
    _, _, delta = figures.pair_curves(output, cost, target, z)
    below, above = (figures.pair_curves(output, cost, target, z + step)[1] for step in (-h, h))
    seen = np.isfinite(delta) & np.isfinite(below) & np.isfinite(above)
    assert seen.any()
    np.testing.assert_allclose(delta[seen], (above - below)[seen] / (2 * h), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("cost", figures.PAIR_COSTS)
@pytest.mark.parametrize("output", figures.OUTPUTS)
def test_the_verdict_on_a_pair_is_true(output, cost):
    z = np.linspace(-5, 5, 201)
    try:
        canonical = nnlib.Network([2, 2], output=output, cost=cost).canonical
    except ValueError:
        assert "nnlib refuses" in figures.verdict(output, cost, 0)
        assert not np.isfinite(figures.pair_curves(output, cost, 0, z)[1]).all()
        return
    for target in (0, 1):
        said = figures.verdict(output, cost, target)
        a, _, delta = figures.pair_curves(output, cost, target, z)
        assert ("δ = a − y" in said) == canonical
        if canonical:
            np.testing.assert_allclose(delta, a - target, atol=1e-12)
        if "hardly learns" in said or "dies at both ends" in said:
            # sure and wrong: the error is almost 1, δ is not
            wrong = -1 if target == 0 else 0
            assert abs(delta[wrong]) < 0.05 * abs(a[wrong] - target)
        if "δ is 1 or −1" in said:
            assert set(np.abs(delta)) <= {0.0, 1.0}
        if "2(a − y)" in said:
            np.testing.assert_allclose(delta, 2 * (a - target), atol=1e-12)
        if "nothing ever pushes it down" in said:
            assert not delta.any()
        if "never does" in said:
            assert not delta[z < 0].any()


def test_output_pair_marks_a_prediction_that_is_sure_and_wrong():
    assert numbers(figures.output_pair("sigmoid", "binary_cross_entropy", 1)[1])[1:] == pytest.approx(
        [-4, sigmoid(-4), -math.log(sigmoid(-4)), sigmoid(-4) - 1], abs=6e-4
    )
    assert "output is −1.00" in figures.output_pair("tanh", "binary_cross_entropy", 0)[1]


# Surfaces -----------------------------------------------------------------------------------------------


def own_cost(pair, w, b):
    total = 0.0
    for x, y in zip((-2, -1, 0, 1, 2), (0, 0, 1, 0, 1), strict=True):
        z = w * x + b
        if pair == "linear + quadratic":
            total += (z - y) ** 2 / 2
        elif pair == "sigmoid + quadratic":
            total += (sigmoid(z) - y) ** 2 / 2
        else:
            total += -math.log(sigmoid(z) if y else sigmoid(-z))
    return total / 5


@pytest.mark.parametrize("pair", figures.PAIRS)
def test_the_surface_is_the_average_cost(pair):
    rng = np.random.default_rng(0)
    for w, b in rng.uniform(-6, 6, (20, 2)):
        assert figures.cost_over(pair, np.array(w), np.array(b)) == pytest.approx(own_cost(pair, w, b))
    starts = ((0.0, 0.0), (1.0, -0.5))
    best = min(minimize(lambda p: own_cost(pair, *p), start).fun for start in starts)
    assert figures.lowest(pair) == pytest.approx(best, abs=1e-6)


@pytest.mark.parametrize("start", figures.SURFACE_STARTS)
@pytest.mark.parametrize("pair", figures.PAIRS)
def test_the_steps_go_down_the_surface(pair, start):
    path, costs = figures.descent(pair, start)
    assert tuple(path[0]) == figures.SURFACE_STARTS[start]
    np.testing.assert_allclose(costs, [own_cost(pair, w, b) for w, b in path], rtol=1e-9)
    h = 1e-6
    for (w, b), step in zip(path[:-1], np.diff(path, axis=0), strict=True):
        slope = np.array(
            [
                own_cost(pair, w + h, b) - own_cost(pair, w - h, b),
                own_cost(pair, w, b + h) - own_cost(pair, w, b - h),
            ]
        ) / (2 * h)
        speed = 2 if pair.startswith("softmax") else 1  # both classes move, so their difference does twice
        np.testing.assert_allclose(step, -speed * figures.RATE * slope, atol=1e-7)


def test_surface_says_start_end_and_lowest():
    said = numbers(figures.surface("sigmoid + quadratic", "very far")[1])
    _, costs = figures.descent("sigmoid + quadratic", "very far")
    assert said[:4] == [100, 0.5, -5, 5]
    assert said[4:] == pytest.approx([costs[0], costs[-1], figures.lowest("sigmoid + quadratic")], abs=6e-4)


# Where log(0) waits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("precision", "last"), [("float64", 36), ("float32", 16)])
def test_only_the_logit_is_exact(precision, last):
    z = np.array([0, 5, last, last + 3, 50, 1000], dtype=precision)
    naive, clipped, logits = figures.three_ways(z)
    exact = [value + math.log1p(math.exp(-value)) for value in z.astype(float)]
    assert logits.dtype == precision
    np.testing.assert_allclose(logits, exact, rtol=1e-6)
    assert np.isfinite(naive).tolist() == [True, True, True, False, False, False]
    largest = -math.log(np.finfo(precision).eps)
    np.testing.assert_allclose(clipped[3:], largest, rtol=1e-6)


def test_sure_and_wrong_says_three_costs():
    caption = figures.sure_and_wrong("float64", 40)[1]
    assert "the cost is infinite, with a clipped 36.0, from the logit 40.0." in caption


# All of them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "values", "message"),
    [
        (figures.prediction_cost, (0.5, 0.5), r"target is 0.5; one of 0, 1 is expected"),
        (figures.prediction_cost, (0, 1.0), r"prediction is 1.0; a number between 0 and 1"),
        (figures.honest_prediction, (0.5, 0.5, "mse"), r"cost is 'mse'; one of 'quadratic'"),
        (figures.slow_neuron, ("far", 0), r"start is 'far'; one of 'a little wrong'"),
        (figures.slow_neuron, ("badly wrong", 301), r"epoch is 301; 0 to 300"),
        (figures.two_costs, ("badly wrong", 0.1, "mae", 0), r"cost is 'mae'"),
        (figures.two_costs, ("badly wrong", 0.1, "quadratic", -1), r"epoch is -1; 0 to 300"),
        (figures.output_pair, ("step", "mae", 0), r"output is 'step'"),
        (figures.output_pair, ("tanh", "hinge", 0), r"cost is 'hinge'"),
        (figures.surface, ("tanh + quadratic", "near"), r"pair is 'tanh \+ quadratic'"),
        (figures.surface, ("linear + quadratic", "here"), r"start is 'here'"),
        (figures.sure_and_wrong, ("float16", 0), r"precision is 'float16'"),
    ],
)
def test_bad_values_are_refused(draw, values, message):
    with pytest.raises(ValueError, match=message):
        draw(*values)


@pytest.mark.parametrize(
    ("draw", "first", "second"),
    [
        (figures.prediction_cost, (0, 0.01), (1, 0.99)),
        (figures.cost_of_parameters, (-6, -2), (6, 2)),
        (figures.outlier, (36,), (110,)),
        (figures.honest_prediction, (0.1, 0.01, "mae"), (0.9, 0.99, "cross_entropy")),
        (figures.slow_neuron, ("a little wrong", 0), ("hopelessly wrong", 300)),
        (
            figures.two_costs,
            ("a little wrong", 0.6, "quadratic", 0),
            ("hopelessly wrong", 0.15, "cross_entropy", 300),
        ),
        (figures.output_pair, ("linear", "quadratic", 0), ("tanh", "binary_cross_entropy", 1)),
        (figures.surface, ("linear + quadratic", "near"), ("sigmoid + quadratic", "very far")),
        (figures.sure_and_wrong, ("float64", 0), ("float32", 50)),
    ],
)
def test_axes_stay_where_they_are(draw, first, second):
    def frame(values):
        return [(ax.get_xlim(), ax.get_ylim(), ax.get_position().bounds) for ax in draw(*values)[0].axes]

    assert frame(first) == frame(second)
