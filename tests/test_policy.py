"""Pages that keep to a strict policy: what it forbids is moved out of their HTML, and nothing else is."""

from __future__ import annotations

import re

import pytest
from nnbook import policy
from nnbook.lite import pyodide
from nnbook.policy import page

HEAD = (
    '<html lang="en" data-content_root="../"><head>\n    <meta charset="utf-8" />\n{}</head>'
    "<body>{}</body></html>"
)
POLICY = "script-src 'self'"


def made(head: str = "", body: str = "") -> tuple[str, dict[str, str]]:
    files: dict[str, str] = {}

    def keep(text: str, kind: str) -> str:
        files[name := f"{len(files)}.{kind}"] = text
        return name

    return page.strict(HEAD.format(head, body), POLICY, keep), files


def test_the_policy_comes_before_all_that_it_is_about() -> None:
    html, _ = made("<title>A page</title>")
    stated = f'<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="{POLICY}" />'
    assert stated in html
    assert html.index("Security") < html.index("<title>")


def test_a_page_without_a_head_has_it_too() -> None:
    html = page.strict('\n<meta http-equiv="Refresh" content="0; url=intro.html" />\n', POLICY, lambda *_: "")
    assert html.startswith('<meta http-equiv="Content-Security-Policy"')
    assert html.count("Refresh") == 1


def test_a_script_is_a_file_and_what_is_early_stays_where_it_is() -> None:
    early = '<script data-cfasync="false">document.documentElement.dataset.mode = "auto";</script>'
    later = '<script src="a.js"></script><script>let a = 1;</script><script src="b.js"></script>'
    html, files = made(early + later + "<script>var b = 2;</script><script>var b = 2;</script>")
    assert set(files.values()) == {
        "let a = 1;\nvar b = 2;",
        'document.documentElement.dataset.mode = "auto";',
    }
    (mode,) = (name for name, text in files.items() if "dataset" in text)
    (other,) = files.keys() - {mode}
    places = [html.index(f'<script src="{name}">') for name in (mode, "a.js", other, "b.js")]
    assert places == sorted(places)
    assert html.count("<script") == 4


def test_data_stays_on_the_page() -> None:
    data = '<script type="application/json">{"style": "<p style=\'color:red\' onclick=\'a()\'>"}</script>'
    html, files = made(body=data)
    assert data in html
    assert files == {}


def test_a_style_is_a_class_that_weighs_the_same() -> None:
    cell = '<mtd class="a" style="padding-left: 0em; padding-right:5.9776pt"></mtd>'
    html, files = made(body=f'<math style="display:block math;">{cell}</math>')
    assert '<math class="display:block_math"><mtd class="a padding-left:0em padding-right:5.9776pt">' in html
    assert files == {}
    sheet = page.sheet(page.declared(html))
    assert ".display\\:block_math { display:block math !important }\n" in sheet
    assert ".padding-left\\:0em { padding-left:0em !important }\n" in sheet
    assert ".padding-right\\:5\\.9776pt { padding-right:5.9776pt !important }\n" in sheet
    # What MathML allows in a class, as an EPUB's checker knows it.
    assert all(re.fullmatch(r"[\w.:-]+", name) for name in page.declared(html))


def test_a_variable_can_still_be_set_by_a_script() -> None:
    html, _ = made(body='<span class="nn-track" style="--x:-0.4">')
    assert page.sheet(page.declared(html)) == ".--x\\:-0\\.4 { --x:-0.4 }\n"


@pytest.mark.parametrize("style", ["width: calc(1px + var(--a_b))", "color", "color: a; nonsense"])
def test_a_style_that_no_class_can_say_stops_the_build(style: str) -> None:
    with pytest.raises(page.Forbidden):
        made(body=f'<p style="{style}">')


def test_a_listener_is_pressed_elsewhere_or_stops_the_build() -> None:
    html, _ = made(body='<button onclick="window.print()" title="1 > 0, style=">')
    assert '<button data-press="print" title="1 > 0, style=">' in html
    with pytest.raises(page.Forbidden, match="listener"):
        made(body='<img src="a.png" onerror="b()">')


def test_what_only_looks_like_it_is_left() -> None:
    body = """<p title='a style="x" and <b onclick="y">'>on="1" style="2" &lt;p style="3"&gt;</p>"""
    html, _ = made(body=body)
    assert body in html


def test_twice_is_once() -> None:
    head = "<script>let a = 1;</script><noscript><style>.b { }</style></noscript>"
    html, files = made(head, '<b style="--x:1" onclick="window.print()">')
    assert page.strict(html, POLICY, lambda text, kind: pytest.fail(text)) == html
    assert sorted(files.values()) == [".b { }", "let a = 1;"]
    linked = page.with_sheet(html, "classes.css", "../classes.css?v=1")
    assert page.with_sheet(linked, "classes.css", "../classes.css?v=2") == linked.replace("v=1", "v=2")


@pytest.mark.parametrize("whose", ["cdn", "own"])
def test_nothing_is_allowed_that_is_written_into_a_page(whose: str) -> None:
    for said in (policy.of_page(whose), policy.of_thread(whose)):
        assert "unsafe-inline" not in said
        assert "'unsafe-eval'" not in said
        assert "*" not in said
        assert "nonce" not in said
        assert "https:" not in said.replace(f"{pyodide.CDN}/", "")
    parts = policy.directives(whose)
    assert {parts[f"{kind}-src"] for kind in ("frame", "media", "object")} | {parts["base-uri"]} == {"'none'"}
    assert parts["default-src"] == "'self'"
    assert parts["style-src"] == "'self'"


def test_the_cdn_is_named_where_the_build_uses_it_and_by_its_folder() -> None:
    assert "https:" not in policy.of_page("own") + policy.of_thread("own")
    assert policy.directives("cdn")["connect-src"].endswith(f" {pyodide.CDN}/")
    assert pyodide.CDN not in policy.directives("cdn")["script-src"]


def test_the_headers_leave_the_notebooks_out() -> None:
    said = policy.headers(["intro.html", "chapters/digits.html", "chapters/keras.html"], "own")
    paths = [line for line in said.splitlines() if not line.startswith(" ")]
    assert paths == ["/", "/chapters/*", "/intro.html", "/inplace/*"]
