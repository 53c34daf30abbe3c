"""The way of asking without a line of JavaScript."""

from pathlib import Path

from playwright.sync_api import Page, expect

from assistance.models import Attachment
from tests.browser import asking
from tests.browser.mails import Mails
from tests.browser.visiting import Visits


def test_a_guest_asks_without_javascript(visits: Visits, mails: Mails, tmp_path: Path) -> None:
    guest = visits.person("guest", size="phone", java_script_enabled=False)
    guest.go("/request/")
    guest.press(asking.ONWARD)

    def papers(page: Page) -> None:
        form = page.locator("form[enctype='multipart/form-data']").first
        form.locator("input[type=file]").set_input_files(asking.photo(tmp_path))
        guest.picture("papers-before")
        guest.press(form.locator("button"))
        expect(page.locator(".sp-files").first).to_contain_text("檢測報告.jpg")
        guest.picture("papers")

    asking.walk(guest, asking.as_guest(papers), until="confirm")
    guest.page.locator("[name=code]").fill(mails.code(asking.EMAIL))
    guest.press(asking.ONWARD)
    asking.tick(guest.page, "handle", "share_with_agencies")
    guest.picture("check")
    guest.press("#send button[type=submit]")

    reference = asking.number_on(guest.page)
    assert Attachment.objects.get().case.reference == reference
    guest.press(guest.page.locator("main a.btn-primary"))
    expect(guest.page.locator("main")).to_contain_text(reference)
    guest.picture("case")
