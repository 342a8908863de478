"""Proof that the checks can fail: break something in a copy of the book, and its tests go red."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import nbformat
import pytest

from tools import notebooks
from tools.copies import ROOT, copied, outcome

pytestmark = pytest.mark.slow

PARTS = ("nnlib", "tests", "tools", "chapters", "appendix", "intro.ipynb", "pyproject.toml", "conftest.py")

MUTATIONS = [
    pytest.param("activations.py", "a * (1 - a)", "a * (1 - a * a)", id="slope of the sigmoid"),
    pytest.param("activations.py", "s + a * (1 - s)", "s + a * (1 + s)", id="slope of swish"),
    pytest.param("costs.py", "0.5 * ((A - Y) ** 2)", "1.0 * ((A - Y) ** 2)", id="quadratic cost"),
    pytest.param("costs.py", "(A - Y) / (A * (1 - A))", "(A - Y) / A", id="slope of the cross-entropy"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, in another place, to break."""
    return copied(tmp_path_factory.mktemp("book"), PARTS)


def assert_green(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert re.search(r"\d+ passed", done.stdout)


def assert_red(done: subprocess.CompletedProcess[str], path: str) -> None:
    assert done.returncode == 1, done.stdout[-3000:] + done.stderr[-1000:]
    assert f"FAILED {path}::" in done.stdout


@pytest.mark.parametrize("module", ["activations", "costs"])
def test_unbroken_code_is_green(copy: Path, module: str) -> None:
    assert_green(outcome(copy, f"tests/test_{module}.py"))


@pytest.mark.parametrize(("name", "right", "wrong"), MUTATIONS)
def test_a_wrong_formula_is_red(copy: Path, name: str, right: str, wrong: str) -> None:
    source = copy / "nnlib" / name
    text = source.read_text(encoding="utf-8")
    assert text.count(right) == 1, f"{name} has changed: this test needs another formula to break"
    source.write_text(text.replace(right, wrong), encoding="utf-8")
    try:
        path = f"tests/test_{source.stem}.py"
        assert_red(outcome(copy, path), path)
    finally:
        source.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("path", [str(path.relative_to(ROOT)) for path in notebooks.stored()])
def test_a_changed_number_in_a_notebook_is_red(copy: Path, path: str) -> None:
    shorten_to_first_number(copy / path)
    assert_green(outcome(copy, path))

    notebook = nbformat.read(copy / path, as_version=4)
    output = printed_number(notebook.cells[-1])
    output.text = re.sub(r"\d(?=\D*$)", lambda digit: str((int(digit[0]) + 1) % 10), output.text)
    nbformat.write(notebook, copy / path)
    assert_red(outcome(copy, path), path)


def shorten_to_first_number(path: Path) -> None:
    """Keep the notebook up to the first cell that prints a number: that is enough, and quick."""
    notebook = nbformat.read(path, as_version=4)
    ends = [place for place, cell in enumerate(notebook.cells) if printed_number(cell)]
    assert ends, f"{path.name} prints no number"
    notebook.cells = notebook.cells[: ends[0] + 1]
    nbformat.write(notebook, path)


def printed_number(cell: nbformat.NotebookNode) -> nbformat.NotebookNode | None:
    outputs = cell.get("outputs", [])
    return next((out for out in outputs if out.get("name") == "stdout" and re.search(r"\d", out.text)), None)
