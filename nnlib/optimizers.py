r"""Optimizers: from a gradient to a step. They act in place on one flat vector of parameters $w$."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from nnlib import checks, schedules
from nnlib.checks import Array
from nnlib.schedules import Schedule


class Optimizer(ABC):
    r"""Takes steps with a learning rate $\eta$: a number, or a schedule from the epoch (``nnlib.schedules``)."""

    def __init__(self, learning_rate: float | Schedule) -> None:
        if callable(learning_rate):
            self.schedule = learning_rate
        else:
            self.schedule = schedules.constant(checks.number("learning_rate", learning_rate, 0, open_low=True))
        self.reset()

    def reset(self) -> None:
        """Forget all steps: no velocity, no averages, epoch 0."""
        self._state: list[Array] = []
        self.steps = 0
        self.start_epoch(0)

    def start_epoch(self, epoch: int) -> None:
        """Set the learning rate to the schedule's for this epoch."""
        self.learning_rate = checks.number(f"the schedule's learning rate in epoch {epoch}", self.schedule(epoch), 0)

    def step(self, w: Array, gradient: Array) -> None:
        """Change the parameters ``w`` in place, by one step against ``gradient``, of the same shape."""
        if w.shape != gradient.shape or (self._state and self._state[0].shape != w.shape):
            before = self._state[0].shape if self._state else w.shape
            raise ValueError(
                f"w has shape {w.shape} and gradient {gradient.shape}; {before} is expected of both (call reset() for other parameters)"
            )
        self.steps += 1
        self._step(w, gradient)

    def _zeros(self, like: Array, count: int) -> list[Array]:
        if not self._state:
            self._state = [np.zeros_like(like) for _ in range(count)]
        return self._state

    @abstractmethod
    def _step(self, w: Array, g: Array) -> None: ...


class GradientDescent(Optimizer):
    r"""$v \leftarrow \beta v - \eta g$, $w \leftarrow w + v$; with momentum $\beta = 0$, plain $w \leftarrow w - \eta g$. Source: Polyak 1964.

    On mini-batches this is stochastic gradient descent; ``SGD`` is the same class.
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

    $m \leftarrow \beta_1 m + (1-\beta_1) g$, $v \leftarrow \beta_2 v + (1-\beta_2) g^2$, $w \leftarrow w - \eta\, \hat m / (\sqrt{\hat v} + \varepsilon)$ with
    $\hat m = m/(1-\beta_1^t)$, $\hat v = v/(1-\beta_2^t)$. Source: Kingma and Ba 2015, algorithm 1.
    """

    def __init__(
        self, learning_rate: float | Schedule = 1e-3, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8
    ) -> None:
        self.beta1, self.beta2 = (checks.number(f"beta{i}", b, 0, 1 - 1e-12) for i, b in ((1, beta1), (2, beta2)))
        self.epsilon = checks.number("epsilon", epsilon, 0)
        super().__init__(learning_rate)

    def _step(self, w: Array, g: Array) -> None:
        m, v = self._zeros(w, 2)
        m *= self.beta1
        m += (1 - self.beta1) * g
        v *= self.beta2
        v += (1 - self.beta2) * g * g
        m_hat = m / (1 - self.beta1**self.steps)
        v_hat = v / (1 - self.beta2**self.steps)
        w -= self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
