"""Who takes places of volunteers and organisations: the apps upstairs say how many are taken."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

# Kind of holder, their primary keys, a day -> places taken by holder and first day of month,
# from the month of that day on.
Counter = Callable[[str, Collection[int], date], Mapping[int, Mapping[date, int]]]

_counters: dict[str, Counter] = {}


def counts_places(counter: Counter) -> Counter:
    """Ask this function whenever places are counted; modules named `place_taking` are found."""
    _counters[f"{counter.__module__}.{counter.__qualname__}"] = counter
    return counter


def taken_places(kind: str, ids: Collection[int], since: date) -> dict[int, dict[date, int]]:
    """All places taken, by holder and month, one query for each app that takes some."""
    total: dict[int, dict[date, int]] = {pk: {} for pk in ids}
    for counter in _counters.values():
        for pk, months in counter(kind, ids, since).items():
            for month, n in months.items():
                total[pk][month] = total[pk].get(month, 0) + n
    return total
