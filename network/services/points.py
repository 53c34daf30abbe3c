"""Keeping what belongs to an entry: its locations, and the services given there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.reference.districts import district_of
from foundation.idempotency import once
from ledger.recording import record
from network.areas import NATION
from network.directory_events import DirectoryEvent
from network.errors import DaysTakenError, NameTakenError
from network.hours import Week
from network.models import (
    AreaExtent,
    HoursException,
    Location,
    LocationKind,
    Offering,
    OfferingAtLocation,
    OfferingState,
    Schedule,
    ServiceArea,
    TaxonomyTerm,
)
from network.places import centre_of
from network.services.entries import open_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationWords:
    """What an entry says of a place."""

    kind: str = LocationKind.PHYSICAL
    name_zh: str
    name_en: str = ""
    county: str = ""
    district: str = ""
    address_zh: str = ""
    address_en: str = ""
    accessibility_zh: str = ""
    accessibility_en: str = ""
    features: Sequence[str] = ()
    phone: str = ""
    url: str = ""

    def columns(self) -> dict[str, object]:
        """The columns of the row; postcode and middle follow from the district."""
        said: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        said["features"] = list(self.features)
        if self.kind == LocationKind.VIRTUAL:
            blank = dict.fromkeys(("county", "district", "address_zh", "address_en"), "")
            return said | blank | {"postcode": "", "latitude": None, "longitude": None}
        found = district_of(self.county, self.district)
        name = found.zh if found else self.district
        centre = centre_of(self.county, name)
        return said | {
            "district": name,
            "postcode": found.postcode if found else "",
            "latitude": centre.latitude,
            "longitude": centre.longitude,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingWords:
    """What an entry says of a service.

    `areas` and `excepted` are county codes, “county/district”, or, of areas, “nation”. `week`
    gives hours to the places named here for the first time; None leaves them without.
    """

    name_zh: str
    name_en: str = ""
    description_zh: str = ""
    description_en: str = ""
    application_zh: str = ""
    application_en: str = ""
    fees_zh: str = ""
    fees_en: str = ""
    languages: Sequence[str] = ()
    state: str = OfferingState.ACTIVE
    topics: Sequence[str] = ()
    areas: Sequence[str] = ()
    excepted: Sequence[str] = ()
    locations: Sequence[int] = ()
    week: Week | None = None

    def columns(self) -> dict[str, object]:
        parts = {"topics", "areas", "excepted", "locations", "week"}
        said: dict[str, object] = {
            name: getattr(self, name) for name in self.__slots__ if name not in parts
        }
        return said | {"languages": list(self.languages)}


@transaction.atomic
def add_location(*, organisation_id: int, words: LocationWords, by_id: int, key: UUID) -> Location:
    """Add a place; the same key adds one. Raises EntryClosedError and NameTakenError."""
    open_entry(organisation_id)

    def do() -> Location:
        return make_location(organisation_id=organisation_id, words=words, by_id=by_id)

    pk, _is_new = once(key=key, act="network.location", by=f"user:{by_id}", do=do)
    return Location.objects.get(pk=pk)


def make_location(*, organisation_id: int, words: LocationWords, by_id: int) -> Location:
    """Make and record a place inside the caller's transaction. Raises NameTakenError."""
    _check_location_name(organisation_id, words.name_zh)
    made = Location.objects.create(organisation_id=organisation_id, **words.columns())
    _record(DirectoryEvent.LOCATION_ADDED, made, by_id)
    return made


@transaction.atomic
def change_location(*, location_id: int, words: LocationWords, by_id: int) -> Location:
    """Change what is said of a place. Raises EntryClosedError and NameTakenError."""
    location = Location.objects.locked().get(pk=location_id)
    open_entry(location.organisation_id)
    _check_location_name(location.organisation_id, words.name_zh, but=location_id)
    for name, value in words.columns().items():
        setattr(location, name, value)
    location.save()
    _record(DirectoryEvent.LOCATION_CHANGED, location, by_id)
    return location


@transaction.atomic
def close_location(*, location_id: int, by_id: int) -> Location:
    """Take a place off the public pages; closing twice changes nothing."""
    location = Location.objects.locked().get(pk=location_id)
    open_entry(location.organisation_id)
    if location.closed_at is None:
        location.closed_at = timezone.now()
        location.save(update_fields=["closed_at", "updated_at"])
        _record(DirectoryEvent.LOCATION_CLOSED, location, by_id)
    return location


@transaction.atomic
def add_offering(*, organisation_id: int, words: OfferingWords, by_id: int, key: UUID) -> Offering:
    """Add a service; the same key adds one. Raises EntryClosedError and NameTakenError."""
    open_entry(organisation_id)

    def do() -> Offering:
        return make_offering(organisation_id=organisation_id, words=words, by_id=by_id)

    pk, _is_new = once(key=key, act="network.offering", by=f"user:{by_id}", do=do)
    return Offering.objects.get(pk=pk)


def make_offering(*, organisation_id: int, words: OfferingWords, by_id: int) -> Offering:
    """Make and record a service inside the caller's transaction. Raises NameTakenError."""
    _check_offering_name(organisation_id, words.name_zh)
    made = Offering.objects.create(organisation_id=organisation_id, **words.columns())
    _settle(made, words)
    _record(DirectoryEvent.OFFERING_ADDED, made, by_id)
    return made


