"""Where a cell does not end, Python does not come, or the page is small: what a reader sees, and how soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from inplace_page import bar, called, cell, is_idle, start, write
from playwright.sync_api import Page, Route, expect

FIRST, USES = "a80c16d2", "74b037b3"
PAGE = "chapters/perceptron.html"
SECONDS = 10  # as promised to the reader, and some for a busy machine
SLACK = 10

Open = Callable[..., Page]


def stop(page: Page) -> float:
    """Press *Stop*; how many seconds it took."""
    begin = time.monotonic()
    bar(page).get_by_role("button", name="Stop").click()
    is_idle(page)
    return time.monotonic() - begin


@pytest.mark.parametrize(
    "loop",
    [
        "while True:\n    count += 1",
        "while True:\n    print(count)\n    count += 1",
        "import nnlib\nX, y = nnlib.gate('AND')\nnet = nnlib.Network([2, 1], output='sigmoid')\n"
        "count = 1\nnnlib.fit(net, X, y[:, None], epochs=10**7)",
    ],
    ids=["silent", "printing", "training"],
)
def test_an_endless_loop_stops_and_every_variable_is_kept(open_own: Open, loop: str) -> None:
    page = open_own(PAGE)
    start(page)
    write(page, FIRST, f"count = 0\n{loop}")
    page.keyboard.press("Shift+Enter")
    page.wait_for_timeout(1500)
    assert stop(page) < 1 + SLACK
    first, asked = called(page, FIRST), called(page, USES)
    expect(bar(page)).to_contain_text(f"{first.capitalize()} was stopped. All variables are kept.")
    expect(cell(page, FIRST).locator(".nn-error")).to_contain_text("Stopped.")
    write(page, USES, "print(count > 0)")
    page.keyboard.press("Shift+Enter")
    # It needs that cell, which was stopped half way, and so is run again.
    expect(bar(page)).to_contain_text(f"{asked.capitalize()} needs what stands above: {first} is running")
    bar(page).get_by_role("button", name=f"Only {asked}").click()
    expect(cell(page, USES).locator(".output")).to_have_text("True")


def test_a_cell_that_is_changed_while_it_runs_runs_again_as_it_is_now(open_own: Open) -> None:
    page = open_own(PAGE)
    start(page)
    write(page, FIRST, "import time\nfor _ in range(800):\n    time.sleep(0.01)\nprint('before')")
    page.keyboard.press("Shift+Enter")
    expect(cell(page, FIRST)).to_have_attribute("data-state", "running")
    page.keyboard.press("Shift+Enter")  # the same code: once is enough
    write(page, FIRST, "print('now')")
    page.keyboard.press("Shift+Enter")
    expect(bar(page)).to_contain_text("is running as it was, and then as it is now.")
    expect(cell(page, FIRST).locator(".output")).to_have_text("now")
    is_idle(page)


def test_one_long_operation_ends_python_and_says_what_is_lost(open_own: Open) -> None:
    page = open_own(PAGE)
    start(page)
    write(page, FIRST, "import numpy as np\nA = np.random.rand(3000, 3000)\nprint('go')\nnp.linalg.svd(A)")
    page.keyboard.press("Shift+Enter")
    expect(cell(page, FIRST).locator(".stream")).to_contain_text("go")
    assert stop(page) < 3 + SLACK
    expect(bar(page)).to_contain_text("was stopped, and Python with it: all variables are gone")
    write(page, FIRST, "print('alive')")
    page.keyboard.press("Shift+Enter")
    expect(cell(page, FIRST).locator(".stream")).to_have_text("alive", timeout=120_000)


@pytest.mark.parametrize("how", ["refused", "silent"])
def test_where_python_does_not_come_a_sentence_names_the_other_ways(open_own: Open, how: str) -> None:
    page = open_own(PAGE)
    answer: Callable[[Route], None] = (
        (lambda route: route.abort()) if how == "refused" else lambda route: None
    )
    page.context.route("**/pyodide/pyodide.asm.wasm", answer)
    begin = time.monotonic()
    page.locator("button.nn-run:visible").first.click()
    expect(bar(page)).to_contain_text("Python could not be loaded", timeout=(SECONDS + SLACK) * 1000)
    assert time.monotonic() - begin < SECONDS + SLACK
    expect(bar(page).get_by_role("link", name="Open as a notebook")).to_be_visible()
    page.context.unroute("**/pyodide/pyodide.asm.wasm")
    bar(page).get_by_role("button", name="Try again").click()
    is_idle(page)
    expect(cell(page, FIRST).locator(".nn-state")).to_contain_text("ran in")


def test_without_a_server_or_webassembly_the_cell_says_so(
    open_own: Open, visit: Callable[..., object], site: Path, own_pages: str
) -> None:
    page = open_own(PAGE)
    page.add_init_script("delete window.WebAssembly")
    for address, words in {
        site.as_uri(): "From disk, a browser runs no Python",
        own_pages: "runs no WebAssembly",
    }.items():
        page.goto(f"{address}/{PAGE}")
        page.locator("button.nn-run:visible").first.click()
        expect(cell(page, FIRST).get_by_role("alert")).to_contain_text(words)
    page = open_own(PAGE)
    page.context.set_offline(True)
    page.locator("button.nn-run:visible").first.click()
    expect(cell(page, FIRST).get_by_role("alert")).to_contain_text("this computer is offline")
    page.context.set_offline(False)
    start(page)


def test_a_phone_has_room_for_it_and_axe_finds_nothing(open_own: Open) -> None:
    page = open_own(PAGE, width=390, color_scheme="dark")
    start(page)
    write(page, FIRST, "print('x' * 300)\n1 / 0")
    page.keyboard.press("Shift+Enter")
    is_idle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_nothing_comes_before_run_and_nothing_from_elsewhere_after(
    open_own: Open, own_pages: str, site: Path
) -> None:
    page = open_own("chapters/digits.html")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert any("/run.js" in url for url in asked)
    assert [url for url in asked if "/inplace/" in url or "pyodide" in url] == []
    assert (site / "_static" / "run.js").stat().st_size <= 3000
    start(page)
    assert [url for url in asked if not url.startswith((own_pages, "data:", "blob:"))] == []
    assert any("/inplace/" in url for url in asked)
