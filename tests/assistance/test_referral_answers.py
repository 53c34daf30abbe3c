"""A referral on the receiver's side: accepted, declined, lapsed, reported on, completed."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from assistance.events import ReferralEvent
from assistance.models import Referral, ReferralNote
from assistance.services import referral, referral_answers, referral_links
from assistance.services.errors import (
    LinkSpentError,
    NothingReportedError,
    ReferralSettledError,
)
from assistance.services.referral import Request
from assistance.states import ReferralState
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from ledger.relay import relay_due
from network.models import ServiceHours
from network.services import volunteer_hours
from network.volunteer_errors import HoursNotInTermError, HoursOfReferralError
from notifications.models import Message
from tests.accounts.racing import behind, race
from tests.assistance.desk import officer
from tests.factories.accounts import UserFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory
from tests.factories.catalogue import EditionFactory, SystemFactory
from tests.factories.network import OrganisationFactory
from tests.factories.referrals import ReferralFactory, can_help
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def system():
    made = SystemFactory(code="financing", number=1)
    EditionFactory(system=made, short_zh="財務融通", short_en="Financing")
    return made


@pytest.fixture
def lead():
    return officer("lead")


@pytest.fixture
def case(lead):
    owner = UserFactory()
    return CaseFactory(
        in_progress=True,
        lead_officer=lead,
        lead_agency=CoordinatorFactory(),
        applicant=owner,
    )


def _send(case, system, organisation) -> Referral:
    return referral.propose(
        case_id=case.pk,
        system_id=system.pk,
        need_id=None,
        by_id=case.lead_officer_id,
        request=Request(
            kind="organisation",
            receiver_id=organisation.pk,
            asked="請看財務報表。",
            fields=("contact_phone",),
            consent_on=timezone.localdate(),
        ),
    )


def _decline(made: Referral) -> None:
    referral_answers.decline(referral_id=made.pk, by_id=None, reason="no_time", text="")


def _told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("email", flat=True)) - {""}


def test_accepting_stops_the_clock_and_names_who_accepted():
    partner, sent = UserFactory(), ReferralFactory()

    referral_answers.accept(referral_id=sent.pk, by_id=partner.pk)

    sent.refresh_from_db()
    assert (sent.state, sent.accepted_by, sent.answer_by) == ("accepted", partner, None)
    assert sent.accepted_at is not None
    assert Entry.objects.get().event == ReferralEvent.ACCEPTED


@pytest.mark.parametrize("trait", ["accepted", "declined", "lapsed", "completed", "asking"])
def test_only_what_was_sent_is_accepted_or_declined(trait):
    other = ReferralFactory(**{trait: True})

    with pytest.raises(MoveNotAllowedError):
        referral_answers.accept(referral_id=other.pk, by_id=None)
    with pytest.raises(MoveNotAllowedError):
        _decline(other)


def test_a_declined_one_names_the_next_best_to_whoever_referred_it(case, system, lead):
    first, second = can_help(), can_help()
    sent = _send(case, system, first)

    _decline(sent)
    relay_due(500)

    entry = Entry.objects.get(event=ReferralEvent.DECLINED)
    assert (entry.facts["next_kind"], entry.facts["next"]) == ("organisation", second.pk)
    assert entry.facts["reason"] == "no_time"
    told = Message.objects.filter(kind="assistance.referral_declined_staff", user=lead)
    assert second.name_zh in told.first().text


def test_a_declined_one_with_nobody_else_says_so(case, system, lead):
    sent = _send(case, system, can_help())

    _decline(sent)
    relay_due(500)

    assert "next" not in Entry.objects.get(event=ReferralEvent.DECLINED).facts
    assert Message.objects.filter(kind="assistance.referral_declined_staff", user=lead).exists()


def test_an_unanswered_one_lapses_after_its_day(case, system):
    sent = _send(case, system, can_help())
    day = sent.answer_by

    assert referral_answers.lapse_due(day) == 0
    assert referral_answers.lapse_due(day + dt.timedelta(days=1)) == 1

    sent.refresh_from_db()
    assert sent.state == ReferralState.LAPSED
    assert Entry.objects.filter(event=ReferralEvent.LAPSED).exists()
    assert Referral.objects.not_taken().count() == 1


def test_after_three_a_duty_officer_decides_and_the_sme_is_told_each_time(case, system):
    duty = officer("duty")
    organisations = [can_help() for _ in range(4)]

    for organisation in organisations[:3]:
        _decline(_send(case, system, organisation))
    relay_due(500)

    stuck = Referral.objects.awaiting_duty().get()
    assert (stuck.attempt, stuck.organisation) == (3, organisations[2])
    assert Message.objects.filter(kind="assistance.referral_awaits_duty", user=duty).exists()
    told = Message.objects.filter(kind="assistance.referral_declined_staff", channel="email")
    assert "由值班人員決定下一步" in told.order_by("-pk")[0].text
    mine = Message.objects.filter(user=case.applicant, channel="portal")
    assert mine.filter(kind="assistance.referral_declined").count() == 3
    assert mine.filter(kind="assistance.referral_nobody").count() == 1


def test_asking_a_fourth_takes_it_off_the_duty_officers_list(case, system):
    for organisation in [can_help() for _ in range(3)]:
        _decline(_send(case, system, organisation))

    fourth = _send(case, system, can_help())

    assert not Referral.objects.awaiting_duty().exists()
    assert fourth.attempt == 4


def test_the_first_report_says_that_work_has_begun():
    taken, partner = ReferralFactory(accepted=True), UserFactory()

    referral_answers.report(
        referral_id=taken.pk,
        by_id=partner.pk,
        body="看過報表。",
        minutes=90,
        worked_on=timezone.localdate(),
    )

    taken.refresh_from_db()
    assert taken.state == ReferralState.PROGRESS
    assert ReferralNote.objects.get().minutes == 90


def test_a_report_says_something_and_belongs_to_an_open_referral():
    taken, over = ReferralFactory(accepted=True), ReferralFactory(completed=True)
    words = {"by_id": None, "body": "", "minutes": 0, "worked_on": timezone.localdate()}

    with pytest.raises(NothingReportedError):
        referral_answers.report(referral_id=taken.pk, **words)
    with pytest.raises(ReferralSettledError):
        referral_answers.report(referral_id=over.pk, **words)


def test_the_outcome_reaches_whoever_referred_it(case, system, lead):
    sent = _send(case, system, can_help())
    referral_answers.accept(referral_id=sent.pk, by_id=None)

    referral_answers.complete(
        referral_id=sent.pk, by_id=None, outcome="solved", text="已核貸。", minutes=30
    )
    relay_due(500)

    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == ("completed", "solved")
    assert sent.notes.get().minutes == 30
    assert Message.objects.filter(kind="assistance.referral_completed_staff", user=lead).exists()


def test_what_was_not_accepted_has_no_outcome():
    with pytest.raises(MoveNotAllowedError):
        referral_answers.complete(
            referral_id=ReferralFactory().pk, by_id=None, outcome="solved", text="x"
        )


@pytest.mark.django_db(transaction=True)
def test_accepting_and_declining_at_once_is_one_answer():
    sent = ReferralFactory()

    results = race(
        lambda: referral_answers.accept(referral_id=sent.pk, by_id=None),
        lambda: _decline(sent),
    )

    assert sum(isinstance(one, MoveNotAllowedError) for one in results) == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_by_link_while_the_officer_recalls_is_told_that_it_is_too_late():
    sent = ReferralFactory(organisation=OrganisationFactory(email="centre@tests.example"))
    referral_links.send_for_answer(sent)
    letter = Message.objects.get(email="centre@tests.example")
    secret = re.search(r"/partner/link/([\w-]+)/", letter.text)[1]

    with pytest.raises(LinkSpentError):
        behind(
            lambda: referral.lock(sent.pk),
            lambda: referral_answers.answer_by_link(secret=secret, accepts=True),
            then=lambda: referral.recall(referral_id=sent.pk, by_id=None),
        )

    sent.refresh_from_db()
    assert sent.state == ReferralState.RECALLED


def test_a_receiver_with_an_account_is_told_without_a_word_about_the_sme(case, system):
    organisation = can_help()
    partner = organisation.memberships.get().user

    _send(case, system, organisation)
    relay_due(500)

    told = Message.objects.filter(user=partner)
    assert told.exists()
    for message in told:
        whole = message.subject + message.text + message.html
        for private in (case.contact_name, case.contact_email, case.subject, case.reference):
            assert private not in whole


def test_time_a_volunteer_reports_is_in_her_service_record_once():
    system = SystemFactory(code="financing")
    volunteer = VolunteerFactory(serving=True)
    taken = ReferralFactory(organisation=None, volunteer=volunteer, system=system, accepted=True)
    said = {"referral_id": taken.pk, "by_id": volunteer.user_id, "worked_on": timezone.localdate()}

    referral_answers.report(**said, body="看過示範公司的報表。", minutes=90)
    referral_answers.report(**said, body="下週再談。", minutes=0)
    referral_answers.complete(
        referral_id=taken.pk, by_id=volunteer.user_id, outcome="solved", text="好了。", minutes=30
    )

    given = ServiceHours.objects.filter(volunteer=volunteer).order_by("pk")
    assert [(one.minutes, one.referral_topic, one.what) for one in given] == [
        (90, "financing", ""),
        (30, "financing", ""),
    ]
    assert sum(note.minutes for note in taken.notes.all()) == given.minutes()
    with pytest.raises(HoursOfReferralError):
        volunteer_hours.remove(hours_id=given[0].pk, actor_id=volunteer.user_id)


def test_time_on_a_day_without_a_term_is_refused_and_nothing_is_kept():
    volunteer = VolunteerFactory(serving=True)
    taken = ReferralFactory(organisation=None, volunteer=volunteer, accepted=True)

    with pytest.raises(HoursNotInTermError):
        referral_answers.report(
            referral_id=taken.pk,
            by_id=volunteer.user_id,
            body="看過報表。",
            minutes=60,
            worked_on=timezone.localdate() - dt.timedelta(days=150),
        )

    taken.refresh_from_db()
    assert taken.state == ReferralState.ACCEPTED
    assert not ReferralNote.objects.exists()


def test_an_organisations_time_is_nobodys_service_hours():
    taken = ReferralFactory(accepted=True)

    referral_answers.report(
        referral_id=taken.pk, by_id=None, body="", minutes=60, worked_on=timezone.localdate()
    )

    assert not ServiceHours.objects.exists()
