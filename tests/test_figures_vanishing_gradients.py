"""The figures of the chapter vanishing_gradients: what they say is right, by other means than their own."""

import re
from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import expit, log_softmax

import nnlib
from nnlib.figures import vanishing_gradients as figures
from nnlib.figures.runs import training_again
from nnlib.figures.style import GRADIENT, INK, NEGATIVE, POSITIVE, PREDICTION

POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
F = {"sigmoid": expit, "tanh": np.tanh, "relu": lambda z: z * (z > 0)}


def numbers(text):
    """The numbers in a caption; 4.3×10⁻⁶ is one."""
    text = re.sub(r"×10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", lambda found: "e" + found[1].translate(POWERS), text)
    return [
        float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text.replace("−", "-").replace(",", ""))
    ]


def after(words, caption):
    return numbers(caption.split(words, 1)[1])[0]


def lines(figure, color):
    return [
        np.column_stack([line.get_xdata(), line.get_ydata()])
        for axes in figure.axes
        for line in axes.lines
        if line.get_color() == color
    ]


# A deep network on the digits ---------------------------------------------------------------------------


def cost_by_hand(W, X, Y):
    a = X
    for w in W[:-1]:
        a = expit(a @ w.T)
    return -(log_softmax(a @ W[-1].T, axis=1) * Y).sum(axis=1).mean()


def test_the_typical_gradient_of_the_first_layer_is_the_slope_of_the_cost():
    rows, net = figures.digits(), figures.deep_network(2, "sigmoid", "xavier")
    W = [w.copy() for w in net.W]
    direction = np.random.default_rng(0).choice([-1.0, 1.0], W[0].shape)  # a random sign for every weight
    g = net.backward(net.forward(rows.X), rows.Y).W[1]
    h = 1e-4
    rise = (
        cost_by_hand([W[0] + h * direction, *W[1:]], rows.X, rows.Y)
        - cost_by_hand([W[0] - h * direction, *W[1:]], rows.X, rows.Y)
    ) / (2 * h)
    assert (g * direction).sum() == pytest.approx(rise, rel=1e-5)
    said = figures.run(2, "sigmoid", "xavier").gradients[0, 0]
    assert said == pytest.approx(np.sqrt((g**2).mean()), rel=1e-12)


@pytest.mark.parametrize(("activation", "init", "epoch"), [("sigmoid", "xavier", 0), ("relu", "he", 10)])
def test_gradient_by_layer_says_first_last_and_accuracy(activation, init, epoch):
    found = figures.run(2, activation, init)
    figure, caption = figures.gradient_by_layer(2, activation, init, epoch)
    first, last = found.gradients[epoch, [0, -1]]
    assert after("a typical gradient is", caption) == pytest.approx(first, rel=0.06)
    assert after("in the last (", caption) == pytest.approx(last, rel=0.06)
    assert after("in the first layer,", caption) == pytest.approx(last / first, rel=0.06)
    assert f"{100 * found.accuracy[epoch]:.0f} % of the held-back digits" in caption
    assert_allclose(lines(figure, GRADIENT)[0], np.column_stack([[1, 2, 3], found.gradients[epoch]]))
    assert len(lines(figure, PREDICTION)[0]) == epoch + 1


def test_every_layer_of_sigmoid_costs_a_factor_and_tanh_and_relu_do_not():
    for l in range(1, 6):
        before = figures.run(6, "sigmoid", "xavier").gradients[0]
        assert 3 < before[l + 1] / before[l] < 7
    for activation, init in (("tanh", "xavier"), ("relu", "he")):
        before = figures.run(6, activation, init).gradients[0]
        assert 1 < before[-1] / before[0] < 5


def test_small_weights_delay_relu_and_the_sigmoid_does_not_move():
    kinds = [(name, init) for name in ("sigmoid", "relu") for init in ("small", "he")]
    runs = {kind: figures.long_run(8, *kind) for kind in kinds}
    early = {kind: accuracy[figures.EPOCHS] for kind, accuracy in runs.items()}
    assert early.pop(("relu", "he")) > 0.9
    assert max(early.values()) < 0.2
    assert runs["relu", "small"].max() > 0.9
    assert max(runs["sigmoid", init].max() for init in ("small", "he")) < 0.2
    figure, caption = figures.four_networks()
    assert_allclose(numbers(caption)[1:5], [100 * each[figures.EPOCHS] for each in runs.values()], atol=0.5)
    left, right = figure.axes
    for kind, before, after in zip(kinds, left.lines, right.lines, strict=True):
        assert_allclose(before.get_ydata(), figures.run(8, *kind).gradients[0])
        assert_allclose(after.get_ydata(), 100 * runs[kind])


