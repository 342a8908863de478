"""Gradient descent: answers, usual mistakes, and what to say to each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import nnlib
from nnlib.exercises.again.gradient_descent import AGAIN
from nnlib.exercises.kinds import Choice, Code, Explain, Numbers

Array = Any


def descend(slope: Callable[[Any], Any], w: Any, rate: float, steps: int) -> list[Any]:
    """Where the walker stands after each step."""
    path = []
    for _ in range(steps):
        w = w - rate * slope(w)
        path.append(w)
    return path


# Three steps by hand


def slope(w: float) -> float:
    return 2 * (w - 3)


# A gradient by hand


def gradient(w: Array) -> Array:
    return np.array([6 * w[0] - 2 * w[1] + 4, -2 * w[0] + 2 * w[1]])


def bowl(w: Array) -> float:
    return 3 * w[0] ** 2 - 2 * w[0] * w[1] + w[1] ** 2 + 4 * w[0]


START = np.array([1.0, -1.0])


# A gradient by nudging


def numerical_gradient(C: Callable[[Array], float], w: Array, h: float = 1e-5) -> Array:
    nudges = h * np.eye(len(w))
    return np.array([(C(w + e) - C(w - e)) / (2 * h) for e in nudges])


def forward_gradient(C: Callable[[Array], float], w: Array) -> Array:
    """One-sided, and with a step so large that the difference is seen."""
    return np.array([(C(w + e) - C(w)) / 1e-5 for e in 1e-5 * np.eye(len(w))])


def all_at_once(C: Callable[[Array], float], w: Array) -> Array:
    return np.full_like(w, (C(w + 1e-5) - C(w - 1e-5)) / 2e-5)


def sum_of_squares(w: Array) -> float:
    return float((w**2).sum())


def waves(w: Array) -> float:
    return float(np.sin(w).sum() + w[0] * w[-1])


# Two steps, three ways


def places(optimizer: nnlib.Optimizer, gradients: Sequence[float] = (3.0, -1.0)) -> list[float]:
    w, found = np.array([0.0]), []
    for g in gradients:
        optimizer.step(w, np.array([g]))
        found.append(float(w[0]))
    return found


def adam(correct: bool = True, root: bool = True) -> list[float]:
    """Adam's two places, with parts of the rule left out."""
    w = m = v = 0.0
    found = []
    for t, g in enumerate((3.0, -1.0), 1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        m_hat, v_hat = (m / (1 - 0.9**t), v / (1 - 0.999**t)) if correct else (m, v)
        w -= 0.1 * m_hat / (v_hat**0.5 if root else v_hat)
        found.append(w)
    return found


FIRST, SECOND = places(nnlib.Adam(0.1))


# The largest learning rate

c_small, c_large = np.linalg.eigvalsh([[2.0, 1.0], [1.0, 4.0]])


# From stochastic to batch

xs, ys = np.array([0.0, 1, 2, 3]), np.array([1.0, 3, 2, 5])


def stochastic(rate: float = 0.1) -> list[float]:
    w = b = 0.0
    for x, y in zip(xs, ys, strict=True):
        delta = w * x + b - y
        w, b = w - rate * delta * x, b - rate * delta
    return [w, b]


def batch_step(x: Array, y: Array, w: float, b: float, rate: float) -> tuple[float, float]:
    delta = w * x + b - y
    return w - rate * (delta * x).mean(), b - rate * delta.mean()


def summed_step(x: Array, y: Array, w: float, b: float, rate: float) -> tuple[float, float]:
    delta = w * x + b - y
    return w - rate * (delta * x).sum(), b - rate * delta.sum()


def uphill_step(x: Array, y: Array, w: float, b: float, rate: float) -> tuple[float, float]:
    return batch_step(x, y, w, b, -rate)


def one_by_one(x: Array, y: Array, w: float, b: float, rate: float) -> tuple[float, float]:
    for each, target in zip(x, y, strict=True):
        delta = w * each + b - target
        w, b = w - rate * delta * each, b - rate * delta
    return w, b


BATCH = np.array(batch_step(xs, ys, 0.0, 0.0, 0.1))


# Other activations


def neuron(name: str) -> float:
    net = nnlib.Network([1, 1], output=name, cost="quadratic")
    net.W[1], net.b[1] = [[0.5]], [0.1]
    return float(net.backward(net.forward([[2.0]]), [[1.0]]).W[1][0, 0])


dw = np.array([neuron(name) for name in ("sigmoid", "tanh", "relu")])
z = 0.5 * 2 + 0.1
a = np.array([nnlib.ACTIVATIONS[name](np.array(z)) for name in ("sigmoid", "tanh", "relu")], dtype=float)
f_prime = np.array([a[0] * (1 - a[0]), 1 - a[1] ** 2, 1.0])


# The forgotten λw


def four_or_nine(keep: bool, l2: float = 0.05) -> tuple[float, float, float]:
    """The weight, the cost with the L2 term, and the cost without it, after 2,000 full batches."""
    X, labels = nnlib.load_digits()
    rows = np.isin(labels, (4, 9))
    ink = X[rows, :32].sum(axis=1, keepdims=True)
    X, Y = (ink - ink.mean()) / ink.std(), (labels[rows, None] == 9).astype(float)
    net = nnlib.Network([1, 1], cost="binary_cross_entropy", rng=0, l2=l2)
    for _ in range(2000):
        g = net.backward(net.forward(X), Y)
        net.W[1] -= 2 * (g.W[1] - (0 if keep else l2 * net.W[1]))
        net.b[1] -= 2 * g.b[1]
    w = float(net.W[1][0, 0])
    with_l2 = float(net.cost(X, Y))
    return w, with_l2, with_l2 - l2 / 2 * w * w


KEPT, LEFT_OUT, DOUBLED = four_or_nine(True), four_or_nine(False), four_or_nine(True, 0.1)


# A schedule of your own


def cosine(start: float, epochs: int) -> Callable[[int], float]:
    return lambda epoch: start / 2 * (1 + np.cos(np.pi * epoch / epochs))


def in_every_epoch(schedule: Callable[..., Any], start: float, epochs: int) -> list[float]:
    """How the reader's function is called: it gives a function of the epoch."""
    return [schedule(start, epochs)(epoch) for epoch in range(epochs + 1)]


# Walking with the cost in place of the gradient

by_cost = descend(lambda w: (w - 1) ** 2, 0.0, 0.1, 3)
by_gradient = descend(lambda w: 2 * (w - 1), 0.0, 0.1, 3)

EXERCISES = {
    **AGAIN,
    "ex-gd-three-steps": dict(
        w=Numbers(
            "w after each of the three steps",
            descend(slope, 0.0, 0.25, 3),
            {
                "You walk uphill: the step is taken off w, and at a negative slope w grows.": descend(
                    slope, 0.0, -0.25, 3
                ),
                "The derivative of (w − 3)² is 2(w − 3): its 2 got lost.": descend(
                    lambda w: w - 3, 0.0, 0.25, 3
                ),
                "You took the first slope three times. It changes with w, so compute it anew at every place.": [
                    1.5,
                    3.0,
                    4.5,
                ],
                "These are the lengths of the steps; add each to the place before it.": [1.5, 0.75, 0.375],
                "You stepped by the whole slope: η = 0.25 scales it.": descend(slope, 0.0, 1.0, 3),
            },
        ),
        largest=Numbers(
            "the largest learning rate",
            1.0,
            {
                "That one arrives in a single step. The largest is the one at which the distance just fails to shrink.": 0.5,
                "The limit is 2 divided by the curvature, and the curvature of (w − 3)² is 2.": 2.0,
                "That is the rate of this run. Ask at which rate |1 − 2η| reaches 1.": 0.25,
            },
        ),
        at_once=Numbers(
            "the rate that arrives in a single step",
            0.5,
            {
                "At that rate it jumps to 6, just as far off on the other side.": 1.0,
                "At that rate the distance only halves. When is 1 − 2η zero?": 0.25,
                "It is 1 divided by the curvature, and the curvature is 2.": 2.0,
            },
        ),
    ),
    "ex-gd-gradient": dict(
        gradient=Numbers(
            "the gradient at (1, −1)",
            gradient(START),
            {
                "The term 4w₁ has a slope, too: 4 in the first component.": gradient(START) - [4, 0],
                "The mixed term −2w₁w₂ depends on both weights, and belongs in both components.": [10, -2],
                "−2w₂ at w₂ = −1 is +2: a sign slipped.": [8, 0],
                "The derivative of 3w₁² is 6w₁.": [9, -4],
                "First and second component have changed places.": gradient(START)[::-1],
            },
        ),
        step=Numbers(
            "the point after one step",
            START - 0.1 * gradient(START),
            {
                "You went uphill: subtract η times the gradient.": START + 0.1 * gradient(START),
                "That is the step itself. It starts at (1, −1).": -0.1 * gradient(START),
                "You took the whole gradient as the step; η = 0.1 makes it a tenth.": START - gradient(START),
                "One component was moved and the other left: both weights step at once.": [-0.2, -1],
            },
        ),
        zero=Numbers(
            "where the gradient is zero",
            [-1, -1],
            {
                "w₁ = w₂ is right. Put it into the first component, and mind the sign of its root.": [1, 1],
                "The second component vanishes only where w₁ = w₂.": [-2 / 3, 0],
                "At the origin the first component is still 4.": [0, 0],
                "With w₁ = w₂ the first component is 6w₁ − 2w₁ + 4, and not 6w₁ + 2w₁ + 4.": [-0.5, -0.5],
            },
        ),
    ),
    "ex-gd-numerical": dict(
        function=Code(
            "numerical_gradient(C, w)",
            numerical_gradient,
            [
                (bowl, np.array([1.0, -1.0])),
                (sum_of_squares, np.array([0.5])),
                (waves, np.array([0.1, -2.0, 3.0])),
            ],
            {
                "Twice the gradient: the two places are 2h apart, and you divide by h.": lambda C, w: (
                    2 * numerical_gradient(C, w)
                ),
                "The cost at w − h is subtracted from the one at w + h; you have them the other way round.": lambda C, w: (
                    -numerical_gradient(C, w)
                ),
                "You nudge all weights at once. One at a time, or the slopes run into one another.": all_at_once,
                "You compare w + h with w itself. From both sides the error is far smaller.": forward_gradient,
            },
        ),
    ),
    "ex-gd-momentum-adam": dict(
        plain=Numbers(
            "(a) plain descent: w after each step",
            places(nnlib.GradientDescent(0.1)),
            {
                "You went uphill: subtract.": [0.3, 0.2],
                "These are the moves. Add the second to the place where the first one ended.": [-0.3, 0.1],
                "The second gradient is negative, so that step goes back up.": [-0.3, -0.4],
            },
        ),
        momentum=Numbers(
            "(b) momentum 0.9: w after each step",
            places(nnlib.GradientDescent(0.1, momentum=0.9)),
            {
                "The old velocity is forgotten here: that is plain descent.": [-0.3, -0.2],
                "These are the velocities; w is what they add up to.": [-0.3, -0.17],
                "The whole velocity is kept here; friction leaves 0.9 of it.": [-0.3, -0.5],
                "The second gradient is −1, so it brakes: u = 0.9 · (−0.3) + 0.1.": [-0.3, -0.67],
            },
        ),
        adam=Numbers(
            "(c) Adam: w after each step",
            [FIRST, SECOND],
            {
                "The averages begin at 0 and are too small at first: divide by 1 − β₁ᵗ and 1 − β₂ᵗ.": adam(
                    correct=False
                ),
                "It is divided by the root of the average square, not by that square.": adam(root=False),
                "These are the moves; w is their sum.": [FIRST, SECOND - FIRST],
                "You took each gradient's sign alone. The second step still remembers the first.": [
                    -0.1,
                    0.0,
                ],
            },
        ),
    ),
    "ex-gd-largest": dict(
        rate=Numbers(
            "the largest learning rate",
            2 / c_large,
            {
                "That is 2 divided by the smaller curvature. The steepest direction is the first to diverge.": 2
                / c_small,
                "That is 1 divided by the largest curvature: the rate that arrives at once there, half the limit.": 1
                / c_large,
                "That is the largest curvature itself. The limit is 2 divided by it.": c_large,
                "You read the curvature off w₂² alone, as 4. The mixed term makes it larger.": 0.5,
            },
        ),
    ),
    "ex-gd-stochastic-to-batch": dict(
        step=Numbers(
            "w and b after one batch step on the points (0, 1), (1, 3), (2, 2), (3, 5), from 0 and 0 with η = 0.1",
            BATCH,
            {
                "The sums are here, and the mean is asked for: divide by the four examples.": summed_step(
                    xs, ys, 0.0, 0.0, 0.1
                ),
                "w and b still change inside the loop: that is the stochastic epoch.": stochastic(),
                "δ is a − y, so both parameters grow; you went uphill.": -BATCH,
                "w stands first, b second: you exchanged them.": BATCH[::-1],
            },
        ),
        function=Code(
            "batch_step(xs, ys, w, b, eta), which gives the new w and b",
            batch_step,
            [
                (xs, ys, 0.0, 0.0, 0.1),
                (xs, ys, 0.5, -1.0, 0.3),
                (np.array([2.0]), np.array([1.0]), 1.0, 0.0, 0.1),
            ],
            {
                "The gradients are added up and never divided: the mean is asked for.": summed_step,
                "Each example finds other w and b here, since they change inside the loop.": one_by_one,
                "You went uphill: subtract the gradient.": uphill_step,
            },
        ),
    ),
    "ex-gd-stuck": dict(
        good=Choice(
            "which of them is good news",
            "at a minimum",
            {
                "There the slope is 0 as well, and the cost could fall to both sides.": "at a saddle or a maximum",
                "There is more to gain further on; the step was only lost in rounding.": "on a plateau",
                "The rate is gone, and the slope is not: nothing says that the walk was over.": "with a rate that has shrunk to nothing",
                "No gradient comes through, so nothing will ever change there, whatever the cost.": "when all ReLUs are dead",
            },
        ),
        cases=Explain(
            [
                "that the product of rate and gradient must vanish, or be lost in rounding?",
                "at least one place that is no minimum, such as a saddle, a maximum or a plateau?",
                "a rate that a schedule has made too small?",
                "dead units, which let no gradient through?",
            ],
            "the cases",
        ),
    ),
    "ex-gd-activations": dict(
        gradient=Numbers(
            "∂C/∂w for sigmoid, tanh and ReLU",
            dw,
            {
                "The slope f′(z) is missing: the error has to pass the activation function.": (a - 1) * 2,
                "The input is missing: z grows by x = 2 for each unit of w.": (a - 1) * f_prime,
                "The error is a − y, and not y − a.": -dw,
                "In place of the slope f′ you took f itself.": (a - 1) * a * 2,
                "For tanh and ReLU you took the sigmoid's slope, a(1 − a), too.": (a - 1) * a * (1 - a) * 2,
            },
        ),
        w=Numbers(
            "the new w for each",
            0.5 - 0.1 * dw,
            {
                "You went uphill: subtract.": 0.5 + 0.1 * dw,
                "The whole gradient was taken as the step; η = 0.1 makes it a tenth.": 0.5 - dw,
                "That is the change alone; w was 0.5.": -0.1 * dw,
            },
            digits=4,
        ),
    ),
    "ex-gd-l2": dict(
        sizes=Numbers(
            "w with λw in the update, and without",
            [KEPT[0], LEFT_OUT[0]],
            {
                "You exchanged them: the term pulls the weight towards 0.": [LEFT_OUT[0], KEPT[0]],
                "Both runs kept the term. In the second, take λw out of the gradient.": [KEPT[0], KEPT[0]],
                "Your λ is twice as large: the slope of (λ/2)w² is λw, without a 2.": [
                    DOUBLED[0],
                    LEFT_OUT[0],
                ],
            },
        ),
        costs=Numbers(
            "their costs, with the L2 term",
            [KEPT[1], LEFT_OUT[1]],
            {
                "These are the costs without the L2 term. Judge both runs by the one that was to be made small.": [
                    KEPT[2],
                    LEFT_OUT[2],
                ],
                "The second run is judged by the cost without the L2 term: use the same for both.": [
                    KEPT[1],
                    LEFT_OUT[2],
                ],
                "You exchanged them.": [LEFT_OUT[1], KEPT[1]],
            },
        ),
    ),
    "ex-gd-schedule": dict(
        function=Code(
            "cosine(start, epochs), which gives a function of the epoch",
            cosine,
            [(1.0, 60), (0.5, 10), (2.0, 1)],
            {
                "It begins at twice the rate: the ½ is missing.": lambda s, T: (
                    lambda t: s * (1 + np.cos(np.pi * t / T))
                ),
                "That is a whole cosine, which comes up again. Half of one is πt/T, not 2πt/T.": lambda s, T: (
                    lambda t: s / 2 * (1 + np.cos(2 * np.pi * t / T))
                ),
                "It rises: 1 plus the cosine, not minus.": lambda s, T: (
                    lambda t: s / 2 * (1 - np.cos(np.pi * t / T))
                ),
                "It becomes negative: without the 1, the cosine falls to −1.": lambda s, T: (
                    lambda t: s * np.cos(np.pi * t / T)
                ),
            },
            call=in_every_epoch,
        ),
        rates=Numbers(
            "η in the epochs 0, 20, 40 and 60, from η₀ = 1 over 60 epochs",
            [cosine(1.0, 60)(t) for t in (0, 20, 40, 60)],
            {
                "That is a straight line. The cosine falls slowly at both ends.": [1, 2 / 3, 1 / 3, 0],
                "It begins at twice the rate: the ½ is missing.": [2, 1.5, 0.5, 0],
                "That is a whole cosine; half of one is πt/T.": [1, 0.25, 0.25, 1],
                "It rises: 1 plus the cosine, not minus.": [0, 0.25, 0.75, 1],
            },
        ),
    ),
    "ex-gd-count": dict(
        updates=Numbers(
            "updates in 10 epochs: batches of 32, full batch, single examples",
            [18750, 10, 600000],
            {
                "That is one epoch, and there are ten.": [1875, 1, 60000],
                "The full batch makes one update an epoch, so ten in all.": [18750, 1, 600000],
                "With batches of 32 it is the number of batches that counts, not their size.": [
                    320,
                    10,
                    600000,
                ],
                "The last two are exchanged: single examples make the most updates.": [18750, 600000, 10],
            },
            digits=None,
        ),
        looks=Numbers(
            "how often each example is looked at",
            10,
            {
                "That is how many updates there are. A batch holds 32 examples, and each example sits in one batch an epoch.": 18750,
                "That is one epoch.": 1,
                "The batch size does not matter here: each example sits in just one batch an epoch.": 320,
            },
            digits=None,
        ),
    ),
    "ex-gd-saddle": dict(
        sideways=Numbers(
            "w₂ at the end: plain, momentum, Adam",
            [0, 0, 0],
            {
                "That is the start at 0.01. Exactly on the ridge nothing points sideways.": [1, 1, 1],
                "Momentum only adds up what the gradient says, and sideways it says 0.": [0, 1, 0],
                "Adam divides 0 by 0 + ε, and that is 0.": [0, 0, 1],
                "Adam and momentum enlarge a slope; they cannot make one out of 0.": [0, 1, 1],
            },
            digits=2,
        ),
        saves=Choice(
            "what would save them",
            "some noise",
            {
                "Any rate times 0 is 0.": "a larger learning rate",
                "They already stand still; nothing is gained by waiting.": "more steps",
                "The average of zeros is 0.": "more momentum",
            },
        ),
    ),
    "ex-gd-wrong-direction": dict(
        angle=Numbers(
            "by how many degrees it is off at (2, 1), on the tilted bowl C = w₁² + w₁w₂ + 2w₂²",
            float(np.degrees(np.arccos(np.dot([5, 6], [2, 1]) / np.hypot(5, 6) / np.hypot(2, 1)))),
            {
                "That is where the gradient itself points. Compare it with the direction of (2, 1), which leads to the minimum at 0.": float(
                    np.degrees(np.arctan2(6, 5))
                ),
                "That is the direction of the point. Compare it with the direction of the gradient there, (5, 6).": float(
                    np.degrees(np.arctan2(1, 2))
                ),
                "That is in radians.": float(np.arccos(16 / np.sqrt(61 * 5))),
                "That is the cosine of the angle.": float(16 / np.sqrt(61 * 5)),
                "Without the mixed term, the gradient would be (4, 4). It is (5, 6).": float(
                    np.degrees(np.arctan2(4, 4) - np.arctan2(1, 2))
                ),
            },
            digits=2,
        ),
        where=Choice(
            "where the sentence is true",
            "on a round bowl",
            {
                "A small step follows the gradient just as faithfully, and that still bends.": "wherever the step is small enough",
                "In a ravine a large gradient points across, not along.": "wherever the gradient is large",
                "On a long bowl the gradient points across the valley, except on its axes.": "on every bowl",
            },
        ),
    ),
    "ex-gd-wrong-steps": dict(
        lengths=Numbers(
            "on C = w² with η = 0.1, the lengths of the first three steps from w = 1",
            [0.2, 0.16, 0.128],
            {
                "That would be so if the slope stayed. It shrinks with w.": [0.2, 0.2, 0.2],
                "That is the rate. The step is the rate times the slope.": [0.1, 0.1, 0.1],
                "These are the places; the steps are the distances between them.": [0.8, 0.64, 0.512],
                "The slope of w² is 2w.": [0.1, 0.09, 0.081],
            },
        ),
        true=Choice(
            "where the sentence is true after all",
            "on the letter V, |w|",
            {
                "There the slope shrinks towards the bottom, and the steps with it.": "on a bowl, w²",
                "There the slope grows fast outwards, and the steps with it.": "on w⁴",
                "Momentum changes the step's length; it does not fix it.": "with momentum",
            },
        ),
    ),
    "ex-gd-wrong-zero": dict(
        look=Choice(
            "what tells a minimum from the rest",
            "the size of the cost",
            {
                "It is zero at all of them.": "the size of the gradient",
                "A rate changes how fast one comes to a place, and not what place it is.": "a smaller learning rate",
                "Where nothing moves, waiting shows nothing.": "a few more epochs",
            },
        ),
        words=Explain(
            [
                "that a maximum, a saddle or a flat spot has gradient 0 as well?",
                "that one looks at the cost, too?",
                "that one starts again from elsewhere?",
            ]
        ),
    ),
    "ex-gd-wrong-nan": dict(
        first=Choice(
            "what to try first",
            "a smaller learning rate",
            {
                "Perhaps later. Above the limit a program without any error ends in nan.": "look for the error in the code",
                "More steps along the same way only make the numbers larger.": "train for more epochs",
                "If the data had a nan in it, the first epoch would show it already.": "look for a nan in the data",
            },
        ),
        sign=Choice(
            "what the epochs before look like, if the rate is to blame",
            "the cost climbs",
            {
                "If it turns from a falling cost, look for a nan in the data, or a logarithm of 0.": "the cost falls as usual",
                "That is what a rate far too small looks like.": "the cost hardly changes",
                "A swing can be noise of the batches. Above the limit it grows.": "the cost swings a little and settles",
            },
        ),
    ),
    "ex-gd-wrong-batch": dict(
        steps=Numbers(
            "how many times more steps batches of 10 take, in as many epochs as batches of 100",
            10,
            {
                "In one epoch both see every example once, but a batch is one step.": 1,
                "The other way round: small batches take more steps.": 0.1,
                "That is the difference; asked for is how many times more.": 90,
            },
            digits=None,
        ),
        fair=Choice(
            "a fair comparison",
            "each at its own best rate",
            {
                "A rate suits the noise of its batch: what is best for 10 is not best for 100.": "the same rate, and several starts for both",
                "Then the large batches have a tenth of the steps, as before.": "the same rate and more epochs for both",
                "That is the comparison that went wrong.": "the same rate and the same epochs",
            },
        ),
    ),
    "ex-gd-wrong-cost": dict(
        places=Numbers(
            "minus the cost: w after each of the first three steps, on (w − 1)² from 0 with η = 0.1",
            by_cost,
            {
                "That is minus the gradient, which walks to 1. Take the cost itself.": by_gradient,
                "The cost is positive, so w gets smaller: you added it.": [-w for w in by_cost],
                "The cost changes with w; compute it anew at each place.": [-0.1, -0.2, -0.3],
            },
        ),
        why=Choice(
            "what the cost cannot say",
            "on which side it lies",
            {
                "It does say that: it is large far from the minimum.": "how far there is to go",
                "Smaller steps to the wrong side lead to the wrong side.": "how small the rate must be",
                "Halving it changes no sign.": "whether a ½ stands in front of it",
            },
        ),
    ),
    "ex-gd-wrong-order": dict(
        sorted=Choice(
            "sorted by class and one at a time, what does the neuron believe at the end of an epoch?",
            "whatever came last",
            {
                "That was long ago: each step since has pulled the other way.": "whatever came first",
                "It would, if all of them pulled at once, as in a full batch.": "a fair mean of both",
                "It changes with every example, and by now there were many of one kind.": "what it believed before",
            },
        ),
        full=Choice(
            "does the order matter with a full batch?",
            "no",
            {
                "Sorting changes the order of a sum, and a sum does not mind.": "yes, as much as with single examples",
                "Within a single batch there is no earlier and no later.": "yes, but less",
                "The rate multiplies the mean, whatever the order.": "only at a large learning rate",
            },
        ),
    ),
}
