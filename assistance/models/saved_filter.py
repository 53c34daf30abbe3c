"""A desk filter an officer keeps under a name of her own."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from accounts.models import User
from foundation.models import LineField


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.of(user.pk) if user.is_authenticated else self.none()

    def of(self, user_id: int) -> Self:
        return self.filter(user_id=user_id)


class SavedFilter(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", db_index=False
    )
    name = LineField(max_length=40)
    # Only keys the desk's filter form knows: {"system": ["financing"], "county": ["taichung"]}.
    criteria = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_filter_name_once")
        ]

    def __str__(self) -> str:
        return self.name
