"""The package stays small and readable: floors that import one way, light imports, docstrings."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import io
import json
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import nnlib

PACKAGE = Path(nnlib.__file__).parent

#: From the ground up: a module imports only from floors below its own; the last three are packages.
FLOORS = [
    ["settings"],
    ["checks"],
    ["activations", "costs", "initializers", "data", "parameters", "schedules"],
    ["outputs", "optimizers", "passes", "perceptron"],
    ["network"],
    ["training"],
    ["figures"],
    ["explore", "exercises"],
    ["play"],
]
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}
CORE = [name for names in FLOORS[:6] for name in names]


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the package: its part, as in FLOORS, and its file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if part != "__init__":
            yield part, path


def imported(path: Path) -> set[str]:
    """The full names of what a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
            assert "nnlib" not in names or {"figures", "exercises"} & {*path.parts}, (
                f"{path.name} imports all of nnlib"
            )
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} has a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def lines_of_code(path: Path) -> int:
    """How many lines of a file hold code: imports, docstrings, comments and blank lines apart."""
    text = path.read_text(encoding="utf-8")
    apart: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if words or isinstance(node, ast.Import | ast.ImportFrom):
            apart |= set(range(node.lineno, (node.end_lineno or 0) + 1))
    blank = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in blank and token.type != tokenize.ENDMARKER:
            code |= set(range(token.start[0], token.end[0] + 1))
    return len(code - apart)


def parts(names: set[str]) -> set[str]:
    """The parts of nnlib among imported names: 'checks' from 'nnlib.checks.Array' and from 'nnlib.checks'."""
    return {name.split(".")[1] for name in names if name.startswith("nnlib.")}


class TestFloors:
    def test_every_module_stands_on_one(self) -> None:
        assert {part for part, _ in modules()} == set(FLOOR)

    @pytest.mark.parametrize(
        ("part", "path"), [pytest.param(*m, id=str(m[1].relative_to(PACKAGE))) for m in modules()]
    )
    def test_imports_run_one_way(self, part: str, path: Path) -> None:
        own = part in ("figures", "explore", "exercises", "play")
        for other in parts(imported(path)):
            assert FLOOR[other] < FLOOR[part] or (own and other == part), f"{part} imports {other}"

    def test_explore_needs_no_more_of_the_figures_than_their_vocabulary(self) -> None:
        for part, path in modules():
            if part == "explore":
                names = {name for name in imported(path) if name.startswith("nnlib.figures")}
                assert {name.split(".")[2] for name in names} <= {"style", "words", "marks", "seen"}

    @pytest.mark.parametrize("name", CORE)
    def test_the_core_imports_numpy_and_nothing_else(self, name: str) -> None:
        tree = ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))
        outside = set()
        for node in tree.body:  # what is imported inside a function is imported when it is needed
            if isinstance(node, ast.Import):
                outside |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                outside.add(str(node.module).split(".")[0])
        assert outside - set(sys.stdlib_module_names) <= {"numpy", "nnlib"}


