"""What a reader of a snippet can read: a node's words, without code, figures and TeX."""

from __future__ import annotations

import re
from unicodedata import lookup, normalize

from docutils import nodes
from sphinx import addnodes
from sphinx_exercise.nodes import exercise_title, solution_node

LEFT_OUT = (
    *(nodes.literal_block, nodes.doctest_block, nodes.raw, nodes.image, nodes.comment, nodes.thead),
    *(nodes.title, nodes.target, nodes.Invisible, nodes.system_message),
    *(addnodes.index, addnodes.toctree, addnodes.desc_signature, exercise_title, solution_node),
)
CELLS = ("cell_code", "cell_raw")  # MyST-NB's: the code and what it prints
UNREADABLE = "…"  # in place of a formula that cannot be written in a line of plain text
LONGEST = 80  # letters of a formula in a line
SIGNS = {
    **{"cdot": "·", "times": "×", "approx": "≈", "le": "≤", "ge": "≥", "to": "→", "infty": "∞", "ne": "≠"},
    **{"pm": "±", "odot": "⊙", "mid": "|", "leftarrow": "←", "dots": "…", "ldots": "…", "quad": " "},
    **{"lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "in": "∈", "lt": "<", "gt": ">"},
    **{name: name for name in ("exp", "ln", "log", "max", "min", "cos", "sin", "sinh", "cosh", "tanh")},
    **dict.fromkeys(("left", "right", "big", "bigl", "bigr", "Bigl", "Bigr"), ""),
    "qquad": " ",
}
# Unicode calls its lambda "lamda".
LETTERS = {
    "partial": "∂",
    "nabla": "∇",
    "sum": "Σ",
    "lambda": "λ",
    "varepsilon": "ε",
    "varphi": "φ",
    "top": "T",
}
ABOVE = dict(zip("0123456789-+()abcdefghijklmn", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿ", strict=True))
ABOVE |= dict(zip("oprstuvwxyzLNT", "ᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴸᴺᵀ", strict=True))
BELOW = dict(zip("0123456789-+=ijklmnprstux", "₀₁₂₃₄₅₆₇₈₉₋₊₌ᵢⱼₖₗₘₙₚᵣₛₜᵤₓ", strict=True))
#: What stands for itself, above, below or in a fraction, without brackets around it.
WHOLE = re.compile(r"[\w∂∇'.⁽⁾⁻⁺₋₊\u0302\ue000\ue001]*")
KEPT = {"^": "\ue000", "_": "\ue001"}  # these two signs, where they have been looked at and stay
ROWS = re.compile(r"\\(?:begin|end)\{(?:aligned|gathered)\}|&")
PART = r"(?:\{([^{}]*)\}|([^\s{}\\]))"  # of a command: in braces, or a single letter


def words(node: nodes.Node) -> str:
    """A node's text, on one line.

    Code, figures and solutions are left out, and so are the titles of sections and of columns.
    """
    return re.sub(r" ([.,;:!?)])", r"\1", " ".join(_text(node).split()))


def _text(node: nodes.Node) -> str:
    if isinstance(node, (nodes.math, nodes.math_block)):
        return formula(node.astext())
    if isinstance(node, nodes.Text):
        return re.sub(r"\\([A-Za-z]+)( ?)", _letter, node)  # a link to a title has the title's TeX
    inside = [_text(child) for child in node.children if not left_out(child)]
    if isinstance(node, (nodes.row, nodes.tbody)):
        return " · ".join(inside)
    return "".join(inside) if isinstance(node, nodes.TextElement) else " ".join(inside)


def left_out(node: nodes.Node) -> bool:
    if isinstance(node, LEFT_OUT):
        return True
    return isinstance(node, nodes.container) and node.get("nb_element") in CELLS


def title(node: nodes.Node) -> str:
    return " ".join(_text(node).split())


def formula(tex: str) -> str:
    r"""A formula in plain letters, where there are some: ``w_i^2 \approx \eta`` is wᵢ² ≈ η."""
    tex = re.sub(r"[\s,]*\\\\(?:\[\w+\])?", "; ", ROWS.sub("", tex))
    tex = re.sub(r"\\(?:mathrm|text|textit|mathbf|operatorname)\{([^{}]*)\}", r"{\1}", tex)
    tex = re.sub(r"\\[,;! ]|~", " ", tex.replace("{,}", ",").replace(r"\%", "%").replace(r"\|", "‖"))
    tex, inner = re.sub(r"\\([A-Za-z]+)( ?)", _letter, tex).replace("{}", ""), ""
    while tex != inner:  # from the inside out
        inner = tex
        tex = re.sub(rf"\\hat\s*{PART}", lambda found: normalize("NFC", f"{_part(found)}\u0302"), tex)
        tex = _raised(r"\^", ABOVE, _raised("_", BELOW, tex))
        tex = re.sub(rf"\\sqrt\s*{PART}", lambda found: f"√{_whole(_part(found))}", tex)
        tex = re.sub(rf"\\[dt]?frac\s*{PART}\s*{PART}", _fraction, tex)
    tex = re.sub(r"(?<=\S)([-+=←→≈≤≥<>]) ", r" \1 ", re.sub("[{}]", "", tex))  # \eta has eaten a space
    for sign, kept in KEPT.items():
        tex = tex.replace(kept, sign)
    return " ".join(tex.split()).replace("-", "−") if "\\" not in tex and len(tex) <= LONGEST else UNREADABLE


def _part(found: re.Match[str], first: int = 1) -> str:
    return found[first] if found[first] is not None else found[first + 1]


def _whole(part: str) -> str:
    return part if WHOLE.fullmatch(part) else f"({part.strip()})"


def _fraction(found: re.Match[str]) -> str:
    return f"{_whole(_part(found))}/{_whole(_part(found, 3))}"


def _raised(sign: str, letters: dict[str, str], tex: str) -> str:
    """With the letters behind a sign above or below the line, where all of them can stand there."""

    def put(found: re.Match[str]) -> str:
        part = _part(found)
        inside = [letters.get(letter, "") for letter in part]
        return "".join(inside) if all(inside) else f"{KEPT[found[0][0]]}{_whole(part)}"

    return re.sub(rf"{sign}(?:\{{([^{{}}\\]*)\}}|([0-9A-Za-z]))", put, tex)


def _letter(command: re.Match[str]) -> str:
    name, space = command.groups()
    if name in SIGNS:
        return SIGNS[name] + space
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return LETTERS.get(name) or lookup(f"GREEK {size} LETTER {name}")
    except KeyError:
        return command[0]
