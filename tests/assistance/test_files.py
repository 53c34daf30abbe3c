"""Papers: taken, kept by a name of our own, served to whoever may see them, let through when scanned."""

import io
import socket
import struct
import threading

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from assistance.events import CaseEvent
from assistance.models import Attachment, CaseReading, Draft, ScanState
from assistance.services import drafts, files
from assistance.services.errors import DraftGoneError, QuestionSettledError, TooManyPapersError
from assistance.services.scanning import scan_pending
from foundation.clamd import ScannerUnavailableError, is_clean
from foundation.papers import open_paper, storage
from foundation.transitions import MoveNotAllowedError
from foundation.uploads import check_upload
from ledger.models import Entry
from tests.assistance import asking as ask
from tests.factories.accounts import EnterpriseFactory, StaffMembershipFactory, UserFactory
from tests.factories.assistance import CaseFactory, CaseMessageFactory, QuestionItemFactory

pytestmark = pytest.mark.django_db


def pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def upload(name="401報表.pdf", content=None):
    return SimpleUploadedFile(name, content or pdf(), content_type="application/pdf")


def add_to_case(case, **more):
    one = upload()
    more.setdefault("by_id", None)
    return files.add_to_case(case_id=case.pk, checked=check_upload(one), content=one, **more)


def add_to_draft(draft, **more):
    one = upload()
    return files.add_to_draft(draft_id=draft.pk, checked=check_upload(one), content=one, **more)


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def case(owner):
    return CaseFactory(enterprise=EnterpriseFactory(owner=owner))


class TestServices:
    def test_a_paper_is_kept_under_a_name_of_our_own(self, case):
        row = add_to_case(case)

        assert row.name == "401報表.pdf"
        assert "401" not in row.storage_name
        with open_paper(row.storage_name) as kept:
            assert kept.read().startswith(b"%PDF")
        entry = Entry.objects.get(event=CaseEvent.FILE_ADDED)
        facts = {"file": str(row.pk), "kind": "pdf", "document": ""}
        assert entry.facts == facts | {"of": None, "internal": False}

    def test_too_many_papers_are_refused_and_leave_no_bytes(self, case, monkeypatch):
        monkeypatch.setattr(files, "MOST_FILES", 1)
        add_to_case(case)
        before = stored_names()

        with pytest.raises(TooManyPapersError):
            add_to_case(case)

        assert stored_names() == before

    def test_a_settled_case_takes_none_and_keeps_no_bytes(self):
        before = stored_names()

        with pytest.raises(MoveNotAllowedError):
            add_to_case(CaseFactory(closed=True))

        assert stored_names() == before

    def test_a_question_that_was_settled_takes_none(self):
        item = QuestionItemFactory(question__answered=True)

        with pytest.raises(QuestionSettledError):
            add_to_case(item.question.case, question_item_id=item.pk)

        assert not Attachment.objects.exists()

    def test_a_draft_that_is_gone_takes_nothing(self):
        draft = drafts.begin(owner_id=None).draft
        Draft.objects.update(expires_at=timezone.now())
        before = stored_names()

        with pytest.raises(DraftGoneError):
            add_to_draft(draft)

        assert stored_names() == before

    def test_papers_of_a_draft_move_into_the_case(self):
        ask.catalogue()
        draft = drafts.begin(owner_id=None).draft
        row = add_to_draft(draft, document_code="registration")

        case = ask.submit(draft_id=draft.pk)

        row.refresh_from_db()
        assert (row.case, row.draft) == (case, None)
        assert Entry.objects.get(event=CaseEvent.SUBMITTED).facts["files"] == 1

    def test_removing_from_a_draft_deletes_the_bytes(self, django_capture_on_commit_callbacks):
        draft = drafts.begin(owner_id=None).draft
        row = add_to_draft(draft)

        with django_capture_on_commit_callbacks(execute=True):
            files.remove_from_draft(attachment_id=row.pk, draft_id=draft.pk)

        assert not storage().exists(row.storage_name)

    def test_a_paper_belongs_to_a_case_or_a_draft(self, case):
        row = add_to_case(case)
        draft = drafts.begin(owner_id=None).draft

        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(pk=row.pk).update(draft=draft)


