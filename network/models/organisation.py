"""Who can help: centres, chambers, associations, banks' SME centres, incubators, foundations."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.languages import pick
from foundation.models import LineField, ProseField

if TYPE_CHECKING:
    from accounts.models.user import User

# An entry is confirmed anew twice a year; a stale one sinks in every list and says so.
CONFIRMED_FOR = dt.timedelta(days=182)


class OrganisationKind(models.TextChoices):
    HOTLINE_CENTRE = "hotline-centre", _("One-stop service centre")
    COUNTY_CENTRE = "county-centre", _("County or city SME service centre")
    CHAMBER = "chamber", _("Industrial association or chamber of commerce")
    TRADE_ASSOCIATION = "trade-association", _("Trade association")
    BANK_CENTRE = "bank-centre", _("Bank's SME centre")
    INCUBATOR = "incubator", _("Incubation centre")
    FOUNDATION = "foundation", _("Foundation")
    AGENCY = "agency", _("Government agency")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def stale(self, at: dt.datetime | None = None) -> Self:
        """Not confirmed within the last six months."""
        return self.filter(confirmed_at__lt=(at or timezone.now()) - CONFIRMED_FOR)

    def confirmed(self, at: dt.datetime | None = None) -> Self:
        return self.filter(confirmed_at__gte=(at or timezone.now()) - CONFIRMED_FOR)

    def visible_to(self, user: "User | Any") -> Self:
        """Open entries are public; closed ones are seen by those who look after the directory."""
        return self if Organisation.sees_closed(user) else self.open()

    def looked_after_by(self, user: "User | Any") -> Self:
        """Those whose entry this person may confirm: all for editors, one's own for partners."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if standing(user).may(Permission.NETWORK_EDIT):
            return self
        return self.filter(memberships__user_id=user.pk, memberships__ended_at=None).distinct()

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Organisation(models.Model):
    """An entry of the directory."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Kind"), max_length=20, choices=OrganisationKind)
    name_zh = LineField(_("Name in Chinese"), max_length=120)
    name_en = LineField(_("Name in English"), max_length=160, blank=True, default="")
    description_zh = ProseField(_("Description in Chinese"), max_length=1000)
    description_en = ProseField(
        _("Description in English"), max_length=2000, blank=True, default=""
    )
    business_number = models.CharField(_("Business number"), max_length=8, blank=True, default="")
    url = models.URLField(_("Website"), max_length=300, blank=True, default="")
    email = models.EmailField(_("E-mail"), blank=True, default="")
    phone = LineField(_("Phone"), max_length=40, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches"
    )
    is_fictional = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations_confirmed",
    )
    # When its owners were last asked to confirm it; empty again once they have.
    reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("service organisation")
        verbose_name_plural = _("service organisations")
        constraints = [
            models.CheckConstraint(
                name="organisation_kind_is_known", condition=Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(
                name="organisation_business_number_is_eight_digits",
                condition=Q(business_number="") | Q(business_number__regex=r"^[0-9]{8}$"),
            ),
            models.CheckConstraint(
                name="organisation_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
            ),
            models.UniqueConstraint(
                fields=["name_zh"],
                condition=Q(closed_at__isnull=True),
                name="organisation_name_once_while_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name_zh)

    @staticmethod
    def sees_closed(user: "User | Any") -> bool:
        """Does this person look after the whole directory?"""
        return standing(user).may(Permission.NETWORK_EDIT)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self, "name")

    @property
    def confirmed_until(self) -> dt.datetime:
        """From then on the entry is stale."""
        return self.confirmed_at + CONFIRMED_FOR

    @property
    def is_stale(self) -> bool:
        return self.confirmed_until < timezone.now()
