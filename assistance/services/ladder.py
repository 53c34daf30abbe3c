"""The overdue ladder and the reminders: nothing waits on someone who does not know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Absence, StaffMembership
from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import (
    Case,
    Escalation,
    EscalationStep,
    Need,
    Question,
    QuestionState,
)
from assistance.services.one_by_one import one_by_one
from assistance.states import NeedState
from foundation.working_days import add_working_days, working_days_between
from ledger.recording import record

# Working days past the date on which each rung of the ladder is told.
RUNGS = (
    (1, EscalationStep.OFFICER),
    (3, EscalationStep.LEAD),
    (5, EscalationStep.MANAGER),
)
_ROLE_OF_STEP = {EscalationStep.LEAD: Role.LEAD, EscalationStep.MANAGER: Role.MANAGER}
REMIND_DAYS_BEFORE = 2


@dataclass(frozen=True)
class Late:
    """What is past its date, and whose officer and agency are told."""

    case: Case
    need: Need | None
    due_on: date
    officer_id: int | None
    agency_id: int
    question_id: int | None = None


def climb_due(today: date) -> int:
    """Tell the next person of every case, need and question past its date.

    Returns how many rungs were climbed. What has reached the last rung is not looked at again.
    """
    told_all = Escalation.objects.filter(due_on=OuterRef("due_on"), step=EscalationStep.MANAGER)
    cases = Case.objects.open().filter(
        ~Exists(told_all.filter(case_id=OuterRef("pk"), need=None)), due_on__lt=today
    )
    needs = Need.objects.filter(
        ~Exists(told_all.filter(need_id=OuterRef("pk"))),
        state__in=(NeedState.ACCEPTED, NeedState.PROGRESS),
        due_on__lt=today,
    )
    told_once = Escalation.objects.filter(case_id=OuterRef("case_id"), due_on=OuterRef("due_on"))
    questions = Question.objects.filter(
        ~Exists(told_once), state=QuestionState.OPEN, due_on__lt=today
    )
    return (
        one_by_one(_ids(cases), lambda pk: _climb_case(pk, today))
        + one_by_one(_ids(needs), lambda pk: _climb_need(pk, today))
        + one_by_one(_ids(questions), lambda pk: _tell_of_silence(pk, today))
    )


def _ids(rows: "QuerySet[Any]") -> Iterator[int]:
    return rows.order_by("due_on", "pk").values_list("pk", flat=True).iterator()


@transaction.atomic
def _climb_case(case_id: int, today: date) -> int:
    case = Case.objects.locked().get(pk=case_id)
    if case.due_on is None or case.due_on >= today or not case.is_open:
        return 0
    late = Late(case, None, case.due_on, case.lead_officer_id, case.lead_agency_id)
    return _climb(late, RUNGS, today)


@transaction.atomic
def _climb_need(need_id: int, today: date) -> int:
    case_id = Need.objects.values_list("case_id", flat=True).get(pk=need_id)
    case = Case.objects.locked().get(pk=case_id)
    need = Need.objects.locked().get(pk=need_id)
    working = need.state in (NeedState.ACCEPTED, NeedState.PROGRESS)
    if need.due_on is None or need.due_on >= today or not working or need.agency_id is None:
        return 0
    return _climb(Late(case, need, need.due_on, need.officer_id, need.agency_id), RUNGS, today)


@transaction.atomic
def _tell_of_silence(question_id: int, today: date) -> int:
    """Tell who asked that the SME let the date pass; the clock stays paused."""
    case_id = Question.objects.values_list("case_id", flat=True).get(pk=question_id)
    case = Case.objects.locked().get(pk=case_id)
    question = Question.objects.select_related("need").get(pk=question_id)
    if question.state != QuestionState.OPEN or question.due_on >= today:
        return 0
    late = Late(
        case,
        question.need,
        question.due_on,
        question.asked_by_id,
        case.lead_agency_id,
        question.pk,
    )
    return _climb(late, RUNGS[:1], today)


def _climb(late: Late, rungs: Sequence[tuple[int, EscalationStep]], today: date) -> int:
    days_late = working_days_between(late.due_on, today)
    told = Escalation.objects.filter(case=late.case, need=late.need, due_on=late.due_on)
    done = set(told.values_list("step", flat=True))
    due_steps = [step for days, step in rungs if days_late >= days and step not in done]
    for step in due_steps:
        told_id = _whom(late, step, today)
        Escalation.objects.create(
            case=late.case,
            need=late.need,
            step=step,
            due_on=late.due_on,
            told_id=told_id,
            at=timezone.now(),
        )
        facts = {
            "step": step.value,
            "told": told_id,
            "due_on": late.due_on.isoformat(),
            "need": late.need.pk if late.need else None,
            "system": late.need.system_id if late.need else None,
            "question": late.question_id,
        }
        record(CaseEvent.OVERDUE, subject=late.case, actor_id=None, facts=facts)
    return len(due_steps)


def _whom(late: Late, step: EscalationStep, today: date) -> int | None:
    """Return the person on this rung; None means the duty officers, who own unassigned cases."""
    if step == EscalationStep.OFFICER:
        return _or_deputy(late.officer_id, today)
    posts = (
        StaffMembership.objects.in_force(today)
        .filter(agency_id=late.agency_id, role=_ROLE_OF_STEP[step], user__is_active=True)
        .order_by("pk")
    )
    return _or_deputy(posts.values_list("user_id", flat=True).first(), today)


def _or_deputy(person_id: int | None, today: date) -> int | None:
    if person_id is None:
        return None
    return Absence.objects.deputy_for(person_id, today) or person_id


def remind_due(today: date) -> int:
    """Remind SMEs of questions due within two working days, once each; return how many."""
    limit = add_working_days(today, REMIND_DAYS_BEFORE)
    due = Question.objects.filter(
        state=QuestionState.OPEN, due_on__lte=limit, reminded_at__isnull=True
    )
    return one_by_one(due.order_by("pk").values_list("pk", flat=True), _remind)


@transaction.atomic
def _remind(question_id: int) -> bool:
    case_id = Question.objects.values_list("case_id", flat=True).get(pk=question_id)
    case = Case.objects.locked().get(pk=case_id)
    question = Question.objects.get(pk=question_id)
    if question.state != QuestionState.OPEN or question.reminded_at is not None:
        return False
    question.reminded_at = timezone.now()
    question.save(update_fields=["reminded_at"])
    facts = {"question": question.pk, "due_on": question.due_on.isoformat()}
    record(CaseEvent.QUESTION_REMINDED, subject=case, actor_id=None, facts=facts)
    return True
