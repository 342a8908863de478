"""Explorers' frames as files beside the pages: each is brought when its reader comes near, narrow or wide.

In the HTML that nnlib writes, every explorer holds all its frames, for a wide page and for a phone. Most
readers of a page see few of them, and nobody both.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from sphinx.application import Sphinx

from .digest import of_text
from .markup import drop_unnamed, pages

FOLDER = "frames"  # in the site's _static
PACK = re.compile(r'(<script type="application/gzip" class="nn-frames"[^>]*)>([^<]+)</script>')
NARROW = re.compile(r'(<source media="[^"]*" srcset=")data:image/svg\+xml,([^"]*)(")')


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", leave_in_files)
    app.connect("build-finished", drop_old)


def leave_in_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    body = context.get("body", "")
    folder = Path(app.outdir) / "_static" / FOLDER
    if app.builder.name != "html" or not (PACK.search(body) or NARROW.search(body)):
        return
    folder.mkdir(parents=True, exist_ok=True)

    def kept(text: str, kind: str) -> str:
        name = of_text(text)
        if kind == "js":
            # A script, since a page that is opened from disk may ask for nothing else.
            text = f'((globalThis.nnexplore ??= {{ parts: [] }}).packs ??= {{}})["{name}"] = "{text}";\n'
        (folder / f"{name}.{kind}").write_text(text, encoding="utf-8")
        address: str = context["pathto"](f"_static/{FOLDER}/{name}.{kind}", 1)
        return address

    body = PACK.sub(lambda found: f'{found[1]} data-src="{kept(found[2], "js")}"></script>', body)
    body = NARROW.sub(lambda found: f"{found[1]}{kept(unquote(found[2]), 'svg')}{found[3]}", body)
    context["body"] = body


def drop_old(app: Sphinx, error: Exception | None) -> None:
    """Remove what no page asks for any more."""
    if error is not None or app.builder.name != "html":
        return
    site = Path(app.outdir)
    asked = "".join(path.read_text(encoding="utf-8") for path in pages(site))
    drop_unnamed(site / "_static" / FOLDER, asked)
