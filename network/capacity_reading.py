"""The places of many holders, read in a fixed number of queries: said, taken, and so still free."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from network.capacity import Calendar, free_places, month_of, next_free_day
from network.models import Leave, MonthlyCapacity
from network.registry import taken_places


@dataclass(frozen=True, slots=True)
class Places:
    """What one holder said and what is taken of it; `is_counted` where any places were named."""

    calendar: Calendar = field(default_factory=Calendar)
    taken: Mapping[date, int] = field(default_factory=dict)
    is_counted: bool = False

    def most(self, day: date) -> int:
        """All places of the day's month."""
        return self.calendar.places_in(day)

    def taken_in(self, day: date) -> int:
        return self.taken.get(month_of(day), 0)

    def left(self, day: date) -> int:
        """Places of the day's month that nobody has taken, on leave or not."""
        return max(self.most(day) - self.taken_in(day), 0)

    def free(self, day: date) -> int:
        """Places that can be taken on the day itself; none on leave."""
        return free_places(self.calendar, self.taken_in(day), day)

    def next_free(self, day: date) -> date | None:
        """The first day with a free place, within a year."""
        return next_free_day(self.calendar, self.taken, day)


def places_of_volunteers(volunteer_ids: Iterable[int], day: date) -> dict[int, Places]:
    """The places of each volunteer from a day on; who said nothing has none."""
    return _places("volunteer", volunteer_ids, day)


def places_of_organisations(organisation_ids: Iterable[Any], day: date) -> dict[Any, Places]:
    """The places of each organisation from a day on; one that said nothing is not counted."""
    return _places("organisation", organisation_ids, day)


def _places(kind: str, ids: Iterable[Any], day: date) -> dict[Any, Places]:
    wanted, holder = list(ids), f"{kind}_id"
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
    taken = taken_places(kind, wanted, day)
    return {
        pk: Places(
            calendar=Calendar(usual.get(pk, 0), months.get(pk, {}), tuple(leaves.get(pk, ()))),
            taken=taken[pk],
            is_counted=pk in usual or pk in months,
        )
        for pk in wanted
    }
