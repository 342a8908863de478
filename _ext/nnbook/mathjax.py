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
PARTS = ("tex-chtml.js", "input/tex/extensions", "output/chtml/fonts/woff-v2")


def setup(app: Sphinx) -> None:
    app.connect("config-inited", set_path)
    app.connect("build-finished", copy_parts)


def set_path(app: Sphinx, config: Config) -> None:
    config.mathjax_path = f"mathjax/{PARTS[0]}"


def copy_parts(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "mathjax"
    for part in PARTS:
        copy_asset(
            str(source() / part), str((target / part).parent if part.endswith(".js") else target / part)
        )


def source() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ExtensionError(f"The package {PACKAGE} is missing: install the book's requirements.lock.")
    return Path(spec.origin).parent / "static" / "mathjax"
