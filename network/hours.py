"""Weekly hours as people read and type them, the days that differ, and what holds right now."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from foundation.text import fold
from foundation.working_days import is_working
from network.errors import HoursUnreadableError
from network.models import HoursException, Schedule, Weekday

Span = tuple[dt.time, dt.time]
Week = Mapping[int, Sequence[Span]]
MOST_SPANS = 3
DAYS_LOOKED_AHEAD = 7
_SPAN = re.compile(r"(\d{1,2})[:.：](\d{2})(?:[-–—~～至到]|to)(\d{1,2})[:.：](\d{2})")
_BETWEEN_SPANS = re.compile(r"[,，、;；]+")
_BETWEEN_DAYS = re.compile(r"[;；\n]+")
_DAYS = re.compile(r"^([1-7])(?:[-–~～]([1-7]))?\s+(.+)$")


@dataclass(frozen=True, slots=True)
class Hours:
    """Days with the same hours, and those hours: one span, or two around noon."""

    days: tuple[int, ...]
    spans: tuple[Span, ...]

    @property
    def days_words(self) -> str:
        """“Monday to Friday”, “Monday, Thursday”."""
        first, last = self.days[0], self.days[-1]
        if len(self.days) > 2 and last - first == len(self.days) - 1:
            ends = {"first": Weekday(first).label, "last": Weekday(last).label}
            return _("%(first)s to %(last)s") % ends
        return _(", ").join(str(Weekday(day).label) for day in self.days)

    @property
    def times(self) -> str:
        """“08:30–12:00, 13:30–17:30”."""
        return _(", ").join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in self.spans)

    @property
    def words(self) -> str:
        return f"{self.days_words} {self.times}"


def week_of(schedules: Iterable[Schedule]) -> Week:
    """The spans of each weekday; those that touch or overlap are one."""
    days: dict[int, list[Span]] = defaultdict(list)
    for row in sorted(schedules, key=lambda one: (one.weekday, one.opens_at, one.closes_at)):
        held = days[row.weekday]
        if held and row.opens_at <= held[-1][1]:
            held[-1] = (held[-1][0], max(held[-1][1], row.closes_at))
        else:
            held.append((row.opens_at, row.closes_at))
    return days


def weekly(schedules: Iterable[Schedule]) -> list[Hours]:
    """The hours of a week, days with the same hours together; what stands twice is said once."""
    alike: dict[tuple[Span, ...], list[int]] = defaultdict(list)
    for day, spans in week_of(schedules).items():
        alike[tuple(spans)].append(day)
    return [Hours(tuple(held), spans) for spans, held in alike.items()]


def spans_on(day: dt.date, week: Week, exceptions: Iterable[HoursException]) -> Sequence[Span]:
    """When it is open on a day, by the exceptions first and the week after."""
    for one in exceptions:
        if one.first_on <= day <= one.last_on:
            return [one.span] if one.span else []
    return week.get(day.isoweekday(), ())


def is_doubtful(day: dt.date, exceptions: Iterable[HoursException]) -> bool:
    """Whether the day is a public holiday of which the entry says nothing."""
    said = any(one.first_on <= day <= one.last_on for one in exceptions)
    return day.isoweekday() <= Weekday.FRIDAY and not is_working(day) and not said


def now_words(
    schedules: Iterable[Schedule], exceptions: Sequence[HoursException], now: dt.datetime
) -> str:
    """“Open now until 17:30”, “Closed now; opens on Monday at 08:30”; empty without any hours.

    On a public holiday of which the entry says nothing it does not pretend to know.
    """
    week = week_of(schedules)
    if not week:
        return ""
    today, time = now.date(), now.time()
    if is_doubtful(today, exceptions):
        return _("Today is a holiday. Please call before you go.")
    for opens, closes in spans_on(today, week, exceptions):
        if opens <= time < closes:
            return _("Open now until %(time)s") % {"time": f"{closes:%H:%M}"}
        if time < opens:
            return _("Closed now; opens today at %(time)s") % {"time": f"{opens:%H:%M}"}
    return _next_words(week, exceptions, today)


def _next_words(week: Week, exceptions: Sequence[HoursException], today: dt.date) -> str:
    """When it opens next; no weekday is named that lies a week ahead or more."""
    for ahead in range(1, DAYS_LOOKED_AHEAD):
        day = today + dt.timedelta(days=ahead)
        spans = spans_on(day, week, exceptions)
        if spans and not is_doubtful(day, exceptions):
            when = {"day": Weekday(day.isoweekday()).label, "time": f"{spans[0][0]:%H:%M}"}
            return _("Closed now; opens on %(day)s at %(time)s") % when
    return _("Closed now")


def read_spans(text: str) -> list[Span]:
    """“08:30-12:00, 13:30-17:30” as spans; nothing means closed. Raises HoursUnreadableError."""
    found: list[Span] = []
    pieces = _BETWEEN_SPANS.split(re.sub(r"\s+", "", fold(text)))
    for piece in filter(None, pieces):
        match = _SPAN.fullmatch(piece)
        if match is None:
            raise HoursUnreadableError(piece)
        found.append(_span(piece, *map(int, match.groups())))
    if len(found) > MOST_SPANS or any(
        later[0] <= earlier[1] for earlier, later in pairwise(found)
    ):
        raise HoursUnreadableError(text)
    return found


def _span(piece: str, from_hour: int, from_minute: int, to_hour: int, to_minute: int) -> Span:
    try:
        span = dt.time(from_hour, from_minute), dt.time(to_hour, to_minute)
    except ValueError as impossible:
        raise HoursUnreadableError(piece) from impossible
    if span[1] <= span[0]:
        raise HoursUnreadableError(piece)
    return span


def spans_text(spans: Iterable[Span]) -> str:
    """The spans as `read_spans` reads them."""
    return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)


def read_week(text: str) -> dict[int, list[Span]]:
    """“1-5 08:30-12:00, 13:30-17:30; 6 09:00-12:00” as a week. Raises HoursUnreadableError."""
    week: dict[int, list[Span]] = {}
    for piece in (one.strip() for one in _BETWEEN_DAYS.split(text)):
        if not piece:
            continue
        match = _DAYS.match(piece)
        if match is None:
            raise HoursUnreadableError(piece)
        first, last = int(match[1]), int(match[2] or match[1])
        for day in range(first, last + 1):
            if day in week:
                raise HoursUnreadableError(piece)
            week[day] = read_spans(match[3])
        if last < first:
            raise HoursUnreadableError(piece)
    return {day: spans for day, spans in week.items() if spans}


def week_text(week: Week) -> str:
    """The week as `read_week` reads it, days with the same hours together."""
    parts: list[tuple[int, int, str]] = []
    for day in sorted(week):
        said = spans_text(week[day])
        if parts and parts[-1][2] == said and parts[-1][1] == day - 1:
            parts[-1] = (parts[-1][0], day, said)
        else:
            parts.append((day, day, said))
    return "; ".join(
        f"{first}-{last} {said}" if last > first else f"{first} {said}"
        for first, last, said in parts
    )
