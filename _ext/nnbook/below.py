"""The code of a figure, where it is folded, stands below the figure: a reader looks first.

Of other results the folded code stays above, as every code does, and its title does not speak of a figure.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

TITLE = "The code of this result"


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", move)


def move(app: Sphinx, doctree: nodes.document, page: str) -> None:
    for cell in doctree.findall(nodes.container):
        if cell.get("hide_mode") != "input" or len(cell.children) < 2:
            continue
        code = cell.children[0]
        if any(draws(output) for output in cell.children[1:]):
            cell.append(cell.pop(0))
        elif isinstance(code, nodes.Element) and code.get("prompt_show") == app.config.nb_code_prompt_show:
            code["prompt_show"] = TITLE


def draws(output: nodes.Node) -> bool:
    pages = (raw.astext() for raw in output.findall(nodes.raw))
    return any('<figure class="nn-' in page for page in pages) or any(output.findall(nodes.image))
