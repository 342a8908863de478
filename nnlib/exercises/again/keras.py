"""Shapes and learning rates in another library's terms, with other numbers each time."""

from nnlib.exercises.drawn import Asked, Drawn

AGAIN = {
    "ex-keras-again-shapes": Drawn(
        numbers={"i": [8, 20, 64], "n": [12, 30], "m": [5, 16], "o": [3, 10], "B": [32, 50]},
        given="{i} inputs, then Dense({n}), Dense({m}) and Dense({o}); a batch of {B} rows.",
        lines={"P": "n*(i + 1) + m*(n + 1) + o*(m + 1)"},
        worked="The layers have {i} · {n} + {n}, {n} · {m} + {m} and {m} · {o} + {o} numbers, together {P}. Inputs come first, so the second kernel is {n} × {m}, and a batch leaves that layer as {B} × {m}.",
        count=Asked(
            "count_params()",
            "P",
            {
                "The biases are missing.": "n*i + m*n + o*m",
                "The inputs have no biases.": "P + i",
                "A bias for each neuron, and not for each layer.": "n*i + m*n + o*m + 3",
            },
            digits=None,
        ),
        kernel=Asked(
            "the shape of the second kernel",
            "n; m",
            {
                "Keras has the inputs first: this is the book's matrix.": "m; n",
                "That is the first kernel.": "i; n",
                "Biases are kept apart, and not in a row of their own.": "n + 1; m",
            },
            digits=None,
        ),
        batch=Asked(
            "the shape of what the second layer gives for the batch",
            "B; m",
            {
                "A row for each example: the other way round.": "m; B",
                "That is what comes into the layer.": "B; n",
                "That is one of its rows; there is one for each example.": "1; m",
            },
            digits=None,
        ),
    ),
    "ex-keras-again-rate": Drawn(
        numbers={"n": [3, 5, 10], "η": [0.02, 0.1, 0.3], "k": [4, 6]},
        given="{n} outputs and η = {η} for the quadratic cost; {k} tags and η = {η} for the cross-entropy.",
        lines={"p": "η*n/2", "q": "η*k"},
        worked="The mean over {n} squares is 2/{n} of half their sum, so the rate has to be {n}/2 times as large, {p}. The mean over {k} tags is a {k}th of the sum, so there it is {q}.",
        mse=Asked(
            "the rate for mse that makes the same step",
            "p",
            {
                "The quadratic cost has a ½, and mse has none.": "η*n",
                "The other way round: a smaller gradient needs a larger rate.": "2*η/n",
                "Keras takes the mean over the outputs, and not their sum.": "η/2",
                "Not the same cost: it has no ½ and is a mean.": "η",
            },
        ),
        tags=Asked(
            "the rate for binary_crossentropy that makes the same step",
            "q",
            {
                "The other way round: a smaller gradient needs a larger rate.": "η/k",
                "Cross-entropy has no ½ in either.": "η*k/2",
                "Keras takes the mean over the tags, and the book the sum.": "η",
            },
        ),
    ),
}  # fmt: skip
