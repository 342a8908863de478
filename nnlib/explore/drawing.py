"""One frame: a draw function called with its values, in the book's style, and what it returned checked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from PIL import Image  # comes with matplotlib

from nnlib.explore.choices import call_text
from nnlib.explore.handles import PIXELS_PER_INCH
from nnlib.explore.svg import to_svg
from nnlib.figures.style import style

Draw = Callable[..., tuple[Figure, str]]

PNG_SCALE = 2  # device pixels a CSS pixel, for sharp screens
_RUN_LENGTHS = 3  # zlib's name for it is Z_RLE


class Frame(NamedTuple):
    """What a reader sees: the picture as an SVG document, and its caption."""

    svg: str
    caption: str


class Png(NamedTuple):
    """The same for a live notebook: the picture as PNG, its size in CSS pixels, and its caption."""

    data: bytes
    width: int
    height: int
    caption: str


def draw_frame(draw: Draw, values: Mapping[str, Any]) -> Frame:
    """One frame for the static page.

    Raises:
        ValueError: if ``draw`` does not return a figure and a caption.
    """
    with style():
        figure, caption = drawn(draw, values)
        return Frame(to_svg(figure), caption)


def draw_png(draw: Draw, values: Mapping[str, Any], *, small: bool = False) -> Png:
    """One frame for a live notebook, on white: a notebook's page may be dark, and the inks are dark too.

    ``small`` takes twice as long and a third of the room, for a picture that is stored.

    Raises:
        ValueError: if ``draw`` does not return a figure and a caption.
    """
    with style():
        figure, caption = drawn(draw, values)
        figure.set(dpi=PNG_SCALE * PIXELS_PER_INCH, facecolor="white")
        width, height = (int(pixels) for pixels in figure.bbox.size)
        page = _page(width, height, figure.dpi)
        page.clear()
        figure.draw(page)  # not print_figure, which goes over every artist twice
    image = Image.frombuffer("RGBA", (width, height), page.buffer_rgba()).convert("RGB")
    return Png(_encoded(image, small), round(width / PNG_SCALE), round(height / PNG_SCALE), caption)


@lru_cache(maxsize=8)
def _page(width: int, height: int, dpi: float) -> RendererAgg:
    """The same for every frame of an explorer: it remembers the sizes of texts, and formulas it has read."""
    return RendererAgg(width, height, dpi)


def _encoded(image: Image.Image, small: bool) -> bytes:
    stream = BytesIO()
    if small:  # 256 colours serve a figure well
        image = image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        image.save(stream, "PNG")
    else:  # run-length only: half the time of a thorough search, and figures are mostly runs
        image.save(stream, "PNG", compress_level=1, compress_type=_RUN_LENGTHS)
    return stream.getvalue()


def drawn(draw: Draw, values: Mapping[str, Any]) -> tuple[Figure, str]:
    """Call ``draw`` and check that it returned ``(Figure, caption)``.

    Raises:
        ValueError: naming the call and what came back instead. An exception of ``draw`` itself passes through
            with a note that names the call.
    """
    call = call_text(draw, values)
    try:
        result = draw(**values)
    except Exception as error:
        error.add_note(f"while drawing {call}")
        raise
    if not (isinstance(result, tuple) and len(result) == 2):
        raise ValueError(f"{call} must return (Figure, caption); it returned {_described(result)}")
    figure, caption = result
    if not isinstance(figure, Figure):
        raise ValueError(
            f"{call} must return a matplotlib Figure and a caption; its first value is {_described(figure)}"
        )
    _forget(figure)
    if not isinstance(caption, str):
        raise ValueError(f"{call} must return a caption, a str; its second value is {_described(caption)}")
    if not caption.strip():
        raise ValueError(
            f"{call} returned an empty caption; it must be a sentence with the numbers that matter"
        )
    return figure, caption


def _forget(figure: Figure) -> None:
    # A reader's own draw function may use pyplot, which would keep every figure and show it a second time.
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(figure)


def _described(value: object) -> str:
    return f"{value!r:.60} of type {type(value).__name__}"
