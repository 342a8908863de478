"""The handles of a picture: snapping, fingers, focus, the whole screen, pictures that are still packed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_pages import PHONE, Finger, Open, visitor, write_pages
from playwright.sync_api import Browser, Locator, Page, expect

from nnlib.explore import explore
from nnlib.figures import cost_functions, gradient_descent

PREDICTIONS = [0.1, 0.3, 0.5, 0.7, 0.9]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("handles")
    made = [
        explore(
            cost_functions.prediction_cost, prediction=PREDICTIONS, target=[0, 1], default={"prediction": 0.5}
        ),
        explore(gradient_descent.slopes, w1=[-2, 0, 2], w2=[-1.0, 0.0, 1.0]),
    ]
    write_pages(folder, made)
    return folder


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    with visitor(browser, folder) as visit:
        yield visit


@pytest.fixture
def page(visit: Open) -> Page:
    return visit()


@pytest.fixture
def phone(visit: Open) -> Page:
    return visit(**PHONE)


def handle(page: Page, figure: str = "prediction_cost", number: int = 1) -> Locator:
    return page.locator(f"#{figure} .nn-handle").nth(number)


def middle(dot: Locator) -> tuple[float, float]:
    box = dot.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def across(page: Page) -> float:
    """The pixels of the screen from one prediction to the next: a fifth of the axes' width."""
    box = page.locator("#prediction_cost img").bounding_box()
    pad = page.locator("#prediction_cost img").evaluate("e => parseFloat(getComputedStyle(e).paddingLeft)")
    assert box is not None
    inches = int(page.locator("#prediction_cost img").get_attribute("width") or 0) / 96
    return float((box["width"] - 2 * pad) / inches * (inches - 0.8) / 5)


