"""Who is near: for a place and a topic, the list first and the map of the counties second."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.htmx import render
from foundation.published import published
from foundation.stamping import NETWORK
from network.forms.finding import NearestForm
from network.places import Place
from network.search import SORTS, Wanted, desks_by_county, near, online, points
from network.views.advisers import advisers
from network.views.cards import cards
from network.views.county_shapes import legend, shapes, view_box
from network.views.regions import by_region
from network.volunteer_cards import number_by_county

NEAREST = 8
ONLINE = 3
UNPROCESSABLE = 422
FILTERS = ("topic", "access", "language")


@login_not_required
@require_safe
@published(NETWORK)
def show(request: HttpRequest) -> HttpResponse:
    """The desks nearest to a place that serve it, and how many each county has."""
    asked = "place" in request.GET or "topic" in request.GET
    form = NearestForm(request.GET if asked else None)
    is_right = form.is_valid() if asked else True
    answers = getattr(form, "cleaned_data", {})
    wanted = Wanted(**{name: answers.get(name, "") for name in FILTERS})
    place: Place | None = answers.get("place") or None
    query = _query(wanted)
    context = {"form": form, "place": place, "query": query, **_counties(place, wanted, query)}
    if place is not None and is_right:
        context |= _nearest(place, wanted, query)
    status = 200 if is_right else UNPROCESSABLE
    return render(request, "network/map/page.html", context, partial="found", status=status)


def _query(wanted: Wanted) -> str:
    said = {name: value for name in FILTERS if (value := getattr(wanted, name))}
    return f"?{urlencode(said)}" if said else ""


def _nearest(place: Place, wanted: Wanted, query: str) -> dict[str, Any]:
    found = points(wanted)
    near_fields = SORTS.pick("near").fields
    by_name = SORTS.pick("name").fields
    return {
        "nearest": cards(near(found, place, wanted).order_by(*near_fields, "pk")[:NEAREST], place),
        "online": cards(online(found, place, wanted).order_by(*by_name, "pk")[:ONLINE]),
        "county_url": reverse("network:county", args=[place.county]) + query,
        **advisers(place.county, wanted.topic),
    }


def _counties(place: Place | None, wanted: Wanted, query: str) -> dict[str, Any]:
    numbers = desks_by_county(wanted)
    chosen = place.county if place else ""
    drawn = shapes(numbers, chosen, query)
    return {
        "shapes": drawn,
        "box": view_box(),
        "legend": legend(max(numbers.values(), default=0)),
        "regions": by_region(drawn, number_by_county(wanted.topic)),
        "total": sum(numbers.values()),
    }
