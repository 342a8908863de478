"""Parameters and steps, and what a table of right and wrong says, with other numbers each time."""

from nnlib.exercises.drawn import Asked, Drawn

AGAIN = {
    "ex-digits-again-counts": Drawn(
        numbers={"n": [20, 24, 40], "m": [12, 16], "B": [25, 32, 50], "k": [14, 22, 37], "r": [3, 11, 20], "E": [8, 15]},
        given="64-{n}-{m}-10; {N} rows, batches of {B}, {E} epochs.",
        lines={"N": "B*k + r", "P": "n*65 + m*(n + 1) + 10*(m + 1)", "S": "k + 1"},
        worked="The layers have {n} · 65, {m} · {n+1} and 10 · {m+1} parameters, together {P}. An epoch has {k} full batches and one of {r} rows, so {S} steps, and {E} epochs have {S*E}.",
        parameters=Asked(
            "parameters of the network",
            "P",
            {
                "The biases are missing: one for each neuron that computes.": "n*64 + m*n + 10*m",
                "The inputs compute nothing and have no biases.": "P + 64",
                "A bias for each neuron, and not for each layer.": "n*64 + m*n + 10*m + 3",
                "Neurons multiply from layer to layer; each pair of neighbours is a matrix.": "64*n*m*10",
            },
            digits=None,
        ),
        steps=Asked(
            "steps in an epoch, and in the whole training",
            "S; S*E",
            {
                "The last batch is smaller, and a step all the same.": {"S": "k"},
                "Steps come whole: the last batch is smaller.": {"S": "N/B"},
                "That is one epoch for both.": "S; S",
                "Every epoch cuts its batches anew: the rows that are left over do not add up.": "S; k*E",
            },
            digits=None,
        ),
    ),
    "ex-digits-again-recall": Drawn(
        numbers={"t": [24, 27, 30], "f": [6, 9, 14], "g": [4, 11], "N": [300, 360]},
        given="{N} images, {t+f} of them sevens. The network calls {t} of these a seven, and {g} others.",
        lines={"p": "t/(t + g)", "r": "t/(t + f)", "a": "1 - (f + g)/N"},
        worked="It says seven {t+g} times and is right {t} times, so the precision is {p}. Of the {t+f} sevens it finds {t}, a recall of {r}. It errs {f+g} times in {N}, so the accuracy is {a}.",
        both=Asked(
            "precision and recall",
            "p; r",
            {
                "Exchanged: recall asks how many of the sevens were found.": "r; p",
                "Precision divides by how often it said seven, and not by all images.": "t/N; r",
                "Recall divides by all sevens, found or not.": "p; t/N",
                "These are the odds; divide by the right ones and the wrong ones together.": "t/g; t/f",
            },
        ),
        accuracy=Asked(
            "the accuracy of the answer seven or not",
            "a",
            {
                "The missed sevens are mistakes as well.": "1 - g/N",
                "So are the others that were called a seven.": "1 - f/N",
                "That is how often it errs.": "(f + g)/N",
                "What is no seven, and not called one, is right as well.": "t/N",
            },
        ),
    ),
}  # fmt: skip
