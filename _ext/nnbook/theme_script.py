"""The theme's script asks all code how wide it is, and so the browser has to lay out what is folded as well.

On a slow phone that is a tenth of the time until a long chapter can be used. Here it asks what is not folded;
``_static/book.js`` asks what is opened.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

SCRIPT = "scripts/pydata-sphinx-theme.js"
ALL = re.compile(r'(\["pre",[^\]]*\]\.join\(", "\))(?=\)\.forEach)')
UNFOLDED = r"`:is(${\1}):not(details:not([open]) *, .admonition.toggle-hidden *)`"


def setup(app: Sphinx) -> None:
    app.connect("build-finished", leave_folded)


def leave_folded(app: Sphinx, error: Exception | None) -> None:
    """Another version of the theme may ask in other words: then all code is asked, and a test says so."""
    if error is not None or app.builder.name != "html":
        return
    path = Path(app.outdir) / "_static" / SCRIPT
    if path.is_file():
        path.write_text(ALL.sub(UNFOLDED, path.read_text(encoding="utf-8")), encoding="utf-8")
