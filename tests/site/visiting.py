"""The pages of the book, and what is seen when a browser visits one."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import BrowserContext, Page, Response

from tools import serve

ROOT = Path(__file__).resolve().parents[2]
COMPRESSED_ALREADY = (".woff", ".woff2", ".png", ".jpg", ".webp")
#: A browser that keeps nothing of the site.
REFUSED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException("refused"); }})"""
#: Open every fold, as a reader may. Whatever waits for a ``toggle`` hears of it later, where scripts run.
UNFOLD = """async () => {
    const folds = [...document.querySelectorAll("details:not([open])")];
    const told = (fold) => new Promise((done) => fold.addEventListener("toggle", done, { once: true }));
    const all = folds.map(told);
    for (const fold of folds) fold.open = true;
    if (matchMedia("(scripting: enabled)").matches) await Promise.all(all);
}"""


def toc_pages() -> list[str]:
    """Every page of the book, as _toc.yml names it: "chapters/digits.html" ..."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [toc["root"]]

    def collect(entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            if "file" in entry:
                files.append(entry["file"])
            collect(entry.get("chapters", []) + entry.get("sections", []))

    collect(toc.get("parts", []) + toc.get("chapters", []))
    return [str(Path(file).with_suffix("")) + ".html" for file in files]


@contextmanager
def served(folder: Path, handler: type[serve.QuietHandler] = serve.QuietHandler) -> Iterator[str]:
    """The address of a folder on a server of its own."""
    server = serve.server(0, folder, handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://{serve.HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


PAGES = toc_pages()
#: Those with explorers: the chapters, and the worked examples of the decks.
CHAPTERS = [page for page in PAGES if page.startswith(("chapters/", "appendix/decks"))]


# What the page's policy forbids, as an error: "policy: style-src-attr inline in ...".
POLICE = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`
        + ` in ${event.sourceFile}:${event.lineNumber} at ${event.target.outerHTML?.slice(0, 200)}`))"""


# How much the layout has shifted, as window.shifted.
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifted += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Visit:
    """A page in the browser, and everything that happened while it was loaded."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def watch(self) -> None:
        self.page.add_init_script(POLICE)
        self.page.on("console", lambda message: self._log(message.type, message.text))
        self.page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", lambda request: self.errors.append(f"failed: {request.url}"))
        self.page.on("response", self._received)

    def _log(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.errors.append(f"{kind}: {text}")

    def _received(self, response: Response) -> None:
        self.responses.append(response)
        if response.status >= 400:
            self.errors.append(f"{response.status}: {response.url}")

    def settle(self) -> None:
        """Wait until the page's scripts are done: explorers ready."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_function("() => !document.querySelector('.nn-explorer fieldset:disabled')")
        self.page.evaluate("() => document.fonts.ready")

    def unfold(self) -> Visit:
        self.page.evaluate(UNFOLD)
        return self

    def compressed_size(self) -> dict[str, int]:
        """The bytes of each file that the page loaded, as a server would send them."""
        sizes = {}
        for response in self.responses:
            if response.url.startswith("http") and response.status != 304:  # the same, asked for again
                body = response.body()
                packed = response.url.split("?")[0].endswith(COMPRESSED_ALREADY)
                sizes[response.url] = len(body) if packed else len(gzip.compress(body))
        return sizes


def visited(context: BrowserContext, url: str, *, settle: bool = True) -> Visit:
    visit = Visit(context.new_page())
    visit.watch()
    visit.page.goto(url)
    if settle:
        visit.settle()
    return visit
