"""A figure's texts: the box of every line that is drawn, in points; and what its alternative text lacks."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Bbox

from nnlib.explore.described import _plain
from nnlib.figures.seen import seen_in

SHORTEST, LONGEST = 60, 900  # characters of an alternative text: half a minute of a quick voice, at most
SLACK = 0.75  # points, a CSS pixel: boxes may touch by as much


class Line(NamedTuple):
    """What a line of text says, its size in points, and its box: the ink's, or that of the paper under it."""

    words: str
    size: float
    box: Bbox


class _Texts(RendererBase):
    """Draws nothing, and remembers the texts it is asked to draw: those that a reader sees."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.size, self.lines = (width, height), list[Line]()

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.size

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None) -> None:  # type: ignore[no-untyped-def]
        width, height, descent = self.get_text_width_height_descent(s, prop, ismath)
        place = Affine2D().rotate_deg(angle).translate(x, self.size[1] - y)
        box = Bbox.from_bounds(0, -descent, width, height).transformed(place)
        paper = mtext and mtext.get_bbox_patch()  # there is no mtext where a text has several lines
        self.lines.append(Line(s, prop.get_size_in_points(), paper.get_window_extent() if paper else box))

    def draw_path(self, *drawn: Any) -> None:
        pass

    draw_markers = draw_path_collection = draw_quad_mesh = draw_gouraud_triangles = draw_image = draw_path


@lru_cache
def _page(width: float, height: float) -> _Texts:
    """The same for every figure of a size: matplotlib remembers the texts that it has measured."""
    return _Texts(width, height)


def lines_of_text(figure: Figure) -> list[Line]:
    """Every line of text that is drawn; takes halos away, which are drawn as paths."""
    figure.set_dpi(72)
    for place in (figure, *figure.axes):
        for text in place.texts:
            text.set_path_effects(None)
    page = _page(*figure.bbox.size)
    page.lines = []
    figure.draw(page)
    return [line for line in page.lines if line.words.strip()]


def overlapping(lines: list[Line]) -> list[tuple[Line, Line]]:
    """Lines whose boxes overlap."""
    boxes = [line.box.extents for line in lines]
    return [
        (lines[i], lines[j])
        for (i, a), (j, b) in combinations(enumerate(boxes), 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > SLACK and min(a[3], b[3]) - max(a[1], b[1]) > SLACK
    ]


def off_the_page(figure: Figure, lines: list[Line]) -> list[Line]:
    """Lines of which something is cut off."""
    width, height = figure.bbox.size
    page = Bbox.from_extents(-SLACK, -SLACK, width + SLACK, height + SLACK)
    return [line for line in lines if not (page.contains(*line.box.min) and page.contains(*line.box.max))]


def not_described(figure: Figure, caption: str, words: str) -> Iterator[str]:
    """What an alternative text lacks: it tells the shapes of all axes by their names, and not the result."""
    if not SHORTEST <= len(words) <= LONGEST:
        yield f"has {len(words)} characters: {words}"
    if strange := re.findall(r"[\\${}]|\b(?:None|nan|inf)\b|  |\.\.", words):
        yield f"has {strange} in it: {words}"
    for sentence in re.split(r"(?<=[.:;]) ", caption):
        if len(sentence.split()) > 4 and sentence.strip(".:;") in words:
            yield f"repeats the caption: {sentence}"
    for axes in figure.axes:
        if not axes.get_visible():
            continue
        labels = (axes.get_xlabel(), axes.get_ylabel()) if axes.axison else ()
        for label in (*labels, axes.get_title(), axes.get_title("left")):
            if _plain(label) not in words:
                yield f"does not name {label!r}: {words}"
        if (axes.lines or axes.patches or axes.images or axes.collections) and not seen_in(axes):
            yield f"does not say what is drawn along {axes.get_xlabel()!r}: {words}"
