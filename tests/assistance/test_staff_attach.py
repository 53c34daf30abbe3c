"""What staff write carries files: messages and questions to the SME, notes among themselves."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import Attachment, CaseMessage
from assistance.services import files, messages, removing
from assistance.services.errors import TooManyPapersError
from assistance.states import Side
from foundation.uploads import check_upload
from foundation.working_days import add_working_days
from ledger.models import Entry
from tests.assistance.desk import elsewhere, led_case, officer, signed_in
from tests.factories.accounts import AgencyFactory, EnterpriseFactory, UserFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory, NeedFactory

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
    return led_case(lead, owner)


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


def asks(client, case, *chosen, **more):
    sent = {"about": "case", "body": "請填這張表", "others": "填好的表"}
    sent |= {"due_on": workday(), "idempotency_key": str(uuid.uuid4()), "files": list(chosen)}
    return client.post(reverse("desk:ask", args=[case.reference]), sent | more)


def notes(client, case, *chosen, about="case"):
    sent = {"about": about, "body": "只給同仁看", "idempotency_key": str(uuid.uuid4())}
    return client.post(reverse("desk:note", args=[case.reference]), sent | {"files": list(chosen)})


def workday() -> str:
    return add_working_days(timezone.localdate(), 5).isoformat()


def stranger():
    return EnterpriseFactory(owner=UserFactory()).memberships.get().user


def opens(user, file) -> int:
    answer = signed_in(user).get(reverse("files:download", args=[file.pk]))
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def need_of(case):
    """A need at another agency, with the officer who works on it."""
    agency = AgencyFactory()
    who = officer(Role.OFFICER, agency=agency)
    return NeedFactory(case=case, agency=agency, in_progress=True, officer=who), who


class TestQuestions:
    def test_the_owner_finds_the_files_at_the_question(self, lead, owner, case):
        answer = asks(signed_in(lead), case, csv_file("空白表.csv"))

        file = Attachment.objects.get(case=case)
        page = signed_in(owner).get(reverse("cases:detail", args=[case.reference]))
        assert answer.status_code == 303
        assert file.message.question.due_on
        assert [one["name"] for one in page.context["questions"][0]["files"]] == ["空白表.csv"]
        assert opens(owner, file) == 200

    def test_a_guest_gets_them_too(self, lead, client):
        case = CaseFactory(in_progress=True, lead_officer=lead, lead_agency=CoordinatorFactory())
        asks(signed_in(lead), case, csv_file())
        session = client.session
        session["followed_cases"] = {case.reference: timezone.now().timestamp() + 60}
        session.save()

        got = client.get(reverse("files:download", args=[Attachment.objects.get().pk]))

        assert b"".join(got.streaming_content) == CSV

    def test_another_firm_and_another_agency_do_not_find_them(self, case):
        need, hers = need_of(case)
        _need, other = need_of(case)
        asks(signed_in(hers), case, csv_file(), about=str(need.pk))
        file = Attachment.objects.get()

        assert opens(hers, file) == 200
        assert {opens(who, file) for who in (other, elsewhere(), stranger())} == {404}

    def test_a_question_that_will_not_do_keeps_no_file(self, lead, case):
        answer = asks(signed_in(lead), case, csv_file(), due_on="昨天")

        assert answer.status_code == 422
        assert not Attachment.objects.exists()

    def test_without_room_nothing_is_asked(self, lead, case, monkeypatch):
        monkeypatch.setattr(files, "MOST_FILES", 0)

        answer = asks(signed_in(lead), case, csv_file())

        case.refresh_from_db()
        assert answer.status_code == 409
        assert case.state == "progress"
        assert not CaseMessage.objects.exists()


class TestNotes:
    def test_those_who_read_the_note_open_its_file(self, lead, case):
        need, hers = need_of(case)

        answer = notes(signed_in(hers), case, csv_file(), about=str(need.pk))

        file = Attachment.objects.get()
        page = signed_in(lead).get(reverse("desk:case", args=[case.reference]))
        assert answer.status_code == 303
        assert {opens(who, file) for who in (hers, lead)} == {200}
        assert "清單.csv" in page.content.decode()

    def test_nobody_else_does(self, lead, owner, case, client):
        need, hers = need_of(case)
        _need, other = need_of(case)
        notes(signed_in(hers), case, csv_file(), about=str(need.pk))
        file = Attachment.objects.get()

        assert {opens(who, file) for who in (owner, other, elsewhere(), stranger())} == {404}

    def test_the_owner_and_a_guest_hear_nothing_of_it(self, lead, owner, case, client):
        notes(signed_in(lead), case, csv_file())
        session = client.session
        session["followed_cases"] = {case.reference: timezone.now().timestamp() + 60}
        session.save()

        hers = signed_in(owner).get(reverse("cases:detail", args=[case.reference]))
        printed = signed_in(owner).get(reverse("cases:print", args=[case.reference]))
        guest = client.get(reverse("files:download", args=[Attachment.objects.get().pk]))

        assert guest.status_code == 404
        for page in (hers, printed):
            assert not page.context["happenings"]
            assert "清單.csv" not in page.content.decode()

    def test_another_agency_does_not_see_that_a_file_was_there(self, lead, case):
        need, hers = need_of(case)
        _need, other = need_of(case)
        notes(signed_in(hers), case, csv_file(), about=str(need.pk))
        removing.remove(
            attachment_id=Attachment.objects.get().pk,
            by_id=hers.pk,
            agency_id=need.agency_id,
            reason="放錯了",
        )

        url = reverse("desk:case", args=[case.reference])
        titles = {
            who.pk: [one.title for one in signed_in(who).get(url).context["happenings"]]
            for who in (lead, other)
        }

        assert titles[lead.pk] == ["內部備註", "移除了一個檔案"]
        assert titles[other.pk] == []


@pytest.mark.parametrize("write", [send, asks, notes])
def test_a_file_that_came_with_words_stands_in_the_timeline_once(lead, owner, case, write):
    write(signed_in(lead), case, csv_file())

    staff = signed_in(lead).get(reverse("desk:case", args=[case.reference]))
    sme = signed_in(owner).get(reverse("cases:detail", args=[case.reference]))

    (line,) = staff.context["happenings"]
    assert [one["name"] for one in line.files] == ["清單.csv"]
    assert len(sme.context["happenings"]) == (0 if write is notes else 1)


def test_a_paper_that_came_alone_has_a_line_of_its_own(lead, owner, case):
    one = csv_file()
    files.add_to_case(case_id=case.pk, checked=check_upload(one), content=one, by_id=owner.pk)

    staff = signed_in(lead).get(reverse("desk:case", args=[case.reference]))
    sme = signed_in(owner).get(reverse("cases:detail", args=[case.reference]))

    assert len(staff.context["happenings"]) == len(sme.context["happenings"]) == 1
