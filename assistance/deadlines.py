"""Which date comes next for an agency, in working days of the official calendar."""

from dataclasses import dataclass
from datetime import date

from assistance.states import DueKind
from foundation.working_days import add_working_days, working_days_between


@dataclass(frozen=True)
class Promise:
    """Working days promised by a guidance system's edition."""

    first_answer_days: int
    next_update_days: int
    resolution_days: int
    offer_days: int


# Used where a case has no main system yet: "I don't know which system" is a full path.
DEFAULT_PROMISE = Promise(
    first_answer_days=2, next_update_days=10, resolution_days=30, offer_days=3
)
# How long the SME has for papers unless the officer says otherwise.
QUESTION_DAYS = 5
# Working days in which an SME says whether she agrees to a referral, and a receiver answers it.
CONSENT_DAYS = 5
REFERRAL_ANSWER_DAYS = 3
# So many who did not take it, and a duty officer decides what comes next.
REFERRAL_ATTEMPTS = 3
CLOSE_AFTER_DAYS = 14
REOPEN_WITHIN_DAYS = 14


@dataclass(frozen=True)
class Due:
    on: date
    kind: DueKind


def at_submission(promise: Promise, today: date) -> Due:
    """Return the first date: somebody has answered in person."""
    return Due(add_working_days(today, promise.first_answer_days), DueKind.FIRST_ANSWER)


def after_contact(promise: Promise, today: date, resolution_due_on: date | None) -> Due:
    """Return the date after an agency has spoken: the next update, or the answer if sooner."""
    update_on = add_working_days(today, promise.next_update_days)
    if resolution_due_on is not None and resolution_due_on <= update_on:
        return Due(resolution_due_on, DueKind.RESOLUTION)
    return Due(update_on, DueKind.NEXT_UPDATE)


def days_left(due_on: date | None, today: date) -> int | None:
    """Return working days until `due_on`, negative when it has passed."""
    if due_on is None:
        return None
    return working_days_between(today, due_on)


def resumed(left: int | None, today: date) -> date | None:
    """Return the date that leaves as many working days as there were when time stopped."""
    return None if left is None else add_working_days(today, left)
