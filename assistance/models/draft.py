"""A request that is still being written: answers by step, kept for thirty days."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User

DRAFT_DAYS = 30


class DraftQuerySet(models.QuerySet["Draft"]):
    def alive(self) -> Self:
        return self.alive_at(timezone.now())

    def alive_at(self, moment: datetime) -> Self:
        return self.filter(expires_at__gt=moment, submitted_case__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return this person's own unfinished drafts; a guest's are found by their token."""
        if not user.is_authenticated:
            return self.none()
        return self.alive().filter(owner_id=user.pk)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Draft(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        db_index=False,
    )
    # SHA-256 of the secret a guest's browser or resume link holds.
    guest_token_hash = models.CharField(max_length=64, blank=True)
    answers = models.JSONField(default=dict)
    last_step = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    submitted_case = models.OneToOneField(
        "assistance.Case", models.SET_NULL, null=True, blank=True, related_name="draft"
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draft_has_an_owner_or_a_guest",
                condition=Q(owner__isnull=False) | ~Q(guest_token_hash=""),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-updated_at"], name="draft_by_owner"),
            models.Index(
                fields=["guest_token_hash"],
                name="draft_by_guest",
                condition=~Q(guest_token_hash=""),
            ),
            models.Index(fields=["expires_at"], name="draft_by_expiry"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
