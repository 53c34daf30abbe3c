"""Where an organisation is met: a desk at an address, a postal address, or an online desk."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.reference.districts import place_words
from foundation.languages import pick
from foundation.models import LineField, ProseField


class LocationKind(models.TextChoices):
    PHYSICAL = "physical", _("At an address")
    POSTAL = "postal", _("By post")
    VIRTUAL = "virtual", _("Online")


class AccessFeature(models.TextChoices):
    STEP_FREE = "step-free", _("Step-free entrance")
    LIFT = "lift", _("Lift")
    TOILET = "toilet", _("Accessible toilet")
    PARKING = "parking", _("Accessible parking")
    SIGN_LANGUAGE = "sign-language", _("Sign language by appointment")


class LocationQuerySet(models.QuerySet["Location"]):
    def open(self) -> Self:
        return self.filter(closed_at=None, organisation__closed_at=None)

    def in_county(self, county: str) -> Self:
        return self.filter(county=county)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Location(models.Model):
    """A place; latitude and longitude are those of its district's middle, not of the house."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "network.Organisation", models.CASCADE, related_name="locations"
    )
    kind = models.CharField(
        _("Kind"), max_length=8, choices=LocationKind, default=LocationKind.PHYSICAL
    )
    name_zh = LineField(_("Name in Chinese"), max_length=120)
    name_en = LineField(_("Name in English"), max_length=160, blank=True, default="")
    county = models.CharField(_("County or city"), max_length=20, blank=True, default="")
    district = LineField(_("District"), max_length=40, blank=True, default="")
    postcode = models.CharField(_("Postcode"), max_length=6, blank=True, default="")
    address_zh = LineField(_("Address in Chinese"), max_length=200, blank=True, default="")
    address_en = LineField(_("Address in English"), max_length=240, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    features = ArrayField(
        models.CharField(max_length=16, choices=AccessFeature), default=list, blank=True
    )
    accessibility_zh = ProseField(
        _("Accessibility in Chinese"), max_length=400, blank=True, default=""
    )
    accessibility_en = ProseField(
        _("Accessibility in English"), max_length=800, blank=True, default=""
    )
    phone = LineField(_("Phone"), max_length=40, blank=True, default="")
    url = models.URLField(_("Website"), max_length=300, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            models.CheckConstraint(
                name="location_kind_is_known", condition=Q(kind__in=LocationKind.values)
            ),
            models.CheckConstraint(
                name="location_features_are_known",
                condition=Q(features__contained_by=AccessFeature.values),
            ),
            models.CheckConstraint(
                name="location_has_an_address_unless_virtual",
                condition=Q(kind="virtual") | (~Q(county="") & ~Q(address_zh="")),
            ),
            models.CheckConstraint(
                name="location_postcode_is_three_to_six_digits",
                condition=Q(postcode="") | Q(postcode__regex=r"^[0-9]{3,6}$"),
            ),
            models.CheckConstraint(
                name="location_has_both_coordinates_or_none",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
            ),
            models.UniqueConstraint(
                fields=["organisation", "name_zh"],
                condition=Q(closed_at__isnull=True),
                name="location_name_once_per_organisation",
            ),
        ]
        indexes = [models.Index(fields=["county", "district"], name="location_by_place")]

    def __str__(self) -> str:
        return str(self.name_zh)

    @property
    def feature_words(self) -> list[str]:
        """How it can be reached, in the order of the list."""
        return [str(one.label) for one in AccessFeature if one.value in self.features]

    @property
    def name(self) -> str:
        return pick(self, "name")

    @property
    def place(self) -> str:
        """County and district in the reader's language."""
        return place_words(self.county, self.district)
