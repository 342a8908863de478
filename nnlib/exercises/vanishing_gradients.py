"""Vanishing gradients: answers, usual mistakes, and what to say to each."""

from __future__ import annotations

from typing import Any

import numpy as np

import nnlib
from nnlib.exercises.again.vanishing_gradients import AGAIN
from nnlib.exercises.kinds import Choice, Code, Explain, Formula, Numbers

Array = Any

sigmoid = nnlib.ACTIVATIONS["sigmoid"]


# The rest of the chain: weights of 2, no biases, x = 0.5

a, s = [0.5], []
for _ in range(4):
    a.append(float(sigmoid(2 * a[-1])))
    s.append(a[-1] * (1 - a[-1]))
db3, db1 = s[2] * 2 * s[3], s[0] * 2 * s[1] * 2 * s[2] * 2 * s[3]


# Matrices in order


def first_layer(error: Array, W3: Array, s2: Array, W2: Array, s1: Array, x: Array) -> Array:
    return ((error @ W3 * s2) @ W2 * s1).T @ x / len(x)


def some(rows: int, *columns: int) -> list[Array]:
    """Numbers of which no two are alike, for a batch of so many rows."""
    rng = np.random.default_rng(rows)
    return [rng.normal(size=(rows, n)) for n in columns]


def case(rows: int) -> tuple[Array, ...]:
    error, s2, s1, x = some(rows, 3, 4, 4, 3)
    rng = np.random.default_rng(9)
    return error, rng.normal(size=(3, 4)), s2, rng.normal(size=(4, 4)), s1, x


# A narrow window


def width(w: Array) -> Array:
    s = 0.5 + np.sqrt(0.25 - 1 / w)
    return 2 * np.log(s / (1 - s)) / w


weights = np.linspace(4, 20, 160_001)
widths = width(weights)
best = float(weights[widths.argmax()])


# Clip


def clipped(gradient: Array, limit: float) -> Array:
    length = np.linalg.norm(gradient)
    return gradient * min(1.0, limit / length)


def always_clipped(gradient: Array, limit: float) -> Array:
    return gradient * limit / np.linalg.norm(gradient)


def clipped_by_square(gradient: Array, limit: float) -> Array:
    return gradient * min(1.0, limit / (gradient @ gradient))


def clipped_entry_by_entry(gradient: Array, limit: float) -> Array:
    return np.clip(gradient, -limit, limit)


def cut_to_nothing(gradient: Array, limit: float) -> Array:
    return gradient * (np.linalg.norm(gradient) <= limit)