@pytest.mark.parametrize(
    "kind",
    [(6, "sigmoid", "xavier", 1), (8, "sigmoid", "he", 0), (8, "relu", "small", 0), (8, "relu", "he", 0)],
    ids=lambda kind: " ".join(map(str, kind)),
)
def test_a_long_run_was_kept_as_it_goes(kind):
    """Half of the digits are right after as many epochs, give or take a twentieth, and as many at the end."""
    kept = figures.long_run(*kind)
    with training_again():
        found = figures.long_run(*kind)
    half, again = ((each > 0.5).argmax() for each in (kept, found))
    assert again == pytest.approx(half, rel=0.05, abs=2)
    assert found[-1] == pytest.approx(kept[-1], abs=0.03)
    assert abs(found - kept)[:10].max() < 0.02


@pytest.mark.parametrize("activation", F)
def test_learning_speed_draws_first_and_output_layer(activation):
    found = figures.run(3, activation, "he" if activation == "relu" else "xavier")
    figure, caption = figures.learning_speed(3, activation)
    assert_allclose(lines(figure, GRADIENT)[0][:, 1], found.gradients[:, 0])
    assert_allclose(lines(figure, POSITIVE)[0][:, 1], found.gradients[:, -1])
    assert after("epochs it is", caption) == pytest.approx(found.gradients[-1, 0], rel=0.06)
    assert len(found.gradients) == len(found.accuracy) == figures.EPOCHS + 1


# A chain ------------------------------------------------------------------------------------------------


def chain_output(weight, name, biases, moved, h):
    """The last activation of a chain whose bias number ``moved`` is moved by h."""
    a = 1.0
    for l, b in enumerate(biases):
        a = F[name](weight * a + b + h * (l == moved))
    return a


@pytest.mark.parametrize(
    ("weight", "name", "neurons", "steep"), [*product([0.5, 1, 4], F, [2, 6], [False, True])]
)
def test_the_chains_gradients_are_slopes_of_its_output(weight, name, neurons, steep):
    chain = figures.chain_of(weight, name, neurons, steep)
    biases = [b.item() for b in chain.net.b]
    h = 1e-6
    for l in range(neurons):
        ends = [chain_output(weight, name, biases, l, sign * h) for sign in (1, -1)]
        slope = (ends[0] - ends[1]) / (2 * h)
        assert chain.gradients[l] == pytest.approx(slope, rel=1e-4, abs=1e-9)
    steps = np.cumprod(chain.factors[::-1])[::-1]
    assert_allclose(chain.gradients[:-1], steps * chain.gradients[-1], rtol=1e-12)


def test_biases_that_hold_the_slope_do():
    for name, z in (("sigmoid", 0), ("tanh", 0), ("relu", 1)):
        net = figures.chain_of(6, name, 4, True).net
        assert_allclose([z.item() for z in net.forward([[1.0]]).Z[1:]], z, atol=1e-12)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((1, "sigmoid", 6, False), "it vanishes"),
        ((6, "sigmoid", 6, False), "it vanishes"),
        ((6, "sigmoid", 6, True), "it explodes"),
        ((4, "sigmoid", 4, True), "it keeps its size"),
        ((1, "relu", 6, False), "it keeps its size"),
        ((2, "relu", 6, False), "it explodes"),
        ((0.5, "relu", 2, False), "it vanishes"),
        ((4, "tanh", 4, False), "it vanishes"),
    ],
)
def test_chain_says_what_becomes_of_the_gradient(values, words):
    _, caption = figures.chain(*values)
    assert words in caption
    found = figures.chain_of(*values)
    assert after("∂C/∂b is", caption) == pytest.approx(found.gradients[-1], rel=0.06)
    assert after("last neuron and", caption) == pytest.approx(found.gradients[0], rel=0.06)


def test_gradients_below_the_picture_are_marked_at_its_floor():
    figure, caption = figures.chain(6, "tanh", 6, False)
    assert "less than 10⁻¹²" in caption
    assert "are below 0.001" in caption
    lost = figure.axes[1].lines[2]
    assert lost.get_marker() == "v"
    assert len(lost.get_xdata()) == (figures.chain_of(6, "tanh", 6).gradients < 1e-12).sum() > 0


# The way back -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "scale"), [("sigmoid", 1), ("tanh", 4), ("relu", 2)])
def test_errors_are_those_of_a_backward_pass_written_out(name, scale):
    rng = np.random.default_rng(1)
    W = [rng.normal(0, scale / 10, (100, 100)) for _ in range(12)]
    Z, a = [], np.random.default_rng(0).normal(size=(200, 100))
    for w in W[:-1]:
        Z.append(a @ w.T)
        a = F[name](Z[-1])
    delta = np.random.default_rng(2).normal(size=(200, 100))
    found = figures.way_back(name, scale)
    for l in range(12, 0, -1):
        assert found.measured[l - 1] == pytest.approx(np.sqrt((delta**2).mean()), rel=1e-9)
        if l > 1:
            z = Z[l - 2]
            h = 1e-6
            slope = (z > 0) if name == "relu" else (F[name](z + h) - F[name](z - h)) / (2 * h)
            delta = delta @ W[l - 1] * slope
            if l == 2:
                assert_allclose(found.deltas[0], delta, rtol=1e-4, atol=1e-3 * found.measured[0])


