"""What the SME agreed to, purpose by purpose, with the wording's version and the date."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class ConsentPurpose(models.TextChoices):
    HANDLE = "handle", _("Handle this request")
    SHARE_WITH_AGENCIES = "share_with_agencies", _("Show it to the agencies that are asked")
    IMPROVE = "improve", _("Use it without names to improve the service")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self, purpose: ConsentPurpose) -> Self:
        return self.filter(purpose=purpose, withdrawn_at=None)

    def taken_back(self, purpose: ConsentPurpose) -> Self:
        """Given once, withdrawn, and not given again."""
        again = Consent.objects.in_force(purpose).filter(case_id=OuterRef("case_id"))
        gone = self.filter(purpose=purpose, withdrawn_at__isnull=False)
        return gone.exclude(Exists(again))


def shared_until_then(at: str) -> Q:
    """A row of a case that came (`at`) before its applicant took the consent to share back.

    For rows with a `case_id`. Agencies that have answered keep what they had, as their record.
    """
    of_case = Consent.objects.filter(
        case_id=OuterRef("case_id"), purpose=ConsentPurpose.SHARE_WITH_AGENCIES
    )
    gone = of_case.filter(withdrawn_at__lt=OuterRef(at))
    return ~Exists(gone) | Exists(of_case.filter(withdrawn_at=None))


class Consent(models.Model):
    case = models.ForeignKey("assistance.Case", models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_in_force_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.case_id}"
