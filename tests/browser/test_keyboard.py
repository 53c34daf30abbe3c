"""The desk without a mouse: the queue, a case, the palette."""

from typing import Any

from playwright.sync_api import expect

from accounts.models import Agency
from assistance.models import Case, CaseMessage
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Visits
from tests.factories.assistance import CaseFactory


def test_the_desk_is_worked_without_a_mouse(visits: Visits, cast: Cast, settings: Any) -> None:
    smesa = Agency.objects.get(code="smesa")
    for number in range(1, 4):
        CaseFactory(lead_agency=smesa, subject=f"第{number}件：想買新機器")
    duty = visits.person("duty")
    duty.sign_in(address("duty"), settings.DEMO_PASSWORD)
    page, keys = duty.go("/desk/"), duty.page.keyboard
    rows = page.locator(".sp-queue tbody tr")

    # J and K move, X ticks, Escape lets go.
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

    # Enter opens, C takes, N writes a note and Ctrl+Enter keeps it.
    rows.nth(0).focus()
    with page.expect_navigation():
        keys.press("Enter")
    case = Case.objects.get(reference=page.url.rstrip("/").rpartition("/")[2])
    with page.expect_navigation():
        keys.press("c")
    case.refresh_from_db()
    assert case.lead_officer_id == cast.id_of("duty")
    keys.press("n")
    expect(page.locator("#note_body")).to_be_focused()
    keys.insert_text("已電話聯絡，下午再打一次。")
    with page.expect_navigation():
        keys.press("Control+Enter")
    assert CaseMessage.objects.get(case=case).body == "已電話聯絡，下午再打一次。"

    # Letters typed into a text stay letters.
    keys.press("n")
    keys.type("asw")
    expect(page.locator("#note_body")).to_have_value("asw")
    keys.press("Escape")

    # A goes to assigning; the palette finds acts and other cases.
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
