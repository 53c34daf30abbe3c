"""Taking a whole file over into the directory: every line of it, or nothing.

Each line is one service at one place of an organisation. It is known by its key, the lasting id
of the service at the place, or else by the names of the three. What the line says and the entry
says too is left as it is; what no line speaks of is left alone.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.models import User
from foundation.errors import DomainError
from foundation.idempotency import once
from ledger.recording import record
from network.areas import area_code, areas_text
from network.directory_events import DirectoryEvent
from network.errors import KeyUnknownError, LinesDifferError, PlanChangedError
from network.hours import Week, week_of, week_text
from network.models import (
    Location,
    Offering,
    OfferingAtLocation,
    OfferingState,
    Organisation,
)
from network.services import entries, points
from network.services.entries import OrganisationWords
from network.services.points import LocationWords, OfferingWords

Said = Mapping[str, Any]
_SETS = frozenset({"topics", "areas", "excepted", "languages", "features"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One line; the mappings hold only what the file has columns for."""

    line: int
    organisation: Said
    location: Said
    offering: Said
    week: Week | None = None
    key: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What one field says today and will say; `part` tells whose field it is."""

    part: str
    name: str
    before: str
    after: str


@dataclass(slots=True)
class Outcome:
    """What a line does: adds an entry, changes what is named here, or nothing."""

    line: int
    is_new: bool = False
    changes: list[Change] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        return not self.is_new and not self.changes


class LinesRefusedError(DomainError):
    """Some lines cannot be taken over; `wrong` says why, by their number."""

    def __init__(self, wrong: dict[int, str]) -> None:
        super().__init__()
        self.wrong = wrong


def plan_of(outcomes: Sequence[Outcome]) -> str:
    """A digest of all that would change: a plan that was shown is known by it."""
    said = [(one.line, one.is_new, one.changes) for one in outcomes]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def rehearse(*, lines: Sequence[EntryLine], by_id: int) -> list[Outcome]:
    """What the lines would do, done and taken back. Raises LinesRefusedError."""
    with transaction.atomic():
        outcomes = _take_all(lines, by_id)
        transaction.set_rollback(True)
    return outcomes


@transaction.atomic
def take_over(*, lines: Sequence[EntryLine], plan: str, by_id: int, key: uuid.UUID) -> bool:
    """Do what was shown, all of it or nothing; the same key does it once. Returns whether it did.

    Raises LinesRefusedError, and PlanChangedError where it would do something else by now.
    """

    def do() -> User:
        outcomes = _take_all(lines, by_id)
        if plan_of(outcomes) != plan:
            raise PlanChangedError
        importer: User = User.objects.get(pk=by_id)
        new = sum(one.is_new for one in outcomes)
        changed = sum(bool(one.changes) for one in outcomes)
        facts = {"entries": new, "changed": changed}
        record(DirectoryEvent.IMPORTED, subject=importer, actor_id=by_id, facts=facts)
        return importer

    _pk, is_new = once(key=key, act="network.import", by=f"user:{by_id}", do=do)
    return is_new


def _take_all(lines: Sequence[EntryLine], by_id: int) -> list[Outcome]:
    wrong: dict[int, str] = {}
    outcomes: list[Outcome] = []
    told: dict[tuple[str, int], tuple[int, Said]] = {}
    for line in lines:
        try:
            outcomes.append(_Taking(line, by_id, told).take())
        except DomainError as refusal:
            wrong[line.line] = str(refusal)
    if wrong:
        raise LinesRefusedError(wrong)
    return outcomes


class _Taking:
    """One line on its way into the directory; `told` remembers what earlier lines said."""

    def __init__(
        self, line: EntryLine, by_id: int, told: dict[tuple[str, int], tuple[int, Said]]
    ) -> None:
        self.line, self.by_id, self.told = line, by_id, told
        self.outcome = Outcome(line.line)

    def take(self) -> Outcome:
        at = self._by_key(self.line.key) if self.line.key else None
        organisation = self._organisation(at.offering.organisation if at else None)
        location = self._location(organisation, at.location if at else None)
        offering = self._offering(organisation, location, at.offering if at else None)
        self._hours(offering, location)
        return self.outcome

    def _by_key(self, key: uuid.UUID) -> OfferingAtLocation:
        open_ones = OfferingAtLocation.objects.filter(
            offering__organisation__closed_at=None, location__closed_at=None
        )
        found = open_ones.select_related("offering__organisation", "location")
        at: OfferingAtLocation | None = found.filter(uuid=key).first()
        if at is None:
            raise KeyUnknownError
        return at

    def _organisation(self, known: Organisation | None) -> Organisation:
        said = self.line.organisation
        found = known or Organisation.objects.open().filter(name_zh=said["name_zh"]).first()
        if found is None:
            self.outcome.is_new = True
            found = entries.make(words=OrganisationWords(**said), by_id=self.by_id)
        else:
            before = {name: getattr(found, name) for name in OrganisationWords.__slots__}
            if self._differs("organisation", before, said):
                words = OrganisationWords(**{**before, **said})
                entries.change(organisation_id=found.pk, words=words, by_id=self.by_id)
        self._tell("organisation", found.pk, said)
        return found

    def _location(self, organisation: Organisation, known: Location | None) -> Location:
        said = self.line.location
        own = organisation.locations.filter(closed_at=None)
        found = known or own.filter(name_zh=said["name_zh"]).first()
        if found is None:
            self._added("location", said)
            words = LocationWords(**said)
            found = points.make_location(
                organisation_id=organisation.pk, words=words, by_id=self.by_id
            )
        else:
            before = {name: getattr(found, name) for name in LocationWords.__slots__}
            if self._differs("location", before, said):
                words = LocationWords(**{**before, **said})
                points.change_location(location_id=found.pk, words=words, by_id=self.by_id)
        self._tell("location", found.pk, said)
        return found

    def _offering(
        self, organisation: Organisation, location: Location, known: Offering | None
    ) -> Offering:
        said = self.line.offering
        own = organisation.offerings.exclude(state=OfferingState.DEFUNCT)
        found = known or own.filter(name_zh=said["name_zh"]).first()
        if found is None:
            self._added("offering", said)
            # Without a column of areas a new service is there for the county it is given in.
            where = {"areas": [location.county]} if location.county else {}
            parts = {**where, **said, "locations": [location.pk], "week": self.line.week}
            words = OfferingWords(**parts)
            found = points.make_offering(
                organisation_id=organisation.pk, words=words, by_id=self.by_id
            )
        else:
            self._change_offering(found, location)
        self._tell("offering", found.pk, said)
        return found

    def _change_offering(self, found: Offering, location: Location) -> None:
        before, said = _offering_says(found), self.line.offering
        places = list(found.at_locations.values_list("location_id", flat=True))
        is_elsewhere = location.pk not in places
        if is_elsewhere:
            self.outcome.changes.append(Change("offering", "location_zh", "", location.name_zh))
        if self._differs("offering", before, said) or is_elsewhere:
            places += [location.pk] if is_elsewhere else []
            words = OfferingWords(**{**before, **said}, locations=places, week=self.line.week)
            points.change_offering(offering_id=found.pk, words=words, by_id=self.by_id)

    def _hours(self, offering: Offering, location: Location) -> None:
        if self.line.week is None:
            return
        at = offering.at_locations.get(location=location)
        before, after = week_text(week_of(at.schedules.all())), week_text(self.line.week)
        if before != after:
            self.outcome.changes.append(Change("offering", "hours", before, after))
            points.set_week(at_id=at.pk, week=self.line.week, by_id=self.by_id)

    def _added(self, part: str, said: Said) -> None:
        """A place or service that is new to an organisation that was there."""
        if not self.outcome.is_new:
            self.outcome.changes.append(Change(part, "name_zh", "", said["name_zh"]))

    def _differs(self, part: str, before: Said, said: Said) -> bool:
        found = [
            Change(part, name, _text(name, before[name]), _text(name, value))
            for name, value in said.items()
            if _plain(name, before[name]) != _plain(name, value)
        ]
        self.outcome.changes += found
        return bool(found)

    def _tell(self, part: str, pk: int, said: Said) -> None:
        """Two lines of one file must not say different things of one and the same row."""
        line, earlier = self.told.setdefault((part, pk), (self.line.line, said))
        differing = [n for n, value in said.items() if _plain(n, earlier[n]) != _plain(n, value)]
        if differing:
            raise LinesDifferError(line)


def _offering_says(row: Offering) -> dict[str, Any]:
    parts = {"topics", "areas", "excepted", "locations", "week"}
    said: dict[str, Any] = {
        name: getattr(row, name) for name in OfferingWords.__slots__ if name not in parts
    }
    areas = list(row.areas.order_by("pk"))
    return said | {
        "topics": [term.code for term in row.terms.order_by("number")],
        "areas": [area_code(one) for one in areas if not one.is_excepted],
        "excepted": [area_code(one) for one in areas if one.is_excepted],
    }


def _plain(name: str, value: Any) -> Any:
    return frozenset(value) if name in _SETS else value


def _text(name: str, value: Any) -> str:
    if name in {"areas", "excepted"}:
        return areas_text(value)
    return "、".join(value) if name in _SETS else str(value)
