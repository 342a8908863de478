"""The chapters on Binder: what repo2docker makes of ``.binder/``, and the notebooks run as there.

Without Docker: repo2docker only plans. The environment is made from ``.binder/`` alone, on top of what every
machine of Binder has; nbval, outside of it, runs the notebooks in its kernel and compares their results.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from environments import environment, interpreter, packages, run
from nnbook import repository

from tools import notebooks

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "tests" / "binder.lock"
BASE = ROOT / "tests" / "binder.in"
ASKED = ROOT / ".binder" / "requirements.txt"
OFFERED = [path for path in notebooks.stored() if repository.runs_anywhere(path)]


@pytest.fixture(scope="session")
def repo2docker(pytestconfig: pytest.Config) -> Path:
    lock = ROOT / "tests" / "repo2docker.lock"
    return environment(Path(pytestconfig.cache.mkdir("repo2docker")), sys.executable, "-r", lock)


@pytest.fixture(scope="session")
def clone(book_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book's files as Binder fetches them."""
    folder = tmp_path_factory.mktemp("binder") / "book"
    for path in book_files:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return folder


@pytest.fixture(scope="session")
def binder(pytestconfig: pytest.Config, clone: Path) -> Path:
    """The Python of an environment with the base, what ``.binder/`` asks for, and what ``postBuild`` adds."""
    folder = Path(pytestconfig.cache.mkdir("binder"))
    python = environment(folder, interpreter(version()), "-r", BASE, "-r", ASKED, "-c", LOCK)
    path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    run(clone / ".binder" / "postBuild", cwd=clone, env=os.environ | {"PATH": path})
    return python


def version() -> str:
    return (ROOT / ".binder" / "runtime.txt").read_text().strip().removeprefix("python-")


def pins(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", path.read_text(), re.M))


def test_repo2docker_uses_the_folder(repo2docker: Path, clone: Path) -> None:
    program = repo2docker.with_name("jupyter-repo2docker")
    command = [program, "--no-build", "--debug", clone]
    plan = run("sh", "-c", '"$@" 2>&1', "sh", *command)
    assert f"Building conda environment for python={version()}\n" in plan
    assert 'pip install --no-cache-dir -r ".binder/requirements.txt"\n' in plan
    assert "\nRUN ./.binder/postBuild\n" in plan
    # Nothing but these: no Debian packages, no conda packages, no second environment.
    assert {path.name for path in (clone / ".binder").iterdir()} == {
        "postBuild",
        "requirements.txt",
        "runtime.txt",
    }
    assert os.access(ROOT / ".binder" / "postBuild", os.X_OK)


def test_the_base_is_repo2dockers(repo2docker: Path) -> None:
    """Its list for this version of Python is also the proof that it supports the version."""
    (conda,) = repo2docker.parents[1].glob("lib/python*/site-packages/repo2docker/buildpacks/conda")
    listed = (conda / f"environment.py-{version()}-linux-64.lock").read_text()
    found = dict(re.findall(r"/([\w.-]+)-([\d.]+)-[^/-]+\.conda", listed))
    assert pins(BASE)
    wanted = {name: found.get(name) for name in pins(BASE)}
    assert pins(BASE) == wanted, "write these into tests/binder.in, and run make lock"


def test_the_environment_is_small_and_whole(binder: Path) -> None:
    installed = packages(binder)
    assert installed.items() >= (pins(BASE) | pins(ASKED)).items()
    assert "nnlib-book" in installed
    assert not {"tensorflow", "tensorflow-cpu", "keras", "torch", "scikit-learn", "nbval"} & set(installed)
    (record,) = binder.parents[1].glob("lib/python*/site-packages/nnlib_book-*.dist-info/WHEEL")
    assert "Tag: py3-none-any" in record.read_text(), "nnlib is compiled"
    # JupyterLab shows the explorers' sliders.
    listed = run("sh", "-c", '"$@" 2>&1', "sh", binder.with_name("jupyter"), "labextension", "list")
    assert re.search(r"@jupyter-widgets/jupyterlab-manager v[\d.]+ .*enabled.* .*OK", listed), listed


@pytest.fixture
def kernel(binder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a kernel with Binder's Python, which knows nothing of the tests' environment."""
    folder = tmp_path / "kernels" / "binder"
    folder.mkdir(parents=True)
    command = [str(binder), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Binder"}))
    for name in list(os.environ):
        if name.startswith(("NNLIB_", "PYTHON")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    return "binder"


def nbval(kernel: str, notebook: Path) -> str:
    options = [
        "--nbval",
        f"--nbval-kernel-name={kernel}",
        "--verbose",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
    ]
    # In the notebook's folder, which has no other book above it, and without this book's own settings.
    return run(
        sys.executable,
        "-m",
        "pytest",
        *options,
        "-c",
        os.devnull,
        "--rootdir",
        ".",
        notebook.name,
        cwd=notebook.parent,
    )


@pytest.mark.slow
@pytest.mark.parametrize("chapter", OFFERED, ids=lambda path: path.stem)
def test_a_notebook_gives_the_stored_results(chapter: Path, clone: Path, kernel: str) -> None:
    said = nbval(kernel, clone / chapter.relative_to(ROOT))
    assert " passed" in said
    assert " failed" not in said
    assert " skipped" not in said


def test_a_wrong_result_is_found(tmp_path: Path, kernel: str) -> None:
    """nnlib comes from the environment, whose numpy is the pinned one; another result is a failure."""
    source = "import sys, numpy, nnlib\nprint(numpy.__version__, nnlib.__file__.startswith(sys.prefix))"
    cells = [notebooks.nbformat.v4.new_code_cell(source, execution_count=1)]
    output = notebooks.nbformat.v4.new_output("stream", text=f"{pins(ASKED)['numpy']} True\n")
    cells[0].outputs = [output]
    path = tmp_path / "small.ipynb"
    notebooks.nbformat.write(notebooks.nbformat.v4.new_notebook(cells=cells), path)
    assert "1 passed" in nbval(kernel, path)
    path.write_text(path.read_text().replace(" True", " False"))
    with pytest.raises(AssertionError, match="1 failed"):
        nbval(kernel, path)
