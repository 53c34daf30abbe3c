"""An act that is refused answers 409: the reason, the case as it stands, and what was typed."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.models import CaseMessage
from assistance.services import messages, needs, triage
from assistance.services.errors import AlreadyNeededError
from assistance.services.triage import NeedPlan
from assistance.states import CaseState, NeedState
from assistance.views.casework import acting
from assistance.views.casework.bench import Bench
from foundation.errors import DomainError
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import AgencyFactory, EnterpriseFactory, UserFactory
from tests.factories.assistance import CaseFactory
from tests.factories.catalogue import SystemFactory

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}
WAYS = pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "htmx"])


@pytest.fixture
def lead():
    return officer(Role.LEAD)


def reopened_case_with_an_answered_need(lead):
    """A need that was answered, and beside it an open one for the same system."""
    case = CaseFactory(in_progress=True, lead_officer=lead)
    agency = AgencyFactory()
    taker = officer(Role.OFFICER, agency=agency)
    plan = NeedPlan(SystemFactory().pk, agency.pk)
    (need,) = triage.split(case_id=case.pk, by_id=lead.pk, plans=[plan])
    needs.accept(need_id=need.pk, officer_id=taker.pk)
    needs.answer(need_id=need.pk, by_id=taker.pk, text="已核准。")
    triage.split(case_id=case.pk, by_id=lead.pk, plans=[NeedPlan(need.system_id)])
    return case, need


@WAYS
def test_an_act_without_a_form_is_refused_on_the_page_of_the_case(lead, headers):
    case, need = reopened_case_with_an_answered_need(lead)

    answer = signed_in(lead).post(
        reverse("desk:need_reopen", args=[case.reference, need.pk]), headers=headers
    )

    need.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert str(AlreadyNeededError()) in page
    assert case.reference in page
    assert need.state == NeedState.ANSWERED


@WAYS
def test_a_suspicion_that_is_gone_is_refused_with_its_reason(lead, headers):
    case = CaseFactory(triaged=True, lead_officer=lead)

    answer = signed_in(lead).post(
        reverse("desk:keep_apart", args=[case.reference]), headers=headers
    )

    assert answer.status_code == 409
    assert "sp-hint-bad" in answer.content.decode()


def test_who_may_no_longer_see_the_case_reads_the_reason_on_a_page_of_its_own(lead, rf):
    taker = officer(Role.OFFICER, agency=AgencyFactory())
    case = CaseFactory(in_progress=True, lead_officer=lead)
    request = rf.post("/")
    request.user = taker

    answer = acting.turn_down(request, Bench(taker, case), DomainError("已由他人辦理。"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已由他人辦理。" in page
    assert case.subject not in page


def test_an_owners_refused_act_keeps_what_she_typed(lead):
    owner = UserFactory()
    case = CaseFactory(
        in_progress=True, lead_officer=lead, enterprise=EnterpriseFactory(owner=owner)
    )
    question = messages.ask_enterprise(
        case_id=case.pk,
        need_id=None,
        by_id=lead.pk,
        agency_id=case.lead_agency_id,
        body="請補 401 表。",
        items=[],
        due_on=timezone.localdate(),
    )
    messages.cancel_question(question_id=question.pk, by_id=lead.pk)

    answer = signed_in(owner).post(
        reverse("cases:answer", args=[case.reference, question.pk]),
        {"body": "報表在這裡。", "idempotency_key": str(uuid.uuid4())},
    )

    case.refresh_from_db()
    assert answer.status_code == 409
    assert case.state == CaseState.PROGRESS
    assert not CaseMessage.objects.filter(body="報表在這裡。").exists()
    assert "報表在這裡。" in answer.content.decode()
