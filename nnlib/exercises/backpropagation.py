"""Backpropagation: answers, usual mistakes, and what to say to each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import nnlib
from nnlib.exercises.again.backpropagation import AGAIN
from nnlib.exercises.kinds import Choice, Code, Explain, Numbers

Array = Any

sigmoid = nnlib.ACTIVATIONS["sigmoid"]


# How far does a slope carry?

steps = np.array([1, 0.1, 0.01])
at1 = float(sigmoid(1.0))
promised = at1 + steps * at1 * (1 - at1)


# Other activations


def small(hidden: str) -> tuple[Array, Array, Array, Array]:
    """δ of both layers and the gradients of both matrices, in the 2-1-1 network."""
    net = nnlib.Network([2, 1, 1], hidden, output="linear", cost="quadratic")
    net.W[1], net.W[2] = [[0.4, -0.2]], [[0.1]]
    g = net.backward(net.forward([[0.1, 0.3]]), [[1.0]])
    return g.delta[2][0, 0], g.delta[1][0, 0], g.W[2][0, 0], g.W[1][0]


d2_tanh, d1_tanh, dW2_tanh, dW1_tanh = small("tanh")
s = -0.002 * (1 + 0.002)  # a(1 − a) at the output


# Nothing comes in


def chain(steps: int = 0, learn_w1: bool = False, rate: float = 1.0) -> tuple[Array, Array]:
    """Weights and biases of the chain of two sigmoids after some steps, and its errors before them."""
    net = nnlib.Network([1, 1, 1], "sigmoid", output="sigmoid", cost="quadratic")
    net.W[1], net.W[2] = [[0.5]], [[0.5]]
    x = [[1.0 if learn_w1 else 0.0]]
    g = net.backward(net.forward(x), [[1.0]])
    errors = np.array([g.delta[1][0, 0], g.delta[2][0, 0]])
    for _ in range(steps):
        net.parameters -= rate * net.backward(net.forward(x), [[1.0]]).flat
    return np.array([net.W[1][0, 0], net.b[1][0], net.W[2][0, 0], net.b[2][0]]), errors


moved, (d1, d2) = chain(1000)
a2 = float(sigmoid(0.25))


# From a loop to a product


def product(delta: Array, a: Array) -> Array:
    return delta.T @ a


# Softmax, by hand

a, y = np.array([0.7, 0.2, 0.1]), np.array([0.0, 1, 0])
d = a - y
by_vjp = a * (d - (d * a).sum())


# The cost that rose


def rise(sign: float = 1.0) -> tuple[float, Array, Array]:
    """The cost after the step worked rightly, and the errors of both layers."""
    net = nnlib.Network([2, 2, 1], "sigmoid", output="sigmoid", cost="mse")
    net.W[1], net.W[2], net.b[2] = [[1, 0.5], [0.1, 0]], [[0.2, 0.8]], [0.75]
    x, y = [[0.0, 1.0]], [[1.0]]
    g = net.backward(net.forward(x), y)
    for l in (1, 2):
        net.W[l] -= sign * 0.4 * g.W[l]
    net.b[2] -= sign * 0.4 * g.b[2]
    return net.cost(x, y), g.delta[2][0], g.delta[1][0]


risen, rose_d2, rose_d1 = rise()
loudness = float(sigmoid(0.2 * sigmoid(0.5) + 0.8 * sigmoid(0.0) + 0.75))


# Complaints

complaints = np.array([0.5, -2.0]) * np.array([-0.3, 0.1])


# Gates in code


class Value:
    """A number, what came back to it, and what it was made from, with the local slopes."""

    def __init__(self, data: float, *parents: tuple[Value, float]) -> None:
        self.data, self.grad, self.parents = data, 0.0, parents

    def __add__(self, other: Value) -> Value:
        return type(self)(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other: Value) -> Value:
        return type(self)(self.data * other.data, (self, other.data), (other, self.data))

    def sigmoid(self) -> Value:
        a = float(sigmoid(self.data))
        return type(self)(a, (self, a * (1 - a)))

    def take(self, slope: float) -> None:
        self.grad += slope

    def backward(self) -> None:
        order: list[Value] = []

        def list_parents_first(value: Value) -> None:
            if value not in order:
                for parent, _ in value.parents:
                    list_parents_first(parent)
                order.append(value)

        list_parents_first(self)
        self.grad = 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.take(slope * value.grad)


class KeepsTheLast(Value):
    def take(self, slope: float) -> None:
        self.grad = slope


class OwnFactor(Value):
    def __mul__(self, other: Value) -> Value:
        return type(self)(self.data * other.data, (self, self.data), (other, other.data))


class SlopeAtTheResult(Value):
    def sigmoid(self) -> Value:
        a = float(sigmoid(self.data))
        return type(self)(a, (self, float(sigmoid(a) * (1 - sigmoid(a)))))


def slopes_by(kind: Callable[[float], Any]) -> list[float]:
    """The slopes of (a + a)·c and of σ(wx + b), as the reader's class finds them."""
    a, c = kind(3.0), kind(2.0)
    ((a + a) * c).backward()
    w, x, b = kind(2.0), kind(-1.0), kind(3.0)
    (w * x + b).sigmoid().backward()
    return [float(value.grad) for value in (a, c, w, x, b)]


