"""``404.html``: what a server shows where there is no page.

It is shown at every address, however deep, so its own links and files are named from the site's root.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from .address import path

PAGE = "404"
TITLE = "This page is not here"
BODY = f"""<section>
<h1>{TITLE}</h1>
<p>The address may have been mistyped, or the page may have got another name. Every page of the book is in the
list of contents, the <a href="search.html">search</a> finds a word in all of them, and the
<a href="{{root}}.html">first page</a> says what the book is about.</p>
</section>
"""
# An address in the page's HTML that is neither a place on the page nor named from a root.
RELATIVE = re.compile(r'(\s(?:href|src|action|data-content_root)=")(?!#|/|[a-z]+:)(?:\./)?')


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", collect)
    app.connect("build-finished", name_from_root)


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield PAGE, {"title": TITLE, "body": BODY.format(root=app.config.root_doc)}, "page.html"


def name_from_root(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    file = Path(app.outdir, f"{PAGE}.html")
    text = RELATIVE.sub(rf"\g<1>{path(app.config.html_baseurl)}", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
