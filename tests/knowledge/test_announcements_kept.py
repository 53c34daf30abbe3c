"""Where announcements are kept: written, sent, approved, sent back and withdrawn by the right people."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from knowledge.announcement_events import AnnouncementEvent
from knowledge.announcement_states import AnnouncementState, VersionState
from knowledge.models import Announcement, AnnouncementFile
from knowledge.services import announcement_files, announcement_review
from ledger.models import Entry
from notifications.models import Message
from notifications.services.announcing import announce
from tests.assistance.test_files import Clamd
from tests.factories.accounts import AgencyFactory, UserFactory
from tests.factories.announcements import AnnouncementFactory
from tests.factories.assistance import CoordinatorFactory
from tests.knowledge.announcing import WORDS, amended, approved, drafted, signed_in, staff

pytestmark = pytest.mark.django_db

CSV = ("名額.csv", "縣市,名額\n臺南市,30\n".encode(), "text/csv")


def typed(**changes) -> dict[str, object]:
    given = {"category": "programmes", "audience": "all", "agency": CoordinatorFactory().pk}
    return given | WORDS | {"idempotency_key": str(uuid.uuid4())} | changes


def act(client, name, announcement, data=None, *args):
    return client.post(reverse(f"manage_news:{name}", args=[announcement.slug, *args]), data or {})


def page_of(client, announcement, prefix="") -> str:
    url = prefix + reverse("manage_news:page", args=[announcement.slug])
    return client.get(url).content.decode()


class TestWriting:
    def test_an_editor_writes_in_the_name_of_her_agency(self):
        client = signed_in(staff(Role.EDITOR))

        answer = client.post(reverse("manage_news:write"), typed(slug="Loan-Help"))

        announcement = Announcement.objects.get()
        assert (answer.status_code, announcement.slug) == (303, "loan-help")
        assert announcement.state == AnnouncementState.UNPUBLISHED

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"title_zh": "", "title_en": ""}, "title_zh"),
            ({"category": "gossip"}, "category"),
            ({"audience": "county"}, "counties"),
            ({"audience": "system"}, "topics"),
            ({"audience": "role"}, "roles"),
            ({"category": "events"}, "event_on"),
            ({"slug": "有中文"}, "slug"),
            ({"slug": "subscribe"}, "slug"),
            ({"link_url": "javascript:alert(1)"}, "link_url"),
            ({"ends_on": "110/01/01"}, "ends_on"),
            ({"starts_on": "1月32日"}, "starts_on"),
            ({"starts_time": "25:00"}, "starts_time"),
            ({"agency": "99999"}, "agency"),
            ({"body_zh": "字" * 6001}, "body_zh"),
            ({"title_zh": "a\x00b"}, "title_zh"),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(self, wrong, field):
        client = signed_in(staff(Role.EDITOR))

        answer = client.post(reverse("manage_news:write"), typed(**wrong))

        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert WORDS["body_en"] in answer.content.decode()
        assert not Announcement.objects.exists()

    def test_an_event_does_not_end_before_it_begins(self):
        client = signed_in(staff(Role.EDITOR))
        day = (timezone.localdate() + timedelta(days=5)).isoformat()
        times = {"event_on": day, "event_from": "14:00", "event_until": "13:00"}

        answer = client.post(reverse("manage_news:write"), typed(category="events", **times))

        assert list(answer.context["form"].errors) == ["event_until"]

    def test_a_taken_address_is_refused_by_name(self):
        drafted(slug="loan-help")

        answer = signed_in(staff(Role.EDITOR)).post(
            reverse("manage_news:write"), typed(slug="loan-help")
        )

        assert answer.status_code == 409
        assert "slug" in answer.context["form"].errors

    def test_whoever_saves_second_sees_what_the_first_saved(self):
        announcement = drafted()
        first, second = (signed_in(staff(Role.EDITOR)) for _ in range(2))
        act(first, "edit", announcement, typed(revision=1, body_zh="甲寫的"))

        late = act(second, "edit", announcement, typed(revision=1, body_zh="乙寫的"))
        kept = announcement.versions.get().body_zh
        again = act(second, "edit", announcement, dict(late.context["form"].data.items()))

        assert (late.status_code, kept, again.status_code) == (409, "甲寫的", 303)
        assert "甲寫的" in late.content.decode()
        assert "乙寫的" in late.content.decode()
        assert announcement.versions.get().body_zh == "乙寫的"

    def test_another_agencys_announcement_is_not_there(self):
        foreign = AnnouncementFactory(agency=AgencyFactory())
        client = signed_in(staff(Role.EDITOR))

        for name in ("page", "edit"):
            url = reverse(f"manage_news:{name}", args=[foreign.slug])
            assert client.get(url).status_code == 404

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.DUTY, Role.MANAGER])
    def test_others_do_not_come_in(self, role):
        assert signed_in(staff(role)).get(reverse("manage_news:list")).status_code == 403


class TestFiles:
    def upload(self, client, announcement, name=CSV[0], body=CSV[1], kind=CSV[2]):
        sent = {"file": SimpleUploadedFile(name, body, kind)}
        return act(client, "add_file", announcement, sent)

    def test_a_file_comes_with_the_draft_and_can_be_left_out(self):
        announcement, client = drafted(), signed_in(staff(Role.EDITOR))

        added = self.upload(client, announcement)
        row = AnnouncementFile.objects.get()
        removed = act(client, "remove_file", announcement, None, row.pk)

        assert (added.status_code, removed.status_code) == (303, 303)
        assert not AnnouncementFile.objects.exists()
        events = Entry.objects.order_by("pk").values_list("event", flat=True)
        assert list(events)[-2:] == [AnnouncementEvent.FILE_ADDED, AnnouncementEvent.FILE_REMOVED]

    def test_a_file_that_cannot_be_taken_is_refused_with_the_reason(self):
        answer = self.upload(signed_in(staff(Role.EDITOR)), drafted(), name="run.exe")

        assert answer.status_code == 422
        assert answer.context["file_form"].errors["file"]

    def test_an_amendment_keeps_the_files_of_the_version_in_force(self):
        writer = staff(Role.EDITOR)
        announcement = drafted(by=writer)
        self.upload(signed_in(writer), announcement)

        changed = amended(approved(announcement), title_zh="名額再增加")

        assert changed.current.files.count() == 1
        assert AnnouncementFile.objects.count() == 1


class TestScanner:
    def kept(self, settings, address) -> tuple[Announcement, AnnouncementFile]:
        """A draft with a file that waits for the scanner at this address."""
        settings.CLAMD_ADDRESS = address
        announcement = drafted()
        TestFiles().upload(signed_in(staff(Role.EDITOR)), announcement)
        return announcement, AnnouncementFile.objects.get()

    @pytest.mark.parametrize(
        ("answer", "state"), [(b"stream: OK\0", "clean"), (b"stream: Eicar FOUND\0", "infected")]
    )
    def test_what_the_scanner_says_is_written_down(self, settings, answer, state):
        scanner = Clamd(answer)
        scanner.start()
        _draft, row = self.kept(settings, scanner.address)

        settled = announcement_files.scan_pending()

        row.refresh_from_db()
        assert (settled, row.scan_state) == (1, state)

    def test_while_it_is_away_everything_waits_and_nothing_is_approved(self, settings):
        announcement, row = self.kept(settings, "127.0.0.1:1")
        announcement_review.submit(announcement_id=announcement.pk, by_id=UserFactory().pk)
        revision = str(announcement.versions.get().revision)

        settled = announcement_files.scan_pending()
        answer = act(
            signed_in(staff(Role.APPROVER)), "approve", announcement, {"revision": revision}
        )

        row.refresh_from_db()
        assert (settled, row.scan_state, answer.status_code) == (0, "pending", 409)


class TestTwoPeople:
    def test_from_draft_to_public(self):
        editor, approver = staff(Role.EDITOR), staff(Role.APPROVER)
        announcement = drafted(by=editor)

        sent = act(signed_in(editor), "submit", announcement)
        own = act(signed_in(editor), "approve", announcement, {"revision": "1"})
        done = act(signed_in(approver), "approve", announcement, {"revision": "1"})

        announcement.refresh_from_db()
        assert [one.status_code for one in (sent, own, done)] == [303, 403, 303]
        assert announcement.state == AnnouncementState.PUBLISHED

    def test_an_approver_who_wrote_it_is_told_that_somebody_else_must(self):
        writer = staff(Role.APPROVER)
        announcement = drafted(by=writer)
        act(signed_in(writer), "submit", announcement)

        answer = act(signed_in(writer), "approve", announcement, {"revision": "1"})

        assert answer.status_code == 403
        assert announcement.versions.get().state == VersionState.IN_REVIEW

    @pytest.mark.parametrize("revision", ["", "x", "٣", "999999999999"])
    def test_approval_of_anything_but_what_was_read_is_a_conflict(self, revision):
        announcement = drafted()
        announcement_review.submit(announcement_id=announcement.pk, by_id=UserFactory().pk)

        answer = act(
            signed_in(staff(Role.APPROVER)), "approve", announcement, {"revision": revision}
        )

        assert answer.status_code == 409

    def test_an_incomplete_language_is_not_sent_without_a_reason(self):
        announcement = drafted(body_en="")

        answer = act(signed_in(staff(Role.EDITOR)), "submit", announcement)

        assert answer.status_code == 409
        assert announcement.versions.get().state == VersionState.DRAFT

    def test_sent_back_the_writer_reads_why(self):
        editor = staff(Role.EDITOR)
        announcement = drafted(by=editor)
        act(signed_in(editor), "submit", announcement)
        client = signed_in(staff(Role.APPROVER))

        empty = act(client, "send_back", announcement)
        done = act(client, "send_back", announcement, {"because": "缺少截止日"})

        assert (empty.status_code, done.status_code) == (422, 303)
        assert "缺少截止日" in page_of(signed_in(editor), announcement)

    def test_withdrawing_needs_a_reason_in_both_languages(self):
        announcement, client = approved(drafted()), signed_in(staff(Role.APPROVER))

        half = act(client, "withdraw", announcement, {"because_zh": "有誤"})
        done = act(client, "withdraw", announcement, {"because_zh": "有誤", "because_en": "Wrong"})

        assert (half.status_code, done.status_code) == (422, 303)

    def test_the_approver_reads_both_languages_and_what_changed(self):
        announcement = approved(drafted())
        editor = signed_in(staff(Role.EDITOR))
        act(editor, "amend", announcement)
        act(editor, "edit", announcement, typed(revision=1, title_zh="低利貸款診斷名額歸零"))
        act(editor, "submit", announcement)

        for prefix in ("", "/en"):
            page = page_of(signed_in(staff(Role.APPROVER)), announcement, prefix)
            assert "<ins>" in page
            assert "<p>Second.</p>" in page
            assert "<p>第二段。</p>" in page


class TestTelling:
    def told(self, event) -> list[Message]:
        announce(entry=Entry.objects.filter(event=event).latest("pk"))
        return list(Message.objects.filter(channel="portal"))

    def test_approvers_of_the_agency_hear_of_what_waits_its_writer_does_not(self):
        writer, second = staff(Role.APPROVER), staff(Role.APPROVER)
        staff(Role.APPROVER, agency=AgencyFactory())
        staff(Role.EDITOR)
        announcement = drafted(by=writer)
        announcement_review.submit(announcement_id=announcement.pk, by_id=writer.pk)

        (message,) = self.told(AnnouncementEvent.SUBMITTED)

        assert message.user == second
        assert announcement.slug in message.path

    @pytest.mark.parametrize("event", [AnnouncementEvent.APPROVED, AnnouncementEvent.SENT_BACK])
    def test_the_writer_hears_of_the_decision(self, event):
        writer, second = staff(Role.EDITOR), staff(Role.APPROVER)
        announcement = drafted(by=writer)
        announcement_review.submit(announcement_id=announcement.pk, by_id=writer.pk)
        given = {"announcement_id": announcement.pk, "by_id": second.pk}
        if event == AnnouncementEvent.APPROVED:
            announcement_review.approve(**given, revision=1)
        else:
            announcement_review.send_back(**given, because="缺少截止日")

        told = self.told(event)

        assert writer in [message.user for message in told]


class TestList:
    @pytest.mark.parametrize("view", ["", "waiting", "drafts", "public", "behind", "over", "x"])
    def test_each_view_opens(self, view):
        AnnouncementFactory(coordinator=True, published=True, ended=True)

        answer = signed_in(staff(Role.EDITOR)).get(reverse("manage_news:list"), {"view": view})

        assert answer.status_code == 200

    def test_what_lags_behind_is_listed(self):
        announcement = amended(approved(drafted()), body_zh="新的內文。")
        approved(drafted())

        answer = signed_in(staff(Role.EDITOR)).get(reverse("manage_news:list"), {"view": "behind"})

        assert [row["announcement"] for row in answer.context["rows"]] == [announcement]

    @pytest.mark.parametrize("count", [4, 40])
    def test_its_questions_do_not_grow_with_its_rows(self, count, django_assert_max_num_queries):
        AnnouncementFactory.create_batch(count, coordinator=True, published=True)
        client = signed_in(staff(Role.EDITOR))

        with django_assert_max_num_queries(8):
            client.get(reverse("manage_news:list"))
