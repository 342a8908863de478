"""A page's title, description, Open Graph and ``LearningResource``: what is shown of it elsewhere.

``nnbook_descriptions`` in ``_config.yml`` has a sentence or two for each page.
"""

from __future__ import annotations

import json
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from . import picture

SEPARATOR = " · "
SUBTITLE = ": an interactive textbook"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
WITHOUT_SOURCE = "noindex"  # the pages of results and of lost readers


def setup(app: Sphinx) -> None:
    app.add_config_value("nnbook_descriptions", {}, "html", dict)
    app.connect("html-page-context", describe)


def describe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    book = app.config.html_title or app.config.project
    name = plain(app.env.titles[page].astext() if page in app.env.titles else context.get("title", ""))
    context["page_title"] = title(name, book)  # used by _templates/layout.html
    if doctree is None:
        context["metatags"] = context.get("metatags", "") + meta("name", "robots", WITHOUT_SOURCE)
        context["pageurl"] = None  # no canonical link either
        return
    description = app.config.nnbook_descriptions.get(page, "") or opening(doctree)
    tags = [meta("name", "description", description)] if description else []
    address = context.get("pageurl") or ""
    image = picture.of_page(app, page, name) if address else None
    tags += open_graph(app, name, description, address, image)
    tags.append(data_block(resource(app, page, name, description, address, image)))
    context["metatags"] = context.get("metatags", "") + "".join(tags)


def plain(text: str) -> str:
    """A title without markup: Sphinx gives those of its own pages as HTML."""
    return unescape(nodes.unescape(text)).strip()


def title(name: str, book: str) -> str:
    """Each thing once: the page's topic and the book, or on the book's first page what kind of book it is."""
    return book + SUBTITLE if name in (book, "") else f"{name}{SEPARATOR}{book}"


def opening(doctree: nodes.document, limit: int = 160) -> str:
    """A page's first words, to the end of a sentence where one fits, for a page that nobody has described."""
    first = next(iter(doctree.findall(nodes.paragraph)), None)
    text = " ".join(first.astext().split()) if first else ""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    stop = max(cut.rfind(". "), cut.rfind("? "))
    return cut[: stop + 1] if stop > 0 else cut.rsplit(" ", 1)[0] + " …"


def meta(kind: str, name: str, content: str) -> str:
    return f'\n    <meta {kind}="{name}" content="{escape(content)}" />'


def open_graph(
    app: Sphinx, name: str, description: str, address: str, image: picture.Picture | None
) -> list[str]:
    tags = {
        "og:title": name,
        "og:type": "website" if name == app.config.html_title else "article",
        "og:site_name": app.config.html_title or app.config.project,
        "og:description": description,
        "og:url": address,
    }
    found = [meta("property", key, value) for key, value in tags.items() if value]
    if image:
        found += [
            meta("property", "og:image", app.config.html_baseurl + image.path),
            meta("property", "og:image:width", str(picture.WIDTH)),
            meta("property", "og:image:height", str(picture.HEIGHT)),
            meta("property", "og:image:alt", image.words),
            meta("name", "twitter:card", "summary_large_image"),
        ]
    return found


def resource(
    app: Sphinx, page: str, name: str, description: str, address: str, image: picture.Picture | None
) -> dict[str, Any]:
    """The page as schema.org's LearningResource, of which universities' catalogues read the same fields."""
    book = {"@type": "Book", "name": app.config.html_title or app.config.project}
    if app.config.html_baseurl:
        book["url"] = app.config.html_baseurl
    first = page == app.config.root_doc
    found = {
        "@context": "https://schema.org",
        "@type": ["LearningResource", "Book"] if first else "LearningResource",
        "name": name,
        "description": description,
        "learningResourceType": learning_type(page, first),
        "inLanguage": app.config.language,
        "license": LICENSE,
        "isAccessibleForFree": True,
        "author": {"@type": "Organization", "name": app.config.author},
        "url": address,
        "image": app.config.html_baseurl + image.path if image else "",
    }
    if not first:
        found["isPartOf"] = book
    number = app.env.toc_secnumbers.get(page, {}).get("")
    if number:
        found["position"] = number[0]
    return {key: value for key, value in found.items() if value}


def learning_type(page: str, first: bool) -> list[str]:
    if first:
        return ["textbook", "simulation"]
    return ["chapter", "simulation", "exercise"] if Path(page).parent.name == "chapters" else ["reference"]


def data_block(content: dict[str, Any]) -> str:
    """Data, not a script: a browser runs nothing of it, and no text can end it."""
    text = json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
    return f'\n    <script type="application/ld+json">{text}</script>'
