"""For whom a service is there: the whole country, a county, a district, and what is left out."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.reference.districts import place_words
from foundation.models import LineField


class AreaExtent(models.TextChoices):
    NATION = "nation", _("The whole country")
    COUNTY = "county", _("A county or city")
    DISTRICT = "district", _("A district")


class ServiceAreaQuerySet(models.QuerySet["ServiceArea"]):
    def holding(self, county: str, district: str = "") -> Self:
        """The areas in which a place lies; an exception counts only where it holds all of it."""
        wide = Q(extent=AreaExtent.NATION) | Q(extent=AreaExtent.COUNTY, county=county)
        if district:
            return self.filter(
                wide | Q(extent=AreaExtent.DISTRICT, county=county, district=district)
            )
        part = Q(extent=AreaExtent.DISTRICT, county=county, is_excepted=False)
        return self.filter(wide | part)


class ServiceArea(models.Model):
    """One part of the area that an offering serves, or, where excepted, does not serve."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    offering = models.ForeignKey(
        "network.Offering", models.CASCADE, related_name="areas", db_index=False
    )
    extent = models.CharField(max_length=8, choices=AreaExtent)
    county = models.CharField(max_length=20, blank=True, default="")
    district = LineField(max_length=40, blank=True, default="")
    is_excepted = models.BooleanField(default=False)

    objects = ServiceAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area served")
        verbose_name_plural = _("areas served")
        constraints = [
            models.CheckConstraint(
                name="service_area_place_fits_its_extent",
                condition=Q(extent="nation", county="", district="", is_excepted=False)
                | (Q(extent="county", district="") & ~Q(county=""))
                | (Q(extent="district") & ~Q(county="") & ~Q(district="")),
            ),
            models.UniqueConstraint(
                fields=["offering", "extent", "county", "district"],
                name="service_area_once_per_offering",
            ),
        ]
        indexes = [models.Index(fields=["county", "district"], name="service_area_by_place")]

    def __str__(self) -> str:
        return f"{self.extent} {self.county} {self.district}".strip()

    @property
    def name(self) -> str:
        """The area in the reader's language."""
        if self.extent == AreaExtent.NATION:
            return str(AreaExtent.NATION.label)
        return place_words(self.county, self.district)
