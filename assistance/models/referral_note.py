"""What a receiver reports of a referral: how it gets on, and the time it took."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation.models import ProseField

MOST_MINUTES = 24 * 60


class ReferralNote(models.Model):
    referral = models.ForeignKey("assistance.Referral", models.CASCADE, related_name="notes")
    # Empty where an organisation without accounts answered through its link.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = ProseField(max_length=2000, blank=True)
    worked_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="referral_note_is_at_most_a_day", condition=Q(minutes__lte=MOST_MINUTES)
            ),
            models.CheckConstraint(
                name="referral_note_says_something", condition=~Q(body="") | Q(minutes__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} on {self.worked_on}"
