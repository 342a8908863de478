"""Run the book's notebooks and store their results in one normal form.

``python tools/notebooks.py``            run every notebook again and store it
``python tools/notebooks.py NOTEBOOK``   run this one
``python tools/notebooks.py --check``    change nothing; say which notebooks are not as they should be stored
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
LANDING = ROOT / "intro.ipynb"
FOLDERS = ("chapters", "appendix")

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# Without Python's version: the results do not depend on it, and the file should not either.
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
KEPT_NOTEBOOK_METADATA = ("mystnb",)
# What editors leave behind: times, their own ids. Folded cells are a matter of folding.fold.
DROPPED_CELL_METADATA = {
    *{"execution", "ExecuteTime", "scrolled", "trusted"},
    *{"id", "outputId", "colab", "vscode", "pycharm"},
}
# nbclient's tag: the book's build does not run such a cell, and shows the results that are stored with it.
NEEDS_TENSORFLOW = "skip-execution"
# A stored widget view refers to a widget that no longer exists: readers would see an error, not the picture.
DROPPED_OUTPUTS = ("application/vnd.jupyter.widget-view+json",)


def stored() -> list[Path]:
    """Every notebook of the book."""
    return [LANDING, *(path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.ipynb")))]


def can_run(cell: NotebookNode) -> bool:
    """Whether the cell can be run here: not if it needs TensorFlow and there is none."""
    return NEEDS_TENSORFLOW not in cell.metadata.get("tags", []) or find_spec("tensorflow") is not None


def normalise(notebook: NotebookNode) -> NotebookNode:
    """The same notebook without anything that depends on who ran it, when, and with which editor.

    Its solutions are folded, as every editor understands it.
    """
    # Only here: the build's extension brings Sphinx, and every test's conftest asks this module what can run.
    sys.path.insert(0, str(ROOT / "_ext"))
    from nnbook import folding

    kept = {key: notebook.metadata[key] for key in KEPT_NOTEBOOK_METADATA if key in notebook.metadata}
    metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE} | kept
    taken: set[str] = set()
    cells = [normalise_cell(cell, position, taken) for position, cell in enumerate(notebook.cells)]
    normal = nbformat.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    folding.fold(normal)
    return normal


def normalise_cell(cell: NotebookNode, position: int, taken: set[str]) -> NotebookNode:
    cell = nbformat.from_dict(cell)
    name = cell.get("id")
    if not name or name in taken:
        name = hashlib.sha256(f"{position} {cell.source}".encode()).hexdigest()[:8]
    taken.add(name)
    cell.id = name
    for key in DROPPED_CELL_METADATA:
        cell.metadata.pop(key, None)
    if not cell.metadata.get("tags", True):
        del cell.metadata["tags"]
    if cell.cell_type == "code":
        cell.outputs = merge_streams([normalise_output(output) for output in cell.outputs])
    return cell


def normalise_output(output: NotebookNode) -> NotebookNode:
    if "data" in output:
        for mime in DROPPED_OUTPUTS:
            output.data.pop(mime, None)
        # Some libraries add display settings, for instance whether an image needs a background.
        output.metadata = NotebookNode()
    return output


def merge_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Text printed in one go can arrive in pieces, in a different way at each run."""
    merged: list[NotebookNode] = []
    for output in outputs:
        before = merged[-1] if merged else {}
        if output.output_type == "stream" and before.get("name") == output.name:
            merged[-1].text += output.text
        else:
            merged.append(output)
    return merged


def to_text(notebook: NotebookNode) -> str:
    return nbformat.writes(notebook) + "\n"


def problems(path: Path) -> list[str]:
    """Why the stored notebook is not ready to be published, in plain sentences; empty if it is."""
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    found = []
    if text != to_text(normalise(notebook)):
        found.append("it is not in its normal form")
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        found.append("its cells have not all been run, in order, from a fresh start")
    for cell in code:
        first = cell.source.strip().splitlines()[0]
        if any(output.output_type == "error" for output in cell.outputs):
            found.append(f"the cell {first!r} ends in an error")
        if any(output.get("name") == "stderr" for output in cell.outputs):
            found.append(f"the cell {first!r} writes a warning or a progress bar (stderr)")
    return found


def run(path: Path) -> NotebookNode:
    """Run a notebook from a fresh start, in its own folder, as a reader would in Jupyter."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        timeout=600,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        skip_cells_with_tag="",
    )
    client.execute()
    return notebook


def arguments() -> Any:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--check", action="store_true")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    paths = options.notebooks or stored()
    if missing := [str(path) for path in paths if not path.is_file()]:
        print(f"There is no notebook {', '.join(missing)}.", file=sys.stderr)
        return 1
    if options.check:
        found = [f"{path.name}: {problem}." for path in paths for problem in problems(path)]
        print("\n".join(found) or f"{len(paths)} notebooks are in order.")
        return 1 if found else 0
    os.environ.pop("NNLIB_STATIC", None)  # the stored notebook is the live one
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    for path in paths:
        print(f"{path.name} ...", end=" ", flush=True)
        start = time.perf_counter()
        try:
            notebook = run(path)
        except CellExecutionError as error:
            print(
                f"stopped.\n{error}\n{path.name} is left as it was: one of its cells ends in an error.",
                file=sys.stderr,
            )
            return 1
        path.write_text(to_text(normalise(notebook)), encoding="utf-8")
        print(f"{time.perf_counter() - start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
