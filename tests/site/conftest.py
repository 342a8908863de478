"""The built site, a server for it, and a real browser to look at it with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from engines import ENGINES, Engine, Missing
from filelock import FileLock
from nnbook import inplace, lite
from nnbook.lite import pyodide
from playwright.sync_api import Browser, BrowserContext, Page
from visiting import CHAPTERS, PAGES, ROOT, Visit, served, visited

SITE = ROOT / "_build" / "html"
PROGRAM = Path(sys.executable).with_name("jupyter-book")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", [*PAGES, "search.html"])
    if "chapter" in metafunc.fixturenames:
        metafunc.parametrize("chapter", CHAPTERS)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Path:
    """The site, built from the sources as they are now: a second or two where nothing has changed."""
    (ROOT / "_build").mkdir(exist_ok=True)
    built_in = ROOT / "_build" / ".tested"
    with FileLock(ROOT / "_build" / ".tests.lock"):
        # One build for all the processes of this run: a second one would change files under the others' feet.
        if not (built_in.exists() and built_in.read_text() == testrun_uid):
            build = [str(PROGRAM), "build", ".", "-n", "-W", "--keep-going"]
            done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
            if done.returncode != 0:
                pytest.fail(
                    f"The book does not build:\n{done.stdout[-2000:]}\n{done.stderr[-8000:]}", pytrace=False
                )
            built_in.write_text(testrun_uid)
    return SITE


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the site on a server of its own."""
    with served(site) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """``visit("intro.html", width=390, color_scheme="dark")`` opens a page and waits until it is ready."""
    contexts: list[BrowserContext] = []

    def open_page(name: str, *, base: str = address, width: int = 1280, **context: Any) -> Visit:
        height = 844 if width < 600 else 900
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **context))
        return visited(contexts[-1], f"{base}/{name}", settle=context.get("java_script_enabled", True))

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def visits(browser: Browser, address: str) -> Iterator[Callable[[str], Visit]]:
    """``visits("intro.html")`` is the page as it was first seen: one visit for all tests that only look."""
    contexts: list[BrowserContext] = []

    @cache
    def open_page(name: str) -> Visit:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light"))
        return visited(contexts[-1], f"{address}/{name}")

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def own_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages with a Pyodide of their own: what ``nnbook_pyodide: own`` builds, without JupyterLite."""
    folder = tmp_path_factory.mktemp("own") / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns(lite.NAME, "reports"))
    try:
        inplace.serve_pyodide(folder / inplace.NAME, "own")
    except pyodide.Unavailable as sentence:
        pytest.fail(str(sentence), pytrace=False)
    return folder


@pytest.fixture(scope="session")
def own_pages(own_site: Path) -> Iterator[str]:
    with served(own_site) as address:
        yield address


@pytest.fixture
def open_own(visit: Callable[..., Visit], own_pages: str) -> Callable[..., Page]:
    """Like ``visit``, of those pages."""

    def open_page(name: str, **context: Any) -> Page:
        return visit(name, base=own_pages, **context).page

    return open_page


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    try:
        with ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as engine:
            yield engine
    except Missing as sentence:
        pytest.skip(f"{request.param} is left out: {sentence}")
