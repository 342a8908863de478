"""The appendix: examples that run, every public name, every link of the coverage page, the glossary."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
from collections import Counter
from functools import reduce
from pathlib import Path

import nbformat
import pytest
import yaml

import nnlib
from tools import notebooks

ROOT = Path(__file__).resolve().parent.parent
APPENDIX = ROOT / "appendix"
EXAMPLES = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LABEL = re.compile(r"^\(([\w-]+)\)=$", re.MULTILINE)
EXERCISE = re.compile(r"^:label: ([\w-]+)$", re.MULTILINE)
REF = re.compile(r"\{ref\}`(?:[^`<]*<)?([\w-]+)>?`")
DIRECTIVE = re.compile(r"^\.\. (?:auto|py:)\w+:: nnlib\.([\w.]+)", re.MULTILINE)
DECKS = ["S0", "S1", "S2", "S3", "S4"]


def page(name: str) -> str:
    return (APPENDIX / f"{name}.md").read_text(encoding="utf-8")


def source(path: Path) -> str:
    """The text of a notebook, with its code and what that printed."""
    parts = []
    for cell in nbformat.read(path, as_version=4).cells:
        parts.append(cell.source)
        for output in cell.get("outputs", []):
            parts.append(output.get("text") or output.get("data", {}).get("text/plain", ""))
    return "\n\n".join(parts)


SOURCES = {path: source(path) for path in notebooks.stored()}
GIVEN = [label for text in SOURCES.values() for label in LABEL.findall(text) + EXERCISE.findall(text)]
LABELS = set(GIVEN)


def section(label: str) -> str:
    """A section of a notebook: from its label to the next label of a heading that is not below its own.

    Several labels may stand above one heading. Of an exercise, the text up to the next exercise or heading.
    """
    exercise = f":label: {label}\n"
    start = exercise if label in EXERCISE.findall("\n".join(SOURCES.values())) else f"({label})=\n"
    text = next(text for text in SOURCES.values() if start in text)
    after = text.split(start, 1)[1]
    if start == exercise:
        return re.split(r"^:{3,}\{exercise|^#{1,6} ", after, maxsplit=1, flags=re.M)[0]
    after = re.sub(r"\A(?:\s*\([\w-]+\)=\n)+", "", after)
    heading = re.match(r"\s*(#+) ", after)
    depth = len(heading[1]) if heading else 6
    end = re.search(
        rf"^(?:\([\w-]+\)=\n+)*#{{1,{depth}}} \S", after[(heading.end() if heading else 0) :], re.M
    )
    return after[: end.start() + (heading.end() if heading else 0)] if end else after


def rows(text: str) -> list[list[str]]:
    """The tables of a page, row by row, without their headings."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    heads = {number - 1 for number, line in enumerate(lines) if set(line) <= set("|-")}
    kept = [line for number, line in enumerate(lines) if number not in heads and not set(line) <= set("|-")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in kept]


# Examples ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["api", "notation"])
def test_the_examples_of_a_page_hold(name: str) -> None:
    examples = "\n".join(EXAMPLES.findall(page(name)))
    test = doctest.DocTestParser().get_doctest(examples, {}, name, f"{name}.md", 0)
    said: list[str] = []
    result = doctest.DocTestRunner().run(test, out=said.append)
    assert result.attempted > 15
    assert result.failed == 0, "".join(said)


def test_a_wrong_example_is_found() -> None:
    test = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    assert doctest.DocTestRunner().run(test, out=lambda text: None).failed == 1


def test_formulas_of_docstrings_become_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "_ext")
    docstrings = importlib.import_module("nnbook.docstrings")
    lines = ["The sum $a +", "b$ of ``a`` and $b$."]
    docstrings.with_roles(None, "function", "add", None, None, lines)
    assert lines == ["The sum :math:`a + b` of ``a`` and :math:`b`."]


# The API page -----------------------------------------------------------------------------------------

#: Its modules, but for what only they use.
MODULES = sorted(
    {path.stem for path in Path(nnlib.__file__).parent.glob("*.py")} - {"__init__", "checks", "settings"}
)


def is_module(value: object) -> bool:
    return inspect.ismodule(value) and not callable(value)  # nnlib.explore is both


