"""The figures of the chapter on vanishing gradients: every gradient in them is a real network's."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import setp

from nnlib import checks
from nnlib.activations import ACTIVATIONS, leaky_relu
from nnlib.checks import Array
from nnlib.data import Labels, moons, one_hot
from nnlib.figures import digits_runs, marks, runs, style
from nnlib.figures.marks import DOTS, SAID, SQUARES, WANTED, decades, guide, note, spot
from nnlib.figures.networks import draw_network
from nnlib.figures.seen import across, course, seen
from nnlib.figures.style import DASHED, DOTTED, GRADIENT, MUTED, NEGATIVE, POSITIVE, Frame, canvas, styled
from nnlib.figures.words import count, fixed, named, percent, raised, sentence, short, size, ten
from nnlib.initializers import INITIALIZERS, Initializer, constant, normal
from nnlib.network import Network
from nnlib.optimizers import GradientDescent


def typical(values: Array) -> float:
    """The root of the mean square: the size of a typical one."""
    return float(np.sqrt((values * values).mean()))


# A deep network on the digits -------------------------------------------------------------------------------


class Rows(NamedTuple):
    """Standardised digits: inputs and one-hot targets to learn from, inputs and labels held back."""

    X: Array
    Y: Array
    V: Array
    labels: Labels


@cache
def digits() -> Rows:
    """The training and validation rows of the digits chapter; do not change them."""
    X, V = digits_runs.inputs()
    rows, labels = digits_runs.parts(), digits_runs.images().labels
    return Rows(X, one_hot(labels[rows.training], 10), V, labels[rows.validation])


#: Two panels side by side stand below each other on a phone.
_BELOW: dict[str, Any] = {"rows": 2, "cols": 1, "height": 5.0, "hspace": 0.88}

EPOCHS = 10
LONG, LONGEST = 120, 1500  # for eight layers that take their time, and for six of sigmoid
RATE = 0.1
SMALL = 0.1  # the spread of the small weights

STARTS: dict[str, Initializer] = {
    "small": normal(SMALL),
    "xavier": INITIALIZERS["xavier"],
    "he": INITIALIZERS["he"],
}
_START_WORDS = {"small": f"weights of spread {SMALL:g}", "xavier": "Xavier weights", "he": "He weights"}


class Run(NamedTuple):
    """Before training and after each epoch: typical gradients of the weights, and the held-back accuracy."""

    gradients: Array  # (epochs + 1, layers)
    accuracy: Array  # (epochs + 1,)


def deep_network(hidden_layers: int, activation: str, init: str, seed: int = 0) -> Network:
    """64 pixels, hidden layers of 30 neurons, ten softmax outputs."""
    start = STARTS[checks.one_of("init", init, STARTS)]
    return runs.classifier([64, *[30] * hidden_layers, 10], activation, start, rng=seed)


@cache
def run(hidden_layers: int, activation: str, init: str, epochs: int = EPOCHS) -> Run:
    """A deep network learning the digits by plain gradient descent in batches of 32."""
    rows, net = digits(), deep_network(hidden_layers, activation, init)

    def look(net: Network) -> tuple[list[float], float]:
        return layer_gradients(net), float((net.classify(rows.V) == rows.labels).mean())

    seen = runs.watched(net, rows.X, rows.Y, look, epochs, optimizer=GradientDescent(RATE))
    slopes, accuracy = zip(*seen, strict=True)
    return Run(np.array(slopes), np.array(accuracy))


def layer_gradients(net: Network) -> list[float]:
    """Layer by layer, the size of a typical weight's gradient on all images to learn from."""
    rows = digits()
    return [typical(w) for w in net.backward(net.forward(rows.X), rows.Y).W]


@runs.trained_once("vanishing_gradients")
def right_after(epochs: int, hidden_layers: int, activation: str, init: str, seed: int) -> list[int]:
    """How many of the held-back digits are right, before training and after each epoch."""
    rows, net = digits(), deep_network(hidden_layers, activation, init, seed)

    def right(net: Network) -> int:
        return int((net.classify(rows.V) == rows.labels).sum())

    return runs.watched(net, rows.X, rows.Y, right, epochs, optimizer=GradientDescent(RATE), rng=seed)


