"""What the accessibility statement says of every page, seen in a browser: most of it in one visit a page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from visiting import Visit

Open = Callable[..., Visit]
Look = Callable[[str], Visit]

PAGE = "chapters/perceptron.html"

#: Of each thing that opens something: what is seen on it, and its name where that is another.
TOGGLES = """() => [...document.querySelectorAll(".bd-article :is(summary, .toggle-button)")].map(e => [
    (e.dataset.toggleHint ?? (e.innerText || e.textContent)).trim().replace(/\\s+/g, " "),
    e.getAttribute("aria-label")])"""
#: Of each figure with a picture: the picture's text, and its caption.
TEXTS = """() => [...document.querySelectorAll("figure img.nn-frame")].map(e => [
    e.alt, e.closest("figure").querySelector("figcaption")?.textContent.trim()])"""
#: Links and buttons with words and a picture that has a name of its own: both are heard.
TWICE = """() => [...document.querySelectorAll("a, button")]
    .filter(e => e.textContent.trim() && [...e.querySelectorAll("img")].some(image => image.alt))
    .map(e => e.textContent.trim())"""
#: The least contrast of code with its ground, which axe leaves undecided: there is a shadow at its edge.
LEAST = """() => {
    const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const light = colour => colour.slice(0, 3).map(v => linear(v / 255))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const ratios = [];
    for (const pre of document.querySelectorAll(".bd-article pre")) {
        let under = pre;
        while (numbers(getComputedStyle(under).backgroundColor)[3] === 0) under = under.parentElement;
        const ground = light(numbers(getComputedStyle(under).backgroundColor));
        for (const part of [pre, ...pre.querySelectorAll("span")]) {
            const ink = light(numbers(getComputedStyle(part).color));
            ratios.push((Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05));
        }
    }
    return Math.min(...ratios);
}"""
#: The spacing of criterion 1.4.12 is put on the page, and taken away: what is wider than its place with it.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const cut = [...document.querySelectorAll("figure button, form button, figure label")]
        .filter(e => e.checkVisibility() && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 2)
        .filter(e => getComputedStyle(e).overflowX !== "visible").map(e => e.textContent.trim());
    const wide = document.documentElement.scrollWidth;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(each => each !== sheet);
    return [wide <= innerWidth, cut];
}"""


def test_what_opens_is_named_by_what_it_opens(visits: Look, page_name: str) -> None:
    found = visits(page_name).page.evaluate(TOGGLES)
    for seen, name in found:
        assert seen
        assert name is None or (name.startswith(f"{seen}: ") and len(name) > len(seen) + 6), (seen, name)
    solutions = [name for seen, name in found if seen.startswith("Click to")]
    assert len(set(solutions)) == len(solutions)


def test_no_two_toggles_of_a_page_have_one_name(visits: Look, page_name: str) -> None:
    """Below ten figures stands "The code of this figure": what is heard says which, and begins with that."""
    found = [name or seen for seen, name in visits(page_name).page.evaluate(TOGGLES)]
    assert len(found) == len(set(found))
    of_figures = [name for name in found if name.startswith("The code of this figure")]
    assert [name for name in of_figures if not re.match(r"[^(]+ figure \(\S.{2,70}\)", name)] == []


def test_a_picture_is_described_and_its_caption_says_something_else(visits: Look, page_name: str) -> None:
    for described, caption in visits(page_name).page.evaluate(TEXTS):
        assert len(described) > 60, described  # it says more than that there is a picture
        assert "without words" not in described
        assert caption
        assert caption not in described
        assert described not in caption


def test_no_button_is_named_twice(visits: Look, page_name: str) -> None:
    assert visits(page_name).page.evaluate(TWICE) == []


