"""Keeping the working-day calendar by which every promise is counted."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assistance.events import CatalogueEvent
from foundation import working_days
from foundation.errors import DomainError
from foundation.holidays import official_calendar
from foundation.models import CalendarDay
from ledger.recording import record


class DayNotNamedError(DomainError):
    message = _("The calendar does not name this day, so there is nothing to remove.")


class NoOfficialCalendarError(DomainError):
    message = _("The official calendar of this year is not at hand yet. Add the days one by one.")


@transaction.atomic
def name_day(
    *, day: dt.date, is_working: bool, note_zh: str, note_en: str, actor_id: int
) -> CalendarDay:
    """Say of one day whether it is worked, whatever its weekday."""
    named = working_days.name_day(day=day, is_working=is_working, note_zh=note_zh, note_en=note_en)
    record(
        CatalogueEvent.DAY_NAMED,
        subject=named,
        actor_id=actor_id,
        facts={"day": day.isoformat(), "is_working": is_working},
    )
    return named


@transaction.atomic
def unname_day(*, day: dt.date, actor_id: int) -> None:
    """Let a day follow the weekday rule again. Raises DayNotNamedError."""
    named = CalendarDay.objects.filter(pk=day).first()
    if named is None:
        raise DayNotNamedError
    record(
        CatalogueEvent.DAY_UNNAMED,
        subject=named,
        actor_id=actor_id,
        facts={"day": day.isoformat()},
    )
    working_days.unname_day(day=day)


@transaction.atomic
def import_year(*, year: int, actor_id: int) -> int:
    """Take over the official calendar of a year; days named by hand are replaced.

    Returns how many days it names. Raises NoOfficialCalendarError.
    """
    rows = [row for row in official_calendar() if row.day.year == year]
    if not rows:
        raise NoOfficialCalendarError
    count = working_days.import_calendar(rows)
    first = CalendarDay.objects.in_year(year).earliest("day")
    record(
        CatalogueEvent.CALENDAR_IMPORTED,
        subject=first,
        actor_id=actor_id,
        facts={"year": year, "days": count},
    )
    return count
