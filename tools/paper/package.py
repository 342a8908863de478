"""What an EPUB says of itself: its package document, its navigation, and the frame of its pages."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import PurePosixPath

from .gather import Book, Chapter
from .sheets import LICENSE

MATHML = "http://www.w3.org/1998/Math/MathML"
TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
ACCESS = {
    "accessMode": ["textual", "visual"],
    "accessModeSufficient": ["textual,visual"],
    "accessibilityFeature": ["MathML", "structuralNavigation", "tableOfContents", "displayTransformability"],
    "accessibilityHazard": ["none"],
    "accessibilitySummary": [
        "Formulas are MathML. Under each figure a caption says in words, with its numbers, what it shows."
    ],
}


def container() -> str:
    return (
        f'{XML}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>\n"
    )


def package(book: Book, files: Mapping[str, bytes], modified: str) -> str:
    number = uuid.uuid5(uuid.NAMESPACE_URL, book.address or book.title)
    about = [
        f'<dc:identifier id="number">urn:uuid:{number}</dc:identifier>',
        *(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in described(book).items() if text),
        f'<meta property="dcterms:modified">{modified}</meta>',
        *(f'<meta property="schema:{name}">{said}</meta>' for name, all in ACCESS.items() for said in all),
    ]
    order = ["title", "nav", *(chapter.name for chapter in book.chapters)]
    spine = [f'<itemref idref="{name}.xhtml"/>' for name in order]
    return (
        f'{XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="number" '
        f'xml:lang="{escape(book.language)}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{lines(about)}\n</metadata>\n'
        f"<manifest>\n{lines(item(name, data) for name, data in files.items())}\n</manifest>\n"
        f"<spine>\n{lines(spine)}\n</spine>\n</package>\n"
    )


def described(book: Book) -> dict[str, str]:
    return {
        "title": book.title,
        "creator": book.author,
        "language": book.language,
        "description": book.description,
        "rights": f"Text and figures: {LICENSE}",
        "source": book.address,
    }


def item(name: str, data: bytes) -> str:
    properties = {"nav.xhtml": ' properties="nav"'}.get(name, "")
    if name.endswith(".xhtml") and b"<math" in data:
        properties = ' properties="mathml"'
    kind = TYPES[PurePosixPath(name).suffix]
    return f'<item id="{key(name)}" href="{name}" media-type="{kind}"{properties}/>'


def key(name: str) -> str:
    return name.replace("/", "-")


def lines(each: Iterable[str]) -> str:
    return "\n".join(each)


def page(book: Book, title: str, body: str) -> str:
    language = escape(book.language)
    return (
        f'{XML}<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">\n'
        f'<head><meta charset="utf-8"/><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="book.css"/></head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def nav(book: Book) -> str:
    parts: dict[str, list[Chapter]] = {}
    for chapter in book.chapters:
        parts.setdefault(chapter.part, []).append(chapter)
    entries = []
    for part, chapters in parts.items():
        inside = lines(entry(chapter) for chapter in chapters)
        entries.append(f"<li><span>{escape(part)}</span><ol>\n{inside}\n</ol></li>" if part else inside)
    first = book.chapters[0]
    return page(
        book,
        "Contents",
        f'<nav epub:type="toc"><h1>Contents</h1><ol>\n{lines(entries)}\n</ol></nav>\n'
        '<nav epub:type="landmarks" hidden="hidden"><h2>Landmarks</h2><ol>'
        '<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>'
        f'<li><a epub:type="bodymatter" href="{first.name}.xhtml">{escape(first.title)}</a></li></ol></nav>',
    )


def entry(chapter: Chapter) -> str:
    file = f"{chapter.name}.xhtml"
    sections = [
        f'<li><a href="{file}#{place}">{escape(title)}</a></li>' for place, title in chapter.sections()
    ]
    below = f"<ol>\n{lines(sections)}\n</ol>" if sections else ""
    return f'<li><a href="{file}">{escape(chapter.title)}</a>{below}</li>'
