from typing import Self

from django.db import models
from django.db.models import F, Q

from network.volunteer_states import ShownField


class PublicConsentQuerySet(models.QuerySet["PublicConsent"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class PublicConsent(models.Model):
    """That one thing about a volunteer may be shown to everybody, from when until when."""

    volunteer = models.ForeignKey("network.Volunteer", models.CASCADE, related_name="consents")
    field = models.CharField(max_length=16, choices=ShownField)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PublicConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "field"],
                condition=Q(withdrawn_at__isnull=True),
                name="public_consent_stands_once_per_field",
            ),
            models.CheckConstraint(
                name="public_consent_field_is_known", condition=Q(field__in=ShownField.values)
            ),
            models.CheckConstraint(
                name="public_consent_is_withdrawn_after_it_is_given",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} shows {self.field}"
