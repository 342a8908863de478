"""What a reader of a snippet can read: a node's words, without code, figures and TeX."""

from __future__ import annotations

import re
import unicodedata

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
SIGNS = {
    **{"cdot": "·", "times": "×", "approx": "≈", "le": "≤", "ge": "≥", "to": "→", "infty": "∞", "ne": "≠"},
    **{"pm": "±", "odot": "⊙", "mid": "|", "leftarrow": "←", "dots": "…", "ldots": "…", "quad": " "},
    **{"lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "in": "∈", "lt": "<", "gt": ">"},
    **{name: name for name in ("exp", "ln", "log", "max", "min", "tanh")},
}
LETTERS = {"partial": "∂", "nabla": "∇", "sum": "Σ"}
ABOVE = dict(zip("0123456789-+()ijklmnLT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ⁱʲᵏˡᵐⁿᴸᵀ", strict=True))
BELOW = dict(zip("0123456789-+ijklmnprstux", "₀₁₂₃₄₅₆₇₈₉₋₊ᵢⱼₖₗₘₙₚᵣₛₜᵤₓ", strict=True))


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
    tex = re.sub(r"\\(?:mathrm|text|textit|mathbf|operatorname)\{([^{}]*)\}", r"\1", tex)
    tex = re.sub(r"\\[,;! ]|~", " ", tex.replace("{,}", ",").replace(r"\%", "%"))
    tex = re.sub(r"\\([A-Za-z]+)( ?)", _letter, tex)
    tex = re.sub(r"\\[td]?frac\s*(?:(\w)(\w)|\{([^{} ]*)\}\{([^{} ]*)\})", _fraction, tex)
    tex = _raised(r"\^", ABOVE, _raised("_", BELOW, tex))
    return UNREADABLE if re.search(r"[\\^_{}&]", tex) else " ".join(tex.split()).replace("-", "−")


def _fraction(parts: re.Match[str]) -> str:
    above, below = filter(None, parts.groups())
    return f"{above}/{below}"


def _raised(sign: str, letters: dict[str, str], tex: str) -> str:
    """With the letters behind a sign above or below the line, where all of them can stand there."""

    def put(found: re.Match[str]) -> str:
        inside = [letters.get(letter, "") for letter in found[1] or found[2]]
        return "".join(inside) if all(inside) else found[0]

    return re.sub(sign + r"(?:([0-9A-Za-z])|\{([^{}]*)\})", put, tex)


def _letter(command: re.Match[str]) -> str:
    name, space = command.groups()
    if name in SIGNS:
        return SIGNS[name] + space
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return LETTERS.get(name) or unicodedata.lookup(f"GREEK {size} LETTER {name}")
    except KeyError:
        return command[0]
