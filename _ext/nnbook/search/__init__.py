"""Search by section, in the reader's browser: an index of the book, made by the build, and a page of results.

Sphinx's own search finds pages, shows TeX and code, and ranks an appendix of many words before the chapter,
so it is left out. Pagefind fetches its index and searches in WebAssembly, which a page that was opened from
disk may not do. lunr could, but has had no release since 2020. MiniSearch has, ranks by BM25, forgives a slip
of the pen, and takes 6 KB.

========================  ==========================================================
``text``, ``entries``     what of a page is found, and what a snippet may show
``index``                 all pages as one script, and the glossary's words
``synonyms.toml``         what readers type, by what the book says for it
``static/``               the page's side: words, questions, snippets, the page
``minisearch/``           MiniSearch, as one script (``tools/bundles.py``)
========================  ==========================================================

The words are marked, where a result leads, by ``_static/marks.js``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from .. import assets
from . import entries, index

HERE = Path(__file__).parent
PAGE = "search"
SCRIPTS = ("words", "query", "snippet", "page")
GLOSSARY = "appendix/glossary"
#: Sphinx's own, on each page or in the site, for nobody.
NEEDLESS = ("searchtools.js", "language_data.js", "sphinx_highlight.js")


def setup(app: Sphinx) -> None:
    app.add_config_value("nnbook_search_weights", {}, "html", dict)
    app.connect("builder-inited", instead_of_sphinx)
    app.connect("doctree-resolved", keep, priority=100)  # before sections are folded
    app.connect("html-collect-pages", collect)
    app.connect("html-page-context", add_files)
    app.connect("build-finished", remove)


def instead_of_sphinx(app: Sphinx) -> None:
    if app.builder.name == "html":
        app.builder.search = False  # type: ignore[attr-defined]


def kept(app: Sphinx, page: str) -> Path:
    """Where a page's entries wait for a build that does not read that page again."""
    return Path(app.doctreedir, "search", f"{page}.json")


def keep(app: Sphinx, doctree: nodes.document, page: str) -> None:
    if app.builder.name != "html":
        return
    file = kept(app, page)
    file.parent.mkdir(parents=True, exist_ok=True)
    found = [asdict(entry) for entry in entries.of_page(doctree)]
    file.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def of_page(app: Sphinx, page: str) -> list[entries.Entry]:
    if not kept(app, page).exists():
        app.env.get_and_resolve_doctree(page, app.builder)
    return [entries.Entry(**entry) for entry in json.loads(kept(app, page).read_text(encoding="utf-8"))]


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name == "html":
        glossary = GLOSSARY if GLOSSARY in app.env.found_docs else ""
        yield PAGE, {"title": "Search", "glossary": glossary}, "search.html"


def add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    scripts = context.get("script_files", [])
    scripts[:] = [one for one in scripts if not str(one.filename).endswith(NEEDLESS[-1])]
    if page != PAGE or app.builder.name != "html":
        return
    pages = {name: of_page(app, name) for name in sorted(app.env.found_docs)}
    numbers = {name: found.get("", ()) for name, found in app.env.toc_secnumbers.items()}
    made = index.joined(
        pages,
        {name: app.builder.get_target_uri(name) for name in pages},
        numbers,
        app.config.nnbook_search_weights,
        index.synonyms(index.SYNONYMS),
    )
    library = HERE / "minisearch"
    assets.write(app, {"minisearch-LICENSE.txt": (library / "LICENSE").read_text(encoding="utf-8")})
    assets.add(
        app,
        {
            "search.css": (HERE / "static" / "search.css").read_text(encoding="utf-8"),
            "minisearch.js": (library / "minisearch.min.js").read_text(encoding="utf-8"),
            "search-index.js": index.script(made),
            "search.js": script(),
        },
    )


def script() -> str:
    """The page's side, as one script that nothing else on the page sees."""
    parts = [(HERE / "static" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def remove(app: Sphinx, error: Exception | None) -> None:
    """What Sphinx copies for its own search; an earlier build may have left its index."""
    if error is None and app.builder.name == "html":
        for name in (*(f"_static/{needless}" for needless in NEEDLESS), "searchindex.js"):
            Path(app.outdir, name).unlink(missing_ok=True)