@pytest.mark.parametrize(("name", "scale"), [*product(F, [0.5, 1, 1.4, 2, 4])])
def test_the_product_of_the_factors_predicts_the_error(name, scale):
    found = figures.way_back(name, scale)
    assert_allclose(found.measured, found.predicted, rtol=0.2)
    figure, caption = figures.errors_by_layer(name, scale)
    assert after("in layer 12 is", caption) == pytest.approx(found.measured[0], rel=0.06)
    assert after("factors says", caption) == pytest.approx(found.predicted[0], rel=0.06)
    drawn = next(line for line in lines(figure, GRADIENT) if len(line) == 12)
    assert_allclose(drawn[:, 1], found.measured)


def test_a_weight_below_one_can_explode_in_a_layer():
    assert figures.way_back("relu", 2).measured[0] > 10  # weights of spread 0.2


# Promises -----------------------------------------------------------------------------------------------


def test_he_keeps_the_mean_square_of_relu_and_xavier_loses_half_a_layer():
    he, xavier = (figures.moments("relu", init, "equal layers") for init in ("he", "xavier"))
    assert 0.3 < he.forward[-1] / he.forward[0] < 1.2
    assert 0.3 < he.backward[0] / he.backward[-1] < 1.2
    assert he.forward[-1] / he.forward[0] == pytest.approx(2**7 * xavier.forward[-1] / xavier.forward[0])
    assert he.backward[0] == pytest.approx(2**7 * xavier.backward[0])


@pytest.mark.parametrize("shape", figures.SHAPES)
def test_xaviers_promise_is_what_linear_layers_do(shape):
    sizes = figures.SHAPES[shape]
    ahead, back = [], []
    for seed in range(60):
        net = nnlib.Network(sizes, "linear", output="linear", init="xavier", rng=seed)
        a = np.random.default_rng(seed + 200).normal(size=(1, sizes[0]))
        delta = np.random.default_rng(seed + 100).normal(size=(1, sizes[-1]))
        ahead.append((net.forward(a).Z[-1] ** 2).mean())
        for w in list(net.W)[:0:-1]:
            delta = delta @ w
        back.append((delta**2).mean())
    found = figures.moments("tanh", "xavier", shape)
    assert np.mean(ahead) == pytest.approx(found.promised_forward[-1], rel=0.25)
    assert np.mean(back) == pytest.approx(found.promised_backward[0], rel=0.25)


def test_a_sigmoids_mean_square_is_kept_and_its_differences_are_not():
    found = figures.moments("sigmoid", "xavier", "equal layers")
    assert found.forward[-1] > 0.2
    assert found.differs[-1] < 1e-6
    assert found.backward[0] < 1e-6


@pytest.mark.parametrize(("name", "init", "shape"), [*product(F, ["xavier", "he"], figures.SHAPES)])
def test_promises_says_and_draws_them(name, init, shape):
    found = figures.moments(name, init, shape)
    figure, caption = figures.promises(name, init, shape)
    said = numbers(caption.split("mean square of z goes from")[1])
    expected = [found.forward[0], found.forward[-1], found.promised_forward[-1], found.differs[-1]]
    assert_allclose(said[:4], expected, rtol=0.06)
    assert_allclose(said[-2:], [found.backward[0], found.promised_backward[0]], rtol=0.06)
    promised = lines(figure, INK)
    assert_allclose(promised[0][:, 1], found.promised_forward)
    assert_allclose(promised[1][:, 1], found.promised_backward)
    assert (found.differs <= found.forward * (1 + 1e-9)).all()


# Symmetry -----------------------------------------------------------------------------------------------


def test_equal_neurons_never_part_and_others_do():
    for init, epoch in product(("zeros", "equal"), figures.TWINS_EPOCHS):
        _, caption = figures.symmetry(init, epoch)
        assert "are exactly alike" in caption
        net = figures.trained_twins(init).nets[figures.TWINS_EPOCHS.index(epoch)]
        assert_allclose(net.W[1], net.W[1][[1, 2, 3, 0]], atol=1e-9)
    assert figures.trained_twins("zeros").cost[-1] == pytest.approx(np.log(2), abs=1e-6)
    assert figures.trained_twins("equal").accuracy[-1] < 0.9
    assert figures.trained_twins("random").accuracy[-1] == 1
    assert figures.trained_twins("nearly equal").accuracy[-2] < 0.9
    assert figures.trained_twins("nearly equal").accuracy[-1] == 1