def long_run(hidden_layers: int, activation: str, init: str, seed: int = 0) -> Array:
    """The held-back accuracy before training and after each of many epochs, trained once and kept."""
    epochs = LONG if hidden_layers == 8 else LONGEST
    return np.array(right_after(epochs, hidden_layers, activation, init, seed)) / len(digits().labels)


@styled
def gradient_by_layer(hidden_layers: int, activation: str, init: str, epoch: int) -> Frame:
    """How large a typical weight's gradient is, layer by layer, and what the network has learned."""
    found = run(hidden_layers, activation, init)
    now, layers = found.gradients[epoch], np.arange(1, hidden_layers + 2)
    below = _BELOW | {"height": 5.4}
    figure, (left, right) = canvas(
        1, 2, height=3.1, left=0.72, wspace=0.72, width_ratios=[1.6, 1], narrow=below
    )
    if epoch:
        left.plot(layers, found.gradients[0], color=MUTED, linestyle=DASHED, linewidth=1)
    left.plot(layers, now, color=GRADIENT, **DOTS)
    left.set(xlim=(0.6, 7.4), xticks=[1, 3, 5, 7], xlabel="layer", title="a typical weight's gradient")
    decades(left.yaxis, range(-9, 1, 3), 1e-10, 1.5)
    right.plot(found.accuracy[: epoch + 1] * 100, color=style.PREDICTION)
    spot(right, epoch, found.accuracy[epoch] * 100, style.PREDICTION, clip_on=False)
    guide(right, y=10, linestyle=DOTTED)
    x, y = (9.6, 9) if style.is_narrow() else (EPOCHS, 6.8)
    note(right, x, y, "guessing", MUTED, ha="right", va="top")
    right.set(xlim=(0, EPOCHS), ylim=(0, 100), xticks=[0, 5, 10], xlabel="epoch", title="% right")
    before = f" A thin dashed one, from before training, {course(left.lines[0])}." if epoch else ""
    seen(left, f"A line with dots {course(left.lines[-1])}.{before}")
    seen(right, f"A line with a dot at its end {course(right.lines[0])}. A dotted level line is low.")
    return figure, (
        f"{count(hidden_layers, 'hidden layer')}, {named(activation)}, {_START_WORDS[init]}, "
        f"{'before training' if not epoch else 'after ' + count(epoch, 'epoch')}: a typical gradient is "
        f"{size(now[0])} in the first layer, {_ratio(now)} than in the last ({size(now[-1])}). "
        f"{percent(found.accuracy[epoch])} of the held-back digits are right."
    )


@styled
def learning_speed(hidden_layers: int, activation: str) -> Frame:
    """The typical gradient of every layer's weights, epoch by epoch."""
    init = runs.fitting(activation)
    found = run(hidden_layers, activation, init)
    epochs = np.arange(EPOCHS + 1)
    figure, axes = canvas(height=3.3, left=0.72, right=1.15, narrow={"right": 0.18, "top": 0.62})
    axes.plot(epochs, found.gradients[:, 1:-1], color=MUTED, linewidth=1)
    axes.plot(epochs, found.gradients[:, -1], color=POSITIVE, linestyle=DASHED, **SQUARES)
    axes.plot(epochs, found.gradients[:, 0], color=GRADIENT, **DOTS)
    axes.set(xlim=(0, EPOCHS), xticks=[0, 5, 10], xlabel="epoch")
    axes.set_title("a typical weight's gradient", pad=25 if style.is_narrow() else None)
    decades(axes.yaxis, range(-6, 1, 2), 1e-7, 1.5)
    squares, dots = (course(line) for line in axes.lines[-2:])
    between = f", and {count(len(axes.lines) - 2, 'thin line')} in between" if len(axes.lines) > 2 else ""
    seen(axes, f"The line with squares {squares}; the one with dots {dots}{between}.")
    lines = {"●  layer 1": GRADIENT, "―  between": MUTED, "■  output": POSITIVE}
    for place, (words, color) in enumerate(lines.items()):
        x, y = ((0, 0.34, 0.74)[place], 1.06) if style.is_narrow() else (1.03, 0.97 - 0.1 * place)
        note(axes, x, y, words, color, inside=True, ha="left")
    first, last = found.gradients[0], found.gradients[-1]
    return figure, (
        f"{count(hidden_layers, 'hidden layer')}, {named(activation)}, {_START_WORDS[init]}. At the start a "
        f"typical gradient of layer 1 is {size(first[0])}, {_ratio(first)} than the output layer's; after "
        f"{EPOCHS} epochs it is {size(last[0])}, and {percent(found.accuracy[-1])} of the held-back digits "
        "are right."
    )


