"""Answers offered beside a request: shown and opened are counted once, and forgotten in time."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from knowledge.models import AnswerOffer
from knowledge.services import offers
from knowledge.statistics import use_of
from tests.factories.knowledge import QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(db):
    return QuestionFactory(public=True)


def test_typing_on_offers_it_once(question):
    first = offers.offer(question_ids=[question.pk], request="one")
    again = offers.offer(question_ids=[question.pk], request="one")
    offers.offer(question_ids=[question.pk], request="another")

    assert first == again
    assert use_of(question).offered == 2
    assert "one" not in AnswerOffer.objects.values_list("request", flat=True)


def test_opening_it_is_counted_once_and_only_for_its_own_answer(client, question):
    offer = offers.offer(question_ids=[question.pk], request="one")[question.pk]
    page = reverse("qa:detail", args=[question.slug])
    other = reverse("qa:detail", args=[QuestionFactory(public=True).slug])

    client.get(other, {"from": "request", "offer": str(offer)})
    assert use_of(question).opened == 0
    for _n in range(2):
        client.get(page, {"from": "request", "offer": str(offer)})
    assert use_of(question).opened == 1


@pytest.mark.parametrize("given", ["", "x", "0", "00000000-0000-4000-8000-000000000007"])
def test_an_offer_that_never_was_counts_nothing(client, question, given):
    page = client.get(reverse("qa:detail", args=[question.slug]), {"offer": given})

    assert page.status_code == 200
    assert not AnswerOffer.objects.exists()


def test_the_figures_tell_help_from_no_help(question):
    question.votes, question.helped, question.requests_spared = 5, 3, 2
    question.save(update_fields=["votes", "helped", "requests_spared"])

    use = use_of(question)

    assert (use.helped, use.not_helped, use.spared) == (3, 2, 2)


def test_they_are_forgotten_after_a_year(question):
    offers.offer(question_ids=[question.pk], request="one")

    assert offers.forget_old(now=timezone.now() + dt.timedelta(days=364)) == 0
    assert offers.forget_old(now=timezone.now() + dt.timedelta(days=366)) == 1


def test_one_offer_for_each_request_and_none_opened_before_it_was_made(question):
    offers.offer(question_ids=[question.pk], request="one")
    offer = AnswerOffer.objects.get()

    with pytest.raises(IntegrityError, match="one_offer_per_request"), transaction.atomic():
        AnswerOffer.objects.create(
            question=question, request=offer.request, offered_at=timezone.now()
        )
    with pytest.raises(IntegrityError, match="offer_is_opened_after"), transaction.atomic():
        AnswerOffer.objects.update(opened_at=offer.offered_at - dt.timedelta(minutes=1))
