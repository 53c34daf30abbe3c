"""An offering at one of the organisation's locations, with the hours it is given there."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import LineField
from network.models.offering import OfferingState


class OfferingAtLocationQuerySet(models.QuerySet["OfferingAtLocation"]):
    def open(self) -> Self:
        return self.filter(
            location__closed_at=None,
            offering__state=OfferingState.ACTIVE,
            offering__organisation__closed_at=None,
        )


class OfferingAtLocation(models.Model):
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    offering = models.ForeignKey(
        "network.Offering", models.CASCADE, related_name="at_locations", db_index=False
    )
    location = models.ForeignKey("network.Location", models.CASCADE, related_name="at_offerings")
    note_zh = LineField(max_length=200, blank=True, default="")
    note_en = LineField(max_length=300, blank=True, default="")
    updated_at = models.DateTimeField(auto_now=True)

    objects = OfferingAtLocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("service at a location")
        verbose_name_plural = _("services at locations")
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "location"], name="offering_once_per_location"
            )
        ]

    def __str__(self) -> str:
        return f"{self.offering_id} at {self.location_id}"
