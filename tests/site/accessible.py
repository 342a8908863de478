"""What axe finds wrong on a page: what the page has a thousand times is measured once."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: axe reads the text of a colour again for every element and all that is behind it: a quarter of its time.
READ_ONCE = """() => {
    const { prototype } = axe.commons.color.Color;
    const read = prototype.parseString;
    const known = new Map();
    prototype.parseString = function (text) {
        const color = known.get(text);
        if (color) {
            [this.r, this.g, this.b, this.alpha] = color;
        } else {
            read.call(this, text);
            known.set(text, [this.r, this.g, this.b, this.alpha]);
        }
        return this;
    };
}"""

#: Most of a chapter's elements are words of its code and letters of its formulas. A block of code has one
#: opaque colour of its own, and scrolls, so that no float reaches into it: there, words of one look on one
#: colour are read as well as each other, and the page's first and last of them are measured. Of a formula's
#: letters, which stand on what the formula stands on, the first and last of a look are. Before, the shadow at
#: the edge of a block goes: on a picture, axe measures no contrast.
LOOKS_ONCE = """() => {
    const style = new CSSStyleSheet(); // which the page's policy allows
    style.replaceSync("pre { background-image: none !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    const PLAIN = {
        position: "static", float: "none", opacity: "1", visibility: "visible", filter: "none",
        "background-color": "rgba(0, 0, 0, 0)", "background-image": "none", "text-shadow": "none",
        "mix-blend-mode": "normal", "-webkit-text-stroke-width": "0px",
    };
    const LOOK = ["color", "font-size", "font-weight"];
    const last = new Map();
    for (const [place, block] of document.querySelectorAll("pre, math").entries()) {
        const code = block.localName === "pre";
        const paper = getComputedStyle(block);
        if (code && (!paper.backgroundColor.startsWith("rgb(") || paper.overflowX === "visible")) continue;
        const on = [code ? paper.backgroundColor : place];
        for (let around = block; around; around = around.parentElement) {
            const { opacity, mixBlendMode } = getComputedStyle(around);
            if (opacity !== "1" || mixBlendMode !== "normal") on.push(opacity, mixBlendMode);
        }
        const plain = new Set([block]);
        for (const word of block.querySelectorAll("*")) {
            if (!plain.has(word.parentElement)) continue;
            const drawn = getComputedStyle(word);
            if (code && drawn.display !== "inline") continue;
            const value = name => drawn.getPropertyValue(name);
            if (!Object.entries(PLAIN).every(([name, wanted]) => value(name) === wanted)) continue;
            plain.add(word);
            if (![...word.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
            const look = [...on, ...LOOK.map(value)].join();
            last.get(look)?.setAttribute("data-looks-like-others", "");
            last.set(look, last.has(look) ? word : null);
        }
    }
    axe.configure({ rules: [{ id: "color-contrast", selector: ":not([data-looks-like-others])" }] });
}"""


def violations(page: Page, within: str = "html") -> list[dict[str, Any]]:
    """The rules that something on the page breaks, each with the places, as axe reports them."""
    page.evaluate(Axe().axe_script)
    page.evaluate(READ_ONCE)
    page.evaluate(LOOKS_ONCE)
    run = "within => axe.run(within, { resultTypes: ['violations'] })"
    result: dict[str, Any] = page.evaluate(run, within)
    return list(result["violations"])
