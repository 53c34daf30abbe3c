"""A referral from the officer's choice to the outcome: the SME agrees, a volunteer accepts on a phone."""

from typing import Any

from playwright.sync_api import expect

from assistance.models import GuidanceSystem, Referral
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Visits
from tests.factories.assistance import CaseFactory
from tests.factories.referrals import ReferralFactory, can_help
from tests.factories.volunteers import VolunteerFactory

TOPIC = "/desk/{}/refer/?about=financing"


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
    lead.go(f"/desk/{case.reference}/refer/")
    lead.look("refer-topic")
    page = lead.go(TOPIC.format(case.reference))
    lead.look("refer")
    page.locator("textarea[name=asked]").fill("請看訂單與401報表，建議信保或協商。")
    lead.press(page.get_by_role("button", name="轉介", exact=True))

    owner = visits.person("owner", size="phone")
    owner.sign_in(address("owner.a"), password)
    page = owner.go(f"/my/cases/{case.reference}/")
    owner.look("case-asked")
    owner.press(page.get_by_role("link", name="示範志工"))
    owner.look("agree")
    owner.press(page.get_by_role("button", name="同意，請詢問對方"))

    helper = visits.person("volunteer", size="phone")
    helper.sign_in(address("owner.b"), password)
    page = helper.go("/partner/")
    helper.look("inbox")
    expect(page.get_by_text("0900-000-123")).to_have_count(0)
    helper.press(page.locator(".sp-card h3 a"))
    helper.look("card")
    helper.press(page.get_by_role("button", name="接受", exact=True))
    expect(page.get_by_text("0900-000-123")).to_be_visible()
    helper.look("taken")
    helper.press(page.get_by_role("link", name="已完成"))
    helper.look("outcome")
    page.locator("input[name=outcome][value=solved]").check()
    page.locator("textarea[name=text]").fill("已協助備妥文件。")
    helper.press(page.get_by_role("button", name="回報結果"))

    page = lead.go(f"/desk/{case.reference}/")
    expect(page.get_by_text("已協助備妥文件。")).to_be_visible()
    lead.look("case-done")
    assert Referral.objects.get().outcome == "solved"


def test_three_declines_end_at_the_duty_officer(visits: Visits, cast: Cast, settings: Any) -> None:
    case = _case(cast)
    financing = GuidanceSystem.objects.get(code="financing")
    common = {"case": case, "system": financing, "referred_by": cast.users["lead"]}
    for attempt in (1, 2, 3):
        ReferralFactory(**common, declined=True, attempt=attempt, awaits_duty=attempt == 3)

    duty = visits.person("duty")
    duty.sign_in(address("duty"), settings.DEMO_PASSWORD)
    page = duty.go("/desk/?view=nobody")
    duty.press(page.get_by_role("link", name=case.subject).first)
    duty.look("nobody-took")
    duty.press(page.get_by_role("button", name="我用其他方式處理"))

    assert not Referral.objects.awaiting_duty().exists()
