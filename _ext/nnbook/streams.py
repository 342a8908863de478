"""Printed text that arrived in pieces, put together as it was printed.

On a busy machine one ``print`` can reach the page in two pieces; myst-nb breaks the line between them.
"""

from __future__ import annotations

from myst_nb.core import render
from nbformat import NotebookNode
from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    render.coalesce_streams = joined


def joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The same outputs, all that a cell printed to one stream in one piece, where the first piece stood."""
    together: list[NotebookNode] = []
    first: dict[str, NotebookNode] = {}
    for output in outputs:
        if output["output_type"] != "stream":
            together.append(output)
        elif output["name"] in first:
            first[output["name"]]["text"] += output["text"]
        else:
            first[output["name"]] = NotebookNode(output)  # a copy: the kept results stay as they came
            together.append(first[output["name"]])
    return together
