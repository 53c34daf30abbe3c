"""Making versions public when their time comes, ending them when it is over, withdrawing."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from foundation.marks import to_plain
from foundation.text import to_tsvector_text
from knowledge.announcement_errors import OpenVersionError
from knowledge.announcement_events import AnnouncementEvent
from knowledge.announcement_states import AnnouncementState, VersionState
from knowledge.models import Announcement, AnnouncementVersion
from knowledge.services.announcements import note

BATCH = 100


def publish_version(version: AnnouncementVersion, *, at: datetime) -> None:
    """Put an approved version in force in place of the one before; part of a caller's transaction.

    The first one is PUBLISHED, each later one AMENDED; the facts name whom it concerns.
    """
    announcement = version.announcement
    before = announcement.current
    if before is not None:
        before.move_to(VersionState.REPLACED)
        before.save(update_fields=["state"])
    version.move_to(VersionState.PUBLISHED)
    version.published_at = at
    version.save(update_fields=["state", "published_at"])
    is_first = announcement.state == AnnouncementState.UNPUBLISHED
    if announcement.state != AnnouncementState.PUBLISHED:
        announcement.move_to(AnnouncementState.PUBLISHED)
    announcement.current = version
    announcement.published_at = announcement.published_at or at
    announcement.changed_at = at
    announcement.search = _search_text(version)
    announcement.save(update_fields=["state", "current", "published_at", "changed_at", "search"])
    note(
        AnnouncementEvent.PUBLISHED if is_first else AnnouncementEvent.AMENDED,
        announcement,
        None,
        number=version.number,
        category=version.category,
        audience=version.audience,
        topics=version.topics,
        counties=version.counties,
        tell_again=version.tell_again,
    )


def _search_text(version: AnnouncementVersion) -> str:
    parts = (version.title_zh, version.title_en, version.summary_zh, version.summary_en)
    return to_tsvector_text(
        *parts, to_plain(version.body_zh), to_plain(version.body_en), weights="AABBDD"
    )


def publish_due(now: datetime | None = None) -> int:
    """Put in force every approved version whose time has come, and say how many.

    Each in a transaction of its own; harmless when run twice or in several processes at once.
    """
    moment = now or timezone.now()
    due = AnnouncementVersion.objects.due(moment).order_by("starts_at", "pk")
    waiting = list(due.values_list("pk", "announcement_id")[:BATCH])
    return sum(_publish_one(pk, announcement_id, moment) for pk, announcement_id in waiting)


@transaction.atomic
def _publish_one(pk: int, announcement_id: int, moment: datetime) -> bool:
    announcement = Announcement.objects.locked().get(pk=announcement_id)
    version = AnnouncementVersion.objects.locked().due(moment).filter(pk=pk).first()
    if version is None or announcement.state == AnnouncementState.WITHDRAWN:
        return False
    version.announcement = announcement
    publish_version(version, at=moment)
    return True


def end_due(now: datetime | None = None) -> int:
    """Move to the archive what was over at midnight, and say how many."""
    today = timezone.localdate(now)
    over = AnnouncementVersion.objects.over(today).filter(
        announcement__state=AnnouncementState.PUBLISHED
    )
    ids = list(over.order_by("ends_on").values_list("announcement_id", flat=True)[:BATCH])
    return sum(_end_one(announcement_id, today) for announcement_id in ids)


@transaction.atomic
def _end_one(announcement_id: int, today: date) -> bool:
    announcement = Announcement.objects.locked().get(pk=announcement_id)
    current = announcement.current
    still_over = current is not None and current.ends_on is not None and current.ends_on < today
    if announcement.state != AnnouncementState.PUBLISHED or not still_over:
        return False
    announcement.move_to(AnnouncementState.ENDED)
    announcement.save(update_fields=["state"])
    note(AnnouncementEvent.ENDED, announcement, None)
    return True


def look_due() -> int:
    """What the calendar asks of announcements; beat looks every minute, the relay as well."""
    return publish_due() + end_due()


@transaction.atomic
def withdraw(
    *, announcement_id: int, by_id: int, because_zh: str, because_en: str
) -> Announcement:
    """Take a public announcement back: its address stays and says why, its words are gone.

    Raises OpenVersionError while an amendment is on its way, MoveNotAllowedError.
    """
    announcement = Announcement.objects.locked().get(pk=announcement_id)
    announcement.move_to(AnnouncementState.WITHDRAWN)
    if announcement.versions.open().exists():
        raise OpenVersionError
    announcement.withdrawn_at = announcement.changed_at = timezone.now()
    announcement.withdrawn_by_id = by_id
    announcement.withdrawn_because_zh = because_zh
    announcement.withdrawn_because_en = because_en
    announcement.search = None
    announcement.save()
    note(AnnouncementEvent.WITHDRAWN, announcement, by_id)
    return announcement
