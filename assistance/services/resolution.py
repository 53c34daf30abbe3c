"""How a case ends: the one answer, its rating, closing, reopening, withdrawing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assistance.deadlines import CLOSE_AFTER_DAYS, REOPEN_WITHIN_DAYS
from assistance.events import CaseEvent, NeedEvent
from assistance.models import Answer, AnswerPart, Case, Need, Rating
from assistance.services import answers_in_replies, clocks, needs, reasons, sharing
from assistance.services.errors import (
    AlreadyNeededError,
    AlreadyRatedError,
    NeedsStillOpenError,
    NothingToAnswerError,
    ReopenTooLateError,
)
from assistance.services.ground import check_state
from assistance.services.one_by_one import one_by_one
from assistance.states import CaseState, NeedState
from ledger.recording import record


@transaction.atomic
def save_draft(*, case_id: int, by_id: int, opening: str, closing: str) -> Answer:
    """Keep what the lead officer has written so far; nothing is sent."""
    case = Case.objects.locked().get(pk=case_id)
    return _draft(case, by_id, opening, closing, timezone.now())


def _draft(case: Case, by_id: int, opening: str, closing: str, now: datetime) -> Answer:
    answer = Answer.objects.filter(case=case, sent_at=None).first()
    if answer is None:
        rounds = Answer.objects.filter(case=case).count()
        answer = Answer(case=case, round=rounds + 1)
    answer.opening = opening
    answer.closing = closing
    answer.composed_by_id = by_id
    answer.agency_id = case.lead_agency_id
    answer.saved_at = now
    answer.save()
    return answer


@transaction.atomic
def send_answer(
    *, case_id: int, by_id: int, opening: str, closing: str, open_needs_reason: str = ""
) -> Answer:
    """Send the one answer, citing every need's agency; each round is sent once.

    Raises NeedsStillOpenError while a need is open and no reason is given, NothingToAnswerError
    where no need has an answer, MoveNotAllowedError where the case is no longer in progress.
    """
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    case.move_to(CaseState.ANSWERED)
    all_needs = list(Need.objects.locked().filter(case=case))
    if any(need.is_open for need in all_needs) and not open_needs_reason:
        raise NeedsStillOpenError
    answered = [need for need in all_needs if need.state == NeedState.ANSWERED]
    if not answered and not open_needs_reason:
        raise NothingToAnswerError
    answer = _draft(case, by_id, opening, closing, now)
    answer.open_needs_reason = open_needs_reason
    answer.sent_at = now
    answer.save(update_fields=["open_needs_reason", "sent_at"])
    _cite(answer, answered)
    told = [opening, closing, *(need.answer for need in answered)]
    answers_in_replies.note(case, *told, at=now)
    dropped = needs.drop_open(case, by_id=by_id, at=now)
    if case.first_answered_at is None:
        case.first_answered_at = now
    _settle(case, now)
    facts = {"answer": answer.pk, "needs": [n.pk for n in answered], "dropped": dropped}
    record(CaseEvent.ANSWERED, subject=case, actor_id=by_id, facts=facts)
    return answer


def _cite(answer: Answer, answered: Sequence[Need]) -> None:
    AnswerPart.objects.bulk_create(
        AnswerPart(answer=answer, need=need, agency=need.agency, text=need.answer)
        for need in answered
        if need.agency is not None
    )


def _settle(case: Case, now: datetime) -> None:
    clocks.stop_case(case, at=now)
    case.answered_at = now
    case.updated_at = now
    case.has_unread_for_sme = True
    case.has_unread_from_sme = False
    case.save()


@transaction.atomic
def rate(*, case_id: int, rated_by_id: int | None, score: int, text: str) -> Rating:
    """Rate the latest answer from 1 (no help) to 5 (solved), once."""
    case = Case.objects.locked().get(pk=case_id)
    answer = Answer.objects.filter(case=case, sent_at__isnull=False).order_by("-round").first()
    if answer is None:
        raise NothingToAnswerError
    if Rating.objects.filter(answer=answer).exists():
        raise AlreadyRatedError
    rating = Rating.objects.create(
        answer=answer, score=score, text=text, rated_by_id=rated_by_id, rated_at=timezone.now()
    )
    facts = {"answer": answer.pk, "score": score}
    record(CaseEvent.RATED, subject=case, actor_id=rated_by_id, facts=facts)
    return rating


def close_due(now: datetime) -> int:
    """Close every case whose 14 days for reopening have passed; return how many."""
    limit = now - timedelta(days=CLOSE_AFTER_DAYS)
    due = Case.objects.filter(state=CaseState.ANSWERED, answered_at__lte=limit)
    listed = due.order_by("pk").values_list("pk", flat=True)
    return one_by_one(listed, lambda pk: _close(pk, now, limit))


@transaction.atomic
def _close(case_id: int, now: datetime, limit: datetime) -> bool:
    case = Case.objects.locked().get(pk=case_id)
    # It may have been reopened, and even answered anew, since the listing.
    if case.state != CaseState.ANSWERED or case.answered_at is None or case.answered_at > limit:
        return False
    case.move_to(CaseState.CLOSED)
    case.closed_at = now
    case.updated_at = now
    case.save(update_fields=["state", "closed_at", "updated_at"])
    record(CaseEvent.CLOSED, subject=case, actor_id=None)
    return True


def reopen_until(case: Case) -> datetime | None:
    """Return the moment until which the SME may reopen; None where the state has no such day."""
    if case.state not in (CaseState.ANSWERED, CaseState.CLOSED) or case.answered_at is None:
        return None
    return case.answered_at + timedelta(days=REOPEN_WITHIN_DAYS)


@transaction.atomic
def reopen(*, case_id: int, by_id: int | None, reason: str) -> Case:
    """Open a case again within 14 days of its answer; the same officer has it."""
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    until = reopen_until(case)
    case.move_to(CaseState.REOPENED)
    if until is None or now > until:
        raise ReopenTooLateError
    case.answered_at = None
    case.closed_at = None
    case.has_unread_from_sme = True
    case.updated_at = now
    clocks.restart_case(case, at=now)
    case.save()
    facts = {"message": reasons.keep_words_of_sme(case, reason, by_id=by_id, at=now)}
    record(CaseEvent.REOPENED, subject=case, actor_id=by_id, facts=facts)
    return case


@transaction.atomic
def reopen_need(*, need_id: int, by_id: int) -> Need:
    """Give an answered need of an open case back to its agency.

    Raises AlreadyNeededError where another need for its system has been opened since,
    SharingTakenBackError where the applicant no longer shares the case with that agency.
    """
    case, need = needs.lock(need_id)
    now = timezone.now()
    check_state(case, [CaseState.PROGRESS, CaseState.REOPENED])
    check_state(need, [NeedState.ANSWERED])
    if Need.objects.open().filter(case=case, system_id=need.system_id).exists():
        raise AlreadyNeededError
    if need.agency_id is not None:
        sharing.check(case, need.agency_id)
    need.move_to(NeedState.PROGRESS)
    need.answered_at = None
    clocks.start_need(need, at=now)
    need.save()
    facts = {"system": need.system_id, "agency": need.agency_id}
    record(NeedEvent.REOPENED, subject=need, actor_id=by_id, stream=case, facts=facts)
    return need


@transaction.atomic
def withdraw(*, case_id: int, by_id: int | None, reason: str) -> Case:
    """Take a request back for the SME; every part of it stops."""
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    case.move_to(CaseState.WITHDRAWN)
    case.withdrawal_reason = reason
    case.resumes_as = ""
    needs.drop_open(case, by_id=by_id, at=now)
    clocks.stop_case(case, at=now)
    case.updated_at = now
    case.save()
    record(CaseEvent.WITHDRAWN, subject=case, actor_id=by_id)
    return case
