"""A chain of two neurons, and a neuron with two ways on, with other numbers each time."""

from nnlib.exercises.drawn import Asked, Drawn

AGAIN = {
    "ex-bp-again-chain": Drawn(
        numbers={"x": [0.5, 2, 3], "w": [1, -1, 0.4], "v": [2, -3, 1.5], "y": [0, 1]},
        given="x = {x}, w⁽¹⁾ = {w}, w⁽²⁾ = {v} and y = {y}.",
        lines={"a": "σ(w*x)", "o": "σ(v*a)", "s": "o*(1 - o)", "d": "(o - y)*s", "g": "a*(1 - a)", "h": "v*d*g"},
        worked="Forwards, a⁽¹⁾ = {a} and a⁽²⁾ = {o}. Backwards, δ⁽²⁾ = ({o} − {y}) · {s} = {d}, and δ⁽¹⁾ = {v} · ({d}) · {g} = {h}. Times x it is {h*x}.",
        deltas=Asked(
            "δ⁽²⁾ and δ⁽¹⁾",
            "d; h",
            {
                "The quadratic cost's error has to pass the output's slope.": {"s": "1"},
                "On its way back the error passes w⁽²⁾.": {"h": "d*g"},
                "The hidden neuron has a slope, too.": {"g": "1"},
                "The error is a − y, and not y − a.": {"d": "(y - o)*s"},
            },
        ),
        dw=Asked(
            "∂C/∂w⁽¹⁾",
            "h*x",
            {
                "That is the bias's slope, δ⁽¹⁾; what comes in is x.": "h",
                "That is ∂C/∂w⁽²⁾.": "d*a",
                "What comes into w⁽¹⁾ is x, and not a⁽¹⁾.": "h*a",
            },
        ),
    ),
    "ex-bp-again-two-ways": Drawn(
        numbers={"a": [0.2, 0.3, 0.8], "v": [2, -1.5], "w": [-0.5, 3], "d": [0.4, -0.3], "e": [0.1, -0.6]},
        given="a = {a}; weights {v} and {w}; δ = {d} and {e}.",
        lines={"p": "v*d", "q": "w*e", "r": "p + q", "s": "a*(1 - a)"},
        worked="The two ways bring {p} and {q}, together {r}. Times the slope {a} · {1-a} = {s}, that is {r*s}.",
        delta=Asked(
            "the hidden neuron's δ",
            "r*s",
            {
                "The sigmoid's slope, a(1 − a), is missing.": "r",
                "What arrives on the two ways is added up, and not averaged.": "r*s/2",
                "Each δ comes back along its own weight: you crossed them.": {"p": "v*e", "q": "w*d"},
                "The slope is a(1 − a); 1 − a² is tanh's.": "r*(1 - a^2)",
            },
        ),
    ),
}  # fmt: skip
