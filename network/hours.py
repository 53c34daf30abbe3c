"""Weekly hours as people read them: days with the same hours together, and what holds today."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from network.models import Schedule, Weekday

Span = tuple[dt.time, dt.time]


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


def weekly(schedules: Iterable[Schedule]) -> list[Hours]:
    """The hours of a week, days with the same hours together; what stands twice is said once."""
    days: dict[int, set[Span]] = defaultdict(set)
    for row in schedules:
        days[row.weekday].add((row.opens_at, row.closes_at))
    alike: dict[tuple[Span, ...], list[int]] = defaultdict(list)
    for day in sorted(days):
        alike[tuple(sorted(days[day]))].append(day)
    return [Hours(tuple(held), spans) for spans, held in alike.items()]


def today_words(hours: Iterable[Hours], day: dt.date, *, is_working: bool) -> str:
    """“Open today 09:00–17:00”; nothing on a holiday, when the usual hours may not hold."""
    weekday = day.isoweekday()
    if weekday <= Weekday.FRIDAY and not is_working:
        return ""
    times = [one.times for one in hours if weekday in one.days]
    return _("Open today %(times)s") % {"times": times[0]} if times else _("Closed today")
