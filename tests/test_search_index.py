"""What of a page can be found, and what of it a snippet shows: on small documents."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from docutils import nodes
from sphinx import addnodes
from sphinx_exercise.nodes import exercise_enumerable_node, solution_node

entries = importlib.import_module("nnbook.search.entries")
index = importlib.import_module("nnbook.search.index")
text = importlib.import_module("nnbook.search.text")


def section(title: str, *content: nodes.Node, ids: tuple[str, ...] = ()) -> nodes.section:
    return nodes.section("", nodes.title("", title), *content, ids=list(ids))


def says(words: str) -> nodes.paragraph:
    return nodes.paragraph("", words)


def cell(code: str, result: str) -> nodes.container:
    """A notebook's cell, as MyST-NB brings it."""
    source = nodes.container("", nodes.literal_block(code, code), nb_element="cell_code_source")
    printed = nodes.container("", nodes.literal_block(result, result), nb_element="cell_code_output")
    return nodes.container("", source, printed, nb_element="cell_code")


def page(*content: nodes.Node) -> nodes.document:
    document = nodes.document("", "")
    document += content
    return document


def chapter() -> nodes.document:
    sentence = nodes.paragraph(
        "", "", nodes.Text("A step of "), nodes.math("", r"\eta \, g_i"), nodes.Text(".")
    )
    exercise = exercise_enumerable_node("", ids=["ex-one"])
    exercise += [
        nodes.title("", " (One step)"),
        nodes.section("", says("Take it."), ids=["exercise-content"]),
    ]
    solution = solution_node("", ids=["solution"])
    solution += [nodes.title("", "Solution"), says("A secret.")]
    return page(
        section(
            "Descent",
            says("The opening."),
            cell("import numpy", "printed 1"),
            section(
                "How large?",
                sentence,
                nodes.raw("", "<b>markup</b>", format="html"),
                nodes.math_block("", r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}"),
                section("Deeper", says("Down here."), ids=("deeper",)),
                ids=("how-large", "gd-rate"),
            ),
            section("Exercises", exercise, solution, ids=("exercises",)),
            ids=("descent", "gd"),
        )
    )


def test_each_section_and_each_exercise_is_an_entry() -> None:
    found = entries.of_page(chapter())
    assert [(entry.kind, entry.ids[0], entry.title, entry.above) for entry in found] == [
        ("section", "", "Descent", []),
        ("section", "gd-rate", "How large?", []),
        ("section", "deeper", "Deeper", ["How large?"]),
        ("section", "exercises", "Exercises", []),
        ("exercise", "ex-one", "One step", ["Exercises"]),
    ]


def test_an_entry_has_its_own_words_without_code_tex_and_solutions() -> None:
    texts = {entry.title: entry.text for entry in entries.of_page(chapter())}
    assert texts == {
        "Descent": "The opening.",
        "How large?": "A step of η gᵢ. …",
        "Deeper": "Down here.",
        "Exercises": "",
        "One step": "Take it.",
    }


def test_words_of_the_glossary_and_names_of_the_package() -> None:
    term = nodes.term("", "loss", ids=["term-loss"])
    see = nodes.paragraph(
        "", "What is small. See ", nodes.reference("", "a chapter", refuri="../c.html#costs")
    )
    item = nodes.definition_list_item(
        "", nodes.term("", "cost", ids=["term-cost"]), term, nodes.definition("", see)
    )
    name = addnodes.desc_signature("", "", addnodes.desc_name("", "fit"), ids=["nnlib.fit"], fullname="fit")
    described = addnodes.desc("", name, addnodes.desc_content("", says("Trains it.")))
    whole = page(section("Words", nodes.definition_list("", item), described, ids=("words",)))
    _, word, function = entries.of_page(whole)
    assert (word.kind, word.title, word.also, word.see) == ("term", "cost", ["loss"], ["../c.html#costs"])
    assert word.text == "What is small. See a chapter"
    assert (function.kind, function.title, function.ids, function.text) == (
        *("name", "fit"),
        ["nnlib.fit"],
        "Trains it.",
    )


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"w^{(l)} a^{(l-1)} + b", "w⁽ˡ⁾ a⁽ˡ⁻¹⁾ + b"),
        (r"\frac{\partial C}{\partial w_2}", "∂C/∂w₂"),
        (r"4.4^6 \approx 7{,}300", "4.4⁶ ≈ 7,300"),
        (r"\Delta x \le -\tfrac12", "Δx ≤ −1/2"),
        (r"e^{z_j} / \sum_k e^{z_k}", "e^zⱼ / Σₖ e^zₖ"),
        (r"1_{j=k} (1 + e^{-z})", "1ⱼ₌ₖ (1 + e⁻ᶻ)"),
        (r"\hat y + \lambda n_L", "ŷ + λn_L"),
        (r"\frac{\lVert g - \hat g \rVert}{2\varepsilon}", "(‖ g − ĝ ‖)/2ε"),
        (r"\sqrt{\tfrac12} + \sqrt{a + b}", "√(1/2) + √(a + b)"),
        ("\\begin{aligned}\nz &= w x \\\\\na &= f(z)\n\\end{aligned}", "z = w x; a = f(z)"),
        (r"n_\text{in} \le c_{\max}, \theta \leftarrow \theta - \eta", "nᵢₙ ≤ c_max, θ ← θ − η"),
        (r"\begin{pmatrix} 1 & 2 \end{pmatrix}", "…"),
        (r"\underbrace{(a - y)}_{\partial C}", "…"),
        (" + ".join("abcdefghijklmnopqrstuvwxyz"), "…"),
    ],
)
def test_a_short_formula_is_in_letters_and_another_left_out(tex: str, plain: str) -> None:
    assert text.formula(tex) == plain


