"""The one search: what it finds in both languages, and what it shows to nobody who may not see it."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import STAFF_ROLES, Role
from assistance.search_text import case_search_text
from knowledge.models import MissedSearch, Topic
from network.services import indexing
from sme_portal.seeds.reference import seed_reference
from tests.factories.accounts import EnterpriseMembershipFactory, StaffMembershipFactory
from tests.factories.announcements import AnnouncementFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory
from tests.factories.knowledge import QuestionFactory, SearchTermFactory
from tests.factories.network import LocationFactory, OfferingFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference():
    seed_reference()


def searched(client, query: str, **more) -> str:
    return client.get("/search/?" + urlencode({"q": query, **more})).content.decode()


def in_english(client, query: str) -> str:
    return client.get("/en/search/?" + urlencode({"q": query})).content.decode()


def case_about(subject: str, **given):
    text = case_search_text(
        reference="A115-08-00001",
        subject=subject,
        enterprise_name="",
        business_number="",
        description="",
    )
    return CaseFactory(subject=subject, search=text, **given)


def answered(question: str, **given):
    words = {"question_zh": question, "topics": [Topic.objects.first()]}
    return QuestionFactory(public=True, words=words, **given)


# What people type, in either language and width, and the system whose page they should find first.
EXPECTED = [
    ("污染防治補助", "pollution"),
    ("pollution prevention subsidy", "pollution"),
    ("汙染防治", "pollution"),
    ("如何申請貸款？", "financing"),
    ("loan", "financing"),
    ("working capital", "financing"),
    ("週轉金", "financing"),
    ("周轉金不夠怎麼辦", "financing"),
    ("ＩＳＯ認證", "quality"),
    ("iso certificate", "quality"),
    ("工安", "safety"),
    ("occupational safety", "safety"),
    ("外銷參展", "marketing"),
    ("export", "marketing"),
    ("網路開店", "marketing"),
    ("研發", "research"),
    ("patent", "research"),
    ("創業", "startup"),
    ("incubation", "startup"),
    ("接班", "management"),
    ("自動化設備", "production"),
    ("廢水", "pollution"),
    ("wastewater", "pollution"),
]


@pytest.mark.parametrize(("query", "system"), EXPECTED)
def test_a_query_finds_the_system_it_should(client, reference, query, system):
    for page in (searched(client, query), in_english(client, query)):
        links = [part.split('"')[0] for part in page.split('<h3><a href="')[1:]]
        assert links, query
        assert any(link.endswith(f"/systems/{system}/") for link in links[:2]), (query, links)


def test_what_was_searched_for_is_marked_and_the_other_words_are_told(client, reference):
    page = in_english(client, "污染防治")

    assert "<mark>Pollution</mark> <mark>prevention</mark>" in page
    assert "Also searched for: " in page


def test_without_a_query_the_page_only_asks(client):
    page = client.get("/search/").content.decode()

    assert 'name="q"' in page
    assert "sp-hits" not in page


@pytest.mark.parametrize(
    "query", ["'; DROP TABLE x; --", "\\", "<b>", ":* & | !", "𠮷" * 200, "％％"]
)
def test_whatever_is_typed_is_only_words(client, query):
    answer = client.get("/search/", {"q": query})

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode().split("<h1>")[1]


class TestWhoSeesWhat:
    def test_visitors_and_owners_find_no_cases_and_no_counts_of_them(self, client):
        membership = EnterpriseMembershipFactory(owner=True)
        case = case_about("qzword 展店", enterprise=membership.enterprise)

        as_visitor = searched(client, "qzword")
        client.force_login(membership.user)
        as_owner = searched(client, "qzword")

        for page in (as_visitor, as_owner):
            assert case.reference not in page
            assert "kind=cases" not in page

    def test_staff_find_the_cases_on_their_desk_only(self, client):
        coordinator = CoordinatorFactory()
        other = StaffMembershipFactory(role=Role.OFFICER)
        duty = StaffMembershipFactory(role=Role.DUTY, agency=coordinator)
        case = case_about("qzword 展店", lead_agency=coordinator)

        client.force_login(duty.user)
        as_duty = searched(client, "qzword")
        client.force_login(other.user)
        as_other = searched(client, "qzword")

        assert reverse("desk:case", args=[case.reference]) in as_duty
        assert case.reference not in as_other
        assert "kind=cases" not in as_other

    def test_a_case_is_found_by_its_number(self, client):
        coordinator = CoordinatorFactory()
        duty = StaffMembershipFactory(role=Role.DUTY, agency=coordinator)
        case = case_about("展店", lead_agency=coordinator)
        client.force_login(duty.user)

        assert case.reference in searched(client, case.reference)

    def test_administrators_and_editors_read_no_cases_here_either(self, client):
        coordinator = CoordinatorFactory()
        case = case_about("qzword 展店", lead_agency=coordinator)

        for role in (Role.ADMINISTRATOR, Role.EDITOR):
            client.force_login(StaffMembershipFactory(role=role, agency=coordinator).user)
            assert case.reference not in searched(client, "qzword")


def test_a_system_that_only_fits_does_not_hide_what_holds_some_of_the_words(client, reference):
    answered("履約保證金的額度與發還方式？", slug="bond-back")

    page = searched(client, "履約保證金什麼時候退還")

    assert "/qa/bond-back/" in page
    assert "/systems/financing/" in page


class TestWhatFoundNothing:
    def test_it_is_counted_once_a_search(self, client, reference):
        searched(client, "員工旅遊去哪")
        searched(client, "員工旅遊去哪")

        row = MissedSearch.objects.get()
        assert (row.words, row.count) == ("員工旅遊去哪", 2)

    def test_words_that_are_still_being_typed_are_not_counted(self, client):
        typing = {"HX-Request": "true", "HX-Trigger": "q"}

        answer = client.get("/search/", {"q": "員工旅遊去哪"}, headers=typing)

        assert "員工旅遊去哪" in answer.content.decode()
        assert not MissedSearch.objects.exists()

    def test_what_found_something_is_not_counted(self, client, reference):
        searched(client, "貸款")

        assert not MissedSearch.objects.exists()

    def test_what_staff_look_for_is_not_counted(self, client):
        client.force_login(StaffMembershipFactory(role=Role.DUTY).user)

        searched(client, "員工旅遊去哪")

        assert not MissedSearch.objects.exists()

    def test_the_visitor_is_shown_another_way(self, client):
        page = searched(client, "員工旅遊去哪")

        assert reverse("request:start") in page
        assert "找不到" in page


class TestAnnouncements:
    def test_they_are_found_in_the_other_language_too(self, client):
        SearchTermFactory(words=("補助", "subsidy"))
        AnnouncementFactory(
            slug="machines",
            published=True,
            version__title_zh="機器更新補助",
            version__title_en="Help to renew machines",
        )

        page = in_english(client, "subsidy")

        assert "/en/news/machines/" in page
        assert "Help to renew machines" in page

    def test_drafts_and_what_was_withdrawn_are_found_by_nobody(self, client):
        AnnouncementFactory(version__title_zh="qzword 草稿")
        AnnouncementFactory(published=True, withdrawn=True, version__title_zh="qzword 撤下")

        page = searched(client, "qzword")

        assert "kind=news" not in page
        assert "草稿" not in page

    def test_what_is_for_one_role_is_found_by_that_role(self, client):
        AnnouncementFactory(
            slug="for-duty",
            published=True,
            version__title_zh="qzword 值班須知",
            version__audience="role",
            version__roles=["duty"],
        )

        as_visitor = searched(client, "qzword")
        client.force_login(StaffMembershipFactory(role=Role.DUTY).user)
        as_duty = searched(client, "qzword")

        assert "kind=news" not in as_visitor
        assert "/news/for-duty/" in as_duty


class TestDirectory:
    def test_an_entry_is_found_by_place_topic_and_service(self, client):
        place = LocationFactory(
            organisation__name_zh="示範商會", county="taipei", district="大安區"
        )
        OfferingFactory(organisation=place.organisation, name_zh="展店諮詢", terms=["financing"])
        indexing.index_due()

        for query in ("台北", "Taipei", "展店", "大安", "示範商會"):
            assert str(place.organisation.uuid) in searched(client, query), query

    def test_an_entry_that_is_closed_is_found_by_nobody_but_its_editors(self, client):
        OrganisationFactory(name_zh="qzword 商會", closed=True)
        indexing.index_due()

        as_visitor = searched(client, "qzword")
        client.force_login(StaffMembershipFactory(role=Role.ADMINISTRATOR).user)

        assert "kind=network" not in as_visitor
        assert "kind=network" in searched(client, "qzword")


class TestKinds:
    def test_one_kind_is_shown_alone_with_more_of_it(self, client):
        coordinator = CoordinatorFactory()
        client.force_login(StaffMembershipFactory(role=Role.DUTY, agency=coordinator).user)
        for _ in range(7):
            case_about("qzword", lead_agency=coordinator)

        everything = searched(client, "qzword")
        only = searched(client, "qzword", kind="cases")

        assert everything.count("/desk/A115") == 5
        assert only.count("/desk/A115") == 7

    def test_a_kind_that_found_nothing_shows_the_others(self, client, reference):
        assert "/systems/financing/" in searched(client, "貸款", kind="cases")

    def test_a_fragment_is_the_same_as_on_the_page(self, client, reference):
        whole = searched(client, "貸款")
        fragment = client.get(
            "/search/", {"q": "貸款"}, headers={"HX-Request": "true"}
        ).content.decode()

        assert fragment.strip() in whole
        assert fragment.strip().startswith('<div id="found"')


def test_it_asks_no_more_queries_for_more_documents(client):
    coordinator = CoordinatorFactory()
    client.force_login(StaffMembershipFactory(role=Role.DUTY, agency=coordinator).user)
    SearchTermFactory(words=("qzword", "別的"))
    searched(client, "qzword")

    counts = []
    for how_many in (10, 90):
        for _ in range(how_many):
            case_about("qzword", lead_agency=coordinator)
        with CaptureQueriesContext(connection) as asked:
            searched(client, "qzword")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 8


FOUND_ALL_LOOSELY_NOWHERE = ("貸款", "nowhere 貸款 neverwhere", "nowhere neverwhere", "A115-08")


def test_nobody_s_search_takes_more_than_eight_queries(client, reference):
    answered("貸款要準備什麼？")
    AnnouncementFactory(published=True, version__title_zh="貸款診斷")
    staff = [StaffMembershipFactory(role=role).user for role in STAFF_ROLES]
    too_many = []

    for user in (None, EnterpriseMembershipFactory(owner=True).user, *staff):
        client.logout()
        if user:
            client.force_login(user)
        for query in FOUND_ALL_LOOSELY_NOWHERE:
            searched(client, query)
            with CaptureQueriesContext(connection) as asked:
                searched(client, query)
            told = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
            if len(told) > 8:
                too_many.append((user, query, told))

    assert not too_many
