"""A change of the look alone, or of what makes the pages, is a change: Sphinx writes all of them again.

After a change of the extension itself it reads them again as well: some of its parts work while it reads.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from .digest import digest

FOLDERS = ("_static", "_templates", "_ext", "nnlib/exercises", "nnlib/play/static")


def setup(app: Sphinx) -> None:
    # "html": a new value makes Sphinx write every page again.
    app.add_config_value("nnbook_look", "", "html", str)
    app.add_config_value("nnbook_reading", "", "env", str)
    app.connect("config-inited", note)


def note(app: Sphinx, config: Config) -> None:
    root = Path(app.srcdir)
    files = [path for name in FOLDERS for path in (root / name).rglob("*") if path.is_file()]
    config.nnbook_look = digest(root, sorted(path for path in files if path.suffix != ".pyc"))
    own = (root / "_ext").rglob("*.py")
    config.nnbook_reading = digest(root, sorted(own))
