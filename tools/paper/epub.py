"""The EPUB 3: a file for each chapter, formulas as MathML, figures as files of their own.

Written without a library: EbookLib reads each page again with an HTML parser that knows no MathML.
"""

from __future__ import annotations

import os
import re
import time
import zipfile
from base64 import b64decode
from collections import Counter
from html import escape
from pathlib import Path
from urllib.parse import unquote_to_bytes

from .gather import Book, Chapter
from .package import MATHML, container, nav, package, page
from .sheets import colours, formulas, imprint, kind_of, title_picture

HERE = Path(__file__).parent
MIMETYPE = "application/epub+zip"
EARLIEST = 315532800  # 1980: a zip file knows no time before
PAGE_OF = re.compile(r'<span class="page-of">[^<]*</span>')
LINK = re.compile(r'href="#([^"]+)"')
PICTURE = re.compile(r'src="data:image/(svg\+xml|png|jpeg)(;base64)?,([^"]*)"')
#: What EPUB's own checker refuses: an attribute of MathML Core alone, an id twice in a figure, and in a style
#: sheet the direction of text and addresses of data.
SCRIPT = re.compile(r'<(m[ino])((?: [^>]*)?) scriptlevel="(\d)"([^>]*)>(.*?)</\1>')
ID = re.compile(r' id="([^"]+)"')
REFUSED = re.compile(r"^\s*(direction|[\w-]*mask-image):.*$", re.MULTILINE)
SUFFIX = {"svg+xml": "svg", "png": "png", "jpeg": "jpg"}


def make(book: Book, target: Path) -> int:
    """Write the EPUB; the number of files in it."""
    files: dict[str, bytes] = {}
    names = {chapter.name for chapter in book.chapters}
    pages = {"title": title_page(book)} | {each.name: body(each, names) for each in book.chapters}
    titles = {"title": book.title} | {each.name: each.title for each in book.chapters}
    for name, text in pages.items():
        text, pictures = with_files(text, name)
        files[f"{name}.xhtml"] = page(book, titles[name], text).encode()
        files |= pictures
    files["nav.xhtml"] = nav(book).encode()
    files["book.css"] = style(book).encode()
    for font in (book.site / "_static" / "formulas").glob("*"):
        if font.suffix in (".woff2", ".txt", ""):
            name = font.name if font.suffix else f"{font.name}.txt"
            files[f"formulas/{name}"] = font.read_bytes()
    write(target, files, package(book, files, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment()))))
    return len(files)


def moment() -> int:
    """When it was made: now, or as whoever builds it the same twice has set."""
    return max(EARLIEST, int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))


def title_page(book: Book) -> str:
    return (
        f'<section class="title-page"><h1>{escape(book.title)}</h1>\n<p>{kind_of()}</p>\n'
        f"{title_picture(book)}\n"
        f"<p>{escape(book.author)}, {escape(book.year)}</p>\n{imprint(book)}</section>"
    )


def body(chapter: Chapter, names: set[str]) -> str:
    def led(link: re.Match[str]) -> str:
        name = link[1].split("--")[0]
        file = f"{name}.xhtml" if name in names and name != chapter.name else ""
        return f'href="{file}"' if link[1] in names and file else f'href="{file}#{link[1]}"'

    text = PAGE_OF.sub("", str(chapter.content))
    text = SCRIPT.sub(r'<mstyle scriptlevel="\3"><\1\2\4>\5</\1></mstyle>', text)
    return LINK.sub(led, text).replace("<math", f'<math xmlns="{MATHML}"')


def with_files(text: str, name: str) -> tuple[str, dict[str, bytes]]:
    """A page whose pictures are files, and these."""
    files: dict[str, bytes] = {}

    def filed(source: re.Match[str]) -> str:
        kind, packed, data = source.groups()
        path = f"figures/{name}-{len(files) + 1}.{SUFFIX[kind]}"
        plain = b64decode(data) if packed else unquote_to_bytes(data.replace("&amp;", "&"))
        files[path] = on_white(with_ids_once(plain)) if kind == "svg+xml" else plain
        return f'src="{path}"'

    return PICTURE.sub(filed, text), files


def with_ids_once(svg: bytes) -> bytes:
    """matplotlib names a picture by its bytes. Where one is drawn twice, nothing refers to it by name."""
    text = svg.decode("utf-8")
    count = Counter(ID.findall(text))
    return ID.sub(lambda found: found[0] if count[found[1]] == 1 else "", text).encode()


def on_white(svg: bytes) -> bytes:
    """Its black letters can be read where a reader has a dark page, too."""
    return re.sub(rb"<svg\b[^>]*>", rb'\g<0><rect width="100%" height="100%" fill="#fff"/>', svg, count=1)


def style(book: Book) -> str:
    letters = REFUSED.sub("", formulas(book.site, lambda font: f"formulas/{font.name}"))
    own = [(HERE / name).read_text(encoding="utf-8") for name in ("paper.css", "reader.css")]
    return "\n".join([letters, colours(), *own])


def write(target: Path, files: dict[str, bytes], opf: str) -> None:
    """The type first, and not packed: by these bytes a reader knows the file."""
    date = time.gmtime(moment())[:6]
    first = {"mimetype": MIMETYPE.encode(), "META-INF/container.xml": container().encode()}
    book = {"EPUB/package.opf": opf.encode()} | {f"EPUB/{name}": data for name, data in files.items()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in (first | book).items():
            entry = zipfile.ZipInfo(name, date)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
