"""``sitemap.xml``: every page that has a source, by its whole address; none where no address is known."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from sphinx.application import Sphinx

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAME = "sitemap.xml"


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write)


def write(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    path = Path(app.outdir, NAME)
    if not app.config.html_baseurl:
        path.unlink(missing_ok=True)
        return
    ElementTree.register_namespace("", NAMESPACE)
    urls = ElementTree.Element(f"{{{NAMESPACE}}}urlset")
    for page in sorted(app.env.found_docs):
        place = ElementTree.SubElement(
            ElementTree.SubElement(urls, f"{{{NAMESPACE}}}url"), f"{{{NAMESPACE}}}loc"
        )
        place.text = app.config.html_baseurl + app.builder.get_target_uri(page)
    ElementTree.indent(urls)
    ElementTree.ElementTree(urls).write(path, encoding="utf-8", xml_declaration=True)
