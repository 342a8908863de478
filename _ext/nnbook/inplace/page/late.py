"""Packages whose archive comes last: they are waited for where they are imported, and nowhere else."""

from __future__ import annotations

import gzip
import importlib
import io
import site
import sys
import zipfile
from collections.abc import Callable, Collection, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class Late(MetaPathFinder):
    """The first to be asked for a module: it unpacks the archive that one of ``names`` is in, once."""

    def __init__(self, names: Collection[str], unpack: Callable[[], object]) -> None:
        self.names, self.unpack = frozenset(names), unpack
        self.done = False
        sys.meta_path.insert(0, self)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not self.done and name in self.names:
            self.arrive()
        return None  # those that find modules in folders do the rest

    def arrive(self) -> None:
        if not self.done:
            self.done = True
            self.unpack()
            importlib.invalidate_caches()


def unpack(packed: Any) -> None:
    """Unpack a JavaScript buffer's archive that is needed at once, where nothing can be awaited."""
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(packed.to_bytes()))) as archive:
        archive.extractall(site.getsitepackages()[0])
