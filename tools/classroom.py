"""What a class gets, in _build/class: ``make class``, or ``python -m tools.classroom [FOLDER] [--seed N]``.

``book/``       the book's sources, their notebooks without solutions, each exercise with a cell that asks
``html/``       the site built from them: nothing of a solution in its pages, sources, notebooks or search
``moodle.xml``  the exercises for Moodle, each usual mistake with its hint
``qti.zip``     the same for other learning platforms (QTI 2.1)
``nbgrader/``   the same as assignments, for nbgrader: its numbers are those of ``--seed``
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import nbformat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "_ext"))

from nnbook import solutions  # noqa: E402

from nnlib.exercises import CHAPTERS, drawn  # noqa: E402
from tools import assignments, moodle, qti, questions  # noqa: E402

NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "_build", "__pycache__", "*.egg-info", ".*_cache", "tests", "benchmarks"
)
EXERCISE = re.compile(
    r"^(?P<fence>:{3,}|`{3,})\{exercise(?P<start>-start)?\}(?P<title>[^\n]*)\n:label: (?P<label>\S+)[ \t]*\n"
    r"(?P<text>[\s\S]*?)^(?P=fence)[ \t]*$",
    re.M,
)


def book(folder: Path) -> None:
    """The book's sources without solutions: a repository of its own, if you like."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    for chapter in CHAPTERS.values():
        path = folder / "chapters" / f"{chapter}.ipynb"
        notebook = solutions.left_out(nbformat.read(path, as_version=4))
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def statements() -> dict[str, str]:
    """Each exercise's text by its label; of one with code cells, what stands before them and between."""
    found: dict[str, str] = {}
    for chapter in CHAPTERS.values():
        notebook = nbformat.read(ROOT / "chapters" / f"{chapter}.ipynb", as_version=4)
        text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        for match in EXERCISE.finditer(text):
            said = match["text"]
            if match["start"]:
                said = text[match.end() :].partition("{exercise-end}")[0].rstrip(":`\n")
            title = re.sub(r"[$*]", "", match["title"]).strip()
            found[match["label"]] = f"**{title}**\n\n{said.strip()}".replace("**", "")
    return found


def build(source: Path, site: Path) -> None:
    program = [str(Path(sys.executable).with_name("jupyter-book")), "build", ".", "-n", "-W", "--keep-going"]
    subprocess.run(program, cwd=source, check=True)
    shutil.rmtree(site, ignore_errors=True)
    shutil.move(source / "_build" / "html", site)
    shutil.rmtree(source / "_build")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "_build" / "class", metavar="FOLDER")
    parser.add_argument("--seed", type=accepted, default=1, help="from 0 to 99")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    book(given.folder / "book")
    platforms(given.folder, given.seed)
    build(given.folder / "book", given.folder / "html")


def accepted(text: str) -> int:
    try:
        return drawn.accepted(int(text))
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def platforms(folder: Path, seed: int) -> None:
    """The exercises for Moodle, for other platforms, and for nbgrader."""
    said = statements()
    asked = [*questions.questions(said)]
    quiz = ET.ElementTree(moodle.quiz(asked))
    quiz.write(folder / "moodle.xml", encoding="utf-8", xml_declaration=True)
    qti.package(asked, folder / "qti.zip")
    assignments.course(folder / "nbgrader", said, seed)


if __name__ == "__main__":
    main()