@styled
def four_networks() -> Frame:
    """Eight hidden layers four times: sigmoid or ReLU, small weights or He weights."""
    below = _BELOW | {"height": 5.4, "height_ratios": [1.5, 1]}
    figure, (left, right) = canvas(1, 2, height=3.4, left=0.72, wspace=0.75, narrow=below)
    said, epochs = [], np.arange(LONG + 1)
    for activation, init, x, y in (
        ("sigmoid", "small", 3.4, 1.2e-9),
        ("sigmoid", "he", 0.8, 4e-4),
        ("relu", "small", 5.3, 1.2e-6),
        ("relu", "he", 0.8, 1.5e-1),
    ):
        start, accuracy = deep_network(8, activation, init), long_run(8, activation, init)
        color, marks_on = (POSITIVE, DOTS) if activation == "relu" else (NEGATIVE, SQUARES)
        look: dict[str, Any] = {"color": color, "linestyle": DASHED if init == "small" else "-"}
        left.plot(range(1, 10), layer_gradients(start), **look, **marks_on)
        words = f"{named(activation)}, {named(init)}"
        note(left, x, y, words, color, ha="left", va="bottom")
        right.plot(epochs, accuracy * 100, clip_on=False, **look)
        said.append(f"{words} {percent(accuracy[EPOCHS])}")
    left.set(xlim=(0.6, 9.4), xticks=[1, 3, 5, 7, 9], xlabel="layer", title="gradient before training")
    decades(left.yaxis, range(-10, 1, 2), 1e-10, 1.5)
    right.set(xlim=(0, LONG), ylim=(0, 100), xticks=[0, 30, 60, 90, 120], xlabel="epoch", title="% right")
    names = ("dashed with squares", "solid with squares", "dashed with dots", "solid with dots")
    for axes in (left, right):
        kinds = names if axes is left else ("orange dashed", "orange solid", "blue dashed", "blue solid")
        told = zip(kinds, (course(line) for line in axes.lines), strict=True)
        seen(axes, f"Four lines: {'; '.join(f'{kind}: {words}' for kind, words in told)}.")
    return figure, (
        f"Eight hidden layers. Held-back digits right after {EPOCHS} epochs: {'; '.join(said)}. "
        f"The curves of % right go on to epoch {LONG}."
    )


# A chain of single neurons ----------------------------------------------------------------------------------


class Chain(NamedTuple):
    """A chain's network, its activations, its factors w·f′(z), and the gradients of its biases."""

    net: Network
    activations: Array  # x first
    factors: Array  # from neuron l + 1 back to neuron l, l = 1 … L − 1
    gradients: Array  # ∂C/∂b of neuron 1 … L


def chain_of(weight: float, activation: str, neurons: int, steep: bool = False) -> Chain:
    r"""A chain of neurons with equal weights, $x = 1$ and $\partial C/\partial a^{(L)} = 1$.

    Its biases are 0 or, if ``steep``, hold every $z$ where the slope is largest: at 0, for ReLU at 1.
    """
    a: Array = np.ones((1, 1))
    net = Network([1] * (neurons + 1), activation, output=activation, cost="quadratic", init=constant(weight))
    f = ACTIVATIONS[activation]
    for l in range(1, neurons + 1):
        if steep:
            net.b[l] = ((activation == "relu") - weight * a)[0]
        a = f(weight * a + net.b[l])
    p = net.forward([[1.0]])
    g = net.backward(p, p.A[-1] - 1)  # so that ∂C/∂a of the last neuron is 1
    slopes = [float(f.prime(p.Z[l], p.A[l])[0, 0]) for l in range(1, neurons + 1)]
    gradients = np.array([float(g.b[l][0]) for l in range(1, neurons + 1)])
    return Chain(net, np.array([a.item() for a in p.A]), weight * np.array(slopes[:-1]), gradients)


_FLOOR = 1e-12


