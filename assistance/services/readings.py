"""Noting who opened a case: one line per person and half hour, shown to the SME."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from assistance.models import CaseReading
from assistance.models.reading import WHOLE_CASE
from foundation.prepared import Prepared

ONE_READING_LASTS = timedelta(minutes=30)


@Prepared
def _recent(case: int, reader: int, what: str, since: datetime) -> Any:
    found = CaseReading.objects.filter(case_id=case, reader_id=reader, what=what, at__gt=since)
    return found.order_by().values_list("pk")[:1]


def note_reading(
    *,
    case_id: int,
    reader_id: int,
    agency_id: int | None,
    what: str = WHOLE_CASE,
    read_at: datetime | None = None,
) -> bool:
    """Note that a member of staff opened a case or a file of it; return whether it was new.

    `read_at` is when she last did, where the caller has just read it. One row is written, or mostly
    none: that needs no transaction of its own.
    """
    now = timezone.now()
    if read_at is not None and now - read_at < ONE_READING_LASTS:
        return False
    if _recent(case_id, reader_id, what, now - ONE_READING_LASTS):
        return False
    CaseReading.objects.create(
        case_id=case_id, reader_id=reader_id, agency_id=agency_id, what=what, at=now
    )
    return True
