"""What programs read of announcements: Atom feeds and calendars."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from knowledge.announcement_calendar import Event, as_calendar, escaped, folded
from knowledge.services import announcement_publishing
from knowledge.views.news import feeds
from tests.factories.accounts import UserFactory
from tests.factories.announcements import AnnouncementFactory
from tests.knowledge.announcing import amended, approved, drafted

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def unfolded(sent: bytes) -> list[str]:
    """The lines as a calendar program reads them (section 3.1)."""
    return sent.decode().replace("\r\n ", "").split("\r\n")


class TestCalendarLines:
    def event(self, **changes) -> Event:
        given = {
            "uid": "1@portal.example",
            "sequence": 0,
            "changed_at": datetime(2026, 11, 1, 2, tzinfo=UTC),
            "starts_at": datetime(2026, 11, 20, 6, tzinfo=UTC),
            "ends_at": None,
            "title": "中小企業數位轉型與淨零碳排輔導資源說明會暨一對一諮詢活動（臺南場）",
            "text": "第一行\n第二行",
            "place": "示範會館；三樓",
            "url": "https://portal.example/news/1/",
        }
        return Event(**(given | changes))

    def test_no_line_is_longer_than_75_octets_nor_cuts_a_character(self):
        sent = as_calendar([self.event(text="漢" * 400 + "a" + "字" * 400)], name="活動")

        lines = sent.split(b"\r\n")
        assert all(len(line) <= 75 for line in lines)
        assert all(line.decode() for line in lines if line)
        assert sent.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in sent.replace(b"\r\n", b"")

    @pytest.mark.parametrize("text", ["漢" * 100, "a" * 300, "a漢" * 60, "𠮷" * 50, "", "x" * 75])
    def test_folded_lines_give_the_text_back(self, text):
        pieces = list(folded(text))

        assert b"\r\n".join(pieces).replace(b"\r\n ", b"").decode() == text
        assert all(len(piece) <= 75 for piece in pieces)

    def test_signs_with_a_meaning_are_escaped(self):
        assert escaped("a,b;c\\d\r\ne\rf") == "a\\,b\\;c\\\\d\\ne\\nf"

    def test_times_are_utc_and_an_event_without_end_takes_two_hours(self):
        lines = unfolded(as_calendar([self.event()], name="活動"))

        assert "DTSTART:20261120T060000Z" in lines
        assert "DTEND:20261120T080000Z" in lines

    def test_cancelled_says_so(self):
        lines = unfolded(as_calendar([self.event(is_cancelled=True)], name="活動"))

        assert "STATUS:CANCELLED" in lines


@pytest.mark.django_db
class TestCalendars:
    def event(self, **changes):
        at = timezone.now() + timedelta(days=5)
        words = {"place_zh": "示範會館", "place_en": "Example Hall"}
        return approved(drafted(category="events", event_starts_at=at, **words, **changes))

    def get(self, client, announcement, prefix="") -> list[str]:
        answer = client.get(prefix + reverse("news:event", args=[announcement.slug]))
        assert answer["Content-Type"].startswith("text/calendar")
        return unfolded(answer.content)

    def value(self, lines, name) -> str:
        return next(line.partition(":")[2] for line in lines if line.startswith(f"{name}:"))

    def test_an_amendment_keeps_the_uid_and_raises_the_sequence(self, client):
        announcement = self.event()
        before = self.get(client, announcement)
        at = timezone.now() + timedelta(days=6)
        words = {"place_zh": "二館", "place_en": "Hall Two"}

        after = self.get(
            client, amended(announcement, category="events", event_starts_at=at, **words)
        )

        assert self.value(before, "UID") == self.value(after, "UID")
        assert (self.value(before, "SEQUENCE"), self.value(after, "SEQUENCE")) == ("0", "1")
        assert self.value(after, "LOCATION") == "二館"

    def test_withdrawn_it_is_cancelled_in_the_calendar_too(self, client):
        announcement = self.event()
        announcement_publishing.withdraw(
            announcement_id=announcement.pk,
            by_id=UserFactory().pk,
            because_zh="颱風停辦",
            because_en="Typhoon",
        )

        lines = self.get(client, announcement)

        assert self.value(lines, "STATUS") == "CANCELLED"
        assert self.value(lines, "SEQUENCE") == "1"
        assert self.value(lines, "DESCRIPTION") == "颱風停辦"
        words = announcement.current
        for path in (reverse("news:event", args=[announcement.slug]), reverse("news:events")):
            whole = client.get(path).content.decode()
            assert "BEGIN:VEVENT" in whole
            assert words.title_zh not in whole
            assert words.place_zh not in whole

    def test_what_is_no_event_has_no_calendar_entry(self, client):
        announcement = AnnouncementFactory(published=True)

        answer = client.get(reverse("news:event", args=[announcement.slug]))

        assert answer.status_code == 404

    @pytest.mark.parametrize("count", [3, 30])
    def test_one_calendar_holds_them_all(self, client, count, django_assert_max_num_queries):
        AnnouncementFactory.create_batch(count, published=True, version__event=True)
        AnnouncementFactory(published=True)

        with django_assert_max_num_queries(4):
            lines = unfolded(client.get(reverse("news:events")).content)

        assert lines.count("BEGIN:VEVENT") == count


@pytest.mark.django_db
class TestAtom:
    def get(self, client, category="all", prefix="", **headers):
        return client.get(prefix + reverse("news:feed", args=[category]), headers=headers)

    def entries(self, answer) -> dict[str, str]:
        """Title by id."""
        root = ET.fromstring(answer.content)
        return {
            entry.findtext(f"{ATOM}id"): entry.findtext(f"{ATOM}title")
            for entry in root.iter(f"{ATOM}entry")
        }

    def test_has_what_rfc_4287_asks_for(self, client):
        announcement = AnnouncementFactory(published=True, version__body_zh="<b>&</b>")

        answer = self.get(client, "programmes")

        root = ET.fromstring(answer.content)
        entry = root.find(f"{ATOM}entry")
        for element in (root, entry):
            assert all(element.findtext(f"{ATOM}{n}") for n in ("id", "title", "updated"))
            assert element.findtext(f"{ATOM}author/{ATOM}name")
        links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
        assert links["self"].endswith(reverse("news:feed", args=["programmes"]))
        assert entry.find(f"{ATOM}link").get("href").endswith(f"/news/{announcement.slug}/")
        assert entry.findtext(f"{ATOM}content") == "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>"
        assert answer["Content-Type"].startswith("application/atom+xml")

    def test_holds_its_category_only(self, client):
        AnnouncementFactory(published=True, version__category="urgent")
        AnnouncementFactory(published=True)

        counts = [len(self.entries(self.get(client, one))) for one in ("urgent", "all", "events")]

        assert counts == [1, 2, 0]

    def test_an_amendment_keeps_the_id_and_moves_updated(self, client):
        announcement = approved(drafted())
        before = ET.fromstring(self.get(client).content)
        announcement_id = announcement.pk
        type(announcement).objects.filter(pk=announcement_id).update(
            published_at=timezone.now() - timedelta(days=2)
        )

        amended(announcement, title_zh="名額再增加", title_en="Still more places")

        after = ET.fromstring(self.get(client).content)
        path = f"{ATOM}entry/{ATOM}"
        assert before.findtext(f"{path}id") == after.findtext(f"{path}id")
        assert after.findtext(f"{path}title") == "名額再增加"
        assert after.findtext(f"{path}updated") > after.findtext(f"{path}published")

    def test_the_english_text_is_an_entry_of_its_own(self, client):
        AnnouncementFactory(published=True)

        chinese, english = (self.entries(self.get(client, prefix=p)) for p in ("", "/en"))

        assert not set(chinese) & set(english)

    def test_what_was_withdrawn_is_named_as_deleted(self, client):
        announcement = AnnouncementFactory(published=True, withdrawn=True)

        root = ET.fromstring(self.get(client).content)

        assert [one.get("ref") for one in root.iter(GONE)] == [announcement.uuid.urn]
        assert not self.entries(self.get(client))

    def test_holds_nothing_that_is_for_a_role_even_for_that_role(self, client):
        AnnouncementFactory(published=True, version__audience="role", version__roles=["owner"])
        AnnouncementFactory(published=True, ended=True)
        AnnouncementFactory(version__in_review=True)

        assert not self.entries(self.get(client))

    def test_nothing_new_is_said_in_a_few_bytes(self, client):
        AnnouncementFactory(published=True)
        first = self.get(client)

        by_tag = self.get(client, if_none_match=first["ETag"])
        by_time = self.get(client, if_modified_since=first["Last-Modified"])

        assert (by_tag.status_code, by_time.status_code) == (304, 304)
        assert by_tag.content == b""

    def test_an_unknown_category_is_not_there(self, client):
        assert self.get(client, "gossip").status_code == 404

    def test_pages_name_their_feed(self, client):
        announcement = AnnouncementFactory(published=True)

        for url in (
            reverse("news:list") + "?category=programmes",
            reverse("news:detail", args=[announcement.slug]),
        ):
            page = client.get(url).content.decode()
            assert 'type="application/atom+xml"' in page
            assert reverse("news:feed", args=["programmes"]) in page

    @pytest.mark.parametrize("count", [3, 30])
    def test_its_questions_do_not_grow_with_its_entries(
        self, client, count, django_assert_max_num_queries
    ):
        AnnouncementFactory.create_batch(count, published=True)

        with django_assert_max_num_queries(4):
            self.get(client)


@pytest.mark.django_db
def test_the_first_page_names_the_feed_of_everything(client):
    page = client.get("/").content.decode()

    assert f'href="{reverse("news:feed", args=["all"])}"' in page


@pytest.mark.django_db
def test_older_entries_are_reached_page_by_page(client, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    moments = [timezone.now() - timedelta(days=n) for n in range(5)]
    made = [AnnouncementFactory(published=at) for at in moments]
    AnnouncementFactory(published=True, withdrawn=True)

    read, pages, url = [], 0, reverse("news:feed", args=["all"])
    while url:
        feed = ET.fromstring(client.get(url).content)
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"].endswith(url)
        assert links["first"].endswith("/news/all.atom")
        assert (feed.find(GONE) is not None) == (pages == 0)
        read += [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        url = links.get("next", "").removeprefix("http://testserver")
        pages += 1

    assert read == [one.uuid.urn for one in made]
    assert pages == 3


@pytest.mark.django_db
def test_a_page_that_never_was_is_the_first_one(client):
    one = AnnouncementFactory(published=True)

    feed = ET.fromstring(client.get("/news/all.atom", {"after": "nonsense"}).content)

    assert feed.findtext(f"{ATOM}entry/{ATOM}id") == one.uuid.urn
