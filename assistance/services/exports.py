"""Noting that a list of cases, or part of the record, left the portal as a file."""

from django.db import transaction

from accounts.models import User
from assistance.events import DeskEvent
from assistance.search import Criteria
from ledger.models import Entry
from ledger.recording import record


@transaction.atomic
def note_export(*, by_id: int, criteria: Criteria, rows: int) -> Entry:
    """Record who took out how many rows, and by which filters (not what was typed in them)."""
    exporter = User.objects.get(pk=by_id)
    facts = {"rows": rows, "view": criteria.view, "filters": sorted(criteria.kept())}
    return record(DeskEvent.LIST_EXPORTED, subject=exporter, actor_id=by_id, facts=facts)


@transaction.atomic
def note_records_export(*, by_id: int, kind: str, asked: list[str], rows: int) -> Entry:
    """Record who took out how many lines of which record, and which fields narrowed it."""
    exporter = User.objects.get(pk=by_id)
    facts = {"rows": rows, "kind": kind, "asked": sorted(asked)}
    return record(DeskEvent.RECORDS_EXPORTED, subject=exporter, actor_id=by_id, facts=facts)
