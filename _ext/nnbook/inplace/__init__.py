"""Every cell runs where it stands: on a chapter's page, with Python in the reader's browser.

A page loads a small script that puts *Run* to its cells. What runs them is loaded when a reader asks for it,
from ``inplace/`` in the site: the scripts, an editor, and Python as small archives.
"""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from .. import lite
from ..digest import digest
from ..lite import pyodide
from . import archives, pages
from .pages import MEGABYTES, first_cell

__all__ = ["MEGABYTES", "build", "first_cell", "serve_pyodide", "setup"]

HERE = Path(__file__).parent
NAME = "inplace"  # the folder in the site
PYODIDE = ("pyodide.asm.wasm", "pyodide.asm.mjs")  # the two large ones of its own files
PACKAGES = "nnlib.pack"


def setup(app: Sphinx) -> None:
    app.add_config_value("nnbook_inplace", True, "html", bool)
    app.add_config_value("nnbook_inplace_version", "", "html", str)
    app.connect("config-inited", note)
    app.connect("build-finished", build, priority=910)  # after lite, whose Pyodide it shares
    pages.setup(app)


def note(app: Sphinx, config: Config) -> None:
    """Name this version of the scripts and of nnlib: a browser may keep what is in its folder."""
    root = Path(app.srcdir)
    files = [path for folder in (HERE, root / "nnlib") for path in folder.rglob("*") if path.is_file()]
    mine = sorted(path for path in files if "__pycache__" not in path.parts)
    config.nnbook_inplace_version = digest(root, mine, json.dumps(pyodide.RELEASE), config.nnbook_pyodide)


def build(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    site = Path(app.outdir) / NAME
    shutil.rmtree(site, ignore_errors=True)
    if not app.config.nnbook_inplace:
        return
    try:
        write(site, app.config.nnbook_inplace_version, Path(app.srcdir))
        serve_pyodide(site, app.config.nnbook_pyodide)
    except (ValueError, pyodide.Unavailable) as problem:
        raise ExtensionError(f"Python for the pages could not be built: {problem}") from problem


def write(site: Path, version: str, root: Path) -> None:
    """The scripts, in a folder named by their version, and Python's archives beside it."""
    mine = site / version
    shutil.copytree(HERE / "static", mine)
    for name in ("editor.min.js", "LICENSE"):
        target = {"LICENSE": "LICENSE-editor"}.get(name, name)
        shutil.copy(HERE / "editor" / name, mine / target)
    shutil.copy(HERE / "LICENCES.md", site)
    archives.pack_python(root, HERE / "page", mine / PACKAGES)
    made = archives.copy(archives.build(), site / "python")
    (mine / "python.json").write_text(json.dumps(about(made, mine / PACKAGES)) + "\n", encoding="utf-8")


def about(made: dict[str, Path], packages: Path) -> dict[str, Any]:
    """What a page has to know before it loads Python: the files, and how much of each is sent."""
    files = [entry(path, f"../python/{path.name}", name) for name, path in made.items()]
    files.append(entry(packages, packages.name, packages.stem))
    core = pyodide.integrity()
    own = [
        {
            "name": name,
            "url": f"{pyodide.CDN}/{name}",
            "bytes": pyodide.RELEASE["core"][name]["size"],
            "sent": compressed(pyodide.fetch() / name),
            "integrity": core[name],
        }
        for name in PYODIDE
    ]
    return {
        "base": f"{pyodide.CDN}/",
        "start": {"url": f"{pyodide.CDN}/pyodide.mjs", "integrity": core["pyodide.mjs"]},
        "info": archives.info(),
        "look": f"/{archives.SITE}/nnlib/figures/book.mplstyle",
        "later": archives.tops(made["matplotlib"]),
        "files": own + files,
    }


def entry(path: Path, url: str, name: str) -> dict[str, Any]:
    size = path.stat().st_size
    return {"name": name, "url": url, "bytes": size, "sent": size}


def compressed(path: Path) -> int:
    """What a server sends of a file that is not compressed by itself."""
    return len(gzip.compress(path.read_bytes(), 6))


def serve_pyodide(site: Path, whose: str) -> None:
    """With ``own``, Pyodide's files come from the site: JupyterLite's, or a copy where there is none."""
    if whose != "own":
        return
    shared = site.parent / lite.NAME / "pyodide"
    if not shared.exists():
        shared = site / "pyodide"
        pyodide.copy(shared)
    for path in site.glob("*/python.json"):
        told = json.loads(path.read_text(encoding="utf-8"))
        there = "../" * 2 + shared.relative_to(site.parent).as_posix()
        text = json.dumps(told).replace(pyodide.CDN, there)
        path.write_text(text + "\n", encoding="utf-8")
