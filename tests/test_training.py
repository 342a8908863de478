"""Training: what the history means, what a run may touch, when it stops, and that networks learn."""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.neural_network import MLPClassifier

import nnlib
from nnlib import SGD, Adam, History, Network, fit, one_hot, schedules

Array = npt.NDArray[np.floating]
X, LABELS = nnlib.moons(70, noise=0.2, rng=0)
Y = one_hot(LABELS, 2)
XV, LABELS_V = nnlib.moons(40, noise=0.2, rng=1)
YV = one_hot(LABELS_V, 2)


def small(rng: int = 0, **kinds: object) -> Network:
    kinds = {"hidden": "tanh", "output": "softmax", "cost": "categorical_cross_entropy", "l2": 0.01} | kinds
    return Network([2, 5, 2], rng=rng, **kinds)  # type: ignore[arg-type]


def by_hand(net: Network, epochs: int, size: int, rate: float, seed: int) -> tuple[list[float], list[float]]:
    """Plain mini-batch descent, written out: each epoch's cost and accuracy, batch by batch as seen."""
    rng, costs, accuracies = np.random.default_rng(seed), [], []
    for _ in range(epochs):
        order, cost, right = rng.permutation(len(X)), 0.0, 0
        for rows in np.split(order, range(size, len(X), size)):
            cost += net.cost(X[rows], Y[rows]) * len(rows)
            right += int((net.classify(X[rows]) == LABELS[rows]).sum())
            g = net.backward(net.forward(X[rows]), Y[rows])
            for l in range(1, net.L + 1):
                net.W[l] -= rate * g.W[l]
                net.b[l] -= rate * g.b[l]
        costs.append(cost / len(X))
        accuracies.append(right / len(X))
    return costs, accuracies


class TestHistory:
    @pytest.mark.parametrize("size", [1, 16, 35, 70, 1000])  # 70 = 4 * 16 + 6: the last batch is smaller
    def test_cost_and_accuracy_are_means_over_the_batches_as_they_were_seen(self, size: int) -> None:
        net, twin = small(), small()
        history = fit(net, X, Y, epochs=4, batch_size=size, optimizer=SGD(0.3), rng=5)
        costs, accuracies = by_hand(twin, 4, size, 0.3, 5)
        np.testing.assert_allclose(history.cost, costs, rtol=1e-11)
        np.testing.assert_allclose(history.accuracy, accuracies)  # type: ignore[arg-type]
        np.testing.assert_allclose(net.parameters, twin.parameters, rtol=1e-9, atol=1e-12)

    def test_validation_is_taken_after_the_epoch(self) -> None:
        net, after = small(), []
        history = fit(
            net,
            X,
            Y,
            epochs=3,
            validation=(XV, YV),
            rng=0,
            each_epoch=lambda epoch, net: after.append(
                (net.cost(XV, YV), (net.classify(XV) == LABELS_V).mean())
            ),
        )
        np.testing.assert_allclose(history.val_cost, [cost for cost, _ in after], rtol=1e-12)
        np.testing.assert_allclose(history.val_accuracy, [right for _, right in after])  # type: ignore[arg-type]

    def test_lengths_and_kinds(self) -> None:
        history = fit(small(), X, Y, epochs=3, validation=(XV, YV))
        for numbers in (
            history.cost,
            history.accuracy,
            history.val_cost,
            history.val_accuracy,
            history.learning_rate,
        ):
            assert len(numbers) == 3
            assert {type(number) for number in numbers} == {float}

    def test_without_validation_its_lists_stay_empty(self) -> None:
        history = fit(small(), X, Y, epochs=2)
        assert (len(history.cost), history.val_cost, history.val_accuracy) == (2, [], [])

    @pytest.mark.parametrize("output", ["linear", "relu"])
    def test_a_regression_has_no_accuracy(self, output: str) -> None:
        net = Network([2, 3, 1], hidden="tanh", output=output, cost="mse", rng=0)
        history = fit(net, X, X[:, :1], epochs=2, validation=(XV, XV[:, :1]))
        assert history.accuracy == history.val_accuracy == [None, None]
        assert np.isfinite(history.val_cost).all()

    @pytest.mark.parametrize(
        ("output", "cost", "targets"),
        [
            ("sigmoid", "binary_cross_entropy", LABELS[:, None]),
            ("tanh", "quadratic", 2 * LABELS[:, None] - 1),
        ],
    )
    def test_accuracy_with_one_output(self, output: str, cost: str, targets: npt.NDArray[np.intp]) -> None:
        net = Network([2, 6, 1], hidden="tanh", output=output, cost=cost, rng=0)
        history = fit(net, X, targets, epochs=60, optimizer=Adam(0.03), validation=(X, targets), rng=0)
        assert history.val_accuracy[-1] == (net.classify(X) == LABELS).mean() > 0.8

    @pytest.mark.parametrize(
        ("history", "best"),
        [
            (History(cost=[3, 1, 2]), 1),
            (History(cost=[3, 2, 1], val_cost=[1, 2, 3]), 0),
            (History(cost=[3, 2, 1], val_cost=[2, 1, 1]), 1),
            (History(cost=[1.0, np.nan]), 0),
            (History(cost=[np.nan]), 0),
            (History(), 0),
        ],
    )
    def test_best_epoch(self, history: History, best: int) -> None:
        assert history.best_epoch == best

    def test_a_learned_leak_in_the_output_is_seen_as_it_was(self) -> None:
        net = Network([2, 1], output="prelu", cost="mse", rng=0)
        twin = net.copy()
        history = fit(net, X, X[:, :1], epochs=1, batch_size=len(X), optimizer=SGD(0.5))
        assert history.cost[0] == pytest.approx(twin.cost(X, X[:, :1]), rel=1e-13)


