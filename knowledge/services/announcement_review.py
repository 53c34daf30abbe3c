"""The second pair of hands: sent for approval, sent back, taken back, approved."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from knowledge.announcement_errors import (
    NothingWrittenError,
    OneLanguageError,
    OverBeforeItStartsError,
    ReadAnotherVersionError,
    ScannerPendingError,
    SecondPersonError,
)
from knowledge.announcement_events import AnnouncementEvent
from knowledge.announcement_parity import behind, missing_languages
from knowledge.announcement_states import VersionState
from knowledge.models import AnnouncementVersion
from knowledge.models.announcement_file import SERVED
from knowledge.services.announcement_publishing import publish_version
from knowledge.services.announcements import note, open_version
from knowledge.states import Language


@transaction.atomic
def submit(*, announcement_id: int, by_id: int) -> AnnouncementVersion:
    """Send the draft to a second person.

    Raises NothingWrittenError, OneLanguageError where a language is incomplete and no reason is
    given, OverBeforeItStartsError, MoveNotAllowedError.
    """
    version = open_version(announcement_id)
    version.move_to(VersionState.IN_REVIEW)
    _check_words(version)
    _check_days(version)
    version.behind = behind(version.announcement.current, version)
    version.submitted_at = timezone.now()
    version.submitted_by_id = by_id
    version.sent_back_because = ""
    version.save(
        update_fields=["state", "behind", "submitted_at", "submitted_by", "sent_back_because"]
    )
    note(
        AnnouncementEvent.SUBMITTED,
        version.announcement,
        by_id,
        number=version.number,
        behind=version.behind,
    )
    return version


@transaction.atomic
def send_back(*, announcement_id: int, by_id: int, because: str) -> AnnouncementVersion:
    """Give it back to its writers with a reason; also what was approved and is not public yet."""
    version = open_version(announcement_id)
    _back_to_draft(version, because)
    note(
        AnnouncementEvent.SENT_BACK,
        version.announcement,
        by_id,
        number=version.number,
        author=version.author_id,
    )
    return version


@transaction.atomic
def take_back(*, announcement_id: int, by_id: int) -> AnnouncementVersion:
    """Take it back to write on, before it is public."""
    version = open_version(announcement_id)
    _back_to_draft(version, "")
    note(AnnouncementEvent.TAKEN_BACK, version.announcement, by_id, number=version.number)
    return version


@transaction.atomic
def approve(
    *, announcement_id: int, by_id: int, revision: int, now: datetime | None = None
) -> AnnouncementVersion:
    """Approve what a colleague wrote: public at once, or when its time comes.

    `revision` is that of the words the approver has read. Raises SecondPersonError for whoever
    wrote a word of it, ScannerPendingError, ReadAnotherVersionError, OverBeforeItStartsError,
    MoveNotAllowedError.
    """
    version = open_version(announcement_id)
    version.move_to(VersionState.APPROVED)
    if version.revision != revision:
        raise ReadAnotherVersionError
    if by_id in version.hands:
        raise SecondPersonError
    if version.files.exclude(scan_state__in=SERVED).exists():
        raise ScannerPendingError
    _check_days(version)
    moment = now or timezone.now()
    version.approved_at = moment
    version.approved_by_id = by_id
    version.save(update_fields=["state", "approved_at", "approved_by"])
    note(
        AnnouncementEvent.APPROVED,
        version.announcement,
        by_id,
        number=version.number,
        author=version.author_id,
    )
    if version.starts_at is None or version.starts_at <= moment:
        publish_version(version, at=moment)
    return version


def _check_words(version: AnnouncementVersion) -> None:
    missing = missing_languages(version)
    if len(missing) == len(Language.values):
        raise NothingWrittenError
    if missing and not version.one_language_because:
        raise OneLanguageError


def _check_days(version: AnnouncementVersion) -> None:
    first = timezone.localdate(version.starts_at) if version.starts_at else timezone.localdate()
    if version.ends_on is not None and version.ends_on < max(first, timezone.localdate()):
        raise OverBeforeItStartsError


def _back_to_draft(version: AnnouncementVersion, because: str) -> None:
    version.move_to(VersionState.DRAFT)
    version.sent_back_because = because
    version.approved_at = version.approved_by = None
    version.save(update_fields=["state", "sent_back_because", "approved_at", "approved_by"])
