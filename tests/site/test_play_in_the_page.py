"""Networks that train in the page: what a reader does with them, in pages of their own, opened from disk."""

from __future__ import annotations

import gzip
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
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
from playwright.sync_api import Browser, expect

import nnlib
from nnlib.play.scripts import script, style

PRESETS: dict[str, dict[str, Any]] = {
    "spiral": {},
    "trained": {"epochs": 20, "layers": [4]},
    "blobs": {"data": "blobs", "classes": 3, "layers": [4], "epochs": 5},
    "own": {"data": "own", "layers": [3]},
    "deep": {"data": "circles", "layers": [8] * 6, "activation": "relu", "init": "he", "learning_rate": 0.3},
    "goal": {"data": "circles", "layers": [4], "goal": {"right": 0.95, "neurons": 4, "epochs": 500}},
    "perceptron": {
        "rule": "perceptron",
        "own": [[-1.6, 0.4, 0], [-0.9, -1.5, 0], [0.4, 0.9, 1], [2.2, -0.3, 1]],
        "speed": 100,
    },
    "rival": {"data": "circles", "against": {"cost": "quadratic"}, "optimizer": "sgd", "epochs": 3},
    "line": {"data": "gate", "layers": [], "panels": ["cost"], "controls": ["learning_rate", "l2"]},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A light and a dark page for each preset."""
    return made(tmp_path_factory.mktemp("pages"), PRESETS)


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    """``visit("spiral", width=390)``: a page, which must end without a complaint in the console."""
    yield from opened(browser, folder, "spiral")


class TestFirst:
    @pytest.mark.parametrize("name", PRESETS)
    def test_the_page_says_what_nnlib_says(self, visit: Open, name: str) -> None:
        assert caption(visit(name)) == nnlib.play(**PRESETS[name]).run.caption

    def test_without_scripts_there_are_picture_caption_and_a_word(self, visit: Open) -> None:
        page = visit(java_script_enabled=False)
        assert page.locator("figure img").evaluate("e => e.decode().then(() => e.naturalWidth)") > 0
        assert caption(page) == nnlib.play().run.caption
        assert "needs JavaScript" in page.locator("noscript p").inner_text()

    def test_it_does_not_play_on_its_own(self, visit: Open) -> None:
        page = visit()
        page.wait_for_timeout(300)
        assert epoch(page) == 0

    def test_script_and_style_are_small(self) -> None:
        assert len(gzip.compress((script() + style()).encode())) <= 31_500


class TestTraining:
    def test_play_pause_step_epoch(self, visit: Open) -> None:
        page = visit()
        press(page, "Play")
        wait_for_epoch(page, 5)
        press(page, "Pause")
        stopped = epoch(page)
        page.wait_for_timeout(200)
        assert epoch(page) == stopped
        assert f"after {stopped} epochs" in caption(page)
        before = weights(page)
        press(page, "train on one batch")
        assert weights(page) != before
        done = epoch(page)
        assert done - stopped in (0, 1), "that batch may have been an epoch's last"
        press(page, "train for one epoch")
        assert epoch(page) == done + 1
        assert page.locator(".nl-count small").inner_text() == ""

    def test_restart_is_from_the_same_weights_and_another_start_from_others(self, visit: Open) -> None:
        page = visit()
        first = weights(page)
        press(page, "train for one epoch", 3)
        learned = weights(page)
        press(page, "from the same first weights")
        assert weights(page) == first
        assert page.locator(".nl-ghost").is_visible(), "the run before stays as a ghost"
        press(page, "train for one epoch", 3)
        assert weights(page) == learned, "the same run again"
        press(page, "other random first weights")
        assert epoch(page) == 0
        assert weights(page) != first

    @pytest.mark.parametrize("speed", ["a batch/s", "1 epoch/s", "100 epochs/s"])
    def test_trains_as_fast_as_the_reader_says(self, visit: Open, speed: str) -> None:
        page = visit()
        page.get_by_label("how fast it trains").select_option(speed)
        stop_the_clock(page)
        press(page, "Play")
        page.clock.run_for(3000)
        done, an_epoch = page.evaluate("""() => {
            const {model} = document.querySelector('.nn-live').live;
            const begun = (model.training?.at ?? 0) / model.settings.batch_size;
            return [model.epoch * model.batches + begun, model.batches];
        }""")
        a_second = {"a batch/s": 1, "1 epoch/s": an_epoch, "100 epochs/s": 100 * an_epoch}[speed]
        assert done == pytest.approx(3 * a_second, abs=1 + 0.02 * a_second)

    def test_at_full_speed_a_picture_shows_many_batches(self, visit: Open) -> None:
        page = visit()
        page.evaluate("""() => { window.pictures = 0;
            document.querySelector('.nn-live').live.timing = () => { window.pictures++; } }""")
        page.get_by_label("how fast it trains").select_option("at full speed")
        press(page, "Play")
        wait_for_epoch(page, 20)
        press(page, "Pause")
        a_picture = "document.querySelector('.nn-live').live.model.batches / window.pictures"
        assert epoch(page) * page.evaluate(a_picture) > 5

    def test_what_laterwhile_it_trains_keeps_it_training(self, visit: Open) -> None:
        page = visit()
        unfold(page)
        press(page, "train for one epoch", 2)
        page.get_by_label("learning rate η").press("ArrowRight")
        page.get_by_label("L2 strength λ").press("End")
        page.get_by_label("optimizer").select_option("gradient descent")
        page.get_by_label("batch", exact=True).press("Home")
        press(page, "train for one epoch", 2)
        assert epoch(page) == 4
        program = page.locator("pre").inner_text()
        assert "optimizer = nnlib.SGD(0.1)" in program
        assert "net.l2 = 0.1" in program
        assert "epochs=2, batch_size=1," in program

    @pytest.mark.parametrize(
        ("label", "option"),
        [("data", "moons"), ("activation", "swish"), ("cost", "quadratic"), ("first weights", "all 0.5")],
    )
    def test_what_the_network_is_begins_anew(self, visit: Open, label: str, option: str) -> None:
        page = visit()
        unfold(page)
        press(page, "train for one epoch", 2)
        page.get_by_label(label, exact=True).select_option(option)
        assert epoch(page) == 0
        press(page, "train for one epoch")
        assert "after 1 epoch" in caption(page)

    def test_layers_and_neurons_come_and_go_by_keyboard(self, visit: Open) -> None:
        page = visit()
        press(page, "a hidden layer more")
        assert "8 + 8 + 8 neurons" in caption(page)
        press(page, "layer 2: a neuron less", 3)
        assert "8 + 5 + 8 neurons" in caption(page)
        assert page.evaluate("document.activeElement.title") == "layer 2: a neuron less", "the focus stays"
        press(page, "a hidden layer less", 3)
        assert "no hidden layer" in caption(page)
        assert page.get_by_role("button", name="a hidden layer less").is_disabled()

    def test_a_rate_too_high_is_told(self, visit: Open) -> None:
        wild = {"learning_rate": 100, "optimizer": "momentum", "batch_size": 5, "layers": [8, 8, 8]}
        page = visit(at=link(wild | {"activation": "leaky_relu", "init": "normal"}))
        press(page, "Play")
        expect(page.locator("figcaption")).to_contain_text(
            "the training diverged. Try a smaller learning rate"
        )
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        press(page, "from the same first weights")
        assert "before training the cost is" in caption(page)

    def test_dead_neurons_are_told(self, visit: Open) -> None:
        page = visit("deep")
        press(page, "train for one epoch", 4)
        assert "are dead, 0 at every point learned from" in caption(page)
        assert page.locator('.nl-neuron[aria-label$=", dead"]').count() > 0

    def test_the_goal_is_told_when_it_is_reached(self, visit: Open) -> None:
        page = visit("goal")
        goal = page.locator(".nl-goal")
        assert (
            goal.inner_text()
            == "Goal: 95 % of the new points right with at most 4 hidden neurons, within 500 epochs."
        )
        page.get_by_label("how fast it trains").select_option("100 epochs/s")
        press(page, "Play")
        expect(goal).to_contain_text("Goal reached after", timeout=20000)

    def test_it_rests_off_the_screen(self, visit: Open) -> None:
        page = visit()
        page.evaluate("document.body.style.paddingBottom = '300vh'")
        press(page, "Play")
        wait_for_epoch(page, 3)
        page.evaluate("scrollTo(0, 1e6)")
        page.wait_for_timeout(300)
        rested = page.evaluate("document.querySelector('.nn-live').live.model.epoch")
        page.wait_for_timeout(400)
        assert page.evaluate("document.querySelector('.nn-live').live.model.epoch") == rested
        page.evaluate("scrollTo(0, 0)")
        wait_for_epoch(page, rested + 2)

    def test_with_reduced_motion_there_are_two_pictures_a_second(self, visit: Open) -> None:
        page = visit(reduced_motion="reduce")
        stop_the_clock(page)
        press(page, "Play")
        assert pictures(page, 3000) == 6
        assert epoch(page) > 5


class TestLooking:
    def test_neurons_are_reached_by_arrow_keys_and_their_numbers_changed(self, visit: Open) -> None:
        page = visit("trained")
        page.get_by_role("button", name="input x1").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.ariaLabel") == "neuron 2 of layer 1"
        page.keyboard.press("Enter")
        panel = page.get_by_role("region", name="the chosen neuron")
        assert panel.locator("strong").inner_text().lower() == "neuron 2 of layer 1"
        assert re.match(
            r"z = −?\d+\.\d\d x₁ [+−] \d+\.\d\d x₂ [+−] \d+\.\d\d, +a = tanh\(z\)",
            panel.locator(".nl-equation").inner_text(),
        )
        cost = caption(page)
        page.get_by_label("weight of x₁").fill("9")
        assert "z = 9.00 x₁" in panel.locator(".nl-equation").inner_text()
        assert caption(page) != cost
        page.get_by_label("weight of x₁").fill("")
        assert "z = 9.00 x₁" in panel.locator(".nl-equation").inner_text(), "no number changes nothing"
        unfold(page)
        expect(page.locator("pre")).to_contain_text("# weights that were changed by hand, after 20 epochs")

    def test_the_outputs_bias_can_be_changed_too(self, visit: Open) -> None:
        page = visit("trained")
        page.get_by_role("button", name="output", exact=True).press("Enter")
        page.get_by_label("bias").fill("-50")
        page.keyboard.press("Tab")
        assert "50 % are on the right side" in caption(page)

    def test_the_map_says_what_is_at_a_place(self, visit: Open) -> None:
        page = visit("trained")
        page.get_by_role("button", name="neuron 1 of layer 1").press("Enter")
        page.get_by_role("application").press("ArrowUp")
        assert "At (0.00, 0.1" in page.locator(".nl-neuron-panel").inner_text()

    def test_gradients_are_told(self, visit: Open) -> None:
        page = visit("trained")
        press(page, "train for one epoch")
        assert re.search(
            "layer 1 .*e[-+].*, output .*e[-+]",
            page.locator(".nl-plot canvas").nth(1).get_attribute("aria-label") or "",
        )


class TestOwnPoints:
    def test_by_click(self, visit: Open) -> None:
        page = visit("own")
        page.get_by_role("application").click(position={"x": 60, "y": 60})
        page.get_by_role("button", name="orange square").click()
        page.get_by_role("application").click(position={"x": 200, "y": 200})
        assert "of the 2 points" in caption(page)
        page.get_by_role("application").click(position={"x": 200, "y": 200})
        assert "of the 1 point," in caption(page)

    def test_by_keys_and_of_several_classes(self, visit: Open) -> None:
        page = visit("own")
        plane = page.get_by_role("application")
        for number, key in enumerate(("ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight"), 1):
            for _ in range(5):
                plane.press(key)
            plane.press(str(number))
        assert "of the 4 points" in caption(page)
        assert "given the right class" in caption(page)
        press(page, "train for one epoch", 3)
        assert "after 3 epochs" in caption(page)
        plane.press("Delete")
        assert "of the 3 points" in caption(page)

    def test_while_it_trains(self, visit: Open) -> None:
        page = visit("own")
        plane = page.get_by_role("application")
        plane.press("1")
        for _ in range(5):
            plane.press("ArrowUp")
        plane.press("2")
        press(page, "train for one epoch", 5)
        learned = weights(page)
        for _ in range(5):
            plane.press("ArrowLeft")
        plane.press("2")
        assert weights(page) == learned
        assert epoch(page) == 5

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("x1,x2,class\n0.5, 1, 1\n-1; 2; 0\n1 1 2", "3 points."),
            ("1, 2", "“1, 2” is no point: x₁, x₂ and a class from 0 to 3 are expected."),
            ("a, b, c", "“a, b, c” is no point"),
            ("1, 2, 7", "is no point"),
            ("", "There are no points"),
            ("1,1,1\n" * 1001, "1,001 lines; at most 1,000 points are expected."),
            ("300, 0, 1\n0, -600, 0", "2 points, multiplied by 0.005 to fit the map."),
        ],
    )
    def test_pasted(self, visit: Open, text: str, said: str) -> None:
        page = visit("own")
        unfold(page)
        page.get_by_label("points as lines").fill(text)
        press(page, "replace the points by these")
        assert said in page.locator(".nl-own [role=status]").inner_text()
        assert ("no point" in said or "expected" in said) == ("Click on the map" in caption(page))


class TestRival:
    def test_both_go_on_from_the_same_weights(self, visit: Open) -> None:
        page = visit("rival")
        two = """() => { const {model} = document.querySelector('.nn-live').live;
            return [model, model.rival].map(each => [...each.net.parameters.flat]); }"""
        own, other = page.evaluate(two)
        assert own != other
        press(page, "train for one epoch", 2)
        assert "A rival from the same weights, with quadratic:" in caption(page)
        legend = page.locator(".nl-legend").first.inner_text()
        assert re.search(r"cross-entropy \d+ %\s*quadratic \d+ %", legend)
        press(page, "from the same first weights")
        own, other = page.evaluate(two)
        assert own == other


class TestPerceptron:
    def test_a_point_a_step_until_an_epoch_has_no_mistake(self, visit: Open, tmp_path: Path) -> None:
        page = visit("perceptron")
        press(page, "train on one batch")
        assert weights(page) == [1.6, -0.4, -1], "the first point is a tie, and so a mistake"
        assert "1 mistake so far;" in caption(page)
        press(page, "Play")
        expect(page.locator("figcaption")).to_contain_text("0 in the last epoch; of the 4 points, 100 % are")
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        unfold(page)
        program = page.locator("pre").inner_text()
        (tmp_path / "it.py").write_text(program, encoding="utf-8")
        done = subprocess.run([sys.executable, tmp_path / "it.py"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        (shown,) = re.findall(r"# the page: (\d+) mistakes, after", program)
        assert done.stdout.split()[0] == shown

    def test_a_point_that_the_reader_puts_there_sets_it_going_again(self, visit: Open) -> None:
        page = visit("perceptron")
        press(page, "Play")
        expect(page.locator("figcaption")).to_contain_text("0 in the last epoch")
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        before = weights(page)
        plane = page.get_by_role("application")
        for _ in range(14):
            plane.press("ArrowRight")
        plane.press("2")
        assert weights(page) == before
        assert "of 5 points" not in caption(page)
        assert "its weights kept; 5 points, no bound, since it did not start at 0" in caption(page)
        press(page, "from the same first weights")
        assert weights(page) == [0, 0, 0]


def link(settings: dict[str, Any], **more: Any) -> str:
    return "#net=" + quote(json.dumps({"set": settings, **more}))


class TestKeeping:
    CHANGE = """() => { const {live} = document.querySelector('.nn-live');
        live.change('data', 'moons'); live.epoch(); live.epoch();
        live.change('learning_rate', 0.1); live.epoch(); }"""

    def test_a_reload_loses_nothing(self, visit: Open) -> None:
        page = visit()
        page.evaluate(self.CHANGE)
        before, said = weights(page), caption(page)
        page.reload()
        wait_for_epoch(page, 3)
        expect(page.locator("figcaption")).to_have_text(said)
        assert weights(page) == before
        unfold(page)
        press(page, "forget all changes")
        page.reload()
        assert caption(page) == nnlib.play().run.caption

    @pytest.mark.parametrize("how", ["run", "weights", "points"])
    def test_a_link_leads_to_the_same_state(self, visit: Open, how: str) -> None:
        page = visit("own" if how == "points" else "spiral")
        if how == "points":
            page.evaluate(
                "() => document.querySelector('.nn-live').live.replace([[1, 1, 0], [-1, 0.5, 1], [0, -2, 2]])"
            )
            press(page, "train for one epoch", 2)
        else:
            page.evaluate(self.CHANGE)
        if how == "weights":
            page.evaluate(
                """() => {
                const {live} = document.querySelector('.nn-live');
                live.model.net.W[1][0] = 3; live.edited('weights'); live.epoch(); }"""
            )
        address = page.evaluate("nnplay.keeping.link(document.querySelector('.nn-live').live)")
        other = visit("own" if how == "points" else "spiral", at="#" + address.split("#")[1])
        wait_for_epoch(other, epoch(page))
        expect(other.locator("figcaption")).to_have_text(caption(page))
        assert weights(other) == weights(page)

    def test_a_link_that_is_followed_on_the_page_is_heard(self, visit: Open) -> None:
        page = visit()
        page.evaluate("hash => (location.hash = hash)", link({"layers": [2]}))
        expect(page.locator("figcaption")).to_contain_text("2 neurons (tanh)")
        page.evaluate("hash => (location.hash = hash)", link({"layers": [20]}))
        expect(page.locator(".nl-notice")).to_contain_text("a hidden layer's size is 20")

    def test_too_many_points_for_a_link_are_told(self, visit: Open) -> None:
        page = visit("own")
        page.evaluate(
            """() => document.querySelector('.nn-live').live.replace(
                Array.from({length: 900}, (_, i) => [i / 300, -i / 300, i % 2]))"""
        )
        unfold(page)
        press(page, "a link to these settings and this moment")
        assert "too much for a link" in page.get_by_role("alert").inner_text()

    @pytest.mark.parametrize(
        ("at", "said"),
        [
            (link({"learning_rate": 1e308}), "learning_rate is 1e+308; a number from"),
            (link({"points": 1e9}), "points is 1000000000; a whole number from 4 to 1000 is expected."),
            (link({"layers": [9, 9]}), "a hidden layer's size is 9"),
            (link({"colour": "red"}), "There is no setting colour."),
            (link({"data": "spirals"}), 'data is "spirals"; one of spiral'),
            (link({"own": "x"}), "own is 1; a list of at most 1,000 points is expected."),
            (link({}, legs=[[1e9, "adam", 0.1, 10, 0]]), "the number of epochs is 1000000000"),
            (link({}, start=[3, "weights", "AAAA"]), "The weights cannot be read; 105 numbers are expected."),
            ("#net=%7Bset", "The link cannot be read"),
            ("#net=[1]", ""),
            ("#net=3", ""),
        ],
    )
    def test_a_link_that_was_changed_is_a_sentence(self, visit: Open, at: str, said: str) -> None:
        page = visit(at=at)
        assert said in page.locator(".nl-notice").inner_text()
        assert caption(page) == nnlib.play().run.caption


class TestEverybody:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("name", ["spiral", "own", "deep"])
    def test_axe_finds_nothing(self, visit: Open, theme: str, name: str) -> None:
        page = visit(name, theme)
        unfold(page)
        page.locator(".nl-neuron").nth(3).click()
        results = Axe().run(page, options={"preload": False})  # style sheets are no scripts' to fetch here
        assert results.violations_count == 0, results.generate_report()

    @pytest.mark.parametrize("name", PRESETS)
    def test_a_narrow_screen_holds_it(self, visit: Open, name: str) -> None:
        page = visit(name, width=320, has_touch=True)
        box = page.locator("figure.nn-live").bounding_box()
        assert box is not None
        assert box["height"] <= 2.1 * 844  # every neuron has the room of a finger
        unfold(page)
        page.locator(".nl-neuron").nth(2).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_every_control_is_reached_by_tab_and_shows_it(self, visit: Open) -> None:
        page = visit()
        unfold(page)
        seen = []
        for _ in range(60):
            page.keyboard.press("Tab")
            name, outline = page.evaluate(
                """() => {
                    const e = document.activeElement, label = e.ariaLabel || e.labels?.[0]?.innerText;
                    const name = e === document.body ? '' : label || e.innerText;
                    return [name, getComputedStyle(e).outlineStyle];
                }"""
            )
            if name in seen or not name:
                break
            seen.append(name)
            assert outline != "none", name
        for name in (
            "Play",
            "step",
            "data",
            "learning rate η",
            "input x1",
            "layer 1: a neuron less",
            "More settings",
            "L2 strength λ",
            "copy",
        ):
            assert name in seen, seen

    def test_while_it_plays_only_milestones_are_read_out(self, visit: Open) -> None:
        page = visit()
        page.get_by_label("how fast it trains").select_option("100 epochs/s")
        page.evaluate("""() => {
            const status = document.querySelector('.nl-unseen');
            window.told = [];
            const note = () => window.told.push(status.textContent);
            new MutationObserver(note).observe(status, {childList: true});
        }""")
        press(page, "Play")
        assert page.locator("figcaption").get_attribute("aria-live") == "off"
        wait_for_epoch(page, 40)
        press(page, "Pause")
        assert page.locator("figcaption").get_attribute("aria-live") == "polite"
        told = page.evaluate("window.told")
        assert len(told) == 1
        assert re.match(r"epoch \d+, cost \d\.\d\d", told[0])

    def test_dark_and_light_are_drawn_in_their_colours(self, visit: Open) -> None:
        ground = "() => [...document.querySelector('canvas').getContext('2d').getImageData(2, 2, 1, 1).data]"
        ink = "() => document.querySelector('.nn-live').live.colours.positive"
        light, dark = visit(), visit(theme="dark")
        assert light.evaluate(ground) == dark.evaluate(ground) == [0, 0, 0, 0]
        assert light.evaluate(ink) != dark.evaluate(ink)
        light.evaluate("document.documentElement.dataset.theme = 'dark'")
        light.wait_for_timeout(100)
        assert light.evaluate(ink) == dark.evaluate(ink)

    def test_forced_colours_are_used(self, visit: Open) -> None:
        page = visit(forced_colors="active")
        assert page.evaluate("() => document.querySelector('.nn-live').live.colours.ink") == "CanvasText"


class TestNotebook:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_the_widgets_frame_trains_and_takes_its_height(self, browser: Browser, theme: str) -> None:
        """What ipywidgets' HTML does with it, in a page that says light or dark as JupyterLab does."""
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("NNLIB_STATIC", raising=False)
            bundle = nnlib.play()._repr_mimebundle_()[0]
        html = _instances[bundle["application/vnd.jupyter.widget-view+json"]["model_id"]].value
        page = browser.new_page(viewport={"width": 900, "height": 900})
        complaints: list[str] = []
        page.on("console", lambda said: said.type in ("error", "warning") and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_content("<!doctype html><body></body>")
        page.evaluate("dark => (document.body.dataset.jpThemeLight = String(!dark))", theme == "dark")
        page.evaluate("html => (document.body.innerHTML = html)", html)
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="Play").click()
        expect(frame.locator("figcaption")).to_contain_text("epochs the cost is", timeout=15000)
        frame.get_by_role("button", name="Pause").click()
        figure, around = (where.bounding_box() for where in (frame.locator("figure"), page.locator("iframe")))
        assert figure is not None
        assert around is not None
        assert 0 <= around["height"] - figure["height"] < 12
        assert frame.locator("html").get_attribute("data-theme") == ("dark" if theme == "dark" else None)
        assert complaints == []
        page.close()


def settings(seed: int) -> dict[str, Any]:
    draw = random.Random(seed)
    return {
        "data": draw.choice(["spiral", "circles", "xor", "moons", "blobs", "gate"]),
        "classes": draw.choice([2, 3, 4]),
        "points": draw.choice([20, 40, 80, 160]),
        "noise": draw.choice([0.02, 0.1, 0.3]),
        "layers": draw.choice([[], [1], [4], [8, 8], [3, 5], [6, 6, 6]]),
        "activation": draw.choice(["tanh", "sigmoid", "relu", "leaky_relu", "prelu", "swish", "linear"]),
        "cost": draw.choice(["cross_entropy", "quadratic", "mse", "mae"]),
        "init": draw.choice(["xavier", "he", "normal", "uniform", "zeros", "equal"]),
        "optimizer": draw.choice(["sgd", "momentum", "adam"]),
        "learning_rate": draw.choice([0.003, 0.03, 0.1]),
        "batch_size": draw.choice([1, 5, 10, 20, 50, 10**9]),
        "l2": draw.choice([0, 0, 0.001]),
        "seed": draw.randrange(10**6),
    }


PROGRAM = """settings => {
    const {live} = document.querySelector('.nn-live'), {changes, epochs, by} = settings;
    Object.assign(live.settings, changes);
    live.renew();
    for (let k = 0; k < epochs; k++) live.epoch();
    const [W] = live.model.net.W.slice(1);
    const later = [['learning_rate', 0.01], ['l2', 0.01], ['batch_size', 7]];
    if (by === 'change') for (const change of later) live.change(...change);
    if (by === 'hand') { W[0] = 1.5; live.edited('weights'); }
    for (let k = 0; by && k < 5; k++) live.epoch();
    return nnplay.python(live.model);
}"""


def test_forty_programs_print_the_pages_three_digits(visit: Open, tmp_path: Path) -> None:
    page, programs = visit(), []
    for seed in range(40):
        draw = random.Random(-seed)
        how = {
            "changes": settings(seed),
            "epochs": draw.choice([1, 7, 30]),
            "by": draw.choice(["", "", "change", "hand"]),
        }
        programs.append(page.evaluate(PROGRAM, how))
    own = {
        "changes": settings(1) | {"data": "own", "own": [[1, 1, 1], [-1, -1, 0], [2, 0.5, 1]]},
        "epochs": 3,
        "by": "",
    }
    programs.append(page.evaluate(PROGRAM, own))

    def printed(number: int) -> str:
        (tmp_path / f"{number}.py").write_text(programs[number], encoding="utf-8")
        done = subprocess.run([sys.executable, tmp_path / f"{number}.py"], capture_output=True, text=True)
        assert done.returncode == 0, programs[number] + done.stderr
        return done.stdout

    with ThreadPoolExecutor(2) as pool:
        outputs = list(pool.map(printed, range(len(programs))))
    for program, output in zip(programs, outputs, strict=True):
        (shown,) = re.findall(r"# the page: cost (\S+)$", program)
        (cost,) = re.findall(r"^cost (\S+)$", output)
        assert f"{float(cost):.3g}" == f"{float(shown):.3g}", program
