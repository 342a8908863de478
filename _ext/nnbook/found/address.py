"""The address that the book is published at: ``html.baseurl`` in ``_config.yml``, else the repository's own.

Sphinx writes the canonical links from it. Without one, nothing that needs a whole address is written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError


def setup(app: Sphinx) -> None:
    app.connect("config-inited", find, priority=200)  # after repository.py has read the repository's name


def find(app: Sphinx, config: Config) -> None:
    config.html_baseurl = base(config.html_baseurl, config.nnbook_repository)


def base(published: str, repository: str) -> str:
    """Where the site begins, with a slash at its end; empty if nobody has said where."""
    if published:
        parts = urlsplit(published)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise ConfigError(
                f"html.baseurl in _config.yml is {published!r}; it should be the address that the book is "
                "published at, as https://OWNER.github.io/NAME/, or empty."
            )
        return published.rstrip("/") + "/"
    if not repository:
        return ""
    owner, _, name = repository.lower().partition("/")
    # The name keeps its capitals in the path; a repository that is called like its host is the host's root.
    folder = "" if name == f"{owner}.github.io" else f"{repository.partition('/')[2]}/"
    return f"https://{owner}.github.io/{folder}"


def keep(app: Sphinx, error: Exception | None, name: str, make: Callable[[], str]) -> None:
    """At the end of a build, a file that needs the address: written, or removed where there is none."""
    if error is not None or app.builder.name != "html":
        return
    file = Path(app.outdir, name)
    if app.config.html_baseurl:
        file.write_text(make(), encoding="utf-8")
    else:
        file.unlink(missing_ok=True)


def path(url: str) -> str:
    """The path below which the site's files are: ``/NAME/``, or ``/`` where no address is known."""
    return urlsplit(url).path or "/"
