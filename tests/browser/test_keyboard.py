"""The desk without a mouse: the queue, a case, the palette."""

from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import Agency
from assistance.models import Case, CaseMessage
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Person, Visits
from tests.factories.assistance import CaseFactory

NOTE = "已電話聯絡，下午再打一次。"


@pytest.fixture
def duty(visits: Visits, cast: Cast, settings: Any) -> Person:
    """Somebody on duty before a queue of three."""
    smesa = Agency.objects.get(code="smesa")
    for number in range(1, 4):
        CaseFactory(lead_agency=smesa, subject=f"第{number}件：想買新機器")
    person = visits.person("duty")
    person.sign_in(address("duty"), settings.DEMO_PASSWORD)
    person.go("/desk/")
    return person


def test_the_desk_is_worked_without_a_mouse(duty: Person, cast: Cast) -> None:
    move_in_the_queue(duty)
    case = open_and_take(duty)
    assert case.lead_officer_id == cast.id_of("duty")
    write_a_note(duty, case)
    find_by_the_palette(duty, case)


def move_in_the_queue(duty: Person) -> None:
    """J and K move, X ticks, Escape lets go, ? tells all keys."""
    page, keys = duty.page, duty.page.keyboard
    rows = page.locator(".sp-queue tbody tr")
    keys.press("j")
    keys.press("j")
    expect(rows.nth(1)).to_be_focused()
    keys.press("k")
    expect(rows.nth(0)).to_be_focused()
    keys.press("x")
    expect(page.locator(".sp-bulk")).to_be_visible()
    duty.look("queue-ticked")
    keys.press("Escape")
    expect(page.locator(".sp-bulk")).to_be_hidden()
    keys.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    duty.look("shortcuts")
    keys.press("Escape")
    rows.nth(0).focus()


def open_and_take(duty: Person) -> Case:
    page, keys = duty.page, duty.page.keyboard
    with page.expect_navigation():
        keys.press("Enter")
    case = Case.objects.get(reference=page.url.rstrip("/").rpartition("/")[2])
    with page.expect_navigation():
        keys.press("c")
    case.refresh_from_db()
    return case


def write_a_note(duty: Person, case: Case) -> None:
    """N puts the cursor there, Ctrl+Enter keeps it; letters in a text stay letters."""
    page, keys = duty.page, duty.page.keyboard
    keys.press("n")
    expect(page.locator("#note_body")).to_be_focused()
    keys.insert_text(NOTE)
    with page.expect_navigation():
        keys.press("Control+Enter")
    assert CaseMessage.objects.get(case=case).body == NOTE
    keys.press("n")
    expect(page.locator("#note_body")).to_be_focused()
    keys.type("asw")
    expect(page.locator("#note_body")).to_have_value("asw")
    keys.press("Escape")


def find_by_the_palette(duty: Person, case: Case) -> None:
    """A leads to assigning; the palette finds another case, S splits it."""
    page, keys = duty.page, duty.page.keyboard
    with page.expect_navigation():
        keys.press("a")
    expect(page.locator("h1")).to_contain_text(case.reference)
    other = Case.objects.exclude(pk=case.pk).order_by("pk")[0]
    keys.press("Control+k")
    expect(page.locator("#palette input")).to_be_focused()
    keys.insert_text(other.reference)
    expect(page.locator("#palette [role=option]").first).to_contain_text(other.subject)
    duty.look("palette")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("h1")).to_contain_text(other.subject)
    with page.expect_navigation():
        keys.press("s")
    assert page.url.endswith("/split/")
