"""A link by e-mail with which an organisation without accounts answers a referral, once."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from assistance.models.secret_link import SecretLink


class LinkPurpose(models.TextChoices):
    ANSWER = "answer", _("Say whether it can help")
    REPORT = "report", _("Read how to reach the SME and report the outcome")


class ReferralLink(SecretLink):
    salt: ClassVar[str] = "assistance.referral_link"

    referral = models.ForeignKey("assistance.Referral", models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=8, choices=LinkPurpose)

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
