"""Data to learn from: the real digits, small sets made to order, and what prepares them."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nnlib import checks
from nnlib.checks import Array, Seed
from nnlib.settings import MOST, shown

Labels = npt.NDArray[np.intp]


class Examples(NamedTuple):
    """Inputs ``X``, shape (N, features), an example a row, and their classes ``labels``, shape (N,)."""

    X: Array
    labels: Labels


class Table(NamedTuple):
    """Measurements ``X``, shape (N, columns), an amount ``Y`` to predict, shape (N, 1), and column names."""

    X: Array
    Y: Array
    names: tuple[str, ...]


class Split(NamedTuple):
    """Row numbers: those to learn from, and those held back."""

    train: Labels
    held_out: Labels


def one_hot(labels: npt.ArrayLike, n_classes: int) -> Array:
    """Labels of shape (N,) as rows of zeros with a 1 in the label's column, shape (N, n_classes).

    Raises a ``ValueError`` for labels that are not whole numbers from 0 to n_classes - 1, and for more than
    ten million numbers in all.

    >>> import nnlib
    >>> nnlib.one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    columns = checks.labels("labels", labels, checks.whole("n_classes", n_classes))
    if len(columns) * n_classes > MOST:
        size = f"{len(columns)} labels of n_classes = {n_classes} make {len(columns) * n_classes:,} numbers"
        raise ValueError(f"{size}; at most {MOST:,} are expected")
    rows = np.zeros((len(columns), n_classes))
    rows[np.arange(len(columns)), columns] = 1
    return rows


class Standardizer:
    r"""$(x - \text{mean})/\text{sd}$, column by column: mean 0 and (population) standard deviation 1.

    Fit it on the training rows only, and use it on all. A column that does not vary there (up to rounding)
    becomes 0, and its ``sd`` is 1, so that ``Z * sd + mean`` undoes it. A column that varies by
    less than 1e-307, and rows too far out to be measured by those of :meth:`fit`, are a ``ValueError``.

    >>> import nnlib
    >>> nnlib.Standardizer().fit_transform([[1.0, 5.0], [3.0, 5.0]])
    array([[-1.,  0.],
           [ 1.,  0.]])
    """

    mean: Array
    sd: Array
    varies: npt.NDArray[np.bool_]

    def fit(self, X: npt.ArrayLike) -> Standardizer:
        """Learn each column's mean and standard deviation from ``X``, shape (N, features)."""
        X = checks.matrix("X", X, None, "features")
        # In units of a power of two, which change no digit, squares neither overflow nor vanish.
        unit = np.ldexp(1.0, np.frexp(np.abs(X).max(axis=0))[1] - 1)
        u = X / unit
        varies = np.ptp(u, axis=0) > 16 * np.finfo(float).eps  # else rounding is all that varies
        sd = np.where(varies, u.std(axis=0), 1.0)
        narrow = varies & (sd * unit < np.finfo(float).tiny)
        if narrow.any():
            column = int(narrow.argmax())
            raise ValueError(f"column {column} of X varies by less than 1e-307; give it in a smaller unit")
        self._unit, self._sd, self.varies = unit, sd, varies
        self._mean = np.where(varies, u.mean(axis=0), u[0])
        self.mean, self.sd = self._mean * unit, np.where(varies, sd * unit, 1.0)
        return self

    def transform(self, X: npt.ArrayLike) -> Array:
        """``X`` with the means taken off and divided by the standard deviations learned in :meth:`fit`."""
        if not hasattr(self, "mean"):
            raise ValueError("this Standardizer has seen no data; call fit with the training rows first")
        X = checks.matrix("X", X, None, "features")
        if X.shape[1] != len(self.mean):
            raise ValueError(f"X has {X.shape[1]} features; this Standardizer was fitted on {len(self.mean)}")
        return checks.held(self._measured, "X", X)

    def _measured(self, X: Array) -> Array:
        return np.where(self.varies, (X / self._unit - self._mean) / self._sd, 0.0)

    def fit_transform(self, X: npt.ArrayLike) -> Array:
        """:meth:`fit`, then :meth:`transform`, on the same rows."""
        return self.fit(X).transform(X)


