"""Hearing of announcements by e-mail: asked for, confirmed, gathered, ended with one click."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from knowledge.announcement_errors import LinkNotValidError
from knowledge.announcement_events import SubscriptionEvent
from knowledge.announcement_states import SubscriptionState
from knowledge.models import Subscription
from knowledge.services import announcement_digests as digests
from knowledge.services import subscriptions
from knowledge.services.subscriptions import Wishes
from ledger.models import Entry
from notifications.models import Message
from notifications.services.delivery import deliver_due
from tests.factories.accounts import UserFactory
from tests.factories.announcements import AnnouncementFactory, SubscriptionFactory
from tests.factories.knowledge import TopicFactory
from tests.knowledge.announcing import amended, signed_in

pytestmark = pytest.mark.django_db
# Parameters are collected by every worker and must be the same in each.
MOMENT = datetime(2026, 8, 3, 9, tzinfo=UTC)

TAIPEI = timezone.get_default_timezone()


def wishes(**changes) -> Wishes:
    given = {"topics": [], "counties": [], "pace": "daily", "language": "zh-hant"}
    return Wishes(**(given | changes))


def confirmed(email: str = "reader@example.com") -> Subscription:
    subscriptions.ask(email=email, wishes=wishes())
    return subscriptions.confirm(secret=Subscription.objects.get(email=email).secret)


class TestByAddress:
    def test_nothing_comes_before_the_link_is_confirmed(self):
        subscriptions.ask(email="Reader@Example.com", wishes=wishes(counties=["tainan"]))

        one = Subscription.objects.get()
        letter = Message.objects.get()
        assert (one.email, one.state) == ("reader@example.com", SubscriptionState.PENDING)
        assert reverse("news:confirm", args=[one.secret]) in letter.text
        assert Entry.objects.get().event == SubscriptionEvent.ASKED

    def test_confirmed_it_is_active_and_twice_changes_nothing(self):
        one = confirmed()

        again = subscriptions.confirm(secret=one.secret)

        assert (one.state, again.confirmed_at) == (SubscriptionState.ACTIVE, one.confirmed_at)
        events = Entry.objects.order_by("pk").values_list("event", flat=True)
        assert list(events) == [SubscriptionEvent.ASKED, SubscriptionEvent.CONFIRMED]

    def test_asking_again_at_once_sends_no_second_letter(self):
        for _time in range(3):
            subscriptions.ask(email="reader@example.com", wishes=wishes())

        assert Message.objects.count() == 1

    def test_whoever_subscribes_already_gets_the_link_to_her_choices(self):
        one = confirmed()
        Subscription.objects.update(asked_at=timezone.now() - timedelta(hours=1))

        subscriptions.ask(email="reader@example.com", wishes=wishes(pace="weekly"))

        one.refresh_from_db()
        letter = Message.objects.latest("pk")
        assert reverse("news:choices", args=[one.secret]) in letter.text
        assert (one.state, one.pace) == (SubscriptionState.ACTIVE, "daily")

    def test_a_link_holds_for_three_days(self):
        one = SubscriptionFactory(pending=True, asked_at=timezone.now() - timedelta(days=4))

        with pytest.raises(LinkNotValidError):
            subscriptions.confirm(secret=one.secret)

    def test_a_wrong_link_confirms_nothing(self):
        for act in (subscriptions.confirm, subscriptions.end):
            with pytest.raises(LinkNotValidError):
                act(secret="not-the-secret")

    def test_an_address_nobody_confirmed_is_deleted(self):
        SubscriptionFactory(pending=True, asked_at=timezone.now() - timedelta(days=4))
        SubscriptionFactory(pending=True)
        SubscriptionFactory()

        assert subscriptions.forget_unused() == 1
        assert Subscription.objects.count() == 2

    def test_an_address_that_ended_long_ago_is_forgotten(self):
        before = timezone.now() - subscriptions.ENDED_KEPT
        for ended_at in (before - timedelta(days=1), before + timedelta(days=1)):
            SubscriptionFactory(state=SubscriptionState.ENDED, ended_at=ended_at)
        SubscriptionFactory()

        assert subscriptions.forget_unused() == 1
        assert Subscription.objects.count() == 2

    def test_whoever_ended_it_may_begin_anew(self):
        one = confirmed()
        subscriptions.end(secret=one.secret)
        Subscription.objects.update(asked_at=timezone.now() - timedelta(hours=1))

        anew = confirmed()

        assert (anew.pk, anew.state, anew.ended_at) == (one.pk, SubscriptionState.ACTIVE, None)

    @pytest.mark.parametrize(
        "fields",
        [
            {"email": ""},
            {"email": "Upper@Example.com"},
            {"state": "active", "confirmed_at": None},
            {"state": "ended"},
            {"ended_at": MOMENT},
            {"pace": "hourly"},
            {"state": "elsewhere"},
        ],
        ids=str,
    )
    def test_a_row_that_contradicts_itself_is_not_kept(self, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            SubscriptionFactory(**fields)

    def test_an_address_subscribes_once(self):
        SubscriptionFactory(email="reader@example.com")

        with pytest.raises(IntegrityError), transaction.atomic():
            SubscriptionFactory(email="reader@example.com")


class TestByAccount:
    def test_needs_no_confirmation(self):
        person = UserFactory()

        one = subscriptions.choose(user_id=person.pk, wishes=wishes(pace="weekly"))

        assert (one.state, one.pace, one.email) == (SubscriptionState.ACTIVE, "weekly", "")

    def test_choosing_again_changes_it(self):
        person = UserFactory()
        for pace in ("weekly", "daily"):
            subscriptions.choose(user_id=person.pk, wishes=wishes(pace=pace))

        assert Subscription.objects.get().pace == "daily"
        assert Entry.objects.latest("pk").event == SubscriptionEvent.CHANGED

    def test_ended_it_can_begin_anew(self):
        person = UserFactory()
        subscriptions.choose(user_id=person.pk, wishes=wishes())
        subscriptions.end_own(user_id=person.pk)
        subscriptions.end_own(user_id=person.pk)

        assert Subscription.objects.get().state == SubscriptionState.ENDED
        assert subscriptions.choose(user_id=person.pk, wishes=wishes()).is_active


class TestDigests:
    MONDAY = datetime(2026, 11, 23, 8, tzinfo=TAIPEI)

    def reader(self, **fields) -> Subscription:
        heard = self.MONDAY - timedelta(days=8)
        return SubscriptionFactory(**({"heard_until": heard} | fields))

    def notice(self, days_ago: float = 1, **fields):
        return AnnouncementFactory(published=self.MONDAY - timedelta(days=days_ago), **fields)

    def gather(self, at=None) -> list[Message]:
        digests.write_due(at or self.MONDAY)
        return list(Message.objects.order_by("pk"))

    def test_holds_what_is_new_once(self):
        notice = self.notice()
        self.reader()

        (digest,) = self.gather()
        again = self.gather()

        assert notice.current.title_zh in digest.text
        assert again == [digest]

    def test_where_nothing_is_new_nothing_is_sent(self):
        self.notice(days_ago=20)
        self.reader()

        assert self.gather() == []

    def test_comes_daily_or_on_mondays(self):
        for pace in ("daily", "weekly"):
            self.reader(email=f"{pace}@example.com", pace=pace, heard_until=self.MONDAY)
        self.notice(days_ago=-1)

        wednesday = self.gather(self.MONDAY + timedelta(days=2))
        next_monday = self.gather(self.MONDAY + timedelta(days=7))

        assert [one.email for one in wednesday] == ["daily@example.com"]
        emails = sorted(one.email for one in next_monday)
        assert emails == ["daily@example.com", "weekly@example.com"]

    def test_holds_what_was_wished_for_and_what_is_for_all(self):
        TopicFactory(code="financing")
        ours = self.notice(version__topics=["financing"], version__counties=["tainan"])
        national = self.notice(version__topics=["financing"])
        other_topic = self.notice(version__topics=["quality"])
        other_county = self.notice(version__counties=["taipei"])
        self.reader(topics=["financing"], counties=["tainan"])

        (digest,) = self.gather()

        for wanted in (ours, national):
            assert wanted.current.title_zh in digest.text
        for other in (other_topic, other_county):
            assert other.current.title_zh not in digest.text

    def test_holds_nothing_that_the_reader_may_not_read(self):
        hidden = {"version__audience": "role", "version__roles": ["officer"]}
        self.notice(**hidden)
        self.notice(withdrawn=True)
        self.notice(ended=True)
        self.reader()
        self.reader(user=UserFactory())

        assert self.gather() == []

    def test_speaks_the_readers_language_and_names_an_amendment(self):
        notice = self.notice(days_ago=30)
        changed = amended(notice, title_zh="改過的標題", title_en="A changed title")
        type(changed).objects.update(changed_at=self.MONDAY - timedelta(days=1))
        self.reader(language="en")

        (digest,) = self.gather()

        assert "A changed title (amended)" in digest.text
        assert "/en/news/" in digest.text

    def test_somebody_who_left_gets_none(self):
        person = UserFactory(is_active=False)
        self.reader(user=person)
        self.notice()

        assert self.gather() == []

    def test_a_mail_program_can_end_it_by_itself(self, client, mailoutbox):
        one = self.reader()
        self.notice()
        self.gather()
        deliver_due()

        (mail,) = mailoutbox
        link = re.fullmatch(r"<https?://[^/]+(/.+)>", mail.extra_headers["List-Unsubscribe"])
        answer = client.post(link[1], {"List-Unsubscribe": "One-Click"})

        one.refresh_from_db()
        assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert (answer.status_code, one.state) == (200, SubscriptionState.ENDED)

    def test_its_questions_do_not_grow_with_what_is_new(self, django_assert_max_num_queries):
        one = self.reader()
        for _notice in range(30):
            self.notice()

        with django_assert_max_num_queries(12):
            digests.gather_for(one.pk, self.MONDAY)


class TestPages:
    URL = "news:subscribe"

    def test_a_guest_writes_an_address_and_learns_nothing_of_others(self, client):
        SubscriptionFactory(email="known@example.com")
        sent = {"pace": "weekly", "topics": [], "counties": ["tainan"]}

        answers = [
            client.post(reverse(self.URL), sent | {"email": email})
            for email in ("known@example.com", "new@example.com")
        ]

        assert [answer.status_code for answer in answers] == [303, 303]
        assert answers[0].headers["Location"] == answers[1].headers["Location"]

    @pytest.mark.parametrize(
        "wrong",
        [{"email": "no address"}, {"pace": "hourly"}, {"counties": "atlantis"}, {"topics": "x"}],
        ids=str,
    )
    def test_what_was_typed_wrongly_stays_with_a_word_beside_it(self, client, wrong):
        sent = {"email": "reader@example.com", "pace": "daily"} | wrong

        answer = client.post(reverse(self.URL), sent)

        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == set(wrong)
        assert not Subscription.objects.exists()

    def test_too_many_tries_are_slowed_down(self, client):
        sent = {"pace": "daily"}

        codes = [
            client.post(reverse(self.URL), sent | {"email": f"r{n}@example.com"}).status_code
            for n in range(12)
        ]

        assert codes == [303] * 10 + [422] * 2

    def test_opening_the_links_changes_nothing(self, client):
        one = SubscriptionFactory(pending=True)

        for name in ("confirm", "end"):
            client.get(reverse(f"news:{name}", args=[one.secret]))

        one.refresh_from_db()
        assert one.state == SubscriptionState.PENDING

    def test_the_button_confirms_and_leads_to_the_choices(self, client):
        one = SubscriptionFactory(pending=True)

        answer = client.post(reverse("news:confirm", args=[one.secret]), follow=True)

        one.refresh_from_db()
        assert (answer.status_code, one.state) == (200, SubscriptionState.ACTIVE)

    def test_an_old_link_says_so(self, client):
        one = SubscriptionFactory(pending=True, asked_at=timezone.now() - timedelta(days=9))

        answer = client.post(reverse("news:confirm", args=[one.secret]))

        assert answer.status_code == 409

    def test_a_wrong_link_is_not_there(self, client):
        for name in ("confirm", "choices", "end"):
            assert client.get(reverse(f"news:{name}", args=["x"])).status_code == 404

    def test_the_holder_of_an_e_mail_changes_what_comes(self, client):
        one = SubscriptionFactory()

        client.post(
            reverse("news:choices", args=[one.secret]), {"pace": "weekly", "counties": "tainan"}
        )

        one.refresh_from_db()
        assert (one.pace, one.counties) == ("weekly", ["tainan"])

    def test_a_person_with_an_account_chooses_and_ends_it(self):
        person = UserFactory()
        browser = signed_in(person)

        chosen = browser.post(reverse(self.URL), {"pace": "daily"})
        page = browser.get(reverse(self.URL))
        ended = browser.post(reverse("news:end_own"))

        assert (chosen.status_code, ended.status_code) == (303, 303)
        assert page.context["subscription"].user == person
        assert Subscription.objects.get().state == SubscriptionState.ENDED
