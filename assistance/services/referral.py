"""A referral on our side: proposed, agreed to by the SME, sent, recalled, given up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assistance.deadlines import CONSENT_DAYS, REFERRAL_ANSWER_DAYS
from assistance.events import ReferralEvent
from assistance.models import (
    WAYS_OF_CONTACT,
    Case,
    Consent,
    ConsentChannel,
    ConsentPurpose,
    Need,
    Referral,
)
from assistance.services import referral_links
from assistance.services.errors import (
    AlreadyReferredError,
    CannotTakeItError,
    CaseSettledError,
    NoPlaceLeftError,
    NoWayToReachHerError,
    SharingTakenBackError,
)
from assistance.states import OPEN_REFERRAL_STATES, ReferralState
from foundation.working_days import add_working_days
from ledger.recording import record
from network.capacity_reading import places_of_organisations, places_of_volunteers
from network.matching import Kind
from network.models import Organisation, Volunteer


@dataclass(frozen=True)
class Request:
    """What is put to whom. consent_on: the day she agreed by telephone; None = ask her first."""

    kind: str
    receiver_id: int
    asked: str
    fields: tuple[str, ...]
    effort: str = ""
    wanted_by: date | None = None
    consent_on: date | None = None


@transaction.atomic
def propose(
    *, case_id: int, system_id: int, need_id: int | None, by_id: int, request: Request
) -> Referral:
    """Put a case or need to somebody: with her word noted it is sent, else she is asked first.

    A place of the receiver is held from now on. Raises AlreadyReferredError, NoPlaceLeftError,
    CannotTakeItError, CaseSettledError, NoWayToReachHerError, SharingTakenBackError.
    """
    case = lock_case(case_id)
    _check_fields(request.fields)
    if Referral.objects.about(case_id, system_id).open().exists():
        raise AlreadyReferredError
    now = timezone.now()
    _hold_place(request.kind, request.receiver_id, timezone.localdate(now))
    referral = _new(case, system_id, need_id, by_id, request, now)
    if request.consent_on is None:
        note(ReferralEvent.CONSENT_ASKED, referral, by_id)
        case.has_unread_for_sme = True
    else:
        referral.fields_given = list(request.fields)
        referral.consent_channel = ConsentChannel.PHONE
        referral.consented_on = request.consent_on
        referral.consent_recorded_by_id = by_id
        _send(referral, by_id=by_id, at=now)
    _touch(case, now)
    return referral


@transaction.atomic
def agree(*, referral_id: int, by_id: int | None, fields: Collection[str]) -> Referral:
    """The SME agrees to show these fields, and no other, while the referral is open."""
    case, referral = lock(referral_id)
    _check_fields(fields)
    now = timezone.now()
    referral.fields_given = [name for name in referral.fields_asked if name in fields]
    referral.consent_channel = ConsentChannel.PORTAL
    referral.consented_on = timezone.localdate(now)
    referral.consent_recorded_by_id = by_id
    _send(referral, by_id=by_id, at=now)
    _touch(case, now)
    return referral


@transaction.atomic
def refuse(*, referral_id: int, by_id: int | None) -> Referral:
    """The SME does not want this referral; nothing was shown to anybody."""
    case, referral = lock(referral_id)
    end(referral, ReferralState.REFUSED, timezone.now())
    note(ReferralEvent.CONSENT_REFUSED, referral, by_id)
    _touch(case, timezone.now())
    return referral


@transaction.atomic
def stop(*, referral_id: int, by_id: int | None) -> Referral:
    """The SME takes her agreement back: the receiver sees nothing of her from now on."""
    case, referral = lock(referral_id)
    end(referral, ReferralState.RECALLED, timezone.now())
    note(ReferralEvent.STOPPED_BY_SME, referral, by_id)
    _touch(case, timezone.now())
    return referral


@transaction.atomic
def recall(*, referral_id: int, by_id: int | None) -> Referral:
    """Take a referral back, whoever has it; the receiver sees nothing of her from now on."""
    case, referral = lock(referral_id)
    _recall(referral, by_id, timezone.now())
    _touch(case, timezone.now())
    return referral


@transaction.atomic
def take_up(*, referral_id: int, by_id: int) -> Referral:
    """A duty officer sees to it otherwise, after nobody took it."""
    _case, referral = lock(referral_id)
    if referral.awaits_duty:
        referral.awaits_duty = False
        referral.save(update_fields=["awaits_duty"])
        note(ReferralEvent.TAKEN_UP, referral, by_id)
    return referral


def recall_open(case: Case, *, by_id: int | None, at: datetime, need: Need | None = None) -> int:
    """Recall what is open on a case the caller has locked, or on one need of it."""
    with_them = Referral.objects.locked().filter(case=case, state__in=OPEN_REFERRAL_STATES)
    if need is not None:
        with_them = with_them.filter(need=need)
    found = list(with_them.order_by("pk"))
    for referral in found:
        referral.case = case
        _recall(referral, by_id, at)
    return len(found)


def lock_case(case_id: int) -> Case:
    """Lock a case that something may be referred from."""
    case = Case.objects.locked().get(pk=case_id)
    if not case.is_open:
        raise CaseSettledError
    taken_back = Consent.objects.taken_back(ConsentPurpose.SHARE_WITH_AGENCIES)
    if taken_back.filter(case=case).exists():
        raise SharingTakenBackError
    return case


def lock(referral_id: int) -> tuple[Case, Referral]:
    """Lock the case, then the referral: always in this order."""
    case_id = Referral.objects.values_list("case_id", flat=True).get(pk=referral_id)
    case = Case.objects.locked().get(pk=case_id)
    referral = Referral.objects.locked().get(pk=referral_id)
    referral.case = case
    return case, referral


def note(event: ReferralEvent, referral: Referral, by_id: int | None, **facts: object) -> None:
    """Record an act on a referral in the story of its case."""
    named = {
        "system": referral.system_id,
        "kind": referral.receiver_kind.value,
        "receiver": referral.receiver_id,
        "attempt": referral.attempt,
        **facts,
    }
    record(event, subject=referral, actor_id=by_id, stream=referral.case, facts=named)


def end(referral: Referral, state: ReferralState, at: datetime, **fields: object) -> None:
    """Settle a locked referral; its links stop working with it."""
    referral.move_to(state)
    referral.answer_by = None
    referral.settled_at = at
    for name, value in fields.items():
        setattr(referral, name, value)
    referral.save()
    referral_links.void(referral, at)


def _recall(referral: Referral, by_id: int | None, at: datetime) -> None:
    was_known = referral.sent_at is not None
    end(referral, ReferralState.RECALLED, at)
    note(ReferralEvent.RECALLED, referral, by_id, was_known=was_known)


def _send(referral: Referral, *, by_id: int | None, at: datetime) -> None:
    referral.move_to(ReferralState.SENT)
    referral.sent_at = at
    referral.answer_by = add_working_days(timezone.localdate(at), REFERRAL_ANSWER_DAYS)
    referral.save()
    note(ReferralEvent.SENT, referral, by_id)
    referral_links.send_for_answer(referral)


def _check_fields(fields: Collection[str]) -> None:
    if not WAYS_OF_CONTACT & set(fields):
        raise NoWayToReachHerError


def _new(
    case: Case,
    system_id: int,
    need_id: int | None,
    by_id: int,
    request: Request,
    at: datetime,
) -> Referral:
    """Write the row; what nobody took before leaves the duty officers' list."""
    earlier = Referral.objects.about(case.pk, system_id)
    earlier.awaiting_duty().update(awaits_duty=False)
    referral = Referral(
        case=case,
        need_id=need_id,
        system_id=system_id,
        **{f"{request.kind}_id": request.receiver_id},
        attempt=earlier.not_taken().count() + 1,
        asked=request.asked,
        effort=request.effort,
        wanted_by=request.wanted_by,
        fields_asked=list(request.fields),
        referred_by_id=by_id,
        created_at=at,
        answer_by=add_working_days(timezone.localdate(at), CONSENT_DAYS),
    )
    referral.save()
    return referral


def _hold_place(kind: str, pk: int, day: date) -> None:
    """Lock who receives, so that two referrals at once cannot take the last place."""
    if kind == Kind.VOLUNTEER:
        Volunteer.objects.locked().get(pk=pk)
        if not Volunteer.objects.ready(day).filter(pk=pk).exists():
            raise CannotTakeItError
        places = places_of_volunteers([pk], day)[pk]
    else:
        Organisation.objects.locked().get(pk=pk)
        if not Organisation.objects.open().filter(pk=pk).exists():
            raise CannotTakeItError
        places = places_of_organisations([pk], day)[pk]
        if not places.is_counted:
            if places.calendar.is_away(day):
                raise CannotTakeItError
            return
    if places.free(day) < 1:
        raise NoPlaceLeftError


def _touch(case: Case, now: datetime) -> None:
    case.updated_at = now
    case.save(update_fields=["updated_at", "has_unread_for_sme"])
