"""The overdue ladder: who was told that a date has passed, step by step."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EscalationStep(models.TextChoices):
    OFFICER = "officer", _("Officer")
    LEAD = "lead", _("Lead")
    MANAGER = "manager", _("Manager")


class Escalation(models.Model):
    case = models.ForeignKey(
        "assistance.Case", models.CASCADE, related_name="escalations", db_index=False
    )
    need = models.ForeignKey(
        "assistance.Need", models.CASCADE, null=True, blank=True, related_name="escalations"
    )
    step = models.CharField(max_length=10, choices=EscalationStep)
    due_on = models.DateField()
    told = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "need", "due_on", "step"],
                nulls_distinct=False,
                name="escalation_each_step_once_per_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.case_id}"
