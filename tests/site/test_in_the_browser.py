"""The chapters in the reader's browser: every cell runs, explorers are live, failures are said plainly."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nnbook import lite, solutions
from nnbook.lite import pyodide
from notebook_page import FRAME, LOOPBACK_ONLY, MINUTES, all_cells_have_run, move_a_slider, trains
from playwright.sync_api import Browser, BrowserType, Page, Route, expect
from typed_answers import typed
from visiting import CHAPTERS, served

from nnlib.exercises import exercises_of
from nnlib.exercises.kinds import Code

ROOT = Path(__file__).resolve().parents[2]
OFFERED = [name for name in CHAPTERS if lite.is_offered((ROOT / name).with_suffix(".ipynb"))]


@pytest.fixture(scope="session")
def own_copy(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's notebooks with a Pyodide of their own: what ``nnbook_pyodide: own`` builds."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(site / lite.NAME, folder / lite.NAME)
    try:
        lite.serve_pyodide(folder / lite.NAME, "own")
    except pyodide.Unavailable as sentence:
        pytest.fail(str(sentence), pytrace=False)
    return folder


@pytest.fixture(scope="session")
def own_address(own_copy: Path) -> Iterator[str]:
    with served(own_copy) as address:
        yield address


@pytest.fixture(scope="session")
def offline(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser that can reach this machine only."""
    arguments = [*browser_type_launch_args["args"], LOOPBACK_ONLY]
    browser = browser_type.launch(**browser_type_launch_args | {"args": arguments})
    yield browser
    browser.close()


@pytest.fixture
def open_notebook(offline: Browser) -> Iterator[Callable[..., Page]]:
    pages: list[Page] = []

    def open_page(
        address: str, chapter: str, route: Callable[[Route], None] | None = None, before: str = ""
    ) -> Page:
        page = offline.new_page(viewport={"width": 1280, "height": 900})
        pages.append(page)
        page.add_init_script(before)
        if route is not None:
            page.route(f"{pyodide.CDN}/**", route)
        path = chapter.replace(".html", ".ipynb")
        page.goto(f"{address}/{lite.NAME}/{lite.APP}/index.html?path={path}")
        return page

    yield open_page
    for page in pages:
        page.context.close()


@pytest.mark.parametrize("name", OFFERED)
def test_a_chapter_has_a_button_that_opens_it(site: Path, name: str) -> None:
    path = name.replace(".html", ".ipynb")
    up = "../" * name.count("/")
    assert f'href="{up}lite/notebooks/index.html?path={path}"' in (site / name).read_text(encoding="utf-8")
    stored = nbformat.read(ROOT / path, as_version=4)
    offered = nbformat.read(site / lite.NAME / "files" / path, as_version=4)
    assert offered == solutions.folded(stored)


@pytest.mark.slow
@pytest.mark.parametrize("name", OFFERED)  # a minute each
def test_all_cells_run_and_explorers_are_live(
    open_notebook: Callable[..., Page], own_address: str, name: str
) -> None:
    page = open_notebook(own_address, name)
    elsewhere: list[str] = []
    here = (own_address, "data:", "blob:")
    page.on("request", lambda request: request.url.startswith(here) or elsewhere.append(request.url))
    run = page.get_by_role("button", name="Run all cells", exact=True)
    run.wait_for(timeout=6 * MINUTES)
    run.click()
    all_cells_have_run(page)
    assert page.evaluate("() => jupyterapp.shell.currentWidget.content.activeCellIndex") == 0
    expect(page.locator(".jp-Cell").first).to_be_in_viewport()
    move_a_slider(page)
    if page.locator(FRAME).count():
        trains(page)
    assert elsewhere == []


