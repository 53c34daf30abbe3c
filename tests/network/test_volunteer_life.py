"""From an application to a term and its end: who decides, what is recorded, what is refused."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from ledger.relay import relay_due
from network.models import (
    MonthlyCapacity,
    PublicConsent,
    Volunteer,
    VolunteerApplication,
    VolunteerTerm,
    VolunteerWindow,
)
from network.services import (
    volunteer_applying,
    volunteer_reviewing,
    volunteer_rounds,
    volunteer_terms,
)
from network.services.volunteer_applying import Stated
from network.volunteer_errors import (
    AlreadyAppliedError,
    AlreadyAppointedError,
    NoWindowError,
    OwnApplicationError,
    SameReviewerError,
    TermEndedError,
    TermOverError,
    TrainingInFutureError,
    TrainingKnownError,
    TrainingMissingError,
    WindowNotOpenError,
    WindowTakenError,
)
from network.volunteer_events import VolunteerEvent
from network.volunteer_standing import record_of, standing_of
from network.volunteer_states import ApplicationState, HoursKind, Qualification, Standing, Training
from notifications.models import Message
from tests.factories.accounts import StaffMembershipFactory, UserFactory
from tests.factories.volunteers import (
    ServiceHoursFactory,
    VolunteerApplicationFactory,
    VolunteerFactory,
    VolunteerTermFactory,
    VolunteerTrainingFactory,
    VolunteerWindowFactory,
)

pytestmark = pytest.mark.django_db


def today(days: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def stated(**changes) -> Stated:
    said = {
        "name": "示範志工",
        "county": "tainan",
        "districts": ("永康區",),
        "specialties": ["financing"],
        "languages": ["zh", "nan"],
        "qualification": Qualification.MANAGER,
        "experience": "經營食品廠二十年。",
        "basic_certificate": "基訓-001",
        "basic_trained_on": dt.date(2026, 1, 10),
        "places": 4,
    }
    return Stated(**(said | changes))


def apply(user=None, **given) -> VolunteerApplication:
    return volunteer_applying.apply(
        **{"key": uuid.uuid4(), "user_id": (user or UserFactory()).pk, "stated": stated()} | given
    )


def refused(error, act, **given) -> None:
    with pytest.raises(error), transaction.atomic():
        act(**given)


class TestApplying:
    def test_it_counts_for_the_round_that_is_open_and_is_taken_in_once(self):
        now = VolunteerWindowFactory()
        VolunteerWindowFactory(
            opens_on=today(100), closes_on=today(200), term_starts_on=today(250)
        )
        person, key = UserFactory(), uuid.uuid4()

        first = apply(person, key=key)
        again = apply(person, key=key)

        assert (first.pk, first.window, first.state) == (again.pk, now, ApplicationState.SUBMITTED)
        assert Entry.objects.filter(event=VolunteerEvent.APPLIED).count() == 1

    def test_who_comes_after_the_last_day_waits_for_the_next_round(self):
        VolunteerWindowFactory(closes_on=today(-1))
        following = VolunteerWindowFactory(coming=True)

        application = apply()

        assert application.window == following
        refused(
            WindowNotOpenError,
            volunteer_reviewing.review,
            application_id=application.pk,
            by_id=UserFactory().pk,
        )

    def test_without_a_round_nothing_is_taken_in(self):
        refused(NoWindowError, apply)

    def test_one_application_at_a_time(self):
        VolunteerWindowFactory()
        person = UserFactory()
        apply(person)

        refused(AlreadyAppliedError, apply, user=person)

    def test_another_term_needs_the_special_training_and_a_free_term(self):
        window = VolunteerWindowFactory()
        volunteer = VolunteerFactory()
        VolunteerTermFactory(volunteer=volunteer, ends_on=today(30))
        refused(TrainingMissingError, apply, user=volunteer.user)
        VolunteerTrainingFactory(volunteer=volunteer)

        application = apply(volunteer.user)

        assert application.is_renewal
        VolunteerTermFactory(
            volunteer=volunteer, starts_on=window.term_starts_on, ends_on=today(400)
        )
        volunteer_applying.withdraw(application_id=application.pk, actor_id=volunteer.user_id)
        refused(AlreadyAppointedError, apply, user=volunteer.user)

    def test_it_is_taken_back_only_while_it_is_open(self):
        application = VolunteerApplicationFactory()
        given = {"application_id": application.pk, "actor_id": application.user_id}

        volunteer_applying.withdraw(**given)

        assert Entry.objects.get(event=VolunteerEvent.WITHDRAWN).actor_id == application.user_id
        refused(MoveNotAllowedError, volunteer_applying.withdraw, **given)


class TestReviewing:
    def test_two_people_appoint_for_one_term_and_nothing_is_shown_yet(self):
        application, first, second = VolunteerApplicationFactory(), UserFactory(), UserFactory()

        volunteer_reviewing.review(application_id=application.pk, by_id=first.pk)
        term = volunteer_reviewing.appoint(application_id=application.pk, by_id=second.pk)

        volunteer = Volunteer.objects.get(user=application.user)
        assert (term.starts_on, term.ends_on) == (today(60), today(425))
        assert term.number.startswith("V")
        assert volunteer.specialties == ["financing"]
        assert MonthlyCapacity.objects.get(volunteer=volunteer, month=None).places == 3
        assert volunteer.trainings.get().kind == Training.BASIC
        assert not PublicConsent.objects.exists()

    def test_the_second_review_belongs_to_somebody_else(self):
        application = VolunteerApplicationFactory(reviewed=True)
        first = application.first_reviewer_id

        for act in (volunteer_reviewing.appoint, volunteer_reviewing.refuse):
            more = {"reason": "x"} if act is volunteer_reviewing.refuse else {}
            refused(SameReviewerError, act, application_id=application.pk, by_id=first, **more)

    def test_nobody_reviews_her_own_application(self):
        application = VolunteerApplicationFactory()

        refused(
            OwnApplicationError,
            volunteer_reviewing.review,
            application_id=application.pk,
            by_id=application.user_id,
        )

    def test_an_appointment_needs_the_first_review_before_it(self):
        application = VolunteerApplicationFactory()

        refused(
            MoveNotAllowedError,
            volunteer_reviewing.appoint,
            application_id=application.pk,
            by_id=UserFactory().pk,
        )

    def test_a_term_that_is_over_is_not_given(self):
        window = VolunteerWindowFactory(
            opens_on=today(-500), closes_on=today(-450), term_starts_on=today(-400), term_ends_on=today(-1)
        )  # fmt: skip
        application = VolunteerApplicationFactory(window=window, reviewed=True)

        refused(
            TermOverError,
            volunteer_reviewing.appoint,
            application_id=application.pk,
            by_id=UserFactory().pk,
        )

    def test_the_one_who_is_declined_reads_why(self):
        application = VolunteerApplicationFactory()

        volunteer_reviewing.refuse(
            application_id=application.pk, by_id=UserFactory().pk, reason="證書已過期。"
        )

        relay_due(limit=100)
        told = Message.objects.filter(user=application.user, channel="portal").get()
        assert "證書已過期。" in told.text

    def test_each_step_tells_the_applicant_and_those_who_act_next(self):
        VolunteerWindowFactory()
        first = StaffMembershipFactory(role=Role.MANAGER).user
        second = StaffMembershipFactory(role=Role.ADMINISTRATOR).user
        person = UserFactory()

        application = apply(person)
        volunteer_reviewing.review(application_id=application.pk, by_id=first.pk)
        volunteer_reviewing.appoint(application_id=application.pk, by_id=second.pk)
        relay_due(limit=100)

        heard = Message.objects.filter(channel="portal").order_by("pk")
        told = {
            user: [m.kind for m in heard if m.user == user] for user in (person, first, second)
        }
        name = "network.volunteer_"
        assert told[person] == [
            f"{name}application_received", f"{name}first_passed", f"{name}appointed"
        ]  # fmt: skip
        assert told[first] == [f"{name}first_review"]
        assert told[second] == [f"{name}first_review", f"{name}second_review"]


class TestTerms:
    def test_a_training_is_put_on_record_once_and_not_before_it_was_held(self):
        volunteer = VolunteerFactory()
        given = {
            "volunteer_id": volunteer.pk,
            "kind": Training.SPECIAL,
            "held_on": today(-1),
            "certificate": "特訓-9",
            "by_id": UserFactory().pk,
        }

        volunteer_terms.record_training(**given)

        assert Entry.objects.get(event=VolunteerEvent.TRAINED).facts["kind"] == "special"
        refused(TrainingKnownError, volunteer_terms.record_training, **given)
        later = given | {"held_on": today(1), "certificate": "特訓-10"}
        refused(TrainingInFutureError, volunteer_terms.record_training, **later)

    def test_serving_needs_a_term_and_the_special_training(self):
        ready, untrained = VolunteerFactory(serving=True), VolunteerTermFactory().volunteer
        VolunteerFactory()

        assert set(Volunteer.objects.serving()) == {ready, untrained}
        assert set(Volunteer.objects.ready()) == {ready}
        assert not Volunteer.objects.ready(today(300)).exists()

    def test_a_term_is_ended_once_with_a_reason(self):
        term = VolunteerFactory(serving=True).terms.get()
        given = {"term_id": term.pk, "by_id": UserFactory().pk, "reason": "本人請辭。"}

        volunteer_terms.end_term(**given)

        assert not Volunteer.objects.serving().exists()
        assert Entry.objects.get(event=VolunteerEvent.TERM_ENDED).facts["term"] == term.pk
        refused(TermEndedError, volunteer_terms.end_term, **given)

    def test_who_stands_how(self):
        special = [
            VolunteerTrainingFactory.build(kind=Training.SPECIAL, volunteer=None, seen_by=None)
        ]
        term = VolunteerTerm(starts_on=today(-10), ends_on=today(10))

        assert standing_of([], [], today()) == Standing.NONE
        assert standing_of([term], [], today()) == Standing.TO_TRAIN
        assert standing_of([term], special, today()) == Standing.SERVING
        assert standing_of([term], special, today(11)) == Standing.OVER

    def test_the_reminder_goes_out_once_and_not_to_who_has_applied_again(self):
        soon = VolunteerTermFactory(ends_on=today(30))
        VolunteerTermFactory(ends_on=today(100))
        asked = VolunteerTermFactory(ends_on=today(30))
        VolunteerApplicationFactory(user=asked.volunteer.user)

        sent = [volunteer_terms.remind_all(today()) for _time in range(2)]

        assert sent == [1, 0]
        assert Entry.objects.get(event=VolunteerEvent.TERM_ENDING).subject_id == str(soon.pk)

    def test_the_record_adds_up_confirmed_hours_only(self):
        volunteer = VolunteerFactory(serving=True)
        by, at = UserFactory(), timezone.now()
        for minutes in (90, 60):
            ServiceHoursFactory(
                volunteer=volunteer, minutes=minutes, state="confirmed", reviewed_by=by, reviewed_at=at
            )  # fmt: skip
        ServiceHoursFactory(volunteer=volunteer, minutes=300)

        record = record_of(volunteer, today())

        assert record.minutes == 150
        assert record.by_kind == [(str(HoursKind.ADVICE.label), 150)]
        assert not record.is_honoured


class TestRounds:
    def test_a_round_is_set_and_changed_until_a_review_has_begun(self):
        days = {
            "year": 2027,
            "opens_on": dt.date(2027, 1, 1),
            "closes_on": dt.date(2027, 5, 31),
            "term_starts_on": dt.date(2027, 7, 1),
            "term_ends_on": dt.date(2028, 6, 30),
        }
        by = UserFactory().pk

        volunteer_rounds.set_round(**days, actor_id=by)
        window = volunteer_rounds.set_round(
            **days | {"closes_on": dt.date(2027, 4, 30)}, actor_id=by
        )

        assert VolunteerWindow.objects.get().closes_on == dt.date(2027, 4, 30)
        assert Entry.objects.filter(event=VolunteerEvent.WINDOW_SET).count() == 2
        VolunteerApplicationFactory(window=window, reviewed=True)
        refused(WindowTakenError, volunteer_rounds.set_round, **days, actor_id=by)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "reviewed"},
        {"state": "appointed"},
        {"state": "refused", "refusal_reason": "x"},
        {"refusal_reason": "x"},
        {"places": 100},
    ],
)
def test_the_table_refuses_reviews_that_do_not_fit_the_state(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        VolunteerApplicationFactory(**wrong)


def test_the_table_refuses_the_same_reviewer_twice_and_the_applicant_herself():
    now = timezone.now()
    one, other = UserFactory(), UserFactory()
    common = {"state": "appointed", "first_reviewed_at": now, "second_reviewed_at": now}

    for people in (
        {"first_reviewer": one, "second_reviewer": one},
        {"first_reviewer": one, "second_reviewer": other, "user": one},
        {"first_reviewer": one, "second_reviewer": other, "user": other},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            VolunteerApplicationFactory(**common, **people)


def test_the_table_refuses_a_second_open_application_and_a_term_without_length():
    application = VolunteerApplicationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        VolunteerApplicationFactory(user=application.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        VolunteerTermFactory(starts_on=today(), ends_on=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        VolunteerTermFactory(ended_at=timezone.now())


@pytest.mark.parametrize("wrong", ["closes_on", "term_starts_on", "term_ends_on"])
def test_the_table_refuses_a_round_whose_days_are_out_of_order(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        VolunteerWindowFactory(**{wrong: today(-300)})
