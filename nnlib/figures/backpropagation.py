"""The figures of the chapter on backpropagation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from math import exp
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from nnlib import checks
from nnlib.checks import Array
from nnlib.figures import marks
from nnlib.figures.marks import note, spot
from nnlib.figures.networks import draw_network
from nnlib.figures.seen import across, course, seen, spot_in
from nnlib.figures.style import (
    DASHED,
    DOTTED,
    GRADIENT,
    INK,
    MUTED,
    PREDICTION,
    Frame,
    canvas,
    is_narrow,
    styled,
)
from nnlib.figures.words import fixed, joined, named, scientific, sentence, short, ten
from nnlib.network import Gradients, Network, Pass

# Gates ------------------------------------------------------------------------------------------------------


class Kind(NamedTuple):
    """A kind of gate: what is written in it, its value, and its slope by each input."""

    symbol: str
    value: Callable[..., float]
    slopes: Callable[..., tuple[float, ...]]


def _sigma(z: float) -> float:
    return 1 / (1 + exp(-z))


#: Forward rule and backward rule side by side: all that a gate has to know.
KINDS: dict[str, Kind] = {
    "add": Kind("+", lambda x, y: x + y, lambda x, y: (1.0, 1.0)),
    "multiply": Kind("×", lambda x, y: x * y, lambda x, y: (y, x)),
    "max": Kind("max", max, lambda x, y: (1.0, 0.0) if x > y else (0.0, 1.0)),
    "sigmoid": Kind("σ", _sigma, lambda z: (_sigma(z) * (1 - _sigma(z)),)),
}


class Gate(NamedTuple):
    """A gate of an expression: its kind, the names of what comes in, and the formula of what comes out."""

    kind: str
    inputs: tuple[str, ...]
    formula: str


@dataclass(frozen=True)
class Expression:
    """An expression as a graph: its inputs, its gates in order, the last being r, and their places.

    On a phone their places are others: what is written on a wire needs one that is long or steep.
    """

    formula: str
    inputs: dict[str, float]
    gates: dict[str, Gate]
    wide: dict[str, tuple[float, float]]
    narrow: dict[str, tuple[float, float]]

    @property
    def places(self) -> dict[str, tuple[float, float]]:
        """Where inputs and gates are drawn."""
        return self.narrow if is_narrow() else self.wide

    def forward(self, inputs: Mapping[str, float] | None = None) -> dict[str, float]:
        """The value of every input and gate."""
        values = dict(self.inputs if inputs is None else inputs)
        for name, gate in self.gates.items():
            values[name] = KINDS[gate.kind].value(*(values[i] for i in gate.inputs))
        return values

    def edges(self) -> list[Edge]:
        """Every wire, the last gate's first, with the slope along it and the product that comes back."""
        values, found = self.forward(), []
        back = dict.fromkeys(values, 0.0) | {"r": 1.0}
        for name, gate in reversed(self.gates.items()):
            slopes = KINDS[gate.kind].slopes(*(values[i] for i in gate.inputs))
            for place, (source, slope) in enumerate(zip(gate.inputs, slopes, strict=True)):
                found.append(Edge(source, name, place, slope, slope * back[name]))
                back[source] += slope * back[name]
        return found

    def steps_back(self) -> list[list[Edge]]:
        """The wires in three steps backwards; the step at r = 1 counts as one where there is time for it."""
        by_gate = [[edge for edge in self.edges() if edge.gate == name] for name in reversed(self.gates)]
        if len(by_gate) == 1:
            by_gate = [[edge] for edge in by_gate[0]]
        return [[] for _ in range(3 - len(by_gate))] + by_gate


class Edge(NamedTuple):
    """A wire from ``source`` into a gate: the gate's local slope along it, and the product sent back."""

    source: str
    gate: str
    place: int
    slope: float
    back: float


