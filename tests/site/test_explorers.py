"""Every explorer of every page, moved as a reader moves it: by keyboard, by wheel, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from visiting import CHAPTERS, Visit

Open = Callable[..., Visit]
Shown = tuple[str | None, str]

#: The share of the screen's height that a picture takes, and the one that the screen's width allows it.
SHARES = """figure => {
    const frame = figure.querySelector(".nn-frame"), {width, height} = frame.getBoundingClientRect();
    const around = 2 * parseFloat(getComputedStyle(frame).paddingTop);
    const widest = (width - around) * frame.naturalHeight / frame.naturalWidth;
    return [Math.min(height - around, widest) / innerHeight, widest / innerHeight]; }"""


def explorers(page: Page) -> list[Locator]:
    return page.locator("figure.nn-explorer").all()


def shown(figure: Locator) -> Shown:
    """What the reader sees and hears: the picture, and its caption, which is read out once."""
    image = figure.locator("img")
    assert image.get_attribute("alt")
    return image.get_attribute("src"), figure.locator("[aria-live=polite]").inner_text()


def wait_for_change(figure: Locator, before: Shown) -> Shown:
    expect(figure.locator("img")).not_to_have_attribute("src", before[0] or "", timeout=5000)
    return shown(figure)


def controls(figure: Locator) -> list[Locator]:
    return figure.locator("input:visible, select:visible").all()


def kind(control: Locator) -> str:
    return str(control.evaluate("element => element.type"))


def keys(control: Locator) -> tuple[str, int]:
    """The key that moves a control on from where it stands, and how often it can be pressed."""
    if kind(control) == "checkbox":
        return "Space", 1
    at, last = control.evaluate(
        "e => e.type === 'range' ? [Number(e.value), Number(e.max)] : [e.selectedIndex, e.length - 1]"
    )
    return ("ArrowRight", last - at) if at < last else ("ArrowLeft", at)


def value(control: Locator) -> object:
    return control.evaluate("e => e.type === 'checkbox' ? e.checked : e.value")


def test_every_chapter_has_explorers(site: Path, chapter: str) -> None:
    assert 'class="nn-explorer"' in (site / chapter).read_text(encoding="utf-8")


def test_every_control_is_labelled_and_moves_the_figure(visit: Open, page_name: str) -> None:
    page = visit(page_name).unfold().page
    for figure in explorers(page):
        assert controls(figure)
        for control in controls(figure):
            label = str(control.evaluate("e => e.labels[0]?.innerText ?? ''")).strip()
            assert label
            move_with_the_keyboard(figure, control, f"{page_name}: {label}")


def move_with_the_keyboard(figure: Locator, control: Locator, where: str) -> None:
    """Go on to the last value: on the way, picture and caption must have changed."""
    start = shown(figure)
    first = value(control)
    key, most = keys(control)
    control.focus()
    seen = [start]
    for _ in range(most):
        before = value(control)
        control.press(key)
        assert value(control) != before, f"{where}: {key} does nothing"
        # A few neighbours may look the same (a run that has ended): ask for a change on the whole way only.
        figure.page.wait_for_timeout(60)
        seen.append(shown(figure))
    figure.page.wait_for_timeout(300)
    seen.append(shown(figure))
    for number, part in enumerate(("picture", "caption")):
        assert len({state[number] for state in seen}) > 1, f"{where}: the {part} never changes"
    if kind(control) == "range":
        assert control.get_attribute("aria-valuetext")
    control.evaluate(
        "(e, first) => { e.type === 'checkbox' ? (e.checked = first) : (e.value = first);"
        " e.dispatchEvent(new Event('input', {bubbles: true}));"
        " e.dispatchEvent(new Event('change', {bubbles: true})); }",
        first,
    )
    expect(figure.locator("[aria-live=polite]")).to_have_text(start[1])


TOP = "control => control.getBoundingClientRect().top"


def test_the_wheel_moves_the_control_that_has_the_focus(visit: Open, page_name: str) -> None:
    page = visit(page_name).unfold().page
    for figure in explorers(page):
        for control in controls(figure):
            control.focus()
            control.hover()
            # Where it is seen: the page also scrolls by itself, when something above comes late.
            before, top = value(control), control.evaluate(TOP)
            assert any(wheel(control, step) != before for step in (-120, 120)), (
                f"{page_name}: the wheel does nothing"
            )
            scrolled = abs(control.evaluate(TOP) - top)
            assert scrolled < 2, f"{page_name}: the wheel scrolls the page as well"  # by a notch, 100 pixels


def wheel(control: Locator, step: int) -> object:
    """The value after a notch, by which a control at one end goes on and at the other stays."""
    before = value(control)
    control.page.mouse.wheel(0, step)
    for _ in range(10):
        control.page.wait_for_timeout(40)  # in which the page would scroll
        if value(control) != before:
            break
    return value(control)


def test_without_javascript_the_first_frame_shows(visit: Open, page_name: str) -> None:
    page = visit(page_name, java_script_enabled=False).unfold().page
    for figure in explorers(page):
        image = figure.locator("img")
        image.scroll_into_view_if_needed()
        assert image.is_visible()
        assert image.evaluate("e => e.decode().then(() => e.naturalWidth)") > 0
        assert figure.locator("[aria-live=polite]").inner_text().strip()
        assert not controls(figure), "controls that cannot work are shown"


def test_frames_are_inverted_in_the_dark(visit: Open, chapter: str) -> None:
    filters = "e => getComputedStyle(e).filter"
    for scheme, expected in (("light", "none"), ("dark", "invert(1) hue-rotate(180deg)")):
        page = visit(chapter, color_scheme=scheme).page
        for figure in explorers(page):
            assert figure.locator("img").evaluate(filters) == expected
        page.emulate_media(media="print")
        for figure in explorers(page):
            assert figure.locator("img").evaluate(filters) == "none", "ink on paper is dark"


def test_moves_when_opened_from_disk(visit: Open, site: Path, chapter: str) -> None:
    page = visit(chapter, base=site.as_uri()).page
    figure = explorers(page)[0]
    control = controls(figure)[0]
    before = shown(figure)
    control.focus()
    control.press(keys(control)[0])
    assert wait_for_change(figure, before)[1] != before[1]


def test_an_explorer_is_called_by_one_name_and_opened_by_its_link(visit: Open, chapter: str) -> None:
    page = visit(chapter).unfold().page
    twice = "id => document.querySelectorAll(`[id='${id}']`).length"
    names = [str(figure.get_attribute("id")) for figure in explorers(page)]
    assert [page.evaluate(twice, name) for name in names] == [1] * len(names)
    figure = explorers(page)[-1]
    start = shown(figure)
    control = controls(figure)[-1]
    control.press(keys(control)[0])
    moved = wait_for_change(figure, start)[1]
    figure.get_by_role("button", name="Copy link").click()
    link = page.url.partition("#")[2]
    assert link.startswith(f"{names[-1]}?")

    seen = visit(f"{chapter}#{link}")
    again = seen.page.locator(f"#{names[-1]}")
    expect(again.locator("[aria-live=polite]")).to_have_text(moved)
    expect(again).to_be_in_viewport(ratio=0.3)
    assert seen.errors == []


def test_ten_explorers_can_be_dragged(site: Path) -> None:
    pages = [(site / page).read_text(encoding="utf-8") for page in CHAPTERS]
    # A picture in its address: "<metadata>" is written with signs that an address may have.
    assert sum(page.count("%3Cmetadata%3E") for page in pages) >= 10


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_on_the_whole_screen_a_picture_takes_most_of_it(
    visit: Open, chapter: str, width: int, height: int
) -> None:
    page = visit(chapter).unfold().page
    page.set_viewport_size({"width": width, "height": height})
    for figure in explorers(page):
        figure.get_by_role("button", name="Full screen", exact=True).click()
        page.wait_for_function("() => document.fullscreenElement && innerHeight")
        share, widest = figure.evaluate(SHARES)
        assert share >= min(0.8, widest) - 0.01, figure.get_attribute("id")
        page.keyboard.press("Escape")
        page.evaluate("() => document.exitFullscreen().catch(() => {})")
        page.wait_for_function("() => !document.fullscreenElement")
