"""Breaks the core line by line, and says which wrong lines no test sees.

    python -m tools.mutants            this week's module: in so many weeks, all
    python -m tools.mutants costs      one module
    python -m tools.mutants all        some hours

A run that was stopped goes on where it was: mutmut keeps its results in ``mutants/``, and what died once is
not tried again (without that folder, all is). It puts a function's defaults in before it calls a mutant, and
so never sees another default: those are tried here. A mutant that changes no result is listed in
``tests/mutants.toml``, with the reason; any other that lives is a hole in the tests.
"""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

from tools.copies import ROOT, copied, outcome

LISTED = ROOT / "tests" / "mutants.toml"
DEFAULTS = "tests/test_holes.py::test_every_default"
NEEDED = ("nnlib", "tests", "tools", "_ext", "pyproject.toml", "conftest.py")  # by that test


def modules() -> list[str]:
    """The modules of the core, as mutmut is told them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    return [Path(name).stem for name in settings["only_mutate"]]


def mutmut(*arguments: str) -> str:
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def ends_of(wanted: str) -> dict[str, str]:
    """How each mutant of a module, or of all, has ended, as far as it was tried."""
    found = dict(re.findall(r"^\s*(nnlib\.\S+): (.+)$", mutmut("results", "--all", "true"), re.M))
    return {name: end for name, end in found.items() if wanted == "all" or name.split(".")[1] == wanted}


def change(diff: str) -> tuple[str, str]:
    """The line that a mutant takes away, and the one that it puts there; names of mutants apart."""
    lines = {sign: re.findall(rf"^\{sign}(?!\{sign}\{sign})(.*)$", diff, re.M) for sign in "-+"}
    return " ".join(map(str.strip, lines["-"])), " ".join(map(str.strip, lines["+"]))


def is_default(right: str, wrong: str) -> bool:
    """Whether a mutant changes nothing but a signature."""
    return all(re.match(r"(?:def |\w+: |\*)", line) for line in (right, wrong)) and "=" in right


def default_dies(module: str, right: str, wrong: str, copy: Path) -> bool:
    """Whether the test of all defaults turns red where this one is another."""
    path = copy / "nnlib" / f"{module}.py"
    source = path.read_text(encoding="utf-8")
    if source.count(right) != 1:
        return False
    path.write_text(source.replace(right, wrong), encoding="utf-8")
    try:
        return outcome(copy, DEFAULTS).returncode == 1
    finally:
        path.write_text(source, encoding="utf-8")


def main() -> int:
    wanted = (
        sys.argv[1] if sys.argv[1:] else modules()[datetime.date.today().isocalendar().week % len(modules())]
    )
    if wanted not in ("all", *modules()):
        print(f"{wanted} came; all or one of {', '.join(modules())} is expected.", file=sys.stderr)
        return 2
    # Which test calls what may be another since the last run: mutmut would not ask again.
    (ROOT / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    command = [
        str(Path(sys.executable).with_name("mutmut")),
        "run",
        "--max-children",
        str(os.cpu_count() or 1),
    ]
    left = [name for name, end in ends_of(wanted).items() if end != "killed"]
    left = left or [f"nnlib.{name}.*" for name in (modules() if wanted == "all" else [wanted])]
    while left:
        if code := subprocess.run([*command, *left], cwd=ROOT).returncode:
            return code
        ends = ends_of(wanted)
        left = [name for name, end in ends.items() if end == "not checked"]  # of lines that are new
    listed = {
        (each["right"], wrong)
        for each in tomllib.loads(LISTED.read_text(encoding="utf-8"))["equivalent"]
        for wrong in each["wrong"]
    }
    holes = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder), NEEDED)
        for name in [name for name, end in ends.items() if end in ("survived", "no tests")]:
            made = change(mutmut("show", name))
            if made in listed:
                ends[name] = "equivalent"
            elif is_default(*made) and default_dies(name.split(".")[1], *made, copy):
                ends[name] = "killed"
            else:
                holes[name] = made
    print(f"{wanted}: " + ", ".join(f"{count} {end}" for end, count in Counter(ends.values()).most_common()))
    for name, (right, wrong) in holes.items():
        print(f"{name} lives:\n  - {right}\n  + {wrong}")
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())
