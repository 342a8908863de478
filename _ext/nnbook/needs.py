"""What later cells need of those that are left out: the statements that define it, and no more."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple


class Statement(NamedTuple):
    """A statement of a cell's code, the names that it defines, and those that it uses."""

    source: str
    defines: set[str]
    uses: set[str]


def statements(code: str) -> list[Statement]:
    """The statements of a cell that define something: imports, assignments, functions and classes."""
    code = without_magic(code)
    lines = code.splitlines()
    kinds = (ast.Import, ast.ImportFrom, ast.Assign, ast.FunctionDef, ast.ClassDef)
    found = [node for node in ast.parse(code).body if isinstance(node, kinds)]
    return [Statement("\n".join(lines[node.lineno - 1 : node.end_lineno]), *names(node)) for node in found]


def without_magic(code: str) -> str:
    """Python without IPython's own lines, such as ``%pip``."""
    return re.sub(r"^( *)[%!].*$", r"\1pass", code, flags=re.M)


def names(tree: ast.AST) -> tuple[set[str], set[str]]:
    """The names that a piece of code defines, and those that it uses without defining them."""
    defines: set[str] = set()
    uses: set[str] = set()
    own: set[str] = set()  # a function's arguments and what it sets inside: nobody else sees them
    for node in ast.walk(tree):
        inside = tree if isinstance(tree, ast.FunctionDef) else None
        if isinstance(node, ast.Name):
            (uses if isinstance(node.ctx, ast.Load) else own if inside else defines).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            defines.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            defines |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.arg):
            own.add(node.arg)
    return defines, uses - own - (defines if isinstance(tree, ast.Module) else set())


def missing(code: str, known: set[str], dropped: list[Statement]) -> list[Statement]:
    """The dropped statements that a cell cannot run without, in their order."""
    wanted = names(ast.parse(without_magic(code)))[1] - known
    found: list[Statement] = []
    for statement in reversed(dropped):
        if statement.defines & wanted:
            found.insert(0, statement)
            wanted = (wanted - statement.defines) | (statement.uses - known)
    return found