class TestWhatARunTouches:
    def test_the_same_seed_gives_the_same_run_another_another(self) -> None:
        runs = []
        for seed in (1, 1, 2):
            net = small()
            runs.append((fit(net, X, Y, epochs=3, rng=seed).cost, net.parameters.tolist()))
        assert runs[0] == runs[1]
        assert runs[0] != runs[2]

    def test_a_generator_goes_on_where_it_was(self) -> None:
        whole, halves, rng = small(), small(), np.random.default_rng(4)
        fit(whole, X, Y, epochs=4, optimizer=SGD(0.1), rng=4)
        for _ in range(2):
            fit(halves, X, Y, epochs=2, optimizer=SGD(0.1), rng=rng)
        np.testing.assert_array_equal(whole.parameters, halves.parameters)

    @pytest.mark.parametrize("dtype", [np.float64, np.float32])
    def test_only_the_network_changes(self, dtype: type[np.floating]) -> None:
        given = [array.astype(dtype) for array in (X, Y, XV, YV)]
        before = [array.copy() for array in given]
        net = small(dtype=dtype)
        start = net.parameters.copy()
        fit(net, given[0], given[1], epochs=2, validation=(given[2], given[3]))
        for array, copy in zip(given, before, strict=True):
            np.testing.assert_array_equal(array, copy)
        assert net.parameters.dtype == dtype
        assert (net.parameters != start).any()

    def test_validation_rows_do_not_change_what_is_learned(self) -> None:
        watched, alone = small(), small()
        fit(watched, X, Y, epochs=3, validation=(XV, YV), rng=0)
        fit(alone, X, Y, epochs=3, rng=0)
        np.testing.assert_array_equal(watched.parameters, alone.parameters)

    @pytest.mark.parametrize(
        "optimizer", [Adam(0.05), SGD(0.1, momentum=0.9), SGD(schedules.step_decay(0.5, every=1))]
    )
    def test_an_optimizer_starts_afresh_each_time(self, optimizer: nnlib.Optimizer) -> None:
        first, again = small(), small()
        fit(first, X, Y, epochs=3, optimizer=optimizer, rng=0)
        fit(again, X, Y, epochs=3, optimizer=optimizer, rng=0)
        np.testing.assert_array_equal(first.parameters, again.parameters)

    def test_the_default_optimizer_is_adam(self) -> None:
        first, again = small(), small()
        fit(first, X, Y, epochs=2, rng=0)
        fit(again, X, Y, epochs=2, optimizer=Adam(), rng=0)
        np.testing.assert_array_equal(first.parameters, again.parameters)

    def test_a_schedule_is_followed(self) -> None:
        history = fit(small(), X, Y, epochs=4, optimizer=SGD(schedules.step_decay(0.8, 0.5, every=1)))
        assert history.learning_rate == [0.8, 0.4, 0.2, 0.1]

    def test_each_epoch_is_told_the_epoch_and_the_network(self) -> None:
        seen: list[tuple[int, Array]] = []
        net = small()
        fit(net, X, Y, epochs=3, each_epoch=lambda epoch, net: seen.append((epoch, net.parameters.copy())))
        assert [epoch for epoch, _ in seen] == [0, 1, 2]
        assert (seen[0][1] != seen[1][1]).any()
        np.testing.assert_array_equal(seen[-1][1], net.parameters)


