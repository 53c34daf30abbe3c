from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.enterprise_membership import EnterpriseMembership
from foundation.languages import pick
from foundation.models import LineField

if TYPE_CHECKING:
    from accounts.models.user import User


class RegistrationKind(models.TextChoices):
    COMPANY = "company", pgettext_lazy("kind of registration", "Company")
    BUSINESS = "business", _("Business (sole proprietor or partnership)")
    LIMITED_PARTNERSHIP = "limited_partnership", _("Limited partnership")
    OTHER = "other", _("Other")


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    def visible_to(self, user: "User | Any") -> Self:
        """The enterprises a person belongs to; a pending claim shows nothing."""
        return self.joined_by(EnterpriseMembership.objects.active_of(user))

    def joined_by(self, memberships: "models.QuerySet[EnterpriseMembership]") -> Self:
        return self.filter(pk__in=memberships.values("enterprise"))

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Enterprise(models.Model):
    """A business known by its 8-digit number."""

    business_number = models.CharField(_("Business number"), max_length=8, unique=True)
    name_zh = LineField(_("Name in Chinese"), max_length=120)
    name_en = LineField(_("Name in English"), max_length=160, blank=True)
    representative = LineField(_("Representative"), max_length=80, blank=True)
    industry = models.CharField(_("Industry"), max_length=1, blank=True)
    registration_kind = models.CharField(
        _("Kind of registration"), max_length=20, choices=RegistrationKind, blank=True
    )
    founded_on = models.DateField(_("Founded on"), null=True, blank=True)
    county = models.CharField(_("County or city"), max_length=20, blank=True)
    district = LineField(_("District"), max_length=40, blank=True)
    address = LineField(_("Address"), max_length=200, blank=True)
    paid_in_capital = models.BigIntegerField(_("Paid-in capital"), null=True, blank=True)
    regular_staff = models.IntegerField(_("Regular employees"), null=True, blank=True)
    registry_source = models.CharField(max_length=20, blank=True)
    registry_checked_at = models.DateTimeField(null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enterprises_registered",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        constraints = [
            models.CheckConstraint(
                name="enterprise_business_number_is_eight_digits",
                condition=models.Q(business_number__regex=r"^[0-9]{8}$"),
            ),
            models.CheckConstraint(
                name="enterprise_industry_is_a_section",
                condition=models.Q(industry="") | models.Q(industry__regex=r"^[A-S]$"),
            ),
            models.CheckConstraint(
                name="enterprise_capital_is_not_negative",
                condition=models.Q(paid_in_capital__isnull=True)
                | models.Q(paid_in_capital__gte=0),
            ),
            models.CheckConstraint(
                name="enterprise_staff_is_not_negative",
                condition=models.Q(regular_staff__isnull=True) | models.Q(regular_staff__gte=0),
            ),
            models.CheckConstraint(
                name="enterprise_registration_kind_is_known",
                condition=models.Q(registration_kind__in=["", *RegistrationKind.values]),
            ),
            models.CheckConstraint(
                name="enterprise_registry_checked_at_iff_source",
                condition=models.Q(registry_source="", registry_checked_at__isnull=True)
                | (~models.Q(registry_source="") & models.Q(registry_checked_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name_zh)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self, "name")