@styled
def chain(weight: float, activation: str, neurons: int, steep: bool) -> Frame:
    """A chain of single neurons, and the gradient of each bias: a factor w·f′(z) for every step back."""
    found = chain_of(weight, activation, neurons, steep)
    phone = style.is_narrow()
    how: dict[str, Any] = {"hspace": 0.3, "height_ratios": [1, 2.6], "narrow": {"height": 4.3, "right": 0.08}}
    figure, (above, below) = canvas(2, 1, height=3.9, left=0.72, **how)
    inside = [_inside(a) for a in found.activations]
    layers = draw_network(above, list(found.net.W), names=[[""] if phone else [a] for a in inside])
    if phone:  # the numbers stand below neurons that are too close for them
        setp(above.lines, markersize=12)
        for (neuron,), a in zip(layers, inside, strict=True):
            note(above, neuron.x, -0.42, a)
    above.set(xlim=(-0.4, 6.4), ylim=(-0.6, 0.9))
    for layer in layers:
        x = layer[0].x
        note(above, x, 0.72, "x" if x == 0 else rf"$a^{{({int(x)})}}$", MUTED, va="baseline")
    above.set_title(f"every w = {short(weight)}", loc="right", fontsize=10)

    shown = np.maximum(found.gradients, _FLOOR)
    at = np.arange(1, neurons + 1)
    guide(below, y=1, linestyle=DOTTED)
    below.plot(at, shown, color=GRADIENT, **DOTS)
    lost = found.gradients < _FLOOR
    spot(below, at[lost], shown[lost], GRADIENT, hollow=True, marker="v", clip_on=False)
    for l, factor in enumerate(found.factors, 1):
        words = f"× {_factor(factor)}".replace("× <", "<")
        up = 2 * (l % 2) if phone else 0  # in turn up and down, where they are wider than a step
        note(below, l + 0.5, 10 ** (5.8 + up), words)  # above every curve
    below.set(xlim=(-0.4, 6.4), xticks=range(1, 7), xlabel="neuron", ylabel="∂C/∂b")
    decades(below.yaxis, range(-12, 7, 6), _FLOOR / 3, 1e9 if phone else 1e7)

    seen(above, f"Circles in a row, {neurons + 1} of them, each joined to the next by a line.")
    seen(below, f"A line with dots {course(below.lines[1])}. A dotted level line is at 1.")
    first, last = found.gradients[0], found.gradients[-1]
    mean = (first / last) ** (1 / len(found.factors))
    fate = "it vanishes" if mean < 0.8 else "it explodes" if mean > 1.25 else "it keeps its size"
    low, high = _factor(found.factors.min()), _factor(found.factors.max())
    factors = f"are {low}" if low == high else f"lie between {low} and {high}"
    factors = factors.replace("are <", "are below ")
    held = ", biases that hold the slope at its largest" if steep else ""
    return figure, (
        f"{count(neurons, f'{named(activation)} neuron')}, w = {short(weight)}{held}: the factors w·f′(z) "
        f"{factors}. ∂C/∂b is {_tiny(last)} at the last neuron and {_tiny(first)} at the first: {fate}."
    )


def _inside(value: float) -> str:
    """An activation, short enough to stand in its neuron."""
    if abs(value) >= 99:
        return f"10{raised(round(np.log10(value)))}"
    return fixed(value, 1 if value > 9.99 else 2)


def _factor(value: float) -> str:
    if value < 0.001:
        return "<0.001"
    return fixed(value, 2 if value >= 0.1 else 3)


def _tiny(value: float) -> str:
    return size(value) if value >= 1e-12 else "less than 10⁻¹²"


# Layers of many neurons: the way back -----------------------------------------------------------------------

_WIDTH, _DEPTH, _EXAMPLES = 100, 12, 200


class WayBack(NamedTuple):
    """Errors by layer, from the first to the last, and what a product of factors says about them."""

    deltas: tuple[Array, ...]
    measured: Array
    predicted: Array
    slope: float  # typical f′, the mean of the layers