def status_of(client, url):
    response = client.get(url)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response.status_code


def stored_names():
    return {
        f"{folder}/{name}"
        for folder in storage().listdir("")[0]
        for name in storage().listdir(folder)[1]
    }


class TestDownload:
    def url(self, row):
        return f"/files/{row.pk}/"

    def test_the_owner_gets_it_as_an_attachment_and_nothing_runs(self, client, case, owner):
        row = add_to_case(case)
        client.force_login(owner)

        response = client.get(self.url(row))

        assert b"".join(response.streaming_content).startswith(b"%PDF")
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''401")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["Cache-Control"] == "private, no-store"

    def test_others_and_missing_ones_are_alike(self, client, case):
        row = add_to_case(case)
        client.force_login(UserFactory())

        foreign = client.get(self.url(row))
        missing = client.get("/files/00000000-0000-4000-8000-000000000000/")

        assert foreign.status_code == missing.status_code == 404

    @pytest.mark.parametrize("state", [ScanState.PENDING, ScanState.INFECTED])
    def test_what_is_not_scanned_clean_is_never_served(self, client, case, owner, state):
        row = add_to_case(case)
        Attachment.objects.update(scan_state=state)
        client.force_login(owner)

        assert status_of(client, self.url(row)) == 404

    def test_the_sme_never_gets_the_file_of_an_internal_note(self, client, case, owner):
        note = CaseMessageFactory(case=case, note=True)
        row = add_to_case(case, message_id=note.pk)
        client.force_login(owner)

        assert status_of(client, self.url(row)) == 404

    def test_a_session_that_follows_the_case_gets_it_but_not_a_notes_file(self, client):
        case = CaseFactory()
        row = add_to_case(case)
        note = CaseMessageFactory(case=case, note=True)
        hidden = add_to_case(case, message_id=note.pk)
        session = client.session
        session["followed_cases"] = {case.reference: timezone.now().timestamp() + 60}
        session.save()

        assert status_of(client, self.url(row)) == 200
        assert status_of(client, self.url(hidden)) == 404

    def test_staff_who_open_it_are_written_down(self, client, case):
        row = add_to_case(case)
        officer = StaffMembershipFactory(role="officer", agency=case.lead_agency).user
        client.force_login(officer)

        status_of(client, self.url(row))

        reading = CaseReading.objects.get()
        assert (reading.reader, reading.what) == (officer, f"file:{row.pk}")
        assert reading.agency == case.lead_agency

    def test_lost_bytes_are_not_found(self, client, case, owner):
        row = add_to_case(case)
        storage().delete(row.storage_name)
        client.force_login(owner)

        assert status_of(client, self.url(row)) == 404


