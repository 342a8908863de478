"""What a page may do, said on the page itself: a Content-Security-Policy, and pages that keep to it.

A page runs the scripts of the site's own files and takes its styles from them, and from nowhere else: none
that is written into the HTML, and no ``eval``. So whatever got into a page, by a mistake of ours or of a
package of the build, would stand there and do nothing. What Sphinx, the theme and Temml write into the HTML
all the same is moved into files and classes when the book has been built (``page.py``).

Nothing is left of ``unsafe-inline``, for styles either: what scripts set on an element's ``style`` is no
inline style, and the cells' editor adopts a style sheet (``tools/bundles.py``), where a nonce would have to
be the same for everybody, and so none. What is left:

``default-src 'self'``
    Firefox loads the next chapter ahead, which no directive of its own allows there.
``'wasm-unsafe-eval'``
    compiles WebAssembly, which is Python's; it runs no text as a script.
``img-src data: blob:``
    figures: they are pictures in the page, and those that a reader moves to or computes have no file. The
    styles within an SVG are the picture's own, and none of the page's.
``connect-src``, the CDN's folder
    only where Python comes from there (``nnbook_pyodide: cdn``). ``blob:`` there is how a busy Python hears
    "Stop" (``interrupts.js``), and in ``script-src`` of its thread alone the copy of a script whose bytes
    have been compared with what this book was tested with (``loading.js``).

Python's thread does not have the page's policy, but the one that its own file is sent with. A host that sends
headers can send one: ``_headers`` in the site has them in the form that some hosts read, and CONTRIBUTING.md
says how to send them otherwise. JupyterLite, in ``lite/``, is another application, which writes styles and
scripts of its own, and is left out.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from .. import assets, markup
from ..digest import of_text
from ..lite import pyodide
from . import page

HERE = Path(__file__).parent
SCRIPT = "pressed.js"
CLASSES = "classes.css"  # beside the files of what stood in the pages
HEADERS = "_headers"
THREAD = "/inplace/*"


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", add_script)
    app.connect("build-finished", tighten, priority=950)  # after all that writes pages


def directives(whose: str) -> dict[str, str]:
    """What a page may do, with Pyodide from the CDN or the site's own."""
    cdn = f" {pyodide.CDN}/" if whose == "cdn" else ""
    return {
        "default-src": "'self'",
        "script-src": "'self' 'wasm-unsafe-eval'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": f"'self' blob:{cdn}",
        "worker-src": "'self'",
        "frame-src": "'none'",
        "media-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }


def of_page(whose: str) -> str:
    return _joined(directives(whose))


def of_thread(whose: str) -> str:
    """What Python's thread may do, where its file is sent with a policy."""
    more = directives(whose)
    if whose == "cdn":
        more["script-src"] += " blob:"
    return _joined(more)


def _joined(parts: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def add_script(app: Sphinx) -> None:
    if app.builder.format != "html":
        return
    assets.write(app, {SCRIPT: (HERE / SCRIPT).read_text(encoding="utf-8")})
    app.add_js_file(SCRIPT, loading_method="defer")


def tighten(app: Sphinx, error: Exception | None) -> None:
    """Put the policy on every page, and what it forbids into files."""
    if error is not None or app.builder.name != "html":
        return
    site = Path(app.outdir)
    folder = site / "_static" / page.FOLDER
    files: dict[str, str] = {}
    pages = {path: path.read_text(encoding="utf-8") for path in markup.pages(site)}
    policy = of_page(app.config.nnbook_pyodide)
    for path, html in pages.items():
        root = root_of(html)

        def keep(text: str, kind: str, root: str = root) -> str:
            name = f"{of_text(text)}.{kind}"
            files[name] = text + "\n"
            return f"{root}_static/{page.FOLDER}/{name}"

        try:
            pages[path] = page.strict(html, policy, keep)
        except page.Forbidden as reason:
            raise ExtensionError(
                f"{path.relative_to(site)} does not keep to the policy: {reason}"
            ) from reason
    sheet = page.sheet(set().union(*map(page.declared, pages.values())))
    files[CLASSES] = sheet
    for path, html in pages.items():
        if page.declared(html):
            address = f"{root_of(html)}_static/{page.FOLDER}/{CLASSES}?v={of_text(sheet)}"
            pages[path] = page.with_sheet(html, CLASSES, address)
        path.write_text(pages[path], encoding="utf-8")
    write(folder, files, "".join(pages.values()))
    names = [path.relative_to(site).as_posix() for path in pages]
    (site / HEADERS).write_text(headers(names, app.config.nnbook_pyodide), encoding="utf-8")


def write(folder: Path, files: dict[str, str], pages: str) -> None:
    """The files, without those of earlier builds that no page names any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    markup.drop_unnamed(folder, " ".join([pages, *files]))


def root_of(html: str) -> str:
    """The way from a page to the site's root, as the page itself says it."""
    found = re.search(r'data-content_root="([^"]*)"', html)
    return found[1] if found else "./"


def headers(pages: list[str], whose: str) -> str:
    """The policy in the form in which some hosts read it from the site: paths, and the headers of each."""
    folders = {f"/{name.split('/')[0]}/*" if "/" in name else f"/{name}" for name in pages}
    lines = []
    for path in ["/", *sorted(folders)]:
        lines += [path, f"  Content-Security-Policy: {of_page(whose)}"]
    lines += [THREAD, f"  Content-Security-Policy: {of_thread(whose)}"]
    return "\n".join([*lines, ""])
