"""The stored notebooks: run, in order, in their normal form; and the tool that stores them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat import NotebookNode

from tools import notebooks

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = notebooks.stored()


def test_the_table_of_contents_has_every_notebook() -> None:
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    content = yaml.safe_load(toc)
    listed = {content["root"]} | {entry["file"] for part in content["parts"] for entry in part["chapters"]}
    stored = {path.relative_to(ROOT).with_suffix("").as_posix() for path in NOTEBOOKS}
    assert {name.split("/")[0] for name in stored} == {"intro", *notebooks.FOLDERS}
    assert {name for name in listed if not (ROOT / f"{name}.md").is_file()} == stored


PLANNED = {
    "perceptron": "the perceptron",
    "activations": "activations",
    "cost_functions": "cost functions",
    "gradient_descent": "gradient descent",
    "backpropagation": "backpropagation",
    "vanishing_gradients": "vanishing gradients",
    "digits": "real digits",
    "keras": "in Keras",
}


def test_the_landing_page_says_which_chapters_are_still_to_come() -> None:
    cells = nbformat.read(notebooks.LANDING, as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells)
    start = text.find("Still to come:")
    to_come = " ".join(text[start:].split("\n\n")[0].split()) if start >= 0 else ""
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    for stem, words in PLANNED.items():
        assert (f"chapters/{stem}" in toc) != (words in to_come), words


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_run_and_in_normal_form(path: Path) -> None:
    assert notebooks.problems(path) == [], "run make notebooks"


def notebook(*sources: str) -> NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


def stored(tmp_path: Path, content: NotebookNode) -> Path:
    path = tmp_path / "chapter.ipynb"
    path.write_text(notebooks.to_text(content), encoding="utf-8")
    return path


@pytest.fixture
def executed(tmp_path: Path) -> Path:
    """A small notebook as the tool stores it."""
    path = stored(tmp_path, notebook("x = 2", "print(x)\nprint(x + 1)"))
    path.write_text(notebooks.to_text(notebooks.normalise(notebooks.run(path))), encoding="utf-8")
    return path


def test_a_stored_notebook_has_no_problems_and_stays_as_it_is(executed: Path) -> None:
    assert notebooks.problems(executed) == []
    before = executed.read_text(encoding="utf-8")
    again = notebooks.to_text(notebooks.normalise(notebooks.run(executed)))
    assert again == before


def test_nothing_tells_who_ran_it_or_when(executed: Path) -> None:
    found = nbformat.read(executed, as_version=4)
    assert found.metadata.keys() == {"kernelspec", "language_info"}
    assert "version" not in found.metadata.language_info
    assert all(cell.metadata == {} for cell in found.cells)
    assert found.cells[1].outputs == [{"name": "stdout", "output_type": "stream", "text": "2\n3\n"}]


def test_widget_views_are_dropped_and_their_picture_kept() -> None:
    content = notebook("x")
    data = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "a caption"}
    content.cells[0].outputs = [nbformat.v4.new_output("display_data", data)]
    normal = notebooks.normalise(content)
    assert normal.cells[0].outputs[0].data == {"text/plain": "a caption"}


def test_cells_keep_their_ids_and_double_ones_are_told_apart() -> None:
    content = notebook("a", "b", "c")
    for cell, name in zip(content.cells, ("one", "two", "two"), strict=True):
        cell.id = name
    ids = [cell.id for cell in notebooks.normalise(content).cells]
    assert ids[:2] == ["one", "two"]
    assert len(set(ids)) == 3


def broken(content: NotebookNode, fault: str) -> None:
    cell = content.cells[1]
    if fault == "not run":
        cell.execution_count, cell.outputs = None, []
    elif fault == "out of order":
        cell.execution_count = 7
    elif fault == "error":
        cell.outputs = [nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])]
    elif fault == "warning":
        cell.outputs = [nbformat.v4.new_output("stream", name="stderr", text="careful")]
    elif fault == "time":
        cell.metadata["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
    else:
        content.metadata.kernelspec["display_name"] = "My own kernel"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("not run", "have not all been run"),
        ("out of order", "have not all been run"),
        ("error", "ends in an error"),
        ("warning", "writes a warning"),
        ("time", "not in its normal form"),
        ("kernel", "not in its normal form"),
    ],
)
def test_each_fault_is_found(executed: Path, fault: str, sentence: str) -> None:
    content = nbformat.read(executed, as_version=4)
    broken(content, fault)
    executed.write_text(notebooks.to_text(content), encoding="utf-8")
    found = notebooks.problems(executed)
    assert len(found) == 1
    assert sentence in found[0]


def test_an_unformatted_file_is_found(executed: Path) -> None:
    executed.write_text(executed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert notebooks.problems(executed) == ["it is not in its normal form"]
