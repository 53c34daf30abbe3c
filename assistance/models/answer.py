"""The one answer the SME gets, made of the needs' answers, and what she thinks of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation.models import ProseField


class Answer(models.Model):
    case = models.ForeignKey(
        "assistance.Case", models.CASCADE, related_name="answers", db_index=False
    )
    # Counts up when a reopened case is answered again.
    round = models.PositiveSmallIntegerField(default=1)
    opening = ProseField(max_length=4000)
    closing = ProseField(max_length=4000, blank=True)
    # Why it goes out while a need is still open; the SME reads this.
    open_needs_reason = ProseField(max_length=1000, blank=True)
    composed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    # Empty while it is a draft.
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="answer_one_per_round"),
        ]

    def __str__(self) -> str:
        return f"answer {self.round} to {self.case_id}"


class AnswerPart(models.Model):
    """One need's answer as it was cited when the one answer was sent."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="parts", db_index=False)
    need = models.ForeignKey("assistance.Need", models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    text = ProseField(max_length=8000)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "need"], name="answer_part_once_per_need")
        ]

    def __str__(self) -> str:
        return f"{self.need_id} in {self.answer_id}"


class Rating(models.Model):
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="rating")
    score = models.PositiveSmallIntegerField()
    text = ProseField(max_length=1000, blank=True)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rating_between_one_and_five", condition=Q(score__gte=1, score__lte=5)
            )
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.answer_id}"
