"""Looking without opening: the pane beside the list, who else is there, the quick search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.permissions import standing
from assistance import presence
from assistance.models import Case
from assistance.models.case import CaseQuerySet
from assistance.permissions import can_use_desk, load_agencies
from assistance.queue_rows import rows_of
from assistance.search import EVERYTHING, Criteria, best_matches
from assistance.statistics.load import officers_of
from assistance.views.desk.asked import address_of, system_names, words_in
from assistance.views.desk.rows import make_rows
from assistance.views.desk.summary import naming, summary_of
from foundation.guards import requires
from foundation.htmx import render
from foundation.text import TextNotAllowedError


def visible(request: HttpRequest) -> CaseQuerySet:
    """Return the cases this person may see, with what the pane names."""
    return Case.objects.on_desk_of(request.user).select_related("lead_agency", "lead_officer")


@require_safe
@requires(can_use_desk)
def peek(request: HttpRequest, reference: str) -> HttpResponse:
    case = get_object_or_404(visible(request), reference=reference)
    context = summary_of(request, case)
    return render(request, "assistance/desk/peek.html", context, partial="pane")


@require_safe
@requires(can_use_desk)
def presence_of(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who else looks at the case; asking again every half minute says that one still does."""
    case = get_object_or_404(
        Case.objects.on_desk_of(request.user).only("pk", "reference"), reference=reference
    )
    others = presence.look(case_id=case.pk, user_id=request.user.pk, name=str(request.user))
    context = {"case": case, **naming(others)}
    return render(request, "assistance/desk/presence.html", context, partial="line")


@require_safe
@requires(can_use_desk)
def search(request: HttpRequest) -> HttpResponse:
    """Find cases by number, enterprise or words, settled ones too; best first."""
    words = _clean(request.GET.get("q", ""))
    found = rows_of(best_matches(request.user, words)) if words else []
    context = {
        "words": words,
        "rows": make_rows(found, system_names(), {}),
        "all_url": address_of(Criteria(view=EVERYTHING, q=words)) if words else "",
    }
    return render(request, "assistance/desk/search.html", context, partial="results")


@require_safe
@requires(can_use_desk)
def load(request: HttpRequest) -> HttpResponse:
    """Compare the open work of one's agency; those who only work there see their own line."""
    compared = load_agencies(request.user)
    officers = officers_of(compared or standing(request.user).agency_ids)
    if not compared:
        officers = [one for one in officers if one.user_id == request.user.pk]
    context = {"officers": officers, "compares": bool(compared)}
    return render(request, "assistance/desk/load.html", context)


def _clean(typed: str) -> str:
    try:
        return words_in(typed)
    except TextNotAllowedError:
        return ""
