"""The index that the page of results loads: the entries of all pages, joined, as one script."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .entries import CONCEPT, EXERCISE, NAME, SECTION, TERM, Entry

SYNONYMS = Path(__file__).with_name("synonyms.toml")
#: What an entry weighs beside a section of its page.
KINDS = {SECTION: 1.0, EXERCISE: 0.3, TERM: 0.8, NAME: 0.7}
#: Labels that every chapter has.
EVERYWHERE = {"again", "checks", "deeper", "exercises", "mistakes", "summary"}
VARIABLE = "nnBookIndex"


def synonyms(file: Path) -> list[tuple[str, str]]:
    """The table's rows: what is typed, and what the book calls it.

    Raises:
        ValueError: for a row that is not a list of texts.
    """
    found = []
    for meant, several in tomllib.loads(file.read_text(encoding="utf-8")).items():
        if not isinstance(several, list) or not all(isinstance(one, str) and one.strip() for one in several):
            raise ValueError(
                f"{file.name}: {meant!r} = {several!r}; "
                'a row is "words of the book" = ["what is typed", ...].'
            )
        found += [(typed, meant) for typed in several]
    return found


def joined(
    pages: Mapping[str, Sequence[Entry]],
    addresses: Mapping[str, str],
    numbers: Mapping[str, Sequence[int]],
    weights: Mapping[str, float],
    rows: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """The index as ``static/query.js`` reads it.

    Of each page its address and its title, with its number; of each entry its page, its anchor, its title,
    those above it, its words in the glossary, what it is about, its text, and its weight where that is not 1.
    """
    named, about = sent(pages, addresses, TERM, 1), sent(pages, addresses, CONCEPT, 9)
    listed, found = [], []
    for at, (page, entries) in enumerate(pages.items()):
        number = ".".join(map(str, numbers.get(page, ())))
        heading = next((entry.title for entry in entries), page)
        listed.append([addresses[page], f"{number}. {heading}" if number else heading])
        for entry in entries:
            if entry.kind == CONCEPT:
                continue
            places = [(addresses[page], anchor) for anchor in entry.ids]
            words = [*entry.also, *(word for place in places for word in named.get(place, ()))]
            concepts = [labels(entry), *(word for place in places for word in about.get(place, ()))]
            row = [
                at,
                entry.ids[0],
                entry.title,
                entry.above,
                words,
                "; ".join(filter(None, concepts)),
                entry.text,
            ]
            weight = round(KINDS[entry.kind] * weight_of(page, weights), 3)
            found.append(row if weight == 1 else [*row, weight])
    return {"pages": listed, "entries": found, "synonyms": rows}


def labels(entry: Entry) -> str:
    """What a section's authors call it among themselves: ``perceptron-history`` says more than its title."""
    if entry.kind != SECTION:
        return ""
    own = (label.partition("-")[2] for label in entry.ids[:-1])
    return " ".join(label.replace("-", " ") for label in own if label and label not in EVERYWHERE)


def weight_of(page: str, weights: Mapping[str, float]) -> float:
    """That of the longest beginning of the page's name that is listed; 1 where none is."""
    fitting = [beginning for beginning in weights if page.startswith(beginning)]
    return weights[max(fitting, key=len)] if fitting else 1.0


def sent(
    pages: Mapping[str, Sequence[Entry]], addresses: Mapping[str, str], kind: str, most: int
) -> dict[tuple[str, str], list[str]]:
    """By address and anchor: the words, or the concepts, whose first ``most`` links lead there."""
    found: dict[tuple[str, str], list[str]] = {}
    for page, entries in pages.items():
        for entry in entries:
            for link in entry.see[:most] if entry.kind == kind else ():
                address, _, anchor = link.partition("#")
                address = (
                    address.removeprefix("../" * addresses[page].count("/")) if address else addresses[page]
                )
                found.setdefault((address, anchor), []).extend([entry.title, *entry.also])
    return found


def script(index: Mapping[str, Any]) -> str:
    """A script, so that it can be loaded by a page that was opened from disk."""
    return f"globalThis.{VARIABLE} = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n"
