"""The story of the portal through its services: asked, split, worked on, answered as one."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.roles import Role
from assistance.events import CaseEvent, NeedEvent
from assistance.models import ClockSpan, Offer, Question, QuestionState
from assistance.services import messages, needs, resolution, triage
from assistance.services.errors import (
    AlreadyClaimedError,
    AlreadyNeededError,
    AlreadyRatedError,
    NeedsStillOpenError,
    NotAnOfficerOfTheAgencyError,
    ReopenTooLateError,
)
from assistance.services.messages import AskedItem
from assistance.services.triage import NeedPlan
from assistance.states import CaseState, NeedState, OfferState, Side
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory, UserFactory
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


@pytest.fixture
def case(smesa):
    case = CaseFactory(lead_agency=smesa)
    ClockSpanFactory(case=case)
    return case


def events_of(case):
    stream = f"assistance.case:{case.pk}"
    return list(Entry.objects.filter(stream=stream).order_by("pk").values_list("event", flat=True))


def split_for_two(case, duty, lead):
    first, second = AgencyFactory(), AgencyFactory()
    return triage.split(
        case_id=case.pk,
        by_id=duty.pk,
        plans=[
            NeedPlan(SystemFactory().pk, first.pk, "周轉金"),
            NeedPlan(SystemFactory().pk, second.pk, "空污"),
        ],
        lead_agency_id=case.lead_agency_id,
        lead_officer_id=lead.pk,
    )


def test_two_agencies_work_and_the_sme_gets_one_answer_that_cites_both(case, duty, lead):
    triage.claim(case_id=case.pk, officer_id=duty.pk)
    parts = split_for_two(case, duty, lead)
    officers = [
        StaffMembershipFactory(agency=need.agency, role=Role.OFFICER).user for need in parts
    ]
    for need, officer in zip(parts, officers, strict=True):
        needs.accept(need_id=need.pk, officer_id=officer.pk)

    question = messages.ask_enterprise(
        case_id=case.pk,
        need_id=parts[0].pk,
        by_id=officers[0].pk,
        agency_id=parts[0].agency_id,
        body="請補 401 表。",
        items=[AskedItem("最近一期 401 表", "vat-return-401")],
        due_on=timezone.localdate() + dt.timedelta(days=7),
    )
    case.refresh_from_db()
    assert (case.state, case.due_on, case.turn) == (CaseState.WAITING, None, Side.SME)
    messages.answer_question(question_id=question.pk, author_id=None, body="已上傳。")
    for need, officer in zip(parts, officers, strict=True):
        needs.answer(need_id=need.pk, by_id=officer.pk, text=f"第 {need.pk} 部分的回覆")
    answer = resolution.send_answer(
        case_id=case.pk, by_id=lead.pk, opening="林小姐您好：", closing="祝生意興隆"
    )
    resolution.rate(case_id=case.pk, rated_by_id=None, score=5, text="")

    case.refresh_from_db()
    assert case.state == CaseState.ANSWERED
    assert [part.agency_id for part in answer.parts.all()] == [n.agency_id for n in parts]
    assert not ClockSpan.objects.filter(case=case, ended_at=None).exists()
    assert events_of(case) == [
        CaseEvent.CLAIMED,
        CaseEvent.LEAD_CHANGED,
        CaseEvent.SPLIT,
        NeedEvent.OFFERED,
        NeedEvent.OFFERED,
        NeedEvent.ACCEPTED,
        NeedEvent.ACCEPTED,
        CaseEvent.QUESTION_ASKED,
        CaseEvent.QUESTION_ANSWERED,
        NeedEvent.ANSWERED,
        NeedEvent.ANSWERED,
        CaseEvent.ANSWERED,
        CaseEvent.RATED,
    ]


def test_the_second_officer_to_claim_learns_who_was_first(case, duty):
    duty.name = "陳怡君"
    duty.save()
    triage.claim(case_id=case.pk, officer_id=duty.pk)

    with pytest.raises(AlreadyClaimedError) as refusal:
        triage.claim(case_id=case.pk, officer_id=UserFactory().pk)

    assert "陳怡君" in str(refusal.value)
    assert events_of(case) == [CaseEvent.CLAIMED]


def test_a_case_is_assigned_only_within_the_agency_that_leads_it(case, duty):
    stranger = StaffMembershipFactory(agency=AgencyFactory(), role=Role.OFFICER).user

    with pytest.raises(NotAnOfficerOfTheAgencyError):
        triage.assign(case_id=case.pk, to_id=stranger.pk, by_id=duty.pk)

    assert events_of(case) == []


def test_one_system_cannot_be_needed_twice_at_once(case, duty):
    system = SystemFactory()
    triage.split(case_id=case.pk, by_id=duty.pk, plans=[NeedPlan(system.pk)])

    with pytest.raises(AlreadyNeededError):
        triage.split(case_id=case.pk, by_id=duty.pk, plans=[NeedPlan(system.pk)])


def test_a_declined_offer_returns_to_the_officer_who_made_it(case, duty, lead):
    first, second = split_for_two(case, duty, lead)
    agency_id = first.agency_id
    needs.decline(need_id=first.pk, by_id=duty.pk, reason="no_capacity", text="")

    first.refresh_from_db()
    case.refresh_from_db()
    assert (first.state, first.agency_id, first.returns_to_id) == (
        NeedState.DECLINED,
        None,
        duty.pk,
    )
    assert case.state == CaseState.PROGRESS
    assert Offer.objects.get(need=first).state == OfferState.DECLINED

    needs.decline(need_id=second.pk, by_id=duty.pk, reason="not_ours", text="")
    case.refresh_from_db()
    assert case.state == CaseState.TRIAGE
    needs.offer(need_id=first.pk, agency_id=agency_id, by_id=duty.pk)
    case.refresh_from_db()
    assert case.state == CaseState.PROGRESS


def test_an_unanswered_offer_lapses_after_its_day_and_not_on_it(case, duty, lead):
    first, _second = split_for_two(case, duty, lead)
    lapses_on = first.offer_lapses_on

    assert needs.lapse_due(lapses_on) == 0
    assert needs.lapse_due(lapses_on + dt.timedelta(days=1)) == 2

    first.refresh_from_db()
    assert (first.state, first.agency_id) == (NeedState.LAPSED, None)
    with pytest.raises(MoveNotAllowedError):
        needs.accept(need_id=first.pk, officer_id=lead.pk)


def test_a_transfer_keeps_the_clock_and_the_date(case, duty, lead):
    first, _second = split_for_two(case, duty, lead)
    needs.accept(need_id=first.pk, officer_id=lead.pk)
    first.refresh_from_db()
    due_on = first.due_on
    other = AgencyFactory()

    needs.transfer(need_id=first.pk, agency_id=other.pk, by_id=lead.pk, reason="業務移轉")
    needs.accept(need_id=first.pk, officer_id=lead.pk)

    first.refresh_from_db()
    assert (first.agency_id, first.due_on) == (other.pk, due_on)
    assert ClockSpan.objects.filter(need=first).count() == 1


def test_no_answer_while_a_need_is_open_unless_the_sme_is_told_why(case, duty, lead):
    first, second = split_for_two(case, duty, lead)
    needs.accept(need_id=first.pk, officer_id=lead.pk)
    needs.answer(need_id=first.pk, by_id=lead.pk, text="可以申請")

    with pytest.raises(NeedsStillOpenError):
        resolution.send_answer(case_id=case.pk, by_id=lead.pk, opening="您好", closing="")
    case.refresh_from_db()
    assert case.state == CaseState.PROGRESS

    answer = resolution.send_answer(
        case_id=case.pk,
        by_id=lead.pk,
        opening="您好",
        closing="",
        open_needs_reason="污染防治的部分請直接申請新案。",
    )
    second.refresh_from_db()
    assert answer.open_needs_reason
    assert second.state == NeedState.WITHDRAWN


def test_dropping_the_need_that_waits_gives_the_agencies_the_move_again(case, duty, lead):
    first, _second = split_for_two(case, duty, lead)
    needs.accept(need_id=first.pk, officer_id=lead.pk)
    messages.ask_enterprise(
        case_id=case.pk,
        need_id=first.pk,
        by_id=lead.pk,
        agency_id=first.agency_id,
        body="請補件",
        items=[],
        due_on=timezone.localdate(),
    )

    needs.withdraw(need_id=first.pk, by_id=duty.pk, reason="不需要了")

    case.refresh_from_db()
    assert (case.state, case.resumes_as) == (CaseState.PROGRESS, "")
    assert Question.objects.get().state == QuestionState.CANCELLED


def test_withdrawing_while_waiting_stops_everything(case, duty, lead):
    first, _second = split_for_two(case, duty, lead)
    needs.accept(need_id=first.pk, officer_id=lead.pk)
    messages.ask_enterprise(
        case_id=case.pk,
        need_id=first.pk,
        by_id=lead.pk,
        agency_id=first.agency_id,
        body="請補件",
        items=[],
        due_on=timezone.localdate(),
    )

    resolution.withdraw(case_id=case.pk, by_id=None, reason="已解決")

    case.refresh_from_db()
    assert (case.state, case.due_on) == (CaseState.WITHDRAWN, None)
    assert not case.needs.open().exists()
    assert not ClockSpan.objects.filter(case=case, ended_at=None).exists()


def test_an_answer_is_rated_once_and_reopened_only_within_fourteen_days(case, duty, lead):
    first, second = split_for_two(case, duty, lead)
    for need in (first, second):
        needs.accept(need_id=need.pk, officer_id=lead.pk)
        needs.answer(need_id=need.pk, by_id=lead.pk, text="回覆")
    resolution.send_answer(case_id=case.pk, by_id=lead.pk, opening="您好", closing="")
    resolution.rate(case_id=case.pk, rated_by_id=None, score=2, text="還不清楚")

    with pytest.raises(AlreadyRatedError):
        resolution.rate(case_id=case.pk, rated_by_id=None, score=5, text="")
    resolution.reopen(case_id=case.pk, by_id=None, reason="還有問題")
    resolution.reopen_need(need_id=first.pk, by_id=lead.pk)
    needs.answer(need_id=first.pk, by_id=lead.pk, text="補充回覆")
    again = resolution.send_answer(case_id=case.pk, by_id=lead.pk, opening="補充", closing="")
    assert again.round == 2

    case.refresh_from_db()
    case.answered_at = timezone.now() - dt.timedelta(days=15)
    case.save()
    assert resolution.close_due(timezone.now()) == 1
    with pytest.raises(ReopenTooLateError):
        resolution.reopen(case_id=case.pk, by_id=None, reason="")
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
