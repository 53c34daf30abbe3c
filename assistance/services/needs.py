"""The life of a need: offered to an agency, taken or not, worked on, answered."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency
from assistance.events import CaseEvent, NeedEvent
from assistance.models import Case, Need, Offer, Question, QuestionState
from assistance.services import clocks, reasons, referral, sharing, turns
from assistance.services.errors import AgencyNotInForceError, SameAgencyError
from assistance.services.ground import check_state
from assistance.services.one_by_one import one_by_one
from assistance.services.promises import promise_for
from assistance.states import (
    OPEN_NEED_STATES,
    RETURNED_NEED_STATES,
    CaseState,
    NeedState,
    OfferState,
)
from foundation.working_days import add_working_days
from ledger.recording import record


def lock(need_id: int) -> tuple[Case, Need]:
    """Lock the case, then the need: always in this order."""
    case_id = Need.objects.values_list("case_id", flat=True).get(pk=need_id)
    case = Case.objects.locked().get(pk=case_id)
    need = Need.objects.locked().get(pk=need_id)
    need.case = case
    return case, need


@transaction.atomic
def offer(*, need_id: int, agency_id: int, by_id: int) -> Need:
    """Offer a proposed, declined or lapsed need to an agency."""
    case, need = lock(need_id)
    check_state(need, RETURNED_NEED_STATES)
    make_offer(case, need, agency_id=agency_id, by_id=by_id, at=timezone.now())
    return need


def make_offer(
    case: Case,
    need: Need,
    *,
    agency_id: int,
    by_id: int,
    at: datetime,
    returns_to_id: int | None = None,
) -> None:
    """Write the offer on rows the caller has locked, and put the case to work.

    Not taken, the need comes back to whoever offers it, unless somebody else is named.
    """
    today = timezone.localdate(at)
    if not Agency.objects.on(today).filter(pk=agency_id).exists():
        raise AgencyNotInForceError
    sharing.check(case, agency_id)
    promise = promise_for(need.system_id, today)
    need.move_to(NeedState.OFFERED)
    need.agency_id = agency_id
    need.officer = None
    need.returns_to_id = returns_to_id or by_id
    need.offer_lapses_on = add_working_days(today, promise.offer_days)
    need.save()
    Offer.objects.create(
        need=need,
        agency_id=agency_id,
        offered_by_id=by_id,
        offered_at=at,
        lapses_on=need.offer_lapses_on,
    )
    _put_to(case, CaseState.PROGRESS, after=(CaseState.TRIAGE,))
    case.updated_at = at
    case.save(update_fields=["state", "resumes_as", "updated_at"])
    _record(NeedEvent.OFFERED, case, need, by_id, agency=agency_id)


def _put_to(case: Case, state: CaseState, *, after: tuple[CaseState, ...]) -> bool:
    """Move a case on from one of `after`; one that waits for the SME moves once she answers."""
    if case.state == CaseState.WAITING and case.resumes_as in after:
        case.resumes_as = state
    elif case.state in after:
        case.move_to(state)
    else:
        return False
    return True


def _record(event: NeedEvent, case: Case, need: Need, by_id: int | None, **facts: object) -> None:
    named = {"system": need.system_id, "agency": need.agency_id, **facts}
    record(event, subject=need, actor_id=by_id, stream=case, facts=named)


def _settle_offer(need: Need, state: OfferState, by_id: int | None, **fields: str) -> None:
    Offer.objects.filter(need=need, state=OfferState.OPEN).update(
        state=state, settled_at=timezone.now(), settled_by_id=by_id, **fields
    )


@transaction.atomic
def accept(*, need_id: int, officer_id: int) -> Need:
    """Take an offered need on; its clock starts, and a transferred one keeps its own."""
    case, need = lock(need_id)
    now = timezone.now()
    check_state(need, [NeedState.OFFERED])
    need.move_to(NeedState.ACCEPTED)
    need.officer_id = officer_id
    need.accepted_at = now
    need.offer_lapses_on = None
    clocks.start_need(need, at=now)
    need.save()
    _settle_offer(need, OfferState.ACCEPTED, officer_id)
    _touch(case, now)
    _record(NeedEvent.ACCEPTED, case, need, officer_id)
    return need


@transaction.atomic
def decline(*, need_id: int, by_id: int, reason: str, text: str) -> Need:
    """Send an offered need back with a reason; the case returns to triage if nothing is left."""
    case, need = lock(need_id)
    now = timezone.now()
    agency_id = need.agency_id
    need.move_to(NeedState.DECLINED)
    _settle_offer(need, OfferState.DECLINED, by_id, decline_reason=reason, decline_text=text)
    _record(NeedEvent.DECLINED, case, need, by_id, agency=agency_id, reason=reason)
    _come_back(case, need, now)
    return need


def lapse_due(today: date) -> int:
    """Take back every offer whose day has passed; return how many lapsed."""
    overdue = Need.objects.filter(state=NeedState.OFFERED, offer_lapses_on__lt=today)
    due = overdue.order_by("pk").values_list("pk", flat=True)
    return one_by_one(due, lambda pk: _lapse(pk, today))


@transaction.atomic
def _lapse(need_id: int, today: date) -> bool:
    case, need = lock(need_id)
    # The agency may have answered between the listing and this lock.
    if need.state != NeedState.OFFERED or (need.offer_lapses_on or today) >= today:
        return False
    need.move_to(NeedState.LAPSED)
    _settle_offer(need, OfferState.LAPSED, None)
    _record(NeedEvent.LAPSED, case, need, None, returns_to=need.returns_to_id)
    _come_back(case, need, timezone.now())
    return True


def _come_back(case: Case, need: Need, now: datetime) -> None:
    """Free the need from the agency; with no need left at an agency the case is triaged again."""
    need.agency = None
    need.offer_lapses_on = None
    need.officer = None
    need.save()
    open_needs = Need.objects.open().filter(case=case)
    elsewhere = open_needs.exclude(state__in=RETURNED_NEED_STATES).exists()
    answered = Need.objects.filter(case=case, state=NeedState.ANSWERED).exists()
    at_work = (CaseState.PROGRESS, CaseState.REOPENED)
    if not elsewhere and not answered and _put_to(case, CaseState.TRIAGE, after=at_work):
        facts = {"officer": case.lead_officer_id}
        record(CaseEvent.RETURNED_TO_TRIAGE, subject=case, actor_id=None, facts=facts)
    case.updated_at = now
    case.save(update_fields=["state", "resumes_as", "updated_at"])


def _touch(case: Case, now: datetime) -> None:
    case.updated_at = now
    case.save(update_fields=["updated_at"])


@transaction.atomic
def start(*, need_id: int, by_id: int) -> Need:
    """Say that work on an accepted need has begun."""
    case, need = lock(need_id)
    check_state(need, [NeedState.ACCEPTED])
    need.move_to(NeedState.PROGRESS)
    need.officer_id = by_id
    need.save(update_fields=["state", "officer"])
    _touch(case, timezone.now())
    _record(NeedEvent.STARTED, case, need, by_id)
    return need


@transaction.atomic
def transfer(*, need_id: int, agency_id: int, by_id: int, reason: str) -> Need:
    """Offer a need that is being worked on to another agency: number, history, clock stay.

    Not taken there, it comes back to whoever offered it first: the agency that passes it on
    can neither read the case nor offer it any more.
    """
    case, need = lock(need_id)
    check_state(need, [NeedState.ACCEPTED, NeedState.PROGRESS])
    before_id = need.agency_id
    if before_id == agency_id:
        raise SameAgencyError
    now = timezone.now()
    note_id = reasons.keep_note(case, reason, by_id=by_id, at=now, need=need)
    facts = {"agency": before_id, "to": agency_id, "note": note_id}
    _record(NeedEvent.TRANSFERRED, case, need, by_id, **facts)
    back_to = need.returns_to_id
    make_offer(case, need, agency_id=agency_id, by_id=by_id, at=now, returns_to_id=back_to)
    return need


@transaction.atomic
def answer(*, need_id: int, by_id: int, text: str) -> Need:
    """Give the need's part of the one answer to the lead officer."""
    case, need = lock(need_id)
    now = timezone.now()
    need.move_to(NeedState.ANSWERED)
    need.answer = text
    need.answered_at = now
    clocks.stop_need(need, at=now)
    need.save()
    _touch(case, now)
    _record(NeedEvent.ANSWERED, case, need, by_id)
    return need


