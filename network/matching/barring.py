"""Why somebody cannot take a referral at all. Each rule says so or is silent."""

from __future__ import annotations

from collections.abc import Callable

from network.matching.facts import Candidate, Said, Wanted

Bar = Callable[[Wanted, Candidate], Said | None]


def topic(wanted: Wanted, one: Candidate) -> Said | None:
    return None if wanted.topic in one.topics else Said("other_topic")


def area(wanted: Wanted, one: Candidate) -> Said | None:
    """Without a known place everyone may do; the officer sees the area and decides."""
    here = f"{wanted.county}/{wanted.district}"
    if one.excepted & {wanted.county, here}:
        return Said("other_area")
    if not wanted.county or one.serves_everywhere or wanted.county in one.serves_counties:
        return None
    if here in one.serves_districts:
        return None
    partly = any(name.startswith(f"{wanted.county}/") for name in one.serves_districts)
    if partly and not wanted.district:
        return None
    return Said("other_districts" if partly else "other_area")


def capacity(wanted: Wanted, one: Candidate) -> Said | None:
    return Said("full") if one.free is not None and one.free <= 0 else None


def leave(wanted: Wanted, one: Candidate) -> Said | None:
    if one.away_until is None or one.away_until < wanted.on:
        return None
    return Said("away", {"until": one.away_until})


def conflict(wanted: Wanted, one: Candidate) -> Said | None:
    named = wanted.business_number and wanted.business_number in one.conflicts
    return Said("conflict") if named else None


def reach(wanted: Wanted, one: Candidate) -> Said | None:
    return None if one.can_be_reached else Said("no_contact")


def asked_before(wanted: Wanted, one: Candidate) -> Said | None:
    return Said("asked_before") if one.has_answered else None


BARS: tuple[Bar, ...] = (topic, area, conflict, asked_before, leave, capacity, reach)
