"""How long the book's own commands take, measured on a fresh copy: ``python benchmarks/build_times.py``.

Real time and processor time, and which share of the first build is the drawing of explorers' frames.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "_build", "__pycache__", "*.egg-info", ".*_cache")


def processor() -> float:
    """Seconds of all programs that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(what: str, command: list[str], book: Path) -> tuple[str, float, float]:
    print(f"{what} ...", flush=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    start, before = time.perf_counter(), processor()
    done = subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}\n{what}: {' '.join(command)} failed.")
    return what, seconds, processor() - before


def forget_all_but_the_frames(book: Path) -> None:
    for path in (book / "_build").iterdir():
        if path.name != ".frames":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


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
        rows = [measure("set-up from nothing", ["make", ".venv/.ready"], book)]
        rows.append(first := measure("first build", build, book))
        forget_all_but_the_frames(book)
        rows.append(again := measure("the same where the frames are kept", build, book))
        rows.append(measure("build with nothing changed", build, book))
        change_a_line(book)
        rows.append(measure("build after a one-line text change", build, book))
    width = max(len(what) for what, _, _ in rows)
    print(f"\n{'seconds':{width}s}  {'real':>7s}  {'processor':>9s}")
    print("\n".join(f"{what:<{width}}  {real:7.1f}  {used:9.1f}" for what, real, used in rows))
    print(f"Drawing frames is {1 - again[2] / first[2]:.0%} of the first build's processor time.")


if __name__ == "__main__":
    main()
