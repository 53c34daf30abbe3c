"""Keeping the words somebody gave for an act beside the case, where the right people read them."""

from datetime import datetime

from assistance.models import Case, CaseMessage, MessageKind, Need
from assistance.states import Side


def keep_note(
    case: Case, text: str, *, by_id: int, at: datetime, need: Need | None = None
) -> int | None:
    """Keep a member of staff's reason as an internal note; return its id, None without text."""
    if not text:
        return None
    agency_id = need.agency_id if need is not None and need.agency_id else case.lead_agency_id
    note = CaseMessage.objects.create(
        case=case,
        need=need,
        kind=MessageKind.NOTE,
        side=Side.AGENCY,
        author_id=by_id,
        agency_id=agency_id,
        body=text,
        sent_at=at,
    )
    return note.pk


def keep_words_of_sme(case: Case, text: str, *, by_id: int | None, at: datetime) -> int | None:
    """Keep what the SME said with her act as a message; return its id, None without text."""
    if not text:
        return None
    said = CaseMessage.objects.create(
        case=case,
        kind=MessageKind.MESSAGE,
        side=Side.SME,
        author_id=by_id,
        body=text,
        sent_at=at,
    )
    return said.pk
