"""The forms under the exercises: they answer back as Python does, by keyboard alone, and send nothing."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from accessible import violations
from playwright.sync_api import Browser, Page, expect
from typed_answers import JUDGE, apart, in_python
from visiting import Visit

from nnlib.exercises import BETS, CHAPTERS, Exercise, all_exercises, exercises_of, scripts
from nnlib.exercises.drawn import SEEDS, Drawn
from nnlib.exercises.kinds import Choice, Code, Explain, Numbers
from nnlib.exercises.words import WORDS

Open = Callable[..., Visit]

FIRST = "chapters/gradient_descent.html"
PAGES = [f"chapters/{chapter}.html" for chapter in CHAPTERS.values()]

each_page = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(scope="module")
def script(browser: Browser) -> Page:
    """An empty page with the exercises' script alone."""
    page = browser.new_page()
    page.add_script_tag(content=scripts.script())
    return page


def test_page_and_python_say_the_same_words(script: Page) -> None:
    asked, python = in_python(all_exercises() | BETS)
    assert sum(map(len, python)) >= 5000
    page = script.evaluate(f"given => ({JUDGE})(...given)", [WORDS, asked])
    assert apart(asked, page, python) == []


def test_page_and_python_draw_the_same_numbers(script: Page) -> None:
    drawn = {label: each for label, each in all_exercises().items() if isinstance(each, Drawn)}
    assert len(drawn) == 2 * len(CHAPTERS)
    for label, exercise in drawn.items():
        page = script.evaluate(
            "([data, seeds]) => seeds.map(seed => nnDrawn(data, seed))", [exercise.data(), [*range(SEEDS)]]
        )
        for seed, (parts, given, worked) in enumerate(page):
            python = exercise.with_seed(seed)
            assert [given, worked] == [python.given, python.worked], (label, seed)
            assert parts == {name: part.data() for name, part in python.items()}, (label, seed)


def test_the_script_is_small_and_evaluates_nothing() -> None:
    text = scripts.script()
    assert len(gzip.compress(f"{text}{WORDS}".encode(), 9)) <= 8000
    assert not re.search(r"\beval\(|new Function|innerHTML|fetch\(", text)


def of_page(name: str) -> dict[str, Exercise]:
    """The exercises and the bets of a page."""
    chapter = Path(name).stem
    bets = {label: parts for label, parts in BETS.items() if CHAPTERS[label.split("-")[1]] == chapter}
    return exercises_of(chapter) | bets


@each_page
def test_answers_are_packed_and_small(site: Path, name: str) -> None:
    text = (site / name).read_text(encoding="utf-8")
    (packed,) = re.findall(r'class="nn-answers">([^<]*)<', text)
    assert len(packed) * 3 / 4 <= 6000
    _, answers = json.loads(gzip.decompress(b64decode(packed)))
    asked = of_page(name)
    assert {
        label for label, parts in asked.items() if not all(isinstance(p, Code) for p in parts.values())
    } == set(answers)
    found = (site / "_static" / "search-index.js").read_text(encoding="utf-8")
    assert packed[:60] not in found


def form(page: Page, label: str) -> str:
    return f'form[data-exercise="{label}"]'


def messages(page: Page, label: str) -> list[str]:
    return page.locator(f"{form(page, label)} .nn-said").all_inner_texts()


def test_an_exercise_by_keyboard_alone(visit: Open) -> None:
    page = visit(FIRST).page
    label = "ex-gd-three-steps"
    page.locator(f'[id="{label}.w"]').focus()
    page.keyboard.type("1,5; 2,25; 2,62")
    page.keyboard.press("Tab")
    page.keyboard.type("0.5")
    page.keyboard.press("Tab")
    page.keyboard.type("½")
    page.keyboard.press("Tab")
    expect(page.locator(f"{form(page, label)} button", has_text="Check")).to_be_focused()
    page.keyboard.press("Enter")
    hint = "That one arrives in a single step."
    expect(page.locator(f'[id="{label}.largest.said"]')).to_contain_text(hint)
    assert messages(page, label)[0] == messages(page, label)[2] == "Right."
    expect(page.locator(f'[id="{label}.largest"]')).to_be_focused()
    expect(page.locator(f'[id="{label}.largest"]')).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".nn-status[role=status]")).to_contain_text(
        "2 of 3 right. the largest learning rate: That one"
    )
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator(".nn-status[role=status]")).to_have_text("3 of 3 right.")
    assert messages(page, label) == ["Right."] * 3
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f'[id="{label}.w"]')).to_have_value("")
    assert messages(page, label) == [""] * 3


