"""Links to the repository that this copy of the book was cloned from, where that is known.

They are never written down, so that a fork's pages open the fork's notebooks. Without a repository on GitHub
the pages have no such links.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.config import Config

GITHUB = "https://github.com"
LAUNCHERS = {
    "notebook_interface": "jupyterlab",
    "binderhub_url": "https://mybinder.org",
    "colab_url": "https://colab.research.google.com",
}


class Repository(NamedTuple):
    name: str  # "owner/name"
    branch: str

    @property
    def url(self) -> str:
        return f"{GITHUB}/{self.name}"


def setup(app: Sphinx) -> None:
    # Before the theme reads its options.
    app.connect("config-inited", add_links, priority=100)


def add_links(app: Sphinx, config: Config) -> None:
    options = config.html_theme_options
    found = find(Path(app.srcdir))
    if found is None:
        options.pop("launch_buttons", None)
        options.pop("repository_url", None)
        return
    options["repository_url"] = found.url
    options["repository_branch"] = found.branch
    options["launch_buttons"] = dict(LAUNCHERS)
    options["use_repository_button"] = True
    options["use_issues_button"] = True


def find(root: Path) -> Repository | None:
    """The repository on GitHub: named by GitHub's own runners, else the clone's ``origin``."""
    name = os.environ.get("GITHUB_REPOSITORY") or from_address(git(root, "remote", "get-url", "origin"))
    if not name:
        return None
    # For a pull request, the base is the branch that readers will find; the ref's own name is "12/merge".
    branch = os.environ.get("GITHUB_BASE_REF") or os.environ.get("GITHUB_REF_NAME") or current_branch(root)
    return Repository(name, branch)


def from_address(address: str) -> str | None:
    """The ``owner/name`` of a repository's address on GitHub, however it is written; else None."""
    match = re.fullmatch(
        r"(?:https://|git://|ssh://git@|git@)(?:[^@/]*@)?github\.com[/:]([\w.-]+/[\w.-]+?)(?:\.git)?/?",
        address,
    )
    return match[1] if match else None


def current_branch(root: Path) -> str:
    default = git(root, "symbolic-ref", "--short", "refs/remotes/origin/HEAD").removeprefix("origin/")
    return default or git(root, "branch", "--show-current") or "main"


def git(root: Path, *arguments: str) -> str:
    """What git prints, or nothing where there is no git, no clone or no such thing."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
