from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from foundation.models import LineField, ProseField
from network.volunteer_states import Tie


class ConflictOfInterestQuerySet(models.QuerySet["ConflictOfInterest"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def touching(self, business_number: str, volunteer_ids: Iterable[int]) -> set[int]:
        """Which of these volunteers have a tie to the enterprise of that number."""
        if not business_number:
            return set()
        found = self.standing().filter(
            volunteer_id__in=list(volunteer_ids), business_number=business_number
        )
        return set(found.values_list("volunteer_id", flat=True))


class ConflictOfInterest(models.Model):
    """An enterprise of which a volunteer takes no case, and why."""

    volunteer = models.ForeignKey(
        "network.Volunteer", models.CASCADE, related_name="conflicts", db_index=False
    )
    business_number = models.CharField(max_length=8, blank=True, default="")
    enterprise_name = LineField(max_length=120, blank=True, default="")
    tie = models.CharField(max_length=10, choices=Tie)
    note = ProseField(max_length=500, blank=True, default="")
    declared_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ConflictOfInterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conflict_of_interest_names_an_enterprise",
                condition=~Q(business_number="") | ~Q(enterprise_name=""),
            ),
            models.UniqueConstraint(
                fields=["volunteer", "business_number"],
                condition=Q(ended_at__isnull=True) & ~Q(business_number=""),
                name="conflict_of_interest_stands_once_per_enterprise",
            ),
            models.CheckConstraint(
                name="conflict_of_interest_tie_is_known", condition=Q(tie__in=Tie.values)
            ),
        ]
        indexes = [
            models.Index(fields=["volunteer", "ended_at"], name="conflict_by_volunteer"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} and {self.business_number}"
