"""What matching may know of a referral and of those who could take it, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

_EARTH_KM = 6371.0


class Kind(StrEnum):
    ORGANISATION = "organisation"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees; districts stand for the addresses in them."""

    latitude: float
    longitude: float

    def km_to(self, other: Point) -> float:
        """Great-circle distance in kilometres (haversine)."""
        a, b = radians(self.latitude), radians(other.latitude)
        half = sin((b - a) / 2) ** 2
        turn = sin(radians(other.longitude - self.longitude) / 2) ** 2
        return 2 * _EARTH_KM * asin(sqrt(half + cos(a) * cos(b) * turn))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a referral asks for. district: the Chinese name within the county; "" = not known."""

    topic: str
    on: date
    county: str = ""
    district: str = ""
    point: Point | None = None
    language: str = "zh-hant"
    business_number: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """How referrals of the last year went: asked, accepted, and hours until the answer (median)."""

    asked: int = 0
    accepted: int = 0
    answer_hours: float | None = None


NO_RECORD = Record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One who might take the referral.

    free: places left this month; None where none are counted. serves_districts: "county/name".
    excepted: counties and "county/name" districts it leaves out. away_until: last day of a leave
    that covers today. conflicts: business numbers with which there is a conflict of interest.
    is_stale: not confirmed within six months. has_answered: was asked for this very thing before.
    """

    kind: Kind
    pk: int
    name: str = ""
    topics: frozenset[str] = frozenset()
    serves_counties: frozenset[str] = frozenset()
    serves_districts: frozenset[str] = frozenset()
    serves_everywhere: bool = False
    excepted: frozenset[str] = frozenset()
    points: tuple[Point, ...] = ()
    languages: frozenset[str] = frozenset()
    free: int | None = None
    away_until: date | None = None
    conflicts: frozenset[str] = frozenset()
    can_be_reached: bool = True
    is_stale: bool = False
    has_answered: bool = False
    record: Record = NO_RECORD
    last_asked_at: datetime | None = None

    @property
    def key(self) -> tuple[str, int]:
        return self.kind.value, self.pk


@dataclass(frozen=True, slots=True)
class Said:
    """A reason: a code and its parameters, worded in a language only when shown."""

    code: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranked:
    candidate: Candidate
    score: int
    reasons: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class RuledOut:
    candidate: Candidate
    reasons: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best first; and who was ruled out, those who came closest first."""

    fitting: tuple[Ranked, ...] = ()
    ruled_out: tuple[RuledOut, ...] = ()

    @property
    def best(self) -> Candidate | None:
        return self.fitting[0].candidate if self.fitting else None
