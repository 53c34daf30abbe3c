"""Approving, publishing, reviewing and retiring a question: acts of a second person and of the calendar."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils import timezone

from foundation.marks import to_plain
from foundation.text import to_tsvector_text
from knowledge.events import QuestionEvent
from knowledge.models import Question, QuestionVersion
from knowledge.permissions import writers_of
from knowledge.services.errors import (
    NothingOpenError,
    NotPublicError,
    OwnWordsError,
    ReadOtherWordsError,
)
from knowledge.states import PUBLIC_STATES, QuestionState, VersionState
from ledger.recording import record

AT_ONCE = 200


@transaction.atomic
def approve(*, question_id: int, by_id: int, revision: str) -> QuestionVersion:
    """A second person agrees: it appears at once, or on the day its editor chose.

    `revision` is that of the words she has read. Raises NothingOpenError, MoveNotAllowedError,
    OwnWordsError for those who wrote it, and ReadOtherWordsError.
    """
    question = Question.objects.locked().get(pk=question_id)
    version = question.versions.open().first()
    if version is None:
        raise NothingOpenError
    if by_id in writers_of(version):
        raise OwnWordsError
    if version.revision != revision:
        raise ReadOtherWordsError
    now = timezone.now()
    version.approver_id, version.approved_at = by_id, now
    if version.publish_at is not None and version.publish_at > now:
        version.move_to(VersionState.SCHEDULED)
        version.save(update_fields=["state", "approver", "approved_at"])
        facts = {"agency": question.agency_id, "version": version.pk}
        record(QuestionEvent.APPROVED, subject=question, actor_id=by_id, facts=facts)
        return version
    _publish(question, version, now, by_id)
    return version


def publish_due(*, now: dt.datetime | None = None) -> int:
    """Publish what was approved for a moment that has come; returns how many."""
    moment = now or timezone.now()
    waiting = QuestionVersion.objects.filter(
        state=VersionState.SCHEDULED, publish_at__lte=moment
    ).order_by("publish_at", "pk")
    due = list(waiting.values_list("question_id", flat=True)[:AT_ONCE])
    return sum(_publish_scheduled(question_id, moment) for question_id in due)


@transaction.atomic
def _publish_scheduled(question_id: int, now: dt.datetime) -> bool:
    question = Question.objects.locked().get(pk=question_id)
    version = question.versions.filter(state=VersionState.SCHEDULED, publish_at__lte=now).first()
    if version is None:
        return False
    _publish(question, version, now, None)
    return True


def _publish(
    question: Question, version: QuestionVersion, now: dt.datetime, by_id: int | None
) -> None:
    before = question.published
    if before is not None:
        before.move_to(VersionState.REPLACED)
        before.save(update_fields=["state"])
    today = timezone.localdate(now)
    version.move_to(VersionState.PUBLISHED)
    version.published_at = now
    version.valid_from = version.valid_from or today
    version.save(update_fields=["state", "published_at", "valid_from", "approver", "approved_at"])
    if question.state != QuestionState.PUBLISHED:
        question.move_to(QuestionState.PUBLISHED)
    question.published = version
    question.first_published_at = question.first_published_at or now
    question.reviewed_on = today
    question.review_due_on = months_later(today, version.review_months)
    question.search = searchable(version)
    question.save(
        update_fields=[
            "state", "published", "first_published_at", "reviewed_on", "review_due_on", "search",
        ]
    )  # fmt: skip
    _record(QuestionEvent.PUBLISHED, question, by_id, writer=version.changed_by_id)


@transaction.atomic
def confirm(*, question_id: int, by_id: int) -> Question:
    """A second person has read it again: it still holds, and is due again after its months.

    Raises NotPublicError, and OwnWordsError for those who wrote it.
    """
    question = _public(question_id)
    version = _words_of(question)
    if by_id in writers_of(version):
        raise OwnWordsError
    if question.state == QuestionState.DUE_FOR_REVIEW:
        question.move_to(QuestionState.PUBLISHED)
    today = timezone.localdate()
    question.reviewed_on = today
    question.review_due_on = months_later(today, version.review_months)
    question.save(update_fields=["state", "reviewed_on", "review_due_on"])
    _record(QuestionEvent.CONFIRMED, question, by_id)
    return question


def mark_due(*, today: dt.date | None = None) -> int:
    """Mark what has not been read again by its day; readers see the mark. Returns how many."""
    day = today or timezone.localdate()
    overdue = Question.objects.overdue_on(day).order_by("review_due_on", "pk")
    found = list(overdue.values_list("pk", flat=True)[:AT_ONCE])
    return sum(_mark_one(question_id, day) for question_id in found)


@transaction.atomic
def _mark_one(question_id: int, day: dt.date) -> bool:
    question = Question.objects.overdue_on(day).locked().filter(pk=question_id).first()
    if question is None:
        return False
    fall_due(question, by_id=None)
    return True


def fall_due(question: Question, *, by_id: int | None, law_id: int | None = None) -> None:
    """Move a locked, published question to review: its day has come, or its law has changed."""
    question.move_to(QuestionState.DUE_FOR_REVIEW)
    question.save(update_fields=["state"])
    facts = {"law": law_id} if law_id is not None else {}
    _record(QuestionEvent.FELL_DUE, question, by_id, **facts)


@transaction.atomic
def retire(*, question_id: int, by_id: int, because: str) -> Question:
    """Take it out of sight; an open wording stays as a draft. Raises MoveNotAllowedError."""
    question = Question.objects.locked().get(pk=question_id)
    question.move_to(QuestionState.RETIRED)
    question.retired_because = because
    question.save(update_fields=["state", "retired_because"])
    _unsend(question)
    _record(QuestionEvent.RETIRED, question, by_id)
    return question


def _unsend(question: Question) -> None:
    """Nothing of a retired question waits for an approver or for its day."""
    version = question.versions.open().exclude(state=VersionState.DRAFT).first()
    if version is not None:
        version.move_to(VersionState.DRAFT)
        version.approver_id = version.approved_at = None
        version.save(update_fields=["state", "approver", "approved_at"])


def searchable(version: QuestionVersion) -> str:
    """What a search of the portal finds it by: the questions weigh most."""
    answers = (to_plain(version.answer_zh), to_plain(version.answer_en))
    topics = " ".join(f"{topic.name_zh} {topic.name_en}" for topic in version.topics.all())
    laws = "，".join(law.cited for law in version.laws.all())
    return to_tsvector_text(
        version.question_zh, version.question_en, topics, *answers, laws, weights="AABCCD"
    )


def index_again() -> int:
    """Write anew what public questions are found by, where it is not as it would be written today."""
    written = 0
    for question in Question.objects.public().with_words().order_by("pk"):
        words = searchable(_words_of(question))
        found = Question.objects.filter(pk=question.pk, published_id=question.published_id)
        # Compared as PostgreSQL keeps it: it puts the words in order.
        kept = Cast(Value(words), SearchVectorField())
        written += found.exclude(Exact(F("search"), kept)).update(search=words)
    return written


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def _public(question_id: int) -> Question:
    question = Question.objects.locked().get(pk=question_id)
    if question.state not in PUBLIC_STATES:
        raise NotPublicError
    return question


def _words_of(question: Question) -> QuestionVersion:
    if question.published is None:
        raise NotPublicError
    return question.published


def _record(
    event: QuestionEvent, question: Question, by_id: int | None, **facts: int | None
) -> None:
    known = {"agency": question.agency_id, "version": question.published_id, **facts}
    record(event, subject=question, actor_id=by_id, facts=known)
