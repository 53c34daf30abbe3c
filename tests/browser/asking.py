"""How a person walks through the request, page by page, whatever her route."""

import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.visiting import Person

STORY = (
    "我們做油炸食品，鄰居檢舉油煙和異味，環保局要我們六十天內改善排放。"
    "廢氣處理設備要八十萬元，銀行說財報不夠好，不肯貸款給我們。"
)
EMAIL = "lin.guest@demo.example"
HOPE = "希望知道設備一定要換整套嗎，還有去哪裡借錢。"
ONWARD = "main form button.btn-primary[type=submit]"


def photo(folder: Path, name: str = "檢測報告.jpg") -> Path:
    """A picture as a phone takes it."""
    file = folder / name
    Image.effect_noise((640, 480), 40).convert("RGB").save(file, "JPEG")
    return file


def current_step(page: Page) -> str:
    found = re.search(r"/request/([a-z]+)/", page.url)
    return found.group(1) if found else ""


def walk(person: Person, answers: dict[str, Callable[[Page], None]], *, until: str) -> None:
    """Answer each question as told, leave the others as they are, go on to `until`."""
    for _ in range(14):
        step = current_step(person.page)
        if step == until:
            return
        answers.get(step, lambda page: None)(person.page)
        person.press(person.page.locator(ONWARD).last)
    raise AssertionError(f"never reached {until}, stopped at {person.page.url}")


def tick(page: Page, *names: str) -> None:
    for name in names:
        page.locator(f"input[name={name}]").check()


def number_on(page: Page) -> str:
    expect(page.locator(".sp-done output")).to_be_visible()
    found = re.search(r"A\d{3}-\d{2}-\d{5}", page.locator(".sp-done output").inner_text())
    assert found
    return found.group()


def as_guest(page_of_papers: Callable[[Page], None]) -> dict[str, Callable[[Page], None]]:
    """What somebody without an account answers."""

    def problem(page: Page) -> None:
        page.locator("#id_description").fill(STORY)

    def hopes(page: Page) -> None:
        page.locator("[name=hoped_for]").fill(HOPE)

    def business(page: Page) -> None:
        page.locator("[name=business_number]").fill("99990009")

    def details(page: Page) -> None:
        page.locator("[name=name]").fill("示範香酥食品行")
        page.locator("[name=county]").select_option("tainan")
        page.locator("[name=industry]").select_option("C")

    def contact(page: Page) -> None:
        page.locator("[name=name]").fill("林小姐")
        page.locator("[name=email]").fill(EMAIL)

    return {
        "problem": problem,
        "hopes": hopes,
        "system": lambda page: tick(page, "unsure"),
        "business": business,
        "details": details,
        "papers": page_of_papers,
        "contact": contact,
    }
