"""Who speaks for an organisation: its partners look after the entry and answer referrals."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models.user import User


class PartnerRole(models.TextChoices):
    PARTNER = "partner", _("Partner")


class OrganisationMembershipQuerySet(models.QuerySet["OrganisationMembership"]):
    def in_force(self) -> Self:
        return self.filter(ended_at=None, organisation__closed_at=None)

    def of(self, user: "User | Any") -> Self:
        """The memberships that give this person something today."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.in_force().filter(user_id=user.pk)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class OrganisationMembership(models.Model):
    """A person's place in a service organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="organisation_memberships"
    )
    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=8, choices=PartnerRole, default=PartnerRole.PARTNER)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partners_named",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner of an organisation")
        verbose_name_plural = _("partners of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="organisation_partner_once_while_it_lasts",
            ),
            models.CheckConstraint(
                name="organisation_partner_role_is_known",
                condition=Q(role__in=PartnerRole.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}"
