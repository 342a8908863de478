"""A book of one page and one notebook, with the real configuration and extension: built in seconds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
TOC = "format: jb-book\nroot: intro\nchapters:\n  - file: chapters/small\n"
CELL = "import os, nnlib\nprint(os.environ['NNLIB_STATIC'], nnlib.ANSWER)"


def make(folder: Path) -> Path:
    """A copy of the book's configuration and extension, around almost nothing."""
    for name in ("_ext", "_static", "_templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.lock", folder)
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    configure(folder, re.sub(r"(nnbook_lite:) true", r"\1 false", config), "")
    for name in ("appendix", "chapters", "nnlib"):
        (folder / name).mkdir()
    (folder / "appendix" / "references.bib").touch()
    (folder / "nnlib" / "__init__.py").write_text("ANSWER = 41\n")
    (folder / "_toc.yml").write_text(TOC)
    (folder / "intro.md").write_text("# Small\n\nA formula: $x^2$.\n")
    cells = [nbformat.v4.new_markdown_cell("# A chapter"), nbformat.v4.new_code_cell(CELL)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "chapters" / "small.ipynb"
    )
    return folder


def configure(book: Path, config: str, repository_url: str) -> None:
    config = re.sub(r'(?m)^(  url:) ".*"', rf'\1 "{repository_url}"', config)
    (book / "_config.yml").write_text(config, encoding="utf-8")


def build(book: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "NNLIB_"))}
    program = str(Path(sys.executable).with_name("jupyter-book"))
    command = [program, "build", ".", "-n", "-W", "--keep-going"]
    return subprocess.run(command, cwd=book, env=clean | environment, capture_output=True, text=True)


def page(book: Path) -> str:
    return (book / "_build" / "html" / "chapters" / "small.html").read_text(encoding="utf-8")
