"""Which cells have to run before another: read from their text, and from what has run already."""

from __future__ import annotations

import json
from collections.abc import Iterator

import nbformat
import numpy as np
import pytest
from nnbook import needs
from nnbook.inplace.page import plan, reading
from test_notebooks import ROOT


@pytest.fixture(autouse=True)
def nothing_has_run() -> Iterator[None]:
    plan._log.clear()
    yield
    plan._log.clear()


@pytest.mark.parametrize(
    ("above", "cell", "wanted"),
    [
        (["import numpy as np", "x = 1", "y = 2"], "print(np.pi, y)", [0, 2]),
        (["x = 1", "x = 2"], "x", [1]),  # set anew: what stood there before does not matter
        (["x = 1", "x += 1"], "x", [0, 1]),
        (["x = 1", "if x:\n    x = 2"], "x", [0, 1]),  # it may have been set
        (["a = [1]", "b = 1", "a.append(b)", "len(a)"], "a", [0, 1, 2]),
        (["net = make()", "fit(net)"], "net.W", [0, 1]),  # a function may change what it is given
        (["net = make()", "W = net.W[1]", "W[0] = 3"], "print(net)", [0, 1, 2]),  # two names of one array
        (
            ["k = 1", "def f():\n    return k", "k = 2"],
            "f()",
            [1, 2],
        ),  # what a function uses when it is called
        (["k = 1", "def f():\n    global k\n    k += 1", "f()"], "k", [0, 1, 2]),
        (["k = 1", "def f(k):\n    return k"], "f(2)", [1]),  # its own name, not the page's
        (["import numpy as np", "np.set_printoptions(precision=2)", "np.sort([1])"], "np.pi", [0, 1]),
        (["x = np.ones(3)", "np.exp(x, out=x)"], "x", [0, 1]),
        (["x = 1", "def f("], "print(0)", [0, 1]),  # what cannot be read may do anything
        (["n = 3", "[n for n in range(4)]"], "n", [0]),
        (["a = 1", "b = 2"], "[a for n in [1]]\n[b for n in [1]]", [0, 1]),  # two of one kind in a cell
        (["x = 1"], "x = 2\nprint(x)", []),
    ],
)
def test_a_cell_needs_what_sets_or_changes_its_names(above: list[str], cell: str, wanted: list[int]) -> None:
    assert plan.needed([*above, cell], len(above)) == wanted


def test_a_cell_is_run_again_only_where_others_have_been_at_its_names() -> None:
    codes = ["x = [1]", "x.append(2)", "print(x)", "z = 5", "print(x, z)"]
    assert plan.missing(codes, 2) == [0, 1]
    for at in (0, 1, 2):
        plan.ran(at, codes[at], True)
    assert plan.missing(codes, 2) == []
    assert plan.missing(codes, 4) == [3]  # the others have run
    # Run a second time by itself, it appends again: what it needs comes first.
    assert plan.missing(codes, 1) == [0]
    plan.ran(1, codes[1], True)
    assert plan.missing(codes, 2) == [0, 1]
    # A failure may have come half way, and other text is not what the page says now.
    for at in (0, 1):
        plan.ran(at, codes[at], at == 0)
    assert plan.missing(codes, 2) == [0, 1]
    for at in (0, 1):
        plan.ran(at, codes[at], True)
    assert plan.missing(codes, 2) == []
    assert plan.missing(["x = [9]", *codes[1:]], 2) == [0, 1]


def test_what_each_cell_needs() -> None:
    codes = ["x = 1", "y = 2", "print(x)", "z = x + y", "print(z)"]
    assert json.loads(plan.needs(json.dumps(codes))) == [[], [], [0], [0, 1], [0, 1, 3]]


def test_every_cell_of_the_book_can_be_read_and_needs_few_of_those_above() -> None:
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        codes = [
            needs.without_magic(cell.source) for cell in cells if "skip-execution" not in str(cell.metadata)
        ]
        assert all(reading.read(code) for code in codes)
        share = np.mean([len(plan.needed(codes, at)) / at for at in range(1, len(codes))])
        assert share < 0.5, path.name
