"""How heavy each page of the built site is, and how soon it can be read and used on a slow computer.

``python benchmarks/pages.py [PAGE ...] [--site FOLDER]``; without a page, all of them. Chromium, a processor
four times slower than this machine's, a server on this machine: the page is measured, and no network.

A row says of a first visit: requests, KB as a server would send them compressed, milliseconds until text can
be read (first contentful paint) and until everything can be used (every explorer is unlocked, every script
has run), and how much the layout shifted.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "site")]

from visiting import PAGES, SHIFTS, Visit, served  # noqa: E402

from tools import browser as browsers  # noqa: E402

SLOWER = 4
RUNS = 3
READY = """() => document.readyState === "complete"
    && !document.querySelector(".nn-explorer fieldset:disabled")
    && performance.getEntriesByName("first-contentful-paint").length > 0"""
SEEN = """() =>
    [performance.getEntriesByName("first-contentful-paint")[0].startTime, performance.now(), shifted]"""


def visit(browser: Browser, url: str) -> tuple[int, int, float, float, float]:
    """Requests, bytes, ms until read, ms until used, and shift, of a first visit."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    seen = Visit(page)
    seen.watch()
    page.add_init_script(SHIFTS)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url)
    page.wait_for_function(READY)
    read, used, shifted = page.evaluate(SEEN)
    sizes = seen.compressed_size()
    answer = len(sizes), sum(sizes.values()), read, used, shifted
    page.close()
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="*", metavar="PAGE", default=[*PAGES, "search.html"])
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--runs", type=int, default=RUNS, help="of which the median is told")
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        print(f"{options.site} is no built site: make build", file=sys.stderr)
        return 1
    print(f"{'page':36}requests     KB   read   used   shift")
    with served(options.site) as address, sync_playwright() as playwright:
        path, arguments = browsers.find(), ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        for page in options.pages:
            runs = [visit(browser, f"{address}/{page}") for _ in range(options.runs)]
            count, weight, read, used, shifted = (median(values) for values in zip(*runs, strict=True))
            row = f"{count:8.0f}{weight / 1000:7.0f}{read:7.0f}{used:7.0f}{shifted:8.3f}"
            print(f"{page:36}{row}", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
