from django.conf import settings
from django.db import models

from foundation.models import LineField
from network.volunteer_states import Training


class VolunteerTraining(models.Model):
    """A training that was seen with its certificate."""

    volunteer = models.ForeignKey(
        "network.Volunteer", models.CASCADE, related_name="trainings", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Training)
    held_on = models.DateField()
    certificate = LineField(max_length=60)
    # Who saw the certificate; nobody of ours where it came with an import.
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "kind", "certificate"],
                name="volunteer_training_certificate_once",
            ),
            models.CheckConstraint(
                name="volunteer_training_kind_is_known",
                condition=models.Q(kind__in=Training.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.certificate}"
