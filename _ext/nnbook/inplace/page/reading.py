"""What a cell's code does to names, read from its text: what it needs, sets, and may change in place.

In doubt a name is needed, or changed: a cell too many is run, never one too few.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache


def words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Calls that leave their arguments, and what they are methods of, as they were: Python's own, arrays' and
# texts', and those of nnlib that read a network or a function.
PURE = words(
    "abs all any bool dict dir enumerate filter float format frozenset getattr hasattr id int",
    "isinstance iter len list map max min next pow print range repr reversed round set slice sorted str",
    "sum tuple type vars zip display",
    "argmax argmin argsort astype clip copy cumsum dot flatten item mean prod ravel reshape squeeze std",
    "tolist transpose var",
    "endswith index count items join keys get lower lstrip replace rstrip split startswith strip upper",
    "values",
    "forward backward predict classify cost prime vjp gradient_check accuracy one_hot explore show play",
)
# numpy's own functions leave their arguments alone, but for these; with ``out=`` none does.
IN_PLACE = words("shuffle put copyto fill_diagonal place putmask put_along_axis")
# What changes a package as a whole: how it prints, warns, draws, or what is random next.
SETTINGS = words(
    "set_printoptions seterr seed filterwarnings simplefilter update use rc set_state setrecursionlimit"
)
# Calls whose result may be, or hold, what they are given.
SHARING = words("zip enumerate reversed reshape ravel asarray iter items values")


@dataclass
class Reading:
    """What a cell does with the names that all cells share."""

    needs: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)  # what it needs, and what it has made itself
    sets: set[str] = field(default_factory=set)  # whatever happens
    may_set: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)  # in place
    settings: set[str] = field(default_factory=set)  # packages of which it changes a setting
    same: list[tuple[str, str]] = field(default_factory=list)  # names that may be one object
    modules: set[str] = field(default_factory=set)
    # of each function, what it needs and what it changes when it is called
    called: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)


@lru_cache(maxsize=1024)
def read(code: str) -> Reading | None:
    """None for what cannot be read: a cell that does not parse needs whatever stands above it."""
    try:
        tree = ast.parse(code)
        table = symtable.symtable(code, "cell", "exec")
    except SyntaxError:
        return None
    found = Reading()
    found.may_set = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    found.needs = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    children = [(child.get_name(), set(used(child))) for child in table.get_children()]
    inner = dict(children)
    for statement in tree.body:
        found.sets |= set_by(statement)
        for node in outside_of_functions(statement):
            look(node, found)
    for node in tree.body:
        if isinstance(node, DEFINITIONS):
            body = Reading()
            for part in ast.walk(node):
                look(part, body)
            # What the whole cell shares: not the function's own names.
            names = inner.get(node.name, set())
            found.called[node.name] = (names, (body.changes | body.settings) & names)
            found.modules |= body.modules & names
    for name, names in children:
        if name not in found.called:  # a comprehension or a lambda: it runs at once
            found.needs |= names
    found.uses = set(found.needs)
    found.needs -= first_set(tree)
    return found


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def outside_of_functions(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and its parts, but not what only happens when a function is called."""
    yield node
    for part in [] if isinstance(node, DEFINITIONS) else ast.iter_child_nodes(node):
        yield from outside_of_functions(part)


def used(table: symtable.SymbolTable) -> Iterator[str]:
    """The global names that a function uses or sets, at any depth."""
    for symbol in table.get_symbols():
        if symbol.is_global():
            yield symbol.get_name()
    for child in table.get_children():
        yield from used(child)


def set_by(statement: ast.stmt) -> set[str]:
    """The names that a statement sets whatever happens: not those of a branch, a loop or an update."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Assign):
        return {name for target in statement.targets for name in targets(target)}
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return set(targets(statement.target))
    if isinstance(statement, ast.With):
        return {name for inner in statement.body for name in set_by(inner)}
    return set()


def first_set(tree: ast.Module) -> set[str]:
    """The names that a cell sets before it uses them: it needs no other cell for them."""
    known: set[str] = set()
    early: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            # Its body runs later. What it uses and nobody has set by then, some cell above has.
            known |= {statement.name}
            continue
        uses = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        if isinstance(statement, ast.AugAssign):
            uses |= set(targets(statement.target))
        if isinstance(statement, ast.For):
            known |= set(targets(statement.target)) - {
                n.id for n in ast.walk(statement.iter) if isinstance(n, ast.Name)
            }
        early |= uses - known
        known |= set_by(statement)
    return known - early


def targets(target: ast.AST) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for part in target.elts:
            yield from targets(part)
    elif isinstance(target, ast.Starred):
        yield from targets(target.value)


def root(node: ast.AST) -> str | None:
    """``net`` of ``net.W[1]``."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def look(node: ast.AST, found: Reading) -> None:
    """Note what one node of the code changes in place, and which names it makes the same."""
    if isinstance(node, ast.Import):
        found.modules |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        found.changes |= {name} if (name := root(node)) else set()
    elif isinstance(node, ast.AugAssign):
        found.changes |= {name} if (name := root(node.target)) else set()
    elif isinstance(node, ast.Call):
        change(node, found)
    elif isinstance(node, ast.Assign | ast.For | ast.NamedExpr | ast.comprehension):
        places = node.targets if isinstance(node, ast.Assign) else [node.target]
        source = node.value if isinstance(node, ast.Assign | ast.NamedExpr) else node.iter
        for name in (name for place in places for name in targets(place)):
            found.same += [(name, other) for other in roots(source) if other != name]


def roots(source: ast.AST) -> set[str]:
    """The names that a value may share an object with."""
    if isinstance(source, ast.Tuple | ast.List | ast.Set):
        return {name for part in source.elts for name in roots(part)}
    if isinstance(source, ast.Dict):
        return {name for part in source.values for name in roots(part)}
    if isinstance(source, ast.IfExp):
        return roots(source.body) | roots(source.orelse)
    if isinstance(source, ast.Call) and called(source) in SHARING:
        parts = [*source.args, *([source.func.value] if isinstance(source.func, ast.Attribute) else [])]
        return {name for part in parts for name in roots(part)}
    return {name} if (name := root(source)) else set()


def called(call: ast.Call) -> str:
    function = call.func
    return (
        function.attr
        if isinstance(function, ast.Attribute)
        else function.id
        if isinstance(function, ast.Name)
        else ""
    )


def change(call: ast.Call, found: Reading) -> None:
    """Note what a call may change: its arguments, and what it is a method of."""
    name, receiver = called(call), root(call.func) if isinstance(call.func, ast.Attribute) else None
    if name in SETTINGS and receiver:
        found.settings.add(receiver)
    out = [keyword.value for keyword in call.keywords if keyword.arg == "out"]
    given = out
    if not (name in PURE or (receiver in ("np", "numpy") and name not in IN_PLACE)):
        given = [*call.args, *(keyword.value for keyword in call.keywords), *out]
        found.changes |= {receiver} if receiver else set()
    found.changes |= {changed for value in given if (changed := root(value))}


def closed(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The names, and all that may be the same objects."""
    found, grown = set(names), True
    pairs = list(pairs)
    while grown:
        before = len(found)
        for one, other in pairs:
            if one in found or other in found:
                found |= {one, other}
        grown = len(found) > before
    return found
