"""Sections that wait until they are opened: *Going deeper* item by item, and *Checks*."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from visiting import CHAPTERS, Visit, visited

Open = Callable[..., Visit]
Look = Callable[[str], Visit]

FOLDS = "details.nn-fold"
#: Of each folded section: its own label, and the section's id, which differ where it has several labels.
LABELS = f"""() => [...document.querySelectorAll("section:has(> {FOLDS})")].flatMap(section =>
    [section.id, ...[...section.querySelectorAll(":scope > span[id]")].map(span => span.id)])"""


each_chapter = pytest.mark.parametrize("name", [name for name in CHAPTERS if name.startswith("chapters/")])


def titles(page: Page) -> list[str]:
    return page.locator(f"{FOLDS} > summary > :is(h2, h3)").all_inner_texts()


@each_chapter
def test_a_chapter_folds_what_goes_deeper_and_its_checks(visits: Look, name: str) -> None:
    page = visits(name).page
    found = titles(page)
    assert len(found) > 2
    assert "Checks" in found[-1]
    assert all("?" in title for title in found[:-1]), "an item of Going deeper is titled by its question"
    assert page.locator(f"{FOLDS}[open]").count() == 0


MEASURED = """for (const name of ["scrollWidth", "scrollHeight"]) {
    const {get} = Object.getOwnPropertyDescriptor(Element.prototype, name);
    Object.defineProperty(Element.prototype, name, {get() {
        const folded = this.closest("details:not([open]), .admonition.toggle-hidden");
        if (folded) (window.measured ??= []).push(this.outerHTML);
        return get.call(this); }});
}"""


def test_what_is_folded_is_not_measured(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script(MEASURED)
    page = visited(context, f"{address}/chapters/backpropagation.html").page
    page.wait_for_timeout(500)
    assert page.evaluate("window.measured ?? []") == []
    context.close()


@each_chapter
def test_the_keyboard_opens_one(visit: Open, name: str) -> None:
    page = visit(name).page
    fold = page.locator(FOLDS).first
    fold.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("open", "")


@each_chapter
def test_a_link_to_one_opens_it(visit: Open, name: str) -> None:
    page = visit(name).page
    labels = page.evaluate(LABELS)
    assert len(labels) >= page.locator(FOLDS).count() > 0
    for label in labels:
        page.evaluate("label => { location.hash = label }", label)
        fold = page.locator(f'section:has(> {FOLDS}):is([id="{label}"], :has(> [id="{label}"])) > {FOLDS}')
        expect(fold).to_have_attribute("open", "")
        expect(fold.locator("> summary")).to_be_in_viewport()


@each_chapter
def test_paper_shows_what_is_in_them(visits: Look, name: str) -> None:
    page = visits(name).page
    page.emulate_media(media="print")
    try:
        content = page.locator(f"{FOLDS} > :not(summary)")
        heights = content.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        assert sum(height > 0 for height in heights) > 0.8 * len(heights) > 0
    finally:
        page.emulate_media(media="screen")


#: Of each cell whose code is folded: its title, whether there is a figure, and which of the two comes first.
CELLS = """() => [...document.querySelectorAll("div.cell details.hide")].map(code => {
    const figure = code.closest("div.cell").querySelector("figure, .cell_output img");
    const below = figure && Boolean(figure.compareDocumentPosition(code) & Node.DOCUMENT_POSITION_FOLLOWING);
    return [code.querySelector("summary").textContent.trim(), Boolean(figure), below];
})"""


@each_chapter
def test_folded_code_says_what_it_is_the_code_of(visits: Look, name: str) -> None:
    found = visits(name).page.evaluate(CELLS)
    assert any(figure for _, figure, _ in found)
    for title, figure, below in found:
        assert ("figure" in title) == figure, title
        assert below or not figure, "a reader looks first"
