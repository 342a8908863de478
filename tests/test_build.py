"""The book's own Sphinx extension, on a book of one page and one notebook."""

from __future__ import annotations

import base64
import importlib
import os
import struct
import sys
from html import unescape
from pathlib import Path

import nbformat
import pytest
from small_book import TOC, build, configure, make, page
from sphinx.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "_ext"))
kernels = importlib.import_module("nnbook.kernels")
repository = importlib.import_module("nnbook.repository")
stored = importlib.import_module("nnbook.stored")
streams = importlib.import_module("nnbook.streams")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.mark.slow
def test_a_change_is_built_and_runs_a_notebook_again_only_if_it_depends_on_that(
    book: Path,
) -> None:
    assert build(book).returncode == 0
    assert ">1 41\n" in page(book)  # static frames, and the package without installing it

    notebook = book / "chapters" / "small.ipynb"
    words = "The chapter, {set}`it <curve?bias=-1&way=two ways>`"
    notebook.write_text(notebook.read_text().replace("A chapter", words))
    after_text = build(book)
    assert "The chapter" in page(book)
    assert "Executing notebook" not in after_text.stdout + after_text.stderr

    style = Path("_static", "book.css")
    (book / style).write_text("/* another look */")
    after_look = build(book)
    assert (book / "_build" / "html" / style).read_text() == "/* another look */"
    assert "Executing notebook" not in after_look.stdout + after_look.stderr

    assert 'class="nn-set reference internal" href="#curve?bias=-1&amp;way=two+ways">it</a>' in page(book)
    part = book / "_ext" / "nnbook" / "setting.py"
    part.write_text(part.read_text().replace("nn-set", "nn-other"))
    after_part = build(book)
    assert 'class="nn-other reference' in page(book)
    assert "Executing notebook" not in after_part.stdout + after_part.stderr

    (book / "nnlib" / "__init__.py").write_text("ANSWER = 42\n")
    after_package = build(book)
    assert "Executing notebook" in after_package.stdout + after_package.stderr
    assert ">1 42\n" in page(book)
    assert len(list((book / "_build" / ".jupyter_cache").iterdir())) == 1


@pytest.mark.slow
@pytest.mark.parametrize("wrong", ["it", "it <curve>", "it <curve?bias>", "it <?bias=1>"])
def test_words_that_set_no_figure_stop_the_build(book: Path, wrong: str) -> None:
    (book / "intro.md").write_text(f"# Small\n\nSee {{set}}`{wrong}`.\n")
    done = build(book)
    assert done.returncode != 0
    assert f"`{wrong}` came; words <figure?control=value> are expected." in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.cpu_count() == 1, reason="one core")
def test_changed_notebooks_run_at_the_same_time(book: Path) -> None:
    waits = "import pathlib, time\npathlib.Path('{own}').touch()\nbegin = time.monotonic()\n"
    waits += (
        "while not pathlib.Path('{other}').exists():\n    assert time.monotonic() - begin < 60\nprint('met')"
    )
    for own, other in (("small", "second"), ("second", "small")):
        path = book / "chapters" / f"{own}.ipynb"
        notebook = nbformat.read(book / "chapters" / "small.ipynb", as_version=4)
        notebook.cells[1].source = waits.format(own=own, other=other)
        nbformat.write(notebook, path)
    (book / "_toc.yml").write_text(f"{TOC}  - file: chapters/second\n")
    done = build(book)
    assert done.returncode == 0, done.stderr
    assert ">met\n" in page(book)


@pytest.mark.slow
def test_a_failed_build_fails_again(book: Path) -> None:
    intro = book / "intro.md"
    good = intro.read_text()
    intro.write_text(good + "\n[nowhere](missing.md)\n")
    assert build(book).returncode != 0
    again = build(book)
    assert again.returncode != 0
    assert "missing.md" in again.stderr
    intro.write_text(good)
    assert build(book).returncode == 0


@pytest.mark.slow
def test_a_cell_that_fails_or_warns_fails_the_build(book: Path) -> None:
    package = book / "nnlib" / "__init__.py"
    package.write_text("raise RuntimeError('broken')\n")
    assert build(book).returncode != 0
    package.write_text("import warnings\nANSWER = 1\nwarnings.warn('careful')\n")
    assert build(book).returncode != 0


@pytest.mark.slow
def test_pages_link_to_the_repository_they_come_from(book: Path) -> None:
    assert build(book).returncode == 0
    assert "colab" not in page(book)
    assert "github.com" not in page(book)

    config = (book / "_config.yml").read_text(encoding="utf-8").replace("branch: main", "branch: spring")
    config = config.replace('jupyterhub_url: ""', "jupyterhub_url: https://hub.example.org")
    configure(book, config, "https://github.com/a-teacher/their-book")
    assert build(book).returncode == 0
    links = page(book)
    assert "colab.research.google.com/github/a-teacher/their-book/blob/spring/chapters/small.ipynb" in links
    assert "v2/gh/a-teacher/their-book/spring?urlpath=lab/tree/chapters/small.ipynb" in links
    pull = "repo=https%3A//github.com/a-teacher/their-book&urlpath=lab/tree/their-book/chapters/small.ipynb"
    assert f"https://hub.example.org/hub/user-redirect/git-pull?{pull}&branch=spring" in unescape(links)


