"""What readers find under /news/: list, page, files, what is hidden from whom."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from foundation.papers import keep_paper
from knowledge.models import AnnouncementFile
from tests.factories.accounts import UserFactory
from tests.factories.announcements import AnnouncementFactory
from tests.factories.knowledge import TopicFactory
from tests.knowledge.announcing import amended, approved, drafted, signed_in, staff

pytestmark = pytest.mark.django_db


def read(client, name="news:list", *args, **query) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


class TestList:
    def test_shows_what_is_public_and_nothing_else(self, client):
        public = AnnouncementFactory(published=True)
        ended = AnnouncementFactory(published=True, ended=True)
        withdrawn = AnnouncementFactory(published=True, withdrawn=True)
        waiting = AnnouncementFactory(version__in_review=True)

        page = read(client)

        assert public.current.title_zh in page
        for other in (ended, withdrawn, waiting):
            assert other.versions.get().title_zh not in page

    def test_the_archive_keeps_what_is_over(self, client):
        ended = AnnouncementFactory(published=True, ended=True)
        public = AnnouncementFactory(published=True)

        page = read(client, archive="1")

        assert ended.current.title_zh in page
        assert public.current.title_zh not in page

    def test_narrows_by_category_topic_and_county(self, client):
        TopicFactory(code="financing")
        ours = AnnouncementFactory(
            published=True,
            version__category="opportunities",
            version__topics=["financing"],
            version__counties=["tainan"],
        )
        national = AnnouncementFactory(published=True)
        elsewhere = AnnouncementFactory(published=True, version__counties=["taipei"])

        by_category = read(client, category="opportunities")
        by_topic = read(client, topic="financing")
        by_county = read(client, county="tainan")

        assert ours.current.title_zh in by_category
        assert national.current.title_zh not in by_category
        assert national.current.title_zh not in by_topic
        assert national.current.title_zh in by_county
        assert elsewhere.current.title_zh not in by_county

    def test_what_it_does_not_know_is_left_out(self, client):
        AnnouncementFactory(published=True)

        answer = client.get(
            reverse("news:list"), {"category": "x", "topic": "'", "county": "taiwan", "after": "?"}
        )

        assert answer.status_code == 200
        assert not any(answer.context["asked"].values())

    @pytest.mark.parametrize("count", [5, 60])
    def test_its_questions_do_not_grow_with_its_rows(
        self, client, count, django_assert_max_num_queries
    ):
        AnnouncementFactory.create_batch(count, published=True)

        with django_assert_max_num_queries(6):
            read(client)

    def test_goes_on_page_by_page(self, client):
        AnnouncementFactory.create_batch(25, published=True)

        first = client.get(reverse("news:list"))
        second = client.get(reverse("news:list") + first.context["more_url"])

        shown = [row.announcement.pk for page in (first, second) for row in page.context["rows"]]
        assert len(shown) == len(set(shown)) == 25


class TestPage:
    @pytest.mark.parametrize(("prefix", "language"), [("", "zh"), ("/en", "en")])
    def test_speaks_the_readers_language(self, client, prefix, language):
        announcement = AnnouncementFactory(published=True)

        page = client.get(prefix + reverse("news:detail", args=[announcement.slug]))

        assert getattr(announcement.current, f"title_{language}") in page.content.decode()

    def test_draws_marks_and_no_markup(self, client):
        body = "## 要點\n<script>x</script>"
        announcement = AnnouncementFactory(published=True, version__body_zh=body)

        page = read(client, "news:detail", announcement.slug)

        assert "<h2>要點</h2>" in page
        assert "<script>x" not in page

    def test_a_draft_has_no_address_yet(self, client):
        announcement = AnnouncementFactory()

        assert client.get(reverse("news:detail", args=[announcement.slug])).status_code == 404

    def test_what_was_withdrawn_says_why_and_keeps_its_words_back(self, client):
        announcement = AnnouncementFactory(published=True, withdrawn=True)

        answer = client.get(reverse("news:detail", args=[announcement.slug]))

        assert answer.status_code == 410
        assert "內容有誤" in answer.content.decode()
        assert announcement.current.body_zh not in answer.content.decode()

    def test_one_language_only_says_so_and_marks_the_words(self, client):
        announcement = AnnouncementFactory(
            published=True, version__title_en="", version__body_en="", version__summary_en="Short."
        )

        page = client.get("/en" + reverse("news:detail", args=[announcement.slug]))

        assert 'lang="zh-Hant-TW"' in page.content.decode()
        assert "in Chinese only. Short." in page.content.decode()

    def test_a_language_left_behind_says_that_the_other_one_is_newer(self, client):
        announcement = amended(approved(drafted()), body_zh="新的內文。")
        url = reverse("news:detail", args=[announcement.slug])

        behind, ahead = client.get("/en" + url), client.get(url)

        assert "other language is newer" in behind.content.decode()
        assert "比較新" not in ahead.content.decode()

    def test_for_a_role_it_is_there_for_that_role_alone(self, client):
        announcement = AnnouncementFactory(
            published=True, version__audience="role", version__roles=["officer"]
        )
        url = reverse("news:detail", args=[announcement.slug])

        assert client.get(url).status_code == 404
        assert signed_in(UserFactory()).get(url).status_code == 404
        assert signed_in(staff(Role.OFFICER)).get(url).status_code == 200
        assert announcement.current.title_zh not in read(client)


class TestFiles:
    def add(self, announcement, **fields) -> AnnouncementFile:
        row = AnnouncementFile.objects.create(
            announcement=announcement,
            name="簡章.pdf",
            kind="pdf",
            mime="application/pdf",
            size=4,
            sha256="0" * 64,
            storage_name=keep_paper(ContentFile(b"%PDF")),
            added_at=timezone.now(),
            added_by=UserFactory(),
            **fields,
        )
        announcement.versions.get().files.add(row)
        return row

    def get(self, client, row):
        return client.get(reverse("news:file", args=[row.pk]))

    def test_a_file_of_what_is_public_is_public(self, client):
        announcement = AnnouncementFactory(published=True)
        row = self.add(announcement)

        answer = self.get(client, row)

        assert answer.getvalue() == b"%PDF"
        assert answer["Content-Disposition"].startswith("attachment")
        assert row.name in read(client, "news:detail", announcement.slug)

    def test_a_drafts_file_is_for_those_who_keep_it(self, client):
        announcement = AnnouncementFactory(coordinator=True)
        row = self.add(announcement)

        assert self.get(client, row).status_code == 404
        assert self.get(signed_in(staff(Role.OFFICER)), row).status_code == 404
        kept = self.get(signed_in(staff(Role.EDITOR)), row)
        assert (kept.status_code, kept.getvalue()) == (200, b"%PDF")

    @pytest.mark.parametrize("state", ["pending", "infected"])
    def test_what_the_scanner_has_not_let_through_is_not_served(self, client, state):
        announcement = AnnouncementFactory(published=True)
        row = self.add(announcement, scan_state=state)

        assert self.get(client, row).status_code == 404
        assert row.name not in read(client, "news:detail", announcement.slug)

    def test_withdrawn_takes_its_files_along(self, client):
        announcement = AnnouncementFactory(published=True, withdrawn=True)

        assert self.get(client, self.add(announcement)).status_code == 404


def test_searchers_are_shown_what_is_public_in_both_languages(client):
    public = AnnouncementFactory(published=True)
    hidden = AnnouncementFactory(
        published=True, version__audience="role", version__roles=["officer"]
    )
    draft = AnnouncementFactory()

    page = client.get("/sitemap.xml").content.decode()

    assert f"/news/{public.slug}/" in page
    assert f"/en/news/{public.slug}/" in page
    for other in (hidden, draft):
        assert f"/news/{other.slug}/" not in page


@pytest.mark.django_db
def test_on_paper_both_languages_dates_and_the_address_stand(client):
    announcement = AnnouncementFactory(published=True, version__title_en="In English")

    body = client.get(reverse("news:print", args=[announcement.slug])).content.decode()

    assert "In English" in body
    assert f"/news/{announcement.slug}/" in body
    assert announcement.agency.name_zh in body


@pytest.mark.django_db
def test_what_was_withdrawn_or_is_a_draft_is_not_printed(client):
    for announcement in (
        AnnouncementFactory(published=True, withdrawn=True),
        AnnouncementFactory(),
    ):
        page = client.get(reverse("news:print", args=[announcement.slug]))
        assert page.status_code == 404
