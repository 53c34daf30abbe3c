"""A referral on our side: proposed, agreed to, sent, recalled; places, consent, clocks."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assistance.deadlines import CONSENT_DAYS, REFERRAL_ANSWER_DAYS
from assistance.events import ReferralEvent
from assistance.models import Consent, ConsentPurpose, Referral, UnmetSearch
from assistance.services import consents, referral, referral_answers, referral_search, resolution
from assistance.services.errors import (
    AlreadyReferredError,
    CannotTakeItError,
    CaseSettledError,
    NoPlaceLeftError,
    NoWayToReachHerError,
    SharingTakenBackError,
)
from assistance.services.referral import Request
from assistance.states import ReferralState
from foundation.transitions import MoveNotAllowedError
from foundation.working_days import add_working_days
from ledger.models import Entry
from tests.accounts.racing import race
from tests.factories.accounts import UserFactory
from tests.factories.assistance import CaseFactory, NeedFactory
from tests.factories.catalogue import SystemFactory
from tests.factories.referrals import ReferralFactory, can_help
from tests.factories.volunteers import ConflictOfInterestFactory, VolunteerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def system():
    return SystemFactory(code="financing", number=1)


@pytest.fixture
def case():
    return CaseFactory(in_progress=True, contact_phone="0900-000-001", business_number="04595257")


def _to(receiver, kind="organisation", **fields) -> Request:
    return Request(
        kind=kind,
        receiver_id=receiver.pk,
        asked="請協助看財務報表。",
        fields=("contact_name", "contact_phone"),
        **fields,
    )


def _by_phone(receiver, **fields) -> Request:
    return _to(receiver, consent_on=timezone.localdate(), **fields)


def _propose(case, system, request, need=None) -> Referral:
    return referral.propose(
        case_id=case.pk,
        system_id=system.pk,
        need_id=need.pk if need else None,
        by_id=case.lead_officer_id,
        request=request,
    )


def _events(case) -> list[str]:
    entries = Entry.objects.filter(stream=f"assistance.case:{case.pk}").order_by("pk")
    return [entry.event for entry in entries]


def test_the_sme_is_asked_before_anybody_else_hears_of_her(case, system):
    made = _propose(case, system, _to(can_help()))

    assert made.state == ReferralState.ASKING
    assert made.fields_given == []
    assert made.sent_at is None
    assert made.answer_by == add_working_days(timezone.localdate(), CONSENT_DAYS)
    assert _events(case) == [ReferralEvent.CONSENT_ASKED]


def test_she_agrees_field_by_field_and_it_is_sent(case, system):
    made = _propose(
        case,
        system,
        replace(_to(can_help()), fields=("contact_name", "contact_email", "contact_phone")),
    )

    sent = referral.agree(
        referral_id=made.pk, by_id=None, fields={"contact_phone", "business_number"}
    )

    # What was not asked for cannot be given, and the name was not ticked.
    assert sent.fields_given == ["contact_phone"]
    assert sent.state == ReferralState.SENT
    assert sent.consented_on == timezone.localdate()
    assert sent.consent_channel == "portal"
    assert sent.answer_by == add_working_days(timezone.localdate(), REFERRAL_ANSWER_DAYS)
    assert _events(case)[-1] == ReferralEvent.SENT


def test_without_a_way_to_reach_her_she_cannot_agree(case, system):
    made = _propose(case, system, _to(can_help()))

    with pytest.raises(NoWayToReachHerError):
        referral.agree(referral_id=made.pk, by_id=None, fields={"contact_name"})


def test_an_agreement_by_telephone_is_noted_with_its_day_and_officer(case, system):
    sent = _propose(case, system, _by_phone(can_help()))

    assert sent.state == ReferralState.SENT
    assert sent.consent_channel == "phone"
    assert sent.consented_on == timezone.localdate()
    assert sent.consent_recorded_by_id == case.lead_officer_id


def test_she_refuses_and_nothing_was_shown(case, system):
    made = _propose(case, system, _to(can_help()))

    referral.refuse(referral_id=made.pk, by_id=None)

    made.refresh_from_db()
    assert made.state == ReferralState.REFUSED
    assert made.sent_at is None
    with pytest.raises(MoveNotAllowedError):
        referral.agree(referral_id=made.pk, by_id=None, fields={"contact_phone"})


def test_two_are_not_asked_about_the_same_at_once(case, system):
    _propose(case, system, _to(can_help()))

    with pytest.raises(AlreadyReferredError):
        _propose(case, system, _to(can_help()))


def test_a_settled_case_is_not_referred(system):
    closed = CaseFactory(closed=True)

    with pytest.raises(CaseSettledError):
        _propose(closed, system, _to(can_help()))


def test_who_took_the_consent_to_share_back_is_not_referred(case, system):
    Consent.objects.create(
        case=case,
        purpose="share_with_agencies",
        text_version="1",
        language="zh-hant",
        given_at=timezone.now(),
        withdrawn_at=timezone.now(),
    )

    with pytest.raises(SharingTakenBackError):
        _propose(case, system, _to(can_help()))


def test_a_full_month_takes_nothing_more(case, system):
    organisation = can_help(places=1)
    _propose(CaseFactory(in_progress=True), system, _to(organisation))

    with pytest.raises(NoPlaceLeftError):
        _propose(case, system, _to(organisation))


def test_a_declined_referral_gives_its_place_back(case, system):
    organisation = can_help(places=1)
    first = _propose(CaseFactory(in_progress=True), system, _by_phone(organisation))
    referral_answers.decline(referral_id=first.pk, by_id=None, reason="no_time")

    assert _propose(case, system, _to(organisation)).state == ReferralState.ASKING


def test_a_volunteer_without_a_running_term_cannot_be_asked(case, system):
    with pytest.raises(CannotTakeItError):
        _propose(case, system, _to(VolunteerFactory(), kind="volunteer"))


@pytest.mark.django_db(transaction=True)
def test_of_two_referrals_at_once_only_one_takes_the_last_place(system):
    organisation = can_help(places=1)
    cases = [CaseFactory(in_progress=True) for _ in range(2)]

    results = race(
        *(lambda case=case: _propose(case, system, _to(organisation)) for case in cases)
    )

    assert sorted(type(one).__name__ for one in results) == ["NoPlaceLeftError", "Referral"]
    assert Referral.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_last_place_of_a_volunteer_goes_to_one_of_four(system):
    volunteer = VolunteerFactory(serving=True)
    volunteer.monthlycapacity_rows.update(places=1)
    cases = [CaseFactory(in_progress=True) for _ in range(4)]

    results = race(
        *(lambda case=c: _propose(case, system, _to(volunteer, kind="volunteer")) for c in cases)
    )

    assert sum(isinstance(one, Referral) for one in results) == 1
    assert sum(isinstance(one, NoPlaceLeftError) for one in results) == 3


def test_a_recalled_referral_shows_nothing_any_more(case, system):
    made = _propose(case, system, _by_phone(can_help()))
    referral_answers.accept(referral_id=made.pk, by_id=None)

    referral.recall(referral_id=made.pk, by_id=case.lead_officer_id)

    made.refresh_from_db()
    assert made.state == ReferralState.RECALLED
    assert not made.is_taken
    assert Entry.objects.get(event=ReferralEvent.RECALLED).facts["was_known"] is True


def test_she_ends_it_herself(case, system):
    made = _propose(case, system, _by_phone(can_help()))

    referral.stop(referral_id=made.pk, by_id=None)

    made.refresh_from_db()
    assert made.state == ReferralState.RECALLED
    assert _events(case)[-1] == ReferralEvent.STOPPED_BY_SME


def test_a_withdrawn_case_recalls_what_was_referred(case, system):
    made = _propose(case, system, _by_phone(can_help()))

    resolution.withdraw(case_id=case.pk, by_id=None, reason="")

    made.refresh_from_db()
    assert made.state == ReferralState.RECALLED


def test_taking_the_consent_to_share_back_recalls_what_was_referred(case, system):
    made = _propose(case, system, _by_phone(can_help()))
    Consent.objects.create(
        case=case,
        purpose="share_with_agencies",
        text_version="1",
        language="zh-hant",
        given_at=timezone.now(),
    )

    consents.withdraw(case_id=case.pk, purpose=ConsentPurpose.SHARE_WITH_AGENCIES, by_id=None)

    made.refresh_from_db()
    assert made.state == ReferralState.RECALLED


def test_a_question_she_does_not_answer_runs_out_and_counts_against_nobody(case, system):
    made = _propose(case, system, _to(can_help()))
    later = made.answer_by + dt.timedelta(days=1)

    assert referral_answers.lapse_due(made.answer_by) == 0
    assert referral_answers.lapse_due(later) == 1

    assert _events(case)[-1] == ReferralEvent.NOT_ANSWERED_BY_SME
    assert not Referral.objects.not_taken().exists()


def test_ranking_reads_topic_area_places_and_conflicts(case, system):
    here = can_help(places=2)
    can_help(county="taipei")
    other_topic = can_help("marketing")
    full = can_help(places=0)
    tied = VolunteerFactory(serving=True, county="taichung")
    ConflictOfInterestFactory(volunteer=tied, business_number=case.business_number)

    ranking = referral_search.look(case, system)

    assert [one.candidate.pk for one in ranking.fitting] == [here.pk]
    out = {one.candidate.key: {said.code for said in one.reasons} for one in ranking.ruled_out}
    assert out == {
        ("organisation", other_topic.pk): {"other_topic"},
        ("organisation", full.pk): {"full"},
        ("volunteer", tied.pk): {"conflict"},
    }


def test_equal_ones_take_turns(case, system):
    first, second = can_help(), can_help()
    ReferralFactory(organisation=first, system=system, declined=True)

    assert referral_search.look(case, system).best.pk == second.pk


def test_finding_nobody_is_noted_once_a_day(case, system):
    can_help(places=0)

    for _ in range(2):
        assert referral_search.search(case=case, system=system).best is None

    noted = UnmetSearch.objects.get()
    assert (noted.county, noted.barred_by) == ("taichung", {"full": 1})


def test_finding_somebody_is_not_noted(case, system):
    can_help()

    referral_search.search(case=case, system=system)

    assert not UnmetSearch.objects.exists()


@pytest.mark.parametrize("many", [1, 12])
def test_ranking_costs_the_same_however_many_there_are(
    case, system, many, django_assert_max_num_queries
):
    for _ in range(many):
        made = can_help(places=3)
        ReferralFactory(organisation=made, declined=True)
        VolunteerFactory(serving=True, county="taichung")

    with django_assert_max_num_queries(15):
        ranking = referral_search.look(case, system)

    assert len(ranking.fitting) == 2 * many


@pytest.mark.parametrize(
    "wrong",
    [
        {"consented_on": None},
        {"fields_given": []},
        {"fields_given": ["contact_email"]},
        {"answer_by": None},
        {"organisation": None},
        {"settled_at": dt.datetime(2026, 8, 3, 9, tzinfo=dt.UTC)},
        {"decline_reason": "no_time"},
        {"outcome": "solved"},
        {"state": "accepted", "answer_by": None},
        {"awaits_duty": True},
    ],
    ids=str,
)
def test_the_database_refuses_a_referral_that_makes_no_sense(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferralFactory(**wrong)


def test_the_database_allows_one_open_referral_per_need(case, system):
    need = NeedFactory(case=case, system=system)
    ReferralFactory(case=case, system=system, need=need)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReferralFactory(case=case, system=SystemFactory(), need=need, accepted=True)


def test_the_database_allows_one_open_referral_per_topic_of_a_case(case, system):
    ReferralFactory(case=case, system=system)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReferralFactory(case=case, system=system, asking=True)


def test_taking_up_clears_the_list_and_is_recorded(case, system):
    stuck = ReferralFactory(case=case, system=system, declined=True, attempt=3, awaits_duty=True)

    referral.take_up(referral_id=stuck.pk, by_id=UserFactory().pk)

    assert not Referral.objects.awaiting_duty().exists()
    assert _events(case) == [ReferralEvent.TAKEN_UP]
