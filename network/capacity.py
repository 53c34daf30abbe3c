"""How many places a volunteer or an organisation has free on a day. Pure: nothing is read here.

Places are counted by the month. A month that nobody named has the usual number; on a day of
leave there is none, whatever the month says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

HORIZON_DAYS = 366
MOST_PLACES = 99


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a holder said: the usual places, those of named months, and the days away.

    `months` is keyed by the first day of the month; `leaves` holds first and last days.
    """

    usual: int = 0
    months: Mapping[date, int] = field(default_factory=dict)
    leaves: tuple[tuple[date, date], ...] = ()

    def places_in(self, day: date) -> int:
        """All places of the month in which the day lies."""
        return self.months.get(month_of(day), self.usual)

    def is_away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.leaves)

    def back_on(self, day: date) -> date:
        """The first day from `day` on that is no day of leave."""
        for first, last in sorted(self.leaves):
            if first <= day <= last:
                day = last + timedelta(days=1)
        return day


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (month_of(day) + timedelta(days=32)).replace(day=1)


def free_places(calendar: Calendar, taken: int, day: date) -> int:
    """Places left on a day, where `taken` of its month's are taken already; none on leave."""
    if calendar.is_away(day):
        return 0
    return max(calendar.places_in(day) - taken, 0)


def next_free_day(calendar: Calendar, taken: Mapping[date, int], day: date) -> date | None:
    """The first day from `day` on with a free place, within a year; None where there is none.

    `taken` is keyed by the first day of the month.
    """
    last = day + timedelta(days=HORIZON_DAYS)
    while day <= last:
        back = calendar.back_on(day)
        if month_of(back) != month_of(day):
            day = back
            continue
        if free_places(calendar, taken.get(month_of(back), 0), back):
            return back
        day = next_month(back)
    return None
