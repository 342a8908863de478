"""An exercise with fields and a function: checked together, and done when all is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inplace_page import bar, is_idle, start
from playwright.sync_api import Page, expect

from nnlib.exercises import right

LABEL = "ex-gd-schedule"
PAGE = "chapters/gradient_descent.html"
COSINE = """import numpy as np
from nnlib.exercises import check


def cosine(start, epochs):
    return lambda t: start / 2 * (1 + np.cos(np.pi * t / epochs))


check.ex_gd_schedule(function=cosine)"""

Open = Callable[..., Page]


def part(page: Page, name: str) -> Any:
    return page.locator(f'[id="cell-try-{LABEL}"] {name}, form[data-exercise="{LABEL}"] {name}')


def write(page: Page, code: str) -> None:
    part(page, ".cell_input").first.scroll_into_view_if_needed()
    part(page, ".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)


def test_the_fields_and_the_function_are_checked_together(open_own: Open) -> None:
    page = open_own(PAGE)
    field, said = page.locator(f'[id="{LABEL}.rates"]'), page.locator(".nn-status")
    field.scroll_into_view_if_needed()
    answer = ", ".join(f"{value:.4g}" for value in right(LABEL, "rates"))
    field.fill(answer)
    field.press("Enter")
    # Without Python, what is left is named, and the exercise is not done.
    left = "Still to be checked, by Python in the cell below: cosine(start, epochs)."
    expect(part(page, ".nn-by-python")).to_have_text(left)
    expect(said).to_have_text(f"1 of 2 right. {left}")
    expect(part(page, ".nn-done")).to_have_text("")
    start(page)
    write(page, COSINE.replace("1 + np", "1 - np"))
    page.keyboard.press("Shift+Enter")
    is_idle(page)
    expect(part(page, ".stream")).to_contain_text("✗ cosine(start, epochs)")
    expect(part(page, ".stream")).not_to_contain_text("Nothing entered yet")  # the other part has its field
    expect(said).to_have_text("1 of 2 right.")
    expect(part(page, ".nn-by-python")).to_be_hidden()
    expect(part(page, ".nn-done")).to_have_text("")
    expect(part(page, ".cm-content")).to_be_focused()
    # The form's own button takes the function along.
    write(page, COSINE)
    part(page, ".nn-buttons button").first.click()
    expect(part(page, ".stream")).to_contain_text("✓ cosine(start, epochs)")
    expect(said).to_have_text("2 of 2 right.")
    expect(part(page, ".nn-done")).to_have_text("✓ done")
    is_idle(page)
    field.fill("1, 2, 3, 4")
    field.press("Enter")
    expect(said).to_contain_text("1 of 2 right. η in the epochs")
    is_idle(page)
    expect(field).to_be_focused()
    expect(bar(page)).to_contain_text("Python runs here.")
