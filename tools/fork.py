"""Make a copy of the book one's own: ``python -m tools.fork https://github.com/OWNER/NAME [BRANCH]``.

Writes the repository's address where it stands: in ``_config.yml``, and in the first cell of every notebook,
from which nnlib is installed where it is missing, as on Colab; without an address, both are emptied. The
workflows follow the branch.
``--check`` says where they differ.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import nbformat
import yaml
from nbformat import NotebookNode

from tools.notebooks import to_text

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+?")
IN_CONFIG = re.compile(r'(?m)^(repository:\n  url: )".*"(\n  branch: )\S+$')
# Of a workflow, the branch whose pushes it answers to.
IN_WORKFLOW = re.compile(r"(?m)^(  push:\n    branches: )\[(\S+)\]$")
MISSING = 'if not find_spec("nnlib"):'
# The first cell. Nothing else is installed, and no version changed. On the package index, nnlib is somebody
# else's, whose folder has no explore.
SETUP = f"""# The book's package, nnlib, where it is not installed yet.
from importlib.util import find_spec

{MISSING}
{{install}}
elif not find_spec("nnlib.explore"):
    found = "The nnlib that is installed here is another package of that name."
    raise SystemExit(f"{{{{found}}}} Type %pip uninstall -y nnlib, and restart.")"""
FROM_ADDRESS = '''    %pip install --quiet --no-deps "nnlib-book @ {}"'''
# Without an address there is only what the reader brings along.
FROM_WHEEL = """    from glob import glob

    if not (wheels := sorted(glob("nnlib_book-*.whl"))):
        where = "Its file, .whl, is under the download button of this chapter's page."
        raise SystemExit(f"nnlib is missing. {where} Put it beside this notebook.")
    %pip install --quiet --no-deps {wheels[-1]}"""


def archive(url: str, branch: str) -> str:
    """What pip installs: the branch that the notebook itself is opened from, so that the two fit."""
    return f"{url}/archive/refs/heads/{branch}.zip"


def setup_cell(url: str, branch: str) -> str:
    return SETUP.format(install=FROM_ADDRESS.format(archive(url, branch)) if url else FROM_WHEEL)


def configured(root: Path) -> tuple[str, str]:
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["repository"]
    return settings["url"], settings["branch"]


def notebooks(root: Path) -> list[Path]:
    return sorted(path for folder in ("", "chapters", "appendix") for path in (root / folder).glob("*.ipynb"))


def workflows(root: Path) -> list[Path]:
    return sorted((root / ".github" / "workflows").glob("*.yml"))


def find_cell(notebook: NotebookNode) -> NotebookNode | None:
    return next((cell for cell in notebook.cells if MISSING in cell.source), None)


def problems(root: Path) -> list[str]:
    """Every notebook whose first cell, and every workflow whose branch, does not fit ``_config.yml``."""
    url, branch = configured(root)
    wanted, found = setup_cell(url, branch), []
    for path in notebooks(root):
        cell = find_cell(nbformat.read(path, as_version=4))
        if cell is None and path.parent.name == "chapters":
            found.append(f"{path.name} has no cell that installs nnlib where it is missing")
        elif cell is not None and cell.source != wanted:
            found.append(f"{path.name} installs nnlib from somewhere else than repository.url in _config.yml")
    for path in workflows(root):
        for _, other in IN_WORKFLOW.findall(path.read_text(encoding="utf-8")):
            if other != branch:
                found.append(f"{path.name} answers to {other}, not to repository.branch in _config.yml")
    return found


def write(root: Path, url: str, branch: str) -> None:
    config = root / "_config.yml"
    text, count = IN_CONFIG.subn(rf'\g<1>"{url}"\g<2>{branch}', config.read_text(encoding="utf-8"))
    if count != 1:
        raise ValueError("_config.yml has no repository with url and branch, one line each.")
    config.write_text(text, encoding="utf-8")
    for path in notebooks(root):
        notebook = nbformat.read(path, as_version=4)
        if cell := find_cell(notebook):
            cell.source = setup_cell(url, branch)
            path.write_text(to_text(notebook), encoding="utf-8")
    for path in workflows(root):
        text = path.read_text(encoding="utf-8")
        path.write_text(IN_WORKFLOW.sub(rf"\g<1>[{branch}]", text), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", nargs="?", default="")
    parser.add_argument("branch", nargs="?", default="main")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.check:
        found = problems(ROOT)
        print("\n".join(f"{problem}: run make fork." for problem in found) or "The addresses agree.")
        return 1 if found else 0
    url = options.url.removesuffix("/").removesuffix(".git")
    if url and not ADDRESS.fullmatch(url):
        print(f"{options.url} is no address of a repository: https://github.com/OWNER/NAME.", file=sys.stderr)
        return 1
    write(ROOT, url, options.branch)
    print(
        f"The book's repository is {url}, branch {options.branch}." if url else "The book has no repository."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
