"""Small files that a page asks for one after the other, joined: scripts that block, packages' style sheets.

A page of the theme asks for a dozen of each before it shows anything, and one of the sheets asks for another.
Only neighbours are joined, so that everything happens in the order in which it did. The book's own sheets
stay by themselves: which of them a page has differs, and whoever has seen one page has the rest for all.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache, partial
from pathlib import Path

from sphinx.application import Sphinx

from . import unused
from .digest import of_text
from .markup import drop_unnamed, pages

FOLDER = "joined"  # in the site's _static
NAME = r'([^"?]*_static/)([^"?]+)(?:\?[^"]*)?'
# With another attribute it is deferred, or reads what stands on its own tag.
SCRIPT = re.compile(rf'<script src="{NAME}"></script>\s*')
SHEET = re.compile(rf'<link (?:rel="stylesheet" type="text/css" )?href="{NAME}"(?: rel="stylesheet")? />\s*')
OWN = {"explorer.css", "play.css", "search.css", "book.css", "exercises.css"}
IMPORT = re.compile(r'@import\s+"([^"]+)";?')
CHARSET = re.compile(r'^\ufeff?@charset "[^"]*";')
ADDRESS = re.compile(r"""url\((['"]?)(?!data:|#|%23|/|https?:)([^'")]+)\1\)""")
# Of sphinx-design: what a page without tabs has no use for.
TABS = re.compile(r'<script data-sd-tabs-storage-prefix="[^"]*" src="[^"]*"></script>\s*')


def setup(app: Sphinx) -> None:
    app.connect("build-finished", join, priority=960)  # after the policy, which makes more such files


def join(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    site = Path(app.outdir)
    folder = site / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    every, names = "", unused.names_of(site)
    sheet.cache_clear()  # a process may build twice
    for path in pages(site):
        html = path.read_text(encoding="utf-8")
        made = of_page(html, site / "_static", names)
        if made != html:
            path.write_text(made, encoding="utf-8")
        every += made
    drop_unnamed(folder, every)


def of_page(html: str, static: Path, names: unused.Names | None = None) -> str:
    """A page that asks for fewer files, which are written; of the theme's, what the site has names for."""
    if "sd-tab-set" not in html:
        html = TABS.sub("", html)
    for pattern in (SHEET, SCRIPT):
        runs = re.compile(f"(?:{without_groups(pattern)}){{2,}}")
        html = runs.sub(partial(one, pattern=pattern, static=static, site_names=names), html)
    return html


def without_groups(pattern: re.Pattern[str]) -> str:
    return re.sub(r"\((?!\?)", "(?:", pattern.pattern)


def one(found: re.Match[str], pattern: re.Pattern[str], static: Path, site_names: unused.Names | None) -> str:
    """A run of tags in which those before the first of the book's own sheets are a single one."""
    run = found[0]
    tags = list(pattern.finditer(run))
    count = next((place for place, tag in enumerate(tags) if tag[2] in OWN), len(tags))
    if count < 2:
        return run
    names = [tag[2] for tag in tags[:count]]
    sheets = pattern is SHEET
    text = "\n".join(sheet(static, name, site_names) if sheets else script(static, name) for name in names)
    name = f"{of_text(text)}.{'css' if sheets else 'js'}"
    (static / FOLDER / name).write_text(text, encoding="utf-8")
    address = f"{tags[0][1]}{FOLDER}/{name}"
    tag = (
        f'<link rel="stylesheet" type="text/css" href="{address}" />'
        if sheets
        else f'<script src="{address}"></script>'
    )
    return f"{tag}\n    {run[tags[count - 1].end() :]}"


def script(static: Path, name: str) -> str:
    return (static / name).read_text(encoding="utf-8").rstrip() + "\n;"


@lru_cache
def sheet(static: Path, name: str, names: unused.Names | None = None) -> str:
    """A style sheet with those that it imports, its addresses from the joined one's folder."""
    folder = posixpath.dirname(name)

    def moved(address: re.Match[str]) -> str:
        there = posixpath.normpath(posixpath.join(folder, address[2]))
        return f"url({address[1]}../{there}{address[1]})"

    text = CHARSET.sub("", (static / name).read_text(encoding="utf-8"))
    if names and name in unused.SHEETS:
        text = unused.left_out(text, names)
    imported = [posixpath.normpath(posixpath.join(folder, found)) for found in IMPORT.findall(text)]
    text = ADDRESS.sub(moved, IMPORT.sub("", text))
    return "\n".join([*(sheet(static, each, names) for each in imported), text])
