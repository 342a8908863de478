"""The chapter on Keras: the event files that it writes, opened in the real TensorBoard."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from playwright.sync_api import Browser, expect
from visiting import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("tensorflow") is None, reason="TensorFlow is not installed: see make test"),
]


@pytest.fixture(scope="module")
def logs() -> Path:
    """The folder that the chapter's own cells write."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    transform = TransformerManager().transform_cell
    for cell in nbformat.read(ROOT / "chapters" / "keras.ipynb", as_version=4).cells:
        if cell.cell_type == "code" and "recipe" in cell.metadata.get("tags", []):
            exec(transform(cell.source), namespace)
    return namespace["logs"]


@pytest.fixture(scope="module")
def board(logs: Path) -> Iterator[str]:
    """The address of a TensorBoard of these logs, on this machine alone."""
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(logs), "--load_fast", "false"]
    command += ["--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        said = ""
        try:
            for line in server.stdout or ():
                said += line
                if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                    yield found[0]
                    break
            else:
                pytest.fail(f"TensorBoard did not start:\n{said}", pytrace=False)
        finally:
            server.terminate()


def test_tensorboard_shows_the_runs_and_asks_nobody_else(browser: Browser, board: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, requests = context.new_page(), []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(board)
    expect(page.get_by_text("epoch_loss").first).to_be_visible(timeout=60_000)
    for part in ("train", "validation"):
        for rate in ("0.01", "0.001"):
            expect(page.get_by_text(f"rate {rate}/{part}", exact=True).first).to_be_visible(timeout=30_000)
    tags = page.request.get(f"{board}data/plugin/scalars/tags").json()
    assert tags.keys() == {
        f"rate {rate}/{part}" for rate in ("0.01", "0.001") for part in ("train", "validation")
    }
    assert all("epoch_loss" in of_run for of_run in tags.values())
    scalars = f"{board}data/plugin/scalars/scalars?tag=epoch_loss&run=rate%200.01%2Fvalidation"
    points = page.request.get(scalars).json()
    assert [step for _, step, _ in points] == list(range(15))
    assert points[-1][2] < points[0][2]
    assert requests
    assert [url for url in requests if not url.startswith((board, "data:", "blob:"))] == []
    context.close()
