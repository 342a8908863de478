"""Packed frames kept on disk, so that an edit of a page's text does not draw its explorers again.

The folder is the environment's ``NNLIB_FRAME_CACHE``; without it nothing is kept. An entry is found by all
that a frame can depend on: nnlib's files, matplotlib's and numpy's versions, the draw function, its choices,
the width.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import os
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np

from nnlib.explore.choices import Choices
from nnlib.explore.drawing import Draw
from nnlib.figures import style

VARIABLE = "NNLIB_FRAME_CACHE"
KEPT_DAYS = 30
_PACKAGE = Path(__file__).parents[1]


def load(key: str | None) -> bytes | None:
    """The entry of a key, or None where there is none or no cache."""
    path = _path(key)
    if path is None:
        return None
    try:
        data = path.read_bytes()
        os.utime(path)  # the time of last use, which prune() goes by
    except OSError:
        return None
    return data


def store(key: str | None, data: bytes) -> None:
    """Keep an entry, and drop those that nobody used for ``KEPT_DAYS`` days."""
    path = _path(key)
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    os.replace(file.name, path)  # whole or not at all, even when two builds run at once
    prune(path.parent)


def prune(folder: Path) -> None:
    """Remove the entries of a cache folder that were not used for ``KEPT_DAYS`` days."""
    oldest = time.time() - KEPT_DAYS * 24 * 3600
    for path in folder.glob("*.frames"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:  # another build was quicker
            continue


def key_of(draw: Draw, choices: Choices) -> str | None:
    """The name of an explorer's entry, or None for a draw function whose source cannot be known."""
    if not is_importable(draw):
        return None
    parts = [
        _fingerprint(),
        mpl.__version__,
        np.__version__,
        f"{draw.__module__}:{draw.__qualname__}",
        repr([(control.name, control.values) for control in choices.controls]),
        f"{style.width()} inches",
    ]
    source = inspect.getsourcefile(inspect.unwrap(draw))
    if source is not None and _PACKAGE not in Path(source).parents:
        parts.append(Path(source).read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_importable(draw: Any) -> bool:
    """Whether another process can find this function by its module and name."""
    module, name = getattr(draw, "__module__", None), getattr(draw, "__qualname__", "")
    if module in (None, "__main__"):
        return False
    try:
        return getattr(importlib.import_module(module), name, None) is draw
    except ImportError:
        return False


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256()
    apart = {"__pycache__", "exercises", "play"}  # what is said to an answer, and what trains in the page
    for path in sorted(_PACKAGE.rglob("*")):
        if path.is_file() and not apart & {*path.relative_to(_PACKAGE).parts}:
            digest.update(f"{path.relative_to(_PACKAGE)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _path(key: str | None) -> Path | None:
    folder = os.environ.get(VARIABLE)
    return Path(folder) / f"{key}.frames" if folder and key else None