def split_rows(
    n: int, held_out: float = 0.2, *, stratify: npt.ArrayLike | None = None, rng: Seed = None
) -> Split:
    """The row numbers 0 to n - 1 in two shuffled parts, the share ``held_out`` of them held back.

    With ``stratify``, the labels of the n rows, each class is split by itself, so that both parts have every
    class in proportion: its share rounded down, and one more for the classes that lose most by that, until
    ``held_out`` of all rows are held back. A split that leaves a part empty is a ``ValueError``.
    """
    n, share = checks.whole("n", n, 2), checks.number("held_out", held_out, 0, 1)
    generator = checks.generator(rng)
    classes = np.zeros(n, dtype=np.intp) if stratify is None else checks.labels("stratify", stratify)
    if len(classes) != n:
        raise ValueError(f"stratify has {len(classes)} labels; {n} are expected, one a row")
    begin = np.unique(np.sort(classes), return_index=True)[1]
    parts = [generator.permutation(rows) for rows in np.split(np.argsort(classes, kind="stable"), begin[1:])]
    exact = share * np.array([len(part) for part in parts])
    cuts = np.floor(exact).astype(np.intp)
    cuts[np.argsort(cuts - exact, kind="stable")[: round(share * n) - cuts.sum()]] += 1
    train = np.concatenate([part[cut:] for part, cut in zip(parts, cuts, strict=True)])
    back = np.concatenate([part[:cut] for part, cut in zip(parts, cuts, strict=True)])
    if not len(train) or not len(back):
        parts_sizes = f"{len(train)} to learn from and {len(back)} held back"
        raise ValueError(
            f"held_out is {held_out}; of {n} rows that leaves {parts_sizes}, and both parts need some"
        )
    return Split(generator.permutation(train), generator.permutation(back))


def load_digits() -> Examples:
    """1,797 real handwritten digits: ``X`` of shape (1797, 64), 8x8 pixels row by row, 0 (paper) to 16 (ink).

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository, 1998 (its test set), CC BY 4.0.
    """
    with (files("nnlib") / "datasets" / "digits.npz").open("rb") as file, np.load(file) as digits:
        return Examples(digits["pixels"].astype(float), digits["labels"].astype(np.intp))


def load_diabetes() -> Table:
    """442 real patients: ten measurements ``X``, and how far their diabetes had progressed a year on, ``Y``.

    The columns, in units of their own: age in years, sex (1 or 2), body mass index, mean blood pressure, and
    of the blood total cholesterol, LDL, HDL, cholesterol/HDL, the logarithm of triglycerides (it seems) and
    sugar. ``Y`` is a score from 25 to 346.

    Source: B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least Angle Regression, The Annals of
    Statistics 32, 2004, as scikit-learn distributes it (BSD 3-clause).
    """
    names = ("age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu")
    with (files("nnlib") / "datasets" / "diabetes.npz").open("rb") as file, np.load(file) as patients:
        return Table(patients["measurements"], patients["progression"].astype(float)[:, None], names)


GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0)}


def gate(name: str) -> Examples:
    """A logic gate, ``AND``, ``OR`` or ``XOR``: the inputs 00, 01, 10, 11 and their labels."""
    if not isinstance(name, str) or name not in GATES:
        raise ValueError(f"there is no gate {shown(name)}; the names are {', '.join(GATES)}")
    return Examples(np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array(GATES[name], dtype=np.intp))


def moons(n: int = 200, noise: float = 0.1, *, rng: Seed = None) -> Examples:
    """Two half-circles of radius 1 that reach into each other, ``n`` points in all.

    ``noise`` is the standard deviation added, here as in the sets below; a negative one is a ``ValueError``,
    and so are more than ten million points.
    """
    labels, generator = _halves(n, rng)
    angle = np.pi * generator.random(n)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    return _noisy(np.where(labels[:, None] == 0, upper, lower), labels, noise, generator)


def spirals(n: int = 200, noise: float = 0.05, *, turns: float = 1.0, rng: Seed = None) -> Examples:
    """Two arms that wind ``turns`` times around each other, out to radius 1."""
    labels, generator = _halves(n, rng)
    radius = np.sqrt(generator.random(n))
    angle = 2 * np.pi * checks.number("turns", turns, 0) * radius + np.pi * labels
    if not np.isfinite(angle).all():
        raise ValueError(f"turns is {turns}; fewer of them are expected")
    return _noisy(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), labels, noise, generator)


def blobs(n: int = 200, classes: int = 2, *, noise: float = 0.3, rng: Seed = None) -> Examples:
    """``classes`` round clouds, their centres on a circle of radius 1."""
    generator = checks.generator(rng)
    labels = np.arange(checks.whole("n", n)) % checks.whole("classes", classes)
    angle = 2 * np.pi * labels / classes
    return _noisy(np.column_stack([np.cos(angle), np.sin(angle)]), labels, noise, generator)


def _halves(n: int, rng: Seed) -> tuple[Labels, np.random.Generator]:
    return np.arange(checks.whole("n", n, 2)) % 2, checks.generator(rng)


def _noisy(X: Array, labels: Labels, noise: float, generator: np.random.Generator) -> Examples:
    sd = checks.number("noise", noise, 0)
    added = checks.held(lambda z: sd * z, ["noise"], generator.standard_normal(X.shape))
    return Examples(X + added, labels)
