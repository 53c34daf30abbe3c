"""What a Q&A or an announcement is about: one of the eleven systems, or a part of government procurement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import LineField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class TopicKind(models.TextChoices):
    """The order is the order of display."""

    SYSTEM = "system", _("Guidance system")
    PROCUREMENT = "procurement", _("Government procurement")


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Topics are public: everyone sees every topic."""
        return self

    def in_order(self) -> Self:
        """Systems by number, then the parts of procurement in their order."""
        return self.order_by("-kind", "number")

    def systems(self) -> Self:
        return self.filter(kind=TopicKind.SYSTEM)


class Topic(models.Model):
    """`code` of a system is the code of the guidance system of the catalogue."""

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=TopicKind)
    number = models.PositiveSmallIntegerField()
    name_zh = LineField(max_length=80)
    name_en = LineField(max_length=120)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=TopicKind.values), name="topic_kind_is_known"
            ),
            models.UniqueConstraint(fields=["kind", "number"], name="one_topic_per_number"),
        ]

    def __str__(self) -> str:
        return self.code
