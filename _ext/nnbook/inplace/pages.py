"""On a page with code: a name for each cell that stays the same, and the cells that are not shown.

A cell's name is the one that its notebook stores, so that what a reader wrote in it is found again after the
chapter has been revised. A cell that is left out of the page is run with the others: its code stands beside
them.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx

from .. import needs

MEGABYTES = 14  # what a reader downloads once, about; a test compares the sum
UNSEEN = {"remove-cell", "remove-input"}
SCRIPT = Path(__file__).with_name("run.js")
FIRST = re.compile(r'<div class="cell docutils container" id="(cell-[^"]+)"')
MARK = 'class="cell_input'


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", name_cells)
    app.connect("html-page-context", add_files)


def name_cells(app: Sphinx, doctree: nodes.document, page: str) -> None:
    source = Path(app.env.doc2path(page))
    if app.builder.format != "html" or not app.config.nnbook_inplace or source.suffix != ".ipynb":
        return
    cells = nbformat.read(source, as_version=4).cells
    containers = doctree.findall(nodes.container)
    shown = {node["cell_index"]: node for node in containers if node.get("nb_element") == "cell_code"}
    unseen: list[NotebookNode] = []
    last: nodes.Element | None = None
    for place, cell in enumerate(cells):
        node = shown.get(place)
        if cell.cell_type == "code" and (node is None or UNSEEN & set(cell.metadata.get("tags", []))):
            unseen.append(cell)
        if node is None:
            continue
        last = node
        for hidden in unseen:
            beside(node, hidden)
        unseen = []
        if has_code(node):
            node["ids"].append(f"cell-{cell.id}")
    if last is not None:
        for hidden in unseen:
            last.parent.append(script(hidden))


def has_code(cell: nodes.container) -> bool:
    """Whether its code is on the page, folded or not."""
    parts = cell.findall(nodes.container)
    return any(part.get("nb_element") == "cell_code_source" for part in parts)


def beside(node: nodes.Element, cell: NotebookNode) -> None:
    parent = node.parent
    parent.insert(parent.index(node), script(cell))


def script(cell: NotebookNode) -> nodes.raw:
    told = json.dumps({"id": cell.id, "code": needs.without_magic(cell.source)}).replace("<", "\\u003c")
    return nodes.raw("", f'<script type="application/json" class="nn-unseen">{told}</script>', format="html")


def first_cell(app: Sphinx, body: str) -> str | None:
    """The first cell of a page that a reader sees, by its name on the page."""
    found = FIRST.search(body) if app.config.nnbook_inplace else None
    return found[1] if found else None


def add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if not app.config.nnbook_inplace or MARK not in context.get("body", ""):
        return
    if not str(context.get("page_source_suffix", "")).endswith("ipynb"):
        return
    # Written first: Sphinx adds a digest to its address, so that no browser keeps an old one.
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SCRIPT, static / SCRIPT.name)
    version = app.config.nnbook_inplace_version
    told: dict[str, Any] = {"data-inplace": f"inplace/{version}/", "data-size": str(MEGABYTES)}
    app.add_js_file(SCRIPT.name, loading_method="defer", **told)
