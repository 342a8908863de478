"""A build that failed, or was interrupted, is not continued: the next one reads every page again.

Sphinx keeps the pages it has read. Without this, a build that failed on a warning (``-W``) would pass when it
is simply run again, since the page with the warning would not be read a second time.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config

MARK = "unfinished"


def setup(app: Sphinx) -> None:
    app.connect("config-inited", start, priority=1)
    app.connect("build-finished", finish, priority=999)


def start(app: Sphinx, config: Config) -> None:
    mark = Path(app.doctreedir) / MARK
    if mark.exists():
        (mark.parent / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def finish(app: Sphinx, error: Exception | None) -> None:
    if error is None and app._warncount == 0:
        (Path(app.doctreedir) / MARK).unlink(missing_ok=True)
