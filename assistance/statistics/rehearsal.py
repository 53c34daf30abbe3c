"""What turning a routing rule on, or ending it, would have done with last quarter's cases. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from assistance.models import Case, RuleVersion
from assistance.placing import Ground, facts_of, ground_today, one, systems_of
from assistance.states import RuleState
from foundation.quarters import Quarter

MOST_CASES = 5_000
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Move:
    """One system of a case that would go to another agency; None where nobody answers for it."""

    reference: str
    submitted_at: dt.datetime
    county: str
    system: str
    from_agency_id: int | None
    to_agency_id: int | None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`cases`: how many were looked at, the newest first; `has_more`: there were others."""

    quarter: Quarter
    cases: int
    has_more: bool
    moved_cases: int
    moves: tuple[Move, ...]
    is_cut: bool


def rehearse(version: RuleVersion, today: dt.date) -> Rehearsal:
    """Place the cases of the quarter before `today` by today's rules, and again with the change.

    The change is a draft that is turned on, or a version in force that ends. Both times by the
    rules as they are now, so that only what the change does is seen. The
    `MOST_CASES` newest cases are looked at, and `MOST_SHOWN` moves listed.
    """
    quarter = Quarter.of(today).previous
    cases = _cases(quarter)
    looked_at = cases[:MOST_CASES]
    now = ground_today()
    moves = list(_moves(looked_at, now, _changed(now, version)))
    return Rehearsal(
        quarter=quarter,
        cases=len(looked_at),
        has_more=len(cases) > MOST_CASES,
        moved_cases=len({move.reference for move in moves}),
        moves=tuple(moves[:MOST_SHOWN]),
        is_cut=len(moves) > MOST_SHOWN,
    )


def _cases(quarter: Quarter) -> list[Case]:
    of_quarter = Case.objects.filter(
        submitted_at__gte=quarter.starts_at, submitted_at__lt=quarter.ends_at
    )
    fetched = of_quarter.select_related("enterprise", "main_system", "routing_outcome")
    newest = fetched.prefetch_related("wanted_systems").defer("search")
    return list(newest.order_by("-submitted_at", "-pk")[: MOST_CASES + 1])


def _changed(now: Ground, version: RuleVersion) -> Ground:
    if version.state == RuleState.DRAFT:
        return now.with_draft(version.as_unit_rule())
    return now.without(version.rule_id)


def _moves(cases: list[Case], now: Ground, then: Ground) -> Iterator[Move]:
    for case in cases:
        facts = facts_of(case)
        for system in systems_of(case):
            before, after = one(facts, system, now), one(facts, system, then)
            if before.agency_id != after.agency_id:
                yield Move(
                    reference=case.reference,
                    submitted_at=case.submitted_at,
                    county=facts.county,
                    system=system,
                    from_agency_id=before.agency_id,
                    to_agency_id=after.agency_id,
                )
