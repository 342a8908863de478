"""How soon a page's cells run, and its explorers answer: ``python benchmarks/inplace.py [chapter]``.

On the built site with a Pyodide of its own, from a server on this machine, in Chromium: what is
downloaded, the time from *Run* to the first printed result and to the first picture, with an empty cache
and on the next visit, how long *Stop* takes, and for each explorer the time from a value to its frame.
Wall times: measure on a quiet machine.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "_ext"), str(ROOT / "tests"), str(ROOT / "tests" / "site")]

from inplace_page import bar, cell, is_idle, run, start, stored_cells, write  # noqa: E402
from nnbook import inplace  # noqa: E402
from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402
from visiting import served  # noqa: E402

from tools import browser as browsers  # noqa: E402

FRAMES = 20  # of each explorer
PICTURE = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);"
#: Milliseconds from asking to the frame, at values between the stops, one after the other.
TIMES = """async ([figure, count]) => {
    const { free, controls } = figure.nnExplorer, found = [];
    for (let i = 0; i < count; i++) {
        for (const control of controls)
            control.set(control.input.type === 'range' && control.input.step !== '1'
                ? (i + 0.37) % control.last : i % (control.last + 1));
        const begin = performance.now();
        await free.frame(free.values());
        found.push(performance.now() - begin);
    }
    return found;
}"""


def visit(browser: Browser, address: str, chapter: str) -> tuple[Page, float]:
    page = browser.contexts[0].new_page()
    # Without an earlier visit's edits; and Python waits for *Run* at the second visit, too.
    page.add_init_script("localStorage.clear(); localStorage['nnbook-python'] = 'off'")
    page.goto(f"{address}/chapters/{chapter}.html")
    page.wait_for_load_state("load")
    begin = time.perf_counter()
    start(page)
    return page, time.perf_counter() - begin


def first_picture(page: Page, name: str) -> float:
    write(page, name, PICTURE)
    begin = time.perf_counter()
    page.keyboard.press("Shift+Enter")
    expect(cell(page, name).locator("img.nn-frame")).to_be_visible()
    return time.perf_counter() - begin


def stopping(page: Page, name: str) -> float:
    write(page, name, "while True:\n    pass")
    page.keyboard.press("Shift+Enter")
    page.wait_for_timeout(1000)
    begin = time.perf_counter()
    bar(page).get_by_role("button", name="Stop").click()
    is_idle(page)
    return time.perf_counter() - begin


def redraws(page: Page, chapter: str) -> None:
    for one in stored_cells(f"chapters/{chapter}.html"):
        figure = cell(page, one.id).locator("figure.nn-explorer")
        if figure.count() == 0:
            continue
        run(page, one.id)
        if not figure.evaluate("figure => Boolean(figure.nnExplorer.free)"):
            continue
        times = sorted(page.evaluate(TIMES, [figure.element_handle(), FRAMES]))
        name = figure.get_attribute("id")
        print(f"  {name:34} {statistics.median(times):5.0f} ms, p95 {times[int(0.95 * len(times))]:5.0f} ms")


def main(chapter: str) -> None:
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        site = Path(place) / "site"
        shutil.copytree(ROOT / "_build" / "html", site, ignore=shutil.ignore_patterns("lite", "reports"))
        inplace.serve_pyodide(site / inplace.NAME, "own")
        (about,) = site.glob("inplace/*/python.json")
        files = json.loads(about.read_text(encoding="utf-8"))["files"]
        print(f"download: {sum(file['sent'] for file in files) / 1e6:.1f} MB, compressed")
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=["--no-sandbox"])
        browser.new_context(viewport={"width": 1280, "height": 900})
        with served(site) as address:
            for what in ("first visit", "second visit"):
                page, ready = visit(browser, address, chapter)
                visible = page.locator("div.cell:has(button.nn-run:visible)").first
                name = str(visible.get_attribute("id")).removeprefix("cell-")
                picture = first_picture(page, name)
                print(f"{what}: first result {ready:.1f} s, first picture {picture:.1f} s more")
                if what == "first visit":
                    page.close()
            print(f"Stop, of an endless loop: {stopping(page, name):.1f} s")
            page.reload()
            start(page)
            print(f"explorers of {chapter}, a value between two stops to its frame:")
            redraws(page, chapter)
        browser.close()


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["gradient_descent"]))
