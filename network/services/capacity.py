"""Saying how many cases one takes in a month and when one is away; holding a month for a referral."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from foundation.idempotency import once
from ledger.recording import record
from network.capacity import month_of
from network.models import Leave, MonthlyCapacity, Organisation, Volunteer
from network.volunteer_errors import (
    LeaveOverError,
    LeaveOverlapsError,
    LeaveTooLongError,
    MonthOverError,
    MonthTooFarError,
)
from network.volunteer_events import CapacityEvent

MONTHS_AHEAD = 12
LONGEST_LEAVE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose places they are: a volunteer's or an organisation's, by primary key."""

    volunteer_id: int | None = None
    organisation_id: int | None = None

    @property
    def columns(self) -> dict[str, int | None]:
        return {"volunteer_id": self.volunteer_id, "organisation_id": self.organisation_id}

    @property
    def model(self) -> models.Model:
        """The holder as a stream of the ledger; not read from the database."""
        if self.volunteer_id is not None:
            return Volunteer(pk=self.volunteer_id)
        return Organisation(pk=self.organisation_id)


def holder_of(row: MonthlyCapacity | Leave) -> Holder:
    return Holder(row.volunteer_id, row.organisation_id)


@transaction.atomic
def set_places(*, holder: Holder, month: date | None, places: int, actor_id: int) -> None:
    """Say how many cases the holder takes in a month; in every other month where none is given.

    Raises MonthOverError, MonthTooFarError.
    """
    lock_holder(holder)
    if month is not None:
        month = month_of(month)
        _check_month(month)
    row = MonthlyCapacity.objects.locked().filter(month=month, **holder.columns).first()
    before = row.places if row else None
    if before == places:
        return
    if row is None:
        row = MonthlyCapacity.objects.create(month=month, places=places, **holder.columns)
    else:
        row.places = places
        row.save(update_fields=["places"])
    facts = {"month": month.isoformat() if month else "", "before": before, "places": places}
    _record(CapacityEvent.PLACES_SET, row, holder, actor_id, facts)


@transaction.atomic
def follow_usual(*, holder: Holder, month: date, actor_id: int) -> None:
    """Let a month follow the usual number of places again."""
    lock_holder(holder)
    month = month_of(month)
    _check_month(month)
    row = MonthlyCapacity.objects.locked().filter(month=month, **holder.columns).first()
    if row is None:
        return
    facts = {"month": month.isoformat(), "before": row.places, "places": None}
    _record(CapacityEvent.PLACES_SET, row, holder, actor_id, facts)
    row.delete()


@transaction.atomic
def say_places(
    *, holder: Holder, usual: int, by_month: Mapping[date, int | None], actor_id: int
) -> None:
    """Say the usual number of places and those of each month; None lets a month follow it."""
    set_places(holder=holder, month=None, places=usual, actor_id=actor_id)
    for month, places in by_month.items():
        if places is None:
            follow_usual(holder=holder, month=month, actor_id=actor_id)
        else:
            set_places(holder=holder, month=month, places=places, actor_id=actor_id)


@transaction.atomic
def plan_leave(
    *, key: uuid.UUID, holder: Holder, starts_on: date, ends_on: date, actor_id: int
) -> Leave:
    """Be away from one day to another, both included. Sent twice under one key, it is done once.

    Raises LeaveOverError, LeaveOverlapsError, LeaveTooLongError.
    """

    def do() -> Leave:
        lock_holder(holder)
        if ends_on < timezone.localdate():
            raise LeaveOverError
        if ends_on - starts_on > LONGEST_LEAVE:
            raise LeaveTooLongError
        mine = Leave.objects.filter(**holder.columns)
        if mine.overlapping(starts_on, ends_on).exists():
            raise LeaveOverlapsError
        leave = Leave.objects.create(starts_on=starts_on, ends_on=ends_on, **holder.columns)
        _record(CapacityEvent.LEAVE_PLANNED, leave, holder, actor_id, _days(leave))
        return leave

    pk, _is_new = once(key=key, act="network.plan_leave", by=str(actor_id), do=do)
    return Leave.objects.get(pk=pk)


@transaction.atomic
def cancel_leave(*, leave_id: int, actor_id: int) -> Leave:
    """Take a leave back. Raises LeaveOverError when it is over or was taken back."""
    leave: Leave = Leave.objects.locked().get(pk=leave_id)
    if leave.cancelled_at or leave.ends_on < timezone.localdate():
        raise LeaveOverError
    leave.cancelled_at = timezone.now()
    leave.save(update_fields=["cancelled_at"])
    _record(CapacityEvent.LEAVE_CANCELLED, leave, holder_of(leave), actor_id, _days(leave))
    return leave


def lock_holder(holder: Holder) -> None:
    """Hold the holder's own row until the transaction ends.

    Whoever wants one of its places, changes them or plans a leave takes this lock first: so two
    referrals at once come one after the other, and the second sees what the first has taken.
    """
    rows: Any = Organisation.objects
    wanted: int | None = holder.organisation_id
    if holder.volunteer_id is not None:
        rows, wanted = Volunteer.objects, holder.volunteer_id
    rows.locked().get(pk=wanted)


def _check_month(month: date) -> None:
    this = month_of(timezone.localdate())
    if month < this:
        raise MonthOverError
    if (month.year - this.year) * 12 + month.month - this.month > MONTHS_AHEAD:
        raise MonthTooFarError


def _days(leave: Leave) -> dict[str, str]:
    return {"starts_on": leave.starts_on.isoformat(), "ends_on": leave.ends_on.isoformat()}


def _record(
    event: CapacityEvent,
    row: MonthlyCapacity | Leave,
    holder: Holder,
    actor_id: int,
    facts: dict[str, Any],
) -> None:
    record(event, subject=row, actor_id=actor_id, stream=holder.model, facts=facts)
