"""How soon cases are answered: what the public page says, computed from the cases themselves.

A first answer is never preceded by a pause: asking the SME for something is one. So the working
days between submission and first answer are what the agencies' clock showed.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from assistance.models import Case
from foundation.working_days import working_days_between

PERIOD = timedelta(days=91)
# With fewer cases a figure would say more about them than about us.
FEWEST_CASES = 20
_MOST = 0.9


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """Working days to the first answer: half of the cases had it within `median`, 9 of 10 within `most`."""

    median: int
    most: int
    cases: int
    since: date


def first_answers(today: date) -> FirstAnswers | None:
    """The first answers of the last three months; None while there are too few."""
    since = today - PERIOD
    here = timezone.get_current_timezone()
    pairs = (
        Case.objects.filter(
            first_answered_at__gte=datetime(since.year, since.month, since.day, tzinfo=here)
        )
        .annotate(asked_on=TruncDate("submitted_at"), told_on=TruncDate("first_answered_at"))
        .values_list("asked_on", "told_on")
        .annotate(n=Count("pk"))
        .order_by()
    )
    waits: dict[int, int] = {}
    for asked_on, told_on, n in pairs:
        days = max(working_days_between(asked_on, told_on), 0)
        waits[days] = waits.get(days, 0) + n
    cases = sum(waits.values())
    if cases < FEWEST_CASES:
        return None
    return FirstAnswers(_within(waits, cases * 0.5), _within(waits, cases * _MOST), cases, since)


def _within(waits: dict[int, int], share: float) -> int:
    """The days within which so many cases were answered."""
    seen = 0
    for days in sorted(waits):
        seen += waits[days]
        if seen >= share:
            return days
    return max(waits)
