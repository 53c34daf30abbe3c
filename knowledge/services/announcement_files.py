"""Files beside an announcement: kept with the draft, let through by the scanner, left out again."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from foundation.clamd import ScannerUnavailableError, is_clean
from foundation.papers import discard_papers, keep_paper, open_paper
from foundation.transitions import MoveNotAllowedError
from foundation.uploads import CheckedUpload
from knowledge.announcement_errors import TooManyFilesError
from knowledge.announcement_events import AnnouncementEvent
from knowledge.announcement_states import VersionState
from knowledge.models import AnnouncementFile, AnnouncementVersion, FileScan
from knowledge.services.announcements import note, open_version, touch

logger = logging.getLogger(__name__)

MOST_FILES = 10
SCAN_BATCH = 20


def add_file(
    *, announcement_id: int, by_id: int, checked: CheckedUpload, content: File[Any]
) -> AnnouncementFile:
    """Keep a checked file with the open draft. Raises TooManyFilesError, MoveNotAllowedError.

    The bytes are stored before the transaction and taken back where it fails.
    """
    stored = keep_paper(content)
    try:
        return _add(announcement_id, by_id, checked, stored)
    except BaseException:
        discard_papers([stored])
        raise


@transaction.atomic
def _add(
    announcement_id: int, by_id: int, checked: CheckedUpload, stored: str
) -> AnnouncementFile:
    version = _draft(announcement_id)
    if version.files.count() >= MOST_FILES:
        raise TooManyFilesError
    row = AnnouncementFile.objects.create(
        announcement=version.announcement,
        name=checked.name,
        kind=checked.kind,
        mime=checked.mime,
        size=checked.size,
        sha256=checked.sha256,
        storage_name=stored,
        scan_state=FileScan.PENDING if settings.CLAMD_ADDRESS else FileScan.NOT_NEEDED,
        added_at=timezone.now(),
        added_by_id=by_id,
    )
    version.files.add(row)
    touch(version, by_id)
    facts = {"number": version.number, "file": str(row.pk), "kind": row.kind}
    note(AnnouncementEvent.FILE_ADDED, version.announcement, by_id, **facts)
    return row


@transaction.atomic
def remove_file(*, announcement_id: int, by_id: int, file_id: UUID) -> None:
    """Leave a file out of the open draft; its bytes go when no other version holds it."""
    version = _draft(announcement_id)
    row = AnnouncementFile.objects.locked().filter(pk=file_id, versions=version).first()
    if row is None:
        return
    version.files.remove(row)
    touch(version, by_id)
    facts = {"number": version.number, "file": str(row.pk), "kind": row.kind}
    note(AnnouncementEvent.FILE_REMOVED, version.announcement, by_id, **facts)
    if not row.versions.exists():
        transaction.on_commit(partial(discard_papers, [row.storage_name]))
        row.delete()


def _draft(announcement_id: int) -> AnnouncementVersion:
    version = open_version(announcement_id)
    if version.state != VersionState.DRAFT:
        raise MoveNotAllowedError(version.state, VersionState.DRAFT)
    return version


def scan_pending(limit: int = SCAN_BATCH) -> int:
    """Let the scanner look at what waits, oldest first; return how many were settled.

    Called by a task only: it talks to the network. Where the scanner is away, everything waits.
    """
    if not settings.CLAMD_ADDRESS:
        return 0
    waiting = AnnouncementFile.objects.filter(scan_state=FileScan.PENDING).order_by("added_at")
    settled = 0
    for pk, name in waiting.values_list("pk", "storage_name")[:limit]:
        try:
            with open_paper(name) as content:
                clean = is_clean(content, settings.CLAMD_ADDRESS)
        except ScannerUnavailableError as away:
            logger.warning("scanner not available, files stay pending: %s", away)
            break
        except FileNotFoundError:
            logger.warning("announcement file %s has no bytes", pk)
            clean = False
        _settle(pk, is_clean=clean)
        settled += 1
    return settled


@transaction.atomic
def _settle(pk: UUID, *, is_clean: bool) -> None:
    row = AnnouncementFile.objects.locked().filter(pk=pk, scan_state=FileScan.PENDING).first()
    if row is None:
        return
    row.scan_state = FileScan.CLEAN if is_clean else FileScan.INFECTED
    row.save(update_fields=["scan_state"])
    if not is_clean:
        transaction.on_commit(partial(discard_papers, [row.storage_name]))
