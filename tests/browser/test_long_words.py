"""English words are longer: what they fill keeps its place, and is read to its end."""

from typing import Any

from assistance.models import Case, GuidanceSystem
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Visits
from tests.factories.assistance import CaseFactory

_CUT = "() => [...document.querySelectorAll('.sp-queue .t + .opt')].filter(e => e.scrollWidth > e.clientWidth).length"


def test_the_desk_in_english_keeps_its_corner_and_names_systems_whole(
    visits: Visits, cast: Cast, settings: Any
) -> None:
    for system in GuidanceSystem.objects.all():
        CaseFactory(main_system=system)
    duty = visits.person("duty")
    duty.sign_in(address("duty"), settings.DEMO_PASSWORD)

    duty.go("/en/desk/")

    duty.look("desk-english")
    title = duty.page.locator(".sp-tools h1").bounding_box()
    layout = duty.page.locator(".sp-tools .sp-seg").bounding_box()
    assert title
    assert layout
    assert layout["y"] < title["y"] + title["height"]
    assert duty.page.evaluate(_CUT) == 0


def test_writing_on_a_phone_in_english_stays_within_the_page(
    visits: Visits, cast: Cast, settings: Any
) -> None:
    case: Case = CaseFactory(
        triaged=True, lead_agency=cast.agencies["smesa"], lead_officer=cast.users["lead"]
    )
    lead = visits.person("lead", size="phone")
    lead.sign_in(address("lead"), settings.DEMO_PASSWORD)

    lead.go(f"/en/desk/{case.reference}/?into=note")

    lead.look("case-english-phone")
