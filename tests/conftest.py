"""Fixtures that several files of tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from environments import run
from hypothesis import HealthCheck, settings

from tools import browser

ROOT = Path(__file__).resolve().parent.parent
#: Not in ``make test-quick``: what draws many figures, starts kernels or browsers, or builds the book.
LONG = (
    "tests/site/",
    "tests/test_bets",
    "tests/test_binder",
    "tests/test_build",
    "tests/test_colab",
    "tests/test_digits_results",
    "tests/test_explore_live",
    "tests/test_explorers_grid",
    "tests/test_figures_",
    "tests/test_found",
    "tests/test_hub",
    "tests/test_jupyterlab",
    "tests/test_keras",
    "tests/test_lite",
    "tests/test_long_runs",
    "tests/test_mutations",
)
# A busy machine is no reason to fail.
settings.register_profile("book", deadline=None)
# mutmut runs each test many times in one process, which hypothesis would call a mistake.
settings.register_profile("mutants", deadline=None, suppress_health_check=[HealthCheck.differing_executors])
settings.load_profile("mutants" if "MUTANT_UNDER_TEST" in os.environ else "book")


#: What a long test asks of each page, it asks of these alone with ``--examples``, if its pages have any.
EXAMPLES = {"intro", "search", "chapters/perceptron"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--examples", action="store_true", help="long tests of every page: on a few of them")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(LONG):
            item.add_marker(pytest.mark.slow)
    if config.getoption("examples"):
        left_out = others([item for item in items if item.get_closest_marker("slow")])
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def others(items: list[pytest.Item]) -> set[pytest.Item]:
    """Of tests that are also asked of an example: those of other pages."""
    pages: dict[str, dict[pytest.Item, str]] = {}
    for item in items:
        for value in item.callspec.params.values() if hasattr(item, "callspec") else ():
            if str(value).endswith((".html", ".ipynb")):
                name = Path(str(value).removeprefix(f"{ROOT}/")).with_suffix("").as_posix()
                pages.setdefault(item.nodeid.split("[")[0], {})[item] = name
    return {
        item
        for found in pages.values()
        if EXAMPLES & set(found.values())
        for item, name in found.items()
        if name not in EXAMPLES
    }


# What git ignores, for a copy of the book that is no clone.
IGNORED = {
    ".git",
    ".venv",
    ".hypothesis",
    "_build",
    "build",
    "dist",
    "__pycache__",
    ".ipynb_checkpoints",
    "node_modules",
}


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the book."""
    return ROOT


@pytest.fixture(scope="session")
def book_files() -> list[Path]:
    """Every file that belongs to the book: what git keeps, or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if (ROOT / ".git").exists():
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not ignored(path.relative_to(ROOT))]
    return sorted(path for path in files if path.is_file())


def ignored(path: Path) -> bool:
    return any(part in IGNORED or part.endswith((".egg-info", "_cache")) for part in path.parts)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pip makes of GitHub's archive of the branch."""
    source, made = tmp_path_factory.mktemp("archive"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-text"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "nnlib", source / "nnlib", ignore=shutil.ignore_patterns("__pycache__"))
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", made, source)
    (path,) = made.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = browser.find()
    if path is None:
        pytest.fail(browser.MISSING, pytrace=False)
    arguments = ["--disable-background-networking"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to run as root with it
    return browser_type_launch_args | {"executable_path": path, "args": arguments}
