"""Rule: the need the owner ticked, one of the five groups of the picker."""

from __future__ import annotations

from collections.abc import Iterator

from assistance.routing.facts import Evidence, Facts, Reason

OF_NEED = {
    "money": {"financing": 3.0, "startup": 2.0},
    "running": {"management": 3.0, "quality": 2.5, "information": 2.5, "cooperation": 2.0},
    "market": {"marketing": 3.0},
    "technology": {"production": 3.0, "research": 2.5},
    "environment": {"pollution": 3.0, "safety": 2.5},
}


def weigh(facts: Facts) -> Iterator[Evidence]:
    for system_code, weight in OF_NEED.get(facts.need, {}).items():
        yield Evidence(system_code, weight, Reason("need", {"need": facts.need}))
