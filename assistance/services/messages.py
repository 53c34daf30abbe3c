"""What is said in a case: questions to the SME, her answers, messages, internal notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assistance.events import CaseEvent
from assistance.models import (
    Case,
    CaseMessage,
    MessageKind,
    Need,
    Question,
    QuestionItem,
    QuestionState,
)
from assistance.services import answers_in_replies, clocks, turns
from assistance.services.errors import QuestionSettledError
from assistance.services.ground import check_state
from assistance.states import SME_WRITES_STATES, Side
from ledger.recording import record


@dataclass(frozen=True)
class AskedItem:
    """One paper or fact the SME is asked for; the code ties it to the system's list of papers."""

    label: str
    document_code: str = ""


@transaction.atomic
def ask_enterprise(
    *,
    case_id: int,
    need_id: int | None,
    by_id: int,
    agency_id: int,
    body: str,
    items: Sequence[AskedItem],
    due_on: date,
) -> Question:
    """Ask the SME for something by a date; the move is hers and the agency's clock pauses."""
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    need = _locked_need(case, need_id)
    clocks.contacted(case, at=now)
    turns.give(case, need, at=now)
    message = _from_agency(case, need, MessageKind.QUESTION, by_id, agency_id, body, now)
    question = Question.objects.create(
        case=case, need=need, message=message, asked_by_id=by_id, asked_at=now, due_on=due_on
    )
    QuestionItem.objects.bulk_create(
        QuestionItem(question=question, label=item.label, document_code=item.document_code)
        for item in items
    )
    case.has_unread_for_sme = True
    case.updated_at = now
    case.save()
    facts: dict[str, object] = {"question": question.pk, "need": need_id, "agency": agency_id}
    facts |= {"due_on": due_on.isoformat(), "items": len(items), "message": message.pk}
    record(CaseEvent.QUESTION_ASKED, subject=case, actor_id=by_id, facts=facts)
    return question


def _locked_need(case: Case, need_id: int | None) -> Need | None:
    if need_id is None:
        return None
    need = Need.objects.locked().get(pk=need_id, case=case)
    need.case = case
    return need


def _from_agency(
    case: Case,
    need: Need | None,
    kind: MessageKind,
    by_id: int,
    agency_id: int,
    body: str,
    now: datetime,
) -> CaseMessage:
    if kind != MessageKind.NOTE:
        answers_in_replies.note(case, body, at=now)
    return CaseMessage.objects.create(
        case=case,
        need=need,
        kind=kind,
        side=Side.AGENCY,
        author_id=by_id,
        agency_id=agency_id,
        body=body,
        sent_at=now,
    )


@transaction.atomic
def answer_question(*, question_id: int, author_id: int | None, body: str) -> CaseMessage:
    """Answer for the SME; when nothing more is open the agencies have the move again."""
    case, question = _lock_question(question_id)
    now = timezone.now()
    _settle(case, question, QuestionState.ANSWERED, now)
    message = CaseMessage.objects.create(
        case=case,
        need=question.need,
        kind=MessageKind.REPLY,
        side=Side.SME,
        author_id=author_id,
        body=body,
        sent_at=now,
    )
    case.has_unread_from_sme = True
    case.save()
    facts = {"question": question.pk, "need": question.need_id, "message": message.pk}
    record(CaseEvent.QUESTION_ANSWERED, subject=case, actor_id=author_id, facts=facts)
    return message


@transaction.atomic
def cancel_question(*, question_id: int, by_id: int) -> Question:
    """Take a question back; the clock runs on from where it stopped."""
    case, question = _lock_question(question_id)
    _settle(case, question, QuestionState.CANCELLED, timezone.now())
    case.save()
    facts = {"question": question.pk, "need": question.need_id}
    record(CaseEvent.QUESTION_CANCELLED, subject=case, actor_id=by_id, facts=facts)
    return question


def _lock_question(question_id: int) -> tuple[Case, Question]:
    case_id = Question.objects.values_list("case_id", flat=True).get(pk=question_id)
    case = Case.objects.locked().get(pk=case_id)
    question = Question.objects.select_for_update(of=("self",), no_key=True).get(pk=question_id)
    if question.state != QuestionState.OPEN:
        raise QuestionSettledError
    return case, question


def _settle(case: Case, question: Question, state: QuestionState, now: datetime) -> None:
    question.state = state
    question.settled_at = now
    question.save(update_fields=["state", "settled_at"])
    turns.take_back(case, at=now)
    case.updated_at = now


@transaction.atomic
def send_from_agency(
    *, case_id: int, need_id: int | None, by_id: int, agency_id: int, body: str
) -> CaseMessage:
    """Write to the SME without asking for anything; the clock does not pause."""
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    need = _locked_need(case, need_id)
    message = _from_agency(case, need, MessageKind.MESSAGE, by_id, agency_id, body, now)
    clocks.contacted(case, at=now)
    case.has_unread_for_sme = True
    case.updated_at = now
    case.save(update_fields=["has_unread_for_sme", "updated_at", *clocks.DUE_FIELDS])
    facts = {"message": message.pk, "need": need_id, "agency": agency_id}
    record(CaseEvent.MESSAGE_FROM_AGENCY, subject=case, actor_id=by_id, facts=facts)
    return message


@transaction.atomic
def send_from_sme(*, case_id: int, author_id: int | None, body: str) -> CaseMessage:
    """Write to whoever has the case. Raises MoveNotAllowedError where it was settled meanwhile."""
    case = Case.objects.locked().get(pk=case_id)
    check_state(case, SME_WRITES_STATES)
    now = timezone.now()
    message = CaseMessage.objects.create(
        case=case,
        kind=MessageKind.MESSAGE,
        side=Side.SME,
        author_id=author_id,
        body=body,
        sent_at=now,
    )
    case.has_unread_from_sme = True
    case.updated_at = now
    case.save(update_fields=["has_unread_from_sme", "updated_at"])
    facts = {"message": message.pk}
    record(CaseEvent.MESSAGE_FROM_SME, subject=case, actor_id=author_id, facts=facts)
    return message


@transaction.atomic
def note(
    *, case_id: int, need_id: int | None, by_id: int, agency_id: int, body: str
) -> CaseMessage:
    """Write a note that the SME never sees."""
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    need = _locked_need(case, need_id)
    message = _from_agency(case, need, MessageKind.NOTE, by_id, agency_id, body, now)
    case.updated_at = now
    case.save(update_fields=["updated_at"])
    facts = {"message": message.pk, "need": need_id, "agency": agency_id}
    record(CaseEvent.NOTE_ADDED, subject=case, actor_id=by_id, facts=facts)
    return message


@transaction.atomic
def mark_read(*, case_id: int, side: Side) -> int:
    """Mark what the other side wrote as read by `side`; return how many messages were new."""
    others = Side.AGENCY if side == Side.SME else Side.SME
    unread = CaseMessage.objects.filter(case_id=case_id, side=others, read_at=None)
    count = unread.exclude(kind=MessageKind.NOTE).update(read_at=timezone.now())
    flag = "has_unread_for_sme" if side == Side.SME else "has_unread_from_sme"
    Case.objects.filter(pk=case_id, **{flag: True}).update(**{flag: False})
    return count
