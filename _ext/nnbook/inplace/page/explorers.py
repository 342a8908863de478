"""Explorers on a running page: the figure that stands there, whose frames Python draws when asked for.

The page asks for any values, not only for the listed ones: numbers between a slider's stops, or typed.
"""

from __future__ import annotations

import gc
import json
from itertools import count
from typing import Any

from nnlib.explore import Explorer
from nnlib.explore.choices import Control
from nnlib.explore.drawing import draw_frame
from nnlib.explore.static import picture_html, whole_html
from nnlib.figures import style

MIME = "application/vnd.nnlib.explorer+json"
KEPT = 100  # explorers of cells that were run again and again

_numbers = count(1)
_explorers: dict[str, Explorer] = {}


def bundle(explorer: Explorer) -> dict[str, Any]:
    """What the page needs to bring a figure to life: a name to ask for frames by, and the controls."""
    key = str(next(_numbers))
    _explorers[key] = explorer
    while len(_explorers) > KEPT:
        del _explorers[next(iter(_explorers))]
    controls = [about(control) for control in explorer.choices.controls]
    return {MIME: {"draw": key, "controls": controls}, "text/plain": repr(explorer)}


def about(control: Control) -> dict[str, Any]:
    """A control as the page needs it. Each value is JSON by itself: 1 and 1.0 are not the same to Python."""
    slider = control.kind == "slider"
    return {
        "name": control.name,
        "label": control.label,
        "values": [json.dumps(value) for value in control.values],
        "start": control.start,
        "free": slider and not control.counted,
        "whole": slider and all(isinstance(value, int) for value in control.values),
    }


def frame_json(draw: str, values: str, narrow: bool = False) -> str:
    """A frame as JSON: its picture and its caption, or a sentence that says why it could not be drawn.

    Args:
        draw: the name of an explorer, as in its bundle.
        values: a JSON object, the value of each parameter.
        narrow: whether the page is that of a phone.
    """
    gc.disable()  # a frame makes thousands of small objects, and a collection would stop in the middle of it
    try:
        with style.narrow(narrow):
            frame = draw_frame(_explorers[draw].draw, json.loads(values))
        return json.dumps({"svg": frame.svg, "caption": frame.caption})
    except Exception as error:
        return json.dumps({"problem": said(error)})
    finally:
        gc.enable()


def said(error: Exception) -> str:
    kind, text = type(error).__name__, str(error)
    return text if kind == "ValueError" and text else f"{kind}: {text}" if text else kind


def figure_html(draw: str, narrow: bool = False) -> str:
    """The ``<figure class="nn-explorer">`` of an explorer that the reader has changed, with one frame."""
    explorer = _explorers[draw]
    with style.narrow(narrow):
        start = draw_frame(explorer.draw, explorer.choices.start)
    return whole_html(f"nn-page-{draw}", picture_html(start), explorer.choices, start.caption)
