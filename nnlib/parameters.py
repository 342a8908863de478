"""All that a network learns, in one vector, and layer by layer as views into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from nnlib import checks
from nnlib.checks import Array
from nnlib.settings import count, shown, sizes_of


class Layers:
    """One array a layer, numbered from 1: views into a flat vector.

    -1 is the last layer, as in any list. Assigning copies into the view. Another shape, or numbers that are
    not finite, are a ``ValueError``; a layer that is not there, such as 0, is an ``IndexError``.
    """

    def __init__(self, name: str, arrays: list[Array]) -> None:
        # The equations run over a plain list. They number layers from 1, so its place 0 stays empty.
        self._name, self.arrays = name, [arrays[0][:0], *arrays]

    def __getitem__(self, l: int) -> Array:
        whole = isinstance(l, (int, np.integer)) and not isinstance(l, (bool, np.timedelta64))
        layer = 0 if not whole else l + len(self.arrays) if l < 0 else l
        if not 1 <= layer < len(self.arrays):
            raise IndexError(f"there is no {self._name}[{shown(l)}]; layers are numbered 1 to {len(self)}")
        return self.arrays[layer]

    def __setitem__(self, l: int, values: npt.ArrayLike) -> None:
        view = self[l]
        view[...] = checks.shaped(f"{self._name}[{l}]", values, view.shape, view.dtype)

    def assign(self, values: Layers | Sequence[npt.ArrayLike]) -> None:
        """Copy an array for each layer, all of them or, after a ``ValueError``, none."""
        unsized = isinstance(values, (str, bytes, set, dict)) or not np.iterable(values)
        given = [] if unsized else [array for array, _ in zip(values, range(len(self) + 1), strict=False)]
        if len(given) != len(self):
            more = "more than " if len(given) > len(self) else ""  # no more than one of them was counted
            came = shown(values) if unsized else f"{more}{len(given) - bool(more)} arrays"
            raise ValueError(f"{self._name} was given {came}; {len(self)} are expected")
        names = (f"{self._name}[{l}]" for l in range(1, len(self) + 1))
        for view, array in [
            (view, checks.shaped(name, array, view.shape, view.dtype).copy())
            for name, array, view in zip(names, given, self, strict=True)
        ]:
            view[...] = array

    def __len__(self) -> int:
        return len(self.arrays) - 1

    def __iter__(self) -> Iterator[Array]:
        return iter(self.arrays[1:])

    def __repr__(self) -> str:
        return f"{self._name}: " + ", ".join(f"[{l}] {array.shape}" for l, array in enumerate(self, 1))


class Parameters:
    """Weights ``W[l]``, biases ``b[l]`` and leaks ``leaks[l]``, all of them views into one vector ``flat``.

    The vector holds layer 1's weights, row by row, and its biases, then layer 2's, and so on, and at its end
    a leak for each layer that ``leaky`` numbers (PReLU); any other layer's ``leaks[l]`` is empty.
    """

    def __init__(self, flat: Array, sizes: Sequence[int], leaky: Sequence[int]) -> None:
        sizes = sizes_of(sizes)
        n = count(sizes) + len(leaky)
        if not isinstance(flat, np.ndarray) or flat.dtype.kind != "f" or flat.shape != (n,):
            raise ValueError(f"flat is {shown(flat)}; a float array of shape {(n,)} is expected")
        if not all(isinstance(l, (int, np.integer)) and 1 <= l < len(sizes) for l in leaky):
            raise ValueError(f"leaky is {shown(leaky)}; layers from 1 to {len(sizes) - 1} are expected")
        self.flat, self.sizes, self.leaky = flat, sizes, leaky
        W, b, at = [], [], 0
        for n, m in zip(sizes[1:], sizes[:-1], strict=True):
            W.append(flat[at : at + n * m].reshape(n, m))
            b.append(flat[at + n * m : at + n * m + n])
            at += n * m + n
        self.W, self.b = Layers("W", W), Layers("b", b)
        self.leaks = [flat[:0]] * len(sizes)
        for place, l in enumerate(leaky, at):
            self.leaks[l] = flat[place : place + 1]

    @classmethod
    def zeros(cls, sizes: Sequence[int], leaky: Sequence[int], dtype: npt.DTypeLike) -> Parameters:
        """As many parameters as layers of these sizes have, all of them 0."""
        return cls(np.zeros(count(sizes) + len(leaky), dtype), sizes, leaky)

    def __reduce__(self) -> tuple[type[Parameters], tuple[Any, ...]]:
        # However they are copied or saved: views into their own vector, not arrays beside it.
        return type(self), (self.flat, self.sizes, self.leaky)
