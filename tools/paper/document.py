"""The one document of all chapters that is printed as the PDF."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path

import matplotlib

from .gather import Book, Chapter
from .sheets import colours, formulas, imprint, kind_of, title_picture

HERE = Path(__file__).parent
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
FACES = {
    ("Paper Serif", "normal", "normal"): "STIXGeneral.ttf",
    ("Paper Serif", "bold", "normal"): "STIXGeneralBol.ttf",
    ("Paper Serif", "normal", "italic"): "STIXGeneralItalic.ttf",
    ("Paper Serif", "bold", "italic"): "STIXGeneralBolIta.ttf",
    ("Paper Mono", "normal", "normal"): "DejaVuSansMono.ttf",
    ("Paper Mono", "bold", "normal"): "DejaVuSansMono-Bold.ttf",
    ("Paper Mono", "normal", "italic"): "DejaVuSansMono-Oblique.ttf",
}


def document(book: Book) -> str:
    chapters = "\n".join(of_chapter(chapter) for chapter in book.chapters)
    return (
        f'<!doctype html>\n<html lang="{escape(book.language)}">\n<head><meta charset="utf-8">'
        f"<title>{escape(book.title)}</title>\n<style>{style(book)}</style></head>\n<body>\n"
        f"{title_page(book)}\n{contents(book)}\n{chapters}\n</body>\n</html>"
    )


def title_page(book: Book) -> str:
    return (
        f'<section class="title-page"><p class="title">{escape(book.title)}</p>'
        f'<p class="kind">{kind_of()}</p>{title_picture(book)}'
        f'<p class="author">{escape(book.author)}</p><p>{escape(book.year)}</p></section>\n'
        f'<section class="imprint"><div>{imprint(book)}</div></section>'
    )


def contents(book: Book) -> str:
    lines, part = [], ""
    for chapter in book.chapters:
        if chapter.part != part:
            part = chapter.part
            lines.append(f'<li class="of-part">{escape(part)}</li>')
        lines.append(line("of-chapter", chapter.name, chapter.title))
        lines += [line("of-section", place, title) for place, title in chapter.sections()]
    return f'<section class="contents"><h1>Contents</h1><ol>{"".join(lines)}</ol></section>'


def line(kind: str, target: str, title: str) -> str:
    return (
        f'<li class="{kind}"><a href="#{escape(target)}"><span>{escape(title)}</span> '
        '<span class="page-of"></span></a></li>'
    )


def of_chapter(chapter: Chapter) -> str:
    return f'<div class="chapter" style="page: {chapter.name}">{chapter.content}</div>'


def style(book: Book) -> str:
    """All of it in the document, fonts too: it is printed from memory, without a server."""
    heads = "".join(
        f"@page {chapter.name} {{ @top-center {{ content: {quoted(chapter.title)}; color: #555; "
        f'font: 9pt "Paper Serif", serif; }} }}\n'
        for chapter in book.chapters
    )
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {slope}; '
        f"src: url({data_of(FONTS / name)}); }}\n"
        for (family, weight, slope), name in FACES.items()
    )
    own = [(HERE / name).read_text(encoding="utf-8") for name in ("paper.css", "page.css")]
    return "\n".join([faces, formulas(book.site, data_of), colours(), *own, heads])


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def data_of(path: Path) -> str:
    return f"data:font/{path.suffix[1:]};base64,{b64encode(path.read_bytes()).decode()}"