class TestPatience:
    def overfitted(self, patience: int | None, epochs: int = 60) -> tuple[Network, History, list[Array]]:
        rng = np.random.default_rng(0)
        few, noise = rng.normal(size=(20, 4)), one_hot(rng.integers(0, 2, 20), 2)
        other = rng.normal(size=(40, 4)), one_hot(rng.integers(0, 2, 40), 2)
        net, after = (
            Network([4, 16, 2], "tanh", output="softmax", cost="categorical_cross_entropy", rng=0),
            [],
        )
        history = fit(
            net,
            few,
            noise,
            epochs=epochs,
            batch_size=8,
            optimizer=Adam(0.02),
            validation=other,
            rng=0,
            patience=patience,
            each_epoch=lambda epoch, net: after.append(net.parameters.copy()),
        )
        return net, history, after

    @pytest.mark.parametrize("patience", [1, 3, 10])
    def test_it_stops_so_many_epochs_after_the_best_and_goes_back(self, patience: int) -> None:
        net, history, after = self.overfitted(patience)
        best = int(np.argmin(history.val_cost))
        assert len(history.cost) == best + patience + 1 < 60
        assert history.best_epoch == best
        np.testing.assert_array_equal(net.parameters, after[best])

    def test_it_goes_back_too_where_the_epochs_run_out_first(self) -> None:
        net, history, after = self.overfitted(patience=50, epochs=20)
        assert len(history.cost) == 20
        assert history.best_epoch < 19
        np.testing.assert_array_equal(net.parameters, after[history.best_epoch])

    def test_without_it_the_last_epoch_stays(self) -> None:
        net, history, after = self.overfitted(patience=None)
        assert len(history.cost) == 60
        np.testing.assert_array_equal(net.parameters, after[-1])