@pytest.fixture(scope="session")
def tampered(own_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same, after somebody has changed two of Pyodide's own files."""
    folder = tmp_path_factory.mktemp("tampered")
    shutil.copytree(own_copy, folder, dirs_exist_ok=True)
    for name in ("pyodide.asm.mjs", "python_stdlib.zip"):
        with (folder / lite.NAME / "pyodide" / name).open("a") as file:
            file.write("\nglobalThis.stranger = true;\n")
    with served(folder) as address:
        yield address


@pytest.mark.slow
def test_a_changed_file_of_pyodide_does_not_run(open_notebook: Callable[..., Page], tampered: str) -> None:
    page = open_notebook(tampered, "chapters/gradient_descent.html")
    alert = page.get_by_role("alert")
    alert.wait_for(timeout=2 * MINUTES)
    expect(alert).to_contain_text(
        re.compile(r"(asm\.mjs|stdlib\.zip) is not the file that this book was tested")
    )
    start = """async root => {
        const { loadPyodide } = await import(`${root}/checked.mjs`);
        return await loadPyodide({}).then(() => "it started", error => error.message);
    }"""
    said = page.evaluate(start, f"{tampered}/{lite.NAME}")
    assert re.search(r"asm\.mjs could not be had, or is not the file that this book was tested with", said)
    assert page.evaluate("globalThis.stranger") is None


#: Run Python in the notebook's kernel; what it prints.
PRINTS = """async code => {
    const { kernel } = jupyterapp.shell.currentWidget.context.sessionContext.session;
    const run = kernel.requestExecute({code});
    let printed = "";
    run.onIOPub = ({content}) => { printed += content.text ?? content.evalue ?? ""; };
    await run.done;
    return printed;
}"""
#: Judge answers, and say the verdicts in the short form of a digest.
JUDGING = """
import hashlib, json
from nnlib.exercises import find
asked = json.loads({asked!r})
said = [find(label)[part].judge(text) for label, part, texts in asked for text in texts]
print(hashlib.sha256(repr([(one.kind, one.text) for one in said]).encode()).hexdigest(), len(said))
"""


@pytest.mark.slow
def test_python_in_the_browser_says_the_same_words(
    open_notebook: Callable[..., Page], own_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [
        (label, name, list(typed(part)))
        for label, parts in exercises_of("gradient_descent").items()
        for name, part in parts.items()
        if not isinstance(part, Code)
    ]
    code = JUDGING.format(asked=json.dumps(asked))
    exec(code, {})
    page = open_notebook(own_address, "chapters/gradient_descent.html")
    page.get_by_role("button", name="Run all cells", exact=True).wait_for(timeout=6 * MINUTES)
    here = capsys.readouterr().out
    assert int(here.split()[1]) >= 5000
    assert page.evaluate(PRINTS, code) == here


@pytest.mark.parametrize("how", ["refused", "silent"])
def test_without_python_a_plain_message_names_the_other_ways(
    open_notebook: Callable[..., Page], address: str, how: str
) -> None:
    route = None if how == "refused" else lambda route: None  # never answered
    page = open_notebook(address, "chapters/gradient_descent.html", route)
    message = page.get_by_role("alert")
    message.wait_for(timeout=30_000)  # as promised to the reader
    expect(message).to_contain_text("Python could not be loaded: no answer from cdn.jsdelivr.net")
    chapter = message.get_by_role("link", name="The chapter's page").get_attribute("href")
    assert chapter == f"{address}/chapters/gradient_descent.html"
    assert message.get_by_role("button", name="Try again").is_visible()
    # No kernel is left for which a cell could wait.
    expect(page.locator(".jp-Toolbar-kernelName")).to_contain_text("No Kernel", timeout=2 * MINUTES)


def test_a_browser_without_webassembly_is_told_at_once(
    open_notebook: Callable[..., Page], address: str
) -> None:
    page = open_notebook(address, "chapters/gradient_descent.html", before="delete window.WebAssembly")
    expect(page.get_by_role("alert")).to_contain_text("this browser does not run WebAssembly")


def test_progress_is_shown_with_the_size(open_notebook: Callable[..., Page], address: str) -> None:
    def hold(route: Route) -> None:
        if "/matplotlib-" in route.request.url:
            route.fulfill(body=b"\0" * 1_000_000, headers={"access-control-allow-origin": "*"})

    page = open_notebook(address, "chapters/gradient_descent.html", hold)
    bar = page.get_by_role("status", name="Python")
    expect(bar).to_contain_text(f"{lite.megabytes()} MB")
    # One of the four largest files comes, at once; the others never.
    page.wait_for_function("() => document.querySelector('#nnbook-python progress').value > 6e6")
    expect(bar).to_contain_text(re.compile(rf"[67] of {lite.megabytes()} MB"))


@pytest.fixture
def revisable(site: Path, tmp_path: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The notebooks on a server of their own, and a way to correct a chapter there, as a new build does."""
    shutil.copytree(site / lite.NAME, tmp_path / lite.NAME)
    stored, index = (tmp_path / lite.NAME / part for part in (f"files/{CORRECTED}", f"{lite.APP}/index.html"))

    def correct() -> None:
        before = lite.version(stored)
        stored.write_text(stored.read_text("utf-8").replace("thick fog", "thicker fog"), "utf-8")
        index.write_text(index.read_text("utf-8").replace(before, lite.version(stored)), "utf-8")

    with served(tmp_path) as address:
        yield address, correct


CORRECTED = "chapters/gradient_descent.ipynb"
#: Write into the second cell, and save: what the reader's own copy is.
EDIT = """async () => {
    const { context, content } = jupyterapp.shell.currentWidget;
    content.model.cells.get(1).sharedModel.setSource("mine = 1");
    await context.save();
}"""
FIRST = "() => jupyterapp.shell.currentWidget.content.model.cells.get(0).sharedModel.getSource()"
SAVED = """async path =>
    JSON.stringify((await jupyterapp.serviceManager.contents.get(path, {content: true})).content)"""
LOOKED = "() => Object.keys(localStorage).some(key => key.startsWith('nnbook-version:'))"
READY = "() => window.jupyterapp?.shell?.currentWidget?.context?.isReady"


def test_a_reader_with_a_copy_is_told_of_a_correction_and_takes_it(
    open_notebook: Callable[..., Page], revisable: tuple[str, Callable[[], None]]
) -> None:
    address, correct = revisable
    page = open_notebook(address, "chapters/gradient_descent.html", lambda route: None)
    page.wait_for_function(READY)
    page.wait_for_function(LOOKED)
    page.evaluate(EDIT)
    bar = page.get_by_role("status", name="This chapter's version")
    page.reload()
    page.wait_for_function(READY)
    page.wait_for_timeout(1500)
    expect(bar).to_have_count(0)  # their own changes are no news
    correct()
    page.reload()
    expect(bar).to_contain_text("has been corrected since you opened it here", timeout=30_000)
    assert "mine = 1" in page.evaluate(SAVED, CORRECTED)
    bar.get_by_role("button", name="Take the new one").click()
    expect(bar).to_contain_text("Yours is kept beside it, as gradient_descent (yours, ", timeout=30_000)
    page.wait_for_function(READY)
    assert "thicker fog" in page.evaluate(FIRST)
    kept = re.search(r"as (.* \(yours, .*?\)\.ipynb)", bar.inner_text())
    assert kept
    assert "mine = 1" in page.evaluate(SAVED, f"chapters/{kept[1]}")
    page.reload()
    page.wait_for_function(READY)
    page.wait_for_timeout(1500)
    expect(bar).to_have_count(0)


def test_a_reader_may_keep_their_copy(
    open_notebook: Callable[..., Page], revisable: tuple[str, Callable[[], None]]
) -> None:
    address, correct = revisable
    page = open_notebook(address, "chapters/gradient_descent.html", lambda route: None)
    page.wait_for_function(READY)
    page.wait_for_function(LOOKED)
    page.evaluate(EDIT)
    correct()
    page.reload()
    bar = page.get_by_role("status", name="This chapter's version")
    bar.get_by_role("button", name="Keep mine").click(timeout=30_000)
    expect(bar).to_have_count(0)
    page.reload()
    page.wait_for_function(READY)
    page.wait_for_timeout(1500)
    expect(bar).to_have_count(0)
    assert "mine = 1" in page.evaluate(SAVED, CORRECTED)


def test_from_disk_it_says_why_not(open_notebook: Callable[..., Page], site: Path) -> None:
    page = open_notebook(site.as_uri(), "chapters/gradient_descent.html")
    expect(page.get_by_role("alert")).to_contain_text("needs a web server")
