"""The accessibility statement's table and its contact, from what ``criteria.toml`` says of each criterion.

```{access-table}     WCAG 2.2, criterion by criterion: level, result, remark, and the tests that back it
```{access-counts}    how many there are of each result
```{access-contact}   where to report: the repository's issues, if there is a repository
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from nnlib.figures.words import joined

SOURCE = Path(__file__).with_name("criteria.toml")
SAID = {
    "supports": "are met",
    "partly": "are met in part",
    "not": "are not met",
    "without": "do not apply",
}
RESULTS = {
    "supports": "Supports",
    "partly": "Partially supports",
    "not": "Does not support",
    "without": "Not applicable",
}


def setup(app: Sphinx) -> None:
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)


def criteria() -> list[dict[str, Any]]:
    """``number``, ``name``, ``level``, ``result``, ``remark`` and ``tests`` of each, in the order of WCAG."""
    found: list[dict[str, Any]] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["criterion"]
    return found


class Written(SphinxDirective):
    """A directive that writes Markdown."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(SOURCE))
        place = nodes.container()
        self.state.nested_parse(StringList(self.lines(), str(SOURCE)), self.content_offset, place)
        return place.children

    def lines(self) -> list[str]:
        raise NotImplementedError


class Table(Written):
    def lines(self) -> list[str]:
        rows = ["| Criterion | Level | Result | Remark |", "|---|---|---|---|"]
        for each in criteria():
            remark = " ".join([each["remark"], *tested(each["tests"])])
            cells = [f"{each['number']} {each['name']}", each["level"], RESULTS[each["result"]], remark]
            rows.append(f"| {' | '.join(cells)} |")
        return rows


def tested(tests: list[str]) -> list[str]:
    """ "Test: …": the files, without their folder, which the page names once."""
    files = dict.fromkeys(Path(test.partition("::")[0]).name for test in tests)
    return [f"Test{'s' * (len(files) > 1)}: {', '.join(f'`{file}`' for file in files)}."] if files else []


class Counts(Written):
    def lines(self) -> list[str]:
        found = Counter(each["result"] for each in criteria())
        said = joined([f"**{found[key]}** {word}" for key, word in SAID.items() if found[key]])
        return [f"Of the {found.total()} criteria of the levels A and AA, {said}."]


class Contact(Written):
    WITHOUT: ClassVar = (
        "Write to whoever published the copy that you read: this one names no repository, and so no place "
        "for reports."
    )

    def lines(self) -> list[str]:
        question = "**Reporting.** Did you meet something that you cannot read, reach or hear?"
        name = self.env.config.nnbook_repository
        if not name:
            return [f"{question} {self.WITHOUT}"]
        place = f"https://github.com/{name}/issues"
        where = f"Write it down in the [project's list of issues]({place}), which needs an account on GitHub."
        return [f"{question} {where}"]


DIRECTIVES = {"access-table": Table, "access-counts": Counts, "access-contact": Contact}
