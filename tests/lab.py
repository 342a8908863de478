"""JupyterLab as a reader starts it in a clone: a real server on this machine, and what it trusts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import psutil
from nbformat import NotebookNode
from nbformat.sign import NotebookNotary
from notebook_page import MINUTES
from playwright.sync_api import Page
from ports import free_ports


@contextmanager
def jupyterlab(folder: Path, own: Path) -> Iterator[str]:
    """Its address. ``folder`` is what it shows; its settings and signatures are kept in ``own``."""
    (port,) = free_ports(1)
    program = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.root_dir={folder}"]
    program += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--IdentityProvider.token="]
    program += ["--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"]
    program += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    if os.name == "posix" and os.geteuid() == 0:
        program.append("--allow-root")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NNLIB_")}
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime"}
    clean |= {name: str(own / place) for name, place in (places | {"IPYTHONDIR": "ipython"}).items()}
    log = own / "lab.log"
    with log.open("w") as file:
        process = psutil.Popen(program, cwd=folder, env=clean, stdout=file, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 120
        while not answers(f"{address}/api"):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.2)
        yield address
    finally:
        started = [process, *process.children(recursive=True)]
        process.terminate()
        for each in psutil.wait_procs(started, timeout=30)[1]:
            each.kill()


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True


def sign(notebook: NotebookNode, own: Path) -> None:
    """What ``jupyter trust`` does: this server's reader has seen the notebook, and trusts it."""
    (own / "data").mkdir(exist_ok=True)
    NotebookNotary(data_dir=str(own / "data")).sign(notebook)


def write(notebook: NotebookNode, path: Path) -> NotebookNode:
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return nbformat.read(path, as_version=4)


def open_in_lab(page: Page, address: str, path: str) -> None:
    """Until JupyterLab shows the notebook, with a kernel."""
    page.goto(f"{address}/lab/tree/{path}?reset")
    shown = "path => window.jupyterapp?.shell.currentWidget?.context?.path === path"
    page.wait_for_function(shown, arg=path, timeout=3 * MINUTES)
    for ready in ("context.ready", "sessionContext.ready"):
        page.wait_for_function(
            f"() => jupyterapp.shell.currentWidget.{ready}.then(() => true)", timeout=3 * MINUTES
        )
