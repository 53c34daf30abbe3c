from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from notifications.channels import Pace

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class PreferenceQuerySet(models.QuerySet["Preference"]):
    """What people have chosen to hear by e-mail."""

    def visible_to(self, user: User | AnonymousUser) -> PreferenceQuerySet:
        if not user.is_authenticated:
            return self.none()
        return self.filter(user_id=user.pk)

    def paces(self, kind: str, user_ids: Iterable[int]) -> dict[int, str]:
        """What each of these people chose for one kind, where they chose at all."""
        return dict(
            self.filter(kind=kind, user_id__in=list(user_ids)).values_list("user_id", "pace")
        )


class Preference(models.Model):
    """One person's choice for one kind of notification."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_preferences",
        db_index=False,
    )
    kind = models.CharField(max_length=80)
    pace = models.CharField(max_length=10, choices=Pace.choices)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once_per_kind"),
            models.CheckConstraint(
                name="preference_pace_is_known", condition=Q(pace__in=Pace.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.pace}"
