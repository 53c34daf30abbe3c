"""From a case's facts and the rules in force to the agency that is asked, with who was ruled out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistance.routing.facts import Facts, Reason
from foundation.sought import Sought


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRule:
    """One version of a rule: what is left empty asks for nothing. A lower `rank` is tried first."""

    number: int
    version: int
    agency_id: int
    rank: int = 100
    system: str = ""
    counties: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    staff_at_least: int | None = None
    staff_at_most: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A rule that did not apply, or an agency that was not asked, and why."""

    agency_id: int
    why: Reason
    number: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """The agency for one system of a case. Without a rule: the first that answers for the system."""

    system: str
    agency_id: int | None
    number: int | None = None
    version: int | None = None
    ruled_out: tuple[RuledOut, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As stored beside a case, so that it can be read after the rules have changed."""
        return asdict(self)


def place(
    facts: Facts,
    system: str,
    rules: Sequence[UnitRule],
    own: Sequence[int],
    *,
    open_to: Collection[int],
) -> Placement:
    """Return who is asked for one system: the first rule that fits, else the system's first agency.

    `own`: the agencies answering for the system, first one first. `open_to`: the agencies in force.
    The same facts and rules always give the same answer.
    """
    ordered = sorted(rules, key=lambda rule: (rule.rank, rule.number))
    out: list[RuledOut] = []
    fired: UnitRule | None = None
    for rule in ordered:
        why = _misses(rule, facts, system, open_to)
        if why is None and fired is not None:
            why = Reason("later_rule", {"number": str(fired.number)})
        if why is None:
            fired = rule
        elif why.code != "other_system":
            out.append(RuledOut(rule.agency_id, why, rule.number, rule.version))
    agencies = [agency for agency in own if agency in open_to]
    chosen = fired.agency_id if fired else next(iter(agencies), None)
    why = Reason("rule_names_another") if fired else Reason("not_first")
    out += [RuledOut(agency, why) for agency in agencies if agency != chosen]
    out += [RuledOut(agency, Reason("agency_closed")) for agency in own if agency not in open_to]
    return Placement(
        system=system,
        agency_id=chosen,
        number=fired.number if fired else None,
        version=fired.version if fired else None,
        ruled_out=tuple(out),
    )


def _misses(rule: UnitRule, facts: Facts, system: str, open_to: Collection[int]) -> Reason | None:
    """Return the first condition that the case does not meet."""
    return next(_missed(rule, facts, system, open_to), None)


def _missed(
    rule: UnitRule, facts: Facts, system: str, open_to: Collection[int]
) -> Iterator[Reason]:
    if rule.system and rule.system != system:
        yield Reason("other_system", {"system": rule.system})
    if rule.agency_id not in open_to:
        yield Reason("agency_closed")
    if rule.counties and facts.county not in rule.counties:
        yield Reason("other_county", {"county": facts.county})
    if rule.industries and facts.industry not in rule.industries:
        yield Reason("other_industry", {"industry": facts.industry})
    yield from _missed_size(rule, facts.regular_staff)
    if rule.words and not any(_stands_in(word, facts.text) for word in rule.words):
        yield Reason("no_word")


def _missed_size(rule: UnitRule, staff: int | None) -> Iterator[Reason]:
    if rule.staff_at_least is None and rule.staff_at_most is None:
        return
    if staff is None:
        yield Reason("staff_unknown")
    elif rule.staff_at_least is not None and staff < rule.staff_at_least:
        yield Reason("too_small", {"staff": str(rule.staff_at_least)})
    elif rule.staff_at_most is not None and staff > rule.staff_at_most:
        yield Reason("too_large", {"staff": str(rule.staff_at_most)})


def _stands_in(word: str, text: str) -> bool:
    return Sought(word, ((word,),)).is_in(text)
