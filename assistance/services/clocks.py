"""The two honest clocks: whose time runs, and what that does to the agency's dates.

Called by other services with rows they have locked; each change of side closes one span and
opens the next, so that the sum of both sides is the life of the case.
"""

from datetime import datetime

from django.utils import timezone

from assistance.deadlines import after_contact, days_left, resumed
from assistance.models import Case, ClockSpan, Need
from assistance.services.promises import promise_for
from assistance.states import Side
from foundation.working_days import add_working_days

DUE_FIELDS = (
    "due_on",
    "due_kind",
    "resolution_due_on",
    "paused_due_days",
    "paused_resolution_days",
    "first_answered_at",
)


def restart_case(case: Case, *, at: datetime) -> None:
    """Start again after reopening: an update is owed first, then a new answer."""
    ClockSpan.objects.create(case=case, side=Side.AGENCY, started_at=at)
    today = timezone.localdate(at)
    promise = promise_for(case.main_system_id, today)
    case.resolution_due_on = add_working_days(today, promise.resolution_days)
    due = after_contact(promise, today, case.resolution_due_on)
    case.due_on, case.due_kind = due.on, due.kind


def contacted(case: Case, *, at: datetime) -> None:
    """Note that an agency has spoken to the SME: the next date moves on."""
    if case.first_answered_at is None:
        case.first_answered_at = at
    if case.due_on is None:
        return
    today = timezone.localdate(at)
    due = after_contact(promise_for(case.main_system_id, today), today, case.resolution_due_on)
    case.due_on, case.due_kind = due.on, due.kind


def pause_case(case: Case, *, at: datetime) -> None:
    """Give the move to the SME: remember the days left, clear the agency's dates."""
    today = timezone.localdate(at)
    _switch(case, None, Side.SME, at)
    case.paused_due_days = days_left(case.due_on, today)
    case.paused_resolution_days = days_left(case.resolution_due_on, today)
    case.due_on = None
    case.resolution_due_on = None


def resume_case(case: Case, *, at: datetime) -> None:
    """Take the move back with exactly the days that were left."""
    today = timezone.localdate(at)
    _switch(case, None, Side.AGENCY, at)
    case.due_on = resumed(case.paused_due_days, today)
    case.resolution_due_on = resumed(case.paused_resolution_days, today)
    case.paused_due_days = case.paused_resolution_days = None


def stop_case(case: Case, *, at: datetime) -> None:
    """Stop every clock of the case and of its needs; nothing is due any more."""
    ClockSpan.objects.filter(case=case, ended_at=None).update(ended_at=at)
    case.due_on = case.resolution_due_on = None
    case.due_kind = ""
    case.paused_due_days = case.paused_resolution_days = None


def start_need(need: Need, *, at: datetime) -> None:
    """Start the agency's time on a need; a transferred need keeps the clock it has."""
    running = ClockSpan.objects.filter(need=need, ended_at=None)
    if not running.exists():
        ClockSpan.objects.create(case_id=need.case_id, need=need, side=Side.AGENCY, started_at=at)
    if need.due_on is None:
        today = timezone.localdate(at)
        promise = promise_for(need.system_id, today)
        need.due_on = add_working_days(today, promise.resolution_days)


def pause_need(need: Need, *, at: datetime) -> None:
    _switch(need.case, need, Side.SME, at)
    need.paused_due_days = days_left(need.due_on, timezone.localdate(at))
    need.due_on = None


def resume_need(need: Need, *, at: datetime) -> None:
    _switch(need.case, need, Side.AGENCY, at)
    need.due_on = resumed(need.paused_due_days, timezone.localdate(at))
    need.paused_due_days = None


def stop_need(need: Need, *, at: datetime) -> None:
    ClockSpan.objects.filter(need=need, ended_at=None).update(ended_at=at)
    need.due_on = None
    need.paused_due_days = None


def _switch(case: Case, need: Need | None, side: Side, at: datetime) -> None:
    ClockSpan.objects.filter(case=case, need=need, ended_at=None).update(ended_at=at)
    ClockSpan.objects.create(case=case, need=need, side=side, started_at=at)
