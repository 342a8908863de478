"""Serve the built book on this machine: ``python tools/serve.py [--check] [PORT]``."""

from __future__ import annotations

import argparse
import errno
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"
HOST = "127.0.0.1"  # this machine only


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line for each, and never lets a browser keep a page of an older build."""

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """For a page that is not there, the book's own page that says so, as a host of the site does."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def server(port: int, site: Path = SITE, handler: type[QuietHandler] = QuietHandler) -> ThreadingHTTPServer:
    """A server of the site's files; port 0 takes any free one."""
    return ThreadingHTTPServer((HOST, port), partial(handler, directory=str(site)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", nargs="?", default="8000")
    parser.add_argument("--check", action="store_true", help="only say whether the port is free")
    options = parser.parse_args()
    try:
        serving = server(int(options.port))
    except (ValueError, OverflowError):
        print(f"A port is a number up to 65535, not {options.port}.", file=sys.stderr)
        return 1
    except OSError as error:
        why = "is already in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        print(
            f"Port {options.port} {why}: choose another, for instance make book PORT=8001.", file=sys.stderr
        )
        return 1
    with serving:
        if options.check:
            return 0
        print(f"The book is at http://{HOST}:{options.port} - press Ctrl-C to stop.", flush=True)
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
