from django.db import models
from django.db.models import Q

from network.capacity import MOST_PLACES
from network.models.held import Held, HeldQuerySet


class MonthlyCapacityQuerySet(HeldQuerySet):
    pass


class MonthlyCapacity(Held):
    """How many cases a holder takes in a month; the row without a month tells the usual number."""

    month = models.DateField(null=True, blank=True, help_text="first day of the month")
    places = models.PositiveSmallIntegerField()

    objects = MonthlyCapacityQuerySet.as_manager()

    class Meta(Held.Meta):
        constraints = [
            *Held.Meta.constraints,
            models.CheckConstraint(
                name="monthly_capacity_month_is_its_first_day",
                condition=Q(month__isnull=True) | Q(month__day=1),
            ),
            models.CheckConstraint(
                name="monthly_capacity_places_are_few", condition=Q(places__lte=MOST_PLACES)
            ),
            *(
                models.UniqueConstraint(
                    fields=[holder, "month"],
                    condition=Q((f"{holder}__isnull", False), month__isnull=False),
                    name=f"monthly_capacity_once_per_{holder}",
                )
                for holder in ("volunteer", "organisation")
            ),
            *(
                models.UniqueConstraint(
                    fields=[holder],
                    condition=Q((f"{holder}__isnull", False), month__isnull=True),
                    name=f"usual_capacity_once_per_{holder}",
                )
                for holder in ("volunteer", "organisation")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month or 'usual'}: {self.places}"
