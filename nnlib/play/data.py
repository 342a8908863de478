"""The points of the plane that ``play`` learns from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from nnlib import checks
from nnlib.checks import Seed
from nnlib.data import Examples, blobs, gate, moons, spirals

#: Every set of points, and how noisy it is unless something else is said.
NOISE: Mapping[str, float] = {
    "spiral": 0.02,
    "circles": 0.0,
    "xor": 0.0,
    "moons": 0.1,
    "blobs": 0.3,
    "gate": 0.0,
}


def points(
    data: str, n: int = 160, *, noise: float | None = None, classes: int = 2, rng: Seed = None
) -> Examples:
    r"""``n`` points of the plane and their classes, as the figure of ``nnlib.play`` draws them.

    Args:
        data: "spiral" (``nnlib.spirals``, three times as large), "circles" (a disc in a ring), "xor" (four
            squares), "moons" and "blobs" (as in ``nnlib``), or "gate" (the four inputs of XOR).
        noise: a standard deviation; each set has its own where none is given.
        classes: of "blobs"; the others have two.
        rng: a seed or a numpy Generator.

    Raises a ``ValueError`` that says what came and what was expected.
    """
    if data not in NOISE:
        raise ValueError(f"there is no set of points {data!r}; the names are {', '.join(NOISE)}")
    noise = checks.number("noise", NOISE[data] if noise is None else noise, 0)
    n, generator = checks.whole("n", n, 2), checks.generator(rng)
    if data == "gate":
        return gate("XOR")
    if data == "moons":
        return moons(n, noise, rng=generator)
    if data == "blobs":
        return blobs(n, classes, noise=noise, rng=generator)
    if data == "spiral":
        X, labels = spirals(n, noise, turns=1.25, rng=generator)
        return Examples(3 * X, labels)
    X, labels = _DRAWN[data](generator, n)
    return Examples(X + generator.normal(0, noise, X.shape), labels)


def _xor(rng: np.random.Generator, n: int) -> Examples:
    labels = np.arange(n) % 2
    X = rng.uniform(0.25, 2.9, (n, 2)) * rng.choice([-1, 1], (n, 2))
    X[:, 0] *= np.where((X[:, 0] * X[:, 1] > 0) == (labels == 0), 1, -1)
    return Examples(X, labels)


def _circles(rng: np.random.Generator, n: int) -> Examples:
    labels, angle = np.arange(n) % 2, rng.uniform(0, 2 * np.pi, n)
    radius = np.where(labels == 1, rng.uniform(0, 1.3, n), rng.uniform(1.9, 3, n))
    return Examples(radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), labels)


_DRAWN: Mapping[str, Callable[[np.random.Generator, int], Examples]] = {"xor": _xor, "circles": _circles}
