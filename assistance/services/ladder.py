"""The overdue ladder and the reminders: nothing waits on someone who does not know."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Absence, StaffMembership
from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import (
    Case,
    Escalation,
    EscalationStep,
    Question,
    QuestionState,
)
from assistance.services.one_by_one import one_by_one
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


def climb_due(today: date) -> int:
    """Tell the next person for every case past its date; return how many rungs were climbed."""
    overdue = Case.objects.open().filter(due_on__lt=today).order_by("due_on", "pk")
    due = overdue.values_list("pk", flat=True).iterator()
    return one_by_one(due, lambda pk: _climb(pk, today))


@transaction.atomic
def _climb(case_id: int, today: date) -> int:
    case = Case.objects.locked().get(pk=case_id)
    if case.due_on is None or case.due_on >= today:
        return 0
    late = working_days_between(case.due_on, today)
    done = set(
        Escalation.objects.filter(case=case, need=None, due_on=case.due_on).values_list(
            "step", flat=True
        )
    )
    due_steps = [step for days, step in RUNGS if late >= days and step not in done]
    for step in due_steps:
        told_id = _whom(case, step, today)
        Escalation.objects.create(
            case=case, step=step, due_on=case.due_on, told_id=told_id, at=timezone.now()
        )
        facts = {"step": step.value, "told": told_id, "due_on": case.due_on.isoformat()}
        record(CaseEvent.OVERDUE, subject=case, actor_id=None, facts=facts)
    return len(due_steps)


def _whom(case: Case, step: EscalationStep, today: date) -> int | None:
    """Return the person on this rung; None means the duty officers, who own unassigned cases."""
    if step == EscalationStep.OFFICER:
        return _or_deputy(case.lead_officer_id, today)
    posts = (
        StaffMembership.objects.in_force(today)
        .filter(agency_id=case.lead_agency_id, role=_ROLE_OF_STEP[step], user__is_active=True)
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
