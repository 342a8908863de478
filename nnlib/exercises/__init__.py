"""The book's exercises answer back: ``check.ex_gd_three_steps(w=[...], largest=..., at_once=...)``.

A chapter's module maps each exercise's label to its parts: what is asked, what is right, and for each usual mistake
what to say. The forms on the book's pages are made of the same parts (``_ext/nnbook/exercises.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from nnlib.exercises.kinds import Part

__all__ = ["CHAPTERS", "all_exercises", "check", "exercises_of", "find"]

Exercise = dict[str, Part]

#: The word in an exercise's label, and its chapter.
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
    """The exercise with this label, if its answers are known."""
    word = next((word for word in label.split("-") if word in CHAPTERS), None)
    return exercises_of(CHAPTERS[word]).get(label) if word else None


class Check:
    """A method for each exercise, by its label: ``ex-gd-three-steps`` is ``check.ex_gd_three_steps``."""

    def __dir__(self) -> list[str]:
        return [name_of(label) for label in all_exercises()]

    def __getattr__(self, name: str) -> Callable[..., None]:
        parts = find(name.replace("_", "-"))
        if parts is None:
            raise AttributeError(f"there is no exercise {name}; dir(check) lists them")

        def checked(*answers: Any, **named: Any) -> None:
            if len(answers) > len(parts) or not set(named) <= set(parts):
                raise TypeError(f"{name} asks for {', '.join(parts)}")
            given = dict(zip(parts, answers, strict=False)) | named
            for key, part in parts.items():
                said = part.judge(given.get(key))
                print(f"{MARKS.get(said.kind, '✗')} {part.asks}: {said.text}")

        return checked


def name_of(label: str) -> str:
    return label.replace("-", "_")


check = Check()
