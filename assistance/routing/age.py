"""Rule: a business not registered yet, or young, is helped by start-up guidance."""

from __future__ import annotations

from collections.abc import Iterator

from assistance.routing.facts import Evidence, Facts, Reason

YOUNG_YEARS = 5
TOO_YOUNG_FOR_MANAGEMENT_YEARS = 1


def weigh(facts: Facts) -> Iterator[Evidence]:
    years = facts.years_in_business
    young = facts.is_young if years is None else years < YOUNG_YEARS
    if facts.registered is False:
        yield Evidence("startup", 3.0, Reason("not_registered"))
    elif young:
        yield Evidence("startup", 1.5, Reason("young_firm"), is_support=True)
    elif young is False:
        yield Evidence("startup", -2.0, Reason("established"), is_support=True)
    if years is not None and years < TOO_YOUNG_FOR_MANAGEMENT_YEARS:
        yield Evidence("management", -1.0, Reason("too_young"), is_support=True)
