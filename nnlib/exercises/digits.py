"""Reading digits: answers, usual mistakes, and what to say to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

import nnlib
from nnlib.exercises.again.digits import AGAIN
from nnlib.exercises.kinds import Choice, Code, Explain, Numbers, Rules
from nnlib.exercises.perceptron import count, layers

Array = Any


# One-hot, forth and back

rows = nnlib.one_hot([2, 0, 9], 10)


# Count the parameters

SIZES = ([64, 30, 10], [64, 16, 16, 10], [784, 16, 16, 10])
WEIGHTS = np.array([sum(n * m for n, m in layers(sizes)) for sizes in SIZES])
COUNTS = np.array([count(sizes) for sizes in SIZES])


# Standardise by hand

ink = np.array([0, 4, 8, 4.0])


def scaled(value: Any, spread: float = float(ink.std())) -> Array:
    return (np.asarray(value, dtype=float) - ink.mean()) / spread


# Early stopping by hand


def stop_early(costs: Sequence[float], patience: int) -> tuple[int, int]:
    best = 0
    for epoch, cost in enumerate(costs):
        if cost < costs[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(costs) - 1, best


def since_last_fall(costs: Sequence[float], patience: int) -> tuple[int, int]:
    """Where waiting begins anew at each fall, though it be no new best."""
    best = waited = 0
    for epoch, cost in enumerate(costs):
        waited = 0 if epoch == 0 or cost < costs[epoch - 1] else waited + 1
        best = epoch if cost < costs[best] else best
        if waited >= patience:
            return epoch, best
    return len(costs) - 1, best


COSTS = [0.90, 0.60, 0.45, 0.47, 0.44, 0.46, 0.48, 0.45, 0.43]
LAST, KEPT = stop_early(COSTS, 3)


# Recall and precision


def recall_and_precision(confusion: Array) -> tuple[Array, Array]:
    right = confusion.diagonal()
    return right / confusion.sum(axis=1), right / confusion.sum(axis=0)


# The luckiest of two hundred


def luckiest() -> tuple[float, float]:
    """How good the best of 200 guessers looks, in per cent, and how good it is on the other rows."""
    labels = nnlib.load_digits()[1]
    rng, fold = np.random.default_rng(0), np.empty(len(labels), dtype=int)
    for digit in range(10):
        its_rows = rng.permutation(np.flatnonzero(labels == digit))
        fold[its_rows] = np.arange(len(its_rows)) % 5
    validation = np.flatnonzero(fold == 1)
    few, others = validation[:50], np.setdiff1d(np.arange(len(labels)), validation)
    guesses = np.random.default_rng(0).integers(0, 10, (200, len(labels)))
    right = (guesses[:, few] == labels[few]).mean(axis=1)
    best = guesses[right.argmax()]
    return 100 * float(right.max()), 100 * float((best[others] == labels[others]).mean())


LOOKS, IS = luckiest()


# Shift the pen


def shift(images: Array) -> Array:
    moved = np.zeros((len(images), 8, 8))
    moved[:, :, 1:] = images.reshape(-1, 8, 8)[:, :, :-1]
    return moved.reshape(-1, 64)


def shift_left(images: Array) -> Array:
    moved = np.zeros((len(images), 8, 8))
    moved[:, :, :-1] = images.reshape(-1, 8, 8)[:, :, 1:]
    return moved.reshape(-1, 64)


def shift_down(images: Array) -> Array:
    moved = np.zeros((len(images), 8, 8))
    moved[:, 1:] = images.reshape(-1, 8, 8)[:, :-1]
    return moved.reshape(-1, 64)


def roll(images: Array) -> Array:
    return np.roll(images.reshape(-1, 8, 8), 1, axis=2).reshape(-1, 64)


def roll_flat(images: Array) -> Array:
    return np.hstack([np.zeros((len(images), 1)), images[:, :-1]])


IMAGES = np.arange(1.0, 129).reshape(2, 64)

EXERCISES = {
    **AGAIN,
    "ex-digits-one-hot": dict(
        rows=Numbers(
            "the labels 2, 0 and 9 as one-hot rows, a line each",
            rows,
            {
                "Places are counted from 0, so a 0 has its 1 in the first place.": nnlib.one_hot(
                    [1, 9, 8], 10
                ),
                "An example is a row: yours are columns.": rows.T,
                "That is nine places: ten classes need ten.": nnlib.one_hot([2, 0, 8], 9),
                "A row has a single 1, whatever the label; you wrote the label itself.": rows
                * [[2], [1], [9]],
            },
            digits=None,
        ),
        back=Numbers(
            "what [0, 0, 0, 0, 1, 0, 0, 0, 0, 0] says",
            4,
            {
                "Places are counted from 0.": 5,
                "That is how many numbers there are.": 10,
                "That is the number that stands there; its place is the label.": 1,
            },
            digits=None,
        ),
        short=Numbers(
            "what [0, 0, 0, 0, 0, 0, 0, 0, 1] says, and of how many classes",
            [8, 9],
            {
                "Count its places: there are nine, and the first is for 0.": [9, 10],
                "The first place is for 0.": [9, 9],
                "Count its places.": [8, 10],
            },
            digits=None,
        ),
    ),
    "ex-digits-parameters": dict(
        weights=Numbers(
            "the weights of 64-30-10, 64-16-16-10 and 784-16-16-10",
            WEIGHTS,
            {
                "These are weights and biases together.": COUNTS,
                "You multiplied all sizes. A matrix lies between two neighbours, and the matrices are added.": [
                    64 * 30 * 10,
                    64 * 16 * 16 * 10,
                    784 * 16 * 16 * 10,
                ],
                "That is the first matrix alone.": [64 * 30, 64 * 16, 784 * 16],
            },
            digits=None,
        ),
        biases=Numbers(
            "their biases",
            COUNTS - WEIGHTS,
            {
                "The inputs have none.": COUNTS - WEIGHTS + [64, 64, 784],
                "A neuron has a bias of its own; that is one for a layer.": [2, 3, 3],
                "The last layer has biases, too.": COUNTS - WEIGHTS - 10,
                "These are the parameters in all.": COUNTS,
            },
            digits=None,
        ),
        shapes=Numbers(
            "the shapes of w⁽¹⁾ of 64-30-10 and of a⁽¹⁾ for one image, a row each",
            [[30, 64], [1, 30]],
            {
                "A matrix has a row for each neuron: the first is the other way round.": [[64, 30], [1, 30]],
                "An image is a row: the second is the other way round.": [[30, 64], [30, 1]],
                "That is w⁽²⁾ and the output.": [[10, 30], [1, 10]],
                "a⁽⁰⁾ is the image; a⁽¹⁾ has an entry for each hidden neuron.": [[30, 64], [1, 64]],
            },
            digits=None,
        ),
    ),
    "ex-digits-standardise": dict(
        training=Numbers(
            "the four, standardised",
            scaled(ink),
            {
                "You divided by n − 1. This book divides by n, so the variance is 8.": scaled(
                    ink, float(ink.std(ddof=1))
                ),
                "You divided by the variance; take its root.": scaled(ink, float(ink.var())),
                "They are centred only; divide by σ.": ink - 4,
                "That runs from 0 to 1, which is another way of scaling.": ink / 8,
                "The mean has to be taken off first.": ink / ink.std(),
            },
        ),
        held_out=Numbers(
            "ink 12 in the held-out image",
            scaled(12),
            {
                "You scaled it between the smallest and the largest.": 12 / 8,
                "You divided by n − 1; this book divides by n.": scaled(12, float(ink.std(ddof=1))),
                "Its own mean would make 0 of anything. It is scaled with the training images' mean and σ.": 0,
                "The training images' mean has to be taken off first.": 12 / ink.std(),
            },
        ),
        constant=Numbers(
            "the pixel with ink 5, 5, 5, 5",
            [0, 0, 0, 0],
            {
                "The mean, 5, is taken off.": [5, 5, 5, 5],
                "It never differs from its mean, so there is nothing left to scale.": [1, 1, 1, 1],
                "The mean is 5, and not 10.": [-5, -5, -5, -5],
            },
        ),
    ),
    "ex-digits-steps": dict(
        epoch=Numbers(
            "steps in an epoch",
            34,
            {
                "The last batch is smaller, and is a step as well.": 33,
                "Steps come whole. The last batch is smaller.": 1071 / 32,
                "One too many: whole batches, and one of what is left.": 35,
                "That is a step for each row.": 1071,
            },
            digits=None,
        ),
        last=Numbers(
            "rows in the last batch",
            15,
            {
                "1,071 is not a multiple of it: what is left over makes the last batch.": 32,
                "That is how many are missing to a whole batch.": 17,
                "Count once more what 33 whole batches leave over.": 14,
                "That is the fraction; times 32 it is rows.": 1071 / 32 - 33,
            },
            digits=None,
        ),
        forty=Numbers(
            "steps in 40 epochs, and with a single batch of all rows",
            [1360, 40],
            {
                "The small last batch makes a step in each of the 40 epochs.": [1320, 40],
                "The batches are cut anew in each epoch; what is left over is not carried on.": [
                    -(-1071 * 40 // 32),
                    40,
                ],
                "A single batch makes a step in each epoch.": [1360, 1],
                "You exchanged them.": [40, 1360],
            },
            digits=None,
        ),
    ),
    "ex-digits-patience": dict(
        three=Numbers(
            "patience 3: the last epoch, and the one whose weights are kept",
            [LAST, KEPT],
            {
                "Epochs are counted from 0 here.": [LAST + 1, KEPT + 1],
                "It is the best epoch's weights that are kept, and not the last's.": [LAST, LAST],
                "Patience counts from the best, and not from the last fall: 0.45 after 0.48 is no new best.": since_last_fall(
                    COSTS, 3
                ),
                "One epoch too early: it waits three epochs after the best.": [LAST - 1, KEPT],
                "The first pause, 0.47, was followed by a new best.": [5, 2],
            },
            digits=None,
        ),
        four=Numbers(
            "patience 4: the same two",
            stop_early(COSTS, 4),
            {
                "It sees one epoch more now, and that one is a new best.": [8, 4],
                "That is patience 3.": [LAST, KEPT],
                "Epochs are counted from 0 here.": [9, 9],
            },
            digits=None,
        ),
        function=Code(
            "stop_early(costs, patience), which gives the last epoch and the kept one",
            stop_early,
            [(COSTS, 3), (COSTS, 4), ([1.0, 0.9, 0.8], 1), ([1.0, 2.0, 3.0], 1), ([0.5, 0.5, 0.5, 0.4], 2)],
            {
                "It is the best epoch that is kept, and not the last.": lambda costs, patience: (
                    (stop_early(costs, patience)[0],) * 2
                ),
                "Patience counts from the best epoch, and not from the last fall.": since_last_fall,
                "One epoch too late: it has waited when `patience` epochs have brought nothing.": lambda costs, patience: (
                    stop_early(costs, patience + 1)
                ),
                "The kept epoch comes second; you gave it first.": lambda costs, patience: stop_early(
                    costs, patience
                )[::-1],
            },
        ),
    ),
    "ex-digits-recall": dict(
        sevens=Numbers(
            "of 40 sevens 36 are found, and 45 answers are a seven: recall and precision",
            [90, 80],
            {
                "You exchanged them. Recall is of all sevens, precision of all answers.": [80, 90],
                "A share of the 40 is recall; for precision take the 45.": [90, 90],
                "Found are those that are sevens and read so, the 36.": [100 * 45 / 40, 80],
                "These are mistakes.": [10, 20],
            },
            digits=2,
            unit="%",
        ),
        least=Numbers(
            "from the chapter's start: the digit found least often, and the answer to trust least",
            [5, 3],
            {
                "You exchanged them: rows of the confusion matrix are what the digits are, columns what was said.": [
                    3,
                    5,
                ],
                "That is from another start.": [8, 5],
                "A third start says so; asked for is the chapter's.": [3, 1],
            },
            digits=None,
        ),
        function=Code(
            "recall_and_precision(confusion), a row for each true digit",
            recall_and_precision,
            [(np.array([[8, 2], [1, 9]]),), (np.array([[5, 0, 1], [2, 3, 0], [0, 0, 4]]),)],
            {
                "Recall divides by the sums of the rows, precision by those of the columns: you exchanged them.": lambda c: (
                    recall_and_precision(c)[::-1]
                ),
                "Both divide by the sums of the rows; precision takes the columns.": lambda c: (
                    (recall_and_precision(c)[0],) * 2
                ),
                "You divided by all images; it is the row or the column that counts.": lambda c: (
                    (c.diagonal() / c.sum(),) * 2
                ),
            },
        ),
    ),
    "ex-digits-lucky": dict(
        looks=Numbers(
            "how good the best looks on the 50 rows, and how good it is on the others",
            [LOOKS, IS],
            {
                "You exchanged them.": [IS, LOOKS],
                "That is chance, and what each of them is worth. One of 200 looks better by luck.": [10, 10],
                "It only looks so good on the rows by which it was chosen.": [LOOKS, LOOKS],
            },
            digits=2,
            unit="%",
        ),
        says=Choice(
            "what that says about choosing by the test rows",
            "the chosen one looks better than it is",
            {
                "All are equally bad; the best only had luck.": "the best of many is better than the others",
                "With more candidates luck has more chances.": "more candidates make it more reliable",
                "With fewer rows luck weighs more.": "a few rows are enough",
            },
        ),
    ),
    "ex-digits-noise": dict(
        between=Rules(
            "how many images lie between A and B",
            [2],
            "n",
            {
                "0.6 per cent are six in a thousand.": ("n < 100", [216]),
                "Per cent of the 360 test images, and not of all 1,797.": ("n <= 2.3", [11]),
                "That is in percentage points. How many of 360 images is it?": ("n >= 1.9", [0.6]),
            },
        ),
        chance=Numbers(
            "by how many images chance alone moves such a number",
            np.sqrt(0.975 * 0.025 * 360),
            {
                "That is the variance; take its root.": 0.975 * 0.025 * 360,
                "That is a share; times 360 it is images.": np.sqrt(0.975 * 0.025 / 360),
                "Only the few that are wrong vary: the factor 1 − p is missing.": np.sqrt(0.975 * 360),
            },
            digits=1,
        ),
        better=Choice(
            "is A better?",
            "that cannot be said",
            {
                "Two images are less than chance moves such a number.": "yes, by 0.6 points",
                "One split says as little against it as for it.": "no, it is worse on new images",
                "On those on which both are right, or both wrong, nothing is decided.": "yes, if both have read the same images",
            },
        ),
    ),
    "ex-digits-output": dict(
        digit=Choice(
            "(a) the digit in an image",
            "softmax, categorical cross-entropy",
            {
                "Then several digits may say yes at once.": "sigmoid, binary cross-entropy",
                "A name is no amount: 8 is not between 7 and 9.": "linear, quadratic",
                "The slope of softmax is left over, and it learns slowly where it is sure and wrong.": "softmax, quadratic",
            },
        ),
        tags=Choice(
            "(b) the tags of a photograph",
            "sigmoid, binary cross-entropy",
            {
                "Softmax cannot say yes twice: its outputs share a sum of 1.": "softmax, categorical cross-entropy",
                "A tag fits or does not, and that is no amount.": "linear, quadratic",
                "Where a sigmoid is sure and wrong, its slope is left over.": "sigmoid, quadratic",
            },
        ),
        grams=Choice(
            "(c) the grams of ink",
            "linear, quadratic",
            {
                "No digit would take more than a gram.": "sigmoid, binary cross-entropy",
                "Of one number softmax always makes 1.": "softmax, categorical cross-entropy",
                "A cross-entropy has no logarithm of what lies below 0.": "linear, binary cross-entropy",
            },
        ),
        seven=Numbers(
            "(d) how many outputs for 7 or not",
            1,
            {
                "Two softmax outputs would do; with a sigmoid one is enough.": 2,
                "The other digits are not asked for.": 10,
                "A network that says nothing answers nothing.": 0,
            },
            digits=None,
        ),
    ),
    "ex-digits-diagnose": dict(
        over=Choice(
            "which overfits",
            "(100 %, 87 %)",
            {
                "Two numbers close together show no overfitting.": "(66 %, 66 %)",
                "A small gap is usual, and this is the smaller one.": "(100 %, 96 %)",
                "All training rows right is no fault; the gap tells.": "both with 100 %",
            },
        ),
        under=Choice(
            "which underfits",
            "(66 %, 66 %)",
            {
                "It has learned all it was shown.": "(100 %, 87 %)",
                "It has learned all it was shown, and nearly as much else.": "(100 %, 96 %)",
                "One of them reads two thirds of what it was shown.": "none",
            },
        ),
        first=Choice(
            "what to try first on the one that underfits",
            "train longer",
            {
                "It cannot even fit those it has.": "more images",
                "That holds it down even more.": "more L2",
                "It has not come to a best epoch yet.": "early stopping",
            },
        ),
    ),
    "ex-digits-shift": dict(
        function=Code(
            "shift(images), rows of 64 pixels",
            shift,
            [(IMAGES,), (IMAGES[:1] % 7,), (np.zeros((3, 64)),)],
            {
                "What falls off on the right comes in again on the left; a blank column should.": roll,
                "You moved them to the left.": shift_left,
                "You moved them down: in 8 × 8 the columns are the last axis.": shift_down,
                "You moved the row of 64 pixels, and the last pixel of each line has come to the next one.": roll_flat,
            },
        ),
        why=Choice(
            "why the accuracy falls",
            "shifted ink meets the wrong weights",
            {
                "Most images have a margin, and the digit stays whole.": "the last column is lost",
                "The same ink is there, a pixel further on.": "the images have become darker",
                "The rows were scaled with the same means as before.": "the scaler was fitted anew",
            },
        ),
        remedy=Choice(
            "what to do about it",
            "train on shifted copies as well",
            {
                "It has read the unshifted ones well enough.": "train for more epochs",
                "It cannot know what it was never shown.": "use more hidden neurons",
                "That holds down all weights, the right ones and the wrong.": "a larger λ",
            },
        ),
    ),
    "ex-digits-wrong-believing": dict(
        shows=Choice(
            "what shows that it has learned to read",
            "rows that were held back",
            {
                "400 answers can be learned by heart.": "all training rows are right",
                "A cost of 0 on what it was shown says no more than that.": "the training cost is near 0",
                "It may be sure of what it has learned by heart, too.": "its outputs are sure",
            },
        ),
        words=Explain(
            [
                "that it may have learned the answers by heart?",
                "that one notices on rows that were held back?",
                "what the training accuracy is good for?",
            ]
        ),
    ),
    "ex-digits-wrong-scaling": dict(
        fit=Choice(
            "the rows on which the scaler is fitted",
            "the training rows",
            {
                "Then the test rows have had a part in making the inputs.": "all rows",
                "They are to be new, also to the scaler.": "the test rows",
                "Then one and the same ink means different things in the two.": "each part on its own rows",
            },
        ),
        worst=Choice(
            "where the same slip does most harm",
            "choosing columns",
            {
                "A mean of a thousand rows hardly moves.": "subtracting the mean",
                "A σ of a thousand rows hardly moves.": "dividing by σ",
                "That is the same for each row, whatever the others are.": "dividing by 16",
            },
        ),
    ),
    "ex-digits-wrong-testing": dict(
        are=Choice(
            "what the test rows have become",
            "validation rows",
            {
                "No weight was fitted to them.": "training rows",
                "They have had a part in a choice, and the number with them.": "test rows still",
                "They are good for choosing, as others were before.": "worthless rows",
            },
        ),
        sign=Choice(
            "by what one notices it",
            "by nothing",
            {
                "It is better by a little, as luck has it, and looks like any other.": "the test accuracy is far too high",
                "They are often close together, and should be.": "test and validation accuracy agree",
                "The number changes with each seed, looked at or not.": "it changes with another seed",
            },
        ),
    ),
    "ex-digits-wrong-best": dict(
        mean=Numbers(
            "the mean of 97, 98 and 96 %",
            97,
            {
                "That is the luckiest of the three.": 98,
                "That is the unluckiest; it is no fairer.": 96,
                "That is their sum.": 291,
            },
            unit="%",
        ),
        report=Choice(
            "what to report",
            "mean and spread of all three",
            {
                "Nobody who uses the network gets that seed's luck.": "the best",
                "Then nobody learns how much luck there is in it.": "the mean alone",
                "That is choosing after having looked as well.": "the first, whichever it was",
            },
        ),
    ),
    "ex-digits-wrong-penalty": dict(
        without=Numbers(
            "cost with L2 0.40, λ = 0.01, sum of the squared weights 60: the cost without the term",
            0.10,
            {
                "The term has a ½: it is (λ/2) Σ w².": -0.2,
                "The term is taken off, and not added.": 0.70,
                "λ/2 is 0.005.": 0.37,
            },
            digits=2,
        ),
        compare=Choice(
            "what to compare",
            "both without the term, on validation rows",
            {
                "Then two different things are compared.": "the two training costs",
                "The term is still in one of them.": "the two costs on validation rows",
                "A small sum of squares is what λ asks for, not what the network is for.": "the sizes of the weights",
            },
        ),
    ),
    "ex-digits-wrong-shuffled": dict(
        hold=Choice(
            "what to hold back, if it is to read new writers",
            "all rows of some writers",
            {
                "Then each writer is in both parts.": "some rows of every writer",
                "They are new images by writers it knows.": "a fifth of the shuffled rows",
                "By what are they sorted? That may be anything.": "the last rows of the file",
            },
        ),
        words=Explain(
            [
                "that new rows may come from old writers?",
                "that one asks what will be new when the network is used?",
            ]
        ),
    ),
    "ex-digits-wrong-amount": dict(
        between=Numbers(
            "what one output says that wavers between a 1 and a 7",
            4,
            {
                "It says the mean of the two, which is neither.": 7,
                "It says the mean, and not the smaller.": 1,
                "That is their sum.": 8,
                "That is the distance between them.": 6,
            },
            digits=2,
        ),
        sign=Choice(
            "by what one notices it",
            "the mistakes pile up in the middle",
            {
                "Every output is a number; it is what the numbers mean.": "the output is no whole number",
                "With one output it has fewer.": "it has too many weights",
                "It falls, as that of an amount would.": "the cost does not fall",
            },
        ),
    ),
    "ex-digits-wrong-sigmoids": dict(
        lack=Choice(
            "what ten sigmoids give up",
            "outputs that sum to 1",
            {
                "They read as well, to within about a point.": "several points of accuracy",
                "With binary cross-entropy δ is a − y here, too.": "the simple error a − y",
                "There are as many weights as with softmax.": "weights, since they need more of them",
            },
        ),
        mistake=Choice(
            "where the mistake really is",
            "softmax where several are right",
            {
                "They do it nearly as well.": "sigmoids where one is right",
                "Each is a question of its own.": "a sigmoid for each of several tags",
                "Two outputs are the same as one sigmoid.": "softmax for two classes",
            },
        ),
    ),
    "ex-digits-wrong-equal": dict(
        different=Numbers(
            "how many different rows W[1] has after the training, thirty neurons that started equal, in exact arithmetic",
            1,
            {
                "Nothing makes them part: each gets the same gradient.": 30,
                "The outputs differ, and the hidden neurons do not see it: each gets the same from all ten.": 10,
                "It is learned from, so it is there.": 0,
            },
            digits=None,
        ),
        instead=Choice(
            "what to do instead",
            "start at random",
            {
                "Equal neurons then get equal, larger steps.": "a larger learning rate",
                "Equal neurons get equal means over any batch.": "smaller batches",
                "They are equal at 0 as well.": "start at 0",
            },
        ),
    ),
    "ex-digits-wrong-sure": dict(
        count=Choice(
            "how to find out what 0.99 is worth",
            "count on held-back rows how often it is right",
            {
                "It can be sure of a mistake.": "it is right 99 times in a hundred, by its own word",
                "There it is sure of everything, by heart.": "count on the training rows how often it is right",
                "That changes how sure it is, and not how right.": "train longer, until it says 0.999",
            },
        ),
        wrong=Numbers(
            "of 320 answers above 0.99, 316 are right: what share is wrong",
            100 * 4 / 320,
            {
                "That is the share that is right.": 100 * 316 / 320,
                "That is what it says of itself.": 1,
                "That is how many are wrong, and not their share.": 4,
            },
            digits=2,
            unit="%",
        ),
    ),
    "ex-digits-wrong-first": dict(
        why=Choice(
            "why the validation number may be higher",
            "it is taken at the end of the epoch",
            {
                "They are as hard as the others, if they were dealt at random.": "its rows are easier",
                "Then it would stay so, after later epochs as well.": "the rows were mixed up",
                "It has no part in it: with and without, one is earlier than the other.": "L2 is left out there",
            },
        ),
        training=Numbers(
            "a training accuracy rises evenly from 10 to 80 % within an epoch: what is reported",
            45,
            {
                "That is at its end, when the validation rows are read.": 80,
                "That is at its start.": 10,
                "That is by how much it rises.": 70,
            },
            digits=2,
            unit="%",
        ),
    ),
}
