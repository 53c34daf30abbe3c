"""How a volunteer stands on a day, and what her service record adds up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from network.models import ServiceHours, Volunteer, VolunteerTerm, VolunteerTraining
from network.volunteer_states import HoursKind, Standing, Training

# Volunteer Service Act, article 20: who has served so long may ask for the honour card.
HONOUR_MINUTES = 300 * 60
HONOUR_YEARS = 3


@dataclass(frozen=True, slots=True)
class Record:
    """All that a service record shows."""

    standing: Standing
    terms: list[VolunteerTerm]
    trainings: list[VolunteerTraining]
    term: VolunteerTerm | None
    minutes: int
    by_kind: list[tuple[str, int]]
    is_honoured: bool


def standing_of(
    terms: Iterable[VolunteerTerm], trainings: Iterable[VolunteerTraining], day: date
) -> Standing:
    """Serving, still to be trained, over, or not appointed yet."""
    held = list(terms)
    if any(term.covers(day) for term in held):
        trained = any(training.kind == Training.SPECIAL for training in trainings)
        return Standing.SERVING if trained else Standing.TO_TRAIN
    is_over = any(term.ended_at or term.ends_on < day for term in held)
    return Standing.OVER if is_over else Standing.NONE


def record_of(volunteer: Volunteer, day: date) -> Record:
    """The service record, read in three queries."""
    terms = list(VolunteerTerm.objects.filter(volunteer=volunteer).newest_first())
    trainings = list(
        VolunteerTraining.objects.filter(volunteer=volunteer).order_by("held_on", "pk")
    )
    given = ServiceHours.objects.filter(volunteer=volunteer).confirmed()
    minutes: dict[str, int] = {}
    for kind, some in given.values_list("kind", "minutes"):
        minutes[kind] = minutes.get(kind, 0) + some
    total = sum(minutes.values())
    return Record(
        standing=standing_of(terms, trainings, day),
        terms=terms,
        trainings=trainings,
        term=next((term for term in terms if term.covers(day)), None),
        minutes=total,
        by_kind=[(str(k.label), minutes[k.value]) for k in HoursKind if k.value in minutes],
        is_honoured=total >= HONOUR_MINUTES and _days(terms, day) >= HONOUR_YEARS * 365,
    )


def _days(terms: Iterable[VolunteerTerm], day: date) -> int:
    """The days served up to a day; terms never overlap."""
    served = 0
    for term in terms:
        last = min(term.ends_on, day)
        if term.ended_at is not None:
            last = min(last, timezone.localdate(term.ended_at))
        served += max((last - term.starts_on).days + 1, 0)
    return served
