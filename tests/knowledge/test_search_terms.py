"""Words that mean the same: who joins them, what is refused, what is recorded."""

import uuid
from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from knowledge.models import SearchTerm, SearchWord
from knowledge.search import synonyms
from knowledge.search_events import SearchTermEvent
from knowledge.services import search_terms
from ledger.models import Entry
from sme_portal.seeds.knowledge import seed_search_terms
from tests.factories.accounts import StaffMembershipFactory, UserFactory
from tests.factories.knowledge import MissedSearchFactory, SearchTermFactory

pytestmark = pytest.mark.django_db


def joined(*words: str, **given) -> SearchTerm:
    named = {"words": words, "by_id": UserFactory().pk, "key": uuid.uuid4()} | given
    return search_terms.add(**named)[0]


@pytest.fixture
def editor(client):
    user = StaffMembershipFactory(role=Role.EDITOR).user
    client.force_login(user)
    return user


class TestJoining:
    def test_each_word_brings_the_others_of_its_group(self):
        joined("貸款", "Loans", "融資")

        assert synonyms("loans 融資貸款") == {
            "貸款": ("Loans", "融資"),
            "loan": ("貸款", "融資"),
            "融資": ("貸款", "Loans"),
        }

    def test_it_is_recorded_and_two_clicks_make_one_group(self):
        key, by = uuid.uuid4(), UserFactory().pk

        joined("貸款", "loan", key=key, by_id=by)
        joined("貸款", "loan", key=key, by_id=by)

        assert SearchTerm.objects.count() == 1
        assert Entry.objects.filter(event=SearchTermEvent.ADDED, actor_id=by).count() == 1

    def test_one_word_alone_is_refused_in_whatever_width_it_is_repeated(self):
        with pytest.raises(search_terms.TooFewWordsError):
            joined("ISO", "ＩＳＯ")

    def test_a_word_stands_in_one_group_only(self):
        joined("臺北", "Taipei")

        with pytest.raises(search_terms.WordTakenError) as refusal:
            joined("台北", "north")

        assert "台北" in str(refusal.value)
        assert SearchTerm.objects.count() == 1

    def test_the_database_itself_refuses_a_word_twice(self):
        term = SearchTermFactory()

        with pytest.raises(IntegrityError), transaction.atomic():
            SearchWord.objects.create(term=term, text="貸 款", key="貸款")


class TestChangingAndTakingApart:
    def test_a_group_is_said_anew_and_recorded(self):
        term = joined("貸款", "loan")

        search_terms.change(term_id=term.pk, words=["貸款", "credit"], by_id=UserFactory().pk)

        assert synonyms("貸款")["貸款"] == ("credit",)
        assert Entry.objects.filter(event=SearchTermEvent.CHANGED).count() == 1

    def test_the_same_words_again_change_nothing(self):
        term = joined("貸款", "loan")

        search_terms.change(term_id=term.pk, words=["貸款", "loan"], by_id=UserFactory().pk)

        assert not Entry.objects.filter(event=SearchTermEvent.CHANGED).exists()

    def test_what_is_refused_leaves_the_group_as_it_was(self):
        joined("臺北", "Taipei")
        term = joined("貸款", "loan")

        with pytest.raises(search_terms.WordTakenError):
            search_terms.change(term_id=term.pk, words=["貸款", "taipei"], by_id=UserFactory().pk)

        assert synonyms("貸款")["貸款"] == ("loan",)

    def test_taken_apart_each_word_finds_only_itself(self):
        term = joined("貸款", "loan")

        search_terms.remove(term_id=term.pk, by_id=UserFactory().pk)

        assert synonyms("貸款 loan") == {}
        assert Entry.objects.filter(event=SearchTermEvent.REMOVED).count() == 1


class TestSeeds:
    def test_the_words_that_come_with_the_portal_come_once(self):
        seed_search_terms()
        before = SearchWord.objects.count()

        seed_search_terms()

        assert SearchWord.objects.count() == before > 100

    def test_what_editors_took_apart_stays_so(self):
        seed_search_terms()
        term = SearchTerm.objects.get(code="loan")

        search_terms.remove(term_id=term.pk, by_id=UserFactory().pk)
        seed_search_terms()

        assert "貸款" not in synonyms("貸款")


class TestPages:
    def test_editors_see_what_found_nothing_and_the_groups(self, client, editor):
        MissedSearchFactory(words="員工旅遊", count=7, day=timezone.localdate())
        SearchTermFactory(words=("貸款", "loan"))

        page = client.get(reverse("manage_search:index")).content.decode()

        assert "員工旅遊" in page
        assert "貸款 ＝ loan" in page

    def test_the_list_asks_no_more_for_more(self, client, editor, django_assert_max_num_queries):
        for n in range(10):
            SearchTermFactory(words=(f"甲{n}", f"word{n}"))
        client.get(reverse("manage_search:index"))

        with django_assert_max_num_queries(12):
            client.get(reverse("manage_search:index"))

    def test_words_are_joined_and_the_editor_is_led_back(self, client, editor):
        answer = client.post(
            reverse("manage_search:add"),
            {"words": "旅遊\ntravel\n\n", "idempotency_key": uuid.uuid4()},
        )

        assert answer.status_code == 303
        assert synonyms("旅遊")["旅遊"] == ("travel",)

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "旅遊",
            "旅遊\n旅遊",
            "！！！\ntravel",
            "\n".join(f"w{n}" for n in range(13)),
            "字" * 25 + "\nx",
        ],
    )
    def test_what_cannot_be_joined_is_said_beside_the_field(self, client, editor, words):
        answer = client.post(
            reverse("manage_search:add"), {"words": words, "idempotency_key": uuid.uuid4()}
        )

        assert answer.status_code == 422
        assert not SearchTerm.objects.exists()

    def test_a_word_that_stands_elsewhere_keeps_what_was_typed(self, client, editor):
        SearchTermFactory(words=("貸款", "loan"))

        answer = client.post(
            reverse("manage_search:add"),
            {"words": "貸款\nmoney", "idempotency_key": uuid.uuid4()},
        )

        assert answer.status_code == 409
        assert "money" in answer.content.decode()

    def test_changing_begins_with_the_words_and_taking_apart_ends_them(self, client, editor):
        term = SearchTermFactory(words=("貸款", "loan"))
        page = client.get(reverse("manage_search:change", args=[term.pk])).content.decode()

        client.post(reverse("manage_search:remove", args=[term.pk]))

        assert "貸款\nloan" in page
        assert synonyms("貸款 loan") == {}

    @pytest.mark.parametrize(
        ("words", "field", "value"),
        [("員工旅遊", "question_zh", "員工旅遊"), ("staff trip", "question_en", "staff trip")],
    )
    def test_a_question_begins_with_what_was_searched_for(
        self, client, editor, words, field, value
    ):
        MissedSearchFactory(words=words, day=timezone.localdate())
        listed = client.get(reverse("manage_search:index")).content.decode()
        address = f"{reverse('manage_qa:add')}?question={quote(words)}"

        form = client.get(address).context["form"]

        assert address in listed
        assert {field: value} == form.initial

    @pytest.mark.parametrize("words", ["", "%E3%85%A4", "x" * 3000])
    def test_a_question_begins_empty_or_cut_with_anything_else(self, client, editor, words):
        answer = client.get(f"{reverse('manage_qa:add')}?question={words}")

        assert answer.status_code == 200
        assert len(answer.context["form"].initial.get("question_en", "")) <= 160
