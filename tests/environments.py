"""Virtual environments that tests make for themselves, at the versions of a lock, and keep."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")


def run(*command: str | Path, **options: Any) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def interpreter(*versions: str) -> str:
    """The first of these versions of Python that is installed; else the one that runs the tests."""
    for version in versions:
        own = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
        for name in (shutil.which(f"python{version}"), *map(str, own)):
            if name and subprocess.run([name, "--version"], capture_output=True).returncode == 0:
                return name
    return sys.executable


def environment(folder: Path, python: str, *install: str | Path) -> Path:
    """The Python of an environment in ``folder``; made again when what is to be installed changes."""
    made = folder / "env" / "bin" / "python"
    wanted = "\n".join([python, *(part.read_text() if isinstance(part, Path) else part for part in install)])
    with FileLock(folder / "busy"):
        stamp = folder / "installed"
        if not (stamp.exists() and stamp.read_text() == wanted):
            run(UV, "venv", "--clear", "--quiet", "--python", python, folder / "env")
            # Nothing is compiled: what has no wheel is refused.
            sure = ["--quiet", "--require-hashes", "--only-binary=:all:"]
            run(UV, "pip", "install", *sure, "--python", made, *install)
            stamp.write_text(wanted)
    return made


def packages(python: Path) -> dict[str, str]:
    """What is installed in an environment, with its versions."""
    lines = run(UV, "pip", "list", "--quiet", "--format=freeze", "--python", python).splitlines()
    return dict(line.split("==", 1) for line in lines)
