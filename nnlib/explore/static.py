"""The static transport: an explorer or a figure as HTML, which needs no kernel.

The scripts in ``_static/explorer/`` bring the controls to life, the style sheets beside them a look.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from nnlib.explore.choices import Choices, Control, name_of
from nnlib.explore.described import description_of
from nnlib.explore.drawing import Draw, Frame, draw_frame
from nnlib.explore.frames import packed_frames
from nnlib.explore.scale import positions
from nnlib.explore.svg import pixel_size
from nnlib.figures import style

#: Where a page shows the pictures that are drawn narrow: on a phone held upright. (A screen at 400 % is as
#: narrow and less high; there the wide ones are large enough.)
PHONE = "(width < 30rem) and (orientation: portrait)"
MOST_TICKS = 16  # a slider with more stops shows none of them

_names: Counter[str] = Counter()  # a page is one kernel, so its ids differ and are the same on every build


def explorer_html(draw: Draw, choices: Choices) -> tuple[str, str]:
    """The ``<figure class="nn-explorer">`` of an explorer, and the caption of its default frame."""
    data, frames = packed_frames(draw, choices)
    start = frames[choices.start_index]
    name = _own_name(draw)
    longest = max((frame.caption for frame in frames), key=len)
    with style.narrow():
        narrow_data, narrow_frames = packed_frames(draw, choices)
    knows_both = narrow_data != data
    narrow = narrow_frames[choices.start_index] if knows_both else None
    packs = _pack_html(data) + (_pack_html(narrow_data, " data-narrow") if knows_both else "")
    hidden = f"<noscript><p>{_without_script(choices)}</p></noscript>\n{packs}"
    picture = picture_html(start, narrow)
    return whole_html(name, picture, choices, start.caption, hidden, longest), start.caption


def whole_html(
    name: str, picture: str, choices: Choices, caption: str, hidden: str = "", longest: str = ""
) -> str:
    """First what there is to see, then what moves it, then what came out."""
    controls = "\n".join(
        _control(control, stride, f"{name}-{control.name}")
        for control, stride in zip(choices.controls, choices.strides, strict=True)
    )
    room = f' data-longest="{escape(longest)}"' if longest else ""
    return (
        f'<figure class="nn-explorer" id="{escape(name)}">\n{picture}\n'
        '<fieldset class="nn-controls" aria-label="Controls of this figure" disabled>\n'
        f"{controls}\n</fieldset>\n{hidden}"
        f'<figcaption class="nn-caption" aria-live="polite"{room}>'
        f"<span>{escape(caption)}</span></figcaption>\n"
        "</figure>"
    )


def _own_name(draw: Draw) -> str:
    """What links call an explorer: its function's name, and from the second one of a page on its number."""
    name = re.sub(r"\W", "", name_of(draw)) or "explorer"
    _names[name] += 1
    return name if _names[name] == 1 else f"{name}-{_names[name]}"


def figure_html(draw: Draw, values: Mapping[str, Any]) -> tuple[str, str]:
    """The ``<figure class="nn-figure">`` of one fixed frame, and its caption."""
    frame = draw_frame(draw, values)
    with style.narrow():
        narrow = draw_frame(draw, values)
    return (
        f'<figure class="nn-figure">\n{picture_html(frame, None if narrow == frame else narrow)}\n'
        f'<figcaption class="nn-caption">{escape(frame.caption)}</figcaption>\n</figure>'
    ), frame.caption


def picture_html(frame: Frame, narrow: Frame | None = None) -> str:
    """The picture; its text says what there is to see, and the caption below it what came out.

    ``narrow`` is the same for a phone; a draw function that knows one width only has none.
    """
    alt = escape(description_of(frame.svg))
    later = ' loading="lazy"' if narrow else ""  # a phone's picture may lie in a file
    image = f'<img class="nn-frame dark-light" src="{_address(frame)}" alt="{alt}" {_size(frame)}{later}>'
    if narrow is None:
        return image
    address = _address(narrow).replace(" ", "%20")  # a space would end it: a srcset can hold several
    return f'<picture><source media="{PHONE}" srcset="{address}" {_size(narrow)}>{image}</picture>'


def _address(frame: Frame) -> str:
    return "data:image/svg+xml," + quote(frame.svg, safe=" !$()*+,-./:;=?@_~")


def _size(frame: Frame) -> str:
    width, height = pixel_size(frame.svg)
    return f'width="{width}" height="{height}"'


def _pack_html(data: bytes, attributes: str = "") -> str:
    packed = b64encode(data).decode()
    return f'<script type="application/gzip" class="nn-frames"{attributes}>{packed}</script>\n'


def _control(control: Control, stride: int, name: str) -> str:
    make = {"slider": _slider, "menu": _menu, "checkbox": _checkbox}[control.kind]
    if control.kind == "slider" and len(control.values) == 2 and not control.counted:
        make = _switch
    values = "|".join(
        str(value).lower() if isinstance(value, bool) else str(value) for value in control.values
    )
    attributes = (
        f'id="{escape(name)}" data-name="{escape(control.name)}" data-values="{escape(values)}" '
        f'data-stride="{stride}" autocomplete="off"'
    )
    return make(control, attributes, escape(name))


def _slider(control: Control, attributes: str, name: str) -> str:
    texts = control.texts
    last = len(texts) - 1
    before, after = ("", "")
    if control.counted:
        before = _play_button(control.label) + _step_button(-1, f"previous {control.label}", "‹")
        after = _step_button(1, f"next {control.label}", "›")
    places = [f"{place:.3f}".rstrip("0").rstrip(".") for place in positions(_numbers(control))]
    ticks = " nn-ticks" if len(texts) <= MOST_TICKS else ""
    return (
        f'<div class="nn-control nn-slider"><label for="{name}">{escape(control.label)}</label> '
        f'<output for="{name}" aria-live="off">{escape(texts[control.start])}</output>'
        f'<div class="nn-range{ticks}">{before}<span class="nn-track" style="--x:{places[control.start]}">'
        f'<input type="range" {attributes} min="0" max="{last}" step="1" value="{control.start}" '
        f'aria-valuetext="{escape(texts[control.start])}" data-texts="{escape("|".join(texts))}" '
        f'data-at="{" ".join(places)}"></span>{after}</div></div>'
    )


def _numbers(control: Control) -> list[float]:
    return [float(value) for value in control.values]


def _switch(control: Control, attributes: str, name: str) -> str:
    """A slider with two stops: both are there to be read, and the nearer one to the thumb is chosen."""
    off, on = (escape(text) for text in control.texts)
    checked = " checked" if control.start else ""
    return (
        f'<div class="nn-control nn-switch"><label for="{name}">{escape(control.label)}'
        f'<span class="nn-unseen"> {on} instead of {off}</span></label>'
        f'<span class="nn-ends"><span class="nn-off" aria-hidden="true">{off}</span>'
        f'<input type="checkbox" role="switch" {attributes} data-texts="{off}|{on}"{checked}>'
        f'<span class="nn-on" aria-hidden="true">{on}</span></span></div>'
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
        f'<div class="nn-control nn-check"><input type="checkbox" {attributes} data-texts="off|on"{checked}> '
        f'<label for="{name}">{escape(control.label)}</label></div>'
    )


def _without_script(choices: Choices) -> str:
    starts = ", ".join(f"{control.label} {control.texts[control.start]}" for control in choices.controls)
    return escape(f"This figure has controls, which need JavaScript. It is shown for {starts}.")
