"""What the PDF and the EPUB have in common: the first sheets, and the colours of code."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

from pygments.formatters import HtmlFormatter

from .gather import Book

FONT = re.compile(r"url\(['\"]?(?:\./)?([\w-]+\.woff2)['\"]?\)")
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


def kind_of() -> str:
    return "An interactive textbook, to print and to carry"


def title_picture(book: Book) -> str:
    """The book's first figure."""
    figures = (chapter.content.figure for chapter in book.chapters)
    return next((str(figure.img) for figure in figures if figure and figure.img), "")


def imprint(book: Book) -> str:
    at = escape(book.address)
    site = f'<a href="{at}">{at}</a>' if at else "the book’s site"
    own = f"{escape(book.year)} {escape(book.author)}"
    paragraphs = [
        f"These are the pages of {site}, where you can move the figures, train the networks, have your "
        "answers checked, and run the code.",
        "Here each figure stands as its page begins, and the line below its caption says with which "
        "settings. Code that does nothing but draw a figure is left out. The answers wait at the end of each "
        "chapter.",
        f'Text and figures: © {own}, under <a href="{LICENSE}">CC BY 4.0</a>. Code: under the MIT licence.',
    ]
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def colours() -> str:
    """The colours of code on the site's light pages."""
    return str(HtmlFormatter(style="a11y-high-contrast-light").get_style_defs(".highlight"))


def formulas(site: Path, address: Callable[[Path], str]) -> str:
    """The site's style sheets of formulas, with their fonts at other addresses."""
    folder = site / "_static" / "formulas"
    sheets = [*sorted(folder.glob("*.css")), site / "_static" / "inline" / "classes.css"]
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.is_file())
    return FONT.sub(lambda font: f"url({address(folder / font[1])})", text)
