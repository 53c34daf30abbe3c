"""From a draft to a retired answer: who may do what, and what is on record."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.transitions import MoveNotAllowedError
from knowledge.events import QuestionEvent
from knowledge.models import Question
from knowledge.services import publishing, questions, sweeping
from knowledge.services.errors import (
    ChangedMeanwhileError,
    NotADraftError,
    NothingOpenError,
    NoTopicError,
    NotPublicError,
    NoWordsError,
    OneLanguageUnexplainedError,
    OwnWordsError,
)
from ledger.models import Entry
from tests.factories.knowledge import LawArticleFactory, QuestionFactory
from tests.knowledge.editing import approve, drafted, published, wording

pytestmark = pytest.mark.django_db


def events_of(question):
    return list(Entry.objects.about(question).values_list("event", flat=True))


def test_a_draft_gets_a_lasting_address_from_its_english_words(agency, editor):
    question = drafted(agency, editor)

    assert question.slug == "how-may-a-bid-bond-be-paid"
    assert question.state == "draft"
    assert events_of(question) == [QuestionEvent.DRAFTED]


def test_two_questions_with_the_same_words_get_two_addresses(agency, editor):
    first, second = drafted(agency, editor), drafted(agency, editor)

    assert second.slug.startswith(first.slug + "-")


@pytest.mark.parametrize("words", ["Add", "laws", ""])
def test_a_word_that_is_taken_or_none_makes_no_address(agency, editor, words):
    question = drafted(agency, editor, question_en=words, answer_en="x" if words else "")

    assert question.slug not in {"add", "laws", ""}


def test_the_same_form_sent_twice_drafts_one_question(agency, editor):
    key = uuid4()

    for _time in range(2):
        questions.draft(agency_id=agency.pk, by_id=editor.pk, wording=wording(), key=key)

    assert Question.objects.count() == 1


def test_a_draft_without_words_or_topic_is_refused(agency, editor):
    with pytest.raises(NoWordsError):
        drafted(agency, editor, question_zh="", question_en="")
    with pytest.raises(NoTopicError):
        drafted(agency, editor, topic_ids=())


def test_a_second_person_publishes_what_was_sent(agency, editor, approver):
    question = published(agency, editor, approver)

    assert question.state == "published"
    assert question.published.approver == approver
    assert question.review_due_on == publishing.months_later(timezone.localdate(), 12)
    assert events_of(question) == [
        QuestionEvent.DRAFTED,
        QuestionEvent.SENT_FOR_REVIEW,
        QuestionEvent.PUBLISHED,
    ]


def test_nobody_approves_her_own_words(agency, approver):
    question = drafted(agency, approver)
    questions.send(question_id=question.pk, by_id=approver.pk)

    with pytest.raises(OwnWordsError):
        approve(question, approver)


def test_who_changed_the_draft_last_does_not_approve_it_either(agency, editor, approver):
    question = drafted(agency, editor)
    questions.revise(
        question_id=question.pk, by_id=approver.pk, wording=wording(answer_zh="只收現金。")
    )
    questions.send(question_id=question.pk, by_id=editor.pk)

    with pytest.raises(OwnWordsError):
        approve(question, approver)


def test_who_wrote_a_word_between_two_others_does_not_approve_it_either(agency, editor, approver):
    question = drafted(agency, editor)
    questions.revise(
        question_id=question.pk, by_id=approver.pk, wording=wording(answer_zh="只收現金。")
    )
    questions.revise(
        question_id=question.pk, by_id=editor.pk, wording=wording(answer_zh="只收現金！")
    )
    questions.send(question_id=question.pk, by_id=editor.pk)

    with pytest.raises(OwnWordsError):
        approve(question, approver)


def test_a_draft_that_was_not_sent_is_not_approved(agency, editor, approver):
    question = drafted(agency, editor)

    with pytest.raises(MoveNotAllowedError):
        approve(question, approver)


def test_what_is_with_the_approver_is_not_changed_until_it_is_back(agency, editor, approver):
    question = drafted(agency, editor)
    questions.send(question_id=question.pk, by_id=editor.pk)

    with pytest.raises(NotADraftError):
        questions.revise(question_id=question.pk, by_id=editor.pk, wording=wording())

    questions.give_back(question_id=question.pk, by_id=approver.pk, because="請補依據")
    version = questions.revise(question_id=question.pk, by_id=editor.pk, wording=wording())
    question.refresh_from_db()
    assert question.state == "draft"
    assert version.returned_because == "請補依據"


def test_a_new_wording_leaves_the_published_one_in_sight_until_it_is_approved(
    agency, editor, approver
):
    question = published(agency, editor, approver)
    old = question.published

    questions.revise(
        question_id=question.pk, by_id=editor.pk, wording=wording(answer_zh="新", answer_en="New")
    )
    questions.send(question_id=question.pk, by_id=editor.pk)
    question.refresh_from_db()
    assert (question.state, question.published) == ("published", old)

    approve(question, approver)
    question.refresh_from_db()
    old.refresh_from_db()
    assert question.published.answer_zh == "新"
    assert old.state == "replaced"


def test_saving_what_is_there_already_changes_nothing(agency, editor):
    question = drafted(agency, editor)

    version = questions.revise(question_id=question.pk, by_id=editor.pk, wording=wording())

    assert version.edits == 0
    assert events_of(question) == [QuestionEvent.DRAFTED]


def test_of_two_editors_with_the_same_draft_open_the_second_is_told(agency, editor, approver):
    question = drafted(agency, editor)
    first = wording(answer_zh="甲", seen_edits=0)
    questions.revise(question_id=question.pk, by_id=editor.pk, wording=first)

    second = wording(answer_zh="乙", seen_edits=0)
    with pytest.raises(ChangedMeanwhileError):
        questions.revise(question_id=question.pk, by_id=approver.pk, wording=second)


def test_what_is_approved_for_a_later_day_appears_on_that_day(agency, editor, approver):
    question = drafted(agency, editor, publish_at=timezone.now() + dt.timedelta(days=2))
    questions.send(question_id=question.pk, by_id=editor.pk)

    version = approve(question, approver)

    assert version.state == "scheduled"
    assert sweeping.sweep_due() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=3), tick=False):
        assert sweeping.sweep_due() == 1
        assert sweeping.sweep_due() == 0
    question.refresh_from_db()
    assert question.state == "published"


def test_an_answer_past_its_review_day_is_marked_and_a_second_person_confirms_it(
    agency, editor, approver
):
    question = published(agency, editor, approver)

    with time_machine.travel(timezone.now() + dt.timedelta(days=400), tick=False):
        assert sweeping.sweep_due() == 1
        question.refresh_from_db()
        assert question.is_due
        with pytest.raises(OwnWordsError):
            publishing.confirm(question_id=question.pk, by_id=editor.pk)
        publishing.confirm(question_id=question.pk, by_id=approver.pk)
        question.refresh_from_db()
        assert question.state == "published"
        assert question.reviewed_on == timezone.localdate()


def test_a_retired_answer_is_out_of_sight_and_comes_back_the_long_way(agency, editor, approver):
    question = published(agency, editor, approver)

    publishing.retire(question_id=question.pk, by_id=editor.pk, because="計畫已結束")
    assert not Question.objects.public().exists()

    questions.revise(
        question_id=question.pk, by_id=editor.pk, wording=wording(answer_zh="甲", answer_en="A")
    )
    questions.send(question_id=question.pk, by_id=editor.pk)
    assert not Question.objects.public().exists()
    approve(question, approver)
    assert Question.objects.public().get() == question


def test_retiring_stops_what_was_approved_for_later(agency, editor, approver):
    question = drafted(agency, editor, publish_at=timezone.now() + dt.timedelta(days=2))
    questions.send(question_id=question.pk, by_id=editor.pk)
    approve(question, approver)

    publishing.retire(question_id=question.pk, by_id=editor.pk, because="不需要了")

    assert publishing.publish_due(now=timezone.now() + dt.timedelta(days=3)) == 0


def test_what_is_not_published_cannot_be_confirmed_or_sent_twice(agency, editor, approver):
    question = drafted(agency, editor)

    with pytest.raises(NotPublicError):
        publishing.confirm(question_id=question.pk, by_id=approver.pk)
    done = published(agency, editor, approver)
    with pytest.raises(NothingOpenError):
        questions.send(question_id=done.pk, by_id=editor.pk)


# Both languages ------------------------------------------------------------------------------


def test_a_text_in_one_language_is_sent_only_with_a_reason(agency, editor):
    question = drafted(agency, editor, question_en="", answer_en="")

    with pytest.raises(OneLanguageUnexplainedError):
        questions.send(question_id=question.pk, by_id=editor.pk)

    reason = {"question_en": "", "answer_en": "", "one_language_because": "急件，英文三日內補上"}
    questions.revise(question_id=question.pk, by_id=editor.pk, wording=wording(**reason))
    assert questions.send(question_id=question.pk, by_id=editor.pk).missing == "en"


def test_changing_one_language_makes_the_other_older(agency, editor, approver):
    question = published(agency, editor, approver)

    version = questions.revise(
        question_id=question.pk, by_id=editor.pk, wording=wording(answer_zh="只收現金。")
    )

    assert version.behind == "en"
    with pytest.raises(OneLanguageUnexplainedError):
        questions.send(question_id=question.pk, by_id=editor.pk)


def test_the_editor_may_say_that_both_still_agree(agency, editor, approver):
    question = published(agency, editor, approver)
    same = wording(answer_zh="可用現金或銀行本票。", both_agree=True)

    version = questions.revise(question_id=question.pk, by_id=editor.pk, wording=same)

    assert version.behind == ""


def test_the_older_language_catches_up(agency, editor, approver):
    question = published(agency, editor, approver)
    older = wording(answer_zh="只收現金。", one_language_because="英文明天補")
    questions.revise(question_id=question.pk, by_id=editor.pk, wording=older)
    questions.send(question_id=question.pk, by_id=editor.pk)
    approve(question, approver)
    question.refresh_from_db()
    assert question.published.behind == "en"

    new = wording(answer_zh="只收現金。", answer_en="Cash only.")
    version = questions.revise(question_id=question.pk, by_id=editor.pk, wording=new)

    assert version.behind == ""


# What the database itself refuses -------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"state": "retired"}, "question_says_why_iff_retired"),
        ({"state": "weather"}, "question_state_is_known"),
        ({"review_due_on": None}, "public_question_has_words_and_review_dates"),
        ({"helped": 1}, "question_helped_at_most_all_voters"),
        ({"reviewed_on": dt.date(2999, 1, 1)}, "question_review_is_due_after_the_last"),
    ],
)
def test_a_question_holds_together(change, name):
    question = QuestionFactory(public=True)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**change)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (
            {"state": "weather", "approver": None, "approved_at": None, "published_at": None},
            "version_state_is_known",
        ),
        ({"approver": None}, "version_is_approved_by_a_second_person"),
        ({"behind": "en"}, "version_in_one_language_says_why"),
        ({"published_at": None}, "version_is_dated_iff_published"),
        ({"state": "scheduled", "published_at": None}, "scheduled_version_has_its_moment"),
        ({"review_months": 0}, "version_is_reviewed_within_three_years"),
    ],
)
def test_a_version_holds_together(change, name):
    question = QuestionFactory(public=True)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        question.versions.update(**change)


def test_the_author_is_not_the_approver_even_past_the_services():
    version = QuestionFactory(public=True).published

    with (
        pytest.raises(IntegrityError, match="version_is_approved_by_a_second_person"),
        transaction.atomic(),
    ):
        type(version).objects.filter(pk=version.pk).update(author=version.approver)


def test_an_article_stands_once_and_its_change_has_both_days():
    law = LawArticleFactory(article="30")

    with pytest.raises(IntegrityError, match="law_change_has_both_days"), transaction.atomic():
        type(law).objects.filter(pk=law.pk).update(changed_on=dt.date(2026, 1, 1))
    with pytest.raises(IntegrityError, match="law_change_is_described"), transaction.atomic():
        type(law).objects.filter(pk=law.pk).update(change_zh="改了")
    with pytest.raises(IntegrityError, match="one_row_per_article"), transaction.atomic():
        type(law).objects.create(law_code="GPA", article="30", law_zh="甲", law_en="A")
