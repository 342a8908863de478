"""Byte-compile the archives in /given/trimmed into /given/made. Runs in Pyodide; compile.mjs sets SITE."""

import gzip
import importlib._bootstrap_external
import importlib.util
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

SITE = globals()["SITE"]
WORK = Path("/given")
PACKAGES = ("numpy", "matplotlib")
SAME_DATE = (1980, 1, 1, 0, 0, 0)
# The list of matplotlib's fonts: it would be made again at every start if it named one that is left out.
FONTS = "matplotlib/fontlist.json"


def compiled(name: str, source: bytes, folder: str) -> bytes:
    """A module's byte code, without its docstrings, valid whatever the date of the file."""
    code = compile(source, f"{folder}/{name}", "exec", dont_inherit=True, optimize=2)
    pack: Callable[..., bytes] = vars(importlib._bootstrap_external)["_code_to_hash_pyc"]
    return bytes(pack(code, importlib.util.source_hash(source), False))


def read(path: Path, folder: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return dict(
        (f"{name}c", compiled(name, data, folder)) if name.endswith(".py") else (name, data)
        for name, data in files.items()
    )


def write(path: Path, files: dict[str, bytes]) -> None:
    """Compressed as a whole, files of a kind side by side: a twentieth less than file by file."""
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w") as archive:
        for name in sorted(files, key=lambda name: (Path(name).suffix, name)):
            archive.writestr(zipfile.ZipInfo(name, SAME_DATE), files[name])
    path.write_bytes(gzip.compress(archived.getvalue(), 9, mtime=0))


def font_list() -> bytes:
    """As matplotlib makes it here, of the fonts that are there."""
    made = Path(SITE) / FONTS
    made.unlink(missing_ok=True)
    import matplotlib.font_manager  # noqa: F401

    return made.read_bytes()


stdlib = f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip"
write(WORK / "made" / "stdlib.pack", read(WORK / "trimmed" / "stdlib.zip", stdlib))
packages = {name: read(WORK / "trimmed" / f"{name}.zip", SITE) for name in PACKAGES}
for files in packages.values():
    for name, data in files.items():
        target = Path(SITE) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
importlib.invalidate_caches()
packages["matplotlib"][FONTS] = font_list()
for name, files in packages.items():
    write(WORK / "made" / f"{name}.pack", files)
