"""The PDF and the EPUB that ``tools/paper`` has made: linked from the first page while they are of this text.

A build writes the pages anew, and neither of the two: one that is of another text is removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

from .digest import of_text
from .markup import pages

NAMES = {".pdf": "PDF", ".epub": "EPUB"}
LINE = re.compile(r'\n?<p class="nn-paper">.*?</p>', re.DOTALL)
#: After what the page says first: before its first section below the title.
PLACE = re.compile(r"(?=<section [^>]*>\s*(?:<span [^>]*></span>)*<h2>)")
#: Of a page: where the book is published, to which figures on paper lead, and what is read.
TEXT = re.compile(r'<link rel="canonical"[^>]*>|<article\b.*</article>', re.DOTALL)
UNREAD = re.compile(rf"<script\b.*?</script>|{LINE.pattern}", re.DOTALL)


def setup(app: Sphinx) -> None:
    app.connect("build-finished", keep, priority=970)  # after all that writes pages


def keep(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    site, name = Path(app.outdir), file_name(app.config.html_title or app.config.project)
    made = list(there(site, name))
    of = text(site) if made else ""
    for path in made:
        if not mark(path).is_file() or mark(path).read_text(encoding="utf-8") != of:
            path.unlink()
    offer(site, app.builder.get_target_uri(app.config.root_doc), name)


def file_name(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def there(site: Path, name: str) -> Iterator[Path]:
    return filter(Path.is_file, (site / f"{name}{suffix}" for suffix in NAMES))


def mark(path: Path) -> Path:
    """Where the text that a file was made of is known, outside of the site."""
    return path.parent.parent / f".{path.name}"


def stamp(path: Path) -> None:
    """A file was made of the pages as they are now."""
    mark(path).write_text(text(path.parent), encoding="utf-8")


def text(site: Path) -> str:
    every = (UNREAD.sub("", path.read_text(encoding="utf-8")) for path in pages(site))
    return of_text("".join(part for page in every for part in TEXT.findall(page)))


def offer(site: Path, first: str, name: str) -> bool:
    """Link the files that are in the site from its first page; whether there was a place for it."""
    page = site / first
    before = page.read_text(encoding="utf-8")
    after, places = PLACE.subn(lambda _: line(site, name), LINE.sub("", before), count=1)
    if after != before:
        page.write_text(after, encoding="utf-8")
    return places == 1


def line(site: Path, name: str) -> str:
    links = [
        f'<a href="{path.name}" download>{NAMES[path.suffix]}</a> ({size(path)})'
        for path in there(site, name)
    ]
    if not links:
        return ""
    return f'<p class="nn-paper">To print or to carry: the whole book as {" or ".join(links)}.</p>\n'


def size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"
