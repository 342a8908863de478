"""Optimizers: against closed forms, scikit-learn and the recurrences written out; their state; bad input."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

import nnlib
from nnlib import SGD, Adam, GradientDescent, Optimizer, schedules

Array = npt.NDArray[np.floating]
CURVATURE = np.array([0.5, 1.0, 4.0])  # of the quadratic 1/2 sum curvature w^2, whose minimum is at 0
START = np.array([1.0, -2.0, 0.5])
MAKERS: list[Callable[[], Optimizer]] = [
    lambda: GradientDescent(0.1),
    lambda: GradientDescent(0.1, momentum=0.9),
    lambda: Adam(0.1),
]


def walk(optimizer: Optimizer, steps: int, start: Array = START) -> Array:
    """The positions of so many steps down the quadratic, the start first."""
    w = start.copy()
    path = [w.copy()]
    for _ in range(steps):
        optimizer.step(w, CURVATURE.astype(w.dtype) * w)
        path.append(w.copy())
    return np.array(path)


class TestGradientDescent:
    @pytest.mark.parametrize("rate", [0.01, 0.1, 0.4, 0.5, 0.6])
    def test_on_a_quadratic_each_direction_shrinks_by_its_own_factor(self, rate: float) -> None:
        path = walk(GradientDescent(rate), 50)
        factors = 1 - rate * CURVATURE
        np.testing.assert_allclose(path, START * factors ** np.arange(51)[:, None], rtol=1e-12, atol=1e-14)
        assert (np.abs(path[-1]) <= np.abs(START)).all() == (rate <= 2 / CURVATURE.max())

    @pytest.mark.parametrize("momentum", [0.1, 0.5, 0.9])
    def test_momentum_follows_its_two_term_recurrence(self, momentum: float) -> None:
        # v is the last step, so w_{t+1} = w_t - eta k w_t + beta (w_t - w_{t-1}).
        path, rate = walk(GradientDescent(0.1, momentum), 60), 0.1
        now, before = START.copy(), START.copy()
        for seen in path[1:]:
            now, before = now - rate * CURVATURE * now + momentum * (now - before), now
            np.testing.assert_allclose(seen, now, rtol=1e-10, atol=1e-14)

    @pytest.mark.parametrize(("excess", "stays"), [(0.99, True), (1.01, False)])
    def test_with_momentum_the_largest_rate_is_2_by_1_plus_beta_over_the_curvature(
        self, excess: float, stays: bool
    ) -> None:
        rate = excess * 2 * (1 + 0.9) / CURVATURE.max()
        path = walk(GradientDescent(rate, momentum=0.9), 2000)
        assert (np.abs(path[-1]).max() < 1e-3) == stays

    @pytest.mark.parametrize("momentum", [0.0, 0.9])
    def test_against_scikit_learn(self, momentum: float) -> None:
        rng, ours = np.random.default_rng(0), rng_parameters()
        theirs = [ours.copy()]
        optimizer = GradientDescent(0.05, momentum)
        other = SGDOptimizer(theirs, learning_rate_init=0.05, momentum=momentum, nesterov=False)
        for _ in range(30):
            gradient = rng.normal(size=ours.shape)
            optimizer.step(ours, gradient)
            other.update_params(theirs, [gradient])
            np.testing.assert_allclose(ours, theirs[0], rtol=1e-12)

    def test_sgd_is_its_other_name(self) -> None:
        assert SGD is GradientDescent


def rng_parameters() -> Array:
    return np.random.default_rng(7).normal(size=12)


class TestAdam:
    @pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
    def test_the_first_step_is_the_learning_rate_whatever_the_gradients_size(self, size: float) -> None:
        w, g = np.zeros(4), size * np.array([1.0, -2.0, 30.0, -0.1])
        Adam(0.01).step(w, g)
        np.testing.assert_allclose(w, -0.01 * np.sign(g), rtol=2e-4)

    def test_the_first_two_steps_by_hand(self) -> None:
        w, optimizer = np.array([1.0]), Adam(0.1)
        optimizer.step(w, np.array([4.0]))  # m = 0.4, v = 0.016: corrected 4 and 16
        assert w[0] == pytest.approx(1 - 0.1 * 4 / 4)
        optimizer.step(w, np.array([-2.0]))  # m = 0.16, v = 0.019984: corrected by 0.19 and 0.001999
        assert w[0] == pytest.approx(0.9 - 0.1 * (0.16 / 0.19) / np.sqrt(0.019984 / 0.001999))

    @pytest.mark.parametrize(("beta1", "beta2"), [(0.9, 0.999), (0.5, 0.9), (0.0, 0.0)])
    def test_against_scikit_learn(self, beta1: float, beta2: float) -> None:
        # Theirs adds epsilon before the bias correction (the paper's second form), ours after it, as the
        # paper's algorithm 1: with epsilon = 0 they are one.
        rng, ours = np.random.default_rng(1), rng_parameters()
        theirs = [ours.copy()]
        optimizer = Adam(0.01, beta1=beta1, beta2=beta2, epsilon=0)
        other = AdamOptimizer(theirs, learning_rate_init=0.01, beta_1=beta1, beta_2=beta2, epsilon=0)
        for _ in range(100):
            gradient = rng.normal(size=ours.shape)
            optimizer.step(ours, gradient)
            other.update_params(theirs, [gradient])
            np.testing.assert_allclose(ours, theirs[0], rtol=1e-11)

    def test_epsilon_is_added_after_the_correction(self) -> None:
        # Averages as sums, without a recurrence: m_hat = sum of weights times gradients over sum of weights.
        rng, w = np.random.default_rng(2), rng_parameters()
        start, optimizer, expected = w.copy(), Adam(0.1, beta1=0.8, beta2=0.95, epsilon=0.5), w.copy()
        gradients = rng.normal(size=(20, w.size))
        for t in range(1, 21):
            optimizer.step(w, gradients[t - 1])
            first, second = (beta ** np.arange(t)[::-1] for beta in (0.8, 0.95))
            m_hat = np.average(gradients[:t], axis=0, weights=first)
            v_hat = np.average(gradients[:t] ** 2, axis=0, weights=second)
            expected = expected - 0.1 * m_hat / (np.sqrt(v_hat) + 0.5)
            np.testing.assert_allclose(w, expected, rtol=1e-11)
        assert (w != start).all()

    def test_a_gradient_of_zero_moves_nothing(self) -> None:
        w = START.copy()
        Adam().step(w, np.zeros(3))
        np.testing.assert_array_equal(w, START)

    def test_defaults_are_the_papers(self) -> None:
        adam = Adam()
        assert (adam.learning_rate, adam.beta1, adam.beta2, adam.epsilon) == (1e-3, 0.9, 0.999, 1e-8)


class TestEveryOptimizer:
    @pytest.mark.parametrize("make", MAKERS)
    def test_reaches_the_minimum(self, make: Callable[[], Optimizer]) -> None:
        assert np.abs(walk(make(), 1000)[-1]).max() < 1e-3

    @pytest.mark.parametrize("make", MAKERS)
    def test_acts_in_place_and_leaves_the_gradient(self, make: Callable[[], Optimizer]) -> None:
        w, g = START.copy(), np.ones(3)
        part, optimizer = w[:2], make()
        optimizer.step(w, g)
        optimizer.step(w, g)
        np.testing.assert_array_equal(part, w[:2])
        assert (w < START).all()
        np.testing.assert_array_equal(g, 1)
        assert optimizer.steps == 2

    @pytest.mark.parametrize("make", MAKERS)
    def test_float32_stays_float32(self, make: Callable[[], Optimizer]) -> None:
        path = walk(make(), 20, START.astype(np.float32))
        assert path.dtype == np.float32
        np.testing.assert_allclose(path, walk(make(), 20), rtol=1e-4, atol=1e-5)

    @pytest.mark.parametrize("make", MAKERS)
    def test_reset_forgets_all(self, make: Callable[[], Optimizer]) -> None:
        optimizer = make()
        first = walk(optimizer, 5)
        assert optimizer.steps == 5
        optimizer.reset()
        assert optimizer.steps == 0
        np.testing.assert_array_equal(walk(optimizer, 5), first)

    @pytest.mark.parametrize("make", MAKERS[1:])
    def test_without_reset_it_remembers(self, make: Callable[[], Optimizer]) -> None:
        optimizer = make()
        first = walk(optimizer, 5)
        assert (walk(optimizer, 5) != first).any()

    @pytest.mark.parametrize("make", MAKERS[1:])
    def test_other_parameters_need_a_reset(self, make: Callable[[], Optimizer]) -> None:
        optimizer = make()
        optimizer.step(np.zeros(3), np.zeros(3))
        message = (
            r"^w has shape \(2,\) and gradient \(2,\); \(3,\) is expected of both \(call reset\(\) for other"
        )
        with pytest.raises(ValueError, match=message):
            optimizer.step(np.zeros(2), np.zeros(2))
        optimizer.reset()
        optimizer.step(np.zeros(2), np.zeros(2))

    @pytest.mark.parametrize("make", MAKERS)
    def test_a_gradient_of_another_shape_is_refused(self, make: Callable[[], Optimizer]) -> None:
        message = r"^w has shape \(3,\) and gradient \(3, 1\); \(3,\) is expected of both"
        with pytest.raises(ValueError, match=message):
            make().step(np.zeros(3), np.zeros((3, 1)))


class TestLearningRate:
    @pytest.mark.parametrize("kind", [GradientDescent, Adam])
    def test_a_schedule_is_followed_epoch_by_epoch(self, kind: type[GradientDescent] | type[Adam]) -> None:
        optimizer = kind(schedules.step_decay(0.8, every=2))
        seen = []
        for epoch in range(6):
            optimizer.start_epoch(epoch)
            seen.append(optimizer.learning_rate)
        assert seen == [0.8, 0.8, 0.4, 0.4, 0.2, 0.2]
        optimizer.reset()
        assert optimizer.learning_rate == 0.8

    def test_a_function_of_the_readers_own_will_do(self) -> None:
        optimizer = GradientDescent(lambda epoch: 1 / (1 + epoch))
        optimizer.start_epoch(3)
        w = np.ones(1)
        optimizer.step(w, np.ones(1))
        assert w[0] == 0.75

    def test_the_step_has_the_size_of_the_rate(self) -> None:
        for rate in (0.5, 0.25):
            w = np.zeros(1)
            GradientDescent(rate).step(w, np.ones(1))
            assert w[0] == -rate

    def test_nnlib_has_them_all(self) -> None:
        assert {nnlib.GradientDescent, nnlib.SGD, nnlib.Adam} == {GradientDescent, Adam}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: GradientDescent(0), "learning_rate is 0; a number above 0 is expected"),
        (lambda: GradientDescent(-0.1), r"learning_rate is -0\.1; a number above 0 is expected"),
        (lambda: Adam(np.nan), "learning_rate is nan; a number above 0 is expected"),
        (lambda: Adam(np.inf), "learning_rate is inf; a number above 0 is expected"),
        (
            lambda: GradientDescent(0.1, -0.5),
            r"momentum is -0\.5; a number at least 0 and at most 1 is expected",
        ),
        (
            lambda: GradientDescent(0.1, 1.1),
            r"momentum is 1\.1; a number at least 0 and at most 1 is expected",
        ),
        (lambda: Adam(beta1=1), "beta1 is 1; a number at least 0 and below 1 is expected"),
        (lambda: Adam(beta2=1.5), r"beta2 is 1\.5; a number at least 0 and below 1 is expected"),
        (lambda: Adam(epsilon=-1), "epsilon is -1; a number at least 0 is expected"),
        (
            lambda: GradientDescent(lambda epoch: -0.5),
            r"the schedule's learning rate in epoch 0 is -0\.5; a number at least 0 is expected",
        ),
        (
            lambda: GradientDescent(lambda epoch: 1 / (2 - epoch)).start_epoch(3),
            r"the schedule's learning rate in epoch 3 is -1\.0; a number at least 0 is expected",
        ),
    ],
)
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        make()
