"""The tools of an explorer: the whole screen, two pictures side by side, pictures to keep."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from explorer_pages import Open, frame, frame_for_a_phone, usual, visitor, write_pages
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

PROJECTOR = {"width": 1920, "height": 1080}
DRAWN = "e => fetch(e.src).then(answer => answer.text())"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("tools")
    write_pages(folder, usual())
    return folder


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    with visitor(browser, folder) as visit:
        yield visit


def first(page: Page) -> Locator:
    return page.locator("#curve")


def use(page: Page, name: str) -> None:
    first(page).get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_the_whole_screen_the_picture_takes_most_of_a_projector(visit: Open, theme: str) -> None:
    page = visit(theme, **PROJECTOR)
    before = first(page).locator("img").bounding_box()
    use(page, "Full screen")
    page.wait_for_function("() => document.fullscreenElement?.id === 'curve'")
    box = first(page).locator("img").bounding_box()
    assert box is not None
    # Of the picture itself: the image's box is wider than what is drawn in it.
    drawn = min(box["height"], box["width"] * 307 / 518)
    assert drawn >= 0.8 * 1080
    assert box["y"] + box["height"] <= 1080
    for part in ("fieldset", "figcaption", ".nn-tools"):
        there = first(page).locator(part).bounding_box()
        assert there is not None
        assert there["y"] + there["height"] <= 1080
        assert there["y"] + there["height"] <= box["y"] or there["y"] >= box["y"] + box["height"]
    page.get_by_label("epoch", exact=True).press("End")
    expect(first(page).locator("figcaption")).to_have_text(frame(epoch=3).caption)
    use(page, "Leave full screen")
    page.wait_for_function("() => !document.fullscreenElement")
    assert first(page).locator("img").bounding_box() == before


@pytest.mark.parametrize("width", [1280, 390])
def test_compare_keeps_this_picture_beside_the_next_one(visit: Open, width: int) -> None:
    page = visit(width=width)
    page.get_by_label("epoch", exact=True).press("ArrowRight")
    use(page, "Compare")
    expect(first(page).get_by_role("button", name="Compare")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("epoch", exact=True).press("End")
    expect(first(page).locator("figcaption")).to_have_text(frame(epoch=3).caption)
    drawn = frame if width > 480 else frame_for_a_phone
    kept, moved = first(page).locator(".nn-kept img"), first(page).locator("> picture > img")
    assert kept.evaluate(DRAWN) == drawn(epoch=1).svg
    assert moved.evaluate(DRAWN) == drawn(epoch=3).svg
    words = first(page).get_by_role("group", name="Kept for comparison").inner_text()
    assert words == f"Kept: epoch 1, activation tanh, bias b 0.5, noise off. {frame(epoch=1).caption}"
    a, b = kept.bounding_box(), moved.bounding_box()
    assert a is not None
    assert b is not None
    if width > 600:
        assert abs(a["y"] - b["y"]) < 16
        assert a["x"] + a["width"] <= b["x"] + 1
    else:
        assert a["y"] >= b["y"] + b["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert Axe().run(page).violations_count == 0
    use(page, "Compare")
    expect(first(page).locator("img")).to_have_count(1)
    expect(first(page).get_by_role("button", name="Compare")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("times", [2, 3])
def test_compare_is_on_or_off_however_quickly_it_is_pressed(visit: Open, times: int) -> None:
    page = visit()
    page.evaluate(
        """times => { // a picture comes later than a second press
            const explorer = nnexplore.explorers[0], {current} = explorer;
            explorer.current = async () => {
                await new Promise(resume => setTimeout(resume, 300));
                return current.call(explorer); };
            const buttons = [...document.querySelectorAll("button")];
            for (let i = 0; i < times; i++) buttons.find(one => one.innerText === "Compare").click(); }""",
        times,
    )
    page.wait_for_timeout(800)
    expect(first(page).locator(".nn-kept")).to_have_count(times % 2)
    pressed = first(page).get_by_role("button", name="Compare")
    expect(pressed).to_have_attribute("aria-pressed", ["false", "true"][times % 2])
    if times % 2:
        pressed.click()
        expect(first(page).locator(".nn-kept")).to_have_count(0)


def test_a_picture_is_kept_before_anything_was_moved_and_on_the_whole_screen(visit: Open) -> None:
    page = visit("dark", **PROJECTOR)
    use(page, "Full screen")
    use(page, "Compare")
    page.get_by_label("noise").press("Space")
    boxes = [one.bounding_box() for one in first(page).locator("img").all()]
    assert [box["width"] if box else 0 for box in boxes] == pytest.approx([960, 960], abs=4)
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["height"] == pytest.approx(boxes[1]["height"], abs=4)


def saved(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download() as download:
        use(page, f"Save {kind}")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_saves_the_picture_with_caption_and_source(visit: Open, tmp_path: Path, theme: str) -> None:
    page = visit(theme)
    page.get_by_label("noise").press("Space")
    page.get_by_label("bias").press("ArrowLeft")
    expected = frame(bias=-1.0, noise=True)
    expect(first(page).locator("figcaption")).to_have_text(expected.caption)
    path = saved(page, "SVG", tmp_path)
    assert path.name == "curve_epoch-0_activation-tanh_bias--1.0_noise-true.svg"
    expect(page.locator(".nn-note:visible")).to_have_text(f"Saved as {path.name}.")
    root = ET.parse(path).getroot()
    space = "{http://www.w3.org/2000/svg}"
    words = [element.text or "" for element in root.iterfind(f"{space}g/{space}text")]
    assert " ".join(words[:-1]) == expected.caption
    assert words[-1] == "Test", "the page's title; a page from disk has no address for others"
    inner = root.find(f"{space}svg")
    assert inner is not None
    paths = [path.get("d") for path in inner.iter(f"{space}path")]
    assert paths == [path.get("d") for path in ET.fromstring(expected.svg).iter(f"{space}path")]

    picture = Image.open(saved(page, "PNG", tmp_path)).convert("RGB")
    assert picture.width == 3 * 518 + 1
    assert picture.height > 3 * 307 + 100
    assert picture.getpixel((2, 2)) == picture.getpixel((2, picture.height - 3)) == (255, 255, 255)
    colours = picture.crop((0, 3 * 307, picture.width, picture.height)).getcolors(1 << 16)
    assert colours is not None
    assert min(sum(colour) for _, colour in colours if isinstance(colour, tuple)) < 200, "ink of the caption"


def test_tools_are_not_there_without_a_script_or_on_paper(visit: Open) -> None:
    page = visit()
    page.wait_for_selector(".nn-tools")
    page.emulate_media(media="print")
    expect(page.locator(".nn-tools").first).to_be_hidden()
    expect(visit(java_script_enabled=False).locator(".nn-tools")).to_have_count(0)
