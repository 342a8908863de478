"""What can be found on a page: its sections, exercises, words of the glossary and names of the package.

Rows of tables that end in links say what a section is about: a concept, and where it is explained.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node

from .text import left_out, title, words

SECTION, EXERCISE, TERM, NAME, CONCEPT = "section", "exercise", "term", "name", "concept"


@dataclass
class Entry:
    """A place that a result can lead to.

    ``ids`` are its anchors, the page's own first one empty; ``above`` the titles of the sections around it,
    without the page's; ``also`` its other names, and ``see`` the addresses that a word of the glossary, or a
    concept, names.
    """

    kind: str
    ids: list[str]
    title: str
    above: list[str]
    text: str
    also: list[str] = field(default_factory=list)
    see: list[str] = field(default_factory=list)


def of_page(doctree: nodes.document) -> list[Entry]:
    """The page's entries, in their order. References have to be resolved, so that they have their words."""
    found = [entry for child in doctree.children for entry in _inside(child, [])]
    return found + [concept for row in doctree.findall(nodes.row) for concept in _concept(row)]


def _inside(node: nodes.Node, above: list[str]) -> Iterator[Entry]:
    if left_out(node):
        return
    if heading := _heading(node):
        yield from _section(node, heading, above)  # type: ignore[arg-type]
    elif isinstance(node, addnodes.desc):
        yield from _name(node, above)
    elif isinstance(node, nodes.definition_list_item) and _terms(node):
        yield _term(node)
    elif (name := _exercise(node)) is not None:
        yield Entry(EXERCISE, list(node["ids"]), name, above, _own(node))  # type: ignore[index]
    else:
        for child in node.children:
            yield from _inside(child, above)


def _heading(node: nodes.Node) -> str:
    heads = [child for child in node.children if isinstance(child, nodes.title)]
    return title(heads[0]) if isinstance(node, nodes.section) and heads else ""


def _section(node: nodes.Element, heading: str, above: list[str]) -> Iterator[Entry]:
    whole_page = isinstance(node.parent, nodes.document)
    # A label is its author's and stays; the id that comes first is made from the title.
    ids = [*node["ids"][1:], *node["ids"][:1]]
    yield Entry(SECTION, ["", *ids] if whole_page else ids, heading, above, _own(node))
    for child in node.children:
        yield from _inside(child, above if whole_page else [*above, heading])


def _concept(row: nodes.row) -> Iterator[Entry]:
    first, *_, last = row.children
    links = list(last.findall(nodes.reference)) if last is not first else []
    rest = words(last)
    for link in links:
        rest = rest.replace(words(link), "", 1)
    if links and not rest.strip(" ;,"):
        yield Entry(CONCEPT, [], words(first), [], "", [], [link.get("refuri", "") for link in links])


def _own(node: nodes.Node) -> str:
    """The words of a node that are not those of an entry inside it."""
    parts = (child for child in node.children if not left_out(child))
    return " ".join(
        filter(None, (_own(part) if _holds(part) else words(part) for part in parts if not _is(part)))
    )


def _is(node: nodes.Node) -> bool:
    term = isinstance(node, nodes.definition_list_item) and bool(_terms(node))
    found = _heading(node) or term or isinstance(node, addnodes.desc) or _exercise(node) is not None
    return bool(found)


def _holds(node: nodes.Node) -> bool:
    return any(_is(inside) for inside in node.findall())


def _exercise(node: nodes.Node) -> str | None:
    """An exercise's title: sphinx-exercise has put it into brackets, to stand behind the number."""
    if not isinstance(node, (exercise_node, exercise_enumerable_node)):
        return None
    heading = title(node.children[0])
    return heading[1:-1] if heading.startswith("(") else heading


def _terms(node: nodes.Node) -> list[nodes.term]:
    """The words that a glossary's entry explains: those of another list have no address."""
    return [child for child in node.children if isinstance(child, nodes.term) and child["ids"]]


def _term(node: nodes.Node) -> Entry:
    terms = _terms(node)
    found = [place["refuri"] for place in node.findall(nodes.reference) if place.get("refuri")]
    first, *others = [title(term) for term in terms]
    text = " ".join(words(child) for child in node.children if isinstance(child, nodes.definition))
    return Entry(TERM, terms[0]["ids"][:1], first, [], text, others, found)


def _name(node: addnodes.desc, above: list[str]) -> Iterator[Entry]:
    signature = node.next_node(addnodes.desc_signature)
    content = node.next_node(addnodes.desc_content)
    if signature is None or content is None:
        return
    name = signature.get("fullname") or title(signature)
    yield Entry(NAME, list(signature["ids"]), name, above, _own(content))
    for child in content.children:
        yield from _inside(child, above)
