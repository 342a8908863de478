"""A page's text without what only a screen needs: controls, forms, buttons, folds."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Tag

#: Elements, and classes, that are there for a screen.
ELEMENTS = {
    *("script", "style", "template", "form", "button", "select", "textarea", "input", "output", "iframe"),
    *("fieldset", "noscript", "source"),
}
CLASSES = {
    *("headerlink", "nn-link", "nn-check", "nn-progress", "nn-try", "nn-tools", "nn-how", "nn-said"),
    *("toctree-wrapper", "sd-summary-state-marker"),
}
#: Attributes for scripts, for readers who hear a page that changes, and those that name what is left out.
LIVE = {
    *("aria-live", "aria-atomic", "hidden", "loading", "tabindex", "title"),
    *("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"),
}
SHOWN = re.compile(r"It is shown for (.+)\.\s*$", re.DOTALL)
NARROW = 7  # columns
FIGURES = {"nn-explorer", "nn-live"}
#: Left out before a page is read: packed frames, and the marks of code that has the colour of text.
PACKED = re.compile(r"(<script\b[^>]*>)[^<]+(?=</script>)")
PLAIN = re.compile(r'<span class="(?:n|p|w|pre)">([^<]*)</span>')


def lighter(page: str) -> str:
    return PLAIN.sub(r"\1", PACKED.sub(r"\1", page))


def new(name: str, **attributes: str) -> Tag:
    return BeautifulSoup("", "html.parser").new_tag(name, attrs=attributes)


def for_paper(content: Tag, address: str = "") -> None:
    """Clean a page in place; ``address`` is where its figures can be moved, if it is published."""
    for figure in content.find_all("figure"):
        if FIGURES & classes(figure):
            still(figure, address)
    for fold in content.find_all("details"):
        unfold(fold)
    for element in content.find_all(is_furniture):
        element.decompose()
    for comment in content.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in content.find_all(True):
        for name in [name for name in element.attrs if name in LIVE or name.startswith("data-")]:
            del element[name]
    for picture in content.find_all("img"):
        picture["class"] = "picture"
        if picture.parent and picture.parent.name == "picture":
            picture.parent.unwrap()
    for table in content.find_all("table"):
        if table.tr and len(table.tr.find_all(["th", "td"])) > NARROW:
            table["class"] = "wide"


def classes(element: Tag) -> set[str]:
    return set(element.get_attribute_list("class"))


def is_furniture(element: Tag) -> bool:
    return element.name in ELEMENTS or bool(CLASSES & classes(element))


def still(figure: Tag, address: str) -> None:
    """A figure as it begins: under its caption stand the settings, and where it can be moved."""
    lines: list[str | Tag] = []
    without = figure.noscript
    if without and (shown := SHOWN.search(without.get_text())):
        lines.append(f"Shown: {shown[1]}.")
    if address and figure.get("id"):
        link = new("a", href=f"{address}#{figure['id']}")
        link.string = "This figure, to move"
        lines.append(link)
    caption = figure.figcaption
    if lines and caption:
        place = new("span", **{"class": "settings"})
        for line in lines:
            place.append(" ")
            place.append(line)
        caption.append(place)


def unfold(fold: Tag) -> None:
    """Open what is folded; code that only makes a figure is left out."""
    kind = classes(fold)
    summary = fold.find("summary", recursive=False)
    if "hide" in kind:
        cell = fold.find_parent("div", class_="cell")
        if cell and cell.find(["figure", "img"]):
            fold.decompose()
            return
        if isinstance(summary, Tag):
            summary.decompose()
        fold.unwrap()
    elif "sd-dropdown" in kind:
        fold.name = "div"
        fold["class"] = "remark"
        if isinstance(summary, Tag):
            summary.name = "p"
            summary["class"] = "remark-title"
    else:
        if isinstance(summary, Tag):
            summary.unwrap()
        fold.unwrap()