def test_a_choice_by_its_arrows_and_words_by_their_points(visit: Open) -> None:
    page = visit(FIRST).page
    label = "ex-gd-stuck"
    page.locator(f"{form(page, label)} input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(f'[id="{label}.good.said"]')).to_contain_text("There the slope is 0 as well")
    page.locator(f'[id="{label}.cases"]').fill("It stands at the bottom.")
    page.locator(f"{form(page, label)} button", has_text="Check").press("Enter")
    points = page.get_by_role("group", name="Does yours say").get_by_role("checkbox")
    expect(points).to_have_count(4)
    points.first.press(" ")
    expect(points.first).to_be_checked()


def test_a_message_comes_at_once_and_nothing_is_sent(visit: Open) -> None:
    seen = visit(FIRST)
    before = len(seen.requests)
    answer = seen.page.locator('[id="ex-gd-three-steps.w"]')
    answer.fill("1, 2, 3")
    took = answer.evaluate("""async input => {
        const said = document.getElementById(input.id + ".said");
        const start = performance.now();
        input.form.requestSubmit();
        while (!said.textContent) await new Promise(requestAnimationFrame);
        return performance.now() - start;
    }""")
    assert took < 400  # alone it is a tenth of that
    assert len(seen.requests) == before
    assert seen.errors == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
@each_page
def test_forms_with_messages_are_accessible_and_fit(visit: Open, name: str, scheme: str, width: int) -> None:
    page = visit(name, width=width, color_scheme=scheme, reduced_motion="reduce").page
    fill(page, of_page(name))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(page, "form.nn-check")
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found] == []
    described = [
        one.get_attribute("aria-describedby") for one in page.locator(".nn-check [aria-describedby]").all()
    ]
    assert all(page.locator(f'[id="{name}"]').count() for name in " ".join(filter(None, described)).split())


def fill(page: Page, exercises: dict) -> None:
    """A wrong answer into every field, and all of them checked."""
    for label, parts in exercises.items():
        for name, part in parts.items():
            here = page.locator(f'{form(page, label)} [data-part="{name}"]')
            if isinstance(part, Choice):
                here.locator(f'input:not([value="{part.right}"])').first.check()
            elif not isinstance(part, Code):
                here.locator("input, textarea").fill("12345.678" if isinstance(part, Numbers) else "7")
    page.evaluate("document.querySelectorAll('form.nn-check').forEach(form => form.requestSubmit())")
    judged = [p for parts in exercises.values() for p in parts.values() if not isinstance(p, Code | Explain)]
    expect(page.locator(".nn-said:not(:empty)")).to_have_count(len(judged))


def test_every_mistake_of_a_page_gets_its_hint_there(visit: Open) -> None:
    page = visit(FIRST).page
    for label, parts in exercises_of("gradient_descent").items():
        for name, part in parts.items():
            if not isinstance(part, Choice):
                continue
            for hint, option in part.wrong.items():
                here = page.locator(f'{form(page, label)} [data-part="{name}"]')
                here.get_by_role("radio", name=option, exact=True).check()
                page.locator(f"{form(page, label)} button", has_text="Check").click()
                expect(here.locator(".nn-said")).to_have_text(hint)


AGAIN = "ex-gd-again-steps"


def stated(page: Page) -> list[str]:
    """The numbers of the exercise, and their way to the answer in its solution."""
    return page.locator(f'[data-drawn="{AGAIN}"]').all_text_contents()


