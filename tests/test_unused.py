"""The theme's rules without those of what is on no page."""

from __future__ import annotations

from pathlib import Path

import pytest
from nnbook import joined, unused

NAMES = unused.Names(
    frozenset({"btn", "search", "main", "dataframe"}), frozenset({"show", "bs-tooltip", "pst-"})
)


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".btn{color:red}.card{color:blue}", ".btn{color:red}"),
        (".card,.btn .card,.btn a{color:red}", ".btn a{color:red}"),
        ("#main .show{a:b}#other{a:b}", "#main .show{a:b}"),
        ("table,td.card,th{a:b}", "table,th{a:b}"),
        # What may be missing says nothing; one of several is enough.
        ("a:not(.card){a:b}a:is(.card,.btn){a:b}", "a:not(.card){a:b}a:is(.card,.btn){a:b}"),
        ('[class*="card"]{a:b}', '[class*="card"]{a:b}'),
        # Put together by a script.
        (".bs-tooltip-top{a:b}.pst-js-only{a:b}.show-all{a:b}", ".bs-tooltip-top{a:b}.pst-js-only{a:b}"),
        ("@media print{.card{a:b}}@media print{.btn{a:b}.card{a:b}}", "@media print{.btn{a:b}}"),
        ("@supports (a:b){@media print{.btn{a:b}}}", "@supports (a:b){@media print{.btn{a:b}}}"),
        (
            "/*! MIT */@font-face{src:url(a.woff2)}@keyframes k{to{a:b}}.fa-x::before{content:'\\f135'}",
            "/*! MIT */@font-face{src:url(a.woff2)}@keyframes k{to{a:b}}",
        ),
        (".btn:hover>a::after{content:',.card{}'}", ".btn:hover>a::after{content:',.card{}'}"),
    ],
)
def test_what_nothing_can_match_is_left_out(sheet: str, left: str) -> None:
    assert unused.left_out(sheet, NAMES).replace('",.card{}"', "',.card{}'") == left


def test_the_names_are_those_of_pages_and_scripts(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p class="one two" id=\'three\'>four</p><script>"class=\\"five\\""</script>'
    )
    (tmp_path / "_static" / "frames").mkdir(parents=True)
    (tmp_path / "_static" / "a.js").write_text('add("six"); x = `seven-${side}`')
    (tmp_path / "_static" / "frames" / "b.js").write_text('"eight"')
    (tmp_path / "lite").mkdir()
    (tmp_path / "lite" / "index.html").write_text('<p class="nine">')
    names = unused.names_of(tmp_path)
    known = ["one", "two", "three", "five", "six", "seven-left"]
    assert [name for name in known if not names.has(name)] == []
    assert [name for name in ["four", "eight", "nine", "sevenleft"] if names.has(name)] == []


def test_only_the_theme_s_sheets_are_cut(tmp_path: Path) -> None:
    sheet = ".card{a:b}.btn{a:b}"
    for name in ("styles/pydata-sphinx-theme.css", "mystnb.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(sheet)
    joined.sheet.cache_clear()
    assert joined.sheet(tmp_path, "styles/pydata-sphinx-theme.css", NAMES) == ".btn{a:b}"
    assert joined.sheet(tmp_path, "mystnb.css", NAMES) == sheet
    assert joined.sheet(tmp_path, "styles/pydata-sphinx-theme.css") == sheet
