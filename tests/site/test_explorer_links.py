"""A link to an explorer as it stands: copied, opened elsewhere, reloaded, gone back to, and wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_pages import Open, usual, visitor, write_pages
from playwright.sync_api import Browser, Page, expect

STANDS = """() => [...document.querySelectorAll("[data-stride]")]
    .map(input => input.type === "checkbox" ? Number(input.checked) : Number(input.value))"""
AT_FIRST = [0, 1, 1, 0, 0]
# Below a screen of text, and folded.
FAR = '<details class="nn-fold"><summary>More</summary><p style="height: 120rem">Text.</p>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("links")
    write_pages(folder, usual(), FAR)
    return folder


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    with visitor(browser, folder) as visit:
        yield visit


def stands(page: Page) -> list[int]:
    page.wait_for_function("() => document.querySelectorAll('.nn-ready').length === 2")
    found: list[int] = page.evaluate(STANDS)
    return found


def note(page: Page) -> str:
    return page.locator(".nn-note:visible").inner_text()


def test_a_copied_link_shows_the_same_setting_in_another_browser(visit: Open) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("epoch", exact=True).press("End")
    page.get_by_label("noise").press("Space")
    page.get_by_role("button", name="Copy link").first.click()
    expect(page.locator(".nn-note:visible")).to_contain_text("the link shows this figure as it stands now")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("#curve?epoch=3&activation=tanh&bias=0.5&noise=true")
    assert copied == page.url
    caption = page.locator("figcaption").first.inner_text()

    other = visit(at="#" + copied.split("#")[1])
    assert stands(other) == [3, 1, 1, 1, 0]
    expect(other.locator("figcaption").first).to_have_text(caption)
    expect(other.locator(".nn-note:visible")).to_have_count(0)


def test_a_link_may_name_some_of_the_controls(visit: Open) -> None:
    assert stands(visit(at="#curve?bias=-1")) == [0, 1, 0, 0, 0]
    assert stands(visit(at="#curve?activation=relu&epoch=2")) == [2, 0, 1, 0, 0]


def test_a_link_opens_the_fold_and_scrolls_to_its_figure(visit: Open) -> None:
    page = visit(at="#twins?side=right")
    assert stands(page)[-1] == 1
    expect(page.locator("#twins")).to_be_in_viewport(ratio=0.9)
    expect(page.locator("#twins figcaption")).to_have_text("The right twin.")


def test_without_a_link_nothing_is_moved_or_scrolled(visit: Open) -> None:
    page = visit()
    assert stands(page) == AT_FIRST
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("location.hash") == ""


def test_reloading_keeps_what_was_moved_since(visit: Open) -> None:
    page = visit(at="#curve?epoch=2")
    page.get_by_label("epoch", exact=True).press("ArrowRight")
    assert page.url.endswith("#curve?epoch=3&activation=tanh&bias=0.5&noise=false")
    page.get_by_label("noise").press("Space")
    page.reload()
    assert stands(page) == [3, 1, 1, 1, 0]
    assert page.url.endswith("noise=true")
    page.reload()
    assert stands(page) == [3, 1, 1, 1, 0]


def test_a_link_within_the_page_takes_along_what_was_moved(visit: Open) -> None:
    page = visit()
    page.get_by_label("noise").press("Space")
    page.evaluate("() => { location.hash = 'after' }")
    page.wait_for_function("() => history.state?.explorers")
    page.reload()
    assert stands(page) == [0, 1, 1, 1, 0]
    page.go_back()
    assert stands(page) == [0, 1, 1, 1, 0]


def test_a_link_that_a_mail_has_rewritten_is_understood(visit: Open) -> None:
    assert stands(visit(at="#curve%3Fbias=-1")) == [0, 1, 0, 0, 0]


def test_going_back_from_another_page_keeps_the_setting(visit: Open, folder: Path) -> None:
    page = visit(at="#curve?bias=3.0")
    page.get_by_label("activation").press("ArrowUp")
    page.goto((folder / "dark.html").as_uri())
    assert stands(page) == AT_FIRST
    page.go_back()
    assert stands(page) == [0, 0, 2, 0, 0]


def test_links_of_the_page_itself_and_the_way_back(visit: Open) -> None:
    page = visit()
    page.get_by_label("noise").press("Space")
    page.evaluate("location.hash = '#curve?epoch=3'")
    expect(page.get_by_label("epoch", exact=True)).to_have_value("3")
    page.evaluate("location.hash = '#curve?epoch=1'")
    expect(page.get_by_label("epoch", exact=True)).to_have_value("1")
    page.go_back()
    expect(page.get_by_label("epoch", exact=True)).to_have_value("3")
    page.go_back()
    expect(page.get_by_label("epoch", exact=True)).to_have_value("0")
    assert stands(page) == [0, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("asked", "shown", "said"),
    [
        ("#curve?bias=-7", [0, 1, 0, 0, 0], "bias b -7, which is not drawn: this is the nearest, −1."),
        ("#curve?bias=2,6", [0, 1, 2, 0, 0], "bias b 2,6, which is not drawn: this is the nearest, 3."),
        (
            "#curve?bias=low&epoch=1",
            [1, 1, 1, 0, 0],
            "“low”, which this figure does not know: here it is 0.5.",
        ),
        (
            "#curve?activation=sine",
            [0, 1, 1, 0, 0],
            "“sine”, which this figure does not know: here it is tanh.",
        ),
        (
            "#curve?speed=3&epoch=2",
            [2, 1, 1, 0, 0],
            "The link sets “speed”, which this figure does not have.",
        ),
        ("#surface?rate=1", AT_FIRST, "a figure, “surface”, that this page does not have."),
        ("#curve?bias=%ff%", AT_FIRST, "which this figure does not know: here it is 0.5."),
        ("#curve?bias=", AT_FIRST, "which this figure does not know: here it is 0.5."),
    ],
)
def test_a_wrong_or_old_link_says_so_and_shows_the_nearest(
    visit: Open, asked: str, shown: list[int], said: str
) -> None:
    page = visit(at=asked)
    assert stands(page) == shown
    assert note(page).endswith(said)
    if asked.startswith("#curve"):
        page.get_by_label("epoch", exact=True).press("End")
        expect(page.locator(".nn-note:visible")).to_have_count(0)


@pytest.mark.parametrize(
    "asked", ["#", "#%", "#curve", "#curve?", "#?", "#constructor?x=1", "#curve?__proto__=1"]
)
def test_other_addresses_break_nothing(visit: Open, asked: str) -> None:
    page = visit(at=asked)
    assert stands(page) == AT_FIRST
    page.get_by_label("epoch", exact=True).press("End")
    assert stands(page)[0] == 3


def test_reset_shows_the_figure_as_it_was_at_first(visit: Open) -> None:
    page = visit(at="#curve?epoch=3&activation=relu&noise=true")
    page.locator("#curve").get_by_role("button", name="Reset").click()
    assert stands(page) == AT_FIRST
    page.reload()
    assert stands(page) == AT_FIRST


def test_the_tools_are_one_stop_of_the_tab_key(visit: Open) -> None:
    page = visit()
    tools = page.locator("#curve .nn-tools button")
    assert tools.evaluate_all("all => all.map(one => one.tabIndex)").count(0) == 1
    tools.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tools.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(tools.last).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tools.first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(tools.last).to_be_focused()


def test_a_browser_is_not_asked_to_remember_too_often(visit: Open) -> None:
    page = visit()
    page.evaluate(
        "() => { window.changes = 0; const change = history.replaceState;"
        " history.replaceState = function (...all) { window.changes++; return change.apply(this, all); }; }"
    )
    epoch = page.get_by_label("epoch", exact=True)
    for _ in range(40):
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
            epoch.press(key)
    assert page.evaluate("changes") <= 60
    page.wait_for_timeout(900)
    assert page.evaluate("history.state.explorers.curve.epoch") == epoch.input_value()
