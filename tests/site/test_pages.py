"""Every page of the site, in a real browser: nothing missing, nothing from elsewhere, readable by all."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from accessible import violations
from playwright.sync_api import Browser, Page
from visiting import PAGES, SHIFTS, Visit

BUDGET = 600_000  # bytes, compressed: what a first visit to a page may load

Open = Callable[..., Visit]
Look = Callable[[str], Visit]


def test_the_site_has_the_pages_of_the_table_of_contents(site: Path) -> None:
    found = [path.relative_to(site) for path in site.rglob("*.html")]
    built = {path.as_posix() for path in found if path.parts[0] not in ("_static", "lite")}
    assert built == {*PAGES, "index.html", "search.html", "404.html"}
    assert any(page.startswith("chapters/") for page in PAGES)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_site_s_address_leads_to_the_first_page(visit: Open, address: str, scripts: bool) -> None:
    """And to the place on it, where a script can say which."""
    seen = visit("?highlight=spirals#intro", java_script_enabled=scripts)
    seen.page.wait_for_url("**/intro.html**")
    assert seen.page.url == f"{address}/intro.html" + ("#intro" if scripts else "")
    if scripts:
        assert seen.page.locator(".highlighted").count()
        assert seen.errors == []


def test_loads_without_an_error_and_from_nowhere_else(visits: Look, address: str, page_name: str) -> None:
    seen = visits(page_name)
    assert seen.errors == []
    elsewhere = [url for url in seen.requests if not url.startswith((f"{address}/", "data:", "blob:"))]
    assert elsewhere == []


def test_formulas_are_typeset(visits: Look, page_name: str) -> None:
    page = visits(page_name).page
    formulas = page.locator(".math").count()
    assert page.locator(".math > math").count() == formulas


def test_a_root_has_its_sign(visits: Look) -> None:
    """The browser draws it, so that no page names it: left out of the font, 1/√17 would read 1/17."""
    root = visits("chapters/perceptron.html").page.locator("msqrt:visible").first
    sign = root.evaluate(
        "e => e.getBoundingClientRect().width - e.firstElementChild.getBoundingClientRect().width"
    )
    assert sign > 4


def test_is_within_the_budget(visits: Look, page_name: str) -> None:
    seen = visits(page_name)
    sizes = seen.compressed_size()
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert sum(sizes.values()) <= BUDGET, f"{sum(sizes.values())} bytes, the largest: {largest}"


def test_has_one_search_field(visits: Look, page_name: str) -> None:
    page = visits(page_name).page
    fields = page.locator("input[type=search]:visible, .search-button:visible, .search-button-field:visible")
    # The search page's own field comes on top of the side bar's.
    assert fields.count() == (2 if page_name == "search.html" else 1)


def test_nothing_lies_over_the_text(visit: Open) -> None:
    page = visit("chapters/perceptron.html", width=390).page
    for y in (3000, 2500):  # the theme's own offer to go back to the top came to whoever scrolled up
        page.mouse.wheel(0, y - page.evaluate("scrollY"))
        page.wait_for_timeout(500)
    fixed = """() => [...document.querySelectorAll("body *")]
        .filter(e => e.checkVisibility() && getComputedStyle(e).position === "fixed")
        .filter(e => e.getBoundingClientRect().top > 100)
        .map(e => e.id || e.className)"""
    assert page.evaluate(fixed) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_is_accessible(visit: Open, page_name: str, scheme: str) -> None:
    page = visit(page_name, color_scheme=scheme, reduced_motion="reduce").unfold().page
    assert page.locator("html").get_attribute("data-theme") == scheme
    report = []
    for rule in violations(page):
        places = [node["html"][:200] for node in rule["nodes"] if not is_formula(page, rule["id"], node)]
        if places:
            report.append("\n    ".join([f"{rule['id']}: {rule['help']}", *places]))
    assert not report, "\n".join(report)


def is_formula(page: Page, rule: str, node: dict[str, Any]) -> bool:
    """Whether a table's heading that axe finds empty is a formula: screen readers read it, axe does not."""
    heading = page.locator(node["target"][0])
    return rule == "empty-table-header" and heading.locator("math").count() > 0


