"""Training a network, and checking its gradient."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from nnlib import checks, outputs
from nnlib.checks import Array, Seed
from nnlib.network import Gradients, Network
from nnlib.optimizers import Adam, Optimizer
from nnlib.outputs import Classes
from nnlib.settings import brief, function, shown

Rows = tuple[Array, Array, Classes | None]  # inputs, targets, and the classes that the targets name
MEASURED = 4096  # rows whose cost is taken together: quicker than batch by batch, and little memory


@dataclass(kw_only=True)
class History:
    """What training saw, an entry an epoch.

    ``cost`` and ``accuracy`` are means over the epoch's batches as they were seen, L2 term included;
    ``val_cost`` and ``val_accuracy`` are taken after the epoch, and stay empty without validation rows. An
    accuracy is the share of rows whose class (``net.classify``) is right, of yes and no answers under binary
    cross-entropy, and ``None`` where the targets are amounts. ``learning_rate`` is the epoch's.
    """

    cost: list[float] = field(default_factory=list)
    accuracy: list[float | None] = field(default_factory=list)
    val_cost: list[float] = field(default_factory=list)
    val_accuracy: list[float | None] = field(default_factory=list)
    learning_rate: list[float] = field(default_factory=list)

    @property
    def best_epoch(self) -> int:
        """The epoch with the lowest validation cost (the training cost, where nothing was held back)."""
        name = "val_cost" if np.size(checks.read("val_cost", self.val_cost, "numbers")) else "cost"
        costs = checks.numbers(name, getattr(self, name))
        return int(np.nanargmin(costs)) if np.isfinite(costs).any() else 0


def fit(
    net: Network,
    X: npt.ArrayLike,
    Y: npt.ArrayLike,
    *,
    epochs: int = 20,
    batch_size: int = 32,
    optimizer: Optimizer | None = None,
    validation: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    rng: Seed = None,
    patience: int | None = None,
    each_epoch: Callable[[int, Network], None] | None = None,
) -> History:
    """Train ``net`` in place on mini-batches, the rows shuffled anew each epoch.

    A run whose cost is no longer finite stops with a ``RuntimeWarning``, most often for too large a rate.

    Args:
        X: inputs, shape (N, n_0).
        Y: targets, shape (N, n_L).
        epochs: how many times to go through the rows.
        batch_size: rows a step; an epoch's last batch holds the rows that are left.
        optimizer: starts afresh; ``Adam()`` where none is given.
        validation: inputs and targets that are held back: only looked at.
        rng: a seed or a numpy Generator, for the order of the rows.
        patience: stop after so many epochs without a lower validation cost; with it, the network ends with
            the parameters of the epoch whose validation cost was lowest.
        each_epoch: called with the epoch, from 0, and the network after it.

    Raises:
        ValueError: saying what came and what was expected; the network is then as it was.
    """
    if not isinstance(net, Network):
        raise ValueError(f"net is {shown(net)}; a Network is expected")
    epochs, batch_size = checks.whole("epochs", epochs), checks.whole("batch_size", batch_size)
    rows = _checked(net, X, Y)
    if not (validation is None or (isinstance(validation, (tuple, list)) and len(validation) == 2)):
        advice = "rows to hold back are expected, as validation=(X_held, Y_held): see nnlib.split_rows"
        raise ValueError(f"validation is a {type(validation).__name__}; {advice}")
    held_back = None if validation is None else _checked(net, *validation, of="validation ")
    if patience is not None and checks.whole("patience", patience) and held_back is None:
        advice = "it watches validation rows, so validation=(X, Y) is expected"
        raise ValueError(f"patience is {patience}; {advice}")
    optimizer = Adam() if optimizer is None else optimizer
    if not isinstance(optimizer, Optimizer):
        raise ValueError(f"optimizer is {shown(optimizer)}; an optimizer such as nnlib.Adam() is expected")
    if each_epoch is not None:
        function("each_epoch", each_epoch, "the epoch and the network")
    generator, history, best = checks.generator(rng), History(), net.parameters.copy()
    optimizer.reset()
    gradients = net._gradients()

    for epoch in range(epochs):
        optimizer.start_epoch(epoch)
        with np.errstate(over="ignore", invalid="ignore"):  # said once, below, in words
            order = generator.permutation(len(rows[0]))
            mean_cost, accuracy = _epoch(net, *rows, order, batch_size, optimizer, gradients)
            history.cost.append(mean_cost)
            history.accuracy.append(accuracy)
            history.learning_rate.append(optimizer.learning_rate)
            if held_back is not None:
                val_cost, val_accuracy = _score(net, *held_back)
                history.val_cost.append(val_cost)
                history.val_accuracy.append(val_accuracy)
        if each_epoch is not None:
            _call(each_epoch, epoch, net, best)
        last = (history.val_cost or history.cost)[-1]
        if not np.isfinite(last):
            advice = f"try a smaller learning rate than {optimizer.learning_rate:g}"
            message = f"training diverged: after epoch {epoch} the cost is {last}; {advice}"
            warnings.warn(message, RuntimeWarning, stacklevel=2)
            break
        if patience is not None and history.best_epoch == epoch:
            best[...] = net.parameters
        elif patience is not None and epoch - history.best_epoch >= patience:
            break
    if patience is not None:
        net.parameters[...] = best
    return history


def _call(each_epoch: Callable[[int, Network], None], epoch: int, net: Network, start: Array) -> None:
    """Call the reader's function; where the first call already fails, the network is as it was."""
    try:
        each_epoch(epoch, net)
    except Exception as problem:
        if epoch:
            raise
        net.parameters[...] = start
        if isinstance(problem, TypeError):
            called = f"each_epoch was called with epoch 0 and the network: {brief(problem)}"
            raise ValueError(f"{called}; a function of both is expected") from problem
        raise


