"""Cost functions: answers, usual mistakes, and what to say to each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import nnlib
from nnlib.exercises.again.cost_functions import AGAIN
from nnlib.exercises.kinds import Choice, Code, Explain, Formula, Numbers, Rules

Array = Any
Function = Callable[[Array, Array], Array]

sigmoid, relu, softmax = (nnlib.ACTIVATIONS[name] for name in ("sigmoid", "relu", "softmax"))


# A network and its cost, by hand

W1, b1 = np.array([[-0.2, 0.4], [0.3, 0.1], [-0.5, -0.3]]), np.array([-0.3, 0.1, 0])
W2, b2 = np.array([[1.0, 2, 3], [-1, 0, 2]]), np.array([0, 0.1])
x, y = np.array([-1.0, 1]), np.array([0.0, 1])
z2 = W2 @ relu(W1 @ x + b1) + b2
a = softmax(z2)


# Two hidden neurons and two costs, by hand

v1, c1, v2, c2 = np.array([0.3, 0.4]), np.array([0.1, 0.2]), np.array([1.0, -3]), 0.2
out = float(sigmoid(v2 @ sigmoid(v1 + c1) + c2))


# Four costs of three predictions

A, Y = np.array([0.9, 0.4, 0.8]), np.array([1.0, 0, 0])
e = A - Y
entropy = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# The update rule for other activations, at z = 0.7 with the target 0.2

outputs = np.array(
    [float(nnlib.ACTIVATIONS[name](np.array(0.7))) for name in ("sigmoid", "tanh", "relu", "linear")]
)
slopes = np.array([outputs[0] * (1 - outputs[0]), 1 - outputs[1] ** 2, 1, 1])


# A check of your own


def numerical_prime(cost: Function, A: Array, Y: Array, h: float = 1e-6) -> Array:
    g = np.zeros_like(A)
    for j in range(A.shape[1]):
        step = np.zeros_like(A)
        step[:, j] = h
        g[:, j] = (cost(A + step, Y) - cost(A - step, Y)) / (2 * h)
    return g


def all_outputs_at_once(cost: Function, A: Array, Y: Array) -> Array:
    return np.tile(((cost(A + 1e-6, Y) - cost(A - 1e-6, Y)) / 2e-6)[:, None], (1, A.shape[1]))


def squares(A: Array, Y: Array) -> Array:
    return nnlib.COSTS["quadratic"](A, Y)


def binary(A: Array, Y: Array) -> Array:
    return nnlib.COSTS["binary_cross_entropy"](A, Y)


# Cross-entropy from logits


def bce(z: float, y: float) -> float:
    return float(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z)


def cce(z: Array, label: int) -> float:
    return float(z.max() + np.log(np.exp(z - z.max()).sum()) - z[label])


def naive_cce(z: Array, label: int) -> float:
    return float(np.log(np.exp(z).sum()) - z[label])


LOGITS = np.array([-1000.0, -2, 0, 2, 1000])

# The average of a sum and of a mean; a column and a row

column, row = np.array([[0.9], [0.1], [0.8]]), np.array([1.0, 0, 1])

EXERCISES = {
    **AGAIN,
    "ex-costs-by-hand": dict(
        a=Numbers(
            "the two outputs",
            a,
            {
                "The hidden layer has a ReLU, which makes 0 of −0.1.": softmax(W2 @ (W1 @ x + b1) + b2),
                "The biases are missing.": softmax(W2 @ relu(W1 @ x)),
                "These are the weighted inputs z⁽²⁾; softmax comes after them.": z2,
                "These are two sigmoids. The outputs of a softmax sum to 1.": sigmoid(z2),
            },
        ),
        cost=Numbers(
            "the categorical cross-entropy",
            -np.log(a[1]),
            {
                "That is the logarithm of the first output, and the second class is right.": -np.log(a[0]),
                "A cost is positive: minus the logarithm.": np.log(a[1]),
                "That is the binary cost of both outputs. Here the right class's output alone counts.": -np.log(
                    a[1]
                )
                - np.log(1 - a[0]),
                "That is the logarithm to base 10; the natural one is meant.": -np.log10(a[1]),
                "That is the quadratic cost.": 0.5 * ((a - y) ** 2).sum(),
            },
        ),
        delta=Numbers(
            "δ⁽²⁾",
            a - y,
            {
                "The error is a − y, and not y − a.": y - a,
                "With softmax and cross-entropy no slope is left over: δ = a − y.": (a - y) * a * (1 - a),
                "The target is (0, 1), since the second class is right.": a - y[::-1],
                "These are the outputs; take the target off.": a,
            },
        ),
    ),
    "ex-costs-one-two-one": dict(
        output=Numbers(
            "the output",
            out,
            {
                "The hidden neurons are sigmoids, too; you passed their z on.": sigmoid(v2 @ (v1 + c1) + c2),
                "That is z⁽²⁾; the output is its sigmoid.": v2 @ sigmoid(v1 + c1) + c2,
                "The biases are missing.": sigmoid(v2 @ sigmoid(v1)),
                "The second weight is −3: its sign got lost.": sigmoid(np.abs(v2) @ sigmoid(v1 + c1) + c2),
                "Only the output's bias is missing.": sigmoid(v2 @ sigmoid(v1 + c1)),
            },
        ),
        quadratic=Numbers(
            "its quadratic cost",
            0.5 * (out - 1) ** 2,
            {
                "The ½ is missing.": (out - 1) ** 2,
                "You rounded on the way, to two decimals.": 0.2888,
                "The error has to be squared.": 0.5 * abs(out - 1),
                "That is the cost for the target 0.": 0.5 * out**2,
            },
            digits=4,
        ),
        entropy=Numbers(
            "its binary cross-entropy",
            -np.log(out),
            {
                "That is the cost for the target 0, −ln(1 − a).": -np.log(1 - out),
                "A cost is positive: minus the logarithm.": np.log(out),
                "That is the logarithm to base 10; the natural one is meant.": -np.log10(out),
            },
        ),
        off=Numbers(
            "how far off the quadratic cost is when rounded on the way",
            0.5 * (0.24 - 1) ** 2 - 0.5 * (out - 1) ** 2,
            {
                "That is the rounded cost itself; take the exact one off.": 0.2888,
                "That is how far off it is in parts of the cost; the difference itself is asked for.": (
                    0.2888 - 0.28683
                )
                / 0.28683,
                "The ½ is missing.": (0.24 - 1) ** 2 - (out - 1) ** 2,
            },
            digits=1,
        ),
    ),
    "ex-costs-four-costs": dict(
        quadratic=Numbers(
            "the average quadratic cost",
            0.5 * (e**2).mean(),
            {
                "The ½ is missing.": (e**2).mean(),
                "That is the sum over the three examples; divide by 3.": 0.5 * (e**2).sum(),
                "The errors have to be squared.": 0.5 * np.abs(e).mean(),
            },
        ),
        mse=Numbers(
            "the squared error",
            (e**2).mean(),
            {
                "This one has no ½.": 0.5 * (e**2).mean(),
                "That is the sum over the three examples; divide by 3.": (e**2).sum(),
                "No root is taken here.": np.sqrt((e**2).mean()),
            },
        ),
        mae=Numbers(
            "the absolute error",
            np.abs(e).mean(),
            {
                "The first error is −0.1, and its size counts.": e.mean(),
                "That is the sum over the three examples; divide by 3.": np.abs(e).sum(),
                "That is the squared error.": (e**2).mean(),
            },
        ),
        bce=Numbers(
            "the binary cross-entropy",
            entropy.mean(),
            {
                "Where y is 0, it is the logarithm of 1 − a that counts.": -np.log(A).mean(),
                "That is the sum over the three examples; divide by 3.": entropy.sum(),
                "A cost is positive: minus the logarithm.": -entropy.mean(),
                "The targets are exchanged: y and 1 − y.": -((1 - Y) * np.log(A) + Y * np.log(1 - A)).mean(),
            },
        ),
        share=Numbers(
            "the third example's share of the quadratic cost",
            float(100 * e[2] ** 2 / (e**2).sum()),
            {
                "That is its share of the absolute error; square the errors.": float(
                    100 * np.abs(e[2]) / np.abs(e).sum()
                ),
                "That is its share of the cross-entropy.": float(100 * entropy[2] / entropy.sum()),
                "An equal share would be a third; the largest error weighs more.": 100 / 3,
                "That is the second example's share.": float(100 * e[1] ** 2 / (e**2).sum()),
            },
            digits=2,
            unit="%",
        ),
    ),
    "ex-costs-choose": dict(
        neurons=Numbers(
            "how many output neurons for (a) to (f)",
            [1, 1, 26, 12, 2, 1],
            {
                "In (e) the position has two coordinates.": [1, 1, 26, 12, 1, 1],
                "Two softmax outputs would do for (b) and (f); one sigmoid is enough.": [1, 2, 26, 12, 2, 2],
                "In (d) several instruments play at once, so each needs an output.": [1, 1, 26, 1, 2, 1],
                "In (c) one output would put the letters on a scale.": [1, 1, 1, 12, 2, 1],
            },
            digits=None,
        ),
        letters=Choice(
            "(c) activation and cost",
            "softmax, categorical cross-entropy",
            {
                "Then all 26 could say yes at once, and only one is right.": "sigmoid, binary cross-entropy",
                "Nothing would push the wrong letters down.": "sigmoid, categorical cross-entropy",
                "It learns slowly wherever it is sure and wrong.": "softmax, quadratic",
            },
        ),
        instruments=Choice(
            "(d) activation and cost",
            "sigmoid, binary cross-entropy",
            {
                "Its outputs share a sum of 1; two instruments could not both be sure.": "softmax, categorical cross-entropy",
                "Its outputs go below 0, where there is no logarithm.": "tanh, binary cross-entropy",
                "It has no bounds, and no logarithm below 0.": "linear, binary cross-entropy",
            },
        ),
        ball=Choice(
            "(e) the cost, when some measurements are grossly wrong",
            "absolute error",
            {
                "It squares the gross errors, and they would rule.": "quadratic",
                "A coordinate is no probability.": "binary cross-entropy",
                "There are no classes.": "categorical cross-entropy",
            },
        ),
        rain=Choice(
            "(f) what the target is",
            "whether it rained, 0 or 1",
            {
                "Nobody knows it; it is what the network learns to say.": "the true probability of rain",
                "That is another question, with a linear output.": "how much rain fell",
                "One output needs one number.": "a one-hot row of two",
            },
        ),
    ),
    "ex-costs-wrong": dict(
        refused=Choice(
            "which of them nnlib refuses",
            "(a) and (b)",
            {
                "(c) runs, and learns slowly. By its parts it cannot be told from a sensible network.": "(a), (b) and (c)",
                "(d) runs: nnlib does not know that degrees go below 0.": "(b) and (d)",
                "(e) runs: each output lies between 0 and 1.": "(a), (b) and (e)",
                "(b) is refused as well: tanh goes below 0, where there is no logarithm.": "(a) alone",
            },
        ),
        words=Explain(
            [
                "(a) that it says 1 whatever comes in?",
                "(b) that there is no logarithm of a negative number?",
                "(c) that where |z| is large the slope is almost 0, also where it is wrong?",
                "(d) that no output below 0 is possible?",
                "(e) that nothing pushes the wrong outputs down?",
            ],
            "a sentence each",
        ),
    ),
    "ex-costs-fastest": dict(
        a=Numbers(
            "the output a where the quadratic cost's gradient is largest",
            2 / 3,
            {
                "That is where the slope a(1 − a) alone is largest; the error a is a factor, too.": 1 / 2,
                "You turned the fraction over: solve 2a = 3a² for a.": 3 / 2,
                "There the error is largest, and the slope is 0.": 1.0,
                "2a − 3a² vanishes at 0 as well, and there the gradient is smallest.": 0.0,
            },
        ),
        quadratic=Numbers(
            "how large it is there",
            4 / 27,
            {
                "That is the slope a(1 − a) alone; multiply by the error a.": 2 / 9,
                "That is its value at one half. The place is two thirds.": 1 / 8,
                "That is a². The factor 1 − a is missing.": 4 / 9,
                "You divided 2 by 27; a² is 4 ninths.": 2 / 27,
            },
        ),
        entropy=Numbers(
            "cross-entropy's at the same place",
            2 / 3,
            {
                "With cross-entropy the slope cancels, and the error a − y is left.": 4 / 27,
                "The target is 0, so the error is a, and not 1 − a.": 1 / 3,
                "That is the cost, and not its gradient.": -np.log(1 / 3),
            },
        ),
        beyond=Numbers(
            "the value below which the quadratic one falls for a > 0.99",
            0.99**2 * 0.01,
            {
                "That is the most it ever reaches, at two thirds.": 4 / 27,
                "That is cross-entropy's, which stays near 1.": 0.99,
                "The factor 1 − a comes once, and a twice.": 0.99 * 0.01**2,
            },
            digits=2,
        ),
    ),
    "ex-costs-other-activations": dict(
        delta=Numbers(
            "δ for sigmoid, tanh, ReLU and linear at z = 0.7, y = 0.2",
            (outputs - 0.2) * slopes,
            {
                "The slope is missing: δ = (a − y) f′(z).": outputs - 0.2,
                "The error is a − y, and not y − a.": (0.2 - outputs) * slopes,
                "The slopes are written with a, and not with z.": (outputs - 0.2)
                * [0.7 * 0.3, 1 - 0.49, 1, 1],
                "In place of the slope f′ you took f itself.": (outputs - 0.2) * outputs,
            },
        ),
        sigmoid=Formula(
            "the sigmoid's δ, in a and y",
            "(a - y) a (1 - a)",
            {"a": [0.2, 0.7, 0.9], "y": [1.0, 0.0, 0.5]},
            {
                "That is the error alone; the slope a(1 − a) is a factor.": "a - y",
                "That is tanh's: its slope is 1 − a².": "(a - y)(1 - a²)",
                "That is the cost.": "(a - y)²/2",
                "That is the slope alone; the error is a factor.": "a(1 - a)",
            },
        ),
        tanh=Formula(
            "tanh's δ, in a and y",
            "(a - y)(1 - a²)",
            {"a": [0.2, 0.7, -0.9], "y": [1.0, 0.0, 0.5]},
            {
                "That is the error alone; the slope 1 − a² is a factor.": "a - y",
                "That is the sigmoid's: its slope is a(1 − a).": "(a - y) a (1 - a)",
                "The square is missing: 1 − a².": "(a - y)(1 - a)",
            },
        ),
    ),
    "ex-costs-check": dict(
        function=Code(
            "numerical_prime(cost, A, Y)",
            numerical_prime,
            [
                (squares, np.array([[0.7, 0.2]]), np.array([[1.0, 0.0]])),
                (binary, np.array([[0.7, 0.2]]), np.array([[1.0, 0.0]])),
                (squares, np.array([[0.5]]), np.array([[1.0]])),
            ],
            {
                "Twice too large: the two outputs are 2h apart, and you divide by h.": lambda cost, A, Y: (
                    2 * numerical_prime(cost, A, Y)
                ),
                "The cost at the smaller output is subtracted from the other; you have them the other way round.": lambda cost, A, Y: (
                    -numerical_prime(cost, A, Y)
                ),
                "You move all outputs at once, and their slopes run into one another.": all_outputs_at_once,
                "You divide by the number of outputs; each output has a slope of its own.": lambda cost, A, Y: (
                    numerical_prime(cost, A, Y) / A.shape[1]
                ),
            },
        ),
    ),
    "ex-costs-logits": dict(
        bce=Code(
            "bce(z, y)",
            bce,
            [(2.0, 0.0), (-1000.0, 0.0), (1000.0, 0.0), (1000.0, 1.0), (0.0, 0.5)],
            {
                "The term yz is taken off, and not added.": lambda z, y: bce(z, -y),
                "That is right for the target 0 only: the term yz is missing.": lambda z, y: bce(z, 0),
                "It overflows: e^1000 is no number. Only exponentials of numbers below 0 are safe.": lambda z, y: (
                    np.log(1 + np.exp(z)) - y * z
                ),
                "You have the targets exchanged.": lambda z, y: bce(z, 1 - y),
            },
        ),
        cce=Code(
            "cce(z, label)",
            cce,
            [(LOGITS, 0), (LOGITS, 3), (LOGITS, 4), (np.array([0.5, 0.5]), 1)],
            {
                "It overflows: take the largest logit off before the exponentials.": naive_cce,
                "The largest logit was taken off in the exponentials, and has to come back outside of the logarithm.": lambda z, label: (
                    cce(z, label) - z.max()
                ),
                "The right class's logit is missing.": lambda z, label: cce(z, label) + z[label],
                "The other sign: a cost is positive.": lambda z, label: -cce(z, label),
            },
        ),
    ),
    "ex-costs-accuracy": dict(
        predictions=Rules(
            "three with the lower cost, then three with more right answers",
            [0.9, 0.9, 0.45, 0.51, 0.51, 0.51],
            "a b c p q r",
            {
                "A prediction lies between 0 and 1, and is neither of them.": (
                    "min(a, b, c, p, q, r, 1 - max(a, b, c, p, q, r)) > 0",
                    [1.2, 0.9, 0.4, 0.5, 0.5, 0.5],
                ),
                "The first three do not have the lower cross-entropy. Make two of them surer, and let the third be just missed.": (
                    "ln(a) + ln(b) + ln(c) > ln(p) + ln(q) + ln(r)",
                    [0.9, 0.9, 0.01, 0.51, 0.51, 0.51],
                ),
                "The second three do not have more right answers. All of theirs can be just right.": (
                    "step(a - 0.5) + step(b - 0.5) + step(c - 0.5) < step(p - 0.5) + step(q - 0.5) + step(r - 0.5)",
                    [0.9, 0.9, 0.9, 0.51, 0.51, 0.51],
                ),
            },
        ),
    ),
    "ex-costs-two-softmax": dict(
        second=Formula(
            "the second class's probability, in z₁ and z₂",
            "1/(1 + exp(z₁ − z₂))",
            {"z₁": [0.5, -1.0, 2.0], "z₂": [1.5, 2.0, -0.5]},
            {
                "That is the first class's. The difference is the other way round.": "1/(1 + exp(z₂ − z₁))",
                "The first class's weighted input matters as well: softmax has a sum below the line.": "1/(1 + exp(−z₂))",
                "That is the quotient of the two. Below the line stands the sum of both.": "exp(z₂ − z₁)",
                "The weighted inputs go through the exponential before they are divided.": "z₂/(z₁ + z₂)",
            },
        ),
        parameters=Numbers(
            "how many parameters each has on 8 inputs: softmax with two outputs, and one sigmoid",
            [18, 9],
            {
                "The biases are missing.": [16, 8],
                "You exchanged them.": [9, 18],
                "They say the same and are not the same: two outputs have twice the weights.": [9, 9],
            },
            digits=None,
        ),
    ),
    "ex-costs-tanh": dict(
        prime=Formula(
            "∂C/∂a of such a cost, in a and y",
            "(a − y)/(1 − a²)",
            {"a": [0.2, -0.7, 0.9], "y": [1.0, 1.0, -1.0]},
            {
                "That is δ. The cost's own slope must still be divided by tanh's, so that the two cancel.": "a − y",
                "That would cancel the sigmoid's slope; tanh's is 1 − a².": "(a − y)/(a(1 − a))",
                "Twice too large: the probability is (1 + a)/2, and its ½ is a factor of the derivative.": "2(a − y)/(1 − a²)",
                "You multiplied by the slope; it must be divided by it.": "(a − y)(1 − a²)",
            },
        ),
        delta=Formula(
            "δ with tanh outputs, in a and y",
            "a − y",
            {"a": [0.2, -0.7, 0.9], "y": [1.0, 1.0, -1.0]},
            {
                "The slope 1 − a² was to cancel.": "(a − y)(1 − a²)",
                "That is ∂C/∂a; times tanh's slope it becomes δ.": "(a − y)/(1 − a²)",
                "That is twice too much: where has the ½ of (1 + a)/2 gone?": "2(a − y)",
            },
        ),
    ),
    "ex-costs-wrong-accuracy": dict(
        share=Numbers(
            "nine answers with the cost 0.1 each and one with 4.6: the one's share of the total",
            100 * 4.6 / 5.5,
            {
                "That is its share of the examples, and not of the cost.": 10,
                "Divide by the total, 0.9 + 4.6, and not by the nine alone.": 100 * 4.6 / 0.9,
                "That is the share of the nine.": 100 * 0.9 / 5.5,
            },
            digits=2,
            unit="%",
        ),
        look=Choice(
            "where to look first",
            "at the rows with the largest cost",
            {
                "Both numbers may be right: they ask different things.": "at the code that computes the cost",
                "The accuracy sees only the side, and no side has changed.": "at the accuracy of each class",
                "The cost could rise at any rate, and the sides stay.": "at the learning rate",
            },
        ),
    ),
    "ex-costs-wrong-kinds": dict(
        half=Numbers(
            "cross-entropy and quadratic cost of one sigmoid output that says one half to everything",
            [np.log(2), 0.125],
            {
                "The quadratic cost has a ½ before the square.": [np.log(2), 0.25],
                "That is the logarithm to base 10; the natural one is meant.": [np.log10(2), 0.125],
                "A cost is positive: minus the logarithm.": [-np.log(2), 0.125],
                "To base 2 it would be 1; the natural logarithm is meant.": [1, 0.125],
            },
        ),
        compare=Choice(
            "how to compare two networks with different costs",
            "by their accuracy on rows held back",
            {
                "They are counted in different units.": "by the cost itself, the smaller is better",
                "Both begin where chance puts them, each in its own unit.": "by how much of its first cost each has lost",
                "The number of epochs says nothing of what was learned.": "by the epochs until the cost stops falling",
            },
        ),
    ),
    "ex-costs-wrong-average": dict(
        rate=Numbers(
            "with the sum in place of the mean, how many times too large is a rate found on 1,000 rows, on 100,000?",
            100,
            {
                "The sum grows with the rows, and the rate would have to shrink by the same factor.": 1,
                "You turned the quotient over.": 0.01,
                "That is how many rows there are.": 100_000,
            },
            digits=None,
        ),
        why=Choice(
            "why the mean is taken",
            "so that the number of rows does not matter",
            {
                "A sum is a single number, too.": "so that the cost is one number",
                "A positive factor moves no minimum.": "so that the minimum lies elsewhere",
                "Each row has the same weight in a sum as well.": "so that every row counts the same",
            },
        ),
    ),
    "ex-costs-wrong-shape": dict(
        shape=Numbers(
            "the shape of (N, 1) minus (N,) for N = 3",
            [3, 3],
            {
                "A row and a column do not pair up: every output meets every target.": [3, 1],
                "The targets become a row, and both are filled up to a square.": [1, 3],
                "There are 9 differences here, in a square.": [9, 1],
            },
            digits=None,
        ),
        costs=Numbers(
            "outputs 0.9, 0.1, 0.8 and targets 1, 0, 1: the quadratic cost that comes out, and the one that is meant",
            [np.mean(0.5 * (column - row) ** 2), np.mean(0.5 * (column - row[:, None]) ** 2)],
            {
                "You exchanged them: the square of all pairs gives the larger one.": [
                    np.mean(0.5 * (column - row[:, None]) ** 2),
                    np.mean(0.5 * (column - row) ** 2),
                ],
                "The ½ is missing in both.": [
                    np.mean((column - row) ** 2),
                    np.mean((column - row[:, None]) ** 2),
                ],
                "It does not come out right: each output meets each target.": [0.01, 0.01],
            },
        ),
    ),
    "ex-costs-wrong-twice": dict(
        best=Numbers(
            "the largest output of a softmax of ten numbers between 0 and 1",
            np.e / (np.e + 9),
            {
                "It would need a far larger number for that; the largest is 1, and e^1 is 2.7.": 1,
                "e^0 is 1, and nine of them stand in the sum.": np.e / (np.e + 10),
                "The sum has e itself and nine more.": np.e / 9,
                "That is what an output gets when all ten are equal.": 0.1,
            },
        ),
        floor=Numbers(
            "so the cost cannot fall below",
            np.log(1 + 9 / np.e),
            {
                "That is where ten equal outputs stand; a little better is possible.": np.log(10),
                "With logits it could come as near to 0 as you like. Here the outputs stay below ¼.": 0,
                "A cost is positive: minus the logarithm.": -np.log(1 + 9 / np.e),
                "That is the logarithm to base 10.": np.log10(1 + 9 / np.e),
            },
        ),
        sign=Choice(
            "by what else one notices it",
            "outputs that are never sure",
            {
                "The largest output stays the largest through a second softmax.": "an accuracy no better than chance",
                "All numbers stay small and finite.": "a cost that turns to nan",
                "The first softmax takes care of that.": "outputs that do not sum to 1",
            },
        ),
    ),
    "ex-costs-wrong-base": dict(
        factor=Numbers(
            "by what factor base 2 makes cost and slopes larger",
            1 / np.log(2),
            {
                "That is ln 2. The logarithm to base 2 is divided by it.": np.log(2),
                "The base is not the factor.": 2,
                "That is 1 divided by the logarithm of 2 to base 10.": 1 / np.log10(2),
            },
        ),
        breaks=Choice(
            "what breaks",
            "δ = a − y",
            {
                "A positive factor moves no minimum.": "where the minimum lies",
                "The largest output stays the largest.": "the accuracy",
                "A larger slope is like a larger rate, no more.": "that training converges at all",
            },
        ),
    ),
}
