"""From the search field to the word: what comes first, and the place on the page that a result leads to."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from search_table import ALWAYS, HELD_BACK, TYPED, Table
from visiting import Visit

Open = Callable[..., Visit]

FIELD = "#search-input"
STATUS = "#search-status"
RESULTS = "#search-results a"
CHAPTER = "#search-results a[href^='chapters/']"
OFTEN = 0.9  # of what is typed, for which the right section comes first
INDEX = "_static/search-index.js"


def ask(page: Page, question: str) -> None:
    page.locator(FIELD).fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text(f"“{question}”")


@pytest.mark.parametrize("word", ["wallpaper", "validation"])
def test_a_result_leads_to_the_word(visit: Open, word: str) -> None:
    seen = visit("search.html")
    page = seen.page
    page.locator(FIELD).fill(word)
    page.keyboard.press("Enter")
    results = page.locator(CHAPTER)
    expect(results.first).to_be_visible()
    results.first.click()
    page.wait_for_url("**/chapters/*")
    mark = page.locator(".bd-article .highlighted:visible").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(word, ignore_case=True)
    assert seen.errors == []


def test_the_search_index_is_loaded_where_it_is_needed(visit: Open) -> None:
    loads = {name: visit(name).requests for name in ("chapters/digits.html", "search.html")}
    assert not any("search" in url for url in loads["chapters/digits.html"])
    assert any(INDEX in url for url in loads["search.html"])


@pytest.fixture
def first(visits: Callable[[str], Visit], site: Path) -> Callable[[str], str]:
    """The section that comes first for what is typed, by its first id."""
    page = visits("search.html").page

    def ask_for(question: str) -> str:
        ask(page, question)
        link = page.locator(RESULTS)
        address = link.first.get_attribute("href") or "" if link.count() else ""
        return place(site, re.sub(r"\.html(\?[^#]*)?", "", address)) if address else ""

    return ask_for


@pytest.mark.parametrize("question", ALWAYS)
def test_the_right_section_comes_first(first: Callable[[str], str], site: Path, question: str) -> None:
    assert first(question) in [place(site, wanted) for wanted in TYPED[question]]


@pytest.mark.parametrize("table", [TYPED, HELD_BACK], ids=["typed", "held back"])
def test_nine_times_of_ten(first: Callable[[str], str], site: Path, table: Table) -> None:
    came = {question: first(question) for question in table}
    missed = {
        question: found
        for question, found in came.items()
        if found not in [place(site, wanted) for wanted in table[question]]
    }
    assert len(missed) <= (1 - OFTEN) * len(table), missed


#: A section or another target, and the labels that stand at its beginning.
PLACE = re.compile(
    r'<(?:section|div|dt)\b[^>]*\bid="([^"]+)"[^>]*>((?:\s*<span[^>]*\bid="[^"]+"[^>]*></span>)*)'
)


def place(site: Path, wanted: str) -> str:
    """``page#anchor`` by the first of the section's anchors; a page's first section is the page."""
    page, _, anchor = wanted.partition("#")
    if not anchor:
        return page
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    found = [[first, *re.findall(r'id="([^"]+)"', spans)] for first, spans in PLACE.findall(text)]
    (ids,) = [ids for ids in found if anchor in ids]
    return f"{page}#{ids[0]}"


def test_every_place_of_the_index_is_there(visit: Open, site: Path) -> None:
    """Each with words that can be read."""
    page = visit("search.html").page
    index = page.evaluate("nnBookIndex")
    assert len(index["entries"]) > 600
    ids: dict[str, set[str]] = {}
    for number, anchor, *_ in index["entries"]:
        address = index["pages"][number][0]
        if address not in ids:
            ids[address] = set(re.findall(r'\bid="([^"]+)"', (site / address).read_text(encoding="utf-8")))
        assert not anchor or anchor in ids[address], (address, anchor)
    texts = [" ".join([entry[2], entry[6]]) for entry in index["entries"]]
    assert [text for text in texts if re.search(r"\\[a-zA-Z]+|[{}]\^|\$|import numpy|<[a-z]+ ", text)] == []


def test_the_index_is_small(site: Path) -> None:
    assert len(gzip.compress((site / INDEX).read_bytes())) < 160_000
    assert not (site / "searchindex.js").exists()


def test_finds_while_one_types_and_says_how_much(visit: Open) -> None:
    page = visit("search.html").page
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("momen", delay=20)
    expect(page.locator(RESULTS).first).to_contain_text("Better legs")
    expect(page.locator(STATUS)).to_have_attribute("role", "status")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^\d+ places for “momen”\.$"))
    expect(page.locator(RESULTS).first).to_have_text("4. Gradient descent › Better legs")
    assert page.locator("#search-results mark").first.inner_text().lower() == "momentum"


