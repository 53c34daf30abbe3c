"""A referral from the officer's choice to the outcome: the SME agrees, a volunteer accepts on a phone."""

import re
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from assistance.models import GuidanceSystem, Referral
from assistance.services import referral
from assistance.services.referral import Request
from ledger.relay import relay_due
from notifications.models import Message
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Person, Visits
from tests.factories.assistance import CaseFactory
from tests.factories.network import OrganisationMembershipFactory
from tests.factories.referrals import can_help
from tests.factories.volunteers import VolunteerFactory

TOPIC = "/desk/{}/refer/?about=financing"
ASKED = "請看訂單與401報表，建議信保或協商。"


def _case(cast: Cast) -> Any:
    owner = next(one for one in cast.askers if one.user_id == cast.id_of("owner.a"))
    smesa = cast.agencies["smesa"]
    return CaseFactory(
        in_progress=True,
        enterprise=owner.enterprise,
        enterprise_name=owner.enterprise.name_zh,
        lead_agency=smesa,
        lead_officer=cast.users["lead"],
        contact_phone="0900-000-123",
        county="tainan",
        district="新營區",
        industry="C",
    )


def test_a_volunteer_accepts_a_referral_on_a_phone(
    visits: Visits, cast: Cast, settings: Any
) -> None:
    case, password = _case(cast), settings.DEMO_PASSWORD
    VolunteerFactory(user=cast.users["owner.b"], name="示範志工", serving=True)
    can_help(county="tainan", places=0)
    lead = visits.person("lead")
    lead.sign_in(address("lead"), password)
    _refer(lead, case)

    owner = visits.person("owner", size="phone")
    owner.sign_in(address("owner.a"), password)
    page = owner.go(f"/my/cases/{case.reference}/")
    owner.look("case-asked")
    owner.press(page.get_by_role("link", name="示範志工"))
    owner.look("agree")
    page.locator("input[name=shown][value=enterprise_name]").uncheck()
    owner.press(page.get_by_role("button", name="同意，請詢問對方"))

    helper = visits.person("volunteer", size="phone")
    helper.sign_in(address("owner.b"), password)
    _accept(helper, case)
    _help(helper)

    page = lead.go(f"/desk/{case.reference}/")
    expect(page.get_by_text("已協助備妥文件。")).to_be_visible()
    lead.look("case-done")
    assert Referral.objects.get().outcome == "solved"


def _refer(lead: Person, case: Any) -> None:
    lead.go(f"/desk/{case.reference}/refer/")
    lead.look("refer-topic")
    page = lead.go(TOPIC.format(case.reference))
    lead.look("refer")
    page.locator("textarea[name=asked]").fill(ASKED)
    lead.press(page.get_by_role("button", name="轉介", exact=True))


def _accept(helper: Person, case: Any) -> None:
    """What is asked and by when stands before any name or number; then what she ticked, no more."""
    page = helper.go("/partner/")
    helper.look("inbox")
    helper.press(page.locator(".sp-card h3 a"))
    helper.look("card")
    expect(page.get_by_text(ASKED)).to_be_visible()
    expect(page.get_by_text("剩 3 個工作天")).to_be_visible()
    hers = (case.contact_name, case.contact_phone)
    for private in (*hers, case.enterprise_name):
        expect(page.get_by_text(private)).to_have_count(0)
    helper.press(page.get_by_role("button", name="接受", exact=True))
    for shown in hers:
        expect(page.get_by_text(shown)).to_be_visible()
    expect(page.get_by_text(case.enterprise_name)).to_have_count(0)
    helper.look("taken")


def _help(helper: Person) -> None:
    page = helper.page
    page.locator("textarea[name=body]").fill("通了電話，約好看報表。")
    page.locator("input[name=minutes]").fill("45")
    helper.press(page.locator("form[action$='report/'] button"))
    expect(page.get_by_text("45 分鐘").first).to_be_visible()
    helper.press(page.get_by_role("link", name="已完成"))
    helper.look("outcome")
    page.locator("input[name=outcome][value=solved]").check()
    page.locator("textarea[name=text]").fill("已協助備妥文件。")
    helper.press(page.get_by_role("button", name="回報結果"))
    expect(page.get_by_text("0900-000-123")).to_have_count(0)


