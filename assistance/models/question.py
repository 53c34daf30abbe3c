"""What the SME has been asked for, item by item, and by when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.models import LineField


class QuestionState(models.TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CANCELLED = "cancelled", _("Cancelled")


class Question(models.Model):
    case = models.ForeignKey("assistance.Case", models.CASCADE, related_name="questions")
    need = models.ForeignKey(
        "assistance.Need", models.CASCADE, null=True, blank=True, related_name="questions"
    )
    message = models.OneToOneField(
        "assistance.CaseMessage", models.CASCADE, related_name="question"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="question_settled_at_iff_not_open",
                condition=Q(state=QuestionState.OPEN, settled_at__isnull=True)
                | (~Q(state=QuestionState.OPEN) & Q(settled_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="question_open_by_due",
                condition=Q(state=QuestionState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return f"question {self.pk} in {self.case_id}"


class QuestionItem(models.Model):
    """One paper or fact that was asked for."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="items")
    label = LineField(max_length=120)
    document_code = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label
