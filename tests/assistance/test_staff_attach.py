"""Messages of staff carry files, and say whether the SME has read them."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import Attachment, CaseMessage
from assistance.services import files, messages
from assistance.services.errors import TooManyPapersError
from assistance.states import Side
from ledger.models import Entry
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory

pytestmark = pytest.mark.django_db

CSV = "品項,數量\n螺絲,3\n".encode()


@pytest.fixture
def lead():
    return officer(Role.LEAD)


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def case(lead, owner):
    return CaseFactory(
        in_progress=True,
        lead_officer=lead,
        lead_agency=CoordinatorFactory(),
        enterprise=EnterpriseFactory(owner=owner),
    )


def send(client, case, *chosen, key=None):
    sent = {"about": "case", "body": "請看附件", "idempotency_key": str(key or uuid.uuid4())}
    return client.post(
        reverse("desk:message", args=[case.reference]), sent | {"files": list(chosen)}
    )


def csv_file(name: str = "清單.csv", content: bytes = CSV) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def test_the_files_go_with_the_message_and_the_owner_gets_them(lead, owner, case):
    answer = send(signed_in(lead), case, csv_file(), csv_file("二.csv"))

    rows = Attachment.objects.filter(case=case, message__body="請看附件")
    got = signed_in(owner).get(reverse("files:download", args=[rows[0].pk]))
    content = b"".join(got.streaming_content)
    assert answer.status_code == 303
    assert sorted(rows.values_list("name", flat=True)) == ["二.csv", "清單.csv"]
    assert content == CSV
    assert Entry.objects.filter(event=CaseEvent.FILE_ADDED, actor_id=lead.pk).count() == 2


def test_sent_twice_it_is_kept_once(lead, case):
    client, key = signed_in(lead), uuid.uuid4()

    send(client, case, csv_file(), key=key)
    send(client, case, csv_file(), key=key)

    assert CaseMessage.objects.filter(case=case).count() == 1
    assert Attachment.objects.filter(case=case).count() == 1


def test_a_file_that_will_not_do_is_named_and_the_words_stay(lead, case):
    answer = send(signed_in(lead), case, csv_file(), csv_file("bad.exe", b"MZ\x00"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "bad.exe" in page
    assert "請看附件" in page
    assert not CaseMessage.objects.filter(case=case).exists()


def test_more_than_five_at_once_are_refused(lead, case):
    answer = send(signed_in(lead), case, *(csv_file(f"{n}.csv") for n in range(6)))

    assert answer.status_code == 422
    assert not Attachment.objects.exists()


def test_without_room_neither_message_nor_file_is_kept(lead, case, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 1)

    answer = send(signed_in(lead), case, csv_file(), csv_file("二.csv"))

    assert answer.status_code == 409
    assert not CaseMessage.objects.filter(case=case).exists()
    assert not Attachment.objects.exists()
    assert str(TooManyPapersError()) in answer.content.decode()


@pytest.mark.parametrize(("prefix", "words"), [("", "業者已讀"), ("/en", "read by the SME")])
def test_staff_see_whether_the_sme_has_read_it(lead, case, prefix, words):
    messages.send_from_agency(
        case_id=case.pk, need_id=None, by_id=lead.pk, agency_id=case.lead_agency_id, body="您好"
    )
    client, url = signed_in(lead), prefix + reverse("desk:case", args=[case.reference])
    before = client.get(url).content.decode()

    messages.mark_read(case_id=case.pk, side=Side.SME)

    assert CaseMessage.objects.get(case=case).read_at <= timezone.now()
    assert words not in before
    assert words in client.get(url).content.decode()
