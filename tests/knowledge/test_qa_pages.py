"""Questions and answers as everyone reads them."""

import datetime as dt
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledge.models import HelpfulVote, Question
from knowledge.services import laws, publishing
from knowledge.views.qa import VOTES
from tests.factories.knowledge import LawArticleFactory, QuestionFactory, TopicFactory

pytestmark = pytest.mark.django_db
CHANGE = laws.Change(changed_on=dt.date(2026, 1, 1), change_zh="上限改為百分之三")


def page(client, question, **query):
    return client.get(reverse("qa:detail", args=[question.slug]), query)


def test_an_answer_is_found_by_its_words_and_drafts_are_not(client):
    found = QuestionFactory(public=True)
    draft = QuestionFactory(words={"question_zh": "押標金草稿"})

    answer = client.get(reverse("qa:search"), {"q": "押標金怎麼繳"})

    body = answer.content.decode()
    assert reverse("qa:detail", args=[found.slug]) in body
    assert draft.slug not in body
    assert "<mark>押標金</mark>" in body


def test_english_words_find_the_same_answer(client):
    found = QuestionFactory(public=True)

    answer = client.get("/en/qa/", {"q": "bid bonds"})

    assert f"/en/qa/{found.slug}/" in answer.content.decode()


@pytest.mark.parametrize("query", ["沒有這種詞", "%", "(((", "&|!:*'", "a" * 5000, "\u3164", "　"])
def test_whatever_is_searched_for_gets_a_page_and_the_way_to_a_person(client, query):
    QuestionFactory(public=True)

    answer = client.get(reverse("qa:search"), {"q": query})

    assert answer.status_code == 200
    assert reverse("request:start") in answer.content.decode()


def test_topics_narrow_the_list_and_unknown_ones_are_passed_over(client):
    loan, bond = TopicFactory(code="financing"), TopicFactory(code="procurement-bonds")
    one = QuestionFactory(public=True, words={"topics": [loan]})
    other = QuestionFactory(public=True, words={"topics": [bond]})

    answer = client.get(reverse("qa:search"), {"topic": ["financing", "nonsense"]})

    body = answer.content.decode()
    assert f'/qa/{one.slug}/"' in body
    assert f'/qa/{other.slug}/"' not in body


def test_the_list_asks_as_little_for_many_answers_as_for_a_few(
    client, django_assert_max_num_queries
):
    law = LawArticleFactory()
    for _n in range(3):
        QuestionFactory(public=True, words={"laws": [law]})
    with django_assert_max_num_queries(9) as few:
        client.get(reverse("qa:search"))
    for _n in range(20):
        QuestionFactory(public=True, words={"laws": [law]})

    with django_assert_max_num_queries(9) as many:
        client.get(reverse("qa:search"))

    assert len(many) == len(few)


def test_an_answer_shows_what_it_rests_on_and_when_it_was_read(client):
    law = LawArticleFactory(article="93-1", summary_zh="電子化採購")
    question = QuestionFactory(public=True, words={"laws": [law]})

    body = page(client, question).content.decode()

    assert "政府採購法第 93 條之 1" in body
    assert "電子化採購" in body
    assert question.reviewed_on.isoformat() in body
    assert "不是法律意見" in body


def test_search_engines_read_it_as_a_question_with_its_answer(client):
    question = QuestionFactory(public=True, words={"answer_zh": "</script><b>可以</b>"})

    body = page(client, question).content.decode()

    block = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', body).group(1)
    described = json.loads(block)
    assert described["@type"] == "FAQPage"
    assert described["mainEntity"][0]["name"] == question.published.question_zh
    assert "</script><b>" not in body


def test_both_languages_stand_side_by_side_on_request(client):
    question = QuestionFactory(public=True)

    body = page(client, question, both="1").content.decode()

    assert 'lang="en"' in body
    assert "In cash" in body
    assert "可以用現金" in body


def test_a_reader_is_told_where_her_language_is_missing(client):
    only_zh = {"question_en": "", "answer_en": "", "one_language_because": "急件"}
    question = QuestionFactory(public=True, words=only_zh)

    body = client.get(f"/en/qa/{question.slug}/").content.decode()

    assert "not yet available in English" in body
    assert 'lang="zh-Hant"' in body


