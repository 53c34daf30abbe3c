"""Taking a file out of a case: by staff with a reason, or by whoever sent it before it was used.

It is out of sight at once, and its bytes go when thirty days are over. The row stays: that there
was a file, and who removed it, remains on record.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assistance.events import CaseEvent
from assistance.models import (
    Attachment,
    Case,
    CaseMessage,
    CaseReading,
    MessageKind,
    QuestionItem,
    QuestionState,
)
from assistance.permissions import can_take_back
from assistance.services import reasons
from assistance.services.errors import PaperInUseError
from assistance.services.one_by_one import one_by_one
from assistance.states import Side
from foundation.papers import discard_papers
from ledger.recording import record

REMOVED_DAYS = 30
_OPENED = "file:"


@transaction.atomic
def remove(*, attachment_id: UUID, by_id: int, agency_id: int, reason: str) -> Attachment:
    """Take a file out of sight for staff; a second time nothing more happens.

    Where the SME could see the file she reads the reason; why a note's file went only staff read.
    """
    case, file = _lock(attachment_id)
    if file.removed_at is not None:
        return file
    now = timezone.now()
    facts = _say_why(case, file, reason, by_id=by_id, agency_id=agency_id, at=now)
    _take_out(case, file, Side.AGENCY, by_id=by_id, at=now, facts=facts)
    case.updated_at = now
    case.has_unread_for_sme = case.has_unread_for_sme or not file.is_internal
    case.save(update_fields=["updated_at", "has_unread_for_sme"])
    return file


@transaction.atomic
def take_back(*, attachment_id: UUID, by_id: int | None) -> Attachment:
    """Take one's own file back before an agency has used it. Raises PaperInUseError."""
    case, file = _lock(attachment_id)
    if file.removed_at is not None:
        return file
    is_opened = str(file.pk) in opened_files(case)
    may = can_take_back(file, actor_id=by_id, is_opened=is_opened)
    if not may:
        raise PaperInUseError(may.reason)
    now = timezone.now()
    _take_out(case, file, Side.SME, by_id=by_id, at=now, facts={})
    case.updated_at = now
    case.save(update_fields=["updated_at"])
    return file


def opened_files(case: Case) -> frozenset[str]:
    """The ids of the case's files that staff have opened."""
    readings = CaseReading.objects.filter(case=case, what__startswith=_OPENED)
    opened = readings.order_by().values_list("what", flat=True).distinct()
    return frozenset(what.removeprefix(_OPENED) for what in opened)


def purge_removed(now: datetime) -> int:
    """Delete the bytes of files removed thirty days ago; return how many."""
    over = now - timedelta(days=REMOVED_DAYS)
    due = Attachment.objects.filter(~Q(storage_name=""), removed_at__lte=over)
    return one_by_one(due.values_list("pk", flat=True).iterator(), _purge)


@transaction.atomic
def _purge(attachment_id: UUID) -> int:
    file = Attachment.objects.locked().filter(pk=attachment_id).exclude(storage_name="").first()
    if file is None:
        return 0
    # The bytes first: where the row then keeps its name, the next sweep does it again.
    discard_papers([file.storage_name])
    file.storage_name = ""
    file.save(update_fields=["storage_name"])
    return 1


def _lock(attachment_id: UUID) -> tuple[Case, Attachment]:
    """Lock the case, then the file, in the order of all acts on a case."""
    found = Attachment.objects.filter(case__isnull=False)
    case_id = found.values_list("case_id", flat=True).get(pk=attachment_id)
    case = Case.objects.locked().get(pk=case_id)
    with_place = Attachment.objects.locked().select_related(
        "message__need", "question_item__question__need"
    )
    file = with_place.get(pk=attachment_id)
    file.case = case
    return case, file


def _say_why(
    case: Case, file: Attachment, reason: str, *, by_id: int, agency_id: int, at: datetime
) -> dict[str, object]:
    """Keep the reason where those read it who could see the file; return the fact that names it."""
    if file.is_internal:
        return {"note": reasons.keep_note(case, reason, by_id=by_id, at=at, need=file.need)}
    said = CaseMessage.objects.create(
        case=case,
        need=file.need,
        kind=MessageKind.MESSAGE,
        side=Side.AGENCY,
        author_id=by_id,
        agency_id=agency_id,
        body=reason,
        sent_at=at,
    )
    return {"message": said.pk, "agency": agency_id}


def _take_out(
    case: Case,
    file: Attachment,
    side: Side,
    *,
    by_id: int | None,
    at: datetime,
    facts: dict[str, object],
) -> None:
    file.removed_at = at
    file.save(update_fields=["removed_at"])
    _untick(file)
    facts |= {"file": str(file.pk), "kind": file.kind, "side": side.value}
    facts |= {"of": file.message_id, "internal": file.is_internal}
    record(CaseEvent.FILE_REMOVED, subject=case, actor_id=by_id, facts=facts)


def _untick(file: Attachment) -> None:
    """Ask anew for a paper whose last file is gone, while the question is open."""
    item = file.question_item
    if item is None or item.question.state != QuestionState.OPEN:
        return
    if not item.attachments.filter(removed_at=None).exists():
        QuestionItem.objects.filter(pk=item.pk).update(done_at=None)
