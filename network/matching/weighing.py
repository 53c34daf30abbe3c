"""What speaks for somebody, in points. Coarse on purpose: who is about equal takes turns."""

from __future__ import annotations

from collections.abc import Callable

from network.matching.facts import Candidate, Said, Wanted

Weight = Callable[[Wanted, Candidate], tuple[int, Said] | None]

# (up to km, points)
_DISTANCES = ((10, 15), (30, 10), (60, 5))
# Fewer answers say nothing yet.
FEWEST_ANSWERS = 3
_GOOD_SHARE, _FAIR_SHARE = 0.8, 0.5
_QUICK_HOURS, _FAIR_HOURS = 24, 48
_MANY_PLACES = 3


def area(wanted: Wanted, one: Candidate) -> tuple[int, Said] | None:
    if not wanted.county:
        return None
    district = f"{wanted.county}/{wanted.district}"
    if wanted.district and district in one.serves_districts:
        return 30, Said("serves_district", {"county": wanted.county, "district": wanted.district})
    if wanted.county in one.serves_counties:
        return 25, Said("serves_county", {"county": wanted.county})
    return (10, Said("serves_everywhere")) if one.serves_everywhere else None


def distance(wanted: Wanted, one: Candidate) -> tuple[int, Said] | None:
    if wanted.point is None or not one.points:
        return None
    km = min(wanted.point.km_to(point) for point in one.points)
    points = next((points for most, points in _DISTANCES if km <= most), 0)
    return points, Said("distance", {"km": round(km)})


def language(wanted: Wanted, one: Candidate) -> tuple[int, Said] | None:
    """Everyone in the network works in Chinese; what matters is another language."""
    if wanted.language.startswith("zh"):
        return None
    if wanted.language in one.languages:
        return 15, Said("speaks", {"language": wanted.language})
    return -15, Said("speaks_not", {"language": wanted.language})


def capacity(wanted: Wanted, one: Candidate) -> tuple[int, Said] | None:
    if one.free is None:
        return None
    return (4 if one.free >= _MANY_PLACES else 2), Said("free", {"n": one.free})


def acceptance(wanted: Wanted, one: Candidate) -> tuple[int, Said] | None:
    """Withheld until there are enough answers, so that newcomers are not behind for ever."""
    record = one.record
    if record.asked < FEWEST_ANSWERS:
        return 5, Said("new", {"n": record.asked})
    share = record.accepted / record.asked
    points = 10 if share >= _GOOD_SHARE else 5 if share >= _FAIR_SHARE else 0
    return points, Said("accepted", {"n": record.accepted, "of": record.asked})


def speed(wanted: Wanted, one: Candidate) -> tuple[int, Said] | None:
    hours = one.record.answer_hours
    if hours is None or one.record.asked < FEWEST_ANSWERS:
        return 3, Said("speed_unknown")
    points = 5 if hours <= _QUICK_HOURS else 3 if hours <= _FAIR_HOURS else 0
    return points, Said("answers_in", {"hours": max(1, round(hours))})


def freshness(wanted: Wanted, one: Candidate) -> tuple[int, Said] | None:
    return (-10, Said("stale")) if one.is_stale else None


WEIGHTS: tuple[Weight, ...] = (area, distance, language, capacity, acceptance, speed, freshness)
