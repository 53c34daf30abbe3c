"""A search for somebody to refer to that found nobody able and free: where the network is thin."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.models.case import Case
from assistance.models.sight import counts_all
from foundation.models import LineField
from foundation.quarters import Quarter


class UnmetReason(models.TextChoices):
    """Why nobody was found; the first that is true of anybody around the place."""

    BUSY = "busy", _("Those able were full or on leave")
    DECLINED = "declined", _("Asked, and nobody took it")
    CONFLICT = "conflict", _("Ruled out by a conflict of interest")
    UNREACHABLE = "unreachable", _("Those able cannot be reached")
    NOBODY = "nobody", _("Nobody there helps with this")


class UnmetSearchQuerySet(models.QuerySet["UnmetSearch"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those whose case a person has on her desk."""
        return self.filter(case__in=Case.objects.on_desk_of(user).values("pk"))

    def counted_for(self, user: User | AnonymousUser) -> Self:
        """Those that count in the figures a person is shown."""
        return self if counts_all(user) else self.visible_to(user)

    def unmet_in(self, quarter: Quarter) -> Self:
        """The unmet needs of a quarter: each case and topic once, as it was found last.

        A case that was merged counts through the one it was merged into, where that found nobody
        for the same topic as well.
        """
        days = {"searched_on__gte": quarter.first_day, "searched_on__lte": quarter.last_day}
        same = UnmetSearch.objects.filter(system_id=OuterRef("system_id"), **days)
        later = same.filter(case_id=OuterRef("case_id"), searched_on__gt=OuterRef("searched_on"))
        survivor = same.filter(case_id=OuterRef("case__merged_into_id"))
        return self.filter(~Exists(later), ~Exists(survivor), **days)


class UnmetSearch(models.Model):
    case = models.ForeignKey("assistance.Case", models.CASCADE, related_name="+", db_index=False)
    system = models.ForeignKey("assistance.GuidanceSystem", models.PROTECT, related_name="+")
    county = models.CharField(max_length=20, blank=True)
    district = LineField(max_length=40, blank=True)
    searched_on = models.DateField()
    # The default is the database's as well: a process of the release before does not know the column.
    reason = models.CharField(
        max_length=12,
        choices=UnmetReason,
        default=UnmetReason.NOBODY,
        db_default=UnmetReason.NOBODY,
    )
    # How many were ruled out for each reason: {"full": 2, "away": 1}.
    barred_by = models.JSONField(default=dict)

    objects = UnmetSearchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "system", "searched_on"], name="unmet_search_once_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["searched_on", "county", "system"], name="unmet_search_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.system_id} {self.searched_on}"
