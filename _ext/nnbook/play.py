"""The networks that train in the page: their script and style sheet, on the pages that have one."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from . import assets

MARK = 'class="nn-live"'
DIGITS = 'data-kind="digits"'


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_files)


def add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if MARK not in context.get("body", ""):
        return
    from nnlib.play.scripts import digits_data, digits_script, script, style

    assets.add(app, {"play.css": style(), "play.js": script()})
    if DIGITS in context["body"]:
        assets.add(app, {"play-digits.js": digits_script()})
        # Loaded by that script when the reader first asks for it.
        assets.write(app, {"play-digits-data.js": digits_data()})
