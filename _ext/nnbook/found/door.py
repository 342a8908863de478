"""``index.html``: the site's address, which leads on to the first page, and is described as that page is.

What shows a link seldom follows it further, so all that the first page says of itself stands here, too.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

from .. import assets

NAME = "index.html"
#: Keeps what an address has behind the page, which a refresh drops: a place, words to mark.
FORWARD = 'location.replace(document.querySelector("a").href + location.search + location.hash);\n'
SCRIPT = "forward.js"
SAID = re.compile(
    r'<title>[^<]*</title>|<meta (?:name="(?:description|twitter:\w+)"|property="og:[\w:]+")[^>]*>'
    r'|<link rel="canonical"[^>]*>'
)
PAGE = """<!DOCTYPE html>
<html lang="{language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    {said}
    <noscript><meta http-equiv="Refresh" content="0; url={first}" /></noscript>
  </head>
  <body>
    <p><a href="{first}">{title}</a></p>
    <script src="_static/{script}"></script>
  </body>
</html>
"""


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write)


def write(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    first = app.builder.get_target_uri(app.config.root_doc)
    if first == NAME:
        return
    said = SAID.findall(Path(app.outdir, first).read_text(encoding="utf-8"))
    title = next(tag for tag in said if tag.startswith("<title>"))
    page = PAGE.format(
        language=app.config.language,
        said="\n    ".join(said),
        first=first,
        title=title.removeprefix("<title>").removesuffix("</title>"),
        script=SCRIPT,
    )
    assets.write(app, {SCRIPT: FORWARD})
    Path(app.outdir, NAME).write_text(page, encoding="utf-8")
