"""What happened to a case and who looked at it; and what else its enterprise has asked."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.models import User
from assistance.clock_reading import read_clock
from assistance.events import CaseEvent
from assistance.models import CaseReading, Need, Offer
from assistance.views.casework.bench import Bench, on_bench
from assistance.views.casework.coordinating import at_work_elsewhere
from assistance.views.casework.triage import same_enterprise
from foundation.htmx import render
from foundation.listing import Sort, keyset_page
from ledger.timeline import Line, timeline_for

LATEST_FIRST = Sort("at", ("-at",))
NEWEST_FIRST = Sort("submitted", ("-submitted_at",))
ON_A_PAGE = 50


@require_safe
@on_bench
def audit(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Every change, offer and reading of the case, latest first.

    That another agency keeps notes of its own is not told.
    """
    read = {message.pk for message in bench.messages}
    happened = reversed(timeline_for(bench.case, "staff"))
    lines = [line for line in happened if not _is_of_a_hidden_note(line, read)]
    actors = User.objects.in_bulk({line.actor_id for line in lines if line.actor_id})
    readings = CaseReading.objects.filter(case=bench.case).select_related("reader", "agency")
    offers = Offer.objects.filter(need__in=Need.objects.visible_to(request.user)).filter(
        need__case=bench.case
    )
    context = {
        "case": bench.case,
        "lines": [
            {"at": line.at, "text": line.text, "by": actors.get(line.actor_id or 0)}
            for line in lines
        ],
        "offers": offers.select_related("agency", "offered_by", "settled_by").order_by("-pk"),
        "page": keyset_page(readings, LATEST_FIRST, request.GET.get("after", ""), ON_A_PAGE),
    }
    return render(request, "assistance/casework/audit.html", context)


def _is_of_a_hidden_note(line: Line, read: Collection[int]) -> bool:
    """Was a note written, or its file added or removed, that this person may not read?"""
    facts = line.entry.facts
    if line.entry.event == CaseEvent.NOTE_ADDED:
        return facts.get("message") not in read
    return bool(facts.get("internal")) and facts.get("of") not in read


@require_safe
@on_bench
def enterprise(request: HttpRequest, bench: Bench) -> HttpResponse:
    """The other cases of this enterprise that the reader may see, with who worked on them."""
    others = same_enterprise(request, bench.case).select_related("lead_agency", "lead_officer")
    page = keyset_page(
        others.prefetch_related("needs__agency"),
        NEWEST_FIRST,
        request.GET.get("after", ""),
        ON_A_PAGE,
    )
    rows = [{"case": case, "clock": read_clock(case)} for case in page.rows]
    context = {
        "case": bench.case,
        "rows": rows,
        "page": page,
        "at_work": at_work_elsewhere(bench),
        "may_coordinate": bench.may_note(),
    }
    return render(request, "assistance/casework/enterprise.html", context)