EXPRESSIONS: dict[str, Expression] = {
    one.formula: one
    for one in (
        Expression(
            "(x + y) · z",
            {"x": -2, "y": 5, "z": -4},
            {"q": Gate("add", ("x", "y"), "x + y"), "r": Gate("multiply", ("q", "z"), "q · z")},
            {"x": (0, 2), "y": (0, 1), "z": (0, 0), "q": (1.35, 1.5), "r": (2.7, 0.8)},
            {"x": (0, 2.9), "y": (0, 1.7), "z": (0, 0.2), "q": (1.35, 2.3), "r": (2.7, 0.7)},
        ),
        Expression(
            "x · y",
            {"x": 4, "y": -3},
            {"r": Gate("multiply", ("x", "y"), "x · y")},
            {"x": (0.3, 1.7), "y": (0.3, 0.3), "r": (2.4, 1)},
            {"x": (0.3, 2.6), "y": (0.3, 0.9), "r": (2.4, 1.1)},
        ),
        Expression(
            "(a + a) · c",
            {"a": 3, "c": 2},
            {"q": Gate("add", ("a", "a"), "a + a"), "r": Gate("multiply", ("q", "c"), "q · c")},
            {"a": (0, 1.6), "c": (0, 0), "q": (1.35, 1.6), "r": (2.7, 0.8)},
            {"a": (0, 2.3), "c": (0, 0.4), "q": (1.35, 2.3), "r": (2.7, 0.9)},
        ),
        Expression(
            "max(x, y) · z",
            {"x": 2, "y": -1, "z": 3},
            {"m": Gate("max", ("x", "y"), "max(x, y)"), "r": Gate("multiply", ("m", "z"), "m · z")},
            {"x": (0, 2), "y": (0, 1), "z": (0, 0), "m": (1.35, 1.5), "r": (2.7, 0.8)},
            {"x": (0, 2.9), "y": (0, 1.7), "z": (0, 0.2), "m": (1.35, 2.3), "r": (2.7, 0.7)},
        ),
        Expression(
            "σ(w · x + b)",
            {"w": 2, "x": -1, "b": 3},
            {
                "p": Gate("multiply", ("w", "x"), "w · x"),
                "z": Gate("add", ("p", "b"), "p + b"),
                "r": Gate("sigmoid", ("z",), "σ(z)"),
            },
            {"w": (0, 2), "x": (0, 1), "b": (0, 0), "p": (0.95, 1.5), "z": (1.72, 0.8), "r": (2.7, 0.8)},
            {"w": (0, 2.9), "x": (0, 1.7), "b": (0, 0.2), "p": (1.3, 2.3), "z": (1.95, 1.05), "r": (2.7, 0)},
        ),
    )
}

NUDGE = 0.01
_TITLES = (
    "Inputs",
    "Forward: values",
    "Local slopes, gate by gate",
    "Backward, first step",
    "Backward, second step",
    "Backward, third step",
    f"Does it hold? Each input moved by {NUDGE}",
)


@styled
def gates(expression: str, step: int) -> Frame:
    """An expression as a graph of gates, step by step: values forward, slopes at the gates, products back."""
    one = EXPRESSIONS[checks.one_of("expression", expression, EXPRESSIONS)]
    checks.one_of("step", step, range(len(_TITLES)))
    values = one.forward()
    back = [edge for some in one.steps_back()[: max(0, step - 2)] for edge in some]

    taller = {"height": 4.4, "top": 0.54}
    figure, axes = canvas(height=3.5, left=0.05, right=0.05, bottom=0.05, top=0.34, narrow=taller)
    for edge in one.edges():
        _wire(axes, one, edge, step, edge in back)
    for name, place in one.places.items():
        gate = one.gates.get(name)
        x, y = place
        spot(axes, x, y, size=38, hollow=True, markeredgewidth=1.5 if gate else 0.8)
        head = KINDS[gate.kind].symbol if gate else name
        known = gate is None or step >= 1
        aside = 0.25 if gate and is_narrow() else 0.0  # where no wire leads down
        note(axes, x, y + (0.13 if known else 0), head, fontweight="bold", zorder=5)
        if known:
            note(axes, x, y - 0.13, _tidy(values[name]), zorder=5)
        if gate:
            note(axes, x + aside, y + 0.47, name, MUTED)
        note(axes, x - aside, y - 0.47, _arrived(one, name, step, back), GRADIENT)
    gap = "\n" if is_narrow() else " " * 6
    left, top = (-0.6, 3.5) if is_narrow() else (-0.4, 2.6)
    axes.set(xlim=(left, 3.1), ylim=(-0.62, top), title=f"r = {expression}{gap}{_TITLES[step]}")
    axes.axis("off")
    seen(axes, _wired(one, step, back=bool(back)))
    return figure, _gates_caption(one, values, step)


def _wired(one: Expression, step: int, back: bool) -> str:
    """Which circle leads into which, in words."""
    ways = [
        f"{joined(gate.inputs)} into the {KINDS[gate.kind].symbol} of {name}"
        for name, gate in one.gates.items()
    ]
    numbers = "Each circle has its number in it." if step else ""
    local = "A number stands on each arrow." if step >= 2 else ""
    products = "Thick arrows lead back, a product on each." if back else ""
    told = f"Circles with arrows to the right: {'; '.join(ways)}."
    return " ".join(filter(None, [told, numbers, products or local]))