class TestDivergence:
    @staticmethod
    def diverge(**settings: object) -> tuple[Network, History]:
        net = Network([2, 3, 1], hidden="linear", output="linear", cost="mse", rng=0)
        message = (
            r"^training diverged: after epoch \d+ the cost is (nan|inf); try a smaller learning rate than 50$"
        )
        with pytest.warns(RuntimeWarning, match=message) as said:
            history = fit(net, X, X[:, :1], epochs=500, optimizer=SGD(50), rng=0, **settings)  # type: ignore[arg-type]
        assert len(said) == 1  # numpy's own warnings, of every overflow, are not added
        assert said[0].filename == __file__
        return net, history

    def test_it_is_said_once_and_the_run_stops(self) -> None:
        _, history = self.diverge()
        assert len(history.cost) < 20
        assert not np.isfinite(history.cost[-1])
        assert np.isfinite(history.cost[:-1]).all()

    def test_with_patience_the_best_parameters_are_kept(self) -> None:
        net, history = self.diverge(validation=(XV, XV[:, :1]), patience=5)
        assert np.isfinite(net.parameters).all()
        assert not np.isfinite(history.val_cost[-1])

    def test_with_l2_it_is_the_same_warning(self) -> None:
        net = Network([2, 3, 1], hidden="linear", output="linear", cost="mse", l2=0.1, rng=0)
        with pytest.warns(RuntimeWarning, match="^training diverged: "):
            fit(net, X, X[:, :1], epochs=500, optimizer=SGD(50), rng=0)

    def test_a_run_that_goes_well_says_nothing(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            fit(small(), 100 * X, Y, epochs=3, validation=(XV, YV))


class TestLearning:
    @pytest.mark.parametrize("hidden", ["tanh", "sigmoid"])
    def test_xor_with_hidden_neurons(self, hidden: str) -> None:
        gate = nnlib.gate("XOR")
        net = Network([2, 4, 1], hidden=hidden, cost="binary_cross_entropy", rng=0)
        fit(net, gate.X, gate.labels[:, None], epochs=500, batch_size=4, optimizer=Adam(0.05), rng=0)
        np.testing.assert_array_equal(net.classify(gate.X), gate.labels)
        assert net.cost(gate.X, gate.labels[:, None]) < 0.05

    def test_not_without(self) -> None:
        gate = nnlib.gate("XOR")
        net = Network([2, 1], cost="binary_cross_entropy", rng=0)
        fit(net, gate.X, gate.labels[:, None], epochs=500, batch_size=4, optimizer=Adam(0.05), rng=0)
        assert net.cost(gate.X, gate.labels[:, None]) == pytest.approx(np.log(2), abs=1e-3)

    @pytest.mark.parametrize("hidden", ["tanh", "relu", "leaky_relu", "prelu", "swish"])
    @pytest.mark.parametrize("optimizer", [Adam(0.02), SGD(0.1, momentum=0.9)])
    def test_moons(self, hidden: str, optimizer: nnlib.Optimizer) -> None:
        train, test = nnlib.moons(300, rng=0), nnlib.moons(300, rng=1)
        net = Network(
            [2, 16, 2],
            hidden,
            output="softmax",
            cost="categorical_cross_entropy",
            init="he",
            rng=0,
            dtype=np.float32,
        )
        history = fit(net, train.X, one_hot(train.labels, 2), epochs=60, optimizer=optimizer, rng=0)
        assert (net.classify(test.X) == test.labels).mean() > 0.98
        assert history.cost[-1] < history.cost[0] / 4

    def test_a_curve(self) -> None:
        x = np.linspace(-1, 1, 100)[:, None]
        y = np.sin(3 * x)
        net = Network([1, 20, 1], hidden="tanh", output="linear", cost="mse", init="normal", rng=0)
        fit(net, x, y, epochs=300, optimizer=Adam(0.02), rng=0)
        assert net.cost(x, y) < 0.01 * y.var()

    def test_full_batches_of_a_linear_network_find_the_least_squares_line(self) -> None:
        rng = np.random.default_rng(0)
        inputs = rng.normal(size=(40, 3))
        targets = inputs @ rng.normal(size=(3, 2)) + 0.7 + 0.1 * rng.normal(size=(40, 2))
        net = Network([3, 2], output="linear", cost="quadratic", init="zeros")
        fit(net, inputs, targets, epochs=400, batch_size=40, optimizer=SGD(0.3))
        best = np.linalg.lstsq(np.column_stack([inputs, np.ones(40)]), targets)[0]
        np.testing.assert_allclose(net.W[1], best[:-1].T, atol=1e-10)
        np.testing.assert_allclose(net.b[1], best[-1], atol=1e-10)

    def test_l2_keeps_the_weights_small(self) -> None:
        sizes = []
        for l2 in (0.0, 0.05):
            net = small(l2=l2)
            fit(net, X, Y, epochs=60, optimizer=Adam(0.02), rng=0)
            sizes.append(sum(float((w**2).sum()) for w in net.W))
        assert sizes[1] < sizes[0] / 2

    @pytest.mark.parametrize(("momentum", "l2"), [(0.0, 0.0), (0.0, 0.02), (0.9, 0.02)])
    def test_a_run_of_full_batches_against_scikit_learn(self, momentum: float, l2: float) -> None:
        net = Network([2, 5, 1], hidden="tanh", cost="binary_cross_entropy", l2=l2, rng=0)
        mlp = MLPClassifier(
            hidden_layer_sizes=[5],
            activation="tanh",
            solver="sgd",
            alpha=l2 * len(X),
            batch_size=len(X),
            learning_rate_init=0.2,
            momentum=momentum,
            nesterovs_momentum=False,
        )
        mlp.partial_fit(X, LABELS, classes=[0, 1])  # makes its arrays; then both start from the same numbers
        mlp.coefs_, mlp.intercepts_ = [w.T.copy() for w in net.W], [b.copy() for b in net.b]
        del mlp._optimizer
        costs = []
        for _ in range(40):
            mlp.partial_fit(X, LABELS)
            costs.append(mlp.loss_)
        history = fit(
            net, X, LABELS[:, None], epochs=40, batch_size=len(X), optimizer=SGD(0.2, momentum), rng=0
        )
        np.testing.assert_allclose(history.cost, costs, rtol=1e-9)
        for ours, other in zip(net.W, mlp.coefs_, strict=True):
            np.testing.assert_allclose(ours, other.T, rtol=1e-7, atol=1e-10)


class TestBadInput:
    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            ({"epochs": 0}, "epochs is 0; a whole number of at least 1 is expected$"),
            ({"epochs": 1.5}, r"epochs is 1\.5; a whole number of at least 1 is expected$"),
            ({"batch_size": 0}, "batch_size is 0; a whole number of at least 1 is expected$"),
            ({"batch_size": True}, "batch_size is True; a whole number of at least 1 is expected$"),
            (
                {"patience": 3},
                r"patience is 3; it watches validation rows, so validation=\(X, Y\) is expected$",
            ),
            (
                {"patience": 0, "validation": (XV, YV)},
                "patience is 0; a whole number of at least 1 is expected$",
            ),
            (
                {"optimizer": "adam"},
                r"optimizer is 'adam'; an optimizer such as nnlib\.Adam\(\) is expected$",
            ),
            ({"validation": (XV[:, :1], YV)}, "validation X has 1 features; this network expects 2$"),
            (
                {"validation": (XV, YV[:5])},
                "validation Y has 5 rows and its inputs 40; a target an example is",
            ),
            (
                {"validation": (XV, LABELS_V)},
                r"validation Y has shape \(40,\); this network has 2 outputs: use nnlib",
            ),
            (
                {"validation": (XV, 2 * YV)},
                "validation Y reaches from 0 to 2; categorical_cross_entropy expects",
            ),
        ],
    )
    def test_settings(self, settings: dict[str, object], message: str) -> None:
        net = small()
        before = net.parameters.copy()
        with pytest.raises(ValueError, match=f"^{message}"):
            fit(net, X, Y, **settings)  # type: ignore[arg-type]
        np.testing.assert_array_equal(net.parameters, before)

    def test_rows(self) -> None:
        with pytest.raises(ValueError, match=r"^X has 3 features; this network expects 2$"):
            fit(small(), np.zeros((5, 3)), Y)
        with pytest.raises(
            ValueError, match=r"^Y has 69 rows and its inputs 70; a target an example is expected$"
        ):
            fit(small(), X, Y[:-1])
