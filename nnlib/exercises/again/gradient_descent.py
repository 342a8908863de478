"""Steps on a bowl, plain and with momentum, with other numbers each time."""

from nnlib.exercises.drawn import Asked, Drawn

AGAIN = {
    "ex-gd-again-steps": Drawn(
        numbers={"c": [2, 3, 5], "m": [1, -2, 4], "w": [0, 3, -1], "η": [0.05, 0.1, 0.3]},
        given="c = {c}, m = {m}, the start w = {w} and η = {η}.",
        lines={
            "g": "c*(w - m)", "u": "w - η*g",
            "h": "c*(u - m)", "v": "u - η*h",
            "k": "c*(v - m)", "t": "v - η*k",
        },
        worked="The slope at the start is {g}, so the first step leads to {u}. There it is {h}, which leads to {v}, and with {k} to {t}. The limit is 2/{c} = {2/c}.",
        w=Asked(
            "w after each of the three steps",
            "u; v; t",
            {
                "You went uphill: subtract η times the slope.": {"u": "w + η*g", "v": "u + η*h", "t": "v + η*k"},
                "The slope changes with w: compute it anew at each place.": {"h": "g", "k": "g"},
                "The slope is c(w − m): the bottom lies at m, and not at 0.": {"g": "c*w", "h": "c*u", "k": "c*v"},
                "The curvature is missing: the slope is c times the distance.": {"g": "w - m", "h": "u - m", "k": "v - m"},
            },
            digits=4,
        ),
        limit=Asked(
            "the largest learning rate at which the steps still arrive, or its limit",
            "2/c",
            {
                "That one arrives in a single step. Twice as much is allowed.": "1/c",
                "The limit falls as the curvature grows.": "2*c",
                "That is the factor of each step at your rate.": "1 - η*c",
            },
        ),
    ),
    "ex-gd-again-momentum": Drawn(
        numbers={"c": [1, 2, 4], "w": [2, -3, 5], "η": [0.06, 0.15, 0.2], "β": [0.65, 0.75, 0.9]},
        given="c = {c}, w = {w}, η = {η} and β = {β}.",
        lines={"u": "-η*c*w", "p": "w + u", "v": "β*u - η*c*p", "q": "p + v"},
        worked="The first velocity is {u}, as in plain descent, and leads to {p}. The second keeps {β} of it and adds {-η*c*p}, which makes {v} and leads to {q}.",
        w=Asked(
            "w after each of the two steps",
            "p; q",
            {
                "The old velocity is forgotten: that is plain descent.": {"v": "-η*c*p"},
                "These are the velocities; w is where they lead.": "u; v",
                "The velocity keeps a share β of itself, and not all of it.": {"v": "u - η*c*p"},
                "The second gradient belongs to the new place.": {"v": "β*u - η*c*w"},
                "You went uphill: the velocity loses η times the gradient.": {"u": "η*c*w", "v": "β*u + η*c*p"},
            },
            digits=4,
        ),
        pace=Asked(
            "how many times as long as a plain step each step becomes on a long even slope",
            "1/(1 - β)",
            {
                "That is the share of the velocity that is kept.": "β",
                "That is what each step loses.": "1 - β",
                "The shares of all earlier steps add up, 1 + β + β² and so on, not just the last.": "1 + β",
            },
        ),
    ),
}  # fmt: skip
