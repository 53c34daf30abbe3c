"""Days on which a location keeps other hours than in an ordinary week, or none."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from foundation.languages import pick
from foundation.models import LineField


class HoursExceptionQuerySet(models.QuerySet["HoursException"]):
    def not_over_on(self, day: dt.date) -> Self:
        return self.filter(last_on__gte=day)

    def in_order(self) -> Self:
        return self.order_by("first_on", "pk")


class HoursException(models.Model):
    """From one day to another, both included: closed, or open at other hours."""

    location = models.ForeignKey(
        "network.Location", models.CASCADE, related_name="exceptions", db_index=False
    )
    first_on = models.DateField()
    last_on = models.DateField()
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    reason_zh = LineField(max_length=80, blank=True, default="")
    reason_en = LineField(max_length=120, blank=True, default="")

    objects = HoursExceptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hours_exception_ends_after_it_starts",
                condition=Q(last_on__gte=F("first_on")),
            ),
            models.CheckConstraint(
                name="hours_exception_is_closed_or_closes_after_it_opens",
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
            ),
            models.UniqueConstraint(
                fields=["location", "first_on"], name="hours_exception_starts_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location_id} from {self.first_on} to {self.last_on}"

    @property
    def span(self) -> tuple[dt.time, dt.time] | None:
        """The hours of these days; None where it is closed."""
        if self.opens_at is None or self.closes_at is None:
            return None
        return self.opens_at, self.closes_at

    @property
    def reason(self) -> str:
        return pick(self, "reason")
