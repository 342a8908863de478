"""The page's side of ``play``, as one script and one style sheet."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

#: The page's scripts, each after those that it needs.
SCRIPTS = (
    *("random", "network", "data"),
    *("words", "settings", "model", "colours", "stage", "plots"),
    *("python", "keeping", "controls", "neuron", "own", "panels", "figure"),
)


@cache
def script() -> str:
    """All of the page's scripts, without their comments and indentation."""
    text = "\n".join(_static(f"{name}.js") for name in SCRIPTS)
    return re.sub(r"(?m)^\s*(//.*\n)?|\s+//\s.*$", "", text)


@cache
def style() -> str:
    """The figure's style sheet, without its comments and indentation."""
    return re.sub(r"(?m)^\s+|\n(?=\n)", "", re.sub(r"(?s)/\*.*?\*/", "", _static("play.css")))


def _static(name: str) -> str:
    return (files("nnlib.play") / "static" / name).read_text(encoding="utf-8")
