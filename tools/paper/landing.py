"""The landing page links to the files that are there: ``make book`` alone makes none."""

from __future__ import annotations

import re
from pathlib import Path

from .gather import Book

NAMES = {".pdf": "PDF", ".epub": "EPUB"}
LINE = re.compile(r'\n?<p class="nn-paper">.*?</p>', re.DOTALL)
#: After what the page says first: before its first section below the title.
PLACE = re.compile(r"(?=<section [^>]*>\s*(?:<span [^>]*></span>)*<h2>)")


def offer(book: Book) -> bool:
    """Link the files that are in the site from its first page; whether there was a place for it."""
    page = book.site / book.first
    text = LINE.sub("", page.read_text(encoding="utf-8"))
    text, places = PLACE.subn(lambda _: line(book), text, count=1)
    page.write_text(text, encoding="utf-8")
    return places == 1


def line(book: Book) -> str:
    there = [book.site / f"{book.file_name}{suffix}" for suffix in NAMES]
    links = [
        f'<a href="{path.name}" download>{NAMES[path.suffix]}</a> ({size(path)})'
        for path in there
        if path.is_file()
    ]
    if not links:
        return ""
    return f'<p class="nn-paper">To print or to carry: the whole book as {" or ".join(links)}.</p>\n'


def size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"
