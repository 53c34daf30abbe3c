"""An accountant prepares, the owner confirms on a phone, the case is there, and she ends it again."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from assistance.models import Case
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.mails import Mails, link_in
from tests.browser.visiting import Visits
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.assistance import today

HERS = "owner@firm.example"


def _fill(page: Any, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        page.locator(f"[name={name}]").fill(text)


def _state_the_mandate(page: Any) -> None:
    page.locator("input[name=capacity][value=accountant]").check()
    page.locator("input[name=given_how][value=paper]").check()
    page.locator("input[name=may_write]").check()
    _fill(
        page,
        {
            "firm": "示範會計師事務所",
            "business_number": "04595257",
            "enterprise_name": "示範木業有限公司",
            "principal_name": "林雅雯",
            "principal_email": HERS,
            "given_on": (today() - timedelta(days=20)).isoformat(),
        },
    )


def test_an_accountant_files_and_the_owner_confirms_and_withdraws(
    visits: Visits, cast: Cast, mails: Mails, settings: Any
) -> None:
    accountant = UserFactory(name="王會計", verified=True)

    filer = visits.person("accountant")
    filer.sign_in(accountant.email, PASSWORD)
    page = filer.go("/acting/")
    filer.press(page.get_by_role("link", name="替企業代辦"))
    _state_the_mandate(page)
    filer.look("mandate")
    filer.press(page.get_by_role("button", name="接著寫申請"))
    _fill(page, {"description": "訂單已到手，需要購料周轉金。"})
    filer.press(page.get_by_role("button", name="請企業確認", exact=True))
    expect(page.get_by_text("您的申請等著送出")).to_be_visible()
    assert not Case.objects.exists()

    owner = visits.person("owner", size="phone")
    page_of_owner = owner.go(link_in(mails.wait(HERS, "王會計", "確認"), "/my/mandates/link/"))
    expect(page_of_owner.get_by_role("heading", level=1)).to_contain_text("王會計")
    owner.look("decide")
    page_of_owner.locator("[name=description]").fill("訂單已到手，需要購料周轉金三百萬元。")
    page_of_owner.locator("[name=agreed]").check()
    owner.press(page_of_owner.get_by_role("button", name="確認並送出申請"))
    case = Case.objects.get()
    expect(page_of_owner.get_by_text(case.reference)).to_be_visible()

    page = filer.go(f"/acting/cases/{case.reference}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("訂單已到手")
    filer.look("case")

    duty = visits.person("duty")
    duty.sign_in(address("duty"), settings.DEMO_PASSWORD)
    page_of_duty = duty.go(f"/desk/{case.reference}/")
    expect(page_of_duty.get_by_text("示範會計師事務所")).to_be_visible()

    owner.go(link_in(mails.wait(HERS, "隨時"), "/my/mandates/link/"))
    owner.look("withdraw")
    owner.press(page_of_owner.get_by_role("button", name="撤回委任"))

    with filer.refusals():
        answer = filer.page.goto(f"/acting/cases/{case.reference}/")
    assert answer is not None
    assert answer.status == 404
    page = filer.go("/acting/")
    expect(page.get_by_text("企業已撤回")).to_be_visible()
    filer.look("ended")
