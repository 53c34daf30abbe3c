"""Searching the record: who looked at what, and who did what, by case, person, event and day.

Every search is narrowed by at least one of these, so that it runs on an index or over a period.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import standing
from accounts.roles import Permission
from assistance.models import Case, CaseReading
from foundation.listing import Sort
from ledger.models import Entry
from ledger.models.entry import stream_name

READINGS = "readings"
ACTS = "acts"
LATEST_FIRST = Sort("at", ("-at",))
MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None is no limit. Days are whole days of the portal's time zone."""

    case: Case | None = None
    people: tuple[int, ...] | None = None
    event: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.case or self.people or self.event or self.first or self.last)


def readings(user: User | AnonymousUser, wanted: Wanted) -> "QuerySet[CaseReading]":
    """Who opened which case or paper, and when; nothing for those who may not read the record."""
    found = CaseReading.objects.all()
    if not _may(user):
        return found.none()
    if wanted.case is not None:
        found = found.filter(case=wanted.case)
    if wanted.people is not None:
        found = found.filter(reader_id__in=wanted.people)
    return found.filter(_within(wanted)).select_related("reader", "agency", "case")


def acts(user: User | AnonymousUser, wanted: Wanted) -> "QuerySet[Entry]":
    """What was done, from the ledger; nothing for those who may not read the record."""
    found = Entry.objects.all()
    if not _may(user):
        return found.none()
    if wanted.case is not None:
        found = found.filter(stream=stream_name(wanted.case))
    if wanted.people is not None:
        found = found.filter(actor_id__in=wanted.people)
    if wanted.event:
        found = found.filter(event=wanted.event)
    return found.filter(_within(wanted))


def cases_of(user: User | AnonymousUser, entries: list[Entry]) -> dict[str, Case]:
    """The cases these entries are about, by stream; one query."""
    prefix = f"{Case._meta.label_lower}:"
    ids = {
        int(entry.stream.removeprefix(prefix))
        for entry in entries
        if entry.stream.startswith(prefix)
    }
    seen = Case.objects.visible_to(user).filter(pk__in=ids).only("pk", "reference", "subject")
    return {stream_name(case): case for case in seen}


def people_named(words: str) -> list[User]:
    """Those with this address, or with this name or part of it; one more than are taken."""
    exact = list(User.objects.with_email(words)[:1])
    if exact:
        return exact
    return list(User.objects.filter(name__icontains=words).order_by("pk")[: MOST_PEOPLE + 1])


def _may(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and standing(user).may(Permission.AUDIT_READ)


def _within(wanted: Wanted) -> Q:
    period = Q()
    if wanted.first is not None:
        period &= Q(at__gte=_midnight(wanted.first))
    if wanted.last is not None:
        period &= Q(at__lt=_midnight(wanted.last + dt.timedelta(days=1)))
    return period


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
