"""One-time codes sent by e-mail: to confirm an address, or to follow a case without an account."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CodePurpose(models.TextChoices):
    FILE = "file", _("File a request")
    RESUME = "resume", _("Go on with a draft elsewhere")
    TRACK = "track", _("Follow a case")


class AccessCode(models.Model):
    purpose = models.CharField(max_length=10, choices=CodePurpose)
    email = models.EmailField(max_length=254)
    case = models.ForeignKey(
        "assistance.Case", models.CASCADE, null=True, blank=True, related_name="access_codes"
    )
    draft = models.ForeignKey(
        "assistance.Draft", models.CASCADE, null=True, blank=True, related_name="access_codes"
    )
    code_hash = models.CharField(max_length=128)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_code_names_what_it_opens",
                condition=Q(purpose=CodePurpose.TRACK, case__isnull=False)
                | Q(purpose__in=[CodePurpose.FILE, CodePurpose.RESUME], draft__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["email", "-created_at"], name="access_code_by_email")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
