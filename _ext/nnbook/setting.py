"""Words that set a figure of their own page: ``{set}`two valleys <descent?function=two valleys&start=2>```.

They link to what the figure's own *Copy link* copies. What is not named stands where it stood at first.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole


def setup(app: Sphinx) -> None:
    app.add_role("set", Setting())


class Setting(ReferenceRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        figure, _, values = self.target.partition("?")
        asked = parse_qsl(values, keep_blank_values=True)
        if not (self.has_explicit_title and figure and asked and all(value for _, value in asked)):
            problem = self.inliner.reporter.error(
                f"{self.rawtext} came; words <figure?control=value> are expected.", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, problem)], [problem]
        address = f"#{figure}?{urlencode(asked)}"
        link = nodes.reference(self.rawtext, self.title, refuri=address, internal=True, classes=["nn-set"])
        return [link], []
