"""The networks that train in the page: their script and style sheet, on the pages that have one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

MARK = 'class="nn-live"'


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_files)


def add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if MARK not in context.get("body", ""):
        return
    from nnlib.play.scripts import script, style

    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    # Written first: Sphinx adds a digest to a file's address, so that no browser keeps an old one.
    for name, text in (("play.css", style()), ("play.js", script())):
        (static / name).write_text(text, encoding="utf-8")
    app.add_css_file("play.css")
    app.add_js_file("play.js", loading_method="defer")
