"""The network that reads digits: trained in the page, and given what a reader draws."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from drawings import HANDS, ODD, Drawing, drawings
from ipywidgets.widgets.widget import _instances
from play_pages import (
    Open,
    caption,
    epoch,
    made,
    opened,
    pictures,
    press,
    stop_the_clock,
    unfold,
    wait_for_epoch,
    weights,
)
from playwright.sync_api import Browser, Page, expect

import nnlib
from nnlib.play.digits import DigitsRun
from nnlib.play.scripts import digits_data, digits_script, style

PRESETS = {"digits": {"data": "digits"}, "trained": {"data": "digits", "epochs": 40}}
SHIPPED = Path(nnlib.__file__).parent / "datasets" / "digit_drawings.json"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("digits"), PRESETS)


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    yield from opened(browser, folder, "digits")


@cache
def run(epochs: int = 0) -> DigitsRun:
    found = nnlib.play(data="digits", epochs=epochs).run
    assert isinstance(found, DigitsRun)
    return found


TRAIN = """() => { const {live} = document.querySelector('.nn-live');
    return live.withData(() => {
        while (live.model.epoch < 40) live.model.batch();
        live.model.measure();
        live.refresh();
    }); }"""


def trained(visit: Open, **how: object) -> Page:
    """A page whose network has learned for 40 epochs, without a wait for its pictures."""
    page = visit(**how)
    page.evaluate(TRAIN)
    return page


def draw(page: Page, drawing: Drawing) -> None:
    """With the mouse."""
    pad = page.locator(".nl-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for stroke in drawing:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=3)
        page.mouse.up()


class TestTraining:
    def test_the_page_says_what_nnlib_says(self, visit: Open) -> None:
        assert caption(visit()) == run().caption
        page = visit("trained")
        expect(page.locator("figcaption")).to_have_text(run(40).caption, timeout=40_000)
        assert caption(trained(visit)) == run(40).caption

    def test_the_digits_are_loaded_when_they_are_asked_for(self, visit: Open) -> None:
        page = visit()
        page.set_default_timeout(40_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        draw(page, HANDS[3][0])
        assert asked == []
        press(page, "Play")
        wait_for_epoch(page, 40)
        assert len(asked) == 1
        assert asked[0].endswith("play-digits-data.js")
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        assert epoch(page) == 40, "it stops where an epoch ends"
        assert np.abs(np.array(weights(page)) - run(40).net.parameters).max() < 1e-9

    def test_step_epoch_restart_other_start(self, visit: Open) -> None:
        page = visit()
        first = weights(page)
        press(page, "train on one batch")
        expect(page.locator(".nl-count small")).to_have_text("batch 1 of 45")
        press(page, "train for one epoch")
        assert "after 1 epoch, reads" in caption(page)
        press(page, "from the same first weights")
        assert weights(page) == first
        press(page, "other random first weights")
        assert weights(page) != first
        assert re.search(r"before training, reads \d+ %", caption(page))

    def test_data_that_are_not_there_are_told(self, visit: Open) -> None:
        page = visit()
        page.evaluate("""() => { const {append} = document.head;
            document.head.append = script => setTimeout(() => script.onerror()); window.append = append; }""")
        press(page, "Play")
        expect(page.get_by_role("alert")).to_contain_text("The digits could not be loaded")
        page.evaluate("() => { document.head.append = window.append; }")
        press(page, "train for one epoch")
        expect(page.locator("figcaption")).to_contain_text("after 1 epoch")

    def test_the_program_prints_what_the_page_says(self, visit: Open, tmp_path: Path) -> None:
        page = trained(visit)
        draw(page, HANDS[2][0])
        page.get_by_label("my drawing is a").select_option("7")
        press(page, "it learns from this drawing, too")
        press(page, "train for one epoch", 3)
        unfold(page)
        program = page.locator("pre").inner_text()
        (tmp_path / "it.py").write_text(program, encoding="utf-8")
        done = subprocess.run([sys.executable, tmp_path / "it.py"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        said = re.search(r"# the page: cost (\S+), right (\S+)\n# the page: read as (\d)", program)
        assert said is not None
        printed = re.search(r"cost (\S+)\nright (\S+)\nread as (\d)", done.stdout)
        assert printed is not None
        assert [*map(float, said.groups())] == [*map(float, printed.groups())]


class TestDrawing:
    @pytest.mark.parametrize("digit", [0, 2, 3, 5, 7])
    def test_by_mouse(self, visit: Open, digit: int) -> None:
        page = trained(visit)
        draw(page, HANDS[digit][0])
        assert f"Your drawing it reads as {digit}" in caption(page)
        assert f"read as {digit}" in page.locator(".nl-unseen").inner_text()
        assert page.locator(".nl-best span").inner_text() == str(digit)
        press(page, "an empty sheet")
        assert "Draw a digit" in caption(page)

    def test_by_finger(self, visit: Open) -> None:
        page = trained(visit, width=390, has_touch=True)
        page.locator(".nl-pad").scroll_into_view_if_needed()
        box = page.locator(".nl-pad").bounding_box()
        assert box is not None
        session = page.context.new_cdp_session(page)
        (stroke,) = HANDS[7][0]
        for i, (x, y) in enumerate(stroke):
            at = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
            kind = "touchMove" if i else "touchStart"
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(page.locator("figcaption")).to_contain_text("Your drawing it reads as 7")
        assert page.evaluate("scrollX") == 0

    def test_by_keys(self, visit: Open) -> None:
        page = trained(visit)
        pad = page.get_by_role("application")
        pad.focus()
        for keys in (["ArrowLeft"] * 3, ["Space"], ["ArrowRight"] * 6):
            for key in keys:
                page.keyboard.press(key)
        for _ in range(4):
            for key in ("ArrowDown", "ArrowDown", "ArrowLeft"):
                page.keyboard.press(key)
        assert "pen down" in page.locator(".nl-unseen").inner_text()
        page.keyboard.press("Enter")
        assert re.match(
            r"pen up, 4\d % across, 8\d % down. read as 7, \d+ % sure",
            page.locator(".nl-unseen").inner_text(),
        )
        page.keyboard.press("Delete")
        assert "Draw a digit" in caption(page)

    def test_a_digit_held_back_is_shown(self, visit: Open) -> None:
        page = trained(visit)
        press(page, "one that it has not learned from")
        label = run().labels[run().held_back[1]]
        assert f"This {label}, held back, it reads as" in caption(page)
        assert page.get_by_role("button", name="add to the training data").is_disabled()

    def test_a_drawing_can_be_taught(self, visit: Open) -> None:
        """A zigzag is whatever its reader says, after one lesson more."""
        page = trained(visit)
        draw(page, [[(0.2, 0.2), (0.4, 0.8), (0.5, 0.2), (0.6, 0.8), (0.8, 0.2)]])
        before = page.locator(".nl-best span").inner_text()
        label = "6" if before != "6" else "9"
        page.get_by_label("my drawing is a").select_option(label)
        press(page, "it learns from this drawing, too")
        expect(page.locator(".nl-teach > span")).to_have_text(
            "1 drawing among the digits it learns from, each 10 times"
        )
        page.set_default_timeout(40_000)
        press(page, "Play")
        wait_for_epoch(page, 80)
        expect(page.locator("figcaption")).to_contain_text(f"Your drawing it reads as {label}")
        share = re.search(r"reads (\d+) %", caption(page))
        assert share is not None
        assert int(share[1]) >= 95, "and what it knew it still knows"

    def test_a_reload_loses_nothing(self, visit: Open) -> None:
        page = visit()
        page.set_default_timeout(40_000)
        draw(page, HANDS[4][0])
        press(page, "train for one epoch", 2)
        page.get_by_label("my drawing is a").select_option("4")
        press(page, "it learns from this drawing, too")
        press(page, "train for one epoch")
        before, said = weights(page), caption(page)
        page.reload()
        wait_for_epoch(page, 3)
        expect(page.locator("figcaption")).to_have_text(said)
        assert weights(page) == before
        assert "1 drawing" in page.locator(".nl-teach > span").inner_text()

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ('"drawn":[[4,"xyz"]]', "A drawing cannot be read."),
            ('"strokes":[[[7,0]]]', "A drawing cannot be read."),
            ('"legs":[[0,1e9]]', "the number of epochs is 1000000000"),
            ('"set":3', "What was kept cannot be read."),
        ],
    )
    def test_what_was_kept_and_changed_is_a_sentence(self, visit: Open, change: str, said: str) -> None:
        kept = '{"set":[1,-1],"legs":[],"drawn":[],"strokes":[],"fit":true,"at":0}'
        name = change.split(":", 1)[0]
        changed = re.sub(rf"{name}:(\[[^\]]*\]|[^,}}]*)", lambda _: change, kept)
        page = visit(at=f"#net={quote(changed)}")
        expect(page.locator(".nl-notice")).to_contain_text(said)
        assert caption(page) == run().caption


class TestPreparing:
    """What a drawing becomes, in the form of the data."""

    def pixels(self, page: Page, some: list[Drawing], *, fit: bool = True) -> np.ndarray:
        code = "([some, fit]) => some.map(each => [...nnplay.prepared(each, fit)])"
        return np.array(page.evaluate(code, [some, fit]))

    def test_it_is_64_numbers_with_as_much_ink_as_the_data(self, visit: Open) -> None:
        found = self.pixels(visit(), [hand for hands in HANDS.values() for hand in hands])
        assert found.shape == (20, 64)
        assert found.min() == 0
        assert found.max() == 16
        ink, data = found.sum(axis=1), run().X.sum(axis=1)
        assert abs(ink.mean() - data.mean()) < 15
        assert np.all(np.abs(ink - 308) < 30)
        assert found.reshape(-1, 8, 8)[:, :, [0, 7]].sum() < 0.02 * found.sum(), "20 dots wide, in the middle"

    @pytest.mark.parametrize("odd", ["in a corner", "small"])
    def test_place_and_size_do_not_matter(self, visit: Open, odd: str) -> None:
        page = visit()
        usual, other = ([each for _, each in drawings(kind)] for kind in ("as the data are", odd))
        off = np.abs(self.pixels(page, usual) - self.pixels(page, other)).sum(axis=1)
        assert np.median(off) <= 10, "of 308 dots"

    def test_a_dot_a_dash_and_nothing(self, visit: Open) -> None:
        dot, dash, nothing = self.pixels(visit(), [[[(0.5, 0.5)]], [[(0.1, 0.5), (0.9, 0.5)]], []])
        assert nothing.sum() == 0
        assert 250 < dot.sum() < 360
        assert 250 < dash.sum() < 360

    def test_how_often_it_errs_is_what_is_said(self, visit: Open) -> None:
        """The stored measurement, made again: with the preparation, and with the drawing as it stands."""
        stored = json.loads(SHIPPED.read_text(encoding="utf-8"))["drawings"]
        page = visit()
        for odd in ODD:
            some = drawings(odd)
            labels = np.array([digit for digit, _ in some])
            for fit in (True, False):
                found = self.pixels(page, [each for _, each in some], fit=fit) / 16
                right = 100 * (run(40).net.classify(found) == labels).mean()
                assert right == pytest.approx(stored[odd]["prepared" if fit else "as it is"], abs=3), odd
        assert stored["as the data are"]["prepared"] >= 80
        assert stored["in a corner"]["as it is"] <= 30


class TestEverybody:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_axe_finds_nothing(self, visit: Open, theme: str) -> None:
        page = visit("digits", theme)
        draw(page, HANDS[8][0])
        unfold(page)
        results = Axe().run(page, options={"preload": False})
        assert results.violations_count == 0, results.generate_report()

    @pytest.mark.parametrize("width", [320, 390])
    def test_a_narrow_screen_holds_it(self, visit: Open, width: int) -> None:
        page = visit(width=width, has_touch=True)
        box = page.locator("figure.nn-live").bounding_box()
        assert box is not None
        assert box["height"] <= 2 * 844
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_every_control_is_reached_by_tab(self, visit: Open) -> None:
        page, seen = visit(), []
        draw(page, HANDS[1][0])
        page.get_by_label("how fast it trains").focus()
        for _ in range(14):
            page.keyboard.press("Tab")
            name, outline = page.evaluate(
                """() => { const e = document.activeElement;
                    const label = e.ariaLabel || e.labels?.[0]?.innerText || e.innerText;
                    const name = e === document.body ? '' : label;
                    return [name, getComputedStyle(e).outlineStyle]; }"""
            )
            if not name:
                break
            seen.append(name)
            assert outline != "none", name
        for name in ("clear", "undo", "a digit held back", "my drawing is a", "add to the training data"):
            assert name in seen, seen
        assert any(name.startswith("Draw a digit here. By keys") for name in seen)

    def test_what_is_seen_is_told(self, visit: Open) -> None:
        page = trained(visit)
        draw(page, HANDS[0][0])
        labels = [canvas.get_attribute("aria-label") or "" for canvas in page.locator("canvas").all()]
        assert any(re.match(r"ink, row by row: 0 0 \d+ ", label) for label in labels)
        assert any(
            re.match(r"\d+ of 30 neurons are active, most of all numbers \d+", label) for label in labels
        )

    def test_colours_follow_the_page_and_the_reader(self, visit: Open) -> None:
        ink = "() => document.querySelector('.nn-live').live.colours.ink"
        light, dark, forced = visit(), visit(theme="dark"), visit(forced_colors="active")
        assert light.evaluate(ink) != dark.evaluate(ink)
        assert forced.evaluate(ink) == "CanvasText"

    def test_with_reduced_motion_there_are_two_pictures_a_second(self, visit: Open) -> None:
        page = visit(reduced_motion="reduce")
        page.get_by_label("how fast it trains").select_option("1 epoch/s")
        stop_the_clock(page)
        press(page, "Play")
        page.wait_for_function("() => document.querySelector('.nn-live').live.model.data")
        assert pictures(page, 3000) == 6
        assert epoch(page) > 0

    def test_without_scripts_there_are_picture_caption_and_a_word(self, visit: Open) -> None:
        page = visit("trained", java_script_enabled=False)
        assert page.locator("figure img").evaluate("e => e.decode().then(() => e.naturalWidth)") > 0
        assert caption(page) == run(40).caption

    def test_what_it_weighs(self) -> None:
        assert len(gzip.compress(digits_data().encode())) <= 50_000
        assert len(gzip.compress((digits_script() + style()).encode())) <= 12_000

    def test_in_a_notebook_it_trains_in_its_frame(self, browser: Browser) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("NNLIB_STATIC", raising=False)
            bundle = nnlib.play(data="digits")._repr_mimebundle_()[0]
        assert set(bundle) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
        html = _instances[bundle["application/vnd.jupyter.widget-view+json"]["model_id"]].value
        page = browser.new_page(viewport={"width": 900, "height": 900})
        page.set_default_timeout(40_000)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_content("<!doctype html><body></body>")
        page.evaluate("html => (document.body.innerHTML = html)", html)
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="Play").click()
        expect(frame.locator("figcaption")).to_contain_text("after 40 epochs, reads 9", timeout=40_000)
        assert complaints == []
        page.close()
