"""Those of the network who might take a referral, read for matching in a fixed number of queries."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from network.capacity import Calendar
from network.capacity_reading import places_of_organisations, places_of_volunteers
from network.matching import NO_RECORD, Candidate, Kind, Point, Record, Wanted
from network.models import (
    AreaExtent,
    ConflictOfInterest,
    Location,
    Offering,
    Organisation,
    OrganisationMembership,
    Volunteer,
)

Key = tuple[str, int]
# More than these a person cannot compare, and no county has.
MOST_OF_A_KIND = 300


@dataclass(frozen=True, slots=True)
class Past:
    """What was asked of a candidate before."""

    record: Record = NO_RECORD
    last_asked_at: datetime | None = None
    has_answered: bool = False


Pasts = Callable[[Collection[Key]], Mapping[Key, Past]]


def candidates(wanted: Wanted, pasts: Pasts) -> list[Candidate]:
    """Everyone around the place of a referral, whatever they offer.

    Without a known place, everyone who helps with the topic.
    """
    organisations = list(_organisations(wanted))
    volunteers = list(_volunteers(wanted))
    keys = [(Kind.ORGANISATION.value, one.pk) for one in organisations]
    keys += [(Kind.VOLUNTEER.value, one.pk) for one in volunteers]
    known = pasts(keys)
    return [
        *_from_organisations(organisations, wanted, known),
        *_from_volunteers(volunteers, wanted, known),
    ]


def _organisations(wanted: Wanted) -> Iterable[Organisation]:
    offered = Offering.objects.open()
    near = offered.serving(wanted.county) if wanted.county else offered.about(wanted.topic)
    partners = OrganisationMembership.objects.in_force().filter(user__is_active=True)
    found = Organisation.objects.open().filter(
        Exists(near.filter(organisation=OuterRef("pk")).order_by())
    )
    found = found.annotate(has_partners=Exists(partners.filter(organisation=OuterRef("pk"))))
    return found.prefetch_related(
        Prefetch("offerings", offered.prefetch_related("terms", "areas")),
        Prefetch("locations", Location.objects.open().exclude(latitude=None)),
    ).order_by("pk")[:MOST_OF_A_KIND]


def _from_organisations(
    found: list[Organisation], wanted: Wanted, known: Mapping[Key, Past]
) -> Iterable[Candidate]:
    held = places_of_organisations([one.pk for one in found], wanted.on)
    for one in found:
        past = known.get((Kind.ORGANISATION.value, one.pk), Past())
        places = held[one.pk]
        offered = list(one.offerings.all())
        about = [o for o in offered if wanted.topic in {term.code for term in o.terms.all()}]
        yield Candidate(
            kind=Kind.ORGANISATION,
            pk=one.pk,
            name=one.name,
            topics=frozenset(term.code for o in offered for term in o.terms.all()),
            **_areas(about or offered),
            points=tuple(Point(p.latitude or 0, p.longitude or 0) for p in one.locations.all()),
            languages=frozenset(code for o in about for code in o.languages),
            # Who never named any places is not counted; who is away is, all the same.
            free=places.left(wanted.on) if places.is_counted else None,
            away_until=_away_until(places.calendar, wanted.on),
            can_be_reached=bool(one.email) or getattr(one, "has_partners", False),
            is_stale=one.is_stale,
            has_answered=past.has_answered,
            record=past.record,
            last_asked_at=past.last_asked_at,
        )


def _areas(offered: Iterable[Offering]) -> dict[str, Any]:
    areas = [area for one in offered for area in one.areas.all()]
    held = [area for area in areas if not area.is_excepted]
    left_out = [area for area in areas if area.is_excepted]
    return {
        "serves_everywhere": any(area.extent == AreaExtent.NATION for area in held),
        "serves_counties": frozenset(a.county for a in held if a.extent == AreaExtent.COUNTY),
        "serves_districts": frozenset(
            f"{a.county}/{a.district}" for a in held if a.extent == AreaExtent.DISTRICT
        ),
        "excepted": frozenset(f"{a.county}/{a.district}".rstrip("/") for a in left_out),
    }


def _volunteers(wanted: Wanted) -> Iterable[Volunteer]:
    ready = Volunteer.objects.ready(wanted.on)
    about = ready.filter(specialties__contains=[wanted.topic])
    found = ready.in_county(wanted.county) if wanted.county else about
    return found.order_by("pk")[:MOST_OF_A_KIND]


def _from_volunteers(
    found: list[Volunteer], wanted: Wanted, known: Mapping[Key, Past]
) -> Iterable[Candidate]:
    ids = [one.pk for one in found]
    held = places_of_volunteers(ids, wanted.on)
    tied = ConflictOfInterest.objects.all().touching(wanted.business_number, ids)
    for one in found:
        past = known.get((Kind.VOLUNTEER.value, one.pk), Past())
        places = held[one.pk]
        yield Candidate(
            kind=Kind.VOLUNTEER,
            pk=one.pk,
            name=one.name,
            topics=frozenset(one.specialties),
            serves_counties=frozenset(one.more_counties if one.districts else one.counties),
            serves_districts=frozenset(f"{one.county}/{name}" for name in one.districts),
            languages=frozenset(one.languages),
            free=places.left(wanted.on),
            away_until=_away_until(places.calendar, wanted.on),
            conflicts=frozenset({wanted.business_number} if one.pk in tied else ()),
            has_answered=past.has_answered,
            record=past.record,
            last_asked_at=past.last_asked_at,
        )


def _away_until(calendar: Calendar, on: date) -> date | None:
    covering = [last for first, last in calendar.leaves if first <= on <= last]
    return max(covering, default=None)
