"""Which agency the routing rules name for the systems of a case; reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.utils import timezone

from accounts.models import Agency
from assistance.models import Case, RuleVersion, SystemAgency
from assistance.routing import Facts
from assistance.routing.units import Placement, UnitRule, place


@dataclass(frozen=True, slots=True)
class Ground:
    """What placing stands on today: the rules, each system's own agencies, the agencies in force."""

    rules: tuple[UnitRule, ...]
    own: dict[str, list[int]]
    open_to: frozenset[int]

    def with_draft(self, draft: UnitRule) -> Self:
        """The same with a draft in the place of the version of its rule that is in force."""
        others = tuple(rule for rule in self.rules if rule.number != draft.number)
        return replace(self, rules=(*others, draft))

    def without(self, number: int) -> Self:
        """The same as if a rule were no longer in force."""
        others = tuple(rule for rule in self.rules if rule.number != number)
        return replace(self, rules=others)


def ground_today() -> Ground:
    """Three queries, however many cases are placed on it."""
    versions = RuleVersion.objects.in_force().select_related("system")
    own: dict[str, list[int]] = defaultdict(list)
    terms = SystemAgency.objects.current().in_order()
    for code, agency_id in terms.values_list("system__code", "agency_id"):
        own[code].append(agency_id)
    return Ground(
        rules=tuple(version.as_unit_rule() for version in versions),
        own=dict(own),
        open_to=frozenset(Agency.objects.on(timezone.localdate()).values_list("pk", flat=True)),
    )


def systems_of(case: Case) -> list[str]:
    """The systems a split begins with: those the SME wants, else the best suggestion."""
    outcome = getattr(case, "routing_outcome", None)
    wanted = [system.code for system in case.wanted_systems.all()]
    if case.main_system is not None:
        wanted.append(case.main_system.code)
    suggested = outcome.suggested[:1] if outcome else []
    wanted += [one["system"] if isinstance(one, dict) else one for one in suggested]
    return list(dict.fromkeys(wanted))


def placements(case: Case, ground: Ground) -> list[Placement]:
    """Place each system of a case. Fetch enterprise, main system and outcome with it."""
    facts = facts_of(case)
    return [one(facts, code, ground) for code in systems_of(case)]


def one(facts: Facts, system: str, ground: Ground) -> Placement:
    own: Sequence[int] = ground.own.get(system, ())
    return place(facts, system, ground.rules, own, open_to=ground.open_to)


def facts_of(case: Case) -> Facts:
    enterprise = case.enterprise
    return Facts(
        text=f"{case.subject}\n{case.description}\n{case.hoped_for}",
        industry=case.industry or (enterprise.industry if enterprise else ""),
        county=case.county or (enterprise.county if enterprise else ""),
        regular_staff=enterprise.regular_staff if enterprise else None,
    )
