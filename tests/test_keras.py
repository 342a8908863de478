"""The chapter on Keras: which of its cells need TensorFlow, and that make test runs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from packaging.requirements import Requirement

from tools import notebooks

ROOT = Path(__file__).resolve().parent.parent
CHAPTER = ROOT / "chapters" / "keras.ipynb"
CODE = [cell for cell in nbformat.read(CHAPTER, as_version=4).cells if cell.cell_type == "code"]
FREE = [cell for cell in CODE if notebooks.NEEDS_TENSORFLOW not in cell.metadata.get("tags", [])]


def test_some_cells_need_tensorflow_and_some_do_not() -> None:
    assert len(FREE) >= 6
    assert len(CODE) - len(FREE) >= 20


def test_the_others_run_without_it() -> None:
    """Where there is no TensorFlow, in the build and in the browser, these are the cells that run."""
    blocked = "import sys; sys.modules.update(dict.fromkeys(['keras', 'tensorflow', 'tensorboard']))\n"
    transform = TransformerManager().transform_cell
    program = blocked + "\n".join(transform(cell.source) for cell in FREE)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_figures_do_not_bring_in_tensorflow() -> None:
    program = (
        "import sys, nnlib.figures.keras; print(sorted({'keras', 'tensorflow', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_cell_that_needs_it_is_left_out_only_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, tagged = nbformat.v4.new_code_cell("1"), nbformat.v4.new_code_cell("2")
    tagged.metadata["tags"] = [notebooks.NEEDS_TENSORFLOW]
    for found in (None, object()):
        monkeypatch.setattr(notebooks, "find_spec", lambda name, found=found: found)
        assert notebooks.can_run(plain)
        assert notebooks.can_run(tagged) == (found is not None)


def test_make_test_installs_tensorflow_and_says_so() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^test: (.*?)##.*\n\t(.*)$", makefile, re.M)
    assert recipe
    assert "$(KERAS)" in recipe[1]
    assert "NNLIB_TEST_KERAS=1 " in recipe[2]
    for target in ("book", "build"):  # which need not
        assert not re.search(rf"^{target}:.*KERAS", makefile, re.M)


@pytest.mark.skipif("NNLIB_TEST_KERAS" not in os.environ, reason="asked by make test alone")
def test_under_make_test_the_chapter_was_run() -> None:
    """Wherever there is a release of TensorFlow, it is there, so that no cell is left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(line) for line in project["optional-dependencies"]["keras"]]
    released = any(requirement.marker is None or requirement.marker.evaluate() for requirement in wanted)
    assert (find_spec("tensorflow") is not None) or not released
    if released:
        assert all(notebooks.can_run(cell) for cell in CODE)
