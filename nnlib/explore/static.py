"""The static transport: an explorer or a figure as HTML, which needs no kernel.

``_static/explorer.js`` brings the controls to life, ``_static/explorer.css`` gives them their look.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from html import escape
from itertools import count
from typing import Any
from urllib.parse import quote

from nnlib.explore.choices import Choices, Control, name_of
from nnlib.explore.drawing import Draw, Frame, draw_frame
from nnlib.explore.frames import packed_frames
from nnlib.explore.svg import pixel_size

MOST_TICKS = 16  # a slider with more stops shows none of them

_numbers = count(1)  # a page is one kernel, so its ids differ and are the same on every build


def explorer_html(draw: Draw, choices: Choices) -> tuple[str, str]:
    """The ``<figure class="nn-explorer">`` of an explorer, and the caption of its default frame."""
    data, frames = packed_frames(draw, choices)
    start = frames[choices.start_index]
    prefix = f"nn-{name_of(draw).replace('_', '-')}-{next(_numbers)}"
    controls = "\n".join(
        _control(control, stride, f"{prefix}-{control.name.replace('_', '-')}")
        for control, stride in zip(choices.controls, choices.strides, strict=True)
    )
    longest = max((frame.caption for frame in frames), key=len)
    return (
        f'<figure class="nn-explorer" id="{escape(prefix)}">\n'
        '<fieldset class="nn-controls" aria-label="Controls of this figure" disabled>\n'
        f"{controls}\n</fieldset>\n"
        f"{picture_html(start)}\n"
        f"<noscript><p>{_without_script(choices)}</p></noscript>\n"
        f'<script type="application/gzip" class="nn-frames">{b64encode(data).decode()}</script>\n'
        f'<figcaption class="nn-caption" aria-live="polite" data-longest="{escape(longest)}">'
        f"<span>{escape(start.caption)}</span></figcaption>\n"
        "</figure>"
    ), start.caption


def figure_html(draw: Draw, values: Mapping[str, Any]) -> tuple[str, str]:
    """The ``<figure class="nn-figure">`` of one fixed frame, and its caption."""
    frame = draw_frame(draw, values)
    return (
        f'<figure class="nn-figure">\n{picture_html(frame)}\n'
        f'<figcaption class="nn-caption">{escape(frame.caption)}</figcaption>\n</figure>'
    ), frame.caption


def picture_html(frame: Frame) -> str:
    """The picture, without a text of its own: its caption says what it shows, and would be read out twice."""
    width, height = pixel_size(frame.svg)
    source = "data:image/svg+xml," + quote(frame.svg, safe=" !$()*+,-./:;=?@_~")
    return f'<img class="nn-frame dark-light" src="{source}" alt="" width="{width}" height="{height}">'


def _control(control: Control, stride: int, name: str) -> str:
    make = {"slider": _slider, "menu": _menu, "checkbox": _checkbox}[control.kind]
    return make(control, f'id="{escape(name)}" data-stride="{stride}" autocomplete="off"', escape(name))


def _slider(control: Control, attributes: str, name: str) -> str:
    texts = control.texts
    last = len(texts) - 1
    before, after = ("", "")
    if control.counted:
        before = _play_button(control.label) + _step_button(-1, f"previous {control.label}", "‹")
        after = _step_button(1, f"next {control.label}", "›")
    ticks = " nn-ticks" if len(texts) <= MOST_TICKS else ""
    return (
        f'<div class="nn-control nn-slider"><label for="{name}">{escape(control.label)}</label> '
        f'<output for="{name}" aria-live="off">{escape(texts[control.start])}</output>'
        f'<div class="nn-range{ticks}" style="--last:{last};--at:{control.start}">{before}'
        f'<span class="nn-track"><input type="range" {attributes} min="0" max="{last}" step="1" '
        f'value="{control.start}" aria-valuetext="{escape(texts[control.start])}" '
        f'data-texts="{escape("|".join(texts))}"></span>{after}</div></div>'
    )


def _step_button(by: int, label: str, sign: str) -> str:
    return (
        f'<button type="button" class="nn-step" data-by="{by}" aria-label="{escape(label)}" '
        f'title="{escape(label)}">{sign}</button>'
    )


def _play_button(label: str) -> str:
    return (
        f'<button type="button" class="nn-play" data-of="{escape(label)}" aria-label="play {escape(label)}" '
        f'title="play {escape(label)}"></button>'
    )


def _menu(control: Control, attributes: str, name: str) -> str:
    options = "".join(
        f'<option value="{place}"{" selected" if place == control.start else ""}>{escape(word)}</option>'
        for place, word in enumerate(control.texts)
    )
    return (
        f'<div class="nn-control nn-menu"><label for="{name}">{escape(control.label)}</label> '
        f"<select {attributes}>{options}</select></div>"
    )


def _checkbox(control: Control, attributes: str, name: str) -> str:
    checked = " checked" if control.start else ""
    return (
        f'<div class="nn-control nn-check"><input type="checkbox" {attributes}{checked}> '
        f'<label for="{name}">{escape(control.label)}</label></div>'
    )


def _without_script(choices: Choices) -> str:
    starts = ", ".join(f"{control.label} {control.texts[control.start]}" for control in choices.controls)
    return escape(f"This figure has controls, which need JavaScript. It is shown for {starts}.")
