"""Asks for every address outside the book that a built page links to, and reports those that do not answer.

python -m tools.links [FOLDER]
"""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"
SECONDS = 20
#: They answer a program with a refusal, and a reader with the page.
SHY = {403, 405, 418, 429}


class Links(HTMLParser):
    """The addresses of a page's links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith(("http://", "https://")):
            self.found.add(urldefrag(address).url)


def outside(site: Path) -> dict[str, list[str]]:
    """Every address outside, and the pages that link to it."""
    found: dict[str, list[str]] = {}
    for page in sorted(path for path in site.rglob("*.html") if "lite" not in path.relative_to(site).parts):
        reader = Links()
        reader.feed(page.read_text(encoding="utf-8"))
        for address in reader.found:
            found.setdefault(address, []).append(str(page.relative_to(site)))
    return found


def problem(address: str) -> str:
    """Why an address gives no page; nothing where it does."""
    request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (a check of links)"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):
            return ""
    except urllib.error.HTTPError as error:
        return "" if error.code in SHY else f"{error.code} {error.reason}"
    except (OSError, ValueError) as error:
        return str(error)


def main() -> int:
    site = Path(sys.argv[1]) if sys.argv[1:] else SITE
    pages = outside(site)
    if not pages:
        print(f"{site} has no page with a link out of the book: build it first.", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(pages, pool.map(problem, pages), strict=True))
    broken = {address: why for address, why in answers.items() if why}
    for address, why in sorted(broken.items()):
        print(f"{address}: {why} (from {', '.join(pages[address])})")
    print(f"{len(pages)} addresses, {len(broken)} without an answer")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