@cache
def way_back(activation: str, weight_scale: float) -> WayBack:
    r"""Random errors of size 1 sent back through a network whose weights have the spread s/√n.

    Twelve layers of 100 neurons, the last one linear; 200 standard normal examples. The prediction multiplies
    by $\sqrt n \cdot \mathrm{sd}(w) \cdot f'$ a layer, $f'$ the layer's typical slope.
    """
    spread = normal(weight_scale / _WIDTH**0.5)
    net = Network([_WIDTH] * (_DEPTH + 1), activation, output="linear", cost="quadratic", init=spread, rng=1)
    p = net.forward(np.random.default_rng(0).normal(size=(_EXAMPLES, _WIDTH)))
    errors = np.random.default_rng(2).normal(size=(_EXAMPLES, _WIDTH))
    delta = net.backward(p, p.A[-1] - errors).delta[1:]
    slopes = [typical(net.f[l].prime(p.Z[l], p.A[l])) for l in range(1, _DEPTH)]
    factors = np.array([*(weight_scale * slope for slope in slopes), typical(errors)])
    predicted = np.cumprod(factors[::-1])[::-1]
    return WayBack(tuple(delta), np.array([typical(d) for d in delta]), predicted, float(np.mean(slopes)))


def _four(found: WayBack) -> list[Array]:
    """The errors of the layers that are drawn, none where all of them are 0."""
    some = [found.deltas[layer - 1] for layer in (1, 4, 8, 12)]
    return [errors if errors.any() else np.array([1e-12]) for errors in some]


@styled
def errors_by_layer(activation: str, weight_scale: float) -> Frame:
    """Histograms of the errors δ, layer by layer, and their typical size beside its prediction."""
    found = way_back(activation, weight_scale)
    figure, (left, right) = canvas(1, 2, height=3.5, left=0.85, bottom=0.62, wspace=0.75, narrow=_BELOW)
    edges = np.arange(-12, 6.1, 0.5)
    for place, layer in enumerate((1, 4, 8, 12)):
        sizes = np.abs(found.deltas[layer - 1])
        counts, _ = np.histogram(np.log10(np.clip(sizes[sizes > 0], 1e-12, 1e6)), edges)
        bars = 0.9 * counts / max(int(counts.max()), 1) + place
        look = {"facecolor": style.POSITIVE_AREA, "edgecolor": GRADIENT, "linewidth": 0.9}
        left.stairs(bars, edges, baseline=place, fill=True, **look)
    left.set(xlim=(-12, 6), ylim=(0, 4), yticks=[0.4, 1.4, 2.4, 3.4], title="sizes of the errors δ")
    left.set_yticklabels(["layer 1", "4", "8", "12"])
    marks.ticks(left.xaxis, [-12, -6, 0, 6], [ten(k) for k in (-12, -6, 0, 6)])
    left.set_xlabel("|δ|, those that are 0 left out")
    layers = np.arange(1, _DEPTH + 1)
    guide(right, y=1, linestyle=DOTTED)
    right.plot(layers, found.predicted, **WANTED)
    spot(right, layers, found.measured, GRADIENT, 5)
    right.set(xlim=(0.4, 12.6), xticks=[1, 4, 8, 12], xlabel="layer", title="typical δ")
    decades(right.yaxis, range(-12, 7, 6), 1e-12, 1.5e6)
    piles = [across(left, np.median(np.log10(np.clip(np.abs(d[d != 0]), 1e-12, 1e6)))) for d in _four(found)]
    seen(left, f"Four heaps of bars above each other, from the lowest up: {', '.join(piles)}.")
    dashed, dots = (course(line) for line in right.lines[1:3])
    seen(right, f"The dashed line {dashed}; the row of dots {dots}. A dotted level line is at 1.")
    factor = weight_scale * found.slope
    return figure, (
        f"{sentence(named(activation))}, weights spread {short(weight_scale)}/√n: the factor √n·sd(w)·f′ is "
        f"about {short(weight_scale)} × {fixed(found.slope)} = {fixed(factor)} a layer. A typical δ of 1 in "
        f"layer 12 is {size(found.measured[0])} in layer 1; the product of the factors says "
        f"{size(found.predicted[0])}."
    )


# What Xavier and He promise ---------------------------------------------------------------------------------

SHAPES: dict[str, list[int]] = {
    "equal layers": [100] * 9,
    "narrowing layers": [340, 300, 260, 220, 180, 140, 100, 60, 20],
}


class Moments(NamedTuple):
    """Mean squares by layer, from the first to the last, and what the initialiser promises."""

    forward: Array  # of z
    differs: Array  # of z, only what differs from example to example
    backward: Array  # of δ
    promised_forward: Array
    promised_backward: Array


