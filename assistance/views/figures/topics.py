"""The columns of a table by topic: every system of today, and any older one that has a number."""

from collections.abc import Iterable

from assistance.models import GuidanceSystem
from assistance.views.desk.asked import SystemName, system_names


def topics(counted: Iterable[int]) -> dict[int, SystemName]:
    """The systems by id in their order; those of today in one query."""
    named = system_names()
    older = set(counted) - set(named)
    if older:
        rows = GuidanceSystem.objects.filter(pk__in=older).order_by("number")
        named |= {one.pk: SystemName(one.code, one.number, one.code) for one in rows}
    return named
