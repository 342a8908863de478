"""The explorers' scripts and style sheets with pages of their own, in the theme's light and dark."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from explorer_pages import frame, frame_for_a_phone, usual, visitor, write_pages
from playwright.sync_api import expect

from nnlib.explore.described import description_of

NARROW = (317, 307)  # CSS pixels


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write_pages(folder, usual())
    return folder


@pytest.fixture
def visit_page(browser, folder):
    with visitor(browser, folder) as visit:
        yield visit


@pytest.fixture
def page(visit_page):
    return visit_page()


def first(page):
    return page.locator("figure.nn-explorer").first


def expect_frame(page, draw=frame, size=(518, 307), **values):
    """The picture is exactly the one that Python draws for these values; so are both texts."""
    expected = draw(**values)
    image = first(page).locator("img")
    expect(first(page).locator("figcaption")).to_have_text(expected.caption)
    expect(image).to_have_attribute("alt", description_of(expected.svg))
    assert image.evaluate("e => fetch(e.src).then(answer => answer.text())") == expected.svg
    assert image.evaluate("e => e.decode().then(() => [e.naturalWidth, e.naturalHeight])") == list(size)
    assert image.evaluate("e => [e.width / e.height]")[0] == pytest.approx(size[0] / size[1], rel=0.05)


def test_the_keyboard_moves_every_control(page):
    epoch, activation = page.get_by_label("epoch", exact=True), page.get_by_label("activation")
    epoch.press("ArrowRight")
    expect_frame(page, epoch=1)
    epoch.press("End")
    expect_frame(page, epoch=3)
    activation.press("ArrowUp")
    expect_frame(page, epoch=3, activation="relu")
    page.get_by_label("bias b").press("ArrowLeft")
    expect_frame(page, epoch=3, activation="relu", bias=-1.0)
    noise = page.get_by_label("noise")
    noise.press("Space")
    expect_frame(page, epoch=3, activation="relu", bias=-1.0, noise=True)
    noise.press("ArrowLeft")
    expect_frame(page, epoch=3, activation="relu", bias=-1.0)
    noise.press("ArrowUp")
    expect_frame(page, epoch=3, activation="relu", bias=-1.0, noise=True)


def test_all_controls_are_reached_by_tab_in_their_order(page):
    seen = []
    for _ in range(8):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.type")
        )
    buttons = ["play epoch", "previous epoch", "range", "next epoch"]
    assert seen[:7] == [*buttons, "select-one", "range", "checkbox"]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus is visible"


def test_a_slider_says_its_real_value(page):
    bias = page.get_by_label("bias b")
    expect(bias).to_have_attribute("aria-valuetext", "0.5")
    bias.press("ArrowLeft")
    expect(bias).to_have_attribute("aria-valuetext", "−1")
    expect(first(page).locator("output").nth(1)).to_have_text("−1")


def test_buttons_take_one_step_and_stop_at_the_ends(page):
    on, back = (
        page.get_by_role("button", name="next epoch"),
        page.get_by_role("button", name="previous epoch"),
    )
    for epoch in (1, 2, 3, 3):
        on.click()
        expect_frame(page, epoch=epoch)
    for epoch in (2, 1, 0, 0):
        back.click()
        expect_frame(page, epoch=epoch)


def stop_the_clock(page):
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def test_a_control_that_counts_plays_to_its_end_and_again_from_its_start(page):
    stop_the_clock(page)
    caption = first(page).locator("figcaption")
    for begin in (1, 0):
        page.get_by_role("button", name="play epoch").click()
        expect_frame(page, epoch=begin)
        expect(caption).to_have_attribute("aria-live", "off")
        for epoch in range(begin + 1, 4):
            page.clock.run_for(800)
            expect_frame(page, epoch=epoch)
        expect(caption).to_have_attribute("aria-live", "polite")
        expect(page.get_by_role("button", name="pause epoch")).to_have_count(0)
    page.clock.run_for(5000)
    expect_frame(page, epoch=3)


def test_the_first_play_shows_all_wherever_the_control_begins(page):
    stop_the_clock(page)
    page.get_by_label("epoch", exact=True).evaluate("e => e.value = 2")
    page.get_by_role("button", name="play epoch").click()
    expect_frame(page, epoch=0)
    page.clock.run_for(800)
    expect_frame(page, epoch=1)
    page.get_by_role("button", name="pause epoch").click()
    page.get_by_role("button", name="play epoch").click()
    expect_frame(page, epoch=2)


STOPS = {
    "its button": lambda page: page.get_by_role("button", name="pause epoch").click(),
    "a step": lambda page: page.get_by_role("button", name="previous epoch").click(),
    "a key": lambda page: page.get_by_label("epoch", exact=True).press("ArrowLeft"),
    "another control": lambda page: page.get_by_label("activation").press("ArrowUp"),
}


@pytest.mark.parametrize("how", STOPS)
def test_what_plays_is_stopped_by(page, how):
    stop_the_clock(page)
    page.get_by_role("button", name="play epoch").click()
    expect_frame(page, epoch=1)
    STOPS[how](page)
    expect(page.get_by_role("button", name="play epoch")).to_be_visible()
    page.clock.run_for(5000)
    moved = {"its button": {"epoch": 1}, "another control": {"epoch": 1, "activation": "relu"}}
    expect_frame(page, **moved.get(how, {"epoch": 0}))


def test_a_drag_ends_on_the_frame_under_the_thumb(page):
    box = page.get_by_label("epoch", exact=True).bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 9, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 9, y, steps=25)
    page.mouse.up()
    expect_frame(page, epoch=3)


@pytest.mark.parametrize("name", ["epoch", "activation", "bias b", "noise"])
def test_the_wheel_over_a_chosen_control_moves_it_and_not_the_page(page, name):
    place = "e => e.type === 'checkbox' ? Number(e.checked) : Number(e.value)"
    control = page.get_by_label(name, exact=True)
    control.focus()
    control.hover()
    for delta in (100, 100, 100, 100):
        page.mouse.wheel(0, delta)
        page.wait_for_timeout(30)
    assert control.evaluate(place) == 0
    page.mouse.wheel(0, -100)
    page.wait_for_timeout(60)
    assert control.evaluate(place) == 1, "the wheel turned up is more"
    assert page.evaluate("scrollY") == 0


TURN = """([targets, delta]) => {
    for (const target of targets) {
        const turn = new WheelEvent("wheel", {deltaY: delta, bubbles: true, cancelable: true});
        document.querySelector(target).dispatchEvent(turn);
    }
}"""


def test_a_trackpads_many_small_moves_do_not_race(page):
    epoch = page.get_by_label("epoch", exact=True)
    epoch.focus()
    page.evaluate(TURN, [["input"] * 10, -4])
    assert epoch.input_value() == "1"
    page.evaluate(TURN, [["input"] * 10, -12])
    assert epoch.input_value() == "3"


def test_over_a_control_that_was_not_chosen_the_wheel_scrolls_the_page(page):
    epoch = page.get_by_label("epoch", exact=True)
    page.evaluate(TURN, [["input", "input"], -100])
    assert epoch.input_value() == "0"
    epoch.focus()
    page.evaluate(TURN, [["input"], -100])
    assert epoch.input_value() == "1"


def test_pictures_no_longer_shown_are_let_go(page):
    image = first(page).locator("img")
    epoch = page.get_by_label("epoch", exact=True)
    epoch.press("ArrowRight")
    expect_frame(page, epoch=1)
    old = image.get_attribute("src")
    assert old.startswith("blob:")
    epoch.press("ArrowRight")
    expect_frame(page, epoch=2)
    gone = "url => fetch(url).then(() => false, () => true)"
    assert page.evaluate(gone, old)
    assert not page.evaluate(gone, image.get_attribute("src"))


def test_explorers_on_one_page_do_not_disturb_each_other(page):
    page.get_by_label("side").press("ArrowDown")
    expect(page.locator("figure.nn-explorer").nth(1).locator("figcaption")).to_have_text("The right twin.")
    expect(first(page).locator("figcaption")).to_have_text(frame().caption)
    page.get_by_label("epoch", exact=True).press("ArrowRight")
    expect_frame(page, epoch=1)


def test_nothing_moves_when_a_caption_grows(page):
    def places():
        where = (
            "e => { const box = e.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; }"
        )
        return [page.locator(place).first.evaluate(where) for place in ("img", "figcaption", "#after")]

    before = places()
    page.get_by_label("noise").press("Space")
    expect_frame(page, noise=True)
    assert places() == before


def test_the_live_region_is_silent_until_the_reader_moves(visit_page):
    page = visit_page()
    page.evaluate(
        "() => { window.changes = 0; new MutationObserver(() => window.changes++)"
        ".observe(document.querySelector('[aria-live=polite]'), {childList: true, subtree: true}); }"
    )
    first(page).hover()
    page.wait_for_timeout(200)
    assert page.evaluate("changes") == 0
    page.get_by_label("epoch", exact=True).press("ArrowRight")
    expect_frame(page, epoch=1)
    assert page.evaluate("changes") == 1


def test_frames_that_cannot_be_unpacked_are_reported_to_the_reader(page):
    first(page).locator("script").first.evaluate("e => (e.textContent = 'H4sIAAAA')")
    page.get_by_label("epoch", exact=True).press("ArrowRight")
    expect(first(page).locator("figcaption")).to_have_text(
        "The pictures of this figure could not be loaded: move a control to try again, or reload the page."
    )


def test_an_old_browser_says_that_it_is_too_old(browser, folder):
    context = browser.new_context()
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto((folder / "light.html").as_uri())
    expect(first(page).locator("p")).to_have_text(
        "The controls of this figure need a browser from 2023 or later."
    )
    expect(page.get_by_label("epoch", exact=True)).to_be_disabled()
    assert first(page).locator("img").is_visible()
    context.close()


def test_without_javascript_the_default_frame_stands_with_a_sentence(visit_page):
    page = visit_page(java_script_enabled=False)
    figure = first(page)
    expect(figure.locator("img")).to_be_visible()
    expect(figure.locator("figcaption")).to_have_text(frame().caption)
    expect(figure.locator("fieldset")).to_be_hidden()
    expect(figure.locator("noscript p")).to_contain_text(
        "This figure has controls, which need JavaScript. "
        "It is shown for epoch 0, activation tanh, bias b 0.5, noise off."
    )


def test_frames_turn_dark_with_the_page_and_have_no_box(visit_page):
    look = "e => { const s = getComputedStyle(e); return [s.filter, s.backgroundColor]; }"
    clear = "rgba(0, 0, 0, 0)"
    light, dark = visit_page("light"), visit_page("dark")
    for number in range(3):
        assert light.locator("img").nth(number).evaluate(look) == ["none", clear]
        assert dark.locator("img").nth(number).evaluate(look) == ["invert(1) hue-rotate(180deg)", clear]
        assert dark.locator(".text_html").nth(number).evaluate(look)[1] == clear
    dark.emulate_media(media="print")
    assert dark.locator("img").first.evaluate(look)[0] == "none"


def test_paper_shows_the_frame_and_the_values(page):
    page.get_by_label("epoch", exact=True).press("ArrowRight")
    expect_frame(page, epoch=1)
    page.emulate_media(media="print")
    figure = first(page)
    expect(figure.locator("img")).to_be_visible()
    expect(figure.locator("output").first).to_be_visible()
    expect(figure.locator("output").first).to_have_text("1")
    expect(figure.locator("input[type=range]").first).to_be_hidden()


def test_a_phone_gets_controls_below_each_other_and_large_enough_to_touch(visit_page):
    page = visit_page(width=390, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    boxes = [box.bounding_box() for box in page.locator("figure.nn-explorer >> nth=0 >> .nn-control").all()]
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes))
    for control in page.locator(
        "figure.nn-explorer button, figure.nn-explorer select, input[type=range]"
    ).all():
        assert control.bounding_box()["height"] >= 44
    page.get_by_role("button", name="next epoch").tap()
    expect_frame(page, frame_for_a_phone, NARROW, epoch=1)


def test_a_phone_has_its_own_picture_before_anything_is_moved_and_without_a_script(visit_page):
    for javascript in (False, True):
        page = visit_page(width=390, java_script_enabled=javascript)
        for number in (0, 2):  # an explorer, and a fixed figure
            image = page.locator("img.nn-frame").nth(number)
            assert image.evaluate("e => e.decode().then(() => e.naturalWidth)") == NARROW[0]
            box = image.bounding_box()
            assert box["height"] / box["width"] == pytest.approx(NARROW[1] / NARROW[0], rel=0.05)


def test_a_phone_that_is_turned_gets_the_pictures_of_its_width(visit_page):
    page = visit_page(width=390)
    page.get_by_label("epoch", exact=True).press("ArrowRight")
    expect_frame(page, frame_for_a_phone, NARROW, epoch=1)
    page.set_viewport_size({"width": 844, "height": 390})
    page.wait_for_function("() => document.querySelector('.nn-explorer img').naturalWidth === 518")
    expect_frame(page, epoch=1)
    page.get_by_label("epoch", exact=True).press("ArrowRight")
    expect_frame(page, epoch=2)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.querySelector('.nn-explorer img').naturalWidth < 518")
    expect_frame(page, frame_for_a_phone, NARROW, epoch=2)
    assert "#" not in page.url, "turning is no move, of which an address would tell"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(visit_page, theme, width):
    page = visit_page(theme, width=width)
    page.get_by_label("epoch", exact=True).press("ArrowRight")
    expect(page.locator("output").first).to_have_text("1")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
