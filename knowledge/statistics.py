"""What became of a published answer: how often it was offered, opened, and of help."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from knowledge.models import AnswerOffer, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """`offered` and `opened` are of the last twelve months, the others of all time."""

    offered: int
    opened: int
    helped: int
    not_helped: int
    spared: int


def use_of(question: Question) -> Use:
    """Count what readers and owners made of an answer.

    `spared` counts those who were writing a request and said that they need not send it.
    """
    offers = AnswerOffer.objects.filter(question=question)
    counted = offers.aggregate(offered=Count("pk"), opened=Count("opened_at"))
    return Use(
        **counted,
        helped=question.helped,
        not_helped=question.votes - question.helped,
        spared=question.requests_spared,
    )
