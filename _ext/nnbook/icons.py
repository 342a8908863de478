"""The theme's icons, at the cost of the ones a page shows.

The theme brings every icon of Font Awesome twice: as a script of 1.5 MB, which swaps an SVG for each, and as
web fonts, which its style sheet can draw without the script. The pages go without the script, and each font
keeps only the icons that are used.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from . import joined, lite
from .fonts import subset_font

SCRIPT = "scripts/fontawesome.js"
FONTS = "vendor/fontawesome/webfonts"
STYLES = "styles/pydata-sphinx-theme.css"
# An icon's rule in the theme's style sheet: its names and its character, escaped ("\f135") or itself.
RULE = re.compile(r'((?:\.fa-[\w-]+::?before,?)+)\{content:"(\\?[^"]+)"\}')
CHARACTER = re.compile(r"\\(f[0-9a-f]{3})\b|([\uf000-\uf8ff])")


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", offer_filter)
    app.connect("build-finished", keep_used_icons)


def offer_filter(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    context["without_icon_script"] = without_icon_script  # used by _templates/layout.html


def without_icon_script(head: str) -> str:
    return re.sub(rf"<script[^>]*{re.escape(SCRIPT)}[^>]*></script>", "", head)


def keep_used_icons(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    static = site / "_static"
    (static / SCRIPT).unlink(missing_ok=True)
    characters = used_characters(site)
    for font in (static / FONTS).glob("*"):
        if font.suffix == ".woff2":
            subset_font(font, font, characters)
        else:
            font.unlink()  # for browsers without woff2, of which there are none left that run the rest


def used_characters(site: Path) -> set[int]:
    """The code points of the icons that the site's pages and scripts name and that its style sheets draw."""
    theme = (site / "_static" / STYLES).read_text(encoding="utf-8")
    named: dict[str, set[int]] = {}
    for rule in RULE.finditer(theme):
        for name in re.findall(r"\.fa-([\w-]+):", rule[1]):
            named[name] = code_points(rule[2])
    files = [path for kind in ("*.html", "*.js") for path in site.rglob(kind)]
    pages = (
        path.read_text(encoding="utf-8") for path in files if path.relative_to(site).parts[0] != lite.NAME
    )
    names = {name for page in pages for name in re.findall(r"\bfa-([a-z][\w-]*)", page)}
    found = (site / "_static").rglob("*.css")
    sheets = [path for path in found if not path.match(STYLES) and path.parent.name != joined.FOLDER]
    styles = [path.read_text(encoding="utf-8") for path in sheets]
    return code_points(RULE.sub("", theme), *styles).union(*(named[name] for name in names & named.keys()))


def code_points(*styles: str) -> set[int]:
    """The icons that style sheets draw: the characters of the private use area, escaped or not."""
    found = (match for style in styles for match in CHARACTER.finditer(style))
    return {int(match[1], 16) if match[1] else ord(match[2]) for match in found}
