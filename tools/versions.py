"""Tests the package with other versions than the pinned ones: the lowest allowed, or the newest there are.

    python -m tools.versions lowest
    python -m tools.versions newest

Both make an environment of their own below ``_build``, and run the core's tests and two chapters in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")
#: What the tests need, in whatever version fits.
TOOLS = ["pytest", "pytest-xdist", "nbval", "hypothesis", "scikit-learn", "ipykernel", "nbformat", "nbclient"]
TOOLS += ["jupytext", "filelock", "pyyaml", "fonttools"]
TESTS = [
    "activations",
    "bad_input",
    "costs",
    "data",
    "holes",
    "hostile",
    "initializers",
    "network",
    "optimizers",
]
TESTS += ["outputs", "parameters", "perceptron", "schedules", "sentences", "training"]
CHAPTERS = ["perceptron", "gradient_descent"]
RESOLVE = {"lowest": ["--resolution", "lowest-direct"], "newest": ["--upgrade", "--prerelease", "allow"]}


def run(*command: str | Path, **environment: str) -> int:
    return subprocess.run(list(map(str, command)), cwd=ROOT, env=os.environ | environment).returncode


def main() -> int:
    if sys.argv[1:] not in (["lowest"], ["newest"]):
        print(f"{' '.join(sys.argv[1:]) or 'nothing'} came; lowest or newest is expected.", file=sys.stderr)
        return 2
    kind = sys.argv[1]
    folder = ROOT / "_build" / "versions" / kind
    python, chosen = folder / "env" / "bin" / "python", folder / "chosen.txt"
    folder.mkdir(parents=True, exist_ok=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    quiet = ["--quiet", "--no-header", "--no-annotate", "--python-version", version]
    steps: list[list[str | Path]] = [
        [UV, "venv", "--quiet", "--clear", "--python", sys.executable, folder / "env"],
        [UV, "pip", "compile", *quiet, *RESOLVE[kind], "pyproject.toml", "-o", chosen],
        [UV, "pip", "install", "--quiet", "--only-binary=:all:", "--python", python, "-r", chosen, *TOOLS],
    ]
    for step in steps:
        if code := run(*step):
            return code
    direct = ("numpy", "matplotlib", "ipywidgets", "pillow", "tqdm")
    print(*(line for line in chosen.read_text().splitlines() if line.startswith(direct)), flush=True)
    tests = [f"tests/test_{name}.py" for name in TESTS] + [f"chapters/{name}.ipynb" for name in CHAPTERS]
    options = ["-q", "-p", "no:cacheprovider", "-n", "2"]
    return run(python, "-m", "pytest", *options, *tests, PYTHONPATH=str(ROOT))


if __name__ == "__main__":
    sys.exit(main())
