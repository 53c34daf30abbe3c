"""Counting in working days of the official calendar: holidays, and Saturdays made up for.

The table `CalendarDay` names the exceptions; where it is silent, Monday to Friday are working
days. It is read once and kept for a minute per process, so that a list of deadlines costs one
query; a change made here is seen at once by the process that made it.
"""

import time
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from django.db import transaction

from foundation.models import CalendarDay

_KEPT_FOR_SECONDS = 60
_SATURDAY = 5
_LONGEST_BREAK = timedelta(days=60)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One line of an official calendar, as `import_calendar` takes it."""

    day: date
    is_working: bool
    note_zh: str = ""
    note_en: str = ""


class _Kept:
    """The exceptions as last read: day → is it a working day?"""

    days: dict[date, bool] | None = None
    in_order: ClassVar[list[date]] = []
    read_at: float = 0.0


def is_working(day: date) -> bool:
    """Is that a working day?"""
    named = _calendar().get(day)
    return day.weekday() < _SATURDAY if named is None else named


def next_working_day(day: date) -> date:
    """The first working day on or after `day`."""
    last = day + _LONGEST_BREAK
    while not is_working(day):
        if day >= last:
            raise ValueError(f"the calendar has no working day in the sixty days before {day}")
        day += _ONE_DAY
    return day


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day` (before it where n is negative); `day` never counts.

    With n = 0 it is `day` itself where that is a working day, else the next one.
    """
    if n == 0:
        return next_working_day(day)
    step = _ONE_DAY if n > 0 else -_ONE_DAY
    left, since_working = abs(n), 0
    while left:
        day += step
        since_working = 0 if is_working(day) else since_working + 1
        left -= since_working == 0
        if since_working > _LONGEST_BREAK.days:
            raise ValueError(f"the calendar has no working day in the sixty days around {day}")
    return day


def working_days_between(a: date, b: date) -> int:
    """How many working days lie after `a` up to and including `b`; negative where b is earlier.

    So `working_days_between(a, add_working_days(a, n)) == n`.
    """
    if b < a:
        return -working_days_between(b, a)
    calendar, named = _calendar(), _Kept.in_order
    weeks, rest = divmod((b - a).days, 7)
    weekday = a.weekday()
    count = weeks * 5 + sum((weekday + i) % 7 < _SATURDAY for i in range(1, rest + 1))
    for day in named[bisect_right(named, a) : bisect_right(named, b)]:
        count += calendar[day] - (day.weekday() < _SATURDAY)
    return count


@transaction.atomic
def import_calendar(rows: Iterable[CalendarRow]) -> int:
    """Take over an official calendar; a day already named is replaced. Returns how many."""
    days = [
        CalendarDay(
            day=row.day, is_working=row.is_working, note_zh=row.note_zh, note_en=row.note_en
        )
        for row in rows
    ]
    CalendarDay.objects.bulk_create(
        days,
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["is_working", "note_zh", "note_en"],
    )
    forget_calendar()
    transaction.on_commit(forget_calendar)
    return len(days)


@transaction.atomic
def name_day(*, day: date, is_working: bool, note_zh: str = "", note_en: str = "") -> CalendarDay:
    """Say of one day whether it is a working day, whatever its weekday."""
    import_calendar([CalendarRow(day, is_working, note_zh, note_en)])
    return CalendarDay.objects.get(pk=day)


@transaction.atomic
def unname_day(*, day: date) -> bool:
    """Let one day follow the weekday rule again. Returns whether the calendar had named it."""
    removed, _ = CalendarDay.objects.filter(pk=day).delete()
    forget_calendar()
    transaction.on_commit(forget_calendar)
    return removed > 0


def forget_calendar() -> None:
    """Read the table again at the next question."""
    _Kept.days = None


def _calendar() -> dict[date, bool]:
    now = time.monotonic()
    if _Kept.days is None or now - _Kept.read_at > _KEPT_FOR_SECONDS:
        _Kept.days = dict(CalendarDay.objects.values_list("day", "is_working"))
        _Kept.in_order = sorted(_Kept.days)
        _Kept.read_at = now
    return _Kept.days
