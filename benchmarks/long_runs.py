"""Runs that take a chapter too long: ``python benchmarks/long_runs.py [--store] [CHAPTER ...]``.

A function under ``trained_once("CHAPTER")`` looks up what it found for its arguments, where a chapter has
seconds and it would need minutes. This program runs the chapters' cells with nothing to look up, and says how
long every function trained. ``--store`` keeps what they found, for all chapters or for those that are named.
"""

from __future__ import annotations

import json
import re
import sys
import time
from contextlib import chdir, redirect_stdout
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.inputtransformer2 import TransformerManager

from nnlib.explore import Explorer, collect
from nnlib.figures import runs

ROOT = Path(__file__).resolve().parent.parent
STORE = Path(str(files("nnlib") / "datasets" / "long_runs.json"))
USES = re.compile(r'@(?:runs\.)?trained_once\("(\w+)"\)')

Calls = dict[str, list[list[Any]]]


def chapters() -> list[str]:
    """The chapters that have such functions, in their notebook or in their module of figures."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "nnlib" / "figures").glob("*.py"))]
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        texts += [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    return sorted({name for text in texts for name in USES.findall(text)})


def executed(chapter: str) -> dict[str, Any]:
    """The names of a chapter whose cells have run."""
    path = ROOT / "chapters" / f"{chapter}.ipynb"
    names: dict[str, Any] = {"__name__": "__main__", "display": lambda *shown, **options: None}
    transform = TransformerManager().transform_cell
    with chdir(path.parent), redirect_stdout(StringIO()):
        for cell in nbformat.read(path, as_version=4).cells:
            tags = cell.metadata.get("tags", [])
            if cell.cell_type == "code" and not {"remove-cell", "skip-execution"} & set(tags):
                exec(transform(cell.source), names)
    return names


def trained(chapter: str) -> Calls:
    """What the functions of a chapter found when its cells ran: arguments, named ones, result."""
    with collect() as made, runs.training_again() as found:
        executed(chapter)
        for one in made:
            if not isinstance(one, Explorer):
                one.draw(**one.values)
    return {
        name: [[*json.loads(key), result] for key, result in calls.items()]
        for name, calls in found.items()
        if name.startswith(f"{chapter}:")
    }


def main() -> None:
    wanted = [word for word in sys.argv[1:] if word != "--store"] or chapters()
    kept: Calls = json.loads(STORE.read_text(encoding="utf-8")) if STORE.exists() else {}
    for chapter in wanted:
        begin = time.process_time()
        found = trained(chapter)
        kept = {name: calls for name, calls in kept.items() if not name.startswith(f"{chapter}:")} | found
        print(f"{chapter}: {time.process_time() - begin:.0f} s of processor time")
        for name, calls in found.items():
            print(f"  {name}: {len(calls)} runs")
    if "--store" in sys.argv:
        lines = []
        for name, calls in sorted(kept.items()):
            rows = ",\n".join(f"  {json.dumps(call)}" for call in calls)
            lines.append(f"{json.dumps(name)}: [\n{rows}\n]")
        STORE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
