"""Did this help? One vote a visitor; a second one replaces the first."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from knowledge.models import HelpfulVote, Question
from knowledge.services.errors import NotPublicError

_SALT = "knowledge.votes"


def voter_of(visitor: str) -> str:
    """What is kept of a visitor: a keyed hash that leads back to nobody."""
    return salted_hmac(_SALT, visitor, algorithm="sha256").hexdigest()


@transaction.atomic
def vote(
    *, question_id: int, visitor: str, helped: bool, spared_request: bool = False
) -> Question:
    """Count this visitor's answer. Raises NotPublicError.

    `spared_request`: she was writing a request and needs to send it no more; that it helped is
    said with it.
    """
    question = Question.objects.locked().get(pk=question_id)
    if not question.is_public:
        raise NotPublicError
    said, is_new = HelpfulVote.objects.get_or_create(
        question=question,
        voter=voter_of(visitor),
        defaults={"helped": helped or spared_request, "at": timezone.now()},
    )
    question.votes += is_new
    question.helped += (helped or spared_request) - (0 if is_new else said.helped)
    question.requests_spared += spared_request - said.spared_request
    question.save(update_fields=["votes", "helped", "requests_spared"])
    said.helped, said.spared_request = helped or spared_request, spared_request
    said.save(update_fields=["helped", "spared_request"])
    return question
