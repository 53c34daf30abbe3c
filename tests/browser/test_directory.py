"""Somebody near: an owner finds a desk and an adviser from her postcode; a volunteer says her places."""

from typing import Any

from playwright.sync_api import expect

from network.models import AccessFeature, MonthlyCapacity
from network.volunteer_states import ShownField
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Visits
from tests.factories import network as make
from tests.factories.volunteers import VolunteerFactory


def _desk() -> None:
    at = make.OfferingAtLocationFactory(
        offering__organisation__name_zh="大里示範中心",
        offering__name_zh="貸款諮詢",
        offering__terms=["financing"],
        location__features=[AccessFeature.STEP_FREE],
    )
    make.ServiceAreaFactory(offering=at.offering)
    for day in range(1, 6):
        make.ScheduleFactory(at=at, weekday=day)


def test_an_owner_finds_somebody_near_and_a_volunteer_says_how_many_she_takes(
    visits: Visits, cast: Cast, settings: Any
) -> None:
    _desk()
    VolunteerFactory(
        user=cast.users["owner.b"],
        name="示範志工",
        county="taichung",
        serving=True,
        shows=[ShownField.NAME, ShownField.COUNTY, ShownField.SPECIALTIES, ShownField.CAPACITY],
    )

    volunteer = visits.person("volunteer", size="phone")
    volunteer.sign_in(address("owner.b"), settings.DEMO_PASSWORD)
    page = volunteer.go("/volunteers/me/calendar/")
    page.get_by_label("平常每月可接件數").fill("5")
    volunteer.press(page.get_by_role("button", name="儲存名額"))
    assert MonthlyCapacity.objects.get(month=None).places == 5

    owner = visits.person("owner", size="phone")
    page = owner.go("/network/")
    page.get_by_label("地址、鄉鎮市區或郵遞區號").fill("412")
    page.get_by_label("想問哪一方面？").select_option("financing")
    owner.press(page.get_by_role("button", name="找最近的"))
    expect(page.get_by_text("本月還能接 5 件")).to_be_visible()
    owner.look("nearest")
    owner.press(page.get_by_role("link", name="大里示範中心"))
    expect(page.get_by_text("星期一至星期五")).to_be_visible()
    expect(page.get_by_text("無障礙出入口")).to_be_visible()
    owner.look("organisation-near")
