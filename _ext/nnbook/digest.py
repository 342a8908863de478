"""One short name for the contents of many files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(root: Path, files: Iterable[Path], *words: str) -> str:
    """A digest of words, and of each file: its place below ``root``, and its bytes, if it is there."""
    found = hashlib.sha256("\0".join(words).encode())
    for path in files:
        found.update(path.relative_to(root).as_posix().encode() + b"\0")
        found.update(path.read_bytes() if path.exists() else b"")
    return found.hexdigest()[:16]


def of_text(text: str) -> str:
    """The name of a file that is known by what stands in it."""
    return digest(Path(), (), text)
