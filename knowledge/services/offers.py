"""Answers offered while somebody writes a request: how many were shown, and how many opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from knowledge.models import AnswerOffer

KEPT_DAYS = 365
_SALT = "knowledge.offers"


@transaction.atomic
def offer(*, question_ids: Collection[int], request: str) -> dict[int, UUID]:
    """Count that these answers were shown beside a request; returns the offer of each.

    `request` names the request being written; only a keyed hash of it is kept.
    """
    kept = salted_hmac(_SALT, request, algorithm="sha256").hexdigest()
    now = timezone.now()
    AnswerOffer.objects.bulk_create(
        [AnswerOffer(question_id=pk, request=kept, offered_at=now) for pk in question_ids],
        ignore_conflicts=True,
    )
    found = AnswerOffer.objects.filter(question_id__in=question_ids, request=kept)
    return dict(found.values_list("question_id", "pk"))


@transaction.atomic
def open_one(*, question_id: int, offer_id: UUID) -> bool:
    """Count that an offered answer was opened; once for each offer."""
    unopened = AnswerOffer.objects.filter(pk=offer_id, question_id=question_id, opened_at=None)
    return bool(unopened.update(opened_at=timezone.now()))


@transaction.atomic
def forget_old(*, now: dt.datetime) -> int:
    """Delete offers older than `KEPT_DAYS`; returns how many."""
    old = AnswerOffer.objects.filter(offered_at__lt=now - dt.timedelta(days=KEPT_DAYS))
    return old.delete()[0]