def public_names() -> set[str]:
    """What a reader may use: what ``import nnlib`` offers, and the classes and functions of its modules."""
    names = {name for name in nnlib.__all__ if not is_module(getattr(nnlib, name))}
    for module in MODULES:
        for name, value in vars(importlib.import_module(f"nnlib.{module}")).items():
            own = getattr(value, "__module__", None) == f"nnlib.{module}"
            if own and not name.startswith("_") and (inspect.isclass(value) or inspect.isfunction(value)):
                names.add(name if getattr(nnlib, name, None) is value else f"{module}.{name}")
    return names


def documented() -> dict[str, str]:
    """Each name that the API page documents, and the text between it and the next."""
    parts = DIRECTIVE.split(page("api"))
    return dict(zip(map(shortest, parts[1::2]), parts[2::2], strict=True))


def shortest(name: str) -> str:
    """The name under nnlib itself, where there is one: "COSTS" for "costs.COSTS"."""
    value = reduce(getattr, name.split("."), nnlib)
    last = name.split(".")[-1]
    return last if getattr(nnlib, last, None) is value else name


def test_the_page_has_every_public_name_once() -> None:
    assert set(documented()) == public_names()
    found = DIRECTIVE.findall(page("api"))
    assert [name for name, times in Counter(found).items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(public_names()))
def test_a_public_name_has_an_example(name: str) -> None:
    examples = "\n".join(EXAMPLES.findall(documented()[name]))
    assert re.search(rf"\b{re.escape(name)}\b", examples), f"no example uses nnlib.{name}"


# Coverage ---------------------------------------------------------------------------------------------


def test_every_link_of_the_appendix_leads_to_a_label() -> None:
    own = {label for path in APPENDIX.glob("*.md") for label in LABEL.findall(path.read_text("utf-8"))}
    texts = {name: page(name) for name in ("coverage", "notation", "glossary", "api")}
    texts |= {name: SOURCES[APPENDIX / f"{name}.ipynb"] for name in ("decks", "errata")}
    for name, text in texts.items():
        assert [label for label in REF.findall(text) if label not in LABELS | own] == [], name


def test_no_label_is_given_twice() -> None:
    own = [label for path in APPENDIX.glob("*.md") for label in LABEL.findall(path.read_text("utf-8"))]
    assert [label for label, times in Counter(GIVEN + own).items() if times > 1] == []


def test_every_concept_has_a_section_and_its_decks() -> None:
    concepts = page("coverage").split("(coverage-concepts)=")[1].split("(coverage-examples)=")[0]
    assert len(rows(concepts)) > 80
    for what, decks, where in rows(concepts):
        assert REF.findall(where), f"{what} has no section"
        assert decks.split(", ") == sorted(set(decks.split(", ")) & set(DECKS)), what


def test_every_chapter_is_there() -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [ROOT / f"{entry['file']}.ipynb" for entry in toc["parts"][0]["chapters"]]
    concepts = page("coverage").split("(coverage-concepts)=")[1].split("(coverage-examples)=")[0]
    parts = re.split(r"^### .*$", concepts, flags=re.MULTILINE)[1:]
    for path, part in zip(chapters, parts, strict=True):
        own = set(LABEL.findall(SOURCES[path])) | set(EXERCISE.findall(SOURCES[path]))
        assert own & set(REF.findall(part)), path.name


#: Numbers of each worked example, as the section that the page names must show them.
NUMBERS = {
    "W1": ["0.1", "0.6", "0.3", "green"],
    "W2": ["RED    → 1    0    0", "{A, B}  → 1 1 0"],
    "W3": ["[3 8]"],
    "W4": ["0.3", "-0.1", "0.2"],
    "W5": ["0.71", "0.26", "0.04"],
    "W6": ["2-3-1"],
    "W7": ["-12", "-4", "-16", "-9"],
    "W8": ["0.495", "0.5124", "0.1189", "-0.1218", "-0.00305", "0.1006", "0.400003", "-0.199991"],
    "W9": ["-0.0746", "-0.0149", "0.7798", "0.2186", "0.8149", "0.0441", "0.0440", "0.0528"],
    "W10": ["0.69", "0.0495", "0.0246", "0.0505", "0.0251", "0.0198", "-0.0111"],
    "W11": ["0.5622", "-0.1078", "-0.0135", "-0.0539"],
    "W12": ["0.982"],
    "W13": ["13,002"],
    "W14": ["2.6", "0.931"],
    "W15": ["3-4-4-3", "(4, 3)", "(3, 4)", "(5, 4)"],
    "W16": ["0.2426", "-0.1392", "-0.0334", "0.0955", "-0.0833", "-0.0899"],
    "W17": ["0.996", "1.83", "2.66", "-0.0183", "-0.0123", "-0.0021"],
    "W18": ["-0.335", "-0.043", "0.304", "-1.737", "-0.196"],
    "W19": ["0 0 0 0 0 0 0 0 0 1"],
    "W20": ["[1 4]"],
    "W21": ["-0.027", "0.038", "0.013"],
    "W22": ["4×3"],
}


