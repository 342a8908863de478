"""Fixtures that several files of tests share."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What git ignores, for a copy of the book that is no clone.
IGNORED = {
    ".git",
    ".venv",
    ".hypothesis",
    "_build",
    "build",
    "dist",
    "__pycache__",
    ".ipynb_checkpoints",
    "node_modules",
}


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the book."""
    return ROOT


@pytest.fixture(scope="session")
def book_files() -> list[Path]:
    """Every file that belongs to the book: what git keeps, or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if (ROOT / ".git").exists():
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not ignored(path.relative_to(ROOT))]
    return sorted(path for path in files if path.is_file())


def ignored(path: Path) -> bool:
    return any(part in IGNORED or part.endswith((".egg-info", "_cache")) for part in path.parts)
