"""Make the editor of the pages' cells again, from npm packages that are checked by their hashes: needs npm.

``python tools/editor.py``            writes ``_ext/nnbook/inplace/editor/editor.min.js``
``python tools/editor.py --check``    changes nothing; says whether it is what these packages make
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "_ext" / "nnbook" / "inplace" / "editor"
MADE = "editor.min.js"
INSTALL = "npm install --no-audit --no-fund --ignore-scripts --no-progress"
BUNDLE = (
    "npx --no-install esbuild editor.js --bundle --minify --format=esm --target=es2022 --legal-comments=none"
)


def make(folder: Path) -> bytes:
    """The editor as one script.

    Raises:
        ValueError: where a package is not the one whose hash is known, or npm fails, with what it said.
    """
    pinned: dict[str, dict[str, str]] = json.loads((FOLDER / "packages.json").read_text(encoding="utf-8"))
    wanted = {name: entry["version"] for name, entry in pinned.items()}
    (folder / "package.json").write_text(
        json.dumps({"private": True, "type": "module", "dependencies": wanted})
    )
    shutil.copy(FOLDER / "editor.js", folder)
    run(INSTALL, folder)
    came: dict[str, Any] = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, entry in came.items():
        name = path.removeprefix("node_modules/")
        known = pinned.get(name, {}).get("integrity")
        if path and not entry.get("optional") and entry["integrity"] != known:
            raise ValueError(
                f"{name} {entry['version']} is not the package that packages.json names by its hash."
            )
    run(f"{BUNDLE} --outfile={MADE} --log-level=warning", folder)
    return (folder / MADE).read_bytes()


def run(command: str, folder: Path) -> None:
    done = subprocess.run(command.split(), cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise ValueError(f"{command.split()[0]} stopped:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        try:
            made = make(Path(place))
        except (ValueError, FileNotFoundError) as problem:
            print(f"The editor could not be made: {problem}", file=sys.stderr)
            return 1
    if options.check:
        same = made == (FOLDER / MADE).read_bytes()
        print(f"{MADE} is {'what' if same else 'not what'} these packages make.")
        return 0 if same else 1
    (FOLDER / MADE).write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
