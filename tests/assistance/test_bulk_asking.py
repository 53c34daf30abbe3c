"""Asking the SMEs of several cases from the queue: one text, each case by itself."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.models import Attachment, CaseMessage, Question
from assistance.services.errors import NoSingleSubjectError
from assistance.states import CaseState, NeedState
from foundation.papers import open_paper
from foundation.working_days import add_working_days
from tests.assistance.desk import elsewhere, officer, signed_in
from tests.factories.accounts import AgencyFactory
from tests.factories.assistance import CaseFactory, ClockSpanFactory, NeedFactory
from tests.factories.catalogue import EditionFactory, SystemFactory

pytestmark = pytest.mark.django_db

URL = "desk:bulk_ask"


@pytest.fixture
def lead():
    return officer(Role.LEAD)


def running(lead, **fields):
    case = CaseFactory(in_progress=True, lead_officer=lead, **fields)
    ClockSpanFactory(case=case)
    return case


def sent(cases, **more):
    return {
        "case": [case.reference for case in cases],
        "body": "請補最近一期的 401 表。",
        "others": "401 表\n存摺影本",
        "due_on": add_working_days(timezone.localdate(), 5).isoformat(),
        "idempotency_key": str(uuid.uuid4()),
        **more,
    }


def test_the_page_shows_the_cases_and_the_papers_of_their_systems(lead):
    system = SystemFactory()
    EditionFactory(system=system, documents=[{"code": "f401", "zh": "401 表", "en": "Form 401"}])
    cases = [running(lead, main_system=system), running(lead)]
    ticked = {"case": [case.reference for case in cases]}

    page = signed_in(lead).post(reverse(URL), ticked).content.decode()

    assert all(case.reference in page for case in cases)
    assert "401 表" in page


def test_every_sme_is_asked_the_same_and_every_clock_pauses(lead):
    cases = [running(lead), running(lead)]

    answer = signed_in(lead).post(reverse(URL), sent(cases))

    assert answer.status_code == 303
    for case in cases:
        case.refresh_from_db()
        question = Question.objects.get(case=case)
        assert case.state == CaseState.WAITING
        assert [item.label for item in question.items.all()] == ["401 表", "存摺影本"]
        assert question.message.body == "請補最近一期的 401 表。"


def test_the_same_form_sent_twice_asks_once(lead):
    typed, client = sent([running(lead), running(lead)]), signed_in(lead)

    answers = [client.post(reverse(URL), typed).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert Question.objects.count() == 2


def test_those_that_could_not_be_asked_are_told_with_the_reason(lead):
    fine, untaken = running(lead), CaseFactory()

    answer = signed_in(lead).post(reverse(URL), sent([fine, untaken]))

    problems = {row["case"]: str(row["problem"]) for row in answer.context["rows"]}
    assert answer.status_code == 409
    assert problems[fine] == ""
    assert problems[untaken]
    assert list(Question.objects.values_list("case_id", flat=True)) == [fine.pk]


def test_where_none_could_be_asked_the_form_stays_with_what_was_typed(lead):
    answer = signed_in(lead).post(reverse(URL), sent([CaseFactory()]))

    assert answer.status_code == 409
    assert "請補最近一期的 401 表。" in answer.content.decode()
    assert not Question.objects.exists()


def test_an_agency_asks_about_its_own_need(lead):
    agency = AgencyFactory()
    worker, case = officer(Role.OFFICER, agency=agency), running(lead)
    need = NeedFactory(in_progress=True, case=case, agency=agency, officer=worker)
    ClockSpanFactory(case=case, need=need)

    answer = signed_in(worker).post(reverse(URL), sent([case]))

    need.refresh_from_db()
    question = Question.objects.get()
    assert answer.status_code == 303
    assert (question.need, question.message.agency) == (need, agency)
    assert need.state == NeedState.WAITING


def test_who_works_on_several_needs_asks_on_the_page_of_the_case(lead):
    agency = AgencyFactory()
    worker, case = officer(Role.OFFICER, agency=agency), running(lead)
    for _ in range(2):
        NeedFactory(in_progress=True, case=case, agency=agency, officer=worker)

    answer = signed_in(worker).post(reverse(URL), sent([case]))

    assert answer.status_code == 409
    assert str(NoSingleSubjectError()) in answer.content.decode()


def test_a_form_to_fill_in_goes_to_each_of_them_however_large(lead, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    cases = [running(lead), running(lead)]
    blank = SimpleUploadedFile("空白表.csv", "項目,金額\n".encode(), content_type="text/csv")

    answer = signed_in(lead).post(reverse(URL), sent(cases, files=[blank]))

    assert answer.status_code == 303
    for case in cases:
        file = Attachment.objects.get(case=case)
        assert file.message == Question.objects.get(case=case).message
        with open_paper(file.storage_name) as kept:
            assert kept.read().decode() == "項目,金額\n"


@pytest.mark.parametrize(
    "typed", [{"body": ""}, {"body": "\x00"}, {"due_on": "2020-01-01"}, {"due_on": "x"}]
)
def test_a_form_that_says_nothing_useful_comes_back_and_asks_nobody(lead, typed):
    answer = signed_in(lead).post(reverse(URL), sent([running(lead)], **typed))

    assert answer.status_code in (400, 422)
    assert not CaseMessage.objects.exists()


def test_cases_one_cannot_see_are_not_asked(lead):
    answer = signed_in(elsewhere()).post(reverse(URL), sent([running(lead)]))

    assert answer.status_code == 303
    assert not Question.objects.exists()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR])
def test_those_who_do_not_work_on_cases_do_not_ask(role):
    assert signed_in(officer(role)).post(reverse(URL)).status_code == 403