@cache
def moments(activation: str, init: str, shape: str) -> Moments:
    r"""Mean squares of $z$ and $\delta$ in a fresh network of eight layers, the last one linear.

    An initialiser of variance $v$ promises a factor $n_{in} v$ a layer forwards and $n_{out} v$ backwards if
    the activation passes everything on (Xavier), half of it if it passes on half (He).
    """
    sizes = SHAPES[checks.one_of("shape", shape, SHAPES)]
    net = Network(sizes, activation, output="linear", cost="quadratic", init=init, rng=1)
    p = net.forward(np.random.default_rng(0).normal(size=(400, sizes[0])))
    errors = np.random.default_rng(2).normal(size=(400, sizes[-1]))
    delta = net.backward(p, p.A[-1] - errors).delta[1:]
    passed = 0.5 if init == "he" else 1.0
    variance = [2 / (m if init == "he" else m + n) for n, m in zip(sizes[1:], sizes[:-1], strict=True)]
    ahead = [sizes[0] * variance[0]]
    for l in range(1, net.L):
        ahead.append(ahead[-1] * passed * sizes[l] * variance[l])
    back = [1.0]
    for l in range(net.L - 1, 0, -1):
        back.append(back[-1] * passed * sizes[l + 1] * variance[l])
    return Moments(
        np.array([typical(z) ** 2 for z in p.Z[1:]]),
        np.array([float(z.var(axis=0).mean()) for z in p.Z[1:]]),
        np.array([typical(d) ** 2 for d in delta]),
        np.array(ahead),
        np.array(back[::-1]),
    )


@styled
def promises(activation: str, init: str, shape: str) -> Frame:
    """Mean squares of z and δ by layer in a fresh network, beside what the initialiser promises."""
    found = moments(activation, init, shape)
    below = _BELOW | {"height": 5.5, "bottom": 1.2}
    figure, (left, right) = canvas(1, 2, height=3.4, left=0.72, bottom=0.85, wspace=0.75, narrow=below)
    layers = np.arange(1, len(found.forward) + 1)
    for axes, measured, promised, title in (
        (left, found.forward, found.promised_forward, "forwards: mean of z²"),
        (right, found.backward, found.promised_backward, "backwards: mean of δ²"),
    ):
        axes.plot(layers, promised, **WANTED)
        axes.plot(layers, measured, color=POSITIVE if axes is left else GRADIENT, **DOTS)
        axes.set(xlim=(0.6, 8.4), xticks=[1, 4, 8], xlabel="layer", title=title)
        decades(axes.yaxis, range(-8, 1, 4), 1e-10, 150)
    differs = {"color": NEGATIVE, "linestyle": DOTTED, **SQUARES}
    left.plot(layers, found.differs, **differs)
    for axes in (left, right):
        dashed, dots = (course(line) for line in axes.lines[:2])
        third = f"; the dotted one with squares {course(left.lines[2])}" if axes is left else ""
        seen(axes, f"The dashed line {dashed}; the one with dots {dots}{third}.")
    words = {"promised": WANTED, "measured": {"color": MUTED, **DOTS}}
    words["of which differs between examples"] = differs
    rows = {"ncols": 1} if style.is_narrow() else {}
    marks.legend(figure, words, (0.5, 0), loc="lower center", **rows)
    return figure, (
        f"{named(init)}, {named(activation)}, {shape}: from layer 1 to 8 the mean square of z goes from "
        f"{size(found.forward[0])} to {size(found.forward[-1])} (promised: "
        f"{size(found.promised_forward[-1])}); {size(found.differs[-1])} of it differs between examples. "
        f"Back in layer 1 the mean square of δ is {size(found.backward[0])} (promised: "
        f"{size(found.promised_backward[0])})."
    )


# Symmetry ---------------------------------------------------------------------------------------------------

TWINS_EPOCHS = (0, 10, 100, 1000, 2000)
_TWIN_WORDS = {
    "zeros": "All weights 0",
    "equal": "All weights 0.5",
    "nearly equal": "First weights of 0.5 and a little noise",
    "random": "Random weights",
}
TWINS = tuple(_TWIN_WORDS)


class Twins(NamedTuple):
    """The network at each of ``TWINS_EPOCHS``, with its cost and accuracy."""

    nets: tuple[Network, ...]
    cost: Array
    accuracy: Array


@cache
def half_moons() -> tuple[Array, Labels]:
    """100 standardised points of the half-moons; do not change them."""
    X, labels = moons(100, noise=0.1, rng=0)
    return (X - X.mean(axis=0)) / X.std(axis=0), labels


