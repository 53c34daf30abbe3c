"""A changed law reaches the cases whose answers rest on it, each person those she may read."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import KnownAnswer
from assistance.services import messages
from knowledge.services import laws
from ledger.models import Entry
from ledger.relay import relay_due
from ledger.timeline import timeline_for
from notifications.models import Message
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory, UserFactory
from tests.factories.assistance import CaseFactory
from tests.factories.knowledge import LawArticleFactory, QuestionFactory

pytestmark = pytest.mark.django_db
CHANGE = laws.Change(changed_on=dt.date(2026, 8, 1), change_zh="上限改為 3%", change_en="Now 3%")


@pytest.fixture
def law(db):
    return LawArticleFactory(article="30")


@pytest.fixture
def question(law):
    return QuestionFactory(public=True, slug="bid-bond", words={"laws": [law]})


@pytest.fixture
def officer(db):
    return StaffMembershipFactory(agency=AgencyFactory(), role=Role.OFFICER)


def told(question, *, known_as="put_in", **given):
    case = CaseFactory(**given)
    KnownAnswer.objects.create(
        case=case, question=question, known_as=known_as, noted_at=timezone.now()
    )
    return case


def written(officer, body, **given):
    case = CaseFactory(in_progress=True, lead_agency=officer.agency, lead_officer=officer.user)
    messages.send_from_agency(
        case_id=case.pk,
        need_id=None,
        by_id=officer.user.pk,
        agency_id=officer.agency.pk,
        body=body,
    )
    return case


@pytest.mark.parametrize("before", ["", "/en"])
def test_an_answer_that_went_into_a_message_is_known_to_the_case(officer, question, before):
    body = f"請看 http://testserver{before}/qa/bid-bond/ ，http://testserver{before}/qa/bid-bond/"

    case = written(officer, body)

    known = KnownAnswer.objects.get()
    assert (known.case, known.question, known.known_as) == (case, question, "put_in")


@pytest.mark.parametrize(
    "body", ["http://elsewhere.example/qa/bid-bond/", "http://testserver/qa/never-was/", "/qa/"]
)
def test_another_address_is_not(officer, question, body):
    written(officer, body)

    assert not KnownAnswer.objects.exists()


def test_what_is_only_drafted_was_told_to_nobody(officer):
    QuestionFactory(slug="draft")

    written(officer, "http://testserver/qa/draft/")

    assert not KnownAnswer.objects.exists()


def test_each_case_that_is_not_settled_records_it_and_its_officer_hears(officer, law, question):
    of_officer = {"lead_agency": officer.agency, "lead_officer": officer.user}
    touched = [
        told(question, in_progress=True, **of_officer),
        told(question, answered=True, known_as="read_before", **of_officer),
    ]
    told(question, closed=True)
    told(QuestionFactory(public=True), in_progress=True)

    laws.mark_changed(law_id=law.pk, by_id=UserFactory().pk, change=CHANGE)
    relay_due(100)

    recorded = Entry.objects.filter(event=CaseEvent.LAW_CHANGED)
    assert {int(entry.subject_id) for entry in recorded} == {case.pk for case in touched}
    heard = Message.objects.filter(kind="assistance.law_changed")
    assert set(heard.values_list("user_id", flat=True)) == {officer.user.pk}
    with override("en"):
        assert "law" in timeline_for(touched[0], "staff")[-1].text
        assert not any("law" in line.text for line in timeline_for(touched[0], "public"))


def test_an_officer_sees_her_cases_and_how_many_others_there_are(client, officer, law, question):
    mine = told(question, in_progress=True, lead_agency=officer.agency, subject="自己的案件")
    other = told(question, in_progress=True, lead_agency=AgencyFactory(), subject="別人的案件")
    client.force_login(officer.user)

    page = client.get(reverse("desk:law", args=[law.pk]))

    assert [case.pk for case in page.context["rows"]] == [mine.pk]
    assert page.context["unread"] == 1
    body = page.content.decode()
    assert "自己的案件" in body
    assert other.reference not in body
    assert "別人的案件" not in body


def test_an_editor_sees_the_number_and_no_case(client, law, question):
    case = told(question, in_progress=True)
    editor = StaffMembershipFactory(agency=case.lead_agency, role=Role.EDITOR).user
    client.force_login(editor)

    page = client.get(reverse("desk:law", args=[law.pk]))

    assert (list(page.context["rows"]), page.context["unread"]) == ([], 1)
    assert case.reference not in page.content.decode()


def test_marking_an_article_shows_all_it_touches(client, law, question):
    told(question, in_progress=True)
    editor = StaffMembershipFactory(agency=question.agency, role=Role.EDITOR).user
    client.force_login(editor)
    said = {"changed_on": "115/08/01", "change_zh": "上限改為 3%", "change_en": ""}

    page = client.post(reverse("manage_qa:law", args=[law.pk]), said, follow=True)

    assert [one.pk for one in page.context["citing"]] == [question.pk]
    assert page.context["total"] == 1


def test_who_keeps_no_answers_and_no_cases_does_not_look(client, law):
    client.force_login(UserFactory())

    assert client.get(reverse("desk:law", args=[law.pk])).status_code == 403


def test_an_answer_says_what_became_of_it(client, officer, question):
    told(question, in_progress=True, lead_agency=officer.agency, known_as="read_before")
    told(question, in_progress=True)
    client.force_login(officer.user)

    page = client.get(reverse("desk:question", args=[question.slug]))

    assert [number for _label, number in page.context["ways"]] == [1, 0, 1]
    assert (len(page.context["rows"]), page.context["unread"]) == (1, 1)


def test_somebody_elses_draft_is_nobodys_business(client, officer):
    draft = QuestionFactory(slug="draft")
    client.force_login(officer.user)

    assert client.get(reverse("desk:question", args=[draft.slug])).status_code == 404


@pytest.mark.parametrize("page", ["law", "question"])
def test_many_cases_take_no_more_queries(
    client, officer, law, question, page, django_assert_max_num_queries
):
    for _n in range(30):
        told(question, in_progress=True, lead_agency=officer.agency)
    client.force_login(officer.user)
    address = reverse(f"desk:{page}", args=[law.pk if page == "law" else question.slug])
    client.get(address)

    with django_assert_max_num_queries(22):
        assert client.get(address).context["more_url"]
