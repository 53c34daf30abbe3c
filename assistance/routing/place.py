"""Rule: where the business is. Local-speciality clusters are organised away from the large cities."""

from __future__ import annotations

from collections.abc import Iterator

from assistance.routing.facts import Evidence, Facts, Reason

LOCAL_SPECIALITY_COUNTIES = frozenset(
    {
        *("nantou", "yilan", "hualien", "taitung", "penghu", "kinmen", "lienchiang"),
        *("pingtung", "miaoli", "chiayi-county", "yunlin"),
    }
)
OUTLYING_COUNTIES = frozenset({"penghu", "kinmen", "lienchiang"})


def weigh(facts: Facts) -> Iterator[Evidence]:
    if facts.county in LOCAL_SPECIALITY_COUNTIES:
        reason = Reason("local_speciality", {"county": facts.county})
        yield Evidence("cooperation", 0.5, reason, is_support=True)
    if facts.county in OUTLYING_COUNTIES:
        reason = Reason("outlying", {"county": facts.county})
        yield Evidence("marketing", 0.5, reason, is_support=True)
