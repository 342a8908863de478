"""How heavy each page of the built site is, and how soon it can be read and used on a slow computer.

``python benchmarks/pages.py [PAGE ...] [--site FOLDER] [--stock]``; without a page, all of them. Chromium, a
processor four times slower than this machine's, a server on this machine: the page is measured, and no
network. With ``--stock``, beside it the same text as Jupyter Book builds it: stored pictures without
controls, and MathJax, which ``npm`` brings, from this server, too.

A row says of a first visit: requests, KB as a server would send them compressed, milliseconds until text can
be read (first contentful paint) and until everything can be used (every explorer is unlocked, every script
has run), and how much the layout shifted.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median

import yaml
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "site")]

from environments import run  # noqa: E402
from visiting import PAGES, SHIFTS, Visit, served  # noqa: E402

from tools import browser as browsers  # noqa: E402

SLOWER = 4
RUNS = 3
READY = """async () => {
    if (document.readyState !== "complete" || document.querySelector(".nn-explorer fieldset:disabled")
        || !performance.getEntriesByName("first-contentful-paint").length) return false;
    await window.MathJax?.startup?.promise;  // of a stock book
    return true;
}"""
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


def stock(folder: Path) -> Path:
    """The book's text as a stock Jupyter Book, built there from what the notebooks store."""
    for name in ("chapters", "appendix"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("intro.ipynb", "_toc.yml"):
        shutil.copy(ROOT / name, folder)
    book = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    settings = {
        "title": book["title"],
        "only_build_toc_files": True,
        "execute": {"execute_notebooks": "off"},
        "parse": book["parse"],
        "bibtex_bibfiles": book["bibtex_bibfiles"],
        "sphinx": {
            "extra_extensions": ["sphinx_exercise", "sphinx_proof"],
            "config": {"mathjax_path": "mathjax/tex-chtml-full.js"},
        },
    }
    (folder / "_config.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    site = folder / "_build" / "html"
    run(Path(sys.executable).with_name("jupyter-book"), "build", folder)
    run("npm", "install", "--prefix", folder / "npm", "--no-package-lock", "--no-audit", "mathjax@3")
    shutil.copytree(folder / "npm" / "node_modules" / "mathjax" / "es5", site / "_static" / "mathjax")
    return site


def table(site: Path, pages: Iterable[str], runs: int) -> None:
    print(f"{'page':36}requests     KB   read   used   shift")
    with served(site) as address, sync_playwright() as playwright:
        path, arguments = browsers.find(), ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        for page in pages:
            found = [visit(browser, f"{address}/{page}") for _ in range(runs)]
            count, weight, read, used, shifted = (median(values) for values in zip(*found, strict=True))
            row = f"{count:8.0f}{weight / 1000:7.0f}{read:7.0f}{used:7.0f}{shifted:8.3f}"
            print(f"{page:36}{row}", flush=True)
        browser.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="*", metavar="PAGE", default=[*PAGES, "search.html"])
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--stock", action="store_true", help="beside a stock Jupyter Book of the same text")
    parser.add_argument("--runs", type=int, default=RUNS, help="of which the median is told")
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        print(f"{options.site} is no built site: make build", file=sys.stderr)
        return 1
    # Of a page that is not there, the page for lost readers would be measured.
    if missing := [page for page in options.pages if not (options.site / page).is_file()]:
        print(f"no page of the site: {', '.join(missing)}", file=sys.stderr)
        return 1
    table(options.site, options.pages, options.runs)
    if options.stock:
        with tempfile.TemporaryDirectory() as folder:
            print("\nthe same text as a stock Jupyter Book")
            table(stock(Path(folder)), options.pages, options.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
