"""What a reader has done is remembered in their browser alone, and comes back in time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from visiting import REFUSED

START = datetime(2027, 3, 1, 9)
FIRST, CHAPTER = "intro.html", "chapters/gradient_descent.html"
LABEL = "ex-gd-three-steps"
PLACE = f"{CHAPTER}#{LABEL}"
RIGHT = {"w": "1.5, 2.25, 2.625", "largest": "1", "at_once": "1/2"}


class Reader:
    """A reader with a browser of their own, and a clock."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.go_to(FIRST, 0)

    def go_to(self, name: str, day: int) -> None:
        self.page.clock.set_fixed_time(START + timedelta(days=day))
        self.page.goto(f"{self.address}/{name}")

    def answer(self, day: int, **answers: str) -> None:
        self.go_to(PLACE, day)
        for part, text in answers.items():
            self.page.locator(f'[id="{LABEL}.{part}"]').fill(text)
        self.page.locator(f'[id="{LABEL}.w"]').press("Enter")
        expect(self.page.locator(f'[id="{LABEL}.w.said"]')).not_to_be_empty()

    def due(self, day: int) -> list[str]:
        self.go_to(FIRST, day)
        return self.page.locator(".nn-progress li").all_inner_texts()

    def stored(self) -> dict[str, str]:
        return self.page.evaluate("() => ({...localStorage})")

    def store(self, text: str) -> None:
        self.page.evaluate("text => localStorage.setItem('nnbook-exercises:/', text)", text)


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    context = browser.new_context(accept_downloads=True)
    yield Reader(context.new_page(), address)
    context.close()


def test_a_right_answer_is_marked_where_it_was_given_and_in_the_contents(reader: Reader) -> None:
    count = reader.page.locator(".nn-progress .nn-count")
    expect(count).to_contain_text("exercises that answer")
    assert [key for key in reader.stored() if key.startswith("nnbook-exercises")] == []
    reader.answer(0, **RIGHT)
    expect(reader.page.locator(f'form[data-exercise="{LABEL}"] .nn-done')).to_have_text("✓ done")
    side = reader.page.locator(".bd-sidebar-primary a", has_text="Gradient descent").first
    expect(side).to_contain_text("1/20 ✓")
    assert [key for key in reader.stored() if key.startswith("nnbook-exercises")] == ["nnbook-exercises:/"]
    reader.go_to(FIRST, 0)
    expect(count).to_contain_text("1 of ")
    expect(count).to_contain_text("in this browser only")
    question = reader.page.locator(".bd-article ol a", has_text="Gradient descent")
    expect(question).to_contain_text("1/20 ✓")


def test_it_comes_back_after_2_7_21_and_60_days(reader: Reader) -> None:
    day = 0
    reader.answer(day, **RIGHT)
    for pause in (2, 7, 21, 60, 60):
        assert reader.due(day + pause - 1) == []
        day += pause
        assert reader.due(day) == ["Three steps by hand"]
        link = reader.page.locator(".nn-progress li a")
        assert link.get_attribute("href") == PLACE
        reader.answer(day, **RIGHT)
        reader.answer(day, **RIGHT)  # once more on the same day changes nothing


def test_a_wrong_one_comes_back_after_two_days(reader: Reader) -> None:
    reader.answer(0, w="1, 2, 3")
    assert reader.due(1) == []
    assert reader.due(2) == ["Three steps by hand"]
    expect(reader.page.locator(".nn-count")).to_contain_text("0 of")
    reader.answer(2, **RIGHT)
    assert reader.due(4) == ["Three steps by hand"]
    reader.answer(4, **RIGHT)
    reader.answer(11, w="1, 2, 3")  # wrong when its day has come
    reader.answer(11, **RIGHT)
    assert reader.due(12) == []
    assert reader.due(13) == ["Three steps by hand"]


def test_what_was_done_under_a_former_label_is_not_lost(reader: Reader) -> None:
    former, label = "digits-ex-steps", "ex-digits-steps"
    reader.store(json.dumps({f"chapters/digits.html#{former}": [1, 0, 2]}))
    reader.go_to(FIRST, 0)
    expect(reader.page.locator(".nn-progress .nn-count")).to_contain_text("1 of ")
    assert reader.page.locator(".nn-progress li a").get_attribute("href") == f"chapters/digits.html#{label}"
    reader.go_to("chapters/digits.html", 0)
    expect(reader.page.locator(f'form[data-exercise="{label}"] .nn-done')).to_have_text("✓ done")


def test_at_most_five_links_at_a_time(reader: Reader) -> None:
    titles = json.loads(reader.page.locator("script.nn-exercises").text_content() or "")["titles"]
    reader.store(json.dumps({place: [1, 0, 2] for place in titles}))
    assert len(reader.due(0)) == 5
    assert len(titles) > 140


def test_saved_erased_and_loaded(reader: Reader, tmp_path: Path) -> None:
    reader.answer(0, **RIGHT)
    reader.go_to(FIRST, 0)
    count = reader.page.locator(".nn-count")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "exercises.json"
    download.value.save_as(file)
    assert list(json.loads(file.read_text())) == [PLACE]
    reader.page.get_by_role("button", name="Erase").click()
    expect(count).to_contain_text("exercises that answer")
    assert "nnbook-exercises:/" not in reader.stored()
    reader.page.locator(".nn-progress input[type=file]").set_input_files(file)
    expect(count).to_contain_text("1 of ")
    damaged = tmp_path / "damaged.json"
    damaged.write_text("{")
    reader.page.locator(".nn-progress input[type=file]").set_input_files(damaged)
    expect(count).to_have_text("This file has no exercises in it.")
    reader.go_to(FIRST, 0)
    expect(count).to_contain_text("1 of ")


@pytest.mark.parametrize(
    "text", ["{", "null", "7", '{"a": 1}', '{"chapters/digits.html#x": [1, 9, 2]}', "[]"]
)
def test_what_is_damaged_breaks_nothing(reader: Reader, text: str) -> None:
    reader.store(text)
    reader.answer(0, **RIGHT)
    reader.go_to(FIRST, 0)
    expect(reader.page.locator(".nn-count")).to_contain_text("1 of ")


def test_where_storage_is_refused_it_lasts_as_long_as_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script(REFUSED)
    reader = Reader(context.new_page(), address)
    reader.answer(0, **RIGHT)
    expect(reader.page.locator(f'form[data-exercise="{LABEL}"] .nn-done')).to_have_text("✓ done")
    context.close()


def test_words_count_when_every_point_is_ticked(reader: Reader) -> None:
    reader.go_to("chapters/activations.html", 0)
    form = reader.page.locator('form[data-exercise="ex-activations-explain"]')
    form.locator("textarea").fill("Because.")
    form.get_by_role("button", name="Check").click()
    points = form.get_by_role("checkbox")
    for place in range(points.count()):
        expect(form.locator(".nn-done")).to_have_text("")
        points.nth(place).check()
    expect(form.locator(".nn-done")).to_have_text("✓ done")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_is_accessible_and_fits(visit: Callable, scheme: str, width: int) -> None:
    page = visit(FIRST, width=width, color_scheme=scheme).page
    page.evaluate(
        "place => localStorage.setItem('nnbook-exercises:/', JSON.stringify({[place]: [1, 0, 2]}))", PLACE
    )
    page.reload()
    expect(page.locator(".nn-progress li")).to_have_count(1)
    found = Axe().run(page, ".nn-progress").response["violations"]
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
