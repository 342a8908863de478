"""Answers at the end of each chapter, so that nobody reads one before the question."""

from __future__ import annotations

from bs4 import Tag

from .clean import classes, new

TITLE = "Answers"
PLACE = "answers"  # the id of that section


def move(content: Tag) -> None:
    """Move a chapter's solutions and folded answers to its end, each with links there and back."""
    parts = content.find_all("div", class_=["solution", "remark"])
    answers = [part for part in parts if answers_something(part)]
    if not answers:
        return
    section = new("section", id=PLACE)
    heading = new("h2")
    heading.string = TITLE
    section.append(heading)
    for number, answer in enumerate(answers, 1):
        section.append(taken_out(answer, number))
    content.append(section)


def answers_something(part: Tag) -> bool:
    """A remark before a chapter's first section answers nothing: there nobody has been asked yet."""
    if "solution" in classes(part):
        return True
    return part.find_previous("h2") is not None and not part.find_parent("div", class_="solution")


def taken_out(answer: Tag, number: int) -> Tag:
    solution = "solution" in classes(answer)
    answer["id"] = answer.get("id") or f"answer-{number}"
    here = f"asked-{number}"
    title = answer.find("p", recursive=False)
    assert isinstance(title, Tag), "an answer has a title"
    line = new("p", id=here, **{"class": "to-answer"})
    line.append(linked("Solution" if solution else title.get_text(strip=True), str(answer["id"])))
    line.append(new("span", **{"class": "page-of"}))  # filled in where there are pages
    answer.replace_with(line)
    if not solution:
        text = title.get_text(strip=True)
        title.clear()
        title.append(linked(number_above(line) + text, here))
    title["class"] = "answer-title"
    answer["class"] = "answer"
    return answer


def number_above(place: Tag) -> str:
    """The number of the section that it stands in."""
    heading = place.find_previous(["h2", "h3"])
    number = heading.find(class_="section-number") if isinstance(heading, Tag) else None
    return f"{number.get_text(strip=True).rstrip('.')} · " if number else ""


def linked(text: str, target: str) -> Tag:
    link = new("a", href=f"#{target}")
    link.string = text
    return link
