"""Did this help? One vote a visitor."""

import pytest
from django.db import IntegrityError, transaction

from knowledge.models import HelpfulVote
from knowledge.services import votes
from knowledge.services.errors import NotPublicError
from tests.factories.knowledge import QuestionFactory

pytestmark = pytest.mark.django_db


def test_one_visitor_counts_once_and_may_change_her_mind():
    question = QuestionFactory(public=True)

    votes.vote(question_id=question.pk, visitor="甲", helped=True)
    votes.vote(question_id=question.pk, visitor="甲", helped=True)
    votes.vote(question_id=question.pk, visitor="乙", helped=True)
    after = votes.vote(question_id=question.pk, visitor="甲", helped=False)

    assert (after.votes, after.helped, after.share_helped) == (2, 1, 50)
    assert HelpfulVote.objects.count() == 2


def test_a_request_that_was_spared_is_counted_once():
    question = QuestionFactory(public=True)

    for _time in range(2):
        after = votes.vote(
            question_id=question.pk, visitor="甲", helped=False, spared_request=True
        )

    assert (after.votes, after.helped, after.requests_spared) == (1, 1, 1)


def test_nothing_of_the_visitor_is_kept_but_a_hash():
    votes.vote(question_id=QuestionFactory(public=True).pk, visitor="cookie-value", helped=True)

    assert "cookie" not in HelpfulVote.objects.get().voter


def test_what_is_not_published_takes_no_votes():
    with pytest.raises(NotPublicError):
        votes.vote(question_id=QuestionFactory().pk, visitor="甲", helped=True)


def test_a_vote_holds_together():
    question = QuestionFactory(public=True)
    votes.vote(question_id=question.pk, visitor="甲", helped=True)
    said = HelpfulVote.objects.get()

    with pytest.raises(IntegrityError, match="spared_a_request"), transaction.atomic():
        HelpfulVote.objects.update(helped=False, spared_request=True)
    with pytest.raises(IntegrityError, match="one_vote_per_visitor"), transaction.atomic():
        HelpfulVote.objects.create(question=question, voter=said.voter, helped=True, at=said.at)
