"""The book's repository, and the ways to run a chapter from it.

The repository's address stands in one place, ``repository.url`` in ``_config.yml``; ``make fork`` changes it
there and in the notebooks. Colab and Binder fetch the chapters from it: without one, they are left out.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

LOGOS = "_static/images/logo_{}"
ADDRESS = re.compile(r"https://github\.com/(?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?")


class Way(NamedTuple):
    name: str
    logo: str
    tip: str
    template: str  # an address with {path}, the notebook's path in the repository

    def url(self, path: str) -> str:
        return self.template.replace("{path}", path)


def setup(app: Sphinx) -> None:
    app.add_config_value("nnbook_repository", "", "html", str)  # "owner/name"
    app.add_config_value("nnbook_branch", "main", "html", str)
    app.add_config_value("nnbook_jupyterhub", "", "html", str)
    app.connect("config-inited", read, priority=100)  # before the theme reads its options


def read(app: Sphinx, config: Config) -> None:
    """The theme's own launch buttons need a repository; these do not, so its settings become the book's."""
    options = config.html_theme_options
    hub = options.pop("launch_buttons", {}).get("jupyterhub_url") or ""
    address = options.pop("repository_url", None) or ""
    branch = options.pop("repository_branch", None) or "main"
    config.nnbook_jupyterhub, config.nnbook_branch = hub.rstrip("/"), branch
    config.nnbook_repository = name_of(address) if address else ""
    if address:
        options["repository_url"] = f"https://github.com/{config.nnbook_repository}"
        options["repository_branch"] = branch
        options["use_repository_button"] = options["use_issues_button"] = True


def name_of(address: str) -> str:
    if match := ADDRESS.fullmatch(address):
        return match["name"]
    raise ConfigError(
        f"repository.url in _config.yml is {address!r}; "
        "it should be the address of a repository on GitHub, as https://github.com/OWNER/NAME, or empty."
    )


def runs_anywhere(source: Path) -> bool:
    """Whether a notebook needs no more than the book's own packages: the one on Keras needs TensorFlow."""
    cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
    return not any("skip-execution" in cell["metadata"].get("tags", []) for cell in cells)


def ways(config: Config) -> list[Way]:
    """Where a notebook of the repository can be run, but for the site itself."""
    name, branch, hub = config.nnbook_repository, config.nnbook_branch, config.nnbook_jupyterhub
    found = []
    if name:
        colab = f"https://colab.research.google.com/github/{name}/blob/{branch}/{{path}}"
        binder = f"https://mybinder.org/v2/gh/{name}/{branch}?urlpath=lab/tree/{{path}}"
        found.append(Way("Colab", LOGOS.format("colab.png"), "On Google's servers, with an account", colab))
        found.append(Way("Binder", LOGOS.format("binder.svg"), "On Binder's servers, after a wait", binder))
    if name and hub:
        place = f"lab/tree/{name.rpartition('/')[2]}/{{path}}"
        pull = {"repo": f"https://github.com/{name}", "urlpath": place, "branch": branch}
        link = f"{hub}/hub/user-redirect/git-pull?{urlencode(pull, safe='/{}')}"
        found.append(Way("JupyterHub", LOGOS.format("jupyterhub.svg"), "On your class's JupyterHub", link))
    return found
