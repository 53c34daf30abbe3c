"""Announcements: written by one, approved by another, public at their time."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from foundation.transitions import MoveNotAllowedError
from knowledge import announcement_errors as errors
from knowledge.announcement_events import AnnouncementEvent
from knowledge.announcement_states import AnnouncementState, VersionState
from knowledge.models import Announcement
from knowledge.notifications.announcements import AnnouncementToApprove
from knowledge.services import announcement_publishing as publishing
from knowledge.services import announcement_review as review
from knowledge.services import announcements
from ledger.models import Entry
from tests.factories.accounts import UserFactory
from tests.factories.announcements import AnnouncementFactory, AnnouncementVersionFactory
from tests.factories.assistance import CoordinatorFactory
from tests.knowledge.announcing import amended, approved, content, drafted, staff

pytestmark = pytest.mark.django_db
# Parameters are collected by every worker and must be the same in each.
MOMENT = datetime(2026, 8, 3, 9, tzinfo=UTC)


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


class TestWriting:
    def test_the_same_key_begins_one(self):
        agency, by, key = CoordinatorFactory(), UserFactory(), uuid.uuid4()
        given = {"agency_id": agency.pk, "by_id": by.pk, "slug": "", "content": content()}

        first, made = announcements.draft(**given, key=key)
        second, again = announcements.draft(**given, key=key)

        assert (first.pk, made, again) == (second.pk, True, False)
        assert events() == [AnnouncementEvent.DRAFTED]

    def test_without_an_address_it_gets_a_number(self):
        assert drafted().slug.startswith("n1")

    def test_an_address_is_taken_once(self):
        drafted(slug="loan-check-ups")

        with pytest.raises(errors.SlugTakenError):
            drafted(slug="loan-check-ups")

        assert Announcement.objects.count() == 1

    def test_a_change_is_recorded_by_what_changed(self):
        announcement, by = drafted(), UserFactory()

        version = announcements.change(
            announcement_id=announcement.pk,
            by_id=by.pk,
            content=content(title_en="Loans"),
            revision=1,
        )

        entry = Entry.objects.get(event=AnnouncementEvent.CHANGED)
        assert entry.facts["changed"] == ["title_en"]
        assert by.pk in version.writers

    def test_nobody_saves_over_what_another_typed_meanwhile(self):
        announcement, by = drafted(), UserFactory()
        given = {"announcement_id": announcement.pk, "by_id": by.pk, "revision": 1}
        announcements.change(content=content(title_en="First"), **given)

        with pytest.raises(errors.ChangedMeanwhileError):
            announcements.change(content=content(title_en="Second"), **given)

        assert announcement.versions.get().title_en == "First"

    def test_what_is_with_the_approver_is_not_written_on(self):
        announcement = AnnouncementFactory(version__in_review=True)

        with pytest.raises(MoveNotAllowedError):
            announcements.change(
                announcement_id=announcement.pk,
                by_id=UserFactory().pk,
                content=content(),
                revision=1,
            )

    def test_a_draft_set_aside_can_be_taken_up_again(self):
        announcement, by = drafted(), UserFactory()

        announcements.drop(announcement_id=announcement.pk, by_id=by.pk)
        version = announcements.amend(announcement_id=announcement.pk, by_id=by.pk)

        assert (version.number, version.title_zh) == (2, content().title_zh)
        assert announcement.versions.get(number=1).state == VersionState.DROPPED

    def test_there_is_one_version_on_its_way(self):
        announcement = drafted()

        with pytest.raises(errors.OpenVersionError):
            announcements.amend(announcement_id=announcement.pk, by_id=UserFactory().pk)

    def test_where_nothing_is_on_its_way_nothing_is_set_aside(self):
        announcement = approved(drafted())

        with pytest.raises(errors.NoOpenVersionError):
            announcements.drop(announcement_id=announcement.pk, by_id=UserFactory().pk)


class TestParity:
    def submit(self, **changes):
        announcement = drafted(**changes)
        return review.submit(announcement_id=announcement.pk, by_id=UserFactory().pk)

    def test_both_languages_need_no_statement(self):
        assert self.submit().behind == ""

    @pytest.mark.parametrize("missing", ["title_en", "summary_en", "body_en", "body_zh"])
    def test_one_language_alone_needs_a_stated_reason(self, missing):
        with pytest.raises(errors.OneLanguageError):
            self.submit(**{missing: ""})

    def test_with_a_reason_one_language_is_enough(self):
        version = self.submit(title_en="", body_en="", one_language_because="只有國內業者適用")

        assert version.state == VersionState.IN_REVIEW

    def test_a_reason_does_not_stand_for_words(self):
        with pytest.raises(errors.NothingWrittenError):
            self.submit(body_zh="", body_en="", one_language_because="沒有內容")

    def test_an_event_happens_somewhere(self):
        event = {"category": "events", "event_starts_at": timezone.now() + timedelta(days=3)}

        with pytest.raises(errors.OneLanguageError):
            self.submit(**event, place_zh="示範會館")

        assert self.submit(**event, place_zh="示範會館", place_en="Example Hall")

    def test_the_language_an_amendment_leaves_as_it_was_is_marked(self):
        announcement = approved(drafted())

        changed = amended(announcement, body_zh="名額又增加了。")

        assert changed.current.behind == "en"

    def test_who_looked_at_the_translation_may_say_that_it_still_fits(self):
        announcement = approved(drafted())

        changed = amended(announcement, body_zh="第一段。第二段。", translation_checked=True)

        assert changed.current.behind == ""

    def test_a_language_stays_behind_until_it_is_written(self):
        announcement = amended(approved(drafted()), body_zh="名額又增加了。")

        once_more = amended(announcement, body_zh="名額又增加了。", topics=["financing"])
        caught_up = amended(once_more, body_zh="名額又增加了。", body_en="More places again.")

        assert (once_more.current.behind, caught_up.current.behind) == ("en", "")

    def test_a_language_written_for_the_first_time_leaves_none_behind(self):
        no_english = {"title_en": "", "summary_en": "", "body_en": ""}
        announcement = approved(drafted(**no_english, one_language_because="英文明天補"))

        assert amended(announcement).current.behind == ""

    def test_a_language_taken_out_is_missing_and_leaves_none_behind(self):
        no_english = {"title_en": "", "summary_en": "", "body_en": ""}

        alone = amended(approved(drafted()), **no_english, one_language_because="英文有誤")

        assert alone.current.behind == ""


class TestSecondPerson:
    def test_the_writer_does_not_approve(self):
        writer = staff(Role.APPROVER)
        announcement = drafted(by=writer)
        review.submit(announcement_id=announcement.pk, by_id=UserFactory().pk)

        with pytest.raises(errors.SecondPersonError), transaction.atomic():
            review.approve(announcement_id=announcement.pk, by_id=writer.pk, revision=1)

        assert announcement.versions.get().state == VersionState.IN_REVIEW

    def test_whoever_changed_a_word_does_not_approve(self):
        announcement, second = drafted(), staff(Role.APPROVER)
        announcements.change(
            announcement_id=announcement.pk,
            by_id=second.pk,
            content=content(note="改字"),
            revision=1,
        )
        review.submit(announcement_id=announcement.pk, by_id=UserFactory().pk)

        with pytest.raises(errors.SecondPersonError):
            review.approve(announcement_id=announcement.pk, by_id=second.pk, revision=2)

    def test_whoever_sent_it_does_not_approve_even_past_the_service(self):
        version = AnnouncementVersionFactory(in_review=True)
        version.state, version.approved_at = VersionState.APPROVED, timezone.now()
        version.approved_by = version.submitted_by

        with pytest.raises(IntegrityError), transaction.atomic():
            version.save()

    def test_who_may_approve_is_asked_to_and_nobody_else(self):
        writer, sender, second = (staff(Role.APPROVER) for _ in range(3))
        announcement = drafted(by=writer)
        review.submit(announcement_id=announcement.pk, by_id=sender.pk)

        entry = Entry.objects.get(event=AnnouncementEvent.SUBMITTED)
        asked = AnnouncementToApprove().audience(entry)

        assert [one.user_id for one in asked] == [second.pk]

    def test_approval_is_of_the_words_that_were_read(self):
        announcement = drafted()
        review.submit(announcement_id=announcement.pk, by_id=UserFactory().pk)

        with pytest.raises(errors.ReadAnotherVersionError):
            review.approve(announcement_id=announcement.pk, by_id=UserFactory().pk, revision=7)

    def test_sent_back_it_is_a_draft_again_with_the_reason(self):
        announcement, second = drafted(), staff(Role.APPROVER)
        review.submit(announcement_id=announcement.pk, by_id=UserFactory().pk)

        version = review.send_back(
            announcement_id=announcement.pk, by_id=second.pk, because="缺少截止日"
        )

        assert (version.state, version.sent_back_because) == (VersionState.DRAFT, "缺少截止日")
        assert events()[-1] == AnnouncementEvent.SENT_BACK

    def test_taken_back_it_is_a_draft_again(self):
        announcement = drafted()
        review.submit(announcement_id=announcement.pk, by_id=UserFactory().pk)

        version = review.take_back(announcement_id=announcement.pk, by_id=UserFactory().pk)

        assert version.state == VersionState.DRAFT

    def test_a_draft_is_not_approved(self):
        announcement = drafted()

        with pytest.raises(MoveNotAllowedError):
            review.approve(announcement_id=announcement.pk, by_id=UserFactory().pk, revision=1)


class TestPublishing:
    def test_without_a_time_it_is_public_at_once(self):
        announcement = approved(drafted())

        assert announcement.state == AnnouncementState.PUBLISHED
        assert announcement.current.state == VersionState.PUBLISHED
        assert events()[-2:] == [AnnouncementEvent.APPROVED, AnnouncementEvent.PUBLISHED]

    def test_with_a_time_it_waits_for_it(self):
        at = timezone.now() + timedelta(hours=2)
        announcement = approved(drafted(starts_at=at))

        early = publishing.publish_due(at - timedelta(minutes=1))
        due = publishing.publish_due(at)
        again = publishing.publish_due(at)

        announcement.refresh_from_db()
        assert (early, due, again) == (0, 1, 0)
        assert announcement.published_at == at

    def test_an_amendment_takes_the_place_of_the_version_before(self):
        announcement = approved(drafted())

        changed = amended(announcement, title_zh="名額再增加")

        assert changed.current.number == 2
        assert changed.published_at == announcement.published_at
        assert changed.changed_at > announcement.changed_at
        assert changed.versions.get(number=1).state == VersionState.REPLACED
        assert events()[-1] == AnnouncementEvent.AMENDED

    def test_it_ends_after_its_last_day_and_an_amendment_brings_it_back(self):
        last = timezone.localdate()
        announcement = approved(drafted(ends_on=last))

        on_the_day = publishing.end_due(timezone.now())
        after = publishing.end_due(timezone.now() + timedelta(days=1))
        announcement.refresh_from_db()
        ended = announcement.state
        back = amended(announcement, ends_on=last + timedelta(days=9))

        assert (on_the_day, after, ended) == (0, 1, AnnouncementState.ENDED)
        assert back.state == AnnouncementState.PUBLISHED

    def test_what_is_over_already_is_not_approved(self):
        with pytest.raises(errors.OverBeforeItStartsError):
            approved(drafted(ends_on=timezone.localdate() - timedelta(days=1)))

    def test_withdrawn_it_says_why_and_is_found_no_more(self):
        announcement, by = approved(drafted()), staff(Role.APPROVER)

        done = publishing.withdraw(
            announcement_id=announcement.pk, by_id=by.pk, because_zh="有誤", because_en="Wrong"
        )

        assert (done.state, done.search) == (AnnouncementState.WITHDRAWN, None)
        assert events()[-1] == AnnouncementEvent.WITHDRAWN

    def test_a_draft_is_not_withdrawn(self):
        with pytest.raises(MoveNotAllowedError):
            publishing.withdraw(
                announcement_id=drafted().pk,
                by_id=UserFactory().pk,
                because_zh="有誤",
                because_en="Wrong",
            )

    def test_what_was_withdrawn_is_not_amended(self):
        announcement = AnnouncementFactory(published=True, withdrawn=True)

        with pytest.raises(MoveNotAllowedError):
            announcements.amend(announcement_id=announcement.pk, by_id=UserFactory().pk)


class TestConstraints:
    @pytest.mark.parametrize(
        "fields",
        [
            {"audience": "role"},
            {"audience": "county"},
            {"audience": "system"},
            {"roles": ["owner"]},
            {"category": "events"},
            {"category": "gossip"},
            {"event_starts_at": MOMENT},
            {"state": "in_review"},
            {"state": "approved"},
            {"state": "published"},
            {"state": "elsewhere"},
            {"submitted_at": MOMENT},
            {"event": True, "event_ends_at": MOMENT - timedelta(days=4000)},
        ],
        ids=str,
    )
    def test_a_version_that_contradicts_itself_is_not_kept(self, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnnouncementVersionFactory(**fields)

    def test_an_announcement_has_one_open_version(self):
        announcement = drafted()

        with pytest.raises(IntegrityError), transaction.atomic():
            AnnouncementVersionFactory(announcement=announcement, number=2)

    @pytest.mark.parametrize("state", ["published", "ended", "withdrawn", "elsewhere"])
    def test_what_readers_have_and_the_state_agree(self, state):
        announcement = drafted()
        announcement.state = state

        with pytest.raises(IntegrityError), transaction.atomic():
            announcement.save()
