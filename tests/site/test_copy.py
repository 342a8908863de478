"""What is copied: code alone, without prompts and results; formulas as TeX, in sentences that stay whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from visiting import Visit

Open = Callable[..., Visit]


@pytest.mark.parametrize("name", ["appendix/api.html", "appendix/notation.html"])
def test_what_is_copied_runs(visit: Open, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit(name, permissions=["clipboard-read", "clipboard-write"]).page
    monkeypatch.chdir(tmp_path)  # some examples write files
    names: dict[str, Any] = {}
    buttons = page.locator(".copybtn").all()
    assert buttons
    for button in buttons:
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(20)
        text = page.evaluate("navigator.clipboard.readText()")
        assert text.strip()
        code, shown = compile(text, name, "exec"), button.locator("xpath=..").inner_text()
        if "Traceback" in shown:  # an example of what is refused, in one line
            with pytest.raises((ValueError, IndexError)):
                exec(code, names)
        else:
            exec(code, names)


COPY = """([first, last]) => {
    const range = document.createRange(), data = new DataTransfer();
    range.setStartBefore(document.querySelector(first));
    range.setEndAfter(document.querySelector(last));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const event = new ClipboardEvent("copy", {clipboardData: data, bubbles: true, cancelable: true});
    document.dispatchEvent(event);
    return [event.defaultPrevented, data.getData("text/plain"), data.getData("text/html")];
}"""


def test_a_sentence_with_formulas_is_copied_whole(visit: Open) -> None:
    page = visit("chapters/gradient_descent.html").page
    sentence = "p:has(> .math):not(:has(a))"
    whole, text, html = page.evaluate(COPY, [sentence, sentence])
    assert whole
    assert "<math" in html
    assert "\n" not in text.strip(), text
    words = page.locator(sentence).first.evaluate(
        """e => { const copy = e.cloneNode(true);
        for (const one of copy.querySelectorAll('math')) one.replaceWith(`$${one.dataset.tex}$`);
        return copy.textContent; }"""
    )
    assert text.split() == words.split()
    assert text.count("$") == 2 * page.locator(sentence).first.locator("math").count()


def test_a_part_of_a_displayed_formula_is_copied_as_all_of_it(visit: Open) -> None:
    page = visit("chapters/gradient_descent.html").page
    formula = page.locator("div.math math").first
    copied = page.evaluate(COPY, ["div.math math mi", "div.math math mi"])[1]
    assert copied.split() == f"$${formula.get_attribute('data-tex')}$$".split()


def test_text_without_formulas_is_copied_by_the_browser(visit: Open) -> None:
    assert visit("chapters/gradient_descent.html").page.evaluate(COPY, ["h1", "h1"])[0] is False
