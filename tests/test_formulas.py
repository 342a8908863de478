"""Formulas as MathML, set when the book is built."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import nbformat
import pytest
from fontTools.ttLib import TTFont
from nnbook import formulas, markup

ROOT = Path(__file__).resolve().parent.parent


def text(mathml: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", mathml))


def test_a_layer_is_a_superscript_and_a_letter_an_identifier() -> None:
    found = formulas.mathml("w^{(l)}_{ji}")
    assert found.startswith("<math>")
    assert "<msubsup><mi>w</mi>" in found
    assert text(found) == "wji(l)"


def test_a_displayed_formula_is_a_block_and_may_have_several_lines() -> None:
    found = formulas.mathml(r"a &= 1 \\ b &= 2", display=True)
    assert 'display="block"' in found
    assert found.count("<mtr>") == 2


@pytest.mark.parametrize("tex", [r"\foo", r"\frac{1}", r"\begin{aligned} a", "{"])
def test_what_is_no_tex_is_refused_with_the_reason(tex: str) -> None:
    with pytest.raises(formulas.NotTeX, match=r"\w{4}"):
        formulas.mathml(tex)
    assert text(formulas.mathml("a + b")) == "a+b"  # and the next one is answered as before


def test_every_letter_of_the_book_is_in_the_font() -> None:
    """Of the chapters' formulas, so that none falls back to another font."""
    folder = Path(formulas.__file__).parent / "temml"
    known = set(TTFont(folder / formulas.LETTERS).getBestCmap())
    cells = [c for path in ROOT.glob("chapters/*.ipynb") for c in nbformat.read(path, 4).cells]
    sources = [cell.source for cell in cells if cell.cell_type == "markdown"]
    tex = {found for source in sources for found in re.findall(r"(?<![$\\])\$([^$]+)\$", source)}
    assert len(tex) > 500
    used = {ord(c) for formula in tex for c in text(formulas.mathml(formula))}
    assert {hex(c) for c in used - known} <= {"0x2061"}  # a function's application: not seen


def test_a_formula_and_the_comma_after_it_stay_together_and_nothing_else_does() -> None:
    math = '<span class="math notranslate nohighlight"><math><mi>z</mi></math></span>'
    found = markup.FORMULA.sub(r"[\1\2]", f"{math} and {math}, so")
    assert found == f"{math} and [{math},] so"
