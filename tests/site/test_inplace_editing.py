"""A reader who writes into a page's cells: it runs, stays, is found again, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import nbformat
from inplace_page import ROOT, bar, called, cell, is_idle, run, shown_text, start, write
from playwright.sync_api import Page, expect

FIRST, LEARN, USES = "a80c16d2", "5615be56", "74b037b3"  # the last one uses what LEARN defines, and numpy
PAGE = "chapters/perceptron.html"

#: As if the cell had been another one when the reader changed it.
REVISE = """name => {
    const key = Object.keys(localStorage).find(key => key.startsWith('nnbook-cells'));
    const kept = JSON.parse(localStorage[key]);
    kept[name].from = 'x = 1';
    localStorage[key] = JSON.stringify(kept);
}"""

Open = Callable[..., Page]


def state(page: Page, name: str) -> str:
    return cell(page, name).locator(".nn-state").inner_text()


def test_an_edit_runs_goes_stale_below_and_is_taken_back(open_own: Open) -> None:
    page = open_own(PAGE)
    start(page)
    printed = shown_text(page, FIRST)
    run(page, USES)
    result = shown_text(page, USES)
    # LEARN was needed, and has run, and so has the cell that imports nnlib; nothing else of the page has.
    assert "ran in" in state(page, LEARN)
    assert page.locator("div.cell[data-state=ran]").count() == 4
    write(page, LEARN, "def learn(X, labels):\n    return 'mine', X.shape, np.pi")
    page.keyboard.press("Shift+Enter")
    is_idle(page)
    assert state(page, LEARN).startswith(f"{called(page, LEARN)}: changed by you, ran in")
    expect(cell(page, USES).locator(".nn-state")).to_contain_text("from before a change above")
    assert "from before" not in state(page, FIRST)
    run(page, USES)
    assert shown_text(page, USES) == "w = mine  b = (4, 2)  mistakes in each epoch: 3.141592653589793"
    assert "from before" not in state(page, USES)
    bar(page).get_by_role("button", name="Reset all").click()
    assert shown_text(page, USES) == result
    assert shown_text(page, FIRST) == printed
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('nnbook-cells'))") == []


def test_an_error_shows_the_readers_own_line_and_one_of_the_package(open_own: Open) -> None:
    page = open_own(PAGE)
    start(page)
    write(page, FIRST, "import nnlib\n\ndef mine():\n    return nnlib.gate('NOR')\n\nmine()")
    page.keyboard.press("Shift+Enter")
    said = cell(page, FIRST).locator(".nn-error")
    name = called(page, FIRST)
    expect(said).to_contain_text(f"{name.capitalize()}, line 6")
    expect(said).to_contain_text(f"{name.capitalize()}, line 4, in mine")
    expect(said).to_contain_text("… inside nnlib/data.py")
    expect(said).to_contain_text("ValueError")
    expect(cell(page, FIRST).locator(".nn-wrong")).to_have_text("    return nnlib.gate('NOR')")
    expect(bar(page)).to_contain_text("ValueError")
    # What needs a cell that fails is not run, and the reader is told which one to look at.
    cell(page, FIRST).get_by_role("button", name=f"Reset {name}").click()
    write(page, LEARN, "def learn(")
    cell(page, USES).get_by_role("button", name="Run cell").click()
    failed, asked = called(page, LEARN), called(page, USES)
    expect(bar(page)).to_contain_text(f"{failed.capitalize()} failed, so {asked} was not run: SyntaxError")
    bar(page).get_by_role("button", name=f"Show {failed}").click()
    expect(cell(page, LEARN).locator(".nn-wrong")).to_be_in_viewport()
    for code, words in {
        "%timeit 1": "Jupyter's own commands",
        "import pandas": "pandas is not among them",
        "input()": "cannot ask on this page",
    }.items():
        write(page, FIRST, code)
        page.keyboard.press("Shift+Enter")
        expect(said).to_contain_text(words)


def test_values_and_figures_are_shown_as_in_a_notebook(open_own: Open) -> None:
    page = open_own(PAGE)
    start(page)
    write(
        page,
        FIRST,
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.xlabel('epoch')\nplt.ylabel('cost')\n"
        "plt.show()\n{'a': 1}",
    )
    page.keyboard.press("Shift+Enter")
    picture = cell(page, FIRST).locator("img.nn-frame")
    expect(picture).to_have_attribute("alt", "Figure: cost against epoch")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    expect(cell(page, FIRST).locator(".text_plain")).to_have_text("{'a': 1}")
    write(
        page,
        FIRST,
        "for i in range(3):\n    print(f'\\r{i}', end='')\nawait __import__('asyncio').sleep(0.01)\n_ = 3;",
    )
    page.keyboard.press("Shift+Enter")
    expect(cell(page, FIRST).locator(".stream")).to_have_text("2")


def test_what_was_written_is_found_again_and_two_tabs_keep_both_their_cells(
    open_own: Open, own_pages: str
) -> None:
    page = open_own(PAGE)
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        start(tab)
    write(page, FIRST, "print('from one tab')")
    write(other, USES, "print('from the other')")
    page.keyboard.press("Shift+Enter")
    other.close()
    is_idle(page)
    page.reload()
    expect(bar(page)).to_contain_text("You changed 2 cells of this page.")
    is_idle(page)
    expect(bar(page)).to_contain_text("You changed 2 cells of this page.")
    cell(page, FIRST).scroll_into_view_if_needed()
    expect(cell(page, FIRST).locator(".cm-content")).to_have_text("print('from one tab')")
    cell(page, USES).scroll_into_view_if_needed()
    expect(cell(page, USES).locator(".cm-content")).to_have_text("print('from the other')")
    # A cell that the book has revised since keeps the reader's text, and says so.
    page.evaluate(REVISE, f"cell-{FIRST}")
    page.reload()
    expect(cell(page, FIRST).locator(".nn-state")).to_contain_text("the book's cell has been revised since")
    is_idle(page)
    bar(page).get_by_label("Start by itself").uncheck()
    page.reload()
    bar(page).get_by_role("button", name="Forget my changes").click()
    cell(page, FIRST).scroll_into_view_if_needed()  # an editor is made where the reader is
    expect(cell(page, FIRST).locator(".cm-content")).not_to_contain_text("from one tab")
    page.reload()
    expect(page.locator(".nn-python")).to_have_count(0)


def test_a_changed_cell_is_copied_as_it_is(open_own: Open) -> None:
    page = open_own(PAGE, permissions=["clipboard-read", "clipboard-write"])
    start(page)
    write(page, FIRST, "print('mine')")
    copy = cell(page, FIRST).locator(".copybtn")
    copy.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.evaluate("navigator.clipboard.readText()").strip() == "print('mine')"


def test_what_was_written_can_be_taken_along_as_a_notebook(open_own: Open) -> None:
    page = open_own(PAGE)
    start(page)
    write(page, FIRST, "print('mine')")
    with page.expect_download() as saved:
        bar(page).get_by_role("button", name="Save as a notebook").click()
    assert saved.value.suggested_filename == "perceptron-mine.ipynb"
    mine = nbformat.read(saved.value.path(), as_version=4)
    nbformat.validate(mine)
    stored = nbformat.read(ROOT / PAGE.replace(".html", ".ipynb"), as_version=4)
    other = {
        one.id: one.source for one in mine.cells if one.source not in [cell.source for cell in stored.cells]
    }
    assert other == {FIRST: "print('mine')"}
    assert next(one for one in mine.cells if one.id == FIRST).outputs == []
    assert len(mine.cells) == len(stored.cells)


def test_by_keyboard_alone(open_own: Open) -> None:
    page = open_own(PAGE)
    cell(page, FIRST).get_by_role("button", name="Run").focus()
    page.keyboard.press("Enter")
    is_idle(page)
    cell(page, FIRST).locator(".cm-content").focus()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.press("Enter")
    page.keyboard.type("print('typed')")
    page.keyboard.press("Shift+Enter")
    expect(cell(page, FIRST).locator(".output").last).to_contain_text("typed")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")  # leaves the editor, where Tab indents
    expect(cell(page, FIRST).locator(".copybtn")).to_be_focused()
    page.keyboard.press("Tab")
    expect(cell(page, FIRST).get_by_role("button", name="Reset cell")).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell(page, FIRST).locator(".cm-content")).not_to_contain_text("typed")
