"""Who can take a referral: candidates ranked with their reasons, the others with why not. Pure."""

from network.matching.facts import (
    NO_RECORD,
    Candidate,
    Kind,
    Point,
    Ranked,
    Ranking,
    Record,
    RuledOut,
    Said,
    Wanted,
)
from network.matching.ranking import rank

__all__ = [
    "NO_RECORD",
    "Candidate",
    "Kind",
    "Point",
    "Ranked",
    "Ranking",
    "Record",
    "RuledOut",
    "Said",
    "Wanted",
    "rank",
]
