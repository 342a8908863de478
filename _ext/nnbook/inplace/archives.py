"""Python for a page, as small archives: what a chapter imports, byte-compiled, and nothing else.

Pyodide's own wheels hold sources, which a reader's browser would compile at every start, and much that a page
never uses: other drawing backends, 28 fonts, tests, headers. Here each becomes an archive of a part of its
size that starts in a third of the time. Pyodide itself compiles them, once for each set of versions, on the
JavaScript runtime that Playwright brings: its Python is not the one that builds the book.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from playwright._impl._driver import compute_driver_executable
from sphinx.util import logging

from ..lite import pyodide, wheels

HERE = Path(__file__).parent
SITE = f"lib/python{pyodide.PYTHON}/site-packages"
#: Each archive, and what it is made of. A cell that draws nothing need not wait for the last one.
CONTENTS = {
    "stdlib": (),
    "numpy": ("numpy",),
    "matplotlib": ("matplotlib", "pillow", "contourpy", "kiwisolver"),
}
#: What matplotlib and nnlib import besides, packed from what is installed here.
PURE = ("matplotlib", "tqdm")

# Licences stay, whatever else of a package goes.
LICENCES = ("*licen[cs]e*", "*/copying*", "*.dist-info/METADATA")
FONTS = re.compile(r"/fonts/ttf/(?!DejaVuSans(-Bold|-Oblique|Display)?\.ttf$)")
UNUSED = (
    # for those who build on a package, or test it
    *("*.pyi", "*.typed", "*.h", "*.a", "*.c", "*.cpp", "*.pxd", "*.so.lib", "*/tests/*", "*/_tests/*"),
    *("*/conftest.py", "*tests.py", "*.dist-info/*", "numpy/f2py/*", "numpy/testing/_private/*"),
    *("numpy/_core/lib/*", "numpy/random/lib/*", "numpy/random/_examples/*", "numpy/_pyinstaller/*"),
    *("numpy/ctypeslib/*", "numpy/_core/_*tests.*", "numpy/_core/_simd*", "numpy/_core/_operand_flag*"),
    *(
        "numpy/_core/_rational*",
        "numpy/_core/_struct_ufunc*",
        "matplotlib/testing/*",
        "matplotlib/sphinxext/*",
    ),
    # other places to draw than a page
    *(f"matplotlib/backends/backend_{name}*" for name in ("gtk", "qt", "tk", "wx", "we", "nb", "mac")),
    *(f"matplotlib/backends/backend_{name}*" for name in ("cairo", "pdf", "pgf", "ps")),
    *(
        "matplotlib/backends/_backend_[tgp]*",
        "matplotlib/backends/_tkagg*",
        "matplotlib/backends/qt_editor/*",
    ),
    *("matplotlib/backends/web_backend/*", "mpl_toolkits/axisartist/*", "mpl_toolkits/axes_grid1/*"),
    # fonts for PDF and Postscript, pictures of buttons, data sets of examples
    *("*.afm", "*/pdfcorefonts/*", "matplotlib/mpl-data/images/*", "matplotlib/mpl-data/sample_data/*"),
    *("dateutil/zoneinfo/*",),
    # of pillow, what reads other kinds of pictures than a page knows
    *(f"PIL/_{name}*" for name in ("imagingcms", "webp", "avif", "imagingft", "imagingmath", "imagingmorph")),
    *("PIL/_imagingtk*", "PIL/[!PGBJ]*Plugin.py", "PIL/P[!np]*Plugin.py", "PIL/BlpImagePlugin.py"),
    *("PIL/BufrStubImagePlugin.py", "PIL/G[!i]*Plugin.py", "PIL/Jpeg2KImagePlugin.py"),
)
# Of the standard library, what needs a terminal, a window, processes or sockets, none of which a browser has.
UNUSED_STDLIB = (
    *("idlelib/*", "tkinter/*", "turtle*", "curses/*", "_pyrepl/*", "pdb*", "pydoc_data/*", "doctest*"),
    *("multiprocessing/*", "asyncio/windows*", "asyncio/proactor*", "socketserver*", "http/server*"),
    *("http/cookiejar*", "imaplib*", "smtplib*", "poplib*", "ftplib*", "mailbox*", "xmlrpc/*", "wsgiref/*"),
    *("ensurepip/*", "venv/*", "lib2to3/*", "test/*", "dbm/*", "sqlite3/*", "ctypes/macholib/*"),
    *("cProfile*", "profile*", "pstats*", "pickletools*", "_pyio*", "antigravity*"),
)

logger = logging.getLogger(__name__)


def build() -> Path:
    """The folder with ``stdlib.pack``, ``numpy.pack`` and ``matplotlib.pack``, made if it is not there.

    Each is a zip of uncompressed files, compressed as a whole by gzip. (Not named .gz: some servers would say
    that this is how they send it, and a browser would then undo it unasked.)

    Raises:
        lite.pyodide.Unavailable: where Pyodide can be downloaded from nowhere.
        ValueError: where it cannot compile, with what it said.
    """
    names = wheels.closure(PURE, pyodide.RELEASE["packages"], pyodide.PYTHON)
    made_by = [HERE / name for name in ("archives.py", "compile.mjs", "compile.py")]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in made_by))
    digest.update(repr([pyodide.RELEASE, *(wheels.installed(name).version for name in names)]).encode())
    ready = pyodide.cache().parent / f"inplace-{digest.hexdigest()[:16]}"
    if not ready.exists():
        logger.info("compiling Python for the pages (once for each set of versions) ...")
        ready.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=ready.parent) as place:
            work = Path(place)
            gather(pyodide.fetch(), names, work)
            compile_in(work)
            (work / "made").chmod(0o755)
            try:
                (work / "made").rename(ready)
            except OSError:  # another build was quicker
                if not ready.exists():
                    raise
    return ready


def gather(release: Path, names: Iterable[str], work: Path) -> None:
    """The sources of each archive, trimmed, as ``work/trimmed/NAME.zip``."""
    packed = [wheels.pack(name, work).path for name in names]
    (work / "trimmed").mkdir()
    for archive, packages in CONTENTS.items():
        paths = [release / pyodide.RELEASE["packages"][name]["file_name"] for name in packages]
        if archive == "matplotlib":
            paths += packed
        unused = UNUSED
        if archive == "stdlib":
            paths, unused = [release / "python_stdlib.zip"], UNUSED_STDLIB
        with zipfile.ZipFile(work / "trimmed" / f"{archive}.zip", "w") as target:
            for name, data in sorted(contents(paths, unused).items()):
                target.writestr(name, data)


def contents(paths: Iterable[Path], unused: Iterable[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            wanted = [name for name in archive.namelist() if is_wanted(name, unused)]
            found |= {name: archive.read(name) for name in wanted}
    return found


def is_wanted(name: str, unused: Iterable[str]) -> bool:
    if name.endswith("/"):
        return False
    if any(fnmatch(name.lower(), pattern.lower()) for pattern in LICENCES):
        return not name.endswith(".py") or not any(fnmatch(name, pattern) for pattern in unused)
    return not FONTS.search(name) and not any(fnmatch(name, pattern) for pattern in unused)


def compile_in(work: Path) -> None:
    """``work/made`` from ``work/trimmed``, by Pyodide's own Python."""
    node, _ = compute_driver_executable()
    (work / "made").mkdir()
    given = [pyodide.cache(), json.dumps(info()), work, HERE / "compile.py", SITE]
    program = [str(node), str(HERE / "compile.mjs"), *map(str, given)]
    done = subprocess.run(program, capture_output=True, text=True)
    missing = [name for name in CONTENTS if not (work / "made" / f"{name}.pack").is_file()]
    if done.returncode or missing:
        # Node shows the line where it stopped, and one of Pyodide's is a megabyte long.
        said = "\n".join(line[:300] for line in (done.stdout + done.stderr).splitlines())
        raise ValueError(f"Pyodide could not compile Python for the pages:\n{said[-3000:]}")


