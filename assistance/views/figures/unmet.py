"""Unmet need by place and topic: a table first, the map of the counties second, and a file."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.reference import counties, county_name
from accounts.reference.districts import district_words, districts_of
from assistance.figure_permissions import can_read_agency_figures, can_read_figures
from assistance.forms.figures import UnmetForm
from assistance.models import UnmetReason, UnmetSearch
from assistance.models.sight import counts_all
from assistance.statistics.unmet import UnmetTable, table, unmet_counts
from assistance.views.desk.asked import SystemName
from assistance.views.figures.reading import UNSTATED
from assistance.views.figures.topics import topics
from foundation.downloads import as_file
from foundation.guards import requires
from foundation.htmx import render
from foundation.quarters import Quarter
from network.views.county_shapes import legend, shapes, view_box

UNPROCESSABLE = 422


@require_safe
@requires(can_read_figures)
def show(request: HttpRequest, county: str = "") -> HttpResponse:
    """All counties, or the districts of one."""
    if county and county not in counties():
        raise Http404
    form = UnmetForm(request.GET)
    is_good = form.is_valid()
    quarter, reason = form.chosen, form.reason_chosen
    counts = unmet_counts(quarter, UnmetSearch.objects.counted_for(request.user))
    found = table(counts, county=county, reason=reason)
    by_county = table(counts, reason=reason).rows
    systems = topics(found.topics)
    asked = {"quarter": quarter.code, "reason": reason}
    query = f"?{urlencode({name: value for name, value in asked.items() if value})}"
    context = {
        "form": form,
        "county": counties().get(county),
        "action": request.path,
        "query": query,
        "export_query": f"{query}&county={county}" if county else query,
        "counts_all": counts_all(request.user),
        "reads_agencies": bool(can_read_agency_figures(request.user)),
        "total": found.total,
        "reasons": [
            (one.label, found.reasons[one], _cases(asked | {"reason": one}, county=county))
            for one in UnmetReason
        ],
        "topics": [(system, found.topics[pk]) for pk, system in systems.items()],
        "rows": _rows(found, systems, county, asked),
        "shapes": shapes(by_county, county, query, page="figures:unmet_county"),
        "legend": legend(max((n for code, n in by_county.items() if code), default=0)),
        "box": view_box(),
    }
    status = 200 if is_good else UNPROCESSABLE
    return render(request, "assistance/figures/unmet.html", context, status=status)


def _rows(
    found: UnmetTable, systems: dict[int, SystemName], county: str, asked: dict[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "name": _name(place, county),
            "url": reverse("figures:unmet_county", args=[place]) if place and not county else "",
            "cells": [
                (found.cells[place, pk], _cases(asked, **_at(county, place), topic=system.code))
                for pk, system in systems.items()
            ],
            "total": found.rows[place],
            "cases": _cases(asked, **_at(county, place)),
        }
        for place in _places(found, county)
    ]


def _places(found: UnmetTable, county: str) -> Iterable[str]:
    """Every county in its order; of one county the districts that have any. What is not known last."""
    known = [one.zh for one in districts_of(county)] if county else list(counties())
    shown = [place for place in known if found.rows[place]] if county else known
    return [*shown, *sorted(place for place in found.rows if place and place not in known)] + (
        [""] if found.rows[""] else []
    )


def _name(place: str, county: str) -> str:
    if not place:
        return _("District not stated") if county else _("County not stated")
    return district_words(county, place) if county else county_name(place) or place


def _at(county: str, place: str) -> dict[str, str]:
    """How the address of a list says where."""
    if county:
        return {"county": county, "district": place or UNSTATED}
    return {"county": place or UNSTATED}


def _cases(asked: dict[str, str], **more: str) -> str:
    """The address of the list behind a number."""
    query = {name: value for name, value in (asked | more).items() if value}
    return f"{reverse('figures:unmet_cases')}?{urlencode(query)}"


@require_safe
@requires(can_read_figures)
def csv_file(request: HttpRequest) -> HttpResponse:
    """The numbers of the table by county, district, topic and reason; no case is in it."""
    form = UnmetForm(request.GET)
    form.is_valid()
    quarter, reason = form.chosen, form.reason_chosen
    county = request.GET.get("county", "")
    if county and county not in counties():
        raise Http404
    lines = _lines(request, quarter, reason, county)
    return as_file(_heads(), lines, name=f"unmet-need-{quarter.code}")


def _heads() -> list[str]:
    return [
        _("Quarter"),
        _("County or city"),
        _("District"),
        _("System"),
        _("Why nobody was found"),
        _("Unmet needs"),
    ]


def _lines(
    request: HttpRequest, quarter: Quarter, reason: str, county: str
) -> Iterable[list[object]]:
    counts = unmet_counts(quarter, UnmetSearch.objects.counted_for(request.user))
    systems = topics(one.system_id for one in counts)
    for one in counts:
        if (county and one.county != county) or (reason and one.reason != reason):
            continue
        yield [
            quarter.code,
            county_name(one.county) or _("County not stated"),
            district_words(one.county, one.district) or _("District not stated"),
            systems[one.system_id].name,
            UnmetReason(one.reason).label,
            one.number,
        ]
