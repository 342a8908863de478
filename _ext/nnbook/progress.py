"""What a reader has done, in their own browser: marks, counts and a list.

``_static/progress.js`` keeps it. A page tells it how many exercises each chapter has; the landing page also
tells their titles, for the few that are worth another look.
"""

from __future__ import annotations

import re
from typing import Any
from unicodedata import lookup

from docutils import nodes
from sphinx.application import Sphinx
from sphinx_exercise.nodes import exercise_subtitle

from nnlib.exercises import find

from .exercises import compact, data_of

SECTION = """
<section class="nn-progress" aria-label="Your exercises" hidden>
<p class="nn-count" role="status"></p>
<ul></ul>
<p class="nn-buttons"><button type="button" data-do="save">Save to a file</button>
<label>Load from a file <input type="file" accept="application/json"></label>
<button type="button" data-do="erase">Erase</button></p>
</section>"""


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add)


def add(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if "body" not in context:
        return
    titles = titles_of(app)
    counts: dict[str, Any] = {}
    for place in titles:
        counts[place.partition("#")[0]] = counts.get(place.partition("#")[0], 0) + 1
    known = {"counts": counts}
    if page == app.config.root_doc:
        known |= {"titles": titles}
        context["body"] += SECTION
    context["body"] += f'\n<script type="application/json" class="nn-exercises">{safe(known)}</script>'


def safe(data: dict[str, Any]) -> str:
    """JSON that ends no script early."""
    return compact(data).replace("<", r"\u003c")


def in_letters(title: str) -> str:
    """A title's TeX as a link has it: ``w\\,\\sigma`` is w σ."""
    title = title.replace(r"\,", " ")
    return re.sub(r"\\([a-z]+)", lambda name: lookup(f"GREEK SMALL LETTER {name[1]}"), title)


def titles_of(app: Sphinx) -> dict[str, str]:
    """Each exercise that can be answered in the page, by its place in the site: its title."""
    titles = {}
    for label, entry in getattr(app.env, "sphinx_exercise_registry", {}).items():
        if entry["type"] == "exercise" and (parts := find(label)) and data_of(parts):
            title = entry["node"].next_node(exercise_subtitle)
            titles[f"{entry['docname']}.html#{label}"] = in_letters(title.astext()) if title else label
    return titles
