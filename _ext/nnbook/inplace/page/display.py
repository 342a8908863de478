"""A value as the page shows it: by kind of content, as a notebook's front end gets it."""

from __future__ import annotations

import pprint
import sys
from typing import Any

Bundle = dict[str, Any]
WIDTH = 79  # characters


def bundle(value: object) -> Bundle:
    """What the page may choose from. Of HTML, only nnlib's own: what a reader computes can be anything."""
    if made := of_nnlib(value):
        return made
    if is_figure(value):
        return {"image/svg+xml": svg(value), "text/plain": described(value)}
    picture = getattr(value, "_repr_svg_", None)
    if callable(picture) and not isinstance(value, type):
        return {"image/svg+xml": picture(), "text/plain": repr(value)}
    return {"text/plain": text(value)}


def of_nnlib(value: Any) -> Bundle | None:
    kind = type(value)
    name = f"{kind.__module__}.{kind.__name__}"
    if name == "nnlib.explore.Explorer":
        from . import explorers

        return explorers.bundle(value)
    if name in ("nnlib.explore.Shown", "nnlib.play.Playground"):
        made, _ = value._repr_mimebundle_()
        return dict(made)
    return None


def text(value: object) -> str:
    if isinstance(value, list | tuple | dict | set | frozenset):
        return pprint.pformat(value, width=WIDTH, sort_dicts=False)
    return repr(value)


def is_figure(value: object) -> bool:
    module = sys.modules.get("matplotlib.figure")
    return module is not None and isinstance(value, module.Figure)


def svg(figure: Any) -> str:
    from nnlib.explore.svg import to_svg

    return to_svg(figure)


def described(figure: Any) -> str:
    """A figure in words: its titles, and what is drawn against what."""
    said = [figure.get_suptitle()]
    for axes in figure.axes:
        x, y, title = axes.get_xlabel(), axes.get_ylabel(), axes.get_title() or axes.get_title(loc="left")
        against = f"{y} against {x}" if x and y else x or y
        said += [title, against]
    return "Figure: " + "; ".join(filter(None, said)) if any(said) else "Figure"


def open_figures() -> list[Any]:
    """What pyplot has drawn and nobody has shown, closed: a cell's figures are its own."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
    pyplot.close("all")
    return figures
