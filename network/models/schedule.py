"""Weekly hours: one row for each weekday and span."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def in_order(self) -> Self:
        return self.order_by("weekday", "opens_at")


class Schedule(models.Model):
    """From when to when on a weekday; two spans a day leave the lunch break out."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    at = models.ForeignKey(
        "network.OfferingAtLocation", models.CASCADE, related_name="schedules", db_index=False
    )
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("hours")
        verbose_name_plural = _("hours")
        constraints = [
            models.CheckConstraint(
                name="schedule_weekday_is_monday_to_sunday",
                condition=Q(weekday__gte=1, weekday__lte=7),
            ),
            models.CheckConstraint(
                name="schedule_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.UniqueConstraint(
                fields=["at", "weekday", "opens_at"], name="schedule_once_per_day_and_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"
