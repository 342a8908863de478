"""Keras: answers, usual mistakes, and what to say to each. No TensorFlow is needed to give them."""

from __future__ import annotations

import numpy as np

import nnlib
from nnlib.exercises.again.keras import AGAIN
from nnlib.exercises.digits import stop_early
from nnlib.exercises.kinds import Choice, Explain, Numbers
from nnlib.exercises.perceptron import count

# Two sigmoids in Keras


def small(cost: str = "quadratic") -> tuple[float, list[float]]:
    """The output of the 2-1-1 network without biases, and its three slopes."""
    net = nnlib.Network([2, 1, 1], "sigmoid", output="sigmoid", cost=cost)
    net.W[1], net.W[2] = [[0.4, -0.2]], [[0.1]]
    p = net.forward([[0.1, 0.3]])
    g = net.backward(p, [[1.0]])
    return float(p.A[2][0, 0]), [*g.W[1][0].tolist(), float(g.W[2][0, 0])]


output, slopes = small()
hidden = float(nnlib.ACTIVATIONS["sigmoid"](np.array(0.4 * 0.1 - 0.2 * 0.3)))


# The last rows

digits = np.sort(nnlib.load_digits()[1])
last = digits[int(0.8 * len(digits)) :]
held_back = [int((last == digit).sum()) for digit in (7, 8, 9)]


# Patience

COSTS = [0.9, 0.6, 0.5, 0.55, 0.52, 0.51, 0.58]
STOP, BEST = stop_early(COSTS, 3)