def info() -> dict[str, str]:
    """What a list of packages says of the release that it belongs to."""
    return pyodide.RELEASE["info"] | {"version": pyodide.VERSION}


def copy(made: Path, target: Path) -> dict[str, Path]:
    """The archives into a folder, each named by its content, so that a browser may keep it for good."""
    target.mkdir(parents=True, exist_ok=True)
    return {name: keep(made / f"{name}.pack", target) for name in CONTENTS}


def keep(source: Path, target: Path) -> Path:
    short = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    path = target / f"{source.stem}-{short}{source.suffix}"
    if not path.exists():
        shutil.copyfile(source, path)
    return path


def tops(archive: Path) -> list[str]:
    """The names that can be imported from an archive."""
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(archive.read_bytes()))) as files:
        names = (name for name in files.namelist() if name.endswith((".py", ".pyc")))
        return sorted({name.split("/")[0].split(".")[0] for name in names})


def pack_python(root: Path, runner: Path, target: Path) -> None:
    """The book's own package, and what runs a page's cells, as sources: they are quickly compiled."""
    folders = {"nnlib": root / "nnlib", "nnbook_page": runner}
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w") as archive:
        for name, folder in folders.items():
            for path in sorted(folder.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    info = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", wheels.SAME_DATE)
                    archive.writestr(info, path.read_bytes())
    target.write_bytes(gzip.compress(archived.getvalue(), 9, mtime=0))
