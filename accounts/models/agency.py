from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import pick
from foundation.models import Dated, DatedQuerySet, LineField


class AgencyKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    MINISTRY_AGENCY = "ministry_agency", _("Agency of a ministry")
    DEPARTMENT = "department", _("Department")
    COMMISSION = "commission", _("Commission")
    BOARD = "board", _("Board")
    LOCAL_GOVERNMENT = "local_government", _("Local government")
    FOUNDATION = "foundation", _("Foundation or partner body")


class AgencyQuerySet(DatedQuerySet):
    def by_name(self) -> Self:
        return self.order_by("name_zh", "pk")


class Agency(Dated):
    """A public body or partner that answers cases, with the dates between which it exists."""

    code = models.SlugField(max_length=40, unique=True)
    name_zh = LineField(max_length=120)
    name_en = LineField(max_length=160)
    abbr = LineField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    hotline = LineField(max_length=30, blank=True)
    is_coordinator = models.BooleanField(default=False)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    objects = AgencyQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("agency")
        verbose_name_plural = _("public agencies")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="agency_is_not_its_own_successor",
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name_zh)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self, "name")
