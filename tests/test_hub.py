"""A class's JupyterHub: a real one on this machine, a student's click on the book's button, a chapter run.

The hub, its proxy and the student's server are the real programs; the book's GitHub is a repository on this
machine, which git is told to use instead. ``make test-hub`` runs it; what it prints, TEACHING.md quotes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from environments import UV, environment, interpreter, run
from nnbook import repository
from notebook_page import LOOPBACK_ONLY, MINUTES, all_cells_have_run, move_a_slider
from playwright.sync_api import BrowserType, Page
from ports import free_ports

pytestmark = pytest.mark.skipif(not os.environ.get("NNLIB_TEST_HUB"), reason="make test-hub runs it")

ROOT = Path(__file__).resolve().parent.parent
PROXY = "configurable-http-proxy@5.3.0"
NEEDS = f"JupyterHub's proxy, {PROXY}, needs Node.js 20 or newer and npm's registry"
BOOK = "a-teacher/their-book"
CHAPTER = f"chapters/{os.environ.get('NNLIB_TEST_HUB')}.ipynb"
STUDENT = "ada"

SETTINGS = """
c.JupyterHub.bind_url = "http://127.0.0.1:{public}"
c.JupyterHub.hub_port = {private}
c.JupyterHub.authenticator_class = "dummy"  # any name and password: for a test
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"  # students are no users of this machine: for a test
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/students/{{username}}"
c.Spawner.args = {arguments}
c.Spawner.environment = {environment}
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
"""


def say(text: str) -> None:
    print(f"  {text}", flush=True)


@pytest.fixture(scope="module")
def proxy(pytestconfig: pytest.Config) -> Path:
    """JupyterHub's own proxy, which is a program for Node.js."""
    folder = Path(pytestconfig.cache.mkdir("hub-proxy")) / PROXY.replace("@", "-")
    program = folder / "node_modules" / ".bin" / "configurable-http-proxy"
    if not program.exists():
        say(f"installing {PROXY} ...")
        options = ["--engine-strict", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", folder]
        if not (npm := shutil.which("npm")):
            pytest.fail(f"{NEEDS}, and there is no npm.", pytrace=False)
        done = subprocess.run([npm, "install", *options, PROXY], capture_output=True, text=True)
        if done.returncode:
            pytest.fail(f"{NEEDS}, and npm stopped:\n{done.stderr}", pytrace=False)
    return program


@pytest.fixture(scope="module")
def installed(pytestconfig: pytest.Config, wheel: Path) -> Path:
    """The Python of an environment as TEACHING.md says: hub.in, and the book as pip takes it from GitHub."""
    say("installing JupyterHub, JupyterLab, nbgitpuller and the book ...")
    folder = Path(pytestconfig.cache.mkdir("hub"))
    python = environment(folder, interpreter("3.11", "3.12"), "-r", ROOT / "tests" / "hub.lock")
    run(UV, "pip", "install", "--quiet", "--no-deps", "--reinstall", "--python", python, wheel)
    return python


@pytest.fixture(scope="module")
def github(book_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that stands for https://github.com: the book as it is now, in a repository."""
    if not (ROOT / CHAPTER).exists():
        pytest.fail(f"There is no {CHAPTER}: take the name of a chapter, as CHAPTER=digits.", pytrace=False)
    folder = tmp_path_factory.mktemp("github")
    for path in book_files:
        target = folder / BOOK / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    run("git", "init", "--quiet", "--initial-branch=main", folder / BOOK)
    commit(folder / BOOK)
    return folder


def commit(repository: Path) -> None:
    git = ["git", "-c", "user.name=teacher", "-c", "user.email=teacher@example.org", "-C", repository]
    run(*git, "add", "--all")
    run(*git, "commit", "--quiet", "--message=A change")


@pytest.fixture
def hub(installed: Path, proxy: Path, github: Path, tmp_path: Path) -> Iterator[tuple[str, psutil.Popen]]:
    """Its address and its process; at the end it is stopped, and nothing that it started is left."""
    public, private, api = free_ports(3)
    arguments = ["--LabApp.expose_app_in_browser=True"]  # notebook_page asks it what the cells do
    arguments.append("--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")
    if os.geteuid() == 0:
        arguments.append("--allow-root")
    instead = {"KEY_0": f"url.{github.as_uri()}/.insteadOf", "VALUE_0": "https://github.com/"}
    redirect = {"GIT_CONFIG_COUNT": "1"} | {f"GIT_CONFIG_{name}": text for name, text in instead.items()}
    places = {"public": public, "private": private, "api": api, "proxy": proxy, "folder": tmp_path}
    settings = SETTINGS.format(**places, arguments=arguments, environment=redirect)
    (tmp_path / "jupyterhub_config.py").write_text(settings)
    (tmp_path / "students").mkdir()
    own = ("NNLIB_", "PYTHON", "JUPYTER")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    clean["PATH"] = os.pathsep.join([str(installed.parent), clean["PATH"]])
    log = tmp_path / "hub.log"
    say(f"starting JupyterHub, its log is {log} ...")
    with log.open("w") as file:
        program = installed.with_name("jupyterhub")
        process = psutil.Popen([program], cwd=tmp_path, env=clean, stdout=file, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{public}"
    try:
        wait_for(f"{address}/hub/health", process)
        yield address, process
    finally:
        left = stop(process)
    assert left == []


def wait_for(address: str, process: psutil.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("JupyterHub did not start within a minute: see its log.")


def stop(process: psutil.Popen) -> list[psutil.Process]:
    """As a teacher would; what is still there half a minute later is ended, and returned."""
    started = [process, *process.children(recursive=True)] if process.poll() is None else []
    say(f"stopping JupyterHub and what it started: {len(started)} processes ...")
    if started:
        process.terminate()
    _, left = psutil.wait_procs(started, timeout=30)
    for each in left:
        each.kill()
    return left


@pytest.fixture
def student(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Page]:
    """A page of a browser that reaches this machine only."""
    arguments = [*browser_type_launch_args["args"], LOOPBACK_ONLY]
    browser = browser_type.launch(**browser_type_launch_args | {"args": arguments})
    yield browser.new_page(viewport={"width": 1280, "height": 900})
    browser.close()


def button_on(hub: str) -> str:
    """The address behind the button JupyterHub on the chapter's page, in a book that names this hub."""
    config: Any = SimpleNamespace(nnbook_repository=BOOK, nnbook_branch="main", nnbook_jupyterhub=hub)
    (way,) = [way for way in repository.ways(config) if way.name == "JupyterHub"]
    return way.url(CHAPTER)


def test_a_students_click_runs_a_chapter(
    hub: tuple[str, psutil.Popen], student: Page, github: Path, tmp_path: Path
) -> None:
    address, process = hub
    link = button_on(address)
    say(f"the student opens {link}")
    student.goto(link)
    student.get_by_label("Username").fill(STUDENT)
    student.get_by_label("Password").fill("any")
    student.get_by_role("button", name="Sign in").click()
    say("their server starts and fetches the book; JupyterLab opens the chapter ...")
    wait_for_the_chapter(student)
    say(f"memory of the server before a cell ran: {memory_of(server(process))}")
    say("all its cells run ...")
    begin = time.monotonic()
    student.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells') }")
    all_cells_have_run(student)
    say(f"all cells ran in {time.monotonic() - begin:.0f} s; an explorer is moved ...")
    move_a_slider(student)

    own = server(process)
    kernels = [child for child in own.children(recursive=True) if "ipykernel_launcher" in child.cmdline()]
    assert len(kernels) == 1
    say(f"memory of the student's server: {memory_of(own)}")
    say(f"memory of the chapter's kernel: {memory_of(*kernels)}")
    say(f"memory for one student: {memory_of(own, *own.children(recursive=True))}")
    common = {process, *process.children(recursive=True)} - {own, *own.children(recursive=True)}
    say(f"memory of the hub and its proxy, once: {memory_of(*common)}")

    say("student and teacher change the same line, the teacher adds a file; the student clicks again ...")
    mine, given = tmp_path / "students" / STUDENT / "their-book", github / BOOK
    change(mine / CHAPTER, "# My ")
    saved = (mine / CHAPTER).read_bytes()
    change(given / CHAPTER, "# On ")
    (given / "homework.md").write_text("Exercise 1.\n")
    commit(given)
    student.goto(link)
    wait_for_the_chapter(student)
    assert (mine / "homework.md").read_text() == "Exercise 1.\n"
    assert (mine / CHAPTER).read_bytes() == saved


def change(chapter: Path, title: str) -> None:
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("# ", title, 1), encoding="utf-8")


def wait_for_the_chapter(student: Page) -> None:
    """Until JupyterLab shows it, with a kernel."""
    path = f"their-book/{CHAPTER}"
    student.wait_for_url(f"**/user/{STUDENT}/lab/tree/{path}", timeout=3 * MINUTES)
    shown = "path => window.jupyterapp?.shell.currentWidget?.context?.path === path"
    student.wait_for_function(shown, arg=path, timeout=3 * MINUTES)
    student.evaluate("() => jupyterapp.shell.currentWidget.context.ready")
    student.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.ready")


def server(hub: psutil.Process) -> psutil.Process:
    (found,) = [each for each in hub.children() if any("singleuser" in part for part in each.cmdline())]
    return found


def memory_of(*processes: psutil.Process) -> str:
    found = [each.memory_full_info() for each in processes]
    resident, own = (sum(getattr(each, kind) for each in found) / 1e6 for kind in ("rss", "uss"))
    return f"{resident:.0f} MB, of which {own:.0f} MB are shared with no other process"
