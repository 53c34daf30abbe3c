"""One version of an announcement: all its words and dates, who wrote it and who approved it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.models import LineField, ProseField
from knowledge.announcement_states import (
    APPROVED_VERSIONS,
    OPEN_VERSIONS,
    VERSION_COURSE,
    Audience,
    Category,
    VersionState,
)
from knowledge.states import Language

if TYPE_CHECKING:
    from knowledge.models.announcement_file import AnnouncementFile

# What an editor writes; everything else on the row is what became of it.
WORDS = ("title", "summary", "body", "place")
CONTENT_FIELDS = (
    "category",
    "audience",
    "topics",
    "counties",
    "roles",
    *(f"{name}_{language}" for name in WORDS for language in Language.values),
    "event_starts_at",
    "event_ends_at",
    "link_url",
    "starts_at",
    "ends_on",
    "one_language_because",
    "translation_checked",
    "tell_again",
    "note",
)
_APPROVED = Q(state__in=APPROVED_VERSIONS)


def _codes(length: int = 40) -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


class AnnouncementVersionQuerySet(models.QuerySet["AnnouncementVersion"]):
    """Versions by how far they have come."""

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_VERSIONS)

    def awaiting_approval(self) -> Self:
        return self.filter(state=VersionState.IN_REVIEW)

    def due(self, at: datetime) -> Self:
        """Approved ones whose time has come."""
        return self.filter(state=VersionState.APPROVED).filter(
            Q(starts_at__isnull=True) | Q(starts_at__lte=at)
        )

    def over(self, today: date) -> Self:
        """Those in force whose last day has passed."""
        return self.filter(state=VersionState.PUBLISHED, ends_on__lt=today)

    def newest_first(self) -> Self:
        return self.order_by("-number")


class AnnouncementVersion(models.Model):
    announcement = models.ForeignKey(
        "knowledge.Announcement", models.CASCADE, related_name="versions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=VersionState, default=VersionState.DRAFT)
    # Counts the times it was saved, so that nobody overwrites what another typed meanwhile.
    revision = models.PositiveIntegerField(default=1)

    category = models.CharField(max_length=20, choices=Category)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    topics = _codes()
    counties = _codes()
    roles = _codes(20)
    title_zh = LineField(max_length=80, blank=True)
    title_en = LineField(max_length=160, blank=True)
    summary_zh = LineField(max_length=160, blank=True)
    summary_en = LineField(max_length=320, blank=True)
    body_zh = ProseField(max_length=6000, blank=True)
    body_en = ProseField(max_length=12000, blank=True)
    place_zh = LineField(max_length=120, blank=True)
    place_en = LineField(max_length=200, blank=True)
    event_starts_at = models.DateTimeField(null=True, blank=True)
    event_ends_at = models.DateTimeField(null=True, blank=True)
    link_url = models.URLField(max_length=300, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    one_language_because = LineField(max_length=200, blank=True)
    translation_checked = models.BooleanField(default=False)
    # An amendment of an urgent notice: whoever has an open case in its topics is told once more.
    tell_again = models.BooleanField(default=False)
    behind = models.CharField(max_length=2, choices=Language, blank=True)
    note = LineField(max_length=200, blank=True)
    files = models.ManyToManyField("knowledge.AnnouncementFile", related_name="versions")

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Everybody who saved a word of it.
    writers = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_back_because = ProseField(max_length=500, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "number"], name="announcement_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["announcement"],
                condition=Q(state__in=OPEN_VERSIONS),
                name="announcement_has_one_open_version",
            ),
            models.UniqueConstraint(
                fields=["announcement"],
                condition=Q(state=VersionState.PUBLISHED),
                name="announcement_has_one_version_in_force",
            ),
            models.CheckConstraint(
                name="announcement_version_state_is_known",
                condition=Q(state__in=VersionState.values),
            ),
            models.CheckConstraint(
                name="announcement_category_is_known", condition=Q(category__in=Category.values)
            ),
            models.CheckConstraint(
                name="announcement_audience_is_named",
                condition=Q(audience=Audience.EVERYONE, roles=[])
                | (Q(audience=Audience.SYSTEM, roles=[]) & ~Q(topics=[]))
                | (Q(audience=Audience.COUNTY, roles=[]) & ~Q(counties=[]))
                | (Q(audience=Audience.ROLE) & ~Q(roles=[])),
            ),
            models.CheckConstraint(
                name="announcement_event_has_a_time_iff_event",
                condition=Q(category=Category.EVENTS, event_starts_at__isnull=False)
                | (
                    ~Q(category=Category.EVENTS)
                    & Q(event_starts_at__isnull=True, event_ends_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="announcement_event_ends_after_it_starts",
                condition=Q(event_ends_at__isnull=True)
                | Q(event_ends_at__gt=F("event_starts_at")),
            ),
            models.CheckConstraint(
                name="announcement_version_submitted_at_with_by",
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="announcement_version_past_draft_was_submitted",
                condition=Q(state__in=[VersionState.DRAFT, VersionState.DROPPED])
                | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="announcement_version_approved_iff_past_approval",
                condition=(_APPROVED & Q(approved_at__isnull=False, approved_by__isnull=False))
                | (~_APPROVED & Q(approved_at__isnull=True, approved_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="announcement_version_is_approved_by_a_second_person",
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("author")) & ~Q(approved_by=F("submitted_by"))),
            ),
            models.CheckConstraint(
                name="announcement_version_published_at_iff_published",
                condition=Q(
                    state__in=[VersionState.PUBLISHED, VersionState.REPLACED],
                    published_at__isnull=False,
                )
                | (
                    ~Q(state__in=[VersionState.PUBLISHED, VersionState.REPLACED])
                    & Q(published_at__isnull=True)
                ),
            ),
        ]
        indexes = [
            GinIndex(fields=["topics"], name="announcement_by_topic"),
            models.Index(
                fields=["starts_at"],
                condition=Q(state=VersionState.APPROVED),
                name="announcement_to_publish",
            ),
            models.Index(
                fields=["ends_on"],
                condition=Q(state=VersionState.PUBLISHED),
                name="announcement_to_end",
            ),
            models.Index(
                fields=["published_at"],
                condition=Q(state=VersionState.PUBLISHED),
                name="announcement_in_force_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} v{self.number}"

    @property
    def hands(self) -> set[int]:
        """Everybody who had a hand in it: somebody else has to approve it."""
        return {*self.writers, self.author_id, *filter(None, [self.submitted_by_id])}

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @property
    def is_event(self) -> bool:
        return self.category == Category.EVENTS

    @property
    def is_urgent(self) -> bool:
        return self.category == Category.URGENT

    def move_to(self, state: VersionState) -> None:
        """Bring this version a step on, along the course, or refuse."""
        VERSION_COURSE.check(self.state, state)
        self.state = state

    def files_in_order(self) -> models.QuerySet[AnnouncementFile]:
        return self.files.order_by("added_at", "pk")
