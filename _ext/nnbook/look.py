"""A change of the look alone is a change: Sphinx copies ``_static`` only where it writes a page."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from .digest import digest


def setup(app: Sphinx) -> None:
    # "html": a new value makes Sphinx write every page again.
    app.add_config_value("nnbook_look", "", "html", str)
    app.connect("config-inited", note)


def note(app: Sphinx, config: Config) -> None:
    root = Path(app.srcdir)
    config.nnbook_look = digest(root, sorted(p for p in (root / "_static").rglob("*") if p.is_file()))
