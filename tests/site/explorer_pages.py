"""Pages with explorers of their own, opened from disk, in the theme's light and dark."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import explore_draws
import pytest
from nnbook import explorers
from playwright.sync_api import Browser, CDPSession, Page
from visiting import ROOT

from nnlib.explore import Explorer, Shown, explore, show, static
from nnlib.explore.drawing import Frame, draw_frame
from nnlib.figures.style import narrow

THEMES = {
    "pydata_sphinx_theme": ("theme.css", "pydata-sphinx-theme.css"),
    "sphinx_book_theme": ("sphinx-book-theme.css",),
}
START = {"epoch": 0, "activation": "tanh", "bias": 0.5, "noise": False}

Open = Callable[..., Page]


def frame(phone: bool = False, **values: Any) -> Frame:
    """The first of the usual explorers at these values, as Python draws it, for a page or for a phone."""
    with narrow(phone):
        return draw_frame(explore_draws.curve, START | values)


def frame_for_a_phone(**values: Any) -> Frame:
    return frame(phone=True, **values)


def usual() -> list[Explorer | Shown]:
    """An explorer with every kind of control, a second one, and a fixed figure."""
    return [
        explore(
            explore_draws.curve,
            default={"activation": "tanh", "bias": 0.5},
            epoch=[0, 1, 2, 3],
            activation=["relu", "tanh"],
            bias=[-1.0, 0.5, 3.0],
            noise=[False, True],
        ),
        explore(explore_draws.twins, side=["left", "right"]),
        show(explore_draws.descent, learning_rate=0.1),
    ]


def write_pages(folder: Path, shown: Sequence[Explorer | Shown], between: str = "") -> None:
    """``light.html`` and ``dark.html`` with these figures, each id as if the page had a kernel of its own."""
    links = []
    for package, names in THEMES.items():
        styles = files(package) / "theme" / package / "static" / "styles"
        for name in names:
            shutil.copy(str(styles / name), folder / name)
            links.append(name)
    shutil.copy(ROOT / "_static" / "book.css", folder)
    (folder / "explorer.css").write_text(explorers.style(), encoding="utf-8")
    (folder / "explorer.js").write_text(explorers.script(), encoding="utf-8")
    head = "".join(f'<link rel="stylesheet" href="{name}">' for name in [*links, "book.css", "explorer.css"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NNLIB_STATIC", "1")
        patch.delenv("NNLIB_FRAME_CACHE", raising=False)
        patch.setattr(static, "_names", Counter())
        figures = [one._repr_mimebundle_()[0]["text/html"] for one in shown]
    cells = [f'<div class="cell_output"><div class="text_html">{html}</div></div>' for html in figures]
    for theme in ("light", "dark"):
        (folder / f"{theme}.html").write_text(
            f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
            "<title>Test</title>"
            f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}'
            '<script defer src="explorer.js"></script></head><body><main class="bd-content" '
            'style="display: block; max-width: 46rem; margin: 0 auto; padding: 1rem"><h1>Test</h1>'
            f'{between.join(cells)}<p id="after" style="margin-bottom: 120rem">After the figures.</p></main>'
            "</body></html>",
            encoding="utf-8",
        )


PHONE = {"width": 390, "height": 700, "has_touch": True, "is_mobile": True}


@contextmanager
def visitor(browser: Browser, folder: Path) -> Iterator[Open]:
    """``visit("dark", width=390)`` opens a page, ready to be used, that must raise no error until the end."""
    contexts, errors = [], []

    def visit(
        name: str = "light", width: int = 1280, height: int = 900, at: str = "", **options: Any
    ) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((folder / f"{name}.html").as_uri() + at)
        if options.get("java_script_enabled", True):
            page.wait_for_function("() => !document.querySelector('.nn-explorer:not(.nn-ready)')")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert errors == []


class Finger:
    """Real touches, as the browser gets them from a screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        touches: list[Any] = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def swipe(self, x: float, y: float, across: float, down: float, steps: int = 8) -> None:
        self._send("touchStart", (x, y))
        for step in range(1, steps + 1):
            self._send("touchMove", (x + across * step / steps, y + down * step / steps))
            self.page.wait_for_timeout(16)
        self._send("touchEnd")
        self.page.wait_for_timeout(30)