def test_three_declines_end_at_the_duty_officer(visits: Visits, cast: Cast, settings: Any) -> None:
    case = _case(cast)
    places = [can_help(county="tainan", name_zh=f"示範{name}中心") for name in "甲乙丙"]
    for place in places:
        OrganisationMembershipFactory(organisation=place, user=cast.users["partner"])
    partner = visits.person("partner", size="phone")
    partner.sign_in(address("partner"), settings.DEMO_PASSWORD)
    for place in places:
        _send(case, place)
        page = partner.go("/partner/")
        partner.press(page.locator(".sp-card h3 a"))
        partner.press(page.get_by_role("button", name="目前沒有時間"))
    relay_due(500)

    # She was told each time, in plain words.
    owner = visits.person("owner", size="phone")
    owner.sign_in(address("owner.a"), settings.DEMO_PASSWORD)
    page = owner.go("/account/inbox/")
    for place in places:
        expect(page.get_by_text(f"{place.name_zh}目前無法協助您").first).to_be_visible()
    expect(page.get_by_text("現在由值班人員處理").first).to_be_visible()
    owner.look("told-each-time")

    duty = visits.person("duty")
    duty.sign_in(address("duty"), settings.DEMO_PASSWORD)
    page = duty.go("/desk/?view=nobody")
    duty.press(page.get_by_role("link", name=case.subject).first)
    duty.look("nobody-took")
    duty.press(page.get_by_role("button", name="我用其他方式處理"))

    assert not Referral.objects.awaiting_duty().exists()


def test_an_organisation_without_an_account_answers_through_the_mailed_link(
    visits: Visits, cast: Cast, settings: Any
) -> None:
    case = _case(cast)
    place = can_help(county="tainan", name_zh="示範商會", email="chamber@example.test")
    made = _send(case, place)
    guest = visits.person("chamber", size="phone")

    address_of_link = _link_mailed(1)
    page = guest.go(address_of_link)
    guest.go(address_of_link)
    expect(page.get_by_text("0900-000-123")).to_have_count(0)
    guest.look("link")
    made.refresh_from_db()
    assert made.state == "sent"

    guest.press(page.get_by_role("button", name="接受", exact=True))
    expect(page.get_by_text("謝謝").first).to_be_visible()
    with guest.refusals():
        page.goto(address_of_link)
        expect(page.get_by_role("heading", name="這個連結已失效")).to_be_visible()
        guest.look("link-gone")

    report = _link_mailed(2)
    guest.go(report)
    expect(page.get_by_text("0900-000-123")).to_be_visible()
    guest.look("link-taken")
    page.locator("input[name=outcome][value=solved]").check()
    page.locator("textarea[name=text]").fill("已說明保證辦法。")
    guest.press(page.get_by_role("button", name="回報結果"))
    with guest.refusals():
        page.goto(report)
        expect(page.get_by_text("0900-000-123")).to_have_count(0)
    made.refresh_from_db()
    assert made.outcome == "solved"


def _link_mailed(number: int) -> str:
    """The path of the link in the letter that was written as the nth."""
    letters = Message.objects.filter(email="chamber@example.test").order_by("pk")
    found = re.search(r"https?://[^/\s]+(/\S*partner/link/\S+)", letters[number - 1].text)
    assert found
    return found[1]


def _send(case: Any, place: Any) -> Referral:
    """She agrees on the telephone, and it is sent."""
    return referral.propose(
        case_id=case.pk,
        system_id=GuidanceSystem.objects.get(code="financing").pk,
        need_id=None,
        by_id=case.lead_officer_id,
        request=Request(
            kind="organisation",
            receiver_id=place.pk,
            asked=ASKED,
            fields=("contact_name", "contact_phone"),
            consent_on=timezone.localdate(),
        ),
    )
