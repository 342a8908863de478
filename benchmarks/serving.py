"""What readers download, and how many a plain file server serves: ``python benchmarks/serving.py``.

Chromium visits the built site on an nginx of its own on this machine, whose log tells what a visit requests
and how many bytes are sent. Then wrk repeats those requests as quickly as it can. It shares the processor's
cores with nginx: a server that has them to itself serves more.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "_ext"), str(ROOT / "tests"), str(ROOT / "tests" / "site")]

from nnbook import lite  # noqa: E402
from nnbook.lite import pyodide  # noqa: E402
from notebook_page import LOOPBACK_ONLY, MINUTES  # noqa: E402
from ports import free_ports  # noqa: E402
from visiting import CHAPTERS, Visit  # noqa: E402

from tools import browser  # noqa: E402

SITE = ROOT / "_build" / "html"
SECONDS, CONNECTIONS = 10, 64
WORTH_PACKING = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm", ".ipynb", ".txt"}

# Browsers keep what they have for ten minutes, as on GitHub's pages.
CONFIG = """
{user}
daemon off;
worker_processes {cores};
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 1024; }}
http {{
    types {{ {types} }}
    {temporary}
    log_format visit "$request_uri $status $bytes_sent";
    access_log off;
    root {folder}/site;
    sendfile on;
    tcp_nopush on;
    expires 10m;
    gzip_types {packed};
    server {{ listen 127.0.0.1:{visited}; gzip_static on; access_log {folder}/log visit; }}
    server {{ listen 127.0.0.1:{beforehand}; gzip_static on; }}
    server {{ listen 127.0.0.1:{on_the_fly}; gzip on; }}
}}
"""

# Every connection goes through the list of requests again and again.
LOAD = """
local paths, requests, last = {paths}, {{}}, 0
function init()
    for i, path in ipairs(paths) do
        requests[i] = wrk.format("GET", path, {{["Accept-Encoding"] = "gzip"}})
    end
end
function request()
    last = last % #requests + 1
    return requests[last]
end
function done(summary)
    local e = summary.errors
    print("RESULT", summary.requests, summary.duration / 1e6, summary.bytes,
        e.connect + e.read + e.write + e.status + e.timeout)
end
"""


def find(program: str) -> str | None:
    """Debian puts servers where only root's shell looks."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin")


class Sent(NamedTuple):
    """What a server sent for one visit: the path of each request, and the bytes of its answer."""

    answers: list[tuple[str, int]]

    def megabytes(self, below: str = "/") -> float:
        return sum(size for path, size in self.answers if path.startswith(below)) / 1e6

    def __str__(self) -> str:
        return f"{len(self.answers)} requests, {self.megabytes():.2f} MB"


class Server(NamedTuple):
    folder: Path
    visited: int
    beforehand: int
    on_the_fly: int

    def visits(self) -> Sent:
        """What was sent since this was asked last."""
        log = self.folder / "log"
        lines = [line.split() for line in log.read_text().splitlines()]
        os.truncate(log, 0)
        wrong = [line for line in lines if line[1] not in ("200", "304")]
        if wrong:
            sys.exit(f"nginx did not find {wrong[0][0]}.")
        return Sent([(path, int(size)) for path, _, size in lines])


def prepare(site: Path) -> None:
    """A copy of the site with its own Pyodide, and beside each file that is worth it the compressed one."""
    shutil.copytree(SITE, site)
    try:
        lite.serve_pyodide(site / lite.NAME, "own")
    except pyodide.Unavailable as sentence:
        sys.exit(str(sentence))
    for path in sorted(site.rglob("*")):
        if path.suffix in WORTH_PACKING:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9))


def configuration(server: Server) -> str:
    suffixes = {path.suffix for path in (server.folder / "site").rglob("*") if path.is_file()} - {"", ".gz"}
    kinds = {
        suffix: mimetypes.guess_type(f"x{suffix}")[0] or "application/octet-stream" for suffix in suffixes
    }
    kinds |= {".mjs": "text/javascript", ".js": "text/javascript", ".ipynb": "application/json"}
    packed = {kinds[suffix] for suffix in WORTH_PACKING & kinds.keys()} - {"text/html"}  # which always is
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return CONFIG.format(
        **server._asdict(),
        user=f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else "",
        cores=os.cpu_count(),
        types=" ".join(f"{kind} {suffix[1:]};" for suffix, kind in sorted(kinds.items())),
        temporary=" ".join(f"{name}_temp_path {server.folder}/{name};" for name in places),
        packed=" ".join(sorted(packed)),
    )


