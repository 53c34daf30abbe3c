"""Taking a file out of a case: by staff with a reason, by whoever sent it before it was used."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import Attachment, CaseMessage, MessageKind
from assistance.services import removing
from assistance.services.errors import PaperInUseError
from assistance.services.readings import note_reading
from foundation.papers import keep_paper, storage
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance.desk import elsewhere, led_case, officer, signed_in
from tests.factories.accounts import (
    AgencyFactory,
    EnterpriseFactory,
    EnterpriseMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import (
    AttachmentFactory,
    CaseFactory,
    CaseMessageFactory,
    CoordinatorFactory,
    NeedFactory,
    QuestionFactory,
    QuestionItemFactory,
)

pytestmark = pytest.mark.django_db

REASON = "這是別家公司的報表"


@pytest.fixture
def lead():
    return officer(Role.LEAD)


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def case(lead, owner):
    return led_case(lead, owner)


def paper(case, **fields):
    return AttachmentFactory(
        case=case, storage_name=keep_paper(ContentFile(b"%PDF-1.4")), name="財報.pdf", **fields
    )


def url(room, case, file):
    return reverse(f"{room}:remove_file", args=[case.reference, file.pk])


def follows(client, case):
    session = client.session
    session["followed_cases"] = {case.reference: timezone.now().timestamp() + 60}
    session.save()
    return client


class TestByStaff:
    def test_it_is_out_of_sight_and_the_owner_reads_why(self, lead, owner, case):
        file = paper(case, uploaded_by=owner)

        asked = signed_in(lead).get(url("desk", case, file))
        answer = signed_in(lead).post(url("desk", case, file), {"reason": REASON})

        file.refresh_from_db()
        said = CaseMessage.objects.get(case=case)
        entry = Entry.objects.get(event=CaseEvent.FILE_REMOVED)
        assert (asked.status_code, answer.status_code) == (200, 303)
        assert file.removed_at is not None
        assert (said.body, said.kind) == (REASON, MessageKind.MESSAGE)
        assert entry.actor_id == lead.pk
        assert entry.facts["message"] == said.pk
        hers = signed_in(owner).get(reverse("cases:detail", args=[case.reference]))
        page = hers.content.decode()
        assert REASON in page
        assert f"{case.lead_agency.name_zh}移除了一個檔案" in page
        assert "財報.pdf" not in page
        download = signed_in(owner).get(reverse("files:download", args=[file.pk]))
        assert download.status_code == 404

    def test_the_owner_is_told(self, lead, owner, case):
        file = paper(case, uploaded_by=owner)

        removing.remove(
            attachment_id=file.pk, by_id=lead.pk, agency_id=case.lead_agency_id, reason=REASON
        )
        relay_due(limit=10)

        told = Message.objects.filter(kind="assistance.file_removed", channel="email")
        assert [one.user_id for one in told] == [owner.pk]
        assert REASON in told[0].text
        case.refresh_from_db()
        assert case.has_unread_for_sme

    def test_without_a_reason_it_stays(self, lead, case):
        file = paper(case)

        answer = signed_in(lead).post(url("desk", case, file), {"reason": " "})

        file.refresh_from_db()
        assert answer.status_code == 422
        assert file.removed_at is None

    def test_a_second_click_changes_nothing_more(self, lead, case):
        file, client = paper(case), signed_in(lead)

        codes = [
            client.post(url("desk", case, file), {"reason": REASON}).status_code for _ in range(2)
        ]
        removing.remove(
            attachment_id=file.pk, by_id=lead.pk, agency_id=case.lead_agency_id, reason=REASON
        )

        assert codes == [303, 303]
        assert Entry.objects.filter(event=CaseEvent.FILE_REMOVED).count() == 1
        assert CaseMessage.objects.filter(case=case).count() == 1

    def test_why_a_notes_file_went_only_staff_read(self, lead, owner, case):
        note = CaseMessageFactory(case=case, note=True)
        file = paper(case, message=note, uploaded_by=lead)

        signed_in(lead).post(url("desk", case, file), {"reason": REASON})
        relay_due(limit=10)

        reason = CaseMessage.objects.get(case=case, body=REASON)
        page = signed_in(owner).get(reverse("cases:detail", args=[case.reference]))
        case.refresh_from_db()
        assert reason.kind == MessageKind.NOTE
        assert "檔案" not in page.content.decode().split('id="tl"')[1].split("</section>")[0]
        assert not Message.objects.filter(kind="assistance.file_removed").exists()
        assert not case.has_unread_for_sme

    def test_an_officer_of_another_agency_removes_only_her_own(self, case):
        agency = AgencyFactory()
        hers = officer(Role.OFFICER, agency=agency)
        need = NeedFactory(case=case, agency=agency, in_progress=True, officer=hers)
        said = CaseMessageFactory(case=case, need=need, from_agency=True, agency=agency)
        own = paper(case, message=said, uploaded_by=hers)
        foreign = paper(case)
        client = signed_in(hers)

        codes = [
            client.post(url("desk", case, file), {"reason": REASON}).status_code
            for file in (own, foreign)
        ]

        assert codes == [303, 403]
        assert CaseMessage.objects.get(body=REASON).agency == agency
        page = client.get(reverse("desk:case", args=[case.reference])).content.decode()
        assert url("desk", case, foreign) not in page

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.MANAGER])
    def test_who_only_reads_removes_nothing(self, case, role):
        file, reader = paper(case), officer(role)

        page = signed_in(reader).get(reverse("desk:case", args=[case.reference]))
        answer = signed_in(reader).post(url("desk", case, file), {"reason": REASON})

        assert answer.status_code == 403
        assert url("desk", case, file) not in page.content.decode()

    def test_another_agencys_or_another_cases_file_is_not_there(self, lead, case):
        file, other = paper(case), paper(CaseFactory(in_progress=True))

        assert signed_in(elsewhere()).get(url("desk", case, file)).status_code == 404
        assert signed_in(lead).get(url("desk", case, other)).status_code == 404

    def test_a_wrong_paper_leaves_a_closed_case_as_well(self, lead, owner):
        closed = CaseFactory(closed=True, lead_officer=lead, lead_agency=CoordinatorFactory())
        file = paper(closed, uploaded_by=owner)

        answer = signed_in(lead).post(url("desk", closed, file), {"reason": REASON})

        file.refresh_from_db()
        assert answer.status_code == 303
        assert file.removed_at is not None


class TestByTheApplicant:
    def test_she_takes_back_what_nobody_has_opened(self, owner, case):
        file, client = paper(case, uploaded_by=owner), signed_in(owner)
        before = client.get(reverse("cases:detail", args=[case.reference])).content.decode()

        asked = client.get(url("cases", case, file))
        answer = client.post(url("cases", case, file))

        file.refresh_from_db()
        after = client.get(reverse("cases:detail", args=[case.reference])).content.decode()
        assert url("cases", case, file) in before
        assert "財報.pdf" in asked.content.decode()
        assert answer.status_code == 303
        assert file.removed_at is not None
        assert "您移除了一個檔案" in after
        assert Entry.objects.get(event=CaseEvent.FILE_REMOVED).actor_id == owner.pk

    def test_staff_see_that_she_did(self, lead, owner, case):
        removing.take_back(attachment_id=paper(case, uploaded_by=owner).pk, by_id=owner.pk)

        page = signed_in(lead).get("/en" + reverse("desk:case", args=[case.reference]))

        assert "The SME took a file back" in page.content.decode()

    def test_what_an_agency_has_opened_stays(self, lead, owner, case):
        file = paper(case, uploaded_by=owner)
        note_reading(
            case_id=case.pk,
            reader_id=lead.pk,
            agency_id=case.lead_agency_id,
            what=f"file:{file.pk}",
        )
        client = signed_in(owner)

        asked = client.get(url("cases", case, file))
        answer = client.post(url("cases", case, file))
        page = client.get(reverse("cases:detail", args=[case.reference])).content.decode()

        assert (asked.status_code, answer.status_code) == (403, 409)
        assert "機關已開啟過這個檔案" in answer.content.decode()
        assert url("cases", case, file) not in page
        with pytest.raises(PaperInUseError):
            removing.take_back(attachment_id=file.pk, by_id=owner.pk)
        assert not Entry.objects.filter(event=CaseEvent.FILE_REMOVED).exists()

    def test_another_members_file_and_an_agencys_are_not_hers_to_remove(self, lead, case):
        member = EnterpriseMembershipFactory(enterprise=case.enterprise, role=Role.MEMBER).user
        said = CaseMessageFactory(case=case, from_agency=True)
        files = [
            paper(case, uploaded_by=UserFactory()),
            paper(case, uploaded_by=lead, message=said),
        ]

        codes = {signed_in(member).post(url("cases", case, one)).status_code for one in files}

        assert codes == {409}
        assert not Attachment.objects.exclude(removed_at=None).exists()

    def test_a_notes_file_and_another_firms_are_not_there(self, owner, case):
        hidden = paper(case, message=CaseMessageFactory(case=case, note=True))
        file = paper(case)

        assert signed_in(owner).get(url("cases", case, hidden)).status_code == 404
        assert signed_in(UserFactory()).get(url("cases", case, file)).status_code == 404

    def test_the_paper_asked_for_is_asked_for_again(self, owner, case):
        question = QuestionFactory(case=case)
        item = QuestionItemFactory(question=question, done_at=timezone.now())
        first, second = (paper(case, uploaded_by=owner, question_item=item) for _ in range(2))

        removing.take_back(attachment_id=first.pk, by_id=owner.pk)
        item.refresh_from_db()
        still_done = item.done_at is not None
        removing.take_back(attachment_id=second.pk, by_id=owner.pk)

        item.refresh_from_db()
        assert still_done
        assert item.done_at is None

    def test_what_belongs_to_an_answer_she_sent_stays(self, owner, case):
        question = QuestionFactory(case=case, state="answered", settled_at=timezone.now())
        item = QuestionItemFactory(question=question, done_at=timezone.now())
        file = paper(case, uploaded_by=owner, question_item=item)

        assert signed_in(owner).post(url("cases", case, file)).status_code == 409

    def test_a_settled_case_keeps_its_files(self, owner):
        settled = CaseFactory(answered=True, enterprise=EnterpriseFactory(owner=owner))
        file = paper(settled, uploaded_by=owner)

        assert signed_in(owner).post(url("cases", settled, file)).status_code == 409

    def test_a_guest_takes_back_what_she_sent_without_an_account(self, client):
        case = CaseFactory(in_progress=True)
        file, foreign = paper(case), paper(case, uploaded_by=UserFactory())
        follows(client, case)

        page = client.get(reverse("track:detail", args=[case.reference])).content.decode()
        codes = [client.post(url("track", case, one)).status_code for one in (file, foreign)]

        assert url("track", case, file) in page
        assert codes == [303, 409]
        assert Entry.objects.get(event=CaseEvent.FILE_REMOVED).actor_id is None


class TestBytes:
    def test_they_go_when_thirty_days_are_over_and_the_row_stays(self, owner, case):
        file = paper(case, uploaded_by=owner)
        removing.take_back(attachment_id=file.pk, by_id=owner.pk)
        name, now = file.storage_name, timezone.now()

        early = removing.purge_removed(now + timedelta(days=29))
        was_there = storage().exists(name)
        late = [removing.purge_removed(now + timedelta(days=31)) for _ in range(2)]

        file.refresh_from_db()
        assert (early, was_there) == (0, True)
        assert late == [1, 0]
        assert not storage().exists(name)
        assert file.storage_name == ""

    def test_files_still_in_a_case_keep_theirs(self, case):
        file = paper(case)

        assert removing.purge_removed(timezone.now() + timedelta(days=99)) == 0
        assert storage().exists(file.storage_name)
