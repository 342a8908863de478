"""How long the book's own commands take, measured on a fresh copy: ``python benchmarks/build_times.py``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "_build", "__pycache__", "*.egg-info", ".*_cache")


def measure(what: str, command: list[str], book: Path) -> tuple[str, float]:
    print(f"{what} ...", flush=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}\n{what}: {' '.join(command)} failed.")
    return what, seconds


def change_a_line(book: Path) -> None:
    """A text change in the longest chapter: the page that costs most to build."""
    chapter = max((book / "chapters").glob("*.ipynb"), key=lambda path: path.stat().st_size)
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace('"# ', '"# On ', 1), encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        shutil.copytree(ROOT, book, ignore=LEFT_OUT)
        build = ["make", "build"]
        rows = [
            measure("set-up from nothing", ["make", ".venv/.ready"], book),
            measure("first build", build, book),
            measure("build with nothing changed", build, book),
        ]
        change_a_line(book)
        rows.append(measure("build after a one-line text change", build, book))
    width = max(len(what) for what, _ in rows)
    print("\n" + "\n".join(f"{what:<{width}}  {seconds:6.1f} s" for what, seconds in rows))


if __name__ == "__main__":
    main()
