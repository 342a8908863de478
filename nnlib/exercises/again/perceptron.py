"""A weighted sum, and a correction, with other numbers each time."""

from nnlib.exercises.drawn import Asked, Drawn

AGAIN = {
    "ex-perceptron-again-neuron": Drawn(
        numbers={"w₁": [2, 3, 4], "w₂": [-1.4, -2.5, -4.6], "x₁": [1, 2, 4], "x₂": [3, 5, 7], "b": [0.5, 1.5, -2.5]},
        given="w = ({w₁}, {w₂}), b = {b} and x = ({x₁}, {x₂}).",
        lines={"v": "w₁*x₁ + w₂*x₂", "z": "v + b"},
        worked="The dot product is {w₁} · {x₁} + ({w₂}) · {x₂} = {v}, and with the bias z = {z}. On the border z is 0, so b would have to be {-v}.",
        z=Asked(
            "z",
            "z",
            {
                "The bias is missing.": "v",
                "The bias is added, whatever its sign.": "v - b",
                "Each weight belongs to its own input: you crossed them.": {"v": "w₁*x₂ + w₂*x₁"},
                "Minus times plus is minus: the second weight is negative.": {"v": "w₁*x₁ - w₂*x₂"},
            },
        ),
        border=Asked(
            "the bias that would put x on the border",
            "-v",
            {
                "On the border the dot product and the bias cancel, so they have opposite signs.": "v",
                "That is how far the present bias is off. Asked for is the bias itself.": "-z",
                "That is the present z; the bias has to make it 0.": "z",
                "A border may well run through x with another bias: the dot product is not 0.": "0",
            },
        ),
    ),
    "ex-perceptron-again-rule": Drawn(
        numbers={"w₁": [2, 3, -2], "w₂": [1, -1, 4], "b": [-1, 2], "x₁": [1.5, 2.5, -1.5], "x₂": [-0.5, 3.5], "η": [0.5, 2]},
        given="w = ({w₁}, {w₂}), b = {b}, η = {η}, and the point ({x₁}, {x₂}), whose answer should be y = {y}.",
        lines={
            "z": "w₁*x₁ + w₂*x₂ + b",
            "y": "1 - 2*step(z)",
            "s": "η*y",
            "u₁": "w₁ + s*x₁",
            "u₂": "w₂ + s*x₂",
            "c": "b + s",
            "n": "u₁*x₁ + u₂*x₂ + c",
        },
        worked="Here z = {z}, so y z is not positive and the point is a mistake. The correction adds ηy = {s} times the inputs to the weights and {s} to the bias, which gives w = ({u₁}, {u₂}) and b = {c}. The new z is {n}.",
        after=Asked(
            "w₁, w₂ and b after the correction",
            "u₁; u₂; c",
            {
                "You moved away from y: the correction adds ηy times the input.": {"s": "-η*y"},
                "The bias learns as well, as if its input were always 1.": "u₁; u₂; b",
                "The learning rate is missing.": {"s": "y"},
                "Each weight is corrected by its own input, and not by y alone.": "w₁ + s; w₂ + s; c",
            },
        ),
        z=Asked(
            "z of the same point afterwards",
            "n",
            {
                "That is z before the correction.": "z",
                "The bias was left as it was; it is corrected, too.": "n - s",
                "You moved away from y: z goes the other way.": {"s": "-η*y"},
                "The learning rate is missing.": {"s": "y"},
            },
        ),
    ),
}  # fmt: skip
