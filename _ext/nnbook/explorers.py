"""The explorers' scripts and style sheets, each joined to one file, on the pages that have such a figure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from . import assets

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "_static" / "explorer"
SLIDER = ROOT / "nnlib" / "play" / "static" / "slider.js"  # under a finger it is the same there and here
#: Each after those that it needs.
SCRIPTS = (
    *("frames", "controls", "explorer"),
    *("sliding", "moving", "playing", "drag"),
    *("tools", "link", "compare", "save", "full"),
    "start",
)
STYLES = ("look", "controls", "switches", "drag", "tools", "wide")
EXPLORER = 'class="nn-explorer"'
MARK = re.compile('class="nn-(explorer|figure|live)"')  # what shares their look


def setup(app: Sphinx) -> None:
    app.connect("config-inited", leave_to_pages)
    app.connect("html-page-context", add_files)


def script() -> str:
    """All of the explorers' scripts, without their comments and indentation."""
    text = SLIDER.read_text(encoding="utf-8") + _joined(SCRIPTS, "js")
    return re.sub(r"(?m)^\s*(//.*\n)?|\s+//\s.*$", "", text)


def style() -> str:
    """All of their style sheets, likewise."""
    return re.sub(r"(?m)^\s+|\n(?=\n)", "", re.sub(r"(?s)/\*.*?\*/", "", _joined(STYLES, "css")))


def _joined(names: tuple[str, ...], kind: str) -> str:
    return "\n".join((FOLDER / f"{name}.{kind}").read_text(encoding="utf-8") for name in names)


def leave_to_pages(app: Sphinx, config: Config) -> None:
    """Jupyter Book would put every file of _static on every page, in any order."""
    for files in (config.html_js_files, config.html_css_files):
        files[:] = [file for file in files if not str(file).startswith(f"{FOLDER.name}/")]


def add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    body = context.get("body", "")
    if not MARK.search(body):
        return
    assets.add(app, {"explorer.css": style()})
    if EXPLORER in body:
        assets.add(app, {"explorer.js": script()})
