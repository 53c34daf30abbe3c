"""What was suggested for a case and what staff chose: so that routing can be measured."""

from django.conf import settings
from django.db import models


class RoutingOutcome(models.Model):
    case = models.OneToOneField("assistance.Case", models.CASCADE, related_name="routing_outcome")
    # System codes, best first.
    suggested = models.JSONField(default=list)
    chosen_by_sme = models.JSONField(default=list)
    chosen_by_staff = models.JSONField(default=list)
    # Which agency the rules name for each system, by which version, and who was ruled out. The
    # default is the database's as well: a process of the release before does not know the column.
    units = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    placed_at = models.DateTimeField(null=True, blank=True)
    suggested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"routing of {self.case_id}"
