"""The book in Firefox and in WebKit: formulas, pictures, width, and every control of every explorer."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any

import play_golden
import pytest
from engines import READY, Engine
from typed_answers import JUDGE, apart, in_python
from visiting import served

from nnlib.exercises import exercises_of
from nnlib.exercises.words import WORDS
from nnlib.figures.style import NARROW

pytestmark = pytest.mark.skipif(
    not os.environ.get("NNLIB_TEST_BROWSERS"), reason="make test-browsers runs it"
)

# A picture that waits to come into view is refused by Firefox, and by WebKit never decoded.
SEEN = """async () => [...document.images].forEach(image => { image.loading = "eager" }) ?? ({
    formulas: document.querySelectorAll(".math").length,
    typeset: document.querySelectorAll("math").length,
    wrong: document.querySelectorAll("merror, .temml-error").length,
    fonts: [...document.fonts].filter(font => font.status === "error").map(font => font.family),
    pictures: (await Promise.allSettled([...document.images].map(image => image.decode())))
        .filter(decoded => decoded.status === "rejected").map(decoded => String(decoded.reason)),
    loaded: performance.getEntriesByType("resource").map(entry => entry.name),
})"""

# A window takes its new width when its system gets to it.
WIDTH = """async width => {
    for (let i = 0; innerWidth > width && i < 100; i++) await new Promise(r => setTimeout(r, 100));
    return [document.documentElement.scrollWidth, document.documentElement.clientWidth];
}"""

CONTROLS = (
    """() => [...document.querySelectorAll(".nn-explorer :is(input, select)")].map(control => control.id)"""
)

# Watches a figure from now on; answers with the key that moves its control on, and how often it can.
FOCUS = """id => {
    const control = document.getElementById(id);
    const figure = control.closest("figure");
    const image = figure.querySelector("img");
    window.shown = {picture: new Set(), caption: new Set()};
    const look = () => {
        shown.picture.add(image.src);
        shown.caption.add(figure.querySelector("figcaption > span").textContent);
    };
    look();
    new MutationObserver(look).observe(figure, {subtree: true, childList: true, attributes: true});
    control.focus();
    if (control.type === "checkbox") return [" ", 1];
    const range = control.type === "range";
    const [at, last] = range ? [+control.value, +control.max] : [control.selectedIndex, control.length - 1];
    const [less, more] = range ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    return at < last ? [more, last - at] : [less, at];
}"""

# What was seen on the way; then the control goes back to where it stood.
MOVED = """async id => {
    const control = document.getElementById(id);
    const image = control.closest("figure").querySelector("img");
    const {picture, caption} = window.shown;
    const stays = () => Math.min(picture.size, caption.size) < 2;
    for (let i = 0; stays() && i < 100; i++) await new Promise(r => setTimeout(r, 100));
    await image.decode();
    if (control.type === "checkbox") control.checked = control.defaultChecked;
    else if (control.type === "range") control.value = control.defaultValue;
    else control.selectedIndex = [...control.options].findIndex(option => option.defaultSelected);
    control.dispatchEvent(new Event("input", {bubbles: true}));
    return [picture.size, caption.size];
}"""


# What stands at a field, and what is announced.
SAID = """async id => {
    await new Promise(r => setTimeout(r, 500));
    return [`[id="${id}.said"]`, ".nn-status"].map(place => document.querySelector(place).textContent);
}"""


def test_is_seen_and_moved_as_in_chromium(engine: Engine, address: str, page_name: str) -> None:
    engine.widen(1280)
    engine.open(f"{address}/{page_name}")
    engine.run(READY)
    seen: dict[str, Any] = engine.run(SEEN)
    assert seen["typeset"] >= seen["formulas"]
    assert seen["wrong"] == 0
    assert seen["fonts"] == []
    assert seen["pictures"] == []
    assert [url for url in seen["loaded"] if not url.startswith((f"{address}/", "data:", "blob:"))] == []
    for control in engine.run(CONTROLS):
        engine.press(*engine.run(FOCUS, control))
        assert min(engine.run(MOVED, control)) > 1, f"{control}: picture or caption stay"
    for width in (1280, engine.narrowest):
        engine.widen(width)
        needed, there = engine.run(WIDTH, width)
        assert needed <= there <= width
    assert engine.errors() == []


#: A phone on the desk: a window is not so narrow everywhere, a frame is.
PHONE = '<!doctype html><title>a phone</title><iframe src="book/{}" width="390" height="844"></iframe>'
#: The widths of a page's pictures, in points as drawn and in pixels as shown; then of the first, moved.
PICTURES = """async () => {
    const frame = document.querySelector("iframe");
    const until = async what => {
        for (let i = 0; !what() && i < 300; i++) await new Promise(r => setTimeout(r, 100));
        return what();
    };
    const explorer = () => frame.contentDocument.querySelector(".nn-explorer");
    await until(() => explorer() && !explorer().querySelector("fieldset:disabled"));
    const source = async image => (await fetch(image.currentSrc)).text();
    const points = async image => +/viewBox="0 0 ([\\d.]+)/.exec(await source(image))[1];
    const images = [...frame.contentDocument.querySelectorAll("img.nn-frame")];
    const drawn = [];
    for (const image of images) {
        image.loading = "eager";
        await image.decode();
        drawn.push([await points(image), image.width]);
    }
    const image = explorer().querySelector("img"), before = image.currentSrc;
    const control = explorer().querySelector("input[type=range]");
    control.value = control.value === control.max ? control.min : control.max;
    control.dispatchEvent(new frame.contentWindow.Event("input", {bubbles: true}));
    const moved = await until(() => image.complete && image.currentSrc !== before);
    await image.decode();
    return [frame.contentWindow.innerWidth, drawn, moved, await points(image)];
}"""


def test_a_phone_is_shown_its_own_pictures(engine: Engine, site: Path, tmp_path: Path) -> None:
    (tmp_path / "book").symlink_to(site)
    (tmp_path / "phone.html").write_text(PHONE.format("chapters/gradient_descent.html"), encoding="utf-8")
    with served(tmp_path) as address:
        engine.widen(1280)
        engine.open(f"{address}/phone.html")
        width, drawn, moved, after = engine.run(PICTURES)
    assert width == 390
    assert len(drawn) > 5
    assert {points for points, _ in drawn} == {72 * NARROW}, drawn
    assert all(286 <= shown <= 390 for _, shown in drawn), drawn
    assert moved
    assert after == 72 * NARROW


@pytest.mark.parametrize("name", ["gradient_descent", "cost_functions"])
def test_exercises_answer_as_in_python(engine: Engine, address: str, name: str) -> None:
    engine.widen(1280)
    engine.open(f"{address}/chapters/{name}.html")
    engine.run(READY)
    asked, python = in_python(exercises_of(name))
    assert apart(asked, engine.run(JUDGE, WORDS, asked), python) == []


def test_an_exercise_is_answered_by_keyboard(engine: Engine, address: str) -> None:
    engine.widen(1280)
    engine.open(f"{address}/chapters/gradient_descent.html")
    engine.run(READY)
    field = "ex-gd-three-steps.largest"
    engine.run("id => document.getElementById(id).focus()", field)
    engine.press("2", 1)
    engine.press("Enter", 1)
    said = engine.run(SAID, field)
    assert said[0] == said[1].partition(": ")[2]
    assert said[0].startswith("The limit is 2 divided by the curvature")
    assert engine.errors() == []


# SpiderMonkey's and JavaScriptCore's mathematics, beside V8's in tests/test_play_engine.py.
PARITY = """(sources, parity, golden) => {
    for (const source of [...sources, parity]) (0, eval)(source);
    return window.parity(window.nnplay, golden);
}"""


def test_trains_as_nnlib_does(engine: Engine, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="training diverged")
        golden = play_golden.golden()
    parity = (play_golden.HERE / "play_parity.js").read_text(encoding="utf-8")
    (tmp_path / "blank.html").write_text("<!doctype html><title>without a policy</title>", encoding="utf-8")
    with served(tmp_path) as address:  # the book's pages allow no eval
        engine.open(f"{address}/blank.html")
        report = engine.run(PARITY, play_golden.sources(), parity, golden)
    assert report["bits"] == 0
    assert report["normal"] <= 1e-12
    assert max(report["small"], report["cost"], report["data"], report["start"]) <= 1e-10
    assert max(report["one"].values()) <= 1e-10
    for name, found in report["free"].items():
        own = 1e-15
        for epoch, far in found.items():
            own = max(own, golden["own"][name][int(epoch)])
            assert far <= 10 * own, (name, epoch)
