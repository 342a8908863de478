"""The figures of the chapter on gradient descent: what they say and draw, computed a second way."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from nnlib.data import load_digits
from nnlib.figures import gradient_descent as figures
from nnlib.figures.style import GRADIENT, PREDICTION

NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def numbers(text: str) -> list[float]:
    """The numbers that a caption states."""
    found = []
    for number in NUMBER.findall(text):
        mantissa, _, exponent = number.replace("−", "-").partition("×10")
        found.append(float(mantissa) * 10 ** int(exponent.translate(RAISED) or 0))
    return found


def after(words: str, caption: str) -> float:
    """The first number of a caption that follows these words."""
    assert words in caption, caption
    return numbers(caption.split(words, 1)[1])[0]


def lines(figure: Figure, colour: str) -> list[np.ndarray]:
    """The lines of a figure in one colour, each as an array of points."""
    drawn = [line for axes in figure.axes for line in axes.lines if line.get_color() == colour]
    return [np.column_stack([line.get_xdata(), line.get_ydata()]) for line in drawn]


def central(function, w: float, h: float = 1e-6) -> float:
    return (function(w + h) - function(w - h)) / (2 * h)


# One dimension ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", figures.CURVES)
def test_a_curves_slope_is_its_costs_derivative(name):
    curve = figures.CURVES[name]
    for w in (-2.3, -1.1, -0.4, 0.7, 1.6, 2.5):
        assert curve.slope(w) == pytest.approx(central(curve.cost, w), abs=1e-7)


@pytest.mark.parametrize("name", figures.CURVES)
def test_the_minima_of_a_curve_are_its_minima(name):
    curve = figures.CURVES[name]
    w = np.linspace(-2.6, 2.6, 52001)
    cost = curve.cost(w)
    lowest = w[1:-1][(cost[1:-1] < cost[:-2]) & (cost[1:-1] < cost[2:])]
    assert_allclose(lowest, curve.minima, atol=2e-4)
    assert np.all(np.abs([curve.slope(minimum) for minimum in curve.minima]) < 1e-9)


@pytest.mark.parametrize(("start", "rate"), [*product([-2.0, 0.2, 2.0], [0.01, 0.1, 0.3, 0.9, 1.1])])
def test_a_walk_on_the_bowl_follows_the_closed_form(start, rate):
    path = figures.walk(figures.CURVES["bowl"].slope, start, rate, 24)
    assert_allclose(path, start * (1 - 2 * rate) ** np.arange(25), rtol=1e-12)


def test_a_walk_stops_beyond_a_million():
    path = figures.walk(lambda w: 2 * w, 1.0, 6.0, 1000)  # each step times −11
    assert abs(path[-1]) > figures.TOO_FAR >= abs(path[-2])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("bowl", -2.0, 0.01), "still on its way: w = −1.23"),  # −2 · 0.98²⁴
        (("bowl", -2.0, 0.3), "arrives. From step 6"),  # 2 · 0.4⁶ = 0.0082
        (("bowl", -2.0, 0.5), "arrives. From step 1"),
        (("bowl", -2.0, 0.9), "arrives. From step 24"),  # as late as with 0.1
        (("bowl", -2.0, 1.0), "between w = −2 and 2"),
        (("bowl", -2.0, 1.1), "diverges: after 24 steps w = −159"),  # −2 · 1.2²⁴
        (("two valleys", -2.0, 0.1), "the deep valley's minimum, w = −1.48"),
        (("two valleys", 2.0, 0.1), "the shallow valley's minimum, w = 1.33: a local one"),
        (("flat spot", 2.0, 0.3), "stalls"),
        (("flat spot", 1.0, 0.3), "never moves. The slope at w = 1 is exactly 0"),
        (("pit in a plain", -2.0, 0.1), "still on its way"),
        (("letter V", -2.0, 0.3), "between w = −0.2 and 0.1"),
    ],
)
def test_descent_says_what_became_of_the_walk(values, words):
    _, caption = figures.descent(*values)
    assert words in caption


@pytest.mark.parametrize("name", figures.CURVES)
def test_descent_says_arrived_only_where_it_arrived(name):
    for start, rate in product([-2.0, 0.2, 1.0, 2.0], [0.01, 0.1, 0.3, 0.5, 0.9, 1.0, 1.1]):
        _, caption = figures.descent(name, start, rate)
        curve, w, path = figures.CURVES[name], start, [start]
        for _ in range(24):
            if abs(w) > 1e6:
                break
            w = w - rate * curve.slope(w)
            path.append(w)
        near = [min(abs(w - minimum) for minimum in curve.minima) < 0.01 for w in path]
        if "arrives" in caption:
            first = int(after("From step", caption))
            assert all(near[first:])
            assert first == 0 or not near[first - 1]
        elif "diverges" in caption:
            assert abs(path[-1]) > 2.6
        else:
            assert abs(path[-1]) < 2.6


def test_descent_draws_the_steps_it_takes_above_and_below():
    figure, _ = figures.descent("bowl", -2.0, 0.1)
    above, below = lines(figure, GRADIENT)
    w = -2 * 0.8 ** np.arange(25)
    assert_allclose(above, np.column_stack([w, w**2]), atol=1e-12)
    assert_allclose(below, np.column_stack([w, np.arange(25)]), atol=1e-12)


# Two dimensions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ratio", "rate"), [*product([1, 4, 10, 20], figures.RATES)])
def test_largest_rate_tells_the_three_sides_of_the_limit_apart(ratio, rate):
    _, caption = figures.largest_rate(ratio, rate)
    end = np.array([1.0, 1.0])
    for _ in range(4000):
        end = end - rate * np.array([1.0, ratio]) * end
        if np.abs(end).max() > 1e9:
            break
    size = np.abs(end).max()
    expected = "diverges" if size > 1e9 else "jumps for ever" if size > 0.5 else ("walks in", "zigzags in")
    assert any(word in caption for word in ([expected] if isinstance(expected, str) else expected)), caption
    assert after("multiplies w₁ by", caption) == pytest.approx(1 - rate, rel=6e-3)
    assert after("w₂ by", caption) == pytest.approx(1 - rate * ratio, rel=6e-3, abs=1e-9)


def test_the_rule_marks_the_limit_and_the_rate():
    figure, _ = figures.largest_rate(10, 0.05)
    rule = figure.axes[-1]
    marks = [line.get_xdata() for line in rule.lines]
    assert [0.2, 0.2] in [list(mark) for mark in marks]
    assert [0.05] in [list(mark) for mark in marks]
    assert min(figures.RATES) >= rule.get_xlim()[0]
    assert max(figures.RATES) <= rule.get_xlim()[1]


def test_a_curvature_ratio_below_one_is_refused():
    with pytest.raises(ValueError, match=r"curvature_ratio is 0\.5; a number of at least 1 is expected"):
        figures.largest_rate(0.5, 0.1)


@pytest.mark.parametrize(("w1", "w2"), [*product([-2, -1, 0, 1, 2], [-1.0, -0.5, 0.0, 0.5, 1.0])])
def test_slopes_says_the_gradient_and_points_against_it(w1, w2):
    figure, caption = figures.slopes(w1, w2)
    g1 = central(lambda w: figures.tilted(w, w2), w1)
    g2 = central(lambda w: figures.tilted(w1, w), w2)
    assert after("the cost is", caption) == pytest.approx(w1**2 + w1 * w2 + 2 * w2**2)
    plane = figure.axes[0]
    if w1 or w2:
        assert numbers(caption.split("gradient is")[1]) == pytest.approx([g1, g2], abs=1e-6)
        arrow = np.array(plane.texts[0].xy) - (w1, w2)
        assert arrow @ (g1, g2) == pytest.approx(-np.linalg.norm(arrow) * np.hypot(g1, g2))
        assert [[w1, w2], [0, 0]] in [line.get_xydata().tolist() for line in plane.lines]
    else:
        assert "it is the minimum" in caption
        assert (g1, g2) == pytest.approx((0, 0), abs=1e-9)
        assert not plane.texts


# Starting points --------------------------------------------------------------------------------------------


def test_starting_points_counts_the_runs_that_solve_xor():
    _, caption = figures.starting_points("tanh", 2)
    final = figures.xor_runs("tanh", 2)[:, -1]
    assert f"{(final < 0.1).sum()} of 20" in caption
    assert 5 <= (final < 0.1).sum() <= 15  # some and not all: that is the point
    assert_allclose(final[final > 0.1], np.log(2) / 2, atol=0.02)  # two cases right, ½ for the others


# Averages ---------------------------------------------------------------------------------------------------


def four_or_nine_by_hand() -> tuple[np.ndarray, np.ndarray]:
    pixels, digit = load_digits()
    rows = (digit == 4) | (digit == 9)
    ink = pixels[rows].reshape(-1, 8, 8)[:, :4].sum(axis=(1, 2))
    return (ink - ink.mean()) / ink.std(), (digit[rows] == 9) * 1.0


def cost_by_hand(theta: np.ndarray) -> float:
    x, y = four_or_nine_by_hand()
    z = theta[0] * x + theta[1]
    return float(-(y * log_expit(z) + (1 - y) * log_expit(-z)).mean())


def gradients_by_hand(w: float, b: float) -> np.ndarray:
    x, y = four_or_nine_by_hand()
    delta = expit(w * x + b) - y
    return np.column_stack([delta * x, delta])


def test_the_neurons_gradients_are_those_of_logistic_regression():
    for w, b in [(-1.0, 1.0), (0.0, 0.0), (3.0, -0.5)]:
        assert_allclose(figures.example_gradients(figures.neuron(w, b)), gradients_by_hand(w, b), atol=1e-12)


def test_the_best_neuron_is_the_minimum_that_scipy_finds():
    found = minimize(cost_by_hand, [0.0, 0.0], tol=1e-10)
    theta, lowest = figures.best_neuron()
    assert_allclose(theta, found.x, atol=1e-4)
    assert lowest == pytest.approx(found.fun, abs=1e-9)


@pytest.mark.parametrize("at_the_minimum", [False, True])
def test_gradient_noise_falls_with_the_root_of_the_batch(at_the_minimum):
    place = figures.best_neuron()[0] if at_the_minimum else (-1.0, 1.0)
    each = gradients_by_hand(*place)
    one = np.sqrt(((each - each.mean(axis=0)) ** 2).sum(axis=1).mean())
    for size in (1, 3, 10, 30, 100, 361):
        _, caption = figures.gradient_noise(size, at_the_minimum)
        said = after("the mini-batches' are", caption)
        expected = one / np.sqrt(size) * np.sqrt((361 - size) / 360)  # drawn without replacement
        assert said == pytest.approx(expected, rel=0.25)  # of 100 batches
        assert_allclose(numbers(caption.split("gradient is (")[1])[:2], each.mean(axis=0), atol=6e-3)


@pytest.mark.parametrize("size", [0, 362])
def test_gradient_noise_refuses_a_batch_that_cannot_be(size):
    with pytest.raises(ValueError, match=rf"batch_size is {size}; a whole number from 1 to 361 is expected"):
        figures.gradient_noise(size, False)


def test_a_full_batch_run_is_plain_gradient_descent():
    path, costs, rates = figures.neuron_run(361, "step_decay", 3.0)
    theta, lowest = np.array([-1.0, 1.0]), figures.best_neuron()[1]
    for epoch in range(20):
        assert_allclose(path[epoch], theta, atol=1e-10)
        rate = 3.0 * 0.5 ** (epoch // 4)
        theta = theta - rate * gradients_by_hand(*theta).mean(axis=0)
        assert rates[epoch] == pytest.approx(rate)
        assert costs[epoch] == pytest.approx(cost_by_hand(theta) - lowest, abs=1e-10)


@pytest.mark.parametrize(("size", "steps"), [(1, 361), (10, 37), (60, 7), (361, 1)])
def test_batches_says_the_steps_and_the_costs(size, steps):
    figure, caption = figures.batches(size, "inverse_time_decay", 1.0)
    path, costs, _ = figures.neuron_run(size, "inverse_time_decay", 1.0)
    assert len(path) == 20 * steps + 1
    assert f"{steps} step{'s' * (steps > 1)} an epoch" in caption
    said = numbers(caption.split("above its minimum is")[1])
    assert_allclose(said[0::2], costs[[0, 4, 19]], rtol=0.06)
    assert said[1::2] == [1, 5, 20]
    end = lines(figure, PREDICTION)[0]
    assert_allclose(end[0], path[-1])


def test_a_full_batch_at_its_best_rate_lands_near_the_minimum_in_one_step():
    first = {rate: figures.neuron_run(361, "constant", rate)[1][0] for rate in (0.1, 0.3, 1.0, 3.0, 6.0)}
    assert first[0.1] > 0.9
    assert first[6.0] < 0.01


def test_small_batches_do_not_settle_unless_the_rate_falls():
    _, constant, _ = figures.neuron_run(1, "constant", 1.0)
    _, falling, _ = figures.neuron_run(1, "inverse_time_decay", 1.0)
    assert constant[-5:].mean() > 5 * falling[-5:].mean()


# Optimizers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", figures.SURFACES)
def test_a_surfaces_gradient_is_its_costs(name):
    surface = figures.SURFACES[name]
    for w in np.random.default_rng(0).uniform(-2, 2, (10, 2)):
        numerical = [(surface.cost(w + step) - surface.cost(w - step)) / 2e-6 for step in 1e-6 * np.eye(2)]
        assert_allclose(surface.gradient(w), numerical, atol=1e-7)


@pytest.mark.parametrize("name", figures.SURFACES)
def test_nothing_on_a_surface_is_lower_than_its_lowest(name):
    surface = figures.SURFACES[name]
    w = np.stack(np.meshgrid(np.linspace(-3, 3, 301), np.linspace(-3, 3, 301)), axis=-1)
    assert surface.cost(w).min() == pytest.approx(surface.lowest, abs=1e-3)
    assert surface.cost(w).min() >= surface.lowest - 1e-12


def race_by_hand(surface, name: str, rate: float, steps: int) -> np.ndarray:
    """The three optimizers written out once more."""
    w = np.array(surface.start)
    m = v = velocity = np.zeros(2)
    for t in range(1, steps + 1):
        g = surface.gradient(w)
        if name == "plain":
            w = w - rate * g
        elif name == "momentum":
            velocity = 0.9 * velocity - rate * g
            w = w + velocity
        else:
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            w = w - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w


@pytest.mark.parametrize(
    ("surface", "name", "step"), [*product(figures.SURFACES, figures.OPTIMIZERS, [3, 10, 100])]
)
def test_optimizers_says_where_each_one_is(surface, name, step):
    _, caption = figures.optimizers(surface, 0.015, step)
    ground = figures.SURFACES[surface]
    w = race_by_hand(ground, name, 0.015, step)
    said = caption.split(f"{name.capitalize() if name != 'momentum' else name} at (")[1]
    x, y, cost = numbers(said)[:3]
    assert_allclose([x, y], w, atol=5.1e-3)
    assert cost == pytest.approx(ground.cost(w), rel=0.06, abs=1e-9)


def test_optimizers_says_who_diverged():
    _, caption = figures.optimizers("ravine", 0.1, 100)  # momentum's limit is 2 · 1.9/100 = 0.038
    assert "Plain has diverged; momentum has diverged; Adam at" in caption
    _, caption = figures.optimizers("ravine", 0.03, 100)
    assert "Plain has diverged; momentum at" in caption


@pytest.mark.parametrize("rate", [0.005, 0.019, 0.03])
@pytest.mark.parametrize("name", ["plain", "momentum"])
def test_turning_the_ravine_changes_nothing_for_those_who_follow_the_gradient(name, rate):
    straight, turned = (figures.SURFACES[key] for key in ("ravine", "ravine turned by 45°"))
    costs = [
        [surface.cost(race_by_hand(surface, name, rate, step)) for step in (0, 1, 5, 30, 100)]
        for surface in (straight, turned)
    ]
    assert_allclose(costs[1], costs[0], rtol=1e-6)


def test_turning_the_ravine_costs_adam_its_lead():
    straight, turned = (figures.SURFACES[key] for key in ("ravine", "ravine turned by 45°"))
    plain = straight.cost(race_by_hand(straight, "plain", 0.019, 100))
    assert straight.cost(race_by_hand(straight, "adam", 0.1, 100)) < plain / 50
    assert straight.cost(race_by_hand(straight, "momentum", 0.019, 100)) < plain / 50
    assert turned.cost(race_by_hand(turned, "adam", 0.1, 100)) > 2 * plain
    assert turned.cost(race_by_hand(turned, "adam", 0.4, 100)) < plain / 50


def test_who_crosses_into_the_deep_valley_depends_on_the_rate():
    surface = figures.SURFACES["two valleys"]
    for rate in (0.03, 0.1, 0.2):
        assert race_by_hand(surface, "momentum", rate, 100)[0] < -1
    for rate in (0.03, 0.1, 0.2, 0.4):
        assert race_by_hand(surface, "adam", rate, 100)[0] > 1
    assert race_by_hand(surface, "adam", 0.6, 100)[0] < -1
    assert race_by_hand(surface, "plain", 0.2, 100)[0] > 1
    assert race_by_hand(surface, "plain", 0.4, 100)[0] < -1


# L2 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("l2", [0.0, 0.25, 0.5, 1.0, 3.0])
def test_weight_decay_ends_where_its_update_leads(l2):
    grid = np.linspace(-1, 3, 400_001)
    lowest = grid[np.argmin(0.5 * (grid - 2) ** 2 + 0.5 * l2 * grid**2)]
    for kept in (False, True):
        w = -1.0
        for _ in range(24):
            w -= 0.2 * ((w - 2) + l2 * w * kept)
        _, caption = figures.weight_decay(l2, kept)
        assert after("w = 2/(1 + λ) =", caption) == pytest.approx(lowest, abs=5.1e-3)
        assert after("update, w =", caption) == pytest.approx(w, abs=5.1e-3)
        assert ("not there" in caption) == (abs(w - lowest) > 0.02)


# Names and numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "values", "message"),
    [
        (figures.descent, ("hill", 0.0, 0.1), "function is 'hill'; one of 'bowl', 'two valleys'"),
        (figures.batches, (1, "cosine", 0.1), "schedule is 'cosine'; one of 'constant'"),
        (figures.optimizers, ("bowl", 0.1, 3), "surface is 'bowl'; one of 'ravine'"),
    ],
)
def test_an_unknown_name_is_refused(draw, values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        draw(*values)
