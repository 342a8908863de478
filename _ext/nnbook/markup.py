"""What the page's parts get wrong in their HTML, put right before it is written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from . import lite

REPAIRS = {
    # docutils: a bibliography is a list whose entries have a role that has since been withdrawn.
    ' role="doc-biblioentry"': ' role="listitem"',
    # sphinx-exercise: the same id for every exercise and every solution of a page.
    '<section id="exercise-content">': "<section>",
    '<section id="solution-content">': "<section>",
    # docutils: the empty corner of a table is no heading.
    '<th class="head"><p></p></th>': "<td></td>",
}
# A formula in a line, and what clings to it: without help, a line may begin with the comma.
FORMULA = re.compile(
    r'(<span class="math notranslate nohighlight">(?:(?!</span>).)*</span>)([.,;:!?)\]…’”–-]+)'
)
# The theme: a button's picture, named like the words beside it, which are then heard twice.
LOGO = re.compile(r'<img alt="[^"]*" (src="[^"]*">\s*</span>\s*<span class="btn__text-container">)')
# Pages that are written without a source.
EXTRA_PAGES = {"index", "search", "genindex", "404"}


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", repair)
    app.connect("build-finished", remove_old_pages)
    app.connect("build-finished", silence_logos)


def repair(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if "body" not in context:
        return
    for wrong, right in REPAIRS.items():
        context["body"] = context["body"].replace(wrong, right)
    context["body"] = FORMULA.sub(r'<span class="nobreak">\1\2</span>', context["body"])


def remove_old_pages(app: Sphinx, error: Exception | None) -> None:
    """Remove the pages of sources that have been renamed or deleted: Sphinx leaves them in the site."""
    if error is not None or app.builder.name != "html":
        return
    site = Path(app.outdir)
    wanted = {f"{page}.html" for page in app.env.found_docs | EXTRA_PAGES}
    for path in pages(site):
        if path.relative_to(site).as_posix() not in wanted:
            path.unlink()


def silence_logos(app: Sphinx, error: Exception | None) -> None:
    """Leave a button with a picture and words only the words for its name."""
    if error is not None or app.builder.name != "html":
        return
    for path in pages(Path(app.outdir)):
        text = path.read_text(encoding="utf-8")
        if (silent := LOGO.sub(r'<img alt="" \1', text)) != text:
            path.write_text(silent, encoding="utf-8")


def drop_unnamed(folder: Path, html: str) -> None:
    """Remove a folder's files, of earlier builds, that none of the pages names."""
    for file in folder.glob("*"):
        if file.name not in html:
            file.unlink()


def pages(site: Path) -> list[Path]:
    """The site's own pages: not those of JupyterLite, nor what the build reports."""
    others = ("_static", "reports", lite.NAME)
    return sorted(path for path in site.rglob("*.html") if path.relative_to(site).parts[0] not in others)
