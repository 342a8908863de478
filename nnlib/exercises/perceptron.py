"""The perceptron: answers, usual mistakes, and what to say to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import numpy as np

import nnlib
from nnlib.exercises.again.perceptron import AGAIN
from nnlib.exercises.kinds import Choice, Code, Explain, Numbers, Rules

Array = Any

relu, sigmoid = nnlib.ACTIVATIONS["relu"], nnlib.ACTIVATIONS["sigmoid"]


# One neuron by hand

w, b = np.array([0.5, -0.25]), 0.1
points = np.array([[1, 2], [0.4, 1.6]])
z = points @ w + b


# From a figure to matrices

W1, b1 = np.array([[1, -1], [0.5, 2], [-3, 1]]), np.array([0, -0.5, 1])
w2, b2 = np.array([2, -1, 1]), 0.25
x = np.array([1, 1])
hidden = relu(W1 @ x + b1)


# The dimensions of everything


def layers(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """How many neurons each layer has, and how many inputs."""
    return zip(sizes[1:], sizes[:-1], strict=True)


def count(sizes: Sequence[int]) -> int:
    return sum(n * m + n for n, m in layers(sizes))


# The rule by hand


def rule(name: str, order: Sequence[int] = (0, 1, 2, 3), tie_is_a_mistake: bool = True) -> list[int]:
    """The mistakes of each epoch, from zero and with η = 1."""
    X, labels = nnlib.gate(name)
    w, b, epochs = np.zeros(2), 0.0, []
    while True:
        mistakes = 0
        for row in order:
            y = 2 * labels[row] - 1
            margin = y * (w @ X[row] + b)
            if margin < 0 or (margin == 0 and (tie_is_a_mistake or y > 0)):
                w, b, mistakes = w + y * X[row], b + y, mistakes + 1
        epochs.append(int(mistakes))
        if not mistakes:
            return epochs


OR = rule("OR")
TOTALS = [sum(rule("AND", order)) for order in permutations(range(4))]
LAX = [sum(rule("AND", order, tie_is_a_mistake=False)) for order in permutations(range(4))]


# A layer by hand

W3, b3 = np.array([[-0.2, 0.4], [0.3, 0.1], [-0.5, -0.3]]), np.array([-0.3, 0.1, 0])
z3 = W3 @ [-1, 1] + b3


# The bias trick for a batch


def layer(X: Array, with_bias: Array) -> Array:
    return np.column_stack([X, np.ones(len(X))]) @ with_bias.T


def ones_first(X: Array, with_bias: Array) -> Array:
    return np.column_stack([np.ones(len(X)), X]) @ with_bias.T


# Layers without an activation function

u1, c1, u2, c2 = np.array([[1, 2], [3, 4], [5, 6]]), np.array([1, 0, -1]), np.array([[7, 8, 9]]), 2

EXERCISES = {
    **AGAIN,
    "ex-perceptron-by-hand": dict(
        z=Numbers(
            "z for the two points",
            z,
            {
                "The bias is missing: z = w · x + b.": points @ w,
                "The bias is added to w · x; you took it off.": points @ w - b,
                "The second weight is −0.25: its sign got lost.": points @ np.abs(w) + b,
                "The second input is missing.": points[:, 0] * w[0] + b,
            },
        ),
        step=Numbers(
            "the step's two answers",
            (z >= 0).astype(int),
            {
                "The step says 1 where z is 0 or more. You have it the other way round.": (z < 0).astype(int),
                "−1 and 1 are how the learning rule names the classes; the step itself says 0 or 1.": [1, -1],
                "z is negative for the second point, and the step says 0 there.": [1, 1],
            },
            digits=None,
        ),
        sigmoid=Numbers(
            "the sigmoid's two answers",
            sigmoid(z),
            {
                "That is σ(−z): the exponent has a minus before z.": sigmoid(-z),
                "That is the sigmoid's slope, σ(1 − σ).": sigmoid(z) * (1 - sigmoid(z)),
                "Below the line stands a sum, 1 + e^(−z), and not a difference.": 1 / (1 - np.exp(-z)),
            },
        ),
        distance=Numbers(
            "the two distances from the line, with their signs",
            z / np.linalg.norm(w),
            {
                "That is z. It becomes a distance when it is divided by the length of w.": z,
                "You divided by the square of w's length.": z / (w @ w),
                "The length of w is the root of the sum of squares; you added up the sizes.": z
                / np.abs(w).sum(),
                "Two points on different sides have distances of different signs.": abs(z)
                / np.linalg.norm(w),
            },
        ),
    ),
    "ex-perceptron-nand": dict(
        wb=Rules(
            "w₁, w₂ and b",
            [-1, -1, 1.5],
            "u v b",
            {
                "At (0, 0) only b is left, and NAND is 1 there: b may not be negative.": (
                    "b >= 0",
                    [1, 1, -1.5],
                ),
                "At (0, 1) the sum is w₂ + b, and NAND is 1 there.": ("v + b >= 0", [-1, -1, 0.5]),
                "At (1, 0) the sum is w₁ + b, and NAND is 1 there.": ("u + b >= 0", [-2, -1, 1]),
                "At (1, 1) all three add up, and only there must the sum be negative. A sum of 0 counts as 1.": (
                    "u + v + b < 0",
                    [-1, -1, 2],
                ),
            },
        ),
        why=Choice(
            "what makes every logical function out of it",
            "NOT, AND and OR, each from a few NANDs",
            {
                "The rule that learns weights finds those of one neuron. Here they are put together by hand.": "the learning rule, which finds any weights there are",
                "One neuron stays one line, whatever its weights; XOR needs several.": "one neuron with weights that are large enough",
                "A sigmoid has the same straight border as a step.": "a sigmoid in place of the step",
            },
        ),
    ),
    "ex-perceptron-draw": dict(
        sizes=Numbers(
            "how many neurons each layer has, from the inputs on",
            [3, 2, 2],
            {
                "A matrix has a row for each neuron that is arrived at, so w⁽¹⁾ leads from 3 to 2.": [
                    2,
                    3,
                    2,
                ],
                "w⁽¹⁾ has three columns, so three inputs arrive.": [2, 2, 2],
                "The inputs are a column of circles, too.": [2, 2],
            },
            digits=None,
        ),
        weights=Numbers(
            "how many weights it has",
            10,
            {
                "You left out the 0. It is a weight like the others, whose line might be missing.": 9,
                "These are weights and biases together.": 14,
                "That is the first matrix alone.": 6,
                "That is the second matrix alone.": 4,
            },
            digits=None,
        ),
        biases=Numbers(
            "how many biases",
            4,
            {
                "The last layer has biases as well, and a bias of 0 is one.": 2,
                "The inputs compute nothing and have none.": 7,
                "These are the weights.": 10,
            },
            digits=None,
        ),
    ),
    "ex-perceptron-read": dict(
        W1=Numbers(
            "w⁽¹⁾",
            W1,
            {
                "A row belongs to a neuron that is arrived at; yours to the input that is left. It is transposed.": W1.T,
                "The first column belongs to the first input: you exchanged the two.": W1[:, ::-1],
                "The signs of −3 and −1 got lost.": np.abs(W1),
            },
            digits=None,
        ),
        b1=Numbers(
            "b⁽¹⁾",
            b1,
            {
                "The sign of the second bias got lost.": np.abs(b1),
                "These are the weights that lead on to the output.": w2,
                "The output's bias belongs to the next layer.": [0, -0.5, 1, 0.25],
                "The first neuron has a bias as well, though it is 0.": [-0.5, 1],
            },
            digits=None,
        ),
        y=Numbers(
            "the output for x = (1, 1)",
            w2 @ hidden + b2,
            {
                "The hidden neurons pass a ReLU, which makes 0 of −1.": w2 @ (W1 @ x + b1) + b2,
                "The hidden biases are missing.": w2 @ relu(W1 @ x) + b2,
                "The output's bias is missing.": w2 @ hidden,
                "The output is linear, and no ReLU cuts it off.": 0.0,
                "The weight of the second hidden neuron is −1.": np.abs(w2) @ hidden + b2,
            },
            digits=None,
        ),
    ),
    "ex-perceptron-dimensions": dict(
        w1=Numbers(
            "the shape of w⁽¹⁾",
            [4, 3],
            {
                "It has a row for each neuron and a column for each input: the other way round.": [3, 4],
                "That is the batch of activations; the weights do not know how many examples there are.": [
                    20,
                    4,
                ],
                "It leads from 3 inputs to 4 neurons.": [3, 3],
            },
            digits=None,
        ),
        a1=Numbers(
            "the shape of a⁽¹⁾ for the batch of 20",
            [20, 4],
            {
                "An example is a row: the other way round.": [4, 20],
                "That is a⁽⁰⁾, the inputs.": [20, 3],
                "That is a matrix of weights.": [4, 3],
            },
            digits=None,
        ),
        parameters=Numbers(
            "how many parameters 3-4-3 and 3-4-4-3 have",
            [count([3, 4, 3]), count([3, 4, 4, 3])],
            {
                "The biases are missing.": [24, 40],
                "The inputs have no biases; each other neuron has one.": [34, 54],
                "The last layer has biases, too.": [28, 48],
                "The second number is one matrix short: 3-4-4-3 has three.": [31, 31],
            },
            digits=None,
        ),
        count=Code(
            "count(sizes)",
            count,
            [([3, 4, 3],), ([64, 30, 10],), ([784, 16, 16, 10],), ([5],)],
            {
                "The biases are missing.": lambda sizes: sum(n * m for n, m in layers(sizes)),
                "You gave the inputs biases as well; they compute nothing.": lambda sizes: (
                    count(sizes) + sizes[0]
                ),
                "A bias belongs to the neuron that is arrived at, and not to the one that is left.": lambda sizes: (
                    sum(n * m + m for n, m in layers(sizes))
                ),
            },
        ),
    ),
    "ex-perceptron-rule": dict(
        mistakes=Numbers(
            "the mistakes of each epoch",
            OR,
            {
                "At the start every z is 0. That is a tie, and a tie counts as a mistake.": rule(
                    "OR", tie_is_a_mistake=False
                ),
                "The last epoch, the one without a mistake, belongs to the list.": OR[:-1],
                "These are the mistakes so far, added up.": np.cumsum(OR),
                "In the second epoch (0, 0) is still a mistake, even after its correction of the first.": [
                    3,
                    0,
                ],
            },
            digits=None,
        ),
        still=Choice(
            "the point that is a mistake right after its correction",
            "(0, 0)",
            {
                "Its correction raises z by 2, and that is enough each time.": "(0, 1)",
                "It is corrected twice, and right after it each time.": "(1, 0)",
                "It is never corrected at all.": "(1, 1)",
                "Run the second epoch again: z was 1 before a correction that takes off 1.": "none",
            },
        ),
        bound=Numbers(
            "the bound, for the line 2x₁ + 2x₂ − 1 = 0",
            27,
            {
                "The bias counts as one more input, always 1, so the longest input has a squared length above 2.": 18,
                "That is R/γ; the bound is its square.": np.sqrt(27),
                "That is R² alone; divide by γ².": 3,
                "γ is the smallest yz divided by the length of (2, 2, −1).": 9,
            },
        ),
    ),
    "ex-perceptron-order": dict(
        totals=Numbers(
            "the fewest mistakes and the most",
            [min(TOTALS), max(TOTALS)],
            {
                "You let a tie pass for the class 0; here it counts as a mistake in both classes.": [
                    min(LAX),
                    max(LAX),
                ],
                "The most first: you exchanged them.": [max(TOTALS), min(TOTALS)],
                "That is the usual order alone; the others differ.": [sum(rule("AND"))] * 2,
                "That is the bound. No order comes near it.": [min(TOTALS), 51],
            },
            digits=None,
        ),
        bound=Choice(
            "does an order break the bound?",
            "no, the proof never used the order",
            {
                "Count again: the most mistakes are fewer than half of the bound.": "yes, the slowest one",
                "The bound speaks of all mistakes until it stops, not of those in one epoch.": "yes, in its first epoch",
                "For each of them: nothing in R or γ depends on it.": "only those that begin with (1, 1)",
            },
        ),
    ),
    "ex-perceptron-three": dict(
        majority=Choice(
            "majority",
            "can be learned",
            {
                "A plane cuts the four corners with two or three ones off from the rest. Try w = (1, 1, 1).": "cannot be learned",
                "The rule stops on it from every order, since a plane exists.": "depends on the order",
                "No third input is needed: the sum of the bits decides.": "needs a hidden layer",
            },
        ),
        parity=Choice(
            "parity",
            "cannot be learned",
            {
                "Hold the third bit at 0: what is left of parity?": "can be learned",
                "No plane exists, and an order cannot make one.": "depends on the order",
                "If a plane existed, the bound would hold, and it would stop some day.": "takes more than a thousand epochs",
            },
        ),
    ),
    "ex-perceptron-layer": dict(
        z=Numbers(
            "the three z",
            z3,
            {
                "The biases are missing: z = w · x + b.": z3 - b3,
                "The biases are added to w · x; you took them off.": z3 - 2 * b3,
                "The first input is −1: its sign got lost.": W3 @ [1, 1] + b3,
                "The inputs stand in the other order: −1 meets the first weight of each neuron.": W3 @ [1, -1]
                + b3,
            },
            digits=1,
        ),
        step=Numbers(
            "what the three steps say",
            (z3 >= 0).astype(int),
            {
                "The step says 1 where z is 0 or more. You have it the other way round.": (z3 < 0).astype(
                    int
                ),
                "−1 and 1 are how the learning rule names the classes; the step itself says 0 or 1.": [
                    1,
                    -1,
                    1,
                ],
                "z is negative for the second neuron, and the step says 0 there.": [1, 1, 1],
                "z is positive for the third neuron, and the step says 1 there.": [1, 0, 0],
            },
            digits=None,
        ),
    ),
    "ex-perceptron-trick": dict(
        layer=Code(
            "layer(X, with_bias)",
            layer,
            [
                (
                    np.array([[-1.0, 1], [2, -1]]),
                    np.array([[-0.2, 0.4, -0.3], [0.3, 0.1, 0.1], [-0.5, -0.3, 0]]),
                ),
                (np.array([[0.0, 0]]), np.array([[1.0, 2, 3]])),
                (np.ones((5, 1)), np.array([[2.0, -1], [0, 4]])),
            ],
            {
                "The ones came first and the biases stand last: their columns do not meet.": ones_first,
                "The biases are left out.": lambda X, W: X @ W[:, :-1].T,
                "Each neuron is a column here, and it should be each example that is a row: no transposing at the end.": lambda X, W: (
                    layer(X, W).T
                ),
                "The biases are subtracted: the column is of ones, not of −1.": lambda X, W: (
                    X @ W[:, :-1].T - W[:, -1]
                ),
            },
        ),
        Z=Numbers(
            "Z for the inputs (−1, 1) and (2, −1), w⁽¹⁾ with the rows (−0.2, 0.4), (0.3, 0.1), (−0.5, −0.3) and b⁽¹⁾ = (−0.3, 0.1, 0)",
            layer(np.array([[-1, 1], [2, -1]]), np.column_stack([W3, b3])),
            {
                "The biases are missing.": [[0.6, -0.2, 0.2], [-0.8, 0.5, -0.7]],
                "The biases are subtracted.": [[0.9, -0.3, 0.2], [-0.5, 0.4, -0.7]],
                "The first input alone was given its biases; each row of X gets a 1.": [
                    [0.3, -0.1, 0.2],
                    [-0.8, 0.5, -0.7],
                ],
            },
            digits=2,
        ),
    ),
    "ex-perceptron-linear": dict(
        w=Numbers(
            "the weights of the one neuron",
            u2 @ u1,
            {
                "That is w⁽²⁾ itself. It is multiplied by w⁽¹⁾.": u2,
                "Row times column: multiply (7, 8, 9) by each column of w⁽¹⁾ and add up.": [
                    [7 + 16 + 27, 14 + 32 + 54]
                ],
                "You added up the columns of w⁽¹⁾ without weighing them by 7, 8 and 9.": u1.sum(axis=0),
                "Filled column by column: the weights 1 to 6 stand row by row, (1, 2), (3, 4), (5, 6).": u2
                @ u1.ravel().reshape(2, 3).T,
            },
            digits=None,
        ),
        b=Numbers(
            "its bias, from b⁽¹⁾ = (1, 0, −1) and b⁽²⁾ = 2",
            float((u2 @ c1 + c2)[0]),
            {
                "That is b⁽²⁾ alone; the first layer's biases pass through w⁽²⁾.": 2,
                "b⁽²⁾ is missing.": -2,
                "b⁽²⁾ is added at the end, not taken off.": -4,
                "The sign of the third bias got lost.": 18,
            },
            digits=None,
        ),
        xor=Choice(
            "what this means for XOR",
            "its border stays a line, so XOR is out of reach",
            {
                "More layers of this kind are still one matrix and one bias.": "a few more such layers will do it",
                "More neurons give the product more terms, and it stays one row of weights.": "a wider hidden layer will do it",
                "Biases shift the line and do not bend it.": "with the right biases it can be done after all",
            },
        ),
    ),
    "ex-perceptron-explain": dict(
        words=Explain(
            [
                "(a) that only the sign of w · x + b decides, and a positive factor changes no sign?",
                "(b) that no line has all four points right, so no epoch is without a mistake?",
                "(c) that σ is above one half just where z is above 0, so the border is the same?",
            ]
        ),
    ),
    "ex-perceptron-wrong-stopped": dict(
        proof=Choice(
            "what would prove that there is no line",
            "the weights come back to earlier values",
            {
                "A narrow gap may need more, however many there were.": "ten times as many epochs without an end",
                "The mistakes of an epoch go up and down, with a line and without one.": "the mistakes no longer fall",
                "From zero the rate changes nothing at all.": "the same run at a smaller learning rate",
            },
        ),
        factor=Numbers(
            "how many times more mistakes the bound allows when the gap is ten times as narrow",
            100,
            {
                "The bound grows with the square of R/γ.": 10,
                "A square, not a cube.": 1000,
                "A narrower gap is harder, so it allows more, not fewer.": 0.01,
            },
            digits=None,
        ),
    ),
    "ex-perceptron-wrong-careful": dict(
        scaled=Numbers(
            "from zero: a run with η = 1 ends at w = (4, 2), b = −6. Where does η = ¼ end? (w₁, w₂, b)",
            [1, 0.5, -1.5],
            {
                "The mistakes stay the same, and the numbers do not: each correction is a quarter of what it was.": [
                    4,
                    2,
                    -6,
                ],
                "A smaller rate makes the numbers smaller.": [16, 8, -24],
                "The bias is corrected by η as well.": [1, 0.5, -6],
            },
        ),
        what=Choice(
            "what does change the run",
            "another order of the examples",
            {
                "Then all corrections shrink alike, and no sign changes.": "a smaller rate, from zero",
                "Then all corrections grow alike, and no sign changes.": "a larger rate, from zero",
                "That only ends it earlier.": "a limit on the number of epochs",
            },
        ),
    ),
    "ex-perceptron-wrong-corrected": dict(
        raise_=Numbers(
            "by how much a correction raises yz, for x = (3, 4) and η = 1",
            26,
            {
                "The bias is corrected, too, and adds its own 1.": 25,
                "That is the length of x; what counts is its square, and a 1 for the bias.": 5,
                "That is the length and a 1; it is the square of the length.": 6,
                "The two inputs add up as squares: 9 + 16, and a 1 for the bias.": 8,
            },
            digits=None,
        ),
        do=Choice(
            "what to do about it",
            "nothing",
            {
                "It would do no harm, and the proof needs none of it: the example comes round again.": "correct each example until it is right",
                "From zero, no rate makes a difference.": "raise the learning rate",
                "A line without a mistake needs all of them.": "leave such examples out",
            },
        ),
    ),
    "ex-perceptron-wrong-xor": dict(
        numbers=Numbers(
            "how many numbers the network of three neurons has",
            9,
            {
                "That is the weights; each of the three neurons has a bias as well.": 6,
                "These are the neurons. Each has two weights and a bias.": 3,
                "The inputs have no biases.": 11,
            },
            digits=None,
        ),
        lacks=Choice(
            "what the perceptron's rule lacks",
            "a way to find a hidden layer's weights",
            {
                "They exist and can be checked with a pencil.": "weights with which three neurons do XOR",
                "However long it runs, one neuron has one border.": "enough epochs",
                "For one line from zero its size does not matter.": "a learning rate that suits XOR",
            },
        ),
    ),
    "ex-perceptron-wrong-biases": dict(
        parameters=Numbers(
            "how many parameters a layer of 4 neurons with 3 inputs has",
            16,
            {
                "One bias for each input of each neuron is what the sentence claims. Only their sum is seen, so one is enough.": 24,
                "The biases are missing.": 12,
                "A bias belongs to a neuron, and not to an input.": 15,
                "One bias for the whole layer? Each neuron has its own.": 13,
            },
            digits=None,
        ),
        why=Choice(
            "why b₁ and b₂ are one number",
            "only their sum ever appears",
            {
                "Nothing makes them equal, and they need not be.": "they are always equal",
                "Biases may well differ from 0.": "they are both 0",
                "They are learned like weights.": "they cannot be learned",
            },
        ),
    ),
    "ex-perceptron-wrong-transpose": dict(
        test=Choice(
            "what shows whether W is the right way round",
            "a test with sizes that are all different",
            {
                "A square matrix multiplies either way, without a word.": "the program runs without a message",
                "With a transposed matrix it can fall as well: the network learns what it is given.": "the cost falls during training",
                "Both ways round, every neuron's output has the same shape here.": "the output has four entries",
            },
        ),
        row=Choice(
            "what row j of W holds",
            "the weights that arrive at neuron j",
            {
                "These stand in column j.": "the weights that leave input j",
                "An example is a row of X, not of W.": "the inputs of example j",
                "There is one bias for each neuron, and it stands in b.": "the biases of neuron j",
            },
        ),
    ),
    "ex-perceptron-wrong-four": dict(
        shapes=Numbers(
            "the shapes of its matrices, a row each",
            [[16, 784], [16, 16], [10, 16]],
            {
                "A row for each neuron that is arrived at: the other way round.": [
                    [784, 16],
                    [16, 16],
                    [16, 10],
                ],
                "That is four. The inputs compute nothing: there is a matrix for each gap between two columns.": [
                    [784, 784],
                    [16, 784],
                    [16, 16],
                    [10, 16],
                ],
                "Between the two hidden layers there is a matrix, too.": [[16, 784], [10, 16]],
            },
            digits=None,
        ),
        zero=Choice(
            "what W[0] is in this book",
            "nothing: layers are counted from the input, 0",
            {
                "That is W[1], the weights that lead to layer 1.": "the weights from the inputs to the first hidden layer",
                "They are A[0]; the inputs are activations and no weights.": "the inputs",
                "They are in b, and the inputs have none.": "the biases of the first layer",
            },
        ),
    ),
}
