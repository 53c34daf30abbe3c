"""Referrals take places of whoever they go to, in the month in which they were made."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from assistance.models import Referral
from network.capacity import month_of
from network.registry import counts_places


@counts_places
def taken_by_referrals(kind: str, ids: Collection[int], since: date) -> dict[int, dict[date, int]]:
    """How many places referrals use up, by holder and month, in one query."""
    holder = f"{kind}_id"
    first = datetime.combine(month_of(since), time.min, tzinfo=timezone.get_current_timezone())
    rows = Referral.objects.taking_places(first).filter(**{f"{holder}__in": ids})
    counted = rows.annotate(month=TruncMonth("created_at")).values_list(holder, "month")
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for pk, month, n in counted.annotate(n=Count("pk")).order_by():
        found[pk][timezone.localdate(month)] = n
    return found
