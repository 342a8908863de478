"""The project around the book: its files, its pinned packages, its workflows, and what its commands say."""

from __future__ import annotations

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import browser

# Spelled so that this file does not find itself.
FORBIDDEN = [
    re.compile(rf"(?<![\w.])/(?:{'|'.join(['home', 'root', 'Users', 'work', 'workspace', 'mnt'])})/\w"),
    re.compile(rf"\b(?:{'|'.join(['pypi', 'pythonhosted', 'npmjs', 'debian'])})\.(?:org|com)\b"),
    re.compile(r"\b[A-Z]:\\\\?Users\b"),
]


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def keras_lock(root: Path) -> str:
    return (root / "requirements-keras.lock").read_text(encoding="utf-8")


def test_no_file_names_a_machine_or_a_registry(book_files: list[Path], root: Path) -> None:
    found = []
    for path in book_files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(root)}: {hit[0]}" for rule in FORBIDDEN for hit in rule.finditer(text)]
    assert found == []


@pytest.mark.slow
def test_examples_leave_out_pages_and_no_test(root: Path) -> None:
    """With ``--examples``, as ``make test`` runs them, each test is still asked of something."""

    def collected(*options: str) -> set[str]:
        paths = ("tests/site", "tests/test_notebooks.py")
        command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *options, *paths]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-2000:]
        return {line for line in done.stdout.splitlines() if "::" in line}

    every, few = collected(), collected("--examples")
    assert {line.partition("[")[0] for line in every} == {line.partition("[")[0] for line in few}
    axe = "tests/site/test_pages.py::test_is_accessible[chapters/{}.html-chromium-dark]"
    assert {axe.format("perceptron"), axe.format("digits")} <= every
    assert few < every - {axe.format("digits")}
    assert not {line for line in every - few if "test_notebooks" in line}


@pytest.mark.parametrize("text", ["see /home/" + "someone/book", "https://pypi" + ".org/simple"])
def test_the_rule_about_machines_finds_one(text: str) -> None:
    assert any(rule.search(text) for rule in FORBIDDEN)


def test_a_clone_on_windows_has_the_line_ends_that_sh_reads(root: Path, tmp_path: Path) -> None:
    clone = ["git", "clone", "--quiet", "--config", "core.autocrlf=true", "--config", "core.eol=crlf"]
    subprocess.run([*clone, str(root), str(tmp_path / "book")], check=True)
    listed = ["git", "-C", str(tmp_path / "book"), "ls-files", "--eol"]
    lines = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(lines) > 100
    assert [line for line in lines if "w/crlf" in line or "w/mixed" in line] == []


def pins(lock: str) -> dict[str, set[str]]:
    """The versions of each package in a lock; some have another one for each Python."""
    pinned: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", lock, re.M):
        pinned.setdefault(canonicalize_name(name), set()).add(version)
    return pinned


def test_the_locks_are_in_step(project: dict, lock: str, keras_lock: str) -> None:
    for name, extra in [("", project["dependencies"]), *project["optional-dependencies"].items()]:
        for requirement in map(Requirement, extra):
            versions = pins(keras_lock if name == "keras" else lock).get(canonicalize_name(requirement.name))
            assert versions, f"{requirement.name} is not in its lock: run make lock"
            for version in versions:
                assert version in requirement.specifier, f"{requirement}, locked {version}: run make lock"


def test_the_lock_with_tensorflow_changes_nothing_of_the_other(lock: str, keras_lock: str) -> None:
    first, second = pins(lock), pins(keras_lock)
    assert "tensorflow" not in first
    assert {"tensorflow", "tensorflow-cpu", "keras", "tensorboard", "numpy"} <= set(second)
    assert {name: second[name] for name in first.keys() & second.keys() if first[name] != second[name]} == {}


