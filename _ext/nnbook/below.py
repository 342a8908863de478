"""The code of a figure, where it is folded, stands below the figure as a small link: a reader looks first.

Other folded code stays where it is, above its result, and its title does not speak of a figure.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

TITLE = "The code"


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", move)


def move(app: Sphinx, doctree: nodes.document, page: str) -> None:
    for cell in doctree.findall(nodes.container):
        if cell.get("hide_mode") != "input":
            continue
        code, *outputs = cell.children
        if any(draws(output) for output in outputs):
            cell.append(cell.pop(0))
            if isinstance(code, nodes.Element):
                code["classes"].append("nn-below")
        elif isinstance(code, nodes.Element) and code.get("prompt_show") == app.config.nb_code_prompt_show:
            code["prompt_show"] = TITLE


def draws(output: nodes.Node) -> bool:
    pages = (raw.astext() for raw in output.findall(nodes.raw))
    return any('<figure class="nn-' in page for page in pages) or any(output.findall(nodes.image))
