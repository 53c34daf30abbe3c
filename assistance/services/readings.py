"""Noting who opened a case: one line per person and half hour, shown to the SME."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from assistance.models import CaseReading

ONE_READING_LASTS = timedelta(minutes=30)


@transaction.atomic
def note_reading(
    *, case_id: int, reader_id: int, agency_id: int | None, what: str = "case"
) -> bool:
    """Note that a member of staff opened a case or a file of it; return whether it was new."""
    now = timezone.now()
    recent = CaseReading.objects.filter(
        case_id=case_id, reader_id=reader_id, what=what, at__gt=now - ONE_READING_LASTS
    )
    if recent.exists():
        return False
    CaseReading.objects.create(
        case_id=case_id, reader_id=reader_id, agency_id=agency_id, what=what, at=now
    )
    return True
