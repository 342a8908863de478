"""The PDF: one document of all chapters, printed by Chromium, twice.

Chromium makes the outline, the tags and the links. It cannot write the number of the page that something
stands on; so these are read in a first print, and set in a second.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, sync_playwright

from tools import browser

from .document import document
from .gather import Book

PLACEHOLDER = "000"
PATIENCE = 600_000  # milliseconds, on a busy machine
PRINTS = 4  # a number may move what stands below it: printed until the numbers are those of the print before
#: A link, and after or in it the place for its target's page.
PAGE_OF = re.compile(
    r'(<a\b[^>]*href="#([^"]+)"[^>]*>(?:(?!</a>).)*?(?:</a>)?)<span class="page-of">[^<]*</span>', re.DOTALL
)


class NotPrinted(Exception):
    """There is no browser, or its prints do not agree."""


def make(book: Book, target: Path) -> int:
    """Write the PDF; the number of its pages.

    Raises:
        NotPrinted: where no browser is found, or its prints do not agree.
    """
    path = browser.find(browser.PRINTING)
    if path is None:
        raise NotPrinted(browser.MISSING)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to run as root with it
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        return print_book(started.new_context(java_script_enabled=False).new_page(), book, target)


def print_book(page: Page, book: Book, target: Path) -> int:
    text = document(book)
    pages: dict[str, int] = {}
    for _ in range(PRINTS):
        printed, before = print_pages(page, numbered(text, pages)), pages
        with pikepdf.open(BytesIO(printed)) as pdf:
            pages = destinations(pdf)
            if pages == before:
                return finish(pdf, book, target)
    raise NotPrinted(f"After {PRINTS} prints the pages' numbers still change.")


def print_pages(page: Page, text: str) -> bytes:
    page.set_content(text, wait_until="load", timeout=PATIENCE)
    page.emulate_media(media="print", color_scheme="light")
    return page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """The page that each target of a link stands on, from 1."""
    number = {page.obj.objgen: place for place, page in enumerate(pdf.pages, 1)}
    places = pdf.Root.get("/Dests", pikepdf.Dictionary())
    return {str(name)[1:]: number[place[0].objgen] for name, place in places.items()}


def numbered(text: str, pages: Mapping[str, int]) -> str:
    def filled(link: re.Match[str]) -> str:
        return f'{link[1]}<span class="page-of">{pages.get(link[2], PLACEHOLDER)}</span>'

    return PAGE_OF.sub(filled, text)


def finish(pdf: pikepdf.Pdf, book: Book, target: Path) -> int:
    """Say what it is, and pack its hundred thousand tags: a third of the size."""
    with pdf.open_metadata() as about:
        about["dc:title"], about["dc:creator"] = book.title, [book.author]
        about["dc:language"], about["dc:description"] = {book.language}, book.description
    pdf.docinfo["/Author"] = book.author
    pdf.docinfo["/Creator"] = book.title
    pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    return len(pdf.pages)
