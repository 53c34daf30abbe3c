"""Acts whose case or need has moved on since the page was opened, and where things come back to."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.deadlines import CLOSE_AFTER_DAYS
from assistance.models import Case, Need
from assistance.services import merging, messages, needs, resolution, triage
from assistance.services.errors import (
    AlreadyNeededError,
    MergeIntoItselfError,
    MergeIntoSettledError,
)
from assistance.services.triage import NeedPlan
from assistance.states import CaseState, NeedState
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from tests.factories.accounts import AgencyFactory, EnterpriseFactory, StaffMembershipFactory
from tests.factories.assistance import CaseFactory, ClockSpanFactory, CoordinatorFactory
from tests.factories.catalogue import SystemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def smesa():
    return CoordinatorFactory()


@pytest.fixture
def duty(smesa):
    return StaffMembershipFactory(agency=smesa, role=Role.DUTY).user


@pytest.fixture
def lead(smesa):
    return StaffMembershipFactory(agency=smesa, role=Role.LEAD).user


def split_in_one(case, duty, agency=None):
    plan = NeedPlan(SystemFactory().pk, agency.pk if agency else None)
    (need,) = triage.split(case_id=case.pk, by_id=duty.pk, plans=[plan])
    return need


def ask(case, officer, agency):
    return messages.ask_enterprise(
        case_id=case.pk,
        need_id=None,
        by_id=officer.pk,
        agency_id=agency.pk,
        body="請補 401 表。",
        items=[],
        due_on=timezone.localdate() + dt.timedelta(days=7),
    )


@pytest.mark.parametrize("settled", ["answered", "closed", "merged", "withdrawn", "declined"])
def test_a_case_that_was_settled_meanwhile_is_neither_split_nor_given_away(
    settled, smesa, duty, lead
):
    case = CaseFactory(**{settled: True})

    with pytest.raises(MoveNotAllowedError):
        split_in_one(case, duty, AgencyFactory())
    with pytest.raises(MoveNotAllowedError):
        triage.assign(case_id=case.pk, to_id=lead.pk, by_id=duty.pk)
    with pytest.raises(MoveNotAllowedError):
        triage.change_lead(case_id=case.pk, agency_id=smesa.pk, officer_id=lead.pk, by_id=duty.pk)

    assert not Need.objects.filter(case=case).exists()
    assert not Entry.objects.filter(stream=f"assistance.case:{case.pk}").exists()


def test_an_answered_need_of_an_answered_case_is_not_given_back(duty, lead):
    agency = AgencyFactory()
    officer = StaffMembershipFactory(agency=agency, role=Role.OFFICER).user
    case = CaseFactory()
    need = split_in_one(case, duty, agency)
    needs.accept(need_id=need.pk, officer_id=officer.pk)
    needs.answer(need_id=need.pk, by_id=officer.pk, text="已核准。")
    resolution.send_answer(case_id=case.pk, by_id=lead.pk, opening="您好", closing="")

    with pytest.raises(MoveNotAllowedError):
        resolution.reopen_need(need_id=need.pk, by_id=lead.pk)

    need.refresh_from_db()
    assert need.state == NeedState.ANSWERED


def test_a_need_is_not_given_back_beside_another_open_one_for_its_system(duty, lead):
    agency = AgencyFactory()
    officer = StaffMembershipFactory(agency=agency, role=Role.OFFICER).user
    case = CaseFactory()
    need = split_in_one(case, duty, agency)
    needs.accept(need_id=need.pk, officer_id=officer.pk)
    needs.answer(need_id=need.pk, by_id=officer.pk, text="已核准。")
    triage.split(case_id=case.pk, by_id=duty.pk, plans=[NeedPlan(need.system_id)])

    with pytest.raises(AlreadyNeededError):
        resolution.reopen_need(need_id=need.pk, by_id=lead.pk)


def test_a_need_offered_while_the_sme_has_the_move_puts_the_case_to_work_afterwards(smesa, duty):
    agency = AgencyFactory()
    case = CaseFactory()
    ClockSpanFactory(case=case)
    need = split_in_one(case, duty)
    question = ask(case, duty, smesa)

    needs.offer(need_id=need.pk, agency_id=agency.pk, by_id=duty.pk)
    messages.answer_question(question_id=question.pk, author_id=None, body="已上傳。")

    case.refresh_from_db()
    assert case.state == CaseState.PROGRESS


def test_a_need_declined_while_the_sme_has_the_move_sends_the_case_to_triage_afterwards(
    smesa, duty
):
    agency = AgencyFactory()
    officer = StaffMembershipFactory(agency=agency, role=Role.OFFICER).user
    case = CaseFactory()
    ClockSpanFactory(case=case)
    need = split_in_one(case, duty, agency)
    question = ask(case, duty, smesa)

    needs.decline(need_id=need.pk, by_id=officer.pk, reason="no_capacity", text="")
    case.refresh_from_db()
    assert case.state == CaseState.WAITING
    messages.answer_question(question_id=question.pk, author_id=None, body="已上傳。")

    case.refresh_from_db()
    assert case.state == CaseState.TRIAGE


def test_a_need_passed_on_and_not_taken_comes_back_to_who_can_offer_it_again(duty):
    first, second = AgencyFactory(), AgencyFactory()
    officer = StaffMembershipFactory(agency=first, role=Role.OFFICER).user
    other = StaffMembershipFactory(agency=second, role=Role.OFFICER).user
    need = split_in_one(CaseFactory(), duty, first)
    needs.accept(need_id=need.pk, officer_id=officer.pk)
    needs.transfer(need_id=need.pk, agency_id=second.pk, by_id=officer.pk, reason="屬貴署業務。")

    needs.decline(need_id=need.pk, by_id=other.pk, reason="not_ours", text="")

    need.refresh_from_db()
    assert need.returns_to == duty
    assert not Case.objects.on_desk_of(officer).filter(pk=need.case_id).exists()


def test_an_answer_is_closed_only_after_its_own_fourteen_days():
    now = timezone.now()
    old = now - dt.timedelta(days=CLOSE_AFTER_DAYS)
    due, fresh = CaseFactory(answered=True), CaseFactory(answered=True)
    Case.objects.filter(pk=due.pk).update(answered_at=old)

    assert resolution.close_due(now) == 1

    due.refresh_from_db()
    fresh.refresh_from_db()
    assert (due.state, fresh.state) == (CaseState.CLOSED, CaseState.ANSWERED)


SETTLED = "另一件案件已結案"


def sisters(**of_the_other):
    """Two cases of one firm, the first with the lead agency's officer."""
    firm = EnterpriseFactory()
    first = CaseFactory(in_progress=True, enterprise=firm, lead_agency=CoordinatorFactory())
    return first, CaseFactory(enterprise=firm, lead_agency=CoordinatorFactory(), **of_the_other)


