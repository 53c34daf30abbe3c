"""A file beside an announcement: kept by UUID outside the web root, served only by a view."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.models import LineField
from knowledge.models.announcement import Announcement

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class FileScan(models.TextChoices):
    NOT_NEEDED = "not_needed", _("No scanner configured")
    PENDING = "pending", _("Being checked")
    CLEAN = "clean", _("Checked")
    INFECTED = "infected", _("Blocked")


SERVED = (FileScan.NOT_NEEDED, FileScan.CLEAN)


class AnnouncementFileQuerySet(models.QuerySet["AnnouncementFile"]):
    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Files of the version in force of what she may read, and all of what she keeps or audits."""
        read = Announcement.objects.readable_to(user)
        in_force = Q(announcement__in=read, versions=F("announcement__current"))
        kept = Q(announcement__in=Announcement.objects.overseen_by(user))
        return self.filter(in_force | kept).distinct()

    def served(self) -> Self:
        return self.filter(scan_state__in=SERVED)


class AnnouncementFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="files")
    name = LineField(max_length=255)
    kind = models.CharField(max_length=10)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=120)
    scan_state = models.CharField(max_length=12, choices=FileScan, default=FileScan.NOT_NEEDED)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AnnouncementFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="announcement_file_scan_is_known",
                condition=Q(scan_state__in=FileScan.values),
            ),
        ]
        indexes = [
            models.Index(
                fields=["added_at"],
                condition=Q(scan_state=FileScan.PENDING),
                name="announcement_file_to_scan",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_served(self) -> bool:
        return self.scan_state in SERVED
