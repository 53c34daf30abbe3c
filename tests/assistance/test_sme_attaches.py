"""What the applicant writes carries files, too: her messages, and her answers to a question."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.models import Attachment, CaseMessage
from assistance.services import files
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory, QuestionFactory

pytestmark = pytest.mark.django_db

WORDS = "請看附件"


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def lead():
    return officer(Role.LEAD)


@pytest.fixture
def firm(owner):
    return EnterpriseFactory(owner=owner)


@pytest.fixture
def case(lead, firm):
    return CaseFactory(
        in_progress=True, lead_officer=lead, lead_agency=CoordinatorFactory(), enterprise=firm
    )


@pytest.fixture
def asked(lead, firm):
    waiting = CaseFactory(
        waiting=True, lead_officer=lead, lead_agency=CoordinatorFactory(), enterprise=firm
    )
    return QuestionFactory(case=waiting)


def one(name: str = "報價.csv", content: bytes = b"a,b\n1,2\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def sent(*chosen):
    return {"body": WORDS, "idempotency_key": str(uuid.uuid4()), "files": list(chosen)}


def test_the_officer_opens_what_came_with_the_message(owner, lead, case):
    answer = signed_in(owner).post(
        reverse("cases:message", args=[case.reference]), sent(one(), one("圖.csv"))
    )

    rows = Attachment.objects.filter(case=case, message__body=WORDS, uploaded_by=owner)
    staff = signed_in(lead).get(reverse("desk:case", args=[case.reference]))
    got = signed_in(lead).get(reverse("files:download", args=[rows[0].pk]))
    (line,) = staff.context["happenings"]
    assert answer.status_code == 303
    assert [file["name"] for file in line.files] == ["報價.csv", "圖.csv"]
    assert b"".join(got.streaming_content)


def test_a_question_is_answered_with_the_form_filled_in(owner, asked):
    answer = signed_in(owner).post(
        reverse("cases:answer", args=[asked.case.reference, asked.pk]), sent(one())
    )

    asked.refresh_from_db()
    assert answer.status_code == 303
    assert asked.state == "answered"
    assert Attachment.objects.get().message.kind == "reply"


def test_a_guest_attaches_too(client):
    case = CaseFactory(in_progress=True)
    session = client.session
    session["followed_cases"] = {case.reference: timezone.now().timestamp() + 60}
    session.save()

    answer = client.post(reverse("track:message", args=[case.reference]), sent(one()))

    file = Attachment.objects.get()
    assert answer.status_code == 303
    assert (file.message.body, file.uploaded_by) == (WORDS, None)


def test_a_file_that_will_not_do_keeps_her_words_on_the_page(owner, case, asked):
    client, bad = signed_in(owner), one("virus.exe", b"MZ\x00")
    urls = [
        reverse("cases:message", args=[case.reference]),
        reverse("cases:answer", args=[asked.case.reference, asked.pk]),
    ]

    answers = [client.post(url, sent(bad)) for url in urls]

    for answer in answers:
        assert answer.status_code == 422
        assert WORDS in answer.content.decode()
        assert "virus.exe" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_without_room_nothing_is_sent_and_her_words_stay(owner, case, asked, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 0)
    client = signed_in(owner)
    urls = [
        reverse("cases:message", args=[case.reference]),
        reverse("cases:answer", args=[asked.case.reference, asked.pk]),
    ]

    answers = [client.post(url, sent(one())) for url in urls]

    asked.refresh_from_db()
    for answer in answers:
        assert answer.status_code == 409
        assert WORDS in answer.content.decode()
    assert asked.state == "open"
    assert not CaseMessage.objects.filter(body=WORDS).exists()
