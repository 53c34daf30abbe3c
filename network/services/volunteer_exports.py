"""Noting that a list of volunteers left the portal as a file."""

from django.db import transaction

from accounts.models import User
from ledger.models import Entry
from ledger.recording import record
from network.volunteer_events import VolunteerEvent


@transaction.atomic
def note_export(*, by_id: int, kind: str, rows: int) -> Entry:
    """Record who took out how many rows of which list: `people`, `waiting` or `decided`."""
    exporter = User.objects.get(pk=by_id)
    facts = {"kind": kind, "rows": rows}
    return record(VolunteerEvent.LIST_EXPORTED, subject=exporter, actor_id=by_id, facts=facts)