def test_a_reader_is_told_that_her_text_is_the_older_one(client):
    older = {"behind": "en", "one_language_because": "英文明天補"}
    question = QuestionFactory(public=True, words=older)

    assert "this English text is older" in client.get(f"/en/qa/{question.slug}/").content.decode()
    assert "比較舊" not in page(client, question).content.decode()


def test_readers_see_that_a_law_has_changed_until_somebody_has_read_it_again(
    client, agency, approver
):
    law = LawArticleFactory(article="30")
    question = QuestionFactory(public=True, agency=agency, words={"laws": [law]})
    laws.mark_changed(law_id=law.pk, by_id=approver.pk, change=CHANGE)

    before = page(client, question).content.decode()
    publishing.confirm(question_id=question.pk, by_id=approver.pk)
    after = page(client, question).content.decode()

    assert "上限改為百分之三" in before
    assert "待重新檢視" in before
    assert "上限改為百分之三" not in after


def test_readers_see_that_an_answer_is_past_its_day(client):
    question = QuestionFactory(public=True)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    past = {"reviewed_on": yesterday - dt.timedelta(days=365), "review_due_on": yesterday}
    Question.objects.filter(pk=question.pk).update(**past)
    publishing.mark_due()

    assert "待重新檢視" in page(client, question).content.decode()


def test_a_retired_answer_says_so_at_its_address_and_a_draft_is_not_there(client, editor):
    question = QuestionFactory(public=True)
    publishing.retire(question_id=question.pk, by_id=editor.pk, because="內部理由")

    gone = page(client, question)

    assert gone.status_code == 410
    assert "內部理由" not in gone.content.decode()
    assert page(client, QuestionFactory()).status_code == 404
    assert client.get("/qa/never-was/").status_code == 404


def test_a_visitor_votes_once_however_often_she_presses(client):
    question = QuestionFactory(public=True)
    vote = reverse("qa:vote", args=[question.slug])

    for said in ("yes", "yes", "no"):
        client.post(vote, {"helped": said})

    question.refresh_from_db()
    assert (question.votes, question.helped) == (1, 0)
    assert HelpfulVote.objects.count() == 1


def test_the_thanks_for_a_vote_stand_where_the_reader_lands(client):
    question = QuestionFactory(public=True)

    answer = client.post(reverse("qa:vote", args=[question.slug]), {"helped": "no"})

    assert answer.url == reverse("qa:detail", args=[question.slug])
    assert "謝謝您。您可以直接問承辦人" in client.get(answer.url).content.decode()


def test_who_keeps_no_cookie_does_not_vote_without_end():
    question = QuestionFactory(public=True)

    for _time in range(VOTES + 5):
        Client().post(reverse("qa:vote", args=[question.slug]), {"helped": "yes"})

    question.refresh_from_db()
    assert question.votes == VOTES


def test_a_cookie_that_was_made_up_is_not_believed(client):
    question = QuestionFactory(public=True)
    client.cookies["portal_visitor"] = "made-up:abc"

    client.post(reverse("qa:vote", args=[question.slug]), {"helped": "yes"})

    assert HelpfulVote.objects.count() == 1
    assert client.cookies["portal_visitor"].value != "made-up:abc"


def test_a_vote_that_says_nothing_counts_nothing(client):
    question = QuestionFactory(public=True)

    answer = client.post(reverse("qa:vote", args=[question.slug]), {"helped": "maybe"})

    assert answer.status_code == 303
    assert not HelpfulVote.objects.exists()


def test_who_came_from_her_request_may_say_that_it_is_not_needed(client):
    question = QuestionFactory(public=True)
    body = page(client, question, **{"from": "request"}).content.decode()
    assert "不必送出申請了" in body

    client.post(reverse("qa:vote", args=[question.slug]), {"helped": "spared"})

    question.refresh_from_db()
    assert question.requests_spared == 1


def test_on_paper_both_languages_and_the_address_stand(client):
    question = QuestionFactory(public=True)

    body = client.get(reverse("qa:print", args=[question.slug])).content.decode()

    assert "In cash" in body
    assert f"/qa/{question.slug}/" in body


def test_the_one_search_of_the_portal_finds_answers(client):
    QuestionFactory(public=True)

    body = client.get(reverse("search"), {"q": "押標金"}).content.decode()

    assert "/qa/question-" in body
