"""Hours given: entered by the volunteer, confirmed or sent back by somebody else."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.idempotency import once
from ledger.recording import record
from network.models import ServiceHours, Volunteer, VolunteerTerm
from network.models.service_hours import MOST_MINUTES
from network.volunteer_errors import (
    DayTooFullError,
    HoursInFutureError,
    HoursNotInTermError,
    HoursOfReferralError,
    OwnHoursError,
)
from network.volunteer_events import VolunteerEvent
from network.volunteer_states import HoursKind, HoursState


@transaction.atomic
def enter(
    *,
    key: uuid.UUID,
    volunteer_id: int,
    day: date,
    minutes: int,
    kind: HoursKind,
    what: str,
) -> ServiceHours:
    """Note time given on a day of one's term. Sent twice under one key, it is noted once.

    Raises HoursInFutureError, HoursNotInTermError, DayTooFullError.
    """

    def do() -> ServiceHours:
        return _enter(volunteer_id, day, minutes, kind=kind, what=what)

    pk, _is_new = once(key=key, act="network.enter_hours", by=str(volunteer_id), do=do)
    return ServiceHours.objects.get(pk=pk)


@transaction.atomic
def enter_from_referral(*, volunteer_id: int, day: date, minutes: int, topic: str) -> ServiceHours:
    """Note the time that a volunteer reports in a referral: typed there, counted here.

    Raises HoursInFutureError, HoursNotInTermError, DayTooFullError.
    """
    return _enter(volunteer_id, day, minutes, kind=HoursKind.ADVICE, referral_topic=topic)


def _enter(volunteer_id: int, day: date, minutes: int, **said: str) -> ServiceHours:
    volunteer = Volunteer.objects.locked().get(pk=volunteer_id)
    if day > timezone.localdate():
        raise HoursInFutureError
    if not _was_appointed(volunteer, day):
        raise HoursNotInTermError
    same_day = ServiceHours.objects.filter(volunteer=volunteer, day=day).shown()
    if same_day.minutes() + minutes > MOST_MINUTES:
        raise DayTooFullError
    entered = ServiceHours.objects.create(volunteer=volunteer, day=day, minutes=minutes, **said)
    _record(VolunteerEvent.HOURS_ENTERED, entered, volunteer.user_id, volunteer)
    return entered


@transaction.atomic
def remove(*, hours_id: int, actor_id: int) -> ServiceHours:
    """Take out what is not confirmed. Raises MoveNotAllowedError, HoursOfReferralError."""
    entered = _locked(hours_id)
    if entered.is_of_referral:
        raise HoursOfReferralError
    entered.move_to(HoursState.REMOVED)
    entered.save(update_fields=["state"])
    _record(VolunteerEvent.HOURS_REMOVED, entered, actor_id, entered.volunteer)
    return entered


@transaction.atomic
def confirm(*, hours_id: int, by_id: int) -> ServiceHours:
    """Confirm hours given. Raises OwnHoursError, MoveNotAllowedError."""
    entered = _reviewed(hours_id, by_id, HoursState.CONFIRMED)
    entered.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    _record(VolunteerEvent.HOURS_CONFIRMED, entered, by_id, entered.volunteer)
    return entered


@transaction.atomic
def send_back(*, hours_id: int, by_id: int, reason: str) -> ServiceHours:
    """Send hours back with the reason. Raises OwnHoursError, MoveNotAllowedError."""
    entered = _reviewed(hours_id, by_id, HoursState.RETURNED)
    entered.return_reason = reason
    entered.save(update_fields=["state", "reviewed_by", "reviewed_at", "return_reason"])
    _record(VolunteerEvent.HOURS_RETURNED, entered, by_id, entered.volunteer)
    return entered


def _was_appointed(volunteer: Volunteer, day: date) -> bool:
    """Whether a term covered the day, one that ended early up to the day it ended."""
    terms = VolunteerTerm.objects.filter(volunteer=volunteer, starts_on__lte=day, ends_on__gte=day)
    return any(term.ended_at is None or day <= timezone.localdate(term.ended_at) for term in terms)


def _locked(hours_id: int) -> ServiceHours:
    return ServiceHours.objects.locked().select_related("volunteer").get(pk=hours_id)


def _reviewed(hours_id: int, by_id: int, state: HoursState) -> ServiceHours:
    entered = _locked(hours_id)
    if entered.volunteer.user_id == by_id:
        raise OwnHoursError
    entered.move_to(state)
    entered.reviewed_by_id, entered.reviewed_at = by_id, timezone.now()
    return entered


def _record(
    event: VolunteerEvent, entered: ServiceHours, actor_id: int, volunteer: Volunteer
) -> None:
    facts: dict[str, Any] = {
        "user_id": volunteer.user_id,
        "day": entered.day.isoformat(),
        "minutes": entered.minutes,
    }
    record(event, subject=entered, actor_id=actor_id, stream=volunteer, facts=facts)