@pytest.mark.slow
def test_old_pages_and_unused_icons_are_removed(book: Path) -> None:
    assert build(book).returncode == 0
    site = book / "_build" / "html"
    assert not (site / "_static" / "scripts" / "fontawesome.js").exists()
    fonts = list((site / "_static" / "vendor" / "fontawesome" / "webfonts").iterdir())
    assert 0 < sum(font.stat().st_size for font in fonts) < 20_000

    (book / "chapters" / "small.ipynb").rename(book / "chapters" / "renamed.ipynb")
    (book / "_toc.yml").write_text(TOC.replace("small", "renamed"))
    assert build(book).returncode == 0
    names = {
        path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts
    }
    assert names == {"404.html", "index.html", "intro.html", "search.html", "chapters/renamed.html"}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/someone/book.git", "someone/book"),
        ("https://github.com/someone/the.book/", "someone/the.book"),
        ("git@github.com:someone/book.git", None),
        ("https://gitlab.com/someone/book", None),
        ("https://github.com/someone", None),
    ],
)
def test_the_repository_is_an_address_on_github(address: str, name: str | None) -> None:
    if name is None:
        with pytest.raises(ConfigError, match="should be the address of a repository"):
            repository.name_of(address)
    else:
        assert repository.name_of(address) == name


def test_the_fingerprint_follows_the_package_its_data_and_the_lock(tmp_path: Path) -> None:
    data = tmp_path / "nnlib" / "datasets" / "digits.npz"
    data.parent.mkdir(parents=True)
    seen = {kernels.fingerprint(tmp_path)}
    data.write_bytes(b"1")
    seen.add(kernels.fingerprint(tmp_path))
    data.write_bytes(b"2")
    seen.add(kernels.fingerprint(tmp_path))
    (tmp_path / "requirements.lock").write_text("numpy==2.0.0")
    seen.add(kernels.fingerprint(tmp_path))
    (tmp_path / "requirements-keras.lock").write_text("keras==3.5.0")
    seen.add(kernels.fingerprint(tmp_path))
    assert len(seen) == 5
    compiled = tmp_path / "nnlib" / "__pycache__" / "module.pyc"
    compiled.parent.mkdir()
    compiled.write_bytes(b"compiled")
    hint = tmp_path / "nnlib" / "exercises" / "digits.py"
    hint.parent.mkdir()
    hint.write_text("x = 1")
    assert kernels.fingerprint(tmp_path) in seen, "a changed hint would run the notebooks again"


def test_printed_text_in_pieces_is_joined_as_it_was_printed() -> None:
    def piece(text: str, name: str = "stdout") -> nbformat.NotebookNode:
        return nbformat.v4.new_output("stream", name=name, text=text)

    shown = nbformat.v4.new_output("display_data", data={"text/plain": "a figure"})
    joined = streams.joined([piece("two layers:"), shown, piece(" [-47.2]\nend\n")])
    assert joined == [piece("two layers: [-47.2]\nend\n"), shown]
    assert [out.name for out in streams.joined([piece("a"), piece("b", "stderr")])] == ["stdout", "stderr"]


def test_only_stored_pictures_of_cells_that_are_not_run_become_figures() -> None:
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1036, 576)).decode()
    cells = [nbformat.v4.new_code_cell("show(f)") for _ in range(3)]
    for cell in cells:
        data = {"image/png": png, "text/plain": "Cost < 1."}
        cell.outputs = [
            nbformat.v4.new_output("display_data", data),
            nbformat.v4.new_output("stream", text="1"),
        ]
    cells[0].metadata["tags"] = cells[2].metadata["tags"] = ["skip-execution"]
    cells[2].metadata["mystnb"] = {"image": {"alt": "A line < a curve."}}
    stored.frame(nbformat.v4.new_notebook(cells=cells))
    html = cells[0].outputs[0].data["text/html"]
    assert f'alt="{stored.ALT}" width="518" height="288"' in html
    assert 'alt="A line &lt; a curve." ' in cells[2].outputs[0].data["text/html"]
    assert html.count("Cost &lt; 1.") == 1
    assert html.startswith('<figure class="nn-figure">')
    assert "image/png" not in cells[0].outputs[0].data
    assert "text/html" not in cells[1].outputs[0].data
    assert cells[0].outputs[1].text == "1"
