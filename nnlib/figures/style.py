"""The book's one look: its matplotlib style, its colours by meaning, its canvas.

Every figure of the book is drawn by a function marked ``@styled`` on a :func:`canvas`, with the colours named
here: a colour means the same thing in every chapter. They are Okabe and Ito's palette, darkened where its
contrast on white is below 4.5:1, so that colour-blind readers can tell them apart; a figure never
speaks by colour alone (add a marker, a dash or a label).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from importlib.resources import as_file, files
from typing import Any, ParamSpec

import matplotlib as mpl
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

P = ParamSpec("P")
Frame = tuple[Figure, str]  # what a draw function returns: the figure and its caption

_TICKS = 4  # stretches between an axis's ticks, at most

WIDTH = 5.4  # inches
NARROW = 3.3  # inches, on a phone: at 286 CSS pixels, the least there are, 10 pt type is 12 pixels high

INK = "#1b2733"
MUTED = "#5b6875"
FAINT = "#dfe3e8"
PAGE = "#ffffff"  # what fills a hollow mark, and lies below words on a line
POSITIVE = "#0069a5"  # a weight above zero, class 1
NEGATIVE = "#b84a00"  # a weight below zero, class 0
GRADIENT = "#9b2f74"  # slopes, gradients, delta, and the step taken along them
PREDICTION = "#00735a"  # what the network says
TARGET = INK  # what it should say: dashed, or a hollow marker
TRAINING = POSITIVE  # the rows learned from: solid
VALIDATION = NEGATIVE  # the rows held back: dashed

POSITIVE_AREA = "#cfe5f4"
NEGATIVE_AREA = "#fadfcd"
PREDICTION_AREA = "#a9d6c8"

DASHED = (0, (5, 2))
DOTTED = (0, (1, 1.4))

#: Several lines side by side: colour, dash and marker change together.
SERIES: tuple[dict[str, Any], ...] = (
    {"color": POSITIVE, "linestyle": "-", "marker": "o"},
    {"color": NEGATIVE, "linestyle": DASHED, "marker": "s"},
    {"color": PREDICTION, "linestyle": DOTTED, "marker": "^"},
    {"color": GRADIENT, "linestyle": (0, (5, 1.5, 1, 1.5)), "marker": "D"},
    {"color": INK, "linestyle": (0, (8, 2)), "marker": "v"},
)

#: Weights: vermilion below zero, white at zero, blue above. Use symmetric limits.
WEIGHTS = LinearSegmentedColormap.from_list("weights", [NEGATIVE, PAGE, POSITIVE])
#: What a neuron says of each point of a plane: pale, since points and lines stand on it.
FIELD = LinearSegmentedColormap.from_list("field", ["#f0ac80", "#f9dcc8", PAGE, "#c6e0f2", "#85bfe4"])
#: Heights of a cost surface: low is light.
HEIGHTS = LinearSegmentedColormap.from_list("heights", [PAGE, "#d3dae2", "#a9b5c1"])
#: Ink on paper: the digits.
PAPER = LinearSegmentedColormap.from_list("paper", [PAGE, INK])

_STYLE = "book.mplstyle"


@contextmanager
def style() -> Iterator[None]:
    """The book's matplotlib style, for the length of a ``with`` block."""
    with mpl.rc_context(_settings()):
        yield


def styled(draw: Callable[P, Frame]) -> Callable[P, Frame]:
    """Mark a draw function of the book: whoever calls it, it draws in the book's style."""

    @wraps(draw)
    def in_style(*args: P.args, **kwargs: P.kwargs) -> Frame:
        with style():
            return draw(*args, **kwargs)

    return in_style


_drawn = ContextVar("width of what is drawn", default=WIDTH)


def width() -> float:
    """The width of the figure that is drawn, in inches: ``WIDTH``, or ``NARROW`` for a phone."""
    return _drawn.get()


def is_narrow() -> bool:
    """Whether the figure is drawn for a phone."""
    return width() < WIDTH


@contextmanager
def narrow(phone: bool = True) -> Iterator[None]:
    """What is drawn within a ``with`` block is as wide as ``NARROW``, for a phone; else as ``WIDTH``."""
    before = _drawn.set(NARROW if phone else WIDTH)
    try:
        yield
    finally:
        _drawn.reset(before)


def canvas(
    rows: int = 1,
    cols: int = 1,
    *,
    height: float = 3.2,
    left: float = 0.62,
    right: float = 0.18,
    bottom: float = 0.52,
    top: float = 0.34,
    hspace: float = 0.7,
    wspace: float = 0.6,
    mosaic: list[list[str]] | None = None,
    narrow: Mapping[str, Any] | None = None,
    **subplots: Any,
) -> tuple[Figure, Any]:
    """A figure and its axes, as wide as :func:`width`; every length in inches.

    Margins are fixed, not fitted, so that an explorer's axes stay where they are from frame to frame.
    ``hspace`` and ``wspace`` are the gaps between the axes; further arguments go to ``Figure.subplots``.
    With a ``mosaic`` of names, a list a row, the axes come as a dict; cells of one name are one axes.
    ``narrow`` holds the arguments that are others for a phone: ``{"rows": 2, "cols": 1, "height": 5}``.

    An axis has few ticks where none are given: a tick costs more time than a curve.
    """
    if narrow and is_narrow():
        chosen: dict[str, Any] = {"rows": rows, "cols": cols, "height": height, "mosaic": mosaic}
        chosen |= {
            "left": left,
            "right": right,
            "bottom": bottom,
            "top": top,
            "hspace": hspace,
            "wspace": wspace,
        }
        if narrow.keys() & {"cols", "mosaic"}:
            subplots.pop("width_ratios", None)  # of other columns
        return canvas(**(chosen | subplots | dict(narrow)))
    if mosaic:
        rows, cols = len(mosaic), len(mosaic[0])
    figure = Figure(figsize=(width(), height))
    wide = (width() - left - right - (cols - 1) * wspace) / cols
    high = (height - bottom - top - (rows - 1) * hspace) / rows
    spaces = {
        "left": left / width(),
        "right": 1 - right / width(),
        "bottom": bottom / height,
        "top": 1 - top / height,
        "hspace": hspace / high,
        "wspace": wspace / wide,
    }
    spaces |= subplots.pop("gridspec_kw", {})
    axes: Any
    if mosaic:
        axes = figure.subplot_mosaic(mosaic, gridspec_kw=spaces, **subplots)
    else:
        axes = figure.subplots(rows, cols, gridspec_kw=spaces, **subplots)
    for each in figure.axes:
        each.locator_params(nbins=_TICKS, steps=[1, 2, 5, 10])
    return figure, axes


def inset(figure: Figure, left: float, bottom: float, width: float, height: float) -> Any:
    """More axes on a figure, at a place given in inches."""
    wide, high = figure.get_size_inches()
    return figure.add_axes((left / wide, bottom / high, width / wide, height / high))


_loaded: dict[str, Any] = {}


def _settings() -> dict[str, Any]:
    if not _loaded:
        with as_file(files(__package__) / _STYLE) as path:
            _loaded.update(mpl.rc_params_from_file(path, use_default_template=False))
    return _loaded
