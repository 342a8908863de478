"""Where in a picture a reader can take hold of a control, as a line of the picture's SVG."""

from __future__ import annotations

from matplotlib.figure import Figure

from nnlib.figures.marks import Handle, handles

PIXELS_PER_INCH = 96


def handles_line(figure: Figure) -> str:
    """``<metadata>angle*:120,88 bias*:96,140</metadata>``: each handle's controls and place; "" without any.

    A star stands for a handle that is dragged freely, not along x alone. Places are in CSS pixels from the
    upper left corner of the figure, which must have been drawn: only then do its axes stand where they stay.
    """
    words = [f"{','.join(each.controls)}{'*' * each.free}:{_place(figure, each)}" for each in handles(figure)]
    return f"<metadata>{' '.join(words)}</metadata>" if words else ""


def _place(figure: Figure, handle: Handle) -> str:
    x, y = handle.axes.transData.transform((handle.x, handle.y))
    scale = PIXELS_PER_INCH / figure.dpi
    return f"{x * scale:.0f},{(figure.bbox.height - y) * scale:.0f}"
