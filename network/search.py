"""Which points of the service network answer a question: for a topic, near a place, or in a county."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.utils import timezone

from foundation.listing import Sorts
from network.models import (
    CONFIRMED_FOR,
    HoursException,
    Location,
    LocationKind,
    Offering,
    OfferingAtLocation,
    Schedule,
)
from network.places import Centre, Place

EARTH_RADIUS_KM = 6371.0
Points = QuerySet[Location, Location]
# Entries that nobody has confirmed for six months sink to the end of every list.
SORTS = Sorts(
    {
        "place": ("is_stale", "district", "organisation__name_zh"),
        "near": ("is_stale", "distance"),
        "name": ("is_stale", "organisation__name_zh"),
    },
    default="place",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; everything may be left out."""

    topic: str = ""
    kind: str = ""
    county: str = ""
    access: str = ""
    language: str = ""


ANYTHING = Wanted()


def points(wanted: Wanted, *, at: dt.datetime | None = None) -> Points:
    """Open locations where something is offered today, narrowed; `is_stale` says which sink."""
    found = Location.objects.open().filter(Exists(_offered(wanted)))
    if wanted.access:
        found = found.filter(features__contains=[wanted.access])
    if wanted.kind:
        found = found.filter(organisation__kind=wanted.kind)
    if wanted.county:
        found = found.filter(county=wanted.county)
    limit = (at or timezone.now()) - CONFIRMED_FOR
    stale = Case(
        When(organisation__confirmed_at__lt=limit, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    return found.annotate(is_stale=stale)


def _offered(wanted: Wanted, place: Place | None = None) -> QuerySet[Any, Any]:
    """One and the same service must be on the topic, in the language, and for the place."""
    rows = OfferingAtLocation.objects.open().filter(location=OuterRef("pk"))
    if wanted.topic:
        rows = rows.filter(offering__terms__code=wanted.topic)
    if wanted.language:
        rows = rows.filter(offering__languages__contains=[wanted.language])
    if place is not None:
        serving = Offering.objects.serving(place.county, place.district)
        rows = rows.filter(offering__in=serving)
    return rows


def near(found: Points, place: Place, wanted: Wanted = ANYTHING) -> Points:
    """Desks that serve the place with what is wanted, with the `distance` in km from the middle of its district."""
    desks = found.filter(kind=LocationKind.PHYSICAL, latitude__isnull=False)
    serving = desks.filter(Exists(_offered(wanted, place)))
    return serving.annotate(distance=distance_from(place.centre))


def online(found: Points, place: Place, wanted: Wanted = ANYTHING) -> Points:
    """Online desks that serve the place with what is wanted."""
    return found.filter(kind=LocationKind.VIRTUAL).filter(Exists(_offered(wanted, place)))


def distance_from(centre: Centre) -> Any:
    """Great-circle distance in km between a location and a point (haversine)."""
    half_lat = Radians(F("latitude") - Value(centre.latitude)) / 2
    half_lon = Radians(F("longitude") - Value(centre.longitude)) / 2
    ours = Cos(Radians(Value(centre.latitude, output_field=FloatField())))
    chord = Power(Sin(half_lat), 2) + ours * Cos(Radians(F("latitude"))) * Power(Sin(half_lon), 2)
    return 2 * EARTH_RADIUS_KM * ASin(Sqrt(Least(Value(1.0), chord)))


def for_cards(found: Points) -> Points:
    """With all that a card shows, in as many queries for ten points as for a hundred."""
    offered = (
        OfferingAtLocation.objects.open()
        .select_related("offering")
        .prefetch_related(
            "offering__terms",
            Prefetch("schedules", queryset=Schedule.objects.in_order()),
        )
        .order_by("pk")
    )
    return found.select_related("organisation").prefetch_related(
        Prefetch("at_offerings", queryset=offered, to_attr="offered"),
        Prefetch(
            "exceptions",
            queryset=HoursException.objects.not_over_on(timezone.localdate()).in_order(),
            to_attr="days_that_differ",
        ),
    )


def desks_by_county(wanted: Wanted) -> Mapping[str, int]:
    """How many desks each county has, by its code."""
    desks = points(wanted).filter(kind=LocationKind.PHYSICAL)
    rows = desks.order_by().values("county").annotate(n=Count("pk"))
    return {row["county"]: row["n"] for row in rows}


def from_elsewhere(wanted: Wanted, county: str) -> Points:
    """Points outside the county, or online, whose services are there for it too."""
    place = Place(county)
    others = points(replace(wanted, county="")).filter(~Q(county=county))
    return others.filter(Exists(_offered(wanted, place)))
