"""A figure as SVG text that is the same on every run and small when many frames are packed together."""

from __future__ import annotations

import re
from functools import lru_cache
from io import StringIO

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from nnlib.explore.described import description_line
from nnlib.explore.handles import PIXELS_PER_INCH, handles_line

# Text as paths: a picture in an <img> cannot use the page's fonts, and once packed, paths cost little (5 KB).
_SETTINGS = {"svg.hashsalt": "nnlib", "svg.fonttype": "path", "svg.image_inline": True}
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}

_PROLOG = re.compile(r"\A.*?(?=<svg )", re.DOTALL)
_EMPTY_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_INDENT = re.compile(r"^ +", re.MULTILINE)
_REFERENCE = re.compile(r'(?:href="|url\()#([^")]+)')
_GROUP_ID = re.compile(r'<g id="([^"]+)"')
_MARKER = re.compile(r'(<use xlink:href="#[^"]+" )x="([^"]+)" y="([^"]+)"')
_PATH = re.compile(r' d="([^"]*)"')
_NUMBER = re.compile(r"-?\d*\.\d+")
_SIZE = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"', re.DOTALL)

POINTS_PER_INCH = 72
_SMALL = 32  # points: a path no larger is a marker or a glyph, and keeps its decimals


def to_svg(figure: Figure) -> str:
    """A figure as an SVG document, without dates, comments or unused names, its coordinates to 0.1 point.

    Its second line says what it shows: see ``described``. Where a reader can take hold of something, its last
    line but one says so: see ``handles_line``.
    """
    stream = StringIO()
    with mpl.rc_context(_SETTINGS):
        FigureCanvasSVG(figure).print_svg(stream, metadata=_NO_METADATA)
    head, body = _shortened(stream.getvalue()).split("\n", 1)
    svg = f"{head}\n{description_line(figure)}\n{body}"
    if line := handles_line(figure):  # once it is drawn, all of its axes are where they stay
        svg = f"{line}\n</svg>".join(svg.rsplit("</svg>", 1))
    return svg


def pixel_size(svg: str) -> tuple[int, int]:
    """Width and height of an SVG drawn by :func:`to_svg`, in CSS pixels."""
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError(f"expected an SVG with a viewBox; got {svg[:80]!r}")
    width, height = (round(float(side) * PIXELS_PER_INCH / POINTS_PER_INCH) for side in found.groups())
    return width, height


def _shortened(svg: str) -> str:
    svg = _PROLOG.sub("", svg, count=1)
    svg = _COMMENT.sub("", _EMPTY_METADATA.sub("", svg))
    svg = _INDENT.sub("", svg)
    used = set(_REFERENCE.findall(svg))
    svg = _GROUP_ID.sub(lambda g: g.group() if g.group(1) in used else "<g", svg)
    # Coordinates only: of paths, and of markers' places. Other numbers are scales (rounding 0.015625 would
    # shrink all text), angles or opacities.
    svg = _MARKER.sub(lambda m: f'{m[1]}x="{_short(m[2], 1)}" y="{_short(m[3], 1)}"', svg)
    return _PATH.sub(lambda path: f' d="{_rounded(path[1])}"', svg)


@lru_cache(4096)  # the glyphs and axes of one frame are those of the next
def _rounded(path: str) -> str:
    numbers = [abs(float(number)) for number in _NUMBER.findall(path)]
    places = 1 if numbers and max(numbers) > _SMALL else 2
    return _NUMBER.sub(lambda number: _short(number[0], places), path)


def _short(number: str, places: int) -> str:
    short = f"{float(number):.{places}f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
