"""Keeping what belongs to an entry: its locations, and the services given there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.reference.districts import district_of
from foundation.idempotency import once
from ledger.recording import record
from network.directory_events import DirectoryEvent
from network.errors import NameTakenError
from network.models import (
    AreaExtent,
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

NATION = "nation"


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
    phone: str = ""
    url: str = ""

    def columns(self) -> dict[str, object]:
        """The columns of the row; postcode and middle follow from the district."""
        said: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
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
    """What an entry says of a service; `areas` are county codes, or “nation”."""

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
    locations: Sequence[int] = ()
    days: Sequence[int] = ()
    spans: Sequence[tuple[dt.time, dt.time]] = ()

    def columns(self) -> dict[str, object]:
        parts = {"topics", "areas", "locations", "days", "spans"}
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
    """Change a service, its areas and where and when it is given.

    Areas that are districts, and exceptions, stay as they are. Raises EntryClosedError and
    NameTakenError.
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


def _settle(offering: Offering, words: OfferingWords) -> None:
    offering.terms.set(TaxonomyTerm.objects.filter(code__in=words.topics))
    wide = offering.areas.filter(is_excepted=False).exclude(extent=AreaExtent.DISTRICT)
    wide.delete()
    ServiceArea.objects.bulk_create(_areas(offering, words.areas))
    offering.at_locations.exclude(location_id__in=words.locations).delete()
    own = Location.objects.filter(
        organisation_id=offering.organisation_id, pk__in=words.locations, closed_at=None
    )
    for location in own:
        at, _is_new = OfferingAtLocation.objects.get_or_create(
            offering=offering, location=location
        )
        at.schedules.all().delete()
        Schedule.objects.bulk_create(
            Schedule(at=at, weekday=day, opens_at=opens, closes_at=closes)
            for day in sorted(set(words.days))
            for opens, closes in words.spans
        )


def _areas(offering: Offering, areas: Iterable[str]) -> list[ServiceArea]:
    if NATION in areas:
        return [ServiceArea(offering=offering, extent=AreaExtent.NATION)]
    excepted = set(offering.areas.filter(extent="county").values_list("county", flat=True))
    return [
        ServiceArea(offering=offering, extent=AreaExtent.COUNTY, county=county)
        for county in areas
        if county not in excepted
    ]


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
