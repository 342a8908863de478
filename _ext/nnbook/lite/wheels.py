"""Wheels for Python in the browser, packed from the packages that are installed here.

Python in the browser can install pure Python packages only from wheels. All that the book needs are installed
already, at the pinned versions and checked by their hashes, so they are packed from there: nothing has to be
downloaded, and no second list of versions has to be kept.
"""

from __future__ import annotations

import base64
import hashlib
import tomllib
import zipfile
from collections.abc import Collection, Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# What the wheels' conditions are asked for: Python in the browser, not the one that builds the book.
BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "extra": ""}
# What these packages name but never use in the browser.
UNUSED = {
    "jedi",  # IPython completes without it; it is as large as all the others together
    "jupyterlab-widgets",  # JupyterLite brings its own
    "prompt-toolkit",  # for terminals
    "tzdata",
    "widgetsnbextension",
}
WHEEL = "Wheel-Version: 1.0\nGenerator: nnbook\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
INSTALLERS_NOTES = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"}
SAME_DATE = (1980, 1, 1, 0, 0, 0)  # the same sources make the same wheel


class Wheel(NamedTuple):
    name: str
    version: str
    path: Path
    imports: list[str]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


def closure(roots: Iterable[str], provided: Collection[str], python: str) -> list[str]:
    """The packages that these need in the browser, themselves included, without those provided otherwise."""
    marked = BROWSER | {"python_version": python, "python_full_version": f"{python}.0"}
    found: set[str] = set()
    waiting = [canonicalize_name(root) for root in roots]
    while waiting:
        name = waiting.pop()
        if name in found or name in UNUSED:
            continue
        found.add(name)
        needed = map(Requirement, installed(name).requires or [])
        waiting += [
            canonicalize_name(r.name) for r in needed if r.marker is None or r.marker.evaluate(marked)
        ]
    return sorted(found - {canonicalize_name(name) for name in provided})


def installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise ValueError(
            f"{name}, which Python in the browser needs, is not installed: add it to pyproject.toml."
        ) from None


def pack(name: str, folder: Path) -> Wheel:
    """The wheel of an installed package: its files without compiled ones, scripts and installers' notes."""
    package = installed(name)
    if "Root-Is-Purelib: true" not in (package.read_text("WHEEL") or ""):
        raise ValueError(f"{name} is not pure Python: the browser needs it from Pyodide.")
    content = {
        path.as_posix(): Path(str(path.locate())).read_bytes()
        for path in package.files or []
        if ".." not in path.parts and "__pycache__" not in path.parts and path.name not in INSTALLERS_NOTES
    }
    return write(name, package.version, content, folder)


def project_of(root: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def name_of(root: Path) -> str:
    """The file name of the book's own wheel."""
    project = project_of(root)
    return file_name(project["name"], project["version"])


def file_name(name: str, version: str) -> str:
    return f"{canonicalize_name(name).replace('-', '_')}-{version}-py3-none-any.whl"


def pack_nnlib(root: Path, folder: Path) -> Wheel:
    """The wheel of the book's own package, from its sources: they may be newer than what is installed."""
    project = project_of(root)
    content = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "nnlib").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    licenses = {name: (root / name).read_bytes() for name in project["license-files"]}
    needs = project["dependencies"]
    return write(project["name"], project["version"], content, folder, needs, project["license"], licenses)


def pack_nothing(name: str, folder: Path) -> Wheel:
    """An empty wheel, for a package that the kernel insists on installing."""
    return write(name, "0", {}, folder)


def record(data: bytes) -> str:
    """A file's hash, as a wheel's RECORD gives it: pip installs no wheel without."""
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def write(
    name: str,
    version: str,
    content: dict[str, bytes],
    folder: Path,
    needs: Iterable[str] = (),
    license: str = "",
    licenses: Mapping[str, bytes] | None = None,
) -> Wheel:
    stem = file_name(name, version).removesuffix("-py3-none-any.whl")
    if not any(".dist-info/" in target for target in content):
        about = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n"
        about += f"License-Expression: {license}\n" if license else ""
        about += "".join(f"License-File: {file}\n" for file in licenses or {})
        about += "".join(f"Requires-Dist: {need}\n" for need in needs)
        content = content | {
            f"{stem}.dist-info/METADATA": about.encode(),
            f"{stem}.dist-info/WHEEL": WHEEL.encode(),
            **{f"{stem}.dist-info/licenses/{file}": text for file, text in (licenses or {}).items()},
        }
        listed = "".join(f"{target},{record(data)},{len(data)}\n" for target, data in sorted(content.items()))
        content = content | {f"{stem}.dist-info/RECORD": f"{listed}{stem}.dist-info/RECORD,,\n".encode()}
    path = folder / file_name(name, version)
    with zipfile.ZipFile(path, "w") as archive:
        for target, data in sorted(content.items()):
            archive.writestr(zipfile.ZipInfo(target, SAME_DATE), data, zipfile.ZIP_DEFLATED)
    tops = {target.split("/")[0].removesuffix(".py") for target in content if target.endswith(".py")}
    return Wheel(canonicalize_name(name), version, path, sorted(tops))
