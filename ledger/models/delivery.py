from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.models.entry import Entry


class DeliveryState(models.TextChoices):
    PENDING = "pending", "pending"
    DONE = "done", "done"
    DEAD = "dead", "dead"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=DeliveryState.PENDING, next_attempt_at__lte=now)

    def pending(self) -> Self:
        return self.filter(state=DeliveryState.PENDING)

    def dead(self) -> Self:
        return self.filter(state=DeliveryState.DEAD)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Delivery(models.Model):
    """One entry owed to one subscriber, written with the entry itself."""

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    subscriber = models.CharField(max_length=160)
    stream = models.CharField(max_length=100)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=300, blank=True, default="")
    done_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "subscriber"], name="an_entry_is_owed_once_to_a_subscriber"
            ),
            models.CheckConstraint(
                name="delivery_done_at_iff_done",
                condition=Q(state=DeliveryState.DONE, done_at__isnull=False)
                | (~Q(state=DeliveryState.DONE) & Q(done_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                name="delivery_due",
                condition=Q(state=DeliveryState.PENDING),
            ),
            models.Index(
                fields=["subscriber", "stream", "id"],
                name="delivery_pending_in_stream",
                condition=Q(state=DeliveryState.PENDING),
            ),
            models.Index(
                fields=["id"], name="delivery_dead", condition=Q(state=DeliveryState.DEAD)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} to {self.subscriber}"
