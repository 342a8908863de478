"""How Python comes to a page: checked; in time for what is imported; by itself, once used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from inplace_page import bar, cell, is_idle, run, start, write
from nnbook import inplace
from nnbook.lite import pyodide
from playwright.sync_api import BrowserContext, Page, Route, expect
from visiting import Visit

FIRST = "a80c16d2"
PAGE, OTHER = "chapters/perceptron.html", "chapters/activations.html"
QUIET = 3000  # ms in which a page that starts by itself would have begun to

Open = Callable[..., Page]


def stand_in(context: BrowserContext, spoilt: str = "") -> list[str]:
    """Answer for the CDN, with one file spoilt; the files that are asked for."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        asked.append(name)
        body = (pyodide.fetch() / name).read_bytes()
        route.fulfill(
            body=body[:-1] + b"\x00" if name == spoilt else body,
            headers={"Access-Control-Allow-Origin": "*"},
            content_type="application/wasm" if name.endswith(".wasm") else "text/javascript",
        )

    context.route(f"{pyodide.CDN}/**", answer)
    return asked


def test_from_a_cdn_it_is_checked_and_runs(visit: Callable[..., Visit]) -> None:
    page = visit(PAGE).page
    asked = stand_in(page.context)
    start(page)
    expect(cell(page, FIRST).locator(".nn-state")).to_contain_text("ran in")
    assert {"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"} == set(asked)


@pytest.mark.parametrize("name", ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"])
def test_another_file_than_was_tested_does_not_run(visit: Callable[..., Visit], name: str) -> None:
    page = visit(PAGE).page
    stand_in(page.context, spoilt=name)
    page.locator("button.nn-run:visible").first.click()
    expect(bar(page)).to_contain_text(f"{name} ")
    expect(bar(page)).to_contain_text("not the file that this book was tested with")
    expect(bar(page).get_by_role("link", name="Open as a notebook")).to_be_visible()


def test_where_the_cdn_is_blocked_it_is_named(visit: Callable[..., Visit]) -> None:
    page = visit(PAGE).page
    page.context.route(f"{pyodide.CDN}/**", lambda route: route.abort())
    page.locator("button.nn-run:visible").first.click()
    expect(bar(page)).to_contain_text("Python could not be loaded: no answer from cdn.jsdelivr.net.")
    expect(bar(page).get_by_role("button", name="Try again")).to_be_visible()


def test_what_is_imported_before_it_has_come_is_fetched(open_own: Open) -> None:
    page = open_own(PAGE)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        held.append(route)

    page.context.route("**/matplotlib-*.pack", hold_the_first)
    start(page)
    # No word of it tells that this cell will draw.
    write(page, FIRST, "name = 'mat' + 'plotlib'\nprint(__import__(name).__name__, 'is here')")
    page.keyboard.press("Shift+Enter")
    expect(cell(page, FIRST).locator(".stream")).to_have_text("matplotlib is here")
    assert len(held) == 2


def test_once_used_it_starts_by_itself_until_that_is_switched_off(open_own: Open, own_pages: str) -> None:
    page = open_own(PAGE)
    page.wait_for_timeout(QUIET)
    expect(bar(page)).to_have_count(0)
    start(page)
    page.goto(f"{own_pages}/{OTHER}")
    is_idle(page)
    expect(bar(page)).to_contain_text("Python runs here.")
    assert page.locator("div.cell[data-state=ran]").count() == 0
    # Where it does not come, nobody has asked for it, and nothing is said until somebody does.
    page.context.route("**/pyodide/pyodide.asm.wasm", lambda route: route.abort())
    page.reload()
    expect(page.locator(".nn-state").first).to_be_attached()
    expect(bar(page)).to_have_count(0)
    expect(page.locator(".nn-no")).to_have_count(0)
    page.locator("button.nn-run:visible").first.click()
    expect(bar(page)).to_contain_text("Python could not be loaded")
    page.context.unroute("**/pyodide/pyodide.asm.wasm")
    bar(page).get_by_role("button", name="Try again").click()
    is_idle(page)
    bar(page).get_by_label("Start by itself").uncheck()
    page.reload()
    page.wait_for_timeout(QUIET)
    expect(bar(page)).to_have_count(0)
    assert page.locator(".nn-state").count() == 0
    page.locator("button.nn-run:visible").first.click()
    is_idle(page)
    expect(bar(page).get_by_label("Start by itself")).not_to_be_checked()


def test_a_cell_that_is_run_while_python_starts_by_itself_waits_for_it(open_own: Open) -> None:
    page = open_own(PAGE)
    page.evaluate("localStorage.setItem('nnbook-python', 'on')")
    page.reload()
    expect(bar(page)).to_contain_text("Python is being")
    run(page, FIRST)
    expect(cell(page, FIRST).locator(".nn-state")).to_contain_text("ran in")


def test_as_much_as_is_said_comes(own_site: Path) -> None:
    (told,) = own_site.glob(f"{inplace.NAME}/*/python.json")
    sent = sum(file["sent"] for file in json.loads(told.read_text(encoding="utf-8"))["files"])
    assert sent + 130_000 <= 14.5e6  # with the editor
    assert round(sent / 1e6) == inplace.MEGABYTES