@transaction.atomic
def change_offering(*, offering_id: int, words: OfferingWords, by_id: int) -> Offering:
    """Change a service, its areas and where it is given; hours of places it keeps stay.

    Raises EntryClosedError and NameTakenError.
    """
    offering = Offering.objects.locked().get(pk=offering_id)
    open_entry(offering.organisation_id)
    if words.state != OfferingState.DEFUNCT:
        _check_offering_name(offering.organisation_id, words.name_zh, but=offering_id)
    for name, value in words.columns().items():
        setattr(offering, name, value)
    offering.save()
    _settle(offering, words)
    _record(DirectoryEvent.OFFERING_CHANGED, offering, by_id)
    return offering


@transaction.atomic
def set_week(*, at_id: int, week: Week, by_id: int) -> OfferingAtLocation:
    """Say when a service is given at one of its places. Raises EntryClosedError."""
    at = OfferingAtLocation.objects.select_related("offering").get(pk=at_id)
    open_entry(at.offering.organisation_id)
    _write_week(at, week)
    at.save(update_fields=["updated_at"])
    _record(DirectoryEvent.HOURS_CHANGED, at.offering, by_id)
    return at


@transaction.atomic
def add_exception(
    *,
    location_id: int,
    days: tuple[dt.date, dt.date],
    span: tuple[dt.time, dt.time] | None,
    reason_zh: str = "",
    reason_en: str = "",
    by_id: int,
    key: UUID,
) -> HoursException:
    """Name days on which a place is closed (no span) or keeps other hours.

    Raises EntryClosedError and DaysTakenError.
    """

    def do() -> HoursException:
        location = Location.objects.locked().get(pk=location_id)
        open_entry(location.organisation_id)
        first, last = days
        if location.exceptions.filter(first_on__lte=last, last_on__gte=first).exists():
            raise DaysTakenError
        opens, closes = span or (None, None)
        made = HoursException.objects.create(
            location=location,
            first_on=first,
            last_on=last,
            opens_at=opens,
            closes_at=closes,
            reason_zh=reason_zh,
            reason_en=reason_en,
        )
        _touch_services(location)
        _record(DirectoryEvent.EXCEPTION_ADDED, location, by_id)
        return made

    pk, _is_new = once(key=key, act="network.exception", by=f"user:{by_id}", do=do)
    return HoursException.objects.get(pk=pk)


@transaction.atomic
def remove_exception(*, exception_id: int, by_id: int) -> None:
    """Let the ordinary week hold on these days again. Raises EntryClosedError."""
    exception = HoursException.objects.select_related("location").get(pk=exception_id)
    open_entry(exception.location.organisation_id)
    exception.delete()
    _touch_services(exception.location)
    _record(DirectoryEvent.EXCEPTION_REMOVED, exception.location, by_id)


def _touch_services(location: Location) -> None:
    location.at_offerings.update(updated_at=timezone.now())


def _settle(offering: Offering, words: OfferingWords) -> None:
    offering.terms.set(TaxonomyTerm.objects.filter(code__in=words.topics))
    _settle_areas(offering, words)
    offering.at_locations.exclude(location_id__in=words.locations).delete()
    own = Location.objects.filter(
        organisation_id=offering.organisation_id, pk__in=words.locations, closed_at=None
    )
    for location in own:
        at, is_new = OfferingAtLocation.objects.get_or_create(offering=offering, location=location)
        if is_new and words.week:
            _write_week(at, words.week)


def _write_week(at: OfferingAtLocation, week: Week) -> None:
    at.schedules.all().delete()
    Schedule.objects.bulk_create(
        Schedule(at=at, weekday=day, opens_at=opens, closes_at=closes)
        for day, spans in week.items()
        for opens, closes in spans
    )


def _settle_areas(offering: Offering, words: OfferingWords) -> None:
    """Keep the rows of areas that stay: their ids are known outside."""
    wanted = {_area(code): False for code in words.areas} | {
        _area(code): True for code in words.excepted
    }
    for row in offering.areas.all():
        place = (row.extent, row.county, row.district)
        if wanted.get(place) == row.is_excepted:
            del wanted[place]
        else:
            row.delete()
    ServiceArea.objects.bulk_create(
        ServiceArea(
            offering=offering, extent=extent, county=county, district=district, is_excepted=out
        )
        for (extent, county, district), out in wanted.items()
    )


def _area(code: str) -> tuple[str, str, str]:
    if code == NATION:
        return AreaExtent.NATION, "", ""
    county, _slash, district = code.partition("/")
    return (AreaExtent.DISTRICT if district else AreaExtent.COUNTY), county, district


def _check_location_name(organisation_id: int, name: str, but: int = 0) -> None:
    own = Location.objects.filter(organisation_id=organisation_id, closed_at=None, name_zh=name)
    if own.exclude(pk=but).exists():
        raise NameTakenError


def _check_offering_name(organisation_id: int, name: str, but: int = 0) -> None:
    own = Offering.objects.filter(organisation_id=organisation_id, name_zh=name)
    if own.exclude(state=OfferingState.DEFUNCT).exclude(pk=but).exists():
        raise NameTakenError


def _record(event: DirectoryEvent, subject: Location | Offering, by_id: int) -> None:
    record(event, subject=subject, actor_id=by_id, stream=subject.organisation)