def test_binder_installs_the_pinned_versions(root: Path, project: dict, lock: str) -> None:
    lines = (root / ".binder" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = {line for line in lines if not line.startswith("#")}
    assert pins <= set(re.findall(r"^[\w.-]+==[^\s;\\]+", lock, re.M))
    needs = {Requirement(line).name for line in project["dependencies"]}
    assert {pin.split("==")[0] for pin in pins} == needs | {"ipykernel"}


@pytest.mark.parametrize(("name", "least"), [("requirements.lock", 100), ("requirements-keras.lock", 50)])
def test_every_pinned_package_has_hashes(root: Path, name: str, least: int) -> None:
    lock = (root / name).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", lock.strip())
    assert len(packages) > least
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in lock


def test_the_versions_agree(root: Path, project: dict) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == project["version"]
    assert project["name"] == "nnlib-book"


def test_the_licences_are_there(root: Path, project: dict) -> None:
    for name in project["license-files"]:
        assert (root / name).stat().st_size > 200, name
    assert "MIT License" in (root / "LICENSE").read_text(encoding="utf-8")
    assert "Section 8" in (root / "LICENSE-text").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_workflows_are_valid(root: Path) -> None:
    files = sorted((root / ".github" / "workflows").glob("*.yml"))
    assert {"ci.yml", "pages.yml"} <= {path.name for path in files}
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*check, *map(str, files)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_workflow_check_can_fail(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("on: push\njobs: {test: {runs-on: ubuntu-latest, stepz: []}}\n")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    assert subprocess.run([*check, str(broken)], capture_output=True).returncode == 1


USES = re.compile(r"uses: (\S+)@(\S+)(?:  # (v[\d.]+))?$", re.M)


def test_actions_are_pinned_by_commit_and_may_only_read(root: Path) -> None:
    seen: dict[str, set[str]] = {}
    for path in (root / ".github" / "workflows").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        found = USES.findall(text)
        assert found
        assert text.count("uses:") == len(found)
        for action, commit, version in found:
            assert re.fullmatch("[0-9a-f]{40}", commit), f"{path.name}: {action}@{commit} can change"
            assert version, f"{path.name}: say which version of {action} this is"
            seen.setdefault(action, set()).add(commit)
        workflow = yaml.safe_load(text)
        assert workflow["permissions"] == {"contents": "read"}, path.name
        for name, job in workflow["jobs"].items():
            wider = {key for key, right in job.get("permissions", {}).items() if right == "write"}
            assert wider <= ({"pages", "id-token"} if name == "publish" else set()), (path.name, name)
            steps = [step for step in job["steps"] if "checkout@" in step.get("uses", "")]
            assert all(step["with"]["persist-credentials"] is False for step in steps), (path.name, name)
    assert [action for action, commits in seen.items() if len(commits) > 1] == []


def test_the_wheel_carries_its_licences(wheel: Path, project: dict) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name.split(".dist-info/licenses/")[-1] for name in archive.namelist()}
        assert set(project["license-files"]) <= names
        (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        assert f"License-Expression: {project['license']}" in archive.read(metadata).decode()


def test_ci_runs_what_everybody_runs(root: Path) -> None:
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text(encoding="utf-8")
    assert "make test" in (root / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")


def test_every_command_of_the_readme_exists(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.M))
    for name in ("README.md", "CONTRIBUTING.md", "TEACHING.md"):
        commands = set(re.findall(r"`make ([a-z-]+)", (root / name).read_text(encoding="utf-8")))
        assert commands, name
        assert commands <= targets, name


def test_teachers_are_told_to_install_what_the_hubs_test_installs(root: Path) -> None:
    (command,) = re.findall(r"^ *pip install (.*)$", (root / "TEACHING.md").read_text(encoding="utf-8"), re.M)
    tested = (root / "tests" / "hub.in").read_text(encoding="utf-8").splitlines()
    needed = {line for line in tested if not line.startswith("#")} - {"jupyterhub"}
    assert command.split(' "')[0].split() == sorted(needed)
    assert command.endswith('"nnlib-book @ https://github.com/YOU/YOUR-FORK/archive/refs/heads/main.zip"')


def test_every_lock_of_the_tests_has_hashes_and_no_address(root: Path) -> None:
    locks = {path.stem: path.read_text(encoding="utf-8") for path in (root / "tests").glob("*.lock")}
    assert {"binder", "colab", "hub", "repo2docker"} <= locks.keys()
    for name, lock in locks.items():
        assert "://" not in lock, name
        for package in re.split(r"\n(?=[^\s#])", re.sub(r"(?m)^#.*\n", "", lock).strip()):
            assert "--hash=sha256:" in package, (name, package.splitlines()[0])


def one_sentence(output: str) -> str:
    """What a command said when it gave up, which must be one line and no traceback."""
    lines = output.strip().splitlines()
    assert len(lines) == 1, output
    assert lines[0].endswith(".")
    return lines[0]


def test_a_taken_port_is_one_sentence(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "tools/serve.py", "--check", port]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert one_sentence(done.stderr).startswith(f"Port {port} is already in use")


@pytest.mark.parametrize("port", ["eight", "80000"])
def test_a_wrong_port_is_one_sentence(root: Path, port: str) -> None:
    command = [sys.executable, "tools/serve.py", "--check", port]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert one_sentence(done.stderr) == f"A port is a number up to 65535, not {port}."


def test_no_browser_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(browser, "install", lambda: None)
    assert browser.main() == 1
    assert "No Chromium or Chrome was found" in one_sentence(capsys.readouterr().err)


NEW_PYTHON_WITHOUT_VENV = 'case "$*" in *ensurepip*) exit 1;; esac\nexit 0\n'


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        ("exit 1\n", "The book needs Python 3.11 or newer and found none"),
        (NEW_PYTHON_WITHOUT_VENV, "Python's venv module is missing"),
    ],
)
def test_a_missing_python_is_one_sentence(root: Path, tmp_path: Path, python: str, sentence: str) -> None:
    (tmp_path / "tools").mkdir()
    script = shutil.copy(root / "tools" / "setup.sh", tmp_path / "tools")
    commands = tmp_path / "bin"
    commands.mkdir()
    names = [f"python{version}" for version in ("", 3, *(f"3.{minor}" for minor in range(8, 20)))]
    for name, body in {**dict.fromkeys(names, python), "id": "echo 1000\n"}.items():
        command = commands / name
        command.write_text(f"#!/bin/sh\n{body}")
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
    environment = os.environ | {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "PYTHON": ""}
    done = subprocess.run(["sh", script], capture_output=True, text=True, env=environment)
    assert done.returncode == 1
    assert one_sentence(done.stderr).startswith(sentence)
    assert done.stdout == ""


def test_every_module_of_the_extension_is_in_the_table(root: Path) -> None:
    table = (root / "CONTRIBUTING.md").read_text(encoding="utf-8").split("| module | what it does |")[1]
    parts = {path.stem for path in (root / "_ext" / "nnbook").iterdir() if path.stem[0] != "_"}
    assert sorted(part for part in parts if f"`{part}`" not in table) == []