def twin_network(init: str) -> Network:
    """A 2-4-1 tanh network whose four hidden neurons start alike, nearly alike, or not."""
    checks.one_of("init", init, _TWIN_WORDS)
    net = runs.decider([2, 4, 1], init="zeros")
    rng = np.random.default_rng(3)
    if init == "random":
        net.W[1], net.W[2] = rng.normal(0, 0.7, (4, 2)), rng.normal(0, 0.7, (1, 4))
    elif init != "zeros":
        net.W[1] = 0.5 + (init == "nearly equal") * rng.normal(0, 0.02, (4, 2))
        net.W[2] = np.full((1, 4), 0.5)
    return net


@cache
def trained_twins(init: str) -> Twins:
    """Full-batch gradient descent with η = 1."""
    X, labels = half_moons()
    Y, net, kept = labels[:, None].astype(float), twin_network(init), []
    for epoch in range(TWINS_EPOCHS[-1] + 1):
        if epoch in TWINS_EPOCHS:
            kept.append(net.copy())
        net.parameters -= net.backward(net.forward(X), Y).flat
    accuracy = [float((each.classify(X) == labels).mean()) for each in kept]
    return Twins(tuple(kept), np.array([each.cost(X, Y) for each in kept]), np.array(accuracy))


def apart(net: Network) -> float:
    """The largest difference between two hidden neurons' weights from the same input."""
    return float(np.ptp(net.W[1], axis=0).max())


@styled
def symmetry(init: str, epoch: int) -> Frame:
    """Four hidden neurons that start alike or not: the network, and the boundary it draws."""
    place = TWINS_EPOCHS.index(checks.one_of("epoch", epoch, TWINS_EPOCHS))
    found = trained_twins(init)
    net = found.nets[place]
    below = {"rows": 2, "cols": 1, "height": 5.1, "left": 0.62, "right": 0.62, "top": 0.1, "hspace": 0.4}
    figure, (left, right) = canvas(1, 2, height=2.9, left=0.05, wspace=0.62, narrow=below)
    draw_network(left, list(net.W), names=[["x₁", "x₂"], ["h₁", "h₂", "h₃", "h₄"], ["ŷ"]])
    marks.regions(right, lambda points: net.predict(points) - 0.5, (-2.3, 2.3), 47)
    marks.classes(right, *half_moons(), 4)
    marks.plane(right, (-2.3, 2.3), [-2, 0, 2], "x₁", "x₂", "what it says")
    border = "A border parts the plane in two shades" if right.collections else "The plane has one shade"
    seen(right, f"Two crescents that reach into each other, hollow squares and dots. {border}.")
    difference = apart(net)
    alike = "are exactly alike" if difference < 1e-9 else f"differ by up to {size(difference)}"
    return figure, (
        f"{_TWIN_WORDS[init]}, {'at the start' if not epoch else 'after ' + count(epoch, 'epoch')}: "
        f"the four hidden neurons {alike}. Cost {fixed(found.cost[place], 3)}, "
        f"{percent(found.accuracy[place])} of the points right."
    )


# Dead units -------------------------------------------------------------------------------------------------

UNITS = 12
_STEPS, _ORDINARY = 4000, 0.05


class Units(NamedTuple):
    """A trained 1-12-1 network, and how many hidden neurons were silent before each step and at the end."""

    net: Network
    silent: Array
    cost: float


def wave() -> tuple[Array, Array]:
    """41 points of sin 2x, x from −2 to 2."""
    x = np.linspace(-2, 2, 41)[:, None]
    return x, np.sin(2 * x)


@cache
def trained_units(learning_rate: float, bias: float, leak: float) -> Units:
    """4,000 full-batch steps, the first with ``learning_rate``, all others with 0.05."""
    x, y = wave()
    hidden = leaky_relu(leak) if leak else ACTIVATIONS["relu"]
    net = Network([1, UNITS, 1], hidden, output="linear", cost="quadratic", init="he", rng=1)
    net.b[1] = np.full(UNITS, bias)
    highest = []
    for step in range(_STEPS + 1):
        p = net.forward(x)
        highest.append(p.Z[1].max(axis=0))
        if step < _STEPS:
            net.parameters -= (_ORDINARY if step else learning_rate) * net.backward(p, y).flat
    return Units(net, (np.array(highest) <= 0).sum(axis=1), net.cost(x, y))


