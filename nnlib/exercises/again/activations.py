"""Values and slopes, and a softmax, with other numbers each time."""

from nnlib.exercises.drawn import Asked, Drawn

AGAIN = {
    "ex-activations-again-slopes": Drawn(
        numbers={"z": [-2.1, -1.4, -0.9, -0.6, 0.5, 0.7, 1.2, 1.8, 2.3]},
        given="z = {z}.",
        lines={"a": "σ(z)", "s": "a*(1 - a)", "t": "tanh(z)", "r": "1 - t^2"},
        worked="σ(z) = {a} has the slope {a} · {1-a} = {s}. For tanh the value is {t} and the slope 1 minus its square, {r}.",
        sigmoid=Asked(
            "the sigmoid's value and its slope",
            "a; s",
            {
                "The sign in the exponent: σ(z) is 1/(1 + exp(−z)).": {"a": "σ(-z)"},
                "For the slope you took tanh's, 1 − a².": "a; 1 - a^2",
                "The slope is a(1 − a), with the value a and not with z.": "a; z*(1 - z)",
                "That is tanh, and its slope.": "t; r",
            },
        ),
        tanh=Asked(
            "tanh's value and its slope",
            "t; r",
            {
                "For the slope you took the sigmoid's, a(1 − a).": "t; t*(1 - t)",
                "The value has to be squared before it is taken from 1.": "t; 1 - t",
                "The slope is 1 − a², with the value a and not with z.": "t; 1 - z^2",
                "That is the sigmoid, and its slope.": "a; s",
            },
        ),
    ),
    "ex-activations-again-softmax": Drawn(
        numbers={"z₁": [1.2, 1.6, 2.1], "z₂": [0.3, 0.5, 0.9], "z₃": [0.2, 0.6, 1.1]},
        given="z = ({z₁}, {z₂}, {z₃}).",
        lines={"p": "exp(z₁)", "q": "exp(z₂)", "r": "exp(z₃)", "s": "p + q + r"},
        worked="The exponentials are {p}, {q} and {r}, together {s}, and each divided by that is {p/s}, {q/s} and {r/s}. The ratio of the first two is exp({z₁} − {z₂}) = {p/q}.",
        a=Asked(
            "the three outputs",
            "p/s; q/s; r/s",
            {
                "These are shares of z itself: take the exponentials first.": {"p": "z₁", "q": "z₂", "r": "z₃"},
                "These are sigmoids. Softmax lets the outputs compete for a sum of 1.": "σ(z₁); σ(z₂); σ(z₃)",
                "Divide by the sum of the exponentials, so that the outputs add up to 1.": "p; q; r",
                "The exponent is z, and not −z.": {"p": "exp(-z₁)", "q": "exp(-z₂)", "r": "exp(-z₃)"},
            },
        ),
        ratio=Asked(
            "how many times as large the first output is as the second",
            "p/q",
            {
                "That is the ratio of the z. The outputs are exponentials of them.": "z₁/z₂",
                "That is the difference of the z; its exponential is the ratio.": "z₁ - z₂",
                "That is the second as a share of the first.": "q/p",
                "That is the difference of the outputs.": "(p - q)/s",
            },
        ),
    ),
}  # fmt: skip
