"""Terms and trainings: what is put on record, what ends, and who is reminded."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from ledger.recording import record
from network.models import Volunteer, VolunteerApplication, VolunteerTerm, VolunteerTraining
from network.volunteer_errors import TermEndedError, TrainingInFutureError, TrainingKnownError
from network.volunteer_events import VolunteerEvent
from network.volunteer_states import Training

REMINDED_BEFORE = timedelta(days=60)


@transaction.atomic
def record_training(
    *, volunteer_id: int, kind: Training, held_on: date, certificate: str, by_id: int
) -> VolunteerTraining:
    """Put a training on record whose certificate was seen.

    Raises TrainingInFutureError, TrainingKnownError.
    """
    volunteer = Volunteer.objects.locked().get(pk=volunteer_id)
    if held_on > timezone.localdate():
        raise TrainingInFutureError
    known = VolunteerTraining.objects.filter(
        volunteer=volunteer, kind=kind, certificate=certificate
    )
    if known.exists():
        raise TrainingKnownError
    training = VolunteerTraining.objects.create(
        volunteer=volunteer, kind=kind, held_on=held_on, certificate=certificate, seen_by_id=by_id
    )
    facts = {"user_id": volunteer.user_id, "kind": str(kind)}
    record(VolunteerEvent.TRAINED, subject=training, actor_id=by_id, stream=volunteer, facts=facts)
    return training


@transaction.atomic
def end_term(*, term_id: int, by_id: int, reason: str) -> VolunteerTerm:
    """End a term before its last day. Raises TermEndedError."""
    term = VolunteerTerm.objects.locked().select_related("volunteer").get(pk=term_id)
    if term.ended_at or term.ends_on < timezone.localdate():
        raise TermEndedError
    term.ended_at, term.ended_by_id, term.end_reason = timezone.now(), by_id, reason
    term.save(update_fields=["ended_at", "ended_by", "end_reason"])
    facts = {"user_id": term.volunteer.user_id, "term": term.pk}
    record(
        VolunteerEvent.TERM_ENDED,
        subject=term,
        actor_id=by_id,
        stream=term.volunteer,
        facts=facts,
    )
    return term


def remind_all(today: date) -> int:
    """Remind everyone whose term ends soon and who has not applied again; says how many."""
    soon = VolunteerTerm.objects.standing().filter(
        ends_on__gte=today, ends_on__lte=today + REMINDED_BEFORE, reminded_at=None
    )
    return sum(remind(term_id=pk) for pk in soon.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def remind(*, term_id: int) -> bool:
    """Record once that a term ends soon; False where the person has looked after that."""
    term = VolunteerTerm.objects.locked().select_related("volunteer").get(pk=term_id)
    if term.reminded_at or term.ended_at:
        return False
    user_id = term.volunteer.user_id
    applied = VolunteerApplication.objects.of(user_id).open().exists()
    follows = VolunteerTerm.objects.standing().filter(
        volunteer=term.volunteer, starts_on__gt=term.ends_on
    )
    if applied or follows.exists():
        return False
    term.reminded_at = timezone.now()
    term.save(update_fields=["reminded_at"])
    facts = {"user_id": user_id, "ends_on": term.ends_on.isoformat()}
    record(
        VolunteerEvent.TERM_ENDING,
        subject=term,
        actor_id=None,
        stream=term.volunteer,
        facts=facts,
    )
    return True
