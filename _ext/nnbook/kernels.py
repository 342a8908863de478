"""How the build runs the notebooks: their environment, and when they have to be run again.

A notebook is run again when its code changes or when anything that its results depend on changes: the
package, its data, the pinned versions, Python. A page whose text alone changed keeps its results, so it is
rebuilt in seconds. Both follow from one fingerprint, which names the folder of kept results.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import JupyterCacheAbstract
from jupyter_cache.executors import load_executor
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from .digest import digest

# On the small machines that build books, several threads a kernel cost more than they bring.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def setup(app: Sphinx) -> None:
    app.add_config_value(
        "nnbook_fingerprint", "", "env", str
    )  # "env": a new value makes Sphinx read every page again
    app.connect("config-inited", prepare)
    app.connect("env-before-read-docs", run_side_by_side)


def prepare(app: Sphinx, config: Config) -> None:
    root, build = Path(app.srcdir), Path(app.outdir).parent
    set_environment(root, build)
    config.nnbook_fingerprint = fingerprint(root)
    results = build / ".jupyter_cache"
    config.nb_execution_cache_path = str(results / config.nnbook_fingerprint)
    for outdated in results.glob("*"):
        if outdated.name != config.nnbook_fingerprint and outdated.is_dir():
            shutil.rmtree(outdated, ignore_errors=True)


def set_environment(root: Path, build: Path) -> None:
    """Explorers as static frames, one thread a kernel, and ``import nnlib`` without installing it."""
    os.environ["NNLIB_STATIC"] = "1"
    os.environ.setdefault("NNLIB_FRAME_CACHE", str(build / ".frames"))
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    paths = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)


def fingerprint(root: Path) -> str:
    """A digest of everything, outside the notebook itself, that its results depend on."""
    # What is said to an answer, and what the reader's browser trains, changes no result of a notebook.
    apart = {root / "nnlib" / "exercises", root / "nnlib" / "play" / "static"}
    files = [path for path in (root / "nnlib").rglob("*") if path.is_file() and not apart & {*path.parents}]
    files = [path for path in files if "__pycache__" not in path.parts]
    locks = [root / "requirements.lock", root / "requirements-keras.lock"]
    return digest(root, [*sorted(files), *locks], platform.python_version())


def run_side_by_side(app: Sphinx, env: BuildEnvironment, pages: Sequence[str]) -> None:
    """Run the changed notebooks, as many at once as there are cores: the reading finds their results.

    A notebook that fails is run again by the reading, which says where and why.
    """
    if app.config.nb_execution_mode != "cache":
        return
    cache = get_cache(app.config.nb_execution_cache_path)
    changed = [*changed_notebooks(cache, [Path(env.doc2path(page)) for page in pages])]
    # What draws most begins first, so that no core waits for it at the end.
    changed.sort(key=lambda path: path.read_text(encoding="utf-8").count("explore("), reverse=True)
    executor, timeout = load_executor("local-serial", cache), app.config.nb_execution_timeout

    def run(path: Path) -> None:
        executor.run_and_cache(filter_pks=[cache.add_nb_to_project(str(path)).pk], timeout=timeout)

    if len(changed) > 1:
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            list(cores.map(run, changed))


def changed_notebooks(cache: JupyterCacheAbstract, paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.suffix == ".ipynb":
            try:
                cache.match_cache_notebook(nbformat.read(path, as_version=4))
            except KeyError:
                yield path
