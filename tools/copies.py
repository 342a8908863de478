"""Copies of the book, to break something in: the book itself stays as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUBBISH = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")


def copied(folder: Path, names: Iterable[str]) -> Path:
    """Folders and files of the book, in another place."""
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=RUBBISH)
        else:
            shutil.copy(ROOT / name, folder)
    return folder


def outcome(copy: Path, path: str) -> subprocess.CompletedProcess[str]:
    """Tests of the copy on the copy's own package, as a run that knows nothing of this one."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", path]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
