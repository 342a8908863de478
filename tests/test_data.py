"""Data: the digits byte for byte, standardising, one-hot rows, splits, toy sets, bad input."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import datasets
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import nnlib
from nnlib import Standardizer, one_hot, split_rows
from nnlib.data import GATES, Examples

Array = npt.NDArray[np.floating]
DIGITS = nnlib.load_digits()


class TestDigits:
    def test_byte_for_byte_those_of_scikit_learn(self) -> None:
        theirs = datasets.load_digits()
        assert DIGITS.X.tobytes() == theirs.data.astype(np.float64).tobytes()
        assert DIGITS.labels.tobytes() == theirs.target.astype(np.intp).tobytes()

    def test_shapes_and_ranges(self) -> None:
        assert DIGITS.X.shape == (1797, 64)
        assert DIGITS.labels.shape == (1797,)
        assert (DIGITS.X.min(), DIGITS.X.max()) == (0, 16)
        np.testing.assert_array_equal(DIGITS.X, DIGITS.X.round())
        np.testing.assert_array_equal(
            np.bincount(DIGITS.labels), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
        )

    def test_each_call_gives_arrays_of_its_own(self) -> None:
        first = nnlib.load_digits()
        first.X[:] = 0
        first.labels[:] = 0
        np.testing.assert_array_equal(nnlib.load_digits().X, DIGITS.X)
        np.testing.assert_array_equal(nnlib.load_digits().labels, DIGITS.labels)


class TestDiabetes:
    def test_byte_for_byte_those_of_scikit_learn(self) -> None:
        theirs, ours = datasets.load_diabetes(scaled=False), nnlib.load_diabetes()
        assert ours.X.tobytes() == theirs.data.astype(np.float64).tobytes()
        assert ours.Y[:, 0].tobytes() == theirs.target.astype(np.float64).tobytes()

    def test_shapes_and_names(self) -> None:
        X, Y, names = nnlib.load_diabetes()
        assert X.shape == (442, 10)
        assert Y.shape == (442, 1)  # as a network with one output expects its targets
        assert (Y.min(), Y.max()) == (25, 346)
        assert names == ("age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu")
        assert np.corrcoef(X[:, 7], X[:, 4] / X[:, 6])[0, 1] > 0.97  # tch is tc / hdl, rounded

    def test_each_call_gives_arrays_of_its_own(self) -> None:
        nnlib.load_diabetes().X[:] = 0
        assert nnlib.load_diabetes().X[0, 0] == 59


class TestStandardizer:
    def test_w18_the_first_image(self) -> None:
        image = Standardizer().fit_transform(DIGITS.X)[0].reshape(8, 8)
        np.testing.assert_array_equal(
            image[0].round(3) + 0.0, [0, -0.335, -0.043, 0.274, -0.664, -0.844, -0.41, -0.125]
        )
        assert DIGITS.X[:, 1].mean() == pytest.approx(0.304, abs=5e-4)  # the slide says 3

    def test_against_scikit_learn_constant_columns_included(self) -> None:
        ours, theirs = Standardizer().fit(DIGITS.X[:1000]), StandardScaler().fit(DIGITS.X[:1000])
        constant = np.ptp(DIGITS.X[:1000], axis=0) == 0
        assert constant.any()
        for rows in (DIGITS.X[:1000], DIGITS.X[1000:]):
            mine, other = ours.transform(rows), theirs.transform(rows)
            np.testing.assert_allclose(mine[:, ~constant], other[:, ~constant], rtol=1e-11, atol=1e-13)
            # Ours is 0 in a column that was constant, also for rows in which it is not; theirs is x - mean.
            np.testing.assert_array_equal(mine[:, constant], 0)

    @given(st.floats(-1e6, 1e6), st.integers(1, 30))
    def test_a_constant_column_is_zero_however_its_mean_rounds(self, value: float, n: int) -> None:
        X = np.column_stack([np.full(n, value), np.arange(n)])
        np.testing.assert_array_equal(Standardizer().fit_transform(X)[:, 0], 0)

    def test_mean_0_and_standard_deviation_1(self) -> None:
        X = np.random.default_rng(0).normal(5, 3, (200, 4))
        Z = Standardizer().fit_transform(X)
        np.testing.assert_allclose(Z.mean(axis=0), 0, atol=1e-14)
        np.testing.assert_allclose(Z.std(axis=0), 1, rtol=1e-14)

    def test_other_rows_are_measured_by_those_it_was_fitted_on(self) -> None:
        s = Standardizer().fit([[0.0], [2.0]])
        np.testing.assert_array_equal(s.transform([[5.0]]), [[4.0]])

    def test_its_input_stays_as_it_is(self) -> None:
        X = np.random.default_rng(0).normal(size=(5, 2))
        before = X.copy()
        Standardizer().fit_transform(X)
        np.testing.assert_array_equal(X, before)

    def test_bad_input(self) -> None:
        with pytest.raises(
            ValueError, match=r"^this Standardizer has seen no data; call fit with the training"
        ):
            Standardizer().transform([[1.0]])
        with pytest.raises(ValueError, match=r"^X has 3 features; this Standardizer was fitted on 2$"):
            Standardizer().fit(np.zeros((4, 2))).transform(np.zeros((4, 3)))
        with pytest.raises(
            ValueError, match=r"^X has shape \(4,\); a matrix is expected, an example a row: for"
        ):
            Standardizer().fit(np.zeros(4))
        with pytest.raises(ValueError, match=r"^X has inf at index \(0, 1\); finite numbers are expected$"):
            Standardizer().fit([[0, np.inf], [np.nan, 0]])


class TestOneHot:
    def test_w19_the_first_labels_of_the_slide(self) -> None:
        rows = one_hot([9, 9, 4, 3], 10)
        assert rows.shape == (4, 10)  # the slide prints nine entries a row
        np.testing.assert_array_equal(rows[2], [0, 0, 0, 0, 1, 0, 0, 0, 0, 0])
        np.testing.assert_array_equal(rows.argmax(axis=1), [9, 9, 4, 3])

    def test_against_scikit_learn(self) -> None:
        theirs = OneHotEncoder(sparse_output=False).fit_transform(DIGITS.labels[:, None])
        np.testing.assert_array_equal(one_hot(DIGITS.labels, 10), theirs)

    @pytest.mark.parametrize("labels", [np.array([0.0, 2.0]), np.array([0, 2], np.uint8), (0, 2)])
    def test_any_kind_of_whole_number_will_do(self, labels: npt.ArrayLike) -> None:
        np.testing.assert_array_equal(one_hot(labels, 3), [[1, 0, 0], [0, 0, 1]])

    @pytest.mark.parametrize(
        ("labels", "n", "message"),
        [
            ([0, 3], 3, "labels has the label 3; 0 to 2 is expected"),
            ([0, -1], 3, "labels has the label -1; 0 to 2 is expected"),
            ([[0, 1]], 3, r"labels has shape \(1, 2\); a vector is expected, a label an example"),
            (2, 3, r"labels has shape \(\); a vector is expected, a label an example"),
            ([0.5, 1], 3, r"labels holds \[0\.5, 1\.0\] \.\.\.; class indices 0, 1, 2, \.\.\. are expected"),
            (
                [0, np.nan],
                3,
                r"labels holds \[0\.0, nan\] \.\.\.; class indices 0, 1, 2, \.\.\. are expected",
            ),
            (["0", "1"], 3, r"labels holds \['0', '1'\] \.\.\.; class indices 0, 1, 2, \.\.\. are expected"),
            ([0, 1], 0, "n_classes is 0; a whole number of at least 1 is expected"),
            ([0, 1], 2.0, r"n_classes is 2\.0; a whole number of at least 1 is expected"),
        ],
    )
    def test_bad_input(self, labels: npt.ArrayLike, n: int, message: str) -> None:
        with pytest.raises(ValueError, match=f"^{message}$"):
            one_hot(labels, n)


class TestSplit:
    @settings(max_examples=40)
    @given(st.integers(4, 300), st.floats(0.2, 0.8), st.integers(0, 99))
    def test_every_row_is_in_one_part(self, n: int, share: float, seed: int) -> None:
        train, held_out = split_rows(n, share, rng=seed)
        np.testing.assert_array_equal(np.sort(np.concatenate([train, held_out])), np.arange(n))
        assert len(held_out) == round(share * n)

    def test_a_seed_gives_the_same_parts_another_others(self) -> None:
        for part, again, other in zip(*(split_rows(100, rng=seed) for seed in (3, 3, 4)), strict=True):
            np.testing.assert_array_equal(part, again)
            assert (part != other).any()

    def test_the_rows_are_shuffled(self) -> None:
        train, held_out = split_rows(1000, 0.5, rng=0)
        assert abs(held_out.mean() - 500) < 40
        assert (np.diff(train) < 0).mean() == pytest.approx(0.5, abs=0.1)

    @pytest.mark.parametrize("share", [0.2, 0.25, 0.5])
    def test_stratified_every_class_is_held_back_in_proportion(self, share: float) -> None:
        train, held_out = split_rows(1797, share, stratify=DIGITS.labels, rng=0)
        np.testing.assert_array_equal(np.sort(np.concatenate([train, held_out])), np.arange(1797))
        counts, held = np.bincount(DIGITS.labels), np.bincount(DIGITS.labels[held_out])
        assert np.abs(held - share * counts).max() <= 0.5
        assert (np.diff(DIGITS.labels[train]) == 0).mean() < 0.2  # mixed, not class after class

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"n": 1}, "n is 1; a whole number of at least 2 is expected"),
            ({"n": 10, "held_out": 1.5}, r"held_out is 1\.5; a number at least 0 and at most 1 is expected"),
            (
                {"n": 10, "held_out": 0},
                "held_out is 0; of 10 rows that leaves 10 to learn from and 0 held back",
            ),
            (
                {"n": 3, "held_out": 0.9},
                r"held_out is 0\.9; of 3 rows that leaves 0 to learn from and 3 held back",
            ),
            ({"n": 4, "stratify": [0, 1]}, "stratify has 2 labels; 4 are expected, one a row"),
            ({"n": 2, "stratify": [0, 0.5]}, r"stratify holds \[0\.0, 0\.5\] \.\.\.; class indices"),
        ],
    )
    def test_bad_input(self, arguments: dict[str, int], message: str) -> None:
        with pytest.raises(ValueError, match=f"^{message}"):
            split_rows(**arguments)


class TestToySets:
    @pytest.mark.parametrize("name", GATES)
    def test_gates(self, name: str) -> None:
        logic = {"AND": np.logical_and, "OR": np.logical_or, "XOR": np.logical_xor}[name]
        X, labels = nnlib.gate(name)
        np.testing.assert_array_equal(X, [[0, 0], [0, 1], [1, 0], [1, 1]])
        np.testing.assert_array_equal(labels, logic(X[:, 0], X[:, 1]))

    @pytest.mark.parametrize("make", [nnlib.moons, nnlib.spirals, nnlib.blobs])
    @pytest.mark.parametrize("n", [2, 7, 100])
    def test_shapes_balance_and_seeds(self, make: Callable[..., Examples], n: int) -> None:
        X, labels = make(n, rng=0)
        assert X.shape == (n, 2)
        assert labels.shape == (n,)
        assert abs(n - 2 * labels.sum()) <= 1
        np.testing.assert_array_equal(make(n, rng=0).X, X)
        assert (make(n, rng=1).X != X).any()

    def test_moons_without_noise_lie_on_two_half_circles(self) -> None:
        X, labels = nnlib.moons(500, noise=0, rng=0)
        centres = np.where(labels[:, None] == 0, [0, 0], [1, 0.5])
        np.testing.assert_allclose(np.linalg.norm(X - centres, axis=1), 1)
        side = (X - centres)[:, 1]
        assert (side[labels == 0] >= 0).all()
        assert (side[labels == 1] <= 0).all()

    def test_spirals_without_noise_are_one_curve_and_its_mirror_image(self) -> None:
        X, labels = nnlib.spirals(400, noise=0, turns=1.5, rng=0)
        radius = np.linalg.norm(X, axis=1)
        angle = 2 * np.pi * 1.5 * radius + np.pi * labels
        np.testing.assert_allclose(
            X, radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), atol=1e-12
        )
        assert radius.max() <= 1

    @pytest.mark.parametrize("classes", [1, 3, 5])
    def test_blobs_lie_around_their_centres(self, classes: int) -> None:
        X, labels = nnlib.blobs(5000, classes, noise=0.2, rng=0)
        assert set(labels) == set(range(classes))
        for c in range(classes):
            centre = [np.cos(2 * np.pi * c / classes), np.sin(2 * np.pi * c / classes)]
            np.testing.assert_allclose(X[labels == c].mean(axis=0), centre, atol=0.03)
            np.testing.assert_allclose(X[labels == c].std(axis=0), 0.2, rtol=0.06)

    @pytest.mark.parametrize("make", [nnlib.moons, nnlib.spirals, nnlib.blobs])
    def test_noise_is_the_standard_deviation_of_what_is_added(self, make: Callable[..., Examples]) -> None:
        added = make(4000, noise=0.5, rng=3).X - make(4000, noise=0, rng=3).X
        np.testing.assert_allclose(added.std(axis=0), 0.5, rtol=0.04)
        np.testing.assert_allclose(added.mean(axis=0), 0, atol=0.03)

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: nnlib.gate("NAND"), "there is no gate 'NAND'; the names are AND, OR, XOR"),
            (lambda: nnlib.moons(1), "n is 1; a whole number of at least 2 is expected"),
            (lambda: nnlib.moons(10, noise=-1), "noise is -1; a number at least 0 is expected"),
            (lambda: nnlib.spirals(10, turns=np.inf), "turns is inf; a number at least 0 is expected"),
            (lambda: nnlib.blobs(10, classes=0), "classes is 0; a whole number of at least 1 is expected"),
            (lambda: nnlib.blobs(0), "n is 0; a whole number of at least 1 is expected"),
        ],
    )
    def test_bad_input(self, make: Callable[[], Examples], message: str) -> None:
        with pytest.raises(ValueError, match=f"^{message}$"):
            make()
