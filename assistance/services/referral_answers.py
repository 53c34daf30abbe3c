"""A referral on the receiver's side: accepted or declined, reported on, completed; or lapsed."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from assistance.deadlines import REFERRAL_ATTEMPTS
from assistance.events import ReferralEvent
from assistance.models import Referral, ReferralLink, ReferralNote, UnmetReason
from assistance.services import referral_links, referral_search
from assistance.services.errors import (
    LinkSpentError,
    NothingReportedError,
    ReferralSettledError,
)
from assistance.services.one_by_one import one_by_one
from assistance.services.referral import end, lock, note
from assistance.states import TAKEN_STATES, ReferralState
from foundation.transitions import MoveNotAllowedError
from network.services import volunteer_hours


@transaction.atomic
def accept(*, referral_id: int, by_id: int | None) -> Referral:
    """Take it; from now on the receiver reads what the SME agreed to show."""
    _case, referral = lock(referral_id)
    referral.move_to(ReferralState.ACCEPTED)
    referral.accepted_at = timezone.now()
    referral.accepted_by_id = by_id
    referral.answer_by = None
    referral.save()
    note(ReferralEvent.ACCEPTED, referral, by_id)
    referral_links.send_for_report(referral)
    return referral


@transaction.atomic
def decline(*, referral_id: int, by_id: int | None, reason: str, text: str = "") -> Referral:
    """Not take it; the next best is proposed to whoever referred it, or a duty officer decides."""
    _case, referral = lock(referral_id)
    now = timezone.now()
    end(referral, ReferralState.DECLINED, now, decline_reason=reason, decline_text=text)
    _go_on(ReferralEvent.DECLINED, referral, by_id, reason=reason)
    return referral


@transaction.atomic
def report(
    *, referral_id: int, by_id: int | None, body: str, minutes: int, worked_on: date
) -> ReferralNote:
    """Say how it gets on and how long it took; the first word says that work has begun.

    A volunteer's time goes into her service record by itself, under its rules for days and terms.
    """
    _case, referral = lock(referral_id)
    if referral.state not in TAKEN_STATES:
        raise ReferralSettledError
    if not body and not minutes:
        raise NothingReportedError
    if referral.state == ReferralState.ACCEPTED:
        referral.move_to(ReferralState.PROGRESS)
        referral.save(update_fields=["state"])
    written = _write(referral, by_id, body, minutes, worked_on)
    note(ReferralEvent.REPORTED, referral, by_id, minutes=minutes)
    return written


@transaction.atomic
def complete(
    *,
    referral_id: int,
    by_id: int | None,
    outcome: str,
    text: str,
    minutes: int = 0,
) -> Referral:
    """Report the outcome; from now on the receiver sees nothing of the SME any more."""
    _case, referral = lock(referral_id)
    if referral.state not in TAKEN_STATES:
        raise MoveNotAllowedError(referral.state, ReferralState.COMPLETED)
    now = timezone.now()
    if minutes:
        _write(referral, by_id, "", minutes, timezone.localdate(now))
    end(referral, ReferralState.COMPLETED, now, outcome=outcome, outcome_text=text)
    note(ReferralEvent.COMPLETED, referral, by_id, outcome=outcome)
    return referral


@transaction.atomic
def answer_by_link(*, secret: str, accepts: bool, reason: str = "", text: str = "") -> Referral:
    """Accept or decline without an account; the link is used up with it."""
    link = _use(secret)
    if accepts:
        return accept(referral_id=link.referral_id, by_id=None)
    return decline(referral_id=link.referral_id, by_id=None, reason=reason, text=text)


@transaction.atomic
def complete_by_link(*, secret: str, outcome: str, text: str, minutes: int = 0) -> Referral:
    """Report the outcome without an account; the link is used up with it."""
    link = _use(secret)
    return complete(
        referral_id=link.referral_id, by_id=None, outcome=outcome, text=text, minutes=minutes
    )


def _use(secret: str) -> ReferralLink:
    """Use a link up, after locking what it is about: whoever ends a referral locks in this order too."""
    found = referral_links.find(secret)
    if found is None:
        raise LinkSpentError
    lock(found.referral_id)
    return referral_links.use(secret=secret)


def lapse_due(today: date) -> int:
    """End every referral whose day for an answer has passed; return how many."""
    waiting = (ReferralState.ASKING, ReferralState.SENT)
    overdue = Referral.objects.filter(state__in=waiting, answer_by__lt=today)
    due = overdue.order_by("pk").values_list("pk", flat=True)
    return one_by_one(due, lambda pk: _lapse(pk, today))


@transaction.atomic
def _lapse(referral_id: int, today: date) -> bool:
    _case, referral = lock(referral_id)
    # They may have answered between the listing and this lock.
    if referral.answer_by is None or referral.answer_by >= today:
        return False
    was_sent = referral.sent_at is not None
    end(referral, ReferralState.LAPSED, timezone.now())
    if was_sent:
        _go_on(ReferralEvent.LAPSED, referral, None)
    else:
        note(ReferralEvent.NOT_ANSWERED_BY_SME, referral, None)
    return True


def _go_on(event: ReferralEvent, referral: Referral, by_id: int | None, **facts: object) -> None:
    """Name the next best to whoever referred it; after three a duty officer decides."""
    if referral.attempt < REFERRAL_ATTEMPTS:
        best = referral_search.search(case=referral.case, system=referral.system).best
        if best is not None:
            facts |= {"next_kind": best.kind.value, "next": best.pk}
        note(event, referral, by_id, **facts)
        return
    note(event, referral, by_id, **facts)
    referral_search.note_unmet(referral.case, referral.system, UnmetReason.DECLINED, {})
    referral.awaits_duty = True
    referral.save(update_fields=["awaits_duty"])
    note(ReferralEvent.NOBODY_TOOK_IT, referral, None)


def _write(
    referral: Referral, by_id: int | None, body: str, minutes: int, worked_on: date
) -> ReferralNote:
    if minutes and referral.volunteer_id is not None:
        volunteer_hours.enter_from_referral(
            volunteer_id=referral.volunteer_id,
            day=worked_on,
            minutes=minutes,
            topic=referral.system.code,
        )
    return ReferralNote.objects.create(
        referral=referral,
        author_id=by_id,
        body=body,
        minutes=minutes,
        worked_on=worked_on,
        written_at=timezone.now(),
    )
