"""How soon each agency answers: for its leads and managers, and for whoever reads every case."""

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Agency
from assistance.figure_permissions import agencies_compared, can_read_agency_figures
from assistance.forms.figures import QuarterForm
from assistance.models.case import CaseQuerySet
from assistance.states import CaseState
from assistance.statistics.agencies import (
    CONDITIONS,
    AgencyFigures,
    agency_figures,
    cases_of,
    in_time,
)
from assistance.views.figures.reading import Asked
from foundation.guards import requires
from foundation.htmx import render
from foundation.languages import pick
from foundation.listing import Sort, keyset_page

UNPROCESSABLE = 422
ON_A_PAGE = 50
NEWEST_FIRST = Sort("submitted", ("-submitted_at",))
LABELS: dict[str, str | Promise] = {
    "received": gettext_lazy("Came in"),
    "answered": gettext_lazy("First answer given"),
    "in_time": gettext_lazy("In time"),
    "late": gettext_lazy("Late"),
    "waiting": gettext_lazy("Not answered yet"),
}


@require_safe
@requires(can_read_agency_figures)
def show(request: HttpRequest) -> HttpResponse:
    """The agencies one may compare, each on a line."""
    form = QuarterForm(request.GET)
    is_good = form.is_valid()
    found = agency_figures(form.chosen, agencies_compared(request.user))
    agencies = Agency.objects.filter(pk__in=found).order_by("code")
    rows = [_row(agency, found[agency.pk], form.chosen.code) for agency in agencies]
    context = {"form": form, "labels": LABELS, "rows": rows, "reads_agencies": True}
    status = 200 if is_good else UNPROCESSABLE
    return render(request, "assistance/figures/agencies.html", context, status=status)


def _row(agency: Agency, of: AgencyFigures, quarter: str) -> dict[str, Any]:
    page = reverse("figures:agency_cases")
    asked = {"quarter": quarter, "agency": agency.code}
    return {
        "name": pick(agency, "name"),
        "figures": of,
        "numbers": [
            (getattr(of, name), f"{page}?{urlencode(asked | {'figure': name})}") for name in LABELS
        ],
    }


@require_safe
@requires(can_read_agency_figures)
def cases(request: HttpRequest) -> HttpResponse:
    """The cases behind a number of one agency."""
    asked = Asked(request)
    figure = request.GET.get("figure") or "received"
    if figure not in LABELS:
        raise Http404
    agency = _agency(request, agencies_compared(request.user))
    of_agency = cases_of(asked.quarter).filter(lead_agency=agency)
    found = _narrowed(of_agency, figure).on_desk_of(request.user)
    page = keyset_page(found, NEWEST_FIRST, request.GET.get("after"), ON_A_PAGE)
    context = {
        "words": [*asked.words, pick(agency, "name"), LABELS[figure]],
        "total": found.count(),
        "rows": [{"case": one, "state": CaseState(one.state).label} for one in page.rows],
        "more_url": asked.more_url(page.next_cursor) if page.has_next else "",
        "back": f"{reverse('figures:agencies')}?{urlencode({'quarter': asked.quarter.code})}",
    }
    return render(request, "assistance/figures/agency_cases.html", context)


def _agency(request: HttpRequest, compared: Collection[int] | None) -> Agency:
    agency: Agency = get_object_or_404(Agency, code=request.GET.get("agency", ""))
    if compared is not None and agency.pk not in compared:
        raise Http404
    return agency


def _narrowed(found: CaseQuerySet, figure: str) -> CaseQuerySet:
    if figure in CONDITIONS:
        return found.filter(CONDITIONS[figure])
    return found.filter(pk__in=in_time(found, wanted=figure == "in_time"))
