"""A clock that can be set back, for history that is lived through instead of written down.

Everything in the portal asks `django.utils.timezone.now()` for the time, services and column
defaults alike. The one seam is the class that function asks in turn: within `moved_clock()` it
tells the moment that was set. For seeding only, in a process that does nothing else meanwhile.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import timezone


class _Hands:
    moment: dt.datetime | None = None


class _MovedDatetime(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        shown = _Hands.moment
        return dt.datetime.now(tz) if shown is None else shown.astimezone(tz)


@contextmanager
def moved_clock() -> Iterator[Callable[[dt.datetime], None]]:
    """Yield the function that sets the clock; afterwards the clock is right again."""
    kept = vars(timezone)["datetime"]
    vars(timezone)["datetime"] = _MovedDatetime
    try:
        yield _set
    finally:
        vars(timezone)["datetime"] = kept
        _Hands.moment = None


def _set(moment: dt.datetime) -> None:
    _Hands.moment = moment
