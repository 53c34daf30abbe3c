"""Rule: how many people work there."""

from __future__ import annotations

from collections.abc import Iterator

from assistance.routing.facts import Evidence, Facts, Reason

SMALL_SHOP = 9
GROWN = 30


def weigh(facts: Facts) -> Iterator[Evidence]:
    staff = facts.regular_staff
    if staff is None:
        return
    params = {"staff": str(staff)}
    if staff <= SMALL_SHOP:
        reason = Reason("small_shop", params)
        yield Evidence("information", 0.5, reason, is_support=True)
        yield Evidence("cooperation", 0.5, reason, is_support=True)
    elif staff >= GROWN:
        reason = Reason("grown_firm", params)
        yield Evidence("management", 1.0, reason, is_support=True)
        yield Evidence("safety", 0.5, reason, is_support=True)
