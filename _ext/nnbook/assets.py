"""Scripts and style sheets that are made while the book is built."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx


def add(app: Sphinx, **files: str) -> None:
    """Bring them to the page at hand: ``play_js`` is the text of ``play.js``."""
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        name = name.replace("_", ".")
        # Written first: Sphinx adds a digest to a file's address, so that no browser keeps an old one.
        (static / name).write_text(text, encoding="utf-8")
        if name.endswith(".css"):
            app.add_css_file(name)
        else:
            app.add_js_file(name, loading_method="defer")
