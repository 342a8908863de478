"""The built pages as the chapters of one book: in order, with ids of their own, linked with one another."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from bs4 import BeautifulSoup, Tag

from . import answers, clean

OF_THE_SCREEN = {"appendix/accessibility"}  # pages that say nothing of a book on paper


class NotBuilt(Exception):
    """The site has no such page, or it has no article: with the sentence that says what to do."""


@dataclass(frozen=True)
class Chapter:
    """``content`` is its ``<section>``. Ids in it begin with ``name--``, links within the book with ``#``."""

    name: str  # chapters-digits
    part: str  # Chapters
    title: str  # 7. Handwritten digits
    content: Tag

    def sections(self) -> list[tuple[str, str]]:
        """The id and the title of each section below the chapter's heading."""
        headings = self.content.find_all("h2")
        return [(str(heading.parent["id"]), words(heading)) for heading in headings if heading.parent]


@dataclass(frozen=True)
class Book:
    title: str
    author: str
    year: str
    language: str
    address: str  # where the site is published, or ""
    description: str
    site: Path
    first: str  # the landing page, intro.html
    chapters: list[Chapter] = field(default_factory=list)


def words(element: Tag) -> str:
    return " ".join(element.get_text().split())


def book(folder: Path) -> Book:
    """The book in ``folder``, which has ``_config.yml``, ``_toc.yml`` and what was built of them.

    Raises:
        NotBuilt: where it is no book, or a page of ``_toc.yml`` is missing in ``_build/html``.
    """
    for name in ("_config.yml", "_toc.yml"):
        if not (folder / name).is_file():
            raise NotBuilt(f"{folder} has no {name}: it should be the folder of a book.")
    config = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    sphinx = config.get("sphinx", {}).get("config", {})
    site = folder / "_build" / "html"
    entries = contents(yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8")))
    articles = {page: article(site, page) for page, _ in entries}
    address = canonical(site, entries[0][0])
    made = Book(
        title=config["title"],
        author=config.get("author", ""),
        year=str(config.get("copyright", "")),
        language=sphinx.get("language", "en"),
        address=address,
        description=sphinx.get("nnbook_descriptions", {}).get(entries[0][0].removesuffix(".html"), ""),
        site=site,
        first=entries[0][0],
    )
    for page, part in entries:
        content = articles[page]
        clean.for_paper(content, address and urljoin(address, page))
        answers.move(content)
        rename(content, page, set(articles), address)
        title = words(content.h1) if content.h1 else page
        made.chapters.append(Chapter(name_of(page), part, title, content))
    unlink_lost(made.chapters)
    return made


def contents(toc: dict[str, Any]) -> list[tuple[str, str]]:
    """Each page of a table of contents, and the part of the book that it belongs to."""
    found = [(f"{toc['root']}.html", "")]

    def collect(entries: list[dict[str, Any]], part: str) -> None:
        for entry in entries:
            if "file" in entry and entry["file"] not in OF_THE_SCREEN:
                found.append((f"{entry['file']}.html", part))
            collect(entry.get("sections", []), part)

    collect(toc.get("chapters", []), "")
    for part in toc.get("parts", []):
        collect(part.get("chapters", []), part.get("caption", ""))
    return found


def article(site: Path, page: str) -> Tag:
    """The page's text: the ``<section>`` in its ``<article>``."""
    path = site / page
    if not path.is_file():
        raise NotBuilt(f"{path} is not there: make build writes it.")
    text = path.read_text(encoding="utf-8")
    begin, end = text.find("<article"), text.rfind("</article>")
    whole = BeautifulSoup(clean.lighter(text[begin:end]) if begin >= 0 else "", "html5lib")
    found = whole.article.find("section", recursive=False) if whole.article else None
    if not isinstance(found, Tag):
        raise NotBuilt(f"{path} has no text in an <article>: is it a page of this book?")
    return found.extract()


def canonical(site: Path, page: str) -> str:
    """Where the site is published, as its first page says it."""
    found = re.search(r'<link rel="canonical" href="([^"]+)"', (site / page).read_text(encoding="utf-8"))
    return found[1].removesuffix(posixpath.basename(page)) if found else ""


def name_of(page: str) -> str:
    return safe(page.removesuffix(".html"))


def safe(name: str) -> str:
    """As an id that HTML, CSS and the names inside a PDF have in common."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", name)


def id_of(page: str, fragment: str = "") -> str:
    return f"{name_of(page)}--{safe(fragment)}" if fragment else name_of(page)


def rename(content: Tag, page: str, pages: set[str], address: str) -> None:
    """Ids that differ throughout the book, and links that lead to them, or else to the site."""
    content["id"], first = id_of(page), content.get("id")
    for element in content.find_all(id=True):
        element["id"] = id_of(page, str(element["id"]))
    if first:  # still the target of links to the chapter's own heading
        content.insert(0, clean.new("span", id=id_of(page, str(first))))
    for link in content.find_all("a", href=True):
        target = urlsplit(str(link["href"]))
        path = unquote(posixpath.normpath(posixpath.join(posixpath.dirname(page), target.path)))
        if target.scheme or target.netloc:
            continue
        if not target.path or path in pages:
            place = unquote(target.fragment).partition("?")[0]  # on paper a figure stands as it is
            link["href"] = "#" + id_of(path if target.path else page, place)
        elif address:
            link["href"] = urljoin(address, path) + (f"#{target.fragment}" if target.fragment else "")
        else:
            link.unwrap()


def unlink_lost(chapters: list[Chapter]) -> None:
    """What is not on paper cannot be linked to: a form, a figure's code."""
    there = {f"#{element['id']}" for chapter in chapters for element in chapter.content.find_all(id=True)}
    there |= {f"#{chapter.name}" for chapter in chapters}
    for chapter in chapters:
        for link in chapter.content.find_all("a", href=re.compile("^#")):
            if link["href"] not in there:
                link.unwrap()
