"""The book's exercises answer back: ``check.ex_gd_three_steps(w=[...], largest=..., at_once=...)``.

A chapter's module maps each exercise's label to its parts: what is asked, what is right, and for each usual mistake
what to say. The forms on the book's pages are made of the same parts (``_ext/nnbook/exercises.py``). Those in
``again`` have other numbers for each seed: ``check.ex_gd_again_steps(seed=7)`` says which.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from nnlib.exercises.bets import BETS
from nnlib.exercises.code import Code
from nnlib.exercises.drawn import Drawn
from nnlib.exercises.kinds import Part

__all__ = ["BETS", "CHAPTERS", "all_exercises", "check", "exercises_of", "find", "mark", "right"]

Exercise = dict[str, Part]

#: The second word of an exercise's label, and its chapter.
CHAPTERS = {
    "perceptron": "perceptron",
    "activations": "activations",
    "costs": "cost_functions",
    "gd": "gradient_descent",
    "bp": "backpropagation",
    "vanishing": "vanishing_gradients",
    "digits": "digits",
    "keras": "keras",
}
MARKS = {"right": "✓", "empty": "○", "points": "·"}


def exercises_of(chapter: str) -> dict[str, Exercise]:
    """The exercises of a chapter by their labels; a chapter's answers are computed when it is first asked for."""
    return import_module(f"nnlib.exercises.{chapter}").EXERCISES


def all_exercises() -> dict[str, Exercise]:
    return {label: parts for chapter in CHAPTERS.values() for label, parts in exercises_of(chapter).items()}


def find(label: str) -> Exercise | None:
    """The exercise or the bet with this label, if its answers are known."""
    if label in BETS:
        return BETS[label]
    word = label.partition("-")[2].partition("-")[0]
    return exercises_of(CHAPTERS[word]).get(label) if word in CHAPTERS else None


class Check:
    """A method for each exercise, by its label: ``ex-gd-three-steps`` is ``check.ex_gd_three_steps``."""

    #: On the book's page, what takes the verdicts: a kind for each part of a label. Parts with a field there are
    #: judged at their field, unless the call names them.
    heard: Callable[[str, dict[str, str]], None] | None = None

    def __dir__(self) -> list[str]:
        return [name_of(label) for label in all_exercises() | BETS]

    def __getattr__(self, name: str) -> Callable[..., None]:
        parts = find(name.replace("_", "-"))
        if parts is None:
            raise AttributeError(f"there is no exercise {name}; dir(check) lists them")

        def checked(*answers: Any, seed: int = 0, worked: bool = False, **named: Any) -> None:
            asked = parts.with_seed(seed) if isinstance(parts, Drawn) else parts
            if len(answers) > len(parts) or not set(named) <= set(parts):
                raise TypeError(f"{name} asks for {', '.join(parts)}")
            if isinstance(asked, Drawn):
                print(f"Numbers {seed}: {asked.given}")
            elif seed or worked:
                raise TypeError(f"the numbers of {name} are always the same: it takes no seed")
            given = dict(zip(parts, answers, strict=False)) | named
            kinds: dict[str, str] = {}
            for key, part in asked.items():
                if self.heard and key not in given and not isinstance(part, Code):
                    continue
                said = part.judge(given.get(key))
                kinds[key] = said.kind
                print(f"{MARKS.get(said.kind, '✗')} {part.asks}: {said.text}")
            if self.heard:
                self.heard(name.replace("_", "-"), kinds)
            if worked and isinstance(asked, Drawn):
                print(asked.worked)

        return checked


def right(label: str, name: str, seed: int = 0) -> Any:
    """What is right for a part of an exercise: a value, an option, a formula, or a function."""
    return part_of(label, name, seed).right


def mark(label: str, name: str, answer: Any, seed: int = 0) -> None:
    """Nothing where the answer is right; else an AssertionError with its hint, as a program that marks takes it."""
    said = part_of(label, name, seed).judge(answer)
    if said.kind != "right":
        raise AssertionError(said.text)


def part_of(label: str, name: str, seed: int) -> Any:
    parts = find(label)
    if parts is None or name not in parts:
        raise ValueError(f"there is no part {name} of an exercise {label}")
    return (parts.with_seed(seed) if isinstance(parts, Drawn) else parts)[name]


def name_of(label: str) -> str:
    return label.replace("-", "_")


check = Check()