class TestUpload:
    @pytest.fixture(autouse=True)
    def catalogue(self, db):
        ask.catalogue()

    def send(self, client, *content, fragment=False, paper="registration"):
        more = {"HTTP_HX_REQUEST": "true"} if fragment else {}
        return client.post(f"/request/upload/{paper}/", {"file": list(content)}, **more)

    def test_a_file_arrives_with_progress_and_answers_with_its_row(self, client):
        ask.answer_all(client, until="papers")

        response = self.send(client, upload(), fragment=True)

        row = Attachment.objects.get()
        assert response.status_code == 200
        assert response.content.decode().startswith("<li>")
        assert row.document_code == "registration"
        assert status_of(client, f"/files/{row.pk}/") == 200
        assert status_of(type(client)(), f"/files/{row.pk}/") == 404

    def test_without_javascript_several_come_at_once(self, client):
        ask.answer_all(client, until="papers")

        response = self.send(client, upload("a.pdf"), upload("b.pdf"))

        assert response["Location"] == "/request/papers/#paper-registration"
        assert Attachment.objects.count() == 2

    def test_a_refused_file_says_why_in_plain_text(self, client):
        ask.answer_all(client, until="papers")

        response = self.send(client, upload("x.pdf", b"<html>no pdf</html>"), fragment=True)

        assert response.status_code == 422
        assert response["Content-Type"].startswith("text/plain")
        assert not Attachment.objects.exists()

    def test_an_unknown_paper_is_kept_among_the_others(self, client):
        ask.answer_all(client, until="papers")

        self.send(client, upload(), paper="no-such-paper")

        assert Attachment.objects.get().document_code == "other"

    def test_sending_no_file_is_said(self, client):
        assert self.send(client, fragment=True).status_code == 422
        assert client.post("/request/upload/other/", {"file": "text"}).status_code == 303

    def test_a_file_is_removed_after_asking(self, client):
        ask.answer_all(client, until="papers")
        self.send(client, upload())
        row = Attachment.objects.get()
        url = f"/request/files/{row.pk}/remove/"

        assert type(client)().post(url).status_code == 303
        assert client.get(url).status_code == 200
        assert Attachment.objects.exists()
        client.post(url)

        assert not Attachment.objects.exists()

    def test_after_sending_the_session_still_opens_its_papers(self, client):
        ask.answer_all(client, until="papers")
        self.send(client, upload())
        for step in ("papers", "contact"):
            client.post(f"/request/{step}/", ask.ANSWERS[step])
        ask.confirm(client)
        ask.send(client)

        row = Attachment.objects.get()
        assert row.case is not None
        assert status_of(client, f"/files/{row.pk}/") == 200


class Clamd(threading.Thread):
    """A scanner that says what it is told to, over INSTREAM."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer, self.seen = answer, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.server.getsockname()[1]}"

    def run(self) -> None:
        wire, _who = self.server.accept()
        with wire, wire.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", stream.read(4))[0]:
                self.seen += stream.read(size)
            wire.sendall(self.answer)
        self.server.close()


class TestScanner:
    def scanner(self, answer):
        made = Clamd(answer)
        made.start()
        return made

    def test_the_whole_file_is_streamed(self):
        scanner = self.scanner(b"stream: OK\0")

        assert is_clean(io.BytesIO(b"x" * 200_000), scanner.address)
        scanner.join(5)
        assert len(scanner.seen) == 200_000

    def test_what_is_found_is_not_clean_and_nonsense_is_no_answer(self):
        assert not is_clean(io.BytesIO(b"x"), self.scanner(b"stream: Eicar FOUND\0").address)
        with pytest.raises(ScannerUnavailableError):
            is_clean(io.BytesIO(b"x"), self.scanner(b"INSTREAM size limit ERROR\0").address)

    def test_papers_wait_until_they_are_scanned(self, case, settings, owner):
        scanner = self.scanner(b"stream: OK\0")
        settings.CLAMD_ADDRESS = scanner.address
        row = add_to_case(case)
        assert row.scan_state == ScanState.PENDING
        assert not Attachment.objects.readable().exists()

        assert scan_pending() == 1

        assert Attachment.objects.visible_to(owner).readable().get() == row

    def test_an_infected_paper_loses_its_bytes(
        self, case, settings, django_capture_on_commit_callbacks
    ):
        settings.CLAMD_ADDRESS = self.scanner(b"stream: Eicar FOUND\0").address
        row = add_to_case(case)

        with django_capture_on_commit_callbacks(execute=True):
            scan_pending()

        row.refresh_from_db()
        assert row.scan_state == ScanState.INFECTED
        assert not storage().exists(row.storage_name)

    def test_while_the_scanner_is_away_everything_stays_pending(self, case, settings):
        settings.CLAMD_ADDRESS = "127.0.0.1:1"
        row = add_to_case(case)

        assert scan_pending() == 0

        row.refresh_from_db()
        assert row.scan_state == ScanState.PENDING

    def test_without_a_scanner_nothing_waits(self, case, settings):
        settings.CLAMD_ADDRESS = ""

        assert add_to_case(case).is_readable
        assert scan_pending() == 0
