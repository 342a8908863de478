"""What the built site ships that others wrote: a bill of materials, and the licences' texts.

    python -m tools.materials [FOLDER]

It is read off the site itself: its wheels, the packages that JupyterLite's own lists name, and every file
that is byte for byte one of an installed package. ``materials.cdx.json`` is CycloneDX 1.6; ``licenses.txt``
is for people.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import Parser
from importlib import metadata
from pathlib import Path
from typing import Any

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"
BILL, TEXTS = "materials.cdx.json", "licenses.txt"
SHIPPED = {".js", ".mjs", ".css", ".woff2", ".svg", ".png", ".wasm"}
LARGEST = 5_000_000  # bytes: larger files are data


@dataclass(frozen=True)
class Material:
    """One work of others: its name and version, where it comes from, its licence and that licence's text."""

    name: str
    version: str
    kind: str  # as in a package URL: pypi, npm, generic
    license: str
    text: str

    def component(self) -> dict[str, Any]:
        named = {"name": self.license or "see its text"}
        license = named | ({"text": {"content": self.text}} if self.text else {})
        place = {"pypi": "pypi", "npm": "npm"}.get(self.kind, "generic")
        name = self.name.replace("@", "%40", 1)
        return {
            "type": "library",
            "name": self.name,
            "version": self.version,
            "purl": f"pkg:{place}/{name}@{self.version}",
            "licenses": [{"license": license}],
        }


def in_wheel(path: Path) -> Material:
    """What a wheel says of itself."""
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        (about,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        fields = Parser().parsestr(wheel.read(about).decode("utf-8"))
        folder = about.removesuffix("METADATA")
        texts = [name for name in names if name.startswith(folder) and is_license(Path(name).name)]
        text = "\n\n".join(wheel.read(name).decode("utf-8", "replace") for name in texts)
    return Material(fields["Name"], fields["Version"], "pypi", said(fields), text)


def is_license(name: str) -> bool:
    return name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))


def said(fields: Any) -> str:
    """The licence that a package's metadata names: an expression, else a classifier, else its words."""
    trove = [c.split(" :: ")[-1] for c in fields.get_all("Classifier") or [] if c.startswith("License :: ")]
    words = (fields.get("License") or "").strip().splitlines()
    return fields.get("License-Expression") or ", ".join(trove) or (words[0] if words else "")


#: Project Jupyter's packages come without their licence, which is that of its Python packages.
FAMILIES = {
    "@jupyter": "jupyterlab",
    "@jupyter-notebook": "jupyterlab",
    "@jupyter-widgets": "ipywidgets",
    "@jupyterlab": "jupyterlab",
    "@jupyterlite": "jupyterlite-core",
    "@lumino": "jupyterlab",
}


#: Who holds the rights in packages that ship no text, as their repositories say.
HOLDERS = {
    "@microsoft": "Microsoft Corporation",
    "json-schema-merge-allof": "Martin Hansen",
    "vega-lite": "2015, University of Washington Interactive Data Lab",
    "vega-util": "2015-2023, University of Washington Interactive Data Lab",
}
WORDS = Path(__file__).with_name("licenses")


def own_words(name: str, license: str) -> str:
    """A licence's words, with the holder's name in them."""
    holder, words = HOLDERS.get(name.split("/")[0]), WORDS / f"{license}.txt"
    return words.read_text(encoding="utf-8").format(holder=holder) if holder and words.is_file() else ""


def license_text(package: metadata.Distribution) -> str:
    """The licences that an installed package brings."""
    files = [file for file in package.files or [] if is_license(file.name) and ".dist-info" in str(file)]
    return "\n\n".join(file.read_text(encoding="utf-8") for file in files)


def in_lists(site: Path) -> Iterator[Material]:
    """The packages inside JupyterLite's own files, as its lists name them."""
    for path in site.rglob("third-party-licenses.json"):
        for entry in json.loads(path.read_text(encoding="utf-8"))["packages"]:
            text = entry.get("extractedText") or ""
            license = entry.get("licenseId") or ""
            family = FAMILIES.get(entry["name"].split("/")[0])
            if not text and family and license == "BSD-3-Clause":
                text = license_text(metadata.distribution(family))
            text = text or own_words(entry["name"], license)
            yield Material(entry["name"], entry.get("versionInfo") or "", "npm", license, text)


def installed(site: Path) -> Iterator[Material]:
    """Each installed package that has a file in the site."""
    files = [path for path in site.rglob("*") if path.suffix in SHIPPED and path.stat().st_size < LARGEST]
    there = {hashlib.sha256(path.read_bytes()).digest() for path in files if path.stat().st_size}
    for package in metadata.distributions():
        own = [file for file in package.files or [] if file.suffix in SHIPPED]
        paths = [Path(str(package.locate_file(file))) for file in own]
        real = [path for path in paths if path.is_file() and path.stat().st_size < LARGEST]
        if any(hashlib.sha256(path.read_bytes()).digest() in there for path in real):
            about = package.metadata
            yield Material(about["Name"], about["Version"], "pypi", said(about), license_text(package))


def by_license_file(site: Path) -> Iterator[Material]:
    """What has its licence beside it: Temml, the fonts, the scripts of the theme."""
    for path in [*site.rglob("LICENSE"), *site.rglob("*LICENSE.txt")]:
        name = path.name.removesuffix("-LICENSE.txt").removesuffix(".LICENSE.txt")
        name = path.parent.name if name == "LICENSE" else name
        yield Material(name, "", "generic", "", path.read_text(encoding="utf-8", errors="replace"))


def materials(site: Path) -> list[Material]:
    """All of them, each once, by name."""
    wheels = (in_wheel(path) for path in site.rglob("*.whl"))
    known = [*by_license_file(site), *installed(site), *in_lists(site), *wheels]
    found = {(m.name.lower(), m.version): m for m in known if m.text or m.version != "0"}  # 0: an empty wheel
    return sorted(found.values(), key=lambda m: (m.name.lower(), m.version))


def bill(found: list[Material]) -> dict[str, Any]:
    """The bill of materials, the same for the same site: it has no date and no number of its own."""
    components = [material.component() for material in found]
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components}


def main() -> int:
    site = Path(sys.argv[1]) if sys.argv[1:] else SITE
    if not (site / "index.html").is_file():
        print(f"{site} has no index.html: build the site first.", file=sys.stderr)
        return 2
    found = materials(site)
    (site / BILL).write_text(json.dumps(bill(found), indent=1) + "\n", encoding="utf-8")
    texts = [
        f"{m.name} {m.version}\n{m.license}\n\n{m.text or '(its package ships no text)'}\n" for m in found
    ]
    (site / TEXTS).write_text(f"\n{'=' * 80}\n\n".join(texts), encoding="utf-8")
    without = [m.name for m in found if not m.text]
    print(f"{len(found)} works of others, {len(without)} without a licence's text, in {site.name}/{BILL}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
