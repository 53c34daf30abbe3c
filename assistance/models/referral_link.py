"""A link by e-mail with which an organisation without accounts answers a referral, once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkPurpose(models.TextChoices):
    ANSWER = "answer", _("Say whether it can help")
    REPORT = "report", _("Read how to reach the SME and report the outcome")


class ReferralLink(models.Model):
    referral = models.ForeignKey("assistance.Referral", models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=8, choices=LinkPurpose)
    email = models.EmailField(max_length=254)
    # A keyed digest: the secret itself stands in the letter alone.
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["secret_hash"], name="referral_link_secret_once"),
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(used_at__isnull=True),
                name="referral_link_one_unused_per_referral",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.referral_id}"
