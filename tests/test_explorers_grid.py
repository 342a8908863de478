"""Every explorer and every figure of every chapter, drawn for every value its reader can choose."""

import os
import re
import warnings
from collections.abc import Iterator
from contextlib import chdir
from itertools import count
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from figure_texts import lines_of_text, not_described, off_the_page, overlapping
from IPython.core.inputtransformer2 import TransformerManager
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from nnlib.explore import Explorer, Shown, collect, explore, show
from nnlib.explore.choices import call_text
from nnlib.explore.described import description_line, description_of
from nnlib.explore.drawing import Frame, draw_frame, drawn
from nnlib.explore.frames import packed_frames
from nnlib.explore.pack import pack
from nnlib.figures.seen import course, seen
from nnlib.figures.style import is_narrow, narrow, style
from tools import notebooks
from tools.notebooks import can_run

ROOT = Path(__file__).parent.parent
#: Every notebook with something to move.
CHAPTERS = [path for path in notebooks.stored() if "explore(" in path.read_text(encoding="utf-8")]

#: Wide and for a phone: the CSS pixels that the narrowest such page (480, 320) leaves for a figure, and the
#: least that type may be high there.
WIDE, PHONE = (446, 11), (286, 12)
BUDGET = 400_000  # bytes of packed frames that one page may bring

MAKES = re.compile(r"\b(explore|show)\(")
NOT_A_NUMBER = re.compile(r"\b(nan|inf)\b", re.IGNORECASE)
COORDINATES = re.compile(r' (?:d|x|y|width|height|transform|points)="([^"]*)"')


def made_in(chapter: Path) -> list[Explorer | Shown]:
    """What a notebook's code cells hand to explore and show; those after the last of them need not run."""
    namespace: dict[str, Any] = {"__name__": "__main__", "display": lambda *shown, **options: None}
    transform = TransformerManager().transform_cell
    cells = nbformat.read(chapter, as_version=4).cells
    last = max(n for n, cell in enumerate(cells) if MAKES.search(cell.source) and cell.cell_type == "code")
    with chdir(chapter.parent), collect() as made:
        for number, cell in enumerate(cells[: last + 1]):
            tags = cell.metadata.get("tags", [])
            if cell.cell_type == "code" and "raises-exception" not in tags and can_run(cell):
                exec(compile(transform(cell.source), f"{chapter.name}, cell {number}", "exec"), namespace)
    return made


def problems(one: Explorer | Shown) -> tuple[list[str], int]:
    """What is wrong with an explorer or a figure anywhere on its grid, and its packed size in bytes."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        if isinstance(one, Explorer):
            grid = list(one.choices)
            data, frames = packed_frames(one.draw, one.choices)  # also where the build has drawn them already
        else:
            grid, frames = [one.values], [draw_frame(one.draw, one.values)]
            data = pack(frames)
    found = [f"{one!r} warns: {message}" for message in dict.fromkeys(str(said.message) for said in heard)]
    for values, frame in zip(grid, frames, strict=True):
        found += [f"{call_text(one.draw, values)}: {problem}" for problem in inspected(one, values, frame)]
    if isinstance(one, Explorer):
        found += [f"{one!r}: {problem}" for problem in idle_controls(one, frames)]
    return found, len(data)


def inspected(one: Explorer | Shown, values: dict[str, Any], frame: Frame) -> Iterator[str]:
    with style(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # heard when the frames were drawn
        figure, caption = drawn(one.draw, values)
        lines = lines_of_text(figure)
    if caption != frame.caption:
        yield f"drawn twice, it says two things: {frame.caption} {caption}"
    if NOT_A_NUMBER.search(caption):
        yield f"no number in the caption: {caption}"
    if any(NOT_A_NUMBER.search(numbers) for numbers in COORDINATES.findall(frame.svg)):
        yield "a coordinate that is no number"
    for curve in lines_with_nan(figure):
        yield f"NaN in the data of line {curve.get_label()!r}"
    pixels, least = PHONE if is_narrow() else WIDE
    scale = pixels / (72 * figure.get_size_inches()[0])  # CSS pixels a point
    for line in lines:
        if line.size * scale < least:
            yield f"{line.words!r} is {line.size * scale:.1f} px high where the page is {pixels} px wide"
    for first, second in overlapping(lines):
        yield f"{first.words!r} and {second.words!r} overlap"
    for line in off_the_page(figure, lines):
        yield f"{line.words!r} leaves the page"
    if description_line(figure) not in frame.svg:
        yield f"drawn twice, it is described in two ways: {description_of(frame.svg)}"
    for problem in not_described(figure, caption, description_of(frame.svg)):
        yield f"its alternative text {problem}"


def lines_with_nan(figure: Figure) -> Iterator[Line2D]:
    """Lines that would be drawn with a hole; a hole that is meant is a masked array."""
    for line in figure.findobj(Line2D):
        if not line.get_visible():
            continue
        for data in (line.get_xdata(orig=True), line.get_ydata(orig=True)):
            numbers = np.ma.compressed(np.ma.atleast_1d(np.ma.asarray(data)))
            if numbers.dtype.kind == "f" and not np.isfinite(numbers).all():
                yield line


def idle_controls(one: Explorer, frames: list[Frame]) -> Iterator[str]:
    """Controls that, moved alone from where the reader finds them, never change picture or caption."""
    choices = one.choices
    for control, stride in zip(choices.controls, choices.strides, strict=True):
        first = choices.start_index - control.start * stride
        moved = [frames[first + place * stride] for place in range(len(control.values))]
        pictures = {frame.svg.replace(description_of(frame.svg), "") for frame in moved}  # what is drawn
        for name, shown in (("svg", pictures), ("caption", {frame.caption for frame in moved})):
            if len(shown) == 1:
                yield f"{control.name} does not change the {name}"


@pytest.fixture
def frames_of_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests and build draw the same frames: whoever comes first keeps them for the other."""
    monkeypatch.setenv(
        "NNLIB_FRAME_CACHE", os.environ.get("NNLIB_FRAME_CACHE") or str(ROOT / "_build/.frames")
    )


