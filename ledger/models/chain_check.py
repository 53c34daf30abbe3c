from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class ChainCheckQuerySet(models.QuerySet["ChainCheck"]):
    """Checks of the chain, the last of them first."""

    def latest_first(self) -> ChainCheckQuerySet:
        return self.order_by("-at", "-pk")

    def sound(self) -> ChainCheckQuerySet:
        return self.filter(reason="")


class ChainCheck(models.Model):
    """What one walk along the whole chain found: how many links, and what does not fit, if anything.

    The head of a sound one must be in the chain for ever after.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    checked = models.BigIntegerField()
    head = models.CharField(max_length=64)
    bad_entry_id = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = ChainCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="chain_check_with_a_bad_entry_says_why",
                condition=Q(bad_entry_id=None) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="chain_check_latest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.reason or 'sound'}"

    @property
    def is_sound(self) -> bool:
        return not self.reason
