"""One act on many cases: each succeeds or fails by itself, and every failure is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise

from assistance.models import Case
from assistance.services import triage
from foundation.errors import DomainError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case; `problem` is empty where the act was done."""

    case_id: int
    problem: str | Promise = ""

    @property
    def is_done(self) -> bool:
        return not self.problem


@transaction.atomic
def assign(*, case_ids: Sequence[int], to_id: int, by_id: int, note: str = "") -> list[Outcome]:
    """Give cases to one officer; a note is kept in each of them."""

    def give(case_id: int) -> None:
        triage.assign(case_id=case_id, to_id=to_id, by_id=by_id, note=note)

    return _each(case_ids, give)


@transaction.atomic
def claim(*, case_ids: Sequence[int], officer_id: int) -> list[Outcome]:
    """Take cases; those that somebody else has taken meanwhile stay with him or her."""

    def take(case_id: int) -> None:
        triage.claim(case_id=case_id, officer_id=officer_id)

    return _each(case_ids, take)


def each(case_ids: Sequence[int], act: Callable[[int], object]) -> list[Outcome]:
    """Do an act, a transaction of its own, on each case; what was refused is told."""
    return [_one(case_id, act) for case_id in dict.fromkeys(case_ids)]


def _each(case_ids: Sequence[int], act: Callable[[int], None]) -> list[Outcome]:
    # In the order of their ids, so that two people with the same selection cannot deadlock.
    return [_one(case_id, act) for case_id in sorted(set(case_ids))]


def _one(case_id: int, act: Callable[[int], object]) -> Outcome:
    try:
        with transaction.atomic():
            act(case_id)
    except DomainError as refusal:
        return Outcome(case_id, refusal.message)
    except Case.DoesNotExist:
        return Outcome(case_id, DomainError.message)
    return Outcome(case_id)
