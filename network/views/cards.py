"""A point of the service network as lists show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.languages import pick
from network.hours import Hours, now_words, weekly
from network.models import Location, LocationKind, OrganisationKind
from network.places import Place
from network.search import Points, for_cards


@dataclass(frozen=True, slots=True)
class PointCard:
    """What a visitor needs before going there or calling."""

    organisation: str
    url: str
    kind: str
    name: str
    address: str
    phone: str
    website: str
    hours: list[Hours]
    hours_differ: bool
    now: str
    features: list[str]
    topics: list[str]
    services: list[str]
    distance: str
    is_stale: bool
    confirmed_at: dt.datetime


def cards(found: Points | list[Location], place: Place | None = None) -> list[PointCard]:
    """Cards of points that `search` found; of a queryset, in a constant number of queries."""
    rows = found if isinstance(found, list) else list(for_cards(found))
    now = timezone.localtime()
    return [_card(row, place, now) for row in rows]


def _card(row: Location, place: Place | None, now: dt.datetime) -> PointCard:
    offered = row.offered  # type: ignore[attr-defined]
    spans = [span for at in offered for span in at.schedules.all()]
    home = row.organisation
    return PointCard(
        organisation=home.name,
        url=reverse("network:organisation", args=[home.uuid]),
        kind=str(OrganisationKind(home.kind).label),
        name=row.name,
        address=address_of(row),
        phone=row.phone or home.phone,
        website=row.url if row.kind == LocationKind.VIRTUAL else "",
        hours=weekly(spans),
        hours_differ=hours_differ(row),
        now=now_words(spans, row.days_that_differ, now),  # type: ignore[attr-defined]
        features=row.feature_words,
        topics=topics_of(at.offering for at in offered),
        services=[at.offering.name for at in offered],
        distance=_distance(row, place),
        is_stale=home.is_stale,
        confirmed_at=home.confirmed_at,
    )


def address_of(row: Location) -> str:
    """Where it is, in the reader's language: 臺中市大里區…, or street, district, county."""
    if row.kind == LocationKind.VIRTUAL:
        return ""
    street = pick(row, "address")
    if row.address_en and street == row.address_en:
        return f"{street}, {row.place}"
    return f"{row.place} {street}"


def hours_differ(row: Location) -> bool:
    """Whether the services given here have hours of their own; needs `for_cards`."""
    weeks = {
        tuple((one.weekday, one.opens_at, one.closes_at) for one in at.schedules.all())
        for at in row.offered  # type: ignore[attr-defined]
    }
    return len(weeks - {()}) > 1


def topics_of(offerings: Iterable[object]) -> list[str]:
    """The names of all their topics, each once, in their order."""
    terms = {term for offering in offerings for term in offering.terms.all()}  # type: ignore[attr-defined]
    return [term.name for term in sorted(terms, key=lambda term: term.number)]


def _distance(row: Location, place: Place | None) -> str:
    km = getattr(row, "distance", None)
    if km is None or place is None:
        return ""
    if place.district and (row.county, row.district) == (place.county, place.district):
        return _("In your district")
    if not place.district and row.county == place.county:
        return _("In your county")
    return _("About %(km)s km away") % {"km": f"{km:.0f}" if km >= 10 else f"{km:.1f}"}
