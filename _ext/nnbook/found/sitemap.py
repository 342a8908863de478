"""``sitemap.xml``: every page that has a source, by its whole address; none where no address is known."""

from __future__ import annotations

from xml.etree import ElementTree

from sphinx.application import Sphinx

from . import address

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAME = "sitemap.xml"


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write)


def write(app: Sphinx, error: Exception | None) -> None:
    address.keep(app, error, NAME, lambda: listed(app))


def listed(app: Sphinx) -> str:
    pages = [
        app.config.html_baseurl + app.builder.get_target_uri(page) for page in sorted(app.env.found_docs)
    ]
    urls = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for page in pages:
        ElementTree.SubElement(ElementTree.SubElement(urls, "url"), "loc").text = page
    ElementTree.indent(urls)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(urls, encoding="unicode")}\n'
