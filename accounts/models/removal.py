from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.models import ProseField


class RemovalQuerySet(models.QuerySet["Removal"]):
    def visible_to(self, user: "Any") -> Self:
        """The person it is about reads why."""
        return self.filter(membership__user_id=user.pk) if user.is_authenticated else self.none()


class Removal(models.Model):
    """Why an administrator removed a person from an enterprise that she had no right to."""

    membership = models.OneToOneField(
        "accounts.EnterpriseMembership", on_delete=models.PROTECT, related_name="removal"
    )
    reason = ProseField(_("Reason"), max_length=1000)
    removed_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = RemovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal from an enterprise")
        verbose_name_plural = _("removals from enterprises")
        constraints = [
            models.CheckConstraint(name="removal_names_its_reason", condition=~models.Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"removal of {self.membership_id}"