def test_the_keyboard_goes_through_the_results(visit: Open) -> None:
    page = visit("search.html").page
    ask(page, "gradient")
    links = page.locator(RESULTS)
    at_first = links.count()
    for step, expected in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(step)
        expect(links.nth(expected)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    page.locator("#search-more").press("Enter")
    expect(links.nth(at_first)).to_be_focused()
    assert f"{links.count()} places" in page.locator(STATUS).inner_text()


def test_back_brings_the_results_back(visit: Open) -> None:
    page = visit("search.html").page
    ask(page, "why random weights")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vanishing_gradients.html**")
    expect(page.locator(".highlighted", has_text="random").first).to_be_in_viewport()
    expect(page.locator("h2", has_text="Why the weights start at random")).to_be_in_viewport()
    assert "highlight" not in page.url
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("why random weights")
    expect(page.locator(RESULTS).first).to_contain_text("Why the weights start at random")


def test_marks_what_is_in_a_fold_and_opens_it(visit: Open) -> None:
    page = visit("chapters/cost_functions.html?highlight=honest#costs-honest").page
    mark = page.locator(".highlighted").first
    expect(mark).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".highlighted")).to_have_count(0)


def test_nothing_found_says_what_to_try(visit: Open) -> None:
    page = visit("search.html?q=qzxv").page
    expect(page.locator(STATUS)).to_have_text("Nothing in the book answers to “qzxv”.")
    help_ = page.locator("#search-help")
    expect(help_).to_contain_text("Try a single word")
    help_.get_by_role("link", name="glossary").click()
    page.wait_for_url("**/appendix/glossary.html")


def test_a_word_that_the_book_does_not_have_leads_to_the_nearest(visit: Open) -> None:
    page = visit("search.html?q=dropout").page
    expect(page.locator(STATUS)).to_contain_text("In the book’s words: regularisation, overfitting.")


def test_a_guess_says_that_it_is_one(visit: Open) -> None:
    page = visit("search.html").page
    ask(page, "stocastic")
    expect(page.locator(STATUS)).to_have_text(
        re.compile(
            r"^The book does not have “stocastic”\. Near it: stochastic\. \d+ places for “stocastic”\.$"
        )
    )
    ask(page, "bayes")
    expect(page.locator(STATUS)).to_have_text("Nothing in the book answers to “bayes”.")
    ask(page, "convolution")  # the book has "convolutional"
    assert page.locator("#search-results mark").all_inner_texts() == ["convolutional"]


def test_where_the_glossary_sends_its_readers_its_words_say_why(visit: Open) -> None:
    """The section that is about it does not say "hyperparameter"."""
    page = visit("search.html").page
    ask(page, "hyperparameter")
    result = page.locator("#search-results li").first
    expect(result).to_contain_text("Rows held back")
    expect(result).to_contain_text("hyperparameter: What is chosen and not learned")
    expect(result.locator("mark").first).to_have_text("hyperparameter")


@pytest.mark.parametrize("question", ["gradient check", "jacobian", "softmax slope", "adam"])
def test_a_snippet_reads_without_holes(visit: Open, question: str) -> None:
    page = visit("search.html").page
    ask(page, question)
    shown = page.locator("#search-results p").all_inner_texts()[:3]
    assert [text for text in shown if "…" in text.removeprefix("… ").removesuffix(" …")] == []


def test_every_page_s_search_leads_here(visit: Open) -> None:
    page = visit("chapters/digits.html").page
    page.keyboard.press("Control+k")
    page.keyboard.type("confusion matrix")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=confusion+matrix")
    expect(page.locator(RESULTS).first).to_contain_text("Which mistakes?")


def test_hostile_questions_are_only_words(visit: Open) -> None:
    seen = visit("search.html")
    for question in ("<img src=x onerror=alert(1)>", "constructor __proto__", "((((", "a" * 3000, "🤖 δ"):
        ask(seen.page, question)
    assert seen.page.locator("#search-results img").count() == 0
    assert seen.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_results_are_accessible_and_fit(visit: Open, scheme: str, width: int) -> None:
    page = visit("search.html?q=softmax", width=width, color_scheme=scheme).page
    expect(page.locator(RESULTS).first).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # What is typed stands beside the icon.
    icon = page.locator(f"form:has({FIELD}) i").bounding_box()
    begins = page.locator(FIELD).evaluate(
        "e => e.getBoundingClientRect().x + parseFloat(getComputedStyle(e).paddingInlineStart)"
    )
    assert icon
    assert icon["x"] + icon["width"] < begins


def test_works_from_disk_and_evaluates_nothing(visit: Open, site: Path) -> None:
    seen = visit("search.html?q=XOR", base=site.as_uri())
    seen.page.locator(RESULTS).first.click()
    seen.page.wait_for_url("**/perceptron.html*")
    expect(seen.page.locator(".highlighted").first).to_be_in_viewport()
    assert seen.errors == []
    ours = "".join(
        (site / "_static" / name).read_text(encoding="utf-8") for name in ("search.js", "marks.js")
    )
    assert not re.search(r"\beval\(|new Function|innerHTML|\bfetch\(|import\(", ours)
    library = (site / "_static" / "minisearch.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|XMLHttpRequest|import\(", library)


def test_without_scripts_a_sentence_says_so(visit: Open) -> None:
    page = visit("search.html", java_script_enabled=False).page
    assert "needs JavaScript" in page.locator("article noscript").inner_text()
