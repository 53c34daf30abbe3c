from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class VolunteerWindowQuerySet(models.QuerySet["VolunteerWindow"]):
    def in_order(self) -> Self:
        return self.order_by("closes_on", "pk")

    def taking_on(self, day: date) -> "VolunteerWindow | None":
        """The window for which an application of that day counts.

        Whoever comes after the last day of one waits for the next.
        """
        return self.filter(closes_on__gte=day).in_order().first()

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class VolunteerWindow(models.Model):
    """The days on which applications of one year are taken, and the term they lead to."""

    year = models.PositiveSmallIntegerField(unique=True, help_text="Gregorian")
    opens_on = models.DateField()
    closes_on = models.DateField()
    term_starts_on = models.DateField()
    term_ends_on = models.DateField()

    objects = VolunteerWindowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="volunteer_window_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
            ),
            models.CheckConstraint(
                name="volunteer_window_closes_before_its_term",
                condition=Q(term_starts_on__gt=F("closes_on")),
            ),
            models.CheckConstraint(
                name="volunteer_window_term_ends_after_it_starts",
                condition=Q(term_ends_on__gt=F("term_starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.opens_on} to {self.closes_on}"

    def is_open_on(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on
