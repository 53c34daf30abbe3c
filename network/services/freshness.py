"""Asking the owners of entries to confirm them before six months are over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from ledger.recording import record
from network.directory_events import DirectoryEvent
from network.models import CONFIRMED_FOR, Organisation

ASKED_BEFORE = dt.timedelta(days=14)
ASKED_AGAIN_AFTER = dt.timedelta(days=30)
AT_ONCE = 200


@transaction.atomic
def ask_owners(*, limit: int = AT_ONCE) -> int:
    """Ask for each entry due within two weeks, and once a month until it is confirmed.

    Returns how many were asked for. Two workers do not ask for the same entry.
    """
    now = timezone.now()
    due = Organisation.objects.open().filter(confirmed_at__lt=now - CONFIRMED_FOR + ASKED_BEFORE)
    quiet = due.filter(reminded_at=None) | due.filter(reminded_at__lt=now - ASKED_AGAIN_AFTER)
    rows = quiet.order_by("confirmed_at", "pk").select_for_update(
        of=("self",), no_key=True, skip_locked=True
    )[:limit]
    asked = 0
    for organisation in rows:
        Organisation.objects.filter(pk=organisation.pk).update(reminded_at=now)
        record(DirectoryEvent.CONFIRMATION_ASKED, subject=organisation, actor_id=None)
        asked += 1
    return asked
