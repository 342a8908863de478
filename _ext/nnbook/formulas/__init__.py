"""Formulas, set when the book is built: browsers draw MathML themselves, before any script, and read it out.

Temml translates the TeX, on the JavaScript runtime that Playwright brings.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
from functools import cache
from html import escape, unescape
from pathlib import Path

from docutils import nodes
from playwright._impl._driver import compute_driver_executable
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from .. import lite
from ..fonts import subset_font

HERE = Path(__file__).parent
FOLDER = "formulas"  # in the site's _static
STYLE = "Temml-Latin-Modern.css"
LETTERS = "latinmodernmath.woff2"
SCRIPTS = ("letters.js", "copied.js")  # in the head of pages with formulas: see _templates/layout.html
FILES = (STYLE, "Temml.woff2", "LICENSE", "GUST-FONT-LICENSE.txt")
# What the browser sets by itself: a root's sign, and for a single letter the mathematical italic one.
UNSEEN = {ord("√"), 0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)}
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")

logger = logging.getLogger(__name__)


class NotTeX(ValueError):
    """A formula that cannot be read, with the reason."""


def setup(app: Sphinx) -> None:
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_displaymath, None))
    app.connect("config-inited", choose)
    app.connect("build-finished", copy_files)


def choose(app: Sphinx, config: Config) -> None:
    config.html_math_renderer = "mathml"
    app.add_css_file(f"{FOLDER}/{STYLE}")


def copy_files(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / FOLDER
    for name in FILES:
        copy_asset(str(HERE / "temml" / name), str(target))
    for name in SCRIPTS:
        copy_asset(str(HERE / name), str(target))
    subset_font(HERE / "temml" / LETTERS, target / LETTERS, used_characters(Path(app.outdir)) | UNSEEN)


def used_characters(site: Path) -> set[int]:
    """The code points of the site's formulas."""
    pages = (path for path in site.rglob("*.html") if path.relative_to(site).parts[0] != lite.NAME)
    found = (FORMULA.findall(path.read_text(encoding="utf-8")) for path in pages)
    texts = (unescape(TAG.sub("", formula)) for formulas in found for formula in formulas)
    return {ord(character) for text in texts for character in text}


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    self.body.append(f"{_mathml(node, display=False)}</span>")
    raise nodes.SkipNode


def visit_displaymath(self: HTML5Translator, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(f"{_mathml(node, display=True)}</div>\n")
    raise nodes.SkipNode


def _mathml(node: nodes.math | nodes.math_block, *, display: bool) -> str:
    tex = node.astext()
    try:
        return mathml(tex, display=display).replace("<math", f'<math data-tex="{escape(tex.strip())}"', 1)
    except NotTeX as reason:
        logger.warning("a formula could not be read: %s", reason, location=node)
        return f"<code>{escape(tex)}</code>"


@cache
def mathml(tex: str, *, display: bool = False) -> str:
    """A formula as ``<math>``: in a line, or displayed, where ``\\\\\\\\`` begins a new line.

    Raises:
        NotTeX: for a command or an environment that Temml does not know, or one that is not closed.
    """
    if display and r"\\" in tex and r"\begin{" not in tex:
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    pipe = _translator(os.getpid())
    assert pipe.stdin is not None
    assert pipe.stdout is not None
    pipe.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
    pipe.stdin.flush()
    answer = json.loads(pipe.stdout.readline())
    if "error" in answer:
        raise NotTeX(answer["error"].strip())
    found: str = answer["mathml"]
    return found


@cache
def _translator(process: int) -> subprocess.Popen[str]:
    """One for each process that writes pages, since a pipe cannot be shared."""
    node, _ = compute_driver_executable()
    program = [str(node), str(HERE / "translate.js")]
    pipe = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(pipe.kill)
    return pipe
