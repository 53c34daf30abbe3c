"""A solved case becomes a drafted answer that leads to nobody."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import Answer, AnswerPart, KnownAnswer
from assistance.services import known_answers
from knowledge.models import Question
from knowledge.services.wording import Wording
from ledger.models import Entry
from ledger.timeline import timeline_for
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory
from tests.factories.assistance import CaseFactory, NeedFactory
from tests.factories.knowledge import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(db):
    return StaffMembershipFactory(agency=AgencyFactory(), role=Role.LEAD)


@pytest.fixture
def case(lead):
    """An answered case whose answer names its contact and her telephone."""
    case = CaseFactory(
        answered=True,
        lead_agency=lead.agency,
        lead_officer=lead.user,
        contact_name="林雅雯",
        enterprise_name="示範木業有限公司",
        subject="示範木業有限公司的押標金怎麼繳",
        language="zh-hant",
    )
    answer = Answer.objects.create(
        case=case,
        round=1,
        opening="林雅雯您好，",
        closing="請洽 0912-345-678。",
        composed_by=lead.user,
        agency=lead.agency,
        saved_at=timezone.now(),
        sent_at=timezone.now(),
    )
    need = NeedFactory(case=case, agency=lead.agency)
    AnswerPart.objects.create(answer=answer, need=need, agency=lead.agency, text="可以用保險單。")
    return case


def typed(**given):
    words = {"question_zh": "押標金怎麼繳？", "answer_zh": "可以用保險單。"}
    return {**words, "topic_ids": (TopicFactory(code="procurement-bonds").pk,), **given}


def test_what_may_lead_to_her_is_taken_out_and_shown(client, lead, case):
    client.force_login(lead.user)

    page = client.get(reverse("desk:known", args=[case.reference]))

    first = page.context["form"].initial
    assert first["question_zh"] == "○○○的押標金怎麼繳"
    assert "林雅雯" not in first["answer_zh"]
    assert "可以用保險單。" in first["answer_zh"]
    assert {text for text, _kind in page.context["taken"].rows} == {
        "示範木業有限公司",
        "林雅雯",
        "0912-345-678",
    }


def test_the_draft_belongs_to_the_lead_agency_and_the_case_keeps_the_link(lead, case):
    question = known_answers.draft_from(
        case_id=case.pk, by_id=lead.user.pk, wording=Wording(**typed()), key=uuid4()
    )

    assert (question.state, question.agency) == ("draft", lead.agency)
    known = KnownAnswer.objects.get()
    assert (known.case, known.question, known.known_as) == (case, question, "drafted_from")
    entry = Entry.objects.get(event=CaseEvent.QA_DRAFTED)
    assert (entry.subject_id, entry.facts) == (str(case.pk), {"question": question.pk})
    with override("en"):
        assert timeline_for(case, "staff")[-1].text == "A Q&A was drafted from this case"


def test_what_still_leads_to_her_is_refused_until_it_is_confirmed(lead, case):
    wording = Wording(**typed(answer_zh="林雅雯可以用保險單。"))
    asked = {"case_id": case.pk, "by_id": lead.user.pk, "wording": wording, "key": uuid4()}

    with pytest.raises(known_answers.PersonalDataLeftError, match="林雅雯"):
        known_answers.draft_from(**asked)

    assert known_answers.draft_from(**asked, is_checked=True) == Question.objects.get()


def test_a_case_without_an_answer_makes_none(lead):
    case = CaseFactory(in_progress=True, lead_agency=lead.agency, lead_officer=lead.user)

    with pytest.raises(known_answers.NotAnsweredYetError):
        known_answers.draft_from(
            case_id=case.pk, by_id=lead.user.pk, wording=Wording(**typed()), key=uuid4()
        )


def test_the_page_says_what_is_left_beside_the_box_and_keeps_what_was_typed(client, lead, case):
    client.force_login(lead.user)
    page = reverse("desk:known", args=[case.reference])
    said = {
        "question_zh": "押標金怎麼繳？",
        "answer_zh": "請洽 0912-345-678",
        "topics": [TopicFactory().pk],
        "review_months": "12",
        "agency": lead.agency.pk,
        "idempotency_key": str(uuid4()),
    }

    refused = client.post(page, said)
    assert refused.status_code == 422
    assert "0912-345-678" in refused.content.decode()

    assert client.post(page, {**said, "answer_zh": "請洽承辦人"}).status_code == 303
    assert "押標金怎麼繳？" in client.get(page).content.decode()


def test_an_officer_without_that_right_drafts_nothing(client, lead, case):
    officer = StaffMembershipFactory(agency=lead.agency, role=Role.OFFICER).user
    client.force_login(officer)

    assert client.get(reverse("desk:known", args=[case.reference])).context["form"] is None
    assert client.post(reverse("desk:known", args=[case.reference])).status_code == 403


def test_another_agency_on_the_case_does_not_read_the_draft(client, lead, case):
    known_answers.draft_from(
        case_id=case.pk, by_id=lead.user.pk, wording=Wording(**typed()), key=uuid4()
    )
    other = StaffMembershipFactory(agency=AgencyFactory(), role=Role.LEAD)
    NeedFactory(case=case, agency=other.agency, in_progress=True)
    page = reverse("desk:known", args=[case.reference])

    for reader, reads in ((lead.user, True), (other.user, False)):
        client.force_login(reader)
        answer = client.get(page)
        assert answer.status_code == 200
        assert ("押標金怎麼繳？" in answer.content.decode()) is reads
