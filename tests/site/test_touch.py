"""Whatever can be pressed on a phone is hit by a finger: 44 pixels across and down, as WCAG's 2.5.5 asks."""

from __future__ import annotations

from collections.abc import Callable

from visiting import Visit

OPEN = """() => {
    for (const toggle of document.querySelectorAll("button.toggle-button-hidden")) toggle.click();
    document.querySelectorAll(".nn-live .nl-neuron:last-child").forEach((neuron) => neuron.click());
}"""

# Those of which a square around their middle hits something else; a box to tick has its label, too. Links are
# words of the text. Neurons, and the buttons below a layer, have the room that is between two layers.
SMALL = """() => {
    const HALF = 21; // of 44 pixels, without the edge, where a neighbour may be hit
    const controls = "button, select, textarea, summary, input, .dropdown-item";
    const seen = (control) => control.checkVisibility({ visibilityProperty: true }) && !control.disabled
        && control.getBoundingClientRect().width > 1 && getComputedStyle(control).clipPath === "none";
    const small = (control) => {
        control.scrollIntoView({ block: "center", behavior: "instant" });
        const parts = [control, ...(control.labels ?? [])];
        const ticked = control.matches("[type=radio], [type=checkbox]:not([role=switch])");
        const boxes = (ticked ? parts : [control]).map((part) => part.getBoundingClientRect());
        const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
        const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
        if (!ticked && right - left > 2 * HALF && bottom - top > 2 * HALF) return false;
        const gap = parseFloat(getComputedStyle(control).getPropertyValue("--nl-gap")) || Infinity;
        const across = Math.min(HALF, gap / 2 - 1), [x, y] = [(left + right) / 2, (top + bottom) / 2];
        return [-1, 0, 1].some((i) => [-1, 0, 1].some((j) => {
            const hit = document.elementFromPoint(x + i * across, y + j * HALF);
            return !parts.some((part) => part.contains(hit));
        }));
    };
    const said = ({ tagName, type, className, ariaLabel, innerText, id }) =>
        `${tagName} ${type} ${className} ${id}: ${ariaLabel ?? innerText}`;
    return [...document.querySelectorAll(controls)].filter((one) => seen(one) && small(one)).map(said);
}"""


def test_a_finger_hits_whatever_can_be_pressed(visit: Callable[..., Visit], page_name: str) -> None:
    page = visit(page_name, width=390, has_touch=True, is_mobile=True).unfold().page
    page.evaluate(OPEN)
    page.wait_for_timeout(500)  # what unfolds, moves
    assert page.evaluate(SMALL) == []


def test_a_finger_hits_what_a_menu_of_the_top_bar_offers(visit: Callable[..., Visit]) -> None:
    page = visit("chapters/perceptron.html", width=390, has_touch=True, is_mobile=True).page
    for name in ("Run this chapter", "Download this page"):
        page.get_by_role("button", name=name).tap()
        assert page.evaluate(SMALL) == []
