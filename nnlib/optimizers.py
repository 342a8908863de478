r"""Optimizers: from a gradient to a step. They act in place on one flat vector of parameters $w$."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from nnlib import checks, schedules
from nnlib.checks import Array
from nnlib.schedules import Schedule
from nnlib.settings import brief


class Optimizer(ABC):
    r"""Takes steps with a learning rate $\eta$: a number above 0, or a schedule (``nnlib.schedules``).

    Any parameter out of its range is a ``ValueError``.
    """

    def __init__(self, learning_rate: float | Schedule) -> None:
        if not callable(learning_rate):
            learning_rate = schedules.constant(checks.number("learning_rate", learning_rate, 0, ends="(]"))
        self.schedule = learning_rate
        self.reset()

    def reset(self) -> None:
        """Forget all steps: no velocity, no averages, epoch 0."""
        self._state: list[Array] = []
        self.steps = 0
        self.start_epoch(0)

    def start_epoch(self, epoch: int) -> None:
        """Set the learning rate to the schedule's for this epoch."""
        epoch = checks.whole("epoch", epoch, 0)
        try:
            rate = self.schedule(epoch)
        except Exception as problem:  # a function that is no schedule may raise anything
            asked = f"the learning rate was asked for epoch {epoch}: {brief(problem)}"
            advice = "a schedule is a function of the epoch, as lambda epoch: 0.1 / (1 + epoch)"
            raise ValueError(f"{asked}; {advice}") from problem
        self.learning_rate = checks.number(f"the schedule's learning rate in epoch {epoch}", rate, 0)

    def step(self, w: Array, gradient: Array) -> None:
        """Change the parameters ``w`` in place, by one step against ``gradient``.

        Both are float arrays of one shape, and keep it until :meth:`reset`; a ``ValueError`` otherwise, and
        for a step beyond the dtype. After an error, everything is as it was.
        """
        for name, array in (("w", w), ("gradient", gradient)):
            if not isinstance(array, np.ndarray) or array.dtype.kind != "f":
                kind = f"an array of {array.dtype}" if isinstance(array, np.ndarray) else type(array).__name__
                advice = f"a float array is expected, as np.array({name}, dtype=float)"
                raise ValueError(f"{name} is {kind}; {advice}")
            checks.finite(name, checks.read(name, array, "numbers"))
        if not w.flags.writeable:
            raise ValueError("w is read-only; an array that a step can change is expected, as w.copy()")
        expected = self._state[0].shape if self._state else w.shape
        if not w.shape == gradient.shape == expected:
            shapes = f"w has shape {w.shape} and gradient {gradient.shape}"
            raise ValueError(f"{shapes}; {expected} is expected of both (call reset() for other parameters)")
        before = w.copy(), [array.copy() for array in self._state]
        with np.errstate(all="ignore"):
            self._advance(w, gradient)
        if not all(np.isfinite(array).all() for array in (w, *self._state)):
            w[...], self._state = before
            self.steps -= 1
            most = f"{w.dtype} holds {np.finfo(w.dtype).max:.2g} at most"
            rate = f"the learning_rate {self.learning_rate:g}"
            raise ValueError(f"a step with {rate} along this gradient is not finite: {most}")

    def _advance(self, w: Array, gradient: Array) -> None:
        self.steps += 1
        self._step(w, gradient)

    def _zeros(self, like: Array, count: int) -> list[Array]:
        if not self._state:
            self._state = [np.zeros_like(like) for _ in range(count)]
        return self._state

    @abstractmethod
    def _step(self, w: Array, g: Array) -> None: ...


class GradientDescent(Optimizer):
    r"""$v \leftarrow \beta v - \eta g$, $w \leftarrow w + v$, with momentum $\beta$ from 0 to 1.

    At $\beta = 0$ plainly $w \leftarrow w - \eta g$. On mini-batches this is stochastic gradient descent;
    ``SGD`` is the same class. Source of the momentum: Polyak 1964.
    """

    def __init__(self, learning_rate: float | Schedule = 0.1, momentum: float = 0.0) -> None:
        self.momentum = checks.number("momentum", momentum, 0, 1)
        super().__init__(learning_rate)

    def _step(self, w: Array, g: Array) -> None:
        if not self.momentum:
            w -= self.learning_rate * g
            return
        (v,) = self._zeros(w, 1)
        v *= self.momentum
        v -= self.learning_rate * g
        w += v


SGD = GradientDescent


class Adam(Optimizer):
    r"""Adaptive moments: the running means $m$ of $g$ and $v$ of $g^2$, corrected for their start at 0.

    $m \leftarrow \beta_1 m + (1-\beta_1) g$, $v \leftarrow \beta_2 v + (1-\beta_2) g^2$,
    $w \leftarrow w - \eta\, \hat m / (\sqrt{\hat v} + \varepsilon)$ with $\hat m = m/(1-\beta_1^t)$,
    $\hat v = v/(1-\beta_2^t)$ in step $t = 1, 2, \dots$ Source: Kingma and Ba 2015, algorithm 1.
    """

    def __init__(
        self,
        learning_rate: float | Schedule = 1e-3,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        self.beta1 = checks.number("beta1", beta1, 0, 1, ends="[)")
        self.beta2 = checks.number("beta2", beta2, 0, 1, ends="[)")
        self.epsilon = checks.number("epsilon", epsilon, 0)
        super().__init__(learning_rate)

    def _step(self, w: Array, g: Array) -> None:
        m, v, s = self._zeros(w, 3)  # s is room for what comes in between: no new arrays, step after step
        m *= self.beta1
        m += g
        v *= self.beta2
        v += np.multiply(g, g, out=s)
        # These are the means without their 1 - β, and the corrections are two numbers as well: all can wait
        # until m and v have met. m_hat / (sqrt(v_hat) + ε) = m / (sqrt(v) + ε c) * c (1 - β1) / (1 - β1^t),
        # where c = sqrt((1 - β2^t) / (1 - β2)).
        c = ((1 - self.beta2**self.steps) / (1 - self.beta2)) ** 0.5
        np.sqrt(v, out=s)
        s += self.epsilon * c
        np.divide(m, s, out=s)
        s *= self.learning_rate * c * (1 - self.beta1) / (1 - self.beta1**self.steps)
        w -= s
