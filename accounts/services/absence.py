"""Naming a deputy for the days one is away."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.errors import AbsenceOverError, AbsenceOverlapsError, DeputyOfAnotherAgencyError
from accounts.events import StaffEvent
from accounts.models import Absence, StaffMembership, User
from foundation.idempotency import once
from ledger.recording import record


@transaction.atomic
def plan(
    *, key: uuid.UUID, user_id: int, deputy_id: int, starts_on: date, ends_on: date
) -> Absence:
    """Name a deputy of the same agency for some days, first and last day included.

    Raises AbsenceOverError, AbsenceOverlapsError, DeputyOfAnotherAgencyError. Sent twice under
    one key, it is done once.
    """

    def do() -> Absence:
        User.objects.locked().get(pk=user_id)
        if ends_on < timezone.localdate():
            raise AbsenceOverError
        if Absence.objects.filter(user_id=user_id).overlapping(starts_on, ends_on).exists():
            raise AbsenceOverlapsError
        if not share_an_agency(user_id=user_id, deputy_id=deputy_id):
            raise DeputyOfAnotherAgencyError
        absence = Absence.objects.create(
            user_id=user_id, deputy_id=deputy_id, starts_on=starts_on, ends_on=ends_on
        )
        _record(StaffEvent.ABSENCE_PLANNED, absence, user_id)
        return absence

    pk, _is_new = once(key=key, act="accounts.plan_absence", by=str(user_id), do=do)
    return Absence.objects.get(pk=pk)


@transaction.atomic
def cancel(*, absence_id: int, actor_id: int) -> Absence:
    """Take an absence back. Raises AbsenceOverError when it is over or was taken back."""
    absence = Absence.objects.locked().get(pk=absence_id)
    if absence.cancelled_at or absence.ends_on < timezone.localdate():
        raise AbsenceOverError
    absence.cancelled_at = timezone.now()
    absence.save(update_fields=["cancelled_at"])
    _record(StaffEvent.ABSENCE_CANCELLED, absence, actor_id)
    return absence


def share_an_agency(*, user_id: int, deputy_id: int) -> bool:
    """Whether two different people hold a role in one agency today."""
    if user_id == deputy_id:
        return False
    mine = StaffMembership.objects.in_force().filter(user_id=user_id).values("agency")
    theirs = StaffMembership.objects.in_force().filter(user_id=deputy_id, user__is_active=True)
    return theirs.filter(agency__in=mine).exists()


def _record(event: StaffEvent, absence: Absence, actor_id: int) -> None:
    record(
        event,
        subject=absence,
        actor_id=actor_id,
        stream=User(pk=absence.user_id),
        facts={
            "user_id": absence.user_id,
            "deputy_id": absence.deputy_id,
            "starts_on": absence.starts_on.isoformat(),
            "ends_on": absence.ends_on.isoformat(),
        },
    )
