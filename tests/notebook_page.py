"""A notebook open in JupyterLab or JupyterLite: cells are run, explorers moved, networks trained."""

from __future__ import annotations

from playwright.sync_api import Page, expect

MINUTES = 60_000  # ms; a chapter is ready to run in 15 s on an idle machine, in minutes on a busy one
#: The figure of nnlib.play in a notebook.
FRAME = 'iframe[title="A network that trains"]'
LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

# What the notebook's cells are doing, asked of the application itself.
STATE = """() => {
    const cells = jupyterapp.shell.currentWidget.content.widgets
        .filter(cell => cell.model.type === "code" && cell.model.sharedModel.source.trim());
    const outputs = cells.flatMap(cell => cell.model.outputs.toJSON());
    return {
        cells: cells.length,
        done: cells.filter(cell => cell.model.executionState === "idle" && cell.model.executionCount).length,
        errors: outputs.filter(output => output.output_type === "error")
            .map(output => `${output.ename}: ${output.evalue}`),
        explorers: outputs.filter(output =>
            output.data && "application/vnd.jupyter.widget-view+json" in output.data).length,
    };
}"""


def all_cells_have_run(page: Page) -> None:
    """Wait for it, as long as one cell after the other is done; none failed, and there is an explorer."""
    state = page.evaluate(STATE)
    while state["done"] < state["cells"] and not state["errors"]:
        moved = f"done => {{ const s = ({STATE})(); return s.done !== done || s.errors.length }}"
        page.wait_for_function(moved, arg=state["done"], timeout=15 * MINUTES)
        state = page.evaluate(STATE)
    assert state["errors"] == []
    assert state["explorers"] > 0


def move_a_slider(page: Page) -> None:
    """Move the first explorer that has a slider, with the keyboard; its picture and its caption change."""
    explorer = page.locator(".jp-OutputArea-output", has=page.locator(".noUi-handle")).first
    explorer.scroll_into_view_if_needed()
    image, handle = explorer.locator("img").first, explorer.locator(".noUi-handle").first
    caption = explorer.locator("p").last
    before, said = image.get_attribute("src"), caption.text_content()
    assert before
    assert said
    handle.focus()
    at_the_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    handle.press("Home" if at_the_end else "End")
    expect(image).not_to_have_attribute("src", before, timeout=MINUTES)
    expect(caption).not_to_have_text(said)


def trains(page: Page) -> None:
    """The first network that trains goes on by a press, and says so."""
    page.locator(FRAME).first.scroll_into_view_if_needed()
    frame = page.frame_locator(FRAME).first
    caption = frame.locator("figcaption").first
    before = caption.text_content()
    frame.get_by_role("button", name="Play", exact=True).click()
    caption.scroll_into_view_if_needed()  # out of sight, it rests
    expect(caption).not_to_have_text(before or "", timeout=MINUTES)
    # One that reads digits may have stopped by itself.
    frame.locator(".nl-play").first.evaluate("each => each.classList.contains('nl-playing') && each.click()")
