"""What an output layer says: which activations and costs go together, and which class they name.

There are three ways to tell classes apart. One output is yes or no, at or above the middle of its range. Of
several outputs one class of many is named by the largest, except under a cost that takes a probability for
each (binary cross-entropy): there every output is a yes or no of its own.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from nnlib import checks
from nnlib.activations import ACTIVATIONS, Activation
from nnlib.checks import Array
from nnlib.costs import COSTS, Cost
from nnlib.settings import brief, shown

Classes = npt.NDArray[np.intp]


def pair(hidden: Activation | None, output: Activation, cost: Cost, outputs: int) -> None:
    """Refuse activations and costs that cannot be right together."""
    if hidden is not None and not hidden.elementwise:
        raise ValueError(f"{hidden.name} is an output activation; a hidden layer expects an elementwise one")
    shares = cost.name if cost.targets == "shares" else "" if output.elementwise else output.name
    if outputs == 1 and shares:
        advice = "use sigmoid and binary_cross_entropy, or two outputs"
        raise ValueError(f"{shares} with one output cannot tell two classes apart; {advice}")
    low, high = cost.range
    if output.range[0] < low or output.range[1] > high:
        needs = f"expects outputs between {low:g} and {high:g}, as of sigmoid or softmax"
        reach = f"its range {output.range[0]:g} to {output.range[1]:g}"
        advice = "an activation of your own says its range as Activation(name, f, prime, range=(0, 1))"
        raise ValueError(f"{cost.name} {needs}; the output is {output.name}, {reach} ({advice})")


def tried(activation: Activation, cost: Cost | None, n: int) -> None:
    """Refuse an activation, or a cost, whose functions do not give arrays of the right shapes.

    Each is called with two rows of ``n`` halves, and raises a ``ValueError``.
    """
    half = np.full((2, n), 0.5)
    trials: list[tuple[str, Callable[[], Array], tuple[int, ...]]] = []
    if activation not in ACTIVATIONS.values():
        trials += [
            (f"f of {activation.name}", lambda: activation.f(half), (2, n)),
            (f"prime of {activation.name}", lambda: activation._vjp(half, half, half), (2, n)),
        ]
    if cost is not None and cost not in COSTS.values():
        prime = cost.prime.raw  # type: ignore[attr-defined]
        trials += [
            (f"value of {cost.name}", lambda: cost.value(half, half / n), (2,)),
            (f"prime of {cost.name}", lambda: half * prime(half, half / n), (2, n)),
        ]
    for what, call, shape in trials:
        try:
            with np.errstate(all="ignore"):
                made = np.asarray(call())
        except Exception as problem:  # a function of the reader's own may raise anything
            raise ValueError(f"{what} was called with float arrays: {brief(problem)}") from problem
        if made.dtype.kind not in "fiub" or made.shape != shape:
            raise ValueError(f"{what} gave {shown(made)}; an array of numbers, shape {shape}, is expected")


def _checked(name: str, values: npt.ArrayLike, output: Activation, cost: Cost) -> Array:
    if not isinstance(output, Activation) or not isinstance(cost, Cost):
        came = f"output is {shown(output)} and cost {shown(cost)}"
        raise ValueError(f"{came}; an Activation and a Cost are expected")
    (array,) = checks.floats([name], values, infinite=True)
    if array.ndim != 2 or not array.size:
        raise ValueError(f"{name} has shape {array.shape}; a matrix is expected, an example a row")
    return array


def classify(A: Array, output: Activation, cost: Cost) -> Classes:
    """The class that each row of activations ``A``, shape (N, n_L), names; see the module's three ways."""
    A = _checked("A", A, output, cost)
    if A.shape[1] > 1 and cost.targets != "probabilities":
        return A.argmax(axis=1)
    if not output.bounded:
        amount = f"a {output.name} output predicts an amount, and no range says where 'yes' begins"
        raise ValueError(f"{amount}; compare net.predict(X) with a threshold of your own")
    yes = (_middle(output) <= A).astype(np.intp)
    return yes[:, 0] if A.shape[1] == 1 else yes


def _middle(output: Activation) -> float:
    return (output.range[0] + output.range[1]) / 2


def labels(Y: Array, output: Activation, cost: Cost) -> Classes | None:
    """The classes that targets ``Y`` name in the same way; ``None`` where they are amounts.

    Targets 0 and 1 for an output whose range has its middle elsewhere are a ``ValueError``: the output
    would be right and its class wrong.
    """
    Y = _checked("Y", Y, output, cost)
    if not output.bounded:
        return None
    low, high = output.range
    if cost.targets == "numbers":
        if (low, high) != (0, 1) and np.isin(Y, (0, 1)).all() and (Y == 0).any():
            cure = f"use targets {low:g} and {high:g}, or a sigmoid output"
            raise ValueError(
                f"the targets are 0 and 1, and {output.name} reaches from {low:g} to {high:g}; {cure}"
            )
        if Y.shape[1] == 1 and not np.isin(Y, (low, high)).all():
            return None
        if Y.shape[1] > 1 and ((_middle(output) <= Y).sum(axis=1) != 1).any():
            return None
    return classify(Y, output, cost)
