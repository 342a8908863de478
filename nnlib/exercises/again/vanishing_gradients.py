"""What many layers leave over, and how weights should start, with other numbers each time."""

from nnlib.exercises.drawn import Asked, Drawn

AGAIN = {
    "ex-vanishing-again-factor": Drawn(
        numbers={"k": [4, 6, 9], "w": [0.5, 1.5, 3], "s": [0.1, 0.2, 0.25]},
        given="{k} further layers, each weight {w} and each slope {s}.",
        lines={"f": "w*s", "r": "f^k"},
        worked="A layer multiplies by {w} · {s} = {f}, and {k} of them by that to the power {k}, which leaves {r}. The weight that keeps the size is 1/{s} = {1/s}.",
        left=Asked(
            "what is left of a gradient of 1",
            "r",
            {
                "The weights belong to it as well as the slopes.": "s^k",
                "The layers multiply; they do not add up.": "f*k",
                "One layer too few.": "f^(k - 1)",
                "That is one layer alone.": "f",
            },
        ),
        keeps=Asked(
            "the weight at which nothing would be lost",
            "1/s",
            {
                "A weight of 1 passes on what the slope leaves, and the slope takes its share.": "1",
                "Weight times slope should be 1.": "s",
                "That makes up for the slope in addition; a layer multiplies.": "1 - s",
                "That is the factor by which all the weights' product would have to grow; each layer needs one of its own.": "1/s^k",
            },
        ),
    ),
    "ex-vanishing-again-start": Drawn(
        numbers={"n": [64, 128, 300, 784], "m": [16, 30, 100]},
        given="{n} inputs and {m} neurons.",
        lines={"h": "√(2/n)", "x": "√(2/(n + m))"},
        worked="He takes √(2/{n}) = {h}, and Xavier √(2/({n} + {m})) = {x}. With He's, the mean square of z is {n} · {h}² = 2 times that of an input.",
        he=Asked(
            "He's standard deviation",
            "h",
            {
                "That is the variance; the standard deviation is its root.": "2/n",
                "The 2 makes up for the half that ReLU cuts off: 2/n, not 1/n.": "√(1/n)",
                "He counts what comes into a neuron, and not how many neurons there are.": "√(2/m)",
                "That is Xavier's.": "x",
            },
        ),
        xavier=Asked(
            "Xavier's standard deviation",
            "x",
            {
                "That is the variance; the standard deviation is its root.": "2/(n + m)",
                "Xavier divides by the mean of both numbers, (n + m)/2, not by their sum.": "√(1/(n + m))",
                "That is He's.": "h",
                "Inputs and outputs count alike: their mean, not the product.": "√(2/(n*m))",
            },
        ),
    ),
}  # fmt: skip