class TestSize:
    @pytest.mark.parametrize("name", CORE)
    def test_a_file_of_the_core_holds_one_concept_on_two_screens(self, name: str) -> None:
        """There is always room for another file, and none for a second concept in one."""
        assert 15 < lines_of_code(PACKAGE / f"{name}.py") <= 170

    def test_what_counts_as_a_line_of_code(self, tmp_path: Path) -> None:
        file = tmp_path / "some.py"
        file.write_text('"""Words\nand words."""\nimport os\n\n# a comment\nx = [\n    1,\n]  # more\n')
        assert lines_of_code(file) == 3

    @pytest.mark.parametrize("name", CORE)
    def test_functions_fit_on_a_screen(self, name: str) -> None:
        for node in ast.walk(ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = 0 if not body else (body[-1].end_lineno or 0) - body[0].lineno + 1
                assert lines <= 50, f"{node.name} has {lines} lines"


class TestSignatures:
    @pytest.mark.parametrize("name", [name for name in nnlib.__all__ if callable(getattr(nnlib, name))])
    def test_what_may_be_left_out_is_named_but_for_the_first_two(self, name: str) -> None:
        if name in ("explore", "show"):  # the draw function, and names that it gives
            return
        given = inspect.signature(getattr(nnlib, name)).parameters.values()
        by_place = [each for each in given if each.kind is each.POSITIONAL_OR_KEYWORD]
        assert [each.name for each in by_place[2:] if each.default is not each.empty] == []


class TestImporting:
    def loaded(self, code: str) -> set[str]:
        """The packages that a line of code brings into a fresh Python, the standard library's apart."""
        files = "[name for name, module in sys.modules.items() if getattr(module, '__file__', None)]"
        program = f"import sys, json; {code}; print(json.dumps({files}))"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        roots = {name.split(".")[0] for name in json.loads(done.stdout)}
        return {root for root in roots if root not in sys.stdlib_module_names and not root.startswith("_")}

    def test_nnlib_brings_in_numpy_alone(self) -> None:
        assert self.loaded("import nnlib") == {"nnlib", "numpy"}

    def test_so_does_using_the_core(self) -> None:
        code = (
            "import nnlib; X, y = nnlib.moons(20, rng=0); net = nnlib.Network([2, 3, 1], rng=0); "
            "nnlib.fit(net, X, y[:, None], epochs=1); nnlib.gradient_check(net, X, y[:, None]); "
            "nnlib.load_digits()"
        )
        assert self.loaded(code) == {"nnlib", "numpy"}

    def test_figures_come_when_they_are_asked_for(self) -> None:
        assert "matplotlib" in self.loaded("import nnlib.figures.style")

    @pytest.mark.parametrize(
        "first", ["import nnlib", "import nnlib.explore", "import nnlib.explore.choices"]
    )
    def test_explore_can_be_called_in_whatever_order_it_is_imported(self, first: str) -> None:
        code = f"{first}; import nnlib; assert callable(nnlib.explore); assert nnlib.explore.grid"
        subprocess.run([sys.executable, "-c", code], check=True)


class TestWords:
    @pytest.mark.parametrize("name", ["nnlib", *(f"nnlib.{name}" for name in CORE)])
    def test_the_examples_in_docstrings_hold(self, name: str) -> None:
        assert doctest.testmod(importlib.import_module(name)).failed == 0

    def test_there_are_some(self) -> None:
        for name in ("activations", "costs", "data", "network", "perceptron", "schedules"):
            assert doctest.testmod(importlib.import_module(f"nnlib.{name}")).attempted > 0

    def test_all_names_what_there_is(self) -> None:
        assert len(set(nnlib.__all__)) == len(nnlib.__all__)
        assert all(hasattr(nnlib, name) for name in nnlib.__all__)

    def test_what_there_is_not_is_said_plainly(self) -> None:
        with pytest.raises(AttributeError, match=r"^module 'nnlib' has no attribute 'Netwrok'$"):
            nnlib.Netwrok  # noqa: B018

    @pytest.mark.parametrize(
        "name", [*CORE, *(f"figures.{name}" for name in ("style", "marks", "runs", "words"))]
    )
    def test_everything_public_has_a_docstring(self, name: str) -> None:
        path = PACKAGE / (name.replace(".", "/") + ".py")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{name} has no docstring"
        public = (ast.FunctionDef, ast.ClassDef)
        for node in tree.body:
            if isinstance(node, public) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{name}.{node.name} has no docstring"
                if isinstance(node, ast.ClassDef):
                    for method in node.body:
                        if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                            assert ast.get_docstring(method), (
                                f"{name}.{node.name}.{method.name} has no docstring"
                            )

    @pytest.mark.parametrize(
        "name", [name for name in nnlib.__all__ if inspect.isclass(getattr(nnlib, name))]
    )
    def test_help_shows_words_of_its_own(self, name: str) -> None:
        # A dataclass without a docstring would be given its signature as one.
        assert not str(getattr(nnlib, name).__doc__).startswith(f"{name}(")
