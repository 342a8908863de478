"""The code of a figure, where it is folded, stands below the figure: a reader looks first."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", move)


def move(app: Sphinx, doctree: nodes.document, page: str) -> None:
    for cell in doctree.findall(nodes.container):
        if cell.get("hide_mode") == "input" and len(cell.children) > 1:
            cell.append(cell.pop(0))
