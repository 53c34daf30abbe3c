"""A link by e-mail with which an enterprise without an account answers for a mandate."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from assistance.models.secret_link import SecretLink


class MandatePurpose(models.TextChoices):
    CONFIRM = "confirm", _("Confirm or refuse the mandate")
    WITHDRAW = "withdraw", _("Look at the mandate and withdraw it")


class MandateLink(SecretLink):
    salt: ClassVar[str] = "assistance.mandate_link"

    mandate = models.ForeignKey("assistance.Mandate", models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=8, choices=MandatePurpose)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["secret_hash"], name="mandate_link_secret_once"),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=models.Q(used_at__isnull=True),
                name="mandate_link_one_unused_per_mandate",
            ),
        ]
        indexes = [models.Index(fields=["email", "-created_at"], name="mandate_link_by_email")]

    def __str__(self) -> str:
        return f"{self.purpose} mandate {self.mandate_id}"
