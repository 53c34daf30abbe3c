from typing import Self

from django.db import models
from django.db.models import Q


class HeldQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def of_volunteer(self, volunteer_id: int) -> Self:
        return self.filter(volunteer_id=volunteer_id)

    def of_organisation(self, organisation_id: object) -> Self:
        return self.filter(organisation_id=organisation_id)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Held(models.Model):
    """Something that belongs to a volunteer or to an organisation, to exactly one of them."""

    volunteer = models.ForeignKey(
        "network.Volunteer", models.CASCADE, null=True, blank=True, related_name="%(class)s_rows"
    )
    organisation = models.ForeignKey(
        "network.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)s_rows",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_has_one_holder",
                condition=Q(volunteer__isnull=False, organisation__isnull=True)
                | Q(volunteer__isnull=True, organisation__isnull=False),
            )
        ]
