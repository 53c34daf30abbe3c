"""Rounds of applications for honorary guidance personnel: those of this year and the next.

That applications are taken until 31 May is the practice of the county centres; the other days
are proposed here and kept by administrators.
"""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from network.models import VolunteerWindow

OPENS, CLOSES = (3, 1), (5, 31)
TERM_STARTS, TERM_ENDS = (7, 1), (6, 30)


def seed_rounds() -> str:
    """The rounds nobody has set yet; what was set stays."""
    this = timezone.localdate().year
    new = 0
    for year in (this - 1, this, this + 1):
        days = {
            "opens_on": dt.date(year, *OPENS),
            "closes_on": dt.date(year, *CLOSES),
            "term_starts_on": dt.date(year, *TERM_STARTS),
            "term_ends_on": dt.date(year + 1, *TERM_ENDS),
        }
        _window, made = VolunteerWindow.objects.get_or_create(year=year, defaults=days)
        new += made
    return f"rounds for volunteers: {new} new"


STEPS: tuple[Callable[[], str], ...] = (seed_rounds,)