def many_units(learning_rate: float, bias: float, leak: float, starts: int = 20) -> tuple[Array, Array]:
    """``trained_units`` from the seeds 0 to ``starts`` − 1: silent neurons and cost at the end, a start each.

    The networks are trained side by side, stacked along the first axis; a cost is nan where one diverged.
    """
    x, y = wave()
    nets = [
        Network([1, UNITS, 1], "relu", output="linear", cost="quadratic", init="he", rng=seed)
        for seed in range(starts)
    ]
    w, v = (np.array([net.W[l].T for net in nets]) for l in (1, 2))
    b, c = np.full_like(w, bias), np.zeros((starts, 1, 1))
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(_STEPS + 1):
            z = x * w + b
            slope = np.where(z > 0, 1, leak)
            a = z * slope
            error = a @ v + c - y
            if step == _STEPS:
                break
            delta = error * v.transpose(0, 2, 1) * slope
            eta = (_ORDINARY if step else learning_rate) / len(x)
            v -= eta * a.transpose(0, 2, 1) @ error
            c -= eta * error.sum(axis=1, keepdims=True)
            w -= eta * (x * delta).sum(axis=1, keepdims=True)
            b -= eta * delta.sum(axis=1, keepdims=True)
    return (z.max(axis=1) <= 0).sum(axis=1), (error**2).mean(axis=(1, 2)) / 2


@styled
def dead_units(learning_rate: float, bias: float, leak: float) -> Frame:
    """Where each hidden neuron is alive after training, and the curve they draw together."""
    found = trained_units(learning_rate, bias, leak)
    x, y = wave()
    figure, (above, below) = canvas(2, 1, height=4.3, left=0.72, hspace=0.3, sharex=True)
    above.plot(x, y, **WANTED)
    above.plot(x, found.net.predict(x), **SAID)
    above.set(ylim=(-1.5, 1.5), yticks=[-1, 0, 1], ylabel="output ŷ")
    above.set_title("the curve, and its target dashed")
    z = found.net.forward(x).Z[1]
    below.hlines(range(UNITS), -2.1, 2.1, color=MUTED, linewidth=0.5)
    for unit in range(UNITS):
        alive = x[z[:, unit] > 0, 0]
        if len(alive):
            below.plot([alive[0], alive[-1]], [unit, unit], color=POSITIVE, linewidth=5)
        else:
            spot(below, 0, unit, NEGATIVE, 7, hollow=True, marker="o" if leak else "x")
    below.set(xlim=(-2.1, 2.1), ylim=(-0.8, UNITS - 0.2), xlabel="input x", ylabel="hidden neuron")
    marks.ticks(below.yaxis, [0, UNITS - 1], ["1", str(UNITS)])
    below.set_title("where each is alive (bar)", fontsize=10.5)
    dashed, solid = (course(line) for line in above.lines[:2])
    seen(above, f"The solid line {solid}; the dashed one {dashed}.")
    alive = int((z > 0).any(axis=0).sum())
    mark = "a circle" if leak else "a cross"
    seen(
        below,
        f"Twelve thin level lines, {alive or 'none'} of them with a thick bar.",
        f"On the others there is {mark}." * (alive < UNITS),
        f"{count(int((z[-1] > 0).sum()), 'bar')} reach the right end, {int((z[0] > 0).sum())} the left."
        * bool(alive),
    )
    start, end = int(found.silent[0]), int(found.silent[-1])
    what = "dead" if not leak else "silent but not stuck"
    return figure, (
        f"First step η = {short(learning_rate)}, bias {short(bias)}, leak {short(leak)}: {start} of {UNITS} "
        f"hidden neurons are silent at the start, {int(found.silent[1])} after the first step; after "
        f"{_STEPS:,} steps {end} are {what}. The cost is {fixed(found.cost, 3)}."
    )


# Words -----------------------------------------------------------------------------------------------------


def _ratio(gradients: Array) -> str:
    """How the first layer's compares with the last layer's."""
    ratio = float(gradients[-1] / gradients[0])
    if ratio >= 9.95:
        return f"{float(f'{ratio:.2g}'):,.0f} times smaller"
    return f"{ratio:.1f} times smaller" if ratio >= 1.05 else "no smaller"