@pytest.mark.parametrize("settled", ["answered", "closed", "merged", "withdrawn", "declined"])
def test_nothing_is_merged_into_a_case_that_was_settled_meanwhile(settled, duty):
    case, other = sisters(**{settled: True})

    with pytest.raises(MergeIntoSettledError):
        merging.merge(case_id=case.pk, into_id=other.pk, by_id=duty.pk, reason="")

    case.refresh_from_db()
    assert case.state == CaseState.PROGRESS
    assert not Entry.objects.exists()


def test_the_page_says_so_with_409_and_keeps_the_reason(duty):
    case, other = sisters(withdrawn=True)
    client = Client()
    client.force_login(duty)

    answer = client.post(
        reverse("desk:compare", args=[case.reference]),
        {"into": other.reference, "reason": "同一件事"},
    )

    assert answer.status_code == 409
    assert SETTLED in answer.content.decode()
    assert "同一件事" in answer.content.decode()


def test_a_case_is_not_merged_into_itself(duty):
    case, _other = sisters()

    with pytest.raises(MergeIntoItselfError):
        merging.merge(case_id=case.pk, into_id=case.pk, by_id=duty.pk, reason="")


def test_no_word_of_the_applicants_reaches_a_case_settled_in_the_same_instant():
    case = CaseFactory(withdrawn=True)

    with pytest.raises(MoveNotAllowedError):
        messages.send_from_sme(case_id=case.pk, author_id=None, body="請問進度？")

    assert not case.messages.exists()
