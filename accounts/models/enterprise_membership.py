from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.staff_membership import StaffMembership
from accounts.roles import ENTERPRISE_ROLE_CHOICES, ENTERPRISE_ROLES, Permission, Role
from accounts.states import MEMBERSHIP_COURSE, MembershipState

if TYPE_CHECKING:
    from accounts.models.user import User


class EnterpriseMembershipQuerySet(models.QuerySet["EnterpriseMembership"]):
    def active(self) -> Self:
        return self.filter(state=MembershipState.ACTIVE)

    def pending(self) -> Self:
        return self.filter(state=MembershipState.PENDING)

    def open(self) -> Self:
        return self.filter(state__in=(MembershipState.PENDING, MembershipState.ACTIVE))

    def owners(self) -> Self:
        return self.filter(role=Role.OWNER)

    def active_of(self, user: "User | Any") -> Self:
        """The memberships that give this person something today."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.active_for(user.pk)

    def active_for(self, user_id: int) -> Self:
        return self.active().filter(user_id=user_id)

    def visible_to(self, user: "User | Any") -> Self:
        """One's own, and those of the enterprises one owns."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        owned = EnterpriseMembership.objects.active_of(user).owners().values("enterprise")
        return self.filter(Q(user_id=user.pk) | Q(enterprise__in=owned))

    def reviewable_by(self, user: "User | Any") -> Self:
        """Those of one's own enterprises, or all for who reviews in an owner's stead."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        owned = EnterpriseMembership.objects.active_of(user).owners().values("enterprise")
        reviews = (
            StaffMembership.objects.in_force()
            .giving(Permission.ENTERPRISE_REVIEW)
            .filter(user_id=user.pk)
        )
        others = self.exclude(user_id=user.pk)
        return others.filter(Q(enterprise__in=owned) | models.Exists(reviews))

    def for_list(self) -> Self:
        return self.select_related("user", "enterprise").order_by("role", "pk")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class EnterpriseMembership(models.Model):
    """A person's place in an enterprise: asked for, reviewed, held, ended."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enterprise_memberships"
    )
    enterprise = models.ForeignKey(
        "accounts.Enterprise", on_delete=models.PROTECT, related_name="memberships", db_index=False
    )
    role = models.CharField(max_length=16, choices=ENTERPRISE_ROLE_CHOICES, default=Role.MEMBER)
    state = models.CharField(
        max_length=8, choices=MembershipState, default=MembershipState.PENDING
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships_decided",
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EnterpriseMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of an enterprise")
        verbose_name_plural = _("memberships of enterprises")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "enterprise"],
                condition=Q(state__in=("pending", "active")),
                name="membership_open_once_per_person_and_enterprise",
            ),
            models.CheckConstraint(
                name="membership_role_is_of_an_enterprise",
                condition=Q(role__in=[role.value for role in ENTERPRISE_ROLES]),
            ),
            models.CheckConstraint(
                name="membership_state_is_known", condition=Q(state__in=MembershipState.values)
            ),
            models.CheckConstraint(
                name="membership_decided_at_iff_decided",
                condition=Q(state="pending", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="membership_ended_at_iff_ended",
                condition=Q(state="ended", ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "state"], name="membership_by_enterprise"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.enterprise_id} as {self.role}"

    @property
    def is_open(self) -> bool:
        return self.state in {MembershipState.PENDING, MembershipState.ACTIVE}

    def move_to(self, state: MembershipState) -> None:
        MEMBERSHIP_COURSE.check(self.state, state)
        self.state = state
