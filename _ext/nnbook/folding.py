"""Solutions that are folded wherever a stored notebook is opened: in Jupyter, Colab, VS Code, on GitHub.

The text of each stands in a ``<details>``, and the book's own marks around it, such as ``:::{solution}``,
in comments that nobody sees. Its code cells carry what editors store of a folded cell, and begin with a line
that gives nothing away, since editors show it. ``tools/notebooks.py`` stores a notebook like this. The build
of the book takes all of it off again: its pages know nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import nbformat
from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx

FENCE = r"^(?P<fence>:{3,}|`{3,})"
OPTIONS = r"(?::[\w-]+:[^\n]*\n)*"
WHOLE = re.compile(FENCE + r"\{solution\} *(?P<label>\S+)\n[\s\S]*?^(?P=fence)[ \t]*$", re.M)
START = re.compile(FENCE + r"\{solution-start\} *(?P<label>\S+)", re.M)
END = re.compile(FENCE + r"\{solution-end\}[ \t]*\n(?P=fence)[ \t]*$", re.M)
#: What begins a solution that is a whole, or one with code; in the first the text follows at once.
HEAD = re.compile(r"(?:[:`]{3,})\{solution\}[^\n]*\n" + OPTIONS)
GATE = re.compile(FENCE + r"\{solution-start\}[^\n]*\n" + OPTIONS + r"(?P=fence)[ \t]*\n?", re.M)

FIRST = "<details><summary>Solution</summary>"
LATER = "<details><summary>Solution, continued</summary>"
WRAPPING = re.compile(
    rf"^{re.escape(FIRST)}<!--\n"
    rf"|^{re.escape(LATER)}\n\n"
    r"|^-->\n\n(?![:`]{3,}\{)|(?<=:::)\n-->$|(?<=```)\n-->$"  # after a head; after a gate
    r"|\n^<!--\n(?=[:`]{3,}[ \t]*$)|^<!--\n(?=[:`]{3,}\{solution-(?:start|end)\})"
    r"|\n--></details>$"
    r"|\n\n</details>\Z",
    re.M,
)
TITLE = "# @title Solution\n"  # Colab takes it for the cell's title
#: JupyterLab knows the first two, Colab the last two.
HIDDEN = {"jupyter": {"source_hidden": True, "outputs_hidden": True}, "collapsed": True, "cellView": "form"}


def setup(app: Sphinx) -> None:
    app.connect("source-read", unfold_page)
    app.connect("doctree-read", untitle)


def unfold_page(app: Sphinx, page: str, source: list[str]) -> None:
    if app.env.doc2path(page).endswith(".ipynb"):
        notebook = nbformat.reads(source[0], as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = unfolded(cell.source)
        source[0] = nbformat.writes(notebook)


def untitle(app: Sphinx, doctree: nodes.document) -> None:
    """Only now: results are kept by the code that is stored."""
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code_source":
            for block in cell.findall(nodes.literal_block):
                code = block.astext().removeprefix(TITLE)
                block.rawsource, block[:] = code, [nodes.Text(code)]


def unfolded(text: str) -> str:
    """A cell's text as the book's build reads it."""
    return WRAPPING.sub("", text)


def fold(notebook: NotebookNode) -> None:
    """Bring every solution of a notebook to the form in which it is stored."""
    solves = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found = [*parts(unfolded(cell.source), solves)]
            cell.source = "".join(wrapped(part) if label else part for part, label, _ in found)
            solves = found[-1][2] if found else solves
        elif cell.cell_type == "code":
            show(cell)
            if solves:
                cell.source = TITLE + cell.source
                cell.metadata.update(nbformat.from_dict(HIDDEN))


def show(cell: NotebookNode) -> None:
    """Forget that the cell was folded, by this module or by somebody in an editor."""
    cell.source = cell.source.removeprefix(TITLE)
    for key in ("collapsed", "cellView"):
        cell.metadata.pop(key, None)
    if look := cell.metadata.pop("jupyter", None):
        kept = {key: value for key, value in look.items() if not key.endswith("_hidden")}
        if kept:
            cell.metadata["jupyter"] = nbformat.from_dict(kept)


def parts(text: str, solves: str) -> Iterator[tuple[str, str, str]]:
    """A text in pieces: each with the exercise that it solves, if any, and the one still open after it."""
    while text:
        part, label, text, solves = split(text, solves)
        yield part, label, solves


def split(text: str, solves: str) -> tuple[str, str, str, str]:
    """What comes first in a text, what that solves, the rest, and the solution that is open in the rest."""
    if solves:
        end = END.search(text)
        return (text[: end.end()], solves, text[end.end() :], "") if end else (text, solves, "", solves)
    found = [match for match in (WHOLE.search(text), START.search(text)) if match]
    if not found:
        return text, "", "", ""
    first = min(found, key=lambda match: match.start())
    if first.start():
        return text[: first.start()], "", text[first.start() :], ""
    if first.re is WHOLE:
        return first[0], first["label"], text[first.end() :], ""
    return split(text, first["label"])


def wrapped(part: str) -> str:
    """A solution, or what a cell holds of one, in a ``<details>``."""
    if head := HEAD.match(part):
        body, _, fence = part[head.end() :].rpartition("\n")
        return f"{FIRST}<!--\n{head[0]}-->\n\n{body}\n\n<!--\n{fence}\n--></details>"
    start, end = GATE.match(part), END.search(part)
    opening, closing = start[0] if start else "", end[0] if end else ""
    words = part[len(opening) : len(part) - len(closing)]
    if not words.strip():
        return f"<!--\n{marks}\n-->" if (marks := part.rstrip("\n")) else part
    before = f"{FIRST}<!--\n{opening}-->\n" if opening else f"{LATER}\n\n"
    return f"{before}{words}" + (f"<!--\n{closing}\n--></details>" if closing else "\n\n</details>")
