"""Pages of their own for figures of ``nnlib.play``, opened from disk, and what tests do on them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from nnbook import explorers
from playwright.sync_api import Browser, BrowserContext, Page
from visiting import ROOT, UNFOLD

import nnlib
from nnlib.play.scripts import digits_data, digits_script, script, style

THEMES = {
    "pydata_sphinx_theme": ("theme.css", "pydata-sphinx-theme.css"),
    "sphinx_book_theme": ("sphinx-book-theme.css",),
}
# The strictest policy under which a page from disk may load its own files.
POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data:"

Open = Callable[..., Page]


def made(folder: Path, presets: Mapping[str, dict[str, Any]]) -> Path:
    """A light and a dark page for each preset."""
    links = []
    for package, names in THEMES.items():
        styles = files(package) / "theme" / package / "static" / "styles"
        for name in names:
            # Without what it would load besides: fonts and another style sheet.
            text = (styles / name).read_text(encoding="utf-8")
            (folder / name).write_text(
                re.sub(r"@font-face\s*{[^}]*}|@import[^;]*;", "", text), encoding="utf-8"
            )
            links.append(name)
    shutil.copy(ROOT / "_static" / "book.css", folder)
    (folder / "explorer.css").write_text(explorers.style(), encoding="utf-8")
    scripts = {"play.js": script(), "play-digits.js": digits_script(), "play-digits-data.js": digits_data()}
    for name, text in {**scripts, "play.css": style()}.items():
        (folder / name).write_text(text, encoding="utf-8")
    names = [*links, "book.css", "explorer.css", "play.css"]
    head = "".join(f'<link rel="stylesheet" href="{name}">' for name in names)
    for name, preset in presets.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NNLIB_STATIC", "1")
            html = nnlib.play(**preset)._repr_mimebundle_()[0]["text/html"]
        html = re.sub(r'id="nn-live-\d+"', 'id="net"', html)
        more = '<script defer src="play-digits.js"></script>' if 'data-kind="digits"' in html else ""
        for theme in ("light", "dark"):
            (folder / f"{name}-{theme}.html").write_text(
                f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8"><title>Test'
                f'</title><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
                f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}'
                f'<link rel="icon" href="data:,"><script defer src="play.js"></script>{more}</head><body>'
                '<main class="bd-content"><article class="bd-article bd-article-container"><h1>Test</h1>'
                f'<div class="cell_output"><div class="text_html">{html}</div></div></article></main>'
                "</body></html>",
                encoding="utf-8",
            )
    return folder


def opened(browser: Browser, folder: Path, usual: str) -> Iterator[Open]:
    """A function that opens a page of the folder, which must end without a complaint in the console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        name: str = usual, theme: str = "light", width: int = 1280, at: str = "", **more: Any
    ) -> Page:
        height = 900 if width > 600 else 844
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **more))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: said.type in ("error", "warning") and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(f"{error}\n{error.stack}"))
        page.on(
            "request",
            lambda request: request.url.startswith(("file:", "data:")) or complaints.append(request.url),
        )
        page.goto((folder / f"{name}-{theme}.html").as_uri() + at)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def caption(page: Page) -> str:
    return page.locator("figcaption").inner_text()


def epoch(page: Page) -> int:
    return int(page.locator(".nl-count > span").inner_text().removeprefix("epoch ").replace(",", ""))


def weights(page: Page) -> list[float]:
    return page.evaluate("() => [...document.querySelector('.nn-live').live.model.net.parameters.flat]")


def stop_the_clock(page: Page) -> None:
    """From here the page's time passes by ``page.clock.run_for`` alone, however busy the machine is."""
    page.clock.install(time=0)
    page.clock.pause_at(1)


def pictures(page: Page, milliseconds: int) -> int:
    """How many pictures a figure that trains shows in that time of the page."""
    page.evaluate("""() => { window.pictures = 0; const {live} = document.querySelector('.nn-live');
        const paint = live.paint.bind(live); live.paint = () => { window.pictures++; paint(); } }""")
    page.clock.run_for(milliseconds)
    return page.evaluate("window.pictures")


def press(page: Page, name: str, times: int = 1) -> None:
    for _ in range(times):
        page.locator(f'button:is([title="{name}"], :text-is("{name}"), :has(> :text-is("{name}")))').press(
            "Enter"
        )


def wait_for_epoch(page: Page, least: int) -> None:
    page.wait_for_function(f"() => document.querySelector('.nn-live').live.model.epoch >= {least}")


def unfold(page: Page) -> None:
    page.evaluate(UNFOLD)
