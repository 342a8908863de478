"""Sections that wait until they are opened: each item of *Going deeper*, and *Checks* as a whole.

A chapter writes them as ordinary sections with ordinary headings, so that a notebook reads the same
everywhere and a link to one has a title. In the built page each becomes a ``<details>``, its heading the
summary.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

WHOLE = "Checks"
ITEMS = "Going deeper"
BEFORE, BETWEEN, AFTER = '<details class="nn-fold"><summary>', "</summary>", "</details>"


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", fold)


def fold(app: Sphinx, doctree: nodes.document, page: str) -> None:
    if app.builder.format == "html":
        for section in folded(doctree):
            title, *content = section.children
            section.children = [html(BEFORE), title, html(BETWEEN), *content, html(AFTER)]


def folded(doctree: nodes.document) -> Iterator[nodes.section]:
    """The sections of a page that its readers open themselves."""
    for section in list(doctree.findall(nodes.section)):
        above = section.parent
        if heading(section) == WHOLE or (isinstance(above, nodes.section) and heading(above) == ITEMS):
            yield section


def heading(section: nodes.section) -> str:
    title = section.next_node(nodes.title)
    return title.astext() if title is not None else ""


def html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")
