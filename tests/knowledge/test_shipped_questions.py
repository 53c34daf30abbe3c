"""The questions about procurement that the portal brings along."""

import pytest
from django.core.management import call_command
from django.db.models import Q

from foundation.finding import best
from foundation.sought import read
from knowledge.models import LawArticle, Question
from knowledge.services import publishing, questions
from sme_portal.seeds.reference import seed_reference
from tests.factories.knowledge import LawArticleFactory, QuestionFactory
from tests.knowledge import editing

pytestmark = pytest.mark.django_db


def test_all_thirty_nine_are_drafts_in_both_languages_with_their_sources():
    seed_reference()

    drafts = Question.objects.all()
    assert drafts.count() == 39
    assert set(drafts.values_list("state", flat=True)) == {"draft"}
    for question in drafts:
        version = question.versions.get()
        assert version.missing == ""
        assert version.laws.exists()
        assert version.topics.get().kind == "procurement"


def test_loaded_again_nothing_is_written_twice_and_editors_words_stay():
    seed_reference()
    before = Question.objects.count(), LawArticle.objects.count()
    LawArticle.objects.filter(law_code="gpa", article="30").update(summary_zh="我們寫的")

    seed_reference()

    assert (Question.objects.count(), LawArticle.objects.count()) == before
    assert LawArticle.objects.get(law_code="gpa", article="30").summary_zh == "我們寫的"


def test_any_approver_of_the_agency_may_publish_them():
    seed_reference()
    question = Question.objects.get(slug="bid-bond")
    approver = editing.approver(question.agency)

    questions.send(question_id=question.pk, by_id=approver.pk)
    editing.approve(question, approver)

    assert Question.objects.public().get() == question


def test_the_demonstration_has_answers_to_read_and_some_left_to_approve():
    seed_reference()
    call_command("seed_demo", cases=1)

    assert Question.objects.public().count() > 20
    assert Question.objects.filter(state="in_review").exists()
    assert Question.objects.filter(state="draft").exists()


def test_every_article_comes_with_a_line_of_our_own_in_both_languages():
    seed_reference()

    assert LawArticle.objects.count() == 126
    assert not LawArticle.objects.filter(Q(summary_zh="") | Q(summary_en="")).exists()


def test_an_article_nobody_described_takes_over_the_line_brought_along():
    seed_reference()
    LawArticle.objects.filter(law_code="gpa", article="30").update(summary_zh="", summary_en="")

    seed_reference()

    assert LawArticle.objects.get(law_code="gpa", article="30").summary_zh != ""


def test_articles_come_with_their_number_and_address():
    seed_reference()

    law = LawArticle.objects.get(law_code="gpa", article="73-1")
    assert law.summary_zh == "審核與付款的期限"
    assert law.url.endswith("pcode=A0030057&flno=73-1")
    assert law.number == 73


def test_what_is_public_is_found_by_the_articles_it_cites_also_if_published_before():
    law = LawArticleFactory(article="73-1")
    question = QuestionFactory(public=True, words={"laws": [law]})
    Question.objects.update(search="'before'")

    assert publishing.index_again() == 1
    assert publishing.index_again() == 0

    for cited in ("政府採購法第73條之1", "採購法第七十三條之一", "Act Article 73-1"):
        assert best(Question.objects.all(), read(cited, {}), limit=1).rows == [question]
