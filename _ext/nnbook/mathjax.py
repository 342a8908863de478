"""MathJax, served with the site: the part of it that a page with TeX formulas can ask for."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util.fileutil import copy_asset

# The PyPI package brings all of MathJax, 24 MB. Its name is no Python identifier, hence find_spec.
PACKAGE = "sphinx-mathjax-offline"
START = "startup.js"
# MathJax's usual bundle also holds a menu of settings and is nearly twice as large as what formulas need.
COMPONENTS = ("core", "input/tex", "output/chtml", "a11y/assistive-mml")
# What these ask for by themselves: the commands that a page may use, the letters and their measures.
FOLDERS = ("input/tex/extensions", "output/chtml/fonts")


def setup(app: Sphinx) -> None:
    app.connect("config-inited", choose_components)
    app.connect("build-finished", copy_components)


def choose_components(app: Sphinx, config: Config) -> None:
    config.mathjax_path = f"mathjax/{START}"
    config.mathjax3_config = {
        "loader": {"load": list(COMPONENTS)},
        # Screen readers read the MathML that stands, unseen, beside each formula.
        "options": {"enableAssistiveMml": True},
    } | (config.mathjax3_config or {})


def copy_components(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "mathjax"
    for file in (START, *(f"{component}.js" for component in COMPONENTS)):
        copy_asset(str(source() / file), str((target / file).parent))
    for folder in FOLDERS:
        copy_asset(str(source() / folder), str(target / folder))


def source() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ExtensionError(f"The package {PACKAGE} is missing: install the book's requirements.lock.")
    return Path(spec.origin).parent / "static" / "mathjax"
