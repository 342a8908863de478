"""The page's side of the exercises, as one script: its files have the rules of this package's modules, file by file."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

#: Each after those that it needs. They share one scope, which nothing else on a page sees.
SCRIPTS = ("expressions", "readings", "words", "numbers", "kinds", "drawn", "forms")


@cache
def script() -> str:
    """All of the page's scripts, without their comments and indentation."""
    static = files("nnlib.exercises") / "static"
    text = "\n".join((static / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    text = re.sub(r"(?m)^\s*(//.*\n)?|\s+//\s.*$", "", text)
    return f'(() => {{\n"use strict";\n{text}}})();\n'