# A network on paper

W1, b1 = np.array([[0.5, 0.25], [-0.5, 1]]), np.array([0.5, -0.5])
W2, b2 = np.array([[1, -1], [0.5, 2]]), np.array([0.5, -1])
x, t = np.array([1.0, 2]), np.array([0.0, 2])


def paper(W1: Array = W1, b1: Array = b1, W2: Array = W2, b2: Array = b2) -> tuple[float, Array, Any]:
    """The cost, the outputs and the gradients."""
    net = nnlib.Network([2, 2, 2], "relu", output="linear", cost="quadratic")
    net.W[1], net.b[1], net.W[2], net.b[2] = W1, b1, W2, b2
    p = net.forward([x])
    return net.cost([x], [t]), p.A[2][0], net.backward(p, [t])


cost, outputs, g = paper()
off = paper(b1=np.array([0.5, -2.5]))[2]
pd2, pd1 = g.delta[2][0], g.delta[1][0]


def stepped(rate: float = 0.02, biases: bool = True) -> tuple[Array, Array, Array, Array]:
    return (
        W1 - rate * g.W[1],
        b1 - rate * g.b[1] if biases else b1,
        W2 - rate * g.W[2],
        b2 - rate * g.b[2] if biases else b2,
    )


new = stepped()

EXERCISES = {
    **AGAIN,
    "ex-bp-gates": dict(
        slopes=Numbers(
            "the slopes by x, y and z",
            [-2, 1, 3],
            {
                "A product passes on the other factor: p gets q, and q gets p.": [3, 1, -2],
                "At y two paths arrive, and what they bring is added up; you multiplied.": [-2, -6, 3],
                "At y two paths arrive; you took the one through p alone.": [-2, -2, 3],
                "At y two paths arrive; you took the one through q alone.": [-2, 3, 3],
                "These are the values of the sums, 3 and −2, before they are passed back to x, y and z.": [
                    -2,
                    3,
                ],
            },
            digits=None,
        ),
        move=Choice(
            "the move by 0.01 that makes r grow most",
            "raise z",
            {
                "Its slope is negative, so r would fall.": "raise x",
                "That makes r grow by 0.02, and another move by more.": "lower x",
                "That makes r grow by 0.01, and another move by more.": "raise y",
                "Its slope is positive, so r would fall.": "lower z",
            },
        ),
    ),
    "ex-bp-sensitivity": dict(
        differences=Numbers(
            "σ(1 + h) − σ(1) − h σ′(1) for h = 1, 0.1, 0.01",
            sigmoid(1 + steps) - promised,
            {
                "That is the true change alone; take off what the slope promises.": sigmoid(1 + steps) - at1,
                "That is promise minus truth; asked for is the other difference.": promised
                - sigmoid(1 + steps),
                "For the slope you took σ(1) itself.": sigmoid(1 + steps) - at1 - steps * at1,
                "The slope belongs at the start, x = 1, and not at x + h.": sigmoid(1 + steps)
                - at1
                - steps * sigmoid(1 + steps) * (1 - sigmoid(1 + steps)),
            },
            digits=2,
        ),
        shrinks=Numbers(
            "how many times the difference shrinks, about, when h becomes ten times smaller",
            100,
            {
                "So does the change itself; what is left over shrinks faster, like h².": 10,
                "That would be like h³. The next term is half of h² times the second derivative.": 1000,
                "The other way round: it gets smaller.": 0.01,
            },
            digits=2,
        ),
        exact=Choice(
            "for which functions the equals sign is right",
            "straight lines",
            {
                "A parabola has a second derivative, and it is what is left over.": "straight lines and parabolas",
                "A differentiable function has a slope, and may bend all the same.": "all that have a slope",
                "A small bend leaves a small difference, and not none.": "all that bend little",
            },
        ),
    ),
    "ex-bp-activations": dict(
        deltas=Numbers(
            "δ⁽²⁾ and δ⁽¹⁾ with tanh",
            [d2_tanh, d1_tanh],
            {
                "On its way back the error passes w⁽²⁾ = 0.1.": [d2_tanh, d2_tanh],
                "The error is a − y, and not y − a.": [-d2_tanh, -d1_tanh],
                "For tanh you took the sigmoid's slope at 0, a quarter; tanh's is 1 there.": [
                    d2_tanh,
                    d1_tanh / 4,
                ],
                "A linear output has the slope 1: nothing but a − y is left.": [
                    d2_tanh * s,
                    d2_tanh * s * 0.1,
                ],
            },
        ),
        dW2=Numbers(
            "∂C/∂w⁽²⁾ with tanh",
            dW2_tanh,
            {
                "That is δ⁽²⁾. Multiply by what comes in, a⁽¹⁾.": d2_tanh,
                "What comes in is a⁽¹⁾, and it is negative.": -dW2_tanh,
                "You multiplied by the weight; it is the incoming activation that counts.": d2_tanh * 0.1,
            },
            digits=2,
        ),
        dW1=Numbers(
            "∂C/∂w⁽¹⁾ with tanh",
            dW1_tanh,
            {
                "You took δ⁽²⁾: between it and this layer lies w⁽²⁾.": d2_tanh * np.array([0.1, 0.3]),
                "You multiplied by the weights; the inputs, 0.1 and 0.3, come in here.": d1_tanh
                * np.array([0.4, -0.2]),
                "That is δ⁽¹⁾ for both; multiply by the inputs.": [d1_tanh, d1_tanh],
            },
            digits=2,
        ),
        relu=Choice(
            "with a ReLU in the hidden neuron",
            "all weights stay",
            {
                "What comes into w⁽²⁾ is a⁽¹⁾, and that is 0 now.": "only w⁽¹⁾ stays",
                "z⁽¹⁾ = −0.02 is negative, so the neuron passes nothing back.": "only w⁽²⁾ stays",
                "It is not far below 0, and a ReLU does not ask how far.": "nothing changes, as z⁽¹⁾ is so small",
            },
        ),
    ),
    "ex-bp-store": dict(
        count=Numbers(
            "how many partial derivatives there are for a 3-4-3 network",
            31,
            {
                "The biases are missing.": 24,
                "The inputs have no parameters.": 34,
                "That counts the activations and errors as well.": 48,
                "One for each of 100 examples? They are averaged.": 3100,
            },
            digits=None,
        ),
        shape=Numbers(
            "the shape of ∂C/∂w⁽¹⁾",
            [4, 3],
            {
                "It has the shape of w⁽¹⁾ itself: a row for each neuron.": [3, 4],
                "A column belongs to an input, and there are three of them.": [4, 4],
                "The batch is averaged away.": [100, 4],
            },
            digits=None,
        ),
        grow=Choice(
            "what grows with the number of examples",
            "Z, A and δ",
            {
                "They are averaged, and keep the shapes of the parameters.": "the gradients of weights and biases",
                "The flat vector of gradients has 31 numbers for any batch.": "all of them",
                "Each example has its own Z, A and δ, a row each.": "none of them",
                "δ has a row for each example as well, before the average.": "Z and A",
            },
        ),
    ),
    "ex-bp-shapes": dict(
        fails=Choice(
            "which fail",
            "(b)",
            {
                "(5, 2) by (2, 4) fits. With examples as rows no transpose is needed there.": "(a)",
                "(c) is (a) with examples as columns, turned back at the end: (4, 2) by (2, 5) fits.": "(b) and (c)",
                "(3, 5) by (5, 4) fits. It is only what comes out that does not.": "(b) and (e)",
                "(f) is a single number, and numpy spreads it over all four biases without a word.": "(b) and (f)",
            },
        ),
        wrong=Choice(
            "which run and are wrong",
            "(e) and (f)",
            {
                "One number for four biases runs as well: sum over the examples only.": "(e)",
                "(e) gives (3, 4), and W[1] is (4, 3).": "(f)",
                "(c) gives (5, 4), just like (a).": "(c) and (e)",
                "(d) gives (4, 3), as W[1] is. It is (e) that comes out transposed.": "(d) and (f)",
            },
        ),
    ),
    "ex-bp-zero": dict(
        errors=Numbers(
            "the errors δ⁽¹⁾ and δ⁽²⁾",
            [d1, d2],
            {
                "δ⁽²⁾ stands first; asked for is the order of the layers.": [d2, d1],
                "The slope of the output is missing in δ⁽²⁾, and so in both.": [
                    (a2 - 1) * 0.5 * 0.25,
                    a2 - 1,
                ],
                "The slope of the hidden neuron, a quarter, is missing in δ⁽¹⁾.": [d2 * 0.5, d2],
                "On its way back the error passes w⁽²⁾ = 0.5.": [d2 * 0.25, d2],
                "The error is a − y, and not y − a.": [-d1, -d2],
            },
        ),
        slopes=Numbers(
            "the slopes of the two weights",
            [0, d2 * 0.5],
            {
                "What comes into w⁽¹⁾ is the input, 0.": [d1, d2 * 0.5],
                "What comes into w⁽²⁾ is a⁽¹⁾ = 0.5; you have the error alone.": [0, d2],
                "What comes into w⁽²⁾ is a⁽¹⁾ = σ(0), and that is not 0.": [0, 0],
            },
        ),
        after=Numbers(
            "w⁽¹⁾, b⁽¹⁾, w⁽²⁾ and b⁽²⁾ after 1,000 steps",
            moved,
            {
                "That is after 100 steps.": chain(100)[0],
                "That is with η = 0.1.": chain(1000, rate=0.1)[0],
                "w⁽¹⁾ cannot move: its slope is δ⁽¹⁾ times 0, at every step.": chain(1000, learn_w1=True)[0],
            },
        ),
    ),
    "ex-bp-vectorise": dict(
        function=Code(
            "total(delta, a)",
            product,
            [
                (np.arange(20.0).reshape(5, 4), np.arange(15.0).reshape(5, 3) - 7),
                (np.array([[1.0, -2]]), np.array([[3.0]])),
                (np.eye(3), np.arange(9.0).reshape(3, 3)),
            ],
            {
                "That is the transpose: a row belongs to an entry of δ, a column to one of a.": lambda delta, a: (
                    a.T @ delta
                ),
                "You divided by the number of examples; the loop adds up.": lambda delta, a: (
                    delta.T @ a / len(a)
                ),
                "That multiplies what is summed over all examples. Sum the products, not the factors.": lambda delta, a: (
                    np.outer(delta.sum(axis=0), a.sum(axis=0))
                ),
                "That is the last example alone.": lambda delta, a: np.outer(delta[-1], a[-1]),
            },
        ),
        einsum=Choice(
            "the indices for np.einsum",
            "nj,ni->ji",
            {
                "That is the transpose: (3, 4).": "nj,ni->ij",
                "Without the sum over n: one matrix for each example.": "nj,ni->nji",
                "Here n is the second index, and an example is a row.": "jn,in->ji",
            },
        ),
    ),
    "ex-bp-bug": dict(
        right=Choice(
            "whose rule is right",
            "Ann",
            {
                "With examples as rows, the error goes back through W and not its transpose. Equal sizes hide it.": "Bob",
                "1 − a² is the slope of tanh, and these are sigmoids.": "Cem",
                "One of the three passes the check.": "nobody",
            },
        ),
        bob=Choice(
            "what Bob did",
            "he transposed W",
            {
                "a(1 − a) is the sigmoid's slope.": "he took the slope of tanh",
                "The slope is there, behind the product.": "he left out the slope",
                "There is no mean in this line for anyone.": "he forgot the mean over the batch",
            },
        ),
        cem=Choice(
            "what Cem did",
            "he took the slope of tanh",
            {
                "W stands there as it should.": "he transposed W",
                "The slope is there, and it is another function's.": "he left out the slope",
                "There is no mean in this line for anyone.": "he forgot the mean over the batch",
            },
        ),
    ),
    "ex-bp-softmax": dict(
        entropy=Numbers(
            "(a) δ for categorical cross-entropy",
            d,
            {
                "The error is a − y, and not y − a.": -d,
                "With this pair no slope is left over: δ = a − y.": d * a * (1 - a),
                "The second class is right, so the 1 is taken off the second output.": a - [1, 0, 0],
                "The 1 of the right class is taken off, not divided by the output.": [0, -5, 0],
            },
        ),
        quadratic=Numbers(
            "(b) δ for the quadratic cost",
            by_vjp,
            {
                "The sum Σ g a is missing. Every output of a softmax depends on every z.": a * d,
                "a(1 − a) is only the diagonal of softmax's derivative.": d * a * (1 - a),
                "That is (a). The quadratic cost still has to pass softmax's derivative.": d,
                "The sum was added; take it off.": a * (d + (d * a).sum()),
            },
        ),
        faster=Choice(
            "which learns faster from this mistake",
            "cross-entropy",
            {
                "Its error is a third as large here.": "the quadratic cost",
                "Compare the entries of the two δ.": "both alike",
                "A size of δ, at the same rate, is a size of the step.": "that cannot be said",
            },
        ),
    ),
    "ex-bp-cost-rose": dict(
        first=Choice(
            "(a) the first wrong number",
            "0.44",
            {
                "σ of the output's z is 0.78. It is too small, and it should be: the target is 1.": "0.78",
                "It is off as well, and comes later.": "0.20",
                "It comes out of two wrong numbers before it.": "0.09",
                "A rate is chosen and cannot be wrong here: a hundredth of it fails as well.": "η = 0.4",
            },
        ),
        slip=Numbers(
            "(b) 0.78 · 0.22, with four digits",
            0.78 * 0.22,
            {
                "That is what was written; multiply again.": 0.2,
                "The factor is 1 − 0.78, and the two are multiplied, not added.": 1,
                "That is 0.78 squared.": 0.78**2,
                "That is 0.22 squared.": 0.22**2,
            },
        ),
        length=Choice(
            "(c) how to find out whether the step is only too long",
            "take a hundredth of it",
            {
                "Ten wrong steps do not show what is wrong with one.": "take ten more steps",
                "Another start may hide it or not.": "start from other weights",
                "The wrong direction stays wrong with any cost.": "try another cost",
            },
        ),
        delta2=Numbers(
            "(d) δ⁽²⁾",
            float(rose_d2[0]),
            {
                "The output is too small, so δ⁽²⁾ must be negative.": -float(rose_d2[0]),
                "The 2 of the square is missing: this cost has no ½.": float(rose_d2[0]) / 2,
                "The slope 0.78 · 0.22 is missing.": 2 * (loudness - 1),
            },
            digits=2,
        ),
        delta1=Numbers(
            "(d) δ⁽¹⁾",
            rose_d1,
            {
                "The other sign: δ⁽²⁾ is negative.": -rose_d1,
                "The hidden neurons' slopes are missing.": float(rose_d2[0]) * np.array([0.2, 0.8]),
                "On its way back the error passes w⁽²⁾.": float(rose_d2[0]) * np.array([0.2350, 0.25]),
                "You gave both hidden neurons the same slope.": float(rose_d2[0])
                * np.array([0.2, 0.8])
                * 0.25,
            },
            digits=2,
        ),
        after=Numbers(
            "(d) the cost after the step, with b⁽¹⁾ left at 0",
            risen,
            {
                "The step goes uphill: the sign is still lost.": rise(-1)[0],
                "That is the cost before the step.": 0.0477,
                "That is where the step on paper led, uphill.": 0.0528,
            },
            digits=3,
        ),
    ),
    "ex-bp-wishes": dict(
        each=Numbers(
            "what each path brings back: w times δ",
            complaints,
            {
                "Each weight is multiplied by the error it leads to; you crossed them.": [
                    0.5 * 0.1,
                    -2 * -0.3,
                ],
                "These are the wishes for a. Asked for are the cost's slopes, with the other sign.": -complaints,
                "Weight and error are multiplied, not added.": [0.5 - 0.3, -2 + 0.1],
            },
        ),
        total=Numbers(
            "what they come to",
            complaints.sum(),
            {
                "Both are negative, so they add up.": 0.05,
                "They are added up; no mean is taken.": complaints.mean(),
                "Multiply path by path first, and add up then.": (0.5 - 2) * (-0.3 + 0.1),
            },
        ),
        delta=Numbers(
            "the hidden neuron's own error δ",
            complaints.sum() * 0.24,
            {
                "The neuron's own slope is missing.": complaints.sum(),
                "The slope is a(1 − a), and you took a.": complaints.sum() * 0.6,
                "That is tanh's slope, 1 − a²; this is a sigmoid.": complaints.sum() * 0.64,
            },
        ),
    ),
    "ex-bp-forwards": dict(
        walks=Numbers(
            "how many forward walks it would take for the network of this chapter, 784-16-16-10",
            13_002,
            {
                "One for each weight and bias: the biases are missing.": 12_960,
                "That is backwards. Forwards, each walk has one input of its own.": 1,
                "The parameters are chosen one by one, and not the outputs.": 10,
                "The slopes are asked for by the parameters, and not by the pixels.": 784,
            },
            digits=None,
        ),
        when=Choice(
            "when forward is the better direction",
            "few inputs, many results",
            {
                "That is a network with its cost: one walk back gives all.": "many inputs, one result",
                "Both directions see all gates, however many there are.": "many gates in a row",
                "What is linear has slopes like everything else, and as many.": "linear functions",
            },
        ),
        words=Explain(
            [
                "that one forward walk carries the slopes by one chosen input?",
                "that forward suits few inputs and many results?",
                "that the backward walk needs all values of the forward walk?",
            ]
        ),
    ),
    "ex-bp-autodiff": dict(
        function=Code(
            "Value, the class itself, with +, *, sigmoid(), backward() and grad",
            Value,
            [()],
            {
                "A value used twice keeps only what came back last: += in place of =.": KeepsTheLast,
                "A product passes on the other factor; yours passes on the value's own.": OwnFactor,
                "The sigmoid's slope is a(1 − a); you took the slope at a in place of z.": SlopeAtTheResult,
            },
            call=slopes_by,
        ),
        slopes=Numbers(
            "the slopes of (a + a)·c by a and c, at a = 3, c = 2",
            [4, 6],
            {
                "a is used twice: both ways bring something back.": [2, 6],
                "A product passes on the other factor.": [12, 2],
                "By c it is the other factor, a + a.": [4, 3],
            },
            digits=None,
        ),
    ),
    "ex-bp-paper": dict(
        outputs=Numbers(
            "(a) the outputs a⁽²⁾",
            outputs,
            {
                "The biases are missing.": W2 @ (W1 @ x),
                "The hidden biases are missing.": W2 @ (W1 @ x) + b2,
                "z is w times x, row times column; you went down the columns.": W2.T
                @ np.maximum(W1.T @ x + b1, 0)
                + b2,
                "The output's biases are missing.": W2 @ np.maximum(W1 @ x + b1, 0),
            },
        ),
        cost=Numbers(
            "(a) the cost",
            cost,
            {
                "The ½ is missing.": 2 * cost,
                "Half of the sum over the outputs; no mean is taken.": cost / 2,
                "The square of the length is asked for, and no root.": 0.5
                * np.sqrt(((outputs - t) ** 2).sum()),
                "The targets have to be taken off before squaring.": 0.5 * (outputs**2).sum(),
            },
            digits=4,
        ),
        delta1=Numbers(
            "(b) δ⁽¹⁾",
            pd1,
            {
                "Back through w⁽²⁾ it goes down the columns; you took its rows.": W2 @ pd2,
                "The error at the output is a − y, and not y − a.": -pd1,
                "That is δ⁽²⁾. It still has to pass w⁽²⁾.": pd2,
            },
        ),
        dW2=Numbers(
            "(b) ∂C/∂w⁽²⁾",
            g.W[2],
            {
                "That is the transpose: a row belongs to an output neuron.": g.W[2].T,
                "What comes into w⁽²⁾ is a⁽¹⁾, and not x.": np.outer(pd2, x),
                "You took δ⁽¹⁾ for δ⁽²⁾.": np.outer(pd1, [1.5, 1]),
            },
        ),
        dW1=Numbers(
            "(b) ∂C/∂w⁽¹⁾",
            g.W[1],
            {
                "That is the transpose: a row belongs to a hidden neuron.": g.W[1].T,
                "What comes into w⁽¹⁾ is x, and not a⁽¹⁾.": np.outer(pd1, [1.5, 1]),
                "Your δ⁽¹⁾ went back through the rows of w⁽²⁾; it goes down the columns.": np.outer(
                    W2 @ pd2, x
                ),
            },
        ),
        newW1=Numbers(
            "(c) the new w⁽¹⁾",
            new[0],
            {
                "You went uphill: subtract.": W1 + 0.02 * g.W[1],
                "w⁽²⁾ had moved already when δ⁽¹⁾ was computed. All gradients first, then all steps.": W1
                - 0.02 * np.outer(new[2].T @ pd2, x),
                "The rate is 0.02; you took ten times as much.": W1 - 0.2 * g.W[1],
            },
            digits=5,
        ),
        after=Numbers(
            "(d) the cost after the step",
            paper(*new)[0],
            {
                "That is the cost before it.": cost,
                "The ½ is missing.": 2 * paper(*new)[0],
                "The step went uphill.": paper(*stepped(-0.02))[0],
                "Only the weights were moved; the biases learn, too.": paper(*stepped(biases=False))[0],
            },
        ),
        silent=Numbers(
            "(e) the new ∂C/∂w⁽²⁾",
            off.W[2],
            {
                "That is with the neuron on. With the bias −2.5 its z is below 0, so it says 0.": g.W[2],
                "A silent neuron's outgoing weights get nothing: the second column is 0, not the second row.": [
                    [3, 2],
                    [0, 0],
                ],
                "The outputs have changed as well, and so has δ⁽²⁾.": g.W[2] * [[1, 0], [1, 0]],
                "That is the transpose.": off.W[2].T,
            },
        ),
    ),
    "ex-bp-wrong-distance": dict(
        factor=Numbers(
            "for a sigmoid that says 0.6 to the target 1: a − y, and δ with the quadratic cost",
            [-0.4, -0.096],
            {
                "With the quadratic cost the slope a(1 − a) is a factor.": [-0.4, -0.4],
                "The error is a − y, and not y − a.": [0.4, 0.096],
                "That is tanh's slope, 1 − a².": [-0.4, -0.256],
                "The slope is a(1 − a), and you took a alone.": [-0.4, -0.24],
            },
        ),
        pair=Choice(
            "where δ is a − y at the output",
            "linear with the quadratic cost",
            {
                "There the slope a(1 − a) is left over.": "sigmoid with the quadratic cost",
                "There the slope 1 − a² is left over.": "tanh with the quadratic cost",
                "A hidden neuron has no target at all.": "in every layer, with the right cost",
            },
        ),
    ),
    "ex-bp-wrong-equals": dict(
        xx=Numbers(
            "x·x + x at x = 3: the slope, and what a program with = finds that keeps the last",
            [7, 1],
            {
                "The right slope adds up all three ways: 3 + 3 + 1.": [1, 7],
                "x·x brings something back twice.": [4, 1],
                "With = the last one overwrites the others; it does not add.": [7, 7],
            },
            digits=None,
        ),
        between=Choice(
            "what else must not be forgotten with +=",
            "to set the sums to 0 before each walk",
            {
                "They come out as they are; only old ones must be gone.": "to divide each sum by the number of its ways",
                "Each value has one sum, however many ways lead to it.": "to keep a sum for every way",
                "A sum does not mind the order of its terms.": "to add up the longest way first",
            },
        ),
    ),
    "ex-bp-wrong-order": dict(
        order=Choice(
            "the right order",
            "all gradients, then all updates",
            {
                "Then the error goes back through weights that the cost never saw.": "a layer's gradient, its update, the next layer",
                "Without the error of the next layer there is nothing to begin with.": "from the first layer to the last",
                "For a small rate it is nearly right, and a gradient check finds it.": "it makes no difference, if the rate is small",
            },
        ),
        shrinks=Numbers(
            "the relative error of such a gradient is 0.0085 at η = 1. At η = 0.1, about",
            0.00085,
            {
                "A smaller step leaves the weights nearer to where the cost saw them.": 0.0085,
                "It shrinks like the step, and not like its square.": 0.000085,
                "A smaller rate makes a smaller error.": 0.085,
            },
            digits=1,
        ),
    ),
    "ex-bp-wrong-shapes": dict(
        finds=Choice(
            "what a shape check can find",
            "a transpose between layers of different sizes",
            {
                "A sum has the shape of its mean.": "a sum in place of the mean over the batch",
                "Both have the shape of the layer.": "the slope taken of A in place of Z",
                "W and W.T both fit there.": "a transpose between layers of equal sizes",
            },
        ),
        longer=Numbers(
            "how many times too long the gradient is that is summed over 32 examples and never divided",
            32,
            {
                "A sum is as many times its mean as it has terms.": 1,
                "It is the number of examples, and not its root.": float(np.sqrt(32)),
                "Too long, and not too short.": 1 / 32,
            },
            digits=None,
        ),
    ),
}
