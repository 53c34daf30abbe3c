"""Papers in a draft or a case: kept, and let through once a scanner has looked."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from assistance.events import CaseEvent
from assistance.models import (
    Attachment,
    Case,
    CaseMessage,
    Draft,
    Mandate,
    QuestionItem,
    QuestionState,
    ScanState,
)
from assistance.services.errors import DraftGoneError, QuestionSettledError, TooManyPapersError
from assistance.services.ground import check_state
from assistance.states import SME_WRITES_STATES
from foundation.papers import discard_papers, keep_paper
from foundation.uploads import CheckedUpload
from ledger.recording import record

MOST_FILES = 50
MOST_BYTES = 200 * 1024 * 1024


def add_to_draft(
    *,
    draft_id: UUID,
    checked: CheckedUpload,
    content: "File[Any]",
    document_code: str = "",
    by_id: int | None = None,
) -> Attachment:
    """Keep a checked file in a draft. Raises DraftGoneError, TooManyPapersError.

    The bytes are stored before the transaction and taken back where it fails.
    """

    def note(stored: str) -> Attachment:
        if not Draft.objects.locked().alive().filter(pk=draft_id).exists():
            raise DraftGoneError
        _check_room(Q(draft_id=draft_id), checked.size)
        row = _row(checked, stored, document_code=document_code, by_id=by_id)
        row.draft_id = draft_id
        row.save(force_insert=True)
        return row

    return _store_then(content, note)


def add_to_case(
    *,
    case_id: int,
    checked: CheckedUpload,
    content: "File[Any]",
    by_id: int | None,
    message_id: int | None = None,
    question_item_id: int | None = None,
    document_code: str = "",
) -> Attachment:
    """Keep a file that the applicant's side adds to a case, and record it.

    Raises TooManyPapersError; MoveNotAllowedError where the case was settled meanwhile,
    QuestionSettledError where the question the file is for was.
    """

    def note(stored: str) -> Attachment:
        case = Case.objects.locked().get(pk=case_id)
        check_state(case, SME_WRITES_STATES)
        _check_still_asked(question_item_id)
        _check_room(Q(case_id=case_id, removed_at=None), checked.size)
        row = _row(checked, stored, document_code=document_code, by_id=by_id)
        row.case = case
        row.message_id = message_id
        row.question_item_id = question_item_id
        row.save(force_insert=True)
        _record_added(case, row)
        return row

    return _store_then(content, note)


def _check_still_asked(item_id: int | None) -> None:
    """Refuse a file for a question that was answered or taken back; its case is locked."""
    if item_id is None:
        return
    asked = QuestionItem.objects.filter(pk=item_id, question__state=QuestionState.OPEN)
    if not asked.exists():
        raise QuestionSettledError


def send_with(
    *,
    papers: "Sequence[tuple[CheckedUpload, File[Any]]]",
    by_id: int | None,
    send: Callable[[], CaseMessage],
) -> CaseMessage:
    """Send a message and keep the checked files that go with it: all of it, or nothing.

    `send` writes the message and returns it, with its case locked. Raises TooManyPapersError.
    """
    stored: list[str] = []
    try:
        stored.extend(keep_paper(content) for _checked, content in papers)
        with transaction.atomic():
            message = send()
            for (checked, _content), name in zip(papers, stored, strict=True):
                _attach(message, checked, name, by_id)
            return message
    except BaseException:
        discard_papers(stored)
        raise


def keep_with_mandate(
    *,
    papers: "Sequence[tuple[CheckedUpload, File[Any]]]",
    by_id: int,
    write: Callable[[], Mandate],
) -> Mandate:
    """Write a mandate down and keep the checked papers that prove it: all of it, or nothing."""
    stored: list[str] = []
    try:
        stored.extend(keep_paper(content) for _checked, content in papers)
        with transaction.atomic():
            mandate = write()
            for (checked, _content), name in zip(papers, stored, strict=True):
                row = _row(checked, name, document_code="", by_id=by_id)
                row.mandate = mandate
                row.save(force_insert=True)
            return mandate
    except BaseException:
        discard_papers(stored)
        raise


@transaction.atomic
def forget_mandate(mandate: Mandate) -> None:
    """Delete a locked mandate that nobody was asked about, and its papers, bytes and all."""
    names = list(mandate.papers.values_list("storage_name", flat=True))
    mandate.delete()
    transaction.on_commit(partial(discard_papers, names))


def _attach(message: CaseMessage, checked: CheckedUpload, stored: str, by_id: int | None) -> None:
    _check_room(Q(case_id=message.case_id, removed_at=None), checked.size)
    row = _row(checked, stored, document_code="", by_id=by_id)
    row.case_id = message.case_id
    row.message = message
    row.save(force_insert=True)
    _record_added(message.case, row)


def _record_added(case: Case, row: Attachment) -> None:
    """`of` is the message it came with; the file of an internal note is named to nobody else."""
    facts: dict[str, object] = {"file": str(row.pk), "kind": row.kind}
    facts |= {"document": row.document_code, "of": row.message_id, "internal": row.is_internal}
    record(CaseEvent.FILE_ADDED, subject=case, actor_id=row.uploaded_by_id, facts=facts)


@transaction.atomic
def remove_from_draft(*, attachment_id: UUID, draft_id: UUID) -> None:
    """Delete a file of a draft, bytes and all; one that is gone already stays gone."""
    found = Attachment.objects.filter(pk=attachment_id, draft_id=draft_id)
    names = list(found.values_list("storage_name", flat=True))
    found.delete()
    transaction.on_commit(partial(discard_papers, names))


@transaction.atomic
def settle_scan(*, attachment_id: UUID, is_clean: bool) -> None:
    """Write down what the scanner found; an infected file is never served and loses its bytes."""
    rows = Attachment.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=attachment_id, scan_state=ScanState.PENDING).first()
    if row is None:
        return
    row.scan_state = ScanState.CLEAN if is_clean else ScanState.INFECTED
    row.save(update_fields=["scan_state"])
    if not is_clean:
        transaction.on_commit(partial(discard_papers, [row.storage_name]))


def _store_then(content: "File[Any]", note: Callable[[str], Attachment]) -> Attachment:
    stored = keep_paper(content)
    try:
        with transaction.atomic():
            return note(stored)
    except BaseException:
        discard_papers([stored])
        raise


def _check_room(where: Q, size: int) -> None:
    held = Attachment.objects.filter(where).aggregate(files=Count("pk"), bytes=Sum("size"))
    if held["files"] >= MOST_FILES or (held["bytes"] or 0) + size > MOST_BYTES:
        raise TooManyPapersError


def _row(
    checked: CheckedUpload, stored: str, *, document_code: str, by_id: int | None
) -> Attachment:
    return Attachment(
        document_code=document_code,
        uploaded_by_id=by_id,
        name=checked.name,
        kind=checked.kind,
        mime=checked.mime,
        size=checked.size,
        sha256=checked.sha256,
        storage_name=stored,
        scan_state=ScanState.PENDING if settings.CLAMD_ADDRESS else ScanState.NOT_NEEDED,
        uploaded_at=timezone.now(),
    )
