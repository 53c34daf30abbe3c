"""Whose move it is: given to the SME with a question, taken back when none is open."""

from datetime import datetime

from assistance.models import Case, Need, Question, QuestionState
from assistance.services import clocks
from assistance.states import CaseState, NeedState


def give(case: Case, need: Need | None, *, at: datetime) -> None:
    """Give the SME the move in a locked case, and in the need the question is about.

    Saves the need; the caller saves the case.
    """
    if case.state != CaseState.WAITING:
        before = case.state
        case.move_to(CaseState.WAITING)
        case.resumes_as = before
        clocks.pause_case(case, at=at)
    if need is not None and need.state != NeedState.WAITING:
        need_before = need.state
        need.move_to(NeedState.WAITING)
        need.resumes_as = need_before
        clocks.pause_need(need, at=at)
        need.save()


def take_back(case: Case, *, at: datetime) -> None:
    """Resume every need, and the case, that no longer waits for an open question.

    Saves the needs; the caller saves the case.
    """
    still_open = Question.objects.filter(case=case, state=QuestionState.OPEN)
    asked_needs = set(still_open.exclude(need=None).values_list("need_id", flat=True))
    resting = Need.objects.locked().filter(case=case, state=NeedState.WAITING)
    for need in resting.exclude(pk__in=asked_needs):
        need.case = case
        need.move_to(NeedState(need.resumes_as))
        need.resumes_as = ""
        clocks.resume_need(need, at=at)
        need.save()
    if case.state == CaseState.WAITING and not still_open.exists():
        case.move_to(CaseState(case.resumes_as))
        case.resumes_as = ""
        clocks.resume_case(case, at=at)
