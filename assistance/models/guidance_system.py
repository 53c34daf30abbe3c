"""One of the eleven guidance systems: what never changes about it. What may change is in its editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

HOW_MANY_SYSTEMS = 11


class NeedGroup(models.TextChoices):
    """The five needs under which owners look for help; the order is the order of display."""

    MONEY = "money", _("Money and starting up")
    RUNNING = "running", _("Running the business")
    MARKET = "market", _("Finding customers")
    TECHNOLOGY = "technology", _("Technology")
    ENVIRONMENT = "environment", _("Environment and safety")


class GuidanceSystemQuerySet(models.QuerySet["GuidanceSystem"]):
    def visible_to(self, user: User | None) -> Self:
        """The catalogue is public: everyone sees every system."""
        return self

    def in_order(self) -> Self:
        """By need, then by the place within the need, as the picker shows them."""
        ranks = [
            models.When(group=group, then=rank) for rank, group in enumerate(NeedGroup.values)
        ]
        rank = models.Case(*ranks, output_field=models.SmallIntegerField())
        return self.order_by(rank, "position", "number")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class GuidanceSystem(models.Model):
    number = models.PositiveSmallIntegerField(
        unique=True, validators=[MinValueValidator(1), MaxValueValidator(HOW_MANY_SYSTEMS)]
    )
    code = models.SlugField(max_length=40, unique=True)
    group = models.CharField(max_length=20, choices=NeedGroup)
    position = models.PositiveSmallIntegerField()

    objects = GuidanceSystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("guidance system")
        verbose_name_plural = _("guidance systems")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=HOW_MANY_SYSTEMS),
                name="system_number_is_one_to_eleven",
            ),
            models.CheckConstraint(
                condition=models.Q(group__in=NeedGroup.values), name="system_group_is_known"
            ),
            models.UniqueConstraint(
                fields=["group", "position"], name="one_system_per_place_in_a_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"
