"""What the pane beside the list says of one case, and the note that somebody read it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from accounts.reference import industries
from accounts.reference.districts import place_words
from assistance import presence
from assistance.clock_reading import read_clock
from assistance.models import Case, Need
from assistance.permissions import agency_acting, can_assign, can_claim
from assistance.services import readings
from assistance.views.desk.asked import SystemName, system_names
from foundation.languages import is_english, pick


def summary_of(
    request: HttpRequest, case: Case, systems: Mapping[int, SystemName] | None = None
) -> dict[str, Any]:
    """Return the context of the pane; reading it is noted like opening the case."""
    readings.note_reading(
        case_id=case.pk, reader_id=request.user.pk, agency_id=agency_acting(request.user, case)
    )
    trades = industries()
    onlookers = presence.look(case_id=case.pk, user_id=request.user.pk, name=str(request.user))
    return {
        "case": case,
        "clock": read_clock(case),
        "county": place_words(case.county, case.district),
        "industry": trades[case.industry].name if case.industry in trades else "",
        "needs": _needs(request, case, systems or system_names()),
        "lead_agency": pick(case.lead_agency, "name"),
        **naming(onlookers),
        "can_claim": can_claim(request.user, case),
        "can_assign": can_assign(request.user, case),
    }


def naming(onlookers: list[presence.Onlooker]) -> dict[str, Any]:
    return {
        "onlookers": onlookers,
        "onlooker_names": ("、" if not is_english() else ", ").join(o.name for o in onlookers),
    }


def _needs(
    request: HttpRequest, case: Case, names: Mapping[int, SystemName]
) -> list[dict[str, Any]]:
    """Each need with system, agency and state; its text only where this person may read it."""
    readable = set(
        Need.objects.visible_to(request.user).filter(case=case).values_list("pk", flat=True)
    )
    return [
        {
            "need": need,
            "system": str(names.get(need.system_id, "")),
            "agency": pick(need.agency, "name") if need.agency else "",
            "summary": need.summary if need.pk in readable else "",
        }
        for need in case.needs.select_related("agency")
    ]
