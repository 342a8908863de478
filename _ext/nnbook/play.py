"""The networks that train in the page: their script and style sheet, on the pages that have one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from nnlib.play.carriers import script, style

MARK = 'class="nn-live"'


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_files)
    app.connect("build-finished", write_files)


def add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if MARK in context.get("body", ""):
        for name, text in (("play.css", style()), ("play.js", script())):
            version = hashlib.sha1(text.encode()).hexdigest()[:8]  # a reader's browser keeps the old one
            if name.endswith(".css"):
                app.add_css_file(f"{name}?v={version}")
            else:
                app.add_js_file(f"{name}?v={version}", loading_method="defer")


def write_files(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        (static / "play.css").write_text(style(), encoding="utf-8")
        (static / "play.js").write_text(script(), encoding="utf-8")
