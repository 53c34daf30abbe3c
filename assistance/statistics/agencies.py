"""How each agency answers: the cases of a quarter that it leads, and how soon they were answered.

A case counts for the agency that leads it today, in the quarter in which it came in; merged ones
do not. The first answer is in time within the working days that the edition of the case's system
promised on the day it came in (`deadlines.DEFAULT_PROMISE` where no system is known).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from assistance.deadlines import DEFAULT_PROMISE
from assistance.models import Case, SystemEdition
from assistance.models.case import CaseQuerySet
from assistance.states import OPEN_CASE_STATES, CaseState
from foundation.quarters import Quarter
from foundation.working_days import working_days_between

FEW = 10
# What the list behind a number is narrowed to; whether an answer was in time needs the calendar.
CONDITIONS: dict[str, Q] = {
    "received": Q(),
    "answered": Q(first_answered_at__isnull=False),
    "waiting": Q(first_answered_at__isnull=True, state__in=OPEN_CASE_STATES),
}
Promises = dict[int, list[tuple[date, date | None, int]]]


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """Cases of a quarter. answered: had a first answer. median: working days to it."""

    received: int
    answered: int
    in_time: int
    waiting: int
    median: int | None

    @property
    def late(self) -> int:
        return self.answered - self.in_time

    @property
    def is_few(self) -> bool:
        return self.answered < FEW


def cases_of(quarter: Quarter) -> CaseQuerySet:
    """The cases that came in during a quarter, merged ones aside."""
    came_in = Case.objects.filter(
        submitted_at__gte=quarter.starts_at, submitted_at__lt=quarter.ends_at
    )
    return came_in.exclude(state=CaseState.MERGED)


def agency_figures(quarter: Quarter, agencies: Collection[int] | None) -> dict[int, AgencyFigures]:
    """The figures of these agencies, or of all, by id: three queries."""
    cases = cases_of(quarter)
    if agencies is not None:
        cases = cases.filter(lead_agency_id__in=agencies)
    of = {name: Count("pk", filter=q) for name, q in CONDITIONS.items() if name != "received"}
    counted: Any = cases.order_by().values("lead_agency_id").annotate(received=Count("pk"), **of)
    waits = _waits(cases)
    return {
        row["lead_agency_id"]: AgencyFigures(
            row["received"],
            row["answered"],
            sum(n for _days, is_in_time, n in waits[row["lead_agency_id"]] if is_in_time),
            row["waiting"],
            _median(waits[row["lead_agency_id"]]),
        )
        for row in counted
    }


def in_time(cases: CaseQuerySet, *, wanted: bool) -> list[int]:
    """The ids of those answered in time, or of those answered late."""
    promises = _promises()
    rows = _dated(cases).values_list("pk", "main_system_id", "asked_on", "told_on")
    return [
        pk
        for pk, system_id, asked_on, told_on in rows
        if _is_in_time(promises, system_id, asked_on, told_on) == wanted
    ]


def _dated(cases: CaseQuerySet) -> Any:
    answered = cases.filter(CONDITIONS["answered"])
    return answered.annotate(
        asked_on=TruncDate("submitted_at"), told_on=TruncDate("first_answered_at")
    )


def _waits(cases: CaseQuerySet) -> dict[int, list[tuple[int, bool, int]]]:
    """By agency: working days, whether in time, and how many cases."""
    promises = _promises()
    found: dict[int, list[tuple[int, bool, int]]] = defaultdict(list)
    keys = ("lead_agency_id", "main_system_id", "asked_on", "told_on")
    for agency_id, system_id, asked_on, told_on, n in (
        _dated(cases).order_by().values_list(*keys).annotate(n=Count("pk"))
    ):
        is_in_time = _is_in_time(promises, system_id, asked_on, told_on)
        found[agency_id].append((_days(asked_on, told_on), is_in_time, n))
    return found


def _days(asked_on: date, told_on: date) -> int:
    return max(working_days_between(asked_on, told_on), 0)


def _promises() -> Promises:
    found: Promises = defaultdict(list)
    columns = ("system_id", "valid_from", "valid_to", "first_answer_days")
    for system_id, first, last, days in SystemEdition.objects.values_list(*columns):
        found[system_id].append((first, last, days))
    return found


def _is_in_time(promises: Promises, system_id: int | None, asked_on: date, told_on: date) -> bool:
    promised = (
        days
        for first, last, days in promises.get(system_id or 0, ())
        if first <= asked_on and (last is None or asked_on <= last)
    )
    return _days(asked_on, told_on) <= next(promised, DEFAULT_PROMISE.first_answer_days)


def _median(waits: Iterable[tuple[int, bool, int]]) -> int | None:
    """The days within which half of them were answered."""
    ordered = sorted((days, n) for days, _is_in_time, n in waits)
    half, seen = sum(n for _days, n in ordered) / 2, 0
    for days, n in ordered:
        seen += n
        if seen >= half:
            return days
    return None
