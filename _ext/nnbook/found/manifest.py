"""What a phone keeps when a reader puts the book on its home screen: the icon, and where the address is known
the web manifest. Browsers refuse a manifest to a page that is opened from disk, and complain."""

from __future__ import annotations

import json
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from . import address

NAME = "book.webmanifest"
ICONS = {size: f"_static/icon-{size}.png" for size in (192, 512)}


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", link)
    app.connect("build-finished", write)


def link(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    pathto = context["pathto"]
    tags = f'\n    <link rel="apple-touch-icon" href="{pathto(ICONS[192], 1)}" />'
    if app.config.html_baseurl:
        tags += f'\n    <link rel="manifest" href="{pathto(NAME, 1)}" />'
    context["metatags"] = context.get("metatags", "") + tags


def write(app: Sphinx, error: Exception | None) -> None:
    address.keep(app, error, NAME, lambda: manifest(app))


def manifest(app: Sphinx) -> str:
    name = app.config.html_title or app.config.project
    vector = {"src": app.config.html_favicon, "sizes": "any", "type": "image/svg+xml"}
    pictures = [{"src": icon, "sizes": f"{size}x{size}", "type": "image/png"} for size, icon in ICONS.items()]
    content = {
        "name": name,
        "lang": app.config.language,
        "start_url": f"{app.config.root_doc}.html",
        "scope": ".",
        "display": "minimal-ui",  # with a button back: the book is made of pages
        "background_color": "#ffffff",
        "theme_color": "#0072b2",
        "icons": [vector, *pictures],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
