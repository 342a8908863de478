"""What a picture shows, in words of the figure itself: its plots, their axes, and all that is written there.

The caption says what came out, this says what there is to see. Both are read out, and neither repeats the
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from nnlib.figures.seen import seen_in
from nnlib.figures.words import lowered, raised

MOST = 10  # words in a plot that are read out; a reader who wants more has the caption and the text

_DESCRIPTION = re.compile(r"<desc>([^<]*)</desc>")
_NUMBER = re.compile(r"[-−+]?[\d.,\s−]*[\d⋮][\s%]*")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_GREEK = {
    **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "lambda": "λ"},
    **{"sigma": "σ", "partial": "∂", "cdot": "·", "quad": " ", "nabla": "∇", "sum": "Σ", "sqrt": "√"},
    **{"Sigma": "Σ", "odot": "⊙ ", "leftarrow": "← "},
}


def described(figure: Figure) -> str:
    """``Plot of cost C against weight w. The curve falls.``, and so on for every plot of the figure.

    What its axes and words do not say is what the figure has said of itself: see ``nnlib.figures.seen``.
    """
    plots: list[str] = []
    for axes in figure.axes:
        if axes.get_visible() and (words := _plot(axes)):
            plots.append(words)
    plain = sum(1 for axes in figure.axes if axes.get_visible()) - len(plots)
    if plain:
        plots.append("A picture without words." if plain == 1 else f"{plain} pictures without words.")
    written = _listed(figure.texts)
    if written:
        plots.append(f"Written in it: {written}.")
    if len(plots) > 1 and len(set(plots)) == 1:
        plots = [f"{len(plots)} times: {plots[0]}"]
    return " ".join(plots)


def description_line(figure: Figure) -> str:
    """The description as a line of the picture's SVG."""
    return f"<desc>{escape(described(figure), quote=False)}</desc>"


def description_of(svg: str) -> str:
    """The description in an SVG drawn by :func:`nnlib.explore.svg.to_svg`; "" where there is none."""
    found = _DESCRIPTION.search(svg)
    return unescape(found[1]) if found else ""


def _plot(axes: Axes) -> str:
    titles = (_plain(axes.get_title(loc=where)) for where in ("left", "center", "right"))
    title = ", ".join(filter(None, titles))
    legend = axes.get_legend()
    written = _listed([*(legend.get_texts() if legend else ()), *axes.texts])
    x, y = (_plain(label) if axes.axison else "" for label in (axes.get_xlabel(), axes.get_ylabel()))
    scaled = axes.axison and any(axis.get_ticklocs().size for axis in (axes.xaxis, axes.yaxis))
    shapes = seen_in(axes)
    if not (x or y or title or written):
        return shapes
    what = "Plot" if scaled else "Drawing"
    what += f" of {y}" * bool(y) + f" against {x}" * bool(x and y) + f" along {x}" * bool(x and not y)
    return (
        what
        + f", titled {title}" * bool(title)
        + f"; written in it: {written}" * bool(written)
        + f". {shapes}".rstrip()
    )


def _listed(texts: Iterable[Text]) -> str:
    words = [_plain(text.get_text()) for text in texts if text.get_visible()]
    numbers = sum(1 for word in words if _NUMBER.fullmatch(word))
    found = [word for word in dict.fromkeys(words) if word and not _NUMBER.fullmatch(word)]
    more = len(found) - MOST
    shown = found[:MOST] if more > 1 else found
    rest = [f"{more} more"] * (more > 1) + ["a number" if numbers == 1 else f"{numbers} numbers"] * (
        numbers > 0
    )
    return "; ".join([*shown, *rest])


def _plain(text: str) -> str:
    r"""``$\sigma'(z)$`` as it is read: σ'(z)."""
    if "$" in text:
        text = re.sub(r"_\{?(\d)\}?(?!\d)", lambda index: lowered(int(index[1])), text)
        text = re.sub(r"\^\{\((\d)\)\}", lambda layer: f"⁽{raised(int(layer[1]))}⁾", text)
        text = re.sub(r"\\frac\{(\d)\}\{(\d)\}", r"\1/\2", text).replace("\\,", " ")
        text = _COMMAND.sub(lambda name: _GREEK.get(name[1], ""), text.replace("$", ""))
        text = re.sub(r"[{}\\]", "", text)
    return " ".join(text.split()).rstrip(".")
