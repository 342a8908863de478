"""How a figure of ``play`` reaches its reader: as HTML of the book's page, or as a widget in a notebook."""

from __future__ import annotations

import json
from html import escape
from itertools import count
from typing import Any

from nnlib.explore.drawing import draw_frame, draw_png
from nnlib.explore.static import picture_html
from nnlib.figures.style import Frame
from nnlib.play import digits_picture
from nnlib.play import picture as plane_picture
from nnlib.play.digits import DigitsRun
from nnlib.play.runs import Run
from nnlib.play.scripts import digits_data, digits_script, script, style

WITHOUT_SCRIPT = (
    "In this figure a network is built and trained, which needs JavaScript. It is shown as it begins."
)

_numbers = count(1)  # a page is one kernel, so its ids differ and are the same on every build


def figure_html(run: Run | DigitsRun) -> str:
    """The ``<figure class="nn-live">`` of the book: its preset, its first picture, its caption."""
    frame = draw_frame(lambda: _picture(run), {})
    return _figure(run, f"{picture_html(frame)}\n<noscript><p>{WITHOUT_SCRIPT}</p></noscript>")


def widget_bundle(run: Run | DigitsRun) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a notebook stores: the view of a widget that trains, the picture, and the caption as text.

    The widget is the core's HTML with a frame in it, which ipywidgets 7 and 8 show alike, wherever they run.
    """
    import ipywidgets

    from nnlib.explore.live import png_bundle  # both needed in a kernel only

    more = f"<script>{digits_data()}</script><script>{digits_script()}</script>" if run.kind else ""
    document = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A network that trains</title>'
        f"<style>{style()}</style></head><body class='nn-framed'>{_figure(run, '')}"
        f"<script>{script()}</script>{more}</body></html>"
    )
    look = 'width="100%" height="830" style="border: 0"'
    frame = f'<iframe title="A network that trains" srcdoc="{escape(document)}" {look}></iframe>'
    widget = ipywidgets.HTML(frame, layout=ipywidgets.Layout(width="100%", max_width="46rem"))
    data, metadata = png_bundle(draw_png(lambda: _picture(run), {}, small=True))
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    return {"application/vnd.jupyter.widget-view+json": view, **data}, metadata


def _picture(run: Run | DigitsRun) -> Frame:
    return digits_picture.picture(run) if isinstance(run, DigitsRun) else plane_picture.picture(run)


def _figure(run: Run | DigitsRun, inside: str) -> str:
    preset = json.dumps(run.page).replace("<", "\\u003c")
    kind = f' data-kind="{run.kind}"' if run.kind else ""
    return (
        f'<figure class="nn-live" id="nn-live-{next(_numbers)}"{kind}>\n'
        f'<script type="application/json" class="nn-preset">{preset}</script>\n{inside}\n'
        f'<figcaption class="nn-caption" aria-live="polite"><span>{escape(run.caption)}</span></figcaption>\n'
        "</figure>"
    )
