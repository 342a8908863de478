"""Which cells have to run before another, so that it prints what it would after all that stands above it."""

from __future__ import annotations

import json
from typing import NamedTuple

from .reading import Reading, closed, read


class Run(NamedTuple):
    """A cell that has run: its place on the page, its text at that time, and whether it came to its end."""

    place: int
    code: str
    ok: bool


_log: list[Run] = []


def ran(place: int, code: str, ok: bool) -> None:
    _log.append(Run(place, code, ok))


def before(codes: str, place: int) -> str:
    """For the page: ``missing``, by JSON."""
    return json.dumps(missing(json.loads(codes), place))


def needs(codes: str) -> str:
    """For the page: what each cell needs, by JSON."""
    given = json.loads(codes)
    return json.dumps([needed(given, place) for place in range(len(given))])


def needed(codes: list[str], place: int) -> list[int]:
    """The cells above that a cell cannot do without, in their order: they set or change what it uses."""
    known = [reading for code in codes[: place + 1] if (reading := read(code)) is not None]
    if len(known) <= place:  # one cannot be read
        return list(range(place))
    names = Names(known)
    wanted = names.needs(known[place])
    found: list[int] = []
    for at in range(place - 1, -1, -1):
        reading = known[at]
        changes = names.changes(reading)
        if reading.may_set & wanted or changes & names.shared(wanted):
            found.append(at)
            wanted = (wanted - (reading.sets - changes)) | names.needs(reading)
    return found[::-1]


class Names:
    """What a page's cells know together: names of packages, of functions, and of one object with another."""

    def __init__(self, readings: list[Reading]) -> None:
        self.modules = {name for reading in readings for name in reading.modules}
        pairs = (pair for reading in readings for pair in reading.same)
        self.pairs = [pair for pair in pairs if not self.modules & set(pair)]
        self.called: dict[str, tuple[set[str], set[str]]] = {}
        for name, (needs, changes) in (both for reading in readings for both in reading.called.items()):
            others = self.called.get(name, (set(), set()))
            self.called[name] = (others[0] | needs, others[1] | changes)

    def needs(self, reading: Reading) -> set[str]:
        """What a cell uses, and what the functions use that it calls."""
        return reading.needs.union(*(self.called[name][0] for name in self.calls(reading)))

    def changes(self, reading: Reading) -> set[str]:
        """What a cell may change in place, itself or by what it calls; of packages, settings alone."""
        by_calls = set[str]().union(*(self.called[name][1] for name in self.calls(reading)))
        return ((reading.changes | by_calls) - self.modules - self.called.keys()) | reading.settings

    def calls(self, reading: Reading) -> set[str]:
        """The functions of the page that a cell names, and those that they name."""
        found: set[str] = set()
        waiting = [*reading.uses]
        while waiting:
            name = waiting.pop()
            if name in self.called and name not in found:
                found.add(name)
                waiting += self.called[name][0]
        return found

    def shared(self, wanted: set[str]) -> set[str]:
        """The names whose change is a change of what is wanted."""
        return closed(wanted - self.modules, self.pairs) | wanted


def missing(codes: list[str], place: int) -> list[int]:
    """Of the cells that are needed, those to run: not run yet, or overtaken by others since."""
    wanted = needed(codes, place)
    last = {run.place: when for when, run in enumerate(_log)}
    for number, at in enumerate(wanted):
        if at not in last or not is_valid(_log[last[at]], codes) or overtaken(at, last[at], codes, wanted):
            return wanted[number:]
    return []


def is_valid(run: Run, codes: list[str]) -> bool:
    return run.ok and run.code == codes[run.place]


def overtaken(at: int, when: int, codes: list[str], wanted: list[int]) -> bool:
    """Whether a cell that ran after this one had its hands on the same names, out of the page's order."""
    mine, last = touched(codes[at]), at
    for run in _log[when + 1 :]:
        theirs = touched(run.code)
        if mine is not None and theirs is not None and not mine & theirs:
            continue
        if run.place <= last or run.place not in wanted or not is_valid(run, codes):
            return True
        last = run.place
    return False


def touched(code: str) -> set[str] | None:
    """The names that a cell sets or changes; None: any."""
    reading = read(code)
    if reading is None:
        return None
    called = (changes for _, changes in reading.called.values())
    return (reading.may_set | reading.changes | reading.settings).union(*called) - reading.modules