EXERCISES = {
    **AGAIN,
    "ex-keras-parameters": dict(
        kernels=Numbers(
            "the shapes of the three kernels, a row each",
            [[784, 16], [16, 16], [16, 10]],
            {
                "In Keras the inputs come first: transposed against this book.": [
                    [16, 784],
                    [16, 16],
                    [10, 16],
                ],
                "An image of MNIST has more pixels than that.": [[64, 16], [16, 16], [16, 10]],
                "No input is added for the bias: Keras keeps biases apart.": [[785, 16], [17, 16], [17, 10]],
            },
            digits=None,
        ),
        count=Numbers(
            "count_params()",
            count([784, 16, 16, 10]),
            {
                "The biases are missing.": 784 * 16 + 16 * 16 + 16 * 10,
                "The inputs have no biases.": count([784, 16, 16, 10]) + 784,
                "That is the network with 64 inputs.": count([64, 16, 16, 10]),
            },
            digits=None,
        ),
    ),
    "ex-keras-w8": dict(
        gradient=Numbers(
            "the slopes with C = (a − y)², without the ½: by w⁽¹⁾ (two) and w⁽²⁾",
            small("mse")[1],
            {
                "That is with the ½. Without it the slope is that of the square.": slopes,
                "The error is a − y, and y is 1: the slopes are negative.": [
                    -slope for slope in small("mse")[1]
                ],
                "You divided by 2 once more.": [slope / 2 for slope in slopes],
                "What comes into w⁽²⁾ is the hidden activation, and not 0.1.": [
                    *small("mse")[1][:2],
                    small("mse")[1][2] / hidden * 0.1,
                ],
            },
        ),
        output=Numbers(
            "the output",
            output,
            {
                "That is the hidden activation; it goes on through w⁽²⁾ = 0.1.": hidden,
                "That is z of the output; its sigmoid is asked for.": 0.1 * hidden,
                "The hidden neuron is a sigmoid as well.": float(
                    nnlib.ACTIVATIONS["sigmoid"](np.array(0.1 * -0.02))
                ),
                "That is the sigmoid of w⁽²⁾ alone; multiply it by the hidden activation first.": float(
                    nnlib.ACTIVATIONS["sigmoid"](np.array(0.1))
                ),
            },
            digits=4,
        ),
    ),
    "ex-keras-float64": dict(
        expect=Choice(
            "what happens to the difference in 64 bits, if it was rounding",
            "it shrinks to some 10⁻¹⁶",
            {
                "That is what a mistake would do.": "it stays where it is",
                "32 bits carry seven digits, and 64 bits sixteen, not fourteen times as many.": "it is halved",
                "Rounding gets finer and does not vanish.": "it is exactly 0",
            },
        ),
        mistake=Choice(
            "and if one of the two had a mistake",
            "it stays where it is",
            {
                "Finer numbers make rounding smaller, and not a mistake.": "it shrinks to some 10⁻¹⁶",
                "It is as large as it was: the numbers only get more digits.": "it grows",
                "A mistake does not ask how many bits there are.": "it vanishes",
            },
        ),
    ),
    "ex-keras-xor": dict(
        classes=Numbers(
            "the classes of 00, 01, 10 and 11",
            [0, 1, 1, 0],
            {
                "That is AND.": [0, 0, 0, 1],
                "That is OR: 1 and 1 make 0 here.": [0, 1, 1, 1],
                "That is NAND.": [1, 1, 1, 0],
                "You have them the other way round.": [1, 0, 0, 1],
            },
            digits=None,
        ),
        steps=Numbers(
            "how many rows an unshuffled epoch needs for 200 full batches",
            800,
            {
                "These are the steps. Each takes four rows.": 200,
                "200 times four, and not divided by four.": 50,
                "Then each batch would hold one row.": 4,
            },
            digits=None,
        ),
    ),
    "ex-keras-split": dict(
        rows=Numbers(
            "how many 7s, 8s and 9s the last fifth of the sorted rows holds",
            held_back,
            {
                "The last fifth is a fifth of all rows, and most of the 7s come before it.": [179, 174, 180],
                "That would be so if the rows were shuffled.": [36, 35, 36],
                "The other way round: the largest digits come last.": held_back[::-1],
            },
            digits=None,
        ),
        accuracy=Choice(
            "the validation accuracy",
            "nearly 0",
            {
                "A guesser knows all ten answers; this network was taught eight.": "about 10 %, by chance",
                "It would, if the rows were shuffled first.": "as good as on shuffled rows",
                "That is how it reads the training rows.": "nearly 100 %",
            },
        ),
    ),
    "ex-keras-rate": dict(
        mse=Numbers(
            'η for the four sigmoids with "mse"',
            0.4,
            {
                "Its gradient is half as large, so the rate must be twice as large, and not half.": 0.1,
                "A mean over four, but no ½: the two costs differ by 2, and not by 4.": 0.8,
                "A half of the sum and a quarter of it are not the same.": 0.2,
            },
        ),
        tags=Numbers(
            "η for the three tags",
            0.3,
            {
                "Keras takes the mean over the three outputs, this book their sum.": 0.1,
                "The gradient is a third of ours, so the rate must be larger.": 0.1 / 3,
                "No cross-entropy has a ½: the two differ by the mean alone.": 0.6,
            },
        ),
    ),
    "ex-keras-l2": dict(
        same_cost=Numbers(
            "the regulariser's factor for the same cost as l2=0.01",
            0.005,
            {
                "Keras leaves out the ½ that stands before λ here.": 0.01,
                "Half of it, and not twice.": 0.02,
                'A quarter would be right with "mse" and four outputs.': 0.0025,
            },
        ),
        same_steps=Numbers(
            'the factor for the same steps, with the quadratic cost of four outputs here and "mse" there',
            0.0025,
            {
                "The cost is half as large there, so the L2 term must be halved as well.": 0.005,
                "Both the ½ and the smaller cost make it smaller.": 0.01,
                "Four outputs make the cost half as large, and not a quarter.": 0.00125,
            },
        ),
        rate=Numbers(
            "and how many times as large a rate",
            2,
            {
                "The gradient has become half as large in all.": 1,
                "Half the gradient needs twice the rate, and not half.": 0.5,
                "Half a sum against a quarter of it: a factor of 2.": 4,
            },
        ),
    ),
    "ex-keras-patience": dict(
        stops=Numbers(
            "the epoch after which it stops",
            STOP,
            {
                "It waits for three epochs without a new best.": STOP - 1,
                "Epochs are counted from 0.": STOP + 1,
                "It stops as soon as it has waited three epochs after the best.": STOP + 2,
                "That is the first epoch that is worse than the best.": BEST + 1,
            },
            digits=None,
        ),
        kept=Numbers(
            "the epochs whose weights you keep with restoring, and without",
            [BEST, STOP],
            {
                "You exchanged them.": [STOP, BEST],
                "Without restoring, the last epoch's weights stay.": [BEST, BEST],
                "Epochs are counted from 0.": [BEST + 1, STOP + 1],
            },
            digits=None,
        ),
    ),
    "ex-keras-why": dict(
        words=Explain(
            [
                "differentiate any computation, and hence other layers?",
                "run on a graphics card, or on many machines?",
                "save a model and serve it elsewhere?",
                "and of nnlib, that you can read all of it, or that small networks take their steps faster?",
            ]
        ),
    ),
    "ex-keras-wrong-split": dict(
        takes=Choice(
            "which rows validation_split=0.2 takes",
            "the last fifth",
            {
                "It shuffles only what is left, after the split.": "a random fifth",
                "Every fifth row would be fair, were the rows not sorted so.": "every fifth row",
                "Those are learned from.": "the first fifth",
            },
        ),
        instead=Choice(
            "what to do instead",
            "shuffle first, or give validation_data",
            {
                "That shuffles only what is left, after the split.": "shuffle=True",
                "It takes more of the last rows.": "a larger split",
                "The same rows are taken each time.": "the mean of several runs",
            },
        ),
    ),
    "ex-keras-wrong-twice": dict(
        begins=Choice(
            "where the second fit begins",
            "where the first one ended",
            {
                "Only a new model has new weights.": "at new random weights",
                "Keras keeps no copy of them.": "at the first run's starting weights",
                "Which epoch was best is not kept without a callback.": "at the first run's best epoch",
            },
        ),
        sign=Choice(
            "by what one notices it",
            "its first cost is the last one of the first run",
            {
                "It goes on as smoothly as before.": "its cost rises in the first epoch",
                "The count begins anew for each fit.": "its epochs are counted on",
                "It will look good, and that is the trouble.": "its accuracy is worse",
            },
        ),
    ),
    "ex-keras-wrong-logits": dict(
        expects=Choice(
            "what a cost with from_logits=True expects",
            "z",
            {
                "It would apply softmax to them again.": "the outputs of a softmax",
                "The logarithm is taken inside.": "the logarithms of the outputs",
                "That is argmax, and has no slope.": "the class",
            },
        ),
        twice=Numbers(
            "softmax applied twice: the cost of ten classes cannot fall below",
            np.log(1 + 9 / np.e),
            {
                "That is what ten equal outputs cost; a little better is possible.": np.log(10),
                "The outputs of the second softmax can never be sure.": 0,
                "That is the logarithm to base 10.": np.log10(1 + 9 / np.e),
            },
        ),
    ),
    "ex-keras-wrong-metric": dict(
        shape=Numbers(
            "the shape of (N,) − (N, 1) for N = 4",
            [4, 4],
            {
                "A row and a column do not pair up: each meets each.": [4, 1],
                "The first becomes a row, and both are filled up to a square.": [1, 4],
                "There are 16 differences, in a square.": [16, 1],
            },
            digits=None,
        ),
        instead=Choice(
            "what to do",
            "give targets as a column, (N, 1)",
            {
                "That is done for the loss alone.": "trust fit to add the axis",
                "The network gives a column, whatever its name.": "give the network no output layer",
                "It is plausible, and that is the trouble.": "look whether the mean is plausible",
            },
        ),
    ),
    "ex-keras-wrong-val-loss": dict(
        compare=Choice(
            "what can be compared",
            "accuracies on the same rows",
            {
                "One is a mean over outputs, or has L2 in it, and the other not.": "the two validation losses",
                "They are different costs as well, and of rows it has seen.": "the two training losses",
                "The difference of two unlike numbers is no better than they.": "the gap between loss and val_loss in each",
            },
        ),
        contains=Choice(
            "what Keras's val_loss contains",
            "the L2 term",
            {
                "Keras's squared error has none.": "the ½ of the quadratic cost",
                "A mean is taken over examples and outputs.": "the sum over the outputs",
                "These have had no part in it.": "the training rows",
            },
        ),
    ),
}
