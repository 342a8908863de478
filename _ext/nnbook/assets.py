"""Scripts and style sheets that are made while the book is built."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx


def add(app: Sphinx, files: dict[str, str]) -> None:
    """Write them, and bring them to the page at hand: ``{"play.js": text}``."""
    # Written first: Sphinx adds a digest to a file's address, so that no browser keeps an old one.
    write(app, files)
    for name in files:
        if name.endswith(".css"):
            app.add_css_file(name)
        else:
            app.add_js_file(name, loading_method="defer")


def write(app: Sphinx, files: dict[str, str]) -> None:
    """Write them where a script of the page finds them."""
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (static / name).write_text(text, encoding="utf-8")
