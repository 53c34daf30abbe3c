"""The service network of one county: its points, and who serves it from elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.reference import County, counties
from foundation.htmx import render
from foundation.languages import is_english
from foundation.linked_data import as_script
from foundation.listing import keyset_page
from foundation.published import published
from foundation.stamping import NETWORK
from network.forms.finding import ListForm
from network.search import SORTS, Wanted, for_cards, from_elsewhere, points
from network.views.advisers import advisers
from network.views.cards import cards
from network.views.structured_data import list_of_points

ON_A_PAGE = 20
FROM_ELSEWHERE = 5
MOST_PRINTED = 1_000
FILTERS = ("topic", "kind", "access", "language")


@login_not_required
@require_safe
@published(NETWORK)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The points of a county, by district; stale entries last."""
    county = _county(code)
    form, wanted = asked(request, code)
    page = keyset_page(
        for_cards(points(wanted)), SORTS.default, request.GET.get("after"), ON_A_PAGE
    )
    rows = cards(page.rows)
    others = from_elsewhere(wanted, code).order_by(*SORTS.pick("name").fields, "pk")
    context = {
        "form": form,
        "county": county,
        "other_name": county.zh if is_english() else county.en,
        "cards": rows,
        "total": points(wanted).count(),
        "others": cards(others[:FROM_ELSEWHERE]) if page.is_first else [],
        **(advisers(code, wanted.topic) if page.is_first else {}),
        "more_url": _with(request, after=page.next_cursor) if page.has_next else "",
        "kept": _with(request, after="", county=code),
        "structured_data": as_script(list_of_points(request, county.name, rows)),
    }
    return render(request, "network/county/page.html", context)


@login_not_required
@require_safe
@published(NETWORK)
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """All points of a county on paper."""
    county = _county(code)
    _form, wanted = asked(request, code)
    found = points(wanted).order_by(*SORTS.default.fields, "pk")[:MOST_PRINTED]
    context = {
        "county": county,
        "cards": cards(found),
        "today": timezone.localdate(),
        "back": reverse("network:county", args=[code]) + _with(request),
    }
    return render(request, "network/county/print.html", context)


def asked(request: HttpRequest, county: str = "") -> tuple[ListForm, Wanted]:
    """The filters of a list; what is not one of the choices narrows nothing."""
    form = ListForm(request.GET)
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    return form, Wanted(county=county, **{name: given.get(name, "") for name in FILTERS})


def _county(code: str) -> County:
    county = counties().get(code)
    if county is None:
        raise Http404
    return county


def _with(request: HttpRequest, **changed: str) -> str:
    """The query of this page with other values; empty ones are left out."""
    query = request.GET.copy()
    for name in set(query) - {*FILTERS, "after"}:
        del query[name]
    for name, value in changed.items():
        query[name] = value
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return f"?{query.urlencode()}" if query else ""