def _wire(axes: Axes, one: Expression, edge: Edge, step: int, back: bool) -> None:
    (x0, y0), (x1, y1) = one.places[edge.source], one.places[edge.gate]
    twice = one.gates[edge.gate].inputs.count(edge.source) > 1
    bend = (0.3 - 0.6 * edge.place) if twice else 0.0
    color = GRADIENT if back else MUTED
    if back:
        marks.arrow(axes, (x1, y1), (x0, y0), color, 2.2, bend=bend, gap=20)
    else:
        marks.arrow(axes, (x0, y0), (x1, y1), color, 1.2, bend=-bend, gap=20)
    if step < 2:
        return
    text = _product(one, edge) if back else _tidy(edge.slope)
    note(axes, (x0 + x1) / 2, (y0 + y1) / 2 + bend * (x1 - x0) / 2, text, color, paper=True)


def _product(one: Expression, edge: Edge) -> str:
    """A wire's local slope times what has come back to the gate that it leads into."""
    arrived = [other.back for other in one.edges() if other.source == edge.gate]
    upstream = 1.0 if edge.gate == "r" else sum(arrived)
    return f"{_in_brackets(_tidy(edge.slope))} · {_in_brackets(_tidy(upstream))}"


def _arrived(one: Expression, name: str, step: int, back: list[Edge]) -> str:
    """What is written under a neuron or an input: the products that have come back to it, added."""
    if step == len(_TITLES) - 1 and name in one.inputs:
        return f"r {fixed(_moved(one, name), 4, '+')}"
    if step < 3:
        return ""
    if name == "r":
        return "∂r/∂r = 1"
    products = [edge.back for edge in back if edge.source == name]
    if not products:
        return ""
    total = _tidy(sum(products))
    if len(products) > 1:
        return f"{' + '.join(_tidy(back) for back in products)} = {total}"
    return f"∂r/∂{name} = {total}" if name in one.inputs or len(one.gates) < 3 else total


def _moved(one: Expression, name: str) -> float:
    """How much r changes when one input moves by NUDGE."""
    return one.forward(one.inputs | {name: one.inputs[name] + NUDGE})["r"] - one.forward()["r"]


def _gates_caption(one: Expression, values: dict[str, float], step: int) -> str:
    def show(name: str) -> str:
        return _tidy(values[name])

    if step == 0:
        given = joined([f"{name} = {show(name)}" for name in one.inputs])
        return f"r = {one.formula}, with {given}. Which input would you move to raise r?"
    if step == 1:
        done = [f"{name} = {gate.formula} = {show(name)}" for name, gate in one.gates.items()]
        return f"Forward, from the inputs to the end: {joined(done)}."
    if step == 2:
        local = [f"∂{edge.gate}/∂{edge.source} = {_tidy(edge.slope)}" for edge in one.edges()]
        each = list(dict.fromkeys(local))
        twice = f", along each of the two wires from {one.edges()[-1].source}" if each != local else ""
        return f"Each gate's own slopes: {joined(each)}{twice}."
    if step < 6:
        if not (now := one.steps_back()[step - 3]):
            return "Backward: it starts at the end, where r moves exactly as r does: ∂r/∂r = 1."
        products = [_product(one, edge) for edge in now]
        if len(now) > 1 and now[0].source == now[1].source:
            total, name = _tidy(sum(edge.back for edge in now)), now[0].source
            added = f"∂r/∂{name} = {' + '.join(products)} = {total}"
            return f"Two wires lead back to {name}, so their products add: {added}."
        texts = [f"∂r/∂{edge.source} = {_product(one, edge)} = {_tidy(edge.back)}" for edge in now]
        return f"Backward, local slope times what came back: {joined(texts)}."
    moves = joined([f"{name} by {fixed(_moved(one, name), 4)}" for name in one.inputs])
    slopes = [sum(edge.back for edge in one.edges() if edge.source == name) for name in one.inputs]
    promised = joined([fixed(NUDGE * slope, 4) for slope in slopes])
    return f"Moved by {NUDGE}, each input moves r: {moves}. The slopes promised {promised}."


def _tidy(value: float) -> str:
    return short(round(value, 3))


