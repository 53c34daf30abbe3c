from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.models import LineField
from notifications.addresses import masked

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class SuppressedAddressQuerySet(models.QuerySet["SuppressedAddress"]):
    """Addresses to which nothing is sent."""

    def locked(self) -> SuppressedAddressQuerySet:
        return self.select_for_update(of=("self",), no_key=True)

    def administered_by(self, user: User | AnonymousUser) -> SuppressedAddressQuerySet:
        """All of them, for those who look after the delivery; none for anybody else."""
        if not standing(user).may(Permission.DELIVERY_ADMINISTER):
            return self.none()
        return self

    def in_force(self) -> SuppressedAddressQuerySet:
        return self.filter(released_at=None)

    def holds_back(self, email: str) -> bool:
        return self.in_force().filter(email=email.lower()).exists()


class SuppressedAddress(models.Model):
    """An address that bounced or asked for silence: mail to it is held, not lost."""

    email = models.CharField(max_length=254)
    reason = LineField(max_length=200)
    suppressed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    suppressed_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = SuppressedAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="address_suppressed_once",
                condition=Q(released_at=None),
            ),
            models.CheckConstraint(
                name="address_suppressed_in_lower_case", condition=Q(email=Lower("email"))
            ),
        ]

    def __str__(self) -> str:
        return f"address {self.pk}"

    @property
    def masked_email(self) -> str:
        return masked(self.email)
