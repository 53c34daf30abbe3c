"""The enterprise a caller named to staff: nobody's case is shown to it on a caller's word alone."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import standing


class Statement(models.TextChoices):
    """What the enterprise says to it."""

    WAITING = "waiting", _("Not confirmed yet")
    OURS = "ours", _("Confirmed by the enterprise")
    NOT_OURS = "not_ours", _("The enterprise says it was not theirs")


class StatedEnterpriseQuerySet(models.QuerySet["StatedEnterprise"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the calls in the name of a person's own enterprises that wait for a word."""
        mine = standing(user).enterprise_ids
        return self.filter(statement=Statement.WAITING, enterprise_id__in=mine)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class StatedEnterprise(models.Model):
    """Members of the enterprise may know of this row, and through it of nothing in the case."""

    case = models.OneToOneField(
        "assistance.Case", models.CASCADE, related_name="stated_enterprise"
    )
    enterprise = models.ForeignKey(
        "accounts.Enterprise", models.PROTECT, related_name="named_by_callers"
    )
    statement = models.CharField(max_length=8, choices=Statement, default=Statement.WAITING)
    stated_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = StatedEnterpriseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stated_enterprise_statement_is_known",
                condition=Q(statement__in=Statement.values),
            ),
            models.CheckConstraint(
                name="stated_enterprise_decided_iff_not_waiting",
                condition=Q(
                    statement=Statement.WAITING, decided_at__isnull=True, decided_by__isnull=True
                )
                | (
                    ~Q(statement=Statement.WAITING)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} stated for {self.case_id}"

    @property
    def is_denied(self) -> bool:
        return self.statement == Statement.NOT_OURS
