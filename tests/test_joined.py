"""Small files joined to one: in their order, and with what they refer to found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from nnbook import joined

FILES = {
    "styles/theme.css": '@import "../basic.css";\nb { color: red }',
    "basic.css": '@charset "UTF-8";i { background: url(file.png) }',
    "styles/icons.css": "u { src: url('../fonts/a.woff2'), url(data:font/woff2;base64,AA) url(#a) }",
    "book.css": "p { color: blue }",
    "a.js": "let a = 1 // no semicolon",
    "b.js": '"use strict";\nvar b = a;',
}
SHEET = '<link rel="stylesheet" type="text/css" href="../_static/{}?v=1" />\n'
SCRIPT = '<script src="../_static/{}?v=1"></script>\n'


@pytest.fixture
def static(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / joined.FOLDER).mkdir()
    return tmp_path


def written(static: Path, kind: str) -> str:
    (file,) = (static / joined.FOLDER).glob(f"*.{kind}")
    return file.read_text()


def test_sheets_are_one_and_refer_to_the_same_files(static: Path) -> None:
    html = "".join(SHEET.format(name) for name in ("styles/theme.css", "styles/icons.css", "book.css"))
    made = joined.of_page(html, static)
    assert made.count("<link") == 2
    assert made.index("joined/") < made.index("book.css")
    text = written(static, "css")
    assert "import" not in text
    assert "charset" not in text
    assert text.index("url(../file.png)") < text.index("color: red") < text.index("url('../fonts/a.woff2')")
    assert "url(data:font/woff2;base64,AA) url(#a)" in text


def test_scripts_that_block_are_one_and_the_others_stay(static: Path) -> None:
    late = '<script defer="defer" src="../_static/late.js"></script>\n'
    html = SCRIPT.format("a.js") + SCRIPT.format("b.js") + late + SCRIPT.format("b.js")
    made = joined.of_page(html, static)
    assert made.count("<script") == 3
    assert made.index("joined/") < made.index("late.js") < made.index("b.js")
    assert (
        written(static, "js").index("let a")
        < written(static, "js").index("\n;")
        < written(static, "js").index("var b")
    )


def test_twice_is_once(static: Path) -> None:
    html = (
        SCRIPT.format("a.js")
        + SCRIPT.format("b.js")
        + SHEET.format("basic.css")
        + SHEET.format("styles/icons.css")
    )
    made = joined.of_page(html, static)
    assert joined.of_page(made, static) == made


def test_tabs_have_a_script_where_there_are_tabs(static: Path) -> None:
    script = '<script data-sd-tabs-storage-prefix="a" src="../_static/design-tabs.js?v=1"></script>\n'
    assert joined.of_page(script, static) == ""
    assert joined.of_page(f'{script}<div class="sd-tab-set">', static).startswith(script)
