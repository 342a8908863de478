"""The networks that train in the page: their script and style sheet, on the pages that have one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

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

    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    # Written first: Sphinx adds a digest to a file's address, so that no browser keeps an old one.
    (static / "play.css").write_text(style(), encoding="utf-8")
    app.add_css_file("play.css")
    scripts = {"play.js": script()}
    if DIGITS in context["body"]:
        scripts["play-digits.js"] = digits_script()
        # Loaded by the script before, when the reader first asks for it.
        (static / "play-digits-data.js").write_text(digits_data(), encoding="utf-8")
    for name, text in scripts.items():
        (static / name).write_text(text, encoding="utf-8")
        app.add_js_file(name, loading_method="defer")
