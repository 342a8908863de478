"""A page's cells in Firefox and in WebKit: they start, are changed, draw, move a figure, and stop."""

from __future__ import annotations

import os
from typing import Any

import pytest
from engines import READY, Engine

pytestmark = pytest.mark.skipif(
    not os.environ.get("NNLIB_TEST_BROWSERS"), reason="make test-browsers runs it"
)

PAGE, FIRST = "chapters/perceptron.html", "cell-a80c16d2"
PATIENCE = 90  # seconds, for an engine that compiles Python on a busy machine
PICTURE = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);"
ENDLESS = "count = 0\nwhile True:\n    count += 1"

RUN = "id => document.getElementById(id).querySelector('button.nn-run').click()"
#: What the bar says once nothing runs any more, or after so many seconds.
IDLE = """async seconds => {
    const bar = () => document.querySelector(".nn-python");
    const offered = () => [...(bar()?.querySelectorAll("button") ?? [])].map(each => each.textContent);
    const busy = () => document.querySelector("[data-state=waiting], [data-state=running]");
    const idle = () => offered().includes("Run all") && !busy();
    for (let tries = 0; !idle() && tries < 10 * seconds; tries++) await new Promise(r => setTimeout(r, 100));
    return [idle(), bar()?.querySelector("p").textContent ?? ""];
}"""
#: The text of a cell's editor, which is made once the cell is near, is selected: what comes takes its place.
WRITE = """async (id, code) => {
    const cell = document.getElementById(id);
    const editor = () => cell.querySelector(".cm-content");
    cell.scrollIntoView({block: "center"});
    for (let tries = 0; !editor() && tries < 100; tries++) await new Promise(r => setTimeout(r, 100));
    editor().focus();
    document.execCommand("selectAll");
    document.execCommand("insertText", false, code);
}"""
PRINTED = """async id => {
    const output = document.getElementById(id).querySelector(".cell_output");
    const image = output.querySelector("img.nn-frame");
    await image?.decode();
    return [output.querySelector("pre")?.textContent.trim() ?? "", image?.naturalWidth ?? 0];
}"""
STOP = """() => [...document.querySelectorAll(".nn-python button")]
    .find(each => each.textContent === "Stop").click()"""
#: The first figure's last slider takes a value between two stops.
MOVE = """async value => {
    const figure = document.querySelector("figure.nn-explorer");
    const tell = (target, type) => target.dispatchEvent(new Event(type, {bubbles: true}));
    tell(figure.querySelector(".nn-controls"), "focusin");
    const until = async met => {
        for (let i = 0; !met() && i < 600; i++) await new Promise(r => setTimeout(r, 100));
    };
    await until(() => figure.querySelector(".nn-any"));
    const field = [...figure.querySelectorAll(".nn-any")].at(-1);
    field.value = value;
    tell(field, "change");
    const caption = figure.querySelector(".nn-caption > span");
    const seen = new RegExp(String(value).replace("-", "−"));
    await until(() => seen.test(caption.textContent));
    return caption.textContent;
}"""


def idle(engine: Engine) -> str:
    done, said = engine.run(IDLE, PATIENCE)
    assert done, said
    return str(said)


def enter(engine: Engine, code: str) -> None:
    engine.run(WRITE, FIRST, code)
    engine.press("Shift+Enter", 1)


def printed(engine: Engine) -> Any:
    return engine.run(PRINTED, FIRST)


def test_cells_run_where_they_stand(engine: Engine, own_pages: str) -> None:
    engine.widen(1280)
    engine.open(f"{own_pages}/{PAGE}")
    engine.run(READY)
    engine.run(RUN, FIRST)
    assert idle(engine).startswith("Python runs here.")
    enter(engine, "print('from', 6 * 7)")
    idle(engine)
    assert printed(engine) == ["from 42", 0]
    enter(engine, PICTURE)
    idle(engine)
    assert printed(engine)[1] > 100
    assert "b = −0.6" in engine.run(MOVE, -0.6)
    idle(engine)
    enter(engine, ENDLESS)
    engine.run("() => new Promise(r => setTimeout(r, 1500))")
    engine.run(STOP)
    assert "was stopped. All variables are kept." in idle(engine)
    enter(engine, "print(count > 0)")
    idle(engine)
    assert printed(engine) == ["True", 0]
    assert engine.errors() == []
