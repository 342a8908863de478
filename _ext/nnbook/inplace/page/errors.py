"""An error as a reader needs it: their own lines, the one that failed, and what it says."""

from __future__ import annotations

import re
import traceback
from typing import Any

CELL = re.compile(r"cell \S+")
WHERE = re.compile(r'^  File "(cell \S+)", line (\d+)(?:, in (\S+))?', re.M)
PACKAGES = "/site-packages/"
RUNNER = "/nnbook_page/"
OWN_COMMANDS = "Lines that begin with % or ! are Jupyter's own commands: this page runs Python only."
LEFT_OUT = (
    "Here Python has numpy, matplotlib, nnlib and most of its standard library; {name} is not among them."
)


def describe(error: BaseException, name: str, code: str) -> dict[str, Any]:
    """The error's name, its text, and the line of this cell where it was raised, if there is one.

    Lines inside packages are not shown: one says where it was, in which of their functions.
    """
    whole = traceback.TracebackException.from_exception(error)
    own = [frame for frame in whole.stack if CELL.fullmatch(frame.filename)]
    lines = [readable(line) for frame in own for line in traceback.StackSummary.from_list([frame]).format()]
    last = whole.stack[-1] if whole.stack else None
    if last is not None and own and PACKAGES in last.filename and RUNNER not in last.filename:
        where = last.filename.partition(PACKAGES)[2]
        lines.append(f"  … inside {where}, line {last.lineno}, in {last.name}\n")
    return {
        "name": type(error).__name__,
        "text": "".join(lines + said(error, whole, code)).rstrip("\n"),
        "line": line_of(error, own, name),
    }


def readable(lines: str) -> str:
    def place(found: re.Match[str]) -> str:
        inside = "" if found[3] in (None, "<module>") else f", in {found[3]}"
        return f"{found[1].capitalize()}, line {found[2]}{inside}"

    return WHERE.sub(place, lines)


def said(error: BaseException, whole: traceback.TracebackException, code: str) -> list[str]:
    if isinstance(error, KeyboardInterrupt):
        return ["Stopped.\n"]
    if isinstance(error, SystemExit):
        return [f"SystemExit: {error}\n"]
    found = [readable(line) for line in whole.format_exception_only()]
    if isinstance(error, SyntaxError) and any(line.lstrip()[:1] in ("%", "!") for line in code.splitlines()):
        found.append(f"{OWN_COMMANDS}\n")
    elif isinstance(error, ModuleNotFoundError):
        found.append(f"{LEFT_OUT.format(name=error.name)}\n")
    return found


def line_of(error: BaseException, own: list[traceback.FrameSummary], name: str) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno
    mine = [frame.lineno for frame in own if frame.filename == name]
    return mine[-1] if mine else None
