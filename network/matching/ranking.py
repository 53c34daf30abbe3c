"""Puts candidates in order: bars first, then points; equal ones take turns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from network.matching.barring import BARS
from network.matching.facts import Candidate, Ranked, Ranking, RuledOut, Said, Wanted
from network.matching.weighing import WEIGHTS

_NEVER = datetime.min.replace(tzinfo=UTC)


def rank(wanted: Wanted, candidates: Iterable[Candidate]) -> Ranking:
    """Rank those who can take a referral, and say of the others why not.

    The same facts always give the same order. Of two with equal points the one who was asked
    longest ago comes first, whoever was never asked before both.
    """
    fitting: list[Ranked] = []
    ruled_out: list[RuledOut] = []
    for one in candidates:
        bars = tuple(said for bar in BARS if (said := bar(wanted, one)))
        if bars:
            ruled_out.append(RuledOut(one, bars))
        else:
            fitting.append(_weighed(wanted, one))
    fitting.sort(key=_order)
    ruled_out.sort(key=lambda out: (len(out.reasons), out.candidate.key))
    return Ranking(tuple(fitting), tuple(ruled_out))


def _weighed(wanted: Wanted, one: Candidate) -> Ranked:
    found = [hit for weight in WEIGHTS if (hit := weight(wanted, one))]
    reasons = (Said("topic"), *(said for _points, said in found))
    return Ranked(one, sum(points for points, _said in found), reasons)


def _order(ranked: Ranked) -> tuple[int, datetime, tuple[str, int]]:
    one = ranked.candidate
    return -ranked.score, one.last_asked_at or _NEVER, one.key
