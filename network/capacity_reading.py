"""The calendars of many holders, read in two queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from network.capacity import Calendar
from network.models import Leave, MonthlyCapacity


def calendars_of_volunteers(volunteer_ids: Iterable[int], day: date) -> dict[int, Calendar]:
    """The calendar of each volunteer from a day on; who said nothing has no places."""
    return _calendars("volunteer_id", volunteer_ids, day)


def calendars_of_organisations(organisation_ids: Iterable[Any], day: date) -> dict[Any, Calendar]:
    """The calendar of each organisation from a day on; one that said nothing has no places."""
    return _calendars("organisation_id", organisation_ids, day)


def _calendars(holder: str, ids: Iterable[Any], day: date) -> dict[Any, Calendar]:
    wanted = list(ids)
    usual: dict[Any, int] = {}
    months: dict[Any, dict[date, int]] = defaultdict(dict)
    leaves: dict[Any, list[tuple[date, date]]] = defaultdict(list)
    mine = {f"{holder}__in": wanted}
    for pk, month, places in MonthlyCapacity.objects.filter(**mine).values_list(
        holder, "month", "places"
    ):
        if month is None:
            usual[pk] = places
        else:
            months[pk][month] = places
    away = Leave.objects.filter(**mine).not_over_on(day)
    for pk, first, last in away.values_list(holder, "starts_on", "ends_on"):
        leaves[pk].append((first, last))
    return {pk: Calendar(usual.get(pk, 0), months[pk], tuple(leaves[pk])) for pk in wanted}
