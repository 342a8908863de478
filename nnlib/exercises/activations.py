"""Activation functions: answers, usual mistakes, and what to say to each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import nnlib
from nnlib.exercises.again.activations import AGAIN
from nnlib.exercises.kinds import Choice, Code, Explain, Formula, Numbers, Rules

Array = Any

FOUR = ("sigmoid", "tanh", "relu", "linear")


def f(name: str, z: Any) -> Array:
    return nnlib.ACTIVATIONS[name](np.asarray(z, dtype=float))


def slope(name: str, z: Any) -> Array:
    z = np.asarray(z, dtype=float)
    return nnlib.ACTIVATIONS[name].prime(z, f(name, z))


def softmax(z: Any) -> Array:
    return f("softmax", z)


# Sigmoid by hand; one layer, four activations; element by element

ln3 = np.log([3.0, 1 / 3])
z = np.array([0.3, -0.1, 0.2])
M = np.array([[1, 2], [-3, 0]])


# A sigmoid that never overflows


def stable_sigmoid(z: Array) -> Array:
    e = np.exp(-abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def without_overflow(function: Callable[[Array], Array], z: Array) -> Array:
    with np.errstate(over="raise"):
        return function(z)


# The update for other activations, at z = 0.5 with the target 1

a = np.array([float(f(name, 0.5)) for name in FOUR])
f_prime = np.array([float(slope(name, 0.5)) for name in FOUR])
delta = (a - 1) * f_prime


# Softmax by hand

k = np.log([4.0, 1.0, 3.0])


# How many kinks?

w, b = np.array([1, -2, 0.5, 1]), np.array([0, 1, -2, 0.5])


# A whole network by hand


def answer(hidden: str = "relu", biases: bool = True) -> Array:
    net = nnlib.Network([2, 2, 3], hidden=hidden, output="softmax", init="zeros")
    net.W[1], net.W[2] = [[1, -1], [2, 0]], [[1, 1], [0, 2], [3, 0]]
    net.b[2] = [0, 0, 1]
    if biases:
        net.b[1] = [0, -1]
    return net.predict([[1.0, 2.0]])[0]


EXERCISES = {
    **AGAIN,
    "ex-activations-sigmoid": dict(
        a=Numbers(
            "σ(ln 3) and σ(−ln 3)",
            f("sigmoid", ln3),
            {
                "You exchanged them. For a large z, e^(−z) is small and the sigmoid near 1.": f(
                    "sigmoid", -ln3
                ),
                "e^(−ln 3) is one third, and not −3.": [1 / (1 - 3), 1 / (1 + 3)],
                "That is 1/(1 + z): the exponential is missing.": 1 / (1 + ln3),
                "That is e^z. It still has to be divided by 1 + e^z.": np.exp(ln3),
            },
        ),
        slope=Numbers(
            "the slopes at ln 3 and at −ln 3",
            slope("sigmoid", ln3),
            {
                "The slope is written with the sigmoid's value a, as a(1 − a), and not with z.": ln3
                * (1 - ln3),
                "The sigmoid never falls, so its slope is positive on both sides.": [3 / 16, -3 / 16],
                "That is 1 − a², which would be right for tanh.": 1 - f("sigmoid", ln3) ** 2,
                "That is the value of the sigmoid; its slope is a(1 − a).": f("sigmoid", ln3),
            },
        ),
    ),
    "ex-activations-layer": dict(
        relu=Numbers(
            "ReLU",
            f("relu", z),
            {
                "ReLU makes 0 of what is negative.": z,
                "ReLU keeps a positive number as it is; the step would make it 1.": f("step", z),
                "ReLU is max(0, z), and not the size of z.": np.abs(z),
            },
        ),
        leaky=Numbers(
            "leaky ReLU (0.01)",
            f("leaky_relu", z),
            {
                "On the left something leaks through: 0.01 of z.": f("relu", z),
                "A tenth leaks through here; the leak is a hundredth.": [0.3, -0.01, 0.2],
                "What leaks through keeps its sign.": [0.3, 0.001, 0.2],
            },
            digits=None,
        ),
        tanh=Numbers(
            "tanh",
            f("tanh", z),
            {
                "That is the sigmoid; tanh is 0 at 0 and as large below it as above.": f("sigmoid", z),
                "These are tanh's slopes.": slope("tanh", z),
                "That is 2σ(z) − 1. Inside stands 2z: tanh z = 2σ(2z) − 1.": 2 * f("sigmoid", z) - 1,
                "For small z tanh is near z, and not equal to it.": z,
            },
        ),
        slopes=Numbers(
            "tanh's slopes",
            slope("tanh", z),
            {
                "That is 1 − z². The slope is written with the value: 1 − a².": 1 - z**2,
                "That is the sigmoid's rule, a(1 − a).": f("tanh", z) * (1 - f("tanh", z)),
                "The square is missing: 1 − a².": 1 - f("tanh", z),
            },
            digits=4,
        ),
        others=Numbers(
            "the slopes, a row each, of ReLU, leaky ReLU and step",
            [slope(name, z) for name in ("relu", "leaky_relu", "step")],
            {
                "The step is flat wherever it has a slope at all.": [[1, 0, 1], [1, 0.01, 1], [1, 0, 1]],
                "On the left the leaky ReLU has a slope, too: the leak.": [[1, 0, 1], [1, 0, 1], [0, 0, 0]],
                "These are the values. The slope of a straight piece is a constant.": [
                    f(name, z) for name in ("relu", "leaky_relu", "step")
                ],
            },
        ),
    ),
    "ex-activations-elementwise": dict(
        f=Numbers(
            "f of the matrix",
            M**2,
            {
                "That is the matrix product; f takes each entry by itself.": M @ M,
                "The square of −3 is positive.": [[1, 4], [-9, 0]],
                "You doubled each entry; square it.": 2 * M,
            },
            digits=None,
        ),
        product=Numbers(
            "the matrix product with itself",
            M @ M,
            {
                "That is each entry squared. A product goes row times column.": M**2,
                "That is the matrix times its transpose.": M @ M.T,
                "That is the transpose times the matrix.": M.T @ M,
            },
            digits=None,
        ),
    ),
    "ex-activations-stable-sigmoid": dict(
        function=Code(
            "stable_sigmoid(z)",
            stable_sigmoid,
            [
                (np.array([-1000.0, -2.0, 0.0, 2.0, 1000.0]),),
                (np.array([[0.5], [-0.5]]),),
                (np.array([-710.0]),),
            ],
            {
                "e^(−|z|)/(1 + e^(−|z|)) is right on the left only. Where z ≥ 0, a 1 stands above the line.": lambda z: (
                    np.exp(-abs(z)) / (1 + np.exp(-abs(z)))
                ),
                "1/(1 + e^(−|z|)) is right on the right only. Where z < 0, the exponential stands above the line as well.": lambda z: (
                    1 / (1 + np.exp(-abs(z)))
                ),
                "That is the sigmoid's slope.": lambda z: stable_sigmoid(z) * stable_sigmoid(-z),
                "You have the two sides the wrong way round: it falls.": lambda z: stable_sigmoid(-z),
            },
            call=without_overflow,
        ),
    ),
    "ex-activations-softplus": dict(
        slope=Formula(
            "the slope f′(z)",
            "exp(z)/(1 + exp(z))",
            {"z": [-2.0, 0.5, 3.0]},
            {
                "The inner function, 1 + e^z, has a derivative of its own: multiply by e^z.": "1/(1 + exp(z))",
                "The outer function is a logarithm: divide by 1 + e^z.": "exp(z)",
                "That is softplus itself.": "ln(1 + exp(z))",
                "That is the sigmoid's slope; softplus's slope is the sigmoid.": "σ(z)(1 − σ(z))",
                "The derivative of 1 + e^z is e^z: the 1 goes.": "1 + exp(z)",
            },
        ),
        near=Choice(
            "for large |z| it comes close to",
            "ReLU",
            {
                "On the left it nears 0, where tanh nears −1, and on the right it grows.": "tanh",
                "The sigmoid is its slope. It has no ceiling itself.": "the sigmoid",
                "Far to the left it nears 0, and not z.": "the linear function",
            },
        ),
    ),
    "ex-activations-xor-relu": dict(
        weights=Rules(
            "v₁, v₂ and c, for the output v₁·ReLU(s) + v₂·ReLU(s − 1) + c",
            [1, -2, 0],
            "u v c",
            {
                "At s = 0 both ReLUs are silent and only c is left: it must be 0.": (
                    "abs(c) < 0.001",
                    [1, -2, 1],
                ),
                "At s = 1 only the first ReLU speaks, and XOR is 1 there.": (
                    "abs(u + c - 1) < 0.001",
                    [-1, 2, 0],
                ),
                "At s = 2 the output must be back at 0. Going on from 1 with slope v₁, by how much must the slope change?": (
                    "abs(2*u + v + c) < 0.001",
                    [1, -1, 0],
                ),
            },
        ),
    ),
    "ex-activations-absolute": dict(
        neurons=Numbers(
            "how many ReLU neurons it takes",
            2,
            {
                "A single ReLU is flat on one side of its kink, and |x| is flat nowhere.": 1,
                "There is one kink. One neuron for each side of it is enough.": 3,
                "The sides of |x| are straight: no more neurons are needed than there are sides.": 4,
            },
            digits=None,
        ),
        weights=Numbers(
            "weights into the first and second neuron, then from each to the output",
            [1, -1, 1, 1],
            {
                "Both neurons look to the right, so the left stays flat.": [1, 1, 1, 1],
                "That is x itself: on the left the output goes down.": [1, -1, 1, -1],
                "That is −|x|: the output weights have the other sign.": [1, -1, -1, -1],
            },
        ),
    ),
    "ex-activations-update": dict(
        delta=Numbers(
            "δ for sigmoid, tanh, ReLU and linear",
            delta,
            {
                "The slope is missing: δ = (a − y) f′(z).": a - 1,
                "The error is a − y, and not y − a.": -delta,
                "In place of the slope f′ you took f itself.": (a - 1) * a,
                "The sigmoid's and tanh's slopes are written with a, and not with z.": (a - 1)
                * [0.25, 0.75, 1, 1],
                "For tanh you took the sigmoid's slope, a(1 − a); it is 1 − a².": (a - 1)
                * [f_prime[0], a[1] * (1 - a[1]), 1, 1],
            },
        ),
        fastest=Choice(
            "which learns fastest from this example?",
            "ReLU and linear",
            {
                "Its slope, 0.235, makes its δ the smallest of the four.": "the sigmoid alone",
                "Its δ is −0.423; two are larger in size.": "tanh alone",
                "They have the same target, and neither the same error nor the same slope.": "all of them alike",
            },
        ),
    ),
    "ex-activations-choose": dict(
        neurons=Numbers(
            "how many output neurons for (a), (b), (c) and (d)",
            [1, 10, 20, 1],
            {
                "Two softmax outputs would do for (a); with a sigmoid one is enough.": [2, 10, 20, 1],
                "In (c) several tags may fit at once, so each needs an output of its own.": [1, 10, 1, 1],
                "In (b) one output would put the digits on a scale, with 8 between 7 and 9.": [1, 1, 20, 1],
            },
            digits=None,
        ),
        tags=Choice(
            "(c) the activation for the 20 tags",
            "sigmoid",
            {
                "Its outputs share a sum of 1, so two tags could not both be sure.": "softmax",
                "A tag fits or does not: the answer should lie between 0 and 1.": "linear",
                "It has no ceiling, so no output would say how sure it is.": "ReLU",
            },
        ),
        temperature=Choice(
            "(d) the activation for the temperature",
            "linear",
            {
                "No day would be warmer than 1 degree.": "sigmoid",
                "It would never freeze.": "ReLU",
                "Of a single number, softmax always makes 1.": "softmax",
            },
        ),
        colour=Choice(
            "(e) in colour or in black and white",
            "one sigmoid, or two softmax outputs",
            {
                "They could say yes to both, and it cannot be both.": "two sigmoids, one for each answer",
                "It would say 1 whatever comes in.": "one softmax output",
                "A number without bounds is no answer to yes or no.": "one linear output, colour being 1",
            },
        ),
    ),
    "ex-activations-softmax": dict(
        a=Numbers(
            "softmax of (ln 4, ln 1, ln 3)",
            softmax(k),
            {
                "You divided the logarithms by their sum. Take the exponentials first.": k / k.sum(),
                "These are the exponentials; divide each by their sum.": np.exp(k),
                "You divided by the largest. Divide by the sum.": np.exp(k) / 4,
                "These are three sigmoids, each by itself: they do not share a sum.": f("sigmoid", k),
            },
        ),
        raised=Numbers(
            "after raising all by ln 2",
            softmax(k),
            {
                "The numerator doubles, and so does the sum below it.": 2 * softmax(k),
                "That is doubling the inputs; here they are raised.": softmax(2 * k),
                "The outputs must still sum to 1.": softmax(k) / 2,
                "The ln 2 is added to all three, and not to the first alone.": softmax(np.log([8.0, 1, 3])),
            },
        ),
        doubled=Numbers(
            "after doubling all",
            softmax(2 * k),
            {
                "Nothing changes when all are raised alike. Doubling is another thing: it squares the exponentials.": softmax(
                    k
                ),
                "The new exponentials need their own sum below the line.": np.exp(2 * k) / 8,
                "That is halving the inputs, the temperature 2.": softmax(k / 2),
                "The exponentials are squared, and not doubled: doubling all would change nothing.": 2
                * softmax(k),
            },
        ),
    ),
    "ex-activations-kinks": dict(
        kinks=Numbers(
            "the four kinks, neuron by neuron",
            -b / w + 0.0,
            {
                "The kink is where wx + b = 0, so at −b/w.": b / w + 0.0,
                "Above the line stands the bias, below it the weight: −b/w.": [0, 2, 0.25, -2],
                "You read them off the biases alone; divide by the weights.": -b + 0.0,
            },
        ),
        inside=Numbers(
            "how many lie between −2 and 2",
            3,
            {
                "One of the four lies outside.": 4,
                "The one at 0 counts as well.": 2,
                "That is how many lie outside.": 1,
            },
            digits=None,
        ),
        most=Formula(
            "how many kinks a 1-n-1 network can have at most",
            "n",
            {"n": [1.0, 4.0, 9.0]},
            {
                "That is how many straight pieces there can be. A line with one kink has two.": "n + 1",
                "Between the neurons there are no kinks of their own: each neuron brings one.": "n − 1",
                "One hidden layer adds up its kinks; only further layers multiply them.": "2^n",
                "Each neuron has one kink, where its weighted input changes sign.": "n²",
            },
        ),
    ),
    "ex-activations-forward": dict(
        a=Numbers(
            "the three outputs",
            answer(),
            {
                "The hidden layer's ReLU is missing, or all hidden biases are: a⁽¹⁾ is not (−1, 1).": answer(
                    "linear"
                ),
                "These are the weighted inputs z⁽²⁾; softmax comes after them.": [1, 2, 1],
                "The hidden biases are missing.": answer(biases=False),
                "The exponentials still have to be divided by their sum.": np.exp([1.0, 2, 1]),
                "You divided z⁽²⁾ by its sum; softmax takes the exponentials first.": [0.25, 0.5, 0.25],
            },
        ),
        cls=Numbers(
            "the class (1, 2 or 3)",
            2,
            {
                "That output is as large as the third, and not the largest.": 1,
                "That output is as large as the first, and not the largest.": 3,
                "Counted from 1 here; there is no class 0.": 0,
            },
            digits=None,
        ),
        linear=Numbers(
            "the three outputs with a linear hidden layer",
            answer("linear"),
            {
                "That is with the ReLU. A linear layer keeps the −1.": answer(),
                "These are the weighted inputs; softmax comes after them.": [0, 2, -2],
                "A linear layer has biases, too.": softmax([1, 4, -2]),
            },
        ),
    ),
    "ex-activations-explain": dict(
        words=Explain(
            [
                "that a product of matrices is one matrix, so all layers are one?",
                "that a step's slope is 0, so no weight before it gets a gradient?",
                "that the gradient carries f′(z), which is nearly 0 on a flat part, whatever the error?",
                "that a saturated slope is small and a dead one exactly 0, for every example?",
            ]
        ),
    ),
    "ex-activations-wrong-anything": dict(
        theorem=Choice(
            "what the theorem promises",
            "that such weights exist",
            {
                "It says nothing of any algorithm, nor of random starts.": "that gradient descent finds such weights",
                "The number of neurons may be larger than one can pay for.": "that a network of moderate size is enough",
                "Outside of where it was fitted, a network is free to be wrong.": "that the network is right on new inputs",
            },
        ),
        judge=Choice(
            "how to judge a network instead",
            "on data that were held back",
            {
                "It fitted those; that it can repeat them was never in doubt.": "by its cost on the training data",
                "More neurons fit more, the noise as well.": "by the number of its neurons",
                "The curve it can draw is not the curve it has learned.": "by what it could represent",
            },
        ),
    ),
    "ex-activations-wrong-tags": dict(
        best=Numbers(
            "the best that softmax can do for the target (1, 1, 0)",
            [0.5, 0.5, 0],
            {
                "Softmax outputs share one sum of 1, so they cannot be both.": [1, 1, 0],
                "That is what it says when it knows nothing of all three.": [1 / 3, 1 / 3, 1 / 3],
                "Then the second tag would cost without bound.": [1, 0, 0],
            },
        ),
        instead=Choice(
            "what to use instead",
            "a sigmoid for each tag",
            {
                "The target still asks for two outputs of 1.": "softmax at a higher temperature",
                "A rule for reading does not change what was learned.": "softmax, and every output above one third counts",
                "Then all pairs, triples and so on need outputs of their own.": "one more class, cat with dog",
            },
        ),
    ),
    "ex-activations-wrong-two": dict(
        range=Numbers(
            "the smallest answer that such an output can give",
            0.5,
            {
                "That would take a z far below 0, and the ReLU lets none through.": 0,
                "The sigmoid of 0 is one half.": 1,
                "A sigmoid never says anything negative.": -1,
            },
        ),
        sign=Choice(
            "by what one notices it",
            "no prediction is ever below one half",
            {
                "They train, in the half that is left to them.": "the weights do not change at all",
                "The numbers stay between ½ and 1.": "the cost turns to nan",
                "A large z is still a sure yes.": "no prediction is ever above one half",
            },
        ),
    ),
    "ex-activations-wrong-dead": dict(
        dead=Choice(
            "when a ReLU neuron is dead",
            "z is negative for every example",
            {
                "Then it is silent for this one, and another may wake it.": "z is negative for one example",
                "That is the opposite: then it is linear, and learns from all.": "z is positive for every example",
                "A weight of 0 is where many start; the bias and the others go on.": "one of its weights is 0",
            },
        ),
        count=Numbers(
            "how many of these neurons are dead: activations over four examples (0, 0, 3, 0), (0, 0, 0, 0), (1, 2, 0, 1), (0, 0, 0, 0)",
            2,
            {
                "The first is silent three times and speaks once: it lives.": 3,
                "The third neuron speaks for three of its examples.": 4,
                "There is another row of zeros further on.": 1,
            },
            digits=None,
        ),
    ),
    "ex-activations-wrong-one": dict(
        output=Numbers(
            "the softmax of a single number, z = −5",
            1,
            {
                "That is the sigmoid. Softmax divides e^z by the sum, and here the sum is e^z.": float(
                    f("sigmoid", -5.0)
                ),
                "That is e^z; it is divided by the sum, which is itself.": float(np.exp(-5.0)),
                "With a single output nothing shares the sum with it.": 0,
            },
        ),
        instead=Choice(
            "what to use for one yes-or-no question",
            "one sigmoid",
            {
                "It says 1 to everything, and its slope is 0.": "one softmax output, trained longer",
                "It has no bounds, so it does not say how sure it is.": "one linear output",
                "It cannot say no below 0, where its slope is gone.": "one ReLU output",
            },
        ),
    ),
    "ex-activations-wrong-sure": dict(
        slope=Numbers(
            "the sigmoid's slope where it answers 0.9999",
            0.9999 * 0.0001,
            {
                "The slope is a(1 − a); you have a alone.": 0.9999,
                "That is 1 − a². It would be right for tanh.": 1 - 0.9999**2,
                "That is the largest slope there is, at z = 0.": 0.25,
            },
            digits=2,
        ),
        means=Choice(
            "what is certain about it",
            "that it learns slowly, right or wrong",
            {
                "A saturated neuron is sure; whether it is right, the target says.": "that its prediction is right",
                "It would learn, if slowly: the slope is small and not 0.": "that it can never change its mind",
                "Large weights saturate it, and so do large inputs.": "that its weights are too large",
            },
        ),
    ),
}
