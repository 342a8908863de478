"""A page as the policy wants it: what was written into its HTML, moved into files and classes.

Read with patterns, not with a parser, so that everything else stays as it was written, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

FOLDER = "inline"  # in the site's _static
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
VALUE = r"""(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
TAG = re.compile(rf"""<[a-zA-Z][\w:-]*(?:\s+[^\s"'<>/=]+{VALUE})*\s*/?>""")
ATTRIBUTE = re.compile(r"""\s+([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
HEAD = re.compile(r"(<head\b[^>]*>\s*(?:<meta charset=[^>]*>)?)")
CLASS = re.compile(r'\sclass="([^"]*)"')
# Before the first picture of the page: else it would be white for a moment, where it is to be dark.
EARLY = "document.documentElement.dataset"
# Read by the theme's menu of versions, which the book has not; it would make a file of its own for each page.
UNREAD = re.compile(r"DOCUMENTATION_OPTIONS\.pagename = '[^']*';")
#: What the theme's buttons call, and what a press of them is called in pressed.js.
PRESSES = {"window.print()": "print", "toggleFullScreen()": "full-screen"}
# A declaration as the name of a class, which no other class is like and MathML allows: "padding-left:1em".
DECLARED = re.compile(r"(?:--)?[a-z][a-z-]*:[^;:\s]+")
SPACE = "_"

#: Keeps a text in the site and says its address on the page: ``keep(text, "js")``.
Keep = Callable[[str, str], str]


class Forbidden(ValueError):
    """What a page has and no policy without ``unsafe-inline`` allows, and nothing here puts right."""


def strict(html: str, policy: str, keep: Keep) -> str:
    """The page, and the policy in it. What has been done is found done, so that it may be done again.

    Raises:
        Forbidden: for a listener that is written into the HTML and is not in ``PRESSES``.
    """
    html = STYLE.sub(lambda found: f'<link rel="stylesheet" href="{keep(found[1].strip(), "css")}" />', html)
    html = outside_scripts(html, lambda text: TAG.sub(lambda found: bare(found[0]), text))
    return stated(with_files(html, keep), policy)


def outside_scripts(html: str, change: Callable[[str], str]) -> str:
    parts, last = [], 0
    for script in SCRIPT.finditer(html):
        parts += [change(html[last : script.start()]), script[0]]
        last = script.end()
    return "".join([*parts, change(html[last:])])


def stated(html: str, policy: str) -> str:
    """With the policy before all that it is about."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}" />'
    html = re.sub(r'\s*<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    if not HEAD.search(html):
        return f"{meta}\n{html.lstrip()}"  # the redirect to the first page: nothing but a <meta>
    return HEAD.sub(lambda found: f"{found[1]}\n    {meta}", html, count=1)


def is_data(attributes: str) -> bool:
    """Whether a browser runs nothing of it: JSON, or something packed."""
    kind = re.search(r'\btype="([^"]*)"', attributes)
    return kind is not None and "javascript" not in kind[1] and kind[1] != "module"


def with_files(html: str, keep: Keep) -> str:
    """Without scripts in it: what is early stays where it is; all else is one file, where the first was."""
    inline = [s for s in SCRIPT.finditer(html) if "src=" not in s[1] and not is_data(s[1])]
    early = [script for script in inline if EARLY in script[2]]
    later = [script for script in inline if EARLY not in script[2]]
    texts = dict.fromkeys(UNREAD.sub("", script[2]).strip() for script in later)
    files = {script.start(): script[2].strip() for script in early}
    # Some scripts that follow read at once what these set; it belongs to others, which come before them.
    if later and (joined := "\n".join(filter(None, texts))):
        files[later[0].start()] = joined
    for script in reversed(inline):
        text = files.get(script.start())
        tag = f'<script src="{keep(text, "js")}"></script>' if text else ""
        html = html[: script.start()] + tag + html[script.end() :]
    return html


def bare(tag: str) -> str:
    """A start tag without a style and without a listener."""
    classes: list[str] = []

    def changed(attribute: re.Match[str]) -> str:
        name, value = attribute[1], unescape((attribute[2] or "").strip("\"'"))
        if name == "style":
            classes.extend(classes_of(value))
            return ""
        if name.startswith("on"):
            if value not in PRESSES:
                raise Forbidden(f"{tag} has a listener that policy/page.py does not know.")
            return f' data-press="{PRESSES[value]}"'
        return attribute[0]

    changed_tag = ATTRIBUTE.sub(changed, tag)
    if not classes:
        return changed_tag
    if CLASS.search(changed_tag):
        return CLASS.sub(lambda found: f' class="{" ".join([found[1], *classes]).strip()}"', changed_tag, 1)
    return re.sub(r"^<[\w:-]+", lambda name: f'{name[0]} class="{" ".join(classes)}"', changed_tag)


def classes_of(style: str) -> list[str]:
    """``"display: block math;"`` as the class ``display:block_math``: one for each declaration.

    Raises:
        Forbidden: for a style that cannot be told from its classes again.
    """
    parts = [part.partition(":") for part in style.split(";") if part.strip()]
    names = [f"{what.strip()}:{how.strip().replace(' ', SPACE)}" for what, _, how in parts]
    if SPACE in style or not all(map(DECLARED.fullmatch, names)):
        raise Forbidden(f'The style "{style}" cannot be made a class.')
    return names


def declared(html: str) -> set[str]:
    """The classes of a page that stand for a style."""
    names: set[str] = set()
    for tag in TAG.findall(SCRIPT.sub("", html)):
        if (found := CLASS.search(tag)) and ":" in found[1]:
            names |= {name for name in found[1].split() if DECLARED.fullmatch(name)}
    return names


def sheet(names: set[str]) -> str:
    """A style sheet in which each of these classes weighs what the attribute weighed."""
    return "".join(f"{rule(name)}\n" for name in sorted(names))


def rule(name: str) -> str:
    # Scripts go on to set a variable on the element, which an important one would not let them.
    weight = "" if name.startswith("--") else " !important"
    selector = re.sub(r"([^a-z0-9_-])", r"\\\1", name)
    return f".{selector} {{ {name.replace(SPACE, ' ')}{weight} }}"


def with_sheet(html: str, name: str, address: str) -> str:
    """With the style sheet of that name at this address, once."""
    html = re.sub(rf'<link rel="stylesheet" href="[^"]*/{re.escape(name)}[^"]*" />\n  ', "", html)
    return html.replace("</head>", f'<link rel="stylesheet" href="{address}" />\n  </head>', 1)