EXERCISES = {
    **AGAIN,
    "ex-vanishing-quarter": dict(
        sigmoid=Numbers(
            "(b) how large ∂C/∂b⁽¹⁾ can be at most, compared with ∂C/∂a⁽⁴⁾",
            1 / 256,
            {
                "Count the slopes: there are four of them, one for each neuron.": 1 / 64,
                "That is a single slope. All four are multiplied.": 1 / 4,
                "The slopes are multiplied along the chain, and not added.": 1.0,
                "A sigmoid's slope is a quarter at most, and not one half.": 1 / 16,
                "You counted a slope too many: four neurons, four slopes.": 1 / 1024,
            },
        ),
        tanh=Numbers(
            "(c) and with tanh",
            1,
            {
                "That is the sigmoid's bound. Tanh is four times as steep at 0.": 1 / 256,
                "Tanh's slope, 1 − a², reaches 1, and not just one half.": 1 / 16,
                "The slopes are multiplied along the chain, and not added.": 4,
                "Tanh's slope at 0 is not its value there.": 0,
            },
        ),
    ),
    "ex-vanishing-chain": dict(
        b3=Numbers(
            "∂C/∂b⁽³⁾",
            db3,
            {
                "Between the third neuron and the fourth stands w⁽⁴⁾ = 2.": s[2] * s[3],
                "The last slope, σ′(z⁽⁴⁾), belongs to it as well.": s[2] * 2,
                "For the slopes σ′ you took σ itself.": a[3] * 2 * a[4],
                "That is ∂C/∂b⁽¹⁾: the bias of the third layer does not pass the first two.": db1,
            },
        ),
        w1=Numbers(
            "∂C/∂w⁽¹⁾",
            0.5 * db1,
            {
                "Either x is missing, which comes in at w⁽¹⁾, or w⁽¹⁾ itself was counted among the weights on the way.": db1,
                "The three weights on the way are missing.": 0.5 * db1 / 8,
                "For the slopes σ′ you took σ itself.": 0.5 * a[1] * 2 * a[2] * 2 * a[3] * 2 * a[4],
                "What comes into w⁽¹⁾ is x, and not a⁽¹⁾.": a[1] * db1,
            },
        ),
        w3=Numbers(
            "∂C/∂w⁽³⁾",
            a[2] * db3,
            {
                "What comes into w⁽³⁾ is a⁽²⁾, and not x.": 0.5 * db3,
                "That is ∂C/∂b⁽³⁾; multiply by what comes in.": db3,
                "What comes into w⁽³⁾ is a⁽²⁾, and not a⁽³⁾.": a[3] * db3,
            },
        ),
    ),
    "ex-vanishing-order": dict(
        shapes=Numbers(
            "for N = 5, the shapes of ŷ − y, w⁽³⁾, σ′(z⁽²⁾), w⁽²⁾, σ′(z⁽¹⁾) and x, a row each",
            [[5, 3], [3, 4], [5, 4], [4, 4], [5, 4], [5, 3]],
            {
                "A weight matrix has a row for each neuron: w⁽³⁾ has 3 of them.": [
                    [5, 3],
                    [4, 3],
                    [5, 4],
                    [4, 4],
                    [5, 4],
                    [5, 3],
                ],
                "In this book an example is a row; you have them as columns.": [
                    [3, 5],
                    [3, 4],
                    [4, 5],
                    [4, 4],
                    [4, 5],
                    [3, 5],
                ],
                "The weights belong to no example.": [[5, 3], [5, 4], [5, 4], [5, 4], [5, 4], [5, 3]],
            },
            digits=None,
        ),
        result=Numbers(
            "the shape of the result",
            [4, 3],
            {
                "That is the transpose; it must have the shape of w⁽¹⁾.": [3, 4],
                "The examples are summed over and gone.": [5, 4],
                "That is w⁽²⁾'s; the first layer has 3 inputs.": [4, 4],
            },
            digits=None,
        ),
        function=Code(
            "gradient(error, W3, s2, W2, s1, x), where error is ŷ − y and s the slopes",
            first_layer,
            [case(5), case(1), case(8)],
            {
                "The mean over the batch is missing: divide by N.": lambda e, W3, s2, W2, s1, x: (
                    first_layer(e, W3, s2, W2, s1, x) * len(x)
                ),
                "That is the transpose of it: a row belongs to a neuron of the first layer.": lambda e, W3, s2, W2, s1, x: (
                    first_layer(e, W3, s2, W2, s1, x).T
                ),
                "w⁽²⁾ is square, so its transpose fits as well. With examples as rows none is needed.": lambda e, W3, s2, W2, s1, x: (
                    first_layer(e, W3, s2, W2.T, s1, x)
                ),
                "The slopes of the two layers are exchanged; their shapes are alike.": lambda e, W3, s2, W2, s1, x: (
                    first_layer(e, W3, s1, W2, s2, x)
                ),
                "The slopes of the second layer are missing.": lambda e, W3, s2, W2, s1, x: first_layer(
                    e, W3, np.ones_like(s2), W2, s1, x
                ),
            },
        ),
    ),
    "ex-vanishing-window": dict(
        least=Numbers(
            "(a) from which |w| on it is possible",
            4,
            {
                "That is the sigmoid's largest slope. The weight has to make up for it.": 0.25,
                "At the weight 1 a quarter is left at best.": 1,
                "The largest slope is a quarter, and not one half.": 2,
            },
        ),
        window=Formula(
            "(b) how wide the window of z is, with s the larger solution",
            "2 ln(s/(1 − s))",
            {"s": [0.6, 0.75, 0.9]},
            {
                "That is half of it: z runs from minus that to plus that.": "ln(s/(1 − s))",
                "z is the inverse of the sigmoid, ln(s/(1 − s)).": "2/(1 + exp(−s))",
                "Inside the logarithm stands s over 1 − s.": "2 ln s",
                "That is the window of s itself; turn each end into its z.": "2s − 1",
            },
        ),
        best=Numbers(
            "(c) the w for which the window of inputs is widest",
            best,
            {
                "There the window only just opens: it has no width.": 4,
                "That is the widest window of z, and a wider window of z lies at the end of any range. Divide by w.": 20,
                "The window of a is the window of z divided by w: divide once, and not twice.": float(
                    weights[(widths / weights).argmax()]
                ),
            },
            digits=2,
        ),
        width=Numbers(
            "(c) and how wide it is there",
            float(widths.max()),
            {
                "That is the window of z. Divide by w.": float(widths.max() * best),
                "That is half of it: from the middle to one end.": float(widths.max() / 2),
                "That is the window of s.": float(2 * np.sqrt(0.25 - 1 / best)),
            },
            digits=2,
        ),
    ),
    "ex-vanishing-sizes": dict(
        he=Numbers(
            "(a) He's standard deviation",
            np.sqrt(2 / 200),
            {
                "That is the variance; take its root.": 2 / 200,
                "A ReLU halves the mean square, so He has a 2 above the line.": np.sqrt(1 / 200),
                "Below the line stands the number of inputs, and not of neurons.": np.sqrt(2 / 50),
            },
        ),
        xavier=Numbers(
            "(a) Xavier's standard deviation",
            np.sqrt(2 / 250),
            {
                "That is the variance; take its root.": 2 / 250,
                "Below the line stands the sum of inputs and neurons, with a 2 above, or their mean, with a 1.": np.sqrt(
                    2 / 125
                ),
                "Xavier counts the neurons as well as the inputs.": np.sqrt(2 / 200),
                "The 2 above the line is missing.": np.sqrt(1 / 250),
            },
        ),
        shrink=Numbers(
            "(b) the factor of each layer",
            0.1,
            {
                "ReLU lets about half of the errors through: √½ is missing.": np.sqrt(200) * 0.01,
                "With random signs n terms add up to about √n of them, and not to n.": 200
                * 0.01
                * np.sqrt(0.5),
                "Half of the slopes are 1; the root of their mean square is √½, and not ½.": np.sqrt(200)
                * 0.01
                * 0.5,
            },
        ),
        ten=Numbers(
            "(b) over ten layers",
            1e-10,
            {
                "The factors are multiplied, and not added.": 1.0,
                "That is nine layers.": 1e-9,
                "Each of these layers lacks ReLU's √½.": (np.sqrt(200) * 0.01) ** 10,
                "The variance shrinks like that; the error itself has the factor 0.1.": 1e-20,
            },
            digits=2,
        ),
        grow=Numbers(
            "(c) the factor of each layer with 0.5",
            5,
            {
                "ReLU lets about half of the errors through: √½ is missing.": np.sqrt(200) * 0.5,
                "With random signs n terms add up to about √n of them, and not to n.": 200
                * 0.5
                * np.sqrt(0.5),
                "Half of the slopes are 1; the root of their mean square is √½, and not ½.": np.sqrt(200)
                * 0.5
                * 0.5,
                "That is over ten layers.": 5**10,
            },
        ),
    ),
    "ex-vanishing-leaky": dict(
        variance=Formula(
            "(a) the variance, with n for the inputs and α for the leak",
            "2/((1 + α²) n)",
            {"α": [0.1, 0.5, 1.0], "n": [100, 30, 7]},
            {
                "That is He's. The leak lets something of the left side through as well.": "2/n",
                "What leaks through is α z, and its mean square has α².": "2/((1 + α) n)",
                "Only half of the numbers are positive: the 2 above the line is missing.": "1/((1 + α²) n)",
                "A larger leak lets more through, so the variance must become smaller.": "2(1 + α²)/n",
                "That is the standard deviation.": "√(2/((1 + α²) n))",
            },
        ),
        ends=Numbers(
            "(b) the variance times n, for α = 0 and α = 1",
            [2, 1],
            {
                "You exchanged them: where everything passes, less is needed.": [1, 2],
                "At α = 1 the layer is linear and passes all.": [2, 2],
                "At α = 0 it is a ReLU, and half is lost.": [1, 1],
                "The larger the leak, the smaller the variance.": [2, 4],
            },
        ),
        grows=Numbers(
            "(c) by which factor the mean square grows in each layer with He's, at α = 0.5",
            1.25,
            {
                "What leaks through is squared: 0.25, and not 0.5.": 1.5,
                "He's variance doubles the mean square; half of that is kept, and a leak besides.": 2.5,
                "That would be so without a leak.": 1,
                "It grows, and does not shrink.": 0.8,
            },
        ),
    ),
    "ex-vanishing-uniform": dict(
        r=Formula(
            "r, with i inputs and o neurons",
            "√(6/(i + o))",
            {"i": [30, 10, 200], "o": [30, 20, 50]},
            {
                "That is the standard deviation. A uniform number's is r/√3.": "√(2/(i + o))",
                "You took the variance of numbers between 0 and r; here they lie between −r and r.": "√(24/(i + o))",
                "The root is missing.": "6/(i + o)",
                "Xavier's variance is 2/(i + o), and three times that is r².": "√(3/(i + o))",
            },
        ),
        unit=Numbers(
            "mean and variance of numbers between 0 and 1",
            [0.5, 1 / 12],
            {
                "That is the variance of numbers between −1 and 1.": [0.5, 1 / 3],
                "That is the standard deviation.": [0.5, np.sqrt(1 / 12)],
                "Their mean is in the middle, and not at 0.": [0, 1 / 12],
                "That is the mean square; take off the square of the mean.": [0.5, 1 / 4],
            },
        ),
        worse=Choice(
            "which of the two does more harm",
            "the mean",
            {
                "It is 2.5 times as large as it should be, which makes z 1.6 times as large. Something here grows with n itself.": "the variance",
                "With one sign the terms add up, and with random signs they largely cancel.": "both alike",
                "Uniform or normal makes little difference, if mean and variance are right.": "that they are not normal",
            },
        ),
    ),
    "ex-vanishing-biases": dict(
        enough=Choice(
            "which randomness is enough",
            "either one",
            {
                "Different biases make different activations, and so different gradients.": "the weights alone",
                "Different weights make different activations, whatever the biases.": "the biases alone",
                "One difference is enough, and all else follows from it.": "only both together",
                "Equal neurons stay equal, and the rule gives them no reason to part.": "neither is needed",
            },
        ),
        alike=Choice(
            "which neurons stay alike",
            "those equal in weights in, bias and weights out",
            {
                "Different weights out bring back different errors.": "those equal in weights in and bias",
                "Different biases let them answer differently.": "those equal in weights in and out",
                "Different weights in let them answer differently.": "those equal in bias and weights out",
            },
        ),
    ),
    "ex-vanishing-kill": dict(
        bias=Numbers(
            "(a) the largest bias at which it is dead",
            -1,
            {
                "x reaches 1, and then x + b is far above 0.": 1,
                "At b = 0 it still answers to every positive x.": 0,
                "At b = −½ it still answers to x = 1.": -0.5,
                "There it is dead, and was so before.": -2,
            },
        ),
        rate=Numbers(
            "(b) the learning rate from which on it dies",
            1.875,
            {
                "That is where b alone reaches −1. The weight shrinks as well.": 2.5,
                "That is where b is 0, and the neuron still answers to positive x.": 0.5 / 0.6,
                "Both gradients are taken off the largest z, 0.2 and 0.6 of them.": 1.5 / 0.4,
                "That is where w changes its sign.": 5,
                "At the start the largest z is w + b, and not b.": 0.5 / 0.8,
            },
        ),
        leak=Choice(
            "(c) what a leaky ReLU changes",
            "it can walk back",
            {
                "The gradients of the step before were the same.": "the step is shorter",
                "It says little, and passes a little back: α times the gradient.": "nothing, it stays silent",
                "A large step can push it over as well.": "it can no longer be pushed over the edge",
            },
        ),
    ),
    "ex-vanishing-clip": dict(
        function=Code(
            "clipped(gradient, limit)",
            clipped,
            [
                (np.array([3.0, 4.0]), 1.0),
                (np.array([0.3, 0.4]), 1.0),
                (np.array([-6.0, 8.0, 0.0]), 5.0),
            ],
            {
                "A gradient that is short enough stays as it is. Yours is made longer.": always_clipped,
                "You cut each entry by itself, and the direction changes. Shorten the whole vector.": clipped_entry_by_entry,
                "The length has a root; you divide by its square.": clipped_by_square,
                "What is too long is shortened to the limit, and not dropped.": cut_to_nothing,
            },
        ),
        once=Numbers(
            "clipped((3, 4), 1)",
            [0.6, 0.8],
            {
                "You cut each entry by itself, and the direction changes.": [1, 1],
                "Divide by the length, and not by its square.": [0.12, 0.16],
                "The length is the root of the sum of squares, and not the sum.": [3 / 7, 4 / 7],
            },
        ),
    ),
    "ex-vanishing-adam": dict(
        cures=Choice(
            "does Adam cure it?",
            "half of it",
            {
                "The first layer moves, and still sees inputs and errors that hardly differ from example to example.": "yes",
                "Every weight takes full steps now, the first layer's as well.": "no, nothing changes",
                "A smaller rate makes Adam's steps smaller, and the forward signal no stronger.": "yes, if its rate is small enough",
            },
        ),
        words=Explain(
            [
                "that the first layer does move now?",
                "that the forward signal is as weak as before?",
                "that all examples look nearly alike after six sigmoid layers?",
            ]
        ),
    ),
    "ex-vanishing-wrong-relu": dict(
        factors=Numbers(
            "a ReLU layer's factor for 30 neurons, at a standard deviation of 0.1 and of 0.5",
            [np.sqrt(15) * 0.1, np.sqrt(15) * 0.5],
            {
                "ReLU lets about half through: √½ is missing.": [np.sqrt(30) * 0.1, np.sqrt(30) * 0.5],
                "With random signs it is √n that counts, and not n.": [
                    30 * 0.1 * np.sqrt(0.5),
                    30 * 0.5 * np.sqrt(0.5),
                ],
                "Half of the slopes are 1; the root of their mean square is √½.": [
                    np.sqrt(30) * 0.05,
                    np.sqrt(30) * 0.25,
                ],
                "The slope is only one of two parts; the weights' size is the other.": [1, 1],
            },
            digits=2,
        ),
        sign=Choice(
            "by what one notices it",
            "typical δ shrinks or grows from layer to layer",
            {
                "It can be large for many other reasons, and is one number for all layers.": "the cost is large at the start",
                "About half is what it should be.": "half of the activations are 0",
                "A dead neuron is another trouble, and needs another cure.": "some neurons are silent for every example",
            },
        ),
    ),
    "ex-vanishing-wrong-twenty": dict(
        factor=Numbers(
            "by which factor the errors change over five ReLU layers if each weight is twenty times as large",
            3_200_000,
            {
                "That is one layer. The factor comes in each of the five.": 20,
                "The factors are multiplied, and not added.": 100,
                "The size of the weights counts as it is, and not its root.": float(20**2.5),
            },
            digits=2,
        ),
        wanted=Choice(
            "what is wanted",
            "a factor near 1",
            {
                "They explode under ReLU and saturate the others.": "weights as large as possible",
                "Then the factor vanishes.": "weights as small as possible",
                "The right size depends on how many neurons there are.": "the same size in every network",
            },
        ),
    ),
    "ex-vanishing-wrong-small": dict(
        tell=Choice(
            "what tells a vanished gradient from one at a minimum",
            "the cost, and how the layers compare",
            {
                "Both may have just the same size.": "the size of the first layer's gradient alone",
                "Both may be small together, as with small weights.": "whether all layers' gradients are small",
                "Where nothing moves, both stand still.": "a few more epochs at the same rate",
            },
        ),
        words=Explain(
            [
                "that near a minimum all gradients are small, and should be?",
                "that one looks at the cost?",
                "that one compares the layers, and divides by the size of the weights?",
            ]
        ),
    ),
    "ex-vanishing-wrong-xavier": dict(
        left=Numbers(
            "about how much of the error is left after six sigmoid layers with Xavier's weights",
            0.25**6,
            {
                "That is one layer.": 0.25,
                "Each layer keeps about a quarter, and not one half.": 0.5**6,
                "They were derived for a slope of 1, and the sigmoid's is a quarter at most.": 1,
                "That is five layers.": 0.25**5,
            },
            digits=2,
        ),
        instead=Choice(
            "what to take instead",
            "tanh with Xavier's, or ReLU with He's",
            {
                "They are larger by √2, and the slope takes three quarters.": "the sigmoid with He's weights",
                "Then they keep even less.": "the sigmoid with smaller weights",
                "A ReLU loses half, and Xavier's do not make up for it.": "ReLU with Xavier's weights",
            },
        ),
    ),
    "ex-vanishing-wrong-product": dict(
        factor=Numbers(
            "the factor of a layer of 100 neurons with weights of typical size 0.2, where every slope is 1",
            2,
            {
                "That is a chain's factor. In a layer a hundred terms arrive.": 0.2,
                "With random signs a hundred terms add up to ten of them, and not to a hundred.": 20,
                "That has ReLU's √½ in it; here every slope is 1.": np.sqrt(2),
            },
        ),
        where=Choice(
            "where the sentence is right",
            "in a chain of single neurons",
            {
                "There the terms of many neurons add up.": "in wide layers",
                "The signs make the terms cancel in part, and √n of them are left.": "where the weights have random signs",
                "Biases change the slopes, and not how many terms arrive.": "where there are no biases",
            },
        ),
    ),
    "ex-vanishing-wrong-stopped": dict(
        stopped=Choice(
            "what a negative z stops",
            "that neuron's gradient, for that example",
            {
                "Other examples have another z there.": "that neuron's gradient, for the whole batch",
                "The other neurons of the layer pass on their part.": "the gradient of the whole layer",
                "They learn from the errors that come through other neurons.": "the gradients of all layers before it",
            },
        ),
        share=Numbers(
            "about what share of all pairs of neuron and example is stopped in a healthy ReLU network",
            50,
            {
                "Then it would be linear.": 0,
                "Then nothing would learn.": 100,
                "z is as often negative as positive.": 25,
            },
            digits=2,
            unit="%",
        ),
    ),
    "ex-vanishing-wrong-biases": dict(
        breaks=Choice(
            "what breaks the symmetry where all biases are 0",
            "random weights",
            {
                "Every neuron sees the same examples.": "that the examples differ",
                "Equal neurons get equal steps at any rate.": "a learning rate that is large enough",
                "Equal neurons get equal means over any batch.": "mini-batches, which are random",
            },
        ),
        words=Explain(
            [
                "that neurons must be equal in weights in, bias and weights out to stay alike?",
                "that random weights make them differ from the first step on?",
            ]
        ),
    ),
    "ex-vanishing-wrong-axis": dict(
        apart=Numbers(
            "how many times 10⁻³ is larger than 10⁻⁹",
            1e6,
            {
                "The powers are subtracted, and not divided.": 1e3,
                "3 is a third of 9, and these are powers of ten.": 3,
                "The other way round.": 1e-6,
                "The powers are subtracted, and not added.": 1e12,
            },
            digits=2,
        ),
        axis=Choice(
            "the axis that tells them apart",
            "logarithmic",
            {
                "On one to the largest gradient both lie on zero.": "linear, from 0",
                "Then the larger one no longer fits on it.": "linear, but enlarged",
                "Whichever you take, all small ones lie on zero.": "linear, in units of the last layer's",
            },
        ),
    ),
}
