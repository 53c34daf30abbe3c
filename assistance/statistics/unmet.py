"""Unmet need: how often nobody able and free was found, by place and topic.

The one definition, for the page, its file and every report: a case and topic for which, in the
quarter, a search for a receiver found nobody, or three were asked and none took it. It counts once
a quarter, with the place and the reason of the last time. Who helps there today changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from assistance.models import UnmetSearch
from assistance.models.unmet_search import UnmetSearchQuerySet
from foundation.quarters import Quarter


@dataclass(frozen=True, slots=True)
class UnmetCount:
    """How many needs went unmet at one place for one topic. county, district: "" = not known."""

    county: str
    district: str
    system_id: int
    reason: str
    number: int


@dataclass(frozen=True, slots=True)
class UnmetTable:
    """Numbers by row (county, or district of one) and topic, and their sums."""

    cells: Counter[tuple[str, int]]
    rows: Counter[str]
    topics: Counter[int]
    reasons: Counter[str]

    @property
    def total(self) -> int:
        return self.rows.total()


def unmet_counts(quarter: Quarter, rows: UnmetSearchQuerySet | None = None) -> list[UnmetCount]:
    """Count the unmet needs of a quarter among these rows, or all: one query."""
    found = (UnmetSearch.objects.all() if rows is None else rows).unmet_in(quarter)
    keys = ("county", "district", "system_id", "reason")
    counted = found.order_by(*keys).values_list(*keys).annotate(number=Count("pk"))
    return [UnmetCount(*row) for row in counted]


def table(counts: Iterable[UnmetCount], *, county: str = "", reason: str = "") -> UnmetTable:
    """Add the counts up by county, or by district of the one named.

    `reasons` holds every reason, the rest only the one asked for.
    """
    cells: Counter[tuple[str, int]] = Counter()
    rows: Counter[str] = Counter()
    topics: Counter[int] = Counter()
    reasons: Counter[str] = Counter()
    for one in counts:
        if county and one.county != county:
            continue
        reasons[one.reason] += one.number
        if reason and one.reason != reason:
            continue
        place = one.district if county else one.county
        cells[place, one.system_id] += one.number
        rows[place] += one.number
        topics[one.system_id] += one.number
    return UnmetTable(cells, rows, topics, reasons)


def unmet_total(quarter: Quarter, rows: UnmetSearchQuerySet | None = None) -> int:
    """How many needs went unmet in a quarter."""
    return (UnmetSearch.objects.all() if rows is None else rows).unmet_in(quarter).count()