def joined(**weights: float) -> dict[str, list]:
    term = entries.Entry("term", ["term-rate"], "rate", [], "The factor.", ["lr"], ["../c/gd.html#gd-rate"])
    concept = entries.Entry("concept", [], "the size of a step", [], "", [], ["../c/gd.html#gd-rate"])
    pages = {"a/glossary": [term, concept], "c/gd": entries.of_page(chapter())}
    addresses = {name: f"{name}.html" for name in pages}
    return index.joined(pages, addresses, {"c/gd": (4,)}, weights, [("mnist", "digits")])


def test_a_section_has_the_words_and_concepts_that_send_readers_there_and_its_label() -> None:
    rows = {row[2]: row for row in joined()["entries"]}
    about = "rate; the size of a step"
    assert rows["How large?"] == [1, "gd-rate", "How large?", [], ["rate", "lr"], about, "A step of η gᵢ. …"]
    assert rows["Deeper"][4:6] == [[], ""]
    assert joined()["pages"] == [["a/glossary.html", "rate"], ["c/gd.html", "4. Descent"]]


def test_a_row_that_ends_in_links_is_a_concept() -> None:
    link = nodes.reference("", "Descent", refuri="../c/gd.html#gd")

    def row(last: nodes.Node) -> nodes.row:
        cells = [nodes.entry("", says("the way down")), nodes.entry("", says("S1")), nodes.entry("", last)]
        return nodes.row("", *cells)

    prose = nodes.paragraph("", "", nodes.Text("as in "), link.deepcopy())
    body = nodes.tbody("", row(nodes.paragraph("", "", link)), row(prose))
    whole = page(section("Where", nodes.table("", nodes.tgroup("", body)), ids=("where",)))
    concepts = [entry for entry in entries.of_page(whole) if entry.kind == "concept"]
    assert [(entry.title, entry.see) for entry in concepts] == [("the way down", ["../c/gd.html#gd"])]


def test_a_page_weighs_what_the_longest_beginning_of_its_name_says() -> None:
    weights = {"a/": 0.5, "a/errata": 0.2}
    assert [index.weight_of(name, weights) for name in ("a/api", "a/errata", "c/gd")] == [0.5, 0.2, 1]
    rows = {row[2]: row[7:] for row in joined(**{"c/": 0.5})["entries"]}
    assert rows["Deeper"] == [0.5]
    assert rows["One step"] < rows["Deeper"]


def test_the_table_of_synonyms_is_read_and_says_what_is_wrong(tmp_path: Path) -> None:
    assert ("mnist", "handwritten digits") in index.synonyms(index.SYNONYMS)
    file = tmp_path / "synonyms.toml"
    file.write_text('"cost" = ["loss", "objective"]\n')
    assert index.synonyms(file) == [("loss", "cost"), ("objective", "cost")]
    file.write_text('"cost" = "loss"\n')
    with pytest.raises(ValueError, match=re.escape("synonyms.toml: 'cost' = 'loss'; a row is")):
        index.synonyms(file)


def test_a_row_of_the_table_is_needed_and_names_words_of_the_book(root: Path) -> None:
    rows = index.synonyms(index.SYNONYMS)
    typed = [phrase for phrase, _ in rows]
    assert len(set(typed)) == len(typed)
    sources = [*root.glob("chapters/*.ipynb"), *root.glob("appendix/glossary.md")]
    book = " ".join(path.read_text(encoding="utf-8").lower() for path in sources)
    said = {word for _, meant in rows for word in re.findall(r"\w{4,}", meant.lower())}
    assert [word for word in sorted(said) if word.removesuffix("s") not in book] == []