@pytest.mark.slow
@pytest.mark.usefixtures("frames_of_the_build")
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_every_frame_of_a_chapter_wide_and_for_a_phone(chapter: Path) -> None:
    made = made_in(chapter)
    assert any(isinstance(one, Explorer) for one in made), f"{chapter.name} has no explorer"
    for phone in (False, True):
        found: list[str] = []
        sizes: list[tuple[int, str]] = []
        with narrow(phone):
            for one in made:
                wrong, size = problems(one)
                found += wrong
                if isinstance(one, Explorer):
                    sizes.append((size, repr(one)))
        assert found == []
        assert sum(size for size, _ in sizes) <= BUDGET, f"the explorers of this page are too large: {sizes}"


def test_there_are_chapters() -> None:
    assert CHAPTERS


# That the checks can fail -----------------------------------------------------------------------------


def good(x, wave=False):
    figure = Figure(figsize=(5.4, 3))
    axes = figure.subplots()
    axes.plot([0, 1], [0, x], "--" if wave else "-")
    axes.set_title("a title", fontsize=11)
    seen(axes, f"A {'dashed' if wave else 'solid'} line {course(axes.lines[0])}.")
    return figure, f"The line ends at {x}{', dashed' * wave}."


def with_nan(x):
    figure, caption = good(x)
    figure.axes[0].plot([0, 1, 2], [0, np.nan, 1], label="broken")
    return figure, caption


def with_a_hole(x):
    figure, caption = good(x)
    figure.axes[0].plot([0, 1, 2], np.ma.masked_invalid([0, np.nan, 1]))
    return figure, caption


def with_a_warning(x):
    np.log(np.array(x - 1))
    return good(x)


def with_small_type(x):
    figure, caption = good(x)
    figure.text(0, 0, "too small", fontsize=8)
    return figure, caption


def with_small_ticks(x):
    figure, caption = good(x)
    figure.axes[0].set_yticks([0.5], labels=["half"], fontsize=9)
    return figure, caption


def with_crowded_ticks(x):
    figure, caption = good(x)
    figure.axes[0].set_xticks([0.5, 0.53], labels=["half", "more"])
    return figure, caption


def with_crowded_paper(x):
    figure, caption = good(x)
    for height, word in ((0.5, "above"), (0.5 + 14 / 216, "below")):  # 14 points: the letters do not touch
        figure.text(0.5, height, word, bbox={"facecolor": "white"})
    return figure, caption


def with_a_long_label(x):
    figure, caption = good(x)
    figure.axes[0].text(0, 0.2, "a label " * 12, path_effects=[withStroke(linewidth=3)])
    return figure, caption


def with_nan_in_words(x):
    return good(x)[0], f"x = {x} gives nan."


def with_one_caption(x):
    return good(x)[0], "A line."


def with_one_picture(x):
    figure, _ = good(1)
    seen(figure.axes[0], f"A line, of which it is said, and is not so, that it goes up to {x}.")
    return figure, f"x = {x}"


calls = count()


def impure(x):
    return good(x)[0], f"Call {next(calls)}."


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (with_nan, "with_nan(x=1): NaN in the data of line 'broken'"),
        (with_a_warning, "explore(with_a_warning, x=[1, 2, 3]) warns: divide by zero encountered in log"),
        (with_small_type, "with_small_type(x=1): 'too small' is 9.2 px high where the page is 446 px wide"),
        (with_small_ticks, "with_small_ticks(x=1): 'half' is 10.3 px high where the page is 446 px wide"),
        (with_crowded_ticks, "with_crowded_ticks(x=1): 'half' and 'more' overlap"),
        (with_crowded_paper, "with_crowded_paper(x=1): 'above' and 'below' overlap"),
        (with_a_long_label, f"with_a_long_label(x=1): {'a label ' * 12!r} leaves the page"),
        (
            with_nan_in_words,
            "with_nan_in_words(x=1): no number in the caption: x = 1 gives nan.",
        ),
        (with_one_caption, "explore(with_one_caption, x=[1, 2, 3]): x does not change the caption"),
        (with_one_picture, "explore(with_one_picture, x=[1, 2, 3]): x does not change the svg"),
        (impure, "impure(x=1): drawn twice, it says two things: Call 0. Call 3."),
    ],
)
def test_a_bad_frame_is_found(draw, expected) -> None:
    assert expected in problems(explore(draw, x=[1, 2, 3]))[0]


def test_good_explorers_and_figures_pass() -> None:
    for one in (
        explore(good, x=[1, 2, 3], wave=[False, True]),
        explore(with_a_hole, x=[1, 2]),
        show(good, x=3),
    ):
        found, size = problems(one)
        assert found == []
        assert 1000 < size < 20_000


def test_a_notebooks_explorers_are_gathered_where_it_runs(tmp_path: Path) -> None:
    cells = [
        "import nnlib, test_explorers_grid as figures",
        "display(nnlib.explore(figures.good, x=[1, 2]))",
        "1 / 0",
        "nnlib.show(figures.good, x=open('number.txt').read())",
        "raise SystemExit('too far')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.cells[2].metadata["tags"] = ["raises-exception"]
    (tmp_path / "number.txt").write_text("7")
    nbformat.write(notebook, tmp_path / "chapter.ipynb")
    first, second = made_in(tmp_path / "chapter.ipynb")
    assert repr(first) == "explore(good, x=[1, 2])"
    assert second.values == {"x": "7"}
