"""An article of law changes: what happens to the answers that rest on it."""

import datetime as dt

import pytest

from knowledge.events import LawEvent, QuestionEvent
from knowledge.services import laws
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.factories.knowledge import LawArticleFactory, QuestionFactory

pytestmark = pytest.mark.django_db
CHANGE = laws.Change(changed_on=dt.date(2026, 8, 1), change_zh="上限改為 3%", change_en="Now 3%")


def test_every_answer_that_cites_it_goes_to_review_and_no_other(editor):
    law = LawArticleFactory(article="30")
    citing = [QuestionFactory(public=True, words={"laws": [law]}) for _n in range(2)]
    draft = QuestionFactory(words={"laws": [law]})
    other = QuestionFactory(public=True)

    number = laws.mark_changed(law_id=law.pk, by_id=editor.pk, change=CHANGE)

    for question in (*citing, draft, other):
        question.refresh_from_db()
    assert number == 2
    assert [one.state for one in (*citing, draft, other)] == [
        "due_for_review",
        "due_for_review",
        "draft",
        "published",
    ]
    assert Entry.objects.filter(event=QuestionEvent.FELL_DUE).count() == 2
    assert Entry.objects.get(event=LawEvent.CHANGED).facts == {"questions": 2}


def test_editors_of_the_agency_hear_once_however_many_answers(agency, editor, approver):
    law = LawArticleFactory(article="30")
    for _n in range(3):
        QuestionFactory(public=True, agency=agency, words={"laws": [law]})

    laws.mark_changed(law_id=law.pk, by_id=approver.pk, change=CHANGE)
    relay_due(100)

    told = Message.objects.filter(kind="knowledge.law_changed")
    assert set(told.values_list("user_id", flat=True)) == {editor.pk}
    assert not Message.objects.filter(kind="knowledge.question_due").exists()


def test_marking_it_again_moves_nothing_twice(editor):
    law = LawArticleFactory(article="30")
    QuestionFactory(public=True, words={"laws": [law]})
    laws.mark_changed(law_id=law.pk, by_id=editor.pk, change=CHANGE)

    assert laws.mark_changed(law_id=law.pk, by_id=editor.pk, change=CHANGE) == 0
