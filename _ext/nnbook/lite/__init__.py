"""Each chapter with a running Python in the reader's browser: JupyterLite, built with the site.

The application itself is built once for each set of versions and kept; the notebooks, the wheel of nnlib and
the list of packages are written at every build.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from .. import repository, solutions
from . import pyodide, wheels

NAME = "lite"  # the folder in the site
APP = "notebooks"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension")
# What a chapter imports, what the kernel imports, and what it would install by itself if it were missing.
ROOTS = ("ipython", "comm", "ipywidgets", "matplotlib", "numpy", "pillow", "tqdm")
KERNELS_OWN = ("piplite", "pyodide_kernel", "ipykernel")
EMPTY = ("jedi",)
ON_DEMAND = ("fonttools",)  # matplotlib's, for PDF files
WHEELS = 2_900_000  # bytes, about, of all wheels together; a test compares the sum
# It would let notebooks open the reader's files, and make every import ask it for them: far slower.
NO_SERVICE_WORKER = "@jupyterlite/application-extension:service-worker-manager"
LEFTOVERS = ("doc", "package.json", "*.config*.js", "jupyterlite.schema.v0.json")
HERE = Path(__file__).parent
PAGE_FILES = ("loading.js", "loading.css", "revised.js")
CHECKED = "checked.mjs"

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    app.add_config_value("nnbook_lite", True, "html", bool)
    app.add_config_value("nnbook_pyodide", "cdn", "html", str)
    app.connect("build-finished", build, priority=900)  # after those that look through the whole site


def address(app: Sphinx, page: str) -> str | None:
    """The chapter's address in the browser, from the root of the site."""
    known = app.config.nnbook_lite and is_offered(Path(app.env.doc2path(page)))
    return f"{NAME}/{APP}/index.html?path={page}.ipynb" if known else None


def package(app: Sphinx, page: str) -> str | None:
    """The address of nnlib's own wheel, from the root of the site, on the pages of notebooks."""
    if not app.config.nnbook_lite or Path(app.env.doc2path(page)).suffix != ".ipynb":
        return None
    return f"{NAME}/wheels/{wheels.name_of(Path(app.srcdir))}"


def is_offered(source: Path) -> bool:
    return source.suffix == ".ipynb" and repository.runs_anywhere(source)


def chapters(app: Sphinx) -> dict[str, Path]:
    paths = {page: Path(app.env.doc2path(page)) for page in sorted(app.env.found_docs)}
    return {page: path for page, path in paths.items() if app.config.nnbook_lite and is_offered(path)}


def megabytes() -> int:
    """What a reader downloads once: as loading.js counts it, which knows the sizes of the wheels."""
    return round((pyodide.size(without=ON_DEMAND) + WHEELS) / 1e6)


