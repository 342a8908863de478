"""Runs the page's cells as a notebook would: what they print, their last value, their figures and errors."""

from __future__ import annotations

import ast
import asyncio
import builtins
import contextvars
import inspect
import io
import json
import linecache
import logging
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from types import CodeType
from typing import Any

from . import display, errors

MOST_CHARACTERS = 100_000  # that a cell may print: an endless loop must not fill the page
EVERY = 0.05  # seconds between two messages of a stream
NO_INPUT = "input() cannot ask on this page: write the value into the cell and run it again."

Send = Callable[[str, str], None]

namespace: dict[str, Any] = sys.modules["__main__"].__dict__
# numpy keeps its print options in a context: one for all cells, so that what one sets holds in the next.
context = contextvars.copy_context()
# The fonts that formulas fall back on are left out: nothing that a reader need hear.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


class Stream(io.TextIOBase):
    """Standard output, sent to the page in pieces."""

    encoding = "utf-8"

    def __init__(self, kind: str, send: Send) -> None:
        self.kind, self.send = kind, send
        self.waiting: list[str] = []
        self.sent = 0.0
        self.left = MOST_CHARACTERS

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.left > 0:
            self.waiting.append(text[: self.left])
            if len(text) >= self.left:
                self.waiting.append("\n… more was printed than a page can show.\n")
        self.left -= len(text)
        if time.monotonic() - self.sent > EVERY:
            self.flush()
        return len(text)

    def flush(self) -> None:
        if self.waiting:
            text, self.waiting = "".join(self.waiting), []
            self.sent = time.monotonic()
            self.send(self.kind, text)


class Runner:
    def __init__(self, send: Send) -> None:
        self.send = send
        self.streams = [Stream("stdout", send), Stream("stderr", send)]
        sys.stdout, sys.stderr = self.streams
        warnings.filterwarnings("ignore", message="FigureCanvasAgg is non-interactive")
        namespace["display"] = self.display
        builtins.input = no_input

    async def run(self, code: str, name: str) -> bool:
        """Run a cell, known as ``name`` in its errors; whether it ended without one."""
        for stream in self.streams:
            stream.left = MOST_CHARACTERS
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        problem: BaseException | None = None
        if "check" in code:
            self.listen()
        try:
            await self.run_statements(code, name)
        except BaseException as error:  # the reader's own, whatever it is: Stop and SystemExit, too
            problem = error
        try:
            for figure in display.open_figures():
                self.display(figure)
        except Exception as error:
            problem = problem or error
        self.flush()
        if problem is not None:
            self.send("error", json.dumps(errors.describe(problem, name, code)))
        return problem is None

    async def run_statements(self, code: str, name: str) -> None:
        tree = ast.parse(code, name)
        silent = code.rstrip().endswith(";")
        last = tree.body[-1] if tree.body else None
        if isinstance(last, ast.Expr) and not silent:
            tree.body.pop()
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        await evaluated(compile(tree, name, "exec", flags))
        if isinstance(last, ast.Expr) and not silent:
            value = await evaluated(compile(ast.Expression(last.value), name, "eval", flags))
            if value is not None:
                namespace["_"] = value
                self.display(value)

    def display(self, *values: object) -> None:
        """Show values below the cell: figures as pictures, all else as text."""
        self.flush()
        for value in values:
            self.send("display", json.dumps(context.run(display.bundle, value)))

    def listen(self) -> None:
        """Let the page know what an exercise's check finds: its form and its cell go together."""
        from nnlib.exercises import check

        check.heard = lambda label, kinds: self.send("checked", json.dumps({"label": label, "kinds": kinds}))

    def flush(self) -> None:
        for stream in self.streams:
            stream.flush()


async def evaluated(code: CodeType) -> Any:
    value = context.run(eval, code, namespace)
    if code.co_flags & inspect.CO_COROUTINE:
        return await asyncio.get_running_loop().create_task(value, context=context)
    return value


def no_input(prompt: object = "") -> str:
    raise RuntimeError(NO_INPUT)


def warm() -> None:
    """What the chapters import, brought in while the reader still reads."""
    for name in ("matplotlib.backends.backend_svg", "nnlib.explore.drawing", "nnlib.figures"):
        import_module(name)
