from datetime import date
from typing import Self

from django.db import models

from foundation.models.fields import LineField


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    def in_year(self, year: int) -> Self:
        return self.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))


class CalendarDay(models.Model):
    """A day the official calendar names. Days it is silent about follow the weekday rule."""

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    note_zh = LineField(max_length=80, blank=True, default="")
    note_en = LineField(max_length=120, blank=True, default="")

    objects = CalendarDayQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.day} {'working' if self.is_working else 'day off'}"
