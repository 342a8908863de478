"""What Python in the browser is made of: Pyodide, checked by its hashes, and wheels packed from here."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from nnbook import lite
from nnbook.lite import pyodide, wheels

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """A Pyodide of two small files."""
    content = {"pyodide.mjs": b"start", "numpy.whl": b"numpy"}
    entries = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "file_name": name}
        for name, data in content.items()
    }
    small = {"core": {"pyodide.mjs": entries["pyodide.mjs"]}, "packages": {"numpy": entries["numpy.whl"]}}
    monkeypatch.setattr(pyodide, "RELEASE", small)
    return content


def source(content: dict[str, bytes], asked: list[str]):
    def give(names: list[str], folder: Path) -> None:
        asked.extend(names)
        for name in names:
            pyodide.keep(content[name], folder / name)

    return give


def nothing(names: list[str], folder: Path) -> None: ...


def test_what_is_there_and_right_is_not_downloaded_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, release: dict[str, bytes]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(pyodide, "from_cdn", source(release, asked))
    monkeypatch.setattr(pyodide, "from_carrier", nothing)
    assert pyodide.fetch(tmp_path) == tmp_path
    assert sorted(asked) == ["numpy.whl", "pyodide.mjs"]
    pyodide.fetch(tmp_path)
    assert len(asked) == 2
    (tmp_path / "numpy.whl").write_bytes(b"broken")
    pyodide.fetch(tmp_path)
    assert asked[2:] == ["numpy.whl"]
    assert (tmp_path / "numpy.whl").read_bytes() == b"numpy"


def test_where_the_cdn_is_out_of_reach_a_package_index_will_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, release: dict[str, bytes]
) -> None:
    monkeypatch.setattr(pyodide, "from_cdn", nothing)
    monkeypatch.setattr(pyodide, "from_carrier", source(release, []))
    assert pyodide.fetch(tmp_path) == tmp_path


def test_a_wrong_file_is_never_used_and_the_failure_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, release: dict[str, bytes]
) -> None:
    monkeypatch.setattr(pyodide, "from_cdn", source(release | {"numpy.whl": b"tampered"}, []))
    monkeypatch.setattr(pyodide, "from_carrier", nothing)
    with pytest.raises(pyodide.Unavailable) as caught:
        pyodide.fetch(tmp_path)
    assert str(caught.value).startswith("Pyodide 314")
    assert str(caught.value).count(".") == str(pyodide.VERSION).count(".") + 1


def test_every_file_of_the_release_is_pinned() -> None:
    files = pyodide.files()
    assert {"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"} < files.keys()
    assert all(len(entry["sha256"]) == 64 and entry["size"] > 1000 for entry in files.values())
    assert pyodide.CDN.endswith(f"/v{pyodide.VERSION}/full")


def test_the_browser_gets_what_the_book_imports_and_no_more() -> None:
    names = lite.closure()
    assert {"ipython", "ipywidgets", "traitlets", "comm", "tqdm", "pyparsing"} <= set(names)
    assert not {"numpy", "matplotlib", "jedi", "widgetsnbextension", "pexpect", "ipykernel"} & set(names)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ValueError, match=r"no-such-package.*is not installed: add it to pyproject\.toml"):
        wheels.closure(["no-such-package"], [], "3.14")


def test_a_wheel_is_whole_and_always_the_same(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    wheel, again = wheels.pack("comm", tmp_path), wheels.pack("comm", tmp_path / "again")
    assert wheel.sha256 == again.sha256
    assert wheel.imports == ["comm"]
    with zipfile.ZipFile(wheel.path) as archive:
        names = archive.namelist()
    assert "comm/base_comm.py" in names
    assert any(name.endswith(".dist-info/METADATA") for name in names)
    assert not [name for name in names if name.endswith((".pyc", "RECORD", "direct_url.json"))]


def test_a_compiled_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="numpy is not pure Python"):
        wheels.pack("numpy", tmp_path)


def test_nnlib_is_packed_from_its_sources_with_its_data(tmp_path: Path) -> None:
    wheel = wheels.pack_nnlib(ROOT, tmp_path)
    assert wheel.imports == ["nnlib"]
    with zipfile.ZipFile(wheel.path) as archive:
        assert archive.read("nnlib/__init__.py") == (ROOT / "nnlib" / "__init__.py").read_bytes()
        assert [name for name in archive.namelist() if "datasets/" in name]


def test_the_setting_is_cdn_or_own(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cdn or own, not mine"):
        lite.serve_pyodide(tmp_path, "mine")


def test_an_own_copy_leaves_no_address_of_the_cdn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, release: dict[str, bytes]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(pyodide, "from_cdn", source(release, []))
    site = tmp_path / "lite"
    names = ("checked.mjs", "pyodide-lock.json", "notebooks/index.html")
    for name in names:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(json.dumps({"url": f"{pyodide.CDN}/numpy.whl"}))
    lite.serve_pyodide(site, "own")
    for name in names:
        assert json.loads((site / name).read_text()) == {"url": "./pyodide/numpy.whl"}
    assert (site / "pyodide" / "numpy.whl").read_bytes() == b"numpy"
