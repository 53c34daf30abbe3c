from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from network.models.held import Held, HeldQuerySet


class LeaveQuerySet(HeldQuerySet):
    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def not_over_on(self, day: date) -> Self:
        return self.standing().filter(ends_on__gte=day)

    def overlapping(self, first: date, last: date) -> Self:
        return self.standing().filter(starts_on__lte=last, ends_on__gte=first)


class Leave(Held):
    """Days on which a holder takes nothing new, first and last day included."""

    starts_on = models.DateField()
    ends_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta(Held.Meta):
        constraints = [
            *Held.Meta.constraints,
            models.CheckConstraint(
                name="leave_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"
