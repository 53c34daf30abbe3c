"""What happens after a request was sent, with dates: three steps, from what was promised that day."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.deadlines import DEFAULT_PROMISE, Promise, at_submission
from assistance.models import Case, SystemEdition
from foundation.working_days import add_working_days

_PROMISE_FIELDS = ("first_answer_days", "next_update_days", "resolution_days", "offer_days")


@dataclass(frozen=True, slots=True)
class NextStep:
    """`by_on` is empty where it happens at once."""

    title: str
    text: str
    by_on: date | None = None


def next_steps(case: Case) -> list[NextStep]:
    """Dates count in working days from the day the request was sent."""
    day = timezone.localdate(case.submitted_at)
    promise = _promised(case.main_system_id, day)
    return [
        NextStep(
            _("A duty officer reads your request"),
            _("Your request goes to the agencies that can help. You hear who has it."),
        ),
        NextStep(
            _("Somebody answers you in person"),
            _("By phone or in your case: what we can do, and what we still need."),
            at_submission(promise, day).on,
        ),
        NextStep(
            _("You get one answer from all agencies"),
            _("Time in which we wait for you does not count."),
            add_working_days(day, promise.resolution_days),
        ),
    ]


def _promised(system_id: int | None, day: date) -> Promise:
    editions = SystemEdition.objects.on(day).filter(system_id=system_id)
    days = editions.values_list(*_PROMISE_FIELDS).first() if system_id else None
    return Promise(*days) if days else DEFAULT_PROMISE
