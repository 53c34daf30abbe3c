"""Applying to become one of the honorary guidance personnel, or for another term."""

import uuid
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.idempotency import once
from ledger.recording import record
from network.models import (
    Volunteer,
    VolunteerApplication,
    VolunteerTerm,
    VolunteerTraining,
    VolunteerWindow,
)
from network.volunteer_errors import (
    AlreadyAppliedError,
    AlreadyAppointedError,
    NoWindowError,
    TrainingMissingError,
)
from network.volunteer_events import VolunteerEvent
from network.volunteer_states import ApplicationState, Training


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What an applicant says."""

    name: str
    county: str
    specialties: list[str]
    languages: list[str]
    qualification: str
    experience: str
    basic_certificate: str
    basic_trained_on: date
    places: int
    title: str = ""
    phone: str = ""
    more_counties: list[str] = field(default_factory=list)
    districts: tuple[str, ...] = ()
    introduction: str = ""


@transaction.atomic
def apply(*, key: uuid.UUID, user_id: int, stated: Stated) -> VolunteerApplication:
    """Take an application in for the round of today, or the next one where that is over.

    Raises AlreadyAppliedError, NoWindowError, AlreadyAppointedError, TrainingMissingError. Sent
    twice under one key, it is taken in once.
    """

    def do() -> VolunteerApplication:
        User.objects.locked().get(pk=user_id)
        if VolunteerApplication.objects.of(user_id).open().exists():
            raise AlreadyAppliedError
        window = VolunteerWindow.objects.taking_on(timezone.localdate())
        if window is None:
            raise NoWindowError
        said = asdict(stated) | {"districts": list(stated.districts)}
        application = VolunteerApplication.objects.create(
            user_id=user_id, window=window, is_renewal=_renews(user_id, window), **said
        )
        record(
            VolunteerEvent.APPLIED,
            subject=application,
            actor_id=user_id,
            facts={"user_id": user_id, "window": window.pk, "renewal": application.is_renewal},
        )
        return application

    pk, _is_new = once(key=key, act="network.volunteer_apply", by=str(user_id), do=do)
    return VolunteerApplication.objects.get(pk=pk)


@transaction.atomic
def withdraw(*, application_id: int, actor_id: int) -> VolunteerApplication:
    """Take one's application back. Raises MoveNotAllowedError once it is decided."""
    application = VolunteerApplication.objects.locked().get(pk=application_id)
    application.move_to(ApplicationState.WITHDRAWN)
    application.save(update_fields=["state"])
    record(
        VolunteerEvent.WITHDRAWN,
        subject=application,
        actor_id=actor_id,
        facts={"user_id": application.user_id},
    )
    return application


def _renews(user_id: int, window: VolunteerWindow) -> bool:
    """Whether it is for another term; then that term must be free and the training complete."""
    volunteer = Volunteer.objects.filter(user_id=user_id).first()
    if volunteer is None:
        return False
    terms = VolunteerTerm.objects.filter(volunteer=volunteer)
    if terms.overlapping(window.term_starts_on, window.term_ends_on).exists():
        raise AlreadyAppointedError
    trained = VolunteerTraining.objects.filter(volunteer=volunteer, kind=Training.SPECIAL)
    if terms.exists() and not trained.exists():
        raise TrainingMissingError
    return terms.exists()
