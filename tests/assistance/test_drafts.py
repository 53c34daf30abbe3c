"""A request while it is being written: kept, resumed, taken over, thrown away."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from assistance.models import AccessCode, Attachment, Draft
from assistance.services import drafts
from assistance.services.errors import DraftGoneError
from notifications.models import Message
from notifications.registry import LETTER_KIND
from tests.assistance import asking as ask
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(db):
    ask.catalogue()


class TestServices:
    def test_a_guests_secret_is_stored_only_as_its_hash(self):
        begun = drafts.begin(owner_id=None)

        assert begun.token
        assert begun.token not in begun.draft.guest_token_hash
        assert begun.draft.guest_token_hash == drafts.token_hash(begun.token)

    def test_each_step_is_kept_for_another_thirty_days(self):
        draft = drafts.begin(owner_id=None).draft
        Draft.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))

        kept = drafts.keep(draft_id=draft.pk, step="hopes", answers={"hoped_for": "x"})

        assert kept.draft.answers == {"hopes": {"hoped_for": "x"}}
        assert kept.draft.version == 1
        assert kept.draft.expires_at > timezone.now() + dt.timedelta(days=29)

    def test_of_two_windows_the_newest_wins_and_is_told(self):
        draft = drafts.begin(owner_id=None).draft
        drafts.keep(draft_id=draft.pk, step="hopes", answers={"hoped_for": "a"}, seen_version=0)

        kept = drafts.keep(
            draft_id=draft.pk, step="hopes", answers={"hoped_for": "b"}, seen_version=0
        )

        assert kept.overtook
        assert kept.draft.answers["hopes"] == {"hoped_for": "b"}

    def test_an_expired_draft_is_gone(self):
        draft = drafts.begin(owner_id=None).draft
        Draft.objects.update(expires_at=timezone.now())

        with pytest.raises(DraftGoneError):
            drafts.keep(draft_id=draft.pk, step="hopes", answers={})
        assert drafts.purge_expired(timezone.now()) == 1
        assert not Draft.objects.exists()

    def test_purging_leaves_living_and_submitted_drafts_alone(self):
        drafts.begin(owner_id=None)
        sent = drafts.begin(owner_id=None).draft
        ask.submit(draft_id=sent.pk)
        Draft.objects.filter(pk=sent.pk).update(expires_at=timezone.now())

        assert drafts.purge_expired(timezone.now()) == 0
        assert Draft.objects.count() == 2

    def test_nobody_adopts_anothers_draft(self):
        draft = drafts.begin(owner_id=UserFactory().pk).draft

        with pytest.raises(DraftGoneError):
            drafts.adopt(draft_id=draft.pk, owner_id=UserFactory().pk)

    def test_a_draft_belongs_to_somebody(self):
        now = timezone.now()

        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.create(created_at=now, updated_at=now, expires_at=now)


class TestPages:
    def test_a_draft_is_there_after_signing_in_elsewhere(self, client):
        owner = UserFactory()
        client.force_login(owner)
        ask.answer_all(client, until="system")
        client.logout()
        client.force_login(owner)

        page = client.get("/request/").content.decode()
        response = client.post("/request/go-on/")

        assert "接到德國客戶" in page
        assert response["Location"] == "/request/system/"

    def test_another_person_sees_nothing_of_it(self, client):
        client.force_login(UserFactory())
        ask.answer_all(client, until="system")
        client.force_login(UserFactory())

        assert "接到德國客戶" not in client.get("/request/").content.decode()
        assert client.get("/request/hopes/")["Location"] == "/request/"

    def test_a_forged_cookie_opens_nothing(self, client):
        token = drafts.begin(owner_id=None).token
        client.cookies["portal_draft"] = token

        assert client.get("/request/hopes/")["Location"] == "/request/"

    def test_what_is_typed_without_a_draft_begins_one(self, client):
        response = client.post("/request/problem/", {"description": ask.STORY})

        assert response.status_code == 303
        assert Draft.objects.get().answers["problem"]["description"] == ask.STORY
        cookie = response.cookies["portal_draft"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_beginning_without_end_is_slowed_down_and_keeps_what_was_typed(self, client):
        for _ in range(40):
            client.post("/request/begin/")
        other = type(client)()

        response = other.post("/request/problem/", {"description": ask.STORY})

        assert response.status_code == 429
        assert ask.STORY in response.content.decode()
        assert Draft.objects.count() == 1

    def test_a_page_of_a_deleted_draft_keeps_what_was_typed(self, client):
        client.post("/request/begin/")
        old = Draft.objects.get().pk
        client.post("/request/discard/", {"draft": str(old)})

        response = client.post("/request/problem/", {"description": ask.STORY, "draft": str(old)})

        assert response.status_code == 409
        assert ask.STORY in response.content.decode()

    def test_writing_is_kept_by_itself_and_says_when(self, client):
        client.post("/request/begin/")

        response = client.post("/request/problem/save/", {"description": ask.STORY})

        assert 'name="version" value="1"' in response.content.decode()
        assert Draft.objects.get().answers["problem"]["description"] == ask.STORY

    def test_two_windows_are_told_that_the_newest_counts(self, client):
        client.post("/request/begin/")
        client.post("/request/hopes/", {"hoped_for": "a", "version": "0"})

        response = client.post("/request/hopes/", {"hoped_for": "b", "version": "0"}, follow=True)

        assert "另一個視窗" in response.content.decode()

    def test_a_guests_draft_moves_into_the_account_only_when_she_says_so(self, client):
        ask.answer_all(client, until="system")
        draft = Draft.objects.get()
        owner = UserFactory()
        client.force_login(owner)

        assert "接到德國客戶" not in client.get("/request/").content.decode()
        client.post("/request/go-on/", {"draft": str(draft.pk)})

        draft.refresh_from_db()
        assert draft.owner == owner
        assert draft.guest_token_hash == ""


class TestResumeLink:
    @pytest.fixture
    def link(self, client):
        ask.answer_all(client, until="system")
        client.post("/request/leave/", {"email": ask.EMAIL})
        letter = Message.objects.get(kind=LETTER_KIND)
        return re.search(r"/request/resume/\S+", letter.text).group()

    def test_looking_at_the_link_changes_nothing(self, client, link):
        client.get(link)
        client.get(link)

        assert AccessCode.objects.get().used_at is None

    def test_the_button_opens_the_draft_on_another_device_once(self, client, link):
        other = type(client)()

        opened = other.post(link)
        again = type(client)().post(link)

        assert opened["Location"] == "/request/"
        assert "接到德國客戶" in other.get("/request/").content.decode()
        assert again.status_code == 409
        assert "接到德國客戶" not in client.get("/request/").content.decode()

    def test_it_confirms_the_address_it_was_sent_to(self, client, link):
        other = type(client)()
        other.post(link)
        for step in ("system", "business", "details", "papers", "contact"):
            response = other.post(f"/request/{step}/", ask.ANSWERS[step])

        assert response["Location"] == "/request/check/"

    def test_it_ends_after_a_day(self, client, link):
        with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
            assert type(client)().post(link).status_code == 409

    def test_another_draft_does_not_open_with_it(self, client, link):
        other = drafts.begin(owner_id=None).draft
        wrong = re.sub(r"resume/[0-9a-f-]+/", f"resume/{other.pk}/", link)

        assert type(client)().post(wrong).status_code == 409


def test_throwing_a_draft_away_takes_its_files_along(client, django_capture_on_commit_callbacks):
    draft = drafts.begin(owner_id=None).draft
    Attachment.objects.create(
        draft=draft,
        name="a.pdf",
        kind="pdf",
        size=1,
        storage_name="no/such",
        uploaded_at=timezone.now(),
    )

    with django_capture_on_commit_callbacks(execute=True):
        drafts.throw_away(draft_id=draft.pk)

    assert not Attachment.objects.exists()
