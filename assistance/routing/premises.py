"""Rule: systems for factories need a factory; without one they step back."""

from __future__ import annotations

from collections.abc import Iterator

from assistance.routing.facts import Evidence, Facts, Reason

FOR_FACTORIES = ("production", "pollution", "safety")


def weigh(facts: Facts) -> Iterator[Evidence]:
    if facts.has_factory is None:
        return
    weight, code = (1.0, "has_factory") if facts.has_factory else (-1.5, "no_factory")
    for system_code in FOR_FACTORIES:
        yield Evidence(system_code, weight, Reason(code), is_support=True)