def _checked(net: Network, X: npt.ArrayLike, Y: npt.ArrayLike, of: str = "") -> Rows:
    inputs = net._inputs(X, f"{of}X")
    targets = net._targets(Y, len(inputs), f"{of}Y")
    return inputs, targets, outputs.labels(targets, net.f[net.L], net._cost)


def _epoch(
    net: Network,
    X: Array,
    Y: Array,
    labels: Classes | None,
    order: npt.NDArray[np.intp],
    size: int,
    optimizer: Optimizer,
    gradients: Gradients,
) -> tuple[float, float | None]:
    """One pass over the rows in ``order``: the mean cost and accuracy of the batches as they were seen."""
    size, cost, right = min(size, len(X)), 0.0, 0.0
    x = np.empty((size, X.shape[1]), X.dtype)
    together = -(-MEASURED // size) * size  # a whole number of batches
    for begin in range(0, len(X), together):
        rows = order[begin : begin + together]
        Y_rows, share = np.asfortranarray(Y.take(rows, 0)), len(rows) / len(X)
        Z, A = np.empty_like(Y_rows), np.empty_like(Y_rows)  # like Y_rows, neuron by neuron: rows sum quickly
        for at in range(0, len(rows), size):
            batch = slice(at, at + size)
            inputs = X.take(rows[batch], 0, x[: len(rows) - at], "clip")  # "clip": straight into x
            p = net._forward(inputs)
            Z[batch], A[batch] = p.Z[-1], p.A[-1]
            cost += net.penalty() * len(inputs) / len(X)
            optimizer._advance(net.parameters, net._backward(p, Y_rows[batch], gradients).flat)
        cost += share * float(net._costs(Z, A, Y_rows).mean())
        if labels is not None:
            right += share * _right(net, A, labels[rows])
    return cost, None if labels is None else right


def _score(net: Network, X: Array, Y: Array, labels: Classes | None) -> tuple[float, float | None]:
    p = net._forward(X)
    cost = float(net._costs(p.Z[-1], p.A[-1], Y).mean()) + net.penalty()
    return cost, None if labels is None else _right(net, p.A[-1], labels)


def _right(net: Network, A: Array, labels: Classes) -> float:
    return float((outputs.classify(A, net.f[net.L], net._cost) == labels).mean())


def gradient_check(net: Network, X: npt.ArrayLike, Y: npt.ArrayLike, *, epsilon: float = 1e-5) -> float:
    r"""The relative error of backpropagation's gradient $g$ against central differences $\hat g$, in 64 bits.

    $\|g - \hat g\| / (\|g\| + \|\hat g\|)$ over all parameters, with
    $\hat g_i = [C(w_i + \epsilon) - C(w_i - \epsilon)]/2\epsilon$. Below about $10^{-7}$ the gradient is
    right, as far as the norm shows it: a layer whose slopes are that much smaller than the others' is lost in
    it. Near a kink of ReLU even a right one shows more. The network is left as it was.

    Raises a ``ValueError`` for an epsilon that is not above 0 and at most 1, and as ``net.cost`` does.
    """
    if not isinstance(net, Network):
        raise ValueError(f"net is {shown(net)}; a Network is expected")
    epsilon, twin = checks.number("epsilon", epsilon, 0, ends="(]"), net.copy(dtype=float)
    if epsilon > 1:
        raise ValueError(f"epsilon is {epsilon:g}; a small step is expected, at most 1")
    gradient = twin.backward(twin.forward(X), Y).flat
    estimate = np.empty_like(gradient)
    for i, w in enumerate(twin.parameters.copy()):
        ends = []
        for moved in (w + epsilon, w - epsilon):
            twin.parameters[i] = moved
            ends.append(twin.cost(X, Y))
        twin.parameters[i] = w
        estimate[i] = (ends[0] - ends[1]) / (2 * epsilon)
    # In units of a power of two, which change no digit, squares do not overflow.
    unit = np.ldexp(1.0, np.frexp(max(np.abs(gradient).max(), np.abs(estimate).max()))[1])
    gradient, estimate = gradient / unit, estimate / unit
    size = np.linalg.norm(gradient) + np.linalg.norm(estimate) + np.finfo(float).tiny
    return float(np.linalg.norm(gradient - estimate) / size)
