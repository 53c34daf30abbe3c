"""The pages of a case that was filed under a mandate: hers, the filer's, the officer's."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assistance.models import Attachment, Case, Mandate
from assistance.services import mandate_answers
from assistance.states import MandateState
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import (
    AttachmentFactory,
    CaseFactory,
    CoordinatorFactory,
    QuestionFactory,
    today,
)
from tests.factories.mandates import SAID, MandatedRequestFactory

pytestmark = pytest.mark.django_db
ALLOWED = {
    "description": "她改過的說明。",
    "contact_name": "林雅雯",
    "may_read": "on",
    "agreed": "on",
}


@pytest.fixture(autouse=True)
def _catalogue(two_systems):
    """A catalogue to ask in."""


@pytest.fixture
def filer():
    return UserFactory(name="王會計", verified=True)


@pytest.fixture
def owner():
    return UserFactory(name="林雅雯", verified=True)


@pytest.fixture
def firm(owner):
    return EnterpriseFactory(owner=owner, name_zh="真正的木業")


@pytest.fixture
def case(filer, firm, owner):
    """A case filed for the firm; the mandate lets the filer read and write."""
    filed = MandatedRequestFactory(
        filed=True,
        mandate__filer=filer,
        mandate__enterprise=firm,
        mandate__may_write=True,
        mandate__is_standing=True,
        mandate__confirmed_by=owner,
        case__enterprise=firm,
        case__applicant=owner,
        case__in_progress=True,
        case__lead_agency=CoordinatorFactory(),
        case__lead_officer=officer("lead"),
    )
    return filed.case


def _until(days=100) -> str:
    return (today() + dt.timedelta(days=days)).isoformat()


def _key(page) -> str:
    return re.search(r'name="idempotency_key" value="([^"]+)"', page.content.decode())[1]


def _prepare(client, mandate, **changed):
    path = reverse("acting:request", args=[mandate.pk])
    said = SAID | {"idempotency_key": _key(client.get(path))}
    return client.post(path, said | changed, follow=True)


def test_members_decide_in_their_account(filer, firm, owner):
    request = MandatedRequestFactory(mandate__filer=filer, mandate__enterprise=firm)
    client, mandate = signed_in(owner), request.mandate

    assert "王會計" in client.get(reverse("cases:list")).content.decode()
    assert "王會計" in client.get(reverse("mandates:list")).content.decode()
    page = client.get(reverse("mandates:show", args=[mandate.pk])).content.decode()
    assert SAID["description"] in page
    answer = client.post(
        reverse("mandates:confirm", args=[mandate.pk]), ALLOWED | {"valid_to": _until()}
    )

    case = Case.objects.get()
    assert answer["Location"] == reverse("cases:detail", args=[case.reference])
    assert "王會計" in client.get(answer["Location"]).content.decode()
    again = client.post(
        reverse("mandates:confirm", args=[mandate.pk]), ALLOWED | {"valid_to": _until()}
    )
    assert again.status_code == 409


def test_she_withdraws_on_the_page_of_the_case_and_it_is_over_at_once(case, filer, owner):
    hers, his = signed_in(owner), signed_in(filer)
    path = reverse("acting:detail", args=[case.reference])
    paper = _paper(case)
    assert his.get(path).status_code == 200
    page = hers.get(reverse("cases:filed_by", args=[case.reference])).content.decode()
    assert "撤回委任" in page

    assert hers.post(reverse("cases:filed_by", args=[case.reference])).status_code == 303

    for name in ("detail", "print"):
        assert his.get(reverse(f"acting:{name}", args=[case.reference])).status_code == 404
    for name in ("message", "upload"):
        assert his.post(reverse(f"acting:{name}", args=[case.reference])).status_code == 404
    assert his.get(reverse("files:download", args=[paper.pk])).status_code == 404
    page = his.get(reverse("acting:mandate", args=[Mandate.objects.get().pk])).content.decode()
    assert case.reference in page
    assert case.subject not in page
    page = hers.get(reverse("cases:detail", args=[case.reference])).content.decode()
    assert "王會計" in page
    assert "企業已撤回" in page
    again = hers.post(reverse("cases:filed_by", args=[case.reference]))
    assert again.status_code == 409


def _paper(case) -> Attachment:
    return AttachmentFactory(case=case)


def test_the_filer_writes_where_the_mandate_says_so(case, filer):
    client = signed_in(filer)
    path = reverse("acting:detail", args=[case.reference])
    page = client.get(path)

    answer = client.post(
        reverse("acting:message", args=[case.reference]),
        {"body": "補充說明。", "idempotency_key": _key(page)},
    )

    assert answer["Location"] == path
    assert case.messages.get().author == filer
    assert "王會計" in client.get(path).content.decode()


def test_the_filer_answers_a_question(case, filer):
    Case.objects.filter(pk=case.pk).update(
        state="waiting", resumes_as="progress", due_on=None, due_kind=""
    )
    question = QuestionFactory(case=case)
    client = signed_in(filer)
    path = reverse("acting:detail", args=[case.reference])

    answer = client.post(
        reverse("acting:answer", args=[case.reference, question.pk]),
        {"body": "在這裡。", "idempotency_key": _key(client.get(path))},
    )

    assert answer.status_code == 303
    question.refresh_from_db()
    assert question.state == "answered"


def test_who_may_only_read_finds_no_way_to_write(case, filer):
    Mandate.objects.update(may_write=False)
    client = signed_in(filer)

    page = client.get(reverse("acting:detail", args=[case.reference])).content.decode()

    assert "<textarea" not in page
    for name in ("message", "upload"):
        assert client.post(reverse(f"acting:{name}", args=[case.reference])).status_code == 404


def test_the_filers_page_offers_nothing_that_is_hers_alone(case, filer):
    page = signed_in(filer).get(reverse("acting:detail", args=[case.reference]))

    shown = page.content.decode()
    for act in ("withdraw", "consents", "readers", "reopen", "rate", "filed-by"):
        assert f"/{act}/" not in shown
    for name in ("detail", "withdraw", "consents", "readers", "filed_by"):
        path = reverse(f"cases:{name}", args=[case.reference])
        assert signed_in(filer).get(path).status_code == 404


def test_what_is_new_to_her_stays_new_when_the_filer_looks(case, filer):
    Case.objects.filter(pk=case.pk).update(has_unread_for_sme=True)

    signed_in(filer).get(reverse("acting:detail", args=[case.reference]))

    case.refresh_from_db()
    assert case.has_unread_for_sme


def test_staff_read_who_filed_it_under_which_mandate(case):
    page = signed_in(case.lead_officer).get(reverse("desk:case", args=[case.reference]))

    shown = page.content.decode()
    assert "王會計" in shown
    assert "受委任代辦" in shown


def test_the_print_says_who_filed_it(case, owner):
    page = signed_in(owner).get(reverse("cases:print", args=[case.reference]))

    assert "王會計" in page.content.decode()


def test_other_cases_know_no_filer(owner, firm):
    plain = CaseFactory(enterprise=firm)

    path = reverse("cases:filed_by", args=[plain.reference])
    assert signed_in(owner).get(path).status_code == 404


def test_a_stranger_finds_none_of_it(case, firm):
    mandate = Mandate.objects.get()
    client = signed_in(UserFactory(verified=True))

    for name in ("acting:mandate", "acting:request", "acting:lay_down", "mandates:show"):
        assert client.get(reverse(name, args=[mandate.pk])).status_code == 404
    for name in ("acting:ask", "mandates:confirm", "mandates:refuse", "mandates:withdraw"):
        assert client.post(reverse(name, args=[mandate.pk])).status_code == 404
    assert client.get(reverse("acting:detail", args=[case.reference])).status_code == 404
    mandate.refresh_from_db()
    assert mandate.state == MandateState.CONFIRMED


def test_people_of_agencies_do_not_file_under_mandates():
    client = signed_in(officer("officer"))

    assert client.get(reverse("acting:list")).status_code == 403
    assert client.get(reverse("acting:new")).status_code == 403


def test_laying_down_asks_first(case, filer, owner):
    client, mandate = signed_in(filer), Mandate.objects.get()
    path = reverse("acting:lay_down", args=[mandate.pk])

    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 303
    assert client.post(path).status_code == 409
    assert client.get(reverse("acting:detail", args=[case.reference])).status_code == 404


def test_under_a_standing_mandate_the_form_files_at_once(case, filer):
    client, mandate = signed_in(filer), Mandate.objects.get()

    page = _prepare(client, mandate)

    assert page.status_code == 200
    assert Case.objects.filter(enterprise=mandate.enterprise).count() == 2


def test_withdrawn_while_the_form_was_open_says_so_and_keeps_the_words(case, filer, owner):
    client, mandate = signed_in(filer), Mandate.objects.get()
    path = reverse("acting:request", args=[mandate.pk])
    key = _key(client.get(path))
    mandate_answers.withdraw(mandate_id=mandate.pk, by_id=owner.pk)

    answer = client.post(path, SAID | {"idempotency_key": key})

    assert answer.status_code == 403
    assert Case.objects.count() == 1


def test_an_expired_mandate_opens_nothing_before_the_calendar_has_noticed(case, filer):
    Mandate.objects.update(
        given_on=dt.date(2025, 1, 1), valid_to=timezone.localdate() - dt.timedelta(days=1)
    )

    client = signed_in(filer)

    assert client.get(reverse("acting:detail", args=[case.reference])).status_code == 404
