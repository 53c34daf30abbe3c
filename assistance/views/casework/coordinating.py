"""Other agencies' work for the same enterprise: seen as a fact, and asked to be coordinated."""

from typing import Any

from django.db.models import Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assistance.forms.casework import CoordinateForm
from assistance.models import Case, Need
from assistance.models.need import NeedQuerySet
from assistance.permissions import can_note
from assistance.services import coordinating
from assistance.states import WORKING_NEED_STATES
from assistance.timeline.names import system_name
from assistance.views.casework.acting import Page, run
from assistance.views.casework.bench import Bench, on_bench
from foundation.guards import demand
from foundation.idempotency import once


def at_work_elsewhere(bench: Bench) -> list[dict[str, Any]]:
    """Which systems work for this enterprise in what one may not read: a fact without content."""
    since = _elsewhere(bench).order_by("system__number")
    rows = since.values_list("system_id", "system__number", "system__code")
    return [
        {"number": number, "code": code, "system": system_name(system_id), "since": first}
        for system_id, number, code, first in rows.annotate(first=Min("accepted_at"))
    ]


def _elsewhere(bench: Bench) -> NeedQuerySet:
    """Needs being worked on: hidden parts of this case, and of cases one does not have."""
    hidden = [need.pk for need in bench.needs if not getattr(need, "is_readable", False)]
    theirs = Q(pk__in=hidden)
    if bench.case.enterprise_id is not None:
        readable = Case.objects.on_desk_of(bench.user).values("pk")
        theirs |= Q(case__enterprise_id=bench.case.enterprise_id) & ~Q(case__in=readable)
    return Need.objects.filter(theirs, state__in=WORKING_NEED_STATES, accepted_at__isnull=False)


@require_http_methods(["GET", "HEAD", "POST"])
@on_bench
def coordinate(request: HttpRequest, bench: Bench, code: str) -> HttpResponse:
    """Ask whoever works on a system for this enterprise to get in touch."""
    demand(can_note(request.user, bench.case))
    at_work = next((one for one in at_work_elsewhere(bench) if one["code"] == code), None)
    if at_work is None:
        raise Http404
    form = CoordinateForm(request.POST or None)
    page = Page(
        heading=_("Ask to coordinate"),
        button=_("Ask them"),
        done=_("They have been asked, with your name and e-mail address."),
        template="assistance/casework/coordinate.html",
        extra={"at_work": at_work},
    )
    return run(request, bench, page, form, lambda said: _ask_once(bench, code, said))


def _ask_once(bench: Bench, code: str, said: dict[str, Any]) -> object:
    found = _elsewhere(bench).filter(system__code=code)
    return once(
        key=said["idempotency_key"],
        act="assistance.coordinate",
        by=str(bench.user.pk),
        do=lambda: coordinating.ask(
            case_id=bench.case.pk,
            need_ids=list(found.values_list("pk", flat=True)),
            by_id=bench.user.pk,
            agency_id=bench.agency_id,
            text=said["text"],
        )[0],
    )
