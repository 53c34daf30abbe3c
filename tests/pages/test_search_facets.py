"""Narrowing what was found to a topic or a county: links with counts that keep what they say."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import STAFF_ROLES, Role
from foundation import finding
from foundation.facets import EVERYWHERE, Chosen, counted, read_tags
from knowledge import search
from knowledge.models import MissedSearch, Topic
from network.models import DirectoryText, ServiceArea
from network.services import indexing
from sme_portal.seeds.reference import seed_reference
from tests.factories.accounts import StaffMembershipFactory
from tests.factories.announcements import AnnouncementFactory
from tests.factories.knowledge import QuestionFactory
from tests.factories.network import LocationFactory, OfferingFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

WORD = "qzword"
PILL = re.compile(
    r'<a class="sp-pill" href="([^"]+)"[^>]*>([^<]+) <span class="num">([^<]+)</span>'
)


@pytest.fixture
def library():
    seed_reference()
    for slug, codes in (("one", ["financing"]), ("two", ["financing", "procurement-bonds"])):
        topics = list(Topic.objects.filter(code__in=codes))
        words = {"question_zh": f"{WORD} {slug}？", "topics": topics}
        QuestionFactory(slug=slug, public=True, words=words)
    _news("everywhere", [])
    _news("taipei", ["taipei"])
    _news("tainan", ["tainan"])
    place = LocationFactory(organisation__name_zh=f"{WORD} 商會", county="taipei")
    OfferingFactory(organisation=place.organisation, terms=["financing"])
    indexing.index_due()


def _news(slug: str, counties: list[str]) -> None:
    AnnouncementFactory(
        slug=slug,
        published=True,
        version__title_zh=f"{WORD} {slug}",
        version__topics=["marketing"],
        version__counties=counties,
    )


def page_of(client, **asked) -> str:
    return client.get("/search/?" + urlencode({"q": WORD, **asked})).content.decode()


def pills(page: str) -> dict[str, tuple[str, str]]:
    """Where each link leads and how many it promises, by its name."""
    return {unescape(name): (unescape(url), count) for url, name, count in PILL.findall(page)}


def promised(page: str) -> dict[str, str]:
    return {name: count for name, (_url, count) in pills(page).items()}


def test_topics_and_counties_are_counted_over_all_that_was_found(client, library):
    found = promised(page_of(client))

    assert found["財務融通"] == "3"
    assert found["市場行銷"] == "3"
    assert found["臺北市"] == "3"
    assert found["臺南市"] == "2"
    assert "花蓮縣" not in found


def test_each_link_leaves_as_many_as_it_promises(client, library):
    wrong = []
    for name, (url, count) in pills(page_of(client)).items():
        page = client.get(f"/search/{url}").content.decode()
        if page.count("<li><h3>") != int(count):
            wrong.append((name, url, count, page.count("<li><h3>")))

    assert not wrong


def test_a_topic_and_a_county_hold_together(client, library):
    both = page_of(client, topic="financing", county="taipei")

    assert f"{WORD}</mark> 商會" in both
    assert both.count("<li><h3>") == 1
    assert promised(both)["市場行銷"] == "2"


def test_a_choice_that_leaves_nothing_says_so_and_leads_back(client, library):
    page = page_of(client, topic="procurement-bonds", county="tainan")

    assert "sp-hits" not in page
    assert f'href="?q={WORD}"' in page
    assert not MissedSearch.objects.exists()


@pytest.mark.parametrize("given", [{"topic": "no-such"}, {"county": "'; --"}, {"topic": ".*"}])
def test_what_is_not_known_narrows_nothing(client, library, given):
    assert page_of(client, **given).count("<li><h3>") == page_of(client).count("<li><h3>")


def test_the_names_are_those_of_the_reader_s_language(client, library):
    page = client.get("/en/search/", {"q": WORD}).content.decode()

    assert {"Finance and credit", "Taipei City"} <= set(promised(page))


def test_a_choice_keeps_the_kind_and_the_kind_keeps_the_choice(client, library):
    page = page_of(client, kind="news", county="taipei")

    assert page.count("<li><h3>") == 2
    links = pills(page)
    assert links["臺南市"][0] == f"?q={WORD}&kind=news&county=tainan"
    assert links["公告"][0] == f"?q={WORD}&kind=news&county=taipei"


def test_what_was_not_compared_is_not_counted_as_if_it_were(client, library, monkeypatch):
    monkeypatch.setattr(finding, "COMPARED_UP_TO", 2)
    monkeypatch.setattr(search._find_announcements._ask, "_kept", {})

    assert promised(page_of(client))["市場行銷"] == "2+"


def test_cases_stand_only_where_nothing_is_narrowed(client, library):
    duty = StaffMembershipFactory(role=Role.DUTY)
    client.force_login(duty.user)

    assert "kind=cases" not in page_of(client, topic="financing")


def test_hidden_entries_are_in_no_count(client, library):
    before = promised(page_of(client))
    closed = OrganisationFactory(name_zh=f"{WORD} 關閉", closed=True)
    OfferingFactory(organisation=closed, terms=["safety"])
    AnnouncementFactory(version__title_zh=f"{WORD} 草稿", version__topics=["safety"])
    indexing.index_due()

    assert promised(page_of(client)) == before


def test_narrowing_takes_no_more_than_eight_queries_of_anybody(client, library):
    asked = {"topic": "financing", "county": "taipei"}
    too_many = []
    for user in (None, *(StaffMembershipFactory(role=role).user for role in STAFF_ROLES)):
        client.logout()
        if user:
            client.force_login(user)
        page_of(client, **asked)
        with CaptureQueriesContext(connection) as seen:
            page_of(client, **asked)
        told = [one["sql"] for one in seen if "SAVEPOINT" not in one["sql"]]
        if len(told) > 8:
            too_many.append((user, told))

    assert not too_many


def test_an_entry_says_where_it_serves_and_what_it_leaves_out():
    seed_reference()
    offering = OfferingFactory(terms=["financing"])
    ServiceArea.objects.filter(offering=offering).delete()
    ServiceArea.objects.create(offering=offering, extent="nation")
    indexing.index_due()
    text = DirectoryText.objects.get(organisation=offering.organisation)
    assert {"topic:financing", "county:*"} <= set(text.tags)

    ServiceArea.objects.create(
        offering=offering, extent="county", county="penghu", is_excepted=True
    )
    DirectoryText.objects.all().delete()
    indexing.index_due()

    text = DirectoryText.objects.get(organisation=offering.organisation)
    assert "county:penghu" not in text.tags
    assert {"county:taipei", "county:hualien"} <= set(text.tags)
    assert "county:*" not in text.tags


def test_codes_are_read_and_counted():
    rows = [
        read_tags(" topic:a county:x"),
        read_tags(f" topic: county:{EVERYWHERE}"),
        read_tags(None),
    ]

    assert counted("county", rows) == {"x": 2}
    assert [Chosen(county="x").fits(row) for row in rows] == [True, True, False]
    assert [Chosen(topic="a").fits(row) for row in rows] == [True, False, False]
