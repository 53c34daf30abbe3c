"""The list at hand as a file for a spreadsheet: the same rows, by the same filters."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.reference import counties
from assistance import search
from assistance.models import Case
from assistance.permissions import can_use_desk
from assistance.services import exports
from assistance.states import CaseState, Source
from assistance.views.desk.asked import Asked, SystemName
from foundation.downloads import as_file
from foundation.guards import requires
from foundation.languages import pick

MOST_ROWS = 5_000


@require_safe
@requires(can_use_desk)
def csv_file(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    found = search.for_export(search.queue(request.user, asked.criteria))
    down = asked.sort.fields[0].startswith("-")
    cases = list(found.order_by(asked.sort.fields[0], "-pk" if down else "pk")[: MOST_ROWS + 1])
    is_cut, cases = len(cases) > MOST_ROWS, cases[:MOST_ROWS]
    exports.note_export(by_id=request.user.pk, criteria=asked.criteria, rows=len(cases))
    rows = _rows(cases, asked.systems, is_cut=is_cut)
    return as_file(_heads(), rows, name=f"cases-{timezone.localdate():%Y%m%d}")


def _rows(cases: list[Case], systems: dict[int, SystemName], *, is_cut: bool) -> list[list[Any]]:
    rows = [_cells(case, systems) for case in cases]
    if is_cut:
        words = _("Only the first %(n)d cases are listed. Narrow the filters to get the rest.")
        rows.append([words % {"n": MOST_ROWS}])
    return rows


def _heads() -> list[str]:
    return [
        _("Number"),
        _("Subject"),
        _("Enterprise"),
        _("Business number"),
        _("System"),
        _("State"),
        _("County or city"),
        _("Source"),
        _("Lead agency"),
        _("Officer"),
        _("Submitted on"),
        _("Due on"),
    ]


def _cells(case: Case, systems: dict[int, SystemName]) -> list[Any]:
    places = counties()
    return [
        case.reference,
        case.subject,
        case.enterprise_name,
        case.business_number,
        systems.get(case.main_system_id or 0, ""),
        CaseState(case.state).label,
        places[case.county].name if case.county in places else "",
        Source(case.source).label,
        pick(case.lead_agency, "name"),
        case.lead_officer or "",
        timezone.localdate(case.submitted_at).isoformat(),
        case.due_on.isoformat() if case.due_on else "",
    ]
