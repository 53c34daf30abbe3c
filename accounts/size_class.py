"""How large an enterprise is in the eyes of the law, and why.

Standards for Identifying Small and Medium-sized Enterprises, articles 2 and 3: a lawfully
registered company, business or limited partnership is an SME when its paid-in capital is not
above the limit **or** it employs fewer regular staff than the limit; an SME with fewer than the
small-scale number of regular staff is a small-scale enterprise. What is not known is said to be
unknown, together with the question that would settle it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

LAWFUL_KINDS = frozenset({"company", "business", "limited_partnership"})


class SizeClass(StrEnum):
    SME = "sme"
    SMALL_SCALE = "small_scale"
    NOT_SME = "not_sme"
    UNKNOWN = "unknown"


class Datum(StrEnum):
    REGISTRATION_KIND = "registration_kind"
    PAID_IN_CAPITAL = "paid_in_capital"
    REGULAR_STAFF = "regular_staff"
    SMALL_SCALE = "small_scale"
    THRESHOLD = "threshold"


class Finding(StrEnum):
    """What one datum says. `MISSING` means that nobody has told us."""

    MET = "met"
    NOT_MET = "not_met"
    MISSING = "missing"


class Threshold(Protocol):
    """The dated limits; `accounts.models.SizeThreshold` is one."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def capital_max(self) -> int: ...
    @property
    def staff_max(self) -> int: ...
    @property
    def small_scale_staff(self) -> int: ...
    @property
    def article(self) -> str: ...


@dataclass(frozen=True)
class Facts:
    """What is known: kind of registration, NT$ of paid-in capital, regular employees."""

    registration_kind: str = ""
    paid_in_capital: int | None = None
    regular_staff: int | None = None


@dataclass(frozen=True)
class Reason:
    datum: Datum
    finding: Finding
    value: int | str | None
    limit: int | None
    article: str


@dataclass(frozen=True)
class Classification:
    """The class as of a day, each reason for it, and what would have to be asked to know more."""

    size: SizeClass
    as_of: date
    reasons: tuple[Reason, ...]
    questions: tuple[Datum, ...] = ()

    @property
    def is_sme(self) -> bool:
        return self.size in {SizeClass.SME, SizeClass.SMALL_SCALE}


def classify(facts: Facts, thresholds: Sequence[Threshold], as_of: date) -> Classification:
    """The size class of an enterprise on a day, under the limits in force on that day."""
    limits = _in_force(thresholds, as_of)
    if limits is None:
        reason = Reason(Datum.THRESHOLD, Finding.MISSING, None, None, "")
        return Classification(SizeClass.UNKNOWN, as_of, (reason,))
    kind = _kind(facts, limits)
    capital = _capital(facts, limits)
    staff = _staff(facts, limits)
    size = _size(kind.finding, {capital.finding, staff.finding})
    reasons = [kind, capital, staff]
    if size is SizeClass.SME:
        small = _small_scale(facts, limits)
        reasons.append(small)
        if small.finding is Finding.MET:
            size = SizeClass.SMALL_SCALE
    return Classification(size, as_of, tuple(reasons), _questions(size, kind, capital, staff))


def _in_force(thresholds: Sequence[Threshold], day: date) -> Threshold | None:
    for limits in thresholds:
        if limits.valid_from <= day and (limits.valid_to is None or day <= limits.valid_to):
            return limits
    return None


def _size(kind: Finding, either: set[Finding]) -> SizeClass:
    if kind is Finding.NOT_MET:
        return SizeClass.NOT_SME
    if Finding.MET in either:
        return SizeClass.SME if kind is Finding.MET else SizeClass.UNKNOWN
    return SizeClass.UNKNOWN if Finding.MISSING in either else SizeClass.NOT_SME


def _kind(facts: Facts, limits: Threshold) -> Reason:
    if not facts.registration_kind:
        finding = Finding.MISSING
    else:
        lawful = facts.registration_kind in LAWFUL_KINDS
        finding = Finding.MET if lawful else Finding.NOT_MET
    return Reason(
        Datum.REGISTRATION_KIND, finding, facts.registration_kind or None, None, limits.article
    )


def _capital(facts: Facts, limits: Threshold) -> Reason:
    value = facts.paid_in_capital
    met = value is not None and value <= limits.capital_max
    finding = Finding.MISSING if value is None else _met(met=met)
    return Reason(Datum.PAID_IN_CAPITAL, finding, value, limits.capital_max, limits.article)


def _staff(facts: Facts, limits: Threshold) -> Reason:
    value = facts.regular_staff
    met = value is not None and value < limits.staff_max
    finding = Finding.MISSING if value is None else _met(met=met)
    return Reason(Datum.REGULAR_STAFF, finding, value, limits.staff_max, limits.article)


def _small_scale(facts: Facts, limits: Threshold) -> Reason:
    value = facts.regular_staff
    met = value is not None and value < limits.small_scale_staff
    finding = Finding.MISSING if value is None else _met(met=met)
    return Reason(Datum.SMALL_SCALE, finding, value, limits.small_scale_staff, limits.article)


def _met(*, met: bool) -> Finding:
    return Finding.MET if met else Finding.NOT_MET


def _questions(size: SizeClass, *reasons: Reason) -> tuple[Datum, ...]:
    """What to ask: everything missing while the class is unknown; the staff of an SME."""
    missing = tuple(reason.datum for reason in reasons if reason.finding is Finding.MISSING)
    if size is SizeClass.UNKNOWN:
        return missing
    if size is SizeClass.SME:
        return tuple(datum for datum in missing if datum is Datum.REGULAR_STAFF)
    return ()