def test_equal_neurons_draw_a_straight_line():
    net = figures.trained_twins("equal").nets[-1]
    grid = np.random.default_rng(0).uniform(-2, 2, (500, 2))
    side = net.predict(grid)[:, 0] > 0.5
    w = net.W[1][0]
    along = grid @ w  # the output depends on this one number, and rises or falls with it
    order = np.argsort(along)
    assert np.abs(np.diff(side[order].astype(int))).sum() == 1


def test_symmetry_says_cost_and_accuracy():
    _, caption = figures.symmetry("random", 1000)
    found = figures.trained_twins("random")
    X, labels = figures.half_moons()
    place = figures.TWINS_EPOCHS.index(1000)
    a = expit(
        np.tanh(X @ found.nets[place].W[1].T + found.nets[place].b[1]) @ found.nets[place].W[2].T
        + found.nets[place].b[2]
    )[:, 0]
    cost = -np.where(labels == 1, np.log(a), np.log(1 - a)).mean()
    assert after("Cost", caption) == pytest.approx(cost, abs=6e-4)
    assert f"{100 * ((a > 0.5) == labels).mean():.0f} % of the points right" in caption


# Dead units ---------------------------------------------------------------------------------------------


def test_dead_units_by_hand():
    units = figures.trained_units(5.0, 0.0, 0.0)
    x, y = figures.wave()
    z = x @ units.net.W[1].T + units.net.b[1]
    dead = (z <= 0).all(axis=0)
    assert dead.sum() == units.silent[-1] == 9
    a = z * (z > 0) @ units.net.W[2].T + units.net.b[2]
    assert units.cost == pytest.approx(0.5 * ((a - y) ** 2).mean())
    g = units.net.backward(units.net.forward(x), y)
    assert not g.W[1][dead].any()
    assert g.W[1][~dead].any()
    figure, caption = figures.dead_units(5.0, 0.0, 0.0)
    assert "9 are dead" in caption
    assert len(lines(figure, NEGATIVE)) == 9
    assert len(lines(figure, POSITIVE)) == 3


def test_with_a_leak_silent_neurons_still_get_a_gradient():
    units = figures.trained_units(5.0, 0.0, 0.1)
    x, y = figures.wave()
    silent = (units.net.forward(x).Z[1] <= 0).all(axis=0)
    g = units.net.backward(units.net.forward(x), y)
    assert silent.any()
    assert g.W[1][silent].all()
    assert units.cost < figures.trained_units(5.0, 0.0, 0.0).cost / 10
    assert "silent but not stuck" in figures.dead_units(5.0, 0.0, 0.1)[1]


@pytest.mark.parametrize("leak", [0.0, 0.1])
def test_networks_side_by_side_learn_as_one_does(leak):
    silent, cost = figures.many_units(5.0, 0.0, leak, starts=2)
    alone = figures.trained_units(5.0, 0.0, leak)  # the seed is 1
    assert silent[1] == alone.silent[-1]
    assert cost[1] == pytest.approx(alone.cost, rel=1e-6)


def test_a_long_first_step_harms_many_starts_and_a_leak_saves_some():
    missed = {
        (rate, leak): (~(figures.many_units(rate, 0.0, leak)[1] < 0.03)).sum()  # too high, or nan
        for rate in (0.05, 2.0)
        for leak in (0.0, 0.1)
    }
    assert missed[0.05, 0.0] == missed[0.05, 0.1] == 0
    assert missed[2.0, 0.0] > missed[2.0, 0.1] > 0


def test_a_dead_relu_stays_dead():
    for rate, bias in product([0.05, 10.0], [-2.0, 0.0]):
        silent = figures.trained_units(rate, bias, 0.0).silent
        assert (np.diff(silent) >= 0).all()
    assert (
        figures.trained_units(0.05, -2.0, 0.0).silent[0]
        > figures.trained_units(0.05, -1.0, 0.0).silent[0]
        > 0
    )


# Names and numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "values", "message"),
    [
        (figures.gradient_by_layer, (2, "relu", "magic", 0), "init is 'magic'; one of 'small'"),
        (figures.promises, ("relu", "he", "round"), "shape is 'round'; one of 'equal layers'"),
        (figures.symmetry, ("ones", 0), "init is 'ones'; one of 'zeros'"),
        (figures.symmetry, ("equal", 3), "epoch is 3; one of 0, 10, 100, 1000, 2000 is expected"),
    ],
)
def test_what_is_not_there_is_refused(draw, values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        draw(*values)