def test_nothing_jumps_while_a_slow_computer_loads_it(browser: Browser, address: str, page_name: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(SHIFTS)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    seen = Visit(page)
    page.goto(f"{address}/{page_name}")
    seen.settle()
    page.wait_for_timeout(500)
    assert page.evaluate("shifted") <= 0.05  # on an idle machine 0.02 at most
    page.close()


LETTERS = """() => performance.getEntriesByType("resource")
    .filter(entry => entry.name.includes("latinmodernmath")).map(entry => entry.initiatorType)"""


def test_the_formulas_letters_are_asked_for_before_the_style_sheet_has_come(
    browser: Browser, address: str, site: Path
) -> None:
    page = browser.new_page()
    page.route("**/joined/*.css", lambda route: None)  # it never comes
    with page.expect_request("**/latinmodernmath.woff2"):
        page.goto(f"{address}/appendix/notation.html", wait_until="commit")
    page.close()
    page = browser.new_page()
    seen = Visit(page)
    seen.watch()
    page.goto(f"{address}/appendix/notation.html")
    seen.settle()
    page.evaluate("document.fonts.ready")
    assert page.evaluate(LETTERS) == ["link"]  # once: the sheet names the same address
    page.goto(f"{address}/404.html")
    assert page.evaluate(LETTERS) == []  # no formula, no letters
    page.goto((site / "appendix" / "notation.html").as_uri())
    assert page.locator("link[rel=preload][as=font]").count() == 0
    assert page.evaluate("() => document.fonts.load('1em \"Latin Modern Math\"').then(f => f.length)") == 1
    assert seen.errors == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_light_or_dark_before_the_theme_s_script(browser: Browser, address: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.route("**/pydata-sphinx-theme.js*", lambda route: route.abort())
    page.goto(f"{address}/intro.html")
    assert page.locator("html").get_attribute("data-theme") == scheme
    assert page.locator(".logo__image:visible").count() == 1
    page.close()


WIDER = """() => [...document.querySelectorAll("div.math")]
    .filter(formula => formula.checkVisibility() && formula.scrollWidth > formula.clientWidth + 1)
    .map(formula => formula.innerText)"""


#: In a line a formula may go on in the next one, but not within its brackets.
CUT = """() => [...document.querySelectorAll("article p .math > math")].filter(formula => {
    const end = (part) => part.getBoundingClientRect().right;
    return Math.max(...[...formula.querySelectorAll("*")].map(end)) > end(formula.closest("p")) + 2;
}).map(formula => formula.dataset.tex)"""


def test_fits_a_small_screen(visit: Open, page_name: str) -> None:
    seen = visit(page_name, width=390)
    page = seen.page
    shows_every_formula_whole_and_both_neighbours(page, page_name)
    seen.unfold()
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT) == [], "write it as several"


def shows_every_formula_whole_and_both_neighbours(page: Page, page_name: str) -> None:
    if page_name.startswith("chapters/"):
        assert page.evaluate(WIDER) == [], "set it on two lines"
    for link in page.locator(".prev-next-area a").all():
        box = link.bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390


def test_a_shadow_says_that_there_is_more(visit: Open) -> None:
    page = visit("chapters/gradient_descent.html", width=390).page
    for scrolls in page.locator(".bd-article pre:visible").all():
        assert "gradient" in scrolls.evaluate("e => getComputedStyle(e).backgroundImage")


def test_works_opened_from_disk(visit: Open, site: Path, page_name: str) -> None:
    seen = visit(page_name, base=site.as_uri())
    assert seen.errors == []
    assert all(url.startswith((site.as_uri(), "data:", "blob:")) for url in seen.requests)


def test_prints_the_text_alone(visits: Look, page_name: str) -> None:
    page = visits(page_name).page
    page.emulate_media(media="print")
    try:
        for part in (".bd-sidebar-primary", ".bd-header-article", ".prev-next-area"):
            assert page.locator(f"{part}:visible").count() == 0, part
        folded = page.locator(".toggle-hidden > :not(.admonition-title)")
        assert folded.count() == folded.filter(visible=True).count()
    finally:
        page.emulate_media(media="screen")


class Document(HTMLParser):
    """The places of a page that can be linked to, and the links and files that it refers to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "src") and value and tag != "base":
                self.references.append(value)


def test_links_lead_somewhere(site: Path, page_name: str) -> None:
    path = site / page_name
    page = Document(path.read_text(encoding="utf-8"))
    broken = []
    for reference in page.references:
        parts = urlsplit(reference)
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file():
            broken.append(reference)
        elif parts.fragment and target.suffix == ".html":
            ids = page.ids if target == path else Document(target.read_text(encoding="utf-8")).ids
            if unquote(parts.fragment).partition("?")[0] not in ids:  # what it sets: test_explorer_links.py
                broken.append(reference)
    assert broken == []


def test_ids_are_unique(site: Path, page_name: str) -> None:
    ids = Document((site / page_name).read_text(encoding="utf-8")).ids
    assert sorted({name for name in ids if ids.count(name) > 1}) == []
