"""The button that copies a cell or an example: code alone, without prompts and results."""

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