def test_a_link_brings_its_numbers_and_a_button_others(visit: Open) -> None:
    page = visit(f"{FIRST}?seed=7#{AGAIN}").page
    exercise = all_exercises()[AGAIN]
    seventh = exercise.with_seed(7)
    place = page.locator(f'[data-drawn="{AGAIN}"]').first
    expect(place).to_have_text(seventh.given)
    assert stated(page) == [seventh.given, seventh.worked]
    answer = page.locator(f'[id="{AGAIN}.w"]')
    answer.fill(", ".join(map(str, seventh["w"].right)))
    answer.press("Enter")
    expect(page.locator(f'[id="{AGAIN}.w.said"]')).to_have_text("Right.")
    page.locator(form(page, AGAIN)).get_by_role("button", name="New numbers").press("Enter")
    expect(place).not_to_have_text(seventh.given)
    expect(answer).to_have_value("")
    expect(page.locator(".nn-status[role=status]")).to_have_text(stated(page)[0])
    link = page.locator(f"{form(page, AGAIN)} .nn-link")
    seed = int(link.get_attribute("href").partition("=")[2].partition("#")[0])
    other = exercise.with_seed(seed)
    assert stated(page) == [other.given, other.worked]
    for hint, value in other["w"].wrong.items():
        answer.fill(", ".join(map(str, value)))
        answer.press("Enter")
        expect(page.locator(f'[id="{AGAIN}.w.said"]')).to_contain_text(
            hint
        )  # and, for 1.536, how it was read
    given = stated(page)
    link.click()
    page.reload()
    expect(place).to_have_text(given[0])


@pytest.mark.parametrize("query", ["", "?seed=100", "?seed=-1", "?seed=x", "?seed="])
def test_without_a_seed_numbers_change_with_the_visit(visit: Open, query: str) -> None:
    page = visit(FIRST + query).page
    known = {all_exercises()[AGAIN].with_seed(seed).given for seed in range(SEEDS)}
    seen: set[str] = set()
    for _ in range(8):  # the same numbers again are no mistake, again and again they are
        expect(page.locator(f"{form(page, AGAIN)} .nn-link")).to_have_text(re.compile(r"numbers \d+"))
        seen.add(stated(page)[0])
        if len(seen) > 1:
            break
        page.reload()
    assert len(seen) > 1
    assert seen <= known


@each_page
def test_a_bet_stands_below_its_figure_and_is_no_exercise_done(visit: Open, name: str) -> None:
    page = visit(name).page
    for label in set(of_page(name)) - set(exercises_of(Path(name).stem)):
        bet = page.locator(form(page, label))
        expect(bet.locator(f"xpath=preceding-sibling::*[1][self::p][@id='{label}']")).to_have_count(1)
        figures = bet.locator("xpath=preceding-sibling::*[contains(@class, 'cell')]").last
        expect(figures.locator("figure.nn-explorer")).to_have_count(1)
        for key, part in BETS[label].items():
            here = bet.locator(f'[data-part="{key}"]')
            if isinstance(part, Choice):
                here.get_by_role("radio", name=part.right, exact=True).check()
            else:
                here.locator("input").fill(", ".join(map(str, np.ravel(part.right))))
        bet.get_by_role("button", name="Bet").click()
        expect(bet.locator(".nn-said", has_text="Right.")).to_have_count(len(BETS[label]))
        assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('nnbook'))") == []


def test_without_scripts_no_form_is_shown(visit: Open) -> None:
    page = visit(FIRST, java_script_enabled=False).page
    assert page.locator("form.nn-check:visible").count() == 0
    assert stated(page)[0] == all_exercises()[AGAIN].given


def test_paper_shows_no_form(visit: Open) -> None:
    page = visit(FIRST).page
    page.emulate_media(media="print")
    assert page.locator("form.nn-check:visible").count() == 0


def test_works_from_disk_and_under_a_strict_policy(browser: Browser, address: str, site: Path) -> None:
    policy = {"content-security-policy": "default-src 'self' data: blob: 'unsafe-inline'; script-src 'self'"}
    page = browser.new_page()

    def strict(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | policy)

    page.route("**/*.html", strict)
    for url in (f"{address}/{FIRST}", f"{site.as_uri()}/{FIRST}"):
        page.goto(url)
        page.locator('[id="ex-gd-three-steps.largest"]').fill("1")
        page.locator('[id="ex-gd-three-steps.largest"]').press("Enter")
        expect(page.locator('[id="ex-gd-three-steps.largest.said"]')).to_have_text("Right.")
        page.unroute("**/*.html")
    page.close()
