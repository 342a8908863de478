"""The commands that look for holes in the tests, for other versions and for links that lead nowhere."""

from __future__ import annotations

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from nnbook.lite.wheels import pack_nnlib

from tools import links, materials, mutants, versions


def test_what_the_lowest_versions_are_tested_for_is_what_the_core_has(root: Path) -> None:
    assert all((root / "tests" / f"test_{name}.py").is_file() for name in versions.TESTS)
    assert all((root / "chapters" / f"{name}.ipynb").is_file() for name in versions.CHAPTERS)
    core = {path.stem for path in (root / "nnlib").glob("*.py")} - {"__init__"}
    assert set(mutants.modules()) == core


def test_a_mutant_is_known_by_its_lines() -> None:
    diff = "--- a.py\n+++ a.py\n@@ -1 +1 @@\n def f(a):\n-    return a + 1\n+    return a - 1\n"
    assert mutants.change(diff) == ("return a + 1", "return a - 1")


def test_links_out_of_the_book_are_found_and_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="https://example.org/x#y">x</a><a href="b.html">b</a>')
    assert links.outside(tmp_path) == {"https://example.org/x": ["a.html"]}
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        assert links.problem(f"{address}/a.html") == ""
        assert links.problem(f"{address}/missing.html").startswith("404")
        server.shutdown()
    assert links.problem(f"{address}/a.html") != ""


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing of what it is asked for."""

    def log_message(self, format: str, *arguments: object) -> None:
        pass


ROOT = Path(__file__).resolve().parent.parent


def test_a_site_says_what_it_ships_and_under_which_licence(tmp_path: Path) -> None:
    pack_nnlib(ROOT, tmp_path)
    fonts, lite = tmp_path / "formulas", tmp_path / "lite"
    fonts.mkdir()
    lite.mkdir()
    (fonts / "LICENSE").write_text("Do what you like.")
    named = {"versionInfo": "1.0", "licenseId": "BSD-3-Clause", "extractedText": ""}
    packages = [{"name": name} | named for name in ("@lumino/x", "left-pad", "vega-lite")]
    packages.append({"name": "@microsoft/y"} | named | {"licenseId": "MIT"})
    (lite / "third-party-licenses.json").write_text(json.dumps({"packages": packages}))
    found = {material.name: material for material in materials.materials(tmp_path)}
    assert {"formulas", "nnlib-book", "@lumino/x", "@microsoft/y", "left-pad", "vega-lite"} == set(found)
    assert found["nnlib-book"].license == "MIT AND CC-BY-4.0 AND BSD-3-Clause"
    for words in ("MIT License", "Creative Commons", "scikit-learn"):
        assert words in found["nnlib-book"].text
    assert "Jupyter" in found["@lumino/x"].text
    assert "(c) Microsoft Corporation\n\nPermission" in found["@microsoft/y"].text
    assert "University of Washington" in found["vega-lite"].text
    assert "Neither the name" in found["vega-lite"].text
    assert not found["left-pad"].text
    made = materials.bill([*found.values()])
    assert made["bomFormat"] == "CycloneDX"
    assert "pkg:npm/%40lumino/x@1.0" in {component["purl"] for component in made["components"]}
