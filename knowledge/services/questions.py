"""Writing a question and its answer: a first draft, a new wording, sending it to a second person."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Agency
from foundation.idempotency import once
from knowledge.events import QuestionEvent
from knowledge.models import Question, QuestionVersion
from knowledge.services.errors import (
    AgencyNotInForceError,
    ChangedMeanwhileError,
    NotADraftError,
    NothingOpenError,
    NoTopicError,
    NoWordsError,
    OneLanguageUnexplainedError,
)
from knowledge.services.wording import WORDS, Wording, behind
from knowledge.states import QuestionState, VersionState
from ledger.recording import record

LONGEST_ADDRESS = 70
# Words that stand behind /qa/ and /manage/qa/ already.
RESERVED = frozenset({"add", "laws", "ask", "print", "search"})


@transaction.atomic
def draft(*, agency_id: int, by_id: int, wording: Wording, key: UUID) -> tuple[Question, bool]:
    """Write a question for the first time; the same key writes one.

    The address is made from the English question and never changes. Returns the question and
    whether this call made it. Raises AgencyNotInForceError, NoWordsError and NoTopicError.
    """

    def do() -> Question:
        _check_words(wording)
        if not Agency.objects.current().filter(pk=agency_id).exists():
            raise AgencyNotInForceError
        question = Question.objects.create(
            slug=_free_address(wording), agency_id=agency_id, created_at=timezone.now()
        )
        version = _new_version(question, None, wording, by_id)
        _record(QuestionEvent.DRAFTED, question, by_id, version)
        return question

    pk, is_new = once(key=key, act="question.draft", by=f"user:{by_id}", do=do)
    return Question.objects.get(pk=pk), is_new


@transaction.atomic
def revise(*, question_id: int, by_id: int, wording: Wording) -> QuestionVersion:
    """Change the open draft, or begin a new wording beside the published one.

    A retired question becomes a draft again. Raises NotADraftError while the open wording is
    with the approver, ChangedMeanwhileError where somebody else saved first, NoWordsError and
    NoTopicError.
    """
    question = Question.objects.locked().get(pk=question_id)
    _check_words(wording)
    version = question.versions.open().first()
    before = question.published
    if question.state == QuestionState.RETIRED:
        _take_up_again(question, by_id)
    if version is None:
        version = _new_version(question, before, wording, by_id)
        _record(QuestionEvent.REVISED, question, by_id, version)
        return version
    if version.state != VersionState.DRAFT:
        raise NotADraftError
    if wording.seen_edits is not None and wording.seen_edits != version.edits:
        raise ChangedMeanwhileError
    if _change(version, before, wording, by_id):
        _record(QuestionEvent.REVISED, question, by_id, version)
    return version


@transaction.atomic
def send(*, question_id: int, by_id: int) -> QuestionVersion:
    """Hand the draft to a second person.

    Raises NothingOpenError, NotADraftError, and OneLanguageUnexplainedError where a language is
    missing or older and the editor has not said why that may be.
    """
    question, version = _open_version(question_id)
    if version.state != VersionState.DRAFT:
        raise NotADraftError
    if (version.missing or version.behind) and not version.one_language_because:
        raise OneLanguageUnexplainedError
    version.move_to(VersionState.IN_REVIEW)
    version.sent_at = timezone.now()
    version.returned_because = ""
    version.save(update_fields=["state", "sent_at", "returned_because"])
    if question.state == QuestionState.DRAFT:
        question.move_to(QuestionState.IN_REVIEW)
        question.save(update_fields=["state"])
    _record(QuestionEvent.SENT_FOR_REVIEW, question, by_id, version)
    return version


@transaction.atomic
def give_back(*, question_id: int, by_id: int, because: str = "") -> QuestionVersion:
    """Make a wording a draft again: the approver says why, its writer takes it back without.

    One approved for a later day comes back as well and needs approval anew. Raises
    NothingOpenError and MoveNotAllowedError.
    """
    question, version = _open_version(question_id)
    version.move_to(VersionState.DRAFT)
    version.returned_because = because
    version.approver_id = version.approved_at = None
    version.save(update_fields=["state", "returned_because", "approver", "approved_at"])
    if question.state == QuestionState.IN_REVIEW:
        question.move_to(QuestionState.DRAFT)
        question.save(update_fields=["state"])
    _record(QuestionEvent.RETURNED, question, by_id, version, writer=version.changed_by_id)
    return version


def _open_version(question_id: int) -> tuple[Question, QuestionVersion]:
    question = Question.objects.locked().get(pk=question_id)
    version = question.versions.open().first()
    if version is None:
        raise NothingOpenError
    return question, version


def _take_up_again(question: Question, by_id: int) -> None:
    question.move_to(QuestionState.DRAFT)
    question.retired_because = ""
    question.save(update_fields=["state", "retired_because"])
    record(QuestionEvent.TAKEN_UP_AGAIN, subject=question, actor_id=by_id)


def _new_version(
    question: Question, before: QuestionVersion | None, wording: Wording, by_id: int
) -> QuestionVersion:
    newest = question.versions.newest_first().values_list("number", flat=True).first() or 0
    version = QuestionVersion.objects.create(
        question=question,
        number=newest + 1,
        author_id=by_id,
        changed_by_id=by_id,
        changed_at=timezone.now(),
        behind=behind(before, wording),
        **_columns(wording),
    )
    version.topics.set(wording.topic_ids)
    version.laws.set(wording.law_ids)
    return version


def _columns(wording: Wording) -> dict[str, Any]:
    kept = ("valid_from", "review_months", "publish_at", "one_language_because")
    return {name: getattr(wording, name) for name in (*WORDS, *kept)}


def _change(
    version: QuestionVersion, before: QuestionVersion | None, wording: Wording, by_id: int
) -> bool:
    """Write what differs into the draft; returns whether anything did."""
    wanted = {**_columns(wording), "behind": behind(before, wording)}
    changed = [name for name, value in wanted.items() if getattr(version, name) != value]
    for related, ids in ((version.topics, wording.topic_ids), (version.laws, wording.law_ids)):
        if set(related.values_list("pk", flat=True)) != set(ids):
            related.set(ids)
            changed.append("lists")
    if not changed:
        return False
    for name, value in wanted.items():
        setattr(version, name, value)
    version.changed_by_id, version.changed_at = by_id, timezone.now()
    version.edits += 1
    version.save(update_fields=[*wanted, "changed_by", "changed_at", "edits"])
    return True


def _check_words(wording: Wording) -> None:
    has_zh = wording.question_zh and wording.answer_zh
    if not has_zh and not (wording.question_en and wording.answer_en):
        raise NoWordsError
    if not wording.topic_ids:
        raise NoTopicError


def _free_address(wording: Wording) -> str:
    """The English question as an address; a few letters more where it is taken."""
    plain = slugify(wording.question_en)[:LONGEST_ADDRESS].strip("-")
    taken = plain in RESERVED or Question.objects.filter(slug=plain).exists()
    if plain and not taken:
        return plain
    return f"{plain or 'q'}-{secrets.token_hex(3)}"


def _record(
    event: QuestionEvent,
    question: Question,
    by_id: int | None,
    version: QuestionVersion,
    **facts: Any,
) -> None:
    known = {"agency": question.agency_id, "version": version.pk, **facts}
    record(event, subject=question, actor_id=by_id, facts=known)
