"""Pictures of cells that the build does not run, shown like all others.

A cell tagged ``skip-execution`` keeps the results that its notebook stores: the chapter on Keras is built
without TensorFlow. What ``nnlib.show`` stored there is a PNG with its caption as text; here it becomes the
figure that ``show`` makes while the book is built. What there is to see in it stands in the cell's metadata,
where MyST-NB looks for it: ``mystnb.image.alt``.
"""

from __future__ import annotations

import struct
from base64 import b64decode
from html import escape

from myst_nb.core.execute.cache import NotebookClientCache
from nbformat import NotebookNode
from sphinx.application import Sphinx

TAG = "skip-execution"
# Screen readers read the caption, too: it is not to be heard twice.
ALT = "A picture that is not drawn again here; its caption says what there is to see."
PIXELS = 2  # of the picture, in one of the page: it is stored for sharp screens


def setup(app: Sphinx) -> None:
    run = NotebookClientCache.start_client

    def run_and_frame(client: NotebookClientCache) -> None:
        run(client)
        frame(client.notebook)

    NotebookClientCache.start_client = run_and_frame


def frame(notebook: NotebookNode) -> None:
    """Give every stored picture that has a caption the markup of a figure."""
    for cell in notebook.cells:
        if TAG in cell.metadata.get("tags", []):
            seen = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", ALT)
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if "image/png" in data and "text/plain" in data:
                    data["text/html"] = figure(data.pop("image/png"), data["text/plain"], seen)


def figure(png: str, caption: str, seen: str = ALT) -> str:
    # A PNG's width and height are the 17th to 24th of its bytes.
    width, height = (side // PIXELS for side in struct.unpack(">II", b64decode(png[:32])[16:24]))
    return (
        f'<figure class="nn-figure">\n<img class="nn-frame nn-stored dark-light" '
        f'src="data:image/png;base64,{"".join(png.split())}" alt="{escape(seen)}" '
        f'width="{width}" height="{height}">\n'
        f'<figcaption class="nn-caption">{escape(caption)}</figcaption>\n</figure>'
    )
