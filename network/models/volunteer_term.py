from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foundation.models import ProseField


class VolunteerTermQuerySet(models.QuerySet["VolunteerTerm"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def covering(self, day: date) -> Self:
        return self.standing().filter(starts_on__lte=day, ends_on__gte=day)

    def overlapping(self, first: date, last: date) -> Self:
        return self.standing().filter(starts_on__lte=last, ends_on__gte=first)

    def newest_first(self) -> Self:
        return self.order_by("-starts_on", "-pk")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class VolunteerTerm(models.Model):
    """An appointment for one term; it runs out, or is ended before with a reason."""

    volunteer = models.ForeignKey("network.Volunteer", models.CASCADE, related_name="terms")
    application = models.OneToOneField(
        "network.VolunteerApplication", models.PROTECT, null=True, blank=True, related_name="term"
    )
    number = models.CharField(max_length=20, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = ProseField(max_length=1000, blank=True, default="")

    objects = VolunteerTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "starts_on"],
                condition=Q(ended_at__isnull=True),
                name="volunteer_term_starts_once_a_day",
            ),
            models.CheckConstraint(
                name="volunteer_term_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="volunteer_term_end_has_person_and_reason",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="volunteer_term_by_end")]

    def __str__(self) -> str:
        return self.number

    def covers(self, day: date) -> bool:
        return self.ended_at is None and self.starts_on <= day <= self.ends_on
