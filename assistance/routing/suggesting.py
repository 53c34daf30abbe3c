"""Adds up what the rules found and ranks the systems. The same facts always give the same answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from assistance.routing import age, industry, keywords, need, place, premises, size
from assistance.routing.facts import Evidence, Facts, Suggestion

Rule = Callable[[Facts], Iterable[Evidence]]
RULES: tuple[Rule, ...] = (
    keywords.weigh,
    need.weigh,
    industry.weigh,
    premises.weigh,
    size.weigh,
    age.weigh,
    place.weigh,
)

ENOUGH = 2.0
SHARE_OF_BEST = 0.3
AT_MOST = 4
MOST_REASONS = 5


def _judge(system_code: str, evidence: list[Evidence]) -> Suggestion | None:
    if not any(item.weight > 0 and not item.is_support for item in evidence):
        return None
    score = round(sum(item.weight for item in evidence), 2)
    telling = sorted((item for item in evidence if item.weight > 0), key=lambda item: -item.weight)
    reasons = tuple(item.reason for item in telling[:MOST_REASONS])
    return Suggestion(system_code, score, reasons) if score >= ENOUGH else None


def suggest(facts: Facts) -> list[Suggestion]:
    """Ranks the guidance systems that fit, the best first, each with its reasons.

    At most four are returned, and only those within reach of the best; an empty list means that
    a person has to choose. Ties are settled by the systems' codes.
    """
    by_system: dict[str, list[Evidence]] = defaultdict(list)
    for rule in RULES:
        for item in rule(facts):
            by_system[item.system_code].append(item)
    judged = (_judge(code, evidence) for code, evidence in by_system.items())
    ranked = sorted((one for one in judged if one), key=lambda one: (-one.score, one.system_code))
    return [one for one in ranked if one.score >= ranked[0].score * SHARE_OF_BEST][:AT_MOST]
