"""Formulas in the package's docstrings: ``$a = f(z)$``, as in the chapters, where Sphinx expects a role."""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

FORMULA = re.compile(r"\$([^$]+)\$")


def setup(app: Sphinx) -> None:
    app.setup_extension("sphinx.ext.autodoc")
    app.setup_extension("sphinx.ext.napoleon")
    app.connect("autodoc-process-docstring", with_roles, priority=400)  # before napoleon


def with_roles(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Replace, in place, each formula of a docstring; one that is wrapped becomes one line."""
    if what == "property":
        lines[:0] = ["..", ""]  # a comment, or napoleon takes the words before a colon for its type
    lines[:] = FORMULA.sub(role, "\n".join(lines)).split("\n")


def role(formula: re.Match[str]) -> str:
    return f":math:`{' '.join(formula[1].split())}`"
