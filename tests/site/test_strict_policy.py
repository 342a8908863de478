"""The pages' Content-Security-Policy: every page has it and keeps to it, whatever is done on it.

Every visit of every test counts what a policy forbids as an error (``visiting.POLICE``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path

import pytest
from inplace_page import is_idle, start
from nnbook import policy
from playwright.sync_api import Browser, expect
from visiting import PAGES, Visit, served, visited

from tools import serve

Open = Callable[..., Visit]
EVERY = [*PAGES, "index.html", "search.html", "404.html"]
#: What does not keep to it, and the directive that forbids it.
BROKEN = {
    "<script>window.broken = 1</script>": "script-src-elem",
    '<img src="data:," onerror="window.broken = 1">': "script-src-attr",
    '<p style="color: red">red</p>': "style-src-attr",
    "<style>p { color: red }</style>": "style-src-elem",
    '<script src="http://127.0.0.1:9/elsewhere.js"></script>': "script-src-elem",
    '<iframe src="intro.html"></iframe>': "frame-src",
}


class Inline(HTMLParser):
    """What of a page's HTML only ``unsafe-inline`` would allow, and the policies on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.policies: list[str | None] = []
        self.before: list[str] = []  # the tags that come before the policy
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(given["content"])
        elif not self.policies:
            self.before.append(tag)
        data = given.get("type", "").endswith(("json", "gzip"))  # type: ignore[union-attr]
        if tag == "style" or (tag == "script" and "src" not in given and not data):
            self.found.append(str(self.get_starttag_text()))
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.found += [
            f"{tag} {value}" for value in given.values() if (value or "").startswith("javascript:")
        ]


@pytest.mark.parametrize("name", EVERY)
def test_a_page_has_the_policy_and_nothing_inline(site: Path, name: str) -> None:
    seen = Inline((site / name).read_text(encoding="utf-8"))
    assert seen.found == []
    assert seen.policies == [policy.of_page("cdn")]
    assert set(seen.before) <= {"html", "head", "meta"}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_forbidden_does_nothing_and_is_counted(browser: Browser, address: str, broken: str) -> None:
    context = browser.new_context()

    def spoilt(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</h1>", f"</h1>{broken}", 1))

    context.route("**/404.html", spoilt)
    visit = visited(context, f"{address}/404.html")
    assert any(f"policy: {BROKEN[broken]} " in error for error in visit.errors), visit.errors
    assert visit.page.evaluate("() => window.broken") is None
    context.close()


def test_text_is_not_run(browser: Browser, address: str) -> None:
    """By a timer: what a test itself evaluates comes from outside the page."""
    context = browser.new_context()
    seen = visited(context, f"{address}/404.html")
    said = seen.page.evaluate(
        """() => new Promise(tell => {
            addEventListener("securitypolicyviolation", event => tell(event.blockedURI));
            setTimeout("window.broken = 1");
        })"""
    )
    assert said == "eval"
    assert seen.page.evaluate("() => window.broken") is None
    context.close()


MOVE_ALL = """async () => {
    for (const control of document.querySelectorAll(".nn-explorer :is(input, select)")) {
        if (control.type === "checkbox") control.click();
        else if (control.type === "range")
            control.value = control.value === control.max ? control.min : control.max;
        else control.selectedIndex = control.length - 1;
        control.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(requestAnimationFrame);
    }
    for (const button of document.querySelectorAll(".nn-live .nl-play")) button.click();
    for (const form of document.querySelectorAll("form.nn-check")) form.requestSubmit();
    for (const button of document.querySelectorAll(".toggle-button, .copybtn")) button.click();
    await new Promise(r => setTimeout(r, 1000));
}"""


def test_everything_on_a_page_is_moved_under_it(visit: Open, chapter: str) -> None:
    seen = visit(chapter).unfold()
    seen.page.evaluate(MOVE_ALL)
    assert [error for error in seen.errors if "policy" in error.lower()] == []


def test_the_themes_buttons_still_print_and_fill_the_screen(visit: Open) -> None:
    page = visit("chapters/perceptron.html").page
    page.evaluate("() => { window.print = () => { window.printed = true }; }")
    page.evaluate("() => { window.toggleFullScreen = () => { window.filled = true }; }")
    for press, sign in (("print", "printed"), ("full-screen", "filled")):
        page.locator(f"[data-press={press}]").first.evaluate("button => button.click()")
        assert page.evaluate(f"() => window.{sign}") is True


def test_a_dark_page_is_dark_before_anything_is_drawn(visit: Open) -> None:
    """The script that says so blocks: it is neither deferred nor a module, and no style comes before it."""
    page = visit("intro.html").page
    first = page.locator("head > script[src]").first
    assert first.evaluate("script => !script.defer && !script.async && script.type === ''")
    assert first.evaluate(
        "s => s.compareDocumentPosition(document.querySelector('link[rel=stylesheet]')) & 4"
    )
    assert page.evaluate("script => fetch(script).then(r => r.text())", first.get_attribute("src")).count(
        "mode"
    )


class Strict(serve.QuietHandler):
    """Sends what the site's ``_headers`` says for a path, as hosts do that read it."""

    rules: dict[str, str] = {}  # noqa: RUF012

    def end_headers(self) -> None:
        path = self.path.split("?")[0]
        for pattern, value in self.rules.items():
            if fnmatch(path, pattern):
                self.send_header("Content-Security-Policy", value)
        super().end_headers()


@pytest.fixture
def strict(own_site: Path) -> Iterator[str]:
    """The address of the pages with Pyodide of their own, on a host that sends the headers."""
    rules, paths = {}, policy.headers([*EVERY], "own").splitlines()
    for path, header in zip(paths[::2], paths[1::2], strict=True):
        rules[path] = header.split(": ", 1)[1]
    with served(own_site, type("Strict", (Strict,), {"rules": rules})) as address:
        yield address


@pytest.mark.slow
def test_python_runs_under_the_headers(visit: Open, strict: str) -> None:
    seen = visit("chapters/perceptron.html", base=strict)
    start(seen.page)
    seen.page.locator("button.nn-run:visible").first.click()
    is_idle(seen.page)
    expect(seen.page.locator(".cm-editor").first).to_be_visible()
    assert seen.page.locator(".cm-scroller").first.evaluate("e => getComputedStyle(e).display") == "flex"
    assert seen.errors == []
