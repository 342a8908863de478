"""``python -m tools.paper pdf|epub [FOLDER]``: make it of the built book, and link it there."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from . import epub, gather, pdf

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "_ext"))

from nnbook import paper  # noqa: E402

KINDS = {"pdf": (pdf.make, "pages"), "epub": (epub.make, "files")}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.paper", description="The built book as one file.")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT, help="of the book; default: this one")
    options = parser.parse_args()
    begun = time.monotonic()
    make, unit = KINDS[options.kind]
    try:
        book = gather.book(options.folder)
        target = book.site / f"{paper.file_name(book.title)}.{options.kind}"
        count = make(book, target)
    except (gather.NotBuilt, pdf.NotPrinted) as reason:
        print(reason, file=sys.stderr)
        return 1
    paper.stamp(target)
    if not paper.offer(book.site, book.first, paper.file_name(book.title)):
        print(f"{book.first} has no section, and so no place for the link to {target.name}.", file=sys.stderr)
    took = time.monotonic() - begun
    print(f"{target.name}: {count} {unit}, {paper.size(target)}, in {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
