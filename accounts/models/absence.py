from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models.user import User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def covering(self, day: date) -> Self:
        return self.standing().filter(starts_on__lte=day, ends_on__gte=day)

    def overlapping(self, starts_on: date, ends_on: date) -> Self:
        return self.standing().filter(starts_on__lte=ends_on, ends_on__gte=starts_on)

    def deputy_for(self, user_id: int, day: date) -> int | None:
        """Who stands in on a day; a deputy who is absent too is followed to theirs.

        None when the person is there, or when everyone along the line is away.
        """
        seen = {user_id}
        deputy_id = self._named_by(user_id, day)
        while deputy_id is not None and deputy_id not in seen:
            seen.add(deputy_id)
            following = self._named_by(deputy_id, day)
            if following is None:
                return deputy_id
            deputy_id = following
        return None

    def stood_in_by(self, user_id: int, day: date) -> Self:
        """Those for whom a person stands in on a day, also where their own deputy is away too."""
        away = self.covering(day)
        mine = away.filter(deputy_id=user_id).values("user")
        return away.filter(Q(deputy_id=user_id) | Q(deputy__in=mine)).exclude(user_id=user_id)

    def _named_by(self, user_id: int, day: date) -> int | None:
        return (
            self.covering(day)
            .filter(user_id=user_id, deputy__is_active=True)
            .order_by("pk")
            .values_list("deputy_id", flat=True)
            .first()
        )

    def visible_to(self, user: "User | Any") -> Self:
        """One's own absences and those one stands in for."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(user_id=user.pk) | Q(deputy_id=user.pk))

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Absence(models.Model):
    """Days on which a deputy of the same agency stands in."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences", db_index=False
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences_covered"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="absence_deputy_is_someone_else", condition=~Q(deputy=F("user"))
            ),
        ]
        indexes = [models.Index(fields=["user", "starts_on"], name="absence_by_person")]

    def __str__(self) -> str:
        return f"{self.user_id} from {self.starts_on} to {self.ends_on}"
