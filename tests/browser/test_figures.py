"""From a number of the figures to the cases behind it, on the desk and on a phone."""

from typing import Any

from playwright.sync_api import expect

from assistance.models import GuidanceSystem
from assistance.services import referral_search
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Visits
from tests.factories.assistance import CaseFactory
from tests.factories.network import OrganisationFactory, OrganisationMembershipFactory
from tests.factories.referrals import ReferralFactory


def test_a_number_of_unmet_needs_opens_its_cases(
    visits: Visits, cast: Cast, settings: Any
) -> None:
    financing = GuidanceSystem.objects.get(code="financing")
    for _n in range(8):
        case = CaseFactory(
            in_progress=True,
            lead_agency=cast.agencies["smesa"],
            lead_officer=cast.users["lead"],
            county="hualien",
            district="秀林鄉",
        )
        referral_search.search(case=case, system=financing)

    duty = visits.person("duty")
    duty.sign_in(address("duty"), settings.DEMO_PASSWORD)
    page = duty.go("/desk/")
    duty.press(page.get_by_role("link", name="統計"))
    duty.look("unmet")
    duty.press(page.get_by_role("row", name="花蓮縣").get_by_role("link", name="花蓮縣"))
    duty.look("unmet-county")
    row = page.get_by_role("row", name="秀林鄉")
    duty.press(row.get_by_role("link", name="8", exact=True).last)
    expect(page.locator("tbody tr")).to_have_count(8)
    duty.look("unmet-cases")

    manager = visits.person("admin", size="phone")
    manager.sign_in(address("admin"), settings.DEMO_PASSWORD)
    page = manager.go("/figures/unmet/")
    manager.press(page.get_by_role("row", name="花蓮縣").get_by_role("link", name="8").first)
    expect(page.get_by_text("其中 8 件")).to_be_visible()
    manager.look("counted-not-listed")


def test_a_figure_of_referrals_opens_its_list(visits: Visits, cast: Cast, settings: Any) -> None:
    case = CaseFactory(
        in_progress=True,
        lead_agency=cast.agencies["smesa"],
        lead_officer=cast.users["lead"],
        county="hualien",
    )
    financing = GuidanceSystem.objects.get(code="financing")
    centre = OrganisationFactory(name_zh="花蓮示範中心")
    ReferralFactory(case=case, system=financing, organisation=centre, declined=True)
    OrganisationMembershipFactory(organisation=centre, user=cast.users["owner.b"])

    manager = visits.person("manager")
    manager.sign_in(address("manager"), settings.DEMO_PASSWORD)
    page = manager.go("/figures/referrals/")
    manager.press(page.get_by_role("link", name="單位或榮譽指導員"))
    manager.look("referrals")
    row = page.get_by_role("row", name="花蓮示範中心")
    manager.press(row.get_by_role("link", name="1", exact=True).last)
    expect(page.get_by_role("link", name=case.subject)).to_be_visible()
    manager.look("referral-list")

    manager.go("/figures/agencies/")
    manager.look("agencies")

    partner = visits.person("partner", size="phone")
    partner.sign_in(address("owner.b"), settings.DEMO_PASSWORD)
    page = partner.go("/partner/")
    partner.press(page.get_by_role("link", name="您的各季統計"))
    expect(page.get_by_role("heading", name="花蓮示範中心")).to_be_visible()
    partner.look("own-figures")
