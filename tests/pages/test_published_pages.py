"""Public pages kept for visitors without a name, and what ends it."""

import re
from collections import defaultdict

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve, reverse

from foundation.models import PublishedStamp
from foundation.stamping import KNOWLEDGE
from knowledge.models import QuestionVersion
from knowledge.services import votes
from network.volunteer_states import ShownField
from tests.factories.accounts import UserFactory
from tests.factories.catalogue import EditionFactory
from tests.factories.knowledge import QuestionFactory
from tests.factories.network import OrganisationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


def address(question):
    return reverse("qa:detail", args=[question.slug])


def read(client, url, **headers):
    return client.get(url, headers=headers).content.decode()


def test_the_next_visitor_costs_one_query(client, django_assert_num_queries):
    question = QuestionFactory(public=True)
    first = read(client, address(question))

    with django_assert_num_queries(1):
        second = read(Client(), address(question))

    assert question.published.question_zh in first
    assert question.published.question_zh in second


@pytest.mark.parametrize("path", ["/", "/systems/", "/qa/", "/news/", "/network/", "/volunteers/"])
def test_the_first_pages_of_every_room_are_kept(client, django_assert_num_queries, path):
    read(client, path)

    with django_assert_num_queries(1):
        assert client.get(path).status_code == 200


def test_a_changed_wording_is_read_at_once(client):
    question = QuestionFactory(public=True)
    read(client, address(question))

    QuestionVersion.objects.filter(pk=question.published_id).update(question_zh="改過的題目？")

    assert "改過的題目？" in read(client, address(question))


def test_what_is_retired_is_gone_at_once(client):
    question = QuestionFactory(public=True)
    read(client, address(question))

    type(question).objects.filter(pk=question.pk).update(state="retired", retired_because="過時")

    assert client.get(address(question)).status_code == 410


def test_a_new_edition_of_the_catalogue_is_read_at_once(client):
    read(client, "/systems/")

    edition = EditionFactory()

    assert edition.heading_zh in read(client, "/systems/")


def test_a_changed_entry_of_the_directory_is_read_at_once(client):
    entry = OrganisationFactory()
    url = reverse("network:organisation", args=[entry.uuid])
    read(client, url)

    type(entry).objects.filter(pk=entry.pk).update(name_zh="改名的中心")

    assert "改名的中心" in read(client, url)


def test_a_vote_leaves_what_is_published_as_it_is():
    question = QuestionFactory(public=True)
    before = PublishedStamp.objects.get(room=KNOWLEDGE).stamp

    votes.vote(question_id=question.pk, visitor="someone", helped=True)

    assert PublishedStamp.objects.get(room=KNOWLEDGE).stamp == before


def test_each_visitor_gets_a_token_of_her_own_and_can_use_it():
    question = QuestionFactory(public=True)
    read(Client(), address(question))
    visitor = Client(enforce_csrf_checks=True)
    page = read(visitor, address(question))
    tokens = set(re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', page))
    other = set(
        re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', read(Client(), address(question)))
    )

    answer = visitor.post(
        reverse("qa:vote", args=[question.slug]),
        {"helped": "yes", "csrfmiddlewaretoken": tokens.copy().pop()},
    )

    assert len(tokens) == 1
    assert not tokens & other
    assert answer.status_code == 303


def test_the_nonce_on_the_page_is_that_of_the_answer(client):
    url = address(QuestionFactory(public=True))
    for _time in range(2):
        answer = client.get(url)
        (said,) = set(re.findall(r'nonce="([^"]+)"', answer.content.decode()))
        assert f"'nonce-{said}'" in answer.headers["Content-Security-Policy"]


def test_somebody_with_a_name_gets_her_own_page_and_leaves_none_behind(client):
    question = QuestionFactory(public=True)
    person = UserFactory(name="有名字的人")
    client.force_login(person)

    own = read(client, address(question))
    of_nobody = read(Client(), address(question))

    assert "有名字的人" in own
    assert "有名字的人" not in of_nobody
    assert "有名字的人" in read(client, address(question))


@pytest.mark.parametrize("asked", ["?both=", "?from=request"])
def test_a_question_behind_the_address_is_answered_anew(client, asked):
    question = QuestionFactory(public=True)
    plain = read(client, address(question))

    assert read(client, address(question) + asked) != plain
    assert len(read(client, address(question))) == len(plain)


def test_languages_are_kept_apart(client):
    url = address(QuestionFactory(public=True))
    read(client, url)

    assert 'lang="en"' in read(client, f"/en{url}")[:200]
    assert 'lang="zh-Hant' in read(client, url)[:200]


def test_hosts_are_kept_apart(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    url = reverse("systems:detail", args=[EditionFactory().system.code])

    assert "http://testserver/" in read(client, url)
    assert "http://other.example/" in read(client, url, host="other.example")


def test_only_doors_open_to_everybody_keep_their_pages():
    kept = [view for view in _views(get_resolver()) if hasattr(view, "rooms_shown")]

    assert len(kept) > 10
    assert all(view.login_required is False for view in kept)


# What may be a minute late, or is asked for now and then only.
LATE = {
    *("accounts_user", "assistance_case", "assistance_need", "assistance_answer"),
    *("assistance_referral", "foundation_publishedstamp", "foundation_calendarday"),
}


def test_every_table_a_kept_page_reads_from_stamps_its_room(client):
    question, entry = QuestionFactory(public=True), OrganisationFactory()
    system = EditionFactory().system
    VolunteerFactory(serving=True, shows=[ShownField.NAME, ShownField.COUNTY])
    paths = [
        *("/", "/systems/", f"/systems/{system.code}/", "/qa/", address(question), "/news/"),
        *(f"{address(question)}print/", "/network/", "/network/tainan/", "/volunteers/"),
        reverse("network:organisation", args=[entry.uuid]),
    ]
    stamps = _stamping_tables()

    missing = set()
    for path in paths:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200, path
        read_from = {table for one in asked for table in _TABLE.findall(one["sql"])}
        shown = set().union(*(stamps[room] for room in resolve(path).func.rooms_shown))
        missing |= {(path, table) for table in read_from - shown - LATE}

    assert not missing


_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def _stamping_tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trim(trailing E'\\\\000' FROM encode(tgargs, 'escape')), tgrelid::regclass::text"
            " FROM pg_trigger WHERE tgname = 'what_is_published_is_stamped'"
        )
        found = defaultdict(set)
        for room, table in cursor.fetchall():
            found[room].add(table)
    return found


def _views(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern)
        else:
            yield pattern.callback