def build(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    found, site = chapters(app), Path(app.outdir) / NAME
    if not found:
        shutil.rmtree(site, ignore_errors=True)
        return
    try:
        application(Path(app.outdir).parent / ".lite", site)
        write_contents(found, site)
        write_kernel(Path(app.srcdir), site)
        write_page(repository.ways(app.config), found, site)
        serve_pyodide(site, app.config.nnbook_pyodide)
    except (ValueError, pyodide.Unavailable) as problem:
        raise ExtensionError(f"The chapters in the browser could not be built: {problem}") from problem


def application(kept: Path, site: Path) -> None:
    """JupyterLite's own files, and the wheels of the installed packages, into the site."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(HERE.glob("*.py"))))
    for name in ("jupyterlite-core", "jupyterlite-pyodide-kernel", *closure()):
        digest.update(f"{name} {wheels.installed(name).version}\n".encode())
    ready = kept / digest.hexdigest()[:16]
    if not ready.exists():
        logger.info("building the notebooks' application for the browser (once for each set of versions) ...")
        shutil.rmtree(kept, ignore_errors=True)
        run_jupyterlite(kept / "work", kept / "new")
        (kept / "new" / "wheels").mkdir()
        packed = [wheels.pack(name, kept / "new" / "wheels") for name in closure()]
        packed += [wheels.pack_nothing(name, kept / "new" / "wheels") for name in EMPTY]
        listed = {wheel.name: listing(wheel, "wheels") for wheel in packed}
        write_json(kept / "new" / "wheels" / "wheels.json", listed)
        (kept / "new").rename(ready)
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(ready, site)


def closure() -> list[str]:
    return wheels.closure(ROOTS, pyodide.RELEASE["packages"], pyodide.PYTHON)


def listing(wheel: wheels.Wheel, folder: str) -> dict[str, Any]:
    where = f"{folder}/{wheel.path.name}"
    return pyodide.entry_of(wheel.name, wheel.version, where, wheel.sha256, wheel.imports)


def run_jupyterlite(work: Path, target: Path) -> None:
    """One application, without those that other installed packages would add, and without source maps."""
    work.mkdir(parents=True)
    share = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    options = {
        "apps": [APP],
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(share / name) for name in EXTENSIONS],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(target),
    }
    write_json(work / "jupyter_lite_config.json", {"LiteBuildConfig": options})
    program = [sys.executable, "-m", "jupyterlite_core.app", "build"]
    done = subprocess.run(program, cwd=work, capture_output=True, text=True)
    if done.returncode:
        raise ValueError(f"jupyterlite stopped:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    for pattern in LEFTOVERS:
        for path in target.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def write_contents(chapters: dict[str, Path], site: Path) -> None:
    """The notebooks, their solutions folded, and the lists from which the application knows them."""
    folders: dict[str, list[dict[str, Any]]] = {"": []}
    for page, source in chapters.items():
        target = site / "files" / f"{page}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        notebook = solutions.folded(nbformat.read(source, as_version=4))
        target.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        folder = page.rpartition("/")[0]
        if folder not in folders:
            folders[folder] = []
            folders[""].append(model(folder, "directory"))
        folders[folder].append(model(f"{page}.ipynb", "notebook", source))
    for folder, content in folders.items():
        listed = model(folder, "directory") | {"content": content, "format": "json"}
        write_json(site / "api" / "contents" / folder / "all.json", listed)


def model(path: str, kind: str, source: Path | None = None) -> dict[str, Any]:
    """A file or folder as Jupyter describes it."""
    changed = datetime.fromtimestamp(source.stat().st_mtime if source else 0, UTC).isoformat()
    size = source.stat().st_size if source else None
    about = {"name": path.rpartition("/")[2], "path": path, "type": kind, "size": size, "mimetype": None}
    dates = {"created": changed, "last_modified": changed}
    return about | dates | {"content": None, "format": None, "writable": True}


def write_kernel(root: Path, site: Path) -> None:
    """The wheel of nnlib, and the list of all packages: what the kernel loads before the first cell."""
    nnlib = wheels.pack_nnlib(root, site / "wheels")
    listed = json.loads((site / "wheels" / "wheels.json").read_text(encoding="utf-8"))
    listed[nnlib.name] = listing(nnlib, "wheels")
    own = Path("extensions") / "@jupyterlite" / "pyodide-kernel-extension" / "static" / "pypi"
    for name in KERNELS_OWN:
        (path,) = (site / own).glob(f"{name}-*.whl")
        version = path.name.split("-")[1]
        wheel = wheels.Wheel(name.replace("_", "-"), version, path, [name])
        listed[wheel.name] = listing(wheel, own.as_posix())
    listed |= pyodide.entries(lambda file: f"{pyodide.CDN}/{file}")
    write_json(site / "pyodide-lock.json", {"info": pyodide.RELEASE["info"], "packages": listed})
    config_path = site / "jupyter-lite.json"
    config = json.loads(config_path.read_text(encoding="utf-8"))
    data = config["jupyter-config-data"]
    data["contentsAllJsonFile"] = "all.json"  # what write_contents wrote
    data.setdefault("disabledExtensions", []).append(NO_SERVICE_WORKER)
    data["showLoadingIndicator"] = True
    data["exposeAppInBrowser"] = True  # loading.js asks it whether Python is ready
    data["litePluginSettings"][KERNEL] |= {
        "pyodideUrl": f"./{CHECKED}",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": "./pyodide-lock.json",
            "packages": sorted(listed.keys() - set(ON_DEMAND)),
        },
    }
    write_json(config_path, config)
    start = (HERE / CHECKED).read_text(encoding="utf-8").replace("{{folder}}", f"{pyodide.CDN}/")
    (site / CHECKED).write_text(
        start.replace("{{integrity}}", json.dumps(pyodide.integrity(), indent=2)), "utf-8"
    )


def write_page(ways: list[repository.Way], chapters: dict[str, Path], site: Path) -> None:
    """What the reader sees while Python is loaded (loading.js) and of a newer chapter (revised.js)."""
    packages = json.loads((site / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned = {entry["file_name"]: entry["size"] for entry in pyodide.RELEASE["packages"].values()}
    core = pyodide.integrity()
    files = {f"{pyodide.CDN}/{name}": pyodide.RELEASE["core"][name]["size"] for name in core}
    for name in packages.keys() - set(ON_DEMAND):
        where = packages[name]["file_name"]
        size = pinned.get(where.rpartition("/")[2])
        files[where] = (site / where).stat().st_size if size is None else size
    about = {
        "files": [
            {"url": url, "bytes": count, "integrity": core.get(url.rpartition("/")[2])}
            for url, count in sorted(files.items())
        ],
        "ways": [{"name": way.name, "url": way.template} for way in ways],
        "versions": {f"{page}.ipynb": version(site / "files" / f"{page}.ipynb") for page in chapters},
    }
    page = site / APP / "index.html"
    html = page.read_text(encoding="utf-8").replace("<html>", '<html lang="en">', 1)
    head = (
        f'<script id="nnbook-loading" type="application/json">{in_script(about)}</script>\n'
        '<link rel="icon" href="favicon.ico">\n<link rel="stylesheet" href="../loading.css">\n'
        '<script defer src="../loading.js"></script>\n<script defer src="../revised.js"></script>\n</head>'
    )
    page.write_text(html.replace("</head>", head, 1), encoding="utf-8")
    for name in PAGE_FILES:
        shutil.copy(HERE / name, site)


def version(source: Path) -> str:
    """What tells a chapter from its earlier ones."""
    return hashlib.sha256(source.read_bytes()).hexdigest()[:16]


def in_script(content: object) -> str:
    """JSON that no address in it can end the script around it with."""
    return json.dumps(content).replace("<", "\\u003c")


def serve_pyodide(site: Path, whose: str) -> None:
    """With ``own``, Pyodide's files into the site, and every address of the CDN's replaced by theirs."""
    if whose not in ("cdn", "own"):
        raise ValueError(f"nnbook_pyodide is cdn or own, not {whose}.")
    if whose == "own":
        pyodide.copy(site / "pyodide")
        # All are read from the application's root.
        for name in (CHECKED, "pyodide-lock.json", f"{APP}/index.html"):
            text = (site / name).read_text(encoding="utf-8")
            (site / name).write_text(text.replace(pyodide.CDN, "./pyodide"), encoding="utf-8")


def write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
