"""The code of a figure, where it is folded, stands below the figure as a small link: a reader looks first.

Other folded code stays where it is, above its result, and its title does not speak of a figure. What is seen
of a title is the same throughout a page; whoever hears it, hears which code it is.
"""

from __future__ import annotations

import re
from html import escape, unescape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

TITLE = "The code"
EXPLORER = re.compile(r'<figure class="nn-explorer" id="([^"]+)"')
CAPTION = re.compile(r"<figcaption[^>]*>(?:<span>)?([^<]*)")
FIRST = re.compile(r".*?(?=[,.;:](?:\s|$)| \(|$)", re.DOTALL)  # a caption's first words
DEFINED = re.compile(r"^def (\w+)", re.MULTILINE)


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", move)
    app.add_node(HideCodeCellNode, override=True, html=(begin, end))


def move(app: Sphinx, doctree: nodes.document, page: str) -> None:
    for cell in doctree.findall(nodes.container):
        if cell.get("hide_mode") != "input":
            continue
        code, *outputs = cell.children
        if not isinstance(code, nodes.Element):
            continue
        usual = code.get("prompt_show") == app.config.nb_code_prompt_show
        if any(draws(output) for output in outputs):
            cell.append(cell.pop(0))
            code["classes"].append("nn-below")
            code["aloud"] = figure(outputs) if usual else ""
        elif usual:
            code["prompt_show"] = TITLE
            code["aloud"] = ", ".join(DEFINED.findall(code.astext()))


def draws(output: nodes.Node) -> bool:
    pages = (raw.astext() for raw in output.findall(nodes.raw))
    return any('<figure class="nn-' in page for page in pages) or any(output.findall(nodes.image))


def figure(outputs: list[nodes.Node]) -> str:
    """An explorer by its name, since its caption changes; another figure by its caption's first words."""
    html = "".join(raw.astext() for output in outputs for raw in output.findall(nodes.raw))
    if explorer := EXPLORER.search(html):
        return explorer[1].replace("_", " ")
    captions = [unescape(caption) for caption in CAPTION.findall(html)]
    captions += [found.astext() for output in outputs for found in output.findall(nodes.caption)]
    return FIRST.match(captions[0])[0] if captions else ""  # type: ignore[index]


def begin(self: HTML5Translator, node: HideCodeCellNode) -> None:
    which = f'<span class="nn-aloud"> ({escape(node["aloud"])})</span>' if node.get("aloud") else ""
    titles = [
        f'<p class="{look} admonition-title">{escape(node[title])}{which}</p>\n'
        for look, title in (("collapsed", "prompt_show"), ("expanded", "prompt_hide"))
    ]
    classes = " ".join(node["classes"])
    self.body.append(f'<details class="admonition hide {classes}">\n<summary>\n{"".join(titles)}</summary>\n')


def end(self: HTML5Translator, node: HideCodeCellNode) -> None:
    self.body.append("</details>\n")
