"""What is said to an answer that no author foresaw. The pages carry these words, so that all places say the same."""

from __future__ import annotations

from dataclasses import dataclass

WORDS = {
    "right": "Right.",
    "empty": "Nothing entered yet.",
    "numbers": "This cannot be read as numbers. You may write 0.25, −3, 1/3, √2 or 2e-4.",
    "formula": "This cannot be read as a formula in {letters}. You may write 2{letter}², {letter}/3, exp(−{letter}) or √{letter}.",
    "sign": "The size is right; the sign is the other one.",
    "transposed": "These are the right numbers, with rows and columns exchanged.",
    "one": "One number is asked for, and {came} came.",
    "several": "{count} numbers are asked for, and {came} came.",
    "shape": "A matrix of {shape} is asked for, and {came} came.",
    "twice": "Twice the right value. Is a ½ missing, or a mean taken as a sum?",
    "half": "Half the right value. Is there a ½ too many, or a sum taken as a mean?",
    "ten": "A power of ten off: look where the point stands.",
    "order": "The right numbers, in another order.",
    "share": "As a percentage, please: times 100.",
    "percent": "That is a percentage; asked for is the share itself, a hundredth of it.",
    "near": "Close. Carry more digits on the way and round only at the end, to {digits}.",
    "part": "{good} of {count} are right; look at number {first} again.",
    "no": "Not yet. Go through it once more, line by line, or look at the solution.",
    "elsewhere": "Not yet: at {place} it has another value.",
    "call": "A function is expected, by its name alone and without brackets.",
    "options": "One of these is meant: {options}.",
    "raised": "Your function raised {problem} Its input was {inputs}.",
    "changed": "Your function changes what it is given. Work on a copy. Its input was {inputs}.",
    "nothing": "Your function gives nothing back. Is there a return at its end?",
    "result": "For {inputs} the result has shape {came}; {shape} is expected.",
    "passed": "Right, on {count} inputs.",
    "failed": "Not yet: for {inputs} it gives {came}, and {wanted} is right.",
    "read": "(Read as {numbers}.)",
    "points": "Compare with the solution. Does yours say",
}


@dataclass(frozen=True)
class Said:
    """A verdict: its kind (right, hint, near, part, shape, no, empty or unreadable) and its words."""

    kind: str
    text: str


def say(kind: str, word: str = "", **values: object) -> Said:
    return Said(kind, WORDS[word or kind].format(**values))
