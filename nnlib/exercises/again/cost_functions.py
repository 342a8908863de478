"""One neuron under two costs, and the mean over a batch, with other numbers each time."""

from nnlib.exercises.drawn import Asked, Drawn

AGAIN = {
    "ex-costs-again-neuron": Drawn(
        numbers={"z": [-2.4, -1.5, -0.8, 0.7, 1.3, 2.2], "y": [0, 1]},
        given="z = {z}, and the target is y = {y}.",
        lines={"a": "σ(z)", "h": "(a - y)^2/2", "p": "y*a + (1 - y)*(1 - a)", "s": "a*(1 - a)"},
        worked="The output is a = {a}. The costs are ½ · ({a} − {y})² = {h} and −ln {p} = {-ln(p)}. Cross-entropy leaves δ = a − y = {a-y}, and the quadratic cost that times a(1 − a), {(a-y)*s}.",
        costs=Asked(
            "the quadratic cost and the cross-entropy",
            "h; -ln(p)",
            {
                "The quadratic cost has a ½.": {"h": "(a - y)^2"},
                "That is the logarithm for the other target.": {"p": "1 - y*a - (1 - y)*(1 - a)"},
                "The half of the error: square it first.": {"h": "abs(a - y)/2"},
                "The cost was taken of z; the sigmoid comes first.": {"h": "(z - y)^2/2"},
            },
        ),
        deltas=Asked(
            "δ under the quadratic cost and under cross-entropy",
            "(a - y)*s; a - y",
            {
                "Exchanged: cross-entropy is the one that cancels the sigmoid's slope.": "a - y; (a - y)*s",
                "Cross-entropy cancels the sigmoid's slope: nothing but the error is left.": "(a - y)*s; (a - y)*s",
                "The quadratic cost has to pass the sigmoid's slope.": "a - y; a - y",
                "The error is a − y, and not y − a.": "(y - a)*s; y - a",
            },
        ),
    ),
    "ex-costs-again-batch": Drawn(
        numbers={"p": [0.02, 0.04, 0.05, 0.08, 0.1], "q": [0.6, 0.7, 0.8, 0.9], "r": [0.3, 0.4, 0.5]},
        given="The right classes got {p}, {q} and {r}.",
        lines={"c": "-(ln(p) + ln(q) + ln(r))/3"},
        worked="The three costs are {-ln(p)}, {-ln(q)} and {-ln(r)}, and their mean is {c}. A first share twice as large takes ln 2 = {ln(2)} from its cost and a third of that from the mean, which leaves {c-ln(2)/3}.",
        mean=Asked(
            "the categorical cross-entropy of the batch",
            "c",
            {
                "That is the sum; a batch's cost is the mean.": "3*c",
                "That is the logarithm of the mean. Take the logarithms first.": "-ln((p + q + r)/3)",
                "That is with base 10; the book's logarithm is the natural one.": "c/ln(10)",
                "That is the mean of what is missing to 1. Cross-entropy takes logarithms.": "1 - (p + q + r)/3",
            },
        ),
        better=Asked(
            "the same if the first share were twice as large",
            "c - ln(2)/3",
            {
                "One of three costs falls by ln 2, so the mean falls by a third of that.": "c - ln(2)",
                "Not the cost is halved, but what stands in the logarithm doubled.": "c/2",
                "A larger share costs less.": "c + ln(2)/3",
            },
        ),
    ),
}  # fmt: skip
