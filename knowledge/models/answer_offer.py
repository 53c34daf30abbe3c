"""A published answer that was offered to somebody while she wrote a request; leads back to nobody."""

import uuid

from django.db import models

from knowledge.models.question import Question


class AnswerOffer(models.Model):
    # Stands in the link that is offered, so that opening it is counted once.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="offers", db_index=False)
    # A keyed hash of the request being written: typing on offers nothing anew.
    request = models.CharField(max_length=64)
    offered_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "request"], name="one_offer_per_request_and_question"
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__isnull=True)
                | models.Q(opened_at__gte=models.F("offered_at")),
                name="offer_is_opened_after_it_was_made",
            ),
        ]
        indexes = [models.Index(fields=["offered_at"], name="offer_by_moment")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.offered_at:%Y-%m-%d}"