def examples() -> dict[str, list[str]]:
    text = page("coverage").split("(coverage-examples)=")[1].split("(coverage-questions)=")[0]
    return {row[0]: row for row in rows(text)}


def test_all_worked_examples_are_listed_in_order() -> None:
    names = [name.split()[0] for name in examples()]
    assert names == list(NUMBERS) == [f"W{number}" for number in range(1, 23)]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_worked_example_is_worked_where_the_page_says(name: str) -> None:
    row = next(row for key, row in examples().items() if key.split()[0] == name)
    text = "\n".join(map(section, REF.findall(row[3]))).replace("−", "-")
    assert [number for number in NUMBERS[name] if number not in text] == []


def test_the_wrong_ones_link_to_their_erratum() -> None:
    wrong = {key.split()[0] for key in examples() if "✗" in key}
    assert wrong == {"W9", "W10", "W17", "W18", "W19", "W21"}
    for key, row in examples().items():
        if "✗" in key:
            assert f"errata-{key.split()[0].lower()}" in REF.findall(row[3])


# From the lecture decks ---------------------------------------------------------------------------------


def test_each_deck_has_a_section_on_the_decks_page_and_in_the_notation() -> None:
    decks = SOURCES[APPENDIX / "decks.ipynb"]
    for name in DECKS:
        label = name.lower()
        assert re.search(rf"^\(decks-{label}\)=\n## {name}, ", decks, re.MULTILINE)
        assert re.search(rf"^\(notation-{label}\)=\n### {name}, ", page("notation"), re.MULTILINE)


def test_the_decks_page_tells_where_every_worked_example_is() -> None:
    named = set(re.findall(r"\bW\d+\b", SOURCES[APPENDIX / "decks.ipynb"]))
    assert named == set(NUMBERS)


# Errata -----------------------------------------------------------------------------------------------


def test_every_erratum_is_in_the_summary() -> None:
    text = SOURCES[APPENDIX / "errata.ipynb"]
    listed = set(REF.findall(text.split("(errata-summary)=")[1]))
    sections = {label for label in LABEL.findall(text) if re.match(r"errata-(s\d-|w\d)", label)}
    assert len(sections) > 25
    assert listed == sections


def test_an_erratum_says_what_is_printed_what_is_right_and_how_to_see_it() -> None:
    text = SOURCES[APPENDIX / "errata.ipynb"]
    for label in re.findall(r"^\((errata-(?:s\d-|w\d)[\w-]*)\)=$", text, re.MULTILINE):
        words = section(label).lower()
        if label not in ("errata-s0-history", "errata-s1-indices", "errata-s4-indices", "errata-s4-listings"):
            for word in ("**printed", "**right", "**caught by**"):
                assert word in words, f"{label}: {word}"


# Glossary ---------------------------------------------------------------------------------------------


def entries() -> dict[str, str]:
    """The terms of the glossary, synonyms apart, and their definitions."""
    body = page("glossary").split("```{glossary}\n")[1].split("```")[0]
    parts = [part.splitlines() for part in body.strip().split("\n\n")]
    found = {}
    for lines in parts:
        definition = "\n".join(line for line in lines if line.startswith("  "))
        found |= {line: definition for line in lines if not line.startswith("  ")}
    return found


def test_every_term_leads_to_its_section() -> None:
    found = entries()
    assert len(found) > 80
    for term, definition in found.items():
        assert REF.findall(definition), term
        assert definition.rstrip().endswith("."), term


def test_terms_are_in_alphabetical_order() -> None:
    body = page("glossary").split("```{glossary}\n")[1]
    first = [part.splitlines()[0].lower() for part in body.strip().split("\n\n")]
    assert first == sorted(first)


def test_chapters_link_to_the_glossary_and_once_a_term() -> None:
    terms = {term.lower() for term in entries()}
    for path, text in SOURCES.items():
        if path.parent.name == "chapters":
            used = re.findall(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`", text)
            assert len(used) >= 5, f"{path.name} links to {len(used)} terms"
            assert {term.lower() for term in used} <= terms
            assert [term for term, times in Counter(used).items() if times > 1] == [], path.name
