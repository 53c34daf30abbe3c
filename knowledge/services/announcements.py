"""Writing announcements: the first draft, changes to it, amendments, setting one aside."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.idempotency import once
from foundation.references import next_reference
from foundation.transitions import MoveNotAllowedError
from knowledge.announcement_errors import (
    ChangedMeanwhileError,
    NoOpenVersionError,
    OpenVersionError,
    SlugTakenError,
)
from knowledge.announcement_events import AnnouncementEvent
from knowledge.announcement_states import AnnouncementState, VersionState
from knowledge.models import Announcement, AnnouncementVersion
from knowledge.models.announcement_version import CONTENT_FIELDS
from ledger.models import Entry
from ledger.recording import record

REFERENCE_LETTER = "N"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that an editor writes of a version; times are aware, codes are those of their tables."""

    category: str
    audience: str
    topics: list[str]
    counties: list[str]
    roles: list[str]
    title_zh: str = ""
    title_en: str = ""
    summary_zh: str = ""
    summary_en: str = ""
    body_zh: str = ""
    body_en: str = ""
    place_zh: str = ""
    place_en: str = ""
    event_starts_at: datetime | None = None
    event_ends_at: datetime | None = None
    link_url: str = ""
    starts_at: datetime | None = None
    ends_on: date | None = None
    one_language_because: str = ""
    translation_checked: bool = False
    tell_again: bool = False
    note: str = ""


@transaction.atomic
def draft(
    *, agency_id: int, by_id: int, slug: str, content: Content, key: UUID
) -> tuple[Announcement, bool]:
    """Begin an announcement in the name of an agency; the same key begins one.

    `slug` is its address for good; where it is empty a number is given. Returns the
    announcement and whether this call made it. Raises SlugTakenError.
    """

    def do() -> Announcement:
        address = slug or next_reference(REFERENCE_LETTER, timezone.localdate()).lower()
        try:
            with transaction.atomic():
                made = Announcement.objects.create(slug=address, agency_id=agency_id)
        except IntegrityError as taken:
            raise SlugTakenError from taken
        _new_version(made, 1, by_id, asdict(content))
        note(AnnouncementEvent.DRAFTED, made, by_id, number=1)
        return made

    pk, is_new = once(key=key, act="announcement.draft", by=f"user:{by_id}", do=do)
    return Announcement.objects.get(pk=pk), is_new


@transaction.atomic
def change(
    *, announcement_id: int, by_id: int, content: Content, revision: int
) -> AnnouncementVersion:
    """Save what was typed over the open draft.

    `revision` is that of the draft the person began from. Raises NoOpenVersionError,
    MoveNotAllowedError where it is with the approver already, ChangedMeanwhileError.
    """
    version = open_version(announcement_id)
    if version.state != VersionState.DRAFT:
        raise MoveNotAllowedError(version.state, VersionState.DRAFT)
    if version.revision != revision:
        raise ChangedMeanwhileError
    words = asdict(content)
    changed = sorted(name for name in CONTENT_FIELDS if getattr(version, name) != words[name])
    if not changed:
        return version
    for name in changed:
        setattr(version, name, words[name])
    touch(version, by_id, *changed)
    note(
        AnnouncementEvent.CHANGED,
        version.announcement,
        by_id,
        number=version.number,
        changed=changed,
    )
    return version


@transaction.atomic
def amend(*, announcement_id: int, by_id: int) -> AnnouncementVersion:
    """Begin a new version from the one in force, or from one that was set aside.

    Readers keep the version in force until the new one is approved. Raises OpenVersionError;
    MoveNotAllowedError for what was withdrawn.
    """
    announcement = Announcement.objects.locked().get(pk=announcement_id)
    if announcement.state == AnnouncementState.WITHDRAWN:
        raise MoveNotAllowedError(announcement.state, AnnouncementState.PUBLISHED)
    if announcement.versions.open().exists():
        raise OpenVersionError
    last = announcement.versions.newest_first()[0]
    base = announcement.current or last
    words = {name: getattr(base, name) for name in CONTENT_FIELDS}
    words |= {"starts_at": None, "translation_checked": False, "tell_again": False, "note": ""}
    version = _new_version(announcement, last.number + 1, by_id, words)
    version.files.set(base.files.all())
    note(AnnouncementEvent.AMENDMENT_BEGUN, announcement, by_id, number=version.number)
    return version


@transaction.atomic
def drop(*, announcement_id: int, by_id: int) -> AnnouncementVersion:
    """Set the open draft aside; it is kept among the versions. Readers notice nothing."""
    version = open_version(announcement_id)
    version.move_to(VersionState.DROPPED)
    version.changed_at = timezone.now()
    version.save(update_fields=["state", "changed_at"])
    note(AnnouncementEvent.DROPPED, version.announcement, by_id, number=version.number)
    return version


def open_version(announcement_id: int) -> AnnouncementVersion:
    """Lock the announcement, then the version on its way. Raises NoOpenVersionError."""
    announcement = Announcement.objects.locked().get(pk=announcement_id)
    version = announcement.versions.open().locked().first()
    if version is None:
        raise NoOpenVersionError
    version.announcement = announcement
    return version


def touch(version: AnnouncementVersion, by_id: int, *changed: str) -> None:
    """Save these fields of a draft, and remember who had a hand in it."""
    version.revision += 1
    version.changed_at = timezone.now()
    if by_id not in version.writers:
        version.writers = [*version.writers, by_id]
    version.save(update_fields=[*changed, "revision", "changed_at", "writers"])
    announcement = version.announcement
    if announcement.state == AnnouncementState.UNPUBLISHED:
        announcement.changed_at = version.changed_at
        announcement.save(update_fields=["changed_at"])


def note(event: str, announcement: Announcement, by_id: int | None, **facts: object) -> Entry:
    named = {"agency": announcement.agency_id, **facts}
    return record(event, subject=announcement, actor_id=by_id, facts=named)


def _new_version(
    announcement: Announcement, number: int, by_id: int, words: dict[str, object]
) -> AnnouncementVersion:
    return AnnouncementVersion.objects.create(
        announcement=announcement, number=number, author_id=by_id, writers=[by_id], **words
    )
