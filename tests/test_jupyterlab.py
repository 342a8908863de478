"""A clone opened in JupyterLab: solutions are folded, figures live; a stranger's notebook shows pictures.

An untrusted notebook is one that this reader has neither run nor signed: JupyterLab runs nothing of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from lab import jupyterlab, open_in_lab, sign, write
from nbclient import NotebookClient
from nbformat import NotebookNode
from notebook_page import FRAME, LOOPBACK_ONLY, MINUTES, trains
from playwright.sync_api import Browser, BrowserType, Page, expect

pytest.importorskip("jupyterlab", reason="JupyterLab comes with the extra dev")

ROOT = Path(__file__).resolve().parent.parent
CHAPTER = "gradient_descent.ipynb"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
RUN = "() => jupyterapp.commands.execute('notebook:run-all-cells')"
SHOW = """async words => {
    const notebook = jupyterapp.shell.currentWidget.content;
    const place = notebook.widgets.findIndex(cell => cell.model.sharedModel.source.includes(words));
    await notebook.scrollToItem(place, "start");
    notebook.activeCellIndex = place;
}"""


@pytest.fixture(scope="module")
def run_by_a_stranger() -> NotebookNode:
    """A notebook with a network that trains, as JupyterLab saves it: with the figure's widget."""
    cells = [nbformat.v4.new_code_cell('import nnlib\n\nnnlib.play(data="spiral", layers=[8, 8])')]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=KERNEL)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("NNLIB_STATIC", raising=False)
        NotebookClient(notebook, kernel_name="python3", store_widget_state=True).execute()
    assert "iframe" in str(notebook.metadata.widgets)
    assert "image/png" in notebook.cells[0].outputs[0].data
    return notebook


@pytest.fixture(scope="module")
def lab(run_by_a_stranger: NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, own = tmp_path_factory.mktemp("clone"), tmp_path_factory.mktemp("own")
    shutil.copy(ROOT / "chapters" / CHAPTER, folder)
    write(run_by_a_stranger, folder / "untrusted.ipynb")
    trusted = nbformat.from_dict(run_by_a_stranger)
    trusted.cells[0].id = "trusted"  # a signature is of the content
    sign(write(trusted, folder / "trusted.ipynb"), own)
    new = [nbformat.v4.new_code_cell(run_by_a_stranger.cells[0].source)]
    write(nbformat.v4.new_notebook(cells=new, metadata=KERNEL), folder / "new.ipynb")
    with jupyterlab(folder, own) as address:
        yield address


@pytest.fixture(scope="module")
def offline(browser_type: BrowserType, browser_type_launch_args: dict[str, list[str]]) -> Iterator[Browser]:
    """A browser that reaches this machine only."""
    arguments = [*browser_type_launch_args["args"], LOOPBACK_ONLY]
    browser = browser_type.launch(**browser_type_launch_args | {"args": arguments})
    yield browser
    browser.close()


@pytest.fixture
def notebook(lab: str, offline: Browser) -> Iterator[Callable[[str], Page]]:
    pages: list[Page] = []

    def open_notebook(path: str) -> Page:
        page = offline.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(MINUTES)
        pages.append(page)
        open_in_lab(page, lab, path)
        return page

    yield open_notebook
    for page in pages:
        page.close()


def test_in_an_untrusted_notebook_the_figure_is_a_picture(notebook: Callable[[str], Page]) -> None:
    page = notebook("untrusted.ipynb")
    picture = page.locator(".jp-OutputArea-output img")
    expect(picture).to_be_visible()
    assert picture.evaluate("async image => (await image.decode(), image.naturalWidth)") > 1000
    expect(page.locator(FRAME)).to_have_count(0)


def test_in_a_trusted_notebook_it_trains_before_a_cell_has_run(notebook: Callable[[str], Page]) -> None:
    page = notebook("trusted.ipynb")
    expect(page.locator(FRAME)).to_be_visible()
    trains(page)


def test_it_trains_where_its_cell_has_run(notebook: Callable[[str], Page]) -> None:
    page = notebook("new.ipynb")
    page.evaluate(RUN)
    expect(page.locator(FRAME)).to_be_visible()
    trains(page)


def test_a_solution_is_a_click_away(notebook: Callable[[str], Page]) -> None:
    page = notebook(CHAPTER)
    page.evaluate(SHOW, "ex-gd-gradient")
    cell = page.locator(".jp-MarkdownCell", has_text=":label: ex-gd-gradient")
    code = page.locator(".jp-MarkdownCell:has-text(':label: ex-gd-gradient') + .jp-CodeCell")
    text = cell.locator(".jp-MarkdownOutput")
    answer = text.get_by_text("The second component is zero where")
    expect(answer).to_be_attached()
    expect(answer).to_be_hidden()
    expect(text).not_to_contain_text("{solution")
    expect(code.locator(".jp-InputPlaceholder")).to_have_text("# @title Solution")
    expect(code.locator(".jp-OutputArea-output")).to_have_count(0)

    text.get_by_text("Solution", exact=True).click()
    expect(answer).to_be_visible()
    code.locator(".jp-InputPlaceholder").click()
    expect(code.locator(".cm-content")).to_contain_text("def slope(w)")