def _in_brackets(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


# One network, every number ----------------------------------------------------------------------------------

#: The chapter's network, 2-2-1, and its one example. The text uses the same numbers.
X, Y = np.array([[1.0, 0.5]]), np.array([[1.0]])
W1, B1 = np.array([[0.6, -0.4], [-0.8, 0.2]]), np.array([0.1, -0.3])
W2, B2 = np.array([[0.7, -0.6]]), np.array([0.2])


def example(activation: str = "sigmoid") -> Network:
    """The chapter's network: 2-2-1, a sigmoid at the end, quadratic cost."""
    net = Network([2, 2, 1], hidden=activation, output="sigmoid", cost="quadratic")
    net.W[1], net.b[1], net.W[2], net.b[2] = W1, B1, W2, B2
    return net


def stepped(net: Network, learning_rate: float) -> Network:
    """The network after one step of gradient descent on the chapter's example."""
    after = net.copy()
    after.parameters -= learning_rate * net.backward(net.forward(X), Y).flat
    return after


def measured(net: Network, l: int, j: int, h: float = 1e-5) -> float:
    r"""$\partial C/\partial z^{(l)}_j$ by central differences: the neuron's weighted input is moved."""
    ends = []
    for moved in (h, -h):
        twin = net.copy()
        twin.b[l][j] += moved  # with one example, moving a bias is moving z
        ends.append(twin.cost(X, Y))
    return (ends[0] - ends[1]) / (2 * h)


class Step(NamedTuple):
    """What the panel under the network says at one step, as pairs of a label and a line.

    A line breaks only on a phone.
    """

    title: str
    lines: list[tuple[str, str]]
    caption: str


@styled
def every_number(step: int, activation: str, learning_rate: float) -> Frame:
    """One 2-2-1 network, step by step: the same numbers in drawing, formula, code and check."""
    net = example(activation)
    p = net.forward(X)
    g = net.backward(p, Y)
    after = stepped(net, learning_rate)
    steps = _steps(net, p, g, after, learning_rate)
    now = steps[checks.one_of("step", step, range(len(steps)))]

    margins: dict[str, Any] = {"left": 0.05, "right": 0.05, "bottom": 0.05, "top": 0.32}
    margins |= {"narrow": {"height": 5.6, "top": 0.54, "left": 0.03, "right": 0.03}}
    figure, (above, below) = canvas(2, height=5.2, hspace=0.1, height_ratios=[3.2, 1.45], **margins)
    shown, A = (after, after.forward(X).A) if step == 8 else (net, p.A)
    names = [["1", "0.5"], *([fixed(a) if step >= l else "?" for a in A[l][0]] for l in (1, 2))]
    equals = "" if is_narrow() else "= "
    deltas = [[f"δ {equals}{fixed(d, 4)}" for d in layer[0]] for layer in g.delta[1:]]
    draw_network(
        above,
        list(shown.W),
        list(shown.b),
        names=names,
        layer_names=["x", "layer 1", "layer 2"],
        write_weights=True,
        gradients=[g.W[1], g.W[2]] if step == 7 else None,
        notes=[None, deltas[0] if 5 <= step < 8 else None, deltas[1] if 4 <= step < 8 else None],
        decimals=3,
    )
    if is_narrow():
        above.set_xlim(-0.25, 2.3)
    gap, most, across = ("\n", 7, 0.228) if is_narrow() else (" ", 5, 0.17)
    above.set_title(f"Step {step} of 8.{gap}{now.title}")
    above.set_title(f"η = {learning_rate:g}{gap.strip(' ')}", loc="right", color=MUTED)
    y = most - 0.5
    for what, text in now.lines:
        note(below, 0.0, y / most, what, MUTED, ha="left")
        family = "monospace" if what == "code" else "sans-serif"
        color = GRADIENT if what in ("measured", "promised") else INK
        for line in text.replace("\n", gap).split("\n"):
            note(below, across, y / most, line, color, ha="left", family=family)
            y -= 1
    below.set(xlim=(0, 1), ylim=(0, 1))
    below.axis("off")
    return figure, f"{now.caption} {_promise(net, after, learning_rate)}"


def _promise(net: Network, after: Network, learning_rate: float) -> str:
    return (
        f"One step with η = {learning_rate:g} takes the cost from {fixed(net.cost(X, Y), 4)} "
        f"to {fixed(after.cost(X, Y), 4)}."
    )


def _steps(net: Network, p: Pass, g: Gradients, after: Network, rate: float) -> list[Step]:
    kind = named(net.f[1].name)
    f = {"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU"}[net.f[1].name]
    z1, a1, z2, a2 = p.Z[1][0], p.A[1][0], float(p.Z[2][0, 0]), float(p.A[2][0, 0])
    d1, d2 = g.delta[1][0], float(g.delta[2][0, 0])
    slope1, slope2 = net.f[1].prime(z1, a1), a2 * (1 - a2)
    cost = net.cost(X, Y)
    fall, size = cost - after.cost(X, Y), float(g.flat @ g.flat)
    four = partial(fixed, decimals=4)
    pair = lambda v, n=4: f"({fixed(v[0], n)}, {fixed(v[1], n)})"  # noqa: E731
    checks1 = [measured(net, 1, j) for j in (0, 1)]
    return [
        Step(
            "What is given",
            [
                ("example", "x = (1, 0.5), target y = 1"),
                ("hidden", f"{kind}, $a^{{(1)}} = f(z^{{(1)}})$"),
                ("output", r"sigmoid, $a^{(2)} = \sigma(z^{(2)})$"),
                ("cost", r"$C = \frac{1}{2}\,(a^{(2)} - y)^2$"),
            ],
            f"A 2-2-1 network with {kind} hidden neurons, x = (1, 0.5) and target 1.",
        ),
        Step(
            "Forward through layer 1",
            [
                ("formula", "$z^{(1)} = w^{(1)} x + b^{(1)},\\quad a^{(1)} = f(z^{(1)})$"),
                ("numbers", f"$z^{{(1)}}$ = (0.6 − 0.2 + 0.1,\n−0.8 + 0.1 − 0.3) = {pair(z1, 1)}"),
                ("", f"$a^{{(1)}}$ = {f}($z^{{(1)}}$)\n= {pair(a1)}"),
                ("code", "Z[1] = A[0] @ W[1].T + b[1]"),
                ("shape", "(1, 2) · (2, 2) + (2) = (1, 2)"),
            ],
            f"Forward: layer 1 has z = {pair(z1, 1)} and a = {pair(a1)}.",
        ),
        Step(
            "Forward through layer 2",
            [
                ("formula", r"$z^{(2)} = w^{(2)} a^{(1)} + b^{(2)},\quad a^{(2)} = \sigma(z^{(2)})$"),
                (
                    "numbers",
                    f"$z^{{(2)}}$ = 0.7 · {four(a1[0])}\n− 0.6 · {_factor(a1[1])} + 0.2 = {four(z2)}",
                ),
                ("", f"$a^{{(2)}}$ = σ({four(z2)}) = {four(a2)}"),
                ("code", "Z[2] = A[1] @ W[2].T + b[2]"),
                ("shape", "(1, 2) · (2, 1) + (1) = (1, 1)"),
            ],
            f"Forward: layer 2 has z = {four(z2)} and a = {four(a2)}.",
        ),
        Step(
            "The cost",
            [
                ("formula", r"$C = \frac{1}{2}\,(a^{(2)} - y)^2$"),
                ("numbers", f"½ ({four(a2)} − 1)² = {four(cost)}"),
                ("slope", rf"$\partial C/\partial a^{{(2)}} = a^{{(2)}} - y$ = {four(a2 - 1)}"),
                ("code", "C = 0.5 *\n((A[2] - Y) ** 2).sum()"),
            ],
            f"The cost is {four(cost)}, its slope with respect to the output {four(a2 - 1)}.",
        ),
        Step(
            "BP1: the error of the output",
            [
                ("formula", r"$\delta^{(2)} = \partial C/\partial a^{(2)} \odot \sigma'(z^{(2)})$"),
                ("numbers", f"{four(a2 - 1)} · {four(slope2)} = {four(d2)}"),
                ("code", "delta[2] = (A[2] - Y)\n* A[2] * (1 - A[2])"),
                ("shape", "(1, 1) ⊙ (1, 1) = (1, 1)"),
                ("measured", f"this z moved a little:\nC moves {four(measured(net, 2, 0))} times that"),
            ],
            f"BP1: the error of the output is {four(a2 - 1)} · {four(slope2)} = {four(d2)}.",
        ),
        Step(
            "BP2: the error, one layer back",
            [
                ("formula", r"$\delta^{(1)} = (w^{(2)})^T \delta^{(2)} \odot f'(z^{(1)})$"),
                ("numbers", f"0.7 · ({four(d2)}) · {four(slope1[0])} = {four(d1[0])}"),
                ("", f"−0.6 · ({four(d2)}) · {four(slope1[1])} = {four(d1[1])}"),
                ("code", "delta[1] = delta[2] @ W[2]\n* f_prime(Z[1])"),
                ("measured", f"{pair(checks1)},\nby moving one z, then the other"),
            ],
            f"BP2: through the weights 0.7 and −0.6 to the hidden neurons' errors, {pair(d1)}.",
        ),
        Step(
            "BP3: the biases' gradients are the errors",
            [
                (
                    "formula",
                    r"$\partial C/\partial b^{(1)} = \delta^{(1)},"
                    r"\quad \partial C/\partial b^{(2)} = \delta^{(2)}$",
                ),
                ("numbers", f"{pair(d1)} and {four(d2)}"),
                ("code", "grad_b[l] =\ndelta[l].mean(axis=0)"),
                ("shape", "(2) and (1), like the biases"),
            ],
            f"BP3: the gradient of the biases is {pair(d1)} and {four(d2)}.",
        ),
        Step(
            "BP4: each weight's gradient",
            [
                ("formula", r"$\partial C/\partial w^{(l)}_{ji} = \delta^{(l)}_j a^{(l-1)}_i$"),
                ("layer 2", f"{four(d2)} · {pair(a1)}"),
                ("layer 1", f"{pair(d1)}\ntimes 1, and times 0.5"),
                ("code", "grad_W[l] =\ndelta[l].T @ A[l - 1] / N"),
                ("shape", "layer 1: (2, 1) · (1, 2) = (2, 2)"),
            ],
            f"BP4, error times what came in: layer 2's weights have the slopes {pair(g.W[2][0])}, "
            f"those of layer 1 {pair(g.W[1][0])} and {pair(g.W[1][1])}.",
        ),
        Step(
            "The step",
            [
                (
                    "formula",
                    r"$w \leftarrow w - \eta\, \partial C/\partial w,"
                    r"\quad b \leftarrow b - \eta\, \partial C/\partial b$",
                ),
                ("cost", f"{four(cost)} → {four(after.cost(X, Y))}: it fell by {four(fall)}"),
                ("promised", f"η |∇C|² = {rate:g} · {four(size)} = {four(rate * size)}"),
                ("code", "W[l] -= eta * grad_W[l]"),
            ],
            f"Promised was a fall of η |∇C|² = {four(rate * size)}; the cost fell by {four(fall)}.",
        ),
    ]


def _factor(value: float) -> str:
    return _in_brackets(fixed(value, 4)) if value else "0"


# Knobs ------------------------------------------------------------------------------------------------------

#: A neuron that says 0.2, with four neurons before it: what it sees, and its weights.
SEEN, WEIGHTS = np.array([0.9, 0.1, 0.6, 0.3]), np.array([0.5, 1.5, -2.0, -1.0])
BIAS = float(np.log(0.2 / 0.8) - SEEN @ WEIGHTS)

KNOBS = (
    "the bias",
    "one weight, where a is large",
    "one weight, where a is small",
    "all weights, in proportion to a",
    "all inputs, in proportion to w",
)


def turned(knob: str, how_far: float) -> tuple[Array, Array, float]:
    """The neuron's inputs, weights and bias after a knob is turned: always ``how_far`` in length."""
    a, w, b = SEEN.copy(), WEIGHTS.copy(), BIAS
    if knob == KNOBS[0]:
        b += how_far
    elif knob == KNOBS[1]:
        w[0] += how_far
    elif knob == KNOBS[2]:
        w[1] += how_far
    elif knob == KNOBS[3]:
        w += how_far * a / np.linalg.norm(a)
    elif knob == KNOBS[4]:
        a += how_far * w / np.linalg.norm(w)
    else:
        raise ValueError(f"there is no knob {knob!r}; the knobs are {', '.join(KNOBS)}")
    return a, w, b


@styled
def knobs(knob: str, how_far: float) -> Frame:
    """A neuron that should say more than 0.2: what each of its knobs does for the same length of a turn."""
    a, w, b = turned(knob, how_far)
    z = float(w @ a) + b
    rate = float(turned(knob, 1.0)[1] @ turned(knob, 1.0)[0] + turned(knob, 1.0)[2] - np.log(0.25))

    below: dict[str, Any] = {"rows": 2, "cols": 1, "height": 5.5, "left": 0.62, "hspace": 0.45}
    below["height_ratios"] = [1.6, 1]
    figure, (left, right) = canvas(
        1, 2, height=3.9, left=0.05, top=0.45, wspace=0.75, width_ratios=[1.3, 1], narrow=below
    )
    layers = draw_network(left, [w[None]], values=[a, None], names=[None, [fixed(_sigma(z))]])
    (out,) = layers[1]
    for i, neuron in enumerate(layers[0]):
        _tag(left, 0.4, neuron.y + 0.4 * (out.y - neuron.y), fixed(w[i]), abs(w[i] - WEIGHTS[i]) > 1e-9)
        if abs(a[i] - SEEN[i]) > 1e-9:
            marks.ring(left, neuron.x, neuron.y, GRADIENT, 39)
    _tag(left, out.x, out.y - 0.62, f"b = {fixed(b)}", b != BIAS)
    left.set_title("a, w and b after the turn")
    turn = np.linspace(-0.1, 0.55, 27)
    right.plot(turn, [_sigma(np.log(0.25) + rate * t) for t in turn], color=INK)
    slope = rate * 0.2 * 0.8
    right.plot(turn, 0.2 + slope * turn, color=GRADIENT, linestyle=DASHED, linewidth=1.3)
    spot(right, how_far, _sigma(z), PREDICTION, clip_on=False)
    words = f"z: +{fixed(rate)} per unit"  # below every curve
    note(right, 0.55, 0.04, words, GRADIENT, ha="right", va="baseline", fontsize=11)
    right.set(xlim=(-0.1, 0.56), ylim=(0, 0.6), xlabel="how far", title="What it says")
    solid, dashed = (course(line) for line in right.lines[:2])
    seen(
        right,
        f"The solid curve {solid}; its dashed tangent {dashed}. A dot is on the curve, "
        f"{across(right, how_far)}.",
    )
    return figure, (
        f"{sentence(knob)}, turned by {how_far:g}: z moves {fixed(rate)} times as far, by "
        f"{fixed(rate * how_far)}, and the neuron says {fixed(_sigma(z), 3)} instead of 0.2."
    )


def _tag(axes: Axes, x: float, y: float, text: str, turned: bool) -> None:
    """A number on a line; one that has been turned is marked."""
    look = {"color": GRADIENT, "paper": GRADIENT, "fontweight": "bold"} if turned else {"paper": True}
    note(axes, x, y, text, **look)


# Rows and columns -------------------------------------------------------------------------------------------

#: The weights between a layer of three neurons and the next, of two, to read along its rows and its columns.
W_BETWEEN = np.array([[0.5, -1.0, 0.5], [1.0, 0.5, -0.5]])
ACTIVATIONS_BEFORE, DELTA_AFTER = np.array([0.2, 0.8, 0.4]), np.array([0.2, -0.4])
QUESTIONS = (
    "forward: what comes into neuron 1",
    "forward: what comes into neuron 2",
    "backward: what comes back to neuron 1",
    "backward: what comes back to neuron 2",
    "backward: what comes back to neuron 3",
)


@styled
def transpose(question: str) -> Frame:
    """A weight matrix between two layers: forward a neuron reads its row, backward its column."""
    checks.one_of("question", question, QUESTIONS)
    forward, neuron = question.startswith("forward"), int(question[-1]) - 1
    used = np.zeros_like(W_BETWEEN)
    used[(neuron, slice(None)) if forward else (slice(None), neuron)] = 1

    below = {"rows": 2, "cols": 1, "height": 4.3, "left": 0.3, "right": 0.3, "hspace": 0.4}
    figure, (left, right) = canvas(
        1, 2, height=3.3, left=0.05, right=0.1, bottom=0.1, top=0.4, wspace=0.35, narrow=below
    )
    given = [ACTIVATIONS_BEFORE, None] if forward else [None, DELTA_AFTER]
    sums = W_BETWEEN @ ACTIVATIONS_BEFORE if forward else DELTA_AFTER @ W_BETWEEN
    asked = [fixed(total, 1) if i == neuron else "" for i, total in enumerate(sums)]
    draw_network(left, [W_BETWEEN * used], values=given, names=[None, asked] if forward else [asked, None])
    left.set_title("a goes forward" if forward else "δ goes backward")
    _matrix(right, used, forward, neuron)
    return figure, _transpose_caption(forward, neuron)


def _matrix(axes: Axes, used: Array, forward: bool, neuron: int) -> None:
    for (j, i), w in np.ndenumerate(W_BETWEEN):
        on = bool(used[j, i])
        weight = "bold" if on else "normal"
        paper = GRADIENT if on else ""
        note(axes, i, 1 - j, fixed(w, 1), INK if on else MUTED, paper=paper, fontsize=12, fontweight=weight)
    for i in range(3):
        note(axes, i, 1.62, f"from {i + 1}", MUTED, va="baseline")
    for j in range(2):
        note(axes, -0.6, 1 - j, f"to {j + 1}", MUTED, ha="right")
    which = f"row {neuron + 1}" if forward else f"column {neuron + 1}"
    note(axes, 1, -0.75, f"{which} of w", GRADIENT, va="baseline", fontsize=11)
    axes.set(xlim=(-1.3, 2.5), ylim=(-1.4, 2.2), title="The same matrix w")
    rows = " and ".join(", ".join(fixed(w, 1) for w in row) for row in W_BETWEEN)
    seen(axes, f"Two rows of three numbers, {rows}; those of {which} have a frame.")
    axes.axis("off")


def _transpose_caption(forward: bool, neuron: int) -> str:
    weights = W_BETWEEN[neuron] if forward else W_BETWEEN[:, neuron]
    values = ACTIVATIONS_BEFORE if forward else DELTA_AFTER
    terms = " + ".join(
        f"{_in_brackets(fixed(w, 1))} · {_in_brackets(fixed(v, 1))}"
        for w, v in zip(weights, values, strict=True)
    )
    total = fixed(float(weights @ values), 1)
    if forward:
        return f"Forward, neuron {neuron + 1} of layer l + 1 reads row {neuron + 1} of w: {terms} = {total}."
    return (
        f"Backward, neuron {neuron + 1} of layer l reads column {neuron + 1}, the weights it feeds: "
        f"{terms} = {total}."
    )


# The gradient check -----------------------------------------------------------------------------------------

GRADIENTS = ("right", "sign lost", "f′ left out of BP2", "layer 2 updated too early")
DIFFERENCES = ("central", "forward")


def computed(gradient: str) -> Array:
    """The gradient of the chapter's network as it is computed rightly, or with a mistake, in one vector."""
    checks.one_of("gradient", gradient, GRADIENTS)
    net = example()
    p = net.forward(X)
    g = net.backward(p, Y)
    if gradient in ("right", "sign lost"):
        return g.flat if gradient == "right" else -g.flat
    delta = g.delta[2] @ net.W[2]
    if gradient == "layer 2 updated too early":
        delta = g.delta[2] @ (net.W[2] - g.W[2]) * net.f[1].prime(p.Z[1], p.A[1])
    g.W[1], g.b[1] = delta.T @ p.A[0], delta[0]
    return g.flat


@cache
def estimated(epsilon: float, difference: str) -> Array:
    """The same gradient by nudging each parameter by ``epsilon``; do not change it."""
    net, start, estimate = example(), example().parameters.copy(), []
    here = net.cost(X, Y)
    for i in range(start.size):
        ends = []
        for sign in (1, -1):
            net.parameters[i] = start[i] + sign * epsilon
            ends.append(net.cost(X, Y))
        net.parameters[i] = start[i]
        forward = (ends[0] - here) / epsilon
        estimate.append((ends[0] - ends[1]) / (2 * epsilon) if difference == "central" else forward)
    return np.array(estimate)


@cache
def check_error(gradient: str, epsilon: float, difference: str) -> float:
    """The relative error of a computed gradient against an estimated one."""
    g, e = computed(gradient), estimated(epsilon, difference)
    return float(np.linalg.norm(g - e) / (np.linalg.norm(g) + np.linalg.norm(e)))


@styled
def check(epsilon: float, difference: str, gradient: str) -> Frame:
    """The error of a gradient check as the nudge gets smaller, for a right gradient and for wrong ones."""
    checks.one_of("difference", difference, DIFFERENCES)
    sizes = 10.0 ** np.arange(-1, np.log10(epsilon) - 0.25, -0.5)  # as far as the reader has gone
    error = check_error(gradient, epsilon, difference)

    figure, axes = canvas(height=3.5, left=0.85, narrow={"left": 0.72})
    for name, dash in zip(DIFFERENCES, ("-", DASHED), strict=True):
        line = [check_error(gradient, float(size), name) for size in sizes]
        chosen = name == difference
        axes.plot(sizes, line, color=INK if chosen else MUTED, linestyle=dash, linewidth=2 if chosen else 1)
    marks.guide(axes, y=1e-7, linestyle=DOTTED)
    note(axes, 7e-14, 6e-8, "passes below 10⁻⁷", MUTED, ha="right", va="top")
    spot(axes, epsilon, error, GRADIENT, 10)
    marks.decades(axes.xaxis, range(-12, 0, 4))
    marks.decades(axes.yaxis, range(-12, 1, 4))
    axes.set(xlim=(0.3, 5e-14), xlabel="nudge ε, smaller to the right")
    axes.set(ylim=(1e-13, 30), ylabel="relative error")
    shown = "A dot with no line yet" if len(sizes) < 2 else "A dot at the end of the bold line"
    solid, dashed = (course(line) for line in axes.lines[:2])
    lines = f"The solid line {solid}; the dashed one {dashed}." if len(sizes) > 1 else ""
    seen(axes, f"{shown}, {spot_in(axes, epsilon, error)}.", lines, "A dotted level line crosses the plot.")
    solid = "solid" if difference == "central" else "dashed"
    axes.set_title(f"{sentence(difference)} differences ({solid})")
    size = marks.SMALL if is_narrow() else 11
    note(axes, 0.25, 6, f"gradient: {gradient}", GRADIENT, ha="left", fontsize=size)
    return figure, _check_caption(epsilon, difference, gradient, error)


def _check_caption(epsilon: float, difference: str, gradient: str, error: float) -> str:
    start = f"{sentence(difference)} differences with ε = {scientific(epsilon, 0)} (gradient: {gradient})"
    if error > 1e-3:
        return f"{start}: relative error {fixed(error, 4)}."
    if epsilon >= (1e-4 if difference == "central" else 1e-6):
        return f"{start}: relative error {scientific(error, 1)}."
    about = ten(round(np.log10(error)))  # it is rounding: no digits to trust
    return f"{start}: relative error about {about}."
