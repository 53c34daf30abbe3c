"""What an organisation does for SMEs: one offering per service, not per office."""

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.languages import pick
from foundation.models import LineField, ProseField
from network.models.service_area import ServiceArea

if TYPE_CHECKING:
    from accounts.models.user import User


class OfferingState(models.TextChoices):
    ACTIVE = "active", _("Offered today")
    PAUSED = "temporarily closed", _("Paused for now")
    INACTIVE = "inactive", _("Not offered at present")
    DEFUNCT = "defunct", _("No longer offered")


class SpokenLanguage(models.TextChoices):
    MANDARIN = "zh", _("Mandarin")
    TAIWANESE = "nan", _("Taiwanese Hokkien")
    HAKKA = "hak", _("Hakka")
    ENGLISH = "en", _("English")
    JAPANESE = "ja", _("Japanese")
    VIETNAMESE = "vi", _("Vietnamese")
    INDONESIAN = "id", _("Indonesian")
    THAI = "th", _("Thai")


class OfferingQuerySet(models.QuerySet["Offering"]):
    def open(self) -> Self:
        """Offered today by an organisation that is open."""
        return self.filter(state=OfferingState.ACTIVE, organisation__closed_at=None)

    def visible_to(self, user: "User | Any") -> Self:
        if standing(user).may(Permission.NETWORK_EDIT):
            return self
        return self.filter(organisation__closed_at=None).exclude(state=OfferingState.DEFUNCT)

    def about(self, code: str) -> Self:
        """Those for one guidance system, by its code."""
        return self.filter(terms__code=code)

    def serving(self, county: str, district: str = "") -> Self:
        """Those whose area holds the place and whose exceptions do not.

        Without a district, those that serve the county or any part of it.
        """
        areas = ServiceArea.objects.filter(offering=OuterRef("pk")).holding(county, district)
        return self.filter(
            Exists(areas.filter(is_excepted=False)), ~Exists(areas.filter(is_excepted=True))
        )

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Offering(models.Model):
    """A service that an SME can ask for, at one or more locations."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "network.Organisation", models.CASCADE, related_name="offerings"
    )
    terms = models.ManyToManyField("network.TaxonomyTerm", related_name="offerings")
    name_zh = LineField(_("Name in Chinese"), max_length=120)
    name_en = LineField(_("Name in English"), max_length=160, blank=True, default="")
    description_zh = ProseField(
        _("Description in Chinese"), max_length=1000, blank=True, default=""
    )
    description_en = ProseField(
        _("Description in English"), max_length=2000, blank=True, default=""
    )
    application_zh = ProseField(
        _("How to apply, in Chinese"), max_length=600, blank=True, default=""
    )
    application_en = ProseField(
        _("How to apply, in English"), max_length=1200, blank=True, default=""
    )
    fees_zh = LineField(_("Fees in Chinese"), max_length=200, blank=True, default="")
    fees_en = LineField(_("Fees in English"), max_length=300, blank=True, default="")
    languages = ArrayField(
        models.CharField(max_length=3, choices=SpokenLanguage), default=list, blank=True
    )
    state = models.CharField(
        _("State"), max_length=20, choices=OfferingState, default=OfferingState.ACTIVE
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = OfferingQuerySet.as_manager()

    class Meta:
        verbose_name = _("service offered")
        verbose_name_plural = _("services offered")
        constraints = [
            models.CheckConstraint(
                name="offering_state_is_known", condition=Q(state__in=OfferingState.values)
            ),
            models.CheckConstraint(
                name="offering_languages_are_known",
                condition=Q(languages__contained_by=SpokenLanguage.values),
            ),
            models.UniqueConstraint(
                fields=["organisation", "name_zh"],
                condition=~Q(state="defunct"),
                name="offering_name_once_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name_zh)

    @property
    def language_words(self) -> list[str]:
        """The languages in which it is given, in the order of the list."""
        return [str(one.label) for one in SpokenLanguage if one.value in self.languages]

    @property
    def name(self) -> str:
        return pick(self, "name")
