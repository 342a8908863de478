"""``explore``: one figure whose parameters a reader moves, live in a notebook and on the static page.

    explore(figures.gradient_descent.descent, learning_rate=[0.01, 0.1, 1.0], start=[-2.0, 2.0])

A *draw function* ``draw(**values) -> (Figure, caption)`` is pure: the same values give the same figure. In
a running kernel its controls are ipywidgets that redraw one image. Where the environment says
``NNLIB_STATIC=1``, as it does while the book is built, every frame is drawn at once and packed into the page,
which then needs no kernel.

The package is named like the one thing it does, and can be called as that: ``nnlib.explore(draw, ...)``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any

from nnlib.explore.choices import Choices, Values, call_text, check_names, read_choices

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from nnlib.explore.live import Bundle, LiveExplorer

    Draw = Callable[..., tuple[Figure, str]]

__all__ = ["Explorer", "Shown", "collect", "explore", "grid", "show"]

STATIC = "NNLIB_STATIC"

_collections: list[list[Explorer | Shown]] = []


def explore(draw: Draw, /, *, default: Mapping[str, Any] | None = None, **choices: Sequence[Any]) -> Explorer:
    """A figure with a control for each parameter.

    Args:
        draw: ``draw(**values) -> (Figure, caption)``, pure. The caption is a sentence with the numbers that
            matter: it stands below the picture, is read out, and is the cell's text in a stored notebook.
        default: where controls start, as a dict; a control that is not named starts at its first value.
        **choices: for each parameter its values: numbers make a slider over exactly those, strings a menu,
            ``[False, True]`` a checkbox (``[True, False]``: one that starts ticked).

    Raises:
        ValueError: saying what came and what was expected, for parameters that ``draw`` does not take or that
            are missing, for values that are none, one, repeated or mixed, and for more than 2,000 frames.
    """
    explorer = Explorer(draw, read_choices(draw, choices, default))
    _collect(explorer)
    return explorer


def show(draw: Draw, /, **values: Any) -> Shown:
    """One fixed frame of a draw function: a figure without controls, with the look of an explorer.

    Raises:
        ValueError: for parameters that ``draw`` does not take or that are missing.
    """
    check_names(draw, values)
    shown = Shown(draw, values)
    _collect(shown)
    return shown


def grid(draw: Draw, /, **choices: Sequence[Any]) -> Iterator[Values]:
    """Every combination of the choices, as the dicts of values that ``explore`` would draw, in its order."""
    yield from read_choices(draw, choices)


@contextmanager
def collect() -> Iterator[list[Explorer | Shown]]:
    """Gather everything that ``explore`` and ``show`` return within a ``with`` block, for tests to walk."""
    gathered: list[Explorer | Shown] = []
    _collections.append(gathered)
    try:
        yield gathered
    finally:
        _collections[:] = [other for other in _collections if other is not gathered]


class Explorer:
    """What :func:`explore` returns; a notebook shows it when it is the last value of a cell."""

    def __init__(self, draw: Draw, choices: Choices) -> None:
        self.draw = draw
        self.choices = choices

    @cached_property
    def live(self) -> LiveExplorer:
        """Its widgets, made when first asked for."""
        # Only here: the built book and plain scripts need no ipywidgets.
        from nnlib.explore.live import LiveExplorer

        return LiveExplorer(self.draw, self.choices)

    @cached_property
    def _html(self) -> tuple[str, str]:
        from nnlib.explore.static import explorer_html

        return explorer_html(self.draw, self.choices)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        return _html_bundle(*self._html) if _is_static() else self.live.bundle()

    def __repr__(self) -> str:
        names = ", ".join(f"{c.name}={list(c.values)!r}" for c in self.choices.controls)
        return f"explore({getattr(self.draw, '__name__', self.draw)!s}, {names})"


class Shown:
    """What :func:`show` returns; a notebook shows it when it is the last value of a cell."""

    def __init__(self, draw: Draw, values: Mapping[str, Any]) -> None:
        self.draw = draw
        self.values = dict(values)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        if _is_static():
            from nnlib.explore.static import figure_html

            return _html_bundle(*figure_html(self.draw, self.values))
        from nnlib.explore.live import figure_bundle

        return figure_bundle(self.draw, self.values)

    def __repr__(self) -> str:
        return f"show({call_text(self.draw, self.values)})"


def _collect(made: Explorer | Shown) -> None:
    for gathered in _collections:
        gathered.append(made)


def _is_static() -> bool:
    return os.environ.get(STATIC) == "1"


def _html_bundle(html: str, caption: str) -> Bundle:
    return {"text/html": html, "text/plain": caption}, {}


class _CallablePackage(ModuleType):
    # Python binds nnlib.explore to this package as soon as any part of it is imported, and so would hide a
    # function of that name. Called, the package is the function, so that every order of imports works.
    def __call__(self, draw: Draw, /, **choices: Any) -> Explorer:
        return explore(draw, **choices)


sys.modules[__name__].__class__ = _CallablePackage
