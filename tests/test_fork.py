"""One command makes the book somebody's own: its address in the one place, and in the notebooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
import yaml

from tools import fork, notebooks

ROOT = Path(__file__).resolve().parent.parent
URL = "https://github.com/a-teacher/their-book"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "chapters").mkdir()
    shutil.copy(ROOT / "_config.yml", tmp_path)
    for path in sorted((ROOT / "chapters").glob("*.ipynb"))[:2]:
        shutil.copy(path, tmp_path / "chapters")
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    return tmp_path


def test_the_address_is_the_same_everywhere() -> None:
    assert fork.problems(ROOT) == [], "run make fork with the address in _config.yml"


def test_it_is_written_in_both_places_and_nothing_else_changes(book: Path) -> None:
    before = {path: path.read_text(encoding="utf-8") for path in fork.notebooks(book)}
    config = (book / "_config.yml").read_text(encoding="utf-8")
    fork.write(book, URL, "spring")
    assert fork.configured(book) == (URL, "spring")
    assert fork.problems(book) == []
    for path in fork.notebooks(book):
        cell = fork.find_cell(nbformat.read(path, as_version=4))
        wanted = f'%pip install --quiet --no-deps "nnlib-book @ {URL}/archive/refs/heads/spring.zip"'
        assert cell.source.splitlines()[4].strip() == wanted
        assert notebooks.problems(path) == []
    settings = yaml.safe_load((book / "_config.yml").read_text(encoding="utf-8"))
    assert settings | {"repository": None} == yaml.safe_load(config) | {"repository": None}
    fork.write(book, *fork.configured(ROOT))
    assert {path: path.read_text(encoding="utf-8") for path in before} == before
    assert (book / "_config.yml").read_text(encoding="utf-8") == config


def test_the_workflows_follow_the_branch(book: Path) -> None:
    fork.write(book, URL, "spring")
    starts = {path.name: yaml.load(path.read_text(), yaml.BaseLoader)["on"] for path in fork.workflows(book)}
    pushes = {name: on for name, on in starts.items() if "push" in on}
    assert pushes.keys() == {"ci.yml", "pages.yml"}
    assert all(on["push"]["branches"] == ["spring"] for on in pushes.values())
    (book / "_config.yml").write_text((ROOT / "_config.yml").read_text(encoding="utf-8"), encoding="utf-8")
    assert "pages.yml answers to spring, not to repository.branch in _config.yml" in fork.problems(book)


def test_a_difference_is_found(book: Path) -> None:
    fork.write(book, URL, "main")
    path = fork.notebooks(book)[0]
    path.write_text(path.read_text(encoding="utf-8").replace("a-teacher", "somebody-else"), encoding="utf-8")
    (problem,) = fork.problems(book)
    assert problem.startswith(f"{path.name} installs nnlib from somewhere else")


def test_a_chapter_without_the_cell_is_found(book: Path) -> None:
    path = fork.notebooks(book)[0]
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.remove(fork.find_cell(notebook))
    path.write_text(notebooks.to_text(notebook), encoding="utf-8")
    assert fork.problems(book) == [f"{path.name} has no cell that installs nnlib where it is missing"]


@pytest.mark.parametrize("url", ["git@github.com:me/book.git", "https://gitlab.com/me/book", "me/book"])
def test_another_kind_of_address_is_refused_in_one_sentence(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["fork.py", url])
    assert fork.main() == 1
    assert capsys.readouterr().err == f"{url} is no address of a repository: https://github.com/OWNER/NAME.\n"