@contextmanager
def nginx(folder: Path) -> Iterator[Server]:
    server = Server(folder, *free_ports(3))
    (folder / "config").write_text(configuration(server))
    command = [str(find("nginx")), "-c", str(folder / "config"), "-e", str(folder / "errors")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while True:
            if process.poll() is not None:
                sys.exit(f"nginx did not start: {(folder / 'errors').read_text().strip()}")
            try:
                socket.create_connection(("127.0.0.1", server.visited), timeout=1).close()
                break
            except OSError:
                continue
        yield server
    finally:
        process.terminate()
        process.wait()


def see(program: Browser, server: Server, *pages: str) -> list[Sent]:
    """One reader, who opens these pages one after the other."""
    context, found = program.new_context(viewport={"width": 1280, "height": 900}), []
    for page in pages:
        visit = Visit(context.new_page())
        visit.page.goto(f"http://127.0.0.1:{server.visited}/{page}")
        if page.startswith(lite.NAME):
            ready = visit.page.get_by_role("button", name="Run all cells", exact=True)
            ready.wait_for(timeout=6 * MINUTES)
        else:
            visit.settle()
        found.append(server.visits())
    context.close()
    return found


def load(folder: Path, port: int, visits: list[Sent], what: str) -> None:
    """Repeat these visits, and say how many a second were served."""
    paths = [path for visit in visits for path, _ in visit.answers]
    script = folder / "load.lua"
    script.write_text(LOAD.format(paths="{" + ",".join(map(json.dumps, paths)) + "}"))
    many = [
        "--threads",
        "1",
        "--connections",
        str(CONNECTIONS),
        "--duration",
        f"{SECONDS}s",
        "--timeout",
        "30s",
    ]
    command = [str(find("wrk")), *many, "--script", str(script), f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    line = next((line for line in said.splitlines() if line.startswith("RESULT")), None)
    if line is None or (failed := line.split()[4]) != "0":
        sys.exit(f"wrk could not measure {what}: {said if line is None else failed + ' requests failed'}.")
    requests, seconds, size = map(float, line.split()[1:4])
    each = requests / len(paths) * len(visits) / seconds
    print(
        f"{what}: {each:.0f} a second ({requests / seconds:.0f} requests, {size / seconds / 1e6:.0f} MB)",
        flush=True,
    )


def main() -> None:
    for name in ("nginx", "wrk"):
        if not find(name):
            sys.exit(
                f"{name} is missing: install both (Debian: apt-get install nginx-light wrk) and run again."
            )
    if not (SITE / "index.html").exists():
        sys.exit("The book is not built: run make build first.")
    if not (chromium := browser.find()):
        sys.exit(browser.MISSING)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        print("copying the site, with a Pyodide of its own, and compressing it ...", flush=True)
        prepare(folder / "site")
        arguments = ["--disable-background-networking", LOOPBACK_ONLY]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        with nginx(folder) as server, sync_playwright() as playwright:
            print("visiting the chapters ...", flush=True)
            program = playwright.chromium.launch(executable_path=chromium, args=arguments)
            first = [visit for name in CHAPTERS[1:] for visit in see(program, server, name)]
            for name, visit in zip(CHAPTERS[1:], first, strict=True):
                print(f"  {name}: {visit}", flush=True)
            read = see(program, server, *CHAPTERS[1:])
            notebook = CHAPTERS[1].replace(".html", ".ipynb")
            (python,) = see(program, server, f"{lite.NAME}/{lite.APP}/index.html?path={notebook}")
            program.close()
            once = python.megabytes(f"/{lite.NAME}/pyodide/")
            print(
                f"a first visit to a chapter: {median(visit.megabytes() for visit in first):.2f} MB (median)"
            )
            print(f"all chapters, one after the other: {sum(visit.megabytes() for visit in read):.1f} MB")
            print(f"Python in the browser, the first time, until it is ready: {python}")
            print(f"  of which {once:.1f} MB are Pyodide, from its CDN where nnbook_pyodide is cdn")
            cores = f"{os.cpu_count()} cores, which wrk shares"
            print(f"nginx on {cores}, {CONNECTIONS} connections:", flush=True)
            load(folder, server.beforehand, first, "  first visits to a chapter, compressed beforehand")
            load(folder, server.on_the_fly, first, "  first visits to a chapter, compressed on the fly")
            load(folder, server.beforehand, [python], "  first visits to Python in the browser")


if __name__ == "__main__":
    main()
