"""The live transport: ipywidgets controls that redraw one image, in a running kernel.

Works with ipywidgets 7.7.1 (Colab) and 8, so only with widgets that both have.
"""

from __future__ import annotations

import asyncio
import gc
import time
import traceback
import warnings
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from html import escape
from typing import Any

import ipywidgets as widgets

from nnlib.explore.choices import Choices, Control, Value, Values, call_text
from nnlib.explore.drawing import Draw, Png, draw_png

KEPT_FRAMES = 64  # drawn frames kept for a reader who goes back and forth
SLOW_SECONDS = 0.1  # an explorer that once took longer draws ahead while its reader looks ...
LOOK_SECONDS = 0.3  # ... from so long after a move on: a dragged slider moves sooner ...
READ_SECONDS = 0.5  # ... and after its cell was run: the next cell may follow at once
PLAY_MS = 6000  # what a slider that plays takes, as on the page ...
FRAME_MS = (200, 800)  # ... if that leaves each frame at least and at most so long: it is drawn, and sent
_VIEW = "application/vnd.jupyter.widget-view+json"

Bundle = tuple[dict[str, Any], dict[str, Any]]  # data and metadata by mime type, as IPython wants them


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Let the garbage collector wait until the picture is on its way to the reader.

    Matplotlib's figures are full of cycles, and a collection of a kernel's whole memory takes longer (0.2 s)
    than a frame.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class LiveExplorer:
    """The widgets of one explorer: its controls, one image and its caption.

    It owns the widget instead of being one: widgets show themselves differently in ipywidgets 7 and 8, while
    the bundle made here is the same under both, and carries a picture for readers without a kernel.
    """

    # Of all explorers together: a reader looks at one, and a kernel draws one frame at a time.
    drawing_ahead: asyncio.Task[None] | None = None

    def __init__(self, draw: Draw, choices: Choices) -> None:
        self._draw = draw
        self._names = [control.name for control in choices.controls]
        self._frame = lru_cache(KEPT_FRAMES)(self._draw_frame)
        self._choices = choices
        self._start = tuple(choices.start.values())
        begin = time.perf_counter()
        self._default = draw_png(draw, choices.start, small=True)  # stored in the notebook
        self._slow = time.perf_counter() - begin > 2 * SLOW_SECONDS  # a small picture takes twice as long
        self.controls = {control.name: _widget(control) for control in choices.controls}
        self.image = widgets.Image(
            value=self._default.data,
            format="png",
            layout=widgets.Layout(width=f"{self._default.width}px", max_width="100%", object_fit="contain"),
        )
        self.caption = widgets.HTML(_paragraph(self._default.caption))
        for control in self.controls.values():
            control.observe(self._redraw, names="value")
        cells = [
            _with_buttons(self.controls[c.name]) if c.counted else self.controls[c.name]
            for c in choices.controls
        ]
        row = widgets.HBox(cells, layout=widgets.Layout(flex_flow="row wrap"))
        self.widget = widgets.VBox([self.image, row, self.caption])
        if self._slow:
            self._draw_ahead(choices.start, READ_SECONDS)

    def bundle(self) -> Bundle:
        """What a notebook stores: the widget's view, and the default frame for those who cannot run it."""
        data, metadata = png_bundle(self._default)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        return {_VIEW: view, **data}, metadata

    @_collecting_later()
    def _redraw(self, _change: object) -> None:
        # The front end waits for the kernel before it sends the next move of a dragged slider and drops those
        # between, so every redraw asked for here is still wanted.
        values = {name: control.value for name, control in self.controls.items()}
        begin = time.perf_counter()
        try:
            frame = self._frame(*values.values())
        except Exception as error:  # nobody sees a callback's traceback: say it where the reader looks
            self.caption.value = _failure(call_text(self._draw, values), error)
            return
        self.image.value = frame.data
        self.caption.value = _paragraph(frame.caption)
        self._slow |= time.perf_counter() - begin > SLOW_SECONDS
        if self._slow:
            self._draw_ahead(values, LOOK_SECONDS)

    def _draw_ahead(self, values: Values, wait: float) -> None:
        """Draw what the next move can show, where there is an event loop to do it in, as in every kernel."""
        with suppress(RuntimeError):  # there is none
            if LiveExplorer.drawing_ahead is not None:
                LiveExplorer.drawing_ahead.cancel()
            task = asyncio.get_running_loop().create_task(self._drawing_ahead(values, wait))
            LiveExplorer.drawing_ahead = task

    async def _drawing_ahead(self, values: Values, wait: float) -> None:
        await asyncio.sleep(wait)
        for reachable in self._choices.reachable(values):
            with suppress(Exception), warnings.catch_warnings():  # told when the reader goes there
                warnings.simplefilter("ignore")
                self._frame(*reachable.values())
            await asyncio.sleep(0.01)  # whatever else the kernel was asked to do goes first

    def _draw_frame(self, *values: Value) -> Png:
        if values == self._start:
            return self._default
        return draw_png(self._draw, dict(zip(self._names, values, strict=True)))


def figure_bundle(draw: Draw, values: Mapping[str, Any]) -> Bundle:
    """One fixed frame: its picture, and its caption as text."""
    return png_bundle(draw_png(draw, values, small=True))


def png_bundle(frame: Png) -> Bundle:
    data = {"image/png": b64encode(frame.data).decode(), "text/plain": frame.caption}
    return data, {"image/png": {"width": frame.width, "height": frame.height}}


def _widget(control: Control) -> Any:
    style = {"description_width": "initial"}
    start = control.values[control.start]
    if control.kind == "checkbox":
        return widgets.Checkbox(value=start, description=control.label, indent=False, layout=_layout("auto"))
    options = list(zip(control.texts, control.values, strict=True))
    make = widgets.SelectionSlider if control.kind == "slider" else widgets.Dropdown
    return make(options=options, value=start, description=control.label, style=style, layout=_layout("22em"))


def _layout(width: str) -> widgets.Layout:
    return widgets.Layout(width=width, max_width="100%", margin="2px 1.5em 2px 0")


def _with_buttons(slider: widgets.SelectionSlider) -> widgets.HBox:
    """A slider that counts, with buttons to play it, for a step back, and for a step on."""

    def button(sign: str, by: int, tooltip: str) -> widgets.Button:
        def step(_button: object) -> None:
            place = slider.index + by
            if 0 <= place < len(slider.options):
                slider.index = place

        made = widgets.Button(description=sign, tooltip=tooltip, layout=widgets.Layout(width="2.5em"))
        made.on_click(step)
        return made

    name, last = slider.description, len(slider.options) - 1
    least, most = FRAME_MS
    interval = min(most, max(least, PLAY_MS // last))
    play = widgets.Play(value=slider.index, max=last, interval=interval, show_repeat=False)
    play.layout.width = "8em"
    widgets.jslink((play, "value"), (slider, "index"))
    slider.layout.margin = "2px 0.5em"
    cells = [play, button("‹", -1, f"previous {name}"), slider, button("›", 1, f"next {name}")]
    return widgets.HBox(cells, layout=widgets.Layout(margin="0 1.5em 0 0", max_width="100%"))


def _paragraph(caption: str) -> str:
    return f"<p>{escape(caption)}</p>"


def _failure(call: str, error: Exception) -> str:
    trace = "".join(traceback.format_exception(error))
    return (
        f"<p><strong>{escape(call)} could not be drawn; the picture is still the one before.</strong> "
        f"{escape(type(error).__name__)}: {escape(str(error))}</p>"
        f"<details><summary>Where it happened</summary><pre>{escape(trace)}</pre></details>"
    )
