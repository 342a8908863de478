"""A chapter on paper: all of it, light whatever the screen is, and nothing of the page around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from visiting import PAGES, Visit

#: What is folded on the screen: answers, what goes deeper, code that is shown on demand.
FOLDED = ".bd-article details p, .bd-article .admonition.dropdown p, .bd-article details pre span.n"
FURNITURE = ("Contents", "Search", "Print to PDF", "Download", "Run this chapter", "Skip to main content")


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{5,}", text))


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("chapters/")])
def test_a_reader_in_the_dark_prints_a_chapter(
    name: str, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    page = visit(name, color_scheme="dark").page
    folded = words(" ".join(page.locator(FOLDED).all_text_contents()))
    page.pdf(path=tmp_path / "chapter.pdf", format="A4", print_background=True)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark", "the screen is as it was"

    with pypdfium2.PdfDocument(tmp_path / "chapter.pdf") as document:
        text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
        pictures = [np.asarray(sheet.render(scale=0.5).to_pil().convert("L")) for sheet in document]
    assert min((picture > 230).mean() for picture in pictures) > 0.7, "a page is not light"
    assert len(folded) > 200
    missing = folded - words(text)
    assert len(missing) < 0.02 * len(folded), sorted(missing)[:20]  # some are parted at a line's end
    assert [word for word in FURNITURE if word in text] == []


def test_an_explorer_says_what_is_ticked(visit: Callable[..., Visit]) -> None:
    page = visit("chapters/vanishing_gradients.html").unfold().page
    box = page.locator(".nn-explorer .nn-check").first
    assert box.evaluate("e => getComputedStyle(e).borderTopWidth") == "0px", "a form's line"
    page.emulate_media(media="print")
    assert box.is_visible()
