"""The networks that train in the page: their script and style sheet, on the pages that have one."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from . import assets

MARK = 'class="nn-live"'


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_files)


def add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if MARK not in context.get("body", ""):
        return
    from nnlib.play.scripts import script, style

    assets.add(app, play_css=style(), play_js=script())
