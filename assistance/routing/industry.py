"""Rule: what is common in an industry supports a suggestion that the words already make."""

from __future__ import annotations

from collections.abc import Iterator

from assistance.routing.facts import Evidence, Facts, Reason

COMMON = {
    "C": {"production": 1.0, "pollution": 0.5, "safety": 0.5, "quality": 0.5},
    "B": {"safety": 1.0, "pollution": 1.0},
    "D": {"pollution": 1.0},
    "E": {"pollution": 1.0},
    "F": {"safety": 1.0},
    "G": {"marketing": 1.0, "information": 0.5},
    "I": {"marketing": 0.5, "quality": 0.5, "information": 0.5},
    "H": {"information": 0.5},
    "J": {"research": 0.5, "information": 0.5},
    "M": {"research": 0.5},
    "A": {"marketing": 0.5, "cooperation": 0.5},
    "R": {"marketing": 0.5},
    "S": {"management": 0.5},
}


def weigh(facts: Facts) -> Iterator[Evidence]:
    for system_code, weight in COMMON.get(facts.industry, {}).items():
        reason = Reason("industry", {"industry": facts.industry})
        yield Evidence(system_code, weight, reason, is_support=True)
