"""In the dark all stands on the page's ground: the theme puts a light box behind what it does not know."""

from __future__ import annotations

from collections.abc import Callable

from visiting import Visit

# What lies around a figure has neither a colour nor room of its own; an exercise may have both.
FRAMES = """() => [...document.querySelectorAll(".nn-live, .nn-explorer, .nn-figure")].flatMap((figure) => {
    const boxes = [];
    for (let box = figure.parentElement; !box.matches("article, .admonition"); box = box.parentElement) {
        const { backgroundColor, padding } = getComputedStyle(box);
        if (backgroundColor !== "rgba(0, 0, 0, 0)" || padding !== "0px")
            boxes.push(`${figure.className} in ${box.className}: ${backgroundColor}, ${padding}`);
    }
    return boxes;
})"""
LIGHT = """() => [...document.querySelectorAll(".cell_output, .cell_output :not(figure *)")].filter((box) => {
    const { backgroundColor } = getComputedStyle(box);
    const [red, green, blue, opaque = 1] = backgroundColor.match(/[\\d.]+/g).map(Number);
    return opaque && red + green + blue > 300;
}).map((box) => box.className)"""


def test_no_output_stands_in_a_light_box(visit: Callable[..., Visit], page_name: str) -> None:
    page = visit(page_name, color_scheme="dark").unfold().page
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate(FRAMES) == []
    assert page.evaluate(LIGHT) == []