def test_a_handle_snaps_to_the_nearest_stop_that_is_drawn(page: Page) -> None:
    prediction = page.get_by_label("prediction a")
    x, y = middle(handle(page))
    step = across(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(300)
    for part, place in ((0.4, "2"), (0.6, "3"), (1.4, "3"), (1.6, "4"), (9, "4"), (-9, "0"), (-0.45, "2")):
        page.mouse.move(x + part * step, y - 40)
        expect(prediction).to_have_value(place)
    page.mouse.move(x + step, y)
    expect(handle(page)).to_have_class(re.compile("nn-dragged"))
    page.mouse.up()
    page.mouse.move(x - step, y)
    expect(prediction).to_have_value("3")
    expect(page.locator("#prediction_cost figcaption")).to_contain_text("prediction 0.7:")
    moved, _ = middle(handle(page))
    assert moved == pytest.approx(x + step, abs=2)


def test_a_point_of_a_plane_moves_two_controls_at_once(page: Page) -> None:
    dot = handle(page, "slopes", 0)
    dot.scroll_into_view_if_needed()
    page.get_by_label("weight w₁").press("ArrowRight")
    page.get_by_label("weight w₂").press("ArrowRight")
    x, y = middle(dot)
    page.get_by_label("weight w₁").press("ArrowRight")
    page.get_by_label("weight w₂").press("ArrowRight")
    right, up = middle(dot)
    page.mouse.move(right, up)
    page.mouse.down()
    page.wait_for_timeout(300)
    page.mouse.move(x - (right - x) + 4, y + 3)
    page.mouse.up()
    expect(page.get_by_label("weight w₁")).to_have_value("0")
    expect(page.get_by_label("weight w₂")).to_have_value("1")


def test_what_is_dropped_before_the_pictures_are_unpacked_counts(page: Page) -> None:
    x, y = middle(handle(page))
    step = across(page)
    page.evaluate(
        """([x, y, step]) => {
            const dot = document.elementFromPoint(x, y);
            dot.setPointerCapture = () => {};
            const send = (kind, at) => dot.dispatchEvent(new PointerEvent(kind, {
                clientX: at, clientY: y, bubbles: true, isPrimary: true, button: 0, pointerType: "mouse" }));
            send("pointerdown", x); send("pointermove", x + 2 * step); send("pointerup", x + 2 * step);
        }""",
        [x, y, step],
    )
    expect(page.get_by_label("prediction a")).to_have_value("4")


def test_cursor_and_focus_say_what_can_be_dragged(page: Page) -> None:
    assert handle(page).get_attribute("title") == "Drag to move prediction a"
    assert handle(page, "slopes", 0).get_attribute("title") == "Drag to move weight w₁ and weight w₂"
    cursor = "e => getComputedStyle(e).cursor"
    assert handle(page).evaluate(cursor) == "ew-resize"
    assert handle(page, "slopes", 0).evaluate(cursor) == "grab"
    page.get_by_label("weight w₂").focus()
    chosen = page.locator("#slopes .nn-handle").evaluate_all(
        "all => all.map(e => e.classList.contains('nn-chosen'))"
    )
    assert chosen == [True, False, True]
    page.get_by_label("target y").focus()
    expect(page.locator(".nn-chosen")).to_have_count(0)
    page.mouse.click(*middle(handle(page)))
    expect(page.get_by_label("prediction a")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("prediction a")).to_have_value("1")


def test_a_finger_drags_sideways_and_scrolls_up_and_down(phone: Page) -> None:
    finger = Finger(phone)
    prediction = phone.get_by_label("prediction a")
    handle(phone).evaluate("e => e.scrollIntoView({block: 'center'})")
    top = phone.evaluate("scrollY")
    x, y = middle(handle(phone))
    finger.swipe(x, y, across=2 * across(phone), down=6)
    expect(prediction).to_have_value("4")
    assert phone.evaluate("scrollY") == top
    x, y = middle(handle(phone))
    finger.swipe(x, y, across=-20, down=-200)
    phone.wait_for_timeout(200)
    assert phone.evaluate("scrollY") > top
    expect(prediction).to_have_value("4")


def test_swipes_over_the_picture_scroll_and_change_nothing(phone: Page) -> None:
    finger = Finger(phone)
    image = phone.locator("#prediction_cost img")
    image.evaluate("e => e.scrollIntoView({block: 'center'})")
    box = image.bounding_box()
    assert box is not None
    top = phone.evaluate("scrollY")
    finger.swipe(box["x"] + 40, box["y"] + box["height"] - 20, across=10, down=-250)
    phone.wait_for_timeout(200)
    assert phone.evaluate("scrollY") > top
    expect(phone.get_by_label("prediction a")).to_have_value("2")


def test_handles_stand_where_the_picture_is_also_on_the_whole_screen_and_beside_another(visit: Open) -> None:
    page = visit(width=1600, height=900)
    for name in ("Full screen", "Compare"):
        page.locator("#prediction_cost").get_by_role("button", name=name, exact=True).click()
        page.wait_for_timeout(300)
        x, y = middle(handle(page))
        page.mouse.move(x, y)
        page.mouse.down()
        page.wait_for_timeout(300)
        before = int(page.get_by_label("prediction a").input_value())
        seen = page.evaluate(
            """() => { const image = document.querySelector("#prediction_cost img");
            const box = image.getBoundingClientRect(), pad = parseFloat(getComputedStyle(image).paddingLeft);
            return Math.min((box.width - 2 * pad) / 518, box.height / image.getAttribute("height")); }"""
        )
        step = seen * 96 * (5.4 - 0.8) / 5
        page.mouse.move(x + step, y)
        page.mouse.up()
        expect(page.get_by_label("prediction a")).to_have_value(str(before + 1))
        moved, _ = middle(handle(page))
        assert moved == pytest.approx(x + step, abs=0.02 * step + 2)


def test_saved_pictures_and_paper_have_no_handles(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.locator("#prediction_cost").get_by_role("button", name="Save SVG").click()
    download.value.save_as(tmp_path / "saved.svg")
    assert "metadata" not in (tmp_path / "saved.svg").read_text(encoding="utf-8")
    page.emulate_media(media="print")
    expect(handle(page)).to_be_hidden()


def test_without_a_script_there_are_no_handles(visit: Open) -> None:
    expect(visit(java_script_enabled=False).locator(".nn-handle")).to_have_count(0)


FREE = """figure => {
    const { nnExplorer } = figure;
    window.asked = [];
    const free = {
        draws() { window.asked.push(nnExplorer.controls[0].place); return true; },
        text: control => Number.isInteger(control.place) ? undefined : `at ${control.place.toFixed(2)}`,
        leave() {},
    };
    nnExplorer.free = free;
    nnExplorer.controls[0].input.step = "0.01";
}"""


def test_between_the_stops_where_something_draws_there(page: Page) -> None:
    """What a page does that runs Python: it takes the place of the frames, and a slider any place."""
    page.locator("#prediction_cost").evaluate(FREE)
    slider = page.get_by_label("prediction a")
    x, y = middle(handle(page))
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(400)
    page.mouse.move(x + 0.5 * across(page), y)
    page.mouse.up()
    assert float(slider.input_value()) == pytest.approx(2.5, abs=0.05)
    assert page.evaluate("asked.at(-1)") == pytest.approx(2.5, abs=0.05)
    expect(page.locator("#prediction_cost output").first).to_have_text(
        f"at {float(slider.input_value()):.2f}"
    )
    box = slider.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    place = float(slider.input_value())
    assert place % 1 != 0
    page.locator("#prediction_cost").evaluate(
        "figure => figure.nnExplorer.move(figure.nnExplorer.controls[0], 1)"
    )
    assert float(slider.input_value()) == place // 1 + 1
