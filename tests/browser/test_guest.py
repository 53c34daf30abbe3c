"""Asking without an account, and following the case from another device."""

from pathlib import Path

from playwright.sync_api import expect

from assistance.models import Case
from tests.browser import asking
from tests.browser.mails import Mails
from tests.browser.visiting import Visits


def test_a_guest_asks_with_a_code_and_follows_her_case(
    visits: Visits, mails: Mails, tmp_path: Path
) -> None:
    # She asks from her phone; her address is confirmed by a code.
    guest = visits.person("guest", size="phone")
    guest.go("/")
    guest.look("home")
    guest.go("/request/")
    guest.press(asking.ONWARD)
    steps = asking.as_guest(lambda page: guest.look("request-papers"))
    for step, shown in (("business", "request-business"), ("details", "request-details")):
        steps[step] = _looking(guest, steps[step], shown)
    asking.walk(guest, steps, until="confirm")
    guest.look("request-confirm")
    guest.page.locator("[name=code]").fill(mails.code(asking.EMAIL))
    guest.press(asking.ONWARD)
    asking.tick(guest.page, "handle", "share_with_agencies")
    guest.press("#send button[type=submit]")
    reference = asking.number_on(guest.page)
    guest.look("request-done")
    mails.wait(asking.EMAIL, reference)
    assert Case.objects.get(reference=reference).applicant is None

    # From another device she needs the number, the address and a new code.
    elsewhere = visits.person("elsewhere", size="desktop")
    page = elsewhere.go("/track/")
    elsewhere.look("track")
    page.locator("[name=reference]").fill(reference)
    page.locator("[name=contact]").fill(asking.EMAIL)
    elsewhere.press("main form button.btn-primary")
    elsewhere.look("track-code")
    page.locator("[name=code]").fill(mails.code(asking.EMAIL, nth=2))
    elsewhere.press("main form button.btn-primary")
    expect(page.locator("main")).to_contain_text(reference)
    elsewhere.look("track-case")
    page.locator("#write [name=body]").fill("請問大概要多久？")
    elsewhere.press("#write button.btn-primary")
    expect(page.locator(".sp-timeline")).to_contain_text("請問大概要多久？")

    # Who does not know the code sees nothing.
    stranger = visits.person("stranger")
    with stranger.refusals():
        answer = stranger.page.goto(f"/track/{reference}/")
    assert answer is not None
    assert reference not in stranger.page.locator("main").inner_text()


def _looking(person, answer, name):
    def looked(page):
        answer(page)
        person.look(name)

    return looked
