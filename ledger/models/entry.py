from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, stream: models.Model) -> Self:
        """Everything that happened around one thing, in the order it was written."""
        return self.in_stream(stream_name(stream))

    def in_stream(self, name: str) -> Self:
        return self.filter(stream=name).order_by("pk")

    def unsealed(self) -> Self:
        return self.filter(seal__isnull=True).order_by("pk")


class Entry(models.Model):
    """One thing that happened. Written once, in the transaction that made it true.

    PostgreSQL refuses to change or delete it. Facts are codes and ids, never personal data.
    """

    event = models.CharField(max_length=80)
    subject_label = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    stream = models.CharField(max_length=100)
    actor_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["stream", "id"], name="entry_by_stream"),
            models.Index(fields=["event", "at"], name="entry_by_event"),
            models.Index(fields=["actor_id", "at"], name="entry_by_actor"),
            models.Index(fields=["subject_label", "subject_id"], name="entry_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.event}"


def stream_name(thing: models.Model) -> str:
    """How the ledger names a thing: "assistance.case:12"."""
    return f"{thing._meta.label_lower}:{thing.pk}"
