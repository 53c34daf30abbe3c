"""How a case's clocks read today: one sentence, one colour, and both totals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.deadlines import days_left
from assistance.models import ClockSpan, Need
from assistance.states import OPEN_CASE_STATES, CaseState, NeedState, Side
from foundation.working_days import working_days_between


class ClockState(StrEnum):
    OK = "ok"
    SOON = "soon"
    OVER = "over"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True)
class ClockFace:
    """`days_left` counts working days; negative when the date has passed."""

    state: ClockState
    words: str | Promise
    due_on: date | None = None
    days_left: int | None = None


class Timed(Protocol):
    """A case as far as its clock goes."""

    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...


def read_clock(case: Timed, today: date | None = None) -> ClockFace:
    """Read the agency's clock of a case."""
    if case.state == CaseState.WAITING:
        return ClockFace(ClockState.PAUSED, _("Paused: waiting for the SME"))
    if case.state not in OPEN_CASE_STATES:
        return ClockFace(ClockState.STOPPED, _("Stopped"))
    return _face(case.due_on, today or timezone.localdate())


def read_need_clock(need: Need, today: date | None = None) -> ClockFace:
    """Read a need's clock: while an offer is open, the day on which it lapses."""
    on = today or timezone.localdate()
    if need.state == NeedState.WAITING:
        return ClockFace(ClockState.PAUSED, _("Paused: waiting for the SME"))
    if not need.is_open:
        return ClockFace(ClockState.STOPPED, _("Stopped"))
    return _face(need.offer_lapses_on or need.due_on, on)


def read_date(due_on: date | None, today: date | None = None) -> ClockFace:
    """Read a date that is not a case's own, such as that of a referral."""
    return _face(due_on, today or timezone.localdate())


def _face(due_on: date | None, today: date) -> ClockFace:
    left = days_left(due_on, today)
    if due_on is None or left is None:
        return ClockFace(ClockState.OK, _("No date set"))
    if due_on < today:
        late = max(-left, 1)
        words = ngettext("%(n)d working day late", "%(n)d working days late", late) % {"n": late}
        return ClockFace(ClockState.OVER, words, due_on, left)
    if left <= 0:
        return ClockFace(ClockState.SOON, _("Due today"), due_on, left)
    words = ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}
    return ClockFace(ClockState.SOON if left == 1 else ClockState.OK, words, due_on, left)


def both_totals(spans: Iterable[ClockSpan], today: date | None = None) -> tuple[int, int]:
    """Return the working days used by the agencies and by the SME so far.

    A day on which the side changed counts for the side that had it in the evening.
    """
    on = today or timezone.localdate()
    used = {Side.AGENCY: 0, Side.SME: 0}
    for span in spans:
        start = timezone.localdate(span.started_at)
        end = timezone.localdate(span.ended_at) if span.ended_at else on
        used[Side(span.side)] += max(working_days_between(start, end), 0)
    return used[Side.AGENCY], used[Side.SME]
