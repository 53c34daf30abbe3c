from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import STAFF_ROLE_CHOICES, STAFF_ROLES, Permission, roles_with
from foundation.models import Dated, DatedQuerySet

if TYPE_CHECKING:
    from accounts.models.user import User


class StaffMembershipQuerySet(DatedQuerySet):
    def in_force(self, day: date | None = None) -> Self:
        """The roles that count on a day (today when none is given): dated, and not revoked."""
        return self.on(day or timezone.localdate()).filter(ended_at=None)

    def giving(self, permission: Permission) -> Self:
        return self.filter(role__in=roles_with(permission))

    def overlapping(self, first: date, last: date | None) -> Self:
        """Roles not revoked that count on at least one day from `first` to `last` (or for good)."""
        found = self.filter(ended_at=None).filter(Q(valid_to=None) | Q(valid_to__gte=first))
        return found if last is None else found.filter(valid_from__lte=last)

    def visible_to(self, user: "User | Any") -> Self:
        """All of them for those who administer staff, one's own for the rest."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        administers = (
            StaffMembership.objects.in_force()
            .giving(Permission.STAFF_ADMINISTER)
            .filter(user_id=user.pk)
        )
        return self.filter(Q(user_id=user.pk) | models.Exists(administers))

    def for_list(self) -> Self:
        return self.select_related("user", "agency").order_by("agency__code", "user__email", "pk")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class StaffMembership(Dated):
    """A role that a person holds in an agency between two dates."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff_memberships"
    )
    agency = models.ForeignKey(
        "accounts.Agency",
        on_delete=models.PROTECT,
        related_name="staff_memberships",
        db_index=False,
    )
    role = models.CharField(max_length=16, choices=STAFF_ROLE_CHOICES)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="staff_roles_given",
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="staff_roles_ended",
    )
    # When it was recorded that the role had lapsed by its last day or with its person's account.
    lapse_noted_at = models.DateTimeField(null=True, blank=True)

    objects = StaffMembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("staff role")
        verbose_name_plural = _("staff roles")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(ended_at__isnull=True, valid_to__isnull=True),
                name="staff_role_open_once_per_person_and_agency",
            ),
            models.CheckConstraint(
                name="staff_role_is_of_staff",
                condition=Q(role__in=[role.value for role in STAFF_ROLES]),
            ),
            models.CheckConstraint(
                name="staff_role_ended_at_iff_ended_by",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["agency", "role"], name="staff_role_by_agency")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.agency_id} as {self.role}"
