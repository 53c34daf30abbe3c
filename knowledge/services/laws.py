"""Keeping the articles of law that answers rest on, and saying that one has changed."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.idempotency import once
from knowledge.events import LawEvent
from knowledge.models import LawArticle, Question
from knowledge.services import publishing
from knowledge.states import QuestionState
from ledger.recording import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From which day an article reads differently, and what is new, in our own words."""

    changed_on: dt.date
    change_zh: str = ""
    change_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What is known of an article; without a number the whole law is meant."""

    law_zh: str
    law_en: str
    article: str = ""
    summary_zh: str = ""
    summary_en: str = ""
    url: str = ""


class AlreadyThereError(DomainError):
    message = _("This article is in the list already.")


@transaction.atomic
def add(*, by_id: int, article: Article, key: UUID) -> LawArticle:
    """Add an article that answers may cite. Raises AlreadyThereError."""

    def do() -> LawArticle:
        same = LawArticle.objects.filter(law_zh=article.law_zh)
        known = same.values_list("law_code", flat=True).first()
        code = known or f"law-{secrets.token_hex(4)}"
        if same.filter(article=article.article).exists():
            raise AlreadyThereError
        law = LawArticle.objects.create(
            law_code=code, number=number_of(article.article), **asdict(article)
        )
        record(LawEvent.ADDED, subject=law, actor_id=by_id)
        return law

    pk, _is_new = once(key=key, act="law.add", by=f"user:{by_id}", do=do)
    return LawArticle.objects.get(pk=pk)


def number_of(article: str) -> int:
    """What an article sorts by: 30 for 30, 30-1 and 30-35."""
    first = article.partition("-")[0]
    return int(first) if first.isdecimal() else 0


@transaction.atomic
def mark_changed(*, law_id: int, by_id: int, change: Change) -> int:
    """Say that an article has changed: every published answer that cites it goes to review.

    Readers of those answers see the notice until somebody has read them again. Returns how
    many answers went to review now.
    """
    law = LawArticle.objects.locked().get(pk=law_id)
    law.changed_on = change.changed_on
    law.change_zh, law.change_en = change.change_zh, change.change_en
    law.change_noted_on = timezone.localdate()
    law.save(update_fields=["changed_on", "change_zh", "change_en", "change_noted_on"])
    citing = Question.objects.filter(state=QuestionState.PUBLISHED, published__laws=law)
    questions = list(citing.locked().order_by("pk"))
    for question in questions:
        publishing.fall_due(question, by_id=by_id, law_id=law.pk)
    facts = {"questions": len(questions)}
    record(LawEvent.CHANGED, subject=law, actor_id=by_id, facts=facts)
    return len(questions)
