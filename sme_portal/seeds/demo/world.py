"""Time as the demonstration lives through it: lives side by side, each waiting for its next moment."""

import datetime as dt
import heapq
import logging
from collections.abc import Callable, Iterator
from random import Random

from django.utils import timezone

from foundation.errors import DomainError
from foundation.working_days import add_working_days, next_working_day

logger = logging.getLogger(__name__)

# A life does what is due and yields the moment at which it goes on.
Life = Iterator[dt.datetime]
OPENS_AT = dt.time(9, 0)
OFFICE_MINUTES = 510


class World:
    """Runs lives in the order of their moments until the present is reached."""

    def __init__(self, set_clock: Callable[[dt.datetime], None]) -> None:
        self._set_clock = set_clock
        self._waiting: list[tuple[dt.datetime, int, Life]] = []
        self._begun = 0
        self.broken = 0

    def begin(self, life: Life, at: dt.datetime | None = None) -> None:
        self._begun += 1
        heapq.heappush(self._waiting, (at or timezone.now(), self._begun, life))

    def run(self, until: dt.datetime) -> None:
        """What would lie after `until` stays undone: those are the open cases."""
        while self._waiting and self._waiting[0][0] <= until:
            moment, place, life = heapq.heappop(self._waiting)
            self._set_clock(moment)
            try:
                following = next(life, None)
            except DomainError as refusal:
                self.broken += 1
                logger.warning("a demonstration's life ends early: %s", refusal.message)
                continue
            if following is not None:
                heapq.heappush(self._waiting, (max(following, moment), place, life))


def office(day: dt.date, minute: float) -> dt.datetime:
    """A moment so many minutes after the office opens."""
    opening = dt.datetime.combine(day, OPENS_AT, tzinfo=timezone.get_current_timezone())
    return opening + dt.timedelta(minutes=minute)


def later(chance: Random, least: float, most: float) -> dt.datetime:
    """A moment in office hours between so many working days from now."""
    now = timezone.localtime()
    today = now.date()
    day = next_working_day(today)
    spent = (now - office(today, 0)).total_seconds() / 60 if day == today else 0.0
    spent = min(max(spent, 0.0), OFFICE_MINUTES)
    minutes = spent + chance.uniform(least, most) * OFFICE_MINUTES
    days, rest = divmod(minutes, OFFICE_MINUTES)
    return office(add_working_days(day, int(days)), rest)


def soon(chance: Random) -> dt.datetime:
    """Some minutes from now."""
    return timezone.now() + dt.timedelta(minutes=chance.uniform(6, 35))