@transaction.atomic
def withdraw(*, need_id: int, by_id: int, reason: str) -> Need:
    """Drop a need that is no longer wanted."""
    case, need = lock(need_id)
    now = timezone.now()
    note_id = reasons.keep_note(case, reason, by_id=by_id, at=now, need=need)
    _drop(case, need, by_id=by_id, at=now, note=note_id)
    referral.recall_open(case, by_id=by_id, at=now, need=need)
    Question.objects.filter(need=need, state=QuestionState.OPEN).update(
        state=QuestionState.CANCELLED, settled_at=now
    )
    turns.take_back(case, at=now)
    case.updated_at = now
    case.save()
    return need


@transaction.atomic
def drop_open(case: Case, *, by_id: int | None, at: datetime) -> int:
    """Drop every open need of a locked case, because the case itself ends; return how many.

    What was referred to others is recalled with them.
    """
    open_needs = list(Need.objects.locked().filter(case=case, state__in=OPEN_NEED_STATES))
    for need in open_needs:
        need.case = case
        _drop(case, need, by_id=by_id, at=at)
    referral.recall_open(case, by_id=by_id, at=at)
    Question.objects.filter(case=case, state=QuestionState.OPEN).update(
        state=QuestionState.CANCELLED, settled_at=at
    )
    return len(open_needs)


@transaction.atomic
def drop_elsewhere(case: Case, *, by_id: int | None, at: datetime) -> list[int]:
    """Drop the open needs other agencies hold in a locked case; return their ids.

    Saves the needs; the caller saves the case.
    """
    elsewhere = list(
        Need.objects.locked()
        .filter(case=case, agency__isnull=False, state__in=OPEN_NEED_STATES)
        .exclude(agency_id=case.lead_agency_id)
    )
    for need in elsewhere:
        need.case = case
        _drop(case, need, by_id=by_id, at=at)
    referral.recall_open(case, by_id=by_id, at=at)
    dropped = [need.pk for need in elsewhere]
    Question.objects.filter(need_id__in=dropped, state=QuestionState.OPEN).update(
        state=QuestionState.CANCELLED, settled_at=at
    )
    turns.take_back(case, at=at)
    return dropped


def _drop(case: Case, need: Need, *, by_id: int | None, at: datetime, **facts: object) -> None:
    agency_id = need.agency_id
    need.move_to(NeedState.WITHDRAWN)
    need.resumes_as = ""
    need.offer_lapses_on = None
    clocks.stop_need(need, at=at)
    need.save()
    _settle_offer(need, OfferState.WITHDRAWN, by_id)
    _record(NeedEvent.WITHDRAWN, case, need, by_id, agency=agency_id, **facts)
