"""The theme's style sheets without the rules of what is on no page: most of 400 KB, every icon in it.

A rule goes only if one of its classes or ids stands in no page's markup and in no script, be it as the
beginning of a longer name: scripts put names together (``bs-tooltip-`` and a side). Rules by elements alone
stay, for what a reader's own code writes on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import tinycss2

from . import lite

SHEETS = {"styles/pydata-sphinx-theme.css", "sphinx-design.min.css"}
# What readers' own code may write: pandas' tables.
READERS = {"dataframe"}
# Not scripts, but data: frames of explorers, the index.
DATA = ("frames", "search-index.js", "play-digits-data.js")
NAMES = re.compile(r"""\b(?:class|id)=\\?["']([^"'\\]*)""")
WORD = re.compile(r"[\w-]*[A-Za-z][\w-]*")
NESTED = ("media", "supports")


class Names(NamedTuple):
    """What can be on a page: the names in its markup, and the words of scripts, perhaps parts of names."""

    there: frozenset[str]
    parts: frozenset[str]

    def has(self, name: str) -> bool:
        """Whether an element of this class or id is on a page, or may be put there by a script."""
        if name in self.there or name in self.parts:
            return True
        starts = [name[: found.start()] for found in re.finditer("-", name)]
        return any(f"{start}-" in self.parts or ("-" in start and start in self.parts) for start in starts)


def names_of(site: Path) -> Names:
    there, parts = set(READERS), set[str]()
    for path in site.rglob("*"):
        place = path.relative_to(site).parts
        if path.suffix not in (".html", ".js") or place[0] == lite.NAME or set(place) & set(DATA):
            continue
        text = path.read_text(encoding="utf-8")
        there.update(name for names in NAMES.findall(text) for name in names.split())
        if path.suffix == ".js":
            parts.update(WORD.findall(text))
    return Names(frozenset(there), frozenset(parts))


def left_out(sheet: str, names: Names) -> str:
    """A style sheet without the selectors that nothing can match, and without rules that have none left."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=False)
    return "".join(_kept(rules, names.has))


def _kept(rules: Iterable[Any], has: Callable[[str], bool]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            kept = [each for each in _selectors(rule.prelude) if all(map(has, _named(each)))]
            if kept:
                selectors = ",".join(tinycss2.serialize(each).strip() for each in kept)
                yield f"{selectors}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in NESTED and rule.content is not None:
            inside = "".join(_kept(tinycss2.parse_rule_list(rule.content), has))
            if inside.strip():
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: list[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for token in prelude:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _named(selector: list[Any]) -> Iterator[str]:
    """The classes and ids that an element must have; what stands in :not() and :is() says less."""
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "hash" or (token.type == "ident" and before == "."):
            yield token.value
