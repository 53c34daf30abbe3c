from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.enterprise_membership import EnterpriseMembership
from foundation.models import LineField

if TYPE_CHECKING:
    from accounts.models.user import User


class BranchKind(models.TextChoices):
    BRANCH = "branch", _("Branch")
    FACTORY = "factory", _("Factory")


class BranchQuerySet(models.QuerySet["Branch"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def visible_to(self, user: "User | Any") -> Self:
        return self.joined_by(EnterpriseMembership.objects.active_of(user))

    def joined_by(self, memberships: "models.QuerySet[EnterpriseMembership]") -> Self:
        return self.filter(enterprise__in=memberships.values("enterprise"))

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Branch(models.Model):
    """A branch or factory under an enterprise, chosen per case."""

    enterprise = models.ForeignKey(
        "accounts.Enterprise", on_delete=models.PROTECT, related_name="branches"
    )
    kind = models.CharField(_("Kind"), max_length=8, choices=BranchKind, default=BranchKind.BRANCH)
    name = LineField(_("Name"), max_length=120)
    county = models.CharField(_("County or city"), max_length=20, blank=True)
    district = LineField(_("District"), max_length=40, blank=True)
    address = LineField(_("Address"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = _("branch or factory")
        verbose_name_plural = _("branches and factories")
        constraints = [
            models.CheckConstraint(
                name="branch_kind_is_known", condition=Q(kind__in=BranchKind.values)
            ),
            models.UniqueConstraint(
                fields=["enterprise", "name"],
                condition=Q(closed_at__isnull=True),
                name="branch_name_once_per_enterprise",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