def test_targets_are_large_enough_or_far_apart(visits: Look, page_name: str) -> None:
    options = {"runOnly": ["target-size"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(visits(page_name).page, options=options).response
    assert [node["html"] for rule in found["violations"] for node in rule["nodes"]] == []
    assert sum(len(rule["nodes"]) for rule in found["passes"]) > 5


def test_wider_spacing_cuts_nothing_off(visits: Look, page_name: str) -> None:
    assert visits(page_name).page.evaluate(SPACED) == [True, []]


def test_every_page_leads_to_the_statement(visits: Look, page_name: str) -> None:
    link = visits(page_name).page.locator(".bd-sidebar-primary").get_by_role("link", name="Accessibility")
    assert link.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_stands_out_from_its_ground(visit: Open, scheme: str) -> None:
    for name in ("appendix/api.html", PAGE):
        assert visit(name, color_scheme=scheme).page.evaluate(LEAST) >= 4.5


def with_the_clipboard(visit: Open) -> Page:
    page = visit(PAGE, permissions=["clipboard-read", "clipboard-write"]).page
    page.wait_for_selector(".copybtn[aria-label]", state="attached")
    return page


def test_copy_buttons_are_out_of_the_way_and_within_reach(visit: Open) -> None:
    page = with_the_clipboard(visit)
    cell = page.locator("div.cell:has(.nn-run:visible)").first
    copy, run = cell.locator(".cell_input .copybtn"), cell.locator(".nn-run")
    expect(copy).to_have_attribute("tabindex", "-1")
    expect(copy).to_have_accessible_name("Copy")
    run.focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.copybtn')")
    expect(copy).to_have_attribute("tabindex", "-1")
    run.focus()
    page.keyboard.press("Shift+Tab")
    expect(copy).to_be_focused()
    assert copy.evaluate("e => [getComputedStyle(e).opacity, getComputedStyle(e).outlineStyle]")[1] == "solid"
    expect(copy).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status].nn-aloud")).to_have_text("Copied!")
    assert page.evaluate("navigator.clipboard.readText()").strip()
    page.keyboard.press("Tab")
    expect(run).to_be_focused()


def test_the_tab_key_goes_past_every_copy_button(visits: Look, page_name: str) -> None:
    page = visits(page_name).page
    page.wait_for_function("!document.querySelector('.copybtn:not([aria-label])')")
    assert page.locator(".copybtn").evaluate_all("all => all.filter(e => e.tabIndex >= 0).length") == 0


@pytest.mark.parametrize("name", ["chapters/keras.html", "appendix/api.html", "chapters/perceptron.html"])
def test_a_caret_in_code_brings_its_copy_button_within_reach(visit: Open, name: str) -> None:
    """A click puts it there; with the arrows F7 does, in browsers that have it, which no test can press."""
    page = visit(name, permissions=["clipboard-read", "clipboard-write"]).page
    page.wait_for_selector(".copybtn[aria-label]", state="attached")
    code = page.locator("pre:visible + .copybtn").first.locator("xpath=..")
    code.locator("pre").evaluate("e => getSelection().collapse(e.lastChild, 0)")
    copy = code.locator(".copybtn")
    expect(copy).to_have_attribute("tabindex", "0")
    page.locator("article h1").evaluate("e => getSelection().collapse(e, 0)")
    expect(copy).to_have_attribute("tabindex", "-1")
    code.locator("pre").click()
    page.keyboard.press("Tab")
    expect(copy).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[role=status].nn-aloud")).to_have_text("Copied!")
    page.keyboard.press("Tab")
    expect(copy).not_to_be_focused()


def test_an_opened_solution_says_so(visit: Open) -> None:
    page = visit(PAGE).page
    button = page.locator("button.toggle-button").first
    expect(button).to_have_accessible_name("Click to show: Solution to Exercise 1.1 (One neuron by hand)")
    button.press("Enter")
    expect(button).to_have_accessible_name("Click to hide: Solution to Exercise 1.1 (One neuron by hand)")
    expect(button).to_have_attribute("aria-expanded", "true")


def test_no_single_key_is_a_shortcut(visit: Open) -> None:
    page = visit(PAGE).page
    before = page.evaluate("[location.href, scrollY]")
    for key in "/?sjknpbfgm":
        page.keyboard.press(key)
        assert page.evaluate("[location.href, scrollY]") == before, key
        assert page.evaluate("document.activeElement === document.body"), key


def test_the_first_stop_leads_to_the_text(visit: Open) -> None:
    page = visit(PAGE).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(location.hash).closest('main, #main-content') !== null")


def test_nothing_changes_because_it_has_the_focus(visit: Open) -> None:
    page = visit(PAGE).page
    page.locator(".nn-explorer").first.get_by_role("combobox").focus()
    state = "[location.href, document.querySelector('.bd-article').innerText]"
    before = page.evaluate(state)
    for _ in range(40):
        page.keyboard.press("Tab")
    assert page.evaluate(state) == before


@pytest.mark.parametrize("name", [PAGE, "chapters/gradient_descent.html"])
def test_at_400_percent_the_screen_is_the_figures(visit: Open, name: str) -> None:
    """A screen of 1,280 × 1,024 pixels at 400 %: nothing but the bar stays on it while a reader moves on."""
    page = visit(name).page
    page.set_viewport_size({"width": 320, "height": 256})
    bar = page.locator(".bd-header-article").evaluate("e => e.getBoundingClientRect().height")
    pictures = page.locator(".nn-explorer img.nn-frame:visible").all()
    assert pictures
    for picture in pictures:
        box = picture.bounding_box()
        assert box
        assert box["width"] > 250
        assert box["height"] <= 2 * (256 - bar), "a picture is seen in two looks at most"
