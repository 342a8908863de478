"""The page's side of ``play``, as one script and one style sheet."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from nnlib.data import load_digits
from nnlib.play.digits import written

#: The page's scripts, each after those that it needs.
SCRIPTS = (
    *("random", "network", "data", "rosenblatt"),
    *("words", "settings", "model", "colours", "stage", "plots"),
    *("python", "keeping", "slider", "controls", "neuron", "own", "panels", "trainer", "figure"),
)
#: Those of the figure that reads digits, besides.
DIGITS_SCRIPTS = ("drawing", "digits", "digits_python", "pad", "reader")


@cache
def script() -> str:
    """The page's scripts, without their comments and indentation."""
    return _joined(SCRIPTS)


@cache
def digits_script() -> str:
    """The scripts that a page with a reader of digits needs besides."""
    return _joined(DIGITS_SCRIPTS)


@cache
def digits_data() -> str:
    """``load_digits`` as a script, which the page loads when it is asked for: a character a pixel."""
    X, labels = load_digits()
    data = {"pixels": written(X), "labels": "".join(map(str, labels))}
    return f"globalThis.nnplay.digits = {json.dumps(data)};"


def _joined(names: tuple[str, ...]) -> str:
    text = "\n".join(_static(f"{name}.js") for name in names)
    return re.sub(r"(?m)^\s*(//.*\n)?|\s+//\s.*$", "", text)


@cache
def style() -> str:
    """The figure's style sheet, without its comments and indentation."""
    return re.sub(r"(?m)^\s+|\n(?=\n)", "", re.sub(r"(?s)/\*.*?\*/", "", _static("play.css")))


def _static(name: str) -> str:
    return (files("nnlib.play") / "static" / name).read_text(encoding="utf-8")
