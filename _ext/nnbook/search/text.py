"""What a reader of a snippet can read: a node's words, without code, figures and TeX."""

from __future__ import annotations

import re
import unicodedata

from docutils import nodes
from sphinx import addnodes
from sphinx_exercise.nodes import exercise_title, solution_node

LEFT_OUT = (
    *(nodes.literal_block, nodes.doctest_block, nodes.math_block, nodes.raw, nodes.image, nodes.comment),
    *(nodes.title, nodes.target, nodes.Invisible, nodes.system_message),
    *(addnodes.index, addnodes.toctree, addnodes.desc_signature, exercise_title, solution_node),
)
CELLS = ("cell_code", "cell_raw")  # MyST-NB's: the code and what it prints
UNREADABLE = "…"  # in place of a formula that cannot be written in a line of plain text
WORDS = {
    **{
        "cdot": "·",
        "times": "×",
        "approx": "≈",
        "le": "≤",
        "ge": "≥",
        "to": "→",
        "infty": "∞",
        "partial": "∂",
    },
    **{"ne": "≠", "pm": "±", "odot": "⊙", "nabla": "∇", "ln": "ln", "exp": "exp", "max": "max", "min": "min"},
    **{"dots": "…", "ldots": "…", "tanh": "tanh", "quad": " ", "mid": "|", "leftarrow": "←", "log": "log"},
}
ABOVE = str.maketrans("0123456789-nT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿᵀ")
BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def words(node: nodes.Node) -> str:
    """A node's text, on one line.

    Code, figures, formulas on lines of their own and solutions are left out, and so is a section's title.
    """
    return re.sub(r" ([.,;:!?)])", r"\1", " ".join(_text(node).split()))


def _text(node: nodes.Node) -> str:
    if isinstance(node, nodes.math):
        return formula(node.astext())
    if isinstance(node, nodes.Text):
        return str(node)
    inside = [_text(child) for child in node.children if not left_out(child)]
    return "".join(inside) if isinstance(node, nodes.TextElement) else " ".join(inside)


def left_out(node: nodes.Node) -> bool:
    if isinstance(node, LEFT_OUT):
        return True
    return isinstance(node, nodes.container) and node.get("nb_element") in CELLS


def title(node: nodes.Node) -> str:
    return " ".join(_text(node).split())


def formula(tex: str) -> str:
    r"""A formula in plain letters, where there are some: ``w^2 \approx \eta`` is w² ≈ η."""
    tex = re.sub(r"\\(?:mathrm|text|textit|mathbf|operatorname)\{([^{}]*)\}", r"\1", tex)
    tex = re.sub(r"\\[,;! ]|~|\{,\}", lambda space: "," if space[0] == "{,}" else " ", tex)
    tex = re.sub(r"\\([A-Za-z]+)", _letter, tex.replace(r"\%", "%"))
    tex = re.sub(r"\^(?:([0-9nT])|\{(-?[0-9nT]+)\})", lambda x: (x[1] or x[2]).translate(ABOVE), tex)
    tex = re.sub(r"_(?:([0-9])|\{([0-9]+)\})", lambda x: (x[1] or x[2]).translate(BELOW), tex)
    return UNREADABLE if re.search(r"[\\^_{}&]", tex) else " ".join(tex.split()).replace("-", "−")


def _letter(command: re.Match[str]) -> str:
    name = command[1]
    if name in WORDS:
        return WORDS[name]
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name}")
    except KeyError:
        return command[0]
