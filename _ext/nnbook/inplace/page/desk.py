"""What the page's worker asks of Python, in one place."""

from __future__ import annotations

import sys

from . import plan
from .cells import Runner, Send, warm
from .late import Late, unpack

__all__ = ["Late", "before", "figure", "frame", "needs", "open", "run", "unpack", "version", "warm"]

version = sys.version.split()[0]
before, needs = plan.before, plan.needs
_runner: Runner


def open(send: Send) -> None:
    """Begin: all that is printed and shown from now on goes to the page."""
    global _runner
    _runner = Runner(send)


async def run(code: str, name: str, place: int) -> bool:
    ok = await _runner.run(code, name)
    plan.ran(place, code, ok)
    return ok


def frame(draw: str, values: str, narrow: bool) -> str:
    from . import explorers

    return explorers.frame_json(draw, values, narrow)


def figure(draw: str, narrow: bool) -> str:
    from . import explorers

    return explorers.figure_html(draw, narrow)
