"""Deciding on applications: a first review, then an appointment by another person."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.references import next_reference
from ledger.recording import record
from network.models import (
    MonthlyCapacity,
    Volunteer,
    VolunteerApplication,
    VolunteerTerm,
    VolunteerTraining,
    VolunteerWindow,
)
from network.models.volunteer_profile import PROFILE_FIELDS
from network.services.capacity import Holder, set_places
from network.volunteer_errors import (
    AlreadyAppointedError,
    OwnApplicationError,
    SameReviewerError,
    TermOverError,
    WindowNotOpenError,
)
from network.volunteer_events import VolunteerEvent
from network.volunteer_states import ApplicationState, Training


@transaction.atomic
def review(*, application_id: int, by_id: int) -> VolunteerApplication:
    """Pass an application on to the second review.

    Raises OwnApplicationError, WindowNotOpenError, MoveNotAllowedError.
    """
    application = _locked(application_id, by_id)
    application.move_to(ApplicationState.REVIEWED)
    _sign_first(application, by_id)
    application.save(update_fields=["state", "first_reviewer", "first_reviewed_at"])
    _record(VolunteerEvent.REVIEWED, application, by_id)
    return application


@transaction.atomic
def appoint(*, application_id: int, by_id: int) -> VolunteerTerm:
    """Pass the second review: the person is appointed for the term of the round.

    Raises OwnApplicationError, SameReviewerError, WindowNotOpenError, TermOverError,
    AlreadyAppointedError, MoveNotAllowedError.
    """
    application = _locked(application_id, by_id)
    application.move_to(ApplicationState.APPOINTED)
    _sign_second(application, by_id)
    application.save(update_fields=["state", "second_reviewer", "second_reviewed_at"])
    volunteer = _enlist(application)
    term = give_term(
        volunteer, _first_day(application.window), application.window.term_ends_on, application
    )
    VolunteerTraining.objects.get_or_create(
        volunteer=volunteer,
        kind=Training.BASIC,
        certificate=application.basic_certificate,
        defaults={"held_on": application.basic_trained_on, "seen_by_id": by_id},
    )
    if not MonthlyCapacity.objects.of_volunteer(volunteer.pk).filter(month=None).exists():
        holder = Holder(volunteer_id=volunteer.pk)
        set_places(holder=holder, month=None, places=application.places, actor_id=by_id)
    _record(VolunteerEvent.APPOINTED, application, by_id, volunteer=volunteer.pk, term=term.pk)
    return term


@transaction.atomic
def refuse(*, application_id: int, by_id: int, reason: str) -> VolunteerApplication:
    """Decline an application in either review; the applicant reads the reason.

    Raises OwnApplicationError, SameReviewerError, WindowNotOpenError, MoveNotAllowedError.
    """
    application = _locked(application_id, by_id)
    is_second = application.state == ApplicationState.REVIEWED
    application.move_to(ApplicationState.REFUSED)
    if is_second:
        _sign_second(application, by_id)
    else:
        _sign_first(application, by_id)
    application.refusal_reason = reason
    application.save()
    _record(VolunteerEvent.REFUSED, application, by_id)
    return application


def give_term(
    volunteer: Volunteer,
    first: date,
    last: date,
    application: VolunteerApplication | None = None,
) -> VolunteerTerm:
    """A term under a number of its own; inside a transaction. Raises AlreadyAppointedError."""
    Volunteer.objects.locked().get(pk=volunteer.pk)
    terms = VolunteerTerm.objects.filter(volunteer=volunteer)
    if terms.overlapping(first, last).exists():
        raise AlreadyAppointedError
    return VolunteerTerm.objects.create(
        volunteer=volunteer,
        application=application,
        number=next_reference("V", timezone.localdate()),
        starts_on=first,
        ends_on=last,
    )


def _locked(application_id: int, by_id: int) -> VolunteerApplication:
    application = VolunteerApplication.objects.locked().get(pk=application_id)
    if application.user_id == by_id:
        raise OwnApplicationError
    if timezone.localdate() < application.window.opens_on:
        raise WindowNotOpenError
    return application


def _sign_first(application: VolunteerApplication, by_id: int) -> None:
    application.first_reviewer_id, application.first_reviewed_at = by_id, timezone.now()


def _sign_second(application: VolunteerApplication, by_id: int) -> None:
    if application.first_reviewer_id == by_id:
        raise SameReviewerError
    application.second_reviewer_id, application.second_reviewed_at = by_id, timezone.now()


def _first_day(window: VolunteerWindow) -> date:
    """The term begins with the round's own day, or today where that has passed."""
    today = timezone.localdate()
    if window.term_ends_on <= today:
        raise TermOverError
    return max(window.term_starts_on, today)


def _enlist(application: VolunteerApplication) -> Volunteer:
    """The person's own row, brought up to what the application says."""
    said = {name: getattr(application, name) for name in PROFILE_FIELDS}
    volunteer, _is_new = Volunteer.objects.update_or_create(
        user_id=application.user_id, defaults=said
    )
    return volunteer


def _record(
    event: VolunteerEvent, application: VolunteerApplication, by_id: int, **facts: Any
) -> None:
    named = {"user_id": application.user_id, **facts}
    record(event, subject=application, actor_id=by_id, facts=named)
