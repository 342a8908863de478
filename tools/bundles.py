"""Make the scripts that come from npm packages again, each package checked by its hash: needs npm.

``python tools/bundles.py``            writes the cells' editor and MiniSearch, or the one that is named
``python tools/bundles.py --check``    changes nothing; says whether they are what these packages make
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

EXTENSION = Path(__file__).resolve().parent.parent / "_ext" / "nnbook"
INSTALL = "npm install --no-audit --no-fund --ignore-scripts --no-progress"
BUNDLE = "npx --no-install esbuild {source} --bundle --minify --target=es2022 --legal-comments=none"


class Bundle(NamedTuple):
    """A folder with ``NAME.js`` and the ``packages.json`` that it needs, made into ``NAME.min.js``."""

    folder: Path
    form: str  # of the script: esm for a module, iife for one that a page opened from disk can load
    #: What is put in place of a piece of a package, once: (file, as it is, as it should be).
    changes: tuple[tuple[str, str, str], ...] = ()


# The editor's styles in an adopted sheet, as style-mod does below a shadow root, and not in a <style> of the
# document: this the pages' policy forbids (_ext/nnbook/policy).
ADOPTED = ("style-mod/src/style-mod.js", "!root.head && root.adoptedStyleSheets", "root.adoptedStyleSheets")
BUNDLES = {
    "editor": Bundle(EXTENSION / "inplace" / "editor", "esm", (ADOPTED,)),
    "minisearch": Bundle(EXTENSION / "search" / "minisearch", "iife"),
}


def make(name: str, place: Path) -> bytes:
    """A bundle as one script.

    Raises:
        ValueError: where a package is not the one whose hash is known, or has not what is to be changed
            in it, or npm fails, with what it said.
    """
    folder, form, changes = BUNDLES[name]
    pinned: dict[str, dict[str, str]] = json.loads((folder / "packages.json").read_text(encoding="utf-8"))
    wanted = {package: entry["version"] for package, entry in pinned.items()}
    (place / "package.json").write_text(
        json.dumps({"private": True, "type": "module", "dependencies": wanted})
    )
    shutil.copy(folder / f"{name}.js", place)
    run(INSTALL, place)
    came: dict[str, Any] = json.loads((place / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, entry in came.items():
        package = path.removeprefix("node_modules/")
        known = pinned.get(package, {}).get("integrity")
        if path and not entry.get("optional") and entry["integrity"] != known:
            raise ValueError(
                f"{package} {entry['version']} is not the package that packages.json names by its hash."
            )
    for file, old, new in changes:
        source = place / "node_modules" / file
        text = source.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{file} has not once what tools/bundles.py changes in it: {old}")
        source.write_text(text.replace(old, new), encoding="utf-8")
    bundle = BUNDLE.format(source=f"{name}.js")
    run(f"{bundle} --format={form} --outfile={name}.min.js --log-level=warning", place)
    return (place / f"{name}.min.js").read_bytes()


def run(command: str, folder: Path) -> None:
    done = subprocess.run(command.split(), cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise ValueError(f"{command.split()[0]} stopped:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", nargs="?", choices=BUNDLES, help="the only one to make")
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    same = True
    for name in [options.name] if options.name else BUNDLES:
        file = BUNDLES[name].folder / f"{name}.min.js"
        with tempfile.TemporaryDirectory() as place:
            try:
                made = make(name, Path(place))
            except (ValueError, FileNotFoundError) as problem:
                print(f"{file.name} could not be made: {problem}", file=sys.stderr)
                return 1
        if options.check:
            kept = file.exists() and made == file.read_bytes()
            same = same and kept
            print(f"{file.name} is {'what' if kept else 'not what'} these packages make.")
        else:
            file.write_bytes(made)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
