"""A chapter's page whose cells run: what a test does with it, and what it has to print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 60_000
expect.set_options(timeout=MINUTES / 2)  # Python in a browser, on a busy machine
SKIPPED = "skip-execution"
UNFOLD = """name => {
    const cell = document.getElementById(name);
    for (const fold of cell.querySelectorAll('details')) fold.open = true;
    for (let box = cell; box; box = box.parentElement) if (box.localName === 'details') box.open = true;
}"""
RESULTS = """cell => [...cell.querySelectorAll('.cell_output')].flatMap(output =>
    [...output.querySelectorAll('.output')].map(part =>
        part.querySelector('.nn-caption > span, .nn-figure figcaption')?.textContent ??
        part.querySelector('pre')?.textContent ?? part.querySelector('img')?.alt ?? ''))"""


def cell(page: Page, name: str) -> Any:
    """A cell by its name in the notebook."""
    return page.locator(f"#cell-{name}")


def called(page: Page, name: str) -> str:
    """What the page calls a cell, once it can be edited: "cell 2"."""
    return (
        cell(page, name)
        .get_by_role("button", name="Run cell")
        .get_attribute("aria-label")
        .removeprefix("Run ")
    )


def bar(page: Page) -> Any:
    return page.get_by_role("complementary", name="Python on this page")


def start(page: Page) -> None:
    """Press the first *Run* that can be seen, and wait until Python is idle again."""
    page.locator("button.nn-run:visible").first.click()
    is_idle(page)


def is_idle(page: Page, timeout: float = 3 * MINUTES) -> None:
    expect(bar(page).get_by_role("button", name="Run all")).to_be_visible(timeout=timeout)
    expect(page.locator("[data-state=waiting], [data-state=running]")).to_have_count(0, timeout=timeout)


def run(page: Page, name: str) -> None:
    """Run a cell, folded or not, and what it needs."""
    page.evaluate(UNFOLD, f"cell-{name}")
    cell(page, name).get_by_role("button", name="Run cell").click()
    is_idle(page)


def run_all(page: Page) -> None:
    bar(page).get_by_role("button", name="Run all").click()
    is_idle(page, 40 * MINUTES)


def write(page: Page, name: str, code: str) -> None:
    """Put other code into a cell, by the keyboard."""
    editor = cell(page, name).locator(".cm-content")
    cell(page, name).scroll_into_view_if_needed()
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)


def stored_cells(chapter: str) -> list[NotebookNode]:
    """The cells that a page runs, as its notebook stores them."""
    notebook = nbformat.read(ROOT / chapter.replace(".html", ".ipynb"), as_version=4)
    code = [one for one in notebook.cells if one.cell_type == "code"]
    hidden = {SKIPPED, "remove-cell", "remove-input"}
    return [one for one in code if not hidden & set(one.metadata.get("tags", []))]


def stored_text(one: NotebookNode) -> str:
    """What a cell prints, and its figures' captions, as nbval compares them."""
    parts = [
        output.text if output.output_type == "stream" else output.data.get("text/plain", "")
        for output in one.outputs
    ]
    return plain("".join(f"{part}\n" for part in parts))


def shown_text(page: Page, name: str) -> str:
    return plain("\n".join(page.evaluate(RESULTS, cell(page, name).element_handle())))


def plain(text: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", text).strip()
