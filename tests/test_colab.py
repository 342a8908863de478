"""The chapters on Colab: its versions of everything, nnlib installed by the notebook itself, explorers moved.

An environment with the versions that Colab has; the notebook copied out of the repository, its first cell
pointed at a wheel made here instead of GitHub's archive of the branch.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from environments import environment, interpreter, packages
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nnbook.lite.wheels import pack_nnlib

from tools import fork

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
URL = "https://github.com/someone/book"
NOT_TO_TOUCH = {"numpy": "2.1.3", "matplotlib": "3.10.0", "ipywidgets": "7.7.1", "ipython": "7.34.0"}


@pytest.fixture(scope="session")
def colab(pytestconfig: pytest.Config) -> Path:
    """The environment's Python; made once for each list of versions."""
    folder = Path(pytestconfig.cache.mkdir("colab"))
    return environment(folder, interpreter("3.13", "3.12"), "--no-deps", "-r", ROOT / "tests" / "colab.lock")


@pytest.fixture
def copied(tmp_path: Path, colab: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what Colab's kernel has: the module google.colab, no book, a place to install into."""
    (tmp_path / "google" / "colab").mkdir(parents=True)
    (tmp_path / "google" / "colab" / "__init__.py").touch()
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "colab.py").write_text("import google.colab\n")
    for name in list(os.environ):
        if name.startswith(("NNLIB_", "PYTHON")):
            monkeypatch.delenv(name)
    kernel = tmp_path / "jupyter" / "kernels" / "colab"
    kernel.mkdir(parents=True)
    command = [str(colab), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Colab"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    # What a notebook installs goes into its own folder: the environment stays Colab's.
    monkeypatch.setenv("PIP_TARGET", str(tmp_path))
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_runs_with_colabs_versions(chapter: Path, copied: Path, colab: Path, wheel: Path) -> None:
    notebook = nbformat.read(chapter, as_version=4)
    if any("skip-execution" in cell.metadata.get("tags", []) for cell in notebook.cells):
        pytest.skip("needs TensorFlow, which Colab has and this environment has not")
    before = packages(colab)
    assert before.items() >= NOT_TO_TOUCH.items()
    cell = fork.find_cell(notebook)
    cell.source = fork.setup_cell(URL, "main").replace(fork.archive(URL, "main"), wheel.as_uri())
    for each in notebook.cells:
        if each.cell_type == "code":
            each.outputs, each.execution_count = [], None

    manager = KernelManager(kernel_name="colab")
    client = NotebookClient(notebook, km=manager, timeout=300, resources={"metadata": {"path": str(copied)}})
    with client.setup_kernel():
        for number, each in enumerate(notebook.cells):
            client.execute_cell(each, number)
        sliders, images = widgets(client, "SelectionSliderModel"), widgets(client, "ImageModel")
        assert images
        assert sliders
        moved = {image for slider in sliders for image in move(client, slider)}
        assert moved <= set(images)
        assert moved
    assert (copied / "nnlib" / "__init__.py").exists(), "installed by the notebook"
    assert packages(colab) == before
    assert not [path for path in copied.iterdir() if path.name in ("numpy", "matplotlib", "ipywidgets")]


PLACES = {
    "nothing": "nnlib is missing. Its file, .whl, is under the download button of this chapter's",
    "somebody else's": "The nnlib that is installed here is another package of that name. Type %pip",
    "the site's wheel": "",
}


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_a_downloaded_chapter_says_what_it_needs(place: str, copied: Path, colab: Path) -> None:
    before = packages(colab)
    if place == "somebody else's":
        (copied / "nnlib").mkdir()
        (copied / "nnlib" / "__init__.py").touch()
    if place == "the site's wheel":
        pack_nnlib(ROOT, copied)
    notebook = nbformat.v4.new_notebook()
    for source in (fork.setup_cell("", "main"), "import nnlib.explore\nprint(nnlib.load_digits().X.shape)"):
        notebook.cells.append(nbformat.v4.new_code_cell(source))
    resources = {"metadata": {"path": str(copied)}}
    client = NotebookClient(notebook, km=KernelManager(kernel_name="colab"), timeout=300, resources=resources)
    if message := PLACES[place]:
        with pytest.raises(CellExecutionError, match=f"(?s)SystemExit.*{message}"):
            client.execute()
    else:
        client.execute()
        assert notebook.cells[1].outputs[0].text == "(1797, 64)\n"
    assert packages(colab) == before


def widgets(client: NotebookClient, model: str) -> list[str]:
    return [name for name, state in client.widget_state.items() if state.get("_model_name") == model]


def move(client: NotebookClient, slider: str) -> set[str]:
    """Move a slider as the page does, by a message; which images got a new picture."""
    state = client.widget_state[slider]
    index = 0 if state["index"] else 1
    content = {"comm_id": slider, "data": {"method": "update", "state": {"index": index}, "buffer_paths": []}}
    channels: Any = client.kc
    message = channels.session.msg("comm_msg", content)
    channels.shell_channel.send(message)
    updated = set()
    while True:
        answer = channels.get_iopub_msg(timeout=120)
        if answer["parent_header"].get("msg_id") != message["header"]["msg_id"]:
            continue
        kind, said = answer["msg_type"], answer["content"]
        assert kind != "error", said
        assert not (kind == "stream" and said["name"] == "stderr"), said
        if kind == "comm_msg" and ["value"] in said["data"].get("buffer_paths", []):
            updated.add(said["comm_id"])
        if kind == "status" and said["execution_state"] == "idle":
            return updated
